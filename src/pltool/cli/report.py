"""`report`: a saved record to hand over, and the next step agreed on it."""

from __future__ import annotations

import tempfile
import webbrowser
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pltool.cli.amending import amend_record
from pltool.cli.greeting import today
from pltool.cli.options import Content, Force, Output, Plain
from pltool.cli.output import (
    FORMATS,
    PAPER_FORMATS,
    answer,
    choose_format,
    deliver,
    deliver_either,
    deliver_outline,
    say,
    to_file,
    warn,
)
from pltool.cli.record_choice import latest, record_named
from pltool.cli.record_choice import pick as pick_record
from pltool.cli.recording import now
from pltool.cli.sitting.dialog import open_dialog
from pltool.core.dates import find_day, read_day
from pltool.core.present_resources import with_present_resources
from pltool.core.record import NextStep, agree, record_json
from pltool.errors import InputError, PltoolError, StorageError
from pltool.files.library import Library
from pltool.files.records import read_record, save_revised
from pltool.report.conversation_sheet import conversation_sheet
from pltool.report.formats.calendar import write_calendar
from pltool.report.next_step import card, events, weekday_and_day
from pltool.report.pause import pause_report

if TYPE_CHECKING:
    from pltool.core.record import Reflection
    from pltool.report.formats.outline import Outline


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
    step: Annotated[
        str | None, typer.Option("--agree", metavar="TEXT", help="Note the next step that was agreed.")
    ] = None,
    look_again: Annotated[
        str | None,
        typer.Option(
            "--look-again",
            metavar="DAY",
            help="The day to look again, such as 12/7, friday or 2 weeks; for the step there is, or with --agree.",
        ),
    ] = None,
    when: Annotated[
        str | None,
        typer.Option("--when", metavar="TEXT", help="When and in which class it is tried."),
    ] = None,
    if_in_the_way: Annotated[
        str | None,
        typer.Option("--if", metavar="TEXT", help="What to do if something gets in the way."),
    ] = None,
    partner: Annotated[
        str | None,
        typer.Option("--with", metavar="TEXT", help="Who could watch it, or try it too."),
    ] = None,
    corrections: Annotated[
        list[str] | None,
        typer.Option(
            "--amend",
            metavar="KEY=VALUE",
            help="Correct the record: classroom=LABEL, STEP=ANSWER, STEP:saw=NOTE, STEP#1=NOTE. Can be repeated.",
            show_default=False,
        ),
    ] = None,
    because: Annotated[
        str | None,
        typer.Option("--because", metavar="TEXT", help="With --amend: why. It stays in the record."),
    ] = None,
    as_card: Annotated[
        bool, typer.Option("--card", help="The next step on half a page, to tear off.")
    ] = False,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    output: Output = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="text|markdown|html|json|ics",
            help="The format to write; ics is for calendars.",
            show_default=False,
        ),
    ] = None,
    force: Force = False,
    content: Content = None,
    plain: Plain = False,
) -> None:
    """Hand a saved record over, note the next step, or correct it. Without FILE it is shown."""
    formats = PAPER_FORMATS if as_card else (*FORMATS, "ics")
    chosen = choose_format(format_, output, formats, "html" if open_page else "text")
    if pick:
        path = _pick(plain=plain)
    else:
        path = latest()[0].path if reflection is None else record_named(reflection)
    record = read_record(path)
    if corrections:
        record = amend_record(record, path, corrections, because, Library(content or ()))
        say(f"Amended, with the reason and what it said before. Kept in {path}")
    elif because is not None:
        raise InputError("--because goes with --amend KEY=VALUE.")
    plan = {"when": when, "if_in_the_way": if_in_the_way, "partner": partner, "look_again": look_again}
    if step is not None or any(value is not None for value in plan.values()):
        record = _agree(record, path, step, plan)
        if not (to_file(output) or format_ or as_card or open_page):
            return
    if open_page and not to_file(output):
        if chosen != "html":
            raise InputError("--open shows the page; leave --format out, or say --format html.")
        output = Path(tempfile.mkdtemp(prefix="pltool-")) / f"{record.model.id}.html"
    if chosen == "ics":
        _write_calendar(record, output, force=force)
    elif as_card:
        deliver_outline(card(record, _step_of(record)), chosen, output, force=force)
    else:
        deliver_either(
            lambda: outline_of(_with_present_resources(record, content)),
            lambda: record_json(record),
            chosen,
            output,
            force=force,
            reads=[path],
        )
    if open_page and output is not None and not webbrowser.open(output.absolute().as_uri()):
        warn(f"No browser could be started; open {output} yourself.")


def _with_present_resources(record: Reflection, content: list[Path] | None) -> Reflection:
    """The record with today's addresses; as it was saved where the content of today cannot be read."""
    try:
        return with_present_resources(record, Library(content or ()).bank_of)
    except PltoolError:
        return record


def outline_of(record: Reflection) -> Outline:
    """The report that fits a record: for a teacher's own reflection, or for a conversation after a visit."""
    if record.kind == "observation":
        return conversation_sheet(record)

    return pause_report(record)


def _pick(*, plain: bool) -> Path:
    with open_dialog(plain=plain) as dialog:
        return pick_record(dialog, "Which record", latest())


def _agree(record: Reflection, path: Path, text: str | None, plan: dict[str, str | None]) -> Reflection:
    """Keep the step that was agreed, and say so; the words of one agreed before are kept too.

    Without a text, or with the words of the step there is, only what is named of its plan changes.
    """
    if text is not None and not text.strip():
        raise InputError("--agree needs some text.")
    step = replace(_planned(record, text), agreed=now())
    if (again := plan["look_again"]) is not None:
        step = replace(step, look_again=read_day(again, today()).isoformat())
    if (when := plan["when"]) is not None:
        first_try = find_day(when, today())
        step = replace(step, when=when or None, try_on=first_try.isoformat() if first_try else None)
    if (obstacle := plan["if_in_the_way"]) is not None:
        step = replace(step, if_in_the_way=obstacle or None)
    if (partner := plan["partner"]) is not None:
        step = replace(step, partner=partner or None)
    before = record.next_step
    try:
        agreed = save_revised(agree(record, step), path, now())
    except StorageError as error:
        raise StorageError(f"The next step is not kept: {error} The record stays as it was.") from error
    classroom = f" · {record.classroom}" if record.classroom else ""
    answer(f"Noted for {record.model.title}{classroom}: {' '.join(step.text.split())}")
    if step.try_on:
        answer(f"First try: {weekday_and_day(step.try_on)}.")
    if step.look_again:
        answer(f"Look again: {weekday_and_day(step.look_again)}.")
    if before is not None and before.text != step.text:
        say(f"It takes the place of “{before.text}”, which stays in the record.")
    return agreed


def _planned(record: Reflection, text: str | None) -> NextStep:
    """The step on which a plan is built: the one there is, where its words are the same or none are given."""
    if text is None:
        return _step_of(record)
    before = record.next_step
    return before if before is not None and before.text == text.strip() else NextStep(text=text.strip())


def _step_of(record: Reflection) -> NextStep:
    if record.next_step is None:
        raise InputError(
            'No next step was agreed on this record. To note one: pltool report --agree "…" --look-again friday'
        )
    return record.next_step


def _write_calendar(record: Reflection, output: Path | None, *, force: bool) -> None:
    """Write the days of the next step for a calendar.

    Raises:
        InputError: there is no step, or no day.
    """
    found = events(record, _step_of(record))
    if not found:
        raise InputError(
            "The next step has no day, so there is nothing for a calendar. "
            'To set one: pltool report --agree "…" --look-again friday'
        )
    deliver(write_calendar(found), output, force=force)
