"""A day is read as people write it, and what is no day is refused in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pltool.core.dates import find_day, in_full, read_day
from pltool.errors import InputError

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("14", "2026-12-09"),
        ("0", "2026-11-25"),
        ("7d", "2026-12-02"),
        ("14 days", "2026-12-09"),
        ("2 weeks", "2026-12-09"),
        ("in two weeks", "2026-12-09"),
        ("a week", "2026-12-02"),
        ("2w", "2026-12-09"),
        ("1 month", "2026-12-25"),
        ("next week", "2026-12-02"),
        ("next month", "2026-12-25"),
        ("today", "2026-11-25"),
        ("Tomorrow", "2026-11-26"),
        ("friday", "2026-11-27"),
        ("Fri", "2026-11-27"),
        ("on friday", "2026-11-27"),
        ("this friday", "2026-11-27"),
        ("next friday", "2026-12-04"),
        ("wednesday", "2026-12-02"),
        ("12/7", "2026-12-07"),
        ("12/7/2026", "2026-12-07"),
        ("12/7/26", "2026-12-07"),
        ("12-7-2026", "2026-12-07"),
        ("23/12/2026", "2026-12-23"),
        ("7.12.2026", "2026-12-07"),
        ("Dec 7", "2026-12-07"),
        ("dec 7th", "2026-12-07"),
        ("7 December", "2026-12-07"),
        ("the 7th of December", "2026-12-07"),
        ("Dec. 7, 2026", "2026-12-07"),
        ("Monday, December 7, 2026", "2026-12-07"),
        ("Mon 12/7", "2026-12-07"),
        ("sept 3", "2027-09-03"),
        ("Jan 5", "2027-01-05"),
        ("1/5", "2027-01-05"),
        ("Feb 29", "2028-02-29"),
        ("2026-12-07", "2026-12-07"),
        ("2026/12/7", "2026-12-07"),
        ("  2026-12-07 ", "2026-12-07"),
        ("１２/７/２０２６", "2026-12-07"),  # full-width digits of another keyboard
    ],
)
def test_a_day_ahead(written: str, expected: str) -> None:
    assert read_day(written, TODAY).isoformat() == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("14", "2026-11-11"),
        ("2 weeks ago", "2026-11-11"),
        ("last week", "2026-11-18"),
        ("friday", "2026-11-20"),
        ("last monday", "2026-11-23"),
        ("yesterday", "2026-11-24"),
        ("Dec 7", "2025-12-07"),
        ("8/1", "2026-08-01"),
        ("2026-08-01", "2026-08-01"),
    ],
)
def test_a_day_behind(written: str, expected: str) -> None:
    assert read_day(written, TODAY, "back").isoformat() == expected


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "13/13/2026",
        "2/30",
        "Feb 30",
        "99999",
        "may",
        "2 fortnights",
        "12/7/2",
        "x" * 5000,
        "9" * 500,
    ],
)
def test_what_is_no_day_is_refused_with_examples(written: str) -> None:
    with pytest.raises(InputError, match="is not a day pltool can read; write it as 2026-12-07"):
        read_day(written, TODAY)


@pytest.mark.parametrize("written", ["2026-11-24", "yesterday", "Nov 24, 2026"])
def test_a_day_that_has_passed_is_no_day_to_look_again(written: str) -> None:
    with pytest.raises(InputError, match=r"Tuesday, November 24, 2026, has passed"):
        read_day(written, TODAY)


@given(st.text(max_size=60))
def test_no_text_does_anything_but_be_read_or_refused(written: str) -> None:
    try:
        found = read_day(written, TODAY)
    except InputError:
        return
    assert found >= TODAY


@given(st.integers(0, 3000))
def test_what_is_echoed_can_be_typed_again(days: int) -> None:
    day = TODAY + timedelta(days=days)
    assert read_day(in_full(day), TODAY) == day


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Friday in period 3", "2026-11-27"),
        ("in period 3 on Dec 7, before lunch", "2026-12-07"),
        ("period 3, next Tuesday", "2026-12-01"),
        ("tomorrow, first thing", "2026-11-26"),
        ("12/7 with R7", "2026-12-07"),
        ("period 3", None),
        ("when the sun is out", None),
        ("they may sat down in room 12", None),
        ("", None),
    ],
)
def test_a_day_named_in_a_sentence_is_found(sentence: str, expected: str | None) -> None:
    found = find_day(sentence, TODAY)
    assert (found and found.isoformat()) == expected
