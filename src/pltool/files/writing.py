"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from pathlib import Path

from pltool.errors import StorageError


def write_atomically(
    path: Path, content: str | bytes, *, private: bool = False, most: int | None = None
) -> None:
    """Write a file in one piece: after any interruption there is the old one or the new one, whole.

    Args:
        path: the file; its folder is made where it is missing.
        content: text is written as UTF-8 with plain newlines.
        private: readable and writable by its owner alone (0600; its new folders 0700).
        most: of what can be read again so many bytes at most; more is refused.

    Raises:
        StorageError: it cannot be written, or is too large; nothing is changed then.
    """
    try:
        data = content.encode() if isinstance(content, str) else content
        if most is not None and len(data) > most:
            raise StorageError(f"{path} would be larger than {most >> 20} MiB; shorten the notes.")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if private else 0o777)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if not private:
                _give_usual_mode(Path(name), path)
            os.replace(name, path)  # noqa: PTH105 - one call, atomic on every platform
            _sync_folder(path.parent)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror or error}.") from error
    except ValueError as error:  # a NUL in the name, or text that no encoding can hold
        raise StorageError(f"{path} cannot be written: {error}.") from error


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk too, so that a power cut does not take it back; Windows has no way to."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def listed(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder that fit a pattern, by name; none where there can be no such folder."""
    try:
        return sorted(folder.glob(pattern))
    except OSError:  # the name is too long, or leads nowhere
        return []


_LEFT_BEHIND = 3600.0


def left_behind(folder: Path) -> list[Path]:
    """What writes that were cut short left in a folder: parts that nobody can be writing any more."""
    before = time.time() - _LEFT_BEHIND
    found = []
    for path in listed(folder, ".*.part"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before:
                found.append(path)
    return found


def _give_usual_mode(written: Path, target: Path) -> None:
    try:
        mode = target.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    written.chmod(mode)
