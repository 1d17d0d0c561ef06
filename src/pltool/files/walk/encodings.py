"""How spreadsheets save CSV: encodings, separators, lines before the head, cells with line breaks."""

from __future__ import annotations

import codecs
import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import io
    from pathlib import Path

_DELIMITERS = ",;\t"
_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def find_encoding(path: Path) -> str:
    """UTF-8 or UTF-16 by its mark or its bytes; else the one that older spreadsheets use."""
    with path.open("rb") as file:
        first = file.read(_CHUNK)
        for mark, encoding in _MARKS:
            if first.startswith(mark):
                return encoding
        if first[1:200:2].count(0) > len(first[1:200:2]) // 2:
            return "utf-16-le"
        if first[0:200:2].count(0) > len(first[0:200:2]) // 2:
            return "utf-16-be"
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while first:
                decoder.decode(first)
                first = file.read(_CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def find_head(text: io.TextIOWrapper) -> tuple[int, list[str], str] | None:
    """Lines before the head, its cells and the separator; the file stands at the first row then."""
    before = 0
    told = None
    while line := text.readline():
        content = line.strip("\r\n\ufeff ")
        if content.lower().startswith("sep=") and len(content) == len("sep=x"):
            told = content[-1]
        elif content.strip(_DELIMITERS + '" ') and not content.lstrip('"').startswith("#"):
            delimiter = told or max(_DELIMITERS, key=content.count)
            try:
                cells = next(csv.reader([content], delimiter=delimiter))
            except csv.Error:
                cells = content.split(delimiter)
            return before, cells, delimiter
        before += 1
    return None


def lines_of(row: list[str]) -> int:
    """How many lines of the file a row takes, which may have line breaks in its cells."""
    text = " ".join(row)
    return 1 + text.count("\n") + text.count("\r") - text.count("\r\n")


def explain(error: csv.Error) -> str:
    """What the reader met, and what to do about it."""
    message = str(error)
    if "unexpected end of data" in message:
        return (
            "a quotation mark opens here and never closes, so that everything after it is one cell; close it"
        )
    if "field larger" in message:
        return "a cell is larger than a sheet's can be; look for a quotation mark that never closes"
    return "has a quotation mark in the middle of a cell; write two in its place"
