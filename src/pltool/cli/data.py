"""`data`: what is stored on this machine: where, in and out, under another name, and gone."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from pltool.cli.data_rename import rename
from pltool.cli.data_transfer import export, import_
from pltool.cli.options import Classroom
from pltool.cli.output import choose_format, deliver, say, warn
from pltool.cli.sitting.dialog import open_dialog
from pltool.core.labels import same_label
from pltool.errors import InputError
from pltool.files.data_folder import data_folder
from pltool.files.drafts import draft_paths, drafts_folder, everything_but_records, read_drafts
from pltool.files.records import (
    copies_of,
    find_record,
    read_each,
    record_paths,
    records_folder,
    stored_records,
)
from pltool.report.phrases import count

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pltool.core.history import PastRecord

app = typer.Typer(
    help="What is stored on this machine: look, take in, take along, rename, remove.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
)


app.command("import")(import_)
app.command("export")(export)
app.command("rename")(rename)


@app.command()
def where(
    form: Annotated[str | None, typer.Option("--format", metavar="text|json")] = None,
) -> None:
    """Where records and drafts are, and how many."""
    chosen = choose_format(form, None, ("text", "json"), "text")
    records, drafts = record_paths(), draft_paths()
    size = sum(_size(path) for path in (*records, *drafts))
    stored, errors = stored_records()
    copies = len(records) - len(stored) - len(errors)
    for error in (*errors, *(one for one in read_drafts(set_aside=False) if isinstance(one, InputError))):
        warn(error)
    if chosen == "json":
        found = {
            "folder": str(data_folder()),
            "records": {"folder": str(records_folder()), "count": len(records), "copies": copies},
            "drafts": {"folder": str(drafts_folder()), "count": len(drafts)},
            "bytes": size,
        }
        deliver(json.dumps(found, indent=2) + "\n", None)
        return
    deliver(
        f"{data_folder()}\n"
        f"  reflections/  {count(len(records), 'record')}{_copies(copies)}\n"
        f"  drafts/       {count(len(drafts), 'draft')}\n"
        f"{max(size, 0) / 1024:.0f} KiB in all. Nothing is stored anywhere else.\n",
        None,
    )


@app.command()
def delete(
    record: Annotated[
        str | None,
        typer.Argument(
            metavar="REFLECTION", help="One record, by its id or the beginning of it.", show_default=False
        ),
    ] = None,
    classroom: Classroom = None,
    before: Annotated[
        str | None,
        typer.Option("--before", metavar="DATE", help="Everything before that day, as 2026-08-01."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All records and drafts.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; for scripts.")] = False,
) -> None:
    """Delete a record, a classroom, what is before a date, or everything. Shows what will go, and asks."""
    if sum((record is not None, classroom is not None or before is not None, everything)) != 1:
        raise InputError(
            "Say what to delete: one record, --classroom LABEL, --before DATE (or both), or --all."
        )
    paths = _chosen(record, classroom, before, everything=everything)
    if not paths:
        say("There is nothing to delete.")
        return
    for path in paths:
        say(f"  {path}")
    number = count(len(paths), "file")
    if not yes and not _sure(number):
        say("Nothing was deleted.")
        raise typer.Exit(1)
    failed = [path for path in paths if not _deleted(path)]
    deliver(f"Deleted {count(len(paths) - len(failed), 'file')}.\n", None)
    if failed:
        raise typer.Exit(1)


def _deleted(path: Path) -> bool:
    """Delete a file; one that cannot be deleted is reported, and the others go all the same."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        warn(f"{path} cannot be deleted: {error.strerror or error}.")
        return False
    return True


def _copies(number: int) -> str:
    """What to say of the copies that a sync program left beside records."""
    if not number:
        return ""
    return f"; {count(number, 'copy', 'copies')} of others among them, which {'counts' if number == 1 else 'count'} once"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # a link to nowhere
        return 0


def _sure(number: str) -> bool:
    if not sys.stdin.isatty():
        raise InputError("Nobody can be asked here; add --yes to delete without a question.")
    with open_dialog(plain=False) as dialog:
        return dialog.key({"d": f"delete {number}", "k": "keep"}) == "d"


def _chosen(record: str | None, classroom: str | None, before: str | None, *, everything: bool) -> list[Path]:

    if record is not None:
        return copies_of(find_record(record))
    if everything:
        return [*record_paths(), *everything_but_records()]
    try:
        day = date.fromisoformat(before).isoformat() if before else None
    except ValueError:
        raise InputError(f"“{before}” is no date; write it as 2026-08-01.") from None
    found = [
        path
        for path, past in readable_files()
        if (classroom is None or same_label(classroom, past.classroom))
        and (day is None or past.finished[:10] < day)
    ]
    for draft in read_drafts(set_aside=False):
        if isinstance(draft, InputError):
            warn(draft)
        elif (classroom is None or same_label(classroom, draft.labels.classroom)) and (
            day is None or draft.updated[:10] < day
        ):
            found.append(drafts_folder() / f"{draft.id}.json")
    return found


def readable_files() -> Iterator[tuple[Path, PastRecord]]:
    """Every record file that can be read, copies too; one that cannot is reported, and stays where it is."""
    paths = record_paths()
    for path, record in zip(paths, read_each(paths), strict=True):
        if isinstance(record, InputError):
            warn(record)
        else:
            yield path, record
