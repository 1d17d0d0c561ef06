"""The end of a sitting: its answers sealed in a record, or kept as a draft for later."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from pltool.cli.recording import now
from pltool.core.record import make_record
from pltool.errors import StorageError
from pltool.files.records import save_record
from pltool.report.phrases import count

if TYPE_CHECKING:
    from pathlib import Path

    from pltool.cli.sitting.dialog import Conversation
    from pltool.cli.sitting.session import Session
    from pltool.core.record import Reflection
    from pltool.files.library import Library


def seal_session(library: Library, session: Session) -> Reflection:
    """The answers of a sitting as a record, finished at this moment."""
    draft = session.draft
    return make_record(
        session.progression,
        session.sheet,
        resources=library.bank_of,
        record_id=draft.id,
        started=draft.started,
        finished=now(),
        kind=draft.kind,
        part=draft.part,
        built_in=library.is_own(draft.model),
        follow_up=draft.follow_up,
    )


def save(session: Session, record: Reflection) -> Path | None:
    """Write the record and drop the draft; None, with a warning, where that is impossible."""
    try:
        path = save_record(record)
    except StorageError as error:
        session.file.release(delete=False)
        session.conversation.say(f"This {record.kind} is not saved: {error}")
        return None
    with contextlib.suppress(StorageError):  # a draft of what is sealed is dropped the next time
        session.file.release(delete=True)
    return path


def say_kept(
    conversation: Conversation, session: Session | None, command: str, why: str = "Stopped."
) -> None:
    """Say what is kept of an interrupted session, and how to go on."""
    if session is None:
        conversation.say(why)
        return
    if not session.draft.given:
        session.file.release(delete=True)
        conversation.say(f"{why} Nothing was answered yet.")
        return
    number = session.draft.given
    answers = f"Your {count(number, 'answer')}"
    if session.unsaved:
        session.keep()  # there may be room again
    session.file.release(delete=False)
    if session.unsaved:
        conversation.say(f"{why} {answers} could not be saved: {session.unsaved}")
        return
    conversation.say(
        f"{why} {answers} {'is' if number == 1 else 'are'} kept; "
        f"pltool {command} {session.draft.model} goes on from there."
    )
