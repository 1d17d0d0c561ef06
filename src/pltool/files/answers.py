"""Answers written by people: an answers file, or letters in step order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from pltool.core.progression import AskedAs
from pltool.core.record import FORMAT, AnswerSheet, Evidence, EvidenceKind, Labels
from pltool.core.standing import Answer
from pltool.errors import MOST_SHOWN, InputError, Problem, ProblemsError
from pltool.files.validation import nearest
from pltool.files.yaml_nodes import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pltool.core.progression import Progression
    from pltool.files.strict_yaml import Document, Location

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
_LABELS = ("classroom", "school", "observer", "observer_role")
_KEYS = ("format", "model", *_LABELS, "asked_as", "answers")
_ROLES = get_args(AskedAs)
_ENTRY_KEYS = ("answer", "reason", "evidence")
_KINDS = get_args(EvidenceKind)
_LONGEST_NAME = 100


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
        self.problems: list[Problem] = list(document.problems)
        self.sheet = AnswerSheet(model=model_named(document))
        data = document.data
        self.is_record = isinstance(data, dict) and "counts" in data and "status" in data

    def refuse(self, location: Location, what: str) -> None:
        self.problems.append(self.document.problem(location, what))

    def refuse_name(self, location: Location, what: str, known: Sequence[str]) -> None:
        """Refuse a key or an id, at the place of the key, with the name that may have been meant."""
        # To look for a near miss takes time, and nobody reads more than the first problems.
        name = str(location[-1])
        hint = nearest(name, known) if len(self.problems) < MOST_SHOWN and len(name) <= _LONGEST_NAME else ""
        self.problems.append(
            self.document.key_problem(location, what + (hint or "; remove it or correct it"))
        )

    def refuse_unknown(self, group: dict[str, Any], location: Location, known: Sequence[str]) -> None:
        """Refuse keys that nobody knows; those of a record are a later version's, and passed over."""
        if not self.is_record:
            for key in group:
                if key not in known:
                    self.refuse_name((*location, key), f"unknown key `{shown(key)}`", known)

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

    def read(self) -> AnswerSheet:
        data = self.document.data
        if not isinstance(data, dict):
            self.refuse((), "must be a group of keys with `answers:` among them")
            return self.sheet
        self._format(data)
        self.refuse_unknown(data, (), _KEYS)
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

    def _format(self, data: dict[str, Any]) -> None:
        given = data.get("format")
        if given is None or given == FORMAT:
            return
        if isinstance(given, str) and given.startswith(f"{FORMAT.partition('/')[0]}/"):
            what = (
                f"`format` is `{shown(given)}`, a later one; this version reads `{FORMAT}`, so update pltool"
            )
        else:
            what = f"`format` must be `{FORMAT}`; correct it or leave it out"
        self.refuse(("format",), what)

    def _labels(self, data: dict[str, Any]) -> None:
        texts = {key: self._text(data.get(key), (key,), f"`{key}`") for key in _LABELS}
        self.sheet.labels = Labels(
            **{key: " ".join(text.split()) or None for key, text in texts.items() if text}
        )

    def _text(self, given: object, location: Location, name: str) -> str | None:
        """A person's own words, whole; None where there are none, or where they are refused."""
        if given is None:
            return None
        if not isinstance(given, str):
            self.refuse(location, f"{name} must be text; put it in quotes")
            return None
        if cut := self.document.cut(location):
            what = f"is followed by `{shown(cut)}`, which YAML takes for a comment"
            self.refuse(location, f"{what}; put the whole text in quotes, or a second blank before the `#`")
        return given

    def _asked_as(self, data: dict[str, Any]) -> None:
        given = data.get("asked_as")
        if isinstance(given, str) and given in _ROLES:
            self.sheet.asked_as = given  # type: ignore[assignment]
        elif given is not None:
            self.refuse(("asked_as",), f"`asked_as` must be one of {', '.join(_ROLES)}")

    def _check_model(self, data: dict[str, Any]) -> None:
        named = data.get("model")
        if named is not None and self.sheet.model is None:
            self.refuse(("model",), "`model` must be the id of a progression")
        elif named is not None and self.sheet.model not in {
            self.progression.id,
            *self.progression.former_ids,
        }:
            what = f"this file is for `{shown(self.sheet.model)}`, not for `{self.progression.id}`"
            self.refuse(("model",), what)

    def _recorded(self, entry: object, location: Location) -> None:
        if not isinstance(entry, dict) or not isinstance(entry.get("step"), str):
            self.refuse(location, "each answer of a record must name its `step`")
            return
        self._entry(entry["step"], {key: entry[key] for key in _ENTRY_KEYS if key in entry}, location)

    def _entry(self, step: str, entry: object, location: Location) -> None:
        placed = self.progression.find(step)
        if placed is None:
            known = [placed.id for placed in self.progression.steps]
            place = location if location[-1] == step else (*location, "step")
            self.refuse_name(place, f"`{self.progression.id}` has no step `{shown(step)}`", known)
            return
        if placed.id in self.sheet.answers:
            self.refuse(location, f"the step `{placed.id}` is answered a second time; keep one answer")
            return
        if not isinstance(entry, dict):
            self._answer(placed.id, entry, location)
            self._reason(placed.id, None, location)
            return
        self.refuse_unknown(entry, location, _ENTRY_KEYS)
        if "answer" not in entry:
            self.refuse(location, f"`answer` is missing; write {_ANSWERS}")
            return
        self._answer(placed.id, entry["answer"], (*location, "answer"))
        self._reason(placed.id, entry.get("reason"), (*location, "reason"))
        self._evidence(placed.id, entry.get("evidence"), (*location, "evidence"))

    def _answer(self, step: str, given: object, location: Location) -> None:
        word = str(given).lower() if isinstance(given, bool | str) else None
        if word not in WORDS:
            written = self.document.written(location) or (shown(given) if isinstance(given, str) else None)
            said = "nothing" if given is None else f"`{written}`" if written else "this"
            self.refuse(location, f"{said} is no answer; write {_ANSWERS}")
            return
        self.sheet.answers[step] = WORDS[word]

    def _reason(self, step: str, given: object, location: Location) -> None:
        """Letters may leave the reason out; a person who writes a file says why a step cannot apply."""
        needed = self.sheet.answers.get(step) is Answer.DOES_NOT_APPLY
        reason = " ".join((self._text(given, location, "the reason") or "").split())
        if given is not None and not isinstance(given, str):
            return
        if needed and reason:
            self.sheet.reasons[step] = reason
        # Somebody who answered with letters gave no reason, and the record of it can be read all the same.
        elif needed and not self.is_record:
            self.refuse(
                location, "`reason` is missing; say in one line why the step cannot apply in this classroom"
            )
        elif not needed and reason:
            self.refuse(location, "a reason goes with `answer: does_not_apply` only; put it under `evidence`")

    def _evidence(self, step: str, listed: object, location: Location) -> None:
        if listed is None:
            return
        if not isinstance(listed, list):
            self.refuse(location, "`evidence` must be a list, with a dash before each entry")
            return
        found = []
        for index, entry in enumerate(listed):
            if noted := self._noted(entry, (*location, index)):
                found.append(noted)
        self.sheet.evidence[step] = tuple(found)

    def _noted(self, entry: object, place: Location) -> Evidence | None:
        """One note, as `saw: …`, or as a record has it."""
        in_record = isinstance(entry, dict) and "kind" in entry and "note" in entry
        if isinstance(entry, dict) and in_record:
            self.refuse_unknown(entry, place, ("kind", "note"))
            kind, note, place = entry["kind"], entry["note"], (*place, "note")
        elif isinstance(entry, dict) and len(entry) == 1:
            ((kind, note),) = entry.items()
            place = (*place, kind)
        else:
            self.refuse(place, f"write one kind and a note, as `saw: …`; the kinds are {', '.join(_KINDS)}")
            return None
        if not isinstance(kind, str):
            self.refuse(place, f"the kind of evidence must be one of {', '.join(_KINDS)}")
        elif kind not in _KINDS:
            known = nearest(kind, _KINDS) if len(kind) <= _LONGEST_NAME else "; correct it"
            self.refuse(place, f"unknown kind of evidence `{shown(kind)}`{known}")
        elif not isinstance(note, str) or not note.strip():
            self.refuse(place, "the note must be text; put it in quotes")
        elif self._text(note, place, "the note"):
            return Evidence(kind=kind, note=note)  # type: ignore[arg-type]
        return None
