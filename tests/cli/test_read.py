"""`list` and `show` read well and find steps by their names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pltool.files.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result


def test_list_names_every_progression(run: Callable[..., Result]) -> None:
    result = run("list")
    assert result.exit_code == 0
    for model in Library().paths:
        assert f"\n{model}\n" in result.stdout
    assert [entry["id"] for entry in json.loads(run("list", "--format", "json").stdout)] == list(
        Library().paths
    )


def test_show_reads_a_progression_in_order(run: Callable[..., Result]) -> None:
    output = " ".join(run("show", "station-rotation").stdout.split())
    places = [output.index(placed.step.action) for placed in Library().progression("station-rotation").steps]
    assert places == sorted(places)
    assert "foundation-2 Teacher:" in output


def test_show_finds_a_step_by_id_and_by_number(run: Callable[..., Result]) -> None:
    by_id = run("show", "station-rotation", "rotation-agenda")
    by_number = run("show", "station-rotation", "foundation-2")
    assert by_id.stdout == by_number.stdout
    assert "Strand: Routines and Procedures" in by_id.stdout
    assert (
        json.loads(run("show", "station-rotation", "rotation-agenda", "--format", "json").stdout)["number"]
        == 2
    )


def test_an_unknown_step_gets_the_nearest(run: Callable[..., Result]) -> None:
    result = run("show", "station-rotation", "rotaton-agenda")
    assert result.exit_code == 2
    assert "did you mean `rotation-agenda`?" in result.stderr


def test_the_handout_holds_everything(run: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "handout.md"
    assert run("show", "station-rotation", "--output", str(path)).exit_code == 0
    handout = path.read_text(encoding="utf-8").replace("\\", "")
    for placed in Library().progression("station-rotation").steps:
        assert placed.step.next_moves[0].looks_like in handout
        assert placed.step.coaching_questions[-1] in handout
    assert "not affiliated" in handout
