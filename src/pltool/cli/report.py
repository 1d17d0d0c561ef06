"""`report`: a saved record as Markdown, HTML, text or JSON, and the step that was agreed on it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pltool.cli.options import Form, Output, Plain
from pltool.cli.output import choose_form, lazily
from pltool.cli.sitting.dialog import open_dialog
from pltool.cli.sitting.next_step import agree, read_day
from pltool.core.record import record_json
from pltool.errors import InputError, UnknownNameError
from pltool.files.records import find_record, latest_paths, read_past, read_record
from pltool.files.writing import write_atomically
from pltool.report.conversation_sheet import conversation_sheet
from pltool.report.history import standing_words
from pltool.report.pause import pause_report
from pltool.report.phrases import day

if TYPE_CHECKING:
    from pltool.core.record import Reflection
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
    output: Output = None,
    form: Form = None,
    plain: Plain = False,
) -> None:
    """Write a saved reflection or observation as Markdown, HTML, text or JSON."""
    chosen = choose_form(form, output, FORMS, "text")
    path = _pick(plain=plain) if pick else _find(reflection)
    record = read_record(path)
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
        return _latest()[0]
    if name.endswith(".json") and Path(name).is_file():
        return Path(name)
    return find_record(name)


def _latest() -> list[Path]:
    """All readable records, the one finished last first; what cannot be read is said."""
    paths, errors = latest_paths()
    for error in errors:
        print(f"pltool: {error}", file=sys.stderr)
    if not paths:
        raise UnknownNameError("There are no saved records yet. Begin with: pltool reflect MODEL")
    return paths


def _pick(*, plain: bool) -> Path:
    paths = _latest()[:OFFERED]
    options = []
    for path, record in zip(paths, read_past(paths), strict=True):
        if isinstance(record, InputError):
            continue  # gone since it was listed
        label = f" · {record.classroom}" if record.classroom else ""
        options.append(
            (str(path), f"{day(record.finished)}: {record.model.title}{label}, {standing_words(record)}")
        )
    with open_dialog(plain=plain) as dialog:
        chosen = dialog.choose("Which record", options)
    if chosen is None:
        raise typer.Exit
    return Path(chosen)


def _agree(record: Reflection, path: Path, text: str, look_again: str | None) -> Reflection:

    if not text.strip():
        raise InputError("--agree needs some text.")
    again = read_day(look_again or "", date.today())  # noqa: DTZ011 - the person's own day
    agreed = agree(record, text.strip(), again)
    write_atomically(path, record_json(agreed), private=True)
    return agreed
