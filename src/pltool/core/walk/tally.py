"""The tally of a walk: observations counted as they come in, so that a whole district needs little memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import compress
from typing import TYPE_CHECKING

from pltool.core.walk.visits import Columns, Grouping, Outcome, folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from pltool.core.record import Kind
    from pltool.core.walk.visits import Visit


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


class _RoomNumbers(dict[tuple[str, str], int]):
    """The number of each room, by its school and classroom as they were written."""

    def __missing__(self, place: tuple[str, str]) -> int:
        school, classroom = map(folded, place)
        number = self[place] = hash((school, classroom)) if classroom else _NOWHERE
        return number


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
        self._numbers = _RoomNumbers()
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
        self._count_rooms(columns, rooms)
        if self.by is not None:
            self._count_groups(columns, rooms)

    def _count_rooms(self, columns: Columns, rooms: list[int]) -> None:
        by_outcome = self.rooms
        for outcome, room in zip(columns.outcomes, rooms, strict=True):
            by_outcome[outcome].add(room)
        if without := rooms.count(_NOWHERE):
            self.without_classroom += without
            for outcome in set(columns.outcomes):
                by_outcome[outcome].discard(_NOWHERE)

    def _count_groups(self, columns: Columns, rooms: list[int]) -> None:
        groups, outcomes = self._groups_of(columns), columns.outcomes
        self._group_outcomes.update(zip(groups, outcomes, strict=True))
        for label, outcome, room in set(zip(groups, outcomes, rooms, strict=True)):
            if room != _NOWHERE:
                self._group_rooms[label, outcome.model].add(room)
        self._group_observers.update(
            (label, outcome.model, observer)
            for label, outcome, observer in set(zip(groups, outcomes, columns.observers, strict=True))
        )

    def _within(self, columns: Columns) -> Columns:
        keep = [self.since <= day <= self.until for day in columns.days]
        self.outside += keep.count(False)
        return Columns._make(list(compress(column, keep)) for column in columns)

    def _room_numbers(self, columns: Columns) -> list[int]:
        if len(self._numbers) > _REMEMBERED:
            self._numbers.clear()
        return list(map(self._numbers.__getitem__, zip(columns.schools, columns.classrooms, strict=True)))

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
        written = self._labels(models)
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
        nameless = "(not given)" if "not given" in written else "not given"
        return {written[key] or nameless: group for key, group in groups.items()}

    def _labels(self, models: Collection[str]) -> dict[str, str]:
        """How each group is written, by its folded label."""
        written: dict[str, str] = {}
        for label in {label for label, outcome in self._group_outcomes if outcome.model in models}:
            key, tidy = folded(label), " ".join(label.split())
            written[key] = min(written.get(key, tidy), tidy)
        return written
