"""What moved between records, and what changed in the content, by the words in which it was asked."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pltool.core.history import (
    Movement,
    PastRecord,
    TodaysIds,
    content_change,
    known_answers,
    lines,
    movement,
)
from pltool.core.progression import Progression
from pltool.core.record import FollowUp, Labels, NextStep, record_json
from pltool.core.standing import Answer, Status
from pltool.files.library import Library
from pltool.files.records import as_past
from tests.examples import progression_data, small_progression, step_data
from tests.sealed import seal

LETTERS = {"y": Answer.IN_PLACE, "n": Answer.NOT_YET, "s": Answer.NOT_SEEN}
answered = st.text("yns", max_size=6)


def past(letters: str, progression: Progression, day: int = 1, **changes: Any) -> PastRecord:
    """A record of these answers in step order; a blank leaves a step out."""
    answers = {
        placed.id: LETTERS[letter]
        for placed, letter in zip(progression.steps, letters, strict=False)
        if letter != " "
    }
    moment = f"2026-09-{day:02}T08:00:00+00:00"
    record = seal(
        progression, answers, bank=Library().bank_of(()), record_id=f"r{day}", started=moment, finished=moment,
        labels=Labels(classroom=changes.pop("classroom", None)), part=changes.pop("part", None),
    )  # fmt: skip
    return replace(as_past(record), **changes)


def since(before: PastRecord, after: PastRecord, progression: Progression) -> Movement:
    ids = TodaysIds(progression)
    return movement(known_answers([before], ids), after, ids)


def steps(answers: Any) -> list[str]:
    return [answer["step"] for answer in answers]


@given(answered, answered)
def test_what_moved_is_what_both_records_say(before: str, after: str) -> None:
    progression = small_progression(3, 3)
    old, new = past(before, progression), past(after, progression)
    moved = since(old, new, progression)
    for number, letter in enumerate(after):
        step, earlier = f"step-{number + 1}", before[number : number + 1]
        assert (step in steps(moved.slipped)) == (letter == "n" and earlier == "y")
        assert (step in steps(moved.came)) == (letter == "y" and earlier == "n")
        assert (step in steps(moved.reached)) == (letter == "y" and earlier in {"", "s"})


@given(answered)
def test_nothing_moves_between_a_record_and_the_same_answers(letters: str) -> None:
    progression = small_progression(3, 3)
    record = past(letters, progression)
    moved = since(record, record, progression)
    assert (moved.came, moved.slipped) == ((), ())
    assert not content_change(record, progression)


def test_a_step_that_was_not_reached_did_not_come_into_place() -> None:
    progression = small_progression(6)
    (line,) = lines([past("yn", progression, 1), past("yyyn", progression, 2)], {"small": progression})
    moved = line.entries[1].movement
    assert moved is not None
    assert (steps(moved.came), steps(moved.reached)) == (["step-2"], ["step-3"])


def test_slipping_is_seen_over_a_record_that_did_not_reach_so_far() -> None:
    """In place in September, not reached in October, not yet in November: it slipped."""
    progression = small_progression(6)
    records = [past("yyyyn", progression, 1), past("n", progression, 2), past("yyn", progression, 3)]
    (line,) = lines(reversed(records), {"small": progression})
    second, third = line.entries[1].movement, line.entries[2].movement
    assert second is not None
    assert third is not None
    assert steps(second.slipped) == ["step-1"]
    assert (steps(third.slipped), steps(third.came), steps(third.reached)) == (["step-3"], ["step-1"], [])


@given(st.lists(answered, min_size=1, max_size=6), st.integers(1, 6))
def test_leaving_earlier_records_out_changes_nothing_about_the_later_ones(
    asked: list[str], most: int
) -> None:
    progression = small_progression(3, 3)
    records = [past(letters, progression, day) for day, letters in enumerate(asked, start=1)]
    (whole,) = lines(records, {"small": progression})
    (short,) = lines(records, {"small": progression}, most=most)
    assert short.entries == whole.entries[-most:]
    assert short.earlier + len(short.entries) == len(asked)


def test_lines_are_kept_apart_by_model_part_classroom_and_kind() -> None:
    progression, other = (
        small_progression(2, 2),
        Progression.model_validate(progression_data(2, model="other")),
    )
    records = [
        past("n", progression, 1, classroom="Period 3"),
        past("n", progression, 2, classroom="Period 4"),
        past("n", progression, 3),
        past("n", progression.only("phase-1"), 4, part="phase-1"),
        past("n", other, 5),
        past("n", progression, 6, kind="observation"),
        past("y", progression, 7, classroom="Period 3"),
    ]
    assert sorted(len(line.entries) for line in lines(records, {})) == [1, 1, 1, 1, 1, 2]


def test_records_sort_by_the_moment_over_a_change_of_clocks() -> None:
    progression = small_progression(2)
    early = past("n", progression, 1, finished="2026-11-01T01:50:00-04:00")
    late = past("n", progression, 2, finished="2026-11-01T01:10:00-05:00")
    broken = past("n", progression, 3, finished="one day in fall")
    (line,) = lines([late, early, broken], {})
    assert [entry.record.id for entry in line.entries] == ["r3", "r1", "r2"]


def renamed(step: str, former: str) -> Progression:
    data = progression_data(4)
    data["phases"][0]["areas"][0]["steps"][1].update(id=step, former_ids=[former])
    return Progression.model_validate(data)


def test_a_former_id_is_the_same_step() -> None:
    record, today = past("yyn", small_progression(4)), renamed("new-name", "step-2")
    assert not content_change(record, today)
    moved = since(record, past("yn", today, 2), today)
    assert steps(moved.slipped) == ["new-name"]


def test_new_gone_and_reworded_steps_are_told_apart() -> None:
    record = past("yyyn", small_progression(5))
    data = progression_data(5)
    asked = data["phases"][0]["areas"][0]["steps"]
    asked[0] = step_data("step-1", action="The teacher does it in other words.")
    asked[1] = step_data("brand-new")
    asked.append(step_data("later"))
    change = content_change(record, Progression.model_validate(data))
    assert change.new == ("The teacher does what brand-new asks.",)
    assert change.gone == ("The teacher does what step-2 asks.",)
    assert change.reworded == ("The teacher does it in other words.",)


def test_a_record_of_one_phase_is_compared_with_that_phase_alone() -> None:
    progression = small_progression(3, 3)
    assert not content_change(past("yn", progression.only("phase-2"), part="phase-2"), progression)


def test_a_step_answered_beyond_the_pause_is_not_new_when_it_moves_forward() -> None:
    record = past("ynyy", small_progression(4))
    data = progression_data(4)
    asked = data["phases"][0]["areas"][0]["steps"]
    asked.insert(0, asked.pop(3))
    assert content_change(record, Progression.model_validate(data)).new == ()


@pytest.mark.parametrize("outcome", ["done", "going_on", "changed", None])
def test_a_step_that_is_going_on_stays_open_until_another_is_agreed(outcome: Any) -> None:
    record = past("n", small_progression(2))
    assert record.open_step is None
    followed = replace(record, follow_up=FollowUp(record="r0", text="Try it", outcome=outcome))
    assert (followed.open_step is not None) == (outcome in {"going_on", None})
    agreed = replace(followed, next_step=NextStep(text="Another"))
    assert agreed.open_step == FollowUp(record="r1", text="Another")


def test_an_old_record_reads_as_it_was_asked() -> None:
    """Nothing in a record's own JSON is made anew from today's content."""
    progression = small_progression(3)
    moment = "2026-09-01T08:00:00+00:00"
    record = seal(
        progression, {"step-1": Answer.IN_PLACE, "step-2": Answer.NOT_YET}, bank=Library().bank,
        record_id="r", started=moment, finished=moment,
    )  # fmt: skip
    saved = json.loads(record_json(record))
    assert [answer["asked"] for answer in saved["answers"]] == [
        "The teacher does what step-1 asks.",
        "The teacher does what step-2 asks.",
    ]
    assert saved["pause"]["action"] == "The teacher does what step-2 asks."
    assert record.status is Status.PAUSED


def test_a_class_is_one_line_however_its_label_is_written_and_keeps_its_first_spelling() -> None:
    small = small_progression(3)
    written = ("Period 3", "PERIOD  3", "period 3\u200b")
    records = [past("yn", small, day, classroom=label) for day, label in enumerate(written, 1)]
    (line,) = lines(reversed(records), {small.id: small})
    assert (line.classroom, len(line.entries)) == ("Period 3", 3)


def test_records_that_asked_other_people_are_other_lines_where_a_leader_has_actions() -> None:
    library = Library()
    for model, expected in (("distance-learning", 3), ("station-rotation", 2)):
        progression = library.progression(model)
        records = [
            past("yn", progression, day, asked_as=role)
            for day, role in enumerate(("all", "teacher", "leader", "teacher"), 1)
        ]
        drawn = lines(records, {model: progression})
        assert sorted(len(line.entries) for line in drawn) == ([1, 1, 2] if expected == 3 else [1, 3])


def test_without_its_content_a_model_is_divided_only_where_its_records_say_that_steps_were_left_out() -> None:
    small = small_progression(3)
    every, teacher = past("yn", small, 1), past("yn", small, 2, asked_as="teacher")
    assert len(lines([every, teacher], {})) == 1
    left_out = replace(teacher, not_asked=({"actor": "leader"},))
    assert len(lines([every, left_out], {})) == 2


def test_a_model_that_was_renamed_stays_one_line() -> None:
    small = small_progression(3)
    renamed = Progression.model_validate(progression_data(3) | {"id": "renamed", "former_ids": [small.id]})
    records = [past("yn", small, 1), past("yn", renamed, 2)]
    assert len(lines(records, {small.id: renamed, renamed.id: renamed})) == 1
