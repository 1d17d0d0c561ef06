"""The same answers and notes under two ids: typed up twice, or made into a record on two devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.core.labels import fold_label
from pltool.errors import InputError
from pltool.files.records import read_record, stored_records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pltool.core.history import PastRecord
    from pltool.core.record import Reflection
    from pltool.files.records import Stored


def find_same_notes(record: Reflection, stored: Sequence[Stored] | None = None) -> Stored | None:
    """The latest other record that says the same about the same class; None if there is none.

    Without a single note two visits may well say the same: then only one of the same day counts.

    Args:
        record: which may be saved already, or not.
        stored: the saved records; by default they are read.
    """
    every = stored_records(naming=[record.model.id])[0] if stored is None else stored
    noted = any(answer.evidence for answer in record.answers)
    fitting = [
        one
        for one in every
        if one.record.id != record.id
        and _outline(one.record) == _outline(record)
        and (noted or one.record.finished[:10] == record.date)
        and _says_the_same(one, record)
    ]
    return max(fitting, key=lambda one: one.record.order, default=None)


def _outline(record: PastRecord | Reflection) -> tuple[object, ...]:
    """What is quickly compared."""
    return (
        *(record.kind, record.model.id, record.part, record.status, record.counts),
        fold_label(record.classroom or ""),
    )


def _says_the_same(one: Stored, record: Reflection) -> bool:
    try:
        return _contents(read_record(one.path)) == _contents(record)
    except InputError:  # gone or changed since it was listed
        return False


def _contents(record: Reflection) -> tuple[object, ...]:
    labels = (record.school, record.observer, record.observer_role)
    return (
        *(fold_label(label or "") for label in labels),
        *((answer.step, answer.answer, answer.reason, answer.evidence) for answer in record.answers),
    )
