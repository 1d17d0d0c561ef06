"""Agreement between observers of the same classroom, counted a second time, and a coefficient that does not mislead."""

from __future__ import annotations

from itertools import groupby
from math import comb
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pltool.core.walk.agreement import (
    Agreement,
    compare,
    compare_with_key,
    ordinal_agreement,
    ordinal_weight,
)
from pltool.core.walk.shared_visits import VisitsByRoom
from pltool.core.walk.split_steps import Names
from pltool.core.walk.visits import StepEvidence
from tests.walks import MODELS, Seen, visit_of, walks

if TYPE_CHECKING:
    from pltool.core.walk.visits import Visit


def agreement_of(visits: list[Visit], within: int = 0) -> Agreement:
    gathering = VisitsByRoom(within)
    gathering.add_visits(visits)
    return compare(gathering, MODELS)


def saw(room: str, observer: str, way: int | str, day: str = "2026-11-23", model: str = "alpha") -> Visit:
    return visit_of(Seen(day, "S", room, observer, "coach", model, way))


def end_of(seen: Seen) -> int | None:
    """How far an observer came: the pause, or the number of steps where all are in place."""
    if seen.way == "unfinished":
        return None
    return seen.way if isinstance(seen.way, int) else len(MODELS[seen.model].steps)


@given(walks(60, rooms=8))
def test_agreement_is_what_a_recount_finds(walk: list[Seen]) -> None:
    # One visit for each observer, room and day.
    walk = list({(s.day, s.school, s.room, s.observer): s for s in walk if s.room}.values())
    found = agreement_of([visit_of(seen) for seen in walk])
    rooms = [
        list(group)
        for _, group in groupby(sorted(walk, key=lambda s: (s.day, s.room)), key=lambda s: (s.day, s.room))
    ]
    shared = [room for room in rooms if len(room) > 1]
    alike = [room for room in shared if len({seen.model for seen in room}) == 1]
    ends = [[end for seen in room if (end := end_of(seen)) is not None] for room in alike]
    ends = [room for room in ends if len(room) > 1]
    assert (found.shared, found.same_model, found.compared) == (len(shared), len(alike), len(ends))
    assert found.same_pause == sum(len(set(room)) == 1 for room in ends)
    assert found.within_one == sum(max(room) - min(room) <= 1 for room in ends)
    assert found.same_pause <= found.within_one <= found.compared
    assert (found.coefficient is None) == (found.compared < 5)
    assert [split.classrooms for split in found.splits] == sorted(
        (split.classrooms for split in found.splits), reverse=True
    )


def test_split_steps_carry_the_notes_of_each_side_and_no_names() -> None:
    yes = saw("Room 12", "Ms. Lee", 3)._replace(
        evidence=(StepEvidence(1, "Ms. Lee heard a timer in ROOM 12"),)
    )
    no = saw("Room 12", "Mr. Paz", 1)._replace(note="no agenda was posted")
    (split,) = agreement_of([yes, no]).splits
    assert (split.placed.id, split.classrooms, split.in_place, split.not_yet) == ("step-2", 1, 1, 1)
    assert split.in_place_notes == ("[left out] heard a timer in [left out]",)
    assert split.not_yet_notes == ("no agenda was posted",)


def test_steps_beyond_a_pause_are_no_disagreement() -> None:
    found = agreement_of([saw("R", "a", 1), saw("R", "b", "complete")])
    assert [split.placed.id for split in found.splits] == ["step-2"]


def test_visits_on_different_days_are_shared_only_when_asked() -> None:
    visits = [saw("R", "a", 1, "2026-11-23"), saw("R", "b", 1, "2026-11-25")]
    assert (agreement_of(visits).shared, agreement_of(visits).apart) == (0, 1)
    assert (agreement_of(visits, within=2).shared, agreement_of(visits, within=2).apart) == (1, 0)


def test_an_observer_who_came_twice_agrees_with_nobody() -> None:
    found = agreement_of([saw("R", "a", 1), saw("R", "A ", 2)])
    assert (found.shared, found.repeated) == (0, 1)


def independent_coefficient(items: list[tuple[int, list[int]]]) -> float:
    """AC2 by the book: a table of ratings, a matrix of weights, agreement and chance from both."""
    observed = chance = 0.0
    for scale in {scale for scale, _ in items}:
        table = [[places.count(k) for k in range(scale)] for s, places in items if s == scale]
        weights = [
            [1 - comb(abs(k - m) + 1, 2) / comb(scale, 2) if k != m else 1.0 for m in range(scale)]
            for k in range(scale)
        ]
        for row in table:
            raters = sum(row)
            weighted = [sum(w * r for w, r in zip(weights[k], row, strict=True)) for k in range(scale)]
            observed += sum(r * (w - 1) for r, w in zip(row, weighted, strict=True)) / (raters * (raters - 1))
        shares = [sum(row[k] / sum(row) for row in table) / len(table) for k in range(scale)]
        whole = sum(map(sum, weights))
        chance += len(table) * whole / (scale * (scale - 1)) * sum(p * (1 - p) for p in shares)
    observed, chance = observed / len(items), chance / len(items)
    return (observed - chance) / (1 - chance)


RATED = st.sampled_from([3, 6, 11]).flatmap(
    lambda scale: st.tuples(st.just(scale), st.lists(st.integers(0, scale - 1), min_size=2, max_size=4))
)


@given(st.lists(RATED, min_size=1, max_size=12))
def test_the_coefficient_is_gwets_with_ordinal_weights(items: list[tuple[int, list[int]]]) -> None:
    found = ordinal_agreement([(str(scale), scale, places) for scale, places in items])
    assert found == pytest.approx(independent_coefficient(items))


def test_the_coefficient_is_the_one_of_a_published_implementation() -> None:
    # Computed with irrCAC 0.4.4 (weights "ordinal", categories 0 to 5): classrooms of three, three and two observers.
    rooms = [[0, 1, 0], [2, 2, 3], [5, 5, 5], [1, 1, 4], [3, 3], [0, 0, 0], [4, 5]]
    assert ordinal_agreement([("m", 6, room) for room in rooms]) == pytest.approx(0.7793548, abs=1e-6)


def test_the_coefficient_knows_how_far_apart_two_pauses_are() -> None:
    near, far = ([("m", 32, [0, apart])] * 6 for apart in (1, 20))
    close, distant = ordinal_agreement(near), ordinal_agreement(far)
    assert close is not None
    assert distant is not None
    assert close > 0.9
    assert distant < 0.5
    assert ordinal_agreement([]) is None
    assert ordinal_agreement([("m", 32, [4, 4])] * 6) == pytest.approx(1)
    assert [ordinal_weight(0, place, 5) for place in range(5)] == pytest.approx([1, 0.9, 0.7, 0.4, 0])


def test_the_key_is_compared_with_every_observation_of_its_classroom() -> None:
    visits = [saw("R1", "a", 1), saw("R1", "b", 2), saw("R2", "a", 4), saw("R1", "c", 0, model="beta")]
    found = compare_with_key(visits, [saw("r1", "panel", 1)], MODELS)
    assert (found.observations, found.same_model, found.compared) == (3, 2, 2)
    assert (found.same_pause, found.within_one, found.same_phase) == (1, 2, 1)


@pytest.mark.parametrize(
    ("labels", "note", "left"),
    [
        (["Ana"], "Susana saw Ana's agenda", "Sus[left out] saw [left out]'s agenda"),
        (
            ["JD", "R7"],
            "JD: in r7 Mrs. Okafor waited, and jd's list",
            "[left out]: in [left out] Mrs. Okafor waited, and [left out]'s list",
        ),
        (["R7"], "Ｒ７ and R\u200b7", "[left out] and [left out]"),
        (["O'Neil"], "O’NEIL waited", "[left out] waited"),
        (["4", "A"], "4 of 24 saw A at table 4", "[left out] of 24 saw [left out] at table [left out]"),
        (["Room  4", "Room 41"], "room 41, then Room 4", "[left out], then [left out]"),
        (["José"], "Jose\u0301 read", "[left out] read"),
        (["", " "], "nothing to take out", "nothing to take out"),
        (["Straße"], "STRASSE 5", "[left out] 5"),
    ],
)
def test_no_label_of_the_walk_stays_in_a_note(labels: list[str], note: str, left: str) -> None:
    assert Names(labels).taken_out(note) == left


def test_a_note_is_read_in_linear_time_whatever_is_in_it() -> None:
    names = Names([f"label {number}" for number in range(20_000)])
    taken = names.taken_out("label 19999 " * 20_000)
    assert taken.startswith("[left out] [left out]")
    assert len(taken) < 3_000


@pytest.mark.parametrize(("rooms", "computed"), [(4, False), (5, True)])
def test_a_coefficient_is_given_from_five_classrooms_on(rooms: int, computed: bool) -> None:  # noqa: FBT001
    visits = [saw(f"R{n}", who, 1) for n in range(rooms) for who in "ab"]
    found = agreement_of(visits)
    assert found.shared == found.compared == rooms
    assert (found.coefficient is not None) is computed


def test_a_key_without_a_classroom_stands_for_every_visit() -> None:
    visits = [saw("R1", "a", 1), saw("R2", "b", 2), saw("", "c", 1)]
    found = compare_with_key(visits, [saw("", "panel", 1)], MODELS)
    assert (found.observations, found.compared, found.same_pause, found.within_one) == (3, 3, 2, 3)


def test_a_key_for_a_classroom_comes_before_one_for_all() -> None:
    keys = [saw("", "panel", 1), saw("R2", "panel", 3)]
    found = compare_with_key([saw("R1", "a", 1), saw("R2", "b", 3)], keys, MODELS)
    assert (found.observations, found.same_pause) == (2, 2)


def test_a_key_without_its_school_is_found_and_one_of_another_school_is_not() -> None:
    here = saw("R1", "a", 1)
    assert compare_with_key([here], [saw("R1", "panel", 1)._replace(school="")], MODELS).observations == 1
    assert compare_with_key([here], [saw("R1", "panel", 1)._replace(school="T")], MODELS).observations == 0
    assert compare_with_key([here], [], MODELS).observations == 0


def test_unfinished_visits_are_compared_with_nobody() -> None:
    found = agreement_of([saw("R", "a", 1), saw("R", "b", "unfinished")])
    assert (found.shared, found.same_model, found.compared, found.pairs) == (1, 1, 0, 0)
    assert found.steps_apart is None
    key = compare_with_key([saw("R", "a", "unfinished")], [saw("R", "panel", 1)], MODELS)
    assert (key.observations, key.compared) == (1, 0)


def test_observers_are_people_and_not_visits() -> None:
    visits = [saw(f"R{n}", who, way) for n in range(6) for who, way in (("a", 3), ("b", 1))]
    (split,) = agreement_of(visits).splits
    assert (split.classrooms, split.in_place, split.in_place_observers) == (6, 6, 1)
    assert (split.not_yet, split.not_yet_observers) == (6, 1)


def test_pairs_and_the_distance_between_pauses_are_counted() -> None:
    visits = [saw("R", who, way) for who, way in (("a", 0), ("b", 1), ("c", 4))]
    found = agreement_of(visits)
    assert (found.pairs, found.steps_apart, found.same_phase) == (3, 3, 0)
    complete = agreement_of([saw("R", "a", "complete"), saw("R", "b", "complete")])
    assert (complete.same_pause, complete.same_phase, complete.steps_apart) == (1, 1, 0)


def test_a_room_with_and_without_its_school_is_one_room() -> None:
    found = agreement_of([saw("R", "a", 1), saw("R", "b", 1)._replace(school="")])
    assert found.shared == 1


def test_what_cannot_be_matched_is_counted() -> None:
    found = agreement_of([saw("", "a", 1), saw("R", "", 1), saw("R", "b", 1)])
    assert (found.shared, found.unlabelled) == (0, 2)


def test_several_occasions_of_one_room_are_each_compared() -> None:
    visits = [saw("R", who, 1, day) for who in "ab" for day in ("2026-10-05", "2026-11-23")]
    assert agreement_of(visits).shared == 2
    spread = [
        saw("R", who, 1, day)
        for who, day in zip("abc", ("2026-11-23", "2026-11-24", "2026-11-26"), strict=True)
    ]
    # Days count from the first visit of an occasion.
    assert (agreement_of(spread, within=2).shared, agreement_of(spread, within=3).pairs) == (1, 3)


def test_the_coefficient_of_a_walk_is_over_the_places_its_visits_came_to() -> None:
    ways: list[tuple[int, int | str]] = [(0, 1), (2, 2), (4, "complete"), (3, 3), (1, 4), (0, 0)]
    visits = [
        saw(f"R{n}", who, way) for n, pair in enumerate(ways) for who, way in zip("ab", pair, strict=True)
    ]
    places = [[way if isinstance(way, int) else 5 for way in pair] for pair in ways]
    # Five steps, and the end: six places.
    expected = independent_coefficient([(6, pair) for pair in places])
    assert agreement_of(visits).coefficient == pytest.approx(expected)


@pytest.mark.parametrize(("apart", "same", "within"), [(0, 1, 1), (1, 0, 1), (2, 0, 0)])
def test_within_one_step_is_one_step_and_no_more(apart: int, same: int, within: int) -> None:
    found = agreement_of([saw("R", "a", 1), saw("R", "b", 1 + apart)])
    assert (found.compared, found.same_pause, found.within_one, found.steps_apart) == (1, same, within, apart)
    key = compare_with_key([saw("R", "a", 1)], [saw("R", "panel", 1 + apart)], MODELS)
    assert (key.compared, key.same_pause, key.within_one) == (1, same, within)


def test_pauses_beside_a_key_lie_in_its_phase_or_in_another() -> None:
    # Alpha's first phase has two steps.
    ways: list[int | str] = [0, 1, 2, "complete"]
    visits = [saw(f"R{way}", "a", way) for way in ways]
    found = compare_with_key(visits, [saw("", "panel", 1)], MODELS)
    assert (found.compared, found.same_pause, found.within_one, found.same_phase) == (4, 1, 3, 2)
    ended = compare_with_key(visits, [saw("", "panel", "complete")], MODELS)
    assert (ended.compared, ended.same_pause, ended.within_one, ended.same_phase) == (4, 1, 1, 1)
