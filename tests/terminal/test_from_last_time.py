"""What was answered last time is shown, never applied by itself, and taken over only where that was asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.examples import progression_data, step_data
from tests.saved import make_record
from tests.terminal.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

STEPS = [f"The teacher does what step-{number} asks." for number in range(1, 9)]


@pytest.fixture(autouse=True)
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A progression of eight steps in two phases, called `small`."""
    (tmp_path / "small.yaml").write_text(json.dumps(progression_data(5, 3)), encoding="utf-8")
    monkeypatch.setenv("PLTOOL_CONTENT", str(tmp_path))
    return tmp_path


def reflect_before(run: Callable[..., Result], home: Path, answers: str, day: str, *options: str) -> None:
    """A reflection whose record gets that date."""
    known = set((home / "reflections").glob("*.json"))
    assert run("reflect", "small", *options, lines="\n".join(answers) + "\n").exit_code == 0
    (path,) = set((home / "reflections").glob("*.json")) - known
    record = json.loads(path.read_text(encoding="utf-8"))
    record["finished"] = f"{day}T14:00:00+00:00"
    path.write_text(json.dumps(record), encoding="utf-8")


def latest(run: Callable[..., Result]) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(run("report", "--format", "json").stdout)
    return record


def test_the_last_answer_is_shown_and_enter_does_not_take_it(run: Callable[..., Result], home: Path) -> None:
    reflect_before(run, home, "yyn", "2026-10-14")
    with Window("reflect", "small", rows=40) as window:
        window.wait_for("last time: in place, Oct 14, 2026")
        window.press("\r", "That key is no answer.")
        assert "1 of 8 in all" in window.shown
        window.press("y", "2 of 8 in all")
        window.press("y", "last time: not yet, Oct 14, 2026")
        window.press("y", STEPS[3])
        assert "last time" not in window.shown.split("4 of 8 in all")[1]
        window.kill()
    (draft,) = (home / "drafts").glob("*.json")
    answers = json.loads(draft.read_text(encoding="utf-8"))["answers"]
    assert [kept["carried_from"] for kept in answers.values()] == [None] * 3


def test_another_class_has_a_last_time_of_its_own(run: Callable[..., Result], home: Path) -> None:
    reflect_before(run, home, "yyn", "2026-10-14", "--classroom", "Period 3")
    with Window("reflect", "small", "--classroom", "Period 4") as window:
        window.wait_for("1 of 8 in all")
        assert "last time" not in window.shown


def test_from_pause_starts_there_and_the_record_says_what_was_carried_over(
    run: Callable[..., Result], home: Path
) -> None:
    reflect_before(run, home, "yyyn", "2026-10-14")
    with Window("reflect", "small", "--from-pause", rows=50) as window:
        window.wait_for("4 of 8 in all")
        assert "3 answers from last time are carried over. Press b to go back to one." in window.everything
        assert "last time: not yet, Oct 14, 2026" in window.shown
        window.press("b", "3 of 8 in all")
        assert "carried over: in place, Oct 14, 2026" in window.shown
        window.press("y", "4 of 8 in all")
        window.press("n", "Your answers")
        assert "in place, carried over from Oct 14, 2026: The teacher does what step-1 asks." in window.shown
        window.press(" ", "s not now")
        window.press("s", "To hand it over")
        assert window.end() == 0
    record = latest(run)
    assert [answer["carried_from"] for answer in record["answers"]] == [
        "2026-10-14",
        "2026-10-14",
        None,
        None,
    ]
    report = " ".join(run("report").stdout.split())
    assert "Carried over: 2 answers from October 14, 2026" in report


def test_carried_over_twice_an_answer_keeps_the_day_it_was_given(
    run: Callable[..., Result], home: Path
) -> None:
    reflect_before(run, home, "yyn", "2026-10-14")
    reflect_before(run, home, "yn", "2026-10-21", "--from-pause")
    reflect_before(run, home, "n", "2026-10-28", "--from-pause")
    assert [answer["carried_from"] for answer in latest(run)["answers"]] == [
        "2026-10-14",
        "2026-10-14",
        "2026-10-21",
        None,
    ]


def test_from_pause_without_a_last_time_starts_at_the_first_step() -> None:
    with Window("reflect", "small", "--from-pause") as window:
        window.wait_for("1 of 8 in all")
        assert "There is no earlier reflection to start from" in window.everything


def test_what_is_carried_over_is_on_disk_before_the_first_question(
    run: Callable[..., Result], home: Path
) -> None:
    reflect_before(run, home, "yyyn", "2026-10-14")
    with Window("reflect", "small", "--from-pause") as window:
        window.wait_for("4 of 8 in all")
        window.kill()
    with Window("reflect", "small", rows=40) as window:
        window.wait_for("3 answers, the last one")
        window.press("g", "4 of 8 in all")
        assert "in place, carried over from Oct 14, 2026" in window.everything


def test_a_new_record_is_compared_with_the_old_one_against_todays_content(
    run: Callable[..., Result], home: Path, content: Path
) -> None:
    reflect_before(run, home, "yyyn", "2026-10-14")
    old = run("report").stdout
    data = progression_data(5, 3)
    steps = data["phases"][0]["areas"][0]["steps"]
    steps[0] = step_data("step-1", action="The teacher does it in other words.")
    steps[1] = step_data("brand-new")
    steps[2].update(id="renamed", former_ids=["step-3"])
    (content / "small.yaml").write_text(json.dumps(data), encoding="utf-8")
    assert run("report").stdout == old, "an old record reads as it was asked"
    with Window("reflect", "small", rows=130) as window:
        window.wait_for("last time: in place, Oct 14, 2026")
        window.press("y", "2 of 8 in all")
        assert "last time" not in window.shown.split("2 of 8 in all")[1]
        window.press("y", "3 of 8 in all")
        assert "last time: in place" in window.shown.split("3 of 8 in all")[1]
        window.press("n", "Your answers")
        window.press(" ", "s not now")
        shown = window.everything
    assert "Since October 14, 2026" in shown
    assert "In place last time, and not yet now: • The teacher does what step-3 asks." in shown
    assert "New in the progression since then: • The teacher does what brand-new asks." in shown
    assert "No longer in the progression: • The teacher does what step-2 asks." in shown
    assert "Worded differently since then: • The teacher does it in other words." in shown
    assert "Read against today's progression, the answers of that day leave Phase 1 2 open." in shown


def test_records_of_tests_are_like_real_ones(run: Callable[..., Result], home: Path) -> None:
    """What the other tests save by hand has the keys of what the program saves."""
    reflect_before(run, home, "yyn", "2026-10-14")
    from pltool.core.record import record_json

    assert set(latest(run)) == set(json.loads(record_json(make_record("yyn"))))
