"""`report`: a saved record as Markdown, HTML, text or JSON, and the step that was agreed on it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pltool.cli.amending import amend_record
from pltool.cli.options import Content, Form, Output, Plain
from pltool.cli.output import choose_form, lazily, say, warn
from pltool.cli.recording import now
from pltool.cli.sitting.dialog import open_dialog
from pltool.cli.sitting.next_step import agree, read_day
from pltool.core.record import record_json
from pltool.errors import InputError, UnknownNameError
from pltool.files.library import Library
from pltool.files.records import find_record, latest_records, read_record, save_revised
from pltool.report.conversation_sheet import conversation_sheet
from pltool.report.history import record_line
from pltool.report.pause import pause_report

if TYPE_CHECKING:
    from pltool.core.record import Reflection
    from pltool.files.records import Stored
    from pltool.report.formats.outline import Outline

FORMS = ("text", "markdown", "html", "json")
OFFERED = 15


def report(
    reflection: Annotated[
        str | None,
        typer.Argument(
            metavar="REFLECTION",
            help="A record's id, or its beginning, or a record's file; the latest by default.",
            show_default=False,
        ),
    ] = None,
    pick: Annotated[bool, typer.Option("--pick", help="Choose from a list of the latest records.")] = False,
    agree: Annotated[
        str | None, typer.Option("--agree", metavar="TEXT", help="Note the next step that was agreed.")
    ] = None,
    look_again: Annotated[
        str | None,
        typer.Option(
            "--look-again", metavar="DAY", help="With --agree: a date as 2026-12-07, or a number of days."
        ),
    ] = None,
    amend: Annotated[
        list[str] | None,
        typer.Option(
            "--amend",
            metavar="KEY=VALUE",
            help="Correct the record: classroom=LABEL, STEP=ANSWER, STEP:saw=NOTE or STEP#1=NOTE. Can be repeated.",
            show_default=False,
        ),
    ] = None,
    because: Annotated[
        str | None,
        typer.Option("--because", metavar="TEXT", help="With --amend: why. It stays in the record."),
    ] = None,
    output: Output = None,
    form: Form = None,
    content: Content = None,
    plain: Plain = False,
) -> None:
    """Write a saved reflection or observation as Markdown, HTML, text or JSON; correct it, or add what was agreed."""
    chosen = choose_form(form, output, FORMS, "text")
    path = _pick(plain=plain) if pick else _find(reflection)
    record = read_record(path)
    if amend:
        record = amend_record(record, path, amend, because, Library(content or ()))
        say(f"Amended, with the reason and what it said before. Kept in {path}")
    elif because is not None:
        raise InputError("--because goes with --amend KEY=VALUE.")
    if agree is not None:
        record = _agree(record, path, agree, look_again)
    elif look_again is not None:
        raise InputError("--look-again goes with --agree TEXT.")
    lazily(lambda: outline_of(record), lambda: record_json(record), chosen, output)


def outline_of(record: Reflection) -> Outline:
    """The report that fits a record: for a teacher's own reflection, or for a conversation after a visit."""
    if record.kind == "observation":
        return conversation_sheet(record)

    return pause_report(record)


def _find(name: str | None) -> Path:

    if name is None:
        return _latest()[0].path
    if name.endswith(".json") and Path(name).is_file():
        return Path(name)
    return find_record(name)


def _latest() -> list[Stored]:
    """All readable records, the one finished last first; what cannot be read is reported."""
    stored, errors = latest_records()
    for error in errors:
        warn(error)
    if not stored:
        raise UnknownNameError("There are no saved records yet. Begin with: pltool reflect MODEL")
    return stored


def _pick(*, plain: bool) -> Path:
    options = [(str(one.path), record_line(one.record)) for one in _latest()[:OFFERED]]
    with open_dialog(plain=plain) as dialog:
        chosen = dialog.choose("Which record", options)
    if chosen is None:
        raise typer.Exit
    return Path(chosen)


def _agree(record: Reflection, path: Path, text: str, look_again: str | None) -> Reflection:
    if not text.strip():
        raise InputError("--agree needs some text.")
    again = read_day(look_again or "", date.today())  # noqa: DTZ011 - the person's own day
    return save_revised(agree(record, text.strip(), again), path, now())
