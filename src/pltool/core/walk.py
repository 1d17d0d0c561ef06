"""A progression walk: many observations, reduced to what may be counted, and counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, Literal, NamedTuple

from pltool.core.standing import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

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


class Columns(NamedTuple):
    """Many observations at once, column by column, as they come from a sheet."""

    days: Sequence[str]
    schools: Sequence[str]
    classrooms: Sequence[str]
    observers: Sequence[str]
    roles: Sequence[str]
    outcomes: Sequence[Outcome]
    notes: Sequence[str]

    def visits(self) -> Iterator[Visit]:
        """The same one by one."""
        for day, school, classroom, observer, role, outcome, note in zip(*self, strict=True):
            yield Visit(
                day,
                school.strip(),
                classroom.strip(),
                observer.strip(),
                role.strip(),
                outcome,
                note=note.strip(),
            )


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


# So many rooms are remembered with their number; then remembering begins anew, and costs only time.
_REMEMBERED = 50_000
# Where a visit names no classroom: no hash is ever -1.
_NOWHERE = -1


class Tally:
    """Counts observations as they come in, keeping nothing of them but counts and sets of numbers.

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
        self.by: Grouping | None = by if by != "model" else None
        self.since, self.until = since, until or "9999"
        self.kind = kind
        self.outcomes: Counter[Outcome] = Counter()
        self.outside = self.other_kind = self.parts = self.without_classroom = 0
        self.first, self.last = "9999", ""
        self._schools: set[str] = set()
        self._observers: set[str] = set()
        # A room is kept as a number: a million of them must fit, and nobody needs the name again.
        self.rooms: defaultdict[Outcome, set[int]] = defaultdict(set)
        self._numbers: dict[tuple[str, str], int] = {}
        self._group_outcomes: Counter[tuple[str, Outcome]] = Counter()
        self._group_rooms: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        self._group_observers: set[tuple[str, str, str]] = set()

    def add_visits(self, visits: Iterable[Visit]) -> None:
        """Count observations, of which some may be of another kind, or of one phase only."""
        counted = []
        for visit in visits:
            if visit.kind != self.kind:
                self.other_kind += 1
            elif visit.part and self.since <= visit.day <= self.until:
                self.parts += 1
            elif visit.part:
                self.outside += 1
            else:
                counted.append((*visit[:6], ""))
        if counted:
            self._count(Columns(*zip(*counted, strict=True)))

    def add_columns(self, columns: Columns) -> None:
        """Count the rows of a sheet, which are an observer's."""
        if self.kind == "observation":
            self._count(columns)
        else:
            self.other_kind += len(columns.days)

    def _count(self, columns: Columns) -> None:
        # Every step of this works on whole columns, and so in C.
        days = set(columns.days)
        if not all(self.since <= day <= self.until for day in days):
            columns = self._within(columns)
            days = set(columns.days)
        if not days:
            return
        self.first = min(self.first, *days)
        self.last = max(self.last, *days)
        self._schools.update(columns.schools)
        self._observers.update(columns.observers)
        self.outcomes.update(columns.outcomes)
        rooms = self._room_numbers(columns)
        without = rooms.count(_NOWHERE)
        self.without_classroom += without
        by_outcome = self.rooms
        for outcome, room in zip(columns.outcomes, rooms, strict=True):
            by_outcome[outcome].add(room)
        if without:
            for outcome in set(columns.outcomes):
                by_outcome[outcome].discard(_NOWHERE)
        if self.by is not None:
            groups = self._groups_of(columns)
            self._group_outcomes.update(zip(groups, columns.outcomes, strict=True))
            for label, outcome, room in set(zip(groups, columns.outcomes, rooms, strict=True)):
                if room != _NOWHERE:
                    self._group_rooms[label, outcome.model].add(room)
            self._group_observers.update(
                (label, outcome.model, observer)
                for label, outcome, observer in set(
                    zip(groups, columns.outcomes, columns.observers, strict=True)
                )
            )

    def _within(self, columns: Columns) -> Columns:
        keep = [self.since <= day <= self.until for day in columns.days]
        self.outside += keep.count(False)
        return Columns._make(list(compress(column, keep)) for column in columns)

    def _room_numbers(self, columns: Columns) -> list[int]:
        places = list(zip(columns.schools, columns.classrooms, strict=True))
        if len(self._numbers) > _REMEMBERED:
            self._numbers.clear()
        numbers = self._numbers
        found = list(map(numbers.get, places))
        if None in found:
            for school, classroom in set(places) - numbers.keys():
                room = folded(classroom)
                numbers[school, classroom] = hash((folded(school), room)) if room else _NOWHERE
        return list(map(numbers.__getitem__, places)) if None in found else found  # type: ignore[return-value]

    def _groups_of(self, columns: Columns) -> Sequence[str]:
        if self.by == "school":
            return columns.schools
        if self.by == "month":
            return [day[:7] for day in columns.days]
        return columns.roles

    @property
    def schools(self) -> frozenset[str]:
        """The schools that have a name."""
        return frozenset(map(folded, self._schools)) - {""}

    @property
    def observers(self) -> frozenset[str]:
        """The observers that have a name."""
        return frozenset(map(folded, self._observers)) - {""}

    def groups(self, models: Collection[str]) -> dict[str, Group]:
        """The groups by their names, over the observations of these models.

        Of several spellings of a name, the one that sorts first is shown.
        """
        written: dict[str, str] = {}
        for label in {label for label, outcome in self._group_outcomes if outcome.model in models}:
            key, tidy = folded(label), " ".join(label.split())
            written[key] = min(written.get(key, tidy), tidy)
        groups = {key: Group() for key in sorted(written)}
        for (label, outcome), times in self._group_outcomes.items():
            if outcome.model in models:
                groups[folded(label)].outcomes[outcome] += times
        for (label, model), rooms in self._group_rooms.items():
            if model not in models:
                continue
            group = groups[folded(label)]
            # Only where two sets meet is a third one needed.
            group.rooms = group.rooms | rooms if group.rooms else rooms
        for label, model, observer in self._group_observers:
            if observer.strip() and model in models:
                groups[folded(label)].observers.add(folded(observer))
        return {written[key] or "not given": group for key, group in groups.items()}


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
    paused_there: defaultdict[int, list[set[int]]] = defaultdict(list)
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
            paused_there[outcome.pause].append(tally.rooms.get(outcome, set()))
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
                classrooms=_count_different(paused_there[index]),
            )
            for index in steps
        ),
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
