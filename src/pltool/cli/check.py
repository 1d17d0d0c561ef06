"""`check`: the same judgement with no questions, for scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pltool.cli.options import As, Content, Form, OptionalModel, Output
from pltool.cli.output import choose_form, lazily
from pltool.cli.read import find_step
from pltool.cli.recording import read_sheet, record_now, steps_asked
from pltool.core.record import AnswerSheet, record_json
from pltool.core.standing import Status, judge, reaches
from pltool.errors import InputError
from pltool.files.answers import parse_letters
from pltool.files.library import Library
from pltool.report.pause import pause_report

if TYPE_CHECKING:
    from pltool.core.progression import PlacedStep, Progression

FORMS = ("text", "markdown", "html", "json")


def check(
    model: OptionalModel = None,
    letters: Annotated[
        str | None,
        typer.Argument(
            metavar="ANSWERS",
            help="Letters in step order: y in place, n not yet, s not seen, x does not apply.",
            show_default=False,
        ),
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers", metavar="FILE", help="An answers file (YAML or JSON); - reads standard input."
        ),
    ] = None,
    asked_as: As = None,
    through: Annotated[
        str | None,
        typer.Option("--through", metavar="PHASE|STEP", help="Exit 0 only if all is in place through here."),
    ] = None,
    output: Output = None,
    form: Form = None,
    content: Content = None,
) -> None:
    """Judge answers without asking. Exit status 0: all in place; 1: paused before the point asked."""
    chosen = choose_form(form, output, FORMS, "text")
    if (letters is None) == (answers is None):
        raise InputError("Give the answers either as letters (yyyn) or with --answers FILE.")
    library = Library(content or ())
    if answers is not None:
        progression, sheet = read_sheet(library, model, answers, asked_as=asked_as, default="teacher")
    elif model is not None and letters is not None:
        progression = steps_asked(library.progression(model), asked_as or "teacher")
        sheet = AnswerSheet(answers=parse_letters(letters, progression), asked_as=asked_as or "teacher")
    else:
        raise InputError("Name a progression before its letters: pltool check station-rotation yyn")
    last = _last_step(progression, through)
    record = record_now(
        library, progression, sheet, kind="observation" if sheet.labels.observer else "reflection"
    )
    lazily(lambda: pause_report(record), lambda: record_json(record), chosen, output)
    standing = judge(progression, sheet.answers)
    done = reaches(standing, last) if last else standing.status is Status.COMPLETE
    raise typer.Exit(0 if done else 1)


def _last_step(progression: Progression, through: str | None) -> PlacedStep | None:
    """The last step of a phase, or a step, that --through names."""
    if through is None:
        return None
    if progression.phase(through) is not None:
        return [placed for placed in progression.steps if placed.phase.id == through][-1]

    return find_step(progression, through)
