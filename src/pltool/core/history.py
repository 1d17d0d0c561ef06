"""Standings over time: what came into place, what slipped, and what became of the steps agreed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, NotRequired

# pydantic reads typing's own only from Python 3.12 on; typing_extensions comes with pydantic.
from typing_extensions import TypedDict

from pltool.core.labels import fold_label
from pltool.core.progression import AskedAs
from pltool.core.record import FollowUp, Kind, ModelName, NextStep, moment_of
from pltool.core.standing import Answer, Counts, PhaseCount, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


class PastAnswer(TypedDict):
    """What history needs of an answer. Plain data: a hundred thousand objects would take a third longer to read."""

    step: str
    asked: str
    answer: Answer
    reason: NotRequired[str | None]
    carried_from: NotRequired[str | None]


class PastUnasked(TypedDict):
    """That an action was somebody else's; which one does not matter here."""

    actor: str


class PastAmendment(TypedDict):
    """When a record was corrected, and why."""

    at: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class PastRecord:
    """A record as far as history looks at it; reading less of each file keeps thousands of them quick."""

    format: Literal["pltool.reflection/1"]
    id: str
    kind: Kind
    model: ModelName
    part: str | None = None
    classroom: str | None = None
    asked_as: AskedAs = "all"
    started: str = ""
    finished: str
    revised: str | None = None
    status: Status
    provisional: bool
    counts: Counts
    phases: tuple[PhaseCount, ...]
    pause: PastPause | None
    answers: tuple[PastAnswer, ...]
    next_step: NextStep | None = None
    follow_up: FollowUp | None = None
    not_asked: tuple[PastUnasked, ...] = ()
    amended: tuple[PastAmendment, ...] = ()

    @property
    def counted(self) -> tuple[PastAnswer, ...]:
        """The answers up to the pause, or up to the first step without one."""
        return self.answers[: self.counts.reached]

    @property
    def moment(self) -> float:
        """When it was finished, in seconds, so that records sort rightly over a change of clocks."""
        return moment_of(self.finished) or 0.0

    @property
    def order(self) -> tuple[float, float, str]:
        """What records are sorted by: when they were finished; those of one second, by when they began."""
        return self.moment, moment_of(self.started) or 0.0, self.id

    @property
    def version(self) -> tuple[float, int, bool]:
        """Which of two files with one id is the later: the one changed last, or else the one that says more."""
        moments = (self.finished, self.revised, self.next_step and self.next_step.agreed)
        latest = max((moment_of(moment) or 0.0 for moment in moments if moment), default=0.0)
        return latest, len(self.amended), self.next_step is not None

    @property
    def open_step(self) -> FollowUp | None:
        """The step to ask about the next time: the one agreed here, else one from before that is not done."""
        if self.next_step is not None:
            return FollowUp(record=self.id, text=self.next_step.text)
        if self.follow_up is not None and self.follow_up.outcome in {None, "going_on"}:
            return self.follow_up
        return None


@dataclass(frozen=True, slots=True)
class Movement:
    """What changed up to a record. A step that was not known before did not come into place: nobody had asked.

    Attributes:
        came: in place now, and not yet before.
        reached: in place now, and not reached or not seen before.
        slipped: in place before, and not yet now.
    """

    came: tuple[PastAnswer, ...]
    reached: tuple[PastAnswer, ...]
    slipped: tuple[PastAnswer, ...]


@dataclass(frozen=True, slots=True)
class ContentChange:
    """How a progression differs from what a record was asked, as far as the record reached.

    Attributes:
        new: actions of today that stand before the record's end and have no answer in it.
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
    """One record in a line of records, with what moved since those before; None for the first."""

    record: PastRecord
    movement: Movement | None


@dataclass(frozen=True, slots=True)
class Line:
    """The records of one model, part and classroom, oldest first; `earlier` ones may have been left out.

    Attributes:
        classroom: as it was first written.
        asked_as: whose actions they asked, where that was not everybody's.
    """

    model: ModelName
    part: str | None
    classroom: str | None
    kind: Kind
    entries: tuple[Entry, ...]
    earlier: int = 0
    asked_as: AskedAs = "all"


# Looking a member up in its class is slow, and history does it a hundred thousand times.
_IN_PLACE, _NOT_YET = Answer.IN_PLACE, Answer.NOT_YET
_SILENT = frozenset({Answer.NOT_SEEN, Answer.DOES_NOT_APPLY})  # neither says whether a step is in place


class TodaysIds(dict[str, str]):
    """Today's id of a step by any id it has had; a step that is gone keeps its own."""

    def __init__(self, progression: Progression | None) -> None:
        super().__init__()
        self.progression = progression

    def __missing__(self, step: str) -> str:
        placed = self.progression.find(step) if self.progression else None
        self[step] = today = placed.id if placed else step
        return today


def known_answers(records: Iterable[PastRecord], ids: TodaysIds) -> dict[str, Answer]:
    """The latest answer known of each step, records oldest first; what could not be seen says nothing."""
    known: dict[str, Answer] = {}
    for record in records:
        known.update(
            {ids[one["step"]]: one["answer"] for one in record.answers if one["answer"] not in _SILENT}
        )
    return known


def movement(before: Mapping[str, Answer], after: PastRecord, ids: TodaysIds) -> Movement:
    """What came into place and what slipped.

    Args:
        before: what was known, from `known_answers`.
        after: the later record.
        ids: of today's progression.
    """
    came, reached, slipped = [], [], []
    for one in after.answers:
        earlier = before.get(ids[one["step"]])
        if one["answer"] is _IN_PLACE:
            if earlier is None:
                reached.append(one)
            elif earlier is _NOT_YET:
                came.append(one)
        elif one["answer"] is _NOT_YET and earlier is _IN_PLACE:
            slipped.append(one)
    return Movement(tuple(came), tuple(reached), tuple(slipped))


def asked_alike(record: PastRecord, asked_as: AskedAs, progression: Progression | None) -> bool:
    """Whether a record asked what somebody in that role is asked."""
    return _asked_line(record.asked_as, record.part, progression) == _asked_line(
        asked_as, record.part, progression
    )


def _asked_line(asked_as: AskedAs, part: str | None, progression: Progression | None) -> AskedAs:
    """Whom a line of records asked; teacher and all are one line where a leader has no actions of her own."""
    if asked_as != "teacher" or progression is None:
        return asked_as
    steps = progression.steps
    leaders = any(placed.step.actor == "leader" and part in {None, placed.phase.id} for placed in steps)
    return asked_as if leaders else "all"


def content_change(record: PastRecord, progression: Progression) -> ContentChange:
    """How today's progression differs from what a record was asked."""
    if record.part is not None and progression.phase(record.part) is not None:
        progression = progression.only(record.part)
    progression = progression.asked_of(record.asked_as)
    ids = TodaysIds(progression)
    answered = {ids[one["step"]] for one in record.answers}
    asked = {ids[one["step"]]: one["asked"] for one in record.counted}
    today = {placed.id: placed.step.action for placed in progression.steps}
    positions = [index for index, placed in enumerate(progression.steps) if placed.id in asked]
    before_its_end = progression.steps[: max(positions, default=-1) + 1]
    return ContentChange(
        new=tuple(placed.step.action for placed in before_its_end if placed.id not in answered),
        gone=tuple(action for step, action in asked.items() if step not in today),
        reworded=tuple(
            today[step] for step, action in asked.items() if step in today and today[step] != action
        ),
    )


def lines(
    records: Iterable[PastRecord], progressions: Mapping[str, Progression], *, most: int | None = None
) -> list[Line]:
    """Records sorted into lines by kind, model, part, classroom and whom they asked, each line oldest first.

    Args:
        records: in any order.
        progressions: today's progressions, by the ids that records name them with, where they are known.
        most: how many entries a line has, the latest ones; None for all.
    """
    every = list(records)
    # Content that is not at hand today cannot say whether a leader has actions; its records can.
    divided = {record.model.id for record in every if record.not_asked}

    def key(record: PastRecord) -> tuple[str, str, str, str, AskedAs]:
        model = record.model.id
        progression = progressions.get(model)
        asked = _asked_line(record.asked_as, record.part, progression)
        if progression is None and asked == "teacher" and model not in divided:
            asked = "all"
        today = progression.id if progression else model
        return today, record.part or "", fold_label(record.classroom or ""), record.kind, asked

    keyed = sorted(((key(record), record.order, record) for record in every), key=itemgetter(0, 1))
    return [
        _line([record for _, _, record in group], progressions, most, found[-1])
        for found, group in groupby(keyed, key=itemgetter(0))
    ]


def _line(
    records: Sequence[PastRecord],
    progressions: Mapping[str, Progression],
    most: int | None,
    asked_as: AskedAs,
) -> Line:
    last = records[-1]
    ids = TodaysIds(progressions.get(last.model.id))
    earlier = 0 if most is None else max(len(records) - most, 0)
    known = known_answers(records[:earlier], ids)
    entries: list[Entry] = []
    for position, record in enumerate(records[earlier:], start=earlier):
        entries.append(Entry(record, movement(known, record, ids) if position else None))
        known.update(known_answers([record], ids))
    return Line(
        last.model,
        last.part,
        next((record.classroom for record in records if record.classroom), None),
        last.kind,
        tuple(entries),
        earlier,
        asked_as,
    )
