"""`reflect`: ask, stop at the pause, show the next move and resources, save."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pltool.cli.options import As, Classroom, Content, Form, OptionalModel, Output, Plain
from pltool.cli.output import choose_form
from pltool.cli.sitting.dialog import open_dialog
from pltool.cli.sitting.finish import FORMATS
from pltool.cli.sitting.kinds import REFLECTION, Request
from pltool.cli.sitting.run import run
from pltool.cli.sitting.typed_up import type_up
from pltool.core.record import Labels
from pltool.files.library import Library


def reflect(
    model: OptionalModel = None,
    phase: Annotated[
        str | None, typer.Option("--phase", metavar="PHASE", help="Ask one phase only, such as foundation.")
    ] = None,
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
    form: Form = None,
    content: Content = None,
    plain: Plain = False,
) -> None:
    """Go down a progression to your pause, and see a possible next move."""
    library = Library(content or ())
    request = Request(
        model=model,
        part=phase,
        labels=Labels(classroom=classroom),
        asked_as=asked_as,
        from_pause=from_pause,
        format_=choose_form(form, output, FORMATS, "text"),
        output=output,
    )
    if answers is not None:
        raise typer.Exit(type_up(REFLECTION, library, answers, request))
    with open_dialog(plain=plain) as dialog:
        raise typer.Exit(run(REFLECTION, library, dialog, request))
