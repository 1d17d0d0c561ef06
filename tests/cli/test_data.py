"""`data` shows what is stored, and deletes what was named and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pltool.core.draft import Draft, DraftAnswer
from pltool.core.record import Labels
from pltool.core.standing import Answer
from pltool.files.drafts import DraftFile
from tests.saved import save
from tests.terminal.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result


def save_draft(day: str, classroom: str | None = None) -> Path:
    moment = f"{day}T08:00:00+00:00"
    draft = Draft(
        id=f"{day}-080000-flex-d00000",
        model="flex",
        labels=Labels(classroom=classroom),
        started=moment,
        updated=moment,
        answers={"x": DraftAnswer(answer=Answer.IN_PLACE, at=moment)},
    )
    file = DraftFile(draft.id)
    file.save(draft)
    return file.path


@pytest.fixture
def stored(home: Path) -> dict[str, Path]:
    """Two classes and two months, drafts, something broken, and files of somebody else's."""
    files = {
        "september-3": save("yn", day="2026-09-01", classroom="Period 3"),
        "september-4": save("yn", day="2026-09-02", classroom="Period 4"),
        "october-3": save("yn", day="2026-10-01", classroom="Period 3"),
        "october": save("yn", day="2026-10-02"),
        "draft-3": save_draft("2026-09-03", "Period 3"),
        "draft": save_draft("2026-10-03"),
        "broken": home / "reflections" / "2026-09-09-broken.json",
        "theirs": home / "drafts" / "notes.txt",
        "above": home / "shopping.json",
    }
    for name in ("broken", "theirs", "above"):
        files[name].write_text("{ milk", encoding="utf-8")
    return files


def remaining(stored: dict[str, Path]) -> set[str]:
    return {name for name, path in stored.items() if path.exists()}


@pytest.mark.parametrize(
    ("arguments", "gone"),
    [
        (("--classroom", "Period 3"), {"september-3", "october-3", "draft-3"}),
        (("--before", "2026-10-01"), {"september-3", "september-4", "draft-3"}),
        (("--before", "2026-10-01", "--classroom", "Period 3"), {"september-3", "draft-3"}),
        (("2026-10-02",), {"october"}),
        (("--all",), {"september-3", "september-4", "october-3", "october", "draft-3", "draft", "broken"}),
        (("--classroom", "Period 9"), set()),
        (("--before", "2020-01-01"), set()),
    ],
)
def test_it_deletes_what_was_named_and_nothing_else(
    run: Callable[..., Result], stored: dict[str, Path], arguments: tuple[str, ...], gone: set[str]
) -> None:
    result = run("data", "delete", *arguments, "--yes")
    assert result.exit_code == 0
    assert remaining(stored) == set(stored) - gone
    assert {name for name in stored if str(stored[name]) in result.stderr.replace("pltool: ", "")} >= gone


def test_everything_takes_what_killed_writes_left_too(run: Callable[..., Result], home: Path) -> None:
    save("yn")
    left = [
        home / "reflections" / ".2026-09-01-x.json.abc.part",
        home / "drafts" / ".y.json.abc.part",
        home / "drafts" / "y.lock",
        home / "drafts" / "z.unreadable",
    ]
    (home / "drafts").mkdir(exist_ok=True)
    for path in left:
        path.write_text("an answer", encoding="utf-8")
    assert run("data", "delete", "--all", "--yes").exit_code == 0
    assert not [path for path in home.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Say what to delete"),
        (("--all", "--classroom", "x"), "Say what to delete"),
        (("2026-09-01", "--all"), "Say what to delete"),
        (("2026", "--yes"), "records begin with `2026`"),
        (("../shopping", "--yes"), "is no id of a record"),
        (("shopping", "--yes"), "There is no record `shopping`"),
        (("--before", "October", "--yes"), "“October” is no date; write it as 2026-08-01."),
        (("--all",), "Nobody can be asked here; add --yes to delete without a question."),
    ],
)
def test_an_unclear_wish_deletes_nothing(
    run: Callable[..., Result], stored: dict[str, Path], arguments: tuple[str, ...], message: str
) -> None:
    result = run("data", "delete", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert remaining(stored) == set(stored)


def test_a_draft_that_names_another_file_leads_nowhere(
    run: Callable[..., Result], stored: dict[str, Path], home: Path
) -> None:
    draft = json.loads(stored["draft"].read_text(encoding="utf-8"))
    draft["id"] = "../shopping"
    (home / "drafts" / "evil.json").write_text(json.dumps(draft), encoding="utf-8")
    assert run("data", "delete", "--before", "2027-01-01", "--yes").exit_code == 0
    assert stored["above"].exists()


def test_it_shows_what_will_go_and_asks(stored: dict[str, Path]) -> None:
    for key, status, left in (("k", 1, len(stored)), ("\x03", 130, len(stored)), ("d", 0, len(stored) - 3)):
        with Window("data", "delete", "--classroom", "Period 3", columns=160) as window:
            window.wait_for("d delete 3 files k keep")
            for name in ("september-3", "october-3", "draft-3"):
                assert stored[name].name in window.shown
            window.press("\r")
            assert remaining(stored) == set(stored)
            window.press(key)
            assert window.end() == status
        assert len(remaining(stored)) == left


def test_where_counts_what_is_stored(run: Callable[..., Result], stored: dict[str, Path], home: Path) -> None:
    found = json.loads(run("data", "where", "--format", "json").stdout)
    assert found["folder"] == str(home)
    assert (found["records"]["count"], found["drafts"]["count"]) == (5, 2)
    assert found["bytes"] == sum(
        path.stat().st_size for name, path in stored.items() if name not in {"theirs", "above"}
    )
    text = run("data", "where").stdout
    assert "5 records" in text
    assert "Nothing is stored anywhere else." in text


def test_records_are_for_their_owner_alone(home: Path) -> None:
    path, draft = save("yn"), save_draft("2026-10-03")
    assert [file.stat().st_mode & 0o777 for file in (path, draft)] == [0o600, 0o600]
    assert (home / "reflections").stat().st_mode & 0o777 == 0o700


def test_where_names_copies_and_what_it_cannot_read(run: Callable[..., Result], home: Path) -> None:
    path = save("yn")
    path.with_name(f"{path.stem} (conflicted copy).json").write_bytes(path.read_bytes())
    (home / "reflections" / "later.json").write_text('{"format": "pltool.reflection/2"}', encoding="utf-8")
    result = run("data", "where")
    assert "3 records; 1 copy of others among them, which counts once" in result.stdout
    assert "later.json is of a later format" in result.stderr


def test_a_draft_of_a_later_format_stays_where_it_is(run: Callable[..., Result], home: Path) -> None:
    (home / "drafts").mkdir(parents=True)
    for name, content in (("later", '{"format": "pltool.draft/2"}'), ("broken", "{")):
        (home / "drafts" / f"{name}.json").write_text(content, encoding="utf-8")
    for command in (("data", "delete", "--classroom", "x", "--yes"), ("data", "where"), ()):
        result = run(*command)
        assert sorted(path.name for path in (home / "drafts").iterdir()) == ["broken.json", "later.json"]
    assert result.exit_code == 0


def test_a_record_goes_with_all_its_copies_and_a_folder_stops_nothing(
    run: Callable[..., Result], home: Path
) -> None:
    path = save("yn")
    copy = path.with_name("copy.json")
    copy.write_bytes(path.read_bytes())
    (home / "reflections" / "folder.json").mkdir()
    assert run("data", "delete", path.stem, "--yes").exit_code == 0
    assert not path.exists()
    assert not copy.exists()
    other = save("yyn")
    result = run("data", "delete", "--all", "--yes")
    assert not other.exists()
    assert result.exit_code == 1
    assert "folder.json cannot be deleted" in result.stderr
