"""Answers written by people: an answers file, or letters in step order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

from pltool.core.progression import AskedAs
from pltool.core.record import FORMAT, AnswerSheet, Evidence, EvidenceKind, Labels
from pltool.core.standing import Answer
from pltool.errors import InputError, Problem, ProblemsError
from pltool.files.validation import nearest

if TYPE_CHECKING:
    from pltool.core.progression import Progression
    from pltool.files.strict_yaml import Document

LETTERS = {
    "y": Answer.IN_PLACE,
    "n": Answer.NOT_YET,
    "s": Answer.NOT_SEEN,
    "x": Answer.DOES_NOT_APPLY,
}
WORDS = {
    "in_place": Answer.IN_PLACE,
    "in place": Answer.IN_PLACE,
    "yes": Answer.IN_PLACE,
    "y": Answer.IN_PLACE,
    "true": Answer.IN_PLACE,
    "not_yet": Answer.NOT_YET,
    "not yet": Answer.NOT_YET,
    "no": Answer.NOT_YET,
    "n": Answer.NOT_YET,
    "false": Answer.NOT_YET,
    "not_seen": Answer.NOT_SEEN,
    "not seen": Answer.NOT_SEEN,
    "s": Answer.NOT_SEEN,
    "does_not_apply": Answer.DOES_NOT_APPLY,
    "does not apply": Answer.DOES_NOT_APPLY,
    "x": Answer.DOES_NOT_APPLY,
}
_ANSWERS = "in_place, not_yet, not_seen or does_not_apply"
_TEXT_KEYS = ("format", "model", "classroom", "school", "observer", "observer_role")
_ROLES = get_args(AskedAs)
# What a saved record has beside its answers: read over, so that a record can be checked like any answers file.
_RECORD_KEYS = (
    *("id", "kind", "part", "started", "finished", "status", "provisional"),
    *("counts", "phases", "pause", "next_step", "follow_up", "not_asked", "model_at_end"),
    "earlier_next_steps",
)
_ENTRY_KEYS = ("answer", "reason", "evidence")
_KINDS = get_args(EvidenceKind)


def parse_letters(letters: str, progression: Progression) -> dict[str, Answer]:
    """Answers from letters in step order: y in place, n not yet, s not seen, x does not apply.

    Raises:
        InputError: another letter, or more letters than steps.
    """
    steps = progression.steps
    compact = "".join(letters.split()).lower()
    if len(compact) > len(steps):
        raise InputError(
            f"{len(compact)} answers were given, but {progression.title} has {len(steps)} steps to answer."
        )
    for position, letter in enumerate(compact, start=1):
        if letter not in LETTERS:
            raise InputError(
                f"Answer {position} is `{letter}`; write y (in place), n (not yet), s (not seen) "
                "or x (does not apply) for each step."
            )
    return {placed.id: LETTERS[letter] for placed, letter in zip(steps, compact, strict=False)}


def model_named(document: Document) -> str | None:
    """The model that an answers file or a record names, if it does."""
    named = document.data.get("model") if isinstance(document.data, dict) else None
    if isinstance(named, dict):
        named = named.get("id")
    return named if isinstance(named, str) else None


def read_answers(
    document: Document,
    progression: Progression,
    *,
    asked_as: AskedAs | None = None,
    default: AskedAs = "all",
) -> AnswerSheet:
    """Answers for one progression, from an answers file or a saved record.

    Args:
        document: the file.
        progression: all of its steps.
        asked_as: whose actions were asked; None to take what the file says.
        default: the same where the file does not say so either.

    Raises:
        ProblemsError: with every unknown key, step, model or answer in it.
    """
    reader = _Reader(document, progression)
    sheet = reader.read()
    # Every action was asked for the records that were saved before it was told apart.
    sheet.asked_as = asked_as or sheet.asked_as or ("all" if reader.is_record else default)
    reader.refuse_unasked()
    if reader.problems:
        raise ProblemsError(reader.problems)
    return sheet


class _Reader:
    def __init__(self, document: Document, progression: Progression) -> None:
        self.document = document
        self.progression = progression
        self.problems: list[Problem] = []
        self.sheet = AnswerSheet(model=model_named(document))
        data = document.data
        self.is_record = isinstance(data, dict) and "counts" in data and "status" in data

    def refuse(self, location: tuple[int | str, ...], what: str) -> None:
        self.problems.append(self.document.problem(location, what))

    def refuse_unasked(self) -> None:
        """Refuse answers to actions that the person was not asked about."""
        asked = self.progression.asked_of(self.sheet.asked_as or "all")
        for step in self.sheet.answers:
            placed = self.progression.find(step)
            if placed is not None and asked.find(step) is None:
                what = (
                    f"`{step}` is a {placed.step.actor} action, and a {self.sheet.asked_as} is not asked it"
                )
                self.refuse(("answers", step), f"{what}; remove it, or say --as all")

    def refuse_key(self, location: tuple[int | str, ...], known: tuple[str, ...]) -> None:
        name = str(location[-1])
        what = f"unknown key `{name}`{nearest(name, known)}"
        self.problems.append(self.document.key_problem(location, what))

    def read(self) -> AnswerSheet:
        data = self.document.data
        if not isinstance(data, dict):
            self.refuse((), "must be a group of keys with `answers:` among them")
            return self.sheet
        known = (*_TEXT_KEYS, "asked_as", "answers", *(_RECORD_KEYS if self.is_record else ()))
        for key in data:
            if key not in known:
                self.refuse_key((key,), known)
        self._labels(data)
        self._asked_as(data)
        self._check_model(data)
        answers = data.get("answers")
        if isinstance(answers, dict):
            for step, entry in answers.items():
                self._entry(step, entry, ("answers", step))
        elif self.is_record and isinstance(answers, list):
            for index, entry in enumerate(answers):
                self._recorded(entry, ("answers", index))
        else:
            self.refuse(
                ("answers",), "`answers` must be a group of keys, one for each step: `step-id: in_place`"
            )
        return self.sheet

    def _labels(self, data: dict[str, Any]) -> None:
        for key in _TEXT_KEYS[2:]:
            if data.get(key) is not None and not isinstance(data[key], str):
                self.refuse((key,), f"`{key}` must be text; put it in quotes")
        texts = {key: data[key] for key in _TEXT_KEYS[2:] if isinstance(data.get(key), str)}
        self.sheet.labels = Labels(**texts)
        if data.get("format") not in {None, FORMAT}:
            self.refuse(("format",), f"`format` is `{data['format']}`; this version reads `{FORMAT}`")

    def _asked_as(self, data: dict[str, Any]) -> None:
        given = data.get("asked_as")
        if given in _ROLES:
            self.sheet.asked_as = given
        elif given is not None:
            self.refuse(("asked_as",), f"`asked_as` must be one of {', '.join(_ROLES)}")

    def _check_model(self, data: dict[str, Any]) -> None:
        named = data.get("model")
        if named is not None and self.sheet.model is None:
            self.refuse(("model",), "`model` must be the id of a progression")
        elif named is not None and self.sheet.model != self.progression.id:
            what = f"this file is for `{self.sheet.model}`, not for `{self.progression.id}`"
            self.refuse(("model",), what)

    def _recorded(self, entry: Any, location: tuple[int | str, ...]) -> None:  # noqa: ANN401 - unchecked data
        if not isinstance(entry, dict) or not isinstance(entry.get("step"), str):
            self.refuse(location, "each answer of a record must name its `step`")
            return
        kept = {key: entry[key] for key in _ENTRY_KEYS if key in entry}
        self._entry(entry["step"], kept, location)

    def _entry(self, step: str, entry: Any, location: tuple[int | str, ...]) -> None:  # noqa: ANN401 - unchecked data
        placed = self.progression.find(step)
        if placed is None:
            known = [placed.id for placed in self.progression.steps]
            what = f"`{self.progression.id}` has no step `{step}`{nearest(step, known)}"
            self.problems.append(self.document.key_problem(location, what))
            return
        if placed.id in self.sheet.answers:
            self.refuse(location, f"the step `{placed.id}` is answered a second time; keep one answer")
            return
        if not isinstance(entry, dict):
            self._answer(placed.id, entry, location)
            self._reason(placed.id, None, location)
            return
        for key in entry:
            if key not in _ENTRY_KEYS:
                self.refuse_key((*location, key), _ENTRY_KEYS)
        if "answer" not in entry:
            self.refuse(location, f"`answer` is missing; write {_ANSWERS}")
            return
        self._answer(placed.id, entry["answer"], (*location, "answer"))
        self._reason(placed.id, entry.get("reason"), (*location, "reason"))
        self._evidence(placed.id, entry.get("evidence"), (*location, "evidence"))

    def _answer(self, step: str, given: Any, location: tuple[int | str, ...]) -> None:  # noqa: ANN401 - unchecked data
        word = str(given).lower() if isinstance(given, bool | str) else None
        if word not in WORDS:
            shown = (
                "nothing" if given is None else f"`{self.document.written(location) or json.dumps(given)}`"
            )
            self.refuse(location, f"{shown} is no answer; write {_ANSWERS}")
            return
        self.sheet.answers[step] = WORDS[word]

    def _reason(self, step: str, given: Any, location: tuple[int | str, ...]) -> None:  # noqa: ANN401 - unchecked data
        """Letters may leave the reason out; a person who writes a file says why a step cannot apply."""
        needed = self.sheet.answers.get(step) is Answer.DOES_NOT_APPLY
        if given is None and not needed:
            return
        if given is not None and not isinstance(given, str):
            self.refuse(location, "the reason must be text; put it in quotes")
        elif needed and not (given or "").strip():
            self.refuse(
                location, "`reason` is missing; say in one line why the step cannot apply in this classroom"
            )
        elif not needed:
            self.refuse(location, "a reason goes with `answer: does_not_apply` only; put it under `evidence`")
        else:
            self.sheet.reasons[step] = " ".join(str(given).split())

    def _evidence(self, step: str, listed: Any, location: tuple[int | str, ...]) -> None:  # noqa: ANN401 - unchecked data
        if listed is None:
            return
        if not isinstance(listed, list):
            self.refuse(location, "`evidence` must be a list, with a dash before each entry")
            return
        found = []
        for index, entry in enumerate(listed):
            place = (*location, index)
            if isinstance(entry, dict) and set(entry) == {"kind", "note"}:
                entry = {entry["kind"]: entry["note"]}  # noqa: PLW2901 - a record's form of the same thing
            if not isinstance(entry, dict) or len(entry) != 1:
                self.refuse(
                    place, f"write one kind and a note, as `saw: …`; the kinds are {', '.join(_KINDS)}"
                )
                continue
            ((kind, note),) = entry.items()
            if kind not in _KINDS:
                self.refuse(place, f"unknown kind of evidence `{kind}`{nearest(str(kind), _KINDS)}")
            elif not isinstance(note, str) or not note.strip():
                self.refuse((*place, kind), "the note must be text; put it in quotes")
            else:
                found.append(Evidence(kind=kind, note=note))
        self.sheet.evidence[step] = tuple(found)
