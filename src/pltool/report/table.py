"""Rows as CSV that any spreadsheet opens and that no text can turn into a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from pltool.report import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """CSV with a heading row; nothing is an empty cell, and truth is `yes` or `no`."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return written.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return safe.cell(value) if isinstance(value, str) else value
