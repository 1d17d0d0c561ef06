"""What every reader of a walk's files needs to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pltool.files.walk.columns import Heads
    from pltool.files.walk.dates import DateOrder
    from pltool.files.walk.findings import Findings
    from pltool.files.walk.models import WalkModels

_KEPT_IDS = 10_000


@dataclass(slots=True)
class SeenIds:
    """The ids met so far, as numbers.

    Attributes:
        records: by the hash of a record's id, the hash of what tells its visit from others.
        rows: the hashes of rows with an id, over all their cells.
        places: by the hash of an id, where it was met first; a few of them, for messages.
    """

    records: dict[int, int] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    places: dict[int, str] = field(default_factory=dict)

    def remember(self, name: int, place: str) -> str | None:
        """Where an id was met first; None where that is here, or not known."""
        if name in self.places:
            return self.places[name]
        if len(self.places) < _KEPT_IDS:
            self.places[name] = place
        return None


@dataclass(frozen=True, slots=True)
class WalkContext:
    """What every reader of a walk's files needs to know.

    Attributes:
        models: what models and pauses are called.
        findings: where problems and notes go.
        heads: recognizes the head of a sheet.
        last_year: the last year in which a visit can have been.
        order: how dates such as 03/04/2026 are to be read; None to find out from each sheet.
        seen: the ids met so far, in records or sheets.
        tick: called now and then with the bytes of a file that were read, or the number of records.
    """

    models: WalkModels
    findings: Findings
    heads: Heads
    last_year: int
    order: DateOrder | None = None
    seen: SeenIds = field(default_factory=SeenIds)
    tick: Callable[[int], None] = lambda _: None
