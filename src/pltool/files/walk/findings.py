"""What reading a walk's files came upon: the account of its rows, and things worth reporting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(slots=True)
class _Problem:
    """Where a problem was met first, how often it was met, and how many rows it cost."""

    line: int | None
    times: int
    rows: int


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
        copies: files that are another one again, byte for byte, and count once with it.
        alike: files with the same bytes as another one under a name of their own, which count.
        notes: what else is worth saying.
        keep: how many different problems are kept.
    """

    read: int = 0
    left_out: int = 0
    repeated: int = 0
    files_left_out: int = 0
    copies: int = 0
    alike: int = 0
    passed_over: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    keep: int = 50
    _found: dict[tuple[str, str], _Problem] = field(default_factory=dict)

    def leave_out(self, place: str | Path, line: int | None, what: str, rows: int = 1) -> None:
        """Report rows that were read and are left out."""
        self.left_out += rows
        self._report(str(place), line, what, rows)

    def leave_out_file(self, place: str | Path, line: int | None, what: str) -> None:
        """Report a file, or a sheet of a workbook, of which nothing is used."""
        self.files_left_out += 1
        self._report(str(place), line, what, 1)

    def _report(self, place: str, line: int | None, what: str, rows: int) -> None:
        known = self._found.get((place, what))
        if known is not None:
            known.times += 1
            known.rows += rows
        elif len(self._found) < self.keep:
            self._found[place, what] = _Problem(line, 1, rows)

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
        return sum(problem.rows for problem in self._found.values())

    @property
    def problems(self) -> list[str]:
        """Each problem with the place where it was met first."""
        listed = []
        for (path, what), problem in self._found.items():
            place = path if problem.line is None else f"{path}:{problem.line}"
            more = f" ({problem.times - 1} more like it)" if problem.times > 1 else ""
            listed.append(f"{place}: {what}{more}")
        return listed
