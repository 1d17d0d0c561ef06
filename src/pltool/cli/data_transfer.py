"""`data import` and `data export`: records and drafts from another computer, a page or a colleague, and along with one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pltool.cli.options import Classroom
from pltool.cli.output import deliver, say, warn
from pltool.core.draft import Draft
from pltool.errors import InputError
from pltool.files.data_folder import data_folder
from pltool.files.intake import Intake, Outcome, arrivals
from pltool.files.packing import pack
from pltool.files.record_format import as_past
from pltool.files.writing import write_atomically
from pltool.report.formats.safe import plain
from pltool.report.history import record_line
from pltool.report.phrases import count, listing

if TYPE_CHECKING:
    from pltool.files.intake import Arrival, Taken

_SUMMARY = {
    Outcome.NEW: "new",
    Outcome.NEWER: "newer than the version here, in whose place it counts now",
    Outcome.SAME: "here already",
    Outcome.OLDER: "no later than the version here, which stays",
}


def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILES...",
            help="Records, lists of records, archives of data export, or folders of these.",
        ),
    ],
) -> None:
    """Take in records from another computer, the page or a colleague. A later version is never written over."""
    intake, outcomes, problems = Intake(), Counter[Outcome](), 0
    for path in files:
        for found in _each(path):
            taken = found if isinstance(found, InputError) else _take(intake, found)
            if isinstance(taken, InputError):
                problems += 1
                warn(taken)
            else:
                outcomes[taken.outcome] += 1
                deliver(_line(taken) + "\n", None)
    for outcome, words in _SUMMARY.items():
        if outcomes[outcome]:
            say(f"{outcomes[outcome]} {words}.")
    if problems:
        say(
            f"{count(problems, 'thing')} could not be taken in; nothing of what was here has changed for that."
        )
        raise typer.Exit(1 if outcomes else 2)


def _each(path: Path) -> list[Arrival | InputError]:
    """What is in a file; an unreadable one is a problem like any other, and the next file is read all the same."""
    found: list[Arrival | InputError] = []
    try:
        found.extend(arrivals(path))
    except InputError as error:
        found.append(error)
    return found


def _take(intake: Intake, arrival: Arrival) -> Taken | InputError:
    try:
        return intake.take(arrival)
    except InputError as error:
        return error


def _line(taken: Taken) -> str:
    content = taken.arrival.content
    if isinstance(content, Draft):
        room = f" · {content.labels.classroom}" if content.labels.classroom else ""
        what = f"unfinished: {content.model}{room}, {count(content.given, 'answer')} ({content.id})"
    else:
        what = record_line(as_past(content))
    twin = f"; {taken.twin} says the same" if taken.twin else ""
    named = [f"Its class is called “{taken.renamed}” from now on."] if taken.renamed else []
    return "\n  ".join(map(plain, (f"{taken.outcome}: {what}{twin}", *named, *_apart(taken))))


def _apart(taken: Taken) -> list[str]:
    """What only the other version of a record says, and where that version is."""
    if not taken.apart:
        return []
    said = listing([f"“{text}”" for text in taken.apart])
    if taken.beside is not None:
        return [
            f"It lacks what was said here: {said}. The version that was here stays beside it:",
            str(taken.beside),
        ]
    return [f"The version here lacks what this one says: {said}. Keep the file if you need it."]


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="The archive to write.")],
    classroom: Classroom = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an archive that is there already.")] = False,
) -> None:
    """Pack all records and drafts, or one classroom's, into an archive that data import reads."""
    if file.suffix.lower() != ".zip":
        raise InputError(f"{file}: the name of an archive ends in .zip.")
    if file.is_dir():
        raise InputError(f"{file} is a folder; name a file in it.")
    if not file.absolute().parent.is_dir():
        raise InputError(f"{file} cannot be written: {file.parent} is no folder.")
    if file.resolve().is_relative_to(data_folder().resolve()):
        raise InputError(f"{file} lies in the data folder itself; give a name outside of it.")
    if file.exists() and not force:
        raise InputError(f"{file} is there already; give another name, or add --force.")
    packed = pack(classroom)
    for problem in packed.problems:
        warn(problem)
    if not packed.records + packed.drafts:
        where = f" of the classroom “{classroom}”" if classroom else ""
        raise InputError(f"There is nothing{where} to export.")
    write_atomically(file, packed.content, private=True)
    drafts = f" and {count(packed.drafts, 'draft')}" if packed.drafts else ""
    say(
        f"Wrote {file}: {count(packed.records, 'record')}{drafts}. Whoever has the file can read them.",
        f"On the other computer: pltool data import {file.name}",
    )
