"""The one rule: what answers amount to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pltool.core.progression import PlacedStep, Progression


class Answer(StrEnum):
    """What was said of one step; a step nobody reached has no answer."""

    IN_PLACE = "in_place"
    NOT_YET = "not_yet"
    NOT_SEEN = "not_seen"
    DOES_NOT_APPLY = "does_not_apply"


class Status(StrEnum):
    """What the answers amount to."""

    PAUSED = "paused"
    COMPLETE = "complete"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class Counts:
    """Every step that was asked, once: by its answer up to the pause, and apart beyond it."""

    in_place: int
    not_yet: int
    not_seen: int
    beyond_pause: int
    not_reached: int
    total: int
    does_not_apply: int = 0  # records from before this answer existed have none

    @property
    def reached(self) -> int:
        """The steps that were answered up to the pause, the pause among them."""
        return self.in_place + self.not_yet + self.not_seen + self.does_not_apply


@dataclass(frozen=True, slots=True)
class PhaseCount:
    """How much of one phase is in place."""

    id: str
    title: str
    in_place: int
    total: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What answers amount to.

    Attributes:
        status: paused, complete or unfinished.
        pause: the first step answered not yet; None unless paused.
        missing: the step at which answers ran out; None unless unfinished.
        reached: the steps that count, in order, the pause among them.
        beyond: steps after the pause (or after the missing answer) that have an answer all the same.
        not_seen: the steps reached that an observer could not see.
        not_applicable: the steps reached that cannot apply in this classroom.
        counts: every step of the progression, once.
        phases: what is in place, phase by phase.
    """

    status: Status
    pause: PlacedStep | None
    missing: PlacedStep | None
    reached: tuple[PlacedStep, ...]
    beyond: tuple[PlacedStep, ...]
    not_seen: tuple[PlacedStep, ...]
    not_applicable: tuple[PlacedStep, ...]
    counts: Counts
    phases: tuple[PhaseCount, ...]

    @property
    def provisional(self) -> bool:
        """A pause or completion with something unseen before it."""
        return bool(self.not_seen) and self.status is not Status.UNFINISHED


def judge(progression: Progression, answers: Mapping[str, Answer]) -> Standing:
    """Follow the steps in order to the first not yet, the first gap, or the end.

    Args:
        progression: the steps and their order.
        answers: by step id; ids the progression does not have are ignored.
    """
    pause = missing = None
    reached: list[PlacedStep] = []
    steps = progression.steps
    for placed in steps:
        answer = answers.get(placed.id)
        if answer is None:
            missing = placed
            break
        reached.append(placed)
        if answer is Answer.NOT_YET:
            pause = placed
            break
    beyond = tuple(placed for placed in steps[len(reached) :] if placed.id in answers)
    in_place = [placed for placed in reached if answers[placed.id] is Answer.IN_PLACE]
    not_seen = tuple(placed for placed in reached if answers[placed.id] is Answer.NOT_SEEN)
    not_applicable = tuple(placed for placed in reached if answers[placed.id] is Answer.DOES_NOT_APPLY)
    return Standing(
        status=Status.PAUSED if pause else Status.UNFINISHED if missing else Status.COMPLETE,
        pause=pause,
        missing=missing,
        reached=tuple(reached),
        beyond=beyond,
        not_seen=not_seen,
        not_applicable=not_applicable,
        counts=Counts(
            in_place=len(in_place),
            not_yet=int(pause is not None),
            not_seen=len(not_seen),
            beyond_pause=len(beyond),
            not_reached=len(steps) - len(reached) - len(beyond),
            total=len(steps),
            does_not_apply=len(not_applicable),
        ),
        phases=tuple(
            PhaseCount(
                id=phase.id,
                title=phase.title,
                in_place=sum(placed.phase.id == phase.id for placed in in_place),
                total=asked,
            )
            for phase in progression.phases
            if (asked := sum(placed.phase.id == phase.id for placed in steps))
        ),
    )


def reaches(standing: Standing, last: PlacedStep) -> bool:
    """Whether everything up to and including that step is in place; what does not apply stands in nobody's way."""
    unseen = {placed.id for placed in standing.not_seen}
    for placed in standing.reached:
        if placed == standing.pause or placed.id in unseen:
            return False
        if placed.id == last.id:
            return True
    return False
