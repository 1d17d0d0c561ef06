"""What a report says, before it takes a form: headings, paragraphs, lists, tables and bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["plain", "strong", "soft"]


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
    """One step on a path: in place, the pause, not seen, or not reached."""

    state: Literal["in_place", "pause", "not_seen", "not_reached"]


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


@dataclass(frozen=True, slots=True)
class Lines:
    """Room to write by hand."""

    count: int


Block = Heading | Paragraph | Bullets | Facts | Table | Paths | Lines
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


def belong_together(before: Block, after: Block) -> bool:
    """Whether two blocks stand on the screen without a blank line between them."""
    if isinstance(before, Heading):
        return before.level >= 3  # noqa: PLR2004 - titles and sections are underlined and keep their distance
    return (
        isinstance(before, Paragraph)
        and isinstance(after, Bullets)
        and before.content[-1].text.rstrip().endswith(":")
    )
