"""`observe`: the same questions for an observer, with evidence, and a sheet for the conversation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pltool.cli.options import As, Classroom, Content, Force, Format, Observer, Output, Plain, Role, School
from pltool.cli.output import FORMATS, check_file, choose_format
from pltool.cli.sitting.dialog import open_dialog
from pltool.cli.sitting.kinds import OBSERVATION, Request
from pltool.cli.sitting.run import run, take_answers
from pltool.core.record import Labels
from pltool.files.library import Library
from pltool.files.named import model_id


def observe(
    model: Annotated[
        str | None,
        typer.Argument(
            metavar="MODEL",
            help="The id of a progression; without it, some questions find the model first.",
            show_default=False,
        ),
    ] = None,
    classroom: Classroom = None,
    observer: Observer = None,
    role: Role = None,
    school: School = None,
    asked_as: As = None,
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers", metavar="FILE", help="Type up paper notes: an answers file, nothing is asked."
        ),
    ] = None,
    output: Output = None,
    format_: Format = None,
    force: Force = False,
    content: Content = None,
    plain: Plain = False,
) -> None:
    """Visit a classroom: evidence on each step, and a sheet for the conversation."""
    library = Library(content or ())
    request = Request(
        model=model_id(library, model) if model is not None else None,
        labels=Labels(classroom=classroom, school=school, observer=observer, observer_role=role),
        asked_as=asked_as,
        format_=choose_format(format_, output, FORMATS, "text"),
        output=output,
        force=force,
    )
    if answers is not None:
        check_file(output, force=force, reads=[answers])
        raise typer.Exit(take_answers(OBSERVATION, library, answers, request))
    with open_dialog(plain=plain) as dialog:
        raise typer.Exit(run(OBSERVATION, library, dialog, request))
