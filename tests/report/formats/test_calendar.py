"""A calendar file is read alike by two parsers, in the person's own words, and a later one moves the event."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from pltool.core.record import NextStep, agree
from pltool.report.formats.calendar import write_calendar
from pltool.report.formats.safe import plain
from pltool.report.next_step import events
from tests.saved import make_record

if TYPE_CHECKING:
    from pltool.core.record import Reflection

RECORD = make_record("yyn", classroom="Period 3; Año, 7")


def written(text: str, record: Reflection = RECORD, **more: Any) -> str:
    step = NextStep(text=text, look_again="2026-12-07", agreed="2026-10-14T16:00:00+02:00", **more)
    return write_calendar(events(record, step))


def read(calendar: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(calendar).walk("VEVENT"))


def test_both_days_are_events_with_an_alarm() -> None:
    calendar = written("try, test; see", when="Friday, period 3", try_on="2026-11-27", partner="Mr. Ortiz")
    first, again = read(calendar)
    assert first["DTSTART"].dt == datetime(2026, 11, 27, 8)  # noqa: DTZ001 - the person's own zone
    assert again["DTSTART"].dt == datetime(2026, 12, 7, 15, 30)  # noqa: DTZ001
    assert again["DTEND"].dt - again["DTSTART"].dt == timedelta(minutes=15)
    assert str(again["SUMMARY"]) == "Look again: try, test; see"
    description = str(first["DESCRIPTION"]).split("\n")
    assert "When and in which class: Friday, period 3 (November 27, 2026)" in description
    assert "With: Mr. Ortiz" in description
    assert [alarm["TRIGGER"].dt for alarm in again.walk("VALARM")] == [timedelta(minutes=-15)]
    other = vobject.readOne(calendar)
    assert [str(event.summary.value) for event in other.vevent_list] == [
        str(event["SUMMARY"]) for event in (first, again)
    ]
    assert [event.description.value for event in other.vevent_list] == [
        str(event["DESCRIPTION"]) for event in (first, again)
    ]


def test_a_day_agreed_later_moves_the_event_and_makes_no_second() -> None:
    (before,) = read(written("Try it"))
    step = NextStep(text="Try it twice", look_again="2026-12-14", agreed="2026-10-15T08:00:00+02:00")
    (after,) = read(write_calendar(events(agree(RECORD, step), step)))
    assert before["UID"] == after["UID"]
    assert before["SEQUENCE"] < after["SEQUENCE"]
    assert before["DTSTAMP"].dt < after["DTSTAMP"].dt


def test_the_same_step_gives_the_same_bytes() -> None:
    assert written("Try it") == written("Try it")


@given(st.text(max_size=400))
def test_no_text_breaks_the_file_or_gets_lost(text: str) -> None:
    calendar = written(text)
    lines = calendar.split("\r\n")
    assert all(len(line.encode("utf-8", "replace")) <= 75 for line in lines)
    assert "\n" not in calendar.replace("\r\n", "")
    assert sum(line.startswith("BEGIN:") for line in lines) == 3
    (event,) = read(calendar.encode("utf-8", "replace").decode())
    shown = plain(text).encode("utf-8", "replace").decode()
    assert str(event["DESCRIPTION"]).split("\n")[0] == shown
    assert (
        vobject.readOne(calendar.encode("utf-8", "replace").decode()).vevent.description.value.split("\n")[0]
        == shown
    )


@pytest.mark.parametrize("iso", ["", "soon", "2026-13-40"])
def test_a_day_that_is_none_is_left_out(iso: str) -> None:
    assert events(RECORD, NextStep(text="x", look_again=iso)) == []


def test_a_moment_that_cannot_be_read_does_no_harm() -> None:
    step = NextStep(text="x", look_again="2026-12-07", agreed="yesterday")
    (event,) = read(write_calendar(events(RECORD, step)))
    assert event["SEQUENCE"] == 0
