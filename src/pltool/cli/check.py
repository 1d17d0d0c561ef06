"""`check`: the same judgement with no questions, for scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pltool.cli.options import As, Content, Force, Format, Output
from pltool.cli.output import FORMATS, choose_format, deliver_either
from pltool.cli.recording import read_sheet, record_now, steps_asked
from pltool.core.present_resources import with_present_resources
from pltool.core.progression import Phase
from pltool.core.record import AnswerSheet, record_json
from pltool.core.standing import Status, judge, reaches
from pltool.errors import InputError, UnknownNameError
from pltool.files.answers import parse_letters
from pltool.files.library import Library
from pltool.files.named import find_model, find_part, model_id
from pltool.report.pause import pause_report

if TYPE_CHECKING:
    from pltool.core.progression import PlacedStep, Progression


def check(
    model: Annotated[
        str | None,
        typer.Argument(
            metavar="MODEL",
            help="The id of a progression; not needed where a file names it.",
            show_default=False,
        ),
    ] = None,
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
    format_: Format = None,
    force: Force = False,
    content: Content = None,
) -> None:
    """Judge answers without asking, for scripts. Exit status 0: all in place; 1: paused before the point asked."""
    chosen = choose_format(format_, output, FORMATS, "text")
    if (letters is None) == (answers is None):
        raise InputError("Give the answers either as letters (yyyn) or with --answers FILE.")
    library = Library(content or ())
    if answers is not None:
        named = model_id(library, model) if model is not None else None
        progression, sheet = read_sheet(library, named, answers, asked_as=asked_as, default="teacher")
    elif model is not None and letters is not None:
        progression = steps_asked(find_model(library, model), asked_as or "teacher")
        sheet = AnswerSheet(answers=parse_letters(letters, progression), asked_as=asked_as or "teacher")
    else:
        raise InputError("Name a progression before its letters: pltool check station-rotation yyn")
    last = _last_step(progression, through)
    record = record_now(
        library, progression, sheet, kind="observation" if sheet.labels.observer else "reflection"
    )
    deliver_either(
        lambda: pause_report(with_present_resources(record, library.bank_of)),
        lambda: record_json(record),
        chosen,
        output,
        force=force,
        reads=[answers] if answers else (),
    )
    standing = judge(progression, sheet.answers)
    done = reaches(standing, last) if last else standing.status is Status.COMPLETE
    raise typer.Exit(0 if done else 1)


def _last_step(progression: Progression, through: str | None) -> PlacedStep | None:
    """The last step of a phase, or a step, that --through names."""
    if through is None:
        return None
    part = find_part(progression, through)
    if not isinstance(part, Phase):
        return part
    asked = [placed for placed in progression.steps if placed.phase.id == part.id]
    if not asked:
        raise UnknownNameError(f"No step of {part.title} is asked here; --as all asks every step.")
    return asked[-1]
