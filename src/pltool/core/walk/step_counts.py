"""What a walk says of each model, step by step: what is in place, and where classrooms pause together."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pltool.core.standing import Status
from pltool.core.walk.tally import Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pltool.core.progression import PlacedStep, Progression
    from pltool.core.walk.tally import Tally
    from pltool.core.walk.visits import VisitOutcome


@dataclass(frozen=True, slots=True)
class StepCount:
    """What was said of one step.

    `paused` and `provisional` add up to the answers "not yet"; what is left of all observations is not reached.

    Attributes:
        in_place: observations that found it in place, or came past it.
        inferred: of these, the ones that only came past it: their sheet cannot say whether it was seen.
        paused: observations that pause here, with everything before it answered.
        provisional: observations that pause here, with something before it not seen.
        not_seen: observations that could not see it.
        does_not_apply: observations of classrooms to which it does not apply.
        not_reached: observations that ended before it.
        classrooms: how many different ones pause here; provisional pauses are not in it.
    """

    placed: PlacedStep
    in_place: int
    inferred: int
    paused: int
    provisional: int
    not_seen: int
    does_not_apply: int
    not_reached: int
    classrooms: int

    @property
    def seen_in_place(self) -> int:
        """How many observations are known to have seen it in place."""
        return self.in_place - self.inferred


@dataclass(frozen=True, slots=True)
class ModelCount:
    """All observations of one model; `inferred` is how many of them cannot say what was not seen."""

    progression: Progression
    observations: int
    inferred: int
    classrooms: int
    complete: int
    complete_provisional: int
    unfinished: int
    steps: tuple[StepCount, ...]

    @property
    def paused(self) -> int:
        """Observations that pause, not provisionally."""
        return sum(step.paused for step in self.steps)

    @property
    def provisional(self) -> int:
        """Pauses and completions with something not seen before them."""
        return self.complete_provisional + sum(step.provisional for step in self.steps)


class _Steps:
    """The steps of one model as they are counted."""

    def __init__(self) -> None:
        self.in_place, self.inferred = Counter[int](), Counter[int]()
        self.paused, self.provisional = Counter[int](), Counter[int]()
        self.not_seen, self.does_not_apply = Counter[int](), Counter[int]()
        self.rooms: defaultdict[int, list[set[int]]] = defaultdict(list)

    def add(self, outcome: VisitOutcome, times: int, rooms: set[int]) -> None:
        for index in outcome.in_place:
            self.in_place[index] += times
            self.inferred[index] += times if outcome.inferred else 0
        for index in outcome.not_seen:
            self.not_seen[index] += times
        for index in outcome.does_not_apply:
            self.does_not_apply[index] += times
        if outcome.pause is not None and outcome.provisional:
            self.provisional[outcome.pause] += times
        elif outcome.pause is not None:
            self.paused[outcome.pause] += times
            self.rooms[outcome.pause].append(rooms)

    def count(self, index: int, placed: PlacedStep, observations: int) -> StepCount:
        answers = (self.in_place, self.paused, self.provisional, self.not_seen, self.does_not_apply)
        return StepCount(
            placed=placed,
            in_place=self.in_place[index],
            inferred=self.inferred[index],
            paused=self.paused[index],
            provisional=self.provisional[index],
            not_seen=self.not_seen[index],
            does_not_apply=self.does_not_apply[index],
            not_reached=observations - sum(counter[index] for counter in answers),
            classrooms=_count_different(self.rooms[index]),
        )


def count_model(tally: Tally, progression: Progression) -> ModelCount:
    """Everything about one model, step by step."""
    steps = _Steps()
    statuses = Counter[tuple[Status, bool]]()
    rooms: set[int] = set()
    inferred, by_outcome = 0, tally.rooms
    for outcome, times in tally.outcomes.items():
        if outcome.model == progression.id:
            here = by_outcome.get(outcome, set())
            rooms |= here
            inferred += times if outcome.inferred else 0
            statuses[outcome.status, outcome.provisional] += times
            steps.add(outcome, times, here)
    total = statuses.total()
    return ModelCount(
        progression=progression,
        observations=total,
        inferred=inferred,
        classrooms=len(rooms),
        complete=statuses[Status.COMPLETE, False],
        complete_provisional=statuses[Status.COMPLETE, True],
        unfinished=statuses[Status.UNFINISHED, False] + statuses[Status.UNFINISHED, True],
        steps=tuple(steps.count(index, placed, total) for index, placed in enumerate(progression.steps)),
    )


def _count_different(rooms: Sequence[set[int]]) -> int:
    """How many different ones there are; without a copy where there is only one set."""
    return len(rooms[0]) if len(rooms) == 1 else len(set[int]().union(*rooms))


def group_by_model(tally: Tally) -> dict[str, Group]:
    """The models of a walk as groups."""
    groups: defaultdict[str, Group] = defaultdict(Group)
    rooms = tally.rooms
    for outcome, times in tally.outcomes.items():
        groups[outcome.model].outcomes[outcome] += times
        groups[outcome.model].rooms |= rooms.get(outcome, set())
    return dict(sorted(groups.items()))


def count_rooms(tally: Tally) -> int:
    """How many different classrooms were seen."""
    return _count_different(list(tally.rooms.values()))


def most_in_place(model: ModelCount, most: int = 3) -> tuple[StepCount, ...]:
    """The steps seen in place in the most observations, in the order of the progression.

    What a sheet cannot have seen is not celebrated.
    """
    widely = sorted(
        (step for step in model.steps if step.seen_in_place), key=lambda step: -step.seen_in_place
    )[:most]
    return tuple(step for step in model.steps if step in widely)


def furthest_for_half(model: ModelCount) -> StepCount | None:
    """The furthest step that at least half of the observations found in place, or came past."""
    found = [step for step in model.steps if 2 * step.in_place >= model.observations > 0]
    return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class SharedPause:
    """A step at which two or more classrooms pause."""

    model: ModelCount
    step: StepCount


def shared_pauses(models: Iterable[ModelCount]) -> tuple[SharedPause, ...]:
    """The steps at which two or more classrooms pause, the most frequent first."""
    found = [
        SharedPause(model, step)
        for model in models
        for step in model.steps
        if step.classrooms >= 2  # noqa: PLR2004 - one alone shares nothing
    ]
    return tuple(sorted(found, key=lambda shared: -shared.step.classrooms))
