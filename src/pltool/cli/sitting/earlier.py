"""What was saved before, as far as a sitting needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.errors import PltoolError
from pltool.files import records

if TYPE_CHECKING:
    from pltool.core.draft import Draft
    from pltool.core.history import PastRecord
    from pltool.core.progression import Progression
    from pltool.core.record import Kind

# A folder that cannot be read must not keep anybody from answering: the sitting says so where it cannot save.


def last_of(draft: Draft, progression: Progression) -> PastRecord | None:
    """The last record of the same line as a draft."""
    try:
        return records.last_record(
            draft.model,
            kind=draft.kind,
            part=draft.part,
            classroom=draft.labels.classroom,
            asked_as=draft.asked_as,
            progression=progression,
        )
    except PltoolError:
        return None


def last_visit(classroom: str | None) -> PastRecord | None:
    """The last observation of a classroom, with whichever model."""
    try:
        return records.last_visit(classroom) if classroom else None
    except PltoolError:
        return None


def classes_of(kind: Kind, model: str | None = None) -> tuple[str, ...]:
    """The classes that records name, the one used last first."""
    try:
        return records.labels_used(model, kind=kind)
    except PltoolError:
        return ()
