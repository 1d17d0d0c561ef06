"""`observe` and `identify` as a coach in a doorway meets them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pltool.files.library import Library
from tests.terminal.window import Window

if TYPE_CHECKING:
    from pathlib import Path

PROGRESSION = Library().progression("station-rotation")
ACTIONS = [placed.step.action for placed in PROGRESSION.steps]
FOUNDATION = sum(
    placed.phase.id == "foundation" for placed in Library().progression("station-rotation").steps
)
KEYS = "y in place n not yet s not seen x does not apply e evidence"


def records(home: Path) -> list[dict[str, Any]]:
    return [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted((home / "reflections").glob("*.json"))
    ]


def test_from_the_doorway_to_a_printed_sheet_with_observe_alone(home: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.html"
    with Window("observe") as window:
        for key in "yynn":
            window.wait_for("y yes n no u could not tell b back q stop")
            window.press(key)
        window.wait_for("o observe Station Rotation")
        window.press("o", "Which classroom? A code will do")
        window.press("R7\r", "This is no evaluation")
        window.read_on_to(ACTIONS[0])
        assert "Look for, and ask:" in window.shown
        assert "Ask a student," in window.shown
        window.press("e", "w saw")
        window.press("w", "What did you see?")
        window.press("two plans [b] | # on the table\r", "Saw: “two plans [b] | # on the table”")
        window.press("y", ACTIONS[1])
        window.press("s", ACTIONS[2])
        window.press("n", "Your answers")
        window.press(" ", "Was this Station Rotation after all?")
        window.press("y", "notes for a conversation")
        for _ in range(12):
            if "Have you talked with the teacher already?" in window.shown:
                break
            window.press(" ")
        window.press("l", "For print, a file for the sheet")
        window.press(f"{sheet}\r", "The conversation sheet is in")
        assert window.end() == 0
    (record,) = records(home)
    assert (record["kind"], record["status"], record["provisional"]) == ("observation", "paused", True)
    assert "two plans [b] | # on the table" in sheet.read_text(encoding="utf-8")
    assert not list((home / "drafts").glob("*.json"))


@pytest.mark.parametrize("key", ["\r", " ", "z", "\t", "\x1b[200~yns\x1b[201~"])
def test_enter_and_stray_keys_answer_nothing(home: Path, key: str) -> None:
    with Window("observe", "station-rotation", "--classroom", "R7") as window:
        window.read_on_to(KEYS)
        window.press(key, "That key is no answer.")
        assert ACTIONS[1] not in window.everything
    assert not list((home / "reflections").glob("*.json"))


def test_stopping_offers_a_sheet_of_what_was_seen_or_to_go_on_later(home: Path) -> None:
    with Window("observe", "station-rotation", "--classroom", "R7") as window:
        window.read_on_to(KEYS)
        window.press("y", ACTIONS[1])
        window.press("q", "the visit is over")
        window.press("l", "pltool observe station-rotation goes on from there.")
        assert window.end() == 0
    with Window("observe", "station-rotation") as again:
        again.wait_for("You have an unfinished observation of Station Rotation for R7")
        again.press("g", ACTIONS[1])
        again.press("q", "the visit is over")
        again.press("v", "after all?")
        again.press("n", "or q to stop:")
        again.press("flex\r", "Your answers stay with Station Rotation")
        for _ in range(12):
            if "Have you talked" in again.shown:
                break
            again.press(" ")
        again.press("t", "What was agreed?")
        again.press("Try the folder signal\r", "When, and in which class?")
        again.press("\r", "what then?")
        again.press("\r", "Who could watch")
        again.press("\r", "Look again on which day?")
        again.press("14\r", "For print")
        again.press("\r")
        assert again.end() == 0
    (record,) = records(home)
    assert (record["status"], record["pause"], record["model_at_end"]) == ("unfinished", None, "flex")
    assert record["next_step"]["text"] == "Try the folder signal"


def test_control_c_keeps_answers_and_notes(home: Path) -> None:
    with Window("observe", "station-rotation", "--classroom", "R7") as window:
        window.read_on_to(KEYS)
        window.press("y", ACTIONS[1])
        window.press("e", "w saw")
        window.press("a", "What was posted")
        window.press("a chart\r", "Artifact: “a chart”")
        window.press("\x03", "kept")
        assert window.end() == 130
    (path,) = (home / "drafts").glob("*.json")
    assert "a chart" in path.read_text(encoding="utf-8")


def test_identify_goes_back_looks_further_and_finds_a_mixture() -> None:
    with Window("identify", rows=40) as window:
        window.wait_for("Question 1, at most 8")
        window.press("n", "Question 2")
        window.press("b", "Question 1")
        window.press("y", "Question 2")
        window.press("y", "Question 3")
        window.press("n", "Question 4")
        window.press("n", "o observe Station Rotation")
        window.press("m", "Question 5")
        for key, then in (
            ("y", "Question 6"),
            ("y", "Question 7"),
            ("y", "Mixed: Station Rotation and Flex"),
        ):
            window.press(key, then)
        window.press("q")
        assert window.end() == 0


@pytest.mark.parametrize("model", sorted(Library().paths))
def test_every_step_fits_a_small_window_for_an_observer(model: str) -> None:
    import io

    from rich.console import Console

    from pltool.cli.sitting.dialog import PROMPT_ROWS
    from pltool.core.interview import Interview
    from pltool.core.standing import Answer
    from pltool.report.formats.screen import render
    from pltool.report.observation import observed_question

    interview = Interview(Library().progression(model))
    console = Console(file=io.StringIO(), width=60, force_terminal=True)
    while (placed := interview.question) is not None:
        rows = console.render_lines(render(observed_question(interview, placed, "", ())), pad=False)
        assert len(rows) + 1 + PROMPT_ROWS <= 20, f"{model} {placed.place}: {len(rows)} rows"
        interview = interview.answer(Answer.IN_PLACE)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 20)])
def test_the_whole_step_stays_in_view_with_a_reminder_and_the_action_with_a_note(
    columns: int, rows: int
) -> None:
    with Window("observe", "station-rotation", "--classroom", "R7", columns=columns, rows=rows) as window:
        window.read_on_to(KEYS)
        for number, action in enumerate(ACTIONS[:4], start=1):
            window.wait_for(f"step {number} of {FOUNDATION}")
            window.press("z", "That key is no answer.")
            assert f"step {number} of {FOUNDATION}" in window.shown
            assert action in window.shown
            assert "q stop" in window.shown
            window.press("e", "w saw")
            window.press("w", "What did you see?")
            window.press("four of them wait\r", "Saw: “four of them wait”")
            window.wait_for(KEYS)
            assert action in window.shown.rpartition("What did you see?")[2]
            window.press("y")


def test_a_prompt_that_wraps_breaks_between_keys() -> None:
    with Window("observe", "station-rotation", "--classroom", "R7", columns=60, rows=20) as window:
        window.read_on_to(KEYS)
        assert "y in place  n not yet  s not seen  x does not apply" in window.lines
        assert any(line.startswith("e evidence  ? honest yes  b back  q stop") for line in window.lines)
