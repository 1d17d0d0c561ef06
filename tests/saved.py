"""Records on disk, made as the program makes them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pltool.core.record import Labels, Reflection
from pltool.files.answers import parse_letters
from pltool.files.library import Library
from pltool.files.records import save_record
from tests.sealed import seal

if TYPE_CHECKING:
    from pathlib import Path


def make_record(
    letters: str,
    *,
    model: str = "station-rotation",
    classroom: str | None = None,
    day: str = "2026-10-14",
    **changes: Any,
) -> Reflection:
    """A record of answers in step order, finished on that day."""
    library = Library()
    progression = library.progression(model)
    moment = f"{day}T14:03:11+00:00"
    record = seal(
        progression,
        parse_letters(letters, progression),
        bank=library.bank,
        record_id=f"{day}-140311-{model}-abc{len(letters):03}",
        started=moment,
        finished=moment,
        labels=Labels(classroom=classroom),
    )
    return replace(record, **changes)


def save(letters: str, **options: Any) -> Path:
    """The file of a saved record."""
    return save_record(make_record(letters, **options))
