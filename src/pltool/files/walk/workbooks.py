"""Walk sheets in workbooks: .xlsx, .xls and .ods, every sheet that has the columns."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from pltool.files.walk.columns import holds_anything
from pltool.files.walk.rows import Lines, Rows
from pltool.files.walk.sheet import HEAD_ROWS, note_layout, note_reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pltool.core.walk.visits import VisitColumns
    from pltool.files.walk.context import WalkContext

# Reading fills every cell of the rectangle around what is used, so two cells in far corners can cost all memory.
_MOST_CELLS = 60_000_000
_MOST_BYTES = 2 << 30
_PART = 1 << 20
_ROWS = 2000
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"|<(?:[a-z]+:)?c [^>]{0,200}?r="([A-Z]{1,3})([0-9]{1,7})"'
)
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="([0-9]+)"')
_NO_LIBRARY = "is a workbook, and python-calamine, which reads it, is not installed; save it as CSV"


class WorkbookReader:
    """Reads workbooks one after the other."""

    def __init__(self, context: WalkContext) -> None:
        self.context, self.findings = context, context.findings

    def columns(self, path: Path) -> Iterator[VisitColumns]:
        """The visits of all sheets of a workbook that have the columns."""
        try:
            # Only where there is a workbook: the library takes a while to load.
            from python_calamine import CalamineError, load_workbook
        except ImportError:
            self.findings.leave_out_file(path, None, _NO_LIBRARY)
            return
        try:
            problem = _explain_size(path)
            if problem:
                self.findings.leave_out_file(path, None, problem)
                return
            with load_workbook(str(path)) as book:
                tables = [
                    (name, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
                    for name in book.sheet_names
                ]
        except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
            what = (
                "needs a password; save it without one"
                if "password" in str(error).lower()
                else "cannot be read as a workbook; save it again, or as CSV"
            )
            self.findings.leave_out_file(path, None, what)
            return
        yield from self._tables(path, tables)

    def _tables(self, path: Path, tables: list[tuple[str, list[list[Any]]]]) -> Iterator[VisitColumns]:
        headless: list[tuple[str, list[list[str]]]] = []
        several = len(tables) > 1
        any_found = False
        for name, cells in tables:
            place = f"{path} ({name})" if several else str(path)
            table = [[cell_text(cell) for cell in row] for row in cells]
            found = self.context.heads.find(table[:HEAD_ROWS])
            if found is None:
                headless.append((place, table))
                continue
            any_found = True
            _, end, layout = found
            note_layout(self.context, place, layout)
            at = layout.place("date")
            dates = [(number, row[at]) for number, row in enumerate(table[end:], end + 1)]
            rows = Rows(self.context, place, layout, Lines(lambda _: 1, lambda dates=dates: dates))  # type: ignore[misc]
            before = self.findings.read
            for start in range(end, len(table), _ROWS):
                columns = rows.take(table[start : start + _ROWS], start + 1)
                if columns is not None:
                    yield columns
            note_reading(self.context, rows)
            if self.findings.read == before:
                self.findings.note(f"{place} has no row below the names of its columns.")
        for place, table in headless:
            self._report_headless(place, table, alone=not any_found)

    def _report_headless(self, place: str, table: list[list[str]], *, alone: bool) -> None:
        """Name a sheet without the columns; where none has them, its rows are left out."""
        filled = [row for row in table if holds_anything(row)]
        if not filled:
            if alone:
                self.findings.leave_out_file(
                    place, None, "is empty; a sheet begins with the names of its columns"
                )
            return
        if not alone:
            self.findings.note(f"{place} has no columns of a walk sheet, and was passed over.")
            return
        index, why = self.context.heads.explain(filled[:HEAD_ROWS])
        rows = max(len(filled) - 1, 0)
        if rows:
            self.findings.read += rows
            self.findings.leave_out(place, index + 1, why, rows=rows)
        else:
            self.findings.leave_out_file(place, index + 1, why)


def cell_text(cell: object) -> str:
    """A cell as a CSV file of the same sheet would have it, with dates as dates."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:  # noqa: PLR2004 - all its digits are exact
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


def _explain_size(path: Path) -> str | None:
    """Why a workbook cannot be opened safely; None where it can."""
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        return "is empty"
    if not start.startswith(b"PK\x03\x04"):
        known = start.startswith(b"\xd0\xcf\x11\xe0")
        return (
            None
            if known
            else "is no workbook, whatever its ending says; if it is text, give it the ending .csv"
        )
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > _MOST_BYTES:
            return "unpacks to more than 2 GiB; save the sheet as CSV"
        for member in members:
            name = member.filename
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                if _spread_cells(archive, member) > _MOST_CELLS:
                    return "has cells in far corners of a sheet; copy the rows into a new workbook"
            elif name == "content.xml" and _repeats(archive, member):
                return "has cells in far corners of a sheet; copy the rows into a new document"
    return None


def _spread_cells(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """How many cells the rectangle around the used ones has."""
    row = column = 0
    tail = b""
    with archive.open(member) as file:
        while part := file.read(_PART):
            part = tail + part
            for match in _CELL.finditer(part):
                letters, number = match[1] or match[3], int(match[2] or match[4])
                row = max(row, number)
                column = max(column, int.from_bytes(letters.rjust(3, b"\0"), "big"))
            tail = part[-300:]
    return row * _column_number(column)


def _column_number(packed: int) -> int:
    number = 0
    for letter in packed.to_bytes(3, "big"):
        number = number * 26 + (letter - 64 if letter else 0)
    return number


def _repeats(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether an OpenDocument table repeats filled cells beyond all measure."""
    with archive.open(member) as file:
        tail = b""
        while part := file.read(_PART):
            part = tail + part
            for match in _REPEATED.finditer(part):
                behind = part[match.end() : match.end() + 400]
                if int(match[1]) > 100_000 and b"office:value" in behind.split(b"</table:table-row>")[0]:  # noqa: PLR2004
                    return True
            tail = part[-300:]
    return False
