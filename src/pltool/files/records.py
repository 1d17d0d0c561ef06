"""Saved reflections and observations: one JSON file each, and the copies that sync programs make of them."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pltool.core.history import asked_alike
from pltool.core.labels import first_spellings, same_label
from pltool.core.record import record_json
from pltool.errors import InputError, UnknownNameError
from pltool.files.data_folder import data_folder
from pltool.files.record_format import as_past, read_past, read_whole
from pltool.files.strict_yaml import MAX_BYTES, read_bytes
from pltool.files.writing import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pltool.core.history import PastRecord
    from pltool.core.progression import AskedAs, Progression
    from pltool.core.record import Kind, Reflection

__all__ = ["as_past"]

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,120}")
# A pipe that somebody made in the folder would be waited for without end.
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Stored(NamedTuple):
    """A record, and the file it is in; as text, since thousands of paths take long to make."""

    record: PastRecord
    file: str

    @property
    def path(self) -> Path:
        """The same as a path."""
        return Path(self.file)


def records_folder() -> Path:
    """Where records are kept."""
    return data_folder() / "reflections"


def is_record_id(name: str) -> bool:
    """Whether a text may name a record, and so a file."""
    return _ID.fullmatch(name) is not None and not name.endswith(".")


def record_path(record_id: str) -> Path:
    """Where the record of that id is, or will be."""
    return records_folder() / f"{record_id}.json"


def save_record(reflection: Reflection) -> Path:
    """Save a record in the data folder, for its owner's eyes only.

    Raises:
        StorageError: it cannot be written, or is too large to be read again.
    """
    path = record_path(reflection.id)
    write_atomically(path, record_json(reflection), private=True, most=MAX_BYTES)
    return path


def save_revised(reflection: Reflection, path: Path, moment: str) -> Reflection:
    """Write a record again that was changed after it was finished, with all it had that is unknown here.

    Args:
        reflection: as it is now.
        path: the file it was read from.
        moment: now; of two copies of a record, the one changed last counts.

    Raises:
        StorageError: it cannot be written, or is too large to be read again; the version before stays.
    """
    revised = replace(reflection, revised=moment)
    write_atomically(path, record_json(revised), private=True, most=MAX_BYTES)
    return revised


def read_record(path: Path) -> Reflection:
    """Read a saved record.

    Raises:
        InputError: the file cannot be read or is no record; it is left as it is.
    """
    return read_whole(read_bytes(path), path)


def read_each(paths: Iterable[Path | str]) -> Iterator[PastRecord | InputError]:
    """What history needs of each record; a file that is none comes as the error that says so."""
    for found in _read_those(paths, ()):
        assert found is not None  # noqa: S101 - nothing was asked for in particular
        yield found


def _read_those(
    paths: Iterable[Path | str], naming: Iterable[str]
) -> Iterator[PastRecord | InputError | None]:
    """The same for the files that hold one of these texts; None comes for the others, which are not read closely."""
    wanted = [name.encode() for name in naming]
    for path in paths:
        try:
            content = _read_regular(path)
            if wanted and content[:1] == b"{" and not any(name in content for name in wanted):
                yield None
            else:
                yield read_past(content, path)
        except InputError as error:
            yield error
        except OSError as error:
            yield InputError(f"{path} cannot be read ({error.strerror or error}); it is left as it is.")


def _read_regular(path: Path | str) -> bytes:
    """The bytes of a file of reasonable size; quicker than a path's own way, and never waiting for a pipe."""
    handle = os.open(path, _OPEN)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise InputError(f"{path} is no file; it is left as it is.")
        if found.st_size > MAX_BYTES:
            raise InputError(f"{path} is larger than any record; it is left as it is.")
        content = os.read(handle, found.st_size + 1)
        while len(content) < found.st_size and (more := os.read(handle, found.st_size - len(content))):
            content += more
    finally:
        os.close(handle)
    return content


def stored_records(
    files: Sequence[str] | None = None, *, naming: Iterable[str] = ()
) -> tuple[list[Stored], list[InputError]]:
    """All readable records, each once, and what is wrong with the other files.

    A sync program leaves copies of a file beside it. Of several files with one id, the one changed last counts.

    Args:
        files: those to look at; by default all.
        naming: texts of which a file must hold one.
    """
    try:
        listed = record_files() if files is None else files
    except InputError as error:  # a sitting goes on without its past
        return [], [error]
    found: dict[str, tuple[PastRecord, str]] = {}
    errors = []
    for path, record in zip(listed, _read_those(listed, naming), strict=True):
        if isinstance(record, InputError):
            errors.append(record)
        if record is None or isinstance(record, InputError):
            continue
        other = found.get(record.id)
        if other is None or record.version > other[0].version:
            found[record.id] = (record, path)
    return [Stored(*one) for one in found.values()], errors


def latest_records() -> tuple[list[Stored], list[InputError]]:
    """The same, the one finished last first.

    The name of a file tells when its reflection began, and that may have been weeks before it was finished.
    """
    stored, errors = stored_records()
    return sorted(stored, key=lambda one: one.record.order, reverse=True), errors


def last_record(
    model: str,
    *,
    kind: Kind,
    part: str | None,
    classroom: str | None,
    asked_as: AskedAs | None = None,
    progression: Progression | None = None,
) -> PastRecord | None:
    """The latest readable record of the same line, by when it was finished.

    Args:
        model: the id of its progression.
        kind: reflection or observation.
        part: the phase, where only one was asked.
        classroom: its label, however written.
        asked_as: whose actions were asked; None takes the records of everybody.
        progression: with it, records under a former id of the model count too, and teacher and all are one line
            where a leader has no actions.
    """
    ids = {model, *(progression.former_ids if progression else ())}
    fitting = [
        one.record
        for one in stored_records(naming=ids)[0]
        if one.record.model.id in ids
        and (one.record.kind, one.record.part) == (kind, part)
        and same_label(one.record.classroom, classroom)
        and (asked_as is None or asked_alike(one.record, asked_as, progression))
    ]
    return max(fitting, key=lambda record: record.order, default=None)


def last_visit(classroom: str) -> PastRecord | None:
    """The latest readable observation of a classroom, with whichever model."""
    visits = [
        one.record
        for one in stored_records()[0]
        if one.record.kind == "observation" and same_label(one.record.classroom, classroom)
    ]
    return max(visits, key=lambda record: record.order, default=None)


def labels_used(model: str | None = None, *, kind: Kind | None = None) -> tuple[str, ...]:
    """The classrooms that records name, as first written, the one used last first.

    Args:
        model: only its records; None for all.
        kind: only reflections or only observations.
    """
    records = sorted(
        (
            one.record
            for one in stored_records()[0]
            if model in {None, one.record.model.id} and kind in {None, one.record.kind}
        ),
        key=lambda record: record.order,
    )
    written = first_spellings(record.classroom for record in records)
    last_first = first_spellings(record.classroom for record in reversed(records))
    return tuple(written[folded] for folded in last_first)


def record_paths() -> list[Path]:
    """The files of all saved records, by name."""
    return [Path(file) for file in record_files()]


def record_files() -> list[str]:
    """The same as plain text: thousands of paths take as long to make as a fifth of the files to read."""
    folder = str(records_folder())
    try:
        names = os.listdir(folder)  # noqa: PTH208 - as said above
    except FileNotFoundError:
        return []
    except OSError as error:
        raise InputError(f"{folder} cannot be read: {error.strerror or error}.") from None
    return [f"{folder}{os.sep}{name}" for name in sorted(names) if name.endswith(".json") and name[0] != "."]


def find_record(name: str) -> Path:
    """The file of a record, by its id or the beginning of it.

    Raises:
        UnknownNameError: there is none, or more than one.
    """
    if not is_record_id(name):
        raise UnknownNameError(f"`{name}` is no id of a record; `pltool history` shows the ids.")
    files = record_files()
    named = [file for file in files if os.path.basename(file).startswith(name)]  # noqa: PTH119
    exact = [file for file in named if file.endswith(f"{os.sep}{name}.json")]
    if exact == named and exact:
        return Path(exact[0])
    stored, errors = stored_records(named)
    if not stored and not errors:
        stored = [one for one in stored_records(files)[0] if one.record.id.startswith(name)]
    # The whole id, whatever else begins with it.
    matching = [one for one in stored if one.record.id == name] or stored
    if len(matching) == 1:
        return matching[0].path
    if exact or (not matching and len(named) == 1):
        return Path((exact or named)[0])  # it cannot be read, and whoever reads it is told why
    number = len(matching) + (0 if matching else len(named))
    if number:
        raise UnknownNameError(f"{number} records begin with `{name}`; give more of the id.")
    raise UnknownNameError(f"There is no record `{name}`; `pltool history` shows the ids.")


def copies_of(path: Path) -> list[Path]:
    """A record's file with all other files of the same record beside it."""
    files = record_files()
    ids = {
        file: record.id
        for file, record in zip(files, read_each(files), strict=True)
        if not isinstance(record, InputError)
    }
    wanted = ids.get(str(path))
    return [path, *(Path(file) for file, found in ids.items() if found == wanted and file != str(path))]
