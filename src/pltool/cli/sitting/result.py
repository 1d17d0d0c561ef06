"""After the pause: showing the result, agreeing on a next step, and saying where everything is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pltool.cli.output import choose_form, lazily, to_file
from pltool.cli.sitting.next_step import Agreement, ask_for_next_step
from pltool.core.history import TodaysIds, content_change, known_answers, movement
from pltool.core.record import record_json
from pltool.core.standing import judge
from pltool.errors import PltoolError
from pltool.files.records import as_past
from pltool.report.pause import pause_report, screen_report
from pltool.report.question import since_last_time

if TYPE_CHECKING:
    from pltool.cli.sitting.dialog import Conversation
    from pltool.cli.sitting.session import Session
    from pltool.core.record import Reflection

FORMS = ("text", "markdown", "html", "json")


def show_result(session: Session, record: Reflection, form: str, output: Path | None) -> bool:
    """The result: on the screen, and in a file or another form where that was asked for; False if none could be."""
    written = True
    if to_file(output) or form != "text":
        try:
            lazily(lambda: pause_report(record), lambda: record_json(record), form, output)
        except PltoolError as error:
            session.conversation.say(str(error))
            written = False
    if sys.stdout.isatty() if to_file(output) else form == "text":
        for section in screen_report(record):
            session.conversation.show_result(section)
        show_since(session, record)
    if to_file(output) and written:
        session.conversation.say(f"The report is in {output}.")
    return written


def show_since(session: Session, record: Reflection) -> None:
    """What moved since last time, and how the progression has changed since."""
    last, progression = session.last, session.progression
    if last is None:
        return
    ids = TodaysIds(progression)
    moved = movement(known_answers([last], ids), as_past(record), ids)
    changed = content_change(last, progression)
    then = {placed.id: one["answer"] for one in last.answers if (placed := progression.find(one["step"]))}
    today = judge(progression, then)
    same = today.status is last.status and (today.pause and today.pause.id) == (last.pause and last.pause.id)
    if section := since_last_time(moved, changed, last.finished, None if same else today):
        session.conversation.show_result(section)


def finish(session: Session, record: Reflection, saved: Path | None, *, exported: bool) -> bool:
    """Agree on a next step, and say where everything is; False if nothing is kept anywhere."""
    conversation = session.conversation
    agreement = Agreement(conversation, record, saved)
    if sys.stdin.isatty():
        ask_for_next_step(conversation, record, agreement.keep)
    if saved is not None:
        conversation.say(f"Saved as {saved}", "To hand it over: pltool report --output pause.md")
    elif not exported and sys.stdin.isatty():
        return _offer_export(conversation, agreement.record)
    return saved is not None or exported


def _offer_export(conversation: Conversation, record: Reflection) -> bool:

    while name := conversation.line("Write the report to which file? (nothing for none)"):
        try:
            path = Path(name).expanduser()
            form = choose_form(None, path, FORMS, "markdown")
            lazily(lambda: pause_report(record), lambda: record_json(record), form, path)
        except PltoolError as error:
            conversation.say(str(error))
        else:
            conversation.say(f"The report is in {path}.")
            return True
    return False
