"""Walk sheets: CSV in any order of columns, as people's spreadsheets write it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pltool.errors import InputError
from pltool.files.validation import nearest
from pltool.files.walk.encodings import find_encoding, find_head
from pltool.files.walk.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pltool.core.walk.visits import Columns
    from pltool.files.walk.dates import DateOrder
    from pltool.files.walk.findings import Findings
    from pltool.files.walk.models import WalkModels

COLUMNS = ("date", "school", "classroom", "observer", "model", "paused_at", "evidence")
OPTIONAL_COLUMNS = ("observer_role", "id")
_NEEDED = ("date", "classroom", "model", "paused_at")
_ALL = (*COLUMNS, *OPTIONAL_COLUMNS)


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
        head = find_head(text)
        if head is None:
            self.findings.leave_out(path, 1, "is empty; a sheet begins with the names of its columns")
            return
        before, header, delimiter = head
        try:
            places = _columns(header)
        except InputError as error:
            self.findings.leave_out(path, before + 1, str(error))
            return
        self._note_extra(path, header)
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        rows = Rows(self, path, places, len(header), before + 1)
        yield from rows.read(reader, raw)
        self._note_assumed(path, rows)

    def _note_extra(self, path: Path, header: list[str]) -> None:
        extra = [name.strip() for name in header if name.strip() and _column(name) not in _ALL]
        if extra:
            shown = ", ".join(f"`{name}`" for name in extra[:5]) + (" and others" if len(extra) > 5 else "")  # noqa: PLR2004
            self.findings.notes.append(
                f"{path}: not read: {'column' if len(extra) == 1 else 'columns'} {shown}."
            )

    def _note_assumed(self, path: Path, rows: Rows) -> None:
        if rows.assumed:
            first, last = min(rows.assumed), rows.order
            self.findings.notes.append(
                f"{path}: dates such as {first} can be read two ways; they were read "
                f"{'month' if last == 'month-first' else 'day'} first. --dates day-first or month-first settles it."
            )


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
