"""An observer's day on a phone: several visits, notes, a lost page, one file for the walk."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tests.page.conftest import own_library, own_progression
from tests.page.sitting import action, begin, kept, make_file, press, seen, tap

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from typer.testing import Result

MODEL = "Station Rotation"


def answer(tab: Page, keys: str) -> None:
    """Answer with letters, wherever the cursor was before."""
    tab.locator("#page h1").first.focus()
    press(tab, keys)


def finish(tab: Page) -> None:
    """From the last answer to the list of visits."""
    tap(tab, "Make the sheet")
    tap(tab, "All visits")


def visit_with_a_note(tab: Page) -> None:
    begin(tab, classroom="R1", model=MODEL)
    tab.get_by_label("Your note").fill("Two plans side by side on the table.")
    tap(tab, "Add the note")
    answer(tab, "yyn")
    tap(tab, "Make the sheet")
    assert "Two plans side by side" in tab.inner_text("article")
    tap(tab, "All visits")


def visit_lost_in_the_middle_of_a_note(tab: Page, again: Callable[[], Page]) -> Page:
    begin(tab, classroom="R2", model=MODEL)
    answer(tab, "ys")
    tab.get_by_label("A student said").check()
    tab.get_by_label("Your note").fill("“We go when the tim")
    tab.close()
    tab = again()
    assert "R1 · Station Rotation" in tab.inner_text("#page")
    tap(tab, "Go on")
    assert action(tab) == own_progression("station-rotation").steps[2].step.action
    tab.get_by_label("Your note").fill("“We go when the timer rings.”")
    tap(tab, "Add the note")
    answer(tab, "n")
    finish(tab)
    return tab


def visit_lost_among_the_cues(tab: Page) -> None:
    begin(tab, classroom="R3")
    press(tab, "yy")
    tab.reload()
    seen(tab)
    press(tab, "n")
    while tab.locator(".answers").count():
        press(tab, "n")
    assert "Station Rotation" in tab.inner_text("#page h1")
    tap(tab, "Go on with Station Rotation")
    answer(tab, "n")
    finish(tab)


def visit_that_ends_before_a_pause(tab: Page) -> None:
    begin(tab, classroom="R4", model=MODEL)
    answer(tab, "yyq")
    tap(tab, "The visit is over")
    tap(tab, "Go on")
    assert "The visit ended after 2 steps" in tab.inner_text("article")
    tap(tab, "All visits")


def test_five_visits_two_lost_pages_one_file(
    open_page: Callable[..., Page], page_file: Callable[..., Path], tmp_path: Path, run: Callable[..., Result]
) -> None:
    path = page_file(*own_library().paths, kind="observation")
    tab = open_page(path)
    tab.get_by_label("School").fill("S2")
    tab.get_by_label("Observer").fill("A4")
    visit_with_a_note(tab)
    tab = visit_lost_in_the_middle_of_a_note(tab, lambda: open_page(path))
    visit_lost_among_the_cues(tab)
    visit_that_ends_before_a_pause(tab)
    begin(tab, classroom="R5", model="Flipped Classroom")
    answer(tab, "yyyn")
    finish(tab)
    assert "5 finished visits" in tab.inner_text("#page")
    file, records = make_file(tab, tmp_path)
    assert file.name.startswith("visits-")
    assert [one["classroom"] for one in records] == ["R1", "R2", "R3", "R4", "R5"]
    assert {(one["school"], one["observer"], one["kind"]) for one in records} == {("S2", "A4", "observation")}
    assert all(one["model"]["id"] in one["id"] for one in records)
    assert records[1]["answers"][2]["evidence"] == [
        {"kind": "student_said", "note": "“We go when the timer rings.”"}
    ]
    assert [one["status"] for one in records] == ["paused", "paused", "paused", "unfinished", "paused"]

    # A folder of downloads, as they really are: the same file twice, and an earlier one.
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "visits.json").write_text(json.dumps(records[:2]), encoding="utf-8")
    (folder / "visits (1).json").write_text(json.dumps(records), encoding="utf-8")
    (folder / "visits (2).json").write_text(json.dumps(records), encoding="utf-8")
    ran = run("walk", "summary", str(folder), "--hide-under", "3")
    assert ran.exit_code == 0
    assert re.search(r"\b5 (?:classrooms|observations|visits)\b", ran.output)


def test_a_finished_visit_can_be_opened_and_amended(
    open_page: Callable[..., Page], page_file: Callable[..., Path], tmp_path: Path
) -> None:
    tab = open_page(page_file("flex", kind="observation"))
    begin(tab, classroom="R7")
    tab.get_by_label("Your note").fill("A note to take back")
    tap(tab, "Add the note")
    tab.get_by_label("Your note").fill("The seocnd note")
    tap(tab, "Add the note")
    answer(tab, "n")
    tap(tab, "Make the sheet")
    tap(tab, "All visits")
    tap(tab, "Open")
    tap(tab, "Change an answer")
    tap(tab, "Change the answer")
    tap(tab, "Remove the note: A note to take back")
    tap(tab, "Change the note: The seocnd note")
    tab.get_by_label("Your note").fill("The second note")
    tap(tab, "Add the note")
    answer(tab, "s")
    answer(tab, "n")
    tap(tab, "Make the sheet")
    _, (record,) = make_file(tab, tmp_path)
    assert record["answers"][0]["evidence"] == [{"kind": "saw", "note": "The second note"}]
    assert [one["answer"] for one in record["answers"]] == ["not_seen", "not_yet"]
    assert record["provisional"]
    assert len(kept(tab)) == 1


def test_a_note_that_was_written_and_not_added_is_kept_with_the_answer(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    tab = open_page(page_file("flex", kind="observation"))
    begin(tab)
    tab.get_by_label("Your note").fill("A list by the door.")
    tab.get_by_role("button", name="In place").click()
    seen(tab)
    tab.get_by_label("Artifact").check()
    tab.get_by_label("Your note").fill("Written by Mary Jones.")
    tab.get_by_role("button", name="Back").click()
    seen(tab)
    tab.wait_for_timeout(60)
    assert "Your note is kept. “Mary Jones” looks like" in tab.inner_text("#said")
    tab.get_by_label("Your note").fill("And a third.")
    tab.get_by_role("button", name="Stop").click()
    seen(tab)
    (visit,) = kept(tab)
    first, second = (placed.id for placed in own_progression("flex").steps[:2])
    assert visit["notes"] == {
        first: [{"kind": "saw", "note": "A list by the door."}, {"kind": "saw", "note": "And a third."}],
        second: [{"kind": "artifact", "note": "Written by Mary Jones."}],
    }


def test_a_note_that_judges_or_names_is_reminded_of_and_stays_as_written(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    tab = open_page(page_file("flex", kind="observation"))
    begin(tab)
    tab.get_by_label("Your note").fill("Great lesson, Mary Jones and Tom Miller were busy.")
    tap(tab, "Add the note")
    said = tab.inner_text(".remarks")
    assert "“Mary Jones” and “Tom Miller”" in said
    assert "“Great” says how you found it" in said
    (notes,) = kept(tab)[0]["notes"].values()
    assert notes[0]["note"] == "Great lesson, Mary Jones and Tom Miller were busy."


def test_a_model_that_the_page_does_not_hold_is_said(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    tab = open_page(page_file("flex", "lab-rotation", kind="observation"))
    begin(tab)
    press(tab, "yyn")
    while tab.locator(".answers").count():
        press(tab, "n")
    assert "does not hold the questions" in tab.inner_text("#page")
    tap(tab, "Lab Rotation")
    assert action(tab) == own_progression("lab-rotation").steps[0].step.action


def test_a_visit_begun_with_cues_goes_on_where_the_file_now_asks_one_model(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    tab = open_page(page_file("flex", "lab-rotation", kind="observation"))
    begin(tab, classroom="R7")
    press(tab, "yn")
    page_file("flex", kind="observation")
    tab.reload()
    seen(tab)
    assert action(tab) == own_progression("flex").steps[0].step.action
