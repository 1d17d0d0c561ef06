"""Words that stand in saved files; none may ever change."""

from __future__ import annotations

import pytest

from pltool.core.cue_interview import Said
from pltool.core.standing import Answer, Counts, Status, judge, reaches
from tests.examples import small_progression


def test_answers_and_statuses_are_the_words_of_the_record() -> None:
    assert [str(answer) for answer in Answer] == ["in_place", "not_yet", "not_seen", "does_not_apply"]
    assert [str(status) for status in Status] == ["paused", "complete", "unfinished"]
    assert [str(said) for said in Said] == ["yes", "no", "unsure"]


def test_what_was_reached_is_everything_up_to_the_pause() -> None:
    counts = Counts(
        in_place=5, not_yet=1, not_seen=2, beyond_pause=7, not_reached=11, total=29, does_not_apply=3
    )
    assert counts.reached == 5 + 1 + 2 + 3


def test_records_from_before_an_answer_existed_have_none_of_it() -> None:
    counts = Counts(in_place=1, not_yet=0, not_seen=0, beyond_pause=0, not_reached=0, total=1)
    assert (counts.does_not_apply, counts.reached) == (0, 1)


@pytest.mark.parametrize("letters", ["yyn", "ysn", "yxn", "yy", "", "xyy", "nyy"])
def test_parts_are_counted_as_they_were_answered(letters: str) -> None:
    known = {"y": Answer.IN_PLACE, "n": Answer.NOT_YET, "s": Answer.NOT_SEEN, "x": Answer.DOES_NOT_APPLY}
    progression = small_progression(2, 2)
    answers = {f"step-{number}": known[letter] for number, letter in enumerate(letters, start=1)}
    standing = judge(progression, answers)
    reached = letters[: letters.index("n") + 1] if "n" in letters else letters
    counts = standing.counts
    assert counts.reached == len(standing.reached) == len(reached)
    assert (counts.in_place, counts.not_seen, counts.does_not_apply) == tuple(map(reached.count, "ysx"))
    assert counts.beyond_pause == len(standing.beyond) == len(letters) - len(reached)
    assert [placed.id for placed in standing.beyond] == list(answers)[len(reached) :]
    assert [answers[placed.id] for placed in standing.not_seen] == [Answer.NOT_SEEN] * reached.count("s")
    assert [answers[placed.id] for placed in standing.not_applicable] == [
        Answer.DOES_NOT_APPLY
    ] * reached.count("x")
    assert [(phase.id, phase.title, phase.total) for phase in standing.phases] == [
        ("phase-1", "Phase 1", 2),
        ("phase-2", "Phase 2", 2),
    ]
    assert [phase.in_place for phase in standing.phases] == [reached[:2].count("y"), reached[2:].count("y")]
    for number, placed in enumerate(progression.steps):
        assert reaches(standing, placed) == (
            number < len(letters) and set(letters[: number + 1]) <= {"y", "x"}
        )


def test_a_step_of_another_progression_is_never_reached() -> None:
    whole, other = small_progression(2), small_progression(2, 2)
    standing = judge(whole, {"step-1": Answer.IN_PLACE, "step-2": Answer.IN_PLACE})
    assert not reaches(standing, other.steps[3])
