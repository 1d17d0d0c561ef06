"""The resources of a saved record as the bank has them today: a mended address, and what helps to choose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pltool.core.record import ResourceNote

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pltool.core.bank import Bank
    from pltool.core.progression import Resource
    from pltool.core.record import Reflection


@dataclass(frozen=True, kw_only=True)
class PresentNote(ResourceNote):
    """A resource as it was described in a record, with what the bank knows of it today.

    Attributes:
        entry: the bank's entry.
        moved: the address was mended since.
    """

    entry: Resource
    moved: bool


def with_present_resources(record: Reflection, bank_of: Callable[[Sequence[str]], Bank]) -> Reflection:
    """The same record for a report: addresses as they are today, words as they were.

    Args:
        record: as it was saved; it is not changed.
        bank_of: looks up entries of the bank; asked for those of the pause only.
    """
    pause = record.pause
    if pause is None or not pause.resources:
        return record
    today = {entry.id: entry for entry in bank_of([note.id for note in pause.resources]).resources}
    notes = tuple(_present(note, today.get(note.id)) for note in pause.resources)
    return replace(record, pause=replace(pause, resources=notes))


def _present(note: ResourceNote, entry: Resource | None) -> ResourceNote:
    if entry is None:
        return note
    return PresentNote(
        id=note.id,
        title=note.title,
        publisher=note.publisher,
        url=entry.url,
        about=note.about,
        entry=entry,
        moved=entry.url != note.url,
    )
