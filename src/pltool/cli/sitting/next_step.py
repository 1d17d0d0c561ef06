"""The step agreed at a pause: choosing it, and asking the next time what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from pltool.cli.recording import now
from pltool.core.dates import in_full, read_day
from pltool.core.record import FollowUp, NextStep, agree
from pltool.errors import InputError, StorageError
from pltool.files.records import save_record
from pltool.report.phrases import day

if TYPE_CHECKING:
    from pathlib import Path

    from pltool.cli.sitting.dialog import Dialog
    from pltool.core.history import PastRecord
    from pltool.core.record import Outcome, Reflection

OUTCOME_KEYS: dict[str, tuple[Outcome, str]] = {
    "d": ("done", "done"),
    "g": ("going_on", "going on"),
    "c": ("changed", "changed on the way"),
}


@dataclass(slots=True)
class Agreement:
    """A record to which a step is added, saved again each time where it was saved before."""

    dialog: Dialog
    record: Reflection
    saved: Path | None

    def keep(self, agreed: Reflection) -> None:
        """Take over the record with the step; say so where it cannot be saved."""
        self.record = agreed
        if self.saved is not None:
            try:
                save_record(agreed)
            except StorageError as error:
                self.dialog.say(f"The next step is not saved: {error}")


def ask_for_next_step(dialog: Dialog, agreement: Agreement) -> None:
    """Offer the possible next moves, the person's own words, or nothing."""
    pause = agreement.record.pause
    if pause is None:
        return
    moves = [move.move for move in pause.next_moves]
    words = ("first move", "second", "third")
    keys = {str(number): words[number - 1] for number in range(1, len(moves) + 1)}
    dialog.say("Would you like to note a next step? It is yours to choose, and nobody is told.")
    key = dialog.key({**keys, "w": "own words", "s": "not now"})
    if key == "s":
        return
    text = dialog.line("Your next step:") if key == "w" else moves[int(key) - 1]
    if text:
        _keep_step(dialog, agreement, text)


def ask_what_was_agreed(dialog: Dialog, agreement: Agreement) -> None:
    """Ask an observer who has talked with the teacher already what they agreed on."""
    dialog.say("Have you talked with the teacher already? What comes next is the teacher's choice.")
    if dialog.key({"t": "talked: note what was agreed", "l": "later"}) == "l":
        return
    text = dialog.line("What was agreed?")
    if text:
        _keep_step(dialog, agreement, text)


def _keep_step(dialog: Dialog, agreement: Agreement, text: str) -> None:
    """Keep a step before anything more is asked; then ask for a day to look again, and keep that too."""
    step = NextStep(text=text, agreed=now())
    agreement.keep(agree(agreement.record, step))
    while given := dialog.line("Look again on which day? (Dec 7, friday, 2 weeks; empty for none)"):
        try:
            look_again = read_day(given, date.today())  # noqa: DTZ011 - the person's own day
        except InputError as error:
            dialog.say(str(error))
        else:
            agreement.keep(agree(agreement.record, replace(step, look_again=look_again.isoformat())))
            dialog.say(f"Look again on {in_full(look_again)}.")
            return


def ask_how_it_went(dialog: Dialog, last: PastRecord | None) -> FollowUp | None:
    """Open with the step agreed last time, or one that was still going on, and ask what became of it."""
    if last is None or last.open_step is None:
        return None
    step, agreed = last.open_step, last.next_step
    again = f" You meant to look again on {day(agreed.look_again)}." if agreed and agreed.look_again else ""
    begin = "you chose a next step" if agreed else "this next step was still open"
    dialog.say(f"On {day(last.finished)} {begin}:", f"“{step.text}”{again}", "How did it go?")
    keys = {key: words for key, (_, words) in OUTCOME_KEYS.items()}
    key = dialog.key({**keys, "s": "skip"})
    outcome = OUTCOME_KEYS[key][0] if key in OUTCOME_KEYS else None
    return replace(step, outcome=outcome)
