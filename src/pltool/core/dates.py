"""Days as people write them: `14`, `2 weeks`, `friday`, `Dec 7`, `12/7/2026`, `2026-12-07`."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from pltool.errors import InputError

# Whether a day without a year, a weekday or a number of days lies ahead of today, or behind it.
Direction = Literal["ahead", "back"]

EXAMPLES = "write it as 2026-12-07, 12/7, Dec 7, friday, 2 weeks, or a number of days"
_LONGEST = 40
_MOST_DAYS = 3660
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?", re.ASCII)
_SPAN = re.compile(
    r"(?:in )?(\d{1,4}|an?|one|two|three|four|six) ?(d|days?|w|weeks?|m|months?)(?: ago| from now)?"
)
_IN_WORDS = re.compile(
    r"(?:the )?(?:(\d{1,2})(?: of)? ([a-z]+)|([a-z]+) (\d{1,2}))(?: (\d{4}|\d{2}))?", re.ASCII
)
_COUNTED = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEK = 7
_TWO_DIGITS = 100
_LAST_MONTH = 12
_LEAST_LETTERS = 3


def read_day(text: str, today: date, direction: Direction = "ahead") -> date:
    """A day that somebody typed.

    A date in numbers has the month first, as Americans write it, unless it can only be read the other way or is
    written with dots.

    Args:
        text: what was typed.
        today: the person's own day.
        direction: where to look for a day that does not say its year.

    Raises:
        InputError: it is no day, or lies on the wrong side of today where it has to lie ahead.
    """
    typed = " ".join(text.split())
    day = _read(_folded(typed), today, direction)
    if day is None:
        shown = typed if len(typed) <= _LONGEST else typed[:_LONGEST] + "…"
        raise InputError(f"“{shown}” is not a day pltool can read; {EXAMPLES}.")
    if direction == "ahead" and day < today:
        raise InputError(f"{in_full(day)}, has passed; give a day from today on.")
    return day


def in_full(day: date) -> str:
    """A day with its weekday: `Monday, December 7, 2026`."""
    return f"{_WEEKDAYS[day.weekday()].title()}, {_MONTHS[day.month - 1].title()} {day.day}, {day.year}"


def find_day(text: str, today: date) -> date | None:
    """The first day named in a sentence, such as `Friday in period 3`; None where it names none.

    Numbers alone are left out: in a sentence they are periods and rooms.
    """
    words = _folded(text[:200]).split()
    for size in (3, 2, 1):
        for start in range(len(words) - size + 1):
            part = " ".join(words[start : start + size])
            if part.isdecimal() or not _may_stand_in_a_sentence(part):
                continue
            day = _read(part, today, "ahead")
            if day is not None and day >= today:
                return day
    return None


def _may_stand_in_a_sentence(part: str) -> bool:
    """Whether words in a sentence are meant as a day: short forms such as `sat` or `3 m` are other words too."""
    first, *rest = part.split()
    if rest:
        return first != "may" or rest[0].isdecimal()
    return first in {*_WEEKDAYS, "today", "tomorrow"} or "/" in first or bool(_ISO.fullmatch(first))


def _folded(text: str) -> str:
    """Small letters, single blanks, no commas, and `7th` as `7`."""
    plain = unicodedata.normalize("NFKC", text).lower().replace(",", " ").replace("sept ", "sep ")
    return " ".join(re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", r"\1", plain).split())


def _read(text: str, today: date, direction: Direction) -> date | None:
    if not text or len(text) > _LONGEST:
        return None
    first, _, rest = text.partition(" ")
    if rest and _weekday(first.rstrip(".")) is not None:  # a weekday before a date only repeats it
        text = rest
    try:
        return (
            _by_number(text, today, direction)
            or _by_name(text, today, direction)
            or _span(text, today, direction)
            or _in_words(text, today, direction)
        )
    except (ValueError, OverflowError):
        return None


def _by_number(text: str, today: date, direction: Direction) -> date | None:
    if text.isascii() and text.isdecimal():
        return _moved(today, int(text), direction) if len(text) < 5 else None  # noqa: PLR2004 - 4 digits of days
    if match := _ISO.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.fullmatch(text):
        first, second = int(match[1]), int(match[3])
        day_first = match[2] == "." or first > _LAST_MONTH >= second
        month, day = (second, first) if day_first else (first, second)
        return _in_year(match[4], month, day, today, direction)
    return None


def _by_name(text: str, today: date, direction: Direction) -> date | None:
    sign = 1 if direction == "ahead" else -1
    if text in {"today", "tomorrow", "yesterday"}:
        return today + timedelta(days=("yesterday", "today", "tomorrow").index(text) - 1)
    if text in {"next week", "last week"}:
        return today + timedelta(days=_WEEK if text == "next week" else -_WEEK)
    if text in {"next month", "last month"}:
        return _months_on(today, 1 if text == "next month" else -1)
    word, _, rest = text.partition(" ")
    weekday = _weekday((rest if word in {"next", "this", "last", "on"} and rest else text).rstrip("."))
    if weekday is None:
        return None
    if word == "next":  # the one in the week after this one
        return today + timedelta(days=_WEEK - today.weekday() + weekday)
    if word == "last":
        sign = -1
    away = sign * (weekday - today.weekday()) % _WEEK or _WEEK
    return today + timedelta(days=sign * away)


def _weekday(text: str) -> int | None:
    found = [at for at, name in enumerate(_WEEKDAYS) if name.startswith(text)]
    return found[0] if len(text) >= _LEAST_LETTERS and found else None


def _span(text: str, today: date, direction: Direction) -> date | None:
    match = _SPAN.fullmatch(text)
    if match is None or (direction == "ahead" and text.endswith(" ago")):
        return None
    number = int(match[1]) if match[1].isdecimal() else _COUNTED[match[1]]
    if match[2].startswith("m"):
        return _months_on(today, number if direction == "ahead" else -number)
    return _moved(today, number * (_WEEK if match[2].startswith("w") else 1), direction)


def _in_words(text: str, today: date, direction: Direction) -> date | None:
    match = _IN_WORDS.fullmatch(text.replace(".", " ").replace("  ", " ").strip())
    if match is None:
        return None
    name, day = match[2] or match[3], int(match[1] or match[4])
    months = [at for at, month in enumerate(_MONTHS, start=1) if month.startswith(name)]
    if len(name) < _LEAST_LETTERS or not months:
        return None
    return _in_year(match[5], months[0], day, today, direction)


def _in_year(year: str | None, month: int, day: int, today: date, direction: Direction) -> date | None:
    """A day of a year that is given, else of the nearest year on that side of today."""
    if year is not None:
        return date(int(year) + (2000 if int(year) < _TWO_DIGITS else 0), month, day)
    step = 1 if direction == "ahead" else -1
    for number in range(today.year, today.year + 9 * step, step):  # far enough for February 29
        if day > monthrange(number, month)[1]:
            continue
        found = date(number, month, day)
        if (found >= today) if direction == "ahead" else (found <= today):
            return found
    return None


def _moved(today: date, days: int, direction: Direction) -> date | None:
    if days > _MOST_DAYS:
        return None
    return today + timedelta(days=days if direction == "ahead" else -days)


def _months_on(today: date, months: int) -> date | None:
    if abs(months) > _MOST_DAYS // 30:
        return None
    years, month = divmod(today.month - 1 + months, 12)
    year = today.year + years
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
