"""`check` is for scripts: exit status, JSON, and one plain sentence where something is wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pltool.files.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

STEPS = len(Library().progression("station-rotation").steps)
FOUNDATION = sum(
    placed.phase.id == "foundation" for placed in Library().progression("station-rotation").steps
)


def test_the_record_has_the_keys_that_were_promised(run: Callable[..., Result]) -> None:
    result = run("check", "station-rotation", "yyyn", "--format", "json")
    assert result.exit_code == 1
    assert result.stderr == ""
    record = json.loads(result.stdout)
    assert record["format"] == "pltool.reflection/1"
    assert record["kind"] == "reflection"
    assert record["model"]["id"] == "station-rotation"
    assert record["status"] == "paused"
    assert record["provisional"] is False
    assert record["counts"] == {
        "in_place": 3,
        "not_yet": 1,
        "not_seen": 0,
        "beyond_pause": 0,
        "not_reached": STEPS - 4,
        "total": STEPS,
        "does_not_apply": 0,
    }
    assert record["phases"][0] == {
        "id": "foundation",
        "title": "Foundation",
        "in_place": 3,
        "total": FOUNDATION,
    }
    pause = record["pause"]
    assert (pause["id"], pause["number"], pause["phase"], pause["area"], pause["actor"]) == (
        "small-group-purpose",
        4,
        "foundation",
        "teacher-station",
        "teacher",
    )
    for key in ("action", "in_practice_when", "look_fors", "strands", "coaching_questions"):
        assert pause[key]
    assert set(pause["next_moves"][0]) == {"move", "looks_like"}
    assert {"id", "title", "publisher", "url", "about"} <= set(pause["resources"][0])
    assert [answer["answer"] for answer in record["answers"]] == ["in_place"] * 3 + ["not_yet"]
    assert record["answers"][0]["asked"]
    assert {"classroom", "school", "observer", "next_step", "started", "finished", "id"} <= set(record)


@pytest.mark.parametrize(
    ("letters", "through", "status"),
    [
        ("y" * STEPS, None, 0),
        ("y" * (STEPS - 1), None, 1),
        ("y" * (STEPS - 1) + "s", None, 0),
        ("n", None, 1),
        ("y" * FOUNDATION, "foundation", 0),
        ("y" * FOUNDATION + "n", "foundation", 0),
        ("y" * (FOUNDATION - 1) + "n", "foundation", 1),
        ("y" * (FOUNDATION - 1), "foundation", 1),
        ("yy", "rotation-agenda", 0),
        ("yn", "rotation-agenda", 1),
        ("ys", "rotation-agenda", 1),
        ("yy", "foundation-2", 0),
        ("yy", "foundation-3", 1),
    ],
)
def test_the_exit_status_answers_the_question(
    run: Callable[..., Result], letters: str, through: str | None, status: int
) -> None:
    options = ("--through", through) if through else ()
    assert run("check", "station-rotation", letters, *options).exit_code == status


def test_answers_come_from_a_file_or_from_standard_input(run: Callable[..., Result], tmp_path: Path) -> None:
    text = "model: station-rotation\nclassroom: Room 4\nanswers:\n  two-group-plans: yes\n  rotation-agenda: no\n"
    (tmp_path / "answers.yaml").write_text(text, encoding="utf-8")
    from_file = run(
        "check", "station-rotation", "--answers", str(tmp_path / "answers.yaml"), "--format", "json"
    )
    from_input = run("check", "station-rotation", "--answers", "-", "--format", "json", lines=text)
    for result in (from_file, from_input):
        record = json.loads(result.stdout)
        assert (record["classroom"], record["pause"]["id"]) == ("Room 4", "rotation-agenda")


def test_the_suffix_chooses_the_format(run: Callable[..., Result], tmp_path: Path) -> None:
    for name, beginning in (
        ("pause.md", "# Station Rotation"),
        ("pause.html", "<!DOCTYPE html>"),
        ("pause.json", "{"),
        ("pause.txt", "STATION ROTATION"),
    ):
        result = run("check", "station-rotation", "yn", "--output", str(tmp_path / name))
        assert (result.exit_code, result.stdout) == (1, "")
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(beginning)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nope", "y"), "There is no progression called `nope`"),
        (("station-rotation", "yz"), "Answer 2 is `z`"),
        (("station-rotation", "y" * 99), "99 answers were given, but Station Rotation has"),
        (("station-rotation",), "Give the answers either as letters (yyyn) or with --answers FILE."),
        (("station-rotation", "y", "--through", "foundaton"), "did you mean `foundation`?"),
        (("station-rotation", "y", "--format", "csv"), "--format csv is not possible here"),
        (("station-rotation", "y", "--output", "pause.docx"), "pause.docx: end the name in .txt, .md"),
        (
            ("station-rotation", "y", "--output", "missing/pause.md"),
            "missing does not exist. Check the name, or make the folder first",
        ),
        (("station-rotation", "--answers", "missing.yaml"), "missing.yaml: there is no such file."),
        (("station-rotation", "--answers", "."), "is a folder; name a file in it"),
        (("station-rotation", "y", "--content", "missing"), "there is no such folder"),
    ],
)
def test_wrong_input_gets_one_plain_sentence(
    run: Callable[..., Result],
    arguments: tuple[str, ...],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("check", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr
    assert result.stderr.startswith("pltool: ")
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Traceback" not in result.stderr


def test_a_broken_answers_file_is_reported_with_every_place(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("answers:\n  two-group-plan: yes\n  rotation-agenda: perhaps\n", encoding="utf-8")
    result = run("check", "station-rotation", "--answers", str(path))
    assert result.exit_code == 2
    assert f"{path}:2:3: `station-rotation` has no step `two-group-plan`; did you mean" in result.stderr
    assert f"{path}:3:20: `perhaps` is no answer" in result.stderr
