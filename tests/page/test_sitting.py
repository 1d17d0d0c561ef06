"""A teacher's sitting on the page, from opening the file to what the tool makes of it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from pltool.core.record import AnswerSheet, Labels, make_record, record_json
from pltool.core.standing import Answer
from tests.page.conftest import own_library, own_progression
from tests.page.sitting import action, answers, begin, kept, make_file, press, seen, tap, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from typer.testing import Result

MODEL = "station-rotation"


@pytest.fixture
def tab(open_page: Callable[..., Page], page_file: Callable[..., Path]) -> Page:
    return open_page(page_file(MODEL))


def test_from_opening_the_file_to_the_history(
    tab: Page, tmp_path: Path, home: Path, run: Callable[..., Result]
) -> None:
    progression = own_progression(MODEL)
    begin(tab, classroom="  Period 3 ")
    for number in range(3):
        assert action(tab) == progression.steps[number].step.action
        press(tab, "y")
    press(tab, "n")
    tap(tab, "Show my pause")
    assert "progression pause" in tab.inner_text("h1")
    assert progression.steps[3].step.action in tab.inner_text("article")
    move = progression.steps[3].step.next_moves[0].move
    tab.get_by_label(move).check()
    tab.get_by_role("button", name="in two weeks").click()
    tab.get_by_label("When, and in which class?").fill("Monday, Period 3")
    tab.get_by_label("If something gets in the way").fill("I use the timer")
    tab.get_by_label("Who could watch").fill("The coach")
    path, record = make_file(tab, tmp_path)
    again = tab.evaluate(
        "(() => { const d = new Date(); d.setDate(d.getDate() + 14); return isoTime(d).slice(0, 10); })()"
    )
    assert record["next_step"]["text"] == move
    assert record["next_step"]["look_again"] == again
    plan = {key: record["next_step"][key] for key in ("when", "if_in_the_way", "partner")}
    assert plan == {
        "when": "Monday, Period 3",
        "if_in_the_way": "I use the timer",
        "partner": "The coach",
    }
    said = dict.fromkeys([placed.id for placed in progression.steps[:3]], Answer.IN_PLACE)
    sheet = AnswerSheet(
        answers={**said, progression.steps[3].id: Answer.NOT_YET}, labels=Labels(classroom="Period 3")
    )
    expected = json.loads(
        record_json(
            make_record(
                progression,
                sheet,
                resources=lambda _: own_library().bank,
                record_id=record["id"],
                started=record["started"],
                finished=record["finished"],
            )
        )
    )
    assert {**record, "next_step": None} == expected
    (home / "reflections").mkdir()
    shutil.copy(path, home / "reflections" / path.name)
    history = run("history")
    assert history.exit_code == 0
    assert "Period 3" in history.output
    report = run("report").output
    assert all(words in report for words in plan.values())


@pytest.mark.parametrize(
    "key", ["Enter", "Space", "Tab", "a", "1", "Escape", "ArrowDown", "s", "Control+y", "Alt+n"]
)
def test_no_other_key_answers(tab: Page, key: str) -> None:
    begin(tab)
    first = action(tab)
    tab.keyboard.press(key)
    tab.wait_for_timeout(30)
    assert action(tab) == first
    assert kept(tab) == []


def test_enter_on_a_focused_answer_is_no_answer_and_space_is_one(tab: Page) -> None:
    begin(tab)
    first = action(tab)
    tab.get_by_role("button", name="In place").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_timeout(100)
    assert action(tab) == first
    assert "Enter answers nothing" in tab.inner_text("#said")
    tab.keyboard.press("Space")
    seen(tab)
    assert action(tab) != first
    assert answers(tab) == ["in_place"]


def test_a_step_does_not_apply_only_with_a_reason(tab: Page, tmp_path: Path) -> None:
    begin(tab)
    first = action(tab)
    press(tab, "x")
    tab.keyboard.press("Enter")
    tab.wait_for_timeout(60)
    assert action(tab) == first
    assert "Without a reason nothing is answered" in tab.inner_text("#said")
    press(tab, "x")
    tab.keyboard.type("yn no second teacher")
    tab.keyboard.press("Enter")
    seen(tab)
    assert action(tab) != first
    press(tab, "yn")
    tap(tab, "Show my pause")
    _, record = make_file(tab, tmp_path)
    assert [one["answer"] for one in record["answers"]] == ["does_not_apply", "in_place", "not_yet"]
    assert record["answers"][0]["reason"] == "yn no second teacher"
    assert "Why: yn no second teacher" in tab.inner_text("article")


def test_a_key_held_down_answers_once(tab: Page) -> None:
    begin(tab)
    tab.keyboard.down("y")
    for _ in range(10):
        tab.keyboard.down("y")
    tab.keyboard.up("y")
    seen(tab)
    assert answers(tab) == ["in_place"]


def test_a_double_click_answers_once(tab: Page) -> None:
    begin(tab)
    tab.get_by_role("button", name="In place").dblclick()
    seen(tab)
    assert answers(tab) == ["in_place"]


def test_a_key_pressed_before_its_question_was_on_the_screen_is_no_answer(tab: Page) -> None:
    begin(tab)
    # Three keys while the page is busy: only the first of them was pressed with its question in view.
    tab.evaluate(
        """() => {
          const early = () => new KeyboardEvent("keydown", { key: "y", bubbles: true });
          for (let time = 0; time < 3; time += 1) document.body.dispatchEvent(early());
        }"""
    )
    seen(tab)
    assert answers(tab) == ["in_place"]


def test_a_letter_in_a_field_is_only_a_letter(tab: Page) -> None:
    tab.get_by_label("Which class").press_sequentially("ynbq?")
    assert tab.get_by_label("Which class").input_value() == "ynbq?"
    assert kept(tab) == []


def test_letters_can_be_switched_off_and_stay_off(tab: Page) -> None:
    tab.get_by_label("Letters on the keyboard answer").uncheck()
    begin(tab)
    first = action(tab)
    press(tab, "y")
    assert action(tab) == first
    tab.reload()
    assert not tab.get_by_label("Letters on the keyboard answer").is_checked()


def test_back_keeps_later_answers_and_change_takes_one(tab: Page) -> None:
    begin(tab)
    press(tab, "yyybb")
    assert "Your answer so far: in place" in tab.inner_text("#page")
    press(tab, "n")
    assert answers(tab) == ["in_place", "not_yet", "in_place"]
    tab.get_by_role("button", name="Change the answer").nth(1).click()
    press(tab, "y")
    assert answers(tab) == ["in_place", "in_place", "in_place"]
    assert action(tab) == own_progression(MODEL).steps[3].step.action


def test_back_at_the_first_step_says_so(tab: Page) -> None:
    begin(tab)
    press(tab, "b")
    tab.wait_for_timeout(60)
    assert tab.inner_text("#said") == "This is the first step."


def test_the_whole_way_is_complete_and_has_no_pause(tab: Page, tmp_path: Path) -> None:
    begin(tab)
    press(tab, "y" * len(own_progression(MODEL).steps))
    tap(tab, "Go on")
    _, record = make_file(tab, tmp_path)
    assert (record["status"], record["pause"]) == ("complete", None)


def test_a_reopened_reflection_is_the_same_record_finished_later(tab: Page, tmp_path: Path) -> None:
    begin(tab)
    press(tab, "yn")
    tap(tab, "Show my pause")
    _, first = make_file(tab, tmp_path)
    tab.wait_for_timeout(1100)
    tap(tab, "Change an answer")
    tab.get_by_role("button", name="Change the answer").nth(1).click()
    press(tab, "yn")
    tap(tab, "Show my pause")
    _, second = make_file(tab, tmp_path)
    assert second["id"] == first["id"]
    assert second["finished"] > first["finished"]
    assert (first["pause"]["number"], second["pause"]["number"]) == (2, 3)


def test_nothing_is_called_saved_before_the_person_says_so(tab: Page, tmp_path: Path) -> None:
    begin(tab)
    press(tab, "n")
    tap(tab, "Show my pause")
    make_file(tab, tmp_path)
    assert "saved" not in tab.inner_text("body").lower()
    tab.get_by_role("button", name="Start").click()
    assert "not in a file yet" in tab.inner_text("#page")
    tap(tab, "Open")
    make_file(tab, tmp_path)
    tab.get_by_role("button", name="I have it").click()
    tap(tab, "Start")
    assert "you have its file" in tab.inner_text("#page")
    # What is changed afterwards is in no file.
    tap(tab, "Open")
    tab.get_by_label("The next step").fill("Try it")
    tap(tab, "Start")
    assert "not in a file yet" in tab.inner_text("#page")


def test_the_text_can_be_copied_where_a_download_fails(tab: Page) -> None:
    begin(tab)
    press(tab, "n")
    tap(tab, "Show my pause")
    tab.evaluate("(() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); })()")
    tab.get_by_role("button", name="Copy the text").click()
    text = tab.get_by_label("The text of the file").input_value()
    assert json.loads(text)["status"] == "paused"
    assert tab.evaluate("getSelection().toString()") == text


def test_a_share_sheet_is_offered_where_there_is_one(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    tab = open_page(page_file(MODEL))
    tab.evaluate(
        """() => {
          navigator.canShare = ({ files }) => files.every(file => file.type === "text/plain");
          navigator.share = async ({ files }) => { window.shared = [files[0].name, await files[0].text()]; };
        }"""
    )
    begin(tab)
    press(tab, "n")
    tap(tab, "Show my pause")
    tab.get_by_role("button", name="Share").click()
    wait_for(tab, "Boolean(window.shared)")
    name, text = tab.evaluate("window.shared")
    assert name.endswith(".json.txt")
    assert json.loads(text)["status"] == "paused"
    assert "Did it arrive" in tab.inner_text("#keep")


def test_a_mistyped_label_can_be_mended(tab: Page, tmp_path: Path) -> None:
    begin(tab, classroom="Peroid 3")
    press(tab, "n")
    tab.get_by_text("Labels").click()
    tab.get_by_label("Class", exact=True).fill("Period 3")
    tap(tab, "Show my pause")
    _, record = make_file(tab, tmp_path)
    assert record["classroom"] == "Period 3"


def test_erasing_leaves_nothing_behind(tab: Page) -> None:
    for classroom in ("R7", "R8"):
        begin(tab, classroom=classroom)
        press(tab, "yq")
    tap(tab, "Erase R8")
    assert "You have not said that you have its file" in tab.inner_text("#page")
    tab.get_by_role("button", name="Keep", exact=True).click()
    assert len(kept(tab)) == 2
    tap(tab, "Erase everything")
    assert "Of 2 you have not said that you have the file" in tab.inner_text("#page")
    tab.get_by_role("button", name="Erase", exact=True).click()
    seen(tab)
    assert kept(tab) == []
    assert "R7" not in json.dumps(tab.evaluate("({...localStorage})"))
