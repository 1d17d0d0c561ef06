"""Answers that were written elsewhere, such as notes on paper: saved and reported, and nothing is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.cli.output import deliver_either, warn
from pltool.cli.recording import read_sheet, record_now
from pltool.cli.sitting.earlier import last_visit
from pltool.cli.sitting.finish import Finished
from pltool.cli.sitting.observing import note_remarks
from pltool.core.record import Labels, record_json
from pltool.errors import StorageError
from pltool.files.duplicates import find_same_notes
from pltool.files.records import save_record

if TYPE_CHECKING:
    from pathlib import Path

    from pltool.cli.sitting.kinds import Request, Sitting
    from pltool.files.library import Library


def type_up(sitting: Sitting, library: Library, path: Path, request: Request) -> Finished:
    """Make a record of an answers file, save it, and write its report.

    Raises:
        PltoolError: the file cannot be read, or the report cannot be written.
    """
    progression, sheet = read_sheet(
        library, request.model, path, asked_as=request.asked_as, default=sitting.asked_as
    )
    written, said = sheet.labels, request.labels
    sheet.labels = Labels(
        classroom=said.classroom or written.classroom,
        school=said.school or written.school,
        observer=said.observer or written.observer,
        observer_role=said.observer_role or written.observer_role,
    )
    last = last_visit(sheet.labels.classroom) if sitting.kind == "observation" else None
    follow_up = last.open_step if last else None
    record = record_now(library, progression, sheet, kind=sitting.kind, follow_up=follow_up)
    saved = None
    try:
        if (same := find_same_notes(record)) is not None:
            warn(
                f"The same answers and notes are already saved as {same.path}. This is a second record of them; "
                f"if that is not meant, delete it: pltool data delete {record.id}"
            )
        saved = save_record(record)
    except StorageError as error:
        warn(f"This {record.kind} is not saved: {error}")
    else:
        warn(f"Saved as {saved}")
    for remark in note_remarks(record):
        warn(remark)
    deliver_either(
        lambda: sitting.report(record),
        lambda: record_json(record),
        request.format_,
        request.output,
        force=request.force,
        reads=[path],
    )
    return Finished(complete=saved is not None, interrupted=False)
