"""The steps at which observers of the same classroom parted: the agenda of a norming talk."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pltool.core.labels import fold_label
from pltool.core.walk.shared_visits import answer_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pltool.core.progression import PlacedStep, Progression
    from pltool.core.walk.shared_visits import SharedVisit
    from pltool.core.walk.visits import Visit


@dataclass(frozen=True, slots=True)
class Split:
    """A step that observers of the same classroom answered differently, with the notes of each side.

    Attributes:
        model: the title of the model.
        placed: the step.
        classrooms: in how many different ones.
        in_place: how many visits found it in place.
        in_place_observers: how many different observers made these.
        not_yet: how many visits did not.
        not_yet_observers: how many different observers made these.
        in_place_notes: what was noted by those who found it in place.
        not_yet_notes: what was noted by the others.
    """

    model: str
    placed: PlacedStep
    classrooms: int
    in_place: int
    in_place_observers: int
    not_yet: int
    not_yet_observers: int
    in_place_notes: tuple[str, ...]
    not_yet_notes: tuple[str, ...]


def find_splits(
    rooms: Iterable[SharedVisit], progressions: Mapping[str, Progression], labels: Iterable[str]
) -> tuple[Split, ...]:
    """The steps answered both ways in one classroom, the most frequent first.

    Args:
        rooms: classrooms in which all named the same model.
        progressions: by id.
        labels: what must not stand in a note.
    """
    names = Names(labels)
    classrooms: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    said: defaultdict[tuple[str, int, bool], list[Visit]] = defaultdict(list)
    for room in rooms:
        model = room.visits[0].outcome.model
        # Only where somebody paused can another have answered otherwise.
        for step in {visit.outcome.pause for visit in room.visits if visit.outcome.pause is not None}:
            answers = [(visit, answer_to(visit.outcome, step)) for visit in room.visits]
            if any(answer for _, answer in answers):
                classrooms[model, step].add(room.visits[0].classroom)
                for visit, answer in answers:
                    if answer is not None:
                        said[model, step, answer].append(visit)
    splits = [
        Split(
            model=progressions[model].title,
            placed=progressions[model].steps[step],
            classrooms=len(found),
            in_place=len(said[model, step, True]),
            in_place_observers=len({visit.observer for visit in said[model, step, True]}),
            not_yet=len(said[model, step, False]),
            not_yet_observers=len({visit.observer for visit in said[model, step, False]}),
            in_place_notes=_notes(said[model, step, True], step, names),
            not_yet_notes=_notes(said[model, step, False], step, names),
        )
        for (model, step), found in sorted(classrooms.items())
    ]
    return tuple(sorted(splits, key=lambda split: -split.classrooms))


def _notes(visits: Iterable[Visit], step: int, names: Names) -> tuple[str, ...]:
    """The notes on one step, in the order of the alphabet, so that nothing tells whose they are."""
    notes = set()
    for visit in visits:
        notes |= {evidence.note for evidence in visit.evidence if evidence.step == step}
        # In a sheet the note of a row is about the pause.
        if visit.note and visit.outcome.pause == step:
            notes.add(visit.note)
    return tuple(sorted(names.taken_out(note) for note in notes))


_LEFT_OUT = "[left out]"
_LONGEST_NOTE = 2_000


class Names:
    """The labels of a walk, to be taken out of notes: of any length, inside words too, however they are written.

    A label of one character goes only where it stands as a word: as a part of words it would leave no note whole.
    """

    def __init__(self, labels: Iterable[str]) -> None:
        self._labels = {folded for label in labels if (folded := fold_label(label))}
        self._lengths = sorted({len(label) for label in self._labels}, reverse=True)

    def taken_out(self, note: str) -> str:
        """A note in which every label is replaced; the time it takes does not grow with the number of labels."""
        note = " ".join(_visible(note).split())
        if len(note) > _LONGEST_NOTE:
            note = f"{note[:_LONGEST_NOTE]}…"
        folded, places = _fold_letters(note)
        spans: list[tuple[int, int]] = []
        at = 0
        while at < len(folded):
            length = next((n for n in self._lengths if self._stands(folded, at, n)), 0)
            if length:
                spans.append((places[at], places[at + length - 1] + 1))
            at += length or 1
        parts, end = [], 0
        for start, stop in spans:
            parts.append(note[end:start])
            end = max(stop, end)
            parts.append(_LEFT_OUT)
        return "".join([*parts, note[end:]])

    def _stands(self, folded: str, at: int, length: int) -> bool:
        if at + length > len(folded) or folded[at : at + length] not in self._labels:
            return False
        return length > 1 or not (folded[at - 1 : at].isalnum() or folded[at + 1 : at + 2].isalnum())


def _visible(note: str) -> str:
    """A note in the usual forms of its letters, without invisible characters."""
    if note.isascii():
        return note
    normal = unicodedata.normalize("NFKC", note)
    return "".join(char for char in normal if unicodedata.category(char) != "Cf")


def _fold_letters(note: str) -> tuple[str, Sequence[int]]:
    """A note as labels are compared, and for each of its characters the place of the one it was made of."""
    if note.isascii():
        return note.casefold(), range(len(note))
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(note):
        for letter in " " if char == " " else fold_label(char):
            folded.append(letter)
            places.append(place)
    return "".join(folded), places
