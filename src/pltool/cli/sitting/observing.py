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
    from pltool.core.progression import PlacedStep
    from pltool.core.record import EvidenceKind

OBSERVE_KEYS = {
    "y": "in place",
    "n": "not yet",
    "s": "not seen",
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


@dataclass(slots=True)
class ObservationSession(Session):
    """A session in which evidence is taken, and a step may be not seen."""

    def show_question(self, placed: PlacedStep) -> None:
        """The step with what to look for and ask, and the notes on it so far."""
        before = self._answered_before(placed)
        evidence = self.evidence_of(placed)
        self.conversation.show(observed_question(self.interview, placed, before, evidence))

    def respond(self, placed: PlacedStep, key: str) -> None:
        """Take evidence, or show what makes a yes honest."""
        if key == "e":
            self.take_evidence(placed)
        elif key == "?":
            self.conversation.show(step_and(placed, practice(placed)))

    def take_evidence(self, placed: PlacedStep) -> None:
        """One note, or the last one taken back; kept on disk before anything else happens."""
        evidence = self.evidence_of(placed)
        keys = {**_KIND_WORDS, **({"d": "take back the last note"} if evidence else {}), "b": "none"}
        key = self.conversation.key(keys)
        if key == "b":
            return
        if key == "d":
            self._note(placed, evidence[:-1])
            self._show_notes(placed, evidence[:-1], ())
            return
        kind = KIND_KEYS[key]
        note = self.conversation.line(_PROMPTS[kind])
        if not note:
            return
        evidence = (*evidence, Evidence(kind=kind, note=note))
        self._note(placed, evidence)
        self._show_notes(placed, evidence, said_of(note, kind))

    def _show_notes(
        self, placed: PlacedStep, evidence: tuple[Evidence, ...], sentences: tuple[str, ...]
    ) -> None:
        """The whole step with its notes, so that it stays in view; only its action where the window is small."""
        said = tuple(paragraph(sentence) for sentence in sentences)
        before = self._answered_before(placed)
        whole = (*observed_question(self.interview, placed, before, evidence), *said)
        short = (*step_and(placed, noted(evidence)), *said)
        self.conversation.show(whole if self.conversation.has_room(whole) else short)

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


def said_of(note: str, kind: EvidenceKind) -> tuple[str, ...]:
    """One gentle reminder for each thing a note gives reason to say; nothing for most."""
    found = remarks(note, kind)
    said = []
    if Remark.NAMES in found:
        said.append(
            f"“{naming_words(note)}” looks like a person's name or address. Notes are better without: "
            "press e and then d to take this one back, and write “a student” or a code."
        )
    if Remark.JUDGES in found:
        said.append(
            f"Kept as you wrote it. “{judging_word(note)}” says how you found it; what would a camera have shown? "
            "You can add that as another note."
        )
    return tuple(said)
