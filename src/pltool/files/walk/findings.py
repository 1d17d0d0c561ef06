"""What reading a walk's files came upon: the account of its rows, and things worth reporting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(slots=True)
class Findings:
    """The account of what was read, and what to report.

    Every row that holds anything is in `read`, and then either handed over to be counted, in `left_out` or in
    `repeated`; a record is a row. The same problem in many rows of a file is reported once, and only so many are
    kept, so that a file of nothing but problems fills neither the screen nor the memory.

    Attributes:
        read: rows and records that hold anything.
        left_out: those that could not be used.
        repeated: those that were met before.
        files_left_out: files of which nothing could be used.
        passed_over: files in a folder that are neither records nor sheets.
        notes: what else is worth saying.
        keep: how many different problems are kept.
    """

    read: int = 0
    left_out: int = 0
    repeated: int = 0
    files_left_out: int = 0
    passed_over: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    keep: int = 50
    _found: dict[tuple[str, str], tuple[int | None, int]] = field(default_factory=dict)

    def leave_out(self, place: str | Path, line: int | None, what: str, rows: int = 1) -> None:
        """Report rows that were read and are left out."""
        self.left_out += rows
        self._report(str(place), line, what, rows)

    def leave_out_file(self, place: str | Path, line: int | None, what: str) -> None:
        """Report a file, or a sheet of a workbook, of which nothing is used."""
        self.files_left_out += 1
        self._report(str(place), line, what, 1)

    def _report(self, place: str, line: int | None, what: str, times: int) -> None:
        first, before = self._found.get((place, what), (line, 0))
        if before or len(self._found) < self.keep:
            self._found[place, what] = (first, before + times)

    def note(self, what: str) -> None:
        """Keep something worth saying, once."""
        if what not in self.notes and len(self.notes) < 4 * self.keep:
            self.notes.append(what)

    @property
    def all_left_out(self) -> int:
        """Rows, records and files left out."""
        return self.left_out + self.files_left_out

    @property
    def reported(self) -> int:
        """How many of those left out the problems speak of."""
        return sum(times for _, times in self._found.values())

    @property
    def problems(self) -> list[str]:
        """Each problem with the place where it was met first."""
        listed = []
        for (path, what), (line, times) in self._found.items():
            place = f"{path}:{line}" if line is not None else f"{path}"
            more = f" ({times - 1} more like it)" if times > 1 else ""
            listed.append(f"{place}: {what}{more}")
        return listed
