"""An outline as plain text of a given width, for pipes and for terminals without styles."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from pltool.report.formats import safe
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
    without_forms,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.report.formats.outline import Block, Inlines, Outline


def render(outline: Outline, width: int = 80) -> str:
    """Text wrapped to the width in columns, ending in a newline; addresses are never broken."""
    written: list[str] = []
    outline = without_forms(outline)
    for before, block in zip((None, *outline), outline, strict=False):
        if before is not None and not belong_together(before, block):
            written.append("")
        written += _block(block, width)
    return "\n".join(written) + "\n"


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading(level, text):
            heading = safe.plain(text)
            yield from _wrap(heading.upper() if level == 1 else heading, width)
            if level <= 2:  # noqa: PLR2004 - title and sections are underlined
                yield ("=" if level == 1 else "-") * min(len(heading), width)
        case Paragraph(content):
            yield from _wrap(_inlines(content), width)
        case Bullets(entries, mark):
            for number, entry in enumerate(entries, start=1):
                sign = {"bullet": "- ", "number": f"{number}. ", "box": "[ ] "}[mark]
                yield from _entry(entry, sign, width)
        case Facts(rows):
            indent = max((len(label) for label, _ in rows), default=0) + 2
            for label, value in rows:
                yield from _wrap(safe.plain(value), width, f"{label + ':':<{indent}}", " " * indent)
        case Table(head, rows, numeric):
            yield from _table(head, rows, numeric, width)
        case Paths(rows):
            indent = max((len(row.title) + 2 for row in rows if row.title), default=0)
            for row in rows:
                drawn = "".join(MARKS[mark.state] for mark in row.marks)
                begin = f"{safe.plain(row.title):<{indent}}{drawn}  "
                yield from _wrap(safe.plain(row.words), width, begin, " " * len(begin))
        case HeatTable():
            yield from _heat(block, width)
        case Lines(count):
            yield "\n\n".join("_" * width for _ in range(count))


def _entry(entry: tuple[Inlines, ...], sign: str, width: int) -> Iterator[str]:
    first, *rest = entry
    indent = " " * len(sign)
    yield from _wrap(_inlines(first), width, sign, indent)
    for line in rest:
        yield from _wrap(_inlines(line), width, indent, indent)
    for part in (part for line in entry for part in line):
        if isinstance(part, Link):
            yield indent + safe.plain(part.url)


def _table(
    head: tuple[str, ...], rows: tuple[tuple[str, ...], ...], numeric: tuple[int, ...], width: int
) -> Iterator[str]:
    table = [tuple(safe.plain(cell) for cell in row) for row in (head, *rows)]
    widths = [max(len(row[column]) for row in table) for column in range(len(head))]
    if sum(widths) + 2 * len(widths) - 2 > width and numeric:  # too wide to stand: each row as a sentence
        for first, *figures in table[1:]:
            words = ", ".join(f"{name} {cell}" for name, cell in zip(table[0][1:], figures, strict=True))
            yield from _wrap(f"{first}: {words}", width, "- ", "  ")
        return
    for row in table:
        cells = (
            cell.rjust(size) if column in numeric else cell.ljust(size)
            for column, (cell, size) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def _heat(block: HeatTable, width: int) -> Iterator[str]:
    indent = max(len(safe.plain(row.title)) for row in block.rows) + 2 + 5
    yield from _wrap(safe.plain(block.caption), width)
    for row in block.rows:
        start = f"{safe.plain(row.title):<{indent - 5}}{row.total:>3}  "
        cells = "  ".join(
            f"{cell.label}\u00a0{SHADES[block.level(cell)]}{cell.count}" for cell in row.cells if row.total
        )
        for line in _wrap(cells, width, start, " " * indent):
            yield line.replace("\u00a0", " ")


def _inlines(content: Inlines) -> str:
    return "".join(safe.span(part.text) for part in content)


def _wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(
        text, max(width, 20), initial_indent=first, subsequent_indent=rest,
        break_long_words=False, break_on_hyphens=False,
    ) or [first.rstrip()]  # fmt: skip
