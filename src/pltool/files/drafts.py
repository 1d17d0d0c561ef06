"""Drafts on disk: one file each, rewritten whole after every answer, and locked while somebody answers."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import replace
from functools import cache
from typing import IO, TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from pltool.core.draft import FORMAT as DRAFT_FORMAT
from pltool.core.draft import Draft, draft_json
from pltool.core.record import moment_of
from pltool.core.text import readable_data
from pltool.errors import InputError, StorageError
from pltool.files.data_folder import data_folder
from pltool.files.record_format import LaterFormatError, decode, refuse_later_format
from pltool.files.strict_yaml import MAX_BYTES, read_bytes
from pltool.files.writing import left_behind, listed, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@cache
def _adapter() -> TypeAdapter[Draft]:
    return TypeAdapter(Draft)


def drafts_folder() -> Path:
    """Where drafts are kept."""
    return data_folder() / "drafts"


class DraftFile:
    """The place on disk of one draft, held by one process at a time.

    Args:
        draft_id: names the file.
    """

    def __init__(self, draft_id: str) -> None:
        self.path = drafts_folder() / f"{draft_id}.json"
        self._lock: IO[str] | None = None

    def claim(self) -> bool:
        """Take the draft for this process; False if another one answers it at this moment."""
        lock_path = self.path.with_suffix(".lock")
        try:
            lock_path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = lock_path.open("w")
        except OSError:
            return True  # nothing can be written here, by no one
        if not _lock(lock) or not _is_at(lock, lock_path):
            lock.close()
            return False
        self._lock = lock
        return True

    def save(self, draft: Draft) -> None:
        """Write the draft.

        Raises:
            StorageError: it cannot be written, or is too large to be read again; the version before stays.
        """
        write_atomically(self.path, draft_json(draft), private=True, most=MAX_BYTES)

    def release(self, *, delete: bool) -> None:
        """Let go of the draft; delete it when its answers are sealed in a record or thrown away."""
        try:
            if delete:
                self.path.unlink(missing_ok=True)
        except OSError as error:
            if os.path.lexists(self.path):  # where the folder cannot be, there is no draft
                raise StorageError(f"{self.path} cannot be removed: {error.strerror or error}.") from error
        finally:
            self._unlock()

    def _unlock(self) -> None:
        lock, self._lock = self._lock, None
        if lock is None:
            return
        if os.name == "nt":
            lock.close()  # Windows removes no open file
        with contextlib.suppress(OSError):
            self.path.with_suffix(".lock").unlink(missing_ok=True)
        lock.close()


def _lock(file: IO[str]) -> bool:
    if os.name == "nt":
        import msvcrt  # noqa: PLC0415

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    import fcntl  # noqa: PLC0415

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks: better no lock than a draft that is never offered
    return True


def _is_at(file: IO[str], path: Path) -> bool:
    """Whether a file still has its name: another window may have removed it since it was opened."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def sweep() -> None:
    """Remove what killed processes left beside the drafts and records: parts of files, and locks of nothing."""
    for folder in (drafts_folder(), data_folder() / "reflections"):
        for path in left_behind(folder):
            with contextlib.suppress(OSError):
                path.unlink()
    for lock in listed(drafts_folder(), "[!.]*.lock"):
        file = DraftFile(lock.stem)
        if not file.path.exists() and file.claim():
            file.release(delete=False)


def draft_paths() -> list[Path]:
    """The files of all drafts, and of those set aside, by name."""
    return sorted(path for kind in ("json", "unreadable*") for path in drafts_folder().glob(f"[!.]*.{kind}"))


def everything_but_records() -> list[Path]:
    """All files of ours that are no records: drafts, locks, and parts of files."""
    folders = (drafts_folder(), data_folder() / "reflections")
    return [
        *draft_paths(),
        *sorted(drafts_folder().glob("[!.]*.lock")),
        *(path for folder in folders for path in sorted(folder.glob(".*.part"))),
    ]


def read_drafts(*, set_aside: bool = True) -> Iterator[Draft | InputError]:
    """Every draft, the latest first; one that cannot be read comes as the error that says so.

    Args:
        set_aside: whether an unreadable one is renamed, so that it is reported once and kept. A draft of a later
            format is left alone: the version that wrote it looks for it under its name.
    """
    drafts: list[Draft] = []
    for path in listed(drafts_folder(), "[!.]*.json"):
        try:
            draft = _read_draft(path)
        except LaterFormatError as error:
            yield error
        except InputError as error:
            yield _set_aside(path) if set_aside and path.is_file() else error
        else:
            drafts.append(draft)
    yield from sorted(drafts, key=lambda draft: (moment_of(draft.updated) or 0.0, draft.id), reverse=True)


def _read_draft(path: Path) -> Draft:
    if not path.is_file():
        raise InputError(f"{path} is no file; it is left as it is.")
    unreadable = InputError(f"{path} is a draft that cannot be read; it is left as it is.")
    try:
        data = readable_data(json.loads(decode(read_bytes(path))))
    except (ValueError, RecursionError):
        raise unreadable from None
    draft = draft_from_data(data, path)
    # The id names files; one from elsewhere could name any file there is.
    if draft.id != path.stem:
        raise unreadable
    return draft


def draft_from_data(data: Any, name: object) -> Draft:  # noqa: ANN401 - unchecked data
    """A draft from the data of its file.

    Raises:
        LaterFormatError: a later version wrote it.
        InputError: it is no draft.
    """
    refuse_later_format(data, name, DRAFT_FORMAT)
    try:
        return replace(_adapter().validate_python(data), as_read=data)
    except ValidationError:
        raise InputError(f"{name} is a draft that cannot be read; it is left as it is.") from None


def _set_aside(path: Path) -> InputError:
    aside, number = path.with_suffix(".unreadable"), 1
    while aside.exists():
        number += 1
        aside = path.with_suffix(f".unreadable-{number}")
    try:
        path.replace(aside)
    except OSError:
        return InputError(f"{path} is a draft that cannot be read; it is left as it is.")
    return InputError(f"A draft could not be read. It is kept as {aside}.")
