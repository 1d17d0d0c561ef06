"""Small groups stay hidden: whatever is printed, another walk with other hidden figures prints the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pltool.report.walk.data import summary_json
from tests.walks import Seen, column_of, counts_of, group_of, kind_of, rooms_of, summary_of, walks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.core.walk.summary import Summary
    from pltool.core.walk.suppression import Breakdown
    from pltool.core.walk.visits import Grouping

LIMITS = st.sampled_from([3, 4, 5])


def counted_in_groups(walk: list[Seen], summary: Summary) -> list[Seen]:
    """What a breakdown is made of: all models, unless even together they are too few."""
    return walk if summary.models.grand_total is not None else []


def breakdowns(walk: list[Seen], by: Grouping, limit: int) -> Iterator[tuple[str, Breakdown, list[Seen]]]:
    summary = summary_of(walk, by, limit)
    assert summary.groups is not None
    yield "model", summary.models, walk
    yield by, summary.groups, counted_in_groups(walk, summary)


@given(walks(60), st.sampled_from(["school", "month", "observer-role"]), LIMITS)
def test_no_group_under_the_limit_is_shown_and_none_can_be_taken_from_the_totals(
    walk: list[Seen], by: Grouping, limit: int
) -> None:
    for key, breakdown, counted in breakdowns(walk, by, limit):
        for row in breakdown.rows:
            mine = [seen for seen in counted if group_of(seen, key) == row.name]
            assert rooms_of(mine) >= limit
            if key == "observer-role":
                assert len({seen.observer for seen in mine}) >= 3
        if breakdown.suppressed and breakdown.rows:
            # The total less what is shown is always two groups or more, and no small one.
            held = [seen for seen in counted if group_of(seen, key) in breakdown.suppressed]
            assert len(breakdown.suppressed) >= 2
            assert rooms_of(held) >= max(limit, len(breakdown.suppressed) + 1)
            counts, total = counts_of(held), counts_of(counted)
            for column in breakdown.columns:
                assert sum(counts[i] for i in column) > 0 or sum(total[i] for i in column) == 0


def other_worlds(walk: list[Seen], held: tuple[str, ...]) -> Iterator[list[Seen]]:
    """Walks in which rooms of schools held back belong to another of them, singly or all at once."""
    for one, other in combinations(held, 2):
        swap = {one: other, other: one}
        yield [replace(seen, school=swap.get(seen.school, seen.school)) for seen in walk]
    for room in sorted({seen.room for seen in walk if seen.school in held and seen.room}):
        for school in held:
            yield [replace(seen, school=school) if seen.room == room else seen for seen in walk]
    for room, another in combinations(sorted({s.room for s in walk if s.school in held and s.room}), 2):
        schools = {seen.room: seen.school for seen in walk}
        swap = {room: schools[another], another: schools[room]}
        yield [replace(seen, school=swap.get(seen.room, seen.school)) for seen in walk]


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(walks(40, schools=4, rooms=14), LIMITS)
def test_no_figure_of_a_school_held_back_can_be_worked_out(walk: list[Seen], limit: int) -> None:
    """The attack: everything printed is known, and so is the way in which it is held back."""
    walk = [seen for seen in walk if seen.room]
    summary = summary_of(walk, "school", limit)
    assert summary.groups is not None
    held = summary.groups.suppressed
    assume(len(held) > 1)
    printed = summary_json(summary)
    columns = [
        c for c in summary.groups.columns if sum(counts_of(counted_in_groups(walk, summary))[i] for i in c)
    ]
    possible: dict[tuple[str, tuple[int, ...]], set[int]] = {}
    for world in (walk, *other_worlds(walk, held)):
        if summary_json(summary_of(world, "school", limit)) != printed:
            continue
        for school in held:
            counted = counted_in_groups(world, summary)
            counts = counts_of([seen for seen in counted if seen.school == school])
            for column in columns:
                possible.setdefault((school, column), set()).add(sum(counts[i] for i in column))
    if summary.groups.suppressed_total is None:
        return  # nothing at all is printed of them
    for place, values in possible.items():
        assert len(values) > 1, place


def as_model(seen: Seen, model: str) -> Seen:
    """The same visit to a classroom of another model, which comes to the same column."""
    if seen.unseen or not isinstance(seen.way, int):
        return replace(seen, model=model, way="complete" if seen.unseen else seen.way)
    column = column_of(seen)
    ways = [way for way in range(5) if column_of(replace(seen, model=model, way=way)) == column]
    # Of the steps in that column, one of the same kind of practice where there is one.
    kind = kind_of(seen)
    return min(
        (replace(seen, model=model, way=way) for way in ways), key=lambda other: kind_of(other) != kind
    )


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(walks(40, schools=4, rooms=14), LIMITS)
def test_no_figure_of_a_model_held_back_can_be_worked_out(walk: list[Seen], limit: int) -> None:
    """The attack once more: classrooms of models held back are given to another of them."""
    names = ["alpha", "alpha", "beta", "gamma"]
    walk = [replace(seen, model=names[int(seen.room[3:]) % 4]) for seen in walk if seen.room]
    summary = summary_of(walk, "school", limit)
    held = summary.models.suppressed
    assume(summary.models.suppressed_total is not None)
    printed = summary_json(summary)
    columns = [c for c in summary.models.columns if sum(counts_of(walk)[i] for i in c)]
    possible: dict[tuple[str, tuple[int, ...]], set[int]] = {}
    rooms = sorted({seen.room for seen in walk if seen.model in held})
    models = {seen.room: seen.model for seen in walk}
    changes = [{}, *({room: model} for room in rooms for model in held)]
    changes += [{one: models[two], two: models[one]} for one, two in combinations(rooms, 2)]
    swaps = [dict(zip(pair, reversed(pair), strict=True)) for pair in combinations(held, 2)]
    changes += [{room: swap.get(models[room], models[room]) for room in rooms} for swap in swaps]
    for change in changes:
        world = [
            as_model(seen, change.get(seen.room, seen.model)) if seen.room in change else seen
            for seen in walk
        ]
        if summary_json(summary_of(world, "school", limit)) == printed:
            for model in held:
                counts = counts_of([seen for seen in world if seen.model == model])
                for column in columns:
                    possible.setdefault((model, column), set()).add(sum(counts[i] for i in column))
    for place, values in possible.items():
        assert len(values) > 1, place


@pytest.mark.parametrize(
    ("sizes", "held"),
    [
        ({"a": 6, "b": 7}, ()),
        ({"a": 1, "b": 7}, ("a", "b")),
        ({"a": 1, "b": 7, "c": 8}, ("a", "b")),
        ({"a": 2, "b": 3, "c": 8}, ("a", "b")),
        ({"a": 1, "b": 1, "c": 6, "d": 9}, ("a", "b", "c")),
        ({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 9}, ("a", "b", "c", "d", "e", "f")),
        ({"a": 4, "b": 4, "c": 5, "d": 5}, ("a", "b")),
    ],
)
def test_whatever_would_give_a_small_group_away_is_held_back_with_it(
    sizes: dict[str, int], held: tuple[str, ...]
) -> None:
    walk = [
        Seen("2026-11-23", school, f"{school}{number}", "O", "coach", "alpha", 1)
        for school, size in sizes.items()
        for number in range(size)
    ]
    groups = summary_of(walk, "school").groups
    assert groups is not None
    assert groups.suppressed == held


def test_a_walk_that_is_too_small_as_a_whole_shows_its_sizes_only() -> None:
    walk = [Seen("2026-11-23", "S", f"r{number}", "O", "coach", "alpha", 1) for number in range(4)]
    summary = summary_of(walk)
    assert (summary.observations, summary.classrooms, summary.shown) == (4, 4, ())
    assert summary.models.grand_total is None
    assert summary.strands == ()


def test_a_school_called_not_given_is_not_mixed_up_with_no_school() -> None:
    walk = [
        Seen("2026-11-23", school, f"{school}{number}", "O", "coach", "alpha", 1)
        for school in ("", "Not given")
        for number in range(5)
    ]
    groups = summary_of(walk, "school").groups
    assert groups is not None
    assert [row.name for row in groups.rows] == ["(not given)", "Not given"]
    assert [row.classrooms for row in groups.rows] == [5, 5]


def test_kinds_of_practice_stand_apart_only_where_every_model_held_back_could_be_meant() -> None:
    """Beta has no step of kind a in its first phase, so a pause there would be alpha's."""
    small = [("alpha", 0), ("alpha", 1), ("alpha", 1), ("beta", 0), ("beta", 0)]
    walk = [
        Seen("2026-11-23", "S", f"r{number}", "O", "coach", model, way)
        for number, (model, way) in enumerate(small)
    ]
    pooled, nobody = summary_of(walk).pooled
    assert (pooled.domains, pooled.classrooms, pooled.paused) == (("a", "b"), 5, 5)
    assert (nobody.domains, nobody.paused) == (("c",), 0)
    # In the second phase, all of them have only kind a; nothing is told by saying so.
    later = [
        Seen("2026-11-23", "S", f"r{n}", "O", "coach", "alpha" if n % 2 else "beta", 2) for n in range(5)
    ]
    assert [row.paused for row in summary_of(later).pooled] == [5, 0, 0]
