"""`walk` from sheets and records to a debrief, for people who will print it."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from pltool.files.library import Library
from tests.files.walk.test_reader import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

STEPS = [placed.id for placed in Library().progression("station-rotation").steps]


@pytest.fixture
def walk(tmp_path: Path) -> Path:
    """Eight classrooms of two schools, each seen by two observers."""
    rows = [HEAD + ",observer_role"]
    for number in range(8):
        for who, step in (("Ximena Q", number // 3), ("Yolanda Z", number // 3 + number % 2)):
            school = "Adams" if number < 5 else "Baker"
            note = f"{who} saw two plans"
            rows.append(
                f"2026-11-{number + 10},{school},Zebra-{number},{who},Station Rotation,{STEPS[step]},{note},coach"
            )
    path = tmp_path / "walk.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json", "csv"])
@pytest.mark.parametrize("by", [None, "school", "month", "observer-role", "model"])
def test_no_classroom_or_observer_is_named_in_any_summary(
    run: Callable[..., Result], walk: Path, form: str, by: str | None
) -> None:
    result = run("walk", "summary", str(walk), "--format", form, *(["--by", by] if by else []))
    assert result.exit_code == 0
    assert result.stdout
    for name in ("Zebra", "Ximena", "Yolanda"):
        assert name not in result.stdout


def test_no_classroom_or_observer_is_named_in_agreement_and_agenda(
    run: Callable[..., Result], walk: Path
) -> None:
    for command in ("agreement", "agenda"):
        result = run("walk", command, str(walk), "--format", "html")
        assert result.exit_code == 0
        for name in ("Zebra", "Ximena", "Yolanda"):
            assert name not in result.stdout


def test_the_summary_counts_and_says_what_it_left_out(run: Callable[..., Result], walk: Path) -> None:
    with walk.open("a", encoding="utf-8") as file:
        file.write("\n2026-11-23,Adams,Zebra-1,Q,lab-rotatio,x,")
    result = run("walk", "summary", str(walk), "--format", "json")
    data = json.loads(result.stdout)
    assert (data["observations"], data["classrooms"], data["schools"], data["observers"]) == (16, 8, 2, 2)
    assert data["aside"]["left_out"] == 1
    assert f"{walk}:18: there is no progression `lab-rotatio`; did you mean `lab-rotation`?" in result.stderr
    assert sum(step["paused"] for step in data["steps"]) == 16
    strict = run("walk", "summary", str(walk), "--strict")
    assert (strict.exit_code, strict.stdout) == (2, "")
    assert "walk.csv:18" in strict.stderr


def test_small_groups_are_hidden_and_the_limit_cannot_go_under_three(
    run: Callable[..., Result], walk: Path
) -> None:
    usual = json.loads(run("walk", "summary", str(walk), "--by", "school", "--format", "json").stdout)
    assert (usual["groups"]["shown"], usual["groups"]["held_back"]) == ([], 2)
    lower = run("walk", "summary", str(walk), "--by", "school", "--hide-under", "3", "--format", "json")
    assert [row["name"] for row in json.loads(lower.stdout)["groups"]["shown"]] == ["Adams", "Baker"]
    refused = run("walk", "summary", str(walk), "--hide-under", "2")
    assert refused.exit_code == 2


def test_dates_and_an_earlier_walk(run: Callable[..., Result], walk: Path) -> None:
    data = json.loads(run("walk", "summary", str(walk), "--since", "2026-11-13", "--format", "json").stdout)
    assert (data["observations"], data["aside"]["outside"]) == (10, 6)


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("2026-11-13", "from Friday, November 13, 2026"),
        ("11/13/2026", "from Friday, November 13, 2026"),
        ("Nov 13, 2026", "from Friday, November 13, 2026"),
        ("13.11.26", "from Friday, November 13, 2026"),
    ],
)
def test_days_are_read_as_everywhere_and_said_with_their_weekday(
    run: Callable[..., Result], walk: Path, since: str, said: str
) -> None:
    result = run("walk", "summary", str(walk), "--since", since, "--format", "json")
    assert json.loads(result.stdout)["observations"] == 10
    assert f"Counting {said}." in result.stderr
    both = run("walk", "agenda", str(walk), "--since", since, "--until", "12/1/2026")
    assert f"Counting {said} through Tuesday, December 1, 2026." in both.stderr
    assert run("walk", "agreement", str(walk), "--until", "someday").exit_code == 2
    backwards = run("walk", "summary", str(walk), "--since", since, "--until", "2026-11-01")
    assert backwards.exit_code == 2
    assert "comes before" in backwards.stderr


def test_an_earlier_walk_is_what_lies_before_this_one(run: Callable[..., Result], walk: Path) -> None:
    this = ("walk", "summary", str(walk), "--since", "2026-11-14", "--hide-under", "3")
    both = run(*this, "--earlier", str(walk), "--format", "json")
    moved = json.loads(both.stdout)["moved"]
    # Four classrooms a walk: visits in common could be subtracted, and are not counted twice.
    assert sum(row["earlier"] for row in moved) == 8
    assert sum(row["now"] for row in moved) == 8
    assert "8 observations are not before this walk, which begins on 2026-11-14" in both.stderr


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json", "csv"])
def test_a_school_may_be_called_anything_and_does_nothing(
    run: Callable[..., Result], tmp_path: Path, form: str
) -> None:
    labels = ["=1+1", "<script>x</script>", "**b** [x](javascript:1)", "\x1b[31mred\x07", "\u202egnp", "a\nb"]
    with (tmp_path / "hostile.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD.split(","))
        for label in labels:
            writer.writerows(
                ("2026-11-23", label, f"R{n}", "O", "flex", "foundation-1", "") for n in range(5)
            )
    given = run("walk", "summary", str(tmp_path), "--by", "school", "--format", form).stdout
    assert "\x1b" not in given
    assert "\x07" not in given
    if form == "html":
        assert "<script>" not in given
    if form == "markdown":
        assert r"\[x\](javascript" in given
        assert "<script>" not in given
    if form == "csv":
        assert {row["school"] for row in csv.DictReader(given.splitlines())} >= {"'=1+1", "a b", "gnp"}
    if form == "json":
        assert {row["name"] for row in json.loads(given)["groups"]["shown"]} >= {"=1+1", "a b"}


def test_what_is_held_back_says_why_and_does_not_invite_a_second_run(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    rows = [
        f"2026-11-23,S,{model}-{n},O,{model},foundation-{n % 3 + 1},"
        for model, rooms in (("flex", 3), ("lab-rotation", 3), ("station-rotation", 6))
        for n in range(rooms)
    ]
    path = tmp_path / "walk.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    usual = " ".join(run("walk", "summary", str(path)).stdout.split())
    assert "so that nobody can tell whose classroom is meant" in usual
    assert "--hide-under" not in usual
    assert "Where the 12 classrooms pause, over all models, by the kind of practice" in usual
    data = json.loads(run("walk", "summary", str(path), "--format", "json").stdout)
    assert sum(row["paused"] for row in data["pooled_pauses"]) == 12
    lower = run("walk", "summary", str(path), "--hide-under", "3").stdout
    assert "Flex" in lower
    assert "held back" not in lower.lower().replace("group", "")


def test_agreement_lists_where_observers_parted(run: Callable[..., Result], walk: Path) -> None:
    data = json.loads(run("walk", "agreement", str(walk), "--format", "json").stdout)
    assert (data["shared"], data["same_pause"], data["within_one"]) == (8, 4, 8)
    assert sum(split["classrooms"] for split in data["splits"]) == 4
    assert data["splits"][0]["look_fors"]
    with_key = json.loads(run("walk", "agreement", str(walk), "--key", str(walk), "--format", "json").stdout)
    assert with_key["shared"] == 0  # the panel's own are not the observers'


def test_few_shared_classrooms_give_counts_and_no_percentages(run: Callable[..., Result], walk: Path) -> None:
    few = run("walk", "agreement", str(walk), "--until", "2026-11-12").stdout
    many = run("walk", "agreement", str(walk)).stdout
    assert "%" not in few
    assert "from 5 shared visits on" in " ".join(few.split())
    assert "%" in many
    assert "Gwet's AC2" in many


@pytest.mark.parametrize("minutes", [60, 30])
def test_the_agenda_fills_its_time(run: Callable[..., Result], walk: Path, minutes: int) -> None:
    text = run("walk", "agenda", str(walk), "--minutes", str(minutes), "--format", "markdown").stdout
    assert f"–{minutes} · Sharing" in text
    for part in (
        "Purpose and norms",
        "Evidence only",
        "Celebrations",
        "Split steps",
        "Wonderings",
        "Support",
    ):
        assert f"· {part}" in text
    assert run("walk", "agenda", str(walk), "--minutes", "45").exit_code == 2


def test_a_sheet_made_filled_and_read_again(run: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    assert run("walk", "sheet", "station-rotation", "flex", "--output", str(path)).exit_code == 0
    assert path.read_text(encoding="utf-8-sig").startswith(f"{HEAD},observer_role,not_seen\n")
    with (tmp_path / "empty-columns.csv").open(encoding="utf-8-sig", newline="") as file:
        allowed = {row["value"] for row in csv.DictReader(file) if row["model"] == "station-rotation"}
    assert allowed == set(STEPS)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"2026-11-23,S,R1,O,station-rotation,{STEPS[3]},a note,coach,\n")
    data = json.loads(run("walk", "summary", str(tmp_path), "--format", "json").stdout)
    assert (data["observations"], data["aside"]["left_out"]) == (1, 0)


def test_the_printed_sheet_has_every_step(run: Callable[..., Result]) -> None:
    page = run("walk", "sheet", "station-rotation", "--format", "html").stdout
    assert page.count('<ul class="boxes">') >= 3
    assert "foundation-11" in page
