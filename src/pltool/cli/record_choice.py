"""A saved record by what a person names it with, or from a list of the latest."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pltool.cli.output import warn
from pltool.errors import UnknownNameError
from pltool.files.records import find_record, latest_records
from pltool.report.history import record_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pltool.cli.sitting.dialog import Dialog
    from pltool.files.records import Stored

_OFFERED = 15


def record_named(name: str) -> Path:
    """The file of a record, by its id, the beginning of it, or a file's own name.

    Raises:
        UnknownNameError: there is none.
    """
    path = Path(name)
    is_file = path.suffix.lower() == ".json" and (path.name != name or path.is_file())
    return path if is_file else find_record(name)


def latest() -> list[Stored]:
    """All readable records, the one finished last first; what cannot be read is reported.

    Raises:
        UnknownNameError: there are none.
    """
    stored, errors = latest_records()
    for error in errors:
        warn(error)
    if not stored:
        raise UnknownNameError("There are no saved records yet. Begin with: pltool reflect MODEL")
    return stored


def pick(dialog: Dialog, title: str, stored: Sequence[Stored]) -> Path:
    """Let the person choose one of the first few records; leaving ends the command."""
    options = [(str(one.path), record_line(one.record)) for one in stored[:_OFFERED]]
    chosen = dialog.choose(title, options)
    if chosen is None:
        raise typer.Exit(0 if sys.stdin.isatty() else 1)
    return Path(chosen)
