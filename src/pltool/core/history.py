"""Standings over time: what came into place, what slipped, and what became of the steps agreed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from pltool.core.reflection import FollowUp, Kind, ModelName, NextStep
from pltool.core.standing import Answer, Counts, PhaseCount, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pltool.core.progression import Progression


@dataclass(frozen=True, kw_only=True)
class PastPause:
    """What history needs of a pause."""

    id: str
    number: int
    phase: str
    phase_title: str = ""
    area_title: str = ""
    action: str


@dataclass(frozen=True, kw_only=True)
class PastAnswer:
    """What history needs of an answer."""

    step: str
    asked: str
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class PastRecord:
    """A record as far as history looks at it; reading less of each file keeps thousands of them quick."""

    id: str
    kind: Kind
    model: ModelName
    part: str | None = None
    classroom: str | None = None
    finished: str
    status: Status
    provisional: bool
    counts: Counts
    phases: tuple[PhaseCount, ...]
    pause: PastPause | None
    answers: tuple[PastAnswer, ...]
    next_step: NextStep | None = None
    follow_up: FollowUp | None = None

    @property
    def counted(self) -> tuple[PastAnswer, ...]:
        """The answers up to the pause, or up to the first step without one."""
        return self.answers[: self.counts.in_place + self.counts.not_yet + self.counts.not_seen]


@dataclass(frozen=True, slots=True)
class Movement:
    """What changed from one record to a later one of the same thing, as actions read in the later one.

    Attributes:
        came: in place now and not before.
        slipped: in place before and not yet now.
    """

    came: tuple[str, ...]
    slipped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContentChange:
    """How a progression differs from what a record was asked, as far as the record reached.

    Attributes:
        new: actions of today that stand before the record's end and were not asked.
        gone: actions that were asked and are there no more.
        reworded: actions that were asked in other words, as they read today.
    """

    new: tuple[str, ...]
    gone: tuple[str, ...]
    reworded: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.reworded)


@dataclass(frozen=True, slots=True)
class Entry:
    """One record in a line of records, with what moved since the one before."""

    record: PastRecord
    movement: Movement | None


@dataclass(frozen=True, slots=True)
class Line:
    """The records of one model, part and classroom, oldest first."""

    model: ModelName
    part: str | None
    classroom: str | None
    kind: Kind
    entries: tuple[Entry, ...]


def movement(before: PastRecord, after: PastRecord, progression: Progression | None = None) -> Movement:
    """What came into place and what slipped between two records.

    Args:
        before: the earlier record.
        after: the later record.
        progression: as it is today; it knows steps by their former ids too.
    """
    then = {_today(answer.step, progression): answer.answer for answer in before.answers}
    came, slipped = [], []
    for answer in after.answers:
        earlier = then.get(_today(answer.step, progression))
        if answer.answer is Answer.IN_PLACE and earlier is not Answer.IN_PLACE:
            came.append(answer.asked)
        if answer.answer is Answer.NOT_YET and earlier is Answer.IN_PLACE:
            slipped.append(answer.asked)
    return Movement(tuple(came), tuple(slipped))


def _today(step: str, progression: Progression | None) -> str:
    placed = progression.find(step) if progression else None
    return placed.id if placed else step


def content_change(record: PastRecord, progression: Progression) -> ContentChange:
    """How today's progression differs from what a record was asked."""
    asked = {_today(answer.step, progression): answer.asked for answer in record.counted}
    today = {placed.id: placed.step.action for placed in progression.steps}
    positions = [index for index, placed in enumerate(progression.steps) if placed.id in asked]
    before_its_end = progression.steps[: max(positions, default=-1) + 1]
    return ContentChange(
        new=tuple(placed.step.action for placed in before_its_end if placed.id not in asked),
        gone=tuple(action for step, action in asked.items() if step not in today),
        reworded=tuple(
            today[step] for step, action in asked.items() if step in today and today[step] != action
        ),
    )


def lines(records: Iterable[PastRecord], progressions: dict[str, Progression]) -> list[Line]:
    """Records sorted into lines by kind, model, part and classroom, each line oldest first.

    Args:
        records: in any order.
        progressions: today's progressions by id, where they are known.
    """

    def key(record: PastRecord) -> tuple[str, str, str, str]:
        return record.model.id, record.part or "", record.classroom or "", record.kind

    ordered = sorted(records, key=lambda record: (key(record), record.finished, record.id))
    return [_line(list(group), progressions) for _, group in groupby(ordered, key=key)]


def _line(records: Sequence[PastRecord], progressions: dict[str, Progression]) -> Line:
    last = records[-1]
    progression = progressions.get(last.model.id)
    entries = [Entry(records[0], None)]
    entries += [Entry(after, movement(before, after, progression)) for before, after in pairwise(records)]
    return Line(last.model, last.part, last.classroom, last.kind, tuple(entries))
