from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pltool.core.interview import Interview
from pltool.core.standing import Answer, Status, judge, reaches
from pltool.files.library import Library
from tests.examples import progressions, small_progression

if TYPE_CHECKING:
    from pltool.core.progression import AskedAs, Progression

ANSWERS = st.sampled_from(Answer)


@st.composite
def answered(draw: st.DrawFn) -> tuple[Progression, dict[str, Answer]]:
    """Any progression with any answers, gaps and answers beyond the pause among them."""
    progression = draw(progressions())
    answers = {
        placed.id: draw(ANSWERS) for placed in progression.steps if draw(st.booleans() | st.just(True))
    }
    return progression, answers


@given(answered())
def test_the_pause_is_the_first_not_yet_in_order(case: tuple[Progression, dict[str, Answer]]) -> None:
    progression, answers = case
    standing = judge(progression, answers)
    not_yet = [placed for placed in progression.steps if answers.get(placed.id) is Answer.NOT_YET]
    gaps = [placed for placed in progression.steps if placed.id not in answers]
    order = progression.steps.index
    if not_yet and not (gaps and order(gaps[0]) < order(not_yet[0])):
        assert standing.status is Status.PAUSED
        assert standing.pause == not_yet[0]
    else:
        assert standing.pause is None
        assert standing.status is (Status.UNFINISHED if gaps else Status.COMPLETE)


@given(answered())
def test_every_step_is_counted_exactly_once(case: tuple[Progression, dict[str, Answer]]) -> None:
    progression, answers = case
    counts = judge(progression, answers).counts
    parts = (
        counts.in_place,
        counts.not_yet,
        counts.not_seen,
        counts.beyond_pause,
        counts.not_reached,
        counts.does_not_apply,
    )
    assert sum(parts) == counts.total == len(progression.steps)
    assert min(parts) >= 0
    assert counts.not_yet <= 1


@given(answered(), st.data())
def test_answers_beyond_the_pause_never_move_it(
    case: tuple[Progression, dict[str, Answer]], data: st.DataObject
) -> None:
    progression, answers = case
    standing = judge(progression, answers)
    later = progression.steps[len(standing.reached) + (standing.missing is not None) :]
    changed = {**answers, **{placed.id: data.draw(ANSWERS) for placed in later}}
    again = judge(progression, changed)
    assert (again.status, again.pause, again.reached) == (standing.status, standing.pause, standing.reached)
    assert again.counts.in_place == standing.counts.in_place


@given(answered())
def test_asking_one_by_one_and_judging_a_whole_file_agree(
    case: tuple[Progression, dict[str, Answer]],
) -> None:
    progression, answers = case
    interview = Interview(progression)
    while (question := interview.question) is not None and question.id in answers:
        interview = interview.answer(answers[question.id])
    asked, judged = interview.standing, judge(progression, answers)
    assert (asked.status, asked.pause, asked.reached, asked.phases) == (
        judged.status,
        judged.pause,
        judged.reached,
        judged.phases,
    )
    assert asked.provisional == judged.provisional


@given(answered())
def test_phases_add_up_to_what_is_in_place(case: tuple[Progression, dict[str, Answer]]) -> None:
    progression, answers = case
    standing = judge(progression, answers)
    assert sum(phase.in_place for phase in standing.phases) == standing.counts.in_place
    assert sum(phase.total for phase in standing.phases) == standing.counts.total


@given(answered())
def test_only_what_was_not_seen_before_the_end_makes_it_provisional(
    case: tuple[Progression, dict[str, Answer]],
) -> None:
    progression, answers = case
    standing = judge(progression, answers)
    unseen = any(answers[placed.id] is Answer.NOT_SEEN for placed in standing.reached)
    assert standing.provisional == (unseen and standing.status is not Status.UNFINISHED)


@given(answered())
def test_reaching_a_step_needs_everything_before_it_in_place(
    case: tuple[Progression, dict[str, Answer]],
) -> None:
    progression, answers = case
    standing = judge(progression, answers)
    for position, placed in enumerate(progression.steps, start=1):
        before = [answers.get(step.id) for step in progression.steps[:position]]
        assert reaches(standing, placed) == all(
            answer in {Answer.IN_PLACE, Answer.DOES_NOT_APPLY} for answer in before
        )


@given(answered(), st.integers(1, 40))
def test_going_back_and_forth_without_new_answers_changes_nothing(
    case: tuple[Progression, dict[str, Answer]], times: int
) -> None:
    progression, answers = case
    interview = Interview(progression, answers)
    back = interview
    for _ in range(times):
        back = back.back()
    assert back.standing == interview.standing
    question = back.question
    assert question is not None
    if question.id in answers:
        assert back.answer(answers[question.id]).standing == interview.standing


def test_a_changed_answer_brings_the_later_ones_back() -> None:
    progression = small_progression(4)
    yes, no = Answer.IN_PLACE, Answer.NOT_YET
    interview = Interview(progression)
    for answer in (yes, yes, yes):
        interview = interview.answer(answer)
    paused_early = interview.back().back().answer(no)
    assert paused_early.question is None
    assert paused_early.standing.pause == progression.steps[1]
    assert paused_early.standing.counts.beyond_pause == 1
    mended = paused_early.back().answer(yes)
    assert mended.question == progression.steps[3]


def test_a_gap_before_a_not_yet_leaves_it_unfinished() -> None:
    progression = small_progression(3)
    first, _, third = (placed.id for placed in progression.steps)
    standing = judge(progression, {first: Answer.IN_PLACE, third: Answer.NOT_YET})
    assert standing.status is Status.UNFINISHED
    assert standing.missing == progression.steps[1]
    assert standing.counts.beyond_pause == 1


def test_a_step_that_does_not_apply_neither_stops_nor_makes_provisional() -> None:
    progression = small_progression(3)
    standing = judge(
        progression,
        {"step-1": Answer.DOES_NOT_APPLY, "step-2": Answer.IN_PLACE, "step-3": Answer.DOES_NOT_APPLY},
    )
    assert (standing.status, standing.provisional) == (Status.COMPLETE, False)
    assert (standing.counts.in_place, standing.counts.does_not_apply) == (1, 2)


def test_a_teacher_is_asked_teacher_and_student_actions_and_steps_keep_their_numbers() -> None:
    whole = Library().progression("distance-learning")
    cases: tuple[tuple[AskedAs, set[str]], ...] = (
        ("teacher", {"teacher", "student"}),
        ("leader", {"leader"}),
    )
    for role, actors in cases:
        asked = whole.asked_of(role)
        assert {placed.step.actor for placed in asked.steps} == actors
        assert {placed.id for placed in asked.steps} | {placed.id for placed in asked.unasked} == {
            placed.id for placed in whole.steps
        }
        assert all(whole.find(placed.place) == placed for placed in asked.steps)
        counts = judge(asked, {}).counts
        assert counts.total == len(asked.steps)
        assert sum(phase.total for phase in judge(asked, {}).phases) == counts.total
