"""Paper notes typed up: an observation from an answers file, with nothing asked."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pltool.cli.sitting.after_visit import write_sheet
from pltool.core.evidence import Remark, judging_word, naming_words, remarks
from pltool.core.record import Labels, new_record_id, seal
from pltool.core.standing import judge
from pltool.errors import InputError
from pltool.files.answers import model_named, read_answers
from pltool.files.records import last_visit, save_record
from pltool.files.strict_yaml import parse_document, read_document
from pltool.report.formats.safe import plain

if TYPE_CHECKING:
    from pltool.core.record import Reflection
    from pltool.files.library import Library


def type_up(
    library: Library, model: str | None, path: Path, labels: Labels, form: str, output: Path | None
) -> None:
    """An observation from an answers file: saved, and its sheet written; nothing is asked."""
    standard_input = path == Path("-")
    document = (
        parse_document(sys.stdin.buffer.read(), Path("standard input"))
        if standard_input
        else read_document(path)
    )
    model = model or model_named(document)
    if model is None:
        raise InputError(f"{document.path} names no model; say pltool observe MODEL --answers {path}")
    progression = library.progression(model)
    sheet = read_answers(document, progression)
    labels = Labels(
        classroom=labels.classroom or sheet.labels.classroom,
        school=labels.school or sheet.labels.school,
        observer=labels.observer or sheet.labels.observer,
        observer_role=labels.observer_role or sheet.labels.observer_role,
    )
    last = last_visit(labels.classroom) if labels.classroom else None
    pause = judge(progression, sheet.answers).pause
    now = datetime.now().astimezone()
    moment = now.isoformat(timespec="seconds")
    record = seal(
        progression,
        sheet.answers,
        bank=library.bank_of(pause.step.resources if pause else ()),
        record_id=new_record_id(progression.id, now, os.urandom(3).hex()),
        started=moment,
        finished=moment,
        kind="observation",
        built_in=library.is_own(progression.id),
        labels=labels,
        follow_up=last.open_step if last else None,
        evidence=sheet.evidence,
    )
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
