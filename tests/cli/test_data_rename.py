"""A class or a model under another name, in all that is stored and nowhere else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pltool.files.library import Library
from pltool.files.records import last_record, read_record
from tests.cli.test_data import save_draft
from tests.saved import save

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result


def test_a_class_is_renamed_in_records_copies_and_drafts(run: Callable[..., Result]) -> None:
    path = save("yn", classroom="Period 3")
    copy = path.with_name(f"{path.stem} (1).json")
    copy.write_bytes(path.read_bytes())
    other = save("yn", day="2026-10-15", classroom="Period 4")
    draft = save_draft("2026-10-03", "PERIOD 3")
    path.write_text(
        path.read_text(encoding="utf-8").replace('"pause"', '"mood": "calm",\n  "pause"'), encoding="utf-8"
    )
    result = run("data", "rename", "--classroom", "period  3", "Algebra")
    assert result.exit_code == 0
    assert "in 2 records and 1 draft" in result.stdout
    assert [read_record(file).classroom for file in (path, copy, other)] == ["Algebra", "Algebra", "Period 4"]
    assert json.loads(draft.read_text(encoding="utf-8"))["labels"]["classroom"] == "Algebra"
    assert json.loads(path.read_text(encoding="utf-8"))["mood"] == "calm"
    assert read_record(path).revised is not None


def test_a_class_may_be_spelled_anew(run: Callable[..., Result]) -> None:
    path = save("yn", classroom="period 3")
    assert run("data", "rename", "--classroom", "PERIOD 3", "Period 3").exit_code == 0
    assert read_record(path).classroom == "Period 3"


def test_two_classes_become_one_only_with_a_clear_word(run: Callable[..., Result]) -> None:
    path, there = save("yn", classroom="P3"), save("yn", day="2026-10-15", classroom="Period 3")
    result = run("data", "rename", "--classroom", "P3", "PERIOD 3")
    assert (result.exit_code, read_record(path).classroom) == (2, "P3")
    assert "“Period 3” has records already" in result.stderr
    assert run("data", "rename", "--classroom", "P3", "PERIOD 3", "--yes").exit_code == 0
    assert read_record(path).classroom == read_record(there).classroom == "Period 3"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Say what to rename"),
        (("--classroom", "Perod 3", "x"), "There are: Period 3."),
        (("--classroom", "Period 3", " "), "The new label is empty"),
        (("--model", "flex", "nothing"), "There is no progression called `nothing`"),
        (("--model", "flexx", "flex"), "Nothing is stored of a model `flexx`."),
        (("--model", "flex", "flex"), "is its name already"),
    ],
)
def test_an_unclear_wish_changes_nothing(
    run: Callable[..., Result], arguments: tuple[str, ...], message: str
) -> None:
    path = save("yn", classroom="Period 3")
    before = path.read_bytes()
    result = run("data", "rename", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert path.read_bytes() == before


def own_model(folder: Path) -> str:
    text = (Library().own / "progressions" / "flex.yaml").read_text(encoding="utf-8")
    (folder / "flexible.yaml").write_text(text.replace("id: flex\n", "id: flexible\n", 1), encoding="utf-8")
    return str(folder)


def test_a_model_is_renamed_where_its_steps_are_the_same(run: Callable[..., Result], tmp_path: Path) -> None:
    path = save("yn", model="flex")
    result = run("data", "rename", "--model", "flex", "flexible", "--content", own_model(tmp_path))
    assert result.exit_code == 0, result.stderr
    found = last_record("flexible", kind="reflection", part=None, classroom=None)
    assert found is not None
    assert found.id == path.stem
    assert last_record("flex", kind="reflection", part=None, classroom=None) is None


def test_a_record_of_other_steps_keeps_its_model(run: Callable[..., Result]) -> None:
    path = save("yn", model="station-rotation")
    result = run("data", "rename", "--model", "station-rotation", "flex")
    assert result.exit_code == 1
    assert "is left as it is: `flex` has no step" in result.stderr
    assert read_record(path).model.id == "station-rotation"
