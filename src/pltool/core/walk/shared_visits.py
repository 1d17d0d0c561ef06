"""Classrooms that two or more observers saw on one occasion, and what each of them answered there."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import compress, count
from typing import TYPE_CHECKING

from pltool.core.labels import fold_label
from pltool.core.walk.rooms import NOWHERE, RoomNumbers
from pltool.core.walk.visits import Visit, VisitColumns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pltool.core.walk.visits import VisitOutcome

# Between notes that are kept as one text; no keyboard writes it.
_JOIN = "\x1d"
# More days than there are, and more observers than any walk has.
_DAYS = 1 << 22
_OBSERVERS = 1 << 32


@dataclass(frozen=True, slots=True)
class SharedVisit:
    """One classroom that two or more observers saw; one visit for each observer."""

    visits: tuple[Visit, ...]

    @property
    def same_model(self) -> bool:
        """Whether all named the same model."""
        return len({visit.outcome.model for visit in self.visits}) == 1


class _Numbers(dict[str, int]):
    """A small number for each different text."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


class VisitsByRoom:
    """Visits as they come in, with what it takes to find those that share a classroom.

    Of each visit only numbers and its note are kept; visits are made again of those that may be shared.

    Args:
        within: visits so many days apart are one occasion.
        since: the first day that counts, as `2026-11-23`.
        until: the last day that counts.

    Attributes:
        unlabelled: visits without a classroom or an observer, which cannot be matched.
        repeated: visits of an observer who saw the same classroom before; known once `shared` was called.
        apart: classrooms that several observers saw, but never together; known once `shared` was called.
        labels: every label of a room, school, teacher or observer, of days that are not counted as well.
    """

    def __init__(self, within: int = 0, since: str = "", until: str = "") -> None:
        self.within = within
        self.since, self.until = since, until or "9999"
        self.unlabelled = self.repeated = self.apart = 0
        self.labels: set[str] = set()
        self.numbers = RoomNumbers()
        self._days: dict[str, int] = {}
        self._observers = _Numbers()
        self._rooms: list[int] = []
        self._when: list[int] = []
        self._who: list[int] = []
        self._outcomes: list[VisitOutcome] = []
        self._notes: list[str] = []
        self._sizes: list[int] = []
        self._single: dict[int, Visit] = {}

    def add_visits(self, visits: Iterable[Visit]) -> None:
        """Take observations of whole progressions, one by one, with their evidence."""
        for visit in visits:
            self.labels.update((visit.school, visit.classroom, visit.observer, visit.teacher))
            if visit.kind != "observation" or visit.part or not self.since <= visit.day <= self.until:
                continue
            self._single[len(self._rooms)] = visit
            row = (*visit[:6], visit.note, visit.teacher)
            if not self._add(VisitColumns(*((cell,) for cell in row))):  # type: ignore[arg-type]
                del self._single[len(self._rooms)]

    def add_columns(self, columns: VisitColumns) -> None:
        """Take the observations of a sheet."""
        for labels in (columns.schools, columns.classrooms, columns.observers, columns.teachers):
            self.labels.update(labels)
        days = set(columns.days)
        if not all(self.since <= day <= self.until for day in days):
            keep = [self.since <= day <= self.until for day in columns.days]
            columns = VisitColumns._make(list(compress(column, keep)) for column in columns)
        if columns.days:
            self._add(columns)

    def _add(self, columns: VisitColumns) -> bool:
        """Keep visits that can be matched; whether there was any."""
        # Teachers are left aside: what is compared is one room seen by several people.
        rooms = list(map(self.numbers.__getitem__, zip(columns.schools, columns.classrooms, strict=True)))
        observers = (
            list(map(fold_label, columns.observers)) if len(rooms) == 1 else self._folded(columns.observers)
        )
        if NOWHERE in rooms or "" in observers:
            keep = [
                room != NOWHERE and observer != "" for room, observer in zip(rooms, observers, strict=True)
            ]
            self.unlabelled += keep.count(False)
            rooms, observers = list(compress(rooms, keep)), list(compress(observers, keep))
            columns = VisitColumns._make(list(compress(column, keep)) for column in columns)
        if not rooms:
            return False
        for day in set(columns.days) - self._days.keys():
            self._days[day] = date.fromisoformat(day).toordinal()
        self._rooms += rooms
        self._when += map(self._days.__getitem__, columns.days)
        self._who += map(self._observers.__getitem__, observers)
        self._outcomes += columns.outcomes
        self._notes.append(
            _JOIN.join(note.replace(_JOIN, " ") for note in columns.notes) if any(columns.notes) else ""
        )
        self._sizes.append(len(rooms))
        return True

    def _folded(self, observers: Sequence[str]) -> list[str]:
        folded = {observer: fold_label(observer) for observer in set(observers)}
        return list(map(folded.__getitem__, observers))

    def shared(self) -> list[SharedVisit]:
        """The classrooms that two or more observers saw on the same day, or within so many days of the first."""
        same = self.numbers.same()
        rooms = [same.get(room, room) for room in self._rooms] if same else self._rooms
        self.repeated = 0
        found: list[SharedVisit] = []
        met_together: set[int] = set()
        for room, visits in self._candidates(rooms).items():
            met = [self._firsts(occasion) for occasion in _occasions(visits, self.within)]
            together = [SharedVisit(firsts) for firsts in met if len(firsts) > 1]
            if together:
                met_together.add(room)
                found += together
        self.apart = self._seen_by_several(rooms, met_together)
        return sorted(found, key=_place)

    def _candidates(self, rooms: list[int]) -> dict[int, list[Visit]]:
        """Visits that lie close enough to another one of the same room to be one occasion, by room."""
        numbers: defaultdict[int, int] = defaultdict(count().__next__)
        dense = list(map(numbers.__getitem__, rooms))
        span = self.within + 1
        keys = [room * _DAYS + day // span for room, day in zip(dense, self._when, strict=True)]
        several = {key for key, times in Counter(keys).items() if times > 1}
        if self.within:
            every = set(keys)
            several |= {key for key in every if key + 1 in every or key - 1 in every}
        by_room: defaultdict[int, list[Visit]] = defaultdict(list)
        at = start = 0
        for size, notes in zip(self._sizes, self._notes, strict=True):
            part = keys[start : start + size]
            if not several.isdisjoint(part):
                listed = notes.split(_JOIN) if notes else [""] * size
                for offset, key in enumerate(part):
                    if key in several:
                        at = start + offset
                        by_room[rooms[at]].append(self._visit(at, listed[offset]))
            start += size
        return by_room

    def _visit(self, at: int, note: str) -> Visit:
        """A visit again, with numbers for its labels: only whether they are the same matters."""
        single = self._single.get(at)
        evidence = single.evidence if single else ()
        day = date.fromordinal(self._when[at]).isoformat()
        room, observer = str(self._rooms[at]), f"{self._who[at]:09}"
        return Visit(day, "", room, observer, "", self._outcomes[at], note=note.strip(), evidence=evidence)

    def _seen_by_several(self, rooms: list[int], met_together: set[int]) -> int:
        """How many rooms several observers saw, none of whom met there."""
        numbers: defaultdict[int, int] = defaultdict(count().__next__)
        pairs = {numbers[room] * _OBSERVERS + who for room, who in zip(rooms, self._who, strict=True)}
        observers = Counter(pair // _OBSERVERS for pair in pairs)
        together = {numbers[room] for room in met_together}
        return sum(times > 1 for room, times in observers.items() if room not in together)

    def _firsts(self, occasion: list[Visit]) -> tuple[Visit, ...]:
        """The first visit of each observer."""
        firsts: dict[str, Visit] = {}
        for visit in occasion:
            firsts.setdefault(visit.observer, visit)
        self.repeated += len(occasion) - len(firsts)
        return tuple(firsts.values())


def _place(shared: SharedVisit) -> tuple[str, str, str]:
    """An order that nobody can read a room from, and that is the same for the same visits."""
    first = shared.visits[0]
    return first.day, first.outcome.model, repr([(visit.outcome.key, visit.note) for visit in shared.visits])


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
        visit.observer,
        outcome.model,
        outcome.status,
        pause,
        visit.note,
        visit.evidence,
    )


def answer_to(outcome: VisitOutcome, step: int) -> bool | None:
    """True for in place, False for not yet, None for a step not reached or not seen."""
    if step == outcome.pause:
        return False
    return True if step in outcome.in_place else None
