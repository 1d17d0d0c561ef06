"""Printing on a terminal so that nothing scrolls away before it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.segment import Segment, Segments

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import RenderableType

READING_WIDTH = 92


def open_console(file: TextIO) -> Console:
    """A console on a stream; colour, links and width follow the terminal, `NO_COLOR` and `TERM`."""
    console = Console(file=file, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, READING_WIDTH)
    return console


class Screen:
    """Shows things one after the other, waiting for a key where the window would overflow.

    Args:
        console: where to print.
        wait: asks the reader to read on; None where nobody can be asked.
    """

    def __init__(self, console: Console, wait: Callable[[], None] | None) -> None:
        self.console = console
        self.wait = wait
        self.rows = 0

    def show(self, renderable: RenderableType, *, keep_free: int = 1) -> None:
        """Print something, and a blank line after it.

        Args:
            renderable: anything rich can print.
            keep_free: rows that must stay free below it for what comes next.
        """
        lines = [*self.console.render_lines(renderable, pad=False), []]
        room = self._room(keep_free)
        if self.rows + len(lines) == room + 1 and keep_free > 1:
            lines.pop()  # the blank line is all that does not fit
        if self.rows and self.rows + len(lines) > room:
            self._read_on()
        while self.wait is not None and len(lines) > room:
            part = self._cut(lines, room)
            self._print(lines[:part])
            lines = lines[part:]
            self._read_on()
        self._print(lines)

    def has_room(self, renderable: RenderableType, *, keep_free: int = 1) -> bool:
        """Whether it would be shown at once, with nothing scrolling away before it is read."""
        lines = self.console.render_lines(renderable, pad=False)
        return self.rows + len(lines) <= self._room(keep_free)

    def read(self) -> None:
        """Everything shown so far has been read: a key was pressed."""
        self.rows = 0

    def blank(self) -> None:
        """An empty line."""
        self._print([[]])

    def _room(self, keep_free: int) -> int:
        return max(self.console.size.height - keep_free, 4)

    def _read_on(self) -> None:
        if self.wait is not None:
            self.wait()
        self.rows = 0

    def _print(self, lines: list[list[Segment]]) -> None:
        segments = [segment for line in lines for segment in (*line, Segment.line())]
        self.console.print(Segments(segments), end="")
        self.rows += len(lines)

    @staticmethod
    def _cut(lines: list[list[Segment]], room: int) -> int:
        """Where to break: after the last blank line that leaves most of the room in use."""
        for index in range(room, room // 2, -1):
            if not "".join(segment.text for segment in lines[index - 1]).strip():
                return index
        return room
