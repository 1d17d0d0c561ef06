"""Do observers who shared a classroom see the same thing? For norming, and never for judging anybody."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from pltool.core.standing import Status
from pltool.core.walk import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pltool.core.progression import PlacedStep, Progression
    from pltool.core.walk import Outcome, Visit

# Below this many shared classrooms a percentage or a coefficient says more than the data does.
ENOUGH_SHARED = 5


@dataclass(frozen=True, slots=True)
class Shared:
    """One classroom that two or more observers saw; one visit for each observer."""

    visits: tuple[Visit, ...]

    @property
    def same_model(self) -> bool:
        """Whether all named the same model."""
        return len({visit.outcome.model for visit in self.visits}) == 1


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the observers of shared classrooms agree; every figure counts classrooms.

    Attributes:
        shared: classrooms seen by two or more observers.
        same_model: of these, where all named the same model.
        compared: of these, where two or more observers came to a pause or to the end.
        same_pause: of the compared, where all paused at the same step, or all found every step in place.
        within_one: of the compared, where no two are more than one step apart.
        same_phase: of the compared, where all pauses lie in the same phase.
        pairs: pairs of observers in the compared classrooms.
        coefficient: Gwet's AC1 over the answers to steps that two or more observers reached; None: not computed.
        answers: how many steps, over all classrooms, that coefficient rests on.
        splits: where observers parted, the most frequent first.
        apart: classrooms that several observers saw, but on days too far apart to be one visit.
        unlabelled: visits without a classroom or an observer, which cannot be matched.
        repeated: visits of an observer who saw the same classroom a second time; the first one counts.
    """

    shared: int
    same_model: int
    compared: int
    same_pause: int
    within_one: int
    same_phase: int
    pairs: int
    coefficient: float | None
    answers: int
    splits: tuple[Split, ...]
    apart: int = 0
    unlabelled: int = 0
    repeated: int = 0


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


@dataclass(slots=True)
class Gathering:
    """Visits as they come in, by classroom; only what may be shared is kept together."""

    within: int = 0
    by_room: defaultdict[tuple[str, str], list[Visit]] = field(default_factory=lambda: defaultdict(list))
    unlabelled: int = 0
    repeated: int = 0
    apart: int = 0

    def add(self, visit: Visit) -> None:
        """Take one visit."""
        if not visit.classroom or not visit.observer:
            self.unlabelled += 1
            return
        self.by_room[folded(visit.school), folded(visit.classroom)].append(visit)

    def shared(self) -> list[Shared]:
        """The classrooms that two or more observers saw on the same day, or within so many days of the first."""
        found = []
        for _, visits in sorted(self.by_room.items()):
            occasions = _occasions(visits, self.within)
            together = 0
            for occasion in occasions:
                firsts: dict[str, Visit] = {}
                for visit in occasion:
                    if folded(visit.observer) in firsts:
                        self.repeated += 1
                    firsts.setdefault(folded(visit.observer), visit)
                if len(firsts) > 1:
                    together += 1
                    found.append(Shared(tuple(firsts.values())))
            if not together and len({folded(visit.observer) for visit in visits}) > 1:
                self.apart += 1
        return found


def _occasions(visits: Sequence[Visit], within: int) -> list[list[Visit]]:
    occasions: list[list[Visit]] = []
    first = date.min
    for visit in sorted(visits, key=_order):
        day = date.fromisoformat(visit.day)
        if not occasions or (day - first).days > within:
            occasions.append([])
            first = day
        occasions[-1].append(visit)
    return occasions


def _order(visit: Visit) -> tuple[object, ...]:
    outcome = visit.outcome
    pause = -1 if outcome.pause is None else outcome.pause
    return (
        visit.day,
        folded(visit.observer),
        outcome.model,
        outcome.status,
        pause,
        visit.note,
        visit.evidence,
    )


def compare(gathering: Gathering, progressions: Mapping[str, Progression]) -> Agreement:
    """Count where the observers of shared classrooms agree, and where they part."""
    shared = gathering.shared()
    alike = [room for room in shared if room.same_model]
    compared = [places for room in alike if len(places := _places(room, progressions)) > 1]
    items = [item for room in alike for item in _answers(room)]
    return Agreement(
        shared=len(shared),
        same_model=len(alike),
        compared=len(compared),
        same_pause=sum(len(set(places)) == 1 for places in compared),
        within_one=sum(max(places)[0] - min(places)[0] <= 1 for places in compared),
        same_phase=sum(len({phase for _, phase in places}) == 1 for places in compared),
        pairs=sum(len(list(combinations(places, 2))) for places in compared),
        coefficient=first_order_agreement(items) if len(shared) >= ENOUGH_SHARED else None,
        answers=len(items),
        splits=_splits(alike, progressions, _names(gathering)),
        apart=gathering.apart,
        unlabelled=gathering.unlabelled,
        repeated=gathering.repeated,
    )


def _places(room: Shared, progressions: Mapping[str, Progression]) -> list[tuple[int, str]]:
    """Where each observer's way ended: the step's index and its phase; unfinished ones are left aside."""
    places = []
    for visit in room.visits:
        steps = progressions[visit.outcome.model].steps
        if visit.outcome.status is Status.COMPLETE:
            places.append((len(steps), ""))
        elif visit.outcome.pause is not None:
            places.append((visit.outcome.pause, steps[visit.outcome.pause].phase.id))
    return places


def _answer(outcome: Outcome, step: int) -> bool | None:
    if step == outcome.pause:
        return False
    return True if step in outcome.in_place else None


def _reached(room: Shared) -> list[int]:
    steps = {step for visit in room.visits for step in visit.outcome.in_place}
    return sorted(steps | {visit.outcome.pause for visit in room.visits if visit.outcome.pause is not None})


def _answers(room: Shared) -> list[tuple[int, int]]:
    """For each step that two or more observers answered: how many said in place, and how many not yet."""
    items = []
    for step in _reached(room):
        answers = [answer for visit in room.visits if (answer := _answer(visit.outcome, step)) is not None]
        if len(answers) > 1:
            items.append((sum(answers), len(answers) - sum(answers)))
    return items


def first_order_agreement(items: Sequence[tuple[int, int]]) -> float | None:
    """Gwet's AC1 for two answers and any number of observers; None where nothing can be compared.

    Unlike Cohen's kappa it does not collapse where nearly all answers are the same.
    K. L. Gwet (2008), Computing inter-rater reliability and its variance in the presence of high agreement,
    British Journal of Mathematical and Statistical Psychology 61, 29-48.

    Args:
        items: for each thing that was answered, how many said yes and how many no; two answers at least.
    """
    if not items:
        return None
    observed = expected_yes = 0.0
    for yes, no in items:
        number = yes + no
        observed += (yes * (yes - 1) + no * (no - 1)) / (number * (number - 1))
        expected_yes += yes / number
    observed, share = observed / len(items), expected_yes / len(items)
    chance = 2 * share * (1 - share)
    return (observed - chance) / (1 - chance)


def _splits(
    rooms: Iterable[Shared], progressions: Mapping[str, Progression], names: Sequence[str]
) -> tuple[Split, ...]:
    classrooms = Counter[tuple[str, int]]()
    said: defaultdict[tuple[str, int, bool], list[Visit]] = defaultdict(list)
    for room in rooms:
        model = room.visits[0].outcome.model
        for step in _reached(room):
            answers = {id(visit): _answer(visit.outcome, step) for visit in room.visits}
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


def _names(gathering: Gathering) -> list[str]:
    """Every label of a room or an observer, the longest first."""
    visits = [visit for visits in gathering.by_room.values() for visit in visits]
    labels = {" ".join(label.split()) for visit in visits for label in (visit.classroom, visit.observer)}
    return sorted((label for label in labels if len(label) > 2), key=lambda label: (-len(label), label))  # noqa: PLR2004 - "a" is no name


def without_names(note: str, names: Sequence[str]) -> str:
    """A note in which the labels of rooms and observers are replaced."""
    import re  # noqa: PLC0415 - only where there are notes to show

    for name in names:
        if name.casefold() in note.casefold():
            note = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "[left out]", note, flags=re.IGNORECASE)
    return note


@dataclass(frozen=True, slots=True)
class KeyAgreement:
    """How far observers agree with a panel's own record; the figures count observations."""

    observations: int
    same_model: int
    compared: int
    same_pause: int
    within_one: int
    same_phase: int


def compare_with_key(
    visits: Iterable[Visit], keys: Sequence[Visit], progressions: Mapping[str, Progression]
) -> KeyAgreement:
    """Compare each observation with the key for its classroom.

    Args:
        visits: the observers' own.
        keys: the panel's; one without a classroom stands for every visit, as for a video that all watched.
        progressions: by id.
    """
    by_room = {(folded(key.school), folded(key.classroom)): key for key in keys if key.classroom}
    for_all = next((key for key in keys if not key.classroom), None)
    pairs = []
    for visit in visits:
        room = folded(visit.classroom)
        key = by_room.get((folded(visit.school), room)) or by_room.get(("", room)) or for_all
        if key is not None:
            pairs.append(Shared((visit, key)))
    alike = [pair for pair in pairs if pair.same_model]
    compared = [places for pair in alike if len(places := _places(pair, progressions)) > 1]
    return KeyAgreement(
        observations=len(pairs),
        same_model=len(alike),
        compared=len(compared),
        same_pause=sum(len(set(places)) == 1 for places in compared),
        within_one=sum(max(places)[0] - min(places)[0] <= 1 for places in compared),
        same_phase=sum(len({phase for _, phase in places}) == 1 for places in compared),
    )
