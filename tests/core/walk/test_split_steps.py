"""Where observers parted, the order in which it is told, and what becomes of notes."""

from __future__ import annotations

import pytest

from pltool.core.walk.agreement import compare
from pltool.core.walk.shared_visits import VisitsByRoom
from pltool.core.walk.split_steps import Names, Split
from pltool.core.walk.visits import StepEvidence, Visit
from tests.walks import MODELS, Seen, visit_of


def saw(room: str, observer: str, way: int | str, model: str = "alpha") -> Visit:
    return visit_of(Seen("2026-11-23", "S", room, observer, "coach", model, way))


def splits_of(*visits: Visit) -> tuple[Split, ...]:
    gathering = VisitsByRoom()
    gathering.add_visits(visits)
    return compare(gathering, MODELS).splits


def test_the_most_frequent_splits_come_first_and_equals_in_the_order_of_models_and_steps() -> None:
    visits = [saw("gamma-1", "a", 0, "gamma"), saw("gamma-1", "b", 1, "gamma")]
    for room, (one, other) in enumerate([(3, 4), (1, 2), (2, 3), (2, 4)]):
        visits += [saw(f"R{room}", "a", one), saw(f"R{room}", "b", other)]
    found = [
        (split.model, split.placed.id, split.classrooms, split.in_place, split.not_yet)
        for split in splits_of(*visits)
    ]
    assert found == [
        ("Alpha", "step-3", 2, 2, 2),
        ("Alpha", "step-2", 1, 1, 1),
        ("Alpha", "step-4", 1, 1, 1),
        ("Gamma", "step-1", 1, 1, 1),
    ]


def test_observers_who_pause_at_one_step_or_end_before_it_part_nowhere() -> None:
    assert splits_of(saw("R", "a", 2), saw("R", "b", 2)) == ()
    assert splits_of(saw("R", "a", 2), saw("R", "b", "unfinished")) == ()
    # Both found every step in place.
    assert splits_of(saw("R", "a", "complete"), saw("R", "b", "complete")) == ()
    # Not the same model: the same number of a step is not the same step.
    assert splits_of(saw("R", "a", 2), saw("R", "b", 1, "gamma")) == ()


def test_each_side_has_its_own_observers_and_its_own_notes_in_the_order_of_the_alphabet() -> None:
    def noted(note: str, step: int = 1) -> tuple[StepEvidence, ...]:
        return (StepEvidence(step, note), StepEvidence(4, "of another step"))

    (split,) = splits_of(
        saw("R", "Oa", 1)._replace(note="with a timer", evidence=noted("zero cards")),
        saw("R", "Ob", 1)._replace(note="an empty wall"),
        saw("R", "Oc", "complete")._replace(note="about no step", evidence=noted("two cards")),
        saw("R", "Od", "complete")._replace(evidence=noted("a card")),
        saw("R", "Oe", "complete"),
        saw("R", "Of", "unfinished")._replace(note="left early", evidence=noted("left early")),
    )
    assert (split.in_place, split.in_place_observers, split.not_yet, split.not_yet_observers) == (3, 3, 2, 2)
    assert split.not_yet_notes == ("an empty wall", "with a timer", "zero cards")
    assert split.in_place_notes == ("a card", "two cards")


@pytest.mark.parametrize(
    ("labels", "note", "left"),
    [
        (["Ana"], "saw Ana", "saw [left out]"),
        (["Ana"], "AnaAna", "[left out][left out]"),
        (["Ana Lee"], "saw Ana Le", "saw Ana Le"),
        (["Ana", "Ana Lee"], "Ana Lee and Ana", "[left out] and [left out]"),
        (["as"], "Straße", "Str[left out]e"),
        (["se"], "Straße", "Stra[left out]"),
        (["as", "se"], "Straße 5", "Str[left out][left out] 5"),
        (["4"], "a4 4a 4 .4. 44 4", "a4 4a [left out] .[left out]. 44 [left out]"),
        (["é"], "é éa", "[left out] éa"),
        (["Ana"], "  A\u200bn\u00ada \n saw  it ", "[left out] saw it"),
        (["Ana Lee"], "É Ana Lee", "É [left out]"),
    ],
)
def test_a_label_is_taken_out_and_what_stands_around_it_stays(
    labels: list[str], note: str, left: str
) -> None:
    assert Names(labels).taken_out(note) == left


def test_a_note_of_two_thousand_characters_is_whole_and_a_longer_one_says_that_it_is_not() -> None:
    names = Names(["Ana"])
    assert names.taken_out("x" * 2_000) == "x" * 2_000
    assert names.taken_out("x" * 2_001) == "x" * 2_000 + "…"
    assert names.taken_out("x" * 1_997 + "Ana" + "x") == "x" * 1_997 + "[left out]…"
