"""The page remarks on the notes that Python remarks on, and on the same words."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from pltool.core.evidence import judging_word, names_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

PARTS = (
    *(
        "great",
        "Great",
        "well-run",
        "she needs to",
        "The Great Gatsby",
        "good morning",
        "needs to know",
        "isn't ready",
    ),
    *(
        "Mary Jones",
        "Jean-Luc Élan",
        "Mr. Smith",
        "Dr Öz",
        "a.b@school.org",
        "Science Table",
        "Asking Maria Lopez",
    ),
    *(
        "Posters Hang",
        "Ines Cole",
        "O’Brien Kelly",
        "“great”",
        '"so lazy"',
        "students",
        "on the board",
        "É",
        "ñ",
    ),
    *(
        ".",
        "!",
        ":",
        "—",
        "(",
        "\n",
        "Zoom Room",
        "James T. Kirk",
        "greatest",
        "a great Depression",
        "x@y",
        "Jordan P.",
        "Group A.",
        "me@x.org,you@y.org",
    ),
)
FIND = """notes => notes.map(note => {
  const found = remarksOn(note, "saw", page.patterns);
  return [found.judges, found.names];
})"""


def test_both_find_the_words_that_judge_and_the_names(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    chance = random.Random(5)
    notes = [" ".join(chance.choices(PARTS, k=chance.randint(1, 7))) for _ in range(3000)]
    found = open_page(page_file("flex", kind="observation")).evaluate(FIND, notes)
    for note, (judges, names) in zip(notes, found, strict=True):
        assert (judges or [None])[0] == judging_word(note), note
        assert tuple(names) == names_in(note), note


def test_what_somebody_said_is_no_judgment(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    tab = open_page(page_file("flex", kind="observation"))
    assert tab.evaluate("remarksOn('great', 'student_said', page.patterns).judges") == []
    assert tab.evaluate("remarksOn('great', 'heard', page.patterns).judges") == ["great"]


def test_a_note_of_any_length_is_taken_at_once(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    tab = open_page(page_file("flex", kind="observation"))
    took = tab.evaluate(
        """() => ["Ann ".repeat(20000), "a@".repeat(20000), "x".repeat(100000), "A" + "a-A".repeat(20000)].map(note => {
          const began = performance.now();
          remarksOn(note, "saw", page.patterns);
          return performance.now() - began;
        })"""
    )
    assert max(took) < 5000, took  # a quadratic way takes minutes
