"""The same answers and notes under two ids: typed up twice, or made into a record on two devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.core.labels import fold_label
from pltool.errors import InputError
from pltool.files.records import read_record, stored_records

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pltool.core.history import PastRecord
    from pltool.core.record import Reflection
    from pltool.files.records import Stored


def find_same_notes(record: Reflection) -> Stored | None:
    """The latest other saved record that says the same about the same class; None if there is none.

    Args:
        record: which may be saved already, or not.
    """
    return KnownNotes(stored_records(naming=[record.model.id])[0]).find(record)


class KnownNotes:
    """What saved records say; each is read at most once, and only where one comes that may say the same."""

    def __init__(self, stored: Iterable[Stored]) -> None:
        self._unread: dict[tuple[object, ...], list[Stored]] = {}
        self._read: dict[int, list[Stored]] = {}
        for one in stored:
            self._unread.setdefault(_outline(one.record), []).append(one)

    def add(self, record: Reflection, one: Stored) -> None:
        """Know a record that was just saved."""
        self._read.setdefault(_contents(record), []).append(one)

    def find(self, record: Reflection) -> Stored | None:
        """The latest other record that says the same.

        Without a single note two visits may well say the same: then only one of the same day counts.
        """
        for one in self._unread.pop(_outline(record), ()):
            try:
                self.add(read_record(one.path), one)
            except InputError:  # gone or changed since it was listed
                continue
        noted = any(answer.evidence for answer in record.answers)
        fitting = [
            one
            for one in self._read.get(_contents(record), ())
            if one.record.id != record.id and (noted or one.record.finished[:10] == record.date)
        ]
        return max(fitting, key=lambda one: one.record.order, default=None)


def _outline(record: PastRecord | Reflection) -> tuple[object, ...]:
    """What is quickly compared, and the same for records that say the same."""
    return (
        *(record.kind, record.model.id, record.part, record.status, record.counts),
        fold_label(record.classroom or ""),
    )


def _contents(record: Reflection) -> int:
    """Everything that a record says, but for when, as a number; kept for thousands of records."""
    labels = (record.school, record.observer, record.observer_role)
    return hash(
        (
            _outline(record),
            *(fold_label(label or "") for label in labels),
            *((answer.step, answer.answer, answer.reason, answer.evidence) for answer in record.answers),
        )
    )
