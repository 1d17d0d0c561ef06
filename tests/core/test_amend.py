"""A corrected record says what it says now, what it said before, and why."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pltool.core.amend import Correction, NoteChange, amend, differences
from pltool.core.progression import Progression
from pltool.core.record import Evidence, Reflection, record_data, record_json
from pltool.core.standing import Answer, judge
from pltool.errors import InputError
from pltool.files.library import Library
from pltool.files.record_format import read_past, read_whole
from tests.examples import progression_data, small_progression
from tests.sealed import seal

SMALL = small_progression(3, 2)
LETTERS = {"y": Answer.IN_PLACE, "n": Answer.NOT_YET, "s": Answer.NOT_SEEN, "x": Answer.DOES_NOT_APPLY}
MOMENT = "2026-11-23T14:00:00+00:00"
BANK = Library().bank


def record(letters: str, **options: Any) -> Reflection:
    answers = {
        placed.id: LETTERS[letter]
        for placed, letter in zip(SMALL.steps, letters, strict=False)
        if letter != " "
    }
    return seal(SMALL, answers, bank=BANK, record_id="r", started=MOMENT, finished=MOMENT, **options)


def corrected(
    before: Reflection,
    correction: Correction,
    progression: Progression | None = SMALL,
    at: str = "2026-12-01T08:00:00+00:00",
) -> Reflection:
    return amend(
        before, correction, progression=progression, resources=lambda _: BANK, at=at, reason="misread"
    )


@given(st.text("yns ", min_size=1, max_size=5), st.integers(0, 4), st.sampled_from("yns"))
def test_an_answer_corrected_is_judged_as_if_it_had_been_given(letters: str, place: int, letter: str) -> None:
    before = record(letters)
    step = SMALL.steps[place].id
    wanted = {answer.step: answer.answer for answer in before.answers} | {step: LETTERS[letter]}
    correction = Correction(answers={step: (LETTERS[letter], None)})
    if wanted == {answer.step: answer.answer for answer in before.answers}:
        with pytest.raises(InputError, match="says already"):
            corrected(before, correction)
        return
    after = corrected(before, correction)
    standing = judge(SMALL, wanted)
    assert (after.status, after.provisional, after.counts) == (
        standing.status,
        standing.provisional,
        standing.counts,
    )
    assert (after.pause and after.pause.id) == (standing.pause and standing.pause.id)
    assert {answer.step: answer.answer for answer in after.answers} == wanted
    content = record_json(after).encode()
    assert read_whole(content, "r.json") == after
    assert read_past(content, "r.json").amended[0]["reason"] == "misread"


def test_the_earlier_version_can_be_put_together_again() -> None:
    first = record("yyn", evidence={"step-1": (Evidence(kind="saw", note="x"),)})
    second = corrected(
        first, Correction(labels={"classroom": "Period 3"}, answers={"step-2": (Answer.NOT_YET, None)})
    )
    third = corrected(
        second, Correction(notes=[NoteChange("step-1", 1, None, "")]), at="2026-12-02T08:00:00+00:00"
    )
    data = record_data(third)
    for version in (second, first):
        made = data["amended"].pop()
        data |= made["before"]
        expected = record_data(version)
        for unlike in ("revised", "amended"):
            data_without = {key: value for key, value in data.items() if key not in {"revised", "amended"}}
            expected.pop(unlike, None)
        assert data_without == expected
    assert third.revised == "2026-12-02T08:00:00+00:00"


def test_what_was_asked_and_noted_then_stays() -> None:
    note = (Evidence(kind="heard", note="two groups"),)
    before = record("yyn", evidence={"step-1": note})
    data = progression_data(3, 2)
    data["phases"][0]["areas"][0]["steps"][0]["action"] = "The teacher plans in other words."
    today = Progression.model_validate(data)
    after = corrected(before, Correction(answers={"phase-1-1": (Answer.NOT_YET, None)}), today)
    assert after.answers[0].asked == before.answers[0].asked
    assert after.answers[0].evidence == note
    assert after.pause is not None
    assert after.pause.id == "step-1"


def test_a_pause_that_stays_keeps_its_words() -> None:
    before = record("yyn")
    assert before.pause is not None
    before = replace(before, pause=replace(before.pause, action="As it read then."))
    after = corrected(before, Correction(answers={"step-1": (Answer.DOES_NOT_APPLY, "no devices")}))
    assert after.pause == before.pause
    assert after.answers[0].reason == "no devices"
    assert after.counts.does_not_apply == 1


def test_notes_are_added_changed_and_taken_away() -> None:
    before = record(
        "yn", evidence={"step-1": (Evidence(kind="saw", note="a"), Evidence(kind="heard", note="b"))}
    )
    notes = [
        NoteChange("step-1", 2, None, "c"),
        NoteChange("phase-1-2", None, "artifact", "d"),
        NoteChange("step-1", 1, None, ""),
    ]
    after = corrected(before, Correction(notes=notes))
    assert [[(note.kind, note.note) for note in answer.evidence] for answer in after.answers] == [
        [("heard", "c")],
        [("artifact", "d")],
    ]
    assert after.counts == before.counts


@pytest.mark.parametrize(
    ("correction", "message"),
    [
        (Correction(), "nothing was changed"),
        (Correction(labels={"classroom": None}), "nothing was changed"),
        (Correction(answers={"step-9": (Answer.NOT_YET, None)}), "`small` has no step `step-9`"),
        (Correction(notes=[NoteChange("step-3", None, "saw", "x")]), "has no answer to `step-3`"),
        (
            Correction(notes=[NoteChange("step-1", 1, None, "x")]),
            "`step-1` has no notes; there is no number 1",
        ),
        (Correction(notes=[NoteChange("step-1", 0, None, "x")]), "there is no number 0"),
    ],
)
def test_what_cannot_be_corrected_is_said(correction: Correction, message: str) -> None:
    with pytest.raises(InputError, match=message):
        corrected(record("yn"), correction)


def test_without_its_content_labels_can_be_corrected_and_answers_not() -> None:
    assert corrected(record("yn"), Correction(labels={"classroom": "A"}), None).classroom == "A"
    with pytest.raises(InputError, match="say --content FOLDER"):
        corrected(record("yn"), Correction(answers={"step-1": (Answer.NOT_YET, None)}), None)


def test_unknown_keys_outlive_a_correction() -> None:
    data = json.loads(record_json(record("yyn")))
    data["mood"] = data["answers"][0]["mood"] = "calm"
    after = corrected(
        read_whole(json.dumps(data).encode(), "r"), Correction(answers={"step-2": (Answer.NOT_YET, None)})
    )
    written = record_data(after)
    assert (written["mood"], written["answers"][0]["mood"]) == ("calm", "calm")


def test_each_correction_tells_what_it_changed() -> None:
    first = corrected(record("yyn"), Correction(labels={"classroom": "A"}))
    second = corrected(
        first, Correction(labels={"classroom": "B"}, answers={"step-2": (Answer.NOT_YET, None)})
    )
    told = [
        [(change.key, change.before, change.after) for change in changes]
        for _, changes in differences(second)
    ]
    assert told == [[("classroom", None, "A")], [("classroom", "A", "B"), ("answer", "in_place", "not_yet")]]


@pytest.mark.parametrize(
    "before", [{}, {"answers": 3}, {"answers": [1, {"answer": ["x"]}]}, {"classroom": {"a": 1}}]
)
def test_corrections_from_elsewhere_may_hold_anything(before: dict[str, Any]) -> None:
    from pltool.report.formats.text import render
    from pltool.report.pause import pause_report

    data = json.loads(record_json(record("yn")))
    data["amended"] = [{"at": "some day", "reason": "\x1b[31m", "before": before}]
    text = render(pause_report(read_whole(json.dumps(data).encode(), "r")), 80)
    assert "Amended" in text
    assert "\x1b" not in text
