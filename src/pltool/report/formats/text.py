"""An outline as plain text of a given width, for pipes and for terminals without styles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.report.formats import safe
from pltool.report.formats.cells import left, right, wrap
from pltool.report.formats.cells import width as cells
from pltool.report.formats.outline import (
    MARKS,
    SHADES,
    Bullets,
    Facts,
    Heading,
    HeatTable,
    Lines,
    Link,
    Paragraph,
    Paths,
    Table,
    belong_together,
    lowered,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.report.formats.outline import Block, Inlines, Outline, Path

_LEAST_WORDS = 18
# The last column of a table is wrapped where it has so much room.
_LEAST_TEXT = 24


def render(outline: Outline, width: int = 80) -> str:
    """Text wrapped to the width in columns, ending in a newline; addresses are never broken."""
    written: list[str] = []
    outline = lowered(outline)
    for before, block in zip((None, *outline), outline, strict=False):
        if before is not None and not belong_together(before, block):
            written.append("")
        written += _block(block, width)
    return "\n".join(written) + "\n"


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading(level, text):
            heading = safe.plain(text)
            yield from wrap(heading.upper() if level == 1 else heading, width)
            if level <= 2:  # noqa: PLR2004 - title and sections are underlined
                yield ("=" if level == 1 else "-") * min(cells(heading), width)
        case Paragraph(content):
            yield from wrap(_inlines(content), width)
        case Bullets(entries, mark):
            for number, entry in enumerate(entries, start=1):
                sign = {"bullet": "- ", "number": f"{number}. ", "box": "[ ] "}[mark]
                yield from _entry(entry, sign, width)
        case Facts(rows):
            indent = max((cells(label) for label, _ in rows), default=0) + 2
            for label, value in rows:
                yield from wrap(safe.plain(value), width, left(label + ":", indent), " " * indent)
        case Table(head, rows, numeric):
            yield from _table(head, rows, numeric, width)
        case Paths(rows):
            yield from _paths(rows, width)
        case HeatTable():
            yield from _heat(block, width)
        case Lines(count):
            yield "\n\n".join("_" * width for _ in range(count))


def _entry(entry: tuple[Inlines, ...], sign: str, width: int) -> Iterator[str]:
    first, *rest = entry
    indent = " " * len(sign)
    yield from wrap(_inlines(first), width, sign, indent)
    for line in rest:
        yield from wrap(_inlines(line), width, indent, indent)
    for part in (part for line in entry for part in line):
        if isinstance(part, Link):
            yield indent + safe.plain(part.url)


def _table(
    head: tuple[str, ...], rows: tuple[tuple[str, ...], ...], numeric: tuple[int, ...], width: int
) -> Iterator[str]:
    table = [tuple(safe.plain(cell) for cell in row) for row in (head, *rows)]
    widths = [max(cells(row[column]) for row in table) for column in range(len(head))]
    before = sum(widths[:-1]) + 2 * (len(widths) - 1)
    if len(head) - 1 not in numeric and before <= width - _LEAST_TEXT < before + widths[-1] - _LEAST_TEXT:
        # Only the texts at the end are too long: they are wrapped in their column.
        for row in table:
            yield from wrap(row[-1], width, _columns(row[:-1], widths, numeric) + "  ", " " * before)
        return
    if sum(widths) + 2 * len(widths) - 2 > width and numeric:  # too wide to stand: each row as a sentence
        for first, *figures in table[1:]:
            words = ", ".join(f"{name} {cell}" for name, cell in zip(table[0][1:], figures, strict=True))
            yield from wrap(f"{first}: {words}", width, "- ", "  ")
        return
    for row in table:
        yield _columns(row, widths, numeric).rstrip()


def _columns(row: tuple[str, ...], widths: list[int], numeric: tuple[int, ...]) -> str:
    """The cells of a row, each in its column."""
    return "  ".join(
        right(cell, size) if column in numeric else left(cell, size)
        for column, (cell, size) in enumerate(zip(row, widths, strict=False))
    )


def _paths(rows: tuple[Path, ...], width: int) -> Iterator[str]:
    """Title, path and words in columns; where there is no room, the path in lines of its own, whole."""
    indent = max((cells(safe.plain(row.title)) + 2 for row in rows if row.title), default=0)
    beside = indent + max(len(row.marks) for row in rows) + 2
    for row in rows:
        title, words = safe.plain(row.title), safe.plain(row.words)
        drawn = "".join(MARKS[mark.state] for mark in row.marks)
        if beside + _LEAST_WORDS <= width:
            begin = f"{left(title, indent)}{left(drawn, beside - indent)}"
            yield from wrap(words, width, begin, " " * beside)
            continue
        yield from wrap(": ".join(filter(None, (title, words))), width)
        yield from (f"  {drawn[at : at + width - 2]}" for at in range(0, len(drawn), width - 2))


def _heat(block: HeatTable, width: int) -> Iterator[str]:
    indent = max(cells(safe.plain(row.title)) for row in block.rows) + 2 + 5
    yield from wrap(safe.plain(block.caption), width)
    for row in block.rows:
        start = f"{left(safe.plain(row.title), indent - 5)}{row.total:>3}  "
        steps = "  ".join(
            f"{cell.label}\u00a0{SHADES[block.level(cell)]}{cell.count}" for cell in row.cells if row.total
        )
        for line in wrap(steps, width, start, " " * indent):
            yield line.replace("\u00a0", " ")


def _inlines(content: Inlines) -> str:
    return "".join(safe.span(part.text) for part in content)
