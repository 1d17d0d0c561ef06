"""One sitting from the first question to the exit status. Its statuses are made here and nowhere else."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from pltool.cli.recording import steps_asked
from pltool.cli.sitting.cue_questions import choose_model
from pltool.cli.sitting.earlier import last_of
from pltool.cli.sitting.finish import Finished, finish
from pltool.cli.sitting.next_step import ask_what_happened
from pltool.cli.sitting.resume import resume_draft
from pltool.cli.sitting.session import Stopped, lock_draft, new_draft
from pltool.cli.sitting.typed_up import type_up
from pltool.errors import EndOfInput, PltoolError, StorageError
from pltool.files.named import find_phase
from pltool.report.phrases import count

if TYPE_CHECKING:
    from pathlib import Path

    from pltool.cli.sitting.dialog import Dialog
    from pltool.cli.sitting.kinds import Request, Sitting
    from pltool.cli.sitting.session import Session
    from pltool.files.library import Library

DONE, FAILED, INTERRUPTED = 0, 1, 130


def run(sitting: Sitting, library: Library, dialog: Dialog, request: Request) -> int:
    """Ask to the pause, save, and say what comes next.

    Returns:
        The exit status: 0 done, or stopped with everything kept; 1 where the input ended before the pause, something
        that was said could not be kept, or the file asked for could not be written; 130 after Ctrl-C.

    Raises:
        PltoolError: a line was no answer, or the content cannot be read; what was answered before is kept.
    """
    if request.model is not None and request.part is not None:
        request = replace(request, part=find_phase(library.progression(request.model), request.part).id)
    session: Session | None = None
    try:
        session = _open_session(sitting, library, dialog, request)
        if session is None:
            return DONE
        if session.draft.given:
            session.keep()
        model_at_end = _answer(sitting, library, session)
    except Stopped:
        _say_kept(sitting, dialog, session, "Stopped.")
        return DONE
    except EndOfInput:
        _say_kept(sitting, dialog, session, _where_it_ended(session))
        return FAILED
    except KeyboardInterrupt:
        _say_kept(sitting, dialog, session, "Stopped.")
        return INTERRUPTED
    except PltoolError:
        if session is not None:
            _say_kept(sitting, dialog, session, "Stopped.")
        raise
    return _status(finish(sitting, library, session, request, model_at_end))


def take_answers(sitting: Sitting, library: Library, path: Path, request: Request) -> int:
    """Make a record of answers that were written elsewhere, and its report; nothing is asked.

    Returns:
        The exit status: 0 done, 1 where the record could not be saved.

    Raises:
        PltoolError: the file cannot be read, or the report cannot be written.
    """
    return _status(type_up(sitting, library, path, request))


def _status(finished: Finished) -> int:
    if finished.interrupted:
        return INTERRUPTED
    return DONE if finished.complete else FAILED


def _open_session(sitting: Sitting, library: Library, dialog: Dialog, request: Request) -> Session | None:
    """A new session, or one taken up where it was left; None if the person leaves at once."""
    draft = None
    if dialog.interactive:
        draft = resume_draft(
            library,
            dialog,
            kind=sitting.kind,
            model=request.model,
            part=request.part,
            labels=request.labels,
            asked_as=request.asked_as,
        )
    resumed = draft is not None
    if draft is None:
        model = request.model or sitting.find_model(library, dialog)
        if model is None:
            return None
        draft = new_draft(
            model,
            kind=sitting.kind,
            part=find_phase(library.progression(model), request.part).id if request.part else None,
            labels=request.labels,
            asked_as=request.asked_as or sitting.asked_as,
        )
    whole = library.progression(draft.model)
    progression = steps_asked(whole.only(draft.part) if draft.part else whole, draft.asked_as)
    if not resumed:
        draft, last = sitting.begin(dialog, library, progression, draft, request)
    else:
        last = last_of(draft, whole) if sitting.kind == "reflection" else None
    session = sitting.session(dialog, progression, draft, lock_draft(draft), last=last)
    session.resumed = resumed
    return session


def _answer(sitting: Sitting, library: Library, session: Session) -> str | None:
    """Ask to the pause and let the person look the answers over; the model named at the end, if another.

    Raises:
        Stopped: the person stopped, and wants to go on later.
    """
    dialog = session.dialog
    ask_what_happened(session)
    if not session.draft.answers and not session.draft.noted:
        dialog.show(sitting.explain(session.progression))
    try:
        session.ask_to_the_end(sitting.keys)
        if dialog.interactive:
            session.review(sitting.keys)
    except Stopped:
        if not sitting.may_end_early or not _ends_here(session):
            raise
    if not sitting.asks_model_again or not dialog.interactive:
        return None
    return _ask_model_again(library, session)


def _ends_here(session: Session) -> bool:
    """Whether the visit is over: then what was seen becomes the sheet, and there is no pause."""
    if not session.dialog.interactive or session.interview.question is None or not session.draft.answers:
        return False
    keys = {"l": "go on later", "v": "the visit is over: make the sheet from what was seen"}
    return session.dialog.key(keys) == "v"


def _ask_model_again(library: Library, session: Session) -> str | None:
    """Another model, if the observer sees the room differently by now."""
    dialog, title = session.dialog, session.progression.title
    dialog.say(f"One sees more by the end of a visit. Was this {title} after all?")
    if dialog.key({"y": "yes", "n": "another model", "u": "could not tell"}) != "n":
        return None
    chosen = choose_model(library, dialog, "Which model was it", [])
    if chosen in {None, session.draft.model}:
        return None
    dialog.say(
        f"Noted. Your answers stay with {title}, as they were asked; pltool observe {chosen} asks the other one."
    )
    return chosen


def _where_it_ended(session: Session | None) -> str:
    if session is None or session.interview.question is not None:
        return "The input ended before the pause was reached."
    return "The input ended before this was saved."


def _say_kept(sitting: Sitting, dialog: Dialog, session: Session | None, why: str) -> None:
    """Say what is kept of a sitting that did not reach its end, and how to go on."""
    if session is None:
        dialog.say(why)
        return
    draft = session.draft
    if not draft.given:
        with contextlib.suppress(StorageError):
            session.file.release(delete=True)
        dialog.say(f"{why} Nothing was answered yet.")
        return
    session.keep()  # Ctrl-C may have come in the middle of the last write, and there may be room again
    session.file.release(delete=False)
    number = draft.given
    only_notes = bool(draft.noted) and not draft.answers
    what = "Your notes" if only_notes else f"Your {count(number, 'answer')}"
    if session.unsaved:
        dialog.say(f"{why} {what} could not be saved: {session.unsaved}")
        return
    verb = "is" if number == 1 and not only_notes else "are"
    dialog.say(f"{why} {what} {verb} kept; pltool {sitting.command} {draft.model} goes on from there.")
