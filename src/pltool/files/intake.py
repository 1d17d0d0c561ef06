"""Records and drafts that come in: from files, lists of records from the page, and archives."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pltool.core.amend import said_only_in, with_class_of
from pltool.core.draft import Draft
from pltool.core.record import moment_of, record_json
from pltool.core.text import readable_data
from pltool.errors import InputError
from pltool.files.drafts import DraftFile, draft_from_data, read_drafts
from pltool.files.duplicates import KnownNotes
from pltool.files.record_format import as_past, decode, format_of, whole_from_data
from pltool.files.records import (
    Stored,
    is_record_id,
    read_record,
    record_path,
    stored_records,
)
from pltool.files.strict_yaml import MAX_BYTES, read_bytes
from pltool.files.writing import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pltool.core.record import Reflection

MAX_LIST_BYTES = 64 * 1024 * 1024
MAX_ARCHIVE_BYTES = 512 * 1024 * 1024
MAX_ENTRIES = 100_000
_ZIP = b"PK\x03\x04"


class Outcome(StrEnum):
    """What became of a record that came in."""

    NEW = "new"
    SAME = "same"
    NEWER = "newer"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that came in, and where it was found."""

    source: str
    content: Reflection | Draft


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an arrival.

    Attributes:
        path: where it is now; of an older one, where the version is that was kept.
        twin: the id of another record that says the same, where there is one.
        apart: what was said in the version that does not count, and not in the one that does.
        beside: where the version that was here is now, if something was said only in it.
        renamed: what the class is called, where only the version that does not count says so.
    """

    arrival: Arrival
    outcome: Outcome
    path: Path
    twin: str | None = None
    apart: tuple[str, ...] = ()
    beside: Path | None = None
    renamed: str | None = None


def arrivals(path: Path) -> Iterator[Arrival | InputError]:
    """All records and drafts in a file, a list, an archive or a folder; what is none comes as an error.

    Raises:
        InputError: the whole of it cannot be read.
    """
    if path.is_dir():
        folders = (path, path / "reflections", path / "drafts")
        for file in sorted(file for folder in folders for file in folder.glob("[!.]*.json")):
            yield from _guarded(file)
        return
    content = _read(path, MAX_ARCHIVE_BYTES)
    if content.startswith(_ZIP):
        yield from _from_archive(content, path)
    else:
        yield from _from_json(content, str(path))


def _guarded(file: Path) -> Iterator[Arrival | InputError]:
    try:
        yield from _from_json(_read(file, MAX_LIST_BYTES), str(file))
    except InputError as error:
        yield error


def _read(path: Path, most: int) -> bytes:
    try:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            with path.open("rb") as file:
                content = file.read(most + 1)
            if len(content) > most:
                raise InputError(
                    f"{path} is larger than {most >> 20} MiB; this is probably not the right file."
                )
            return content
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from None
    return read_bytes(path)


def _from_archive(content: bytes, path: Path) -> Iterator[Arrival | InputError]:
    """The records of an archive. Nothing is unpacked: names in it lead nowhere, and sizes are watched."""
    left = MAX_ARCHIVE_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                raise InputError(
                    f"{path} holds more than {MAX_ENTRIES:,} files; this is probably not the right one."
                )
            for entry in entries:
                name = entry.filename.rpartition("/")[2]
                if entry.is_dir() or name.startswith("."):
                    continue
                if not name.endswith(".json"):
                    yield InputError(
                        f"{path}: {entry.filename} is neither a record nor a draft; it is left out."
                    )
                    continue
                with archive.open(entry) as file:
                    found = file.read(min(MAX_LIST_BYTES, left) + 1)
                left -= len(found)
                if len(found) > MAX_LIST_BYTES or left < 0:
                    raise InputError(f"{path} unpacks to far more than records do; it is left alone.")
                yield from _from_json(found, f"{path}: {entry.filename}")
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ) as error:
        what = (
            "is locked with a password" if isinstance(error, RuntimeError) and "encrypt" in str(error) else ""
        )
        raise InputError(f"{path} {what or 'is no whole archive; it may be cut off'}.") from None


def _from_json(content: bytes, source: str) -> Iterator[Arrival | InputError]:
    try:
        data = readable_data(json.loads(decode(content)))
    except (ValueError, RecursionError):
        yield InputError(f"{source} holds no records: it is not JSON, or cut off.")
        return
    if not isinstance(data, list):
        yield _arrival(data, source)
        return
    if not data:
        yield InputError(f"{source} is a list without a record in it.")
    for number, entry in enumerate(data, start=1):
        yield _arrival(entry, f"{source}, record {number}")


def _arrival(data: Any, source: str) -> Arrival | InputError:  # noqa: ANN401 - unchecked data
    try:
        is_draft = (format_of(data) or "").startswith("pltool.draft/")
        content = draft_from_data(data, source) if is_draft else whole_from_data(data, source)
    except InputError as error:
        return error
    if not is_record_id(content.id):
        return InputError(f"{source} has an id that cannot name a file; it is left out.")
    return Arrival(source, content)


class Intake:
    """Takes arrivals in among what is stored, and never writes over a later version."""

    def __init__(self) -> None:
        self.stored = {one.record.id: one for one in stored_records()[0]}
        self.notes = KnownNotes(self.stored.values())
        drafts = read_drafts(set_aside=False)
        self.drafts = {draft.id: draft for draft in drafts if not isinstance(draft, InputError)}

    def take(self, arrival: Arrival) -> Taken:
        """Save an arrival if it is new, or later than the version here.

        Raises:
            InputError: it cannot be taken in; the next one may.
            StorageError: nothing can be written.
        """
        content = arrival.content
        if isinstance(content, Draft):
            return self._take_draft(arrival, content)
        return self._take_record(arrival, content)

    def _take_record(self, arrival: Arrival, record: Reflection) -> Taken:
        if len(record_json(record).encode()) > MAX_BYTES:
            raise InputError(f"{arrival.source} is larger than any record; it is left out.")
        here = self.stored.get(record.id)
        if here is not None:
            return self._take_version(arrival, record, here)
        twin = self.notes.find(record)
        path = _free_path(record_path(record.id))
        self._keep(record, path)
        return Taken(arrival, Outcome.NEW, path, twin.record.id if twin else None)

    def _take_version(self, arrival: Arrival, record: Reflection, here: Stored) -> Taken:
        """Of two versions of a record the one changed last counts, under the name that its class was given last."""
        ours, path = read_record(here.path), here.path
        if record_json(record) == record_json(ours):
            return Taken(arrival, Outcome.SAME, path)
        newer = as_past(record).version > here.record.version
        later, earlier = (record, ours) if newer else (ours, record)
        apart, counts = tuple(said_only_in(earlier, later)), with_class_of(later, earlier)
        renamed = counts.classroom if counts is not later else None
        beside = None
        if newer and apart:
            beside = _free_path(path)  # it stays, as the copies of sync programs do
            write_atomically(beside, record_json(ours), private=True)
        if newer or renamed:
            self._keep(counts, path)
        return Taken(
            arrival,
            Outcome.NEWER if newer else Outcome.OLDER,
            path,
            apart=apart,
            beside=beside,
            renamed=renamed,
        )

    def _keep(self, record: Reflection, path: Path) -> None:
        write_atomically(path, record_json(record), private=True)
        self.stored[record.id] = Stored(as_past(record), str(path))
        self.notes.add(record, self.stored[record.id])

    def _take_draft(self, arrival: Arrival, draft: Draft) -> Taken:
        if finished := self.stored.get(draft.id):
            return Taken(arrival, Outcome.OLDER, finished.path)
        file = DraftFile(draft.id)
        here = self.drafts.get(draft.id)
        if here == draft:
            return Taken(arrival, Outcome.SAME, file.path)
        if here and (moment_of(draft.updated) or 0.0) <= (moment_of(here.updated) or 0.0):
            return Taken(arrival, Outcome.OLDER, file.path)
        if not file.claim():
            raise InputError(f"{file.path} is being answered at this moment; finish it first.")
        try:
            if here is None and file.path.exists():
                raise InputError(f"{file.path} is there already and cannot be read; move it away first.")
            file.save(draft)
            self.drafts[draft.id] = draft
        finally:
            file.release(delete=False)
        return Taken(arrival, Outcome.NEWER if here else Outcome.NEW, file.path)


def _free_path(path: Path) -> Path:
    """A name for a new file; what is there under its own name, and cannot be read, is not written over."""
    free, number = path, 1
    while free.exists() or free.is_symlink():
        number += 1
        free = path.with_name(f"{path.stem}-{number}.json")
    return free
