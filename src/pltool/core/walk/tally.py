"""The tally of a walk: observations counted as they come in, so that a whole district needs little memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import compress
from typing import TYPE_CHECKING

from pltool.core.labels import fold_label
from pltool.core.walk.rooms import NOWHERE, RoomNumbers
from pltool.core.walk.visits import VisitColumns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from pltool.core.record import Kind
    from pltool.core.walk.visits import Grouping, Visit, VisitOutcome


class Group:
    """The observations of one model, school, month or role, as they come in."""

    def __init__(self) -> None:
        self.outcomes: Counter[VisitOutcome] = Counter()
        self.rooms: set[int] = set()
        self.observers: set[str] = set()


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
        self._outcomes: Counter[VisitOutcome] = Counter()
        self.outside = self.other_kind = self.parts = self.without_classroom = 0
        self.first, self.last = "9999", ""
        self._observers: set[str] = set()
        # A room is kept as a number: a million of them must fit, and nobody needs the name again.
        self._rooms: defaultdict[VisitOutcome, set[int]] = defaultdict(set)
        self.numbers = RoomNumbers()
        self._group_outcomes: Counter[tuple[str, VisitOutcome]] = Counter()
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
                counted.append((*visit[:6], "", visit.teacher))
        if counted:
            self._count(VisitColumns(*zip(*counted, strict=True)))

    def add_columns(self, columns: VisitColumns) -> None:
        """Count the rows of a sheet, which are an observer's."""
        if self.kind == "observation":
            self._count(columns)
        else:
            self.other_kind += len(columns.days)

    def _count(self, columns: VisitColumns) -> None:
        # Every step of this works on whole columns, and so in C.
        days = set(columns.days)
        if not all(self.since <= day <= self.until for day in days):
            columns = self._within(columns)
            days = set(columns.days)
        if not days:
            return
        self.first = min(self.first, *days)
        self.last = max(self.last, *days)
        self._observers.update(columns.observers)
        rooms = self._room_numbers(columns)
        self._count_rooms(columns, rooms)
        if self.by is None:
            self._outcomes.update(columns.outcomes)
        else:
            self._count_groups(columns, rooms)
            self._outcomes.clear()

    def _count_rooms(self, columns: VisitColumns, rooms: list[int]) -> None:
        by_outcome = self._rooms
        for outcome, room in zip(columns.outcomes, rooms, strict=True):
            by_outcome[outcome].add(room)
        if without := rooms.count(NOWHERE):
            self.without_classroom += without
            for outcome in set(columns.outcomes):
                by_outcome[outcome].discard(NOWHERE)

    def _count_groups(self, columns: VisitColumns, rooms: list[int]) -> None:
        groups, outcomes = self._groups_of(columns), columns.outcomes
        self._group_outcomes.update(zip(groups, outcomes, strict=True))
        if self.by == "school":  # each room has one: what was counted by outcome will do
            return
        group_rooms = self._group_rooms
        for label, outcome, room in zip(groups, outcomes, rooms, strict=True):
            group_rooms[label, outcome.model].add(room)
        if self.by == "observer-role":
            self._group_observers.update(
                (label, outcome.model, observer)
                for label, outcome, observer in set(zip(groups, outcomes, columns.observers, strict=True))
            )

    @property
    def outcomes(self) -> Counter[VisitOutcome]:
        """How often each outcome was met."""
        if not self._outcomes:
            # Broken down, they are counted by group only, and added up once.
            for (_, outcome), times in self._group_outcomes.items():
                self._outcomes[outcome] += times
        return self._outcomes

    def _within(self, columns: VisitColumns) -> VisitColumns:
        keep = [self.since <= day <= self.until for day in columns.days]
        self.outside += keep.count(False)
        return VisitColumns._make(list(compress(column, keep)) for column in columns)

    def _room_numbers(self, columns: VisitColumns) -> list[int]:
        labels = [columns.schools, columns.classrooms]
        if any(columns.teachers):
            labels.append(columns.teachers)
        return list(map(self.numbers.__getitem__, zip(*labels, strict=True)))

    @property
    def rooms(self) -> Mapping[VisitOutcome, set[int]]:
        """The classrooms that came to each outcome."""
        same = self.numbers.same()
        return (
            {outcome: _settled(rooms, same) for outcome, rooms in self._rooms.items()}
            if same
            else self._rooms
        )

    def _groups_of(self, columns: VisitColumns) -> Sequence[str]:
        if self.by == "school":
            return columns.schools
        if self.by == "month":
            return [day[:7] for day in columns.days]
        return columns.roles

    def takes(self, visit: Visit) -> bool:
        """Whether a visit is counted here."""
        return visit.kind == self.kind and not visit.part and self.since <= visit.day <= self.until

    @property
    def without_pause(self) -> int:
        """Observations that are counted as unfinished, since no pause was written down."""
        return sum(times for outcome, times in self.outcomes.items() if outcome.nothing_named)

    @property
    def schools(self) -> frozenset[str]:
        """The schools that have a name."""
        return frozenset(self.numbers.schools) - {""}

    @property
    def observers(self) -> frozenset[str]:
        """The observers that have a name."""
        return frozenset(map(fold_label, self._observers)) - {""}

    def groups(self, models: Collection[str]) -> dict[str, Group]:
        """The groups by their names, over the observations of these models; a name is shown as first written."""
        written, same = self._labels(models), self.numbers.same()
        groups = {key: Group() for key in written}
        for (label, outcome), times in self._group_outcomes.items():
            if outcome.model in models:
                groups[fold_label(label)].outcomes[outcome] += times
        for label, model, rooms in self._rooms_by_group():
            if model not in models:
                continue
            group, settled = groups[label], _settled(rooms, same)
            # Only where two sets meet is a third one needed.
            group.rooms = group.rooms | settled if group.rooms else settled
        for label, model, observer in self._group_observers:
            if observer.strip() and model in models:
                groups[fold_label(label)].observers.add(fold_label(observer))
        nameless = "(not given)" if "not given" in written else "not given"
        return {written[key] or nameless: group for key, group in groups.items()}

    def _rooms_by_group(self) -> Iterator[tuple[str, str, set[int]]]:
        """The rooms of each group and model, by the group's folded label."""
        if self.by != "school":
            for (label, model), rooms in self._group_rooms.items():
                yield fold_label(label), model, rooms - {NOWHERE}
            return
        by_school: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        schools = self.numbers.school_of
        for outcome, rooms in self._rooms.items():
            for room in rooms:
                by_school[schools[room], outcome.model].add(room)
        for (label, model), rooms in by_school.items():
            yield label, model, rooms

    def _labels(self, models: Collection[str]) -> dict[str, str]:
        """How each group is written, by its folded label."""
        written: dict[str, str] = {}
        for label, outcome in self._group_outcomes:
            if outcome.model in models:
                written.setdefault(fold_label(label), " ".join(label.split()))
        return written


def _settled(rooms: set[int], same: Mapping[int, int]) -> set[int]:
    """Rooms of which none has two numbers."""
    return {same.get(room, room) for room in rooms} if not same.keys().isdisjoint(rooms) else rooms
