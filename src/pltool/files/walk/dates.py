"""Dates as people write them in a spreadsheet."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Literal

DateOrder = Literal["month-first", "day-first"]

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d.*)?")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[T ,]+\d.*)?")
_WORDS = re.compile(r"[A-Za-z]+|\d+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TWO_DIGITS = 100
_LAST_MONTH = 12


def order_of(text: str) -> DateOrder | None:
    """Which order a date in numbers proves: `23/11/2026` has the day first; None where it proves nothing."""
    match = _NUMBERS.fullmatch(text.strip())
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    if first > _LAST_MONTH >= second:
        return "day-first"
    if second > _LAST_MONTH >= first:
        return "month-first"
    # Dots are written day first wherever they are written.
    return "day-first" if match[2] == "." else None


def is_numbers(text: str) -> bool:
    """Whether a date is written in numbers without the year in front, so that its order must be known."""
    return _NUMBERS.fullmatch(text.strip()) is not None


def read_date(text: str, order: DateOrder) -> str | None:
    """A date as `2026-11-23`; None where it is none.

    Args:
        text: as `2026-11-23`, `11/23/2026`, `23.11.2026`, `23 Nov 2026` or `November 23, 2026`.
        order: how to read a date in numbers.
    """
    text = text.strip()
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if match[2] == ".":
            order = "day-first"
        month, day = (first, second) if order == "month-first" else (second, first)
        return _day(year, month, day)
    return _in_words(text)


def _in_words(text: str) -> str | None:
    parts = [part for part in _WORDS.findall(text) if part.lower() not in {"st", "nd", "rd", "th", "of"}]
    months = [part for part in parts if part[:3].lower() in _MONTHS]
    numbers = [int(part) for part in parts if part.isdecimal()]
    if len(months) != 1 or len(numbers) < 2:  # noqa: PLR2004 - a day and a year
        return None
    day, year = numbers[:2] if numbers[0] < _TWO_DIGITS else (numbers[1], numbers[0])
    return _day(year, _MONTHS.index(months[0][:3].lower()) + 1, day)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year + 2000 if year < _TWO_DIGITS else year, month, day).isoformat()
    except ValueError:
        return None


def day_of(moment: str) -> str | None:
    """The day of a moment in ISO 8601."""
    try:
        return datetime.fromisoformat(moment).date().isoformat()
    except ValueError:
        return None
