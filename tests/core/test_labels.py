"""When labels are the same, and when they nearly are."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pltool.core.labels import first_spellings, fold_label, same_label, similar_labels


@pytest.mark.parametrize(
    "other",
    [
        "o'brien period 3",
        "O'BRIEN  PERIOD 3 ",
        "O\u2019Brien Period\u00a03",
        "O`Brien Period 3",
        "O\u00b4Brien Period 3",
        "O\u02bcBrien Period 3",
        "O\uff07Brien Period \uff13",
        "\ufeffO'Brien\u200b Period\u200d 3",
        "O'Bri\u00aden Period\t3",
        "O'Brien Period\ufe0f 3\u3164",
        "O'Brien Period\u28003",
        "\x1bO'Brien\x00 Period 3",
    ],
)
def test_labels_that_look_the_same_are_the_same(other: str) -> None:
    assert fold_label(other) == "o'brien period 3"
    assert same_label("O'Brien Period 3", other)


def test_composed_and_decomposed_accents_and_ligatures_are_the_same() -> None:
    assert same_label("Garc\u00eda", "Garci\u0301a")
    assert same_label("Of\ufb01ce", "Office")
    assert same_label("Stra\u00dfe", "STRASSE")


@pytest.mark.parametrize("other", ["Period-3", "Period3", "Period 4", "Period 03", "Per\u00edod 3", ""])
def test_what_a_person_sees_keeps_labels_apart(other: str) -> None:
    assert not same_label("Period 3", other)


def test_no_label_and_one_of_nothing_but_blanks_are_the_same() -> None:
    assert same_label(None, " \u200b\u3164 ")
    assert first_spellings([None, " ", "\u200b"]) == {}


def test_labels_are_shown_as_first_written() -> None:
    assert first_spellings(["Period 3", "B", "period  3", "b"]) == {"period 3": "Period 3", "b": "B"}


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(label: str) -> None:
    assert fold_label(fold_label(label)) == fold_label(label)


@given(st.text(alphabet=st.characters(categories=["L", "N", "Cf", "Zs", "M", "P"]), max_size=30))
def test_capitals_and_composition_never_tell_labels_apart(label: str) -> None:
    assert same_label(label, unicodedata.normalize("NFD", label))
    assert same_label(label, f"  {label}\u200b ")


def test_a_label_of_any_length_is_folded_in_no_time() -> None:
    began = time.process_time()
    fold_label("a" + "\u0301\u0323" * 500_000)
    similar_labels("ab " * 100_000, ["ac " * 100_000] * 20)
    assert time.process_time() - began < 10  # a quadratic way takes minutes


@pytest.mark.parametrize(
    "typed",
    ["Perod 3", "Period3", "period-3", "Period 03", "P3", "Per. 3", "Period 3 Algebra", "P\u00e9riod 3"],
)
def test_a_near_miss_suggests_the_class_that_was_meant(typed: str) -> None:
    assert similar_labels(typed, ["Period 5", "Period 3", "Room 3"]) == ("Period 3",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Period 3", "Period 4"),
        ("Period 3", "Period 13"),
        ("Room 7A", "Room 7B"),
        ("Algebra I", "Algebra II"),
        ("Grade 3 Morning", "Grade 3 Afternoon"),
        ("North", "South"),
        ("East", "West"),
        ("Biology", "Zoology"),
        ("Room", "Room 4"),
        ("7", "17"),
        ("A", "B"),
    ],
)
def test_classes_that_differ_by_a_number_or_a_letter_are_no_near_misses(one: str, other: str) -> None:
    assert similar_labels(one, [other]) == ()
    assert similar_labels(other, [one]) == ()


def test_the_label_itself_is_no_near_miss_of_itself() -> None:
    assert similar_labels("period 3", ["Period 3", "Period 3 "]) == ()


def test_at_most_three_near_misses_come_nearest_first() -> None:
    known = ["Perixd 3", "Period-3", "Perio 3", "Pericd 3"]
    found = similar_labels("Period 3", known)
    assert len(found) == 3
    assert found[0] == "Period-3"
