"""A reflection under way, as it is kept on disk between two answers."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

from pltool.core.json_text import as_json, plain_data
from pltool.core.progression import AskedAs, Progression
from pltool.core.record import AnswerRecord, Evidence, FollowUp, Kind, Labels, Reflection
from pltool.core.standing import Answer
from pltool.core.unknown_keys import keep_unknown

FORMAT: Literal["pltool.draft/1"] = "pltool.draft/1"


@dataclass(frozen=True, kw_only=True)
class DraftAnswer:
    """One answer, with the moment it was given and the day of the reflection it was carried over from."""

    answer: Answer
    at: str
    reason: str | None = None
    evidence: tuple[Evidence, ...] = ()
    carried_from: str | None = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What was answered so far. The answers are in the order in which they were given.

    Attributes:
        noted: evidence on steps that have no answer yet, by step id.
        as_read: the data of the file it was read from, whose unknown keys are written again; no key itself.
    """

    format: Literal["pltool.draft/1"] = FORMAT
    id: str
    kind: Kind = "reflection"
    model: str
    part: str | None = None
    asked_as: AskedAs = "all"
    labels: Labels = field(default_factory=Labels)
    started: str
    updated: str
    follow_up: FollowUp | None = None
    answers: dict[str, DraftAnswer] = field(default_factory=dict)
    noted: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)
    as_read: dict[str, Any] | None = field(default=None, repr=False, compare=False)

    @property
    def given(self) -> int:
        """How many answers the person gave, with the one on how the next step went; notes alone count as one."""
        answers = len(self.answers) + bool(self.follow_up and self.follow_up.outcome)
        return answers or int(bool(self.noted))


# What of a draft is by step: a step that is gone from it stays gone.
_BY_STEP = ("answers", "noted")


def draft_json(draft: Draft) -> str:
    """A draft as it is kept, with the unknown keys of the file it was read from."""
    written = {
        entry.name: plain_data(getattr(draft, entry.name))
        for entry in fields(draft)
        if entry.name != "as_read"
    }
    read = dict(draft.as_read or {})
    for key in _BY_STEP:
        by_step = _group(read.pop(key, None))
        written[key] = {step: keep_unknown(one, by_step.get(step)) for step, one in written[key].items()}
    return as_json(keep_unknown(written, read))


def with_todays_ids(draft: Draft, progression: Progression) -> Draft:
    """The draft with everything under the id its step has today; what is gone stays under its old one."""

    def todays(step: str) -> str:
        placed = progression.find(step)
        return placed.id if placed else step

    def renamed(by_step: dict[str, Any]) -> dict[str, Any]:
        return {todays(step): kept for step, kept in by_step.items()}

    read = draft.as_read
    if read is not None:
        read = read | {key: renamed(_group(read.get(key))) for key in _BY_STEP}
    return replace(draft, answers=renamed(draft.answers), noted=renamed(draft.noted), as_read=read)


def unknown_for_record(draft: Draft) -> dict[str, Any] | None:
    """What a later version wrote into a draft, in the places where a record has it; None if there is nothing.

    The labels of a draft are a group, and those of a record stand beside the rest. What has a name that a record
    uses for something else stays out of it.
    """
    if draft.as_read is None:
        return None
    theirs = {entry.name for entry in (*fields(Draft), *fields(Reflection))}
    beside = {**_group(draft.as_read.get("labels")), **draft.as_read}
    unknown: dict[str, Any] = {key: value for key, value in beside.items() if key not in theirs}
    known = {entry.name for entry in (*fields(DraftAnswer), *fields(AnswerRecord))}
    answers = []
    for step, one in _group(draft.as_read.get("answers")).items():
        if more := {key: value for key, value in _group(one).items() if key not in known}:
            answers.append({**more, "step": step})
    if answers:
        unknown["answers"] = answers
    return unknown or None


def _group(found: object) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}
