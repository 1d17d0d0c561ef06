"""Paper notes typed up: an observation from an answers file, with nothing asked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pltool.cli.recording import read_sheet, record_now
from pltool.cli.sitting.after_visit import write_sheet
from pltool.core.evidence import Remark, judging_word, naming_words, remarks
from pltool.core.record import Labels
from pltool.files.records import last_visit, save_record
from pltool.report.formats.safe import plain

if TYPE_CHECKING:
    from pltool.core.record import Reflection
    from pltool.files.library import Library


def type_up(
    library: Library, model: str | None, path: Path, labels: Labels, form: str, output: Path | None
) -> None:
    """An observation from an answers file: saved, and its sheet written; nothing is asked."""
    progression, sheet = read_sheet(library, model, path, asked_as=None, default="all")
    written = sheet.labels
    sheet.labels = Labels(
        classroom=labels.classroom or written.classroom,
        school=labels.school or written.school,
        observer=labels.observer or written.observer,
        observer_role=labels.observer_role or written.observer_role,
    )
    last = last_visit(sheet.labels.classroom) if sheet.labels.classroom else None
    follow_up = last.open_step if last else None
    record = record_now(library, progression, sheet, kind="observation", follow_up=follow_up)
    saved = save_record(record)
    _remark_on_notes(record)
    write_sheet(record, form, output)
    print(f"Saved as {saved}", file=sys.stderr)


def _remark_on_notes(record: Reflection) -> None:
    """The same reminders as when notes are typed in one by one; all notes are kept as written."""
    for answer in record.answers:
        for entry in answer.evidence:
            found, said = remarks(entry.note, entry.kind), []
            if Remark.NAMES in found:
                said.append(f"may name a person (“{plain(naming_words(entry.note) or '')}”); a code does")
            if Remark.JUDGES in found:
                word = plain(judging_word(entry.note) or "")
                said.append(f"says how you found it (“{word}”); what would a camera have shown?")
            for remark in said:
                print(f"pltool: a note on {answer.step} {remark}", file=sys.stderr)
