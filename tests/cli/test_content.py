"""The author's path: a new file, the check, the schema, a first reflection."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pltool.core.rules.findings import ERRORS, WARNINGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result


def test_a_new_progression_checks_clean_and_can_be_reflected_on(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    written = run("content", "new", "our-model", "--in", str(tmp_path))
    assert (written.exit_code, written.stdout) == (0, f"{tmp_path / 'our-model.yaml'}\n")
    assert run("content", "check", str(tmp_path / "our-model.yaml")).exit_code == 0
    assert run("content", "check", str(tmp_path)).exit_code == 0
    reflected = run("reflect", "our-model", "--content", str(tmp_path), lines="n\n")
    assert reflected.exit_code == 0
    assert "OUR MODEL: PROGRESSION PAUSE" in reflected.stdout
    assert "not affiliated" not in run("show", "our-model", "--content", str(tmp_path)).stdout
    assert run("list", "--content", str(tmp_path)).stdout.splitlines().count("our-model") == 1


def test_the_template_explains_every_key_of_a_step(run: Callable[..., Result], tmp_path: Path) -> None:
    run("content", "new", "our-model", "--in", str(tmp_path))
    written = (tmp_path / "our-model.yaml").read_text(encoding="utf-8")
    from pltool.core.progression import Area, Phase, Progression, Step

    for model in (Progression, Phase, Area, Step):
        for key in model.model_fields:
            assert f"{key}:" in written


def test_check_names_every_problem_and_ends_with_1(run: Callable[..., Result], tmp_path: Path) -> None:
    run("content", "new", "our-model", "--in", str(tmp_path))
    path = tmp_path / "our-model.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("actor: teacher ", "actor: techer ").replace('"0.1"', "0.1"),
        encoding="utf-8",
    )
    result = run("content", "check", str(path))
    assert result.exit_code == 1
    assert result.stdout.count(f"{path}:") == 2
    assert "`version` `0.1` is read as a number; put it in quotes [format]" in result.stdout
    assert result.stderr == "pltool: 1 file checked: 2 errors.\n"


def test_warnings_stand_apart_and_do_not_fail_unless_asked_to(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    run("content", "new", "our-model", "--in", str(tmp_path))
    path = str(tmp_path / "our-model.yaml")
    result = run("content", "check", path)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines
    assert all(": warning: " in line and line.endswith("]") for line in lines)
    assert "[unwritten]" in result.stdout
    assert "no errors" in result.stderr
    assert run("content", "check", "--strict", path).exit_code == 1


def test_the_tools_own_content_has_no_errors(run: Callable[..., Result]) -> None:
    assert run("content", "check").exit_code == 0


def test_a_missing_file_is_wrong_usage(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("content", "check", str(tmp_path / "nowhere.yaml"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no such file or folder" in result.stderr


def test_json_and_github_say_the_same(run: Callable[..., Result], tmp_path: Path) -> None:
    run("content", "new", "our-model", "--in", str(tmp_path))
    path = tmp_path / "our-model.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("strands: [", 'strands: ["100%, sure", '), encoding="utf-8")
    data = json.loads(run("content", "check", str(path), "--format", "json").stdout)
    assert data["format"] == "pltool.content-check/1"
    assert data["errors"] == sum(entry["level"] == "error" for entry in data["problems"]) == 2
    assert data["warnings"] == sum(entry["level"] == "warning" for entry in data["problems"])
    lines = run("content", "check", str(path), "--format", "github").stdout.splitlines()
    assert len(lines) == len(data["problems"])
    first = data["problems"][0]
    assert lines[0].startswith(f"::error file={path},line={first['line']},col={first['column']},title=")
    assert "100%25" in lines[0]


def test_what_a_file_says_never_reaches_the_terminal_as_an_escape(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    path = tmp_path / "x\x1b[31m.yaml"
    path.write_text('"\\e]52;c;QQ==\\a": 1\nid: "\\e[2J"\n', encoding="utf-8")
    for form in ("text", "github", "json"):
        result = run("content", "check", str(path), "--format", form)
        assert result.exit_code == 1
        assert "\x1b" not in result.stdout + result.stderr
        assert "\x07" not in result.stdout + result.stderr


def test_the_rules_can_be_read(run: Callable[..., Result]) -> None:
    text = run("content", "check", "--rules").stdout
    assert all(f"  {name} " in text for name in (*ERRORS, *WARNINGS))


@pytest.mark.parametrize("name", ["../our-model", "Our Model", "a--b", ""])
def test_a_new_name_never_becomes_a_path(run: Callable[..., Result], tmp_path: Path, name: str) -> None:
    assert run("content", "new", name, "--in", str(tmp_path)).exit_code == 2
    assert not list(tmp_path.iterdir())


def test_new_never_overwrites(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "our-model.yaml").write_text("mine", encoding="utf-8")
    result = run("content", "new", "our-model", "--in", str(tmp_path))
    assert result.exit_code == 2
    assert "is there already" in result.stderr
    assert (tmp_path / "our-model.yaml").read_text(encoding="utf-8") == "mine"
