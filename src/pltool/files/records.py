"""Saved reflections and observations: one JSON file each."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from pltool.core.history import PastRecord
from pltool.core.record import Reflection, record_json
from pltool.errors import InputError, UnknownNameError
from pltool.files.data_folder import data_folder
from pltool.files.strict_yaml import read_bytes
from pltool.files.writing import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pltool.core.record import Kind

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,120}")


def records_folder() -> Path:
    """Where records are kept."""
    return data_folder() / "reflections"


def record_path(record_id: str) -> Path:
    """Where the record of that id is, or will be."""
    return records_folder() / f"{record_id}.json"


def save_record(reflection: Reflection) -> Path:
    """Save a record in the data folder, for its owner's eyes only.

    Raises:
        StorageError: it cannot be written.
    """
    path = record_path(reflection.id)
    write_atomically(path, record_json(reflection), private=True)
    return path


@cache
def _reader() -> TypeAdapter[Reflection]:
    return TypeAdapter(Reflection)


def read_record(path: Path) -> Reflection:
    """Read a saved record.

    Raises:
        InputError: the file cannot be read or is no record; it is left as it is.
    """
    content = read_bytes(path)
    try:
        return _reader().validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the text"
        raise InputError(f"{path} is no record of pltool ({place}: {first['msg'].lower()}).") from None


@cache
def _past_reader() -> TypeAdapter[PastRecord]:
    return TypeAdapter(PastRecord)


def read_past(paths: Iterable[Path | str]) -> Iterator[PastRecord | InputError]:
    """What history needs of each record; an unreadable file comes as the error that says so."""
    validate = _past_reader().validate_json
    for path in paths:
        try:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - quicker than a path's own
                content = file.read()
            yield validate(content)
        except (OSError, ValidationError):
            yield InputError(f"{path} is no record of pltool, or cannot be read; it is left as it is.")


def last_record(model: str, *, kind: Kind, part: str | None, classroom: str | None) -> PastRecord | None:
    """The latest readable record of the same model, part and classroom, by when it was finished."""
    wanted = (model, kind, part, classroom)
    fitting = [
        record
        for record in read_past(path for path in record_paths() if model in path.name)
        if not isinstance(record, InputError)
        and (record.model.id, record.kind, record.part, record.classroom) == wanted
    ]
    return max(fitting, key=lambda record: (record.moment, record.id), default=None)


def latest_paths() -> tuple[list[Path], list[InputError]]:
    """The files of all readable records, the one finished last first; and what is wrong with the others.

    The name of a file tells when its reflection began, and that may have been weeks before it was finished.
    """
    paths, errors = [], []
    listed = record_paths()
    for path, record in zip(listed, read_past(listed), strict=True):
        if isinstance(record, InputError):
            errors.append(record)
        else:
            paths.append((record.moment, path))
    return [path for _, path in sorted(paths, reverse=True)], errors


def record_paths() -> list[Path]:
    """The files of all saved records, by name."""
    return [Path(file) for file in record_files()]


def record_files() -> list[str]:
    """The same as plain text: thousands of paths take as long to make as a fifth of the files to read."""
    folder = str(records_folder())
    try:
        names = os.listdir(folder)  # noqa: PTH208 - as said above
    except OSError:
        return []
    return [f"{folder}{os.sep}{name}" for name in sorted(names) if name.endswith(".json") and name[0] != "."]


def find_record(name: str) -> Path:
    """The file of a record, by its id or the beginning of it.

    Raises:
        UnknownNameError: there is none, or more than one.
    """
    if not _ID.fullmatch(name):
        raise UnknownNameError(f"`{name}` is no id of a record; `pltool history --format csv` lists the ids.")
    matching = [path for path in record_paths() if path.stem.startswith(name)]
    exact = [path for path in matching if path.stem == name]
    if exact or len(matching) == 1:
        return (exact or matching)[0]
    if matching:
        raise UnknownNameError(f"{len(matching)} records begin with `{name}`; give more of the id.")
    raise UnknownNameError(f"There is no record `{name}`; `pltool history --format csv` lists the ids.")


def as_past(reflection: Reflection) -> PastRecord:
    """A record as history looks at it."""
    return _past_reader().validate_json(record_json(reflection))


def last_visit(classroom: str) -> PastRecord | None:
    """The latest readable observation of a classroom, with whichever model."""
    visits = [
        record
        for record in read_past(record_paths())
        if not isinstance(record, InputError)
        and (record.kind, record.classroom) == ("observation", classroom)
    ]
    return max(visits, key=lambda record: record.moment, default=None)
