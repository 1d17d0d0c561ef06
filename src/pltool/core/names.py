"""Names as people type them: the beginning of an id, words of a title, and what was meant by a near miss."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from pltool.core.progression import PlacedStep, Progression

_LONGEST = 80
_LEAST_LETTERS = 3
_NEAR = 0.72
_BESIDE = 0.08  # how far behind the nearest another may be and still be offered
_MOST = 3
_ENDINGS = re.compile(r"(?:ies|es|s|ing|ed)$")
_SOUNDS = (
    (re.compile(r"t(?:io|iu)n|[sc]ion|s[hj]un|shon|tch"), "Sn"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"ck|q|c"), "k"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=.)[aeiouy]+"), ""),
)


class Named(NamedTuple):
    """Something that can be named: its id, and what it is called."""

    id: str
    title: str = ""


def match(typed: str, names: Iterable[Named]) -> list[Named]:
    """What a typed name stands for: one if it is clear, several if it fits them all alike, none if it fits nothing.

    An exact id or title comes first, then the beginning of an id, then words that all begin words of one name.
    """
    wanted = _words(typed)
    known = list(names)
    if not wanted:
        return []
    joined = " ".join(wanted)
    for fits in (_is_exactly, _begins, _has_words):
        if found := [name for name in known if fits(joined, name)]:
            return found
    return []


def _is_exactly(joined: str, name: Named) -> bool:
    return joined in {_spaced(name.id), _spaced(name.title)}


def _begins(joined: str, name: Named) -> bool:
    return _spaced(name.id).startswith(joined)


def _has_words(joined: str, name: Named) -> bool:
    known = {*_words(name.id), *_words(name.title)}
    return all(
        len(word) >= _LEAST_LETTERS and any(other.startswith(word) for other in known)
        for word in joined.split()
    )


_NUMBERED = re.compile(r"([a-z][a-z0-9 ]*?) ?(?:(?:step|no|number|nr) ?)?0*(\d{1,3})")


def steps_named(progression: Progression, typed: str) -> list[PlacedStep]:
    """The steps that a typed name stands for: by id, or by phase and number in any clear way of writing them.

    `foundation-2`, `Foundation 2`, `found-2` and `F2` are one step. A phase may be told by its id, its title or the
    beginning of either; letters that begin several phases stand for the step of that number in each of them.
    """
    if placed := progression.find(typed) or progression.find("-".join(_words(typed))):
        return [placed]
    if numbered := _NUMBERED.fullmatch(_spaced(typed[:_LONGEST])):
        start, number = numbered[1].strip(), numbered[2]
        named = [
            phase
            for phase in progression.phases
            if _spaced(phase.id).startswith(start) or _spaced(phase.title).startswith(start)
        ]
        exact = [phase for phase in named if start in {_spaced(phase.id), _spaced(phase.title)}]
        if named:
            places = (progression.find(f"{phase.id}-{number}") for phase in exact or named)
            return [placed for placed in places if placed is not None]
    found = match(typed, (Named(placed.id) for placed in progression.steps))
    return [placed for name in found if (placed := progression.find(name.id))]


def near(typed: str, names: Iterable[Named]) -> list[str]:
    """Ids of what may have been meant, the likeliest first: by letters, by sound, and word by word."""
    wanted = _words(typed)
    if not wanted:
        return []
    scored = sorted(
        ((-_likeness(wanted, name), at, name.id) for at, name in enumerate(names)),
        key=lambda entry: entry[:2],
    )
    if not scored or -scored[0][0] < _NEAR:
        return []
    best = -scored[0][0]
    return [found for score, _, found in scored if -score >= max(_NEAR, best - _BESIDE)][:_MOST]


def _likeness(wanted: Sequence[str], name: Named) -> float:
    """How well a name fits, from 0 to 1: each typed word beside the word of the name that is most like it."""
    whole = max(_alike("".join(wanted), "".join(_words(text))) for text in (name.id, name.title) if text)
    known = {*_words(name.id), *_words(name.title)}
    by_word = sum(max((_alike(word, other) for other in known), default=0.0) for word in wanted) / len(wanted)
    return max(whole, by_word)


@cache
def _alike(one: str, other: str) -> float:
    if _stem(one) == _stem(other):
        return 1.0
    letters = SequenceMatcher(None, one, other, autojunk=False).ratio()
    if len(one) > _LEAST_LETTERS and sound(one) == sound(other):
        return max(letters, 0.9)
    return letters


def nearest_word(typed: str, vocabulary: Collection[str]) -> str | None:
    """The known word that is most like a typed one; None where none is."""
    typed = typed.lower()[:_LONGEST]
    size = len(typed)
    likely = [word for word in vocabulary if abs(len(word) - size) <= 2 and word[:1] == typed[:1]]  # noqa: PLR2004
    best = max(likely, key=lambda word: (_alike(typed, word), word), default=None)
    return best if best is not None and _alike(typed, best) >= _NEAR else None


def suggestion(ids: Sequence[str]) -> str:
    """A question to end a message with: `did you mean a or b?`; nothing where there is nothing to suggest."""
    if not ids:
        return ""
    shown = [f"`{found}`" for found in ids]
    return f"did you mean {', '.join(shown[:-1])}{' or ' if shown[1:] else ''}{shown[-1]}?"


@cache
def sound(word: str) -> str:
    """Roughly how a word sounds, so that `stashun` is `station`."""
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return word


@cache
def _stem(word: str) -> str:
    return _ENDINGS.sub("", word) if len(word) > _LEAST_LETTERS + 1 else word


def _words(text: str) -> list[str]:
    return _spaced(text[:_LONGEST]).split()


def _spaced(text: str) -> str:
    return " ".join(re.sub(r"[^0-9a-z]+", " ", text.lower()).split())
