"""Files that a person names for results: written through links and into devices, and never over people's work."""

from __future__ import annotations

import os
import re
import stat
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from pltool.errors import InputError, StorageError
from pltool.files.data_folder import data_folder
from pltool.files.writing import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOOKED_AT = 65536
# A walk sheet by its columns, content and answers by their keys at the beginning of a line.
_SHEET = re.compile(rb"\A[^\n]*\bpaused_at\b", re.IGNORECASE)
_YAML = re.compile(rb"^(?:phases|answers|resources|domains|terms|cues):", re.MULTILINE)


class FileState(Enum):
    """What was there under the name of a file to be written."""

    NEW = "new"
    REPLACED = "replaced"


def inspect(path: Path, *, force: bool, reads: Iterable[Path] = ()) -> FileState:
    """Look whether a file may be written, before anything is.

    Args:
        path: the file as the person named it.
        force: replace also what people write in.
        reads: what the command reads.

    Raises:
        InputError: it is a folder, its folder is missing, or it is not to be replaced.
    """
    try:
        found = path.stat()
    except ValueError:
        raise InputError("The name of a file cannot hold a NUL character.") from None
    except (FileNotFoundError, NotADirectoryError):
        _check_folder(path)
        return FileState.NEW
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}.") from None
    if stat.S_ISDIR(found.st_mode):
        raise InputError(f"{path} is a folder; name a file in it.")
    for read in reads:
        if _is_same(path, read):
            raise InputError(f"{path} is what this command reads; give the result another name.")
    if not stat.S_ISREG(found.st_mode):
        return FileState.NEW  # a pipe or a device: nothing is lost
    if not force and (kind := _peoples(path, found)):
        raise InputError(f"{path} is {kind}, and stays as it is; give another name, or add --force.")
    return FileState.REPLACED if found.st_size else FileState.NEW


def _check_folder(path: Path) -> None:
    folder = path.parent if not path.is_symlink() else Path(os.path.realpath(path)).parent
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "does not exist"
        raise InputError(
            f"{path} cannot be written: {folder} {what}. Check the name, or make the folder first."
        )


def _is_same(path: Path, read: Path) -> bool:
    try:
        return read.is_file() and path.samefile(read)
    except (OSError, ValueError):
        return False


def _peoples(path: Path, found: os.stat_result) -> str | None:
    """What a file is that people have written in; None for a result that can be made again."""
    if not found.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        return "write-protected"
    if path.resolve().is_relative_to(data_folder().resolve()):
        return "part of the saved data"
    try:
        with path.open("rb") as file:
            begin = file.read(_LOOKED_AT)
    except OSError:
        return None
    if begin.startswith(b"PK") or (b"\0" in begin and not begin.startswith((b"\xff\xfe", b"\xfe\xff"))):
        return "not a text file"
    text = begin.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf")
    if _SHEET.match(text):
        return "a walk sheet"
    if path.suffix.lower() in {".yaml", ".yml"} or (_YAML.search(text) and not text.startswith(b"<")):
        return "a file that people write in"
    return None


def write_file(path: Path, text: str) -> None:
    """Write a result as any program would: whole where that is possible, and through links, pipes and devices.

    Raises:
        StorageError: it cannot be written.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    try:
        found = path.stat() if path.exists() else None
        if found is None or (stat.S_ISREG(found.st_mode) and found.st_nlink == 1 and _may_replace(path)):
            write_atomically(Path(os.path.realpath(path)) if path.is_symlink() else path, text)
            return
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except BrokenPipeError:
        raise StorageError(f"{path} was closed before everything was written.") from None
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror or error}.") from error


def _may_replace(path: Path) -> bool:
    """Whether a file can be replaced as a whole, which needs room for a second one beside its target."""
    return not str(path).startswith(("/dev/", "/proc/")) and os.access(
        Path(os.path.realpath(path)).parent, os.W_OK
    )
