"""What reading a walk's files came upon: rows and files left out, and things worth saying."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


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
