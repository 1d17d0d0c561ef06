"""Do observers who shared a classroom see the same thing? For norming, and never for judging anybody."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from statistics import median
from typing import TYPE_CHECKING

from pltool.core.labels import fold_label
from pltool.core.standing import Status
from pltool.core.walk.shared_visits import SharedVisit
from pltool.core.walk.split_steps import find_splits
from pltool.core.walk.visits import fold_classroom

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pltool.core.progression import Progression
    from pltool.core.walk.shared_visits import VisitsByRoom
    from pltool.core.walk.split_steps import Split
    from pltool.core.walk.visits import Visit

# Below this many shared visits a percentage or a coefficient says more than the data does.
ENOUGH_SHARED = 5


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the observers of shared classrooms agree; every figure counts shared visits.

    A shared visit is one classroom seen by two or more observers on one occasion.

    Attributes:
        shared: how many there are.
        classrooms: in how many different classrooms.
        same_model: of these, where all named the same model.
        compared: of these, where two or more observers came to a pause or to the end.
        same_pause: of the compared, where all paused at the same step, or all found every step in place.
        within_one: of the compared, where no two are more than one step apart.
        same_phase: of the compared, where all pauses lie in the same phase.
        pairs: pairs of observers in the compared classrooms.
        steps_apart: how many steps the pauses of such a pair lie apart, in the median; None where there is no pair.
        coefficient: Gwet's AC2 over the places at which visits ended; None: not computed.
        splits: where observers parted, the most frequent first.
        apart: classrooms that several observers saw, but on days too far apart to be one visit.
        unlabelled: visits without a classroom or an observer, which cannot be matched.
        repeated: visits of an observer who saw the same classroom a second time; the first one counts.
    """

    shared: int
    classrooms: int
    same_model: int
    compared: int
    same_pause: int
    within_one: int
    same_phase: int
    pairs: int
    steps_apart: float | None
    coefficient: float | None
    splits: tuple[Split, ...]
    apart: int
    unlabelled: int
    repeated: int


def compare(gathering: VisitsByRoom, progressions: Mapping[str, Progression]) -> Agreement:
    """Count where the observers of shared classrooms agree, and where they part."""
    shared = gathering.shared()
    alike = [room for room in shared if room.same_model]
    ended = [
        (room.visits[0].outcome.model, places)
        for room in alike
        if len(places := _places(room, progressions)) > 1
    ]
    compared = [places for _, places in ended]
    pairs = [pair for places in compared for pair in combinations(places, 2)]
    items = [
        (model, len(progressions[model].steps) + 1, [index for index, _ in places]) for model, places in ended
    ]
    return Agreement(
        shared=len(shared),
        classrooms=len({room.visits[0].classroom for room in shared}),
        same_model=len(alike),
        compared=len(compared),
        same_pause=sum(len(set(places)) == 1 for places in compared),
        within_one=sum(max(places)[0] - min(places)[0] <= 1 for places in compared),
        same_phase=sum(len({phase for _, phase in places}) == 1 for places in compared),
        pairs=len(pairs),
        steps_apart=median(abs(one - other) for (one, _), (other, _) in pairs) if pairs else None,
        coefficient=ordinal_agreement(items) if len(compared) >= ENOUGH_SHARED else None,
        splits=find_splits(alike, progressions, gathering.labels),
        apart=gathering.apart,
        unlabelled=gathering.unlabelled,
        repeated=gathering.repeated,
    )


def _places(room: SharedVisit, progressions: Mapping[str, Progression]) -> list[tuple[int, str]]:
    """Where each observer's way ended: the step's index and its phase; unfinished ones are left aside."""
    places = []
    for visit in room.visits:
        steps = progressions[visit.outcome.model].steps
        if visit.outcome.status is Status.COMPLETE:
            places.append((len(steps), ""))
        elif visit.outcome.pause is not None:
            places.append((visit.outcome.pause, steps[visit.outcome.pause].phase.id))
    return places


def ordinal_weight(one: int, other: int, scale: int) -> float:
    """How nearly two places agree: 1 for the same one, 0 for the two ends of the scale.

    Gwet's ordinal weights: what counts is how many pairs of places lie between the two.
    """
    apart = abs(one - other)
    return 1 - apart * (apart + 1) / (scale * (scale - 1))


def ordinal_agreement(items: Sequence[tuple[str, int, Sequence[int]]]) -> float | None:
    """Gwet's AC2 with ordinal weights, for any number of observers; None where nothing can be compared.

    Unlike Cohen's kappa it does not collapse where nearly all observers come to the same place, and unlike AC1 it
    knows how far apart two places are. Models have scales of their own: what chance would bring about is reckoned for
    each model, and weighted by how many of its classrooms were compared.
    K. L. Gwet (2014), Handbook of Inter-Rater Reliability, 4th edition, chapters 3 and 5.

    Args:
        items: for each classroom its model, how many places there are in it, and the place each observer came to
            (two or more of them), counted from 0.
    """
    if not items:
        return None
    observed = sum(_observed(places, scale) for _, scale, places in items) / len(items)
    by_model: defaultdict[tuple[str, int], list[Sequence[int]]] = defaultdict(list)
    for model, scale, places in items:
        by_model[model, scale].append(places)
    chance = sum(len(rooms) * _by_chance(rooms, scale) for (_, scale), rooms in by_model.items()) / len(items)
    return (observed - chance) / (1 - chance)


def _observed(places: Sequence[int], scale: int) -> float:
    """How nearly the observers of one classroom agree, over their pairs."""
    pairs = [ordinal_weight(one, other, scale) for one, other in combinations(places, 2)]
    return sum(pairs) / len(pairs)


def _by_chance(rooms: Sequence[Sequence[int]], scale: int) -> float:
    """How nearly observers would agree by chance, as Gwet reckons it."""
    shares = Counter[int]()
    for places in rooms:
        for place in places:
            shares[place] += 1 / len(places) / len(rooms)  # type: ignore[assignment]
    # The sum of all weights: each distance d but 0 is met 2 (scale - d) times.
    weights = scale + sum(2 * (scale - apart) * ordinal_weight(0, apart, scale) for apart in range(1, scale))
    spread = sum(share * (1 - share) for share in shares.values())
    return weights / (scale * (scale - 1)) * spread


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
    by_room = {(fold_label(key.school), fold_classroom(key.classroom)): key for key in keys if key.classroom}
    for_all = next((key for key in keys if not key.classroom), None)
    pairs = []
    for visit in visits:
        room = fold_classroom(visit.classroom)
        key = by_room.get((fold_label(visit.school), room)) or by_room.get(("", room)) or for_all
        if key is not None:
            pairs.append(SharedVisit((visit, key)))
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
