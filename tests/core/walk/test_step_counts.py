"""Steps, strands and what moved, counted by hand on one small walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.core.standing import Status
from pltool.core.walk.step_counts import count_model, furthest_for_half, most_in_place, shared_pauses
from pltool.core.walk.summary import summarize
from pltool.core.walk.tally import Tally
from pltool.core.walk.trends import StrandCount, count_strands
from pltool.core.walk.visits import VisitOutcome
from tests.walks import MODELS, Seen, visit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pltool.core.walk.step_counts import ModelCount

ALPHA = MODELS["alpha"]
# Five steps: the third one is where two classrooms pause and one may.
INFERRED = VisitOutcome("alpha", Status.PAUSED, pause=2, in_place=(0, 1), inferred=True)
PROVISIONAL = VisitOutcome("alpha", Status.PAUSED, provisional=True, pause=2, in_place=(0,), not_seen=(1,))
WITHOUT_THIRD = VisitOutcome("alpha", Status.COMPLETE, in_place=(0, 1, 3, 4), does_not_apply=(2,))
COMPLETE_UNSEEN = VisitOutcome(
    "alpha", Status.COMPLETE, provisional=True, in_place=(1, 2, 3, 4), not_seen=(0,)
)
UNFINISHED = VisitOutcome("alpha", Status.UNFINISHED, in_place=(0,))
UNFINISHED_UNSEEN = VisitOutcome("alpha", Status.UNFINISHED, provisional=True, not_seen=(0,))
WALK = (INFERRED, INFERRED, PROVISIONAL, WITHOUT_THIRD, COMPLETE_UNSEEN, UNFINISHED, UNFINISHED_UNSEEN)


def tally_of(outcomes: Sequence[VisitOutcome | int | str], model: str = "alpha") -> Tally:
    """One classroom for each outcome, or each pause in words of `Seen`."""
    tally = Tally()
    for number, outcome in enumerate(outcomes):
        way = 0 if isinstance(outcome, VisitOutcome) else outcome
        visit = visit_of(Seen("2026-11-23", "S", f"{model}{number}", "O", "coach", model, way))
        tally.add_visits([visit._replace(outcome=outcome) if isinstance(outcome, VisitOutcome) else visit])
    return tally


def counted(outcomes: Sequence[VisitOutcome | int | str]) -> ModelCount:
    return count_model(tally_of(outcomes), ALPHA)


def test_each_answer_to_a_step_is_counted_where_it_belongs() -> None:
    model = counted(WALK)
    rows = [
        (
            step.in_place, step.inferred, step.seen_in_place, step.paused, step.provisional,
            step.not_seen, step.does_not_apply, step.not_reached, step.classrooms,
        )
        for step in model.steps
    ]  # fmt: skip
    assert rows == [
        (5, 2, 3, 0, 0, 2, 0, 0, 0),
        (4, 2, 2, 0, 0, 1, 0, 2, 0),
        (1, 0, 1, 2, 1, 0, 1, 2, 2),
        (2, 0, 2, 0, 0, 0, 0, 5, 0),
        (2, 0, 2, 0, 0, 0, 0, 5, 0),
    ]
    assert (model.observations, model.inferred, model.classrooms) == (7, 2, 7)
    assert (model.complete, model.complete_provisional, model.unfinished) == (1, 1, 2)
    assert (model.paused, model.provisional) == (2, 2)


def test_a_model_that_nobody_met_has_no_furthest_step() -> None:
    model = count_model(tally_of(WALK), MODELS["beta"])
    assert (model.observations, model.classrooms, most_in_place(model)) == (0, 0, ())
    assert furthest_for_half(model) is None


def test_what_is_celebrated_was_seen_and_stands_in_the_order_of_the_progression() -> None:
    model = counted(WALK)
    # Seen in place three, two, one, two and two times; of equals the earlier ones.
    assert [ALPHA.steps.index(step.placed) for step in most_in_place(model)] == [0, 1, 3]
    assert [ALPHA.steps.index(step.placed) for step in most_in_place(model, 1)] == [0]
    later = counted([COMPLETE_UNSEEN, COMPLETE_UNSEEN, 1, 1])
    assert [ALPHA.steps.index(step.placed) for step in most_in_place(later, 3)] == [0, 1, 2]
    assert most_in_place(counted([INFERRED])) == ()


def test_half_of_the_observations_are_enough_for_the_furthest_step() -> None:
    furthest = furthest_for_half(counted([1, 3]))
    assert furthest is not None
    assert ALPHA.steps.index(furthest.placed) == 2
    assert furthest_for_half(counted([0, 0, "complete"])) is None


def test_one_classroom_alone_shares_no_pause_however_often_it_was_seen() -> None:
    tally = tally_of([1, 2, 2, 3, 3, 3])
    once_more = visit_of(Seen("2026-11-24", "S", "alpha0", "P", "coach", "alpha", 1))
    tally.add_visits([once_more])
    found = shared_pauses([count_model(tally, ALPHA)])
    assert [(ALPHA.steps.index(pause.step.placed), pause.step.classrooms) for pause in found] == [
        (3, 3),
        (2, 2),
    ]


def test_a_classroom_that_pauses_twice_at_one_step_is_one_classroom() -> None:
    seen_first = INFERRED
    seen_later = VisitOutcome("alpha", Status.PAUSED, pause=2, in_place=(0, 1))
    tally = Tally()
    for number, outcome in ((1, seen_first), (1, seen_later), (2, seen_later)):
        visit = visit_of(Seen("2026-11-23", "S", f"R{number}", "O", "coach", "alpha", 2))
        tally.add_visits([visit._replace(outcome=outcome)])
    assert (count_model(tally, ALPHA).steps[2].classrooms, count_model(tally, ALPHA).classrooms) == (2, 2)


def test_strands_count_every_step_that_is_aligned_with_them() -> None:
    # Alpha's steps are aligned a, b, a, a, b. Three pause at the third, one at the first, one is complete.
    strands = count_strands([counted([2, 2, 2, 0, "complete", PROVISIONAL])])
    assert strands == (StrandCount("strand-a", 7, 4), StrandCount("strand-b", 5, 0))
    assert [strand.answers for strand in strands] == [11, 5]
    # Gamma's first step is aligned with b: a strand in which nobody has anything in place is there.
    paused = count_model(tally_of([0, 0], "gamma"), MODELS["gamma"])
    assert count_strands([paused]) == (StrandCount("strand-b", 0, 2),)


def test_what_moved_is_told_phase_by_phase_for_models_of_both_walks() -> None:
    earlier = tally_of([0, 1, 2, "complete", "unfinished", PROVISIONAL])
    earlier.add_visits(visit_of(Seen("2026-09-14", "S", f"b{n}", "O", "coach", "beta", 0)) for n in range(3))
    now = tally_of([2, 2, 4, "complete", COMPLETE_UNSEEN])
    now.add_visits(visit_of(Seen("2026-11-23", "S", f"g{n}", "O", "coach", "gamma", 0)) for n in range(3))
    # Beta now has fewer than the limit, and could be had by taking one table from the other.
    now.add_visits(visit_of(Seen("2026-11-23", "S", f"b{n}", "O", "coach", "beta", 0)) for n in range(2))
    moved = summarize(now, MODELS, limit=3, earlier=earlier).moved
    assert moved is not None
    assert [(one.model, one.title, one.earlier, one.now) for one in moved] == [
        ("Alpha", "Paused in Phase 1", 2, 0),
        ("Alpha", "Paused in Phase 2", 1, 2),
        ("Alpha", "Paused in Phase 3", 0, 1),
        ("Alpha", "Complete", 1, 1),
        ("Alpha", "Provisional", 1, 1),
        ("Alpha", "Unfinished", 1, 0),
    ]
    assert summarize(now, MODELS, limit=3).moved is None
