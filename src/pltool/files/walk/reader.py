"""Everything a walk is made of: records, folders of them, sheets and workbooks, in any mix."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pltool.errors import InputError
from pltool.files.walk.columns import Heads, check_columns
from pltool.files.walk.context import WalkContext
from pltool.files.walk.findings import Findings
from pltool.files.walk.parquet import ParquetReader
from pltool.files.walk.records import RecordReader
from pltool.files.walk.sheet import SheetReader
from pltool.files.walk.sources import list_sources
from pltool.files.walk.workbooks import WorkbookReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from pltool.core.walk.visits import Visit, VisitColumns
    from pltool.files.walk.dates import DateOrder
    from pltool.files.walk.models import WalkModels

    TakeVisits = Callable[[Iterable[Visit]], None]
    TakeColumns = Callable[[VisitColumns], None]

# A record takes about as long to read as so many bytes of a sheet.
_RECORD = 10_000


def _ignore(_done: float) -> None:
    pass


def _next_year() -> int:
    return date.today().year + 1  # noqa: DTZ011 - the user's own calendar


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How to read a walk's files.

    Attributes:
        order: how dates such as 03/04/2026 are to be read; None to find out from each sheet.
        columns: what columns are called in the sheets, by the name of the column.
        last_year: the last year in which a visit can have been.
    """

    order: DateOrder | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    last_year: int = field(default_factory=_next_year)


class WalkFiles:
    """The files of a walk, and what was found on the way.

    Args:
        given: record files, sheets, workbooks and folders.
        models: what models and pauses are called.
        options: how to read the files.
        progress: called from time to time with the share of the files that was read, from 0 to 1.
    """

    def __init__(
        self,
        given: Sequence[Path],
        models: WalkModels,
        options: ReadingOptions | None = None,
        progress: Callable[[float], None] = _ignore,
    ) -> None:
        self.options = options or ReadingOptions()
        check_columns(self.options.columns)
        self.findings = Findings()
        self.sources = list_sources(given, self.findings)
        self.models = models
        self.progress = progress
        if not self.sources and not self.findings.all_left_out:
            raise InputError(
                "There is no record (.json) and no walk sheet (.csv, .tsv, .txt, .xlsx) in what was given."
            )

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
        sources = self.sources
        sizes = {path: _size(path) for path in (*sources.sheets, *sources.workbooks, *sources.parquet)}
        whole = sum(sizes.values()) + _RECORD * len(sources.records) or 1
        done = 0

        def tick_record(number: int) -> None:
            nonlocal done
            done += _RECORD * number
            self.progress(done / whole)

        def tick_sheet(position: int) -> None:
            self.progress((done + position) / whole)

        heads = Heads(self.models, self.options.columns)
        context = WalkContext(
            self.models, self.findings, heads, self.options.last_year, self.options.order, tick=tick_sheet
        )
        if sources.records:
            records = RecordReader(context, tick_record, evidence=evidence)
            take_visits(records.visits(sources.records))
        sheets = SheetReader(context)
        for path in sources.sheets:
            for columns in sheets.columns(path, asked_for=path in sources.asked_for):
                take_columns(columns)
            done += sizes[path]
        tables: list[tuple[WorkbookReader | ParquetReader, Path]] = [
            (WorkbookReader(context), path) for path in sources.workbooks
        ]
        tables += [(ParquetReader(context), path) for path in sources.parquet]
        for reader, path in tables:
            for columns in reader.columns(path):
                take_columns(columns)
            done += sizes[path]

    def visits(self, *, evidence: bool = False) -> list[Visit]:
        """All visits one by one."""
        visits: list[Visit] = []
        self.read(visits.extend, lambda columns: visits.extend(columns.visits()), evidence=evidence)
        return visits


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # it is named when it is read
