"""The end of a sitting: the record saved first, then what comes next, then the file that was asked for."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pltool.cli.output import FORMATS, choose_format, deliver_either, to_file, write_result
from pltool.cli.recording import now
from pltool.cli.sitting.next_step import Agreement
from pltool.core.draft import unknown_for_record
from pltool.core.history import TodaysIds, content_change, known_answers, movement
from pltool.core.record import make_record, record_json
from pltool.core.standing import judge
from pltool.errors import EndOfInput, InputError, PltoolError, StorageError
from pltool.files.records import as_past, save_record
from pltool.report.formats.renderers import render
from pltool.report.question import since_last_time

if TYPE_CHECKING:
    from pltool.cli.sitting.kinds import Request, Sitting
    from pltool.cli.sitting.session import Session
    from pltool.core.record import Reflection
    from pltool.files.library import Library


@dataclass(slots=True)
class Finished:
    """How a sitting ended.

    Attributes:
        complete: all that was said is kept somewhere, and the file asked for is written.
        interrupted: the person pressed Ctrl-C.
    """

    complete: bool
    interrupted: bool


def finish(
    sitting: Sitting, library: Library, session: Session, request: Request, model_at_end: str | None
) -> Finished:
    """Save the record, show it, ask what comes next, and write the file that was asked for."""
    dialog = session.dialog
    # What a later version wrote into the draft goes on into the record.
    unknown = unknown_for_record(session.draft)
    record = replace(_seal(library, session), model_at_end=model_at_end, as_read=unknown)
    saved = _save(session, record)
    agreement = Agreement(dialog, record, saved)
    out = _Output(sitting, agreement, request)
    interrupted = ended = False
    try:
        out.show(session)
        if dialog.interactive:
            sitting.ask_next_step(dialog, agreement)
    except EndOfInput:
        ended = True
    except KeyboardInterrupt:
        ended = interrupted = True
    try:
        out.write(ask=dialog.interactive and not ended)
    except EndOfInput:
        pass
    except KeyboardInterrupt:
        interrupted = True
    _say_where(agreement)
    kept = out.written if saved is None else agreement.unkept is None
    return Finished(kept and not out.failed, interrupted)


def _seal(library: Library, session: Session) -> Reflection:
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


def _save(session: Session, record: Reflection) -> Path | None:
    """Write the record and drop the draft; None, with a warning, where that is impossible."""
    try:
        path = save_record(record)
    except StorageError as error:
        session.file.release(delete=False)
        session.dialog.say(f"This {record.kind} is not saved: {error}")
        return None
    with contextlib.suppress(StorageError):  # the draft of a record that is saved is dropped the next time
        session.file.release(delete=True)
    return path


def _show_since(session: Session, record: Reflection) -> None:
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
        session.dialog.show_result(section)


def _say_where(agreement: Agreement) -> None:
    dialog, record = agreement.dialog, agreement.record
    agreement.say_what_is_kept()
    if agreement.saved is None or agreement.unkept is not None:
        return
    if record.kind == "reflection":
        dialog.say("To hand it over: pltool report --output pause.html")
    elif record.next_step is None:
        dialog.say('When you have talked: pltool report --agree "what was agreed" --look-again 14')


@dataclass(slots=True)
class _Output:
    """The file or the text that was asked for, written once everything is said that belongs in it."""

    sitting: Sitting
    agreement: Agreement
    request: Request
    written: bool = False
    failed: bool = False

    @property
    def on_screen(self) -> bool:
        """Whether the report is read here: where nothing else takes its place on standard output."""
        return sys.stdout.isatty() if to_file(self.request.output) else self.request.format_ == "text"

    def show(self, session: Session) -> None:
        """Show the report, where it is read here."""
        if not self.on_screen:
            return
        record = self.agreement.record
        try:
            for section in self.sitting.sections(record):
                self.agreement.dialog.show_result(section)
            _show_since(session, record)
        except OSError as error:
            self._report(error)

    def _report(self, error: OSError) -> None:
        """Standard output is closed on the other side, or has no room."""
        self.agreement.dialog.say(
            f"The {self.sitting.report_name} cannot be printed: {error.strerror or 'nobody reads it'}."
        )
        self.failed = True

    def write(self, *, ask: bool) -> None:
        """Write what was asked for; `ask` for another name where that fails, or where nothing is kept yet."""
        request, dialog = self.request, self.agreement.dialog
        if to_file(request.output) or request.format_ != "text":
            try:
                self._deliver(request.format_, request.output)
            except PltoolError as error:
                dialog.say(str(error))
                self.failed = True
            except OSError as error:
                self._report(error)
        name = self.sitting.report_name
        if self.failed and ask:
            self._offer(f"Write the {name} to which other file? (nothing for none)")
        elif (self.agreement.saved is None or self.agreement.unkept) and not self.written and ask:
            self._offer(f"Write the {name} to which file? (nothing for none)")
        elif self.sitting.offers_file and not self.written and ask:
            self._offer("For print, a file for the sheet, such as sheet.html (nothing for none):")

    def _offer(self, prompt: str) -> None:
        """Ask for a file until one could be written, or none is wanted."""
        dialog = self.agreement.dialog
        while name := dialog.line(prompt):
            try:
                path = path_from(name)
                format_ = choose_format(None, path, FORMATS, "text")
                if path.exists() and dialog.key({"r": f"replace {path.name[:40]}", "o": "other name"}) == "o":
                    continue
                self._deliver(format_, path)
            except PltoolError as error:
                dialog.say(str(error))
            except OSError as error:
                dialog.say(f"{name[:60]} cannot be written: {error.strerror or error}.")
            else:
                self.failed = False
                return

    def _deliver(self, format_: str, path: Path | None) -> None:
        record = self.agreement.record
        if path is None or not to_file(path):
            deliver_either(lambda: self.sitting.report(record), lambda: record_json(record), format_, path)
            return
        text = record_json(record) if format_ == "json" else render(self.sitting.report(record), format_)
        # Another file than the one asked for was agreed to just now.
        replaced = write_result(text, path, force=self.request.force or path != self.request.output)
        self.written = True
        earlier = ", in place of the earlier file," if replaced else ""
        self.agreement.dialog.tell_path(f"The {self.sitting.report_name}{earlier} is in", path)
        if path.suffix in {".html", ".htm"}:
            self.agreement.dialog.say("Open it in a browser to print it.")


def path_from(name: str) -> Path:
    """The path that a person wrote, with `~` for a home.

    Raises:
        InputError: it cannot be a path.
    """
    try:
        return Path(name).expanduser()
    except RuntimeError:
        raise InputError(f"{name[:60]} names a home that is not there; write the whole path.") from None
