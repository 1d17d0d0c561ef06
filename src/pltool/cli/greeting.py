"""Bare `pltool`: what it is, what is due, how to begin, and where the rest is."""

from __future__ import annotations

import shutil
import textwrap
from datetime import date
from typing import TYPE_CHECKING

from pltool.cli.output import answer, remind, warn
from pltool.cli.recording import now
from pltool.core.due import OpenStep, open_steps
from pltool.errors import PltoolError
from pltool.files.drafts import read_drafts
from pltool.files.records import record_files, stored_records
from pltool.report.due import due_lines
from pltool.report.phrases import ago, count, humanize_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pltool.core.history import PastRecord

_LATEST = 500  # records looked at; a step agreed before them is hardly still open
_BEGIN = (
    ("pltool reflect station-rotation", "a teacher, about your own class"),
    ("pltool observe", "a coach or school leader, in a classroom"),
    ("pltool walk sheet --output visits.csv", "a district, before a progression walk"),
)


def greet() -> None:
    """Say what this is and what is due."""
    answer("pltool helps you reflect on blended and personalized learning, one action at a time.")
    answer("It is for growth, never for evaluation, and nothing leaves this machine.")
    try:
        due = [*due_lines(find_open_steps(), today()), *_drafts()]
    except PltoolError as error:
        warn(error)
        due = []
    if due:
        answer("", "Due" if len(due) > 1 else "Due:")
        width = max(min(shutil.get_terminal_size().columns, 92), 30)
        for line in due:
            answer(textwrap.fill(line, width, initial_indent="  ", subsequent_indent="    "))
    answer("", "Begin")
    answer(*(f"  {command:<38} {who}" for command, who in _BEGIN))
    answer(
        "", "Usage: pltool COMMAND ...", "  pltool list    the progressions      pltool help    all commands"
    )


def today() -> date:
    """The person's own day."""
    return date.fromisoformat(now()[:10])


def find_open_steps() -> list[OpenStep]:
    """The agreed steps that are still open in the latest records."""
    stored, _ = stored_records(record_files()[-_LATEST:])
    return open_steps(one.record for one in stored)


def warn_of_due_steps(records: Iterable[PastRecord] | None = None) -> None:
    """Name the steps whose day to look again has come, on standard error; of these records, or the latest."""
    try:
        found = open_steps(records) if records is not None else find_open_steps()
    except PltoolError:
        return
    due = [step for step in found if step.is_due(today())]
    for line in due_lines(due, today()):
        remind(f"Due: {line}")


def _drafts() -> list[str]:
    lines = []
    for draft in read_drafts(set_aside=False):
        if isinstance(draft, PltoolError) or not draft.given:
            continue
        command = "reflect" if draft.kind == "reflection" else "observe"
        label = f" · {draft.labels.classroom}" if draft.labels.classroom else ""
        lines.append(
            f"{humanize_id(draft.model)}{label}: an unfinished {draft.kind}, {count(draft.given, 'answer')}, "
            f"{ago(draft.updated, now())}. To go on: pltool {command} {draft.model}"
        )
    return lines[:3]
