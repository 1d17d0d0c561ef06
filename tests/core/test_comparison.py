"""Two records side by side: the step where they part is one on which they differ, whoever is named first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pltool.core.bank import Bank
from pltool.core.comparison import compare, why_not_comparable
from pltool.core.record import Labels, Reflection
from pltool.core.standing import Answer
from pltool.errors import InputError
from tests.examples import small_progression
from tests.sealed import seal

PROGRESSION = small_progression(3, 3)
LETTERS = {"y": Answer.IN_PLACE, "n": Answer.NOT_YET, "s": Answer.NOT_SEEN}
EMPTY = Bank(resources=())


def record(letters: str, hour: int, *, classroom: str | None = None, kind: str = "observation") -> Reflection:
    moment = f"2026-11-23T{hour:02}:00:00+00:00"
    return seal(
        PROGRESSION,
        {placed.id: LETTERS[letter] for placed, letter in zip(PROGRESSION.steps, letters, strict=False)},
        bank=EMPTY,
        record_id=f"r{hour}",
        started=moment,
        finished=moment,
        kind=kind,
        labels=Labels(classroom=classroom),
    )


answers = st.text("yns", min_size=1, max_size=6)


@given(answers, answers)
def test_they_part_at_the_first_step_on_which_both_looked_and_differ(one: str, other: str) -> None:
    first, second = record(one, 8), record(other, 9)
    found = compare(first, second)
    assert compare(second, first) == found
    differing = [
        number
        for number, pair in enumerate(zip(one, other, strict=False), start=1)
        if set(pair) == {"y", "n"}
    ]
    parting = found.parting
    if differing:
        assert parting is not None
        assert parting.differ
        assert parting.step == PROGRESSION.steps[differing[0] - 1].id
    elif one == other:
        assert parting is None
    else:
        assert parting is not None
        assert not parting.differ
    assert 1 <= len(found.questions) <= 3


@given(answers, answers)
def test_what_only_one_saw_the_other_did_not(one: str, other: str) -> None:
    found = compare(record(one, 8), record(other, 9))
    seen = {answer.step for answer in found.second.answers if answer.answer is not Answer.NOT_SEEN}
    assert not seen & {answer.step for answer in found.only_first}
    assert all(answer.answer is not Answer.NOT_SEEN for answer in (*found.only_first, *found.only_second))


def test_the_reason_is_given_and_can_be_overruled() -> None:
    one, other = record("yn", 8, classroom="R7"), record("yn", 9, classroom="R8")
    with pytest.raises(InputError, match="“R7” and the other of “R8”"):
        compare(one, other)
    assert compare(one, other, anyway=True).parting is None
    assert why_not_comparable(one, record("y", 9)) is None
    assert why_not_comparable(one, one) == "Both are the same record."


def test_two_reflections_belong_to_history() -> None:
    reason = why_not_comparable(record("y", 8, kind="reflection"), record("n", 9, kind="reflection"))
    assert reason is not None
    assert "pltool history" in reason


def test_one_classroom_written_in_two_ways_is_one() -> None:
    assert why_not_comparable(record("yn", 8, classroom="R7"), record("yn", 9, classroom="r7 ")) is None


def test_the_earlier_record_is_the_earlier_moment() -> None:
    early = replace(record("yn", 8), finished="2026-11-01T01:30:00-04:00")
    late = replace(record("yyn", 9), finished="2026-11-01T01:10:00-05:00")
    assert compare(late, early).first == early
