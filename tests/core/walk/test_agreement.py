"""Agreement between observers of the same classroom, counted a second time, and a coefficient that does not mislead."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from pltool.core.walk.agreement import (
    Agreement,
    compare,
    compare_with_key,
    first_order_agreement,
)
from pltool.core.walk.shared_visits import VisitsByRoom
from pltool.core.walk.split_steps import without_names
from pltool.core.walk.visits import StepEvidence
from tests.walks import MODELS, Seen, visit_of, walks

if TYPE_CHECKING:
    from pltool.core.walk.visits import Visit


def agreement_of(visits: list[Visit], within: int = 0) -> Agreement:
    gathering = VisitsByRoom(within)
    for visit in visits:
        gathering.add(visit)
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
    assert (found.coefficient is None) == (found.shared < 5 or found.answers == 0)
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
    assert found.answers == 2


def test_visits_on_different_days_are_shared_only_when_asked() -> None:
    visits = [saw("R", "a", 1, "2026-11-23"), saw("R", "b", 1, "2026-11-25")]
    assert (agreement_of(visits).shared, agreement_of(visits).apart) == (0, 1)
    assert (agreement_of(visits, within=2).shared, agreement_of(visits, within=2).apart) == (1, 0)


def test_an_observer_who_came_twice_agrees_with_nobody() -> None:
    found = agreement_of([saw("R", "a", 1), saw("R", "A ", 2)])
    assert (found.shared, found.repeated) == (0, 1)


@pytest.mark.parametrize(
    ("items", "value"),
    [
        ([], None),
        ([(2, 0)] * 10, 1.0),
        ([(1, 1)] * 4, -1.0),
        # Gwet's formula by hand: observed 0.8, yes 0.85, chance 2 * 0.85 * 0.15 = 0.255.
        ([(2, 0)] * 75 + [(1, 1)] * 20 + [(0, 2)] * 5, (0.8 - 0.255) / (1 - 0.255)),
        ([(3, 0)] * 5 + [(2, 1)] * 5, None),
    ],
)
def test_the_coefficient_is_gwets(items: list[tuple[int, int]], value: float | None) -> None:
    found = first_order_agreement(items)
    if items == [(3, 0)] * 5 + [(2, 1)] * 5:
        observed, share = (1 + 1 / 3) / 2, (1 + 2 / 3) / 2
        chance = 2 * share * (1 - share)
        value = (observed - chance) / (1 - chance)
    assert found == (value if value is None else pytest.approx(value))


def test_the_key_is_compared_with_every_observation_of_its_classroom() -> None:
    visits = [saw("R1", "a", 1), saw("R1", "b", 2), saw("R2", "a", 4), saw("R1", "c", 0, model="beta")]
    found = compare_with_key(visits, [saw("r1", "panel", 1)], MODELS)
    assert (found.observations, found.same_model, found.compared) == (3, 2, 2)
    assert (found.same_pause, found.within_one, found.same_phase) == (1, 2, 1)


def test_names_inside_words_stay() -> None:
    assert without_names("Anna saw Ana's agenda", ["Ana"]) == "Anna saw [left out]'s agenda"
