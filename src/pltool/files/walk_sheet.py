"""Walk sheets: CSV as spreadsheets write it, read row by row, so that a million rows need little memory."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from pltool.core.walk import Columns
from pltool.errors import InputError
from pltool.files.validation import nearest
from pltool.files.walk_dates import is_numbers, order_of, read_date

if TYPE_CHECKING:
    import _csv
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pltool.core.walk import Outcome
    from pltool.files.walk_dates import DateOrder
    from pltool.files.walk_models import WalkModels

COLUMNS = ("date", "school", "classroom", "observer", "model", "paused_at", "evidence")
OPTIONAL_COLUMNS = ("observer_role", "id")
_NEEDED = ("date", "classroom", "model", "paused_at")
_ALL = (*COLUMNS, *OPTIONAL_COLUMNS)
_DELIMITERS = ",;\t"
_CHUNK = 1 << 20
# Few enough to stay in the processor's cache.
_ROWS = 2000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(slots=True)
class Findings:
    """What was met on the way: rows and files left out, and things worth saying.

    The same problem in many rows of a file is told once, and only so many are kept, so that a file of nothing but
    problems fills neither the screen nor the memory.
    """

    left_out: int = 0
    notes: list[str] = field(default_factory=list)
    twice: int = 0
    without_pause: int = 0
    keep: int = 50
    _found: dict[tuple[Path, str], tuple[int | None, int]] = field(default_factory=dict)

    def leave_out(self, path: Path, line: int | None, what: str) -> None:
        """Report something that is left out."""
        self.left_out += 1
        first, times = self._found.get((path, what), (line, 0))
        if times or len(self._found) < self.keep:
            self._found[path, what] = (first, times + 1)

    @property
    def told(self) -> int:
        """How many of those left out the problems speak of."""
        return sum(times for _, times in self._found.values())

    @property
    def problems(self) -> list[str]:
        """Each problem with the place where it was met first."""
        told = []
        for (path, what), (line, times) in self._found.items():
            place = f"{path}:{line}" if line is not None else f"{path}"
            more = f" ({times - 1} more like it)" if times > 1 else ""
            told.append(f"{place}: {what}{more}")
        return told


@dataclass(slots=True)
class SheetReader:
    """Reads sheets one after the other.

    Args:
        models: what models and pauses are called.
        findings: where problems and notes go.
        seen: hashes of the ids met so far, in records or sheets.
        order: how dates such as 03/04/2026 are to be read; None to find out from each sheet.
        tick: told now and then how many bytes of a file were read.
    """

    models: WalkModels
    findings: Findings
    seen: set[int]
    tick: Callable[[int], None]
    order: DateOrder | None = None

    def columns(self, path: Path) -> Iterator[Columns]:
        """The visits of one sheet, many at a time; broken rows are reported and left out."""
        try:
            encoding = find_encoding(path)
            if encoding == "cp1252":
                self.findings.notes.append(
                    f"{path} is not UTF-8 and was read as Windows-1252, as older spreadsheets save it."
                )
            with path.open("rb") as raw, io.TextIOWrapper(raw, encoding, "replace", newline="") as text:
                yield from self._sheet(path, raw, text)
        except OSError as error:
            self.findings.leave_out(path, None, f"cannot be read ({error.strerror or error})")

    def _sheet(self, path: Path, raw: io.BufferedReader, text: io.TextIOWrapper) -> Iterator[Columns]:
        head = _find_head(text)
        if head is None:
            self.findings.leave_out(path, 1, "is empty; a sheet begins with the names of its columns")
            return
        before, header, delimiter = head
        try:
            places = _columns(header)
        except InputError as error:
            self.findings.leave_out(path, before + 1, str(error))
            return
        extra = [name.strip() for name in header if name.strip() and _column(name) not in _ALL]
        if extra:
            shown = ", ".join(f"`{name}`" for name in extra[:5]) + (" and others" if len(extra) > 5 else "")  # noqa: PLR2004
            self.findings.notes.append(
                f"{path}: not read: {'column' if len(extra) == 1 else 'columns'} {shown}."
            )
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        rows = _Rows(self, path, places, len(header), before + 1)
        yield from rows.read(reader, raw)
        if rows.assumed:
            first, last = min(rows.assumed), rows.order
            self.findings.notes.append(
                f"{path}: dates such as {first} can be read two ways; they were read "
                f"{'month' if last == 'month-first' else 'day'} first. --dates day-first or month-first settles it."
            )


class _Rows:
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
                start = self.line + sum(map(_lines, rows)) + 1
                self.sheet.findings.leave_out(self.path, start, _explain(error))
            elif not rows:
                return
            self.line = self.head + reader.line_num

    def _at_once(self, rows: list[list[str]]) -> Columns | None:
        """All the rows, where nothing is wrong with any of them."""
        if "id" in self.places or set(map(len, rows)) != {self.width}:
            return None
        columns = list(zip(*rows, strict=True))
        days, cells = self._learn(columns)
        if days - self.days.keys() or cells - self.outcomes.keys():
            return None
        if any(first.startswith("#") for first in set(columns[0])):
            return None
        return self._columns(columns)

    def _learn(self, columns: list[tuple[str, ...]]) -> tuple[set[str], set[tuple[str, str]]]:
        """Read each date, model and pause that is new, once."""
        days = set(columns[self.places["date"]])
        for written in days - self.days.keys():
            self._day(written)
        cells = set(zip(columns[self.places["model"]], columns[self.places["paused_at"]], strict=True))
        for model, pause in cells - self.outcomes.keys():
            outcome = self.sheet.models.outcome(model, pause)
            if not isinstance(outcome, str):
                self.outcomes[model, pause] = outcome
        return days, cells

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
            line += _lines(row)
        at_id = self.places.get("id")
        good = good if at_id is None else self._once(good, at_id)
        return self._columns(list(zip(*good, strict=True))) if good else None

    def _mend(self, row: list[str], line: int) -> list[str] | None:
        """A row as wide as the head; None for one to pass over, or one that cannot be used, which is reported."""
        if not any(cell.strip() for cell in row) or row[0].startswith("#"):
            return None
        problem = None
        if len(row) > self.width and any(cell.strip() for cell in row[self.width :]):
            problem = (
                f"has {len(row)} cells, but the head has {self.width}; put text with a separator in quotes"
            )
        elif len(row) < self.least:
            problem = f"has only {len(row)} of {self.width} cells; complete it or delete it"
        else:
            row = (row + [""] * (self.width - len(row)))[: self.width]
            written, model, pause = (row[self.places[name]] for name in ("date", "model", "paused_at"))
            outcome = self.sheet.models.outcome(model, pause)
            if self._day(written) is None:
                shown = (
                    f"`{written.strip()}` is no date that fits this sheet"
                    if written.strip()
                    else "has no date"
                )
                problem = f"{shown}; write it as 2026-11-23"
            elif isinstance(outcome, str):
                problem = outcome
            else:
                self.outcomes[model, pause] = outcome
        if problem is None:
            return row
        self.sheet.findings.leave_out(self.path, line, problem)
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

    def _columns(self, columns: list[tuple[str, ...]]) -> Columns:
        none = ("",) * len(columns[0])

        def column(name: str) -> tuple[str, ...]:
            return columns[self.places[name]] if name in self.places else none

        pauses = column("paused_at")
        self.sheet.findings.without_pause += pauses.count("")
        return Columns(
            list(map(self.days.__getitem__, column("date"))),
            column("school"),
            column("classroom"),
            column("observer"),
            column("observer_role"),
            list(map(self.outcomes.__getitem__, zip(column("model"), pauses, strict=True))),
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
            head, at = _find_head(text), self.places["date"]
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


def find_encoding(path: Path) -> str:
    """UTF-8 or UTF-16 by its mark or its bytes; else the one that older spreadsheets use."""
    with path.open("rb") as file:
        first = file.read(_CHUNK)
        for mark, encoding in _MARKS:
            if first.startswith(mark):
                return encoding
        if first[1:200:2].count(0) > len(first[1:200:2]) // 2:
            return "utf-16-le"
        if first[0:200:2].count(0) > len(first[0:200:2]) // 2:
            return "utf-16-be"
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while first:
                decoder.decode(first)
                first = file.read(_CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _find_head(text: io.TextIOWrapper) -> tuple[int, list[str], str] | None:
    """Lines before the head, its cells and the separator; the file stands at the first row then."""
    before = 0
    told = None
    while line := text.readline():
        content = line.strip("\r\n\ufeff ")
        if content.lower().startswith("sep=") and len(content) == len("sep=x"):
            told = content[-1]
        elif content.strip(_DELIMITERS + '" ') and not content.lstrip('"').startswith("#"):
            delimiter = told or max(_DELIMITERS, key=content.count)
            try:
                cells = next(csv.reader([content], delimiter=delimiter))
            except csv.Error:
                cells = content.split(delimiter)
            return before, cells, delimiter
        before += 1
    return None


def _lines(row: list[str]) -> int:
    """How many lines of the file a row takes, which may have line breaks in its cells."""
    text = " ".join(row)
    return 1 + text.count("\n") + text.count("\r") - text.count("\r\n")


def _column(name: str) -> str:
    return "_".join(name.replace("_", " ").replace("-", " ").split()).casefold()


def _columns(header: list[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, name in enumerate(header):
        column = _column(name)
        if column in places and column in _ALL:
            raise InputError(f"the column `{column}` stands here twice; keep one of the two")
        places.setdefault(column, index)
    missing = [name for name in _NEEDED if name not in places]
    if missing:
        hint = nearest(missing[0], [name for name in places if name not in _ALL])
        meant = (
            hint if hint.startswith("; did") else f"; the columns of a walk sheet are {', '.join(COLUMNS)}"
        )
        names = ", ".join(f"`{name}`" for name in missing)
        raise InputError(f"the {'column' if len(missing) == 1 else 'columns'} {names} cannot be found{meant}")
    return {name: places[name] for name in _ALL if name in places}


def _explain(error: csv.Error) -> str:
    message = str(error)
    if "unexpected end of data" in message:
        return (
            "a quotation mark opens here and never closes, so that everything after it is one cell; close it"
        )
    if "field larger" in message:
        return "a cell is larger than a sheet's can be; look for a quotation mark that never closes"
    return "has a quotation mark in the middle of a cell; write two in its place"
