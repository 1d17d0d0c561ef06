"""An outline as Markdown."""

from __future__ import annotations

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
    lowered,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.report.formats.outline import Block, Inline, Inlines, Outline

_URL_ESCAPES = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", " ": "%20", "\\": "%5C"})


def render(outline: Outline) -> str:
    """CommonMark with tables, ending in a newline."""
    return "\n\n".join("\n".join(_block(block)) for block in lowered(outline)) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"{'#' * level} {safe.markdown(text)}"
        case Paragraph(content):
            yield _inlines(content)
        case Bullets(entries, mark):
            for number, entry in enumerate(entries, start=1):
                sign = {"bullet": "- ", "number": f"{number}. ", "box": "- [ ] "}[mark]
                indent = " " * (3 if mark == "number" else 2)
                yield sign + ("\\\n" + indent).join(_inlines(line) for line in entry)
        case Facts(rows):
            yield from (f"- **{safe.markdown(label)}:** {safe.markdown(value)}" for label, value in rows)
        case Table(head, rows, numeric):
            yield _row(head)
            yield "|" + "|".join(" ---: " if i in numeric else " --- " for i in range(len(head))) + "|"
            yield from (_row(row) for row in rows)
        case Paths(rows):
            for row in rows:
                drawn = "".join(MARKS[mark.state] for mark in row.marks)
                yield f"- {safe.markdown(row.title)}: {drawn} ({safe.markdown(row.words)})"
        case HeatTable(caption, heat_rows):
            yield _row((caption, "Sum", "Step by step"))
            yield "| --- | ---: | --- |"
            for heat in heat_rows:
                cells = "  ".join(
                    f"{cell.label} {SHADES[block.level(cell)]}{cell.count}" for cell in heat.cells
                )
                title = safe.markdown(heat.title) if heat.cells else f"**{safe.markdown(heat.title)}**"
                yield f"| {title} | {heat.total} | {safe.markdown(cells)} |"
        case Lines(count):
            yield "\n\n".join("\\_" * 60 for _ in range(count))


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(safe.markdown(cell) for cell in cells) + " |"


def _inlines(content: Inlines) -> str:
    return "".join(_inline(part) for part in content)


def _inline(part: Inline) -> str:
    if isinstance(part, Link):
        words, url = safe.markdown(part.text), safe.plain(part.url)
        if not url.startswith("https://"):  # a record from elsewhere may name any address at all
            return words
        return f"[{words}]({url.translate(_URL_ESCAPES)})"
    words = safe.markdown(part.text)
    words = f"**{words}**" if part.tone == "strong" else words
    return " " * part.text[:1].isspace() + words + " " * part.text[-1:].isspace()
