"""Classrooms that two or more observers saw on one occasion, and what each of them answered there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pltool.core.walk.visits import fold_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pltool.core.walk.visits import VisitOutcome, Visit


@dataclass(frozen=True, slots=True)
class SharedVisit:
    """One classroom that two or more observers saw; one visit for each observer."""

    visits: tuple[Visit, ...]

    @property
    def same_model(self) -> bool:
        """Whether all named the same model."""
        return len({visit.outcome.model for visit in self.visits}) == 1


@dataclass(slots=True)
class VisitsByRoom:
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
        self.by_room[fold_label(visit.school), fold_label(visit.classroom)].append(visit)

    def shared(self) -> list[SharedVisit]:
        """The classrooms that two or more observers saw on the same day, or within so many days of the first."""
        found: list[SharedVisit] = []
        for _, visits in sorted(self.by_room.items()):
            met = [self._firsts(occasion) for occasion in _occasions(visits, self.within)]
            together = [SharedVisit(firsts) for firsts in met if len(firsts) > 1]
            found += together
            if not together and len({fold_label(visit.observer) for visit in visits}) > 1:
                self.apart += 1
        return found

    def _firsts(self, occasion: list[Visit]) -> tuple[Visit, ...]:
        """The first visit of each observer."""
        firsts: dict[str, Visit] = {}
        for visit in occasion:
            firsts.setdefault(fold_label(visit.observer), visit)
        self.repeated += len(occasion) - len(firsts)
        return tuple(firsts.values())


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
        fold_label(visit.observer),
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


def reached_steps(room: SharedVisit) -> list[int]:
    """The steps that some observer of a classroom answered."""
    steps = {step for visit in room.visits for step in visit.outcome.in_place}
    return sorted(steps | {visit.outcome.pause for visit in room.visits if visit.outcome.pause is not None})
