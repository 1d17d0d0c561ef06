"""`reflect`: ask, stop at the pause, show the next move and resources, save."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pltool.cli.options import Classroom, Content, OptionalModel, Output, Plain
from pltool.cli.output import choose_form, deliver_outline, to_file
from pltool.errors import PltoolError, StorageError, UnknownNameError

if TYPE_CHECKING:
    from pathlib import Path

    from pltool.cli.conversation import Conversation
    from pltool.cli.session import Session
    from pltool.core.draft import Draft
    from pltool.core.progression import Progression
    from pltool.core.reflection import Labels, Reflection
    from pltool.files.library import Library

FORMS = ("text", "markdown", "html", "json")


def reflect(
    model: OptionalModel = None,
    phase: Annotated[
        str | None, typer.Option("--phase", metavar="PHASE", help="Ask one phase only, such as foundation.")
    ] = None,
    classroom: Classroom = None,
    output: Output = None,
    form: Annotated[str | None, typer.Option("--format", metavar="text|markdown|html|json")] = None,
    content: Content = None,
    plain: Plain = False,
) -> None:
    """Go down a progression to your pause, and see a possible next move."""
    from pltool.cli.conversation import open_conversation
    from pltool.cli.session import REFLECT_KEYS, Stopped
    from pltool.core.reflection import Labels
    from pltool.files.library import Library
    from pltool.terminal.ask import EndOfInput

    chosen = choose_form(form, output, FORMS, "text")
    library = Library(content or ())
    if model is not None:
        library.progression(model)
    conversation = open_conversation(plain=plain)
    session: Session | None = None
    try:
        session = _open_session(library, conversation, model, phase, Labels(classroom=classroom))
        if session is None:
            return
        session.ask_to_the_end(REFLECT_KEYS)
        if sys.stdin.isatty():
            session.review(REFLECT_KEYS)
    except Stopped:
        _say_kept(conversation, session)
        return
    except EndOfInput:
        _say_kept(conversation, session, why="The input ended before the pause was reached.")
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        _say_kept(conversation, session)
        raise typer.Exit(130) from None
    record = _seal(library, session)
    saved = _save(session, record)
    _show(conversation, record, saved, chosen, output)


def _open_session(
    library: Library, conversation: Conversation, model: str | None, phase: str | None, labels: Labels
) -> Session | None:
    """A new session, or one taken up where it was left; None if the person leaves at once."""
    from pltool.cli.session import Session, new_draft
    from pltool.files.drafts import DraftFile
    from pltool.report.question import introduction

    draft = _resume(library, conversation, model, phase, labels) if sys.stdin.isatty() else None
    if draft is None:
        if model is None:
            model = _choose_model(library, conversation)
            if model is None:
                return None
        part = _part(library.progression(model), phase)
        draft = new_draft(model, kind="reflection", part=part, labels=labels)
    progression = library.progression(draft.model)
    progression = progression.only(draft.part) if draft.part else progression
    file = DraftFile(draft.id)
    file.claim()
    conversation.show(introduction(progression))
    return Session(conversation, progression, draft, file)


def _part(progression: Progression, phase: str | None) -> str | None:
    if phase is None:
        return None
    if progression.phase(phase) is None:
        known = ", ".join(phase.id for phase in progression.phases)
        raise UnknownNameError(f"`{progression.id}` has no phase `{phase}`; its phases are {known}.")
    return phase


def _choose_model(library: Library, conversation: Conversation) -> str | None:
    options = []
    for model in library.paths:
        progression = library.progression(model)
        options.append((model, f"{progression.title} ({model})"))
    return conversation.choose("Which model do you want to reflect on", options)


def _resume(
    library: Library, conversation: Conversation, model: str | None, phase: str | None, labels: Labels
) -> Draft | None:
    """The latest draft of the same thing that nobody is answering, if the person wants to go on with it."""
    from pltool.cli.session import now
    from pltool.files.drafts import DraftFile, read_drafts
    from pltool.report.words import ago, count

    for draft in read_drafts():
        if isinstance(draft, PltoolError):
            conversation.say(str(draft))
            continue
        if draft.kind != "reflection" or draft.model not in library.paths or not draft.answers:
            continue
        if (model and draft.model != model) or (phase and draft.part != phase):
            continue
        if labels.classroom is not None and draft.labels.classroom != labels.classroom:
            continue
        file = DraftFile(draft.id)
        if not file.claim():
            continue
        title = library.progression(draft.model).title
        where = f" for {draft.labels.classroom}" if draft.labels.classroom else ""
        conversation.say(
            f"You have an unfinished reflection on {title}{where}: "
            f"{count(len(draft.answers), 'answer')}, the last one {ago(draft.updated, now())}."
        )
        key = conversation.key({"g": "go on with it", "a": "begin anew, and keep it", "d": "delete it"})
        if key == "g":
            file.release(delete=False)
            return draft
        file.release(delete=key == "d")
        if key == "a":
            break
    return None


def _say_kept(conversation: Conversation, session: Session | None, why: str = "Stopped.") -> None:
    from pltool.report.words import count

    if session is None or not session.draft.answers:
        if session is not None:
            session.file.release(delete=True)
        conversation.say(f"{why} Nothing was answered yet.")
        return
    answers = count(len(session.draft.answers), "answer")
    if session.unsaved:
        conversation.say(f"{why} Your {answers} could not be saved: {session.unsaved}")
        return
    session.file.release(delete=False)
    command = f"pltool reflect {session.draft.model}"
    conversation.say(
        f"{why} Your {answers} {'is' if answers.startswith('1 ') else 'are'} kept; {command} goes on from there."
    )


def _seal(library: Library, session: Session) -> Reflection:
    from pltool.cli.session import now
    from pltool.core.reflection import seal

    draft = session.draft
    pause = session.interview.standing.pause
    return seal(
        session.progression,
        session.interview.answers,
        bank=library.bank_of(pause.step.resources if pause else ()),
        record_id=draft.id,
        started=draft.started,
        finished=now(),
        part=draft.part,
        built_in=library.is_own(draft.model),
        labels=draft.labels,
    )


def _save(session: Session, record: Reflection) -> Path | None:
    """Write the record and drop the draft; None, with a warning, where that is impossible."""
    from pltool.files.records import save_record

    try:
        path = save_record(record)
    except StorageError as error:
        session.conversation.say(f"This reflection is not saved: {error}")
        return None
    session.file.release(delete=True)
    return path


def _show(
    conversation: Conversation, record: Reflection, saved: Path | None, form: str, output: Path | None
) -> None:
    from pltool.core.reflection import record_json
    from pltool.report.pause import pause_report, screen_report

    if form == "text" and not to_file(output):
        for section in screen_report(record):
            conversation.show_result(section)
    elif form == "json":
        from pltool.cli.output import deliver

        deliver(record_json(record), output)
    else:
        deliver_outline(pause_report(record), form, output)
    if to_file(output):
        if sys.stdout.isatty():
            for section in screen_report(record):
                conversation.show_result(section)
        conversation.say(f"The report is in {output}.")
    if saved is not None:
        conversation.say(f"Saved as {saved}", "To hand it over: pltool report --output pause.md")
    elif output is None and sys.stdin.isatty():
        _offer_export(conversation, record)


def _offer_export(conversation: Conversation, record: Reflection) -> None:
    from pathlib import Path

    from pltool.report.pause import pause_report

    while name := conversation.line("Write the report to which file? (nothing for none)"):
        try:
            path = Path(name).expanduser()
            deliver_outline(pause_report(record), choose_form(None, path, FORMS[:3], "markdown"), path)
        except PltoolError as error:
            conversation.say(str(error))
        else:
            conversation.say(f"The report is in {path}.")
            return
