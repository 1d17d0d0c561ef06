"""Which files a walk is made of: records and sheets, given one by one or in folders."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pltool.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

SHEET_SUFFIXES = (".csv", ".tsv")
# The second is what a phone's share sheet calls a record, where it knows no JSON.
RECORD_SUFFIXES = (".json", ".json.txt")


def list_sources(given: Sequence[Path]) -> tuple[list[str], list[Path]]:
    """Record files and sheets among files and folders (and the folders in them), each once.

    Raises:
        InputError: a path does not exist, or is neither a record, a sheet nor a folder.
    """
    records: dict[str, str] = {}
    sheets: dict[str, Path] = {}
    for path in given:
        if path.is_dir():
            _search(path, records, sheets)
        elif not path.exists():
            raise InputError(f"{path}: there is no such file or folder.")
        elif path.name.lower().endswith(RECORD_SUFFIXES):
            records[os.path.realpath(path)] = str(path)
        elif path.suffix.lower() in (*SHEET_SUFFIXES, ".txt"):
            sheets[os.path.realpath(path)] = path
        else:
            raise InputError(f"{path}: give records (.json), walk sheets (.csv, .tsv) or folders of them.")
    return [records[name] for name in sorted(records)], [sheets[name] for name in sorted(sheets)]


def _search(folder: Path, records: dict[str, str], sheets: dict[str, Path]) -> None:
    waiting = [os.path.realpath(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif entry.name.lower().endswith(RECORD_SUFFIXES):
                        records[entry.path] = entry.path
                    elif entry.name.lower().endswith(SHEET_SUFFIXES) and "columns" not in entry.name:
                        sheets[entry.path] = Path(entry.path)
        except OSError as error:
            raise InputError(f"{error.filename} cannot be read: {error.strerror or error}.") from None
