"""The step agreed at a pause: choosing it, and asking the next time what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from pltool.cli.recording import now
from pltool.core.dates import find_day, in_full, read_day
from pltool.core.record import NextStep, agree
from pltool.errors import InputError, StorageError
from pltool.files.records import save_record
from pltool.report.formats.outline import Bullets, paragraph, text
from pltool.report.next_step import plan_blocks
from pltool.report.phrases import day

if TYPE_CHECKING:
    from pathlib import Path

    from pltool.cli.sitting.dialog import Dialog
    from pltool.cli.sitting.session import Session
    from pltool.core.history import PastRecord
    from pltool.core.record import FollowUp, Outcome, Reflection

OUTCOME_KEYS: dict[str, tuple[Outcome, str]] = {
    "d": ("done", "done"),
    "g": ("going_on", "going on"),
    "c": ("changed", "changed on the way"),
}


@dataclass(slots=True)
class Agreement:
    """A record to which a step is added, saved again each time where it was saved before.

    Attributes:
        saved: where the record is; None where it could not be saved.
        on_disk: the step as that file has it.
        unkept: why the file has not all that was said of the step; None where it has.
    """

    dialog: Dialog
    record: Reflection
    saved: Path | None
    on_disk: NextStep | None = None
    unkept: str | None = None

    def keep(self, agreed: Reflection) -> None:
        """Take over the record with the step; say so once where it cannot be saved."""
        self.record = agreed
        if self.saved is None:
            return
        try:
            save_record(agreed)
        except StorageError as error:
            if self.unkept is None:
                self.dialog.say(
                    f"The next step cannot be saved now: {error} The {agreed.kind} itself is safe."
                )
            self.unkept = str(error)
        else:
            self.on_disk, self.unkept = agreed.next_step, None

    def say_what_is_kept(self) -> None:
        """Name the place of the record, and what of the step it does not have."""
        if self.saved is None:
            return
        self.dialog.tell_path("Saved as", self.saved)
        if self.unkept is None:
            return
        what = "The next step is" if self.on_disk is None else "What you said last of the next step is"
        self.dialog.say(
            f"{what} not in it, since it could not be saved. "
            'When there is room again: pltool report --agree "what you chose"'
        )


def ask_for_next_step(dialog: Dialog, agreement: Agreement) -> None:
    """Offer the possible next moves, the person's own words, or nothing."""
    pause = agreement.record.pause
    if pause is None:
        return
    moves = [move.move for move in pause.next_moves]
    words = ("this move",) if len(moves) == 1 else ("first move", "second", "third")
    keys = {str(number): words[number - 1] for number in range(1, len(moves) + 1)}
    dialog.show(
        (
            paragraph("Would you like to note a next step? It is yours to choose, and nobody is told."),
            Bullets(tuple((text(move),) for move in moves), mark="number"),
        )
    )
    key = dialog.key({**keys, "w": "own words", "s": "not now", "q": ""})
    if key in {"s", "q"}:
        return
    chosen = dialog.line("Your next step:") if key == "w" else moves[int(key) - 1]
    if chosen:
        _plan(dialog, agreement, chosen)


def ask_what_was_agreed(dialog: Dialog, agreement: Agreement) -> None:
    """Ask an observer who has talked with the teacher already what they agreed on."""
    dialog.say("Have you talked with the teacher already? What comes next is the teacher's choice.")
    if dialog.key({"t": "talked: note what was agreed", "l": "later", "q": ""}) != "t":
        return
    agreed = dialog.line("What was agreed?")
    if agreed:
        _plan(dialog, agreement, agreed)


def _plan(dialog: Dialog, agreement: Agreement, chosen: str) -> None:
    """Ask for the plan around a step. Each answer is kept before the next question; Enter alone passes it over."""
    today = date.fromisoformat(now()[:10])
    step = NextStep(text=chosen, agreed=now())
    agreement.keep(agree(agreement.record, step))
    dialog.say(f"Noted: “{chosen}”", "A plan helps it along. Enter alone passes a question over.")
    if when := dialog.line("When, and in which class? (such as: Friday in period 3)"):
        first_try = find_day(when, today)
        if first_try is not None:
            dialog.say(f"That is {in_full(first_try)}.")
        step = replace(step, when=when, try_on=first_try.isoformat() if first_try else None)
        agreement.keep(agree(agreement.record, step))
    if obstacle := dialog.line(
        "If something gets in the way, what then? (such as: if we run late, on Monday)"
    ):
        step = replace(step, if_in_the_way=obstacle)
        agreement.keep(agree(agreement.record, step))
    if partner := dialog.line("Who could watch, or try it too?"):
        step = replace(step, partner=partner)
        agreement.keep(agree(agreement.record, step))
    if look_again := _ask_for_a_day(dialog, today):
        agreement.keep(agree(agreement.record, replace(step, look_again=look_again.isoformat())))
        dialog.say(
            f"Look again on {in_full(look_again)}.", "For your calendar: pltool report --output next.ics"
        )


def _ask_for_a_day(dialog: Dialog, today: date) -> date | None:
    while given := dialog.line("Look again on which day? (12/7, friday, 2 weeks, or a number of days)"):
        try:
            return read_day(given, today)
        except InputError as error:
            dialog.say(str(error))
    return None


def ask_how_it_went(dialog: Dialog, last: PastRecord | None) -> FollowUp | None:
    """Open with the step agreed last time, or one that was still going on, and ask what became of it."""
    if last is None or last.open_step is None:
        return None
    step, agreed = last.open_step, last.next_step
    begin = "you chose a next step" if agreed else "this next step was still open"
    dialog.show(
        (
            paragraph(f"On {day(last.finished)} {begin}:"),
            paragraph(f"“{step.text}”", "strong"),
            *(plan_blocks(agreed) if agreed else ()),
            paragraph("How did it go?"),
        )
    )
    keys = {key: words for key, (_, words) in OUTCOME_KEYS.items()}
    key = dialog.key({**keys, "s": "skip"})
    return replace(step, outcome=OUTCOME_KEYS[key][0] if key in OUTCOME_KEYS else None)


def ask_what_happened(session: Session) -> None:
    """Ask how often the step was tried and what happened; each answer is kept before the next question."""
    step = session.draft.follow_up
    if step is None or step.outcome is None or session.resumed or not session.dialog.interactive:
        return
    if tried := session.dialog.line("How often did you try it? (Enter alone: no answer)"):
        session.draft = replace(session.draft, follow_up=replace(step, tried=tried))
        session.keep()
    if happened := session.dialog.line("What happened? (Enter alone: no answer)"):
        session.draft = replace(
            session.draft, follow_up=replace(step, tried=tried or None, happened=happened)
        )
        session.keep()
