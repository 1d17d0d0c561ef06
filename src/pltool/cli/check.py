"""`check`: the same judgement with no questions, for scripts."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pltool.cli.options import Content, Form, Model, Output
from pltool.cli.output import choose_form, lazily
from pltool.cli.read import find_step
from pltool.core.record import new_record_id, record_json, seal
from pltool.core.standing import Status, judge, reaches
from pltool.errors import InputError
from pltool.files.answers import AnswerSheet, parse_letters, read_answers
from pltool.files.library import Library
from pltool.files.strict_yaml import parse_document, read_document
from pltool.report.pause import pause_report

if TYPE_CHECKING:
    from pltool.core.progression import PlacedStep, Progression
    from pltool.core.record import Reflection
    from pltool.report.formats.outline import Outline

FORMS = ("text", "markdown", "html", "json")


def check(
    model: Model,
    letters: Annotated[
        str | None,
        typer.Argument(
            metavar="ANSWERS",
            help="Letters in step order: y in place, n not yet, s not seen.",
            show_default=False,
        ),
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers", metavar="FILE", help="An answers file (YAML or JSON); - reads standard input."
        ),
    ] = None,
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
    progression = library.progression(model)
    last = _last_step(progression, through)
    sheet = _read_sheet(progression, letters, answers)
    record = _make_record(library, progression, sheet)

    def outline() -> Outline:

        return pause_report(record)

    lazily(outline, lambda: record_json(record), chosen, output)
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


def _read_sheet(progression: Progression, letters: str | None, path: Path | None) -> AnswerSheet:

    if letters is not None:
        return AnswerSheet(answers=parse_letters(letters, progression))

    if path == Path("-"):
        return read_answers(parse_document(sys.stdin.buffer.read(), Path("standard input")), progression)
    assert path is not None  # noqa: S101 - one of the two is given
    return read_answers(read_document(path), progression)


def _make_record(library: Library, progression: Progression, sheet: AnswerSheet) -> Reflection:

    pause = judge(progression, sheet.answers).pause
    now = datetime.now().astimezone()
    moment = now.isoformat(timespec="seconds")
    return seal(
        progression,
        sheet.answers,
        bank=library.bank_of(pause.step.resources if pause else ()),
        record_id=new_record_id(progression.id, now, os.urandom(3).hex()),
        started=moment,
        finished=moment,
        kind="observation" if sheet.labels.observer else "reflection",
        built_in=library.is_own(progression.id),
        labels=sheet.labels,
        evidence=sheet.evidence,
    )
