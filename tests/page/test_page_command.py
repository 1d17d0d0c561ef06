"""`pltool page` on the command line."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.examples import progression_data
from tests.page.sitting import action, begin, make_file, press, tap

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from typer.testing import Result


def test_it_says_what_it_wrote_and_how_large(run: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "reflect.html"
    ran = run("page", "station-rotation", "--output", str(path))
    assert ran.exit_code == 0
    assert ran.stdout == ""
    assert f"Wrote {path}." in ran.stderr
    assert f"{path.stat().st_size // 1000} KB" in ran.stderr


def test_the_same_content_gives_the_same_bytes(run: Callable[..., Result]) -> None:
    first, second = (run("page", "flex", "--output", "-").stdout for _ in range(2))
    assert first == second
    assert first.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Name a model"),
        (["--all", "flex"], "not both"),
        (["flexx"], "flex"),
        (["flex", "--phase", "nowhere"], "nowhere"),
        (["flex", "--as", "leader"], "has no leader actions"),
        (["flex", "--output", "page.pdf"], "ends in .html"),
        (["flex", "--qr", "javascript:alert(1)"], "https://"),
        (["flex", "--qr", "https://a b"], "https://"),
    ],
)
def test_wrong_usage_is_one_sentence_and_status_2(
    run: Callable[..., Result], arguments: list[str], words: str
) -> None:
    ran = run("page", *arguments)
    assert ran.exit_code == 2
    assert words in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1


def test_options_arrive_on_the_page(
    run: Callable[..., Result], open_page: Callable[..., Page], tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    title = "Our way </title><script>alert(1)</script>"
    ran = run(
        *("page", "distance-learning", "--phase", "lms", "--as", "leader", "--classroom", "R7"),
        *("--title", title, "--output", str(path)),
    )
    assert ran.exit_code == 0
    tab = open_page(path)
    assert tab.inner_text("#page h1") == title
    begin(tab)
    assert action(tab).startswith("The leader")
    press(tab, "n")
    tap(tab, "Show my pause")
    _, record = make_file(tab, tmp_path)
    assert (record["part"], record["asked_as"], record["classroom"]) == ("lms", "leader", "R7")
    assert {phase["id"] for phase in record["phases"]} == {"lms"}


def test_a_folder_of_ones_own_is_asked_and_takes_no_credit_from_others(
    run: Callable[..., Result], open_page: Callable[..., Page], tmp_path: Path
) -> None:
    ours = progression_data(2, model="our-model")
    (tmp_path / "our-model.yaml").write_text(json.dumps(ours), encoding="utf-8")
    path = tmp_path / "page.html"
    assert run("page", "our-model", "--content", str(tmp_path), "--output", str(path)).exit_code == 0
    tab = open_page(path)
    begin(tab)
    press(tab, "n")
    tap(tab, "Show my pause")
    _, record = make_file(tab, tmp_path)
    assert record["model"]["built_in"] is False
    assert "Dallas ISD" not in tab.inner_text("article")


def without(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in {"id", "started", "finished"}}


def test_the_record_is_what_observe_makes_of_the_same_answers(
    run: Callable[..., Result], open_page: Callable[..., Page], tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    run("page", "lab-rotation", "--observe", "--output", str(path))
    tab = open_page(path)
    tab.get_by_label("School").fill("S2")
    tab.get_by_label("As what").fill("coach")
    begin(tab, classroom="R7")
    tab.get_by_label("Your note").fill("A list by the door: “Lab today”.")
    tap(tab, "Add the note")
    tab.locator("#page h1").focus()
    press(tab, "ysx")
    tab.keyboard.type("No second room")
    tab.keyboard.press("Enter")
    press(tab, "yn")
    tap(tab, "Make the sheet")
    _, (record,) = make_file(tab, tmp_path)
    notes = {
        "model": "lab-rotation",
        **{key: record[key] for key in ("classroom", "school", "observer_role")},
        "answers": {
            one["step"]: {key: one[key] for key in ("answer", "reason", "evidence") if one[key]}
            for one in record["answers"]
        },
    }
    file = tmp_path / "notes.json"
    file.write_text(json.dumps(notes), encoding="utf-8")
    ran = run("observe", "--answers", str(file), "--format", "json")
    assert ran.exit_code == 0
    assert without(json.loads(ran.stdout)) == without(record)
    # The record is an answers file too.
    file.write_text(json.dumps(record), encoding="utf-8")
    assert without(json.loads(run("observe", "--answers", str(file), "--format", "json").stdout)) == without(
        record
    )


def test_the_record_is_what_reflect_makes_of_the_same_answers(
    run: Callable[..., Result], open_page: Callable[..., Page], tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    run("page", "distance-learning", "--output", str(path))
    tab = open_page(path)
    begin(tab, classroom="Period 3")
    press(tab, "yx")
    tab.keyboard.type("No devices at home")
    tab.keyboard.press("Enter")
    press(tab, "yn")
    tap(tab, "Show my pause")
    file, record = make_file(tab, tmp_path)
    assert record["asked_as"] == "teacher"
    assert record["not_asked"]
    ran = run("reflect", "--answers", str(file), "--format", "json")
    assert ran.exit_code == 0
    assert without(json.loads(ran.stdout)) == without(record)
    history = run("history")
    assert "Period 3" in history.output
    assert "No devices at home" in run("report").output


def test_a_code_is_printed_on_the_sheet_and_nowhere_else(
    run: Callable[..., Result], open_page: Callable[..., Page], tmp_path: Path
) -> None:
    pytest.importorskip("segno")
    path = tmp_path / "page.html"
    ran = run("page", "flex", "--qr", "https://example.org/a?b=1&c=<2>", "--output", str(path))
    assert ran.exit_code == 0
    tab = open_page(path)
    assert not tab.locator("#code").is_visible()
    tab.emulate_media(media="print")
    assert tab.locator("#code svg").is_visible()
    assert "https://example.org/a?b=1&c=<2>" in tab.inner_text("#code")
    assert not tab.locator("#new").is_visible()
    tab.emulate_media(media="screen")
    begin(tab)
    tab.emulate_media(media="print")
    assert not tab.locator("#code").is_visible()


def test_without_the_library_a_code_says_what_to_install(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "segno", None)
    ran = run("page", "flex", "--qr", "https://example.org/")
    assert ran.exit_code == 2
    assert "pltool[qr]" in ran.stderr
