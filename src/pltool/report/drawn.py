"""An outline as something rich can print: the only form with colour and links that can be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.rule import Rule
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text

from pltool.report import safe
from pltool.report.outline import (
    Bullets,
    Facts,
    Heading,
    Lines,
    Link,
    Paragraph,
    Paths,
    Table,
    belong_together,
)
from pltool.report.plaintext import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from pltool.report.outline import Block, Inline, Inlines, Outline

# Named colours follow the terminal's own theme, so that they can be read on dark and light alike.
_TONES = {"plain": "", "strong": "bold", "soft": "dim"}
_STATES = {"in_place": "green", "pause": "bold yellow", "not_seen": "magenta", "not_reached": "dim"}


def render(outline: Outline) -> Group:
    """The outline with the same blocks in the same order as on paper."""
    drawn: list[RenderableType] = []
    for before, block in zip((None, *outline), outline, strict=False):
        if before is not None and not belong_together(before, block):
            drawn.append(Text(""))
        drawn += _block(block)
    return Group(*drawn)


def _block(block: Block) -> Iterator[RenderableType]:
    match block:
        case Heading(level, text):
            heading = Text(safe.plain(text), style="bold")
            yield Rule(heading, align="left", style="dim") if level == 2 else heading  # noqa: PLR2004 - sections
        case Paragraph(content):
            yield _inlines(content)
        case Bullets(entries, mark):
            grid = Grid.grid(padding=(0, 1, 0, 0))
            grid.add_column(no_wrap=True)
            grid.add_column()
            for number, entry in enumerate(entries, start=1):
                sign = {"bullet": "•", "number": f"{number}.", "box": "☐"}[mark]
                grid.add_row(Text(sign, style="dim"), Group(*_entry(entry)))
            yield Padding(grid, (0, 0, 0, 1))
        case Facts(rows):
            grid = Grid.grid(padding=(0, 2, 0, 0))
            for label, value in rows:
                grid.add_row(Text(safe.plain(label), style="dim"), Text(safe.plain(value)))
            yield grid
        case Table(head, rows, numeric):
            grid = Grid.grid(padding=(0, 2, 0, 0))
            for column in range(len(head)):
                grid.add_column(justify="right" if column in numeric else "left")
            grid.add_row(*(Text(safe.plain(cell), style="dim") for cell in head))
            for row in rows:
                grid.add_row(*(Text(safe.plain(cell)) for cell in row))
            yield grid
        case Paths(paths):
            grid = Grid.grid(padding=(0, 2, 0, 0))
            for path in paths:
                drawn = Text()
                for stop in path.marks:
                    drawn.append(MARKS[stop.state], style=_STATES[stop.state])
                title = [Text(safe.plain(path.title))] if path.title else []
                grid.add_row(*title, drawn, Text(safe.plain(path.words), style="dim"))
            yield grid
        case Lines(count):
            yield Text("\n" * count)


def _entry(entry: tuple[Inlines, ...]) -> Iterator[Text]:
    for line in entry:
        yield _inlines(line)
    for part in (part for line in entry for part in line):
        if isinstance(part, Link):
            yield Text(safe.plain(part.url), style=_link(part) + Style(dim=True), overflow="fold")


def _inlines(content: Inlines) -> Text:
    text = Text()
    for part in content:
        text.append(*_inline(part))
    return text


def _inline(part: Inline) -> tuple[str, str | Style]:
    words = safe.span(part.text)
    if isinstance(part, Link):
        return words, _link(part) + Style(bold=True)
    return words, _TONES[part.tone]


def _link(link: Link) -> Style:
    return Style(link=safe.plain(link.url)) if link.url.startswith("https://") else Style()
