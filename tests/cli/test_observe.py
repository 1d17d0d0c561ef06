"""`observe`, `compare` and the visit sheet without a terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt

from pltool.files.library import Library
from pltool.report.formats import safe
from tests.report.formats.test_safe import NASTY, read_html

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

PROGRESSION = Library().progression("station-rotation")
STEPS = [placed.id for placed in PROGRESSION.steps]


def records(home: Path) -> list[dict[str, Any]]:
    paths = sorted((home / "reflections").glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


@pytest.fixture
def notes(tmp_path: Path) -> Callable[..., str]:
    """Paper notes as an answers file: letters, and notes by the step's number."""

    def write(letters: str, *, classroom: str | None = "R7", **evidence: list[dict[str, str]]) -> str:
        words = {"y": "in_place", "n": "not_yet", "s": "not_seen"}
        answers = {
            step: {"answer": words[letter], "evidence": evidence.get(f"step{number}", [])}
            for number, (step, letter) in enumerate(zip(STEPS, letters, strict=False), start=1)
        }
        path = tmp_path / f"notes-{len(list(tmp_path.iterdir()))}.json"
        data: dict[str, Any] = {"model": PROGRESSION.id, "answers": answers}
        path.write_text(json.dumps(data | ({"classroom": classroom} if classroom else {})), encoding="utf-8")
        return str(path)

    return write


def test_paper_notes_become_a_record_and_a_sheet(
    run: Callable[..., Result], notes: Callable[..., str], home: Path
) -> None:
    path = notes("ysn", step1=[{"saw": "two plans on the table"}], step3=[{"student_said": "we just go"}])
    result = run("observe", "--answers", path, "--observer", "coach", "--format", "json")
    assert result.exit_code == 0
    (record,) = records(home)
    assert json.loads(result.stdout) == record
    assert (record["kind"], record["observer"], record["classroom"]) == ("observation", "coach", "R7")
    assert (record["status"], record["provisional"]) == ("paused", True)
    assert record["answers"][2]["evidence"] == [{"kind": "student_said", "note": "we just go"}]
    sheet = run("report", record["id"]).stdout
    assert "Saw: “two plans on the table”" in sheet
    assert "A student said: “we just go”" in sheet
    assert "which makes the pause provisional" in " ".join(sheet.split())
    for question in PROGRESSION.steps[2].step.coaching_questions:
        assert question in " ".join(sheet.split())


def test_lines_answer_y_n_s_and_e_takes_notes(run: Callable[..., Result], home: Path) -> None:
    lines = "e\nw\ntwo plans on the table\ny\ns\ne\nh\nwhere do I go?\nn\n"
    result = run("observe", "station-rotation", "--classroom", "R7", lines=lines)
    assert result.exit_code == 0
    (record,) = records(home)
    assert [answer["answer"] for answer in record["answers"]] == ["in_place", "not_seen", "not_yet"]
    assert record["answers"][0]["evidence"] == [{"kind": "saw", "note": "two plans on the table"}]
    assert record["answers"][2]["evidence"] == [{"kind": "heard", "note": "where do I go?"}]
    assert "This is no evaluation" in result.stderr
    assert result.stdout.startswith("STATION ROTATION: NOTES FOR A CONVERSATION")


def test_without_a_model_the_cues_come_first(run: Callable[..., Result], home: Path) -> None:
    result = run("observe", lines="y\ny\nn\nn\nn\n")
    assert result.exit_code == 0
    (record,) = records(home)
    assert record["model"]["id"] == "station-rotation"


def test_lines_that_end_early_keep_answers_and_notes(run: Callable[..., Result], home: Path) -> None:
    result = run("observe", "station-rotation", lines="y\ne\nw\na chart\n")
    assert result.exit_code == 1
    assert "Your 1 answer is kept; pltool observe station-rotation goes on from there." in " ".join(
        result.stderr.split()
    )
    (draft,) = (home / "drafts").glob("*.json")
    kept = json.loads(draft.read_text(encoding="utf-8"))
    assert kept["noted"] == {STEPS[1]: [{"kind": "saw", "note": "a chart"}]}


def test_what_was_agreed_opens_the_next_visit_to_that_classroom(
    run: Callable[..., Result], notes: Callable[..., str], home: Path
) -> None:
    run("observe", "--answers", notes("yn"))
    agreed = run("report", "--agree", "Try the folder signal", "--look-again", "14")
    assert "Noted for Station Rotation · R7: Try the folder signal" in agreed.stdout
    result = run("observe", "station-rotation", "--classroom", "R7", lines="n\n")
    assert "“Try the folder signal”" in result.stderr
    assert "Agreed after the last visit: “Try the folder signal”" in result.stdout
    other = run("observe", "station-rotation", "--classroom", "R8", lines="n\n")
    assert "folder signal" not in other.stderr
    assert records(home)[1]["follow_up"]["text"] == "Try the folder signal"


def test_a_judging_note_is_reminded_of_once_and_kept_as_written(
    run: Callable[..., Result], home: Path
) -> None:
    lines = "e\nw\nGreat lesson, Maria Lopez leads\nn\n"
    said = " ".join(run("observe", "station-rotation", lines=lines).stderr.split())
    assert said.count("what would a camera have shown?") == 1
    assert said.count("“Maria Lopez” looks like a person's name") == 1
    (record,) = records(home)
    assert record["answers"][0]["evidence"][0]["note"] == "Great lesson, Maria Lopez leads"


@pytest.mark.parametrize("nasty", [*NASTY, "‏שלום | <b>[x]</b> # =1+1 \x1b[31m👩‍🏫"])
def test_evidence_appears_literally_and_harmlessly_everywhere(
    run: Callable[..., Result], notes: Callable[..., str], tmp_path: Path, nasty: str
) -> None:
    path = notes("yn", classroom=nasty, step1=[{"saw": nasty}], step2=[{"student_said": nasty}])
    expected = safe.plain(nasty)
    html, markdown = tmp_path / "sheet.html", tmp_path / "sheet.md"
    assert run("observe", "--answers", path, "--output", str(html)).exit_code == 0
    assert run("observe", "--answers", path, "--output", str(markdown)).exit_code == 0
    shown = run("observe", "--answers", path)
    for parsed in (
        read_html(html.read_text(encoding="utf-8")),
        read_html(MarkdownIt("commonmark").render(markdown.read_text(encoding="utf-8"))),
    ):
        said = " ".join("".join(parsed.words).split())
        assert said.count(" ".join(expected.split())) == 3
        assert not {"script", "b", "img", "a", "pre", "code", "em", "blockquote"} & set(parsed.tags)
    for text in (shown.stdout, shown.stderr):
        assert not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 for c in text)
        assert not any(0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 for c in text)


def test_a_reflection_and_an_observation_part_where_they_say_different_things(
    run: Callable[..., Result], notes: Callable[..., str], home: Path
) -> None:
    run("reflect", "station-rotation", "--classroom", "R7", lines="y\ny\ny\nn\n")
    path = notes("ysn", step3=[{"heard": "where do I go?"}])
    run("observe", "--answers", path)
    first, second = (record["id"] for record in records(home))
    output = " ".join(run("compare", second, first).stdout.split())
    assert "The reflection pauses here: " + PROGRESSION.steps[3].step.action in output
    assert "The observation pauses here: " + PROGRESSION.steps[2].step.action in output
    assert "The observation: not yet - Heard: “where do I go?”" in output
    assert f"Only in the reflection {'-' * 22} - in place: {PROGRESSION.steps[1].step.action}" in output
    data = json.loads(run("compare", first, second, "--format", "json").stdout)
    assert data["parting"]["number"] == 3
    assert 1 <= len(data["questions"]) <= 3


def test_other_classrooms_and_models_are_refused_unless_told_otherwise(
    run: Callable[..., Result], notes: Callable[..., str], home: Path
) -> None:
    run("observe", "--answers", notes("yn"))
    run("observe", "--answers", notes("yn", classroom="R8"))
    run("observe", "flex", "--classroom", "R7", lines="n\n")
    one, other, flex = (record["id"] for record in records(home))
    rooms = run("compare", one, other)
    assert rooms.exit_code == 2
    assert "“R7” and the other of “R8”" in rooms.stderr
    models = run("compare", one, flex)
    assert models.exit_code == 2
    assert "their steps are not the same" in models.stderr
    assert run("compare", one, other, "--anyway").exit_code == 0
    assert run("compare", one, flex, "--anyway").exit_code == 0


def test_the_visit_sheet_has_every_step_with_boxes_and_its_id(run: Callable[..., Result]) -> None:
    html = run("show", "station-rotation", "--sheet", "--format", "html").stdout
    assert html.count("☐ not seen") == len(STEPS)
    for placed in PROGRESSION.steps:
        assert f'<div class="aside">{placed.id}</div>' in html
    assert html.count('<section class="form">') == len(PROGRESSION.phases)
    markdown = run("show", "station-rotation", "--sheet", "--format", "markdown").stdout
    assert markdown.count("☐ in place") == len(STEPS)
    assert run("show", "station-rotation", "--sheet", "--format", "json").exit_code == 2


def test_the_role_of_an_observer_is_in_the_record_that_a_walk_counts(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    notes = tmp_path / "notes.yaml"
    notes.write_text("answers:\n  two-group-plans: no\n", encoding="utf-8")
    result = run(
        *("observe", "station-rotation", "--answers", str(notes)),
        *("--role", "coach", "--format", "json"),
    )
    assert json.loads(result.stdout)["observer_role"] == "coach"
