"""`identify` for scripts and line by line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result


def test_letters_name_the_model_with_reasons(run: Callable[..., Result]) -> None:
    result = run("identify", "--answers", "yynyyyn")
    assert result.exit_code == 0
    assert result.stdout.startswith("STATION ROTATION\n")
    assert "- Every student goes to every station in the room." in result.stdout
    assert "Lab Rotation: Online work has no lab and no lab days." in result.stdout


def test_json_ranks_every_candidate_and_says_what_to_ask(run: Callable[..., Result]) -> None:
    data = json.loads(run("identify", "--answers", "yunuyun", "--format", "json").stdout)
    assert data["outcome"] == "unclear"
    assert set(data["named"]) == {"station-rotation", "individual-rotation"}
    assert data["ask_next"]["cue"] == "every-station"
    assert data["ask_next"]["settles"] is True
    assert len(data["ranking"]) == 9
    assert all({"id", "title", "for", "against"} <= set(entry) for entry in data["ranking"])


def test_a_file_answers_by_name(run: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "cues.yaml"
    path.write_text(
        "answers:\n  turns: no\n  online-with-a-say: no\n  every-day: yes\n  met-before-class: no\n",
        encoding="utf-8",
    )
    result = run("identify", "--answers", str(path), "--format", "json")
    assert json.loads(result.stdout)["outcome"] == "not-blended"


def test_lines_are_answered_as_asked_and_end_early_with_status_1(run: Callable[..., Result]) -> None:
    whole = run("identify", lines="y\ny\nn\nn\n")
    assert whole.exit_code == 0
    assert whole.stdout.startswith("STATION ROTATION")
    early = run("identify", lines="y\n")
    assert early.exit_code == 1
    assert early.stdout.startswith("TOO LITTLE WAS SEEN TO TELL")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("yyx", "neither a file nor letters"),
        ("yyyyyyyyy", "9 answers were given, but there are 8 cues"),
        ("no-such-file.yaml", "there is no such file"),
    ],
)
def test_wrong_answers_are_refused_in_one_line(run: Callable[..., Result], given: str, said: str) -> None:
    result = run("identify", "--answers", given)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_unknown_cue_gets_the_nearest_with_its_place(run: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "cues.yaml"
    path.write_text("answers:\n  turn: yes\n  every-day: maybe\n", encoding="utf-8")
    result = run("identify", "--answers", str(path))
    assert result.exit_code == 2
    assert f"{path}:2:3: there is no cue `turn`; did you mean `turns`?" in result.stderr
    assert f"{path}:3:14: `maybe` is no answer" in result.stderr


def test_all_cues_can_be_listed_for_paper(run: Callable[..., Result]) -> None:
    output = run("identify", "--list").stdout
    assert output.count("Ask a student:") == 8
    assert "(met-before-class)" in " ".join(output.split())
