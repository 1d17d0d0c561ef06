"""The files of a walk: records, sheets and workbooks, among what was given and in the folders of it."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pltool.core.labels import fold_label
from pltool.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pltool.files.walk.findings import Findings

# The second is what a phone's share sheet calls a record, where it knows no JSON.
RECORD_SUFFIXES = (".json", ".json.txt")
SHEET_SUFFIXES = (".csv", ".tsv", ".txt", ".tab")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
PARQUET_SUFFIXES = (".parquet",)
_KNOWN = (*RECORD_SUFFIXES, *SHEET_SUFFIXES, *WORKBOOK_SUFFIXES, *PARQUET_SUFFIXES)
# What systems and office programs leave lying about.
_LITTER = ("desktop.ini", "thumbs.db")
_LITTER_STARTS = ("._", "~$", ".~lock.", ".ds_store")
_PART = 1 << 20


@dataclass(slots=True)
class Sources:
    """The files of a walk, each once, in the order of their paths.

    Attributes:
        records: record files.
        sheets: text sheets.
        workbooks: workbooks of spreadsheets.
        parquet: tables of a warehouse.
        asked_for: the sheets that were named, and not only found in a folder.
    """

    records: list[str] = field(default_factory=list)
    sheets: list[Path] = field(default_factory=list)
    workbooks: list[Path] = field(default_factory=list)
    parquet: list[Path] = field(default_factory=list)
    asked_for: set[Path] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.records or self.sheets or self.workbooks or self.parquet)


def list_sources(given: Sequence[Path], findings: Findings) -> Sources:
    """Everything to be read among files and folders (and the folders in them, also linked ones), each once.

    What lies in a folder and cannot be read, or is neither a record nor a sheet, is in the findings afterwards.

    Raises:
        InputError: a path that was given does not exist, or is neither a record, a sheet, a workbook nor a folder.
    """
    found: dict[str, str] = {}
    named: set[str] = set()
    for path in given:
        if path.is_dir():
            for real, shown in _search(path, findings):
                found.setdefault(real, shown)
        elif not os.path.lexists(path):
            raise InputError(f"{path}: there is no such file or folder.")
        elif path.suffix.lower() not in _KNOWN:
            raise InputError(
                f"{path}: give records (.json), walk sheets (.csv, .tsv, .txt, .xlsx) or folders of them."
            )
        elif _usable(str(path), findings):
            found.setdefault(os.path.realpath(path), str(path))
            named.add(str(path))
    return _sorted(found, named, findings)


def _sorted(found: dict[str, str], named: set[str], findings: Findings) -> Sources:
    sources = Sources()
    for real in sorted(found):
        shown = found[real]
        suffix = os.path.splitext(shown)[1].lower()  # noqa: PTH122 - quicker, ten thousand times
        if shown.lower().endswith(RECORD_SUFFIXES):
            sources.records.append(shown)
        elif suffix in SHEET_SUFFIXES:
            sources.sheets.append(Path(shown))
        elif suffix in PARQUET_SUFFIXES:
            sources.parquet.append(Path(shown))
        else:
            sources.workbooks.append(Path(shown))
    copies = set(_copies([*sources.sheets, *sources.workbooks, *sources.parquet], findings))
    sources.sheets = [path for path in sources.sheets if path not in copies]
    sources.workbooks = [path for path in sources.workbooks if path not in copies]
    sources.parquet = [path for path in sources.parquet if path not in copies]
    sources.asked_for = {path for path in sources.sheets if str(path) in named}
    return sources


def _search(folder: Path, findings: Findings) -> Iterator[tuple[str, str]]:
    """The real path and the path to show of each file to be read."""
    waiting, searched = [str(folder)], set[str]()
    while waiting:
        place = waiting.pop()
        real = os.path.realpath(place)
        if real in searched:  # a link leads back, or to where another one leads
            continue
        searched.add(real)
        try:
            with os.scandir(place) as entries:
                listed = list(entries)
        except OSError as error:
            findings.leave_out_file(place, None, f"the folder cannot be read ({error.strerror or error})")
            continue
        for entry in listed:
            if _is_folder(entry):
                if entry.name.startswith("."):
                    findings.passed_over.append(f"{entry.path}{os.sep}")
                else:
                    waiting.append(entry.path)
            elif entry.name.lower().endswith(_KNOWN) and not _is_litter(entry.name):
                if entry.is_symlink() or not entry.is_file():
                    if _usable(entry.path, findings):
                        yield os.path.realpath(entry.path), entry.path
                else:
                    yield f"{real}{os.sep}{entry.name}", entry.path
            elif not _is_litter(entry.name):
                findings.passed_over.append(entry.path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_litter(name: str) -> bool:
    name = name.lower()
    return name in _LITTER or name.startswith(_LITTER_STARTS)


def _usable(path: str, findings: Findings) -> bool:
    """Whether a path leads to an ordinary file; a pipe or a device would keep the reader waiting."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - as above
    except OSError as error:
        what = "is a link that leads nowhere" if os.path.islink(path) else "cannot be read"  # noqa: PTH114
        findings.leave_out_file(path, None, f"{what} ({error.strerror or error})")
        return False
    if not stat.S_ISREG(mode):
        findings.leave_out_file(
            path, None, "is a pipe or a device, and no file; save what comes from it first"
        )
        return False
    return True


def _copies(paths: Iterable[Path], findings: Findings) -> Iterator[Path]:
    """Sheets and workbooks that are another one again, byte for byte, and by their names a copy of it.

    Sheets of different names may be alike by chance, as two that are hardly begun; they count, and are pointed out.
    """
    by_size: defaultdict[int, list[Path]] = defaultdict(list)
    for path in paths:
        try:
            by_size[path.stat().st_size].append(path)
        except OSError:
            continue  # it is named when it is read
    for size, alike in by_size.items():
        if size == 0 or len(alike) == 1:
            continue
        firsts: defaultdict[bytes, list[Path]] = defaultdict(list)
        for path in sorted(alike, key=lambda path: (len(path.name), path)):
            try:
                digest = _digest(path)
            except OSError:
                continue
            original = next((first for first in firsts[digest] if _is_copy(first, path)), None)
            if original is not None:
                findings.copies += 1
                findings.note(f"{path} is a copy of {original}, byte for byte; the two count once.")
                yield path
                continue
            if firsts[digest]:
                findings.alike += 1
                findings.note(
                    f"{path} is the same as {firsts[digest][0]}, byte for byte, but has a name of its own, so both count; "
                    "if it is a copy, take it away."
                )
            firsts[digest].append(path)


def _is_copy(original: Path, path: Path) -> bool:
    """Whether a name is what programs and people call a copy: `visits (1)`, `visits - Copy`, `visits-2`."""
    one, other = _stem(original), _stem(path)
    return one == other or re.match(rf"{re.escape(one)}[^a-z]", other) is not None


def _stem(path: Path) -> str:
    stem = fold_label(path.stem)
    return (
        re.sub(
            r"^copy of |^copie de |^kopie von |[ _-]*(?:copy|copie|kopie|backup|final|new|old)\b.*$", "", stem
        )
        or stem
    )


def _digest(path: Path) -> bytes:
    digest = hashlib.blake2b()
    with path.open("rb") as file:
        while part := file.read(_PART):
            digest.update(part)
    return digest.digest()
