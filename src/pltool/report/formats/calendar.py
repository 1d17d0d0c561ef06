"""Events as an iCalendar file (RFC 5545), for the calendars of Google, Apple and Outlook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from pltool import __version__
from pltool.report.formats import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OCTETS = 75  # the most in a line, without its end
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something to be reminded of.

    Attributes:
        uid: stays the same for as long as it is the same event, so that a second import moves it.
        day: the person's own day.
        at: the hour, in whatever zone the person's calendar is set to.
        lasts: how long it is.
        summary: its line in the calendar.
        description: its text; each entry is a paragraph.
        alarm: how long before it the calendar reminds.
        stamp: when it was set, as ISO 8601 with offset.
        sequence: larger than that of an earlier version.
    """

    uid: str
    day: date
    at: time
    lasts: timedelta
    summary: str
    description: tuple[str, ...]
    alarm: timedelta
    stamp: str
    sequence: int = 0


def write_calendar(events: Iterable[Event]) -> str:
    """A calendar file with these events; lines end in CR LF and are folded."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//pltool//pltool {__version__}//EN",
        "CALSCALE:GREGORIAN",
    ]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return "".join(part + "\r\n" for line in lines for part in _folded(line))


def _event(event: Event) -> Iterator[str]:
    begin = datetime.combine(event.day, event.at)
    summary = _text(event.summary)
    minutes = int(event.alarm.total_seconds()) // 60
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{_utc(event.stamp)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART:{begin:%Y%m%dT%H%M%S}"
    yield f"DTEND:{begin + event.lasts:%Y%m%dT%H%M%S}"
    yield f"SUMMARY:{summary}"
    yield "DESCRIPTION:" + "\\n".join(_text(paragraph) for paragraph in event.description)
    yield from ("CLASS:PRIVATE", "TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY")
    yield f"TRIGGER:-PT{minutes}M"
    yield f"DESCRIPTION:{summary}"
    yield from ("END:VALARM", "END:VEVENT")


def _text(text: str) -> str:
    return safe.plain(text).translate(_ESCAPES)


def _utc(stamp: str) -> str:
    try:
        moment = datetime.fromisoformat(stamp).astimezone(UTC)
    except (ValueError, OverflowError):
        moment = datetime(2000, 1, 1, tzinfo=UTC)  # a record from elsewhere whose moment cannot be read
    return f"{moment:%Y%m%dT%H%M%SZ}"


def _folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets, each but the first begun with a blank, and no letter cut in two."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode("utf-8", "replace"))
        if size + octets > _OCTETS:
            yield part
            part, size = " ", 1
        part += letter
        size += octets
    yield part
