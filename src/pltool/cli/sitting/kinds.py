"""The two sittings there are, and in what they differ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pltool.cli.sitting.classroom import with_classroom
from pltool.cli.sitting.cue_questions import choose_model, find_model
from pltool.cli.sitting.earlier import last_of, last_visit
from pltool.cli.sitting.next_step import ask_for_next_step, ask_how_it_went, ask_what_was_agreed
from pltool.cli.sitting.observing import OBSERVE_KEYS, ObservationSession
from pltool.cli.sitting.resume import carry_over
from pltool.cli.sitting.session import REFLECT_KEYS, Session
from pltool.report.conversation_sheet import conversation_sheet, screen_sheet
from pltool.report.observation import agreed_before, before_the_model, how_it_works, welcome
from pltool.report.pause import pause_report, screen_report
from pltool.report.phrases import count
from pltool.report.question import introduction

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pltool.cli.sitting.dialog import Dialog
    from pltool.cli.sitting.next_step import Agreement
    from pltool.core.draft import Draft
    from pltool.core.history import PastRecord
    from pltool.core.progression import AskedAs, Progression
    from pltool.core.record import Kind, Labels, Reflection
    from pltool.files.library import Library
    from pltool.report.formats.outline import Outline


@dataclass(frozen=True, kw_only=True)
class Request:
    """What was asked for on the command line.

    Attributes:
        model: the id of a progression; None to find it with the person.
        part: the id of a phase, where only that one is to be asked.
        asked_as: whose actions to ask; None for the usual ones.
        from_pause: start where the last reflection paused.
        format_: the format of the report.
        output: the file to write it to; None for the screen or standard output.
        force: replace also a file that people write in.
    """

    model: str | None
    labels: Labels
    part: str | None = None
    asked_as: AskedAs | None = None
    from_pause: bool = False
    format_: str = "text"
    output: Path | None = None
    force: bool = False


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """What is particular to one kind of sitting; everything else is the same for both.

    Attributes:
        command: the name of its command, for messages.
        asked_as: whose actions it asks, where nothing else is said.
        find_model: finds the progression with the person; None to stop.
        begin: what comes before the first question: labels, what was agreed before, answers carried over. It is given
            the steps to ask, and returns the draft with the last record, whose answers are shown.
        explain: what is shown once, right before the first question.
        report: what is written to a file.
        sections: the same for the screen, in parts that are read one after the other.
        report_name: what the report is called.
        ask_next_step: asks what is to be tried next, and keeps it.
        offers_file: whether a file for the report is offered although the record is saved.
        asks_model_again: whether another model may be named at the end.
        may_end_early: whether stopping may turn what there is into a record.
    """

    kind: Kind
    command: str
    asked_as: AskedAs
    session: type[Session]
    keys: Mapping[str, str]
    find_model: Callable[[Library, Dialog], str | None]
    begin: Callable[[Dialog, Library, Progression, Draft, Request], tuple[Draft, PastRecord | None]]
    explain: Callable[[Progression], Outline]
    report: Callable[[Reflection], Outline]
    sections: Callable[[Reflection], list[Outline]]
    report_name: str
    ask_next_step: Callable[[Dialog, Agreement], None]
    offers_file: bool
    asks_model_again: bool
    may_end_early: bool


def _choose_to_reflect(library: Library, dialog: Dialog) -> str | None:
    title = "Which model do you want to reflect on? (Not sure which it is: q, and then pltool identify)"
    return choose_model(library, dialog, title, [])


def _find_to_observe(library: Library, dialog: Dialog) -> str | None:
    dialog.show(before_the_model())
    return find_model(library, dialog)


def _begin_reflection(
    dialog: Dialog, library: Library, progression: Progression, draft: Draft, request: Request
) -> tuple[Draft, PastRecord | None]:
    draft = with_classroom(dialog, draft, always_ask=False)
    # The whole of it: whether a leader has actions decides whose records are of the same line.
    last = last_of(draft, library.progression(draft.model))
    if dialog.interactive:
        draft = replace(draft, follow_up=ask_how_it_went(dialog, last))
    if not request.from_pause:
        return draft, last
    if last is None:
        dialog.say("There is no earlier reflection to start from; this one starts at the first step.")
        return draft, None
    draft = carry_over(draft, last, progression)
    if number := len(draft.answers):
        dialog.say(
            f"{count(number, 'answer')} from last time {'is' if number == 1 else 'are'} carried over. "
            "Press b to go back to one."
        )
    return draft, last


def _begin_observation(
    dialog: Dialog, _library: Library, progression: Progression, draft: Draft, _request: Request
) -> tuple[Draft, None]:
    """Open with what was agreed after the last visit to the classroom."""
    dialog.show(welcome(progression))
    draft = with_classroom(dialog, draft, always_ask=True)
    last = last_visit(draft.labels.classroom)
    if last is None or last.open_step is None:
        return draft, None
    look_again = last.next_step.look_again if last.next_step else None
    dialog.show(agreed_before(last.open_step.text, last.finished, look_again))
    return replace(draft, follow_up=replace(last.open_step, outcome=None)), None


REFLECTION = Sitting(
    kind="reflection",
    command="reflect",
    asked_as="teacher",
    session=Session,
    keys=REFLECT_KEYS,
    find_model=_choose_to_reflect,
    begin=_begin_reflection,
    explain=introduction,
    report=pause_report,
    sections=screen_report,
    report_name="report",
    ask_next_step=ask_for_next_step,
    offers_file=False,
    asks_model_again=False,
    may_end_early=False,
)
OBSERVATION = Sitting(
    kind="observation",
    command="observe",
    asked_as="all",
    session=ObservationSession,
    keys=OBSERVE_KEYS,
    find_model=_find_to_observe,
    begin=_begin_observation,
    explain=lambda _: how_it_works(),
    report=conversation_sheet,
    sections=screen_sheet,
    report_name="conversation sheet",
    ask_next_step=ask_what_was_agreed,
    offers_file=True,
    asks_model_again=True,
    may_end_early=True,
)
