"""A note is kept as written; what it gives reason to say is said once, and for most notes that is nothing."""

from __future__ import annotations

import time

import pytest

from pltool.core.evidence import Remark, judging_word, names_in, naming_words, remarks


@pytest.mark.parametrize(
    "note",
    [
        "Great lesson",
        "the groups at the back were weak",
        "good job with the timer",
        "She should have posted the agenda",
        "Students were not engaged",
        "a well-run change of stations",
        "I liked the anchor chart",
        "transitions were chaotic",
        "The teacher needs to wait before she starts",
    ],
)
def test_a_note_that_judges_is_noticed(note: str) -> None:
    assert Remark.JUDGES in remarks(note, "saw")


@pytest.mark.parametrize(
    "note",
    [
        "11 of 14 students had opened the task within a minute",
        "The slide has names, tasks and a timer at 7:00",
        'The teacher says "good job" to six students',
        "A poster on the Great Depression hangs beside the table",
        "greatest common factor on the board",
        "Students need to sign the log before they sit down",
        "Good morning said to each student at the door",
        "Two students like the blue folder and swap",
        "Six students wait with hands up for four minutes",
    ],
)
def test_a_note_that_describes_is_left_alone(note: str) -> None:
    assert remarks(note, "saw") == ()


def test_what_somebody_said_is_evidence_whatever_the_words() -> None:
    assert remarks("This is a great place to work", "student_said") == ()
    assert remarks("My groups were weak last week", "teacher_said") == ()


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("Maria Lopez read her goal aloud", "Maria Lopez"),
        ("then asked José Núñez where he goes next", "José Núñez"),
        ("Jean-Luc Picard waits at the door", "Jean-Luc Picard"),
        ("told Kevin J. Jones to log off", "Kevin J. Jones"),
        ("Mr. Ortiz says three minutes", "Mr. Ortiz"),
        ("work sent to a.lopez@school.example.org today", "a.lopez@school.example.org"),
    ],
)
def test_a_full_name_or_an_address_is_noticed(note: str, found: str) -> None:
    assert naming_words(note) == found
    assert Remark.NAMES in remarks(note, "student_said")


@pytest.mark.parametrize(
    "note",
    [
        "Six students at the Technology Station",
        "Khan Academy open on 12 screens",
        "Period 3 Algebra",
        "Exit Ticket in a basket by the door",
        "Asking Kevin about the chart",
        "Timer rings. Students stand",
        "They pick Option B. Nobody asks",
        "Posted in Room A.",
        "x@y and @here, 4@table",
        "A student at Table Four reads aloud",
        "=1+1 | <b> # [x] ::",
        "",
    ],
)
def test_rooms_programs_and_sentence_starts_are_no_names(note: str) -> None:
    assert naming_words(note) is None


def test_the_word_that_judges_is_named() -> None:
    assert judging_word("The agenda was messy and great") == "messy"
    assert judging_word("The agenda names four groups") is None


def test_every_name_and_address_is_named_and_not_only_the_first() -> None:
    note = "Maria Gonzalez said it (mail m.gonzalez@school.org), Jordan P. in group 2 asked Mr. Ortiz; Maria Gonzalez left"
    assert names_in(note) == ("Maria Gonzalez", "m.gonzalez@school.org", "Jordan P.", "Mr. Ortiz")
    assert naming_words(note) == "Maria Gonzalez, m.gonzalez@school.org, Jordan P., Mr. Ortiz"
    many = " met ".join(f"{first} Smith" for first in ("Ada", "Bea", "Cara", "Dora", "Edda", "Fay", "Gail"))
    assert (naming_words(many) or "").endswith("Edda Smith and 2 more")


@pytest.mark.parametrize(
    "piece",
    [
        "x",
        "x@",
        "@",
        "Aa-",
        "Aa ",
        "A",
        "“",
        '"',
        "Aa  ",
        " ",
        "a.",
        "a@b.",
        "Mr. ",
        "Ab C. ",
        "well ",
        "“great ",
        "-",
    ],
)
def test_a_note_of_any_length_takes_linear_time(piece: str) -> None:
    def seconds(length: int) -> float:
        began = time.process_time()
        remarks(piece * (length // len(piece)), "saw")
        return time.process_time() - began

    short = min(seconds(50_000) for _ in range(3))
    assert seconds(800_000) < max(60 * short, 1.0)
