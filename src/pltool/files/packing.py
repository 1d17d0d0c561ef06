"""Records and drafts packed into an archive, to be taken along."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pltool.core.labels import same_label
from pltool.errors import InputError
from pltool.files.drafts import draft_paths, drafts_folder, read_drafts
from pltool.files.records import read_record, record_paths, stored_records
from pltool.files.strict_yaml import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# The one moment that every archive tool can read; when a file was written says nothing about the record in it.
_DATED = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Packed:
    """An archive, and what is in it."""

    content: bytes
    records: int
    drafts: int
    problems: tuple[InputError, ...]


def pack(classroom: str | None = None) -> Packed:
    """An archive of all records and drafts, or of one classroom's.

    What cannot be read is packed as it is where everything is: it may be a later version's.
    """
    stored, problems = stored_records()
    files = {
        f"reflections/{one.record.id}.json": one.path
        for one in stored
        if classroom is None or same_label(classroom, one.record.classroom)
    }
    records = len(files)
    drafts = list(_drafts(classroom, problems))
    files |= {f"drafts/{path.name}": path for path in drafts}
    if classroom is None:
        used = set(files.values())
        readable = {one.record.id for one in stored}
        for path in record_paths():
            if path not in used and path.is_file() and not _is_copy(path, readable):
                files.setdefault(f"reflections/{path.name}", path)
    content = _archive(files.items(), problems)
    return Packed(content, records, len(drafts), tuple(problems))


def _drafts(classroom: str | None, problems: list[InputError]) -> Iterator[Path]:
    if classroom is None:
        yield from (path for path in draft_paths() if path.is_file())
        return
    for draft in read_drafts(set_aside=False):
        if isinstance(draft, InputError):
            problems.append(draft)
        elif same_label(classroom, draft.labels.classroom):
            yield drafts_folder() / f"{draft.id}.json"


def _is_copy(path: Path, ids: set[str]) -> bool:
    """Whether a file is a copy of a record that is packed already."""
    try:
        return read_record(path).id in ids
    except InputError:
        return False


def _archive(files: Iterable[tuple[str, Path]], problems: list[InputError]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(files):
            entry = zipfile.ZipInfo(name, _DATED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            try:
                archive.writestr(entry, read_bytes(path))
            except InputError as error:
                problems.append(error)
    return packed.getvalue()
