"""Do observers who shared a classroom see the same thing? For norming, and never for judging anybody."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from pltool.core.standing import Status
from pltool.core.walk.shared_visits import SharedVisit, answer_to, reached_steps
from pltool.core.walk.split_steps import find_splits, labels_of
from pltool.core.walk.visits import fold_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pltool.core.progression import Progression
    from pltool.core.walk.shared_visits import VisitsByRoom
    from pltool.core.walk.split_steps import Split
    from pltool.core.walk.visits import Visit

# Below this many shared classrooms a percentage or a coefficient says more than the data does.
ENOUGH_SHARED = 5


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


def compare(gathering: VisitsByRoom, progressions: Mapping[str, Progression]) -> Agreement:
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
        splits=find_splits(alike, progressions, labels_of(gathering)),
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


def _answers(room: SharedVisit) -> list[tuple[int, int]]:
    """For each step that two or more observers answered: how many said in place, and how many not yet."""
    items = []
    for step in reached_steps(room):
        answers = [answer for visit in room.visits if (answer := answer_to(visit.outcome, step)) is not None]
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
    by_room = {(fold_label(key.school), fold_label(key.classroom)): key for key in keys if key.classroom}
    for_all = next((key for key in keys if not key.classroom), None)
    pairs = []
    for visit in visits:
        room = fold_label(visit.classroom)
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
