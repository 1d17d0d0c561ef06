"""`reflect`: ask, stop at the pause, show the next move and resources, save."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pltool.cli.options import Classroom, Content, Form, OptionalModel, Output, Plain
from pltool.cli.output import choose_form, to_file
from pltool.cli.sitting.dialog import open_conversation
from pltool.cli.sitting.next_step import ask_how_it_went
from pltool.cli.sitting.result import FORMS, finish, show_result
from pltool.cli.sitting.resume import carry_over, resume_draft
from pltool.cli.sitting.sealing import save, say_kept, seal_session
from pltool.cli.sitting.session import REFLECT_KEYS, Session, Stopped, hold, new_draft
from pltool.core.record import Labels
from pltool.errors import UnknownNameError
from pltool.files.library import Library
from pltool.files.records import last_record
from pltool.report.phrases import count
from pltool.report.question import introduction

if TYPE_CHECKING:
    from pltool.cli.sitting.dialog import Conversation
    from pltool.core.progression import Progression


def reflect(
    model: OptionalModel = None,
    phase: Annotated[
        str | None, typer.Option("--phase", metavar="PHASE", help="Ask one phase only, such as foundation.")
    ] = None,
    classroom: Classroom = None,
    from_pause: Annotated[
        bool,
        typer.Option("--from-pause", help="Start where you paused last time; b goes back to earlier steps."),
    ] = False,
    output: Output = None,
    form: Form = None,
    content: Content = None,
    plain: Plain = False,
) -> None:
    """Go down a progression to your pause, and see a possible next move."""
    from pltool.terminal.ask import EndOfInput

    chosen = choose_form(form, output, FORMS, "text")
    library = Library(content or ())
    if model is not None:
        _part(library.progression(model), phase)
    conversation = open_conversation(plain=plain)
    labels = Labels(classroom=(classroom or "").strip() or None)
    session: Session | None = None
    try:
        session = _open_session(library, conversation, model, phase, labels, from_pause=from_pause)
        if session is None:
            return
        session.ask_to_the_end(REFLECT_KEYS)
        if sys.stdin.isatty():
            session.review(REFLECT_KEYS)
    except Stopped:
        say_kept(conversation, session, "reflect")
        return
    except EndOfInput:
        say_kept(conversation, session, "reflect", why="The input ended before the pause was reached.")
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        say_kept(conversation, session, "reflect")
        raise typer.Exit(130) from None
    record = seal_session(library, session)
    saved = save(session, record)
    try:
        written = show_result(session, record, chosen, output)
        done = finish(session, record, saved, exported=written and to_file(output))
    except EndOfInput:
        done = written = _say_where(conversation, saved)
    except KeyboardInterrupt:
        _say_where(conversation, saved)
        raise typer.Exit(130) from None
    raise typer.Exit(0 if done and written else 1)


def _open_session(
    library: Library,
    conversation: Conversation,
    model: str | None,
    phase: str | None,
    labels: Labels,
    *,
    from_pause: bool,
) -> Session | None:
    """A new session, or one taken up where it was left; None if the person leaves at once."""
    asked = sys.stdin.isatty()
    draft = None
    if asked:
        draft = resume_draft(library, conversation, kind="reflection", model=model, part=phase, labels=labels)
    resumed = draft is not None
    if draft is None:
        model = model or _choose_model(library, conversation)
        if model is None:
            return None
        part = _part(library.progression(model), phase)
        draft = new_draft(model, kind="reflection", part=part, labels=labels)
    whole = library.progression(draft.model)
    progression = whole.only(draft.part) if draft.part else whole
    last = last_record(draft.model, kind="reflection", part=draft.part, classroom=draft.labels.classroom)
    if not resumed and asked:
        draft = replace(draft, follow_up=ask_how_it_went(conversation, last))
    if not resumed and from_pause:
        draft = carry_over(draft, last, progression)
        _say_carried(conversation, len(draft.answers), has_last=last is not None)
    session = Session(conversation, progression, draft, hold(draft), last=last)
    if draft.given:
        session.keep()
    if not resumed and not draft.answers:
        conversation.show(introduction(progression))
    return session


def _say_carried(conversation: Conversation, number: int, *, has_last: bool) -> None:

    if not has_last:
        conversation.say("There is no earlier reflection to start from; this one starts at the first step.")
    elif number:
        conversation.say(
            f"{count(number, 'answer')} from last time {'is' if number == 1 else 'are'} carried over. "
            "Press b to go back to one."
        )


def _part(progression: Progression, phase: str | None) -> str | None:
    if phase is not None and progression.phase(phase) is None:
        known = ", ".join(phase.id for phase in progression.phases)
        raise UnknownNameError(f"`{progression.id}` has no phase `{phase}`; its phases are {known}.")
    return phase


def _choose_model(library: Library, conversation: Conversation) -> str | None:
    options = [(model, f"{library.progression(model).title} ({model})") for model in library.paths]
    return conversation.choose("Which model do you want to reflect on", options)


def _say_where(conversation: Conversation, saved: Path | None) -> bool:
    conversation.say(f"Saved as {saved}" if saved else "Nothing was saved.")
    return saved is not None
