"""A month as a teacher would use it: twelve reflections on three models in two classes, and the thirteenth begun."""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from pltool.files.library import Library
from tests.terminal.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

STATION = [placed.step for placed in Library().progression("station-rotation").steps]
FLEX = [placed.step for placed in Library().progression("flex").steps]


@dataclass(frozen=True)
class Sitting:
    """One reflection: when, on what, how the agreed step went, the answers, and the next step."""

    day: int
    model: str
    classroom: str
    answers: str
    step: str = ""
    before: str = ""


MONTH = [
    Sitting(1, "station-rotation", "Period 3", "yyn", step="1"),
    Sitting(3, "station-rotation", "Period 4", "yn"),
    Sitting(5, "flex", "Period 3", "n", step="Ask each student for a goal"),
    Sitting(8, "station-rotation", "Period 3", "yyyyn", before="d"),
    Sitting(10, "flipped-classroom", "Period 4", "yyn"),
    Sitting(12, "flex", "Period 3", "n", before="g"),
    Sitting(15, "station-rotation", "Period 4", "yyyn", step="1"),
    Sitting(17, "station-rotation", "Period 3", "yn", step="Print the agenda larger"),
    Sitting(20, "flipped-classroom", "Period 4", "yyyyn"),
    Sitting(22, "flex", "Period 3", "yyn", before="d"),
    Sitting(24, "station-rotation", "Period 4", "yyyyyn", before="c"),
    Sitting(27, "station-rotation", "Period 3", "yyyn", before="g"),
]


def sit(sitting: Sitting) -> None:
    """Play one reflection through a window that is large enough to show it whole."""
    with Window("reflect", sitting.model, "--classroom", sitting.classroom, columns=90, rows=130) as window:
        window.wait_for("How did it go?" if sitting.before else "q stop")
        assert "unfinished" not in window.everything
        if sitting.before:
            window.press(sitting.before, "How often did you try it?")
            window.press("twice\r", "What happened?")
            window.press("\r", "q stop")
        for number, answer in enumerate(sitting.answers, start=1):
            last = number == len(sitting.answers)
            window.press(answer, "Your answers" if last else f" · step {number + 1} of ")
        window.press(" ", "s not now")
        if not sitting.step:
            window.press("s")
        else:
            if sitting.step == "1":
                window.press("1", "When, and in which class?")
            else:
                window.press("w", "Your next step:")
                window.press(f"{sitting.step}\r", "When, and in which class?")
            window.press("\r", "what then?")
            window.press("\r", "Who could watch")
            window.press("\r", "Look again on which day?")
            window.press("7\r" if sitting.step == "1" else "\r")
        window.wait_for("To hand it over")
        assert window.end() == 0


def move_to(path: Path, day: int) -> None:
    """Give a record the date it would have had, and the day to look again with it."""
    record = json.loads(path.read_text(encoding="utf-8"))
    moment = datetime(2026, 9, day, 15, 30).astimezone()
    record["started"] = (moment - timedelta(minutes=5)).isoformat()
    record["finished"] = moment.isoformat()
    if record["next_step"] and record["next_step"]["look_again"]:
        record["next_step"]["look_again"] = (moment + timedelta(days=7)).date().isoformat()
    path.write_text(json.dumps(record), encoding="utf-8")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The files of the twelve records, in the order in which they were made."""
    home = tmp_path_factory.mktemp("month")
    made: list[Path] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLTOOL_HOME", str(home))
        for sitting in MONTH:
            sit(sitting)
            (path,) = set((home / "reflections").glob("[!.]*.json")) - set(made)
            move_to(path, sitting.day)
            made.append(path)
    assert not list((home / "drafts").glob("*.json"))
    return made


@pytest.fixture
def month(played: list[Path], home: Path) -> list[Path]:
    """The same records in a data folder of the test's own."""
    shutil.copytree(played[0].parent, home / "reflections")
    return [home / "reflections" / path.name for path in played]


def line_of(text: str, title: str) -> str:
    """The part of a history under one heading."""
    return text.split(f"## {title}\n")[1].partition("\n## ")[0]


pytestmark = pytest.mark.usefixtures("month")


def test_history_has_a_line_for_each_model_and_class(run: Callable[..., Result]) -> None:
    history = run("history", "--format", "markdown").stdout.replace("\\", "")
    titles = [line.removeprefix("## ") for line in history.splitlines() if line.startswith("## ")]
    assert titles == [
        "Flex Model · Period 3",
        "Flipped Classroom · Period 4",
        "Station Rotation · Period 3",
        "Station Rotation · Period 4",
    ]


def test_history_says_what_moved_and_what_became_of_the_steps(run: Callable[..., Result]) -> None:
    history = run("history", "--format", "markdown").stdout.replace("\\", "")
    third = line_of(history, "Station Rotation · Period 3")
    standings = [line.split("(")[1].rstrip(")") for line in third.splitlines() if line.startswith("- Sep ")]
    assert standings == [
        "paused at Foundation 3",
        "paused at Foundation 5",
        "paused at Foundation 2",
        "paused at Foundation 4",
    ]
    assert "- Sep 8, 2026: ●●●●◐○" in third
    first, second, slipped, last = third.split(" 2026:\n")[1:]
    assert (
        f"Next step agreed: “{STATION[2].next_moves[0].move}”, look again on Tuesday, September 8, 2026"
        in first
    )
    assert f"Agreed before: “{STATION[2].next_moves[0].move}” (done; tried twice)" in second
    assert f"Came into place: {STATION[2].action}" in second
    assert "In place, and not reached before: 1 step" in second
    assert f"Slipped from in place to not yet: {STATION[1].action}" in slipped
    assert "Next step agreed: “Print the agenda larger”" in slipped
    assert "Agreed before: “Print the agenda larger” (going on; tried twice)" in last
    assert f"Came into place: {STATION[1].action}" in last
    assert f"Slipped from in place to not yet: {STATION[3].action}" in last, "in place on September 8"

    flex = line_of(history, "Flex Model · Period 3")
    assert flex.count("“Ask each student for a goal” (going on; tried twice)") == 1
    assert flex.count("“Ask each student for a goal” (done; tried twice)") == 1
    assert f"Came into place: {FLEX[0].action}" in flex
    assert "Slipped" not in flex

    fourth = run("history", "station-rotation", "--classroom", "Period 4").stdout
    assert "Period 3" not in fourth
    assert "(changed on the way; tried twice)" in " ".join(fourth.split())


def test_history_is_a_table_too(run: Callable[..., Result]) -> None:
    rows = list(csv.DictReader(io.StringIO(run("history", "--format", "csv").stdout)))
    assert len(rows) == len(MONTH)
    assert [row["slipped"] for row in rows if row["slipped"]] == ["rotation-agenda", STATION[3].id]
    assert {row["outcome"] for row in rows} == {"", "done", "going_on", "changed"}


def test_report_writes_the_latest_record_or_the_one_that_was_named(
    month: list[Path], run: Callable[..., Result]
) -> None:
    report = run("report", "--format", "markdown").stdout.replace("\\", "")
    assert "**Date:** September 27, 2026" in report
    assert "**Agreed before:** “Print the agenda larger” (going on; tried twice)" in report
    assert f"**{STATION[3].action}**" in report
    older = run("report", month[7].stem, "--format", "markdown").stdout.replace("\\", "")
    assert "## The next step agreed\n\n**Print the agenda larger**" in older


def test_report_offers_the_records_on_a_terminal() -> None:
    with Window("report", "--pick", columns=90, rows=130) as window:
        window.wait_for("A number from 1 to 12, or q to stop:")
        assert "1. September 27, 2026: Station Rotation · Period 3, paused at Foundation 4" in window.shown
        window.press("12\r", "Station Rotation: progression pause")
        assert "September 1, 2026" in window.shown
        assert window.end() == 0


def test_the_thirteenth_opens_with_the_step_that_is_still_open() -> None:
    with Window("reflect", "station-rotation", "--classroom", "Period 3", columns=90, rows=120) as window:
        window.wait_for("How did it go?")
        assert (
            "On September 27, 2026 this next step was still open: “Print the agenda larger”" in window.shown
        )
        window.press("d", "How often did you try it?")
        window.press("\r", "What happened?")
        window.press("\r", "last time: in place, Sep 27, 2026")
        window.press("y", f"2 of {len(STATION)} in all")
        window.press("n", "Your answers")
        window.press(" ", "s not now")
        shown = window.everything
        assert f"In place last time, and not yet now: • {STATION[1].action}" in shown
        assert "Since September 27, 2026" in shown
