"""Looking up resources and terms by what people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pltool.core.search import find_resources, find_terms, nearest_terms
from pltool.files.library import Library

LIBRARY = Library()
BANK, STRANDS, TERMS = LIBRARY.bank.resources, LIBRARY.strands, LIBRARY.glossary.terms


@given(st.sampled_from(BANK))
def test_a_resource_is_found_by_the_words_of_its_title(resource: object) -> None:
    title = resource.title  # type: ignore[attr-defined]
    assert resource in find_resources(BANK, STRANDS, words=title.upper().split())


def test_every_word_must_be_found_and_titles_come_first() -> None:
    found = find_resources(BANK, STRANDS, words=["timer"])
    assert found
    assert "timer" in found[0].title.lower()
    assert find_resources(BANK, STRANDS, words=["timer", "zebra"]) == []


@given(st.sampled_from(sorted(LIBRARY.paths)), st.sampled_from(STRANDS.all))
def test_filters_narrow_and_never_add(model: str, strand: object) -> None:
    strand_id = strand.id  # type: ignore[attr-defined]
    narrow = find_resources(BANK, STRANDS, model=model, strand=strand_id)
    wide = find_resources(BANK, STRANDS, model=model)
    assert {resource.id for resource in narrow} <= {resource.id for resource in wide}
    assert all(strand_id in resource.strands for resource in narrow)
    assert all({model, "any"} & set(resource.models) for resource in wide)


def test_what_a_step_names_is_found_for_its_model_whatever_it_is_tagged_with() -> None:
    placed = LIBRARY.progression("distance-learning").steps[0]
    found = find_resources(
        BANK, STRANDS, model="distance-learning", phase=placed.phase.id, aligned=placed.step.resources
    )
    assert set(placed.step.resources) <= {resource.id for resource in found}


@given(st.sampled_from(TERMS))
def test_a_term_is_found_by_any_of_its_names_and_by_their_beginnings(term: object) -> None:
    for name in (term.term, term.id, *term.also):  # type: ignore[attr-defined]
        assert term in find_terms(TERMS, name.upper())
        begun = name[: len(name) // 2 + 1].strip(" -")
        whole_terms = {typed.lower() for other in TERMS for typed in (other.term, *other.also)}
        assert term in find_terms(TERMS, begun) or begun.lower() in whole_terms


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pauze", "Progression pause"),
        ("progresion", "Progression"),
        ("in practise", "In practice when"),
        ("foundaton", "Foundation"),
    ],
)
def test_a_near_miss_is_suggested(typed: str, meant: str) -> None:
    assert find_terms(TERMS, typed) == []
    assert meant in nearest_terms(TERMS, typed)


def test_part_of_a_word_finds_the_terms_that_have_it() -> None:
    found = [term.term for term in find_terms(TERMS, "paus")]
    assert "Progression pause" in found
    assert "Beyond the pause" in found
