"""A progression walk: many observations, reduced to what may be counted, and counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from pltool.core.standing import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pltool.core.progression import PlacedStep, Progression
    from pltool.core.reflection import Kind

Grouping = Literal["school", "model", "month", "observer-role"]


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What one observation says about one model. Steps are named by their index in the progression.

    Compared by identity: whoever makes them keeps one for each different outcome, which makes counting quick.
    A step that is in none of the three is not reached: unknown, and never "no".
    """

    model: str
    status: Status
    provisional: bool = False
    pause: int | None = None
    in_place: tuple[int, ...] = ()
    not_seen: tuple[int, ...] = ()


class StepEvidence(NamedTuple):
    """What an observer noted on one step."""

    step: int
    note: str


class Visit(NamedTuple):
    """One observation as a walk counts it; `part` is true where only one phase was asked."""

    day: str
    school: str
    classroom: str
    observer: str
    role: str
    outcome: Outcome
    kind: Kind = "observation"
    part: bool = False
    note: str = ""
    evidence: tuple[StepEvidence, ...] = ()


def paused_outcome(progression: Progression, pause: int) -> Outcome:
    """A pause at a step: everything before it is in place, and nothing beyond it is known."""
    return Outcome(progression.id, Status.PAUSED, pause=pause, in_place=tuple(range(pause)))


def complete_outcome(progression: Progression) -> Outcome:
    """Every step in place."""
    return Outcome(progression.id, Status.COMPLETE, in_place=tuple(range(len(progression.steps))))


def folded(label: str) -> str:
    """A label as it is compared: `Room 4 ` and `room  4` are the same room."""
    return " ".join(label.split()).casefold()


class Group:
    """The observations of one model, school, month or role, as they come in."""

    def __init__(self) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self.rooms: set[int] = set()
        self.observers: set[str] = set()


class Tally:
    """Counts observations as they come in, keeping nothing of them but counts and sets of hashes.

    Args:
        by: what to break the figures down by, besides the model.
        since: the first day that counts, as `2026-11-23`.
        until: the last day that counts.
        kind: whose answers to count; a teacher's own and an observer's are never mixed.
    """

    def __init__(
        self,
        by: Grouping | None = None,
        since: str = "",
        until: str = "",
        kind: Kind = "observation",
    ) -> None:
        self.by = by if by != "model" else None
        self.since, self.until = since, until or "9999"
        self.kind = kind
        self.outcomes: Counter[Outcome] = Counter()
        self.rooms: defaultdict[Outcome, set[int]] = defaultdict(set)
        self.observers: set[str] = set()
        self.schools: dict[str, str] = {}
        self.groups: defaultdict[str, Group] = defaultdict(Group)
        self.labels: dict[str, str] = {}
        self.outside = self.other_kind = self.parts = self.without_classroom = 0
        self.first, self.last = "9999", ""
        self._keys: dict[str, str] = {}

    def add(self, visit: Visit) -> None:
        """Count one observation."""
        day, school, classroom, observer, role, outcome, kind, part, _, _ = visit
        if kind != self.kind:
            self.other_kind += 1
            return
        if not self.since <= day <= self.until:
            self.outside += 1
            return
        if part:
            self.parts += 1
            return
        keys = self._keys
        school_key = keys.get(school)
        if school_key is None:
            school_key = self._school(school)
        observer_key = keys.get(observer)
        if observer_key is None:
            observer_key = keys[observer] = folded(observer)
        self.first = min(self.first, day)
        self.last = max(self.last, day)
        self.outcomes[outcome] += 1
        if observer_key:
            self.observers.add(observer_key)
        # A room is kept as a hash: a million of them must fit, and nobody needs the name again.
        room = hash((school_key, folded(classroom))) if classroom else None
        if room is None:
            self.without_classroom += 1
        else:
            self.rooms[outcome].add(room)
        if self.by is not None:
            self._add_to_group(self._group_of(school_key, day, role), outcome, room, observer_key)

    def _school(self, school: str) -> str:
        key = self._keys[school] = folded(school)
        written = " ".join(school.split())
        if key:
            # The same name whatever comes first: of two spellings the one that sorts first.
            self.schools[key] = min(self.schools.get(key, written), written)
        return key

    def _group_of(self, school_key: str, day: str, role: str) -> str:
        if self.by == "school":
            return school_key
        if self.by == "month":
            return day[:7]
        key = folded(role)
        written = " ".join(role.split())
        self.labels[key] = min(self.labels.get(key, written), written)
        return key

    def _add_to_group(self, key: str, outcome: Outcome, room: int | None, observer: str) -> None:
        group = self.groups[key]
        group.outcomes[outcome] += 1
        if room is not None:
            group.rooms.add(room)
        if observer:
            group.observers.add(observer)

    def label(self, key: str) -> str:
        """A group's name as it is shown."""
        names = self.schools if self.by == "school" else self.labels
        return names.get(key, key) or "not given"


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


def count_model(tally: Tally, progression: Progression) -> ModelCount:
    """Everything about one model, step by step."""
    steps = range(len(progression.steps))
    in_place, not_seen = Counter[int](), Counter[int]()
    paused, provisional = Counter[int](), Counter[int]()
    statuses = Counter[tuple[Status, bool]]()
    rooms: set[int] = set()
    rooms_paused: defaultdict[int, set[int]] = defaultdict(set)
    for outcome, times in tally.outcomes.items():
        if outcome.model != progression.id:
            continue
        rooms |= tally.rooms.get(outcome, set())
        statuses[outcome.status, outcome.provisional] += times
        for index in outcome.in_place:
            in_place[index] += times
        for index in outcome.not_seen:
            not_seen[index] += times
        if outcome.pause is not None:
            (provisional if outcome.provisional else paused)[outcome.pause] += times
            rooms_paused[outcome.pause] |= tally.rooms.get(outcome, set())
    total = statuses.total()
    return ModelCount(
        progression=progression,
        observations=total,
        classrooms=len(rooms),
        complete=statuses[Status.COMPLETE, False],
        complete_provisional=statuses[Status.COMPLETE, True],
        unfinished=statuses[Status.UNFINISHED, False] + statuses[Status.UNFINISHED, True],
        steps=tuple(
            StepCount(
                placed=progression.steps[index],
                in_place=in_place[index],
                paused=paused[index],
                provisional=provisional[index],
                not_seen=not_seen[index],
                not_reached=total - in_place[index] - paused[index] - provisional[index] - not_seen[index],
                classrooms=len(rooms_paused[index]),
            )
            for index in steps
        ),
    )


def group_by_model(tally: Tally) -> dict[str, Group]:
    """The models of a walk as groups."""
    groups: defaultdict[str, Group] = defaultdict(Group)
    for outcome, times in tally.outcomes.items():
        groups[outcome.model].outcomes[outcome] += times
        groups[outcome.model].rooms |= tally.rooms.get(outcome, set())
    return dict(sorted(groups.items()))


def count_rooms(tally: Tally) -> int:
    """How many different classrooms were seen."""
    return len(set[int]().union(*tally.rooms.values()))


def most_in_place(model: ModelCount, most: int = 5) -> tuple[StepCount, ...]:
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


@dataclass(frozen=True, slots=True)
class StrandCount:
    """What was said of all steps that are aligned with one strand."""

    strand: str
    in_place: int
    paused: int


def count_strands(models: Iterable[ModelCount]) -> tuple[StrandCount, ...]:
    """Answers by strand over all models, in the order of the ids; provisional pauses are not in it."""
    in_place, paused = Counter[str](), Counter[str]()
    for model in models:
        for step in model.steps:
            for strand in step.placed.step.strands:
                in_place[strand] += step.in_place
                paused[strand] += step.paused
    return tuple(
        StrandCount(strand, in_place[strand], paused[strand]) for strand in sorted(in_place | paused)
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """One phase (or complete) of one model, in an earlier walk and now."""

    model: str
    title: str
    earlier: int
    now: int


def what_moved(earlier: Mapping[str, ModelCount], now: Mapping[str, ModelCount]) -> tuple[Moved, ...]:
    """For the models of both walks: how many observations pause in each phase, or are complete."""
    moved: list[Moved] = []
    for name in sorted(earlier.keys() & now.keys()):
        before, after = _by_phase(earlier[name]), _by_phase(now[name])
        moved += [
            Moved(now[name].progression.title, title, before.get(title, 0), number)
            for title, number in after.items()
        ]
    return tuple(moved)


def _by_phase(model: ModelCount) -> dict[str, int]:
    counts = {f"Paused in {phase.title}": 0 for phase in model.progression.phases}
    for step in model.steps:
        counts[f"Paused in {step.placed.phase.title}"] += step.paused
    return {
        **counts,
        "Complete": model.complete,
        "Provisional": model.provisional,
        "Unfinished": model.unfinished,
    }
