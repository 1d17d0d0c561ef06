"""What a change of content is called, and what it means for saved answers."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from pltool.core.content_diff import compare_progressions
from pltool.core.progression import Progression
from tests.examples import progression_data, step_data
from tests.files.test_content_check import progression

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result


def kinds(change: Callable[[list[dict[str, Any]]], object]) -> list[tuple[str, str]]:
    old = progression()
    new = copy.deepcopy(old)
    change(new["phases"][0]["areas"][0]["steps"])
    found = compare_progressions(Progression.model_validate(old), Progression.model_validate(new))
    return [(one.kind, one.step) for one in found]


def test_nothing_changed() -> None:
    assert kinds(lambda _: None) == []


def test_added_and_removed() -> None:
    assert kinds(lambda steps: steps.append(step_data("new", action="The teacher hums."))) == [
        ("added", "new")
    ]
    assert kinds(lambda steps: steps.pop(1)) == [("removed", "step-boats")]


def test_a_new_id_with_and_without_the_former_one() -> None:
    assert kinds(lambda steps: steps[0].update(id="other", former_ids=["step-lamps"])) == [
        ("renamed", "other")
    ]
    old = Progression.model_validate(progression())
    data = progression()
    data["phases"][0]["areas"][0]["steps"][0]["id"] = "other"
    (change,) = compare_progressions(old, Progression.model_validate(data))
    assert change.kind == "renamed"
    assert "are lost" in change.meaning


def test_moved_names_the_fewest_steps() -> None:
    assert kinds(lambda steps: steps.append(steps.pop(0))) == [("moved", "step-lamps")]


def test_reworded_names_the_keys() -> None:
    old = Progression.model_validate(progression())
    data = progression()
    data["phases"][0]["areas"][0]["steps"][0]["look_fors"] = ["A shelf.", "A box."]
    (change,) = compare_progressions(old, Progression.model_validate(data))
    assert (change.kind, change.keys) == ("reworded", ("look_fors",))
    assert "still means the same" not in change.meaning


def test_merged_and_split() -> None:
    def merge(steps: list[dict[str, Any]]) -> None:
        steps[0]["former_ids"] = [steps.pop(1)["id"]]

    assert kinds(merge) == [("merged", "step-lamps")]

    def split(steps: list[dict[str, Any]]) -> None:
        first = steps[0]
        second = copy.deepcopy(first)
        first.update(id="one", action=first["action"].replace("for class", "by class"))
        second.update(id="two", action=second["action"].replace("for class", "at class"))
        steps.insert(1, second)

    assert kinds(split) == [("split", "one"), ("split", "two")]


@given(st.permutations(range(8)))
def test_moving_never_adds_or_loses_a_step(order: list[int]) -> None:
    old = progression_data(8)
    new = copy.deepcopy(old)
    steps = new["phases"][0]["areas"][0]["steps"]
    new["phases"][0]["areas"][0]["steps"] = [steps[place] for place in order]
    found = compare_progressions(Progression.model_validate(old), Progression.model_validate(new))
    assert {change.kind for change in found} <= {"moved"}
    moved = {change.step for change in found}
    staying = [f"step-{place + 1}" for place in order if f"step-{place + 1}" not in moved]
    assert staying == sorted(staying)


def test_the_command_writes_release_notes(run: Callable[..., Result], tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder, data in ((old, progression()), (new, progression())):
        folder.mkdir()
        if folder is new:
            data["phases"][0]["areas"][0]["steps"][0]["action"] = "The teacher hums a [song](x)."
        (folder / "ours.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    (new / "more.yaml").write_text(
        yaml.safe_dump(progression() | {"id": "more", "title": "More"}), encoding="utf-8"
    )
    notes = run("content", "diff", str(old), str(new), "--format", "markdown")
    assert notes.exit_code == 0
    assert "## New progressions" in notes.stdout
    assert "### New words: 1 step" in notes.stdout
    assert "\\[song\\](x)" in notes.stdout
    one = run("content", "diff", str(old / "ours.yaml"), str(new / "ours.yaml"), "--format", "json")
    assert '"kind": "reworded"' in one.stdout
    assert run("content", "diff", str(old), str(new / "ours.yaml")).exit_code == 2
    assert run("content", "diff", str(old), str(tmp_path / "nowhere")).exit_code == 2
