"""One sitting: asks step after step, keeps every answer on disk, and can be stopped at any moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pltool.cli.recording import new_id, now
from pltool.core.draft import Draft, DraftAnswer
from pltool.core.interview import Interview
from pltool.core.record import AnswerSheet
from pltool.core.standing import Answer
from pltool.errors import InputError, StorageError
from pltool.files.drafts import DraftFile
from pltool.report.question import answered_before, look_fors, question, review

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pltool.cli.sitting.dialog import Dialog
    from pltool.core.history import PastRecord
    from pltool.core.progression import AskedAs, PlacedStep, Progression
    from pltool.core.record import Evidence, Kind, Labels

ANSWER_KEYS = {"y": Answer.IN_PLACE, "n": Answer.NOT_YET, "s": Answer.NOT_SEEN}
REFLECT_KEYS = {
    "y": "in place",
    "n": "not yet",
    "x": "does not apply",
    "?": "look-fors",
    "b": "back",
    "q": "stop",
}
WHY_NOT = (
    "Some steps cannot apply in a classroom, such as one on devices where there are none. "
    "What makes this one impossible here? Your words will stand in the report. (Enter alone: back to the question)"
)


class Stopped(Exception):  # noqa: N818 - no error: the person stopped, and the draft is kept
    """The person chose to stop."""


def new_draft(
    model: str, *, kind: Kind, part: str | None, labels: Labels, asked_as: AskedAs = "all"
) -> Draft:
    """An empty draft."""
    moment = now()
    return Draft(
        id=new_id(model, moment),
        kind=kind,
        model=model,
        part=part,
        asked_as=asked_as,
        labels=labels,
        started=moment,
        updated=moment,
    )


def lock_draft(draft: Draft) -> DraftFile:
    """The draft's file, locked by this window.

    Raises:
        InputError: another window answers it at this moment.
    """
    file = DraftFile(draft.id)
    if not file.claim():
        raise InputError(f"Another window has just gone on with that {draft.kind}; it is safe there.")
    return file


@dataclass(slots=True)
class Session:
    """A dialog about one progression, with the draft that keeps it."""

    dialog: Dialog
    progression: Progression
    draft: Draft
    file: DraftFile
    unsaved: str | None = None
    last: PastRecord | None = None
    revisiting: int | None = None
    resumed: bool = False

    @property
    def interview(self) -> Interview:
        """Where the answers of the draft have led."""
        known = {
            placed.id: kept.answer
            for step, kept in self.draft.answers.items()
            if (placed := self.progression.find(step))
        }
        return Interview(self.progression, known, self.revisiting)

    def ask_to_the_end(self, keys: Mapping[str, str]) -> None:
        """Ask until the pause, the end of the progression or the person's wish to stop.

        Raises:
            Stopped: the person pressed q.
            EndOfInput: the lines ended.
            KeyboardInterrupt: Ctrl-C.
        """
        while (placed := self.interview.question) is not None:
            self.show_question(placed)
            self._take(placed, keys)

    def show_question(self, placed: PlacedStep) -> None:
        """The step, what makes a yes honest, and an answer given before."""
        self.dialog.show(question(self.interview, placed, self._answered_before(placed)))

    def _answered_before(self, placed: PlacedStep) -> str:
        """An answer given in this sitting, else the one of last time: shown, and never applied by itself."""
        kept = self.draft.answers.get(placed.id)
        if kept is not None:
            label = "carried over" if kept.carried_from else "your answer so far"
            return f"{label}: {answered_before(kept.answer, kept.carried_from)}"
        if self.last is not None:
            for one in self.last.answers:
                earlier = self.progression.find(one["step"])
                if earlier is not None and earlier.id == placed.id:
                    day = one.get("carried_from") or self.last.finished
                    return f"last time: {answered_before(one['answer'], day)}"
        return ""

    def _take(self, placed: PlacedStep, keys: Mapping[str, str]) -> None:
        while True:
            key = self.dialog.key(keys)
            if key in ANSWER_KEYS:
                self.record(placed, ANSWER_KEYS[key])
                return
            if key == "x":
                reason = " ".join(self.dialog.line(WHY_NOT).split())
                if reason:
                    self.record(placed, Answer.DOES_NOT_APPLY, reason)
                return
            if key == "b":
                self.go_back()
                return
            if key == "q":
                raise Stopped
            self.respond(placed, key)

    def respond(self, placed: PlacedStep, key: str) -> None:
        """What a key does that neither answers nor leaves the step."""
        if key == "?":
            self.dialog.show(look_fors(placed))

    def evidence_of(self, placed: PlacedStep) -> tuple[Evidence, ...]:
        """What was noted on a step so far."""
        kept = self.draft.answers.get(placed.id)
        return kept.evidence if kept else self.draft.noted.get(placed.id, ())

    def go_back(self) -> None:
        """Ask the step before once more."""
        if self.interview.position == 0:
            self.dialog.say("This is the first question.")
            return
        self.revisiting = self.interview.back().revisiting

    def record(self, placed: PlacedStep, answer: Answer, reason: str | None = None) -> None:
        """Keep an answer, on disk before anything else happens."""
        kept = DraftAnswer(answer=answer, at=now(), reason=reason, evidence=self.evidence_of(placed))
        answers = {**self.draft.answers, placed.id: kept}
        self.draft = replace(self.draft, answers=answers, updated=kept.at)
        self.revisiting = None
        self.keep()

    def keep(self) -> None:
        """Write the draft; where that is impossible, say so once and go on."""
        try:
            self.file.save(self.draft)
        except StorageError as error:
            if self.unsaved is None:
                self.unsaved = str(error)
                self.dialog.say(
                    f"Your answers cannot be saved: {error} "
                    "You can go on, and write the report to a file of your choice at the end."
                )
        else:
            self.unsaved = None

    def review(self, keys: Mapping[str, str]) -> None:
        """Show all answers in one view, and let one be changed, until the person is content."""
        while True:
            self.dialog.show(review(self.interview, self.carried))
            key = self.dialog.key({" ": "to go on", "c": "change one", "b": "back to the last", "q": "stop"})
            if key == " ":
                return
            if key == "q":
                raise Stopped
            if key == "b":
                self.go_back()
            elif not self._revisit():
                continue
            self.ask_to_the_end(keys)

    @property
    def sheet(self) -> AnswerSheet:
        """The answers given, with what goes with them."""
        return AnswerSheet(
            asked_as=self.draft.asked_as,
            answers=dict(self.interview.answers),
            reasons={step: kept.reason for step, kept in self.draft.answers.items() if kept.reason},
            evidence={placed.id: self.evidence_of(placed) for placed in self.progression.steps},
            carried_from=self.carried,
            labels=self.draft.labels,
        )

    @property
    def carried(self) -> dict[str, str]:
        """The day of each answer taken over from an earlier reflection, by step."""
        return {step: kept.carried_from for step, kept in self.draft.answers.items() if kept.carried_from}

    def _revisit(self) -> bool:
        reached = self.interview.standing.reached
        given = self.dialog.line(f"Which one, 1 to {len(reached)}?")
        if given not in {str(number) for number in range(1, len(reached) + 1)}:
            return False
        self.revisiting = int(given) - 1
        return True
