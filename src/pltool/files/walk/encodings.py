"""What a file's bytes are: text in some encoding, or something else that was given a sheet's ending."""

from __future__ import annotations

import codecs
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import csv
    from pathlib import Path

_CHUNK = 1 << 20
_LONGEST_LINE = 8 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MIXED = "pltool-mixed"
"""The way to read bytes that are not UTF-8: as Windows-1252, one by one."""


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error(MIXED, _as_windows)


class Encoding(NamedTuple):
    """How to read a file, and whether it is what it claims to be."""

    name: str
    clean: bool = True
    too_long: bool = False


def find_encoding(path: Path) -> Encoding:
    """UTF-8 or UTF-16 by its mark or its bytes; what is neither is read as UTF-8 with bytes of Windows-1252."""
    with path.open("rb") as file:
        first = file.read(_CHUNK)
        name = _marked(first)
        decoder = codecs.getincrementaldecoder("utf-8")()
        clean, since = True, 0
        while first:
            last = max(first.rfind(b"\n"), first.rfind(b"\r"))
            since = since + len(first) if last < 0 else len(first) - last
            if since > _LONGEST_LINE:
                return Encoding(name, clean, too_long=True)
            if clean and name.startswith("utf-8"):
                try:
                    decoder.decode(first)
                except UnicodeDecodeError:
                    clean = False
            first = file.read(_CHUNK)
        if clean and name.startswith("utf-8"):
            try:
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                clean = False
    return Encoding(name, clean)


def _marked(first: bytes) -> str:
    for mark, encoding in _MARKS:
        if first.startswith(mark):
            return encoding
    if first[1:200:2].count(0) > len(first[1:200:2]) // 2:
        return "utf-16-le"
    if first[0:200:2].count(0) > len(first[0:200:2]) // 2:
        return "utf-16-be"
    return "utf-8"


_SIGNATURES = (
    (b"%PDF", "is a PDF; save the table it was made from as CSV"),
    (b"\xd0\xcf\x11\xe0", "is an older Excel workbook; give it the ending .xls, or save it as CSV"),
    (b"\x1f\x8b", "is compressed; unpack it first"),
    (b"7z\xbc\xaf", "is a 7-Zip archive; unpack it first"),
    (b"Rar!", "is an archive; unpack it first"),
    (b"SQLite format 3", "is a database; export the table as CSV"),
    (b"PAR1", "is a Parquet file; pltool reads it with the extra `duckdb` and the ending .parquet"),
    (b"\x89PNG", "is a picture; type up what it shows"),
    (b"\xff\xd8\xff", "is a picture; type up what it shows"),
)
_INSIDE_ZIP = (
    ("xl/", "is an Excel workbook; give it the ending .xlsx"),
    ("content.xml", "is a LibreOffice document; if it is a table, give it the ending .ods"),
    ("Index/", "is a Numbers document; export it as CSV"),
    ("word/", "is a Word document; copy its table into a spreadsheet"),
)
_FEW = 20


def explain_content(path: Path) -> str | None:
    """What a file is that cannot be a sheet of text, and what to do about it; None where it may be one."""
    with path.open("rb") as file:
        first = file.read(4096)
    if not first.strip(b"\x00 \t\r\n"):
        return "is empty; a sheet begins with the names of its columns"
    if first.startswith(b"PK\x03\x04"):
        return _inside(path)
    for signature, what in _SIGNATURES:
        if first.startswith(signature):
            return what
    text = first.removeprefix(codecs.BOM_UTF8).lstrip()
    if text[:1] in (b"{", b"["):
        return "is JSON; if it is a record, give it the ending .json"
    if text[:1] == b"<":
        return "is a web page or XML, and no sheet; open it in a spreadsheet and save it as CSV"
    if _marked(first) == "utf-8":
        controls = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1a\x1e" for byte in first)  # noqa: PLR2004 - a blank
        if controls * _FEW > len(first):
            return "is no text; save the table it comes from as CSV"
    return None


def _inside(path: Path) -> str:
    with suppress(OSError, zipfile.BadZipFile, ValueError), zipfile.ZipFile(path) as archive:
        names = archive.namelist()[:1000]
        for start, what in _INSIDE_ZIP:
            if any(name.startswith(start) for name in names):
                return what
    return "is a zip archive; unpack it first"


def lines_of(row: list[str]) -> int:
    """How many lines of the file a row takes, which may have line breaks in its cells."""
    text = " ".join(row)
    return 1 + text.count("\n") + text.count("\r") - text.count("\r\n")


def explain(error: csv.Error, last: int, swallowed: int) -> str:
    """What the reader met, and what to do about it.

    Args:
        error: the reader's own.
        last: the last line that went into the broken row.
        swallowed: how many further rows went into it.
    """
    message = str(error)
    lost = f" (up to line {last}, {swallowed + 1} rows in all)" if swallowed else ""
    if "unexpected end of data" in message:
        return f"a quotation mark opens here and never closes, so that everything after it{lost} is one cell; close it"
    if "field larger" in message:
        return f"a cell is larger than a sheet's can be{lost}; look for a quotation mark that never closes"
    return f"has a quotation mark in the middle of a cell{lost}; write two in its place"
