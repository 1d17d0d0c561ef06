"""The rows of a walk sheet, taken many at a time, so that a million of them are read in seconds."""

from __future__ import annotations

import csv
from itertools import islice
from typing import TYPE_CHECKING, cast

from pltool.core.walk.visits import Columns
from pltool.files.walk.dates import is_numbers, order_of, read_date
from pltool.files.walk.encodings import explain, find_encoding, find_head, lines_of

if TYPE_CHECKING:
    import _csv
    import io
    from collections.abc import Iterator
    from pathlib import Path

    from pltool.core.walk.visits import Outcome
    from pltool.files.walk.dates import DateOrder
    from pltool.files.walk.sheet import SheetReader

# Few enough to stay in the processor's cache.
_ROWS = 2000


class Rows:
    """The rows of one sheet, below its head.

    Rows are taken many at a time and turned into columns: what then happens to each row happens in C.
    Only the rows that something is wrong with are looked at one by one.
    """

    def __init__(
        self, sheet: SheetReader, path: Path, places: dict[str, int], width: int, before: int
    ) -> None:
        self.sheet, self.path, self.width = sheet, path, width
        self.places = places
        self.least = max(places[name] for name in ("date", "classroom", "model")) + 1
        self.head = self.line = before
        self.order: DateOrder | None = sheet.order
        self.assumed: set[str] = set()
        self.undecided = False
        self.days: dict[str, str] = {}
        self.outcomes: dict[tuple[str, str], Outcome] = {}

    def read(self, reader: _csv.Reader, raw: io.BufferedReader) -> Iterator[Columns]:
        """All rows that can be used."""
        while True:
            rows: list[list[str]] = []
            error = None
            try:
                # What was read before an error stays in the list.
                rows.extend(islice(reader, _ROWS))
            except csv.Error as found:
                error = found
            columns = self._at_once(rows) or self._sift(rows)
            if columns is not None:
                yield columns
            self.sheet.tick(raw.tell())
            if error is not None:
                start = self.line + sum(map(lines_of, rows)) + 1
                self.sheet.findings.leave_out(self.path, start, explain(error))
            elif not rows:
                return
            self.line = self.head + reader.line_num

    def _at_once(self, rows: list[list[str]]) -> Columns | None:
        """All the rows, where nothing is wrong with any of them."""
        if "id" in self.places or set(map(len, rows)) != {self.width}:
            return None
        columns = list(zip(*rows, strict=True))
        if any(first.startswith("#") for first in set(columns[0])):
            return None
        found = self._columns(columns)
        if found is None:
            self._learn(columns)
            found = self._columns(columns)
        return found

    def _learn(self, columns: list[tuple[str, ...]]) -> None:
        """Read each date, model and pause that is new, once."""
        for written in set(columns[self.places["date"]]) - self.days.keys():
            self._day(written)
        cells = set(zip(columns[self.places["model"]], columns[self.places["paused_at"]], strict=True))
        for model, pause in cells - self.outcomes.keys():
            outcome = self.sheet.models.outcome(model, pause)
            if not isinstance(outcome, str):
                self.outcomes[model, pause] = outcome

    def _sift(self, rows: list[list[str]]) -> Columns | None:
        """The rows that can be used; the others are reported."""
        at_day, at_model, at_pause = (self.places[name] for name in ("date", "model", "paused_at"))
        width, days, outcomes = self.width, self.days, self.outcomes
        good, line = [], self.line + 1
        for row in rows:
            fits = len(row) == width and row[at_day] in days and (row[at_model], row[at_pause]) in outcomes
            mended = row if fits and not row[0].startswith("#") else self._mend(row, line)
            if mended is not None:
                good.append(mended)
            line += lines_of(row)
        at_id = self.places.get("id")
        good = good if at_id is None else self._once(good, at_id)
        return self._columns(list(zip(*good, strict=True))) if good else None

    def _mend(self, row: list[str], line: int) -> list[str] | None:
        """A row as wide as the head; None for one to pass over, or one that cannot be used, which is reported."""
        if not any(cell.strip() for cell in row) or row[0].startswith("#"):
            return None
        problem = self._misfit(row)
        if problem is None:
            row = (row + [""] * (self.width - len(row)))[: self.width]
            problem = self._misread(row)
        if problem is None:
            return row
        self.sheet.findings.leave_out(self.path, line, problem)
        return None

    def _misfit(self, row: list[str]) -> str | None:
        """What is wrong with the number of cells."""
        if len(row) > self.width and any(cell.strip() for cell in row[self.width :]):
            return f"has {len(row)} cells, but the head has {self.width}; put text with a separator in quotes"
        if len(row) < self.least:
            return f"has only {len(row)} of {self.width} cells; complete it or delete it"
        return None

    def _misread(self, row: list[str]) -> str | None:
        """What is wrong with a date, a model or a pause; where nothing is, they are known from now on."""
        written, model, pause = (row[self.places[name]] for name in ("date", "model", "paused_at"))
        outcome = self.sheet.models.outcome(model, pause)
        if self._day(written) is None:
            given = written.strip()
            shown = f"`{given}` is no date that fits this sheet" if given else "has no date"
            return f"{shown}; write it as 2026-11-23"
        if isinstance(outcome, str):
            return outcome
        self.outcomes[model, pause] = outcome
        return None

    def _once(self, rows: list[list[str]], at_id: int) -> list[list[str]]:
        """The rows without an id, or with one that was not met before."""
        once = []
        for row in rows:
            key = hash(row[at_id].strip())
            if not row[at_id].strip() or key not in self.sheet.seen:
                once.append(row)
                if row[at_id].strip():
                    self.sheet.seen.add(key)
            else:
                self.sheet.findings.twice += 1
        return once

    def _columns(self, columns: list[tuple[str, ...]]) -> Columns | None:
        """What the cells stand for; None where a date, a model or a pause is not known yet."""
        none = ("",) * len(columns[0])

        def column(name: str) -> tuple[str, ...]:
            return columns[self.places[name]] if name in self.places else none

        pauses = column("paused_at")
        days = list(map(self.days.get, column("date")))
        outcomes = list(map(self.outcomes.get, zip(column("model"), pauses, strict=True)))
        if None in days or None in outcomes:
            return None
        self.sheet.findings.without_pause += pauses.count("")
        return Columns(
            cast("list[str]", days),
            column("school"),
            column("classroom"),
            column("observer"),
            column("observer_role"),
            cast("list[Outcome]", outcomes),
            column("evidence"),
        )

    def _day(self, written: str) -> str | None:
        """The day that a date stands for; None where it is none."""
        if is_numbers(written) and self.order is None:
            self.order = self._find_order()
        day = read_date(written, self.order or "month-first")
        if day is not None:
            self.days[written] = day
            if self.undecided and is_numbers(written) and order_of(written) is None:
                self.assumed.add(written.strip())
        return day

    def _find_order(self) -> DateOrder:
        """The order that some date of the sheet proves; month first where none does."""
        with self.path.open(encoding=find_encoding(self.path), errors="replace", newline="") as text:
            head, at = find_head(text), self.places["date"]
            if head is not None:
                reader = csv.reader(text, delimiter=head[2])
                try:
                    for row in reader:
                        if len(row) > at and (order := order_of(row[at])):
                            return order
                except csv.Error:
                    pass
        self.undecided = True
        return "month-first"
