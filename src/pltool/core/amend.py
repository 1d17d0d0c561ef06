"""A finished record corrected: judged anew where an answer changed, with what it said before kept in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pltool.core.labels import same_label
from pltool.core.names import steps_named
from pltool.core.record import Amendment, AnswerSheet, Evidence, make_record, record_data
from pltool.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pltool.core.bank import Bank
    from pltool.core.progression import Progression
    from pltool.core.record import AnswerRecord, EvidenceKind, NextStep, Reflection
    from pltool.core.standing import Answer

LABELS = ("classroom", "school", "observer", "observer_role", "model_at_end")
_OF_ITSELF = ("revised", "amended")


@dataclass(frozen=True, slots=True)
class NoteChange:
    """A note added, changed or taken away.

    Attributes:
        step: the step that it is on.
        number: of the note among those of the step, from 1; None adds one.
        kind: of the note; None keeps the one it has.
        text: empty takes the note away.
    """

    step: str
    number: int | None
    kind: EvidenceKind | None
    text: str


@dataclass(slots=True)
class Correction:
    """What is to be changed in a record.

    Attributes:
        labels: by the record's own keys; None takes a label away.
        answers: by step, with the reason where the step does not apply.
        notes: in the order in which they are made.
    """

    labels: dict[str, str | None] = field(default_factory=dict)
    answers: dict[str, tuple[Answer, str | None]] = field(default_factory=dict)
    notes: list[NoteChange] = field(default_factory=list)


def amend(
    record: Reflection,
    correction: Correction,
    *,
    progression: Progression | None,
    resources: Callable[[Sequence[str]], Bank],
    at: str,
    reason: str,
) -> Reflection:
    """The record with a correction, and with what it said before.

    Args:
        record: finished, and corrected before or not.
        correction: steps may be named by id, former id, or phase and number.
        progression: today's, all of its steps; None where it is not at hand, and then no answer can be changed.
        resources: looks up entries of the inspiration bank, for a pause that was another one before.
        at: now.
        reason: why, in the person's own words.

    Raises:
        InputError: nothing would change, or it cannot be changed in this way.
    """
    changed = replace(record, **correction.labels) if correction.labels else record  # type: ignore[arg-type]
    if correction.answers:
        changed = _judged_anew(changed, correction, progression, resources)
    for note in correction.notes:
        changed = _with_note(changed, note, progression)
    old, new = record_data(record), record_data(changed)
    before = {key: old[key] for key in old if old[key] != new.get(key) and key not in _OF_ITSELF}
    if not before:
        raise InputError("That is what the record says already; nothing was changed.")
    made = Amendment(at=at, reason=reason, before=before)
    return replace(changed, revised=at, amended=(*record.amended, made))


def _judged_anew(
    record: Reflection,
    correction: Correction,
    progression: Progression | None,
    resources: Callable[[Sequence[str]], Bank],
) -> Reflection:
    if progression is None:
        raise InputError(
            f"An answer can only be changed with the progression `{record.model.id}` at hand; say --content FOLDER."
        )
    if record.part is not None and progression.phase(record.part) is not None:
        progression = progression.only(record.part)
    asked = progression.asked_of(record.asked_as)
    answers = {_todays(asked, answer.step): answer for answer in record.answers}
    given = {step: answer.answer for step, answer in answers.items()}
    reasons = {step: answer.reason for step, answer in answers.items() if answer.reason}
    for name, (answer, why) in correction.answers.items():
        step = _meant(asked, name)
        given[step] = answer
        reasons.pop(step, None)
        if why:
            reasons[step] = why
    judged = make_record(
        asked,
        AnswerSheet(asked_as=record.asked_as, answers=given, reasons=reasons),
        resources=resources,
        record_id=record.id,
        started=record.started,
        finished=record.finished,
    )
    same_pause = judged.pause and record.pause and _todays(asked, record.pause.id) == judged.pause.id
    return replace(
        record,
        model=replace(record.model, version=judged.model.version),
        status=judged.status,
        provisional=judged.provisional,
        counts=judged.counts,
        phases=judged.phases,
        pause=record.pause if same_pause else judged.pause,
        answers=tuple(_as_asked_then(answer, answers.get(answer.step)) for answer in judged.answers),
        not_asked=judged.not_asked,
    )


def _as_asked_then(answer: AnswerRecord, before: AnswerRecord | None) -> AnswerRecord:
    """An answer judged today, in the words in which the step was asked then and with its notes."""
    if before is None:
        return answer
    carried = before.carried_from if answer.answer is before.answer else None
    return replace(before, answer=answer.answer, reason=answer.reason, carried_from=carried)


def _todays(progression: Progression, step: str) -> str:
    """Today's id of a step that a record names; nothing is guessed."""
    placed = progression.find(step)
    if placed is None:
        raise _unknown(progression, step)
    return placed.id


def _meant(progression: Progression, name: str) -> str:
    """The id of a step as a person named it."""
    found = steps_named(progression, name)
    if len(found) != 1:
        raise _unknown(progression, name)
    return found[0].id


def _unknown(progression: Progression, name: str) -> InputError:
    return InputError(f"`{progression.id}` has no step `{name}` that this record could have asked.")


def _with_note(record: Reflection, change: NoteChange, progression: Progression | None) -> Reflection:
    step = _answered(record, change.step, progression)
    answers = tuple(
        replace(answer, evidence=_changed_notes(answer.evidence, change)) if answer.step == step else answer
        for answer in record.answers
    )
    return replace(record, answers=answers)


def _answered(record: Reflection, name: str, progression: Progression | None) -> str:
    """The step of an answer in the record, by any name the step has."""
    found = steps_named(progression, name) if progression else []
    wanted = {name, *((found[0].id, *found[0].step.former_ids) if len(found) == 1 else ())}
    for answer in record.answers:
        if answer.step in wanted:
            return answer.step
    raise InputError(f"The record has no answer to `{name}`, so no note on it.")


def _changed_notes(notes: tuple[Evidence, ...], change: NoteChange) -> tuple[Evidence, ...]:
    if change.number is None:
        return (*notes, Evidence(kind=change.kind or "saw", note=change.text)) if change.text else notes
    place = change.number - 1
    if not 0 <= place < len(notes):
        has = {0: "no notes", 1: "one note"}.get(len(notes), f"{len(notes)} notes")
        raise InputError(f"`{change.step}` has {has}; there is no number {change.number}.")
    kind = change.kind or notes[place].kind
    new = (Evidence(kind=kind, note=change.text),) if change.text else ()
    return (*notes[:place], *new, *notes[place + 1 :])


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that an amendment changed: on a step, by the words it was asked in, or a label.

    Attributes:
        key: the record's key for a label, or `answer`, `reason` or `evidence` for a step.
        asked: the step's action; None for a label.
        before: what stood there before; None for nothing.
        after: what stands there since.
    """

    key: str
    asked: str | None
    before: Any
    after: Any


def differences(record: Reflection) -> list[tuple[Amendment, list[Difference]]]:
    """What each amendment of a record changed, oldest first."""
    after = record_data(record)
    found = []
    for made in reversed(record.amended):
        before = after | made.before
        found.append((made, list(_compare(before, after))))
        after = before
    return found[::-1]


def rename_class(record: Reflection, label: str) -> Reflection:
    """The record with its class under another name; one that is only spelled anew was called nothing else before."""
    before = record.classroom
    former = record.former_classrooms
    if before is not None and not same_label(before, label):
        former += (before,)
    return replace(record, classroom=label, former_classrooms=former)


def with_class_of(record: Reflection, other: Reflection) -> Reflection:
    """A version of a record under the name that its class was given in another version of it.

    A version that was changed last on one computer does not know that the class was renamed on the other.
    """
    if other.classroom is None or same_label(record.classroom, other.classroom):
        return record
    renamed_there = any(same_label(former, record.classroom) for former in other.former_classrooms)
    renamed_here = any(same_label(former, other.classroom) for former in record.former_classrooms)
    return rename_class(record, other.classroom) if renamed_there and not renamed_here else record


def said_only_in(one: Reflection, other: Reflection) -> list[str]:
    """What people said of a record after it was finished in one version of it, and not in the other.

    Two computers may each change their copy: a version that is later need not hold what the other one says.
    """
    there = {(made.at, made.reason) for made in other.amended}
    corrections = [made.reason for made in one.amended if (made.at, made.reason) not in there]
    agreed = {step.text for step in _agreed(other)}
    return [*corrections, *(step.text for step in _agreed(one) if step.text not in agreed)]


def _agreed(record: Reflection) -> list[NextStep]:
    return [*record.earlier_next_steps, *([record.next_step] if record.next_step else [])]


def _compare(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    for key in LABELS:
        if before.get(key) != after.get(key):
            yield Difference(key, None, before.get(key), after.get(key))
    old, new = _by_step(before), _by_step(after)
    for step in {**old, **new}:
        one, other = old.get(step, {}), new.get(step, {})
        asked = str(other.get("asked") or one.get("asked") or step)
        for key in ("answer", "reason", "evidence"):
            if (one.get(key) or None) != (other.get(key) or None):
                yield Difference(key, asked, one.get(key) or None, other.get(key) or None)


def _by_step(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The answers by step; an amendment from elsewhere may hold anything at all."""
    listed = data.get("answers")
    entries = listed if isinstance(listed, list) else []
    return {str(entry.get("step")): entry for entry in entries if isinstance(entry, dict)}
