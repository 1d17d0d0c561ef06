"""Answers written by people are taken literally or refused with their place; nothing is guessed."""

from __future__ import annotations

import contextlib
import json
import time
from pathlib import Path

import pytest

from pltool.core.record import AnswerSheet, Evidence, record_json
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


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("classroom: Room #204\nanswers: {}\n", "answers.yaml:1:12: is cut off before `#204`"),
        ("classroom: #204\nanswers: {}\n", "answers.yaml:1:11: is cut off before `#204`"),
        ("classroom: Room # 204\nanswers: {}\n", "answers.yaml:1:12: is followed by `# 204`"),
        ("classroom: Null\nanswers: {}\n", "answers.yaml:1:12: `Null` is read as nothing"),
        ("classroom: &Room 4\nanswers: {}\n", "answers.yaml:1:12: begins with `&`"),
        ("classroom: &c\nanswers: {}\n", "answers.yaml:1:12: begins with `&`"),
        ("classroom: !Room 4\nanswers: {}\n", "answers.yaml:1:12: has the tag `!Room`"),
        ("classroom: No\nanswers: {}\n", "`classroom` must be text; put it in quotes"),
        ("classroom: 010\nanswers: {}\n", "`classroom` must be text; put it in quotes"),
        ("answers:\n  step-1: {answer: n, evidence: [{saw: &n the rest}]}\n", "begins with `&`"),
        (
            "answers:\n  step-1:\n    answer: n\n    evidence:\n      - saw: group #2 waits\n",
            "5:14: is cut off",
        ),
        ("answers:\n  step-1: !!bool maybe\n", "answers.yaml:2:11: has the tag `!!bool`"),
        ("answers: !!python/object:os.system {step-1: y}\n", "has the tag `!!python/object:os.system`"),
        ("format: [a]\nanswers: {}\n", "`format` must be `pltool.reflection/1`"),
        (
            "format: pltool.reflection/2\nanswers: {}\n",
            "a later one; this version reads `pltool.reflection/1`",
        ),
        ("asked_as: [a]\nanswers: {}\n", "`asked_as` must be one of teacher, leader, all"),
        ("answers:\n  step-1: {answer: [y]}\n", "this is no answer"),
        (
            "answers:\n  step-1: {answer: n, evidence: [{kind: [a], note: x}]}\n",
            "kind of evidence must be one of",
        ),
        (
            "answers:\n  step-1: {answer: n, evidence: [{kind: saw, note: x, mood: y}]}\n",
            "unknown key `mood`",
        ),
        ('{"answers": {"step-1": ' + "9" * 5000 + "}}", "answers.yaml:1:24: `99999999"),
    ],
)
def test_text_that_would_be_cut_or_changed_is_refused_where_it_stands(text: str, what: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        read(text)
    assert what in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("'Room #204'", "Room #204"),
        ("Room#204", "Room#204"),
        ("Period 3 Algebra        # free text", "Period 3 Algebra"),
        ("Q&A lab", "Q&A lab"),
        ("Room 4!", "Room 4!"),
        ("  Period   3 ", "Period 3"),
        ("null", None),
        ("''", None),
        (r'"Zimmer \u00fc"', "Zimmer ü"),
    ],
)
def test_text_that_yaml_leaves_alone_is_taken(written: str, label: str | None) -> None:
    assert read(f"classroom: {written}\nanswers: {{}}\n").labels.classroom == label


def test_lone_surrogates_in_json_are_replaced() -> None:
    sheet = read(
        '{"classroom": "\\ud800", "answers": {"step-1": {"answer": "n", "evidence": [{"saw": "a\\udfff"}]}}}'
    )
    assert sheet.labels.classroom == "\ufffd"
    assert sheet.evidence["step-1"][0].note == "a\ufffd"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_answers_in_other_encodings_with_a_mark_are_read(encoding: str) -> None:
    content = "classroom: Für Späte\nanswers:\n  step-1: yes\n".encode(encoding)
    assert read_answers(parse_document(content, Path("a.yaml")), SMALL).labels.classroom == "Für Späte"


def test_all_problems_come_at_once_with_a_repeated_key_among_them() -> None:
    for text in (
        "colour: red\nanswers:\n  step-1: maybe\n  stepp-2: yes\n  step-1: no\nclassroom: Room #2\n",
        '{"colour": 1,\n"answers": {"step-1": "maybe", "stepp-2": "y", "step-1": "maybe"}, "classroom": 3}',
    ):
        document = parse_document(text.encode(), Path("answers.json"), collect=True)
        with pytest.raises(ProblemsError) as caught:
            read_answers(document, SMALL)
        assert len(caught.value.problems) == 5, str(caught.value)
        assert "stands here a second time" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "{" + ",".join(f'"k{number}":1' for number in range(40_000)) + ',"k1":2}',
        "{" + ",".join(f'"k{number % 20_000}":1' for number in range(40_000)) + "}",
        "answers:\n" + "".join(f"  unknown-{number}: yes\n" for number in range(20_000)),
        "answers:\n" + "  step-1: yes\n" * 40_000,
        "answers: " + "[" * 100_000,
        "answers: &a [x]\nb:\n" + "- *a\n" * 60_000,
        "a: &a " + "x" * 100_000 + "\nb:\n" + "- *a\n" * 60_000,
        "answers:\n  " + "k" * 1_000_000 + ": yes\n",
        "classroom: " + "#" * 1_000_000,
        "classroom: a" + " " * 1_000_000 + "b\nanswers: {}",
    ],
)
def test_every_file_takes_its_time_and_no_more(text: str) -> None:
    began = time.process_time()
    with contextlib.suppress(InputError):
        read_answers(parse_document(text.encode(), Path("a.json"), collect=True), SMALL)
    with contextlib.suppress(InputError):
        read_answers(parse_document(text.encode(), Path("a.yaml"), collect=True), SMALL)
    assert time.process_time() - began < 10


def test_more_than_twenty_problems_are_counted_and_the_rest_left_out() -> None:
    with pytest.raises(ProblemsError) as caught:
        read("answers:\n" + "".join(f"  unknown-{number}: yes\n" for number in range(1_000)))
    assert len(caught.value.problems) == 1_000
    assert str(caught.value).count("\n") == 20
    assert str(caught.value).endswith("And 980 more problems; mend these first.")


def test_a_file_of_more_entries_than_anybody_writes_is_refused_at_once() -> None:
    for content in (b"- a\n" * 2_000_000, b"[" + b"1," * 1_000_000 + b"1]"):
        with pytest.raises(InputError, match="more than 200,000 lines or entries"):
            parse_document(content, Path("a.yaml"))


def test_keys_of_a_later_version_are_passed_over_in_a_record() -> None:
    answers = {"step-1": Answer.NOT_YET}
    note = {"step-1": (Evidence(kind="saw", note="x"),)}
    record = seal(
        SMALL,
        answers,
        bank=Library().bank,
        record_id="x",
        started="2026-01-01",
        finished="2026-01-01",
        evidence=note,
    )
    data = json.loads(record_json(record))
    data["mood"] = data["answers"][0]["mood"] = data["answers"][0]["evidence"][0]["mood"] = data["counts"][
        "mood"
    ] = 1
    assert read(json.dumps(data)).evidence == note


def test_a_record_of_letters_has_no_reasons_and_is_read() -> None:
    record = seal(
        SMALL,
        {"step-1": Answer.DOES_NOT_APPLY},
        bank=Library().bank,
        record_id="x",
        started="2026-01-01",
        finished="2026-01-01",
    )
    assert read(record_json(record)).answers == {"step-1": Answer.DOES_NOT_APPLY}


def test_a_file_may_name_the_model_as_it_was_called_before() -> None:
    renamed = type(SMALL).model_validate(SMALL.model_dump(mode="json") | {"former_ids": ["tiny"]})
    document = parse_document(b"model: tiny\nanswers: {}\n", Path("a.yaml"))
    assert read_answers(document, renamed).model == "tiny"
