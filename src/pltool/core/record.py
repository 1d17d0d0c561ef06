"""A reflection or observation as a record: what was asked, what was answered, and what it amounts to."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from pltool.core.json_text import as_json, plain_data
from pltool.core.progression import Actor, AskedAs
from pltool.core.standing import Answer, Counts, PhaseCount, Status, judge
from pltool.core.text import readable
from pltool.core.unknown_keys import keep_unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pltool.core.bank import Bank
    from pltool.core.progression import PlacedStep, Progression
    from pltool.core.standing import Standing

FORMAT: Literal["pltool.reflection/1"] = "pltool.reflection/1"

Kind = Literal["reflection", "observation"]
EvidenceKind = Literal["saw", "heard", "artifact", "student_said", "teacher_said"]


# Records are plain dataclasses: making one costs nothing, and pydantic still checks the ones that are read.


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What was seen or heard on one step."""

    kind: EvidenceKind
    note: str

    def __post_init__(self) -> None:
        _make_readable(self)


@dataclass(frozen=True, kw_only=True)
class ModelName:
    """Which progression was asked, in which version; `built_in` is False for content of the user's own."""

    id: str
    title: str
    version: str
    built_in: bool = True


@dataclass(frozen=True, kw_only=True)
class SuggestedMove:
    """A possible next move, as it read then."""

    move: str
    looks_like: str


@dataclass(frozen=True, kw_only=True)
class ResourceNote:
    """A resource of the inspiration bank, as it was described then."""

    id: str
    title: str
    publisher: str
    url: str
    about: str


@dataclass(frozen=True, kw_only=True)
class Pause:
    """The step at which a reflection pauses, with everything that helps to go on."""

    id: str
    number: int
    phase: str
    phase_title: str = ""
    area: str
    area_title: str = ""
    actor: Actor
    action: str
    in_practice_when: tuple[str, ...]
    look_fors: tuple[str, ...]
    strands: tuple[str, ...]
    next_moves: tuple[SuggestedMove, ...]
    coaching_questions: tuple[str, ...]
    resources: tuple[ResourceNote, ...]


@dataclass(frozen=True, kw_only=True)
class AnswerRecord:
    """One answer, with the action as it read when it was asked; `reason` says why a step does not apply."""

    step: str
    asked: str
    answer: Answer
    reason: str | None = None
    evidence: tuple[Evidence, ...] = ()
    phase: str = ""
    number: int = 0
    area_title: str = ""
    actor: Actor = "teacher"
    carried_from: str | None = None


@dataclass(frozen=True, kw_only=True)
class UnaskedStep:
    """An action of somebody else's, which was not asked for that reason."""

    step: str
    action: str
    actor: Actor
    phase: str
    number: int


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """What the teacher chose to try next, and when to look again.

    Attributes:
        text: the step, in the words of a possible move or the teacher's own.
        look_again: the day to look again, as `2026-12-07`.
        when: when and in which class it is tried first, in the teacher's own words.
        try_on: the day that these words name, if they name one.
        if_in_the_way: what to do if something gets in the way.
        partner: who could watch it, or try it too.
        agreed: when it was agreed, as ISO 8601 with offset.
    """

    text: str
    look_again: str | None = None
    when: str | None = None
    try_on: str | None = None
    if_in_the_way: str | None = None
    partner: str | None = None
    agreed: str | None = None

    def __post_init__(self) -> None:
        _make_readable(self)


Outcome = Literal["done", "going_on", "changed"]


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """What became of the step agreed in an earlier record; no outcome where nobody said.

    Attributes:
        tried: how often it was tried, in the teacher's own words.
        happened: what happened then.
    """

    record: str
    text: str
    outcome: Outcome | None = None
    tried: str | None = None
    happened: str | None = None

    def __post_init__(self) -> None:
        _make_readable(self)


@dataclass(frozen=True, kw_only=True)
class Labels:
    """Whose classroom it is, in the user's own words or codes."""

    classroom: str | None = None
    school: str | None = None
    observer: str | None = None
    observer_role: str | None = None

    def __post_init__(self) -> None:
        _make_readable(self)


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """A correction of a finished record: when, why, and what the keys that it changed said before."""

    at: str
    reason: str
    before: dict[str, Any]

    def __post_init__(self) -> None:
        _make_readable(self)


@dataclass(slots=True)
class AnswerSheet:
    """What somebody answered, before it is judged: by step id, with the labels.

    Attributes:
        model: the progression that a file names; None where it names none.
        asked_as: whose actions a file says were asked; None where it does not say.
        reasons: why a step does not apply.
        carried_from: the day of the earlier reflection an answer was taken over from.
    """

    model: str | None = None
    asked_as: AskedAs | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)
    carried_from: dict[str, str] = field(default_factory=dict)
    labels: Labels = field(default_factory=Labels)


@dataclass(frozen=True, kw_only=True)
class Reflection:
    """A finished reflection or observation. Its JSON is the file format `pltool.reflection/1`.

    Attributes:
        revised: when it was last changed after it was finished.
        amended: the corrections, oldest first.
        former_classrooms: what the class was called before it was renamed, oldest first.
        as_read: the data of the file it was read from, whose unknown keys are written again; no key itself.
    """

    format: Literal["pltool.reflection/1"] = FORMAT
    id: str
    kind: Kind = "reflection"
    model: ModelName
    part: str | None = None
    classroom: str | None = None
    school: str | None = None
    observer: str | None = None
    observer_role: str | None = None
    asked_as: AskedAs = "all"
    started: str
    finished: str
    status: Status
    provisional: bool
    counts: Counts
    phases: tuple[PhaseCount, ...]
    pause: Pause | None
    answers: tuple[AnswerRecord, ...]
    next_step: NextStep | None = None
    follow_up: FollowUp | None = None
    not_asked: tuple[UnaskedStep, ...] = ()
    model_at_end: str | None = None
    earlier_next_steps: tuple[NextStep, ...] = ()
    revised: str | None = None
    amended: tuple[Amendment, ...] = ()
    former_classrooms: tuple[str, ...] = ()
    as_read: dict[str, Any] | None = field(default=None, repr=False, compare=False)

    @property
    def counted(self) -> tuple[AnswerRecord, ...]:
        """The answers that count: up to the pause, or up to the first step without an answer."""
        return self.answers[: self.counts.reached]

    @property
    def date(self) -> str:
        """The day it was finished, as `2026-11-23`."""
        return self.finished[:10]


def describe_pause(placed: PlacedStep, bank: Bank) -> Pause:
    """The pause with its resources looked up."""
    step = placed.step
    return Pause(
        id=step.id,
        number=placed.number,
        phase=placed.phase.id,
        phase_title=placed.phase.title,
        area=placed.area.id,
        area_title=placed.area.title,
        actor=step.actor,
        action=step.action,
        in_practice_when=step.in_practice_when,
        look_fors=step.look_fors,
        strands=step.strands,
        next_moves=tuple(
            SuggestedMove(move=move.move, looks_like=move.looks_like) for move in step.next_moves
        ),
        coaching_questions=step.coaching_questions,
        resources=tuple(
            ResourceNote(
                id=found.id,
                title=found.title,
                publisher=found.publisher,
                url=found.url,
                about=found.about,
            )
            for found in bank.find(step.resources)
        ),
    )


def make_record(
    progression: Progression,
    sheet: AnswerSheet,
    *,
    resources: Callable[[Sequence[str]], Bank],
    record_id: str,
    started: str,
    finished: str,
    kind: Kind = "reflection",
    part: str | None = None,
    built_in: bool = True,
    follow_up: FollowUp | None = None,
) -> Reflection:
    """Judge answers and keep them as a record.

    Args:
        progression: the steps asked; where only one phase or one role was asked, those steps alone.
        sheet: the answers and what goes with them.
        resources: looks up entries of the inspiration bank by id; asked for those of the pause only.
        record_id: unique among records.
        started: local time with offset, as ISO 8601.
        finished: the same, of the end.
        kind: who answered, the teacher or an observer.
        part: the id of the phase, where only that phase was asked.
        built_in: whether the progression is the tool's own.
        follow_up: what became of the step agreed before.
    """
    answers, labels = sheet.answers, sheet.labels
    standing = judge(progression, answers)
    pause = standing.pause
    return Reflection(
        id=record_id,
        kind=kind,
        model=ModelName(
            id=progression.id, title=progression.title, version=progression.version, built_in=built_in
        ),
        part=part,
        classroom=labels.classroom,
        school=labels.school,
        observer=labels.observer,
        observer_role=labels.observer_role,
        asked_as=sheet.asked_as or "all",
        started=started,
        finished=finished,
        status=standing.status,
        provisional=standing.provisional,
        counts=standing.counts,
        phases=standing.phases,
        pause=describe_pause(pause, resources(pause.step.resources)) if pause else None,
        answers=tuple(
            AnswerRecord(
                step=placed.id,
                asked=placed.step.action,
                answer=answers[placed.id],
                reason=sheet.reasons.get(placed.id),
                evidence=tuple(sheet.evidence.get(placed.id, ())),
                phase=placed.phase.id,
                number=placed.number,
                area_title=placed.area.title,
                actor=placed.step.actor,
                carried_from=sheet.carried_from.get(placed.id),
            )
            for placed in progression.steps
            if placed.id in answers
        ),
        follow_up=follow_up,
        not_asked=_unasked(progression, standing),
    )


def agree(reflection: Reflection, step: NextStep) -> Reflection:
    """The record with a step agreed on; one agreed before in other words is kept beside it."""
    before = reflection.next_step
    earlier = reflection.earlier_next_steps
    if before is not None and before.text != step.text:
        earlier += (before,)
    return replace(reflection, next_step=step, earlier_next_steps=earlier)


def _unasked(progression: Progression, standing: Standing) -> tuple[UnaskedStep, ...]:
    """The actions of others in the phases that were reached."""
    reached = {placed.phase.id for placed in standing.reached}
    return tuple(
        UnaskedStep(
            step=placed.id,
            action=placed.step.action,
            actor=placed.step.actor,
            phase=placed.phase.id,
            number=placed.number,
        )
        for placed in progression.unasked
        if placed.phase.id in reached
    )


def record_json(reflection: Reflection) -> str:
    """A record as it is saved and printed: the same record gives the same bytes."""
    return as_json(record_data(reflection))


# Written only where they say something: few records are ever changed, and the page writes neither.
_SELDOM = ("revised", "amended", "former_classrooms")


def record_data(reflection: Reflection) -> dict[str, Any]:
    """A record as plain data, with the unknown keys of the file it was read from."""
    written = {
        entry.name: plain_data(getattr(reflection, entry.name))
        for entry in fields(reflection)
        if entry.name != "as_read" and (entry.name not in _SELDOM or getattr(reflection, entry.name))
    }
    kept: dict[str, Any] = keep_unknown(written, reflection.as_read)
    return kept


def moment_of(written: str) -> float | None:
    """A moment in seconds, from its ISO text, so that moments of different offsets compare; None if it is none."""
    try:
        return datetime.fromisoformat(written).timestamp()
    except (ValueError, OverflowError, OSError):
        return None


def _make_readable(value: Any) -> None:  # noqa: ANN401 - any of the values above that hold people's own words
    """Replace what could not be written, wherever the text came from."""
    for entry in fields(value):
        text = getattr(value, entry.name)
        if isinstance(text, str) and (safe := readable(text)) is not text:
            object.__setattr__(value, entry.name, safe)


def new_record_id(model: str, moment: datetime, suffix: str) -> str:
    """An id that sorts by time and tells a person what it is: `2026-11-23-140311-station-rotation-5f0c2a`."""
    return f"{moment:%Y-%m-%d-%H%M%S}-{model}-{suffix}"
