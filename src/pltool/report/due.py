"""What is due, in a line for each step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.core.dates import in_full
from pltool.report.phrases import count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pltool.core.due import OpenStep

_LONGEST = 160
_MOST = 3


def due_lines(steps: Sequence[OpenStep], today: date) -> list[str]:
    """One line for each open step, at most three, and one for how many more there are."""
    lines = [_line(step, today) for step in steps[:_MOST]]
    if more := len(steps) - _MOST:
        lines += [f"{count(more, 'more step')} agreed: pltool history"] if more > 0 else []
    return lines


def _line(step: OpenStep, today: date) -> str:
    record = step.record
    label = f" · {record.classroom}" if record.classroom else ""
    text = step.text if len(step.text) <= _LONGEST else step.text[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return f"{record.model.title}{label}: “{text}”{_when(step, today)}"


def _when(step: OpenStep, today: date) -> str:
    if step.look_again is None:
        return ""
    if step.look_again == today:
        return ", to look at again today"
    meant = "was to look at again on" if step.look_again < today else "to look at again on"
    return f", {meant} {in_full(step.look_again)}"
