"""Every figure of a walk's summary is counted a second time here, from the plain facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pltool.core.walk.step_counts import furthest_for_half, most_in_place
from pltool.report.walk.data import summary_json
from tests.walks import MODELS, Seen, counts_of, group_of, kind_of, rooms_of, summary_of, walks

if TYPE_CHECKING:
    import random

    from pltool.core.walk.visits import Grouping

GROUPINGS = st.sampled_from(["school", "month", "observer-role"])


@given(walks())
def test_the_sizes_are_those_of_the_walk(walk: list[Seen]) -> None:
    summary = summary_of(walk)
    assert summary.sizes.observations == len(walk)
    assert summary.sizes.classrooms == rooms_of(walk)
    assert summary.sizes.schools == len({seen.school for seen in walk})
    assert summary.sizes.observers == len({seen.observer for seen in walk})
    assert (summary.sizes.first, summary.sizes.last) == (
        min((seen.day for seen in walk), default=""),
        max((seen.day for seen in walk), default=""),
    )


@given(walks(60))
def test_every_step_is_counted_once_for_each_observation(walk: list[Seen]) -> None:
    for model in summary_of(walk, limit=3).models.shown:
        mine = [seen for seen in walk if seen.model == model.progression.id]
        assert model.observations == len(mine)
        assert model.classrooms == rooms_of(mine)
        assert model.complete == sum(seen.way == "complete" and not seen.unseen for seen in mine)
        assert model.provisional == sum(seen.unseen for seen in mine)
        assert model.unfinished == sum(seen.way == "unfinished" for seen in mine)
        for index, step in enumerate(model.steps):
            here = [seen for seen in mine if seen.way == index]
            passed = [
                seen
                for seen in mine
                if seen.way == "complete" or (isinstance(seen.way, int) and seen.way > index)
            ]
            unseen = sum(seen.unseen for seen in passed) if index == 0 else 0
            assert step.paused == sum(not seen.unseen for seen in here)
            assert step.provisional == sum(seen.unseen for seen in here)
            assert step.in_place == len(passed) - unseen
            assert step.not_seen == unseen
            assert step.classrooms == rooms_of([seen for seen in here if not seen.unseen])
            # What lies beyond a pause is unknown, and never a no.
            assert step.not_reached == len(mine) - len(here) - len(passed)


@given(walks(60), GROUPINGS)
def test_groups_that_are_shown_say_what_is_in_them(walk: list[Seen], by: Grouping) -> None:
    summary = summary_of(walk, by, limit=3)
    assert summary.groups is not None
    by_group = walk if summary.models.breakdown.grand_total is not None else []
    for breakdown, key, whole in (
        (summary.models.breakdown, "model", walk),
        (summary.groups.breakdown, by, by_group),
    ):
        for row in breakdown.rows:
            mine = [seen for seen in whole if group_of(seen, key) == row.name]
            counts = counts_of(mine)
            assert (row.classrooms, row.observations) == (rooms_of(mine), len(mine))
            assert row.counts == tuple(sum(counts[i] for i in column) for column in breakdown.columns)
        held = [seen for seen in whole if group_of(seen, key) in breakdown.suppressed]
        if breakdown.suppressed_total is not None:
            sizes = (breakdown.suppressed_total.classrooms, breakdown.suppressed_total.observations)
            assert sizes == (rooms_of(held), len(held))
        if breakdown.grand_total is not None:
            assert len(breakdown.suppressed) + len(breakdown.rows) == len(
                {group_of(seen, key) for seen in whole}
            )
            assert breakdown.grand_total.observations == len(whole)


@given(walks(), st.randoms(use_true_random=False), GROUPINGS)
def test_the_order_of_the_observations_changes_nothing(
    walk: list[Seen], shuffle: random.Random, by: Grouping
) -> None:
    shuffled = walk[:]
    shuffle.shuffle(shuffled)
    assert summary_json(summary_of(walk, by, 3)) == summary_json(summary_of(shuffled, by, 3))


@given(walks(60))
def test_strands_add_up_over_the_models_shown(walk: list[Seen]) -> None:
    summary = summary_of(walk, limit=3)
    # In these progressions every step is aligned with one strand.
    shown = {model.progression.id for model in summary.models.shown}
    firm = [seen for seen in walk if seen.model in shown and isinstance(seen.way, int) and not seen.unseen]
    assert sum(strand.paused for strand in summary.models.strands) == len(firm)


@settings(max_examples=50)
@given(walks(60))
def test_celebrations_and_shared_pauses_are_the_widest(walk: list[Seen]) -> None:
    summary = summary_of(walk, limit=3)
    for model in summary.models.shown:
        widely = most_in_place(model, 2)
        others = [step.in_place for step in model.steps if step not in widely]
        assert not widely or min(step.in_place for step in widely) >= max(others, default=0)
        furthest = furthest_for_half(model)
        assert furthest is None or 2 * furthest.in_place >= model.observations
    sizes = [shared.step.classrooms for shared in summary.models.shared]
    assert sizes == sorted(sizes, reverse=True)
    assert all(size >= 2 for size in sizes)


@pytest.mark.parametrize(
    ("since", "until", "counted"), [("2026-10-05", "", 3), ("", "2026-10-05", 2), ("2027", "", 0)]
)
def test_dates_bound_what_counts(since: str, until: str, counted: int) -> None:
    from pltool.core.walk.tally import Tally
    from tests.walks import DAYS, visit_of

    tally = Tally(None, since, until)
    tally.add_visits(visit_of(Seen(day, "S", "R", "O", "coach", "alpha", 0)) for day in DAYS)
    assert (tally.outcomes.total(), tally.outside) == (counted, len(DAYS) - counted)


def test_the_models_have_what_the_recount_assumes() -> None:
    assert min(len(model.phases) for model in MODELS.values()) == 3


@given(walks(60))
def test_pauses_over_all_models_are_counted_by_kind_of_practice(walk: list[Seen]) -> None:
    summary = summary_of(walk, limit=3)
    if summary.models.pooled:
        assert [kind for pooled in summary.models.pooled for kind in pooled.domains] == ["a", "b", "c"]
    for pooled in summary.models.pooled:
        mine = [seen for seen in walk if kind_of(seen) in pooled.domains]
        assert (pooled.classrooms, pooled.paused) == (rooms_of(mine), len(mine))
