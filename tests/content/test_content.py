"""Our own content, held by the program's own rules, and by what is a fact of ours only."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from pltool.core.rules.findings import ERRORS, WARNINGS
from pltool.core.rules.progression import StepReader, count_graded, count_youngest
from pltool.files.content_check import check_content
from pltool.files.content_folder import own_content
from pltool.files.library import Library
from pltool.files.strict_yaml import read_document
from tests.content.conftest import IN_THE_ROOM, said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pltool.core.progression import PlacedStep, Progression
    from pltool.files.content_check import Checked
    from pltool.files.strict_yaml import Document

LIBRARY = Library(bare=True)
MODELS = tuple(LIBRARY.paths)
DISTANCE_PARTS = ("lms", "guided-learning", "independent-learning", "feedback")
# What of a hundred may break a rule that is a floor. A word put in to pass one is worse than a missing one.
FLOORS = {
    "one-move": 10,  # of the steps
    "long-action": 2,
    "double-question": 2,  # of the questions
    "thin-fit": 10,  # of the links to resources
    "other-model": 1,
    "no-shared-strand": 0,
    "never-seen": 50,  # of the entries of the bank
    "no-grades": 2,
    "no-access": 2,
    "not-seen-for-a-year": 100,  # links age without anybody doing anything; the weekly script tells
}


@cache
def checked() -> Checked:
    return check_content([own_content()], [], date.today())  # noqa: DTZ011


@cache
def progression(model: str) -> Progression:
    return LIBRARY.progression(model)


def steps() -> Iterator[tuple[str, PlacedStep]]:
    for model in MODELS:
        for placed in progression(model).steps:
            yield f"{model}/{placed.id}", placed


def test_there_are_no_errors() -> None:
    assert [str(remark.problem) for remark in checked().errors] == []


@pytest.mark.parametrize("rule", sorted(WARNINGS.keys() - FLOORS.keys()))
def test_no_rule_warns(rule: str) -> None:
    assert [str(remark.problem) for remark in checked().warnings if remark.rule == rule] == []


@pytest.mark.parametrize("rule", sorted(FLOORS))
def test_a_floor_holds(rule: str) -> None:
    found = [str(remark.problem) for remark in checked().warnings if remark.rule == rule]
    step_count = sum(1 for _ in steps())
    every = {
        "one-move": step_count,
        "long-action": step_count,
        "double-question": 2 * step_count,
        "thin-fit": 3 * step_count,
        "other-model": 3 * step_count,
        "no-shared-strand": 3 * step_count,
    }.get(rule, len(LIBRARY.bank.resources))
    assert 100 * len(found) <= FLOORS[rule] * every, found


def test_every_rule_has_a_name_and_a_sentence() -> None:
    assert not ERRORS.keys() & WARNINGS.keys()
    for name, what in {**ERRORS, **WARNINGS}.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
        assert what.endswith((".", "”."))


def test_the_seven_models_are_there_in_their_phases() -> None:
    assert set(MODELS) == {
        "station-rotation",
        "lab-rotation",
        "individual-rotation",
        "flex",
        "flipped-classroom",
        "enriched-virtual",
        "distance-learning",
    }
    for model in MODELS:
        phases = tuple(phase.id for phase in progression(model).phases)
        expected = ("foundation", "differentiated", "personalized")
        assert phases == (DISTANCE_PARTS if model == "distance-learning" else expected)


@pytest.mark.parametrize("model", MODELS)
def test_each_phase_has_its_number_of_steps_and_its_actors(model: str) -> None:
    least, most = {"station-rotation": (9, 13), "distance-learning": (7, 11)}.get(model, (8, 13))
    wanted = {"teacher", "student"} | ({"leader"} if model == "distance-learning" else set())
    for phase in progression(model).phases:
        placed = [step for step in progression(model).steps if step.phase.id == phase.id]
        assert least <= len(placed) <= most, phase.id
        assert wanted <= {step.step.actor for step in placed}, phase.id


@pytest.mark.parametrize("model", MODELS)
def test_the_source_says_what_is_ours(model: str) -> None:
    assert re.search(r"\bour own\b", progression(model).source)


def test_the_known_steps_keep_their_place_area_actor_and_strands() -> None:
    known = {
        ("station-rotation", "foundation-1"): ("planning", "teacher", "differentiated-learning-objectives"),
        ("station-rotation", "foundation-2"): ("planning", "teacher", "routines-and-procedures"),
        ("station-rotation", "foundation-3"): ("teacher-station", "teacher", "routines-and-procedures"),
        ("station-rotation", "foundation-4"): ("teacher-station", "teacher", "data-driven-instruction"),
        ("station-rotation", "foundation-5"): ("teacher-station", "teacher", "student-feedback"),
        ("station-rotation", "foundation-7"): (
            "collaboration-station",
            "student",
            "varied-learning-experiences",
        ),
        ("station-rotation", "foundation-8"): ("collaboration-station", "student", "student-feedback"),
        ("station-rotation", "foundation-9"): ("technology-station", "student", "routines-and-procedures"),
        ("station-rotation", "personalized-1"): (
            "teacher-station",
            "teacher",
            "data-driven-instruction collaborative-grouping",
        ),
        ("station-rotation", "personalized-2"): (
            "teacher-station",
            "teacher",
            "personalized-learning-pathways",
        ),
        ("station-rotation", "personalized-3"): ("teacher-station", "teacher", "authentic-assessment"),
        ("station-rotation", "personalized-7"): (
            "technology-station",
            "student",
            "self-direction opportunities-for-input",
        ),
        ("station-rotation", "personalized-8"): ("technology-station", "student", "authentic-assessment"),
        ("station-rotation", "personalized-9"): (
            "technology-station",
            "student",
            "data-driven-instruction self-direction",
        ),
        ("flex", "foundation-1"): (
            "planning",
            "teacher",
            "differentiated-learning-objectives opportunities-for-input access-to-materials",
        ),
        ("flex", "foundation-2"): (
            "planning",
            "teacher",
            "routines-and-procedures personalized-learning-pathways mastery-based-progression access-to-materials",
        ),
    }
    for (model, place), (area, actor, strands) in known.items():
        placed = progression(model).find(place)
        assert placed is not None
        assert (placed.area.id, placed.step.actor) == (area, actor), place
        assert set(placed.step.strands) == set(strands.split()), place


def test_every_strand_is_practiced_somewhere_and_each_model_uses_most() -> None:
    every = {strand.id for strand in LIBRARY.strands.all}
    assert len(every) == 20
    assert len(LIBRARY.strands.domains) == 5
    for model in MODELS:
        used = {strand for placed in progression(model).steps for strand in placed.step.strands}
        assert len(used) >= 14, (model, sorted(every - used))
    assert {strand for _, placed in steps() for strand in placed.step.strands} == every


@pytest.mark.parametrize("model", MODELS)
def test_every_model_shows_young_children_and_names_grades(model: str) -> None:
    reader = StepReader({})
    placed = reader.place(progression(model))
    named, scenes = count_graded(placed)
    assert named >= 0.6 * scenes
    # Flex and enriched virtual hardly exist before grade 3; the others do.
    least = {"flex": 1, "enriched-virtual": 1}.get(model, 3)
    assert count_youngest(placed) >= least


@pytest.mark.parametrize("model", MODELS)
def test_everyone_is_in_the_room(model: str) -> None:
    texts = [said(placed) for placed in progression(model).steps]
    for who, words in IN_THE_ROOM.items():
        assert sum(bool(re.search(words, text)) for text in texts) >= 2, who


def test_the_glossary_explains_what_a_teacher_meets() -> None:
    ids = {term.id for term in LIBRARY.glossary.terms}
    assert len(ids) >= 50
    assert {"progression", "progression-pause", "possible-next-move", "inspiration-bank", "look-for"} <= ids


def test_cues_can_be_answered_from_the_doorway() -> None:
    data = read_document(own_content() / "identify.yaml").data
    assert 1 <= len(data["cues"]) <= 8
    assert {"mixed", "not-blended"} <= set(data["outcomes"])


def test_there_is_a_short_and_a_long_debrief() -> None:
    data = read_document(own_content() / "walk.yaml").data
    assert {agenda["minutes"] for agenda in data["agendas"]} == {30, 60}


def test_the_bank_speaks_to_everybody() -> None:
    kinds = Counter(resource.kind for resource in LIBRARY.bank.resources)
    assert all(kinds[kind] for kind in ("video", "template", "tool", "example"))
    assert len({resource.publisher for resource in LIBRARY.bank.resources}) >= 200


def test_content_carries_its_license_and_no_machine_path() -> None:
    license_text = (own_content() / "LICENSE").read_text(encoding="utf-8")
    assert "CC BY-NC-SA 4.0" in license_text
    assert "not affiliated" in license_text
    for path in own_content().rglob("*.yaml"):
        assert not re.search(r"[\s'\"](/tmp|/work|/home|/root)/", path.read_text(encoding="utf-8")), path


def test_loading_one_model_reads_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []

    def note(path: Path) -> Document:
        read.append(path)
        return read_document(path)

    monkeypatch.setattr("pltool.files.library.read_document", note)
    Library().progression("flex")
    assert [path.name for path in read if path.parent.name == "progressions"] == ["flex.yaml"]
