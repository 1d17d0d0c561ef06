"""`reflect` as a person at a terminal meets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pltool.files.library import Library
from tests.terminal.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRESSION = Library().progression("station-rotation")
ACTIONS = [placed.step.action for placed in PROGRESSION.steps]
FOUNDATION = sum(
    placed.phase.id == "foundation" for placed in Library().progression("station-rotation").steps
)
KEYS = "y in place n not yet x does not apply ? look-fors b back q stop"


@pytest.fixture
def window() -> Iterator[Window]:
    with Window("reflect", "station-rotation") as opened:
        opened.wait_for(KEYS)
        yield opened


def records(home: Path) -> list[dict[str, object]]:
    return [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted((home / "reflections").glob("*.json"))
    ]


def drafts(home: Path) -> list[Path]:
    return sorted((home / "drafts").glob("*.json"))


def read_to_the_end(window: Window) -> None:
    """Read on to the question for a next step, and leave it for another time."""
    for _ in range(12):
        if "s not now" in window.shown:
            break
        window.press(" ")
    window.press("s", "To hand it over")


def test_the_first_window_says_what_it_is_and_asks_the_first_step(window: Window) -> None:
    assert "It stops at the first “not yet”" in window.shown
    assert ACTIONS[0] in window.shown
    assert f"Foundation · Planning before the lesson · step 1 of {FOUNDATION}" in window.shown
    assert f"1 of {len(ACTIONS)} in all · teacher action" in window.shown
    for line in PROGRESSION.steps[0].step.in_practice_when:
        assert line in window.shown


def test_yes_goes_on_and_not_yet_leads_to_the_pause(window: Window, home: Path) -> None:
    window.press("y", ACTIONS[1])
    window.press("y", ACTIONS[2])
    window.press("n", "Your answers")
    for action in ACTIONS[:3]:
        assert action in window.shown
    window.press(" ", "Station Rotation: progression pause")
    read_to_the_end(window)
    pause = PROGRESSION.steps[2].step
    read = window.everything
    assert "In consistent practice: the first 2 steps of Foundation." in read
    for text in (
        pause.next_moves[0].move,
        pause.next_moves[0].looks_like,
        *pause.coaching_questions,
        *(found.title for found in Library().bank_of(pause.resources).resources),
    ):
        assert text in read
    assert window.end() == 0
    (record,) = records(home)
    assert record["status"] == "paused"
    assert drafts(home) == []


def test_links_can_be_clicked(window: Window) -> None:
    window.press("n", "Your answers")
    read_to_the_end(window)
    assert window.end() == 0
    for resource in Library().bank_of(PROGRESSION.steps[0].step.resources).resources:
        assert f";{resource.url}\x1b\\".encode() in window.raw


@pytest.mark.parametrize("key", ["\r", "\n", " ", "z", "\x1b[A", "\t", "\x1b[200~yyy\x1b[201~", "1"])
def test_enter_and_stray_keys_answer_nothing(window: Window, home: Path, key: str) -> None:
    window.press(key, "That key is no answer. Please press one of these.")
    assert f"step 1 of {FOUNDATION}" in window.shown
    assert ACTIONS[1] not in window.everything
    assert drafts(home) == []


def test_a_question_mark_shows_the_look_fors(window: Window) -> None:
    window.press("?", "Look-fors:")
    for line in PROGRESSION.steps[0].step.look_fors:
        assert line in window.shown
    window.press("y", ACTIONS[1])


def test_back_shows_the_earlier_answer_and_keeps_the_later_ones(window: Window) -> None:
    window.press("y", ACTIONS[1])
    window.press("y", ACTIONS[2])
    window.press("b", "your answer so far: in place")
    window.press("b", f"step 1 of {FOUNDATION}")
    window.press("y", f"step 3 of {FOUNDATION}")


def test_stopping_keeps_what_was_answered_and_the_next_time_goes_on(window: Window, home: Path) -> None:
    window.press("y", ACTIONS[1])
    window.press("q", "Your 1 answer is kept; pltool reflect station-rotation goes on from there.")
    assert window.end() == 0
    assert len(drafts(home)) == 1
    with Window("reflect", "station-rotation") as again:
        again.wait_for(
            "You have an unfinished reflection on Station Rotation: 1 answer, the last one just now."
        )
        again.press("g", ACTIONS[1])


def test_control_c_ends_with_130_and_says_what_was_kept(window: Window, home: Path) -> None:
    window.press("y", ACTIONS[1])
    window.press("\x03", "Your 1 answer is kept")
    assert window.end() == 130
    assert len(drafts(home)) == 1
    assert records(home) == []


def test_control_c_before_any_answer_leaves_nothing_behind(window: Window, home: Path) -> None:
    window.press("\x03", "Nothing was answered yet.")
    assert window.end() == 130
    assert not list((home / "drafts").iterdir())


def test_an_answer_can_be_changed_before_it_is_sealed(window: Window, home: Path) -> None:
    window.press("y", ACTIONS[1])
    window.press("n", "Your answers")
    window.press("c", "Which one, 1 to 2?")
    window.press("2\r", "your answer so far: not yet")
    window.press("y", ACTIONS[2])
    window.press("n", "Your answers")
    read_to_the_end(window)
    assert window.end() == 0
    (record,) = records(home)
    assert record["counts"]["in_place"] == 2  # type: ignore[index]


def test_everything_in_place_says_so_and_what_could_come_next(home: Path) -> None:
    with Window("reflect", "station-rotation", "--phase", "personalized") as window:
        steps = [placed for placed in PROGRESSION.steps if placed.phase.id == "personalized"]
        for placed in steps:
            window.wait_for(placed.step.action)
            window.press("y")
        for _ in range(6):
            window.press(" ")
        assert "Station Rotation: Personalized in place" in window.everything
        assert "What could come next" in window.everything
        assert window.end() == 0
    (record,) = records(home)
    assert (record["status"], record["part"]) == ("complete", "personalized")


def test_without_a_model_the_list_is_offered() -> None:
    with Window("reflect", columns=80, rows=40) as window:
        window.wait_for("Which model do you want to reflect on")
        for model in Library().paths:
            assert f"({model})" in window.shown
        window.wait_for("or q to stop:")
        window.press("station-rotation\r", ACTIONS[0])


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 20), (100, 40)])
def test_nothing_scrolls_away_before_it_is_read(columns: int, rows: int) -> None:
    """Between two keys no more is written than the window can hold."""
    with Window("reflect", "station-rotation", columns=columns, rows=rows) as window:
        window.read(1.5)
        written_before = 0

        def written() -> int:
            return len(window.screen.history.top) + window.screen.cursor.y

        answers = iter("yyyn")
        for _ in range(40):
            assert written() - written_before < rows
            assert all(len(line) <= columns for line in window.lines)
            if not window.process.isalive():
                break
            written_before = written()
            on = "Space to" in window.shown.split("q stop")[-1] or "Your answers" in window.shown
            later = "s not now" in window.shown
            window.press("s" if later else " " if on else next(answers))
            window.read(0.3)
        assert window.end() == 0
        assert "To hand it over" in window.everything


@pytest.mark.parametrize("model", sorted(Library().paths))
def test_every_question_of_every_model_fits_a_small_window(model: str) -> None:
    """Rows of each question drawn at 60 columns, with room for the prompt and its reminder in 20 rows."""
    import io

    from rich.console import Console

    from pltool.cli.sitting.dialog import PROMPT_ROWS
    from pltool.core.interview import Interview
    from pltool.core.standing import Answer
    from pltool.report.formats.screen import render
    from pltool.report.question import question

    interview = Interview(Library().progression(model))
    console = Console(file=io.StringIO(), width=60, force_terminal=True)
    while (placed := interview.question) is not None:
        rows = console.render_lines(render(question(interview, placed)), pad=False)
        assert len(rows) + 1 + PROMPT_ROWS <= 20, f"{model} {placed.place}: {len(rows)} rows"
        interview = interview.answer(Answer.IN_PLACE)


@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"TERM": "vt100"}])
def test_it_works_without_colors(setting: dict[str, str]) -> None:
    with Window("reflect", "station-rotation", environment=setting) as window:
        window.wait_for("q stop")
        enter = "\r" if setting.get("TERM") == "dumb" else ""
        window.press(f"n{enter}", "Your answers")
        window.press(f"g{enter}" if enter else " ", "progression pause")
        if "NO_COLOR" in setting:
            assert not [
                code for code in (b"\x1b[32m", b"\x1b[33m", b"\x1b[1;33m", b"\x1b[35m") if code in window.raw
            ]


def test_the_report_can_be_piped_while_questions_stay_on_the_terminal(tmp_path: Path) -> None:
    target = tmp_path / "pause.txt"
    import sys

    program = Path(sys.executable).with_name("pltool")
    with Window("-c", f"{program} reflect station-rotation > {target}", program="/bin/sh") as window:
        window.wait_for("q stop")
        window.press("n", "Your answers")
        window.press(" ", "not now")
        window.press("s", "To hand it over")
        assert window.end() == 0
    written = target.read_text(encoding="utf-8")
    assert written.startswith("STATION ROTATION: PROGRESSION PAUSE")
    assert "\x1b" not in written
    assert "not yet  ?" not in written


def test_plain_asks_line_by_line(home: Path) -> None:
    with Window("reflect", "station-rotation", "--plain", rows=60) as window:
        window.wait_for("q stop >")
        window.press("\r", "An empty line is no answer.")
        window.press("y\r", ACTIONS[1])
        window.press("n\r", "Your answers")
        window.press("g\r", "not now >")
        window.press("s\r", "To hand it over")
        assert window.end() == 0
    assert len(records(home)) == 1
