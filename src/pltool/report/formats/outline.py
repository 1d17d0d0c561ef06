"""What a report says, before it takes a form: headings, paragraphs, lists, tables and bars."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pltool.core.standing import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator

Tone = Literal["plain", "strong", "soft"]


MarkState = Literal["in_place", "pause", "not_seen", "does_not_apply", "not_reached"]
# Shapes differ, so that no mark needs a color to be told from another.
MARKS: dict[MarkState, str] = {
    "in_place": "●",
    "pause": "◐",
    "not_seen": "?",
    "does_not_apply": "×",
    "not_reached": "○",
}
_MARKED: dict[Answer, MarkState] = {
    Answer.IN_PLACE: "in_place",
    Answer.NOT_YET: "pause",
    Answer.NOT_SEEN: "not_seen",
    Answer.DOES_NOT_APPLY: "does_not_apply",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text; `soft` is for what stands back."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its text."""

    text: str
    url: str


Inline = Span | Link
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; each entry may have lines below its first."""

    entries: tuple[tuple[Inlines, ...], ...]
    mark: Literal["bullet", "number", "box"] = "bullet"


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and what belongs to each."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `numeric` names the columns that hold figures."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """One step on a path: in place, the pause, not seen, not applicable, or not reached."""

    state: MarkState

    @classmethod
    def of(cls, answer: Answer) -> Mark:
        """The mark of an answer; one for all, since a long history has a hundred thousand."""
        return _MADE.get(answer) or _MADE.setdefault(answer, cls(_MARKED[answer]))


_MADE: dict[Answer, Mark] = {}


@dataclass(frozen=True, slots=True)
class Path:
    """A phase drawn as a row of its steps, with the words that say the same."""

    title: str
    marks: tuple[Mark, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Paths:
    """The phases of a progression, drawn under each other."""

    rows: tuple[Path, ...]


# From none to the most, where there is no color.
SHADES = "·░▒▓█"


@dataclass(frozen=True, slots=True)
class HeatCell:
    """How many of something at one step; `title` says what the step is."""

    label: str
    count: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """The steps of an area with their sum; a row without cells heads the ones below it, its sum also in words."""

    title: str
    cells: tuple[HeatCell, ...]
    total: int
    words: str = ""


@dataclass(frozen=True)
class HeatTable:
    """Numbers along a progression, with shades that let the eye find the many."""

    caption: str
    rows: tuple[HeatRow, ...]

    @cached_property
    def most(self) -> int:
        """The largest number there is."""
        return max((cell.count for row in self.rows for cell in row.cells), default=0)

    def level(self, cell: HeatCell) -> int:
        """The shade of a cell: 0 for none, 4 for the most there are; all rows have one scale."""
        return -(-4 * cell.count // self.most) if cell.count else 0

    @property
    def legend(self) -> tuple[tuple[int, str], ...]:
        """The shades that can occur, each with the numbers that it stands for."""
        numbers: dict[int, list[int]] = {}
        for number in range(self.most + 1):
            numbers.setdefault(self.level(HeatCell("", number)), []).append(number)
        return tuple(
            (level, str(found[0]) if len(found) == 1 else f"{found[0]}–{found[-1]}")
            for level, found in numbers.items()
        )

    @property
    def sections(self) -> tuple[tuple[HeatRow, tuple[HeatRow, ...]], ...]:
        """Each heading row with the rows below it."""
        found: list[tuple[HeatRow, list[HeatRow]]] = []
        for row in self.rows:
            if row.cells and found:
                found[-1][1].append(row)
            else:
                found.append((row, []))
        return tuple((head, tuple(below)) for head, below in found)


@dataclass(frozen=True, slots=True)
class Lines:
    """Room to write by hand; `tight` where the page should print on one sheet."""

    count: int
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How the whole is laid out where it is printed: an overview in columns, a card, a long report, notes of a visit."""

    name: Literal["overview", "card", "long", "visit"]


@dataclass(frozen=True, slots=True)
class FormStep:
    """One step to be answered by hand; `aside` is its name for typing it up."""

    number: str
    action: str
    hints: tuple[str, ...]
    group: str
    aside: str


@dataclass(frozen=True, slots=True)
class PaperForm:
    """Steps to be answered by hand, each with the same boxes and with room for evidence."""

    title: str
    boxes: tuple[str, ...]
    steps: tuple[FormStep, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """Parts that stand side by side on a wide page, and below one another anywhere else."""

    parts: tuple[tuple[Block, ...], ...]


Block = (
    Beside | Heading | Paragraph | Bullets | Facts | Table | Paths | HeatTable | Lines | Layout | PaperForm
)
Outline = tuple[Block, ...]


def text(content: str, tone: Tone = "plain") -> Inlines:
    """One span as a paragraph's or an entry's content."""
    return (Span(content, tone),)


def paragraph(content: str, tone: Tone = "plain") -> Paragraph:
    """A paragraph of one tone."""
    return Paragraph(text(content, tone))


def bullets(*entries: str) -> Bullets:
    """A list of plain entries."""
    return Bullets(tuple((text(entry),) for entry in entries))


def lowered(outline: Outline) -> Outline:
    """The outline without what only a page can lay out: forms and parts side by side as ordinary blocks, no layout."""
    return tuple(part for block in outline for part in _lowered(block))


def _lowered(block: Block) -> Iterator[Block]:
    if isinstance(block, Layout):
        return
    if isinstance(block, Beside):
        yield from (part for parts in block.parts for part in parts)
        return
    if not isinstance(block, PaperForm):
        yield block
        return
    yield Heading(2, block.title)
    if block.note:
        yield paragraph(block.note)
    group = None
    boxes = paragraph("   ".join(f"☐ {box}" for box in block.boxes))
    for step in block.steps:
        if step.group != group:
            group = step.group
            yield Heading(3, group)
        yield Paragraph((Span(f"{step.number}. {step.action}", "strong"), Span(f" ({step.aside})", "soft")))
        yield from (paragraph(hint, "soft") for hint in step.hints)
        yield boxes
        yield Lines(2)


def belong_together(before: Block, after: Block) -> bool:
    """Whether two blocks stand on the screen without a blank line between them."""
    if isinstance(before, Heading):
        return before.level >= 3  # noqa: PLR2004 - titles and sections are underlined and keep their distance
    return (
        isinstance(before, Paragraph)
        and isinstance(after, Bullets)
        and before.content[-1].text.rstrip().endswith(":")
    )
