"""What columns are called in the sheets of a district, as a person settled it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.errors import InputError
from pltool.files.strict_yaml import read_document
from pltool.files.walk.columns import ALL_COLUMNS, check_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def read_columns(given: Sequence[str], path: Path | None) -> Mapping[str, str]:
    """Names of columns from options such as `date=Date of visit`, and from a file; the options come first.

    Raises:
        InputError: an option or the file says something else.
    """
    columns = _from_file(path) if path is not None else {}
    for option in given:
        column, equals, name = option.partition("=")
        if not equals:
            raise InputError(f'--column {option}: write it as --column date="Date of visit".')
        columns[column.strip()] = name.strip()
    check_columns(columns)
    return columns


def _from_file(path: Path) -> dict[str, str]:
    data = read_document(path).data
    if not isinstance(data, dict) or not all(isinstance(name, str) for name in data.values()):
        raise InputError(
            f"{path}: write one line for each column, as `date: Date of visit`; the columns are {', '.join(ALL_COLUMNS)}."
        )
    return {str(column): str(name) for column, name in data.items()}
