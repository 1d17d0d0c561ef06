"""The step agreed at a pause: choosing it, and asking the next time what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pltool.core.record import FollowUp, NextStep
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


def read_day(given: str, today: date) -> str | None:
    """A day to look again: empty for none, a number of days from today, or a date as 2026-12-07.

    Raises:
        InputError: it is none of these.
    """
    given = given.strip()
    if not given:
        return None
    if given.isdecimal() and len(given) <= 3:  # noqa: PLR2004 - up to 999 days; eight digits are a date
        return (today + timedelta(days=int(given))).isoformat()
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise InputError(f"“{given}” is no day; write it as 2026-12-07, or as a number of days.") from None
    if day < today:
        raise InputError(f"{given} has passed; give a day from today on.")
    return day.isoformat()


def agree(reflection: Reflection, text: str, look_again: str | None) -> Reflection:
    """The record with the step agreed on."""
    return replace(reflection, next_step=NextStep(text=text, look_again=look_again))


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
    agreement.keep(agree(agreement.record, text, None))
    while True:
        given = dialog.line("Look again on which day? (2026-12-07, or a number of days; empty for none)")
        try:
            look_again = read_day(given, date.today())  # noqa: DTZ011 - the person's own day
        except InputError as error:
            dialog.say(str(error))
        else:
            break
    if look_again:
        agreement.keep(agree(agreement.record, text, look_again))


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
