"""Dates as people, forms and spreadsheets write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

DateOrder = Literal["month-first", "day-first"]

FIRST_YEAR = 2000
_CENTURY = 100
_LAST_MONTH = 12
_LONGEST = 80
# Before this year of the century, `11/05/26` is hardly a date with its year in front.
_YEAR_IN_FRONT = 20
# Day 1 of a spreadsheet is January 1, 1900; it also counts a February 29 that there never was.
_DAY_ZERO = date(1899, 12, 30)
_DAY_NUMBERS = re.compile(r"(\d{5})(?:[.,]\d+)?")

_CLOCK = r"\d{1,2}(?::\d{2}){1,2}(?:[.,]\d{1,9})?(?: ?[AaPp]\.?[Mm]\.?)?|\d{1,2} ?[AaPp]\.?[Mm]\.?"
_ZONE = r"(?: ?(?:Z|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,5}))?(?: \([A-Za-z ]{1,40}\))?"
_TIME = re.compile(rf"(?:{_CLOCK}){_ZONE}")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_SHORT_YEAR = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3,9})\.?[- ](\d{2})")
_CLOCK_ANYWHERE = re.compile(rf"(?<![\d:])(?:{_CLOCK})(?![\d:])(?: (?:GMT|UTC)(?:[+-]\d{{4}})?)?")
# `Wednesday, 11/11/2026`: the weekday only repeats the date.
_WEEKDAY_IN_FRONT = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+(?=\d{1,4}[-/.]\d)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]+|\d+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_WEEKDAYS = frozenset(
    [
        "mon",
        "tue",
        "tues",
        "wed",
        "weds",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)


class Reading(NamedTuple):
    """How to read a date in numbers that can be read two ways.

    Attributes:
        order: which number comes first; None where the sheet has both orders, so that neither can be taken.
        sure: whether the order is known, and not only assumed.
    """

    order: DateOrder | None = "month-first"
    sure: bool = False


def split_time(text: str) -> tuple[str, str]:
    """A date and the time of day behind it: `11/23/2026 14:03:11` as `11/23/2026` and `14:03:11`."""
    text = _WEEKDAY_IN_FRONT.sub("", text.strip(), 1)
    separator = "T" if text[10:11] == "T" and text[4:5] == "-" else " "
    day, _, time = text.partition(separator)
    return (day.rstrip(","), time.strip()) if day[:1].isdecimal() else (text, "")


def is_time(text: str) -> bool:
    """Whether a text is a time of day, with or without a zone."""
    return len(text) <= _LONGEST and _TIME.fullmatch(text) is not None


def read_date(text: str, reading: Reading, last_year: int) -> str | None:
    """A date as `2026-11-23`; None where it is none, or not one only.

    Args:
        text: as `2026-11-23`, `11/23/2026 2:03 PM`, `23.11.2026`, `23 Nov 2026`, `November 23, 2026` or `46349`.
        reading: how to read a date in numbers.
        last_year: the last year in which a visit can have been.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    text = _WEEKDAY_IN_FRONT.sub("", text, 1)
    found = _in_numbers(text, reading, last_year)
    if found is None:
        day, time = split_time(text)
        found = _in_numbers(day, reading, last_year) if time and is_time(time) else _in_words(text)
    if found is None or not FIRST_YEAR <= found.year <= last_year:
        return None
    return found.isoformat()


def _in_numbers(text: str, reading: Reading, last_year: int) -> date | None:
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[3]), int(match[4]))
    if match := _NUMBERS.fullmatch(text):
        return _day_and_month(match, reading)
    if match := _COMPACT.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_NUMBERS.fullmatch(text):
        found = _DAY_ZERO + timedelta(days=int(match[1]))
        return found if FIRST_YEAR <= found.year <= last_year else None
    return None


def is_day_number(text: str) -> bool:
    """Whether a date is the number of a day, as spreadsheets count them."""
    return _DAY_NUMBERS.fullmatch(text.strip()) is not None


def _day_and_month(match: re.Match[str], reading: Reading) -> date | None:
    first, second = int(match[1]), int(match[3])
    year, short = int(match[4]), len(match[4]) == 2  # noqa: PLR2004 - two digits of a year
    if short:
        # `23/11/26` may have its year in front, and `11/05/26` its month or its day: only an order that is known tells.
        in_front = first >= _YEAR_IN_FRONT and _day(first, second, year) is not None
        either = match[2] != "." and first != second and max(first, second) <= _LAST_MONTH
        if (in_front or either) and not (reading.sure and reading.order):
            return None
        year += FIRST_YEAR
    if match[2] == ".":  # dots are written day first wherever they are written
        return _day(year, second, first)
    ways = {order: _day(year, *way) for order, way in _ways(first, second).items()}
    possible = [day for day in ways.values() if day is not None]
    if reading.order is None:
        return possible[0] if len(set(possible)) == 1 else None
    return ways[reading.order] if reading.sure or ways[reading.order] else next(iter(possible), None)


def _ways(first: int, second: int) -> dict[DateOrder, tuple[int, int]]:
    return {"month-first": (first, second), "day-first": (second, first)}


def _in_words(text: str) -> date | None:
    """A date with its month in letters; a time of day is never taken for a year."""
    if match := _SHORT_YEAR.fullmatch(text):
        month = _month(match[2])
        return None if month is None else _day(FIRST_YEAR + int(match[3]), month, int(match[1]))
    parts = [part.lower() for part in _WORD.findall(_CLOCK_ANYWHERE.sub(" ", text))]
    months = [month for part in parts if (month := _month(part)) is not None]
    numbers = [part for part in parts if part.isdecimal()]
    if len(months) != 1 or len(numbers) != 2:  # noqa: PLR2004 - a day and a year
        return None
    days, years = [n for n in numbers if len(n) <= 2], [n for n in numbers if len(n) == 4]  # noqa: PLR2004
    return _day(int(years[0]), months[0], int(days[0])) if days and years else None


def _month(word: str) -> int | None:
    word = word.lower()
    if word in _WEEKDAYS or word[:3] not in _MONTHS:
        return None
    number = _MONTHS.index(word[:3])
    return number + 1 if _MONTH_NAMES[number].startswith(word) or word == "sept" else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def order_of(text: str) -> DateOrder | None:
    """Which order a date in numbers proves: `23/11/2026` has the day first; None where it proves nothing."""
    match = _NUMBERS.fullmatch(split_time(text)[0])
    if match is None or len(match[4]) == 2 or match[2] == ".":  # noqa: PLR2004 - two digits prove nothing
        return None
    first, second = int(match[1]), int(match[3])
    if first > _LAST_MONTH >= second:
        return "day-first"
    return "month-first" if second > _LAST_MONTH >= first else None


def needs_order(text: str) -> bool:
    """Whether a date is written in numbers without its year in front, so that its order must be known."""
    match = _NUMBERS.fullmatch(split_time(text)[0])
    return match is not None and match[2] != "."


def is_ambiguous(text: str) -> bool:
    """Whether both orders make a day of it, and two different ones."""
    match = _NUMBERS.fullmatch(split_time(text)[0])
    if match is None or match[2] == ".":
        return False
    first, second = int(match[1]), int(match[3])
    return first != second and max(first, second) <= _LAST_MONTH


@dataclass(frozen=True, slots=True)
class OrderProof:
    """The first lines of a sheet that prove an order each; None where none does."""

    day_first: tuple[int, str] | None = None
    month_first: tuple[int, str] | None = None

    @property
    def reading(self) -> Reading:
        """How the dates of the sheet are to be read."""
        if self.day_first and self.month_first:
            return Reading(None, sure=True)
        if self.day_first:
            return Reading("day-first", sure=True)
        return Reading("month-first", sure=self.month_first is not None)


def find_order(dates: Iterable[tuple[int, str]]) -> OrderProof:
    """Look through the dates of a sheet, each with its line, for those that can be read in one order only."""
    found: dict[DateOrder, tuple[int, str]] = {}
    for line, text in dates:
        order = order_of(text)
        if order is not None:
            found.setdefault(order, (line, text.strip()))
            if len(found) == 2:  # noqa: PLR2004 - both orders
                break
    return OrderProof(found.get("day-first"), found.get("month-first"))


def why_no_date(text: str, reading: Reading, last_year: int) -> str:
    """What is wrong with a date that was not read, and what to do."""
    shown = " ".join(text.split())[:_LONGEST]
    if not shown:
        return "has no date; write it as 2026-11-23, in every row"
    if set(shown) == {"#"}:
        return f"`{shown}` stands where the date was: the column was too narrow to show it; widen it and save again"
    later = read_date(text, reading, 9999) or read_date(text, reading._replace(sure=False), 9999)
    wide = next((int(year) for year in re.findall(r"(?<!\d)\d{4}(?!\d)", shown)), None)
    if later is not None and int(later[:4]) > last_year:
        return f"`{shown}` lies in the year {later[:4]}; is that meant? Correct it"
    if wide is not None and (wide < FIRST_YEAR or wide > last_year) and _ISO.match(shown):
        return f"`{shown}` lies in the year {wide}; is that meant? Correct it"
    numbers = _NUMBERS.fullmatch(split_time(text)[0])
    if numbers and not any(
        _day(FIRST_YEAR, *way) for way in _ways(int(numbers[1]), int(numbers[3])).values()
    ):
        return f"`{shown}` is no day of the calendar; correct it"
    if needs_order(text) and re.search(r"\D\d\d$", split_time(text)[0]):
        return f"`{shown}` has a year of two digits, and can be read in more than one way; write it as 2026-11-23, or use --dates"
    if needs_order(text):
        return f"`{shown}` can be read in more than one way, or in none that fits this sheet; write it as 2026-11-23, or use --dates"
    if re.search(r"[A-Za-z]{3}", shown) and wide is None:
        return f"`{shown}` has no year of four digits; write the date as 2026-11-23"
    return f"`{shown}` is no date that fits this sheet; write it as 2026-11-23"


def day_of(moment: str) -> str | None:
    """The day of a moment in ISO 8601."""
    try:
        return datetime.fromisoformat(moment).date().isoformat()
    except ValueError:
        return None
