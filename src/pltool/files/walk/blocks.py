"""Blocks of whole lines, and how to take them apart quickly."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# About a thousand rows: few enough to stay in the processor's cache.
_BLOCK = 1 << 17
# A quotation mark that is open for longer never closes.
_LONGEST = 1 << 20
_NEWLINE = "\n"


class Parts(NamedTuple):
    """The cells of a block: column by column where that is easy, else row by row; and how many lines it has."""

    columns: list[tuple[str, ...]]
    rows: list[list[str]]
    lines: int


def read_block(text: io.TextIOWrapper) -> str:
    """The next lines of a file, in which every quotation mark closes again, unless that takes too long."""
    block = text.read(_BLOCK)
    if block and not block.endswith(_NEWLINE):
        block += text.readline()
    while block.count('"') % 2 and len(block) < _LONGEST and (line := text.readline()):
        block += line
    return block


def lines_in(block: str) -> Iterator[str]:
    """The lines of a block, with what ends them."""
    return iter(io.StringIO(block, newline=""))


def take_apart(block: str, delimiter: str, width: int) -> Parts | None:
    """The cells of a block; None where something in it is broken."""
    if '"' not in block:
        plain = block.replace("\r\n", _NEWLINE) if "\r" in block else block
        found = _at_once(plain, delimiter, width) if "\r" not in plain else None
        if found is not None:
            return found
    reader = csv.reader(lines_in(block), delimiter=delimiter, strict=True)
    try:
        rows = list(reader)
    except csv.Error:
        return None
    return Parts([], rows, reader.line_num)


def _at_once(block: str, delimiter: str, width: int) -> Parts | None:
    """The columns of lines that all have the same number of cells, and no quotation mark."""
    if not block.endswith(_NEWLINE):
        block += _NEWLINE
    # With each line's end as a cell of its own, one look tells whether all lines are as wide as the head.
    cells = block.replace(_NEWLINE, f"{delimiter}{_NEWLINE}{delimiter}").split(delimiter)
    cells.pop()
    lines, rest = divmod(len(cells), width + 1)
    if rest or cells[width :: width + 1].count(_NEWLINE) != lines or block.count(_NEWLINE) != lines:
        return None
    return Parts([tuple(cells[at :: width + 1]) for at in range(width)], [], lines)
