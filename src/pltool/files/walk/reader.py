"""Everything a walk is made of: records, folders of them and sheets, in any mix."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from pltool.errors import InputError
from pltool.files.walk.findings import Findings
from pltool.files.walk.records import RecordReader
from pltool.files.walk.sheet import SheetReader
from pltool.files.walk.sources import list_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from pltool.core.walk.visits import Columns, Visit
    from pltool.files.walk.dates import DateOrder
    from pltool.files.walk.models import WalkModels

    TakeVisits = Callable[[Iterable[Visit]], None]
    TakeColumns = Callable[[Columns], None]


def _ignore(_done: float) -> None:
    pass


class WalkFiles:
    """The files of a walk, and what was found on the way.

    Args:
        given: record files, sheets and folders.
        models: what models and pauses are called.
        order: how dates such as 03/04/2026 are to be read; None to find out from each sheet.
        progress: told now and then which share of the files is read, from 0 to 1.
    """

    def __init__(
        self,
        given: Sequence[Path],
        models: WalkModels,
        order: DateOrder | None = None,
        progress: Callable[[float], None] = _ignore,
    ) -> None:
        self.records, self.sheets = list_sources(given)
        self.models = models
        self.order: DateOrder | None = order
        self.progress = progress
        self.findings = Findings()
        if not self.records and not self.sheets:
            raise InputError("There is no record (.json) and no walk sheet (.csv, .tsv) in what was given.")

    def read(self, take_visits: TakeVisits, take_columns: TakeColumns, *, evidence: bool = False) -> None:
        """Hand over all visits, those of the records first; what cannot be read is in the findings afterwards."""
        # Millions of small lists live and die here, none of them in a circle: looking for circles would double the time.
        collecting = gc.isenabled()
        gc.disable()
        try:
            self._read(take_visits, take_columns, evidence=evidence)
        finally:
            if collecting:
                gc.enable()

    def _read(self, take_visits: TakeVisits, take_columns: TakeColumns, *, evidence: bool) -> None:
        seen: set[int] = set()
        # A record is about ten thousand bytes, and takes about as long to read as so much of a sheet.
        sizes = [path.stat().st_size for path in self.sheets]
        whole = sum(sizes) + 10_000 * len(self.records) or 1
        done = 0

        def tick_record(number: int) -> None:
            nonlocal done
            done += 10_000 * number
            self.progress(done / whole)

        if self.records:
            records = RecordReader(self.models, self.findings, seen, tick_record, evidence=evidence)
            take_visits(records.visits(self.records))
        for path, size in zip(self.sheets, sizes, strict=True):
            start = done

            def tick_sheet(position: int, start: int = start) -> None:
                self.progress((start + position) / whole)

            reader = SheetReader(self.models, self.findings, seen, tick_sheet, self.order)
            for columns in reader.columns(path):
                take_columns(columns)
            done += size

    def visits(self, *, evidence: bool = False) -> list[Visit]:
        """All visits one by one."""
        visits: list[Visit] = []
        self.read(visits.extend, lambda columns: visits.extend(columns.visits()), evidence=evidence)
        return visits
