"""The author's path: a new file, the check, the schema, a first reflection."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest
import yaml

from pltool.files.content_folder import own_content
from pltool.files.library import Library

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
    assert run("list", "--content", str(tmp_path)).stdout.count("our-model") == 1


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
    assert "`version` `0.1` is read as a number; put it in quotes" in result.stdout
    assert result.stderr == "pltool: 2 problems.\n"


def test_the_tools_own_content_checks_clean(run: Callable[..., Result]) -> None:
    assert run("content", "check").exit_code == 0


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


def test_the_schema_accepts_what_the_loader_accepts(run: Callable[..., Result]) -> None:
    for name, paths in (
        ("progression", Library().paths.values()),
        ("resources", [own_content() / "resources.yaml"]),
        ("glossary", [own_content() / "glossary.yaml"]),
    ):
        schema = json.loads(run("content", "schema", name).stdout)
        for path in paths:
            jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), schema)


def test_a_key_from_a_file_does_nothing_on_the_screen(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text('id: x\n"\\e[31mred\\e]52;c;QQ==\\a": 1\n', encoding="utf-8")
    result = run("content", "check", str(tmp_path / "x.yaml"))
    assert "red" in result.stdout
    assert not {"\x1b", "\x07"} & set(result.stdout + result.stderr)
