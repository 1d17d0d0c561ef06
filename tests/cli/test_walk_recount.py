"""Every figure of every form of a summary, an agreement and an agenda, counted by a second program."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from pltool.core.record import Evidence, Labels, record_json
from pltool.core.standing import Answer
from pltool.report.formats import text as text_format
from tests.sealed import seal
from tests.walk_recount import (
    LIBRARY,
    PROGRESSIONS,
    STEPS,
    Count,
    Fact,
    Reader,
    agreement,
    expected_csv,
    expected_json,
    expected_seen,
    items_of_markdown,
    items_of_page,
    items_of_text,
    make_facts,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

HEAD = ["date", "school", "classroom", "observer", "observer_role", "model", "paused_at", "evidence"]
PAUSED = "so far and no further"


def write_record(fact: Fact, name: str, **more: Any) -> str:
    """An observation as a record, with an answer beyond its pause now and then."""
    progression = PROGRESSIONS[fact.model]
    words = dict.fromkeys(fact.in_place, Answer.IN_PLACE)
    words |= dict.fromkeys(fact.unseen, Answer.NOT_SEEN)
    words |= dict.fromkeys(fact.aside, Answer.DOES_NOT_APPLY)
    if fact.pause is not None:
        words[fact.pause] = Answer.NOT_YET
        if fact.number % 3 == 0 and fact.pause + 2 < len(progression.steps):
            words[fact.pause + 2] = Answer.IN_PLACE
    steps = [step[0] for step in STEPS[fact.model]]
    return record_json(
        seal(
            progression, {steps[index]: words[index] for index in sorted(words)}, bank=LIBRARY.bank, record_id=name,
            started=f"{fact.day}T09:00:00+00:00", finished=f"{fact.day}T09:20:00+00:00",
            labels=Labels(classroom=fact.room or None, school=fact.school, observer=fact.observer, observer_role=fact.role),
            reasons={steps[index]: "none here" for index in fact.aside},
            evidence={steps[fact.pause]: (Evidence(kind="saw", note=PAUSED),)} if fact.pause is not None else {},
            **{"kind": "observation", **more},
        )
    )  # fmt: skip


def write_row(fact: Fact) -> list[str]:
    steps = STEPS[fact.model]
    paused = "complete" if fact.status == "complete" else "" if fact.blank else "unfinished"
    if fact.pause is not None:
        step, phase, number, action = steps[fact.pause]
        paused = (step, f"{phase} {number}", action)[fact.number % 3]
    unseen = "; ".join(steps[index][0] for index in sorted(fact.unseen))
    row = [
        fact.day,
        fact.school,
        fact.room,
        fact.observer,
        fact.role,
        PROGRESSIONS[fact.model].title,
        paused,
        PAUSED,
    ]
    return [*row, unseen] if fact.source == "able" else row


def write_sheet(path: Path, rows: list[list[str]], *more: str) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([[*HEAD, *more], *rows])
    path.write_text(written.getvalue(), encoding="utf-8", newline="")


def write_walk(folder: Path, facts: list[Fact]) -> None:
    """Facts as records and two kinds of sheets, each where its source says."""
    folder.mkdir()
    for fact in facts:
        if fact.source == "record":
            (folder / f"{fact.number}.json").write_text(write_record(fact, f"r{fact.number}"))
    write_sheet(folder / "able.csv", [write_row(f) for f in facts if f.source == "able"], "not_seen")
    write_sheet(folder / "plain.csv", [write_row(f) for f in facts if f.source == "plain"])


def disturb(folder: Path, facts: list[Fact]) -> None:
    """What is met and does not count: copies, other kinds, parts, rows that cannot be read, days outside."""
    plain = (folder / "plain.csv").read_bytes()
    (folder / "plain (1).csv").write_bytes(plain)
    first = next(fact for fact in facts if fact.source == "record")
    (folder / "again.json").write_text(write_record(first, f"r{first.number}"))
    (folder / "own.json").write_text(write_record(first, "own", kind="reflection"))
    part = PROGRESSIONS["flex"].only("foundation")
    phase = seal(
        part, {part.steps[0].id: Answer.NOT_YET}, bank=LIBRARY.bank, record_id="part", kind="observation", part="foundation",
        started="2026-10-10T09:00:00+00:00", finished="2026-10-10T09:20:00+00:00", labels=Labels(classroom="Z", school="Elm"),
    )  # fmt: skip
    (folder / "part.json").write_text(record_json(phase))
    early = [["2026-09-02", "Elm", "E9q", "Kx", "coach", "Flex", "foundation-1", ""]] * 2
    broken = [
        ["someday", "Elm", "E9q", "Kx", "coach", "Flex", "foundation-1", ""],
        ["2026-10-10", "", "", "", "", "Flax", "x", ""],
    ]
    write_sheet(folder / "odd.csv", [*early, *broken])


def counted(
    facts: list[Fact], given: dict[str, Any], *, disturbed: bool, by: str | None, limit: int
) -> Count:
    more = {"left_out": 2, "repeated": 1, "outside": 2, "other_kind": 1, "parts": 1} if disturbed else {}
    account = {name: more.get(name, 0) for name in ("left_out", "repeated", "outside", "other_kind", "parts")}
    account = {"read": len(facts) + sum(account.values()), "counted": len(facts), **account}
    aside = {
        "parts": account["parts"], "other_kind": account["other_kind"], "outside": account["outside"],
        "left_out": account["left_out"], "files_left_out": 0, "copied_files": int(disturbed),
        "files_alike_under_other_names": 0, "twice": account["repeated"],
        "without_classroom": sum(not fact.room for fact in facts), "without_pause": sum(fact.blank for fact in facts),
    }  # fmt: skip
    shown = [row["name"] for row in given["models"]["shown"]]
    return Count(facts, account, aside, limit=limit, by=by, shown=shown)


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text in lines that are never wrapped."""
    monkeypatch.setattr(text_format.render, "__defaults__", (5000,))


READERS: dict[str, Callable[[str], list[tuple[str, ...]]]] = {
    "html": items_of_page, "markdown": items_of_markdown, "text": items_of_text,
}  # fmt: skip
# Each is another walk: its seed, rooms, breakdown, limit, whether it is disturbed, and whether there was an earlier one.
WORLDS = [
    (1, 26, None, 5, True, False),
    (2, 40, "school", 5, False, False),
    (3, 30, "month", 3, True, False),
    (4, 34, "observer-role", 4, False, True),
    (5, 12, "school", 5, True, False),
    (6, 60, "school", 3, False, False),
    (7, 6, None, 3, False, False),
]


@pytest.mark.usefixtures("wide")
@pytest.mark.parametrize("world", WORLDS, ids=lambda world: f"walk {world[0]}")
def test_every_figure_of_a_summary(
    run: Callable[..., Result], tmp_path: Path, world: tuple[Any, ...]
) -> None:
    seed, rooms, by, limit, disturbed, with_earlier = world
    facts = make_facts(seed, rooms)
    write_walk(tmp_path / "walk", facts)
    options = ["--hide-under", str(limit), *(["--by", by] if by else [])]
    if disturbed:
        disturb(tmp_path / "walk", facts)
        options += ["--since", "2026-10-01"]
    earlier: list[Fact] = []
    if with_earlier:
        earlier = [
            replace(fact, day=fact.day.replace("-10-", "-09-")) for fact in make_facts(seed + 100, rooms)
        ]
        write_walk(tmp_path / "before", earlier)
        options += ["--earlier", str(tmp_path / "before")]

    def printed(form: str) -> str:
        result = run("walk", "summary", str(tmp_path / "walk"), *options, "--format", form)
        assert result.exit_code == 0, result.stderr
        return result.stdout

    given = json.loads(printed("json"))
    count = counted(facts, given, disturbed=disturbed, by=by, limit=limit)
    count.earlier = earlier
    assert given == expected_json(count, given)
    assert all(row["classrooms"] >= limit for row in given["models"]["shown"])
    assert list(csv.reader(io.StringIO(printed("csv").lstrip("\ufeff"))))[1:] == expected_csv(count, given)
    for form, items in READERS.items():
        reader = Reader(count, given)
        reader.read(items(printed(form)))
        wanted = list(expected_seen(count))
        kinds = {entry[0] for entry in wanted} | {
            "heat",
            "shared",
            "step",
            "strand",
            "provisional",
            "not_seen",
            "does_not_apply",
        }
        assert [entry for entry in reader.seen if entry[0] in kinds] == wanted, form
        groups = [entry[1] for entry in reader.seen if entry[0] == "group"]
        shown = [row["name"] for row in given["groups"]["shown"]] if by else []
        assert groups == shown + ["All"] * (len(shown) > 1), form
        assert any(entry[0] == "size" for entry in reader.seen), form
        assert any(entry[0] == "rows" for entry in reader.seen), form


@pytest.mark.usefixtures("wide")
@pytest.mark.parametrize("seed", [11, 12, 13, 14])
def test_every_figure_of_an_agreement(run: Callable[..., Result], tmp_path: Path, seed: int) -> None:
    facts = make_facts(seed, 2 if seed == 14 else 30)
    if seed == 12:  # an observer who came back the same day
        facts += [replace(fact, number=fact.number + 900) for fact in facts if fact.source == "plain"][:3]
    write_walk(tmp_path / "walk", facts)
    key = [
        replace(fact, number=1000 + n, observer="Panel", source="plain")
        for n, fact in enumerate(facts)
        if fact.room
    ][:1]
    if seed == 13:  # a panel's record of one classroom
        write_walk(tmp_path / "key", key)
    options = ["--key", str(tmp_path / "key")] if seed == 13 else []

    def printed(form: str) -> str:
        result = run("walk", "agreement", str(tmp_path / "walk"), *options, "--format", form)
        assert result.exit_code == 0, result.stderr
        return result.stdout

    given = json.loads(printed("json"))
    expected = agreement(facts)
    assert given.pop("format") == "pltool.walk-agreement/1"
    coefficient = given.pop("coefficient")
    assert (coefficient is None) == (expected["coefficient"] is None)
    if coefficient is not None:
        assert coefficient["value"] == pytest.approx(expected["coefficient"], abs=6e-5)
        assert coefficient["classrooms"] == expected["compared"]
    splits = {(split["model"], split["step"]): split for split in given.pop("splits")}
    titles = {model: progression.title for model, progression in PROGRESSIONS.items()}
    assert splits.keys() == {(titles[model], step) for model, step in expected["splits"]}
    for (model, step), split in expected["splits"].items():
        found = splits[titles[model], step]
        assert {name: found[name] for name in split} == split
        texts = {name for name in found if name not in split}
        assert texts == {"model", "step", "look_fors", "in_place_notes", "not_yet_notes"}
    whole = {name: value for name, value in expected.items() if name not in {"coefficient", "splits"}}
    with_key = given.pop("key")
    assert given == whole
    if seed == 13:
        beside = [fact for fact in facts if (fact.school, fact.room) == (key[0].school, key[0].room)]
        assert with_key == by_key(beside, key[0])
    count = Count(facts, {}, {}, shown=list(titles))
    for form, items in READERS.items():
        reader = Reader(count, {"key": with_key})
        reader.read(items(printed(form)))
        seen = Counter(entry[0] for entry in reader.seen)
        assert seen["split_heading"] == len(splits), form
        assert seen["side"] == 2 * len(splits), form
        assert seen["visits"] == (4 if expected["shared"] else 0), form
        assert seen["key"] == (4 if seed == 13 else 0), form


def by_key(facts: list[Fact], key: Fact) -> dict[str, int]:
    """How observations of one classroom compare with its key."""

    def end(fact: Fact) -> int | None:
        if fact.status == "unfinished":
            return None
        return len(STEPS[fact.model]) if fact.pause is None else fact.pause

    def phase(fact: Fact) -> str:
        return "" if fact.pause is None else STEPS[fact.model][fact.pause][1]

    alike = [fact for fact in facts if fact.model == key.model]
    mine = end(key)
    ended = [fact for fact in alike if end(fact) is not None and mine is not None]
    apart = [abs((end(fact) or 0) - (mine or 0)) for fact in ended]
    return {
        "observations": len(facts), "same_model": len(alike), "compared": len(ended), "same_pause": apart.count(0),
        "within_one": sum(steps <= 1 for steps in apart), "same_phase": sum(phase(fact) == phase(key) for fact in ended),
    }  # fmt: skip


@pytest.mark.usefixtures("wide")
@pytest.mark.parametrize(("seed", "minutes"), [(21, 60), (22, 30), (23, 60)])
def test_every_figure_of_an_agenda(
    run: Callable[..., Result], tmp_path: Path, seed: int, minutes: int
) -> None:
    facts = make_facts(seed, 60 if seed == 23 else 22)
    write_walk(tmp_path / "walk", facts)
    data = run("walk", "summary", str(tmp_path / "walk"), "--format", "json").stdout
    given = json.loads(data)
    count = counted(facts, given, disturbed=False, by=None, limit=5)
    for form, items in READERS.items():
        result = run("walk", "agenda", str(tmp_path / "walk"), "--minutes", str(minutes), "--format", form)
        reader = Reader(count, given)
        reader.read(items(result.stdout))
        seen = Counter(entry[0] for entry in reader.seen)
        assert seen["part"] == (10 if minutes == 60 else 8), form
        assert seen["model"] == len(count.shown) + (not count.held and len(count.shown) > 1), form
        assert seen["shared"] == min(len(count.shared), 3 if minutes == 60 else 1), form


def test_the_text_that_is_wrapped_has_the_same_figures(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_walk(tmp_path / "walk", make_facts(2, 40))

    def figures() -> Counter[str]:
        text = run("walk", "summary", str(tmp_path / "walk"), "--by", "school").stdout
        return Counter(re.findall(r"\d+", text))

    narrow = figures()
    monkeypatch.setattr(text_format.render, "__defaults__", (5000,))
    assert figures() == narrow


@pytest.mark.parametrize(
    "line",
    [
        "There were 9 of them.",
        "| x | 7 |",
        "Foundation 4: 99999",
        "- 3 visits (4 more)",
        "12 classrooms were left over.",
    ],
)
def test_a_figure_that_nobody_counted_is_noticed(line: str) -> None:
    facts = make_facts(1)
    count = Count(facts, {}, {}, shown=["flex"])
    reader = Reader(count, {})
    reader.model = "flex"
    with pytest.raises(AssertionError):
        reader.read(items_of_markdown(line))
    page = f"<p>Fine.</p><table><tr><td>{line}</td></tr></table>"
    with pytest.raises((AssertionError, KeyError, IndexError)):
        reader.read(items_of_page(page))
