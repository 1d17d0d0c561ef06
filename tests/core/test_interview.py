from __future__ import annotations

import pytest

from pltool.core.interview import Interview
from pltool.core.standing import Answer
from tests.examples import small_progression


def answered(*answers: Answer) -> Interview:
    interview = Interview(small_progression(2, 2))
    for answer in answers:
        interview = interview.answer(answer)
    return interview


def test_where_nothing_is_asked_nothing_can_be_answered() -> None:
    for interview in (answered(Answer.NOT_YET), answered(*[Answer.IN_PLACE] * 4)):
        assert interview.question is None
        assert interview.position is None
        with pytest.raises(ValueError, match=r"^nothing is being asked$"):
            interview.answer(Answer.IN_PLACE)


def test_back_from_the_pause_asks_the_pause_again_and_at_the_first_step_stays_there() -> None:
    paused = answered(Answer.IN_PLACE, Answer.NOT_YET)
    assert paused.back().position == 1
    assert paused.back().back().position == 0
    assert paused.back().back().back().position == 0
    assert Interview(small_progression(2)).back().position == 0


def test_an_answer_ends_looking_back() -> None:
    looking = answered(Answer.IN_PLACE, Answer.IN_PLACE).back().back()
    assert looking.position == 0
    assert looking.answer(Answer.IN_PLACE).position == 2
    assert looking.answer(Answer.NOT_YET).position is None


def test_everything_in_place_goes_back_to_the_last_step() -> None:
    assert answered(*[Answer.IN_PLACE] * 4).back().position == 3
