"""A sitting of an observer: three answers, and evidence on each step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pltool.cli.recording import now
from pltool.cli.sitting.session import Session
from pltool.core.evidence import Remark, judging_word, naming_words, remarks
from pltool.core.record import Evidence
from pltool.report.formats.outline import paragraph
from pltool.report.observation import noted, observed_question, step_and
from pltool.report.question import practice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.core.progression import PlacedStep
    from pltool.core.record import EvidenceKind, Reflection

OBSERVE_KEYS = {
    "y": "in place",
    "n": "not yet",
    "s": "not seen",
    "x": "does not apply",
    "e": "evidence",
    "?": "honest yes",
    "b": "back",
    "q": "stop",
}
KIND_KEYS: dict[str, EvidenceKind] = {
    "w": "saw",
    "h": "heard",
    "a": "artifact",
    "s": "student_said",
    "t": "teacher_said",
}
_KIND_WORDS = {"w": "saw", "h": "heard", "a": "artifact", "s": "student said", "t": "teacher said"}
_PROMPTS: dict[EvidenceKind, str] = {
    "saw": "What did you see?",
    "heard": "What did you hear?",
    "artifact": "What was posted, printed or on the screen?",
    "student_said": "What did the student say?",
    "teacher_said": "What did the teacher say?",
}


_SHOWN = 60


@dataclass(slots=True)
class ObservationSession(Session):
    """A session in which evidence is taken, and a step may be not seen."""

    def show_question(self, placed: PlacedStep) -> None:
        """The step with what to look for and ask, and the notes on it so far."""
        before = self._answered_before(placed)
        evidence = self.evidence_of(placed)
        self.dialog.show(observed_question(self.interview, placed, before, evidence))

    def respond(self, placed: PlacedStep, key: str) -> None:
        """Take evidence, or show what makes a yes honest."""
        if key == "e":
            self.take_evidence(placed)
        elif key == "?":
            self.dialog.show(step_and(placed, practice(placed)))

    def take_evidence(self, placed: PlacedStep) -> None:
        """One note, or an earlier one changed or taken back; on disk before anything else happens."""
        evidence = self.evidence_of(placed)
        keys = {**_KIND_WORDS, **({"d": "take one back", "c": "change one"} if evidence else {}), "b": "none"}
        key = self.dialog.key(keys)
        if key == "b":
            return
        reminders: tuple[str, ...] = ()
        if key in KIND_KEYS:
            kind = KIND_KEYS[key]
            note = self.dialog.line(_PROMPTS[kind])
            if not note:
                return
            evidence = (*evidence, Evidence(kind=kind, note=note))
            reminders = reminders_for(note, kind)
        else:
            index = self._which(evidence)
            if index is None:
                return
            before, after = evidence[:index], evidence[index + 1 :]
            if key == "c":
                kind = evidence[index].kind
                note = self.dialog.line(f"In place of “{shortened(evidence[index].note)}”: {_PROMPTS[kind]}")
                if not note:
                    return
                before = (*before, Evidence(kind=kind, note=note))
                reminders = reminders_for(note, kind)
            evidence = (*before, *after)
        self._note(placed, evidence)
        self._show_notes(placed, evidence, reminders)

    def _which(self, evidence: tuple[Evidence, ...]) -> int | None:
        """The index of the note that is meant; None for none."""
        if len(evidence) == 1:
            return 0
        options = [(str(index), shortened(entry.note)) for index, entry in enumerate(evidence)]
        chosen = self.dialog.choose("Which note", options)
        return None if chosen is None else int(chosen)

    def _show_notes(
        self, placed: PlacedStep, evidence: tuple[Evidence, ...], sentences: tuple[str, ...]
    ) -> None:
        """The whole step with its notes, so that it stays in view; only its action where the window is small."""
        said = tuple(paragraph(sentence) for sentence in sentences)
        before = self._answered_before(placed)
        whole = (*observed_question(self.interview, placed, before, evidence), *said)
        short = (*step_and(placed, noted(evidence)), *said)
        self.dialog.show(whole if self.dialog.has_room(whole) else short)

    def _note(self, placed: PlacedStep, evidence: tuple[Evidence, ...]) -> None:
        kept = self.draft.answers.get(placed.id)
        if kept is not None:
            answers = {**self.draft.answers, placed.id: replace(kept, evidence=evidence)}
            self.draft = replace(self.draft, answers=answers, updated=now())
        else:
            waiting = {**self.draft.noted, placed.id: evidence}
            if not evidence:
                del waiting[placed.id]
            self.draft = replace(self.draft, noted=waiting, updated=now())
        self.keep()


def shortened(note: str) -> str:
    """The beginning of a note, to know it by."""
    return note if len(note) <= _SHOWN else f"{note[:_SHOWN].rstrip()}…"


def reminders_for(note: str, kind: EvidenceKind) -> tuple[str, ...]:
    """One gentle reminder for each thing a note gives reason to say; nothing for most."""
    found = remarks(note, kind)
    said = []
    if Remark.NAMES in found:
        said.append(
            f"“{naming_words(note)}” looks like a person's name or address. Notes are better without: "
            "press e and then c to change it, and write “a student” or a code."
        )
    if Remark.JUDGES in found:
        said.append(
            f"Kept as you wrote it. “{judging_word(note)}” says how you found it; what would a camera have shown? "
            "You can add that as another note."
        )
    return tuple(said)


def note_remarks(record: Reflection) -> Iterator[str]:
    """The same reminders for a whole record whose notes are kept as they were written."""
    for answer in record.answers:
        for entry in answer.evidence:
            found = remarks(entry.note, entry.kind)
            if Remark.NAMES in found:
                yield f"a note on {answer.step} may name a person (“{naming_words(entry.note)}”); a code would do."
            if Remark.JUDGES in found:
                yield (
                    f"a note on {answer.step} says how you found it (“{judging_word(entry.note)}”); "
                    "what would a camera have shown?"
                )
