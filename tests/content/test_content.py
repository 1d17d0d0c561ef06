"""The content defends its own quality. What a rule measures, and its bound, stands with the rule."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from pltool.core.glossary import Glossary
from pltool.core.progression import MOVE_WORDS, Progression
from pltool.files.content_folder import own_content
from pltool.files.library import Library
from pltool.files.strict_yaml import read_document
from pltool.files.validation import validate
from tests.content.likeness import core_words, grade, likeness, runs, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pltool.core.progression import PlacedStep
    from pltool.files.strict_yaml import Document

LIBRARY = Library()
MODELS = tuple(LIBRARY.paths)

# Two actions or two next moves that share more than this part of their stems are near-copies (Jaccard index).
NEAR_COPY = 0.38
# No run of this many words stands in two steps, apart from the ways in which look-fors begin.
SHARED_RUN = 7
# Flesch-Kincaid: on average within reach of a ninth grader, and no single action or move beyond these.
MEAN_GRADE, HARDEST_GRADE = 9.5, 15.0
DISTANCE_PARTS = ("lms", "guided-learning", "independent-learning", "feedback")


@cache
def progression(model: str) -> Progression:
    return LIBRARY.progression(model)


def steps() -> Iterator[tuple[str, PlacedStep]]:
    for model in MODELS:
        for placed in progression(model).steps:
            yield f"{model}/{placed.id}", placed


def texts(placed: PlacedStep) -> Iterator[str]:
    step = placed.step
    yield step.action
    yield from step.in_practice_when
    yield from step.look_fors
    for move in step.next_moves:
        yield move.move
        yield move.looks_like
    yield from step.coaching_questions


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
def test_the_file_argues_its_order_and_says_what_is_known(model: str) -> None:
    assert "# Why this order" in LIBRARY.paths[model].read_text(encoding="utf-8")
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


def test_no_sentence_stands_twice_in_the_library() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for model in MODELS:
        for phase in progression(model).phases:
            for sentence in sentences(phase.purpose):
                places[sentence].append(f"{model}/{phase.id}")
        for sentence in sentences(progression(model).summary):
            places[sentence].append(model)
    for name, placed in steps():
        for text in texts(placed):
            for sentence in sentences(text):
                if len(sentence.split()) > 2:
                    places[sentence].append(name)
    for resource in LIBRARY.bank.resources:
        for sentence in sentences(resource.about):
            places[sentence].append(resource.id)
    for term in glossary().terms:
        for sentence in sentences(term.meaning):
            places[sentence].append(term.id)
    twice = {sentence: found for sentence, found in places.items() if len(found) > 1}
    assert not twice


@pytest.mark.parametrize("kind", ["action", "move"])
def test_no_two_actions_or_moves_are_near_copies(kind: str) -> None:
    found = []
    for name, placed in steps():
        written = [placed.step.action] if kind == "action" else [move.move for move in placed.step.next_moves]
        found += [(name, text, core_words(text)) for text in written]
    alike = [
        (round(likeness(first[2], second[2]), 2), first[:2], second[:2])
        for first, second in combinations(found, 2)
        if likeness(first[2], second[2]) > NEAR_COPY
    ]
    assert not alike


def test_no_long_run_of_words_stands_in_two_steps() -> None:
    seen: dict[tuple[str, ...], str] = {}
    shared = []
    for name, placed in steps():
        for run in set().union(*(runs(text, SHARED_RUN) for text in texts(placed))):
            if run in seen and seen[run] != name:
                shared.append((seen[run], name, " ".join(run)))
            seen[run] = name
    assert not shared


def test_a_scene_shows_and_a_question_opens() -> None:
    for name, placed in steps():
        for move in placed.step.next_moves:
            assert 2 <= len(sentences(move.looks_like)) <= 6, name
            assert len(move.move.split()) <= MOVE_WORDS
        for question in placed.step.coaching_questions:
            assert question.endswith("?"), name
            assert not re.match(
                r"(Do|Does|Did|Is|Are|Can|Could|Would|Have|Has|Will|Should|Why don)\b", question
            ), name
        assert len(set(placed.step.coaching_questions)) >= 2, name


def test_actions_name_who_acts_and_say_one_thing() -> None:
    begin = {"teacher": ("The teacher ",), "student": ("Students ",), "leader": ("The leader ",)}
    for name, placed in steps():
        assert placed.step.action.startswith(begin[placed.step.actor]), name
        assert placed.step.action.endswith("."), name
        assert len(sentences(placed.step.action)) == 1, name


def test_the_writing_keeps_to_its_manner() -> None:
    british = re.compile(
        r"\b(practis\w+|colour\w*|behaviour\w*|favour\w*|analys(e|ed|es)|organis\w+|recognis\w+)\b"
    )
    for name, placed in steps():
        for text in texts(placed):
            assert not re.search(r"[—–!]", text), f"{name}: {text}"
            assert not british.search(text), f"{name}: {text}"


def test_a_busy_reader_can_read_it() -> None:
    actions = [(grade(placed.step.action), name) for name, placed in steps()]
    moves = [(grade(move.move), name) for name, placed in steps() for move in placed.step.next_moves]
    for measured in (actions, moves):
        assert statistics.mean(found for found, _ in measured) <= MEAN_GRADE
        assert max(measured)[0] <= HARDEST_GRADE, max(measured)


def test_every_strand_is_practiced_somewhere_and_each_model_uses_most() -> None:
    every = {strand.id for strand in LIBRARY.strands.all}
    assert len(every) == 20
    assert len(LIBRARY.strands.domains) == 5
    for model in MODELS:
        used = {strand for placed in progression(model).steps for strand in placed.step.strands}
        assert len(used) >= 14, (model, sorted(every - used))
    assert {strand for _, placed in steps() for strand in placed.step.strands} == every


def test_resources_fit_their_steps_and_none_is_worn_out() -> None:
    bank = {resource.id: resource for resource in LIBRARY.bank.resources}
    uses: Counter[str] = Counter()
    for name, placed in steps():
        model = name.split("/")[0]
        for resource_id in placed.step.resources:
            resource = bank[resource_id]
            uses[resource_id] += 1
            assert {model, "any"} & set(resource.models), f"{name}: {resource_id} is for other models"
            assert set(placed.step.strands) & set(resource.strands), f"{name}: {resource_id} shares no strand"
        assert len(set(placed.step.resources)) == len(placed.step.resources), name
    assert max(uses.values()) <= 12
    assert set(bank) == set(uses), "every entry of the bank serves at least one step"


def test_the_bank_is_well_formed() -> None:
    resources = LIBRARY.bank.resources
    urls = Counter(resource.url.rstrip("/").lower() for resource in resources)
    assert max(urls.values()) == 1
    known = {*MODELS, "any"}
    strands = {strand.id for strand in LIBRARY.strands.all}
    phases = {"foundation", "differentiated", "personalized", "any"}
    for resource in resources:
        assert re.fullmatch(r"https://[a-z0-9.-]+\.[a-z]{2,}(/\S*)?", resource.url, re.IGNORECASE), (
            resource.url
        )
        assert set(resource.models) <= known, resource.id
        assert set(resource.strands) <= strands, resource.id
        assert set(resource.phases) <= phases, resource.id
        assert len(resource.about.split()) <= 28, resource.id


@cache
def glossary() -> Glossary:
    return validate(Glossary, read_document(own_content() / "glossary.yaml"))


def test_the_glossary_explains_what_a_teacher_meets() -> None:
    terms = glossary().terms
    ids = [term.id for term in terms]
    assert len(terms) >= 50
    assert ids == sorted(set(ids))
    for term in terms:
        assert set(term.related) <= set(ids) - {term.id}, term.id
        assert term.related, term.id
        assert 1 <= len(sentences(term.meaning)) <= 2, term.id
    for word in (
        "progression",
        "progression-pause",
        "possible-next-move",
        "inspiration-bank",
        "look-for",
        "strand",
    ):
        assert word in ids


def test_cues_can_be_answered_from_the_doorway() -> None:
    document = read_document(own_content() / "identify.yaml")
    cues = document.data["cues"]
    assert 1 <= len(cues) <= 8
    known = {*MODELS, *document.data["outcomes"]} - {"mixed"}
    for cue in cues:
        assert cue["question"].endswith("?")
        assert cue["ask"].endswith("?")
        for answer in ("yes", "no"):
            assert set(cue[answer]["for"]) | set(cue[answer]["against"]) <= known
            assert cue[answer]["says"]
    assert {"mixed", "not-blended"} <= set(document.data["outcomes"])


def test_the_walk_materials_are_complete_and_their_minutes_add_up() -> None:
    data = read_document(own_content() / "walk.yaml").data
    assert data["purpose"]
    for part in ("norms", "before", "during", "after"):
        assert len(data[part]) >= 5
    assert {agenda["minutes"] for agenda in data["agendas"]} == {30, 60}
    for agenda in data["agendas"]:
        assert sum(item["minutes"] for item in agenda["items"]) == agenda["minutes"]


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
