"""Every rule finds what it is for, at its place, and nothing in a file that is as it should be."""

from __future__ import annotations

import copy
import os
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from pltool.core.rules.findings import ERRORS, WARNINGS
from pltool.errors import InputError
from pltool.files.content_check import check_content

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = date(2026, 11, 25)
NOUNS = [
    "lamps",
    "boats",
    "drums",
    "maps",
    "coins",
    "seeds",
    "tiles",
    "stamps",
    "ropes",
    "bells",
    "wheels",
    "leaves",
    "shells",
    "stones",
    "candles",
]
VERBS = "sorts lifts paints counts mends folds carves weighs tunes plants".split()  # noqa: SIM905


def step(number: int, actor: str = "teacher") -> dict[str, Any]:
    """A step that no rule objects to, different from all others."""
    thing, verb = NOUNS[number], VERBS[number % 10]
    who = {"teacher": "The teacher", "student": "Students"}[actor]
    return {
        "id": f"step-{thing}",
        "actor": actor,
        "action": f"{who} {verb} {thing} for class {number}.",
        "in_practice_when": [f"Each {thing} box is full.", f"Nobody waits for {thing} at {number}."],
        "look_fors": [f"A tray of {thing}.", f"Ask who brought {thing} today."],
        "strands": ["self-direction", "growth-mindset"],
        "next_moves": [
            {
                "move": f"Bring {thing}on and {thing}et.",
                "looks_like": f"A sixth-grade {thing}ic has {thing}. By noon {thing}on go.",
            },
            {
                "move": f"Trade {thing}ors for {thing}ix.",
                "looks_like": f"Near {thing}um a third grade {thing}an sits. Lena {verb} {thing}.",
            },
        ],
        "coaching_questions": [f"What do {thing} change?", f"How would {thing} number {number} help?"],
        "resources": ["our-page", "our-clip"],
    }


def progression() -> dict[str, Any]:
    return {
        "id": "ours",
        "title": "Ours",
        "version": "1.0",
        "summary": "How we do it.",
        "source": "Our own.",
        "phases": [
            {
                "id": "foundation",
                "title": "Foundation",
                "purpose": "It runs.",
                "areas": [
                    {
                        "id": "room",
                        "title": "Room",
                        "steps": [step(0), step(1), step(2, "student"), step(3, "student")],
                    }
                ],
            }
        ],
    }


def entry(name: str, kind: str) -> dict[str, Any]:
    return {
        "id": name,
        "title": f"About {name}",
        "publisher": "Us",
        "url": f"https://example.org/{name}",
        "kind": kind,
        "models": ["ours"],
        "phases": ["foundation"],
        "strands": ["self-direction", "growth-mindset"],
        "about": f"What {name} shows.",
        "grades": ["k-2"],
        "access": "free",
        "seen": "2026-11",
    }


def content() -> dict[str, Any]:
    """Files of a folder with which nothing is wrong."""
    terms = [
        {"id": name, "term": name.title(), "meaning": f"What {name} means.", "related": [other]}
        for name, other in (("arc", "bow"), ("bow", "arc"))
    ]
    lines = {key: [f"{key} {word}" for word in NOUNS[:5]] for key in ("norms", "before", "during", "after")}
    item = {"id": "purpose", "title": "Purpose", "minutes": 30, "lead": "Say it.", "prompt": "Why?"}
    sign: dict[str, Any] = {"for": ["ours"], "against": [], "says": "It is."}
    return {
        "ours": progression(),
        "resources": {"resources": [entry("our-page", "guide"), entry("our-clip", "video")]},
        "glossary": {"terms": terms},
        "walk": {"purpose": "To see.", **lines, "agendas": [{"minutes": 30, "items": [item]}]},
        "strands": {
            "domains": [
                {
                    "id": "all",
                    "title": "All",
                    "strands": [
                        {"id": name, "title": name, "meaning": f"To {name}."}
                        for name in ("self-direction", "growth-mindset", "routines-and-procedures")
                    ],
                }
            ]
        },
        "identify": {
            "outcomes": {"mixed": {"title": "Mixed", "summary": "Two."}},
            "cues": [
                {
                    "id": "turns",
                    "question": "Turns?",
                    "look": "At it.",
                    "ask": "Turns?",
                    "yes": sign,
                    "no": {**copy.deepcopy(sign), "for": ["mixed"], "against": []},
                }
            ],
        },
    }


def write(folder: Path, files: dict[str, Any]) -> None:
    for name, data in files.items():
        text = data if isinstance(data, str) else yaml.safe_dump(data, sort_keys=False, width=1000)
        comment = "# Why this order\n" if name == "ours" and not isinstance(data, str) else ""
        (folder / f"{name}.yaml").write_text(comment + text, encoding="utf-8")


def remarks(folder: Path, *, alone: bool = True) -> dict[str, list[str]]:
    """What a check of a folder finds, by rule."""
    found: dict[str, list[str]] = {}
    for remark in check_content([folder], [], TODAY).remarks:
        if alone:
            assert remark.problem.path.is_relative_to(folder)
        found.setdefault(remark.rule, []).append(str(remark.problem).removeprefix(f"{folder}/"))
    return found


def test_nothing_is_wrong_with_a_good_folder(tmp_path: Path) -> None:
    write(tmp_path, content())
    assert remarks(tmp_path) == {}


def steps_of(files: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = files["ours"]["phases"][0]["areas"][0]["steps"]
    return found


def put(*path: int | str, value: object) -> Callable[[dict[str, Any]], None]:
    """Set a value somewhere in the files."""

    def change(files: dict[str, Any]) -> None:
        *above, last = path
        data: Any = files
        for key in above:
            data = data[key]
        data[last] = value

    return change


FIRST = ("ours", "phases", 0, "areas", 0, "steps", 0)
PAGE = ("resources", "resources", 0)


def many_steps(files: dict[str, Any]) -> None:
    files["ours"]["phases"] = [
        {
            "id": f"phase-{p}",
            "title": f"Phase {p}",
            "purpose": f"It is {p}.",
            "areas": [
                {
                    "id": "room",
                    "title": "Room",
                    "steps": [
                        {**step((p * 7 + n) % 15, "student" if n else "teacher"), "id": f"s-{p}-{n}"}
                        for n in range(7)
                    ],
                }
            ],
        }
        for p in range(3)
    ]


def like_another(files: dict[str, Any]) -> None:
    first, second, *_ = steps_of(files)
    second["action"] = first["action"].replace("class 0", "class of 25")


def run_twice(files: dict[str, Any]) -> None:
    first, second, *_ = steps_of(files)
    first["in_practice_when"][0] = "All nine carts roll out before the second bell rings on Monday."
    second["look_fors"][0] = "You see that all nine carts roll out before the second class comes."


WRONG: dict[str, Callable[[dict[str, Any]], object]] = {
    "unreadable": put("huge", value="#" * (8 * 1024 * 1024 + 1)),
    "format": put(*FIRST, "acton", value="x"),
    "id": put("ours", "id", value="theirs"),
    "reference": put(*FIRST, "strands", value=["nothing-like-it"]),
    "address": put(*PAGE, "url", value="https://www.example.org/our-clip/"),
    "minutes": put("walk", "agendas", 0, "minutes", value=40),
    "overlay": put("overlay", value={"progressions": {"ours": [{"hide": "nothing"}]}}),
    "unwritten": put(*FIRST, "action", value="The teacher does one thing that a visitor could see."),
    "long-action": put(*FIRST, "action", value="The teacher " + "sees it and " * 9 + "is."),
    "actor": put(*FIRST, "action", value="It is done by somebody."),
    "one-action": put(*FIRST, "action", value="The teacher sorts. Then the class goes home."),
    "hard-to-read": put(
        *FIRST, "action", value="The teacher characteristically differentiates responsibilities."
    ),
    "manner": put(*FIRST, "look_fors", 0, value="Look at that!"),
    "american": put(*FIRST, "look_fors", 0, value="A colourful timetable."),
    "one-move": lambda files: steps_of(files)[0]["next_moves"].pop(),
    "scene": put(*FIRST, "next_moves", 0, "looks_like", value="A third grade."),
    "one-question": lambda files: steps_of(files)[0]["coaching_questions"].pop(),
    "question": put(*FIRST, "coaching_questions", 0, value="Tell me about lamps."),
    "closed-question": put(*FIRST, "coaching_questions", 0, value="Do you sort lamps?"),
    "double-question": put(*FIRST, "coaching_questions", 0, value="What changed, and how do you know?"),
    "accusing-question": put(*FIRST, "coaching_questions", 0, value="Why don't you sort lamps?"),
    "sentence-twice": put(*FIRST, "look_fors", 0, value="A tray of boats."),
    "shared-run": run_twice,
    "near-copy": like_another,
    "phase-size": lambda files: steps_of(files).__delitem__(slice(1, 3)),
    "no-student": lambda files: steps_of(files).__delitem__(slice(2, 4)),
    "no-teacher": lambda files: steps_of(files).__delitem__(slice(0, 2)),
    "grade": lambda files: (
        [
            move.update(looks_like=f"Here they are at {number} {place}. They go.")
            for number, found in enumerate(steps_of(files))
            for place, move in enumerate(found["next_moves"])
        ]
        and None
    ),
    "order": lambda files: files.update(ours=yaml.safe_dump(files["ours"], sort_keys=False)),
    "few-strands": many_steps,
    "other-model": put(*PAGE, "models", value=["flex"]),
    "no-shared-strand": put(*PAGE, "strands", value=["routines-and-procedures"]),
    "thin-fit": lambda files: files["resources"]["resources"][0].update(
        models=["any"], phases=["any"], strands=["self-direction"]
    ),
    "worn-out": many_steps,
    "unused": lambda files: files["resources"]["resources"].append(entry("third", "tool")),
    "never-seen": lambda files: files["resources"]["resources"][0].pop("seen"),
    "not-seen-for-a-year": put(*PAGE, "seen", value="2025-10"),
    "no-grades": lambda files: files["resources"]["resources"][0].pop("grades"),
    "no-access": lambda files: files["resources"]["resources"][0].pop("access"),
    "long-about": put(*PAGE, "about", value="word " * 29),
    "same-title": put(*PAGE, "title", value="About our-clip"),
    "term": put("glossary", "terms", 0, "related", value=[]),
    "cue": put("identify", "cues", 0, "ask", value="Turns."),
    "walk": put("walk", "norms", value=["one"]),
}


def test_every_rule_is_tried() -> None:
    assert set(WRONG) == {*ERRORS, *WARNINGS}


@pytest.mark.parametrize("rule", sorted(WRONG))
def test_a_rule_finds_what_it_is_for(rule: str, tmp_path: Path) -> None:
    files = copy.deepcopy(content())
    WRONG[rule](files)
    write(tmp_path, files)
    found = remarks(tmp_path)
    assert rule in found, found
    for line in found[rule]:
        assert line.split(":", 3)[1].isdigit()
        assert not line.endswith(".")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (put(*PAGE, "url", value="https://www.edutopia,org/a"), "write a full https:// address"),
        (put(*PAGE, "url", value="https://user:pw@evil.example.org:99/"), "write a full https:// address"),
        (put(*PAGE, "url", value="https://WWW.EXAMPLE.ORG/"), "with its host in small letters"),
        (put(*PAGE, "url", value="https://example.org/?utm_source=x"), "carries tracking"),
        (put(*PAGE, "strands", value=["no-such-strand"]), "there is no strand `no-such-strand`"),
        (put(*PAGE, "models", value=["no-such-model"]), "there is no model `no-such-model`"),
        (put(*PAGE, "phases", value=["no-such-phase"]), "there is no phase `no-such-phase`"),
        (put(*FIRST, "resources", value=["our-page", "our-page"]), "names `our-page` twice"),
        (put("glossary", "terms", 0, "related", value=["xyz"]), "there is no term `xyz`"),
        (put("glossary", "terms", 0, "id", value="bow"), "the id `bow` is used a second time"),
        (put("identify", "cues", 0, "yes", "for", value=["nope"]), "there is no model or outcome `nope`"),
    ],
)
def test_what_once_passed_is_an_error(
    change: Callable[[dict[str, Any]], None], what: str, tmp_path: Path
) -> None:
    files = content()
    change(files)
    write(tmp_path, files)
    found = remarks(tmp_path)
    errors = [line for rule in found if rule in ERRORS for line in found[rule]]
    assert any(what in line for line in errors), found


def test_a_whole_copy_is_told_in_one_sentence(tmp_path: Path) -> None:
    files = content()
    files["theirs"] = {**copy.deepcopy(files["ours"]), "id": "theirs"}
    for place, found in enumerate(files["theirs"]["phases"][0]["areas"][0]["steps"] * 1):
        found["id"] = f"their-{place}"
    write(tmp_path, files)
    found_ = remarks(tmp_path)
    assert len(found_["sentence-twice"]) == 4
    assert all("theirs.yaml" in line and "`ours/step-" in line for line in found_["sentence-twice"])


def test_files_and_folders_that_are_no_content(tmp_path: Path) -> None:
    write(tmp_path, content())
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    (tmp_path / "gone.yaml").symlink_to("nowhere.yaml")
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    (tmp_path / "out.yaml").symlink_to("/etc/hostname")
    (tmp_path / "folder.yaml").mkdir()
    checked = check_content([tmp_path], [], TODAY)
    assert checked.unreadable
    told = {remark.problem.path.name: remark.problem.what for remark in checked.remarks}
    assert {"pipe.yaml", "loop.yaml", "gone.yaml", "zero.yaml", "out.yaml", "folder.yaml"} <= set(told)
    assert "a pipe or a device" in told["pipe.yaml"]
    assert "leads out of" in told["out.yaml"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no content"):
        check_content([tmp_path / "empty"], [], TODAY)
    with pytest.raises(InputError, match="no such file"):
        check_content([tmp_path / "nowhere"], [], TODAY)


def test_a_file_alone_is_checked_with_what_lies_beside_it(tmp_path: Path) -> None:
    write(tmp_path, content())
    assert check_content([tmp_path / "ours.yaml"], [], TODAY).remarks == ()


def test_thousands_of_problems_take_no_time_and_are_counted(tmp_path: Path) -> None:
    keys = "\n".join(f"key-{number}: 1" for number in range(30_000))
    (tmp_path / "many.yaml").write_text(keys, encoding="utf-8")
    found = remarks(tmp_path)["format"]
    assert len(found) < 300
    assert any("more problems" in line for line in found)
