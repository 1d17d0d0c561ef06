"""Text from outside, made harmless for the place where it is shown. It appears as it was written, and does nothing."""

from __future__ import annotations

import html
import re

_CONTROLS = {
    **{code: 0x2400 + code for code in range(0x20)},  # shown as their pictures, ␛ for escape
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    # Marks that reorder other people's text: overrides, embeddings and isolates.
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), None),
    **dict.fromkeys((0x2028, 0x2029), 0x20),
}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~$&])")
_MARKDOWN_START = re.compile(
    r"^(?=#|[-+=>](?:\s|$|[-=+>]))|(?<=^\d)(?=[.)])|(?<=^\d\d)(?=[.)])|(?<=^\d{3})(?=[.)])"
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# A spreadsheet may take another character for the separator than the one that was written; then a cell begins here.
_FORMULA_INSIDE = re.compile(r'([,;|\t]["\s]*)(?=[=+\-@＝＋－＠])')


def plain(text: str) -> str:
    """One line of text without terminal escapes, controls or reordering marks; white space is folded."""
    return " ".join(text.split()).translate(_CONTROLS)


def line(text: str) -> str:
    """Like `plain`, for a line that is laid out already: its blanks stay."""
    return text.translate(_CONTROLS)


def span(text: str) -> str:
    """Like `plain`, but keeps a blank at either end, which joins the text to its neighbours."""
    return " " * text[:1].isspace() + plain(text) + " " * text[-1:].isspace()


def markdown(text: str) -> str:
    """Text that Markdown shows literally, at the start of a line or inside a table cell too."""
    escaped = _MARKDOWN.sub(r"\\\1", plain(text))
    return _MARKDOWN_START.sub(r"\\", escaped, count=1)


def page(text: str) -> str:
    """Text for HTML, in elements and in quoted attributes."""
    return html.escape(plain(text), quote=True)


def cell(text: str) -> str:
    """Text for a spreadsheet cell, where no part of it becomes a formula, whatever is taken for the separator."""
    folded = _FORMULA_INSIDE.sub(r"\1'", plain(text))
    return f"'{folded}" if folded.startswith(_FORMULA_STARTS) or text.startswith(_FORMULA_STARTS) else folded
