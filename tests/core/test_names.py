"""A name is understood as people type it, and a near miss leads to what was meant."""

from __future__ import annotations

import time

import pytest

from pltool.core.names import Named, match, near, nearest_word, suggestion

MODELS = [
    Named(name, name.replace("-", " ").title())
    for name in (
        "distance-learning",
        "enriched-virtual",
        "flex",
        "flipped-classroom",
        "individual-rotation",
        "lab-rotation",
        "station-rotation",
    )
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("station-rotation", ["station-rotation"]),
        ("Station Rotation", ["station-rotation"]),
        ("STATION", ["station-rotation"]),
        ("stat", ["station-rotation"]),
        ("lab", ["lab-rotation"]),
        ("fle", ["flex"]),
        ("virtual", ["enriched-virtual"]),
        ("classroom", ["flipped-classroom"]),
        ("rotation station", ["station-rotation"]),
        ("rotation", ["individual-rotation", "lab-rotation", "station-rotation"]),
        ("fl", ["flex", "flipped-classroom"]),
        ("zzz", []),
        ("", []),
        ("--", []),
        ("x" * 100_000, []),
    ],
)
def test_what_a_name_stands_for(typed: str, meant: list[str]) -> None:
    assert [name.id for name in match(typed, MODELS)] == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("stations", "station-rotation"),
        ("stashun", "station-rotation"),
        ("staton-rotation", "station-rotation"),
        ("labs", "lab-rotation"),
        ("fliped", "flipped-classroom"),
        ("flexx", "flex"),
        ("distence", "distance-learning"),
    ],
)
def test_a_near_miss_leads_to_what_was_meant(typed: str, meant: str) -> None:
    assert near(typed, MODELS)[0] == meant


def test_nothing_is_suggested_where_nothing_is_near() -> None:
    assert near("zzz", MODELS) == []
    assert suggestion([]) == ""
    assert suggestion(["a", "b", "c"]) == "did you mean `a`, `b` or `c`?"


def test_a_phase_comes_before_the_steps_that_are_named_after_it() -> None:
    names = [Named("foundation", "Foundation"), *(Named(f"foundation-{number}") for number in range(1, 12))]
    assert near("foundaton", names)[0] == "foundation"


def test_a_word_is_corrected_by_letters_and_by_sound() -> None:
    known = {"timer", "time", "station", "stage", "group", "grouping"}
    assert nearest_word("timmer", known) == "timer"
    assert nearest_word("stashun", known) == "station"
    assert nearest_word("zebra", known) is None


def test_a_long_name_takes_no_time() -> None:
    start = time.process_time()
    near("ab" * 200_000, MODELS)
    assert time.process_time() - start < 10  # a quadratic way takes minutes
