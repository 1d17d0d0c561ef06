"""A whole walk in four kinds of files becomes a debrief: what its files say is what is printed, and nobody is named."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.superintendent import OBSERVERS, ROOMS, Facts, write_walk
from tests.walk_recount import Count, Fact, agreement, expected_csv, expected_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

SOURCES = {
    "Adams Elementary": "record",
    "Baker Middle": "able",
    "Carver High": "able",
    "Douglass Academy": "plain",
}


def as_fact(visit: Facts, number: int) -> Fact:
    source = SOURCES[visit.school]
    pause = visit.pause
    assert pause is not None
    unseen, aside = frozenset(visit.unseen), frozenset(visit.not_applying)
    return Fact(
        number, visit.day.isoformat(), visit.school, visit.room, visit.observer, visit.role, visit.model, "paused", pause,
        frozenset(range(pause)) - unseen - aside, unseen, aside, source,
    )  # fmt: skip


@pytest.fixture
def facts(tmp_path: Path) -> list[Fact]:
    return [as_fact(visit, number) for number, visit in enumerate(write_walk(tmp_path / "walk"))]


def test_the_summary_of_a_whole_walk(run: Callable[..., Result], tmp_path: Path, facts: list[Fact]) -> None:
    folder = str(tmp_path / "walk")
    result = run("walk", "summary", folder, "--by", "school", "--format", "json")
    given = json.loads(result.stdout)
    sizes = [given[name] for name in ("observations", "classrooms", "observers", "schools")]
    assert (sizes, given["models"]["held_back"] + len(given["models"]["shown"])) == ([47, 20, 12, 4], 5)
    account = {
        "read": 53,
        "counted": 47,
        "left_out": 6,
        "repeated": 0,
        "outside": 0,
        "other_kind": 0,
        "parts": 0,
    }
    aside = dict.fromkeys(given["aside"], 0) | {"left_out": 6}
    shown = [row["name"] for row in given["models"]["shown"]]
    assert shown == ["flex", "station-rotation"]
    count = Count(facts, account, aside, by="school", shown=shown)
    assert given == expected_json(count, given)
    for said in (
        "is a line of totals, and no visit (1 more like it)",
        "there is no progression `Flexx mdoel`; did you mean `flex`?",
        "has no step `foundation-99`",
        "`11/31/2026` is no day of the calendar",
        "`last week` has no year",
        "what stands above the names of the columns (“Walk fall 2026 - Douglass”) was passed over",
        "(Read me) has no columns of a walk sheet",
    ):
        assert said in result.stderr
    table = run("walk", "summary", folder, "--by", "school", "--format", "csv").stdout.lstrip("\ufeff")
    assert list(csv.reader(io.StringIO(table)))[1:] == expected_csv(count, given)


@pytest.mark.parametrize("form", ["html", "markdown", "text", "json", "csv"])
def test_nobody_is_named_whatever_is_handed_over(
    run: Callable[..., Result], tmp_path: Path, facts: list[Fact], form: str
) -> None:
    assert facts
    codes = [
        *(room.code for room in ROOMS if not room.code.isdecimal()),
        *(o for team in OBSERVERS for o in team),
    ]
    named = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, codes))}|Okafor)(?!\w)")
    commands = [
        "summary",
        *(["agreement"] if form != "csv" else []),
        *(["agenda"] if form not in {"csv", "json"} else []),
    ]
    for command in commands:
        result = run("walk", command, str(tmp_path / "walk"), "--format", form)
        assert result.exit_code == 0
        found = [
            name for name in named.findall(result.stdout) if not (command == "agreement" and name == "Okafor")
        ]
        assert found == []
        if command == "agreement":
            # A teacher's name in a note is no label of the walk: it is pointed out, and the rest is taken out.
            assert (
                "Mrs. Okafor asked \\[left out\\]" in result.stdout
                or "Mrs. Okafor asked [left out]" in result.stdout
            )
            assert "may name people: “Mrs. Okafor”" in result.stderr


def test_what_is_celebrated_is_not_where_support_is_needed(
    run: Callable[..., Result], tmp_path: Path, facts: list[Fact]
) -> None:
    assert facts
    text = " ".join(run("walk", "summary", str(tmp_path / "walk")).stdout.split())
    celebrate, support = re.findall(
        r"To celebrate: (.*?) Where support would serve most classrooms: (.*?) The models", text
    )[0]
    celebrated = re.findall(r"- (.*?) \(", celebrate)
    supported = re.findall(r"- (.*?) \(", support)
    assert (len(celebrated), len(supported)) == (2, 3)
    assert not set(celebrated) & set(supported)
    shared = agreement(facts)
    data = json.loads(run("walk", "agreement", str(tmp_path / "walk"), "--format", "json").stdout)
    assert (
        (data["shared"], data["classrooms"], data["same_pause"])
        == (20, 20, shared["same_pause"])
        == (20, 20, 15)
    )
    agreed = run("walk", "agreement", str(tmp_path / "walk")).stdout
    assert "Agreement beyond chance on where a classroom pauses: more than 0.99" in " ".join(agreed.split())
