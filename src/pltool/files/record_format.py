"""The file format `pltool.reflection/1`: who reads which part of it, what is refused, and what is kept unread.

`core.record.Reflection` says what is written. History and walks look at thousands of files, and take less of each:
the fields of their views are among those of `Reflection`, which a test holds them to.
"""

from __future__ import annotations

import json
from dataclasses import fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypeVar

from pydantic import TypeAdapter, ValidationError

# pydantic reads typing's own only from Python 3.12 on; typing_extensions comes with pydantic.
from typing_extensions import TypedDict

from pltool.core.history import PastAmendment, PastAnswer, PastPause, PastRecord, PastUnasked
from pltool.core.record import FORMAT, Kind, Reflection, moment_of
from pltool.core.standing import Answer, Counts, Status
from pltool.core.text import readable_data
from pltool.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pltool.core.standing import PhaseCount

T = TypeVar("T")

# No progression is nearly as long; a number without bounds would be drawn, mark by mark.
MOST_STEPS = 1_000
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class LaterFormatError(InputError):
    """A file that a later version wrote."""


# What a walk needs: everything else in a record is passed over while it is read, which costs next to nothing.
class WalkModel(TypedDict):
    """Which model it was."""

    id: str


class WalkPause(TypedDict):
    """Where it paused."""

    id: str


class WalkCounts(TypedDict):
    """The answers up to the pause."""

    in_place: int
    not_yet: int
    not_seen: int
    does_not_apply: NotRequired[int]  # records from before this answer existed have none


class WalkNote(TypedDict):
    """A note."""

    note: str


class WalkAnswer(TypedDict):
    """An answer without its notes."""

    step: str
    answer: Answer


class NotedWalkAnswer(WalkAnswer):
    """An answer with its notes."""

    evidence: NotRequired[list[WalkNote]]


class WalkRecord(TypedDict):
    """What a walk counts of a record."""

    format: Literal["pltool.reflection/1"]
    id: str
    kind: Kind
    model: WalkModel
    part: NotRequired[str | None]
    classroom: NotRequired[str | None]
    school: NotRequired[str | None]
    observer: NotRequired[str | None]
    observer_role: NotRequired[str | None]
    finished: str
    status: Status
    provisional: bool
    counts: WalkCounts
    pause: WalkPause | None


class PlainWalkRecord(WalkRecord):
    """The same with the answers."""

    answers: list[WalkAnswer]


class NotedWalkRecord(WalkRecord):
    """The same with the answers and their notes."""

    answers: list[NotedWalkAnswer]


@cache
def _whole() -> TypeAdapter[Reflection]:
    return TypeAdapter(Reflection)


@cache
def _past() -> TypeAdapter[PastRecord]:
    return TypeAdapter(PastRecord)


def read_whole(content: bytes, name: object) -> Reflection:
    """Everything in a record, with what it was read from.

    Args:
        content: of the file.
        name: the file, for messages.

    Raises:
        LaterFormatError: a later version wrote it.
        InputError: it is no record, or its figures do not fit.
    """
    data = _data(content, name)
    if isinstance(data, list) and len(data) == 1:
        data = data[0]  # a phone hands in a list, also of a single visit
    elif isinstance(data, list) and data:
        raise InputError(
            f"{name} holds {len(data)} records. Take them in with pltool data import, "
            "then choose one: pltool report --pick"
        )
    return whole_from_data(data, name)


def whole_from_data(data: Any, name: object) -> Reflection:  # noqa: ANN401 - unchecked data
    """The same from data that was decoded already."""
    record = _validated(_whole(), data, name)
    answers = [answer.answer for answer in record.answers]
    steps = [answer.step for answer in record.answers]
    _refuse_misfit(record, answers, steps, name)
    return replace(record, as_read=data)


def read_past(content: bytes, name: object) -> PastRecord:
    """What history needs of a record.

    Raises:
        LaterFormatError: a later version wrote it.
        InputError: it is no record, or its figures do not fit.
    """
    try:
        record = _past().validate_json(content)
    except ValidationError:
        record = _validated(_past(), _data(content, name), name)
    answers = [answer["answer"] for answer in record.answers]
    steps = [answer["step"] for answer in record.answers]
    _refuse_misfit(record, answers, steps, name)
    return record


def as_past(reflection: Reflection) -> PastRecord:
    """A record as history looks at it."""
    pause = reflection.pause
    return PastRecord(
        format=reflection.format,
        id=reflection.id,
        kind=reflection.kind,
        model=reflection.model,
        part=reflection.part,
        classroom=reflection.classroom,
        asked_as=reflection.asked_as,
        started=reflection.started,
        finished=reflection.finished,
        revised=reflection.revised,
        status=reflection.status,
        provisional=reflection.provisional,
        counts=reflection.counts,
        phases=reflection.phases,
        pause=PastPause(**{entry.name: getattr(pause, entry.name) for entry in fields(PastPause)})
        if pause
        else None,
        answers=tuple(
            PastAnswer(
                step=one.step,
                asked=one.asked,
                answer=one.answer,
                reason=one.reason,
                carried_from=one.carried_from,
            )
            for one in reflection.answers
        ),
        next_step=reflection.next_step,
        follow_up=reflection.follow_up,
        not_asked=tuple(PastUnasked(actor=one.actor) for one in reflection.not_asked),
        amended=tuple(PastAmendment(at=one.at, reason=one.reason) for one in reflection.amended),
    )


def format_of(data: object) -> str | None:
    """The format that a file says it has."""
    named = data.get("format") if isinstance(data, dict) else None
    return named if isinstance(named, str) else None


def refuse_later_format(data: object, name: object, ours: str = FORMAT) -> None:
    """Refuse what a later version wrote, whatever else may be wrong with it here.

    Raises:
        LaterFormatError: its format is of our family and not ours.
    """
    named = format_of(data)
    if named is not None and named != ours and named.startswith(ours.partition("/")[0] + "/"):
        raise LaterFormatError(
            f"{name} is of a later format, {named[:40]}; it is left as it is. Update pltool to read it."
        )


def decode(content: bytes) -> str:
    """The text of a JSON file, with or without a byte order mark, in UTF-8 or UTF-16.

    Raises:
        UnicodeError: it is neither.
    """
    if content.startswith(_MARKS[1:]):
        return content.decode("utf-16")
    return content.decode("utf-8-sig")


def _data(content: bytes, name: object) -> Any:  # noqa: ANN401 - unchecked data
    try:
        data = json.loads(decode(content))
    except UnicodeError:
        raise InputError(
            f"{name} is no record of pltool: it is not UTF-8 text. It is left as it is."
        ) from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InputError(
            f"{name} is no record of pltool: it is not JSON at {where}, where it may be cut off. It is left as it is."
        ) from None
    except (RecursionError, ValueError):  # nested without end, or a number of thousands of digits
        raise InputError(f"{name} is no record of pltool. It is left as it is.") from None
    return readable_data(data)


def _validated(adapter: TypeAdapter[T], data: Any, name: object) -> T:  # noqa: ANN401 - unchecked data
    refuse_later_format(data, name)
    try:
        return adapter.validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])[:80]
        what = f"`{place}`: {first['msg'].lower()[:120]}" if place else "it holds no group of keys"
        raise InputError(f"{name} is no record of pltool ({what}). It is left as it is.") from None


def _refuse_misfit(
    record: Reflection | PastRecord, answers: Sequence[Answer], steps: Sequence[str], name: object
) -> None:
    why = misfit(
        record.counts, answers, status=record.status, paused=record.pause is not None, phases=record.phases
    )
    if why is None and len(set(steps)) < len(steps):
        why = "one step is answered twice"
    if why is None and moment_of(record.finished) is None:
        why = f"`finished` is `{record.finished[:40]}`, which is no moment"
    if why is not None:
        raise InputError(
            f"{name} is a record whose figures do not fit: {why}. It is left out, and left as it is."
        )


_BY_COUNT = {
    "in_place": Answer.IN_PLACE,
    "not_yet": Answer.NOT_YET,
    "not_seen": Answer.NOT_SEEN,
    "does_not_apply": Answer.DOES_NOT_APPLY,
}


def misfit(
    counts: Counts,
    answers: Sequence[Answer],
    *,
    status: Status,
    paused: bool,
    phases: Sequence[PhaseCount] | None = None,
) -> str | None:
    """Why the figures of a record cannot be true; None if they fit each other.

    Args:
        counts: of its answers.
        answers: in the order of the record, those up to the pause first.
        status: what it says the answers amount to.
        paused: whether it names a pause.
        phases: in place and in all, phase by phase; None where they are not looked at.
    """
    total, reached = counts.total, counts.reached
    figures = (counts.in_place, counts.not_yet, counts.not_seen, counts.does_not_apply)
    if not 0 <= total <= MOST_STEPS or min(*figures, counts.beyond_pause, counts.not_reached) < 0:
        return "`counts` are not from 0 to 1,000"
    if reached + counts.beyond_pause + counts.not_reached != total:
        return f"`counts` do not add up to {total}"
    if reached + counts.beyond_pause != len(answers):
        return f"`counts` are of {reached + counts.beyond_pause} answers, and it has {len(answers)}"
    counted = answers[:reached]
    for name, answer in _BY_COUNT.items():
        if getattr(counts, name) != counted.count(answer):
            return (
                f"`counts` say {name} {getattr(counts, name)} times, and its answers {counted.count(answer)}"
            )
    if (status is Status.PAUSED) is not paused or counts.not_yet != paused:
        return f"it is {status}, and its pause says otherwise"
    if paused and counted[-1] is not Answer.NOT_YET:
        return "its pause is not the last answer that counts"
    if status is Status.COMPLETE and reached != total:
        return "it is complete, and not every step was reached"
    if phases and (
        sum(phase.total for phase in phases) > total
        or sum(phase.in_place for phase in phases) > counts.in_place
        or any(not 0 <= phase.in_place <= phase.total for phase in phases)
    ):
        return "`phases` go beyond its counts"
    return None
