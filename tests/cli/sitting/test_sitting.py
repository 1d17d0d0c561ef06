"""Whatever happens in a sitting, and at whichever prompt, nothing that was said is lost, and the person is told."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from pltool.core.record import Labels, NextStep
from pltool.core.standing import Answer
from pltool.files.records import save_record
from tests.cli.sitting.scripted import WAYS_OUT, Line, Stage
from tests.sealed import seal

if TYPE_CHECKING:
    from pathlib import Path


IN_A_WEEK = (date.today() + timedelta(days=7)).isoformat()  # noqa: DTZ011 - the person's own day
# From the choice of a model to another file's name, through every prompt that there is on the way.
REFLECTION = (
    Line("small"),
    "y", "x", Line("no devices"), "?", "b", "x", Line(""), "x", Line("no devices here"), "y", "n",
    "c", Line("1"), "y", "c", Line("nonsense"), "b", "n", " ",
    "w", Line("Talk to the team"), Line("Friday in period 3"), Line("then on Monday"), Line("Ana"), Line("soon"), Line("7"),
    Line("~nobody-here/x.md"), Line("taken.md"), "o", Line("other.md"),
)  # fmt: skip
LAST_TIME = ("d", Line("three times"), Line("It worked"))  # the step agreed last time; asked after the model
OBSERVATION = (
    "y", "q", "a", Line("small"),
    Line("Room 7"),
    "y", "e", "w", Line("Cards on the wall"), "e", "h", Line("Ask three before me"),
    "e", "c", Line("1"), Line("Cards on each table"), "e", "d", Line("2"), "e", "b", "?", "s",
    "x", Line("no devices"), "n", " ",
    "n", Line("tiny"),
    "t", Line("Try cards"), Line("next time"), Line(""), Line("Ana"), Line("7"),
    Line("other.html"),
)  # fmt: skip
NO_PLAN = [Line("")] * 4  # when, what may come in the way, who, and the day to look again
SCRIPTS = {"reflection": (REFLECTION[0], *LAST_TIME, *REFLECTION[1:]), "observation": OBSERVATION}
WITHOUT_LAST_TIME = {"reflection": REFLECTION, "observation": OBSERVATION}
COMMANDS = {"reflection": "reflect", "observation": "observe"}


def every_prompt(scripts: dict[str, tuple[str, ...]]) -> list[tuple[str, int]]:
    return [(kind, number) for kind, script in scripts.items() for number in range(len(script))]


def save_last_time(stage: Stage) -> None:
    """A reflection of an earlier day, with a step that was agreed on."""
    progression = stage.library.progression("small")
    record = seal(
        progression,
        {"step-1": Answer.IN_PLACE, "step-2": Answer.NOT_YET},
        bank=stage.library.bank,
        record_id="2026-01-05-080000-small-abcdef",
        started="2026-01-05T08:00:00+00:00",
        finished="2026-01-05T08:10:00+00:00",
        next_step=NextStep(text="Make cards", look_again=None),
        labels=Labels(),
    )
    save_record(record)


def setting(stage: Stage) -> dict[str, Any]:
    """What the scripts expect to be there, and what the command line says."""
    (stage.folder / "taken.md").write_text("mine", encoding="utf-8")
    (stage.folder / "file").write_text("", encoding="utf-8")
    return {"model": None, "format_": "markdown", "output": stage.folder / "file" / "report.md"}


def no_ids(kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in one.items() if key != "id"} for one in kept]


@pytest.mark.parametrize("kind", SCRIPTS)
def test_a_script_through_every_prompt_reaches_its_end(stage: Stage, kind: str) -> None:
    save_last_time(stage)
    played = stage.play(kind, *SCRIPTS[kind], **setting(stage))
    assert played.status == 0
    assert len(played.prompts) == len(SCRIPTS[kind])
    *_, record = stage.records()
    assert record["kind"] == kind
    assert record["next_step"]["look_again"] == IN_A_WEEK
    assert "cannot be written" in played.said
    assert "Saved as" in played.said
    assert (stage.drafts(), stage.left_behind()) == ([], [])
    if kind == "reflection":
        assert record["follow_up"]["outcome"] == "done"
        assert "“soon”" in played.said
        assert "names a home that is not there" in played.said
        assert "Talk to the team" in (stage.folder / "other.md").read_text(encoding="utf-8")
        assert (stage.folder / "taken.md").read_text(encoding="utf-8") == "mine"
    else:
        assert record["model_at_end"] == "tiny"
        assert record["classroom"] == "Room 7"
        assert "Try cards" in (stage.folder / "other.html").read_text(encoding="utf-8")
        (noted,) = [one["evidence"] for one in record["answers"] if one["evidence"]]
        assert noted == [{"kind": "saw", "note": "Cards on each table"}]


@pytest.mark.parametrize("way", WAYS_OUT)
@pytest.mark.parametrize(("kind", "number"), every_prompt(SCRIPTS))
def test_leaving_at_any_prompt_loses_nothing_and_says_what_is_kept(
    stage: Stage, kind: str, number: int, way: str
) -> None:
    save_last_time(stage)
    leaves, status = WAYS_OUT[way]
    before: list[list[dict[str, Any]]] = []

    def look(prompt: int) -> None:
        if prompt == number:
            before.append(stage.kept())

    played = stage.play(kind, *SCRIPTS[kind][:number], leaves=leaves, before_each=look, **setting(stage))
    # The file asked for is never written here, so that the end of input is a failure after the record too.
    assert played.status == status
    assert no_ids(stage.kept()) == no_ids(before[0])
    assert stage.left_behind() == []
    if len(stage.records()) > 1:
        assert "Saved as" in played.said
        assert stage.drafts() == []
    elif stage.drafts():
        assert f"kept; pltool {COMMANDS[kind]} small goes on from there." in played.said
    else:
        assert "Stopped." in played.said or "The input ended" in played.said


@pytest.mark.parametrize("way", WAYS_OUT)
@pytest.mark.parametrize("kind", SCRIPTS)
def test_leaving_where_a_class_is_asked_for_leaves_nothing_behind(stage: Stage, kind: str, way: str) -> None:
    answer = ("y", "l", Line("")) if kind == "observation" else ("s",)
    stage.play(kind, "n", " ", *answer, labels=Labels(classroom="Period 3"))
    leaves, status = WAYS_OUT[way]
    script = (Line("2"), Line("Perio 3"), "n")
    for number in range(len(script)):
        played = stage.play(kind, *script[:number], leaves=leaves)
        assert played.status == status
        assert (len(stage.records()), stage.drafts(), stage.left_behind()) == (1, [], [])
    played = stage.play(kind, *script, "n", " ", *answer)
    assert played.status == 0
    assert {record["classroom"] for record in stage.records()} == {"Period 3", "Perio 3"}


@pytest.mark.parametrize("way", WAYS_OUT)
@pytest.mark.parametrize(("kind", "number"), every_prompt(WITHOUT_LAST_TIME))
def test_leaving_at_any_prompt_where_nothing_can_be_written_says_so(
    stage: Stage, kind: str, number: int, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = setting(stage)
    monkeypatch.setenv("PLTOOL_HOME", str(stage.folder / "file" / "home"))
    leaves, status = WAYS_OUT[way]
    script = WITHOUT_LAST_TIME[kind][:number]
    played = stage.play(kind, *script, leaves=leaves, **asked)
    assert played.status == status
    given = script[script.index(Line("Room 7")) :] if Line("Room 7") in script else script[1:]
    if "y" in given if kind == "reflection" else "y" in given or "e" in given:
        assert "cannot be saved" in played.said
    assert "Saved as" not in played.said
    assert " kept; " not in played.said


@pytest.mark.parametrize("kind", SCRIPTS)
@pytest.mark.parametrize("home", ["a file in the way", "a name too long", "a link to itself"])
def test_where_nothing_can_be_saved_the_report_can_be_written_elsewhere(
    stage: Stage, kind: str, home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {"a file in the way": "file/home", "a name too long": "h" * 300, "a link to itself": "loop"}
    (stage.folder / "file").write_text("", encoding="utf-8")
    if home == "a link to itself":
        (stage.folder / "loop").symlink_to(stage.folder / "loop")
    monkeypatch.setenv("PLTOOL_HOME", str(stage.folder / names[home]))
    script = {
        "reflection": ("y", "n", " ", "w", Line("Try it"), *NO_PLAN, Line("mine.json")),
        "observation": (Line(""), "y", "n", " ", "y", "t", Line("Try it"), *NO_PLAN, Line("mine.json")),
    }[kind]
    played = stage.play(kind, *script)
    assert played.status == 0
    assert "is not saved" in played.said
    record = json.loads((stage.folder / "mine.json").read_text(encoding="utf-8"))
    assert record["next_step"]["text"] == "Try it"
    nothing = stage.play(kind, *script[:-1], Line(""))
    assert nothing.status == 1
    for leaves, status in WAYS_OUT.values():
        assert stage.play(kind, *script[: len(script) - 9], leaves=leaves).status == status


@pytest.mark.parametrize("kind", SCRIPTS)
@pytest.mark.parametrize(
    "name",
    ["~nobody-here/x.md", "x" * 300 + ".md", "nul\0.md", "folder", "folder.md", "locked/x.md", "file/x.md",
     "report.exe", "\x1b]0;title\x07.exe"],
)  # fmt: skip
def test_any_text_for_a_name_is_survived_and_asked_again(
    stage: Stage, kind: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (stage.folder / "file").write_text("", encoding="utf-8")
    for folder in ("folder", "folder.md"):
        (stage.folder / folder).mkdir()
    locked = stage.folder / "locked"
    looked = type(locked).exists

    def exists(path: Path, **options: Any) -> bool:
        if path.parent.name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return looked(path, **options)

    monkeypatch.setattr(type(locked), "exists", exists)
    monkeypatch.setenv("PLTOOL_HOME", str(stage.folder / "file" / "home"))
    script = {
        "reflection": ["y", "n", " ", "s"],
        "observation": [Line(""), "y", "n", " ", "y", "l"],
    }[kind]
    replaces = ["r"] if name == "folder.md" else []
    played = stage.play(kind, *script, Line(name), *replaces, Line("fine.md"))
    assert played.status == 0
    assert (stage.folder / "fine.md").exists()
    assert "\x1b" not in played.said
    assert "PosixPath" not in played.said
    assert stage.play(kind, *script, Line(name), *replaces).status == 1
