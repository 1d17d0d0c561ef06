"""Labels of classrooms, schools and observers: when two of them are the same, and when they nearly are."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Normalizing takes quadratic time on long runs of combining marks, and nobody's label is that long.
_LONGEST = 200
_APOSTROPHES = dict.fromkeys(map(ord, "‘’‛`´ʹʻʼʽʾʿˈ′‵＇ꞌ՚׳"), "'")
_FORMAT, _CONTROL, _SURROGATE = "Cf", "Cc", "Cs"
# Not drawn, though Unicode counts them as letters or marks.
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_VARIATIONS = re.compile("[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BRAILLE_BLANK = "\u2800"

_MOST_SIMILAR = 3
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_ROMAN = re.compile(r"[ivx]+")
_SHORT = 5
_CLOSE = 0.8


def fold_label(label: str) -> str:
    """A label as it is compared: the same for labels that nobody would tell apart on paper.

    Capitals, runs of blanks, invisible characters, compatibility forms (full-width digits, ligatures, composed or
    decomposed accents) and the kind of apostrophe make no difference. Nothing visible does: `Period 3` and
    `Period-3` stay two labels. A label of nothing but blanks and invisible characters folds to the empty string.
    """
    if label.isascii() and label.isprintable() and "`" not in label:
        return " ".join(label.split()).casefold()
    if len(label) > _LONGEST:
        return " ".join(label.split()).casefold()
    normal = unicodedata.normalize("NFKC", label.translate(_APOSTROPHES))
    seen = "".join(map(_visible, _VARIATIONS.sub("", normal)))
    # Folding case can take a text apart that had been composed: compose it once more.
    return " ".join(unicodedata.normalize("NFKC", seen.casefold()).split())


def _visible(character: str) -> str:
    if character.isspace() or character == _BRAILLE_BLANK:
        return " "
    if character in _FILLERS or unicodedata.category(character) in {_FORMAT, _CONTROL, _SURROGATE}:
        return ""
    return character


def same_label(one: str | None, other: str | None) -> bool:
    """Whether two labels name the same thing; no label at all is the same as an empty one."""
    return one == other or fold_label(one or "") == fold_label(other or "")


def first_spellings(labels: Iterable[str | None]) -> dict[str, str]:
    """How each label was first written, by its folded form, in the order of the labels; empty ones left out."""
    spellings: dict[str, str] = {}
    for label in labels:
        if label and (folded := fold_label(label)):
            spellings.setdefault(folded, " ".join(label.split()))
    return spellings


def similar_labels(label: str, known: Iterable[str]) -> tuple[str, ...]:
    """Known labels that may have been meant by this one, nearest first, at most three.

    `Perod 3`, `Period3` and `P3` are near `Period 3`. `Period 4` is not: numbers and single letters tell classes
    apart. A label that folds to the same is no near miss but the label itself, and never among them.
    """
    spellings = first_spellings(known)
    folded = fold_label(label)
    mine = _tokens(folded)
    found = []
    for place, (other, written) in enumerate(spellings.items()):
        if other != folded and (closeness := _closeness(mine, _tokens(other))):
            found.append((-closeness, place, written))
    return tuple(written for _, _, written in sorted(found)[:_MOST_SIMILAR])


def _tokens(folded: str) -> list[str]:
    """The words and numbers of a folded label, without accents and leading zeros."""
    plain = "".join(
        c for c in unicodedata.normalize("NFD", folded[:_LONGEST]) if not unicodedata.combining(c)
    )
    return [token.lstrip("0") or "0" if token.isdigit() else token for token in _TOKEN.findall(plain)]


def _is_code(token: str) -> bool:
    return token.isdigit() or len(token) == 1 or _ROMAN.fullmatch(token) is not None


def _closeness(one: list[str], other: list[str]) -> float:
    """How near two labels are, from 0 (not at all) to 1 (the same but for blanks, signs and accents)."""
    if not one or not other:
        return 0.0
    if "".join(one) == "".join(other):
        return 1.0
    if len(one) == len(other):
        nearness = [_word_closeness(mine, its) for mine, its in zip(one, other, strict=True)]
        return min(nearness)
    shorter, longer = sorted((one, other), key=len)
    # `Period 3` beside `Period 3 Algebra`; a word alone says too little (`Room` beside `Room 4`).
    if (
        len(shorter) > 1
        and longer[: len(shorter)] == shorter
        and not any(map(_is_code, longer[len(shorter) :]))
    ):
        return 0.5
    return 0.0


def _word_closeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if one.isdigit() or other.isdigit():
        return 0.0
    shorter, longer = sorted((one, other), key=len)
    if longer.startswith(shorter) and not _is_code(longer):  # `P3` or `Per. 3` beside `Period 3`
        return 0.6
    if _is_code(one) or _is_code(other) or len(shorter) < _SHORT:
        return 0.0
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return ratio if ratio >= _CLOSE else 0.0
