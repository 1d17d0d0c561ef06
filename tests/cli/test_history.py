"""`history` fits its window, says what moved, and leaves what it cannot read alone."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from pltool.core.record import FollowUp, NextStep
from pltool.files.library import Library
from pltool.report.formats.text import render
from pltool.report.history import COLUMNS, history_report
from tests.saved import make_record, save

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

STEPS = [placed.step for placed in Library().progression("station-rotation").steps]


def test_an_empty_history_says_how_to_begin(run: Callable[..., Result]) -> None:
    result = run("history")
    assert result.exit_code == 0
    assert "Begin with: pltool reflect MODEL" in result.stdout


def test_only_the_last_twelve_are_shown_and_all_on_demand(run: Callable[..., Result]) -> None:
    for day in range(1, 16):
        save("yn", day=f"2026-10-{day:02}")
    short, whole = run("history").stdout, run("history", "--all").stdout
    assert "3 earlier records not shown; --all shows them." in short
    assert (short.count("paused at"), whole.count("paused at")) == (12, 15)


def test_model_and_classroom_choose_what_is_shown(run: Callable[..., Result]) -> None:
    save("yn", classroom="Period 3")
    save("yn", classroom="Period 4", day="2026-10-15")
    save("yn", model="flex", day="2026-10-16")
    assert "Flex" not in run("history", "station-rotation").stdout
    assert "Period 4" not in run("history", "--classroom", "Period 3").stdout
    rows = json.loads(run("history", "flex", "--format", "json").stdout)
    assert [row["model"] for row in rows] == ["flex"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("flx",), "did you mean `flex`?"),
        (("flex",), "There is no record on `flex`."),
        (("--classroom", "Period 9"), "The classrooms there are: Period 3."),
        (("--format", "xlsx"), "--format xlsx is not possible here"),
    ],
)
def test_nothing_found_says_why(run: Callable[..., Result], arguments: tuple[str, ...], message: str) -> None:
    save("yn", classroom="Period 3")
    result = run("history", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr


def test_the_table_names_the_steps_that_moved(run: Callable[..., Result]) -> None:
    save("yyyn", day="2026-10-01", next_step=NextStep(text="=Try it", look_again="2026-10-08"))
    save("ynyyy", day="2026-10-08", follow_up=FollowUp(record="x", text="=Try it", outcome="done"))
    rows = json.loads(run("history", "--format", "json").stdout)
    assert list(rows[0]) == list(COLUMNS)
    assert (rows[0]["slipped"], rows[0]["came_into_place"]) == (None, None)
    assert rows[1]["slipped"] == [STEPS[1].id]
    assert rows[1]["came_into_place"] == [STEPS[3].id]
    assert rows[1]["first_reached"] == [STEPS[4].id]
    table = list(csv.DictReader(io.StringIO(run("history", "--format", "csv").stdout)))
    assert table[1]["slipped"] == STEPS[1].id
    assert table[0]["next_step"] == "'=Try it", "no text becomes a formula"
    assert (table[1]["agreed_before"], table[1]["outcome"]) == ("'=Try it", "done")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[]", b'{"format": "pltool.reflection/1"}'])
def test_a_broken_record_is_reported_and_left_alone(
    run: Callable[..., Result], home: Path, content: bytes
) -> None:
    save("yn")
    broken = home / "reflections" / "2026-10-15-broken.json"
    broken.write_bytes(content)
    result = run("history")
    assert result.exit_code == 0
    assert "paused at Foundation 2" in result.stdout
    assert f"{broken} is no record of pltool" in result.stderr
    assert "t is left as it is." in result.stderr
    assert broken.read_bytes() == content


def test_keys_of_a_later_version_do_no_harm(run: Callable[..., Result]) -> None:
    path = save("yn")
    record = json.loads(path.read_text(encoding="utf-8"))
    record["mood"] = record["counts"]["more"] = record["answers"][0]["more"] = record["pause"]["more"] = 1
    path.write_text(json.dumps(record), encoding="utf-8")
    assert "paused at Foundation 2" in run("history").stdout
    assert "Foundation, step 2" in run("report").stdout


@pytest.mark.parametrize("width", [30, 40, 60, 80, 92])
def test_every_mark_is_a_step_however_narrow_the_window(width: int) -> None:
    from pltool.core.history import lines
    from pltool.files.records import as_past

    records = [
        as_past(make_record("y" * number + "n", day=f"2026-10-{number + 1:02}")) for number in range(0, 30, 3)
    ]
    text = render(history_report(lines(records, {}), {}), width)
    assert all(len(line) <= width for line in text.splitlines())
    steps = len(Library().progression("station-rotation").steps)
    marks = "".join(re.findall("[●◐○]", text.partition("Station Rotation")[2]))
    assert marks == "".join("●" * number + "◐" + "○" * (steps - 1 - number) for number in range(0, 30, 3))


def test_changed_content_is_mentioned(run: Callable[..., Result]) -> None:
    path = save("yyn")
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    record["answers"][0]["asked"] = "The teacher plans in other words."
    record["answers"][1]["step"] = "long-gone"
    path.write_text(json.dumps(record), encoding="utf-8")
    said = " ".join(run("history").stdout.split())
    assert (
        "The progression itself has changed since the last record: 1 step new, 1 step gone, 1 step reworded."
        in said
    )


def test_the_ids_it_shows_name_the_records(run: Callable[..., Result]) -> None:
    first = save("yn", id="2026-10-14-140311-station-rotation-aaaaaa")
    second = save("yyn", id="2026-10-14-140311-station-rotation-aabbbb", finished="2026-10-14T15:00:00+00:00")
    shown = " ".join(run("history").stdout.split()).partition("For report and compare: ")[2].split()
    short = [name.rstrip(",") for name in shown[:2]]
    assert short == ["2026-10-14-140311-station-rotation-aaa", "2026-10-14-140311-station-rotation-aab"]
    for name, path in zip(short, (first, second), strict=True):
        assert json.loads(run("report", name, "--format", "json").stdout)["id"] == path.stem
    save("yn", day="2026-11-01")
    assert "2026-11-01-140311" in run("history").stdout


def test_a_table_says_whom_it_asked_and_what_did_not_apply(run: Callable[..., Result]) -> None:
    save("yxn", model="distance-learning", asked_as="leader")
    (row,) = json.loads(run("history", "--format", "json").stdout)
    assert (row["asked_as"], row["does_not_apply"], row["amended"]) == ("leader", 1, None)
    assert "the leader's actions" in run("history").stdout


def test_a_label_is_found_however_it_is_written_and_a_near_miss_suggested(run: Callable[..., Result]) -> None:
    save("yn", classroom="Period 3")
    assert "Period 3" in run("history", "--classroom", "period  3").stdout
    assert "Did you mean “Period 3”?" in run("history", "--classroom", "Perod 3").stderr


def test_records_of_a_former_id_belong_to_the_model(run: Callable[..., Result], tmp_path: Path) -> None:
    source = Library().own / "progressions" / "flex.yaml"
    text = source.read_text(encoding="utf-8").replace(
        "id: flex\n", "id: flexible\nformer_ids: [flex-of-old]\n", 1
    )
    (tmp_path / "flexible.yaml").write_text(text, encoding="utf-8")
    path = save("yn", model="flex")
    record = json.loads(path.read_text(encoding="utf-8"))
    record["model"]["id"] = "flex-of-old"
    path.write_text(json.dumps(record), encoding="utf-8")
    for name in ("flexible", "flex-of-old"):
        result = run("history", name, "--content", str(tmp_path))
        assert "paused at Foundation 2" in result.stdout, result.stderr
