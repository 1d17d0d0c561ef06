"""The quick ways of finding copies find what comparing every pair finds."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pltool.core.progression import Progression
from pltool.core.rules.copies import NEAR_COPY, SHARED_RUN, Copies, Entry, near_copies
from pltool.core.rules.progression import StepReader
from pltool.core.rules.wording import Vocabulary, count_sentences, likeness, split_words
from tests.examples import progression_data

LETTERS = st.sampled_from("abcdefghij")
STEMS = st.frozensets(LETTERS, min_size=1, max_size=8)


@given(st.lists(STEMS, max_size=14))
def test_near_copies_are_those_of_all_pairs(sets: list[frozenset[str]]) -> None:
    entries = [Entry(number, f"s{number}", ("action",), "action", stems) for number, stems in enumerate(sets)]
    names = [f"m{number}" for number in range(len(sets))]
    found = {file for file, _ in near_copies(entries, names)}
    expected = {
        later
        for earlier, later in combinations(range(len(sets)), 2)
        if likeness(sets[earlier], sets[later]) > NEAR_COPY
    }
    assert found == expected


WORDS = st.lists(st.sampled_from("ox hen cat dog owl".split()), min_size=1, max_size=24)  # noqa: SIM905


def progression_of(texts: list[str]) -> Progression:
    data: dict[str, Any] = progression_data(len(texts))
    for number, (step, text) in enumerate(zip(data["phases"][0]["areas"][0]["steps"], texts, strict=True)):
        step.update(
            action=f"Zero{number}.",
            in_practice_when=[text, f"One{number}."],
            look_fors=[f"Two{number}.", f"Three{number}."],
            next_moves=[{"move": f"Four{number}.", "looks_like": f"Five{number}."}],
            coaching_questions=[f"Six{number}?"],
        )
    return Progression.model_validate(data)


@settings(deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=5))
def test_shared_runs_are_those_of_all_pairs(texts: list[list[str]]) -> None:
    progression = progression_of([" ".join(words) for words in texts])
    findings = Copies().add("model", StepReader({}).place(progression))
    found = {
        finding.location[5]
        for finding in findings
        if finding.rule in {"shared-run", "sentence-twice"} and finding.location
    }

    def runs(words: list[str]) -> set[tuple[str, ...]]:
        return {tuple(words[start : start + SHARED_RUN]) for start in range(len(words) - SHARED_RUN + 1)}

    expected = {
        later
        for earlier, later in combinations(range(len(texts)), 2)
        if runs(texts[earlier]) & runs(texts[later])
        or (texts[earlier] == texts[later] and len(texts[later]) > 2)
    }
    if any(not finding.location for finding in findings):
        return  # told in one sentence
    # A block of four words leads to the last step that had it, so that of several sharers one may go untold.
    assert found <= expected
    assert bool(found) == bool(expected)


def test_words_come_apart_and_are_counted() -> None:
    assert split_words('"Don’t stop—go," said K-2\'s Ana.') == [
        "don't",
        "stop",
        "go",
        "said",
        "k",
        "2's",
        "ana",
    ]
    assert count_sentences('He said, "Go." She went. Did they? Yes') == 4
    vocabulary = Vocabulary()
    words = split_words("The teacher organises groups of colourful papers.")
    vocabulary.numbers(words)
    assert vocabulary.british == {"organises", "colourful"}
    assert vocabulary.core(words) == {"organis", "group", "colourful", "paper"}
