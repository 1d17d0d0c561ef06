"""Widths in the cells of a terminal: a letter of Chinese or an emoji takes two, an accent set apart takes none."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Letters of one cell each, quotes, dashes and our marks among them: most of what is ever measured.
_NARROW = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u024f\u2013-\u2019\u201c\u201d\u2022\u2026\u25cb\u25cf\u25d0]*"
)
_JOINER = "\u200d"
_NARROWEST = 20


def width(text: str) -> int:
    """How many cells a text takes."""
    return len(text) if text.isascii() or _NARROW.fullmatch(text) else sum(_cells(text))


def _cells(text: str) -> Iterator[int]:
    """The cells of each character; one that is joined to an emoji before it takes none."""
    joined = False
    for character in text:
        if (
            joined
            or unicodedata.combining(character)
            or unicodedata.category(character) in {"Mn", "Me", "Cf"}
        ):
            yield 0
        else:
            yield 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
        joined = character == _JOINER


def left(text: str, size: int) -> str:
    """Text with blanks after it, to that many cells."""
    return text + " " * (size - width(text))


def right(text: str, size: int) -> str:
    """Text with blanks before it, to that many cells."""
    return " " * (size - width(text)) + text


def wrap(text: str, size: int, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most that many cells; a word that is wider stands whole, unless it is in wide letters.

    Args:
        text: words with single blanks between.
        size: in cells.
        first: begins the first line.
        rest: begins the others.
    """
    size = max(size, _NARROWEST)
    if "  " not in text and all(map(_NARROW.fullmatch, (text, first, rest))):
        return _wrap_narrow(text.strip(), size, first, rest)
    lines: list[str] = []
    current, taken, empty = first, width(first), True
    for word in _words(text, size - max(width(first), width(rest))):
        needed = width(word)
        if not empty and taken + 1 + needed > size:
            lines.append(current)
            current, taken, empty = rest, width(rest), True
        current += word if empty else f" {word}"
        taken += needed + (not empty)
        empty = False
    return [*lines, current.rstrip() if empty else current]


def _wrap_narrow(text: str, size: int, first: str, rest: str) -> list[str]:
    """The same where a character is a cell: from line to line, and not from word to word."""
    lines, begin, place = [], first, 0
    while len(begin) + len(text) - place > size:
        cut = text.rfind(" ", place, place + max(size - len(begin), 0) + 1)
        if cut < 0:
            cut = text.find(" ", place)
        if cut < 0:
            break
        lines.append(begin + text[place:cut])
        begin, place = rest, cut + 1
    return [*lines, begin + text[place:] if place < len(text) else begin.rstrip()]


def _words(text: str, room: int) -> Iterator[str]:
    for word in text.split(" "):
        if word.isascii() or width(word) <= max(room, 2):
            if word:
                yield word
            continue
        part, taken = "", 0
        for character, cells in zip(word, _cells(word), strict=True):
            if taken + cells > max(room, 2) and part:
                yield part
                part, taken = "", 0
            part += character
            taken += cells
        yield part
