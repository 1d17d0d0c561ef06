"""The conversation sheet invites: it shows what is there, asks openly, suggests, and leaves the choice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pltool.core.record import Evidence, FollowUp, NextStep
from pltool.core.standing import Answer
from pltool.files.library import Library
from pltool.report.conversation_sheet import conversation_sheet, screen_sheet
from pltool.report.formats import markdown
from pltool.report.formats import text as plaintext
from tests.sealed import seal

if TYPE_CHECKING:
    from pltool.core.record import Reflection

LIBRARY = Library()
PROGRESSION = LIBRARY.progression("station-rotation")
LETTERS = {"y": Answer.IN_PLACE, "n": Answer.NOT_YET, "s": Answer.NOT_SEEN}


def visit(letters: str, notes: dict[int, str] | None = None, **more: object) -> Reflection:
    answers = {placed.id: LETTERS[letter] for placed, letter in zip(PROGRESSION.steps, letters, strict=False)}
    evidence = {
        PROGRESSION.steps[number - 1].id: (Evidence(kind="saw", note=note),)
        for number, note in (notes or {}).items()
    }
    return seal(
        PROGRESSION,
        answers,
        bank=LIBRARY.bank,
        record_id="2026-11-23-080000-station-rotation-aaaaaa",
        started="2026-11-23T08:00:00+00:00",
        finished="2026-11-23T08:15:00+00:00",
        kind="observation",
        evidence=evidence,
        **more,  # type: ignore[arg-type]
    )


def sheet(record: Reflection) -> str:
    return " ".join(plaintext.render(conversation_sheet(record)).split())


@pytest.mark.parametrize(
    "letters", ["n", "yyyn", "ssn", "ysyn", "yyy", "s", "y" * 34, "y" * 33 + "s", "yynyy"]
)
def test_every_sheet_asks_and_suggests_and_never_judges(letters: str) -> None:
    said = sheet(visit(letters))
    assert "What would you add to these notes, or see differently?" in said
    assert "what comes next, is yours to say" in said
    assert "What I would like to try" in said
    judging = re.compile(
        r"\b(fail\w*|weak\w*|score[sd]? of|rating|must|lacks?|deficien\w*|poor)\b|%", re.IGNORECASE
    )
    own_words = said
    for placed in PROGRESSION.steps:
        step = placed.step
        for words in (step.action, *step.in_practice_when, *step.coaching_questions):
            own_words = own_words.replace(words, "")
        for move in step.next_moves:
            own_words = own_words.replace(move.move, "").replace(move.looks_like, "")
    assert not judging.search(own_words)


def test_a_pause_after_something_unseen_is_provisional_and_asks_about_it() -> None:
    said = sheet(visit("ysn"))
    assert "(provisional progression pause: Foundation, step 3)" in said
    assert "An earlier step could not be seen, which makes the pause provisional. How is it going?" in said
    assert PROGRESSION.steps[1].step.action in said
    assert "provisional" not in sheet(visit("yyn"))


def test_evidence_is_quoted_under_its_step_on_a_not_yet_as_well() -> None:
    said = sheet(visit("yn", {1: "two plans lie side by side", 2: "nobody looks at the slide"}))
    assert f"{PROGRESSION.steps[0].step.action} Saw: “two plans lie side by side”" in said
    assert "- Saw: “nobody looks at the slide”" in said


def test_what_was_agreed_stands_in_place_of_the_room_to_choose() -> None:
    record = visit("yn", next_step=NextStep(text="Try a signal", look_again="2026-12-07"))
    said = sheet(record)
    assert "Agreed: Try a signal Look again on: Monday, December 7, 2026" in said
    assert "What I would like to try" not in said


def test_the_agreement_of_last_time_opens_the_sheet() -> None:
    assert "Agreed after the last visit: “Try a signal”" in sheet(
        visit("yn", follow_up=FollowUp(record="x", text="Try a signal"))
    )


def test_the_screen_shows_the_same_without_room_to_write() -> None:
    shown = "".join(plaintext.render(section) for section in screen_sheet(visit("yyn", {1: "a chart"})))
    assert "____" not in shown
    assert "Saw: “a chart”" in shown
    assert "Possible next moves" in shown


def test_markdown_has_boxes_for_the_moves_and_lines_to_write_on() -> None:
    written = markdown.render(conversation_sheet(visit("yyn")))
    assert written.count("- [ ] ") == len(PROGRESSION.steps[2].step.next_moves)
    assert written.count("\\_" * 60) == 3


def test_the_way_to_the_end_with_something_unseen_is_provisional_and_has_no_pause() -> None:
    said = sheet(visit("y" * (len(PROGRESSION.steps) - 1) + "s"))
    assert "One step could not be seen, so this is provisional. How is it going?" in said
    assert "pause" not in said


def test_where_nothing_could_be_seen_nothing_is_said_to_be_missing() -> None:
    said = sheet(visit("ssn"))
    assert "which says nothing about whether they are there" in said
    assert "0 steps" not in said
