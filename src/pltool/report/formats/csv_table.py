"""Rows as CSV that any spreadsheet opens and that no text can turn into a formula."""

from __future__ import annotations

import csv
import io
from functools import cache
from typing import TYPE_CHECKING

from pltool.report.formats import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """CSV with a heading row; nothing is an empty cell, truth is `yes` or `no`, a list is set apart by blanks."""
    written = io.StringIO()
    safely = cache(safe.cell)  # thousands of rows repeat the same few names
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(columns)
    # Most cells are empty or figures, which stand as they are.
    writer.writerows(
        [
            value if value is None or type(value) is int else _cell(value, safely)
            for value in map(row.get, columns)
        ]
        for row in rows
    )
    return written.getvalue()


def _cell(value: object, safely: Callable[[str], str]) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        value = " ".join(str(entry) for entry in value)
    return safely(value) if isinstance(value, str) else value
