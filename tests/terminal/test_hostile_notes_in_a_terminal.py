"""Hostile text drawn in a real terminal, by `observe`, `report` and `compare`, is shown and never obeyed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pltool.files.library import Library
from tests.terminal.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

STEPS = [placed.id for placed in Library().progression("station-rotation").steps]
TYPED = "[red]x[/red] | <b> # =1+1 שלום"
ORDERS = "\x1b[2J\x1b]0;evil\x07\x1b[31m"
HOSTILE = f"{TYPED} {ORDERS}‮👩‍🏫"
SHOWN = "[red]x[/red] | <b> # =1+1 שלום ␛[2J␛]0;evil␇␛[31m"


def assert_harmless(window: Window) -> None:
    """No order in a note reached the terminal, and no mark that turns other text around."""
    assert b"\x1b]0;" not in window.raw
    assert b"\x1b[2J" not in window.raw
    assert b"\x1b[31m" not in window.raw
    assert "\u202e".encode() not in window.raw
    assert window.screen.title != "evil"


@pytest.fixture
def visits(tmp_path: Path, home: Path, run: Callable[..., Result]) -> list[str]:
    for answer in ("in_place", "not_yet"):
        path = tmp_path / f"{answer}.json"
        answers = {STEPS[0]: {"answer": answer, "evidence": [{"saw": HOSTILE}]}}
        written = {"model": "station-rotation", "classroom": "R7", "answers": answers}
        path.write_text(json.dumps(written), encoding="utf-8")
        run("observe", "--answers", str(path))
    names = [path.stem for path in sorted((home / "reflections").glob("*.json"))]
    for name in names:  # both were made in the same second, so either may be the last
        run("report", name, "--agree", HOSTILE)
    return names


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 20)])
@pytest.mark.parametrize("command", ["report", "compare"])
def test_reports_and_comparisons_show_it(visits: list[str], command: str, columns: int, rows: int) -> None:
    names = visits if command == "compare" else visits[1:]
    with Window(command, *names, columns=columns, rows=rows) as window:
        assert window.end() == 0
        assert SHOWN.replace(" ", "") in window.everything.replace(" ", "")
        assert "👩".encode() in window.raw
        assert_harmless(window)


@pytest.mark.usefixtures("visits")
def test_an_observer_meets_it_on_the_way_and_types_it(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.html"
    sheet.write_text("the sheet of another room", encoding="utf-8")
    with Window("observe", "station-rotation", "--classroom", "R7") as window:
        window.wait_for("After the visit")
        assert SHOWN.replace(" ", "") in window.everything.replace(" ", "")
        window.read_on_to("e evidence")
        window.press("e", "w saw")
        window.press("w", "What did you see?")
        window.press(f"\x1b[200~{TYPED} {ORDERS}\x1b[201~\r", "Saw: “[red]x[/red]")
        window.press("n", "Your answers")
        window.press(" ", "after all?")
        window.press("y", "notes for a conversation")
        for _ in range(12):
            if "Have you talked" in window.shown:
                break
            window.press(" ")
        window.press("l", "For print")
        window.press(f"{sheet}\r", "r replace sheet.html")
        assert "another room" in sheet.read_text(encoding="utf-8")
        window.press("r", "Open it in a browser to print it.")
        assert window.end() == 0
        assert_harmless(window)
    assert "[red]x[/red] | &lt;b&gt; # =1+1" in sheet.read_text(encoding="utf-8")
