"""The steps that were agreed and are still open, and those whose day to look again has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pltool.core.labels import fold_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pltool.core.history import PastRecord


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that was agreed and has not been asked about since.

    Attributes:
        record: the record it stands on, the latest of its model, part and class.
        text: the step.
        look_again: the day to look again, where one was named.
    """

    record: PastRecord
    text: str
    look_again: date | None

    def is_due(self, today: date) -> bool:
        """Whether the day to look again has come."""
        return self.look_again is not None and self.look_again <= today


def open_steps(records: Iterable[PastRecord]) -> list[OpenStep]:
    """The open step of each model, part and class, the one to look at first in front; those without a day come last."""
    latest: dict[tuple[str | None, ...], PastRecord] = {}
    for record in records:
        key = (record.kind, record.model.id, record.part, fold_label(record.classroom or ""))
        if key not in latest or latest[key].order < record.order:
            latest[key] = record
    found = [
        OpenStep(record, step.text, _day(record.next_step.look_again if record.next_step else None))
        for record in latest.values()
        if (step := record.open_step)
    ]
    return sorted(found, key=lambda step: (step.look_again is None, step.look_again or date.max))


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None
