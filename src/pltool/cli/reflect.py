"""`reflect`: ask, stop at the pause, show the next move and resources, save."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pltool.cli.options import As, Classroom, Content, Force, Format, OptionalModel, Output, Part, Plain
from pltool.cli.output import FORMATS, check_file, choose_format
from pltool.cli.sitting.dialog import open_dialog
from pltool.cli.sitting.kinds import REFLECTION, Request
from pltool.cli.sitting.run import run, take_answers
from pltool.core.record import Labels
from pltool.files.library import Library
from pltool.files.named import model_id


def reflect(
    model: OptionalModel = None,
    phase: Part = None,
    classroom: Classroom = None,
    asked_as: As = None,
    from_pause: Annotated[
        bool,
        typer.Option("--from-pause", help="Start where you paused last time; b goes back to earlier steps."),
    ] = False,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", metavar="FILE", help="Take the answers from a file: nothing is asked."),
    ] = None,
    output: Output = None,
    format_: Format = None,
    force: Force = False,
    content: Content = None,
    plain: Plain = False,
) -> None:
    """Find your pause, and a possible next move: one action after the other is asked, to the first not yet."""
    library = Library(content or ())
    request = Request(
        model=model_id(library, model) if model is not None else None,
        part=phase,
        labels=Labels(classroom=classroom),
        asked_as=asked_as,
        from_pause=from_pause,
        format_=choose_format(format_, output, FORMATS, "text"),
        output=output,
        force=force,
    )
    if answers is not None:
        check_file(output, force=force, reads=[answers])
        raise typer.Exit(take_answers(REFLECTION, library, answers, request))
    with open_dialog(plain=plain) as dialog:
        raise typer.Exit(run(REFLECTION, library, dialog, request))
