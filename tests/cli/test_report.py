"""`report` writes a record as it was, the same bytes every time, whatever its texts try."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from pltool.core.record import FollowUp, NextStep
from pltool.errors import StorageError
from pltool.files.library import Library
from tests.saved import save

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result


STEPS = [placed.step.action for placed in Library().progression("station-rotation").steps]


def test_the_latest_is_the_one_finished_last(run: Callable[..., Result]) -> None:
    """A reflection begun in October and finished in November is later than one of a day between."""
    path = save("yyn", day="2026-10-01", finished="2026-11-20T09:00:00+00:00")
    save("yn", day="2026-11-10")
    assert json.loads(run("report", "--format", "json").stdout)["id"] == path.stem


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_the_same_record_gives_the_same_bytes(run: Callable[..., Result], tmp_path: Path, form: str) -> None:
    saved = save("yyn").read_bytes()
    first, second = tmp_path / "first", tmp_path / "second"
    for target in (first, second):
        assert run("report", "--format", form, "--output", str(target)).exit_code == 0
    assert first.read_bytes() == second.read_bytes()
    assert run("report", "--format", form).stdout.encode() == first.read_bytes()
    if form == "json":
        assert first.read_bytes() == saved


def test_a_record_is_found_by_the_beginning_of_its_id_and_by_its_file(run: Callable[..., Result]) -> None:
    path = save("yn", day="2026-10-01")
    save("yyn", day="2026-10-02")
    for name in (path.stem, "2026-10-01", str(path)):
        assert json.loads(run("report", name, "--format", "json").stdout)["id"] == path.stem


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("2026-10", "2 records begin with `2026-10`; give more of the id."),
        ("nope", "There is no record `nope`; `pltool history` shows the ids."),
        ("../../etc/passwd", "is no id of a record"),
        ("/etc/passwd", "is no id of a record"),
        ("..", "is no id of a record"),
        ("missing.json", "There is no record"),
    ],
)
def test_a_name_never_leaves_the_folder(run: Callable[..., Result], name: str, message: str) -> None:
    save("yn", day="2026-10-01")
    save("yyn", day="2026-10-02")
    result = run("report", name)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_without_records_it_says_how_to_begin(run: Callable[..., Result]) -> None:
    result = run("report")
    assert result.exit_code == 2
    assert "There are no saved records yet. Begin with: pltool reflect MODEL" in result.stderr


def test_a_broken_record_is_reported_and_the_next_one_shown(run: Callable[..., Result], home: Path) -> None:
    save("yn")
    broken = home / "reflections" / "2026-12-01-broken.json"
    broken.write_text("{", encoding="utf-8")
    result = run("report")
    assert result.exit_code == 0
    assert "Foundation, step 2" in result.stdout
    assert str(broken) in result.stderr
    by_name = run("report", "2026-12-01-broken")
    assert by_name.exit_code == 2
    assert "is no record of pltool" in by_name.stderr
    assert broken.read_text(encoding="utf-8") == "{"


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
@pytest.mark.parametrize("kind", ["reflection", "observation"])
def test_a_record_that_names_no_phases_is_reported_without_their_table(
    run: Callable[..., Result], form: str, kind: str
) -> None:
    path = save("yyn", phases=(), kind=kind)
    ran = run("report", str(path), "--format", form)
    assert ran.exit_code == 0
    assert STEPS[2] in " ".join(ran.stdout.replace("\\", "").split())
    assert "All together" not in ran.stdout
    assert "Beyond the pause" not in ran.stdout


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("--agree", "Invite a colleague"), "The next step is not kept: "),
        (("--amend", "classroom=Room 8", "--because", "a slip"), "The correction is not kept: "),
    ],
)
def test_what_cannot_be_kept_is_a_failure_and_the_record_stays(
    run: Callable[..., Result],
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    what: str,
) -> None:
    assert run("reflect", "station-rotation", lines="y\nn\n").exit_code == 0
    (path,) = (home / "reflections").glob("*.json")
    before = path.read_bytes()

    def full(path: Path, _: object, **__: object) -> None:
        raise StorageError(f"{path} cannot be written: No space left on device.")

    monkeypatch.setattr("pltool.files.records.write_atomically", full)
    ran = run("report", *arguments)
    assert ran.exit_code == 1
    assert ran.stdout == ""
    said = " ".join(ran.stderr.split())
    assert (
        said
        == f"pltool: {what}{path} cannot be written: No space left on device. The record stays as it was."
    )
    assert path.read_bytes() == before


def test_a_record_is_not_changed_into_one_too_large_to_be_read_again(
    run: Callable[..., Result], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("reflect", "station-rotation", lines="y\nn\n").exit_code == 0
    (path,) = (home / "reflections").glob("*.json")
    before = path.read_bytes()
    monkeypatch.setattr("pltool.files.records.MAX_BYTES", len(before) + 100)
    ran = run("report", "--agree", "long " * 100)
    assert ran.exit_code == 1
    assert "would be larger than" in ran.stderr
    assert path.read_bytes() == before


def test_what_was_carried_over_and_agreed_stands_in_the_report(run: Callable[..., Result]) -> None:
    path = save(
        "yyn",
        follow_up=FollowUp(record="x", text="Post the agenda", outcome="going_on"),
        next_step=NextStep(text="Print it", look_again="2026-10-21"),
    )
    record = json.loads(path.read_text(encoding="utf-8"))
    record["answers"][0]["carried_from"] = record["answers"][1]["carried_from"] = "2026-09-30"
    path.write_text(json.dumps(record), encoding="utf-8")
    text = " ".join(run("report").stdout.split())
    assert "Carried over: 2 answers from September 30, 2026" in text
    assert "Agreed before: “Post the agenda” (going on)" in text
    assert "Print it Look again on: Wednesday, October 21, 2026" in text


def test_a_next_step_can_be_noted_afterwards_also_where_everything_is_in_place(
    run: Callable[..., Result],
) -> None:
    path = save("y" * 34)
    assert run("report", "--agree", "Invite a colleague", "--look-again", "2030-01-07").exit_code == 0
    assert json.loads(path.read_text(encoding="utf-8"))["next_step"]["look_again"] == "2030-01-07"
    assert "Invite a colleague" in run("report").stdout


_PLAN = ("--when", "Friday", "--if", "on Monday", "--with", "Mr. O", "--look-again", "2030-01-07")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--agree", "Say it twice", "--look-again", "2030-01-14"),
        ("--agree", " Say it twice ", "--look-again", "2030-01-14"),
        ("--look-again", "2030-01-14"),
    ],
)
def test_what_is_not_named_of_a_plan_is_kept(run: Callable[..., Result], arguments: tuple[str, ...]) -> None:
    path = save("yyn")
    assert run("report", "--agree", "Say it twice", *_PLAN).exit_code == 0
    planned = json.loads(path.read_text(encoding="utf-8"))["next_step"]
    assert run("report", *arguments).exit_code == 0
    record = json.loads(path.read_text(encoding="utf-8"))
    moved = {**planned, "look_again": "2030-01-14", "agreed": record["next_step"]["agreed"]}
    assert record["next_step"] == moved
    assert record["earlier_next_steps"] == []


def test_part_of_a_plan_can_be_taken_away(run: Callable[..., Result]) -> None:
    path = save("yyn")
    assert run("report", "--agree", "Say it twice", *_PLAN).exit_code == 0
    assert run("report", "--when", "", "--with", "").exit_code == 0
    step = json.loads(path.read_text(encoding="utf-8"))["next_step"]
    assert (step["when"], step["try_on"], step["partner"]) == (None, None, None)
    assert step["if_in_the_way"] == "on Monday"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--look-again", "7"), "No next step was agreed on this record."),
        (("--agree", " "), "--agree needs some text."),
        (
            ("--agree", "x", "--look-again", "soon"),
            "“soon” is not a day pltool can read; write it as 2026-12-07, 12/7",
        ),
        (
            ("--agree", "x", "--look-again", "2020-01-01"),
            "Wednesday, January 1, 2020, has passed; give a day from today on.",
        ),
    ],
)
def test_a_step_that_cannot_be_noted_changes_nothing(
    run: Callable[..., Result], arguments: tuple[str, ...], message: str
) -> None:
    path = save("yn")
    before = path.read_bytes()
    result = run("report", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert path.read_bytes() == before


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_one_file_without_scripts(run: Callable[..., Result]) -> None:
    save("yyn", classroom="<script>alert(1)</script><img src=x onerror=alert(1)>")
    text = run("report", "--format", "html").stdout
    page = Page(text)
    assert page.open == []
    assert not {"script", "img", "link", "iframe"} & set(page.tags)
    assert all(address.startswith("https://") for address in page.addresses)
    assert "url(" not in text
    assert "@import" not in text
    assert page.tags.count("h1") == 1
    assert 'lang="en"' in text
    assert 'name="viewport"' in text
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch(r"h\d", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def contrast(first: str, second: str) -> float:
    """The ratio of WCAG 2 between two colors."""

    def luminance(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_color_of_text_stands_out_from_the_paper(run: Callable[..., Result]) -> None:
    save("yyn")
    style = run("report", "--format", "html").stdout.split("</style>")[0]
    colors = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", style))
    assert {"ink", "soft", "accent", "here"} <= set(colors)
    for name in ("ink", "soft", "accent", "here"):
        assert contrast(colors[name], "#ffffff") >= 4.5, name


def test_a_record_with_only_the_keys_of_the_contract_can_be_reported(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    record = {
        "format": "pltool.reflection/1",
        "id": "from-elsewhere",
        "kind": "reflection",
        "model": {"id": "station-rotation", "title": "Station Rotation", "version": "1.0"},
        "classroom": None,
        "school": None,
        "observer": None,
        "started": "2026-11-23T14:03:11+00:00",
        "finished": "2026-11-23T14:09:00+00:00",
        "status": "paused",
        "provisional": False,
        "counts": {
            "in_place": 1,
            "not_yet": 1,
            "not_seen": 0,
            "beyond_pause": 0,
            "not_reached": 32,
            "total": 34,
        },
        "phases": [{"id": "foundation", "title": "Foundation", "in_place": 1, "total": 11}],
        "pause": {
            "id": "rotation-agenda",
            "number": 2,
            "phase": "foundation",
            "area": "planning",
            "actor": "teacher",
            "action": "The teacher posts an agenda.",
            "in_practice_when": ["It is up."],
            "look_fors": ["A slide."],
            "strands": ["routines-and-procedures"],
            "next_moves": [{"move": "Post it.", "looks_like": "On Monday it is up."}],
            "coaching_questions": ["What changed?"],
            "resources": [
                {
                    "id": "a-page",
                    "title": "A page",
                    "publisher": "Somebody",
                    "url": "https://example.org/",
                    "about": "Shows one.",
                    "seen": True,
                }
            ],
        },
        "answers": [
            {"step": "two-group-plans", "asked": "Plans.", "answer": "in_place", "evidence": []},
            {"step": "rotation-agenda", "asked": "The teacher posts an agenda.", "answer": "not_yet"},
        ],
        "next_step": None,
        "a_later_key": 1,
    }
    path = tmp_path / "record.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    result = run("report", str(path), "--format", "markdown")
    assert result.exit_code == 0, result.stderr
    assert "[A page](https://example.org/)" in result.stdout


def test_a_record_is_amended_and_every_form_says_so(run: Callable[..., Result]) -> None:
    path = save("yyn", classroom="Period 3")
    arguments = (
        "--amend",
        "foundation-2=not yet",
        "--amend",
        "classroom=Period 4",
        "--because",
        "the wrong class",
    )
    assert run("report", path.stem, *arguments).exit_code == 0
    for form in ("text", "markdown", "html"):
        said = run("report", "--format", form).stdout
        for words in ("Amended", "the wrong class", "Period 3", "Period 4"):
            assert words in said, (form, words)
    data = json.loads(run("report", "--format", "json").stdout)
    assert data["pause"]["number"] == 2
    assert data["amended"][0]["before"]["classroom"] == "Period 3"
    assert "amended" in run("history").stdout.lower()
    assert json.loads(run("history", "--format", "json").stdout)[0]["amended"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--amend", "classroom=x"), "--amend needs a reason"),
        (("--because", "x"), "--because goes with --amend"),
        (("--amend", "classroom", "--because", "x"), "“classroom” is no correction"),
        (("--amend", "foundation-1=perhaps", "--because", "x"), "“perhaps” is no answer"),
        (("--amend", "foundation-1=x", "--because", "x"), "Say why `foundation-1` cannot apply"),
        (("--amend", "foundation-1=yes: so", "--because", "x"), "A reason goes with does_not_apply only"),
        (("--amend", "foundation-1:felt=x", "--because", "x"), "`felt` is no kind of evidence"),
        (("--amend", "foundation-1:saw=", "--because", "x"), "needs some text"),
        (("--amend", "nowhere=yes", "--because", "x"), "has no step `nowhere`"),
        (("--amend", "foundation-1=yes", "--because", "x"), "says already"),
    ],
)
def test_a_correction_that_is_not_understood_changes_nothing(
    run: Callable[..., Result], arguments: tuple[str, ...], message: str
) -> None:
    path = save("yyn")
    before = path.read_bytes()
    result = run("report", *arguments)
    assert (result.exit_code, path.read_bytes()) == (2, before)
    assert message in result.stderr
