"""`observe`: reflect for an observer, with evidence, and a sheet for the conversation afterwards."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pltool.cli.identify import ask_cues, choose_model, settle
from pltool.cli.options import Classroom, Content, Form, Output, Plain
from pltool.cli.output import choose_form
from pltool.cli.paper_notes import type_up
from pltool.cli.sitting.after_visit import finish, show_sheet
from pltool.cli.sitting.dialog import open_conversation
from pltool.cli.sitting.observing import OBSERVE_KEYS, ObservationSession
from pltool.cli.sitting.resume import resume_draft
from pltool.cli.sitting.sealing import save, say_kept, seal_session
from pltool.cli.sitting.session import Stopped, hold, new_draft
from pltool.core.cue_interview import Inquiry
from pltool.core.record import Labels
from pltool.errors import InputError
from pltool.files.cues import read_cues
from pltool.files.library import Library
from pltool.files.records import last_visit
from pltool.report.observation import agreed_before, before_the_model, how_it_works, welcome

if TYPE_CHECKING:
    from pltool.cli.sitting.dialog import Conversation
    from pltool.core.draft import Draft

FORMS = ("text", "markdown", "html", "json")


def observe(
    model: Annotated[
        str | None,
        typer.Argument(
            metavar="MODEL",
            help="The id of a progression; without it, some questions find the model first.",
            show_default=False,
        ),
    ] = None,
    classroom: Classroom = None,
    observer: Annotated[
        str | None,
        typer.Option("--observer", metavar="LABEL", help="Who observes; a code will do."),
    ] = None,
    role: Annotated[
        str | None,
        typer.Option(
            "--role", metavar="ROLE", help="As what: teacher, coach or principal; walks count by it."
        ),
    ] = None,
    school: Annotated[
        str | None, typer.Option("--school", metavar="LABEL", help="Which school; a code will do.")
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers", metavar="FILE", help="Type up paper notes: an answers file, nothing is asked."
        ),
    ] = None,
    output: Output = None,
    form: Form = None,
    content: Content = None,
    plain: Plain = False,
) -> None:
    """Observe a classroom step by step, note evidence, and get a sheet for the conversation."""
    chosen = choose_form(form, output, FORMS, "text")
    library = Library(content or ())
    labels = Labels(classroom=classroom, school=school, observer=observer, observer_role=role)
    if answers is not None:
        type_up(library, model, answers, labels, chosen, output)
        return
    if model is not None:
        library.progression(model)

    conversation = open_conversation(plain=plain)
    _observe(library, conversation, model, labels, chosen, output)


def observe_here(library: Library, conversation: Conversation, model: str) -> None:
    """Observe in a conversation that has found the model."""
    _observe(library, conversation, model, Labels(), "text", None)


def _observe(
    library: Library,
    conversation: Conversation,
    model: str | None,
    labels: Labels,
    form: str,
    output: Path | None,
) -> None:
    from pltool.terminal.ask import EndOfInput

    session: ObservationSession | None = None
    try:
        session = _open_session(library, conversation, model, labels)
        if session is None:
            return
        try:
            session.ask_to_the_end(OBSERVE_KEYS)
            if sys.stdin.isatty():
                session.review(OBSERVE_KEYS)
        except Stopped:
            if not _ends_here(session):
                _say_kept(session)
                return
        at_end = _ask_model_again(library, session) if sys.stdin.isatty() else None
    except EndOfInput:
        _say_kept_if_any(conversation, session, "The input ended before the pause was reached.")
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        _say_kept_if_any(conversation, session, "Stopped.")
        raise typer.Exit(130) from None
    record = replace(seal_session(library, session), model_at_end=at_end)
    saved = save(session, record)
    show_sheet(conversation, record, form, output)
    try:
        finish(conversation, record, saved, output)
    except (EndOfInput, KeyboardInterrupt):
        conversation.say(f"Saved as {saved}" if saved else "Nothing was saved.")


def _open_session(
    library: Library, conversation: Conversation, model: str | None, labels: Labels
) -> ObservationSession | None:
    """A new observation, or one taken up where it was left; None if the person leaves at once."""
    asked = sys.stdin.isatty()
    draft = None
    if asked:
        draft = resume_draft(library, conversation, kind="observation", model=model, part=None, labels=labels)
    resumed = draft is not None
    if draft is None:
        if model is None:
            conversation.show(before_the_model())
            model = _identify(library, conversation)
        if model is None:
            return None
        conversation.show(welcome(library.progression(model)))
        draft = _begin(conversation, model, labels, asked=asked)
    progression = library.progression(draft.model)
    file = hold(draft)
    if not resumed:
        conversation.show(how_it_works())
    return ObservationSession(conversation, progression, draft, file)


def _begin(conversation: Conversation, model: str, labels: Labels, *, asked: bool) -> Draft:
    """A new draft, opened with what was agreed after the last visit to the classroom."""
    if asked and labels.classroom is None:
        given = conversation.line("Which classroom? A code will do (nothing for none):")
        labels = replace(labels, classroom=given or None)
    draft = new_draft(model, kind="observation", part=None, labels=labels)
    last = last_visit(labels.classroom) if labels.classroom else None
    if last is None or last.open_step is None:
        return draft
    look_again = last.next_step.look_again if last.next_step else None
    conversation.show(agreed_before(last.open_step.text, last.finished, look_again))
    return replace(draft, follow_up=replace(last.open_step, outcome=None))


def _identify(library: Library, conversation: Conversation) -> str | None:

    inquiry = ask_cues(conversation, Inquiry(read_cues(library)))
    if sys.stdin.isatty():
        return settle(library, conversation, inquiry)
    verdict = inquiry.verdict
    if verdict.outcome not in {"model", "mixed"}:
        raise InputError("The model is not clear from these answers. Name it: pltool observe MODEL")
    return verdict.named[0]


def _ends_here(session: ObservationSession) -> bool:
    """Whether the visit is over: then what was seen becomes the sheet, and there is no pause."""
    if not sys.stdin.isatty() or session.interview.question is None or not session.draft.answers:
        return False
    key = session.conversation.key(
        {"l": "go on later", "v": "the visit is over: make the sheet from what was seen"}
    )
    return key == "v"


def _ask_model_again(library: Library, session: ObservationSession) -> str | None:
    """Another model, if the observer sees the room differently by now."""
    conversation, title = session.conversation, session.progression.title
    conversation.say(f"One sees more by the end of a visit. Was this {title} after all?")
    if conversation.key({"y": "yes", "n": "another model", "u": "could not tell"}) != "n":
        return None
    chosen = choose_model(library, conversation, [], "Which model was it")
    if chosen in {None, session.draft.model}:
        return None
    conversation.say(
        f"Noted. Your answers stay with {title}, as they were asked; pltool observe {chosen} asks the other one."
    )
    return chosen


def _say_kept_if_any(conversation: Conversation, session: ObservationSession | None, why: str) -> None:
    if session is None:
        conversation.say(f"{why} Nothing was answered yet.")
    else:
        _say_kept(session, why)


def _say_kept(session: ObservationSession, why: str = "Stopped.") -> None:
    """Say what is kept of an interrupted observation, and how to go on."""
    if session.draft.noted and not session.draft.answers and not session.unsaved:
        session.file.release(delete=False)
        session.conversation.say(
            f"{why} Your notes are kept; pltool observe {session.draft.model} goes on from there."
        )
        return
    say_kept(session.conversation, session, "observe", why)
