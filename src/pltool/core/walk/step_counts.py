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
    from pltool.core.walk.visits import Outcome


@dataclass(frozen=True, slots=True)
class StepCount:
    """What was said of one step, and the classrooms that pause there (provisionally or not).

    `paused` and `provisional` add up to the answers "not yet"; what is left of all observations is not reached.
    """

    placed: PlacedStep
    in_place: int
    paused: int
    provisional: int
    not_seen: int
    not_reached: int
    classrooms: int

    @property
    def reached(self) -> int:
        """How many observations came as far as this step."""
        return self.in_place + self.paused + self.provisional + self.not_seen


@dataclass(frozen=True, slots=True)
class ModelCount:
    """All observations of one model."""

    progression: Progression
    observations: int
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
        self.in_place, self.not_seen = Counter[int](), Counter[int]()
        self.paused, self.provisional = Counter[int](), Counter[int]()
        self.rooms: defaultdict[int, list[set[int]]] = defaultdict(list)

    def add(self, outcome: Outcome, times: int, rooms: set[int]) -> None:
        for index in outcome.in_place:
            self.in_place[index] += times
        for index in outcome.not_seen:
            self.not_seen[index] += times
        if outcome.pause is not None:
            (self.provisional if outcome.provisional else self.paused)[outcome.pause] += times
            self.rooms[outcome.pause].append(rooms)

    def count(self, index: int, placed: PlacedStep, observations: int) -> StepCount:
        counts = [counter[index] for counter in (self.in_place, self.paused, self.provisional, self.not_seen)]
        in_place, paused, provisional, not_seen = counts
        return StepCount(
            placed=placed,
            in_place=in_place,
            paused=paused,
            provisional=provisional,
            not_seen=not_seen,
            not_reached=observations - sum(counts),
            classrooms=_count_different(self.rooms[index]),
        )


def count_model(tally: Tally, progression: Progression) -> ModelCount:
    """Everything about one model, step by step."""
    steps = _Steps()
    statuses = Counter[tuple[Status, bool]]()
    rooms: set[int] = set()
    for outcome, times in tally.outcomes.items():
        if outcome.model == progression.id:
            here = tally.rooms.get(outcome, set())
            rooms |= here
            statuses[outcome.status, outcome.provisional] += times
            steps.add(outcome, times, here)
    total = statuses.total()
    return ModelCount(
        progression=progression,
        observations=total,
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
    for outcome, times in tally.outcomes.items():
        groups[outcome.model].outcomes[outcome] += times
        groups[outcome.model].rooms |= tally.rooms.get(outcome, set())
    return dict(sorted(groups.items()))


def count_rooms(tally: Tally) -> int:
    """How many different classrooms were seen."""
    return _count_different(list(tally.rooms.values()))


def most_in_place(model: ModelCount, most: int = 3) -> tuple[StepCount, ...]:
    """The steps in place in the most observations, in the order of the progression."""
    widely = sorted((step for step in model.steps if step.in_place), key=lambda step: -step.in_place)[:most]
    return tuple(step for step in model.steps if step in widely)


def furthest_for_half(model: ModelCount) -> StepCount | None:
    """The furthest step that is in place in at least half of the observations."""
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
