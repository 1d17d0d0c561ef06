"""Answers written by people are taken literally or refused with their place; nothing is guessed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pltool.core.record import AnswerSheet, record_json
from pltool.core.standing import Answer
from pltool.errors import InputError, ProblemsError
from pltool.files.answers import parse_letters, read_answers
from pltool.files.library import Library
from pltool.files.strict_yaml import parse_document
from tests.examples import small_progression
from tests.sealed import seal

SMALL = small_progression(2, 2)


def read(text: str) -> AnswerSheet:
    return read_answers(parse_document(text.encode(), Path("answers.yaml")), SMALL)


def test_letters_are_answers_in_step_order() -> None:
    assert parse_letters("yn s", SMALL) == {
        "step-1": Answer.IN_PLACE,
        "step-2": Answer.NOT_YET,
        "step-3": Answer.NOT_SEEN,
    }


def test_wrong_letters_and_too_many_are_refused() -> None:
    with pytest.raises(InputError, match="Answer 3 is `z`; write y"):
        parse_letters("yyz", SMALL)
    with pytest.raises(InputError, match="5 answers were given, but Small has 4 steps"):
        parse_letters("yyyyy", SMALL)


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        *((word, Answer.IN_PLACE) for word in ("in_place", "yes", "y", "true", "Yes", '"yes"')),
        *((word, Answer.NOT_YET) for word in ("not_yet", "no", "n", "false", "No")),
        ("not_seen", Answer.NOT_SEEN),
    ],
)
def test_the_words_people_use(word: str, answer: Answer) -> None:
    assert read(f"answers:\n  step-1: {word}\n").answers == {"step-1": answer}


def test_evidence_and_labels_are_kept_as_written() -> None:
    sheet = read(
        "model: small\nclassroom: Period 3 Algebra\nanswers:\n  step-1:\n    answer: not_yet\n"
        "    evidence:\n      - saw: the agenda slide, no signal\n      - student_said: what now?\n"
    )
    assert sheet.labels.classroom == "Period 3 Algebra"
    assert [(found.kind, found.note) for found in sheet.evidence["step-1"]] == [
        ("saw", "the agenda slide, no signal"),
        ("student_said", "what now?"),
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("answers:\n  step-9: yes\n", "answers.yaml:2:3: `small` has no step `step-9`; did you mean `step-"),
        ("answers:\n  step-1: maybe\n", "answers.yaml:2:11: `maybe` is no answer; write in_place, not_yet"),
        ("answers:\n  step-1:\n", "nothing is no answer"),
        ("answers:\n  step-1: 1\n", "`1` is no answer"),
        ("model: other\nanswers: {}\n", "answers.yaml:1:8: this file is for `other`, not for `small`"),
        ("anwsers:\n  step-1: yes\n", "unknown key `anwsers`; did you mean `answers`?"),
        ("answers: [yes]\n", "`answers` must be a group of keys"),
        ("classroom: 3\nanswers: {}\n", "`classroom` must be text; put it in quotes"),
        ("format: pltool.reflection/9\nanswers: {}\n", "this version reads `pltool.reflection/1`"),
        ("answers:\n  step-1: {answer: yes, note: x}\n", "unknown key `note`"),
        ("answers:\n  step-1: {evidence: []}\n", "`answer` is missing"),
        ("answers:\n  step-1: {answer: yes, evidence: [{seen: x}]}\n", "unknown kind of evidence `seen`"),
        ("answers:\n  step-1: {answer: yes, evidence: [{saw: 3}]}\n", "the note must be text"),
        ("answers:\n  step-1: yes\n  step-1: no\n", "the key `step-1` stands here a second time"),
        ("- a\n", "must be a group of keys with `answers:` among them"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(text: str, what: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        read(text)
    assert what in str(caught.value)


def test_all_problems_of_a_file_come_at_once() -> None:
    with pytest.raises(ProblemsError) as caught:
        read("colour: red\nanswers:\n  step-1: maybe\n  stepp-2: yes\n")
    assert len(caught.value.problems) == 3


def test_a_saved_record_can_be_checked_like_any_answers_file() -> None:
    answers = {"step-1": Answer.IN_PLACE, "step-2": Answer.NOT_YET}
    record = seal(
        SMALL, answers, bank=Library().bank, record_id="x", started="2026-01-01", finished="2026-01-01"
    )
    text = record_json(record)
    assert read(text).answers == answers
    broken = json.loads(text)
    broken["answers"][1]["step"] = "gone"
    with pytest.raises(ProblemsError, match="has no step `gone`"):
        read(json.dumps(broken))


def test_a_former_id_answers_its_step_and_only_once() -> None:
    data = SMALL.model_dump(mode="json")
    data["phases"][0]["areas"][0]["steps"][0]["former_ids"] = ["before"]
    renamed = type(SMALL).model_validate(data)
    document = parse_document(b"answers:\n  before: yes\n", Path("a.yaml"))
    assert read_answers(document, renamed).answers == {"step-1": Answer.IN_PLACE}
    document = parse_document(b"answers:\n  before: yes\n  step-1: no\n", Path("a.yaml"))
    with pytest.raises(ProblemsError, match="answered a second time"):
        read_answers(document, renamed)
