"""A district changes single things by id; what hits nothing is an error at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from pltool.errors import ProblemsError
from pltool.files.content_folder import own_content
from pltool.files.library import Library
from tests.examples import step_data

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

MODEL = "station-rotation"
FIRST = Library(bare=True).progression(MODEL).steps[0]
PAGE = FIRST.step.resources[0]


def library(folder: Path, **overlay: Any) -> Library:
    text = yaml.safe_dump(overlay, sort_keys=False)
    (folder / "overlay.yaml").write_text(text, encoding="utf-8")
    return Library([folder])


def problems(folder: Path, **overlay: Any) -> list[str]:
    """What is wrong with an overlay, without the folder in front."""
    try:
        found = library(folder, **overlay)
        found.progression(MODEL)
        return [str(problem) for problem in found.overlays.problems(found)] if found.overlays else []
    except ProblemsError as error:
        return [str(problem).removeprefix(f"{folder}/") for problem in error.problems]


def test_a_step_keeps_what_is_not_replaced(tmp_path: Path) -> None:
    changes = [{"replace": FIRST.id, "with": {"action": "The teacher does it our way."}}]
    changed = library(tmp_path, progressions={MODEL: changes})
    step = changed.progression(MODEL).steps[0].step
    assert step.action == "The teacher does it our way."
    assert step.look_fors == FIRST.step.look_fors
    assert not changed.is_own(MODEL)
    assert changed.origin(MODEL).overlays == (tmp_path / "overlay.yaml",)
    assert changed.is_own("flex")


def test_a_step_is_added_after_another_and_numbers_follow(tmp_path: Path) -> None:
    changes = [
        {"after": FIRST.id, "add": step_data("our-signal")},
        {"after": "our-signal", "add": step_data("our-second")},
    ]
    steps = library(tmp_path, progressions={MODEL: changes}).progression(MODEL).steps
    assert [step.id for step in steps[:3]] == [FIRST.id, "our-signal", "our-second"]
    assert [step.number for step in steps[:3]] == [1, 2, 3]


def test_a_hidden_step_is_gone_and_so_is_an_area_left_empty(tmp_path: Path) -> None:
    area = FIRST.phase.areas[0]
    hidden = [{"hide": step.id} for step in area.steps]
    progression = library(tmp_path, progressions={MODEL: hidden}).progression(MODEL)
    assert area.id not in [found.id for found in progression.phases[0].areas]
    assert all(progression.find(step.id) is None for step in area.steps)


def test_resources_terms_and_strands_change_too(tmp_path: Path) -> None:
    ours = {
        "id": "our-page",
        "title": "Our page",
        "publisher": "Us",
        "url": "https://example.org/ours",
        "kind": "guide",
        "models": ["any"],
        "phases": ["any"],
        "strands": ["our-practice"],
        "about": "What we wrote.",
    }
    changed = library(
        tmp_path,
        progressions={MODEL: [{"replace": FIRST.id, "with": {"resources": ["our-page", PAGE]}}]},
        resources=[{"add": ours}, {"replace": PAGE, "with": {"url": "https://example.org/moved"}}],
        terms=[{"replace": "strand", "with": {"meaning": "A practice of ours."}}, {"hide": "agency"}],
        strands=[
            {
                "after": "self-direction",
                "add": {"id": "our-practice", "title": "Our practice", "meaning": "To do it."},
            }
        ],
    )
    step = changed.progression(MODEL).steps[0].step
    few = changed.bank_of(step.resources).find(step.resources)
    assert [resource.id for resource in few] == ["our-page", PAGE]
    assert few == changed.bank.find(step.resources)
    assert few[1].url == "https://example.org/moved"
    terms = {term.id: term.meaning for term in changed.glossary.terms}
    assert terms["strand"] == "A practice of ours."
    assert "agency" not in terms
    assert "our-practice" in changed.strand_ids


def test_a_hidden_resource_leaves_its_steps(tmp_path: Path) -> None:
    changed = library(tmp_path, resources=[{"hide": PAGE}])
    assert PAGE not in changed.progression(MODEL).steps[0].step.resources
    assert PAGE not in {resource.id for resource in changed.bank.resources}


def test_a_later_folder_changes_what_an_earlier_one_added(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    first.mkdir()
    second.mkdir()
    library(first, progressions={MODEL: [{"after": FIRST.id, "add": step_data("ours")}]})
    library(second, progressions={MODEL: [{"replace": "ours", "with": {"action": "The teacher waves."}}]})
    steps = Library([first, second]).progression(MODEL).steps
    assert steps[1].step.action == "The teacher waves."


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        ({"replace": "nope", "with": {"action": "x"}}, "overlay.yaml:3:14: there is no step `nope`"),
        ({"hide": "nope"}, "there is no step `nope`"),
        ({"after": "nope", "add": step_data("ours")}, "there is no step `nope`"),
        ({"after": FIRST.id, "add": step_data(FIRST.id)}, f"there is a step `{FIRST.id}` already"),
        ({"add": step_data("ours")}, "needs `after` with the id of a step"),
        ({"replace": FIRST.id}, "must say under `with` which keys change"),
        ({"replace": FIRST.id, "hide": FIRST.id}, "must either `replace` an id"),
        ({"hide": FIRST.id, "with": {"action": "x"}}, "does not `replace` anything"),
        ({}, "must either `replace` an id"),
        ({"replace": FIRST.id, "with": {"acton": "x"}}, "unknown key `acton`"),
        ({"replace": FIRST.id, "with": {"id": "other"}}, "unknown key `id`"),
        ({"replace": FIRST.id, "with": {"strands": ["nope"]}}, "there is no strand `nope`"),
        ({"replace": FIRST.id, "with": {"resources": ["nope", PAGE]}}, "there is no resource `nope`"),
    ],
)
def test_what_hits_nothing_is_an_error(tmp_path: Path, edit: dict[str, Any], what: str) -> None:
    found = problems(tmp_path, progressions={MODEL: [edit]})
    assert any(what in problem for problem in found), found
    assert all(problem.startswith("overlay.yaml:") for problem in found)


def test_other_lists_are_held_to_it_too(tmp_path: Path) -> None:
    for key, name in (("resources", "resource"), ("terms", "term"), ("strands", "strand")):
        found = problems(tmp_path, **{key: [{"hide": "nope"}]})
        assert any(f"there is no {name} `nope`" in problem for problem in found), key
    assert any("no progression `nope`" in p for p in problems(tmp_path, progressions={"nope": []}))


def test_content_check_reports_an_overlay_at_its_place(run: Callable[..., Result], tmp_path: Path) -> None:
    library(tmp_path, progressions={MODEL: [{"hide": "nope"}]}, terms=[{"hide": "nought"}])
    result = run("content", "check", str(tmp_path))
    assert result.exit_code == 1
    assert f"{tmp_path}/overlay.yaml:3:11: there is no step `nope`" in result.stdout
    assert "there is no term `nought`" in result.stdout
    library(tmp_path, progressions={MODEL: [{"hide": FIRST.id}]})
    assert run("content", "check", str(tmp_path)).exit_code == 0
    assert run("content", "check", str(tmp_path / "overlay.yaml")).exit_code == 0


def test_the_users_own_folder_is_read_without_being_named(home: Path, run: Callable[..., Result]) -> None:
    (home / "content").mkdir()
    text = (own_content() / "progressions" / "flex.yaml").read_text(encoding="utf-8")
    (home / "content" / "our-flex.yaml").write_text(
        text.replace("id: flex\n", "id: our-flex\n"), encoding="utf-8"
    )
    assert "our-flex" in run("list").stdout
    assert "our-flex" not in Library(bare=True).paths


def test_a_model_is_found_by_its_former_id(tmp_path: Path) -> None:
    text = (own_content() / "progressions" / "flex.yaml").read_text(encoding="utf-8")
    text = text.replace("id: flex\n", "id: our-flex\nformer_ids: [flexible, flexi]\n", 1)
    (tmp_path / "our-flex.yaml").write_text(text, encoding="utf-8")
    assert Library([tmp_path]).progression("flexi").id == "our-flex"
