"""The steps at which observers of the same classroom parted: the agenda of a norming talk."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pltool.core.walk.shared_visits import answer_to, reached_steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pltool.core.progression import PlacedStep, Progression
    from pltool.core.walk.shared_visits import VisitsByRoom, SharedVisit
    from pltool.core.walk.visits import Visit


@dataclass(frozen=True, slots=True)
class Split:
    """A step that observers of the same classroom answered differently, with the notes of each side."""

    model: str
    placed: PlacedStep
    classrooms: int
    in_place: int
    not_yet: int
    in_place_notes: tuple[str, ...]
    not_yet_notes: tuple[str, ...]


def find_splits(
    rooms: Iterable[SharedVisit], progressions: Mapping[str, Progression], names: Sequence[str]
) -> tuple[Split, ...]:
    """The steps answered both ways in one classroom, the most frequent first.

    Args:
        rooms: classrooms in which all named the same model.
        progressions: by id.
        names: labels that must not stand in a note.
    """
    classrooms = Counter[tuple[str, int]]()
    said: defaultdict[tuple[str, int, bool], list[Visit]] = defaultdict(list)
    for room in rooms:
        model = room.visits[0].outcome.model
        for step in reached_steps(room):
            answers = {id(visit): answer_to(visit.outcome, step) for visit in room.visits}
            if {True, False} <= set(answers.values()):
                classrooms[model, step] += 1
                for visit in room.visits:
                    answer = answers[id(visit)]
                    if answer is not None:
                        said[model, step, answer].append(visit)
    splits = [
        Split(
            model=progressions[model].title,
            placed=progressions[model].steps[step],
            classrooms=number,
            in_place=len(said[model, step, True]),
            not_yet=len(said[model, step, False]),
            in_place_notes=_notes(said[model, step, True], step, names),
            not_yet_notes=_notes(said[model, step, False], step, names),
        )
        for (model, step), number in sorted(classrooms.items())
    ]
    return tuple(sorted(splits, key=lambda split: -split.classrooms))


def _notes(visits: Iterable[Visit], step: int, names: Sequence[str]) -> tuple[str, ...]:
    """The notes on one step, in the order of the alphabet, so that nothing tells whose they are."""
    notes = set()
    for visit in visits:
        notes |= {evidence.note for evidence in visit.evidence if evidence.step == step}
        # In a sheet the note of a row is about the pause.
        if visit.note and visit.outcome.pause == step:
            notes.add(visit.note)
    return tuple(sorted(without_names(note, names) for note in notes))


def labels_of(gathering: VisitsByRoom) -> list[str]:
    """Every label of a room or an observer, the longest first."""
    visits = [visit for visits in gathering.by_room.values() for visit in visits]
    labels = {" ".join(label.split()) for visit in visits for label in (visit.classroom, visit.observer)}
    return sorted((label for label in labels if len(label) > 2), key=lambda label: (-len(label), label))  # noqa: PLR2004 - "a" is no name


def without_names(note: str, names: Sequence[str]) -> str:
    """A note in which the labels of rooms and observers are replaced."""
    for name in names:
        if name.casefold() in note.casefold():
            note = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "[left out]", note, flags=re.IGNORECASE)
    return note
