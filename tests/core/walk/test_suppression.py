"""Small groups stay hidden: whatever is printed, another walk with other hidden figures prints the same."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pltool.core.walk.summary import summarize
from pltool.core.walk.suppression import Held, SuppressionRule, make_outcome_columns, suppress_small_groups
from pltool.core.walk.tally import Group, Tally
from pltool.report.walk.data import summary_json
from tests.examples import small_progression
from tests.walks import (
    MODELS,
    Seen,
    column_of,
    complete_outcome,
    counts_of,
    group_of,
    kind_of,
    outcome_of,
    paused_outcome,
    rooms_of,
    summary_of,
    visit_of,
    walks,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.core.walk.summary import Summary
    from pltool.core.walk.suppression import Breakdown, ColumnGroups, OutcomeColumns
    from pltool.core.walk.visits import Grouping, VisitOutcome

LIMITS = st.sampled_from([3, 4, 5])


def counted_in_groups(walk: list[Seen], summary: Summary) -> list[Seen]:
    """What a breakdown is made of: all models, unless even together they are too few."""
    return walk if summary.models.breakdown.grand_total is not None else []


def breakdowns(walk: list[Seen], by: Grouping, limit: int) -> Iterator[tuple[str, Breakdown, list[Seen]]]:
    summary = summary_of(walk, by, limit)
    assert summary.groups is not None
    yield "model", summary.models.breakdown, walk
    yield by, summary.groups.breakdown, counted_in_groups(walk, summary)


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


# So many worlds are tried at most, all of them: a walk with more is drawn anew.
MOST_WORLDS = 5_000


def worlds(rooms: list[str], owners: list[str]) -> Iterator[dict[str, str]]:
    """Every way to give rooms to owners, in an order that differs soon."""
    number = len(owners) ** len(rooms)
    assume(number <= MOST_WORLDS)
    order = list(range(number))
    random.Random(number).shuffle(order)
    for world in order:
        rest, given = world, {}
        for room in rooms:
            rest, at = divmod(rest, len(owners))
            given[room] = owners[at]
        yield given


def groups_of(walk: list[Seen], outcomes: dict[Seen, VisitOutcome]) -> dict[str, Group]:
    groups: dict[str, Group] = {}
    for seen in walk:
        group = groups.setdefault(seen.school, Group())
        group.outcomes[outcomes[seen]] += 1
        group.rooms.add(hash(seen.room))
        group.observers.add(seen.observer)
    return groups


def assert_nothing_follows(
    printed: Breakdown,
    walk: list[Seen],
    finest: OutcomeColumns,
    columns: ColumnGroups,
    limit: int,
    known: str | None,
) -> None:
    """Whatever is printed (and is known of one school), each figure of the others could be another one.

    All worlds are tried in which the rooms of the schools held back belong to them in another way, with the rule
    itself known, until each figure was seen to have two values.
    """
    outcomes = {seen: outcome_of(seen) for seen in walk}
    others = [name for name in printed.suppressed if name != known]
    rooms = sorted({seen.room for seen in walk if seen.school in others})
    mine = counts_of([seen for seen in walk if seen.school == known])
    rest = counts_of([seen for seen in walk if seen.school in others])
    everything = counts_of(walk)
    open_figures = {
        (school, column)
        for school in others for column in printed.columns if sum(everything[i] for i in column)
    }  # fmt: skip
    assert all(sum(rest[i] for i in column) for _, column in open_figures), (known, mine, rest)
    values: dict[tuple[str, tuple[int, ...]], int] = {}
    rule = SuppressionRule(limit, against_insiders=True)
    for owners in worlds(rooms, others):
        world = [replace(seen, school=owners[seen.room]) if seen.room in owners else seen for seen in walk]
        outcomes |= {after: outcomes[before] for before, after in zip(walk, world, strict=True)}
        if suppress_small_groups(groups_of(world, outcomes), finest, rule, columns) != printed:
            continue
        for school, column in list(open_figures):
            counts = counts_of([seen for seen in world if seen.school == school])
            value = sum(counts[i] for i in column)
            if values.setdefault((school, column), value) != value:
                open_figures.discard((school, column))
        if not open_figures:
            return
    assert not open_figures, (known, sorted(open_figures))


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(walks(20, schools=4, rooms=9), st.sampled_from([3, 4]))
def test_no_figure_of_a_school_held_back_can_be_worked_out(walk: list[Seen], limit: int) -> None:
    """The attack: everything printed is known, the rule too, and somebody knows all figures of one school.

    Each room is visited once here, so that the worlds are all there are; how often a room was visited is never printed.
    """
    walk = list({seen.room: seen for seen in walk if seen.room}.values())
    outcomes = {seen: outcome_of(seen) for seen in walk}
    finest = make_outcome_columns(list(MODELS.values()))
    columns = tuple((index,) for index in range(finest.width))
    rule = SuppressionRule(limit, against_insiders=True)
    printed = suppress_small_groups(groups_of(walk, outcomes), finest, rule, columns)
    assume(printed.suppressed_total is not None)
    for known in (None, *printed.suppressed):
        assert_nothing_follows(printed, walk, finest, columns, limit, known)


def test_a_summary_prints_schools_as_that_rule_has_it() -> None:
    walk = [
        Seen("2026-11-23", school, f"{school}{number}", "O", "coach", "alpha", number % 3)
        for school, size in {"a": 8, "b": 6, "c": 5, "d": 1}.items()
        for number in range(size)
    ]
    groups = summary_of(walk, "school").groups
    assert groups is not None
    # With c and d alone in one line, the principal of c would know d.
    assert groups.breakdown.suppressed == ("b", "c", "d")
    assert [row.name for row in groups.breakdown.rows] == ["a"]


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


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(walks(14, schools=4, rooms=9), st.sampled_from([3, 4]))
def test_no_figure_of_a_model_held_back_can_be_worked_out(walk: list[Seen], limit: int) -> None:
    """The attack once more: classrooms of models held back are given to another of them, in all ways there are."""
    names = ["alpha", "alpha", "beta", "gamma"]
    walk = [replace(seen, model=names[int(seen.room[3:]) % 4]) for seen in walk if seen.room]
    summary = summary_of(walk, "school", limit)
    held = summary.models.breakdown.suppressed
    assume(summary.models.breakdown.suppressed_total is not None)
    printed = summary_json(summary)
    columns = [c for c in summary.models.breakdown.columns if sum(counts_of(walk)[i] for i in c)]
    open_figures = {(model, column) for model in held for column in columns}
    values: dict[tuple[str, tuple[int, ...]], int] = {}
    rooms = sorted({seen.room for seen in walk if seen.model in held})
    for owners in worlds(rooms, list(held)):
        world = [as_model(seen, owners[seen.room]) if seen.room in owners else seen for seen in walk]
        if summary_json(summary_of(world, "school", limit)) != printed:
            continue
        for model, column in list(open_figures):
            counts = counts_of([seen for seen in world if seen.model == model])
            value = sum(counts[i] for i in column)
            if values.setdefault((model, column), value) != value:
                open_figures.discard((model, column))
        if not open_figures:
            return
    assert not open_figures, sorted(open_figures)


@pytest.mark.parametrize(
    ("sizes", "held"),
    [
        ({"a": 6, "b": 7}, ()),
        ({"a": 1, "b": 7}, ("a", "b")),
        ({"a": 1, "b": 7, "c": 8}, ("a", "b", "c")),
        ({"a": 2, "b": 3, "c": 8}, ("a", "b", "c")),
        ({"a": 1, "b": 1, "c": 6, "d": 9}, ("a", "b", "c", "d")),
        ({"a": 2, "b": 3, "c": 4, "d": 9}, ("a", "b", "c", "d")),
        ({"a": 3, "b": 3, "c": 4, "d": 9}, ("a", "b", "c")),
        ({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 9}, ("a", "b", "c", "d", "e", "f")),
        ({"a": 4, "b": 4, "c": 5, "d": 5}, ("a", "b", "d")),
        # Whoever knows all of d would have three classrooms left, under the limit.
        ({"a": 1, "b": 1, "c": 1, "d": 9, "e": 20}, ("a", "b", "c", "d", "e")),
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
    assert groups.breakdown.suppressed == held


def test_a_walk_that_is_too_small_as_a_whole_shows_its_sizes_only() -> None:
    walk = [Seen("2026-11-23", "S", f"r{number}", "O", "coach", "alpha", 1) for number in range(4)]
    summary = summary_of(walk)
    assert (summary.sizes.observations, summary.sizes.classrooms, summary.models.shown) == (4, 4, ())
    assert summary.models.breakdown.grand_total is None
    assert summary.models.strands == ()


def test_a_school_called_not_given_is_not_mixed_up_with_no_school() -> None:
    walk = [
        Seen("2026-11-23", school, f"{school}{number}", "O", "coach", "alpha", 1)
        for school in ("", "Not given")
        for number in range(5)
    ]
    groups = summary_of(walk, "school").groups
    assert groups is not None
    assert [row.name for row in groups.breakdown.rows] == ["(not given)", "Not given"]
    assert [row.classrooms for row in groups.breakdown.rows] == [5, 5]


def test_kinds_of_practice_stand_apart_only_where_every_model_held_back_could_be_meant() -> None:
    """Beta has no step of kind a in its first phase, so a pause there would be alpha's."""
    small = [("alpha", 0), ("alpha", 1), ("alpha", 1), ("beta", 0), ("beta", 0)]
    walk = [
        Seen("2026-11-23", "S", f"r{number}", "O", "coach", model, way)
        for number, (model, way) in enumerate(small)
    ]
    pooled, nobody = summary_of(walk).models.pooled
    assert (pooled.domains, pooled.classrooms, pooled.paused) == (("a", "b"), 5, 5)
    assert (nobody.domains, nobody.paused) == (("c",), 0)
    # In the second phase, all of them have only kind a; nothing is told by saying so.
    later = [
        Seen("2026-11-23", "S", f"r{n}", "O", "coach", "alpha" if n % 2 else "beta", 2) for n in range(5)
    ]
    assert [row.paused for row in summary_of(later).models.pooled] == [5, 0, 0]


@pytest.mark.parametrize(("rooms", "shown"), [(4, []), (5, ["alpha"])])
def test_five_classrooms_are_enough_where_nothing_else_is_asked_for(rooms: int, shown: list[str]) -> None:
    tally = Tally()
    tally.add_visits(
        visit_of(Seen("2026-11-23", "S", f"r{number}", "O", "coach", "alpha", 1)) for number in range(rooms)
    )
    assert [row.name for row in summarize(tally, MODELS).models.breakdown.rows] == shown


def test_models_need_no_observers_and_no_more_than_two_to_hide_one_another() -> None:
    """Nobody knows all figures of a model, as a principal knows those of a school; and a sheet need not say who saw it."""
    walk = [
        Seen("2026-11-23", "S", f"{model}{number}", "", "", model, 1)
        for model, size in {"alpha": 2, "beta": 3, "gamma": 5}.items()
        for number in range(size)
    ]
    breakdown = summary_of(walk).models.breakdown
    assert breakdown.suppressed == ("alpha", "beta")
    assert [row.name for row in breakdown.rows] == ["gamma"]
    assert breakdown.suppressed_total is not None
    assert (breakdown.suppressed_total.classrooms, breakdown.suppressed_total.observations) == (5, 5)


@pytest.mark.parametrize(
    ("sizes", "insiders", "hides"),
    [
        ([], False, False),
        ([9], False, False),  # one group as one line is that group
        ([2, 2], False, False),  # together under the limit
        ([2, 3], False, True),
        ([1, 1, 1, 1, 1], False, False),  # each would be exactly one classroom
        ([1, 1, 1, 1, 2], False, True),
        ([5, 5], True, False),  # whoever knows one knows the other
        ([1, 1, 1, 9], True, False),  # whoever knows the large one is left with three classrooms
        ([2, 3, 4], True, False),  # all but the largest have the limit exactly, which would tell its size
        ([3, 3, 4], True, True),
        ([2, 2, 2, 2], True, True),  # no more than three each: six classrooms in three groups, in many ways
        ([1, 2, 2, 2], True, False),  # so no group has more than two, and three others would have two each
    ],
)
def test_groups_are_one_line_where_that_tells_of_none_of_them(
    sizes: list[int],
    insiders: bool,  # noqa: FBT001
    hides: bool,  # noqa: FBT001
) -> None:
    groups = [group_with(f"g{number}", (1,) * 6, size) for number, size in enumerate(sizes)]
    assert SuppressionRule(5, against_insiders=insiders).hides(groups) is hides


def test_a_classroom_that_stands_in_several_groups_is_one_classroom() -> None:
    september, november = group_with("S", (1,) * 6, 3), group_with("S", (1,) * 6, 3)
    assert not SuppressionRule(5).hides([september, november])
    assert SuppressionRule(3).hides([september, november])


def test_columns_go_as_deep_as_the_shallowest_model_and_three_phases_at_most() -> None:
    two, four = small_progression(1, 1), small_progression(1, 1, 1, 1).model_copy(update={"id": "deep"})
    alone, together = make_outcome_columns([four]), make_outcome_columns([four, two])
    pauses = [paused_outcome(four, step) for step in range(4)]
    assert [alone.column(pause) for pause in pauses] == [0, 1, 2, 2]
    assert [together.column(pause) for pause in pauses] == [0, 1, 1, 1]
    assert (alone.column(complete_outcome(four)), alone.width) == (3, 6)
    assert (together.column(complete_outcome(two)), together.width) == (2, 5)
    assert make_outcome_columns([]).levels == 1


def test_groups_stand_in_columns_no_finer_than_those_that_hide_models() -> None:
    """Alpha and beta are held back, and pause in the first phase only: nobody may learn that of them from schools."""
    walk = [
        Seen("2026-11-23", "S", f"{model}{number}", "O", "coach", model, way)
        for model, size, way in (("alpha", 2, 0), ("beta", 3, 0), ("gamma", 6, 2))
        for number in range(size)
    ]
    summary = summary_of(walk, "school")
    assert summary.models.breakdown.suppressed == ("alpha", "beta")
    assert summary.models.breakdown.columns == ((0, 1), (2,), (3,), (4,), (5,))
    assert summary.groups is not None
    assert summary.groups.breakdown.columns == summary.models.breakdown.columns
    (school,) = summary.groups.breakdown.rows
    assert school.counts == (11, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("each", "insiders", "tells"),
    [
        # Where all have nothing, each has nothing.
        ([0, 0], False, True),
        ([0, 1], False, False),
        ([1, 1, 0], False, False),
        # One group alone: nobody else could be known.
        ([0], True, True),
        ([2], True, False),
        # Whoever has all of it knows that the others have nothing.
        ([0, 0, 0], True, True),
        ([3, 0, 0], True, True),
        # Of two groups, each knows the other.
        ([1, 2], True, True),
        # Two in three groups of which none has both: whoever has nothing knows that the others have one each.
        ([1, 1, 0], True, True),
        ([1, 1, 1], True, False),
        ([2, 1, 0], True, False),
        ([1, 1, 0, 0], True, False),
    ],
)
def test_a_column_tells_of_groups_held_back_where_there_is_too_little_to_share(
    each: list[int],
    insiders: bool,  # noqa: FBT001
    tells: bool,  # noqa: FBT001
) -> None:
    # Beside a column in which everybody has much.
    held = Held([(9, number) for number in each], insiders)
    assert held.tells((1,)) is tells
    split = Held([(number, 9, 0) for number in each], insiders)
    assert split.tells((0, 2)) is tells


# What an observation of alpha does to come to each column.
WAYS: tuple[tuple[int | str, bool], ...] = (
    (0, False), (2, False), (4, False), ("complete", False), (1, True), ("unfinished", False),
)  # fmt: skip


def group_with(name: str, counts: tuple[int, ...], rooms: int) -> Group:
    group = Group()
    for (way, unseen), times in zip(WAYS, counts, strict=True):
        seen = Seen("2026-11-23", name, "r", "O", "coach", "alpha", way, unseen)
        if times:
            group.outcomes[outcome_of(seen)] += times
    group.rooms = {hash((name, number)) for number in range(rooms)}
    return group


@pytest.mark.parametrize(
    ("small", "large", "columns"),
    [
        ((1, 1, 1, 1, 1, 1), (0, 0, 0, 0, 0, 9), ((0,), (1,), (2,), (3,), (4,), (5,))),
        # The second and the fourth would tell: each joins the one before it. The fifth is empty for all, and stays.
        ((2, 0, 3, 0, 0, 1), (1, 1, 1, 1, 0, 5), ((0, 1), (2, 3), (4,), (5,))),
        # The first has none before it, and joins the next; two in a row join one.
        ((0, 2, 0, 0, 1, 1), (1, 1, 1, 1, 1, 4), ((0, 1, 2, 3), (4,), (5,))),
        # An empty column is no neighbor.
        ((2, 0, 0, 1, 1, 1), (5, 0, 1, 1, 1, 1), ((0, 2), (1,), (3,), (4,), (5,))),
        # Only one column is used: nothing is left to join, and what it says is in the totals anyway.
        ((0, 0, 0, 0, 0, 4), (0, 0, 0, 0, 0, 9), ((0,), (1,), (2,), (3,), (4,), (5,))),
    ],
)
def test_columns_that_would_tell_join_the_nearest_one(
    small: tuple[int, ...], large: tuple[int, ...], columns: ColumnGroups
) -> None:
    groups = {
        "small": group_with("small", small, 3),
        "smaller": group_with("smaller", small, 2),
        "large": group_with("large", large, 9),
    }
    finest = make_outcome_columns([MODELS["alpha"]])
    found = suppress_small_groups(groups, finest, SuppressionRule(5))
    assert found.suppressed == ("small", "smaller")
    assert found.columns == columns
    assert found.suppressed_total is not None
    assert found.suppressed_total.counts == tuple(2 * sum(small[i] for i in column) for column in columns)
    assert [row.counts for row in found.unmerged] == [large]
    assert found.grand_total is not None
    assert (found.grand_total.classrooms, found.grand_total.observations) == (14, 2 * sum(small) + sum(large))


def test_the_smallest_joins_first_and_what_is_shown_stands_in_the_order_of_names() -> None:
    sizes = {"z": 1, "b": 3, "c": 6, "d": 7, "e": 9, "a": 8}
    groups = {name: group_with(name, (1,) * 6, size) for name, size in sizes.items()}
    finest = make_outcome_columns([MODELS["alpha"]])
    found = suppress_small_groups(groups, finest, SuppressionRule(5))
    assert found.suppressed == ("b", "c", "z")
    assert [row.name for row in found.rows] == [row.name for row in found.unmerged] == ["a", "d", "e"]
    # Where nothing is held back there is no line for it, and a total all the same.
    large = {name: group for name, group in groups.items() if sizes[name] > 5}
    found = suppress_small_groups(large, finest, SuppressionRule(5))
    assert (found.suppressed, found.suppressed_total) == ((), None)
    assert found.grand_total is not None
    assert (found.grand_total.classrooms, found.grand_total.observations) == (30, 24)
