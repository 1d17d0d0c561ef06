"""The rows of a walk sheet, from cells to visits."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, cast

from pltool.core.labels import fold_label
from pltool.core.walk.visits import VisitColumns, VisitOutcome, fold_classroom
from pltool.files.walk.columns import holds_anything
from pltool.files.walk.dates import (
    OrderProof,
    Reading,
    find_order,
    is_ambiguous,
    is_day_number,
    is_time,
    needs_order,
    read_date,
    split_time,
    why_no_date,
)
from pltool.files.walk.models import JOIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pltool.files.walk.columns import Layout
    from pltool.files.walk.context import WalkContext

    Cells = Sequence[str]
    Key = tuple[str, str, str | None]

# So many different spellings of a date or of an outcome are remembered; then remembering begins anew.
_REMEMBERED = 20_000
_MANY = 200
_TOTALS = ("total", "totals", "subtotal", "sum", "count", "grand total", "average", "mean")


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the rows of a sheet stand: how they are counted, and its dates, to look through once.

    Attributes:
        of_row: how many lines a row takes.
        dates: every date with its line.
        separator: what stands between cells; empty where a cell cannot run over.
    """

    of_row: Callable[[list[str]], int]
    dates: Callable[[], Iterable[tuple[int, str]]]
    separator: str = ""


class Rows:
    """The rows of one sheet, below its head.

    Rows are taken many at a time and turned into columns: what then happens to each row happens in C.
    Only the rows that something is wrong with are looked at one by one.

    Args:
        context: what every reader needs to know.
        place: what to call the sheet in messages.
        layout: where each column stands.
        lines: where the rows stand.
    """

    def __init__(self, context: WalkContext, place: str, layout: Layout, lines: Lines) -> None:
        self.context, self.place, self.layout, self.lines = context, place, layout, lines
        self.findings = context.findings
        self.width = layout.width
        self.reading: Reading | None = Reading(context.order, sure=True) if context.order else None
        self.assumed: set[str] = set()
        self.day_numbers = False
        self._timed = False
        self._days: dict[str, str] = {}
        self._times: set[str] = set()
        self._outcomes: dict[Key, VisitOutcome] = {}

    def take(self, rows: list[list[str]], line: int, *, broken: bool = False) -> VisitColumns | None:
        """The visits in some rows; the others are reported.

        Args:
            rows: as they stand in the sheet.
            line: the line of the first one.
            broken: whether a cell of theirs runs over several lines, so that one may have swallowed a row.
        """
        if not rows:
            return None
        if not broken and set(map(len, rows)) == {self.width}:
            found = self._fast_columns(list(zip(*rows, strict=True)))
            if found is not None:
                return found
        rows = self._usable_rows(rows, line)
        return self._columns(list(zip(*rows, strict=True))) if rows else None

    def take_columns(self, columns: Sequence[Cells], line: int) -> VisitColumns | None:
        """The same for rows that are all as wide as the head, and stand in one line each, as columns."""
        found = self._fast_columns(columns)
        if found is not None:
            return found
        rows = self._usable_rows(list(map(list, zip(*columns, strict=True))), line)
        return self._columns(list(zip(*rows, strict=True))) if rows else None

    def _fast_columns(self, columns: Sequence[Cells]) -> VisitColumns | None:
        """All the rows, where nothing is wrong with any of them."""
        found = self._columns(columns)
        if found is None:
            self._learn(columns)
            found = self._columns(columns)
        if found is None or not self._all_new(columns):
            return None
        self.findings.read += len(columns[0])
        return found

    def _columns(self, columns: Sequence[Cells]) -> VisitColumns | None:
        """What the cells stand for; None where a date, a model or a pause is not known yet."""
        days = self._day_column(self._cells(columns, "date"))
        if days is None:
            return None
        outcomes = list(map(self._outcomes.get, self._keys(columns)))
        if None in outcomes:
            return None
        return VisitColumns(
            days,
            self._cells(columns, "school"),
            self._cells(columns, "classroom"),
            self._cells(columns, "observer"),
            self._cells(columns, "observer_role"),
            cast("list[VisitOutcome]", outcomes),
            self._cells(columns, "evidence", "; "),
            self._cells(columns, "teacher"),
        )

    def _cells(self, columns: Sequence[Cells], name: str, between: str = JOIN) -> Cells:
        """The cells of a column; several that are read together are joined."""
        places = self.layout.places.get(name)
        if places is None:
            return ("",) * len(columns[0])
        if len(places) == 1:
            return columns[places[0]]
        together = zip(*(columns[place] for place in places), strict=True)
        if between == JOIN:
            return tuple(map(JOIN.join, together))
        return tuple(between.join(filter(None, map(str.strip, cells))) for cells in together)

    def _keys(self, columns: Sequence[Cells]) -> Iterable[Key]:
        """What tells the outcomes of rows apart: the cells `model`, `paused_at` and `not_seen`."""
        unseen: Iterable[str | None] = repeat(None)
        if "not_seen" in self.layout.places:
            unseen = self._cells(columns, "not_seen")
        return zip(self._cells(columns, "model"), self._cells(columns, "paused_at"), unseen, strict=False)

    def _day_column(self, cells: Cells) -> list[str] | None:
        """The days of a column of dates; None where one is not known yet."""
        if not self._timed:
            days = list(map(self._days.get, cells))
            if None not in days:
                return cast("list[str]", days)
            # Times of day make nearly every cell its own: what repeats is the day in front of them.
            self._timed = len(set(cells)) > _MANY
        if self._timed:
            separator = "T" if cells[0][10:11] == "T" else " "
            heads, _, times = zip(*map(str.partition, cells, repeat(separator)), strict=True)
            days = list(map(self._days.get, heads))
            if None not in days and self._are_times(set(times)):
                return cast("list[str]", days)
            self._timed = False
        return None

    def _are_times(self, times: set[str]) -> bool:
        for time in times - self._times:
            if time and not is_time(time.strip()):
                return False
        if len(self._times) > _REMEMBERED:
            self._times.clear()
        self._times |= times
        return True

    def _learn(self, columns: Sequence[Cells]) -> None:
        """Read each date and each outcome that is new, once."""
        dates = set(self._cells(columns, "date"))
        if len(dates) > _MANY:
            self._timed = True
            dates = {split_time(date)[0] for date in dates}
        for written in dates - self._days.keys():
            self._day(written)
        for key in set(self._keys(columns)) - self._outcomes.keys():
            self._outcome(key)

    def _outcome(self, key: Key) -> VisitOutcome | str:
        found = self.context.models.outcome(*key, self.layout.models)
        if not isinstance(found, str):
            if len(self._outcomes) > _REMEMBERED:
                self._outcomes.clear()
            self._outcomes[key] = found
        return found

    def _usable_rows(self, rows: list[list[str]], line: int) -> list[list[str]]:
        """The rows that can be used; the others are reported."""
        usable = []
        for row in rows:
            checked = self._checked_row(row, line)
            if checked is not None and self._is_new(checked, line):
                usable.append(checked)
            line += self.lines.of_row(row)
        return usable

    def _checked_row(self, row: list[str], line: int) -> list[str] | None:
        """A row as wide as the head; None for one that holds no visit, or cannot be used, which is reported."""
        if not holds_anything(row) or _is_comment(row) or self._is_head(row):
            return None
        swallowed = self.swallowed(row)
        self.findings.read += 1 + swallowed
        problem = self._misfit(row)
        if swallowed:
            problem = f"has {swallowed + 1} rows in one cell; look for a quotation mark that does not close"
        if problem is None:
            row = (row + [""] * (self.width - len(row)))[: self.width]
            problem = self._misread(row)
        if problem is None:
            return row
        self.findings.leave_out(self.place, line, problem, rows=1 + swallowed)
        return None

    def _is_head(self, row: list[str]) -> bool:
        """Whether the head stands here again, as where sheets were put one below the other."""
        head = self.layout.head
        return row[0].strip() == head[0].strip() and [cell.strip() for cell in row] == [
            cell.strip() for cell in head
        ]

    def swallowed(self, row: Iterable[str]) -> int:
        """How many lines in the cells of a row are rows themselves, behind a quotation mark that did not close."""
        if not self.lines.separator:
            return 0
        return sum(
            self.looks_like_row(line) for cell in row if "\n" in cell or "\r" in cell
            for line in cell.splitlines()[1:]
        )  # fmt: skip

    def looks_like_row(self, line: str) -> bool:
        """Whether a line of text has a date where a row has its date."""
        cells = line[:10_000].split(self.lines.separator)
        place = self.layout.place("date")
        return len(cells) >= self.layout.least and read_date(
            cells[place].strip(' "'), Reading(), self.context.last_year
        ) is not None  # fmt: skip

    def _misfit(self, row: list[str]) -> str | None:
        """What is wrong with the number of cells."""
        if len(row) > self.width and holds_anything(row[self.width :]):
            return f"has {len(row)} cells, but the head has {self.width}; put text with a separator in quotes"
        first = next((cell for cell in row if cell.strip()), "")
        if fold_label(first).rstrip(":") in _TOTALS:
            return "is a line of totals, and no visit"
        if len(row) < self.layout.least:
            return f"has only {len(row)} of {self.width} cells; complete it or delete it"
        return None

    def _misread(self, row: list[str]) -> str | None:
        """What is wrong with a date, a model or a pause; where nothing is, they are known from now on."""
        columns = [(cell,) for cell in row]
        (written,) = self._cells(columns, "date")
        if self._day(written) is None:
            return why_no_date(written, self.reading or Reading(), self.context.last_year)
        outcome = self._outcome(next(iter(self._keys(columns))))
        return outcome if isinstance(outcome, str) else None

    def _day(self, written: str) -> str | None:
        """The day that a date stands for; None where it is none."""
        if needs_order(written) and self.reading is None:
            self.reading = self._find_reading()
        reading = self.reading or Reading()
        day = read_date(written, reading, self.context.last_year)
        if day is not None:
            if len(self._days) > _REMEMBERED:
                self._days.clear()
            self._days[written] = day
            if not reading.sure and is_ambiguous(written):
                self.assumed.add(written.strip())
            if not self.day_numbers and is_day_number(written):
                self.day_numbers = True
        return day

    def _find_reading(self) -> Reading:
        """The order that the dates of the sheet prove; month first where none does."""
        proof = find_order(self.lines.dates())
        if proof.day_first and proof.month_first:
            self._report_both(proof)
        return proof.reading

    def _report_both(self, proof: OrderProof) -> None:
        (one, day_first), (two, month_first) = proof.day_first or (0, ""), proof.month_first or (0, "")
        self.findings.note(
            f"{self.place}: line {one} has the day first ({day_first}), and line {two} the month ({month_first}); dates "
            "that can be read both ways are left out. --dates day-first or month-first settles them."
        )

    def _all_new(self, columns: Sequence[Cells]) -> bool:
        """Whether no row has an id that was met before; if so, they are remembered."""
        if "id" not in self.layout.places:
            return True
        names = self._cells(columns, "id")
        seen = self.context.seen
        if "" in names or len(seen.places) < _MANY:  # few yet: remember where they stand
            return False
        keys = set(map(hash, zip(*columns, strict=True)))
        if len(keys) < len(names) or not seen.rows.isdisjoint(keys):
            return False
        if seen.records and not seen.records.keys().isdisjoint(map(hash, names)):
            return False
        seen.rows |= keys
        return True

    def _is_new(self, row: list[str], line: int) -> bool:
        """Whether a row has no id, or one under which the same was not met before."""
        if "id" not in self.layout.places:
            return True
        name = row[self.layout.place("id")].strip()
        if not name:
            return True
        seen, key = self.context.seen, hash(tuple(row))
        if key in seen.rows or seen.records.get(hash(name)) == self._visit_key(row):
            self.findings.repeated += 1
            return False
        seen.rows.add(key)
        before = seen.remember(hash(name), f"{self.place}:{line}")
        if before is not None:
            self.findings.note(
                f"{self.place}: ids such as `{name[:40]}` (line {line}) stand for other visits elsewhere ({before}); "
                "they were taken for row numbers, and all of these rows count."
            )
        return True

    def _visit_key(self, row: list[str]) -> int:
        """What tells a visit from others, as far as a record says it too."""
        columns = [(cell,) for cell in row]
        found = self._columns(columns)
        if found is None:
            return 0
        return visit_key(found.days[0], found.schools[0], found.classrooms[0], found.outcomes[0].model)


def visit_key(day: str, school: str, classroom: str, model: str) -> int:
    """A number for a visit: the same for a record and for the row that it was typed into."""
    return hash((day, fold_label(school), fold_classroom(classroom), model))


def _is_comment(row: Sequence[str]) -> bool:
    """Whether a row is a remark: `# …` in the first cell and nothing else. `#12` is a room."""
    return row[0].lstrip().startswith("# ") and not holds_anything(row[1:])
