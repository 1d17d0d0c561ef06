"""Two records of one classroom side by side: where they part, and what each saw that the other did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pltool.core.labels import same_label
from pltool.core.record import moment_of
from pltool.core.standing import Answer, Status
from pltool.errors import InputError

if TYPE_CHECKING:
    from pltool.core.history import PastRecord
    from pltool.core.record import AnswerRecord, Reflection

MOST_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class Parting:
    """The step at which two records part, and what each says of it; None where one did not come so far.

    Attributes:
        differ: both looked, and one says in place where the other says not yet.
    """

    step: str
    action: str
    phase: str
    number: int
    first: AnswerRecord | None
    second: AnswerRecord | None
    differ: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two records of one classroom, the earlier one first.

    Attributes:
        parting: the first step of which they say different things; None if there is none.
        only_first: what the first could answer and the second could not, or did not reach.
        only_second: the same the other way around.
        questions: for the talk, at most three.
    """

    first: Reflection
    second: Reflection
    parting: Parting | None
    only_first: tuple[AnswerRecord, ...]
    only_second: tuple[AnswerRecord, ...]
    questions: tuple[str, ...]


def why_not_comparable(first: Reflection | PastRecord, second: Reflection | PastRecord) -> str | None:
    """The reason why two records do not belong side by side; None if they do."""
    if first.id == second.id:
        return "Both are the same record."
    if first.model.id != second.model.id:
        return f"One is of {first.model.title} and the other of {second.model.title}; their steps are not the same."
    if first.classroom and second.classroom and not same_label(first.classroom, second.classroom):
        return (
            f"One is of the classroom “{first.classroom}” and the other of “{second.classroom}”; "
            "records of two classrooms are not set against each other."
        )
    if first.kind == second.kind == "reflection":
        return "Both are reflections by a teacher; pltool history shows how those change over time."
    return None


def compare(first: Reflection, second: Reflection, *, anyway: bool = False) -> Comparison:
    """Set two records side by side.

    Raises:
        InputError: they are not of one model and classroom, and `anyway` is not given.
    """
    reason = why_not_comparable(first, second)
    if reason is not None and not anyway:
        raise InputError(f"{reason} Say --anyway to compare them all the same.")
    if (moment_of(second.finished) or 0.0) < (moment_of(first.finished) or 0.0):
        first, second = second, first
    mine, other = _by_step(first), _by_step(second)
    parting = _find_parting(mine, other)
    only_first = _only(mine, other)
    only_second = _only(other, mine)
    return Comparison(
        first=first,
        second=second,
        parting=parting,
        only_first=only_first,
        only_second=only_second,
        questions=_questions(first, second, parting, (*only_first, *only_second)),
    )


def _by_step(reflection: Reflection) -> dict[str, AnswerRecord]:
    return {answer.step: answer for answer in reflection.answers}


def _find_parting(first: dict[str, AnswerRecord], second: dict[str, AnswerRecord]) -> Parting | None:
    """The first step on which both looked and differ; else the first that only one of them could answer."""
    both = [step for step in first if step in second]
    looked = [step for step in both if Answer.NOT_SEEN not in {first[step].answer, second[step].answer}]
    differing = next((step for step in looked if first[step].answer is not second[step].answer), None)
    if differing is not None:
        return _part_at(first[differing], second[differing], differ=True)
    longer = first if len(first) >= len(second) else second
    for step in longer:
        mine, other = first.get(step), second.get(step)
        if (mine and mine.answer) is not (other and other.answer):
            return _part_at(mine, other, differ=False)
    return None


def _part_at(first: AnswerRecord | None, second: AnswerRecord | None, *, differ: bool) -> Parting:
    known = first or second
    assert known is not None  # noqa: S101 - a step comes from one of the two
    return Parting(known.step, known.asked, known.phase, known.number, first, second, differ)


def _only(mine: dict[str, AnswerRecord], other: dict[str, AnswerRecord]) -> tuple[AnswerRecord, ...]:
    return tuple(
        answer
        for step, answer in mine.items()
        if answer.answer is not Answer.NOT_SEEN
        and (step not in other or other[step].answer is Answer.NOT_SEEN)
    )


def _questions(
    first: Reflection, second: Reflection, parting: Parting | None, only: tuple[AnswerRecord, ...]
) -> tuple[str, ...]:
    """Open questions: on the step where they part, on what only one could see, and one of the pause's own."""
    asked: list[str] = []
    if parting is not None and parting.differ:
        asked.append("What would each of us need to see or hear before calling this step in place?")
        asked.append("How far could both be true, on different days or for different students?")
    if only and not (parting and parting.differ):
        asked.append("What would show the other one what only one of us could see?")
    pauses = [record.pause for record in (first, second) if record.pause is not None]
    pause = min(pauses, key=lambda pause: parting is None or pause.id != parting.step, default=None)
    if pause is not None:
        asked += pause.coaching_questions
    if not asked or (parting is None and first.status is Status.COMPLETE):
        asked.append("What keeps this in place, and who could learn from it?")
    return tuple(asked[:MOST_QUESTIONS])
