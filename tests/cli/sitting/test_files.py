"""The file asked for is written last, with everything in it that was said; the record is saved before."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pltool.cli.sitting import next_step
from pltool.errors import StorageError
from pltool.files.records import save_record
from tests.cli.sitting.scripted import WAYS_OUT, Line, Stage

if TYPE_CHECKING:
    from pathlib import Path

    from pltool.core.record import Reflection

STEP = "Cards on each table by Monday"
NO_PLAN = [Line("")] * 3  # when, what may come in the way, and who
TO_THE_NEXT_STEP = {
    "reflection": ("y", "n", " ", "w", Line(STEP), *NO_PLAN),
    "observation": (Line("Room 7"), "y", "n", " ", "y", "t", Line(STEP), *NO_PLAN),
}
KINDS = list(TO_THE_NEXT_STEP)
FORMATS = {"md": "markdown", "html": "html", "txt": "text", "json": "json"}


def in_file(path: Path) -> str:
    return " ".join(path.read_text(encoding="utf-8").split())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_of_any_format_holds_the_step_agreed_on(stage: Stage, kind: str, suffix: str) -> None:
    path = stage.folder / f"report.{suffix}"
    asked: dict[str, Any] = {"output": path, "format_": FORMATS[suffix]}
    played = stage.play(kind, *TO_THE_NEXT_STEP[kind], Line("2099-12-07"), **asked)
    assert played.status == 0
    assert STEP in in_file(path)
    (record,) = stage.records()
    assert (record["next_step"]["text"], record["next_step"]["look_again"]) == (STEP, "2099-12-07")
    if suffix == "json":
        assert json.loads(path.read_text(encoding="utf-8")) == record
    else:
        assert "2099" in in_file(path)
    assert played.results == ""


@pytest.mark.parametrize("way", WAYS_OUT)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("suffix", FORMATS)
def test_leaving_where_a_day_is_asked_for_writes_the_file_all_the_same(
    stage: Stage, kind: str, suffix: str, way: str
) -> None:
    path = stage.folder / f"report.{suffix}"
    leaves, _ = WAYS_OUT[way]
    asked: dict[str, Any] = {"output": path, "format_": FORMATS[suffix]}
    played = stage.play(kind, *TO_THE_NEXT_STEP[kind], leaves=leaves, **asked)
    assert played.status == (130 if leaves is KeyboardInterrupt else 0)
    assert STEP in in_file(path)
    assert "Saved as" in played.said


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("format_", ["markdown", "html", "json"])
def test_a_format_without_a_file_goes_to_standard_output_whole_and_alone(
    stage: Stage, kind: str, format_: str
) -> None:
    no_file = (Line(""),) if kind == "observation" else ()
    played = stage.play(kind, *TO_THE_NEXT_STEP[kind], Line("7"), *no_file, format_=format_)
    assert played.status == 0
    assert STEP in " ".join(played.results.split())
    if format_ == "json":
        assert json.loads(played.results) == stage.records()[0]


@pytest.mark.parametrize("kind", KINDS)
def test_lines_from_a_file_answer_and_are_asked_nothing_more(stage: Stage, kind: str) -> None:
    path = stage.folder / "report.md"
    played = stage.play(kind, "y", "n", interactive=False, output=path, format_="markdown")
    assert played.status == 0
    assert len(played.prompts) == 2
    assert path.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_person_a_file_that_cannot_be_written_is_a_failure_that_names_the_record(
    stage: Stage, kind: str
) -> None:
    (stage.folder / "file").write_text("", encoding="utf-8")
    path = stage.folder / "file" / "report.md"
    played = stage.play(kind, "y", "n", interactive=False, output=path, format_="markdown")
    assert played.status == 1
    assert "cannot be written" in played.said
    assert "Saved as" in played.said
    assert len(played.prompts) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_no_other_name_is_no_file_and_a_failure(stage: Stage, kind: str) -> None:
    (stage.folder / "file").write_text("", encoding="utf-8")
    asked: dict[str, Any] = {"output": stage.folder / "file" / "report.md", "format_": "markdown"}
    played = stage.play(kind, *TO_THE_NEXT_STEP[kind], Line(""), Line(""), **asked)
    assert played.status == 1
    assert "to which other file?" in played.prompts[-1]
    assert len(stage.records()) == 1


def fill_the_disk(monkeypatch: pytest.MonkeyPatch, *, after: int) -> None:
    """Let a record be written again that many times, and no more."""
    written: list[object] = []

    def save(record: Reflection) -> Path:
        if len(written) == after:
            raise StorageError("The disk is full.")
        written.append(record)
        return save_record(record)

    monkeypatch.setattr(next_step, "save_record", save)


@pytest.mark.parametrize("kind", KINDS)
def test_a_next_step_that_cannot_be_saved_is_told_and_stands_in_the_file_and_is_a_failure(
    stage: Stage, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_the_disk(monkeypatch, after=0)
    path = stage.folder / "report.md"
    played = stage.play(kind, *TO_THE_NEXT_STEP[kind], Line("7"), output=path, format_="markdown")
    assert played.status == 1
    assert played.said.count("The next step cannot be saved now: The disk is full.") == 1
    assert STEP in in_file(path)
    (record,) = stage.records()
    assert record["next_step"] is None
    where = stage.home / "reflections" / f"{record['id']}.json"
    assert f"Saved as {where}" in played.said
    assert "The next step is not in it" in played.said


@pytest.mark.parametrize("kind", KINDS)
def test_a_next_step_that_cannot_be_saved_is_offered_a_file(
    stage: Stage, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_the_disk(monkeypatch, after=0)
    path = stage.folder / "mine.md"
    played = stage.play(kind, *TO_THE_NEXT_STEP[kind], Line("7"), Line(str(path)))
    assert "to which file?" in played.prompts[-1]
    assert STEP in in_file(path)
    assert played.status == 1


@pytest.mark.parametrize("kind", KINDS)
def test_of_a_plan_that_was_saved_in_part_the_record_has_the_part_and_the_person_is_told(
    stage: Stage, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_the_disk(monkeypatch, after=1)
    script = (
        *TO_THE_NEXT_STEP[kind][: -len(NO_PLAN)],
        Line("Friday"),
        Line(""),
        Line("Ana"),
        Line(""),
        Line(""),
    )
    played = stage.play(kind, *script)
    assert played.status == 1
    (record,) = stage.records()
    assert (record["next_step"]["text"], record["next_step"]["when"]) == (STEP, None)
    assert "What you said last of the next step is not in it" in played.said


@pytest.mark.parametrize("kind", KINDS)
def test_a_next_step_that_was_saved_after_all_is_no_failure(
    stage: Stage, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk had no room for a moment; every write has all that was said before."""
    written: list[object] = []

    def save(record: Reflection) -> Path:
        written.append(record)
        if len(written) == 1:
            raise StorageError("The disk is full.")
        return save_record(record)

    monkeypatch.setattr(next_step, "save_record", save)
    no_file = (Line(""),) if kind == "observation" else ()
    played = stage.play(kind, *TO_THE_NEXT_STEP[kind], Line("7"), *no_file)
    assert played.status == 0
    assert "not in it" not in played.said
    assert stage.records()[0]["next_step"]["text"] == STEP


@pytest.mark.parametrize("way", WAYS_OUT)
@pytest.mark.parametrize("kind", KINDS)
def test_leaving_after_a_step_that_cannot_be_saved_is_told_too(
    stage: Stage, kind: str, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_the_disk(monkeypatch, after=0)
    leaves, status = WAYS_OUT[way]
    played = stage.play(kind, *TO_THE_NEXT_STEP[kind], leaves=leaves)
    assert played.status == status
    assert "The next step is not in it" in played.said


@pytest.mark.parametrize("kind", KINDS)
def test_a_suffix_that_no_report_has_is_refused_with_the_ones_there_are(stage: Stage, kind: str) -> None:
    nothing = {"reflection": ("y", "n", " ", "s"), "observation": (Line(""), "y", "n", " ", "y", "l")}
    monkey = (Line("report.exe"), Line("report"), Line("report.csv"), Line("Report.HTML"))
    if kind == "reflection":
        (stage.folder / "file").write_text("", encoding="utf-8")
        asked: dict[str, Any] = {"output": stage.folder / "file" / "x.md", "format_": "markdown"}
    else:
        asked = {}
    played = stage.play(kind, *nothing[kind], *monkey, **asked)
    assert played.status == 0
    assert played.said.count(".html") >= 3
    assert "<html" in (stage.folder / "Report.HTML").read_text(encoding="utf-8")
