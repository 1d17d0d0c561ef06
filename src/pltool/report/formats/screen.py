"""An outline as something rich can print: the only form with colour and links that can be clicked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.rule import Rule
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text

from pltool.report.formats import safe
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

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from pltool.report.formats.outline import Block, Inline, Inlines, Outline, Path

# Named colours follow the terminal's own theme, so that they can be read on dark and light alike.
_RULE = 4
_GAP = 2
_LEAST_WORDS = 20
_TONES = {"plain": "", "strong": "bold", "soft": "dim"}
_HEAT = ("dim", "yellow", "yellow", "bold yellow", "bold black on yellow")
_STATES = {
    "in_place": "green",
    "pause": "bold yellow",
    "not_seen": "magenta",
    "does_not_apply": "dim",
    "not_reached": "dim",
}


def render(outline: Outline) -> Group:
    """The outline with the same blocks in the same order as on paper."""
    drawn: list[RenderableType] = []
    outline = lowered(outline)
    for before, block in zip((None, *outline), outline, strict=False):
        if before is not None and not belong_together(before, block):
            drawn.append(Text(""))
        drawn += _block(block)
    return Group(*drawn)


def _block(block: Block) -> Iterator[RenderableType]:
    match block:
        case Heading(level, text):
            heading = Text(safe.plain(text), style="bold")
            yield _Section(heading) if level == 2 else heading  # noqa: PLR2004 - sections
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
                grid.add_row(Text(safe.plain(label), style="dim"), Text(safe.plain(value), overflow="fold"))
            yield grid
        case Table(head, rows, numeric):
            grid = Grid.grid(padding=(0, 2, 0, 0))
            for column in range(len(head)):
                grid.add_column(justify="right" if column in numeric else "left")
            grid.add_row(*(Text(safe.plain(cell), style="dim", overflow="fold") for cell in head))
            for row in rows:
                grid.add_row(*(Text(safe.plain(cell), overflow="fold") for cell in row))
            yield grid
        case Paths(paths):
            yield _Drawn(paths)
        case HeatTable():
            yield _heat(block)
        case Lines(count):
            yield Text("\n" * count)


def _heat(block: HeatTable) -> RenderableType:
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column()
    grid.add_column(justify="right")
    grid.add_column()
    for row in block.rows:
        cells = Text()
        for cell in row.cells:
            level = block.level(cell)
            drawn = f"{cell.label}\u00a0{SHADES[level]}{cell.count}"
            cells.append(drawn, style=_HEAT[level])
            cells.append("  ")
        style = "" if row.cells else "bold"
        grid.add_row(Text(safe.plain(row.title), style=style), Text(str(row.total), style=style), cells)
    return Group(Text(safe.plain(block.caption), style="dim"), grid)


@dataclass(frozen=True, slots=True)
class _Section:
    """The heading of a section with a rule to the right of it; where it needs the whole window, without."""

    heading: Text

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> RenderResult:
        fits = self.heading.cell_len + _RULE <= options.max_width
        yield Rule(self.heading, align="left", style="dim") if fits else self.heading


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Paths with their titles and words, in the width that there is."""

    paths: tuple[Path, ...]

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> RenderResult:
        yield _paths(self.paths, options.max_width)


def _paths(paths: tuple[Path, ...], width: int) -> Grid:
    """Title, path and words; in a narrow window the path goes on in a second line, and no step is left out."""
    grid = Grid.grid(padding=(0, 2, 0, 0))
    longest = max((len(path.marks) for path in paths), default=0)
    for_words = width - longest - _GAP
    if any(path.title for path in paths):
        grid.add_column(no_wrap=True)
        for_words -= max(cells(safe.plain(path.title)) for path in paths) + _GAP
    # Words can go on in a second line more easily than a path.
    grid.add_column(overflow="fold", min_width=longest if for_words >= _LEAST_WORDS else None)
    grid.add_column(min_width=12)
    for path in paths:
        drawn = Text(overflow="fold")
        for stop in path.marks:
            drawn.append(MARKS[stop.state], style=_STATES[stop.state])
        title = [Text(safe.plain(path.title))] if any(other.title for other in paths) else []
        grid.add_row(*title, drawn, Text(safe.plain(path.words), style="dim"))
    return grid


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
