"""After a visit: the record saved, the sheet shown and written, and what was agreed noted."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pltool.cli.output import choose_form, deliver, deliver_outline, to_file
from pltool.cli.sitting.next_step import Agreement, keep_step
from pltool.core.record import record_json
from pltool.errors import PltoolError
from pltool.report.conversation_sheet import conversation_sheet, screen_sheet

if TYPE_CHECKING:
    from pltool.cli.sitting.dialog import Conversation
    from pltool.core.record import Reflection

PRINTED = ("text", "markdown", "html")


def write_sheet(record: Reflection, form: str, output: Path | None) -> None:
    """The sheet, or the record as JSON, where it belongs."""
    if form == "json":
        deliver(record_json(record), output)
    else:
        deliver_outline(conversation_sheet(record), form, output)


def show_sheet(conversation: Conversation, record: Reflection, form: str, output: Path | None) -> None:
    """The sheet: on the screen, and in a file or another form where that was asked for."""
    if to_file(output) or form != "text":
        write_sheet(record, form, output)
    if sys.stdout.isatty() if to_file(output) else form == "text":
        for section in screen_sheet(record):
            conversation.show_result(section)
    if to_file(output):
        conversation.say(f"The conversation sheet is in {output}.")


def finish(conversation: Conversation, record: Reflection, saved: Path | None, output: Path | None) -> None:
    """Offer to note what was agreed and to write the sheet, and say where everything is."""
    if sys.stdin.isatty():
        record = _ask_for_agreement(conversation, record, saved)
        if not to_file(output):
            _offer_sheet(conversation, record)
    if saved is not None:
        conversation.say(f"Saved as {saved}")
    if saved is not None and record.next_step is None:
        conversation.say('When you have talked: pltool report --agree "what was agreed" --look-again 14')


def _ask_for_agreement(conversation: Conversation, record: Reflection, saved: Path | None) -> Reflection:

    conversation.say("Have you talked with the teacher already? What comes next is the teacher's choice.")
    if conversation.key({"t": "talked: note what was agreed", "l": "later"}) == "l":
        return record
    text = conversation.line("What was agreed?")
    if not text:
        return record
    agreement = Agreement(conversation, record, saved)
    keep_step(conversation, record, text, agreement.keep)
    return agreement.record


def _offer_sheet(conversation: Conversation, record: Reflection) -> None:
    while name := conversation.line(
        "For print, a file for the sheet, such as sheet.html (nothing for none):"
    ):
        try:
            path = Path(name).expanduser()
            if path.exists() and conversation.key({"r": f"replace {path.name}", "o": "other name"}) == "o":
                continue
            write_sheet(record, choose_form(None, path, PRINTED, "html"), path)
        except PltoolError as error:
            conversation.say(str(error))
        else:
            print_it = " Open it in a browser to print it." if path.suffix in {".html", ".htm"} else ""
            conversation.say(f"The conversation sheet is in {path.absolute()}.{print_it}")
            return
