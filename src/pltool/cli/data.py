"""`data`: what is stored on this machine, and how to remove it."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from pltool.cli.options import Classroom
from pltool.cli.output import choose_form, deliver
from pltool.cli.sitting.dialog import open_dialog
from pltool.errors import InputError, StorageError
from pltool.files.data_folder import data_folder
from pltool.files.drafts import draft_paths, drafts_folder, everything_but_records, read_drafts
from pltool.files.records import find_record, read_past, record_paths, records_folder
from pltool.report.formats.safe import plain
from pltool.report.phrases import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pltool.core.history import PastRecord

app = typer.Typer(
    help="What is stored on this machine, and how to remove it.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
)


@app.command()
def where(
    form: Annotated[str | None, typer.Option("--format", metavar="text|json")] = None,
) -> None:
    """Where records and drafts are, and how many."""
    chosen = choose_form(form, None, ("text", "json"), "text")
    records, drafts = record_paths(), draft_paths()
    size = sum(path.stat().st_size for path in (*records, *drafts))
    if chosen == "json":
        found = {
            "folder": str(data_folder()),
            "records": {"folder": str(records_folder()), "count": len(records)},
            "drafts": {"folder": str(drafts_folder()), "count": len(drafts)},
            "bytes": size,
        }
        deliver(json.dumps(found, indent=2) + "\n", None)
        return
    deliver(
        f"{data_folder()}\n"
        f"  reflections/  {count(len(records), 'record')}\n"
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
        print("There is nothing to delete.", file=sys.stderr)
        return
    for path in paths:
        print(f"  {plain(str(path))}", file=sys.stderr)
    number = count(len(paths), "file")
    if not yes and not _sure(number):
        print("Nothing was deleted.", file=sys.stderr)
        raise typer.Exit(1)
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(f"{path} cannot be deleted: {error.strerror or error}.") from error
    print(f"Deleted {number}.")


def _sure(number: str) -> bool:
    if not sys.stdin.isatty():
        raise InputError("Nobody can be asked here; add --yes to delete without a question.")
    with open_dialog(plain=False) as dialog:
        return dialog.key({"d": f"delete {number}", "k": "keep"}) == "d"


def _chosen(record: str | None, classroom: str | None, before: str | None, *, everything: bool) -> list[Path]:

    if record is not None:
        return [find_record(record)]
    if everything:
        return [*record_paths(), *everything_but_records()]
    try:
        day = date.fromisoformat(before).isoformat() if before else None
    except ValueError:
        raise InputError(f"“{before}” is no date; write it as 2026-08-01.") from None
    paths = record_paths()
    found = [
        path
        for path, past in zip(paths, _told(read_past(paths)), strict=True)
        if past is not None
        and classroom in {None, past.classroom}
        and (day is None or past.finished[:10] < day)
    ]
    for draft in read_drafts():
        if isinstance(draft, InputError):
            print(f"pltool: {draft}", file=sys.stderr)
        elif classroom in {None, draft.labels.classroom} and (day is None or draft.updated[:10] < day):
            found.append(drafts_folder() / f"{draft.id}.json")
    return found


def _told(records: Iterable[PastRecord | InputError]) -> Iterator[PastRecord | None]:
    """Records; one that cannot be read is said, and stays where it is."""
    for record in records:
        if isinstance(record, InputError):
            print(f"pltool: {record}", file=sys.stderr)
        yield None if isinstance(record, InputError) else record
