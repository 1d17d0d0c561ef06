"""What becomes of answers: taken up again, taken back, carried over, and kept where the program is cut short."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pltool.files.drafts import DraftFile
from pltool.files.library import Library
from pltool.files.records import read_record
from tests.cli.sitting.scripted import WAYS_OUT, Line, Stage
from tests.cli.sitting.test_sitting import save_last_time

if TYPE_CHECKING:
    from pltool.core.draft import Draft
    from pltool.report.formats.outline import Outline

TO_THE_FIRST_QUESTION = {"reflection": (), "observation": (Line(""),)}
TO_THE_END = {"reflection": ("n", " ", "s"), "observation": ("n", " ", "y", "l", Line(""))}
KINDS = list(TO_THE_END)


def answers(record: dict[str, Any]) -> dict[str, str]:
    return {one["step"]: one["answer"] for one in record["answers"]}


@pytest.mark.parametrize("kind", KINDS)
def test_a_reason_is_kept_and_an_empty_one_asks_the_step_again(stage: Stage, kind: str) -> None:
    script = ("x", Line("  "), "x", Line("no\ndevices  here"), "b", "y")
    played = stage.play(kind, *TO_THE_FIRST_QUESTION[kind], *script, *TO_THE_END[kind])
    assert played.status == 0
    (record,) = stage.records()
    assert answers(record) == {"step-1": "in_place", "step-2": "not_yet"}
    played = stage.play(kind, *TO_THE_FIRST_QUESTION[kind], *script[:4], *TO_THE_END[kind])
    last = next(record for record in stage.records() if record["answers"][0]["answer"] == "does_not_apply")
    assert last["answers"][0]["reason"] == "no devices here"
    assert last["counts"]["does_not_apply"] == 1


@pytest.mark.parametrize("kind", KINDS)
def test_back_at_the_first_question_says_that_it_is_the_first(stage: Stage, kind: str) -> None:
    script = ("b", "y", "b", "b", "y")
    played = stage.play(kind, *TO_THE_FIRST_QUESTION[kind], *script, *TO_THE_END[kind])
    assert played.status == 0
    assert played.said.count("This is the first question.") == 2
    assert answers(stage.records()[0]) == {"step-1": "in_place", "step-2": "not_yet"}


@pytest.mark.parametrize("kind", KINDS)
def test_stopping_is_no_failure_and_going_on_begins_where_it_stopped(stage: Stage, kind: str) -> None:
    later = ("l",) if kind == "observation" else ()
    stopped = stage.play(kind, *TO_THE_FIRST_QUESTION[kind], "y", "y", "q", *later)
    assert stopped.status == 0
    assert "Stopped. Your 2 answers are kept" in stopped.said
    played = stage.play(kind, "g", *TO_THE_END[kind], model=None)
    assert played.status == 0
    (record,) = stage.records()
    assert answers(record) == {"step-1": "in_place", "step-2": "in_place", "step-3": "not_yet"}
    assert (stage.drafts(), stage.left_behind()) == ([], [])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("key", "drafts"), [("a", 1), ("d", 0)])
def test_a_draft_can_be_left_for_later_or_deleted(stage: Stage, kind: str, key: str, drafts: int) -> None:
    later = ("l",) if kind == "observation" else ()
    stage.play(kind, *TO_THE_FIRST_QUESTION[kind], "y", "q", *later)
    played = stage.play(kind, key, *TO_THE_FIRST_QUESTION[kind], *TO_THE_END[kind])
    assert played.status == 0
    assert answers(stage.records()[0]) == {"step-1": "not_yet"}
    assert len(stage.drafts()) == drafts


@pytest.mark.parametrize("way", WAYS_OUT)
@pytest.mark.parametrize("kind", KINDS)
def test_leaving_where_a_draft_is_offered_leaves_it_for_the_next_time(
    stage: Stage, kind: str, way: str
) -> None:
    stage.play(kind, *TO_THE_FIRST_QUESTION[kind], "y")
    before = stage.drafts()
    leaves, status = WAYS_OUT[way]
    assert stage.play(kind, leaves=leaves).status == status
    assert stage.drafts() == before
    assert stage.left_behind() == []
    assert stage.play(kind, "g", *TO_THE_END[kind]).status == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_whose_record_was_saved_is_not_offered_again(
    stage: Stage, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(DraftFile, "release", lambda self, *, delete: self._unlock())  # noqa: ARG005
        stage.play(kind, *TO_THE_FIRST_QUESTION[kind], *TO_THE_END[kind])
    assert len(stage.drafts()) == len(stage.records()) == 1
    played = stage.play(kind, *TO_THE_FIRST_QUESTION[kind], *TO_THE_END[kind])
    assert f"Your last {kind} " in played.said
    assert len(stage.records()) == 2
    assert stage.drafts() == []


def test_from_pause_carries_over_what_was_in_place_and_begins_at_the_pause(stage: Stage) -> None:
    save_last_time(stage)
    played = stage.play("reflection", "s", *TO_THE_END["reflection"], from_pause=True)
    assert played.status == 0
    assert "1 answer from last time is carried over." in played.said
    *_, record = stage.records()
    assert answers(record) == {"step-1": "in_place", "step-2": "not_yet"}
    assert record["answers"][0]["carried_from"] == "2026-01-05"
    assert record["follow_up"]["outcome"] is None


@pytest.mark.parametrize("way", WAYS_OUT)
def test_what_was_carried_over_is_kept_when_somebody_leaves_at_once(stage: Stage, way: str) -> None:
    save_last_time(stage)
    leaves, status = WAYS_OUT[way]
    played = stage.play("reflection", "s", leaves=leaves, from_pause=True)
    assert played.status == status
    assert "Your 1 answer is kept" in played.said


def test_from_pause_without_a_last_time_says_so_and_begins_at_the_first_step(stage: Stage) -> None:
    played = stage.play("reflection", *TO_THE_END["reflection"], from_pause=True)
    assert played.status == 0
    assert "There is no earlier reflection to start from" in played.said


@pytest.mark.parametrize(("key", "saved"), [("v", 1), ("l", 0)])
def test_a_visit_that_ends_early_becomes_a_sheet_or_waits(stage: Stage, key: str, saved: int) -> None:
    after = ("y", "l", Line("")) if key == "v" else ()
    played = stage.play("observation", Line(""), "y", "s", "q", key, *after)
    assert played.status == 0
    assert len(stage.records()) == saved
    assert len(stage.drafts()) == 1 - saved
    for record in stage.records():
        assert (record["status"], record["pause"]) == ("unfinished", None)


def test_a_visit_of_notes_alone_is_no_sheet_and_waits(stage: Stage) -> None:
    played = stage.play("observation", Line(""), "e", "w", Line("A timer"), "q")
    assert played.status == 0
    assert "Your notes are kept" in played.said
    assert stage.kept()[0]["notes"] == {"step-1": [{"kind": "saw", "note": "A timer"}]}


@pytest.mark.parametrize(("key", "named"), [("y", None), ("u", None), ("n", "tiny")])
def test_the_model_named_at_the_end_stands_beside_the_one_that_was_asked(
    stage: Stage, key: str, named: str | None
) -> None:
    chosen = (Line("tiny"),) if key == "n" else ()
    played = stage.play("observation", Line(""), "n", " ", key, *chosen, "l", Line(""))
    assert played.status == 0
    (record,) = stage.records()
    assert (record["model"]["id"], record["model_at_end"]) == ("small", named)


def test_notes_can_be_changed_and_taken_back_and_empty_ones_change_nothing(stage: Stage) -> None:
    script = (
        "e", "w", Line("One"), "e", "a", Line("Two"), "e", "s", Line("Three"), "e", "t", Line(""),
        "e", "c", Line("2"), Line("Deux"), "e", "d", Line("1"), "e", "d", Line("q"), "e", "c", Line("9"), Line("1"),
        Line(""), "y", "b", "e", "h", Line("Four"), "n",
    )  # fmt: skip
    played = stage.play("observation", Line(""), *script, " ", "y", "l", Line(""))
    assert played.status == 0
    (record,) = stage.records()
    assert record["answers"][0]["evidence"] == [
        {"kind": "artifact", "note": "Deux"},
        {"kind": "student_said", "note": "Three"},
        {"kind": "heard", "note": "Four"},
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_whose_write_was_interrupted_is_written_before_it_is_called_kept(
    stage: Stage, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line by line Ctrl-C comes as a signal, at any moment."""
    saved = DraftFile.save
    cut: list[bool] = []

    def save(file: DraftFile, draft: Draft) -> None:
        if len(draft.answers) == 2 and not cut:
            cut.append(True)
            raise KeyboardInterrupt
        saved(file, draft)

    monkeypatch.setattr(DraftFile, "save", save)
    played = stage.play(kind, *TO_THE_FIRST_QUESTION[kind], "y", "y")
    assert played.status == 130
    assert "Your 2 answers are kept" in played.said
    assert stage.kept()[0]["answers"] == {"step-1": "in_place", "step-2": "in_place"}


@pytest.mark.parametrize("kind", KINDS)
def test_leaving_at_the_review_is_not_called_the_end_before_the_pause(stage: Stage, kind: str) -> None:
    played = stage.play(kind, *TO_THE_FIRST_QUESTION[kind], "n")
    assert played.status == 1
    assert "before the pause was reached" not in played.said
    assert "The input ended before this was saved. Your 1 answer is kept" in played.said


@pytest.mark.parametrize("kind", KINDS)
def test_a_result_that_nobody_takes_does_not_hide_where_the_record_is(stage: Stage, kind: str) -> None:
    """`pltool reflect … | head -1`, or a full disk on the other side."""

    def broken(_: Outline) -> None:
        raise BrokenPipeError

    played = stage.play(kind, *TO_THE_FIRST_QUESTION[kind], *TO_THE_END[kind], show_result=broken)
    assert "Saved as" in played.said
    assert played.status == 1
    assert len(stage.records()) == 1


def test_prompts_show_no_control_characters_of_notes_names_and_titles(stage: Stage) -> None:
    (stage.folder / "a\x1b[31m.html").write_text("", encoding="utf-8")
    script = (
        Line(""),
        "e",
        "w",
        Line("red \x1b[31m" + "x" * 500),
        "e",
        "c",
        Line("blue"),
        "n",
        " ",
        "y",
        "l",
    )
    played = stage.play("observation", *script, Line("a\x1b[31m.html"), "r")
    assert played.status == 0
    assert all("\x1b" not in prompt and len(prompt) < 200 for prompt in played.prompts)


def written_by_a_later_version(stage: Stage) -> None:
    """Add keys to the one draft there is: at the top, in a label group and within an answer."""
    (path,) = (stage.home / "drafts").glob("*.json")
    draft = json.loads(path.read_text(encoding="utf-8"))
    draft["grade"] = 7
    draft["counts"] = "of a later version, and none of a record's"
    draft["amended"] = ["the same"]
    draft["labels"]["subject"] = "Algebra"
    draft["answers"]["step-1"]["confidence"] = "high"
    path.write_text(json.dumps(draft), encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_keeps_what_a_later_version_wrote_and_hands_it_to_the_record(stage: Stage, kind: str) -> None:
    later = ("l",) if kind == "observation" else ()
    stage.play(kind, *TO_THE_FIRST_QUESTION[kind], "y", "q", *later)
    written_by_a_later_version(stage)
    stage.play(kind, "g", "y", "q", *later)
    (draft,) = stage.drafts()
    assert (draft["grade"], draft["labels"]["subject"]) == (7, "Algebra")
    assert draft["counts"] == "of a later version, and none of a record's"
    assert draft["answers"]["step-1"]["confidence"] == "high"
    assert draft["answers"]["step-2"]["answer"] == "in_place"
    assert stage.play(kind, "g", "b", "b", "n", *TO_THE_END[kind][1:]).status == 0
    (record,) = stage.records()
    assert (record["grade"], record["subject"]) == (7, "Algebra")
    assert (record["answers"][0]["answer"], record["answers"][0]["confidence"]) == ("not_yet", "high")
    assert "confidence" not in record["answers"][1]
    assert record["counts"]["not_yet"] == 1, "a key that a record has already keeps its meaning"
    assert "amended" not in record
    assert read_record(stage.home / "reflections" / f"{record['id']}.json").counts.not_yet == 1


def test_notes_of_a_draft_are_found_under_the_id_their_step_has_today(stage: Stage) -> None:
    stage.play("observation", Line(""), "e", "w", Line("A timer"), "q")
    content = stage.folder / "content" / "small.yaml"
    text = content.read_text(encoding="utf-8").replace(
        '"id": "step-1"', '"id": "timer", "former_ids": ["step-1"]'
    )
    content.write_text(text, encoding="utf-8")
    stage.library = Library([content.parent])
    assert stage.play("observation", "g", *TO_THE_END["observation"]).status == 0
    (record,) = stage.records()
    assert record["answers"][0]["evidence"] == [{"kind": "saw", "note": "A timer"}]


def test_a_draft_that_could_not_be_read_again_is_not_written(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.play("observation", Line(""), "e", "w", Line("A timer"), "q")
    before = stage.drafts()
    monkeypatch.setattr("pltool.files.drafts.MAX_BYTES", 2000)
    played = stage.play("observation", "g", "e", "w", Line("long " * 1000), "q")
    assert "would be larger than" in played.said
    assert stage.drafts() == before
