"""What is taken in or along arrives whole, each record once, and never over a later version."""

from __future__ import annotations

import io
import json
import time
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from pltool.core.record import Evidence, NextStep, record_json
from pltool.files.records import read_record, save_record
from tests.cli.test_data import save_draft
from tests.saved import make_record, save

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

Move = "Callable[[], Path]"


@pytest.fixture
def other_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Moves to another computer, where nothing is stored."""

    def move() -> Path:
        monkeypatch.setenv("PLTOOL_HOME", str(tmp_path / "other"))
        return tmp_path / "other"

    return move


def names(home: Path) -> set[str]:
    return {str(path.relative_to(home)) for path in home.rglob("*.json")}


def test_what_is_exported_is_imported_as_it_was(
    run: Callable[..., Result], home: Path, tmp_path: Path, other_home: Callable[[], Path]
) -> None:
    for day, room in enumerate(("Period 3", "Period 5", "period 3"), 1):
        save("yn", day=f"2026-10-{day:02}", classroom=room)
    path = save("yyn", day="2026-10-09")
    path.write_text(
        path.read_text(encoding="utf-8").replace('"pause"', '"mood": "calm",\n  "pause"'), encoding="utf-8"
    )
    save_draft("2026-10-03", "Period 3")
    (home / "reflections" / "later.json").write_text('{"format": "pltool.reflection/2"}', encoding="utf-8")
    archive = tmp_path / "mine.zip"
    result = run("data", "export", str(archive))
    assert result.exit_code == 0, result.stderr
    assert "4 records and 1 draft" in result.stderr
    assert archive.stat().st_mode & 0o777 == 0o600
    other = other_home()
    result = run("data", "import", str(archive))
    assert result.exit_code == 1
    assert "later.json is of a later format" in result.stderr
    assert result.stdout.count("new: ") == 5
    assert names(other) == names(home) - {"reflections/later.json"}
    assert json.loads((other / "reflections" / path.name).read_text(encoding="utf-8"))["mood"] == "calm"
    assert (other / "reflections" / path.name).stat().st_mode & 0o777 == 0o600
    assert run("data", "import", str(archive)).stdout.count("same: ") == 5


def test_a_classroom_alone_is_taken_along(
    run: Callable[..., Result], home: Path, tmp_path: Path, other_home: Callable[[], Path]
) -> None:
    save("yn", day="2026-10-01", classroom="Period 3")
    save("yn", day="2026-10-02", classroom="Period 5")
    save_draft("2026-10-03", "PERIOD 3")
    save_draft("2026-10-04", "Period 5")
    assert run("data", "export", str(tmp_path / "3.zip"), "--classroom", "period 3").exit_code == 0
    other = other_home()
    run("data", "import", str(tmp_path / "3.zip"))
    assert len(names(other)) == 2
    assert names(other) < names(home)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("mine.tar",), "the name of an archive ends in .zip"),
        (("there.zip",), "is there already; give another name, or add --force."),
        (("nowhere/x.zip",), "is no folder"),
        (("x.zip", "--classroom", "Period 9"), "There is nothing of the classroom “Period 9” to export."),
    ],
)
def test_an_export_that_cannot_be_is_refused(
    run: Callable[..., Result], tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    save("yn")
    (tmp_path / "there.zip").write_bytes(b"theirs")
    result = run("data", "export", str(tmp_path / arguments[0]), *arguments[1:])
    assert (result.exit_code, (tmp_path / "there.zip").read_bytes()) == (2, b"theirs")
    assert message in result.stderr


def test_the_export_never_lies_in_what_it_packs(run: Callable[..., Result], home: Path) -> None:
    save("yn")
    assert "give a name outside of it" in run("data", "export", str(home / "x.zip")).stderr


def write(path: Path, *records: Any) -> str:
    data = [json.loads(record_json(record)) for record in records]
    path.write_text(json.dumps(data if len(data) > 1 else data[0]), encoding="utf-8")
    return str(path)


def test_each_record_is_called_new_the_same_newer_or_older(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    here = [make_record("yn", day=f"2026-10-{day:02}") for day in (1, 2, 3)]
    for record in here:
        save("yn", day=record.date)
    newer = replace(here[1], next_step=NextStep(text="x"), revised="2026-11-01T08:00:00+00:00")
    older = replace(here[2], finished="2026-10-03T13:00:00+00:00", next_step=NextStep(text="theirs"))
    fresh = make_record("yyn", day="2026-10-09")
    result = run("data", "import", write(tmp_path / "list.json", here[0], newer, older, fresh))
    assert result.exit_code == 0
    said = [line.partition(":")[0] for line in result.stdout.splitlines() if not line.startswith(" ")]
    assert said == ["same", "newer", "older", "new"]
    assert (
        "The version here lacks what this one says: “theirs”. Keep the file if you need it." in result.stdout
    )
    folder = save("yn", day="2026-10-03").parent
    assert read_record(folder / f"{newer.id}.json").next_step is not None
    assert read_record(folder / f"{older.id}.json").next_step is None
    assert read_record(folder / f"{fresh.id}.json") == fresh


def test_a_later_version_that_lacks_a_correction_made_here_leaves_it_beside(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """Two computers each changed their copy: what was said on one of them only is named, and stays."""
    path = save("yyn")
    there = write(tmp_path / "there.json", replace(read_record(path), revised="2099-01-01T08:00:00+00:00"))
    assert run("report", "--amend", "foundation-2=not_yet", "--because", "I misread it").exit_code == 0
    corrected = read_record(path)
    result = run("data", "import", there)
    beside = path.with_name(f"{path.stem}-2.json")
    assert (
        f"It lacks what was said here: “I misread it”. The version that was here stays beside it:\n  {beside}\n"
        in (result.stdout)
    )
    assert read_record(beside) == corrected
    assert read_record(path).revised == "2099-01-01T08:00:00+00:00"
    assert "1 copy of others" in run("data", "where").stdout


@pytest.mark.parametrize("later", ["here", "there"])
def test_a_class_renamed_on_one_computer_keeps_its_name_whichever_version_is_later(
    run: Callable[..., Result], tmp_path: Path, later: str
) -> None:
    path = save("yyn", classroom="Period 5")
    before = read_record(path)
    assert run("data", "rename", "--classroom", "period 5", "Block B").exit_code == 0
    renamed = read_record(path)
    changed = replace(before, revised="2099-01-01T08:00:00+00:00")
    if later == "here":
        save_record(changed)
    result = run("data", "import", write(tmp_path / "x.json", renamed if later == "here" else changed))
    assert "Its class is called “Block B” from now on." in result.stdout
    taken = read_record(path)
    assert (taken.classroom, taken.former_classrooms) == ("Block B", ("Period 5",))
    assert taken.revised == changed.revised
    again = replace(taken, classroom="Period 5", former_classrooms=("Period 5", "Block B"))
    run("data", "import", write(tmp_path / "back.json", replace(again, revised="2099-02-01T08:00:00+00:00")))
    assert read_record(path).classroom == "Period 5", "named back on purpose"


def test_a_record_taken_in_keeps_its_keys_and_lands_beside_what_cannot_be_read(
    run: Callable[..., Result], home: Path, tmp_path: Path
) -> None:
    record = make_record("yn")
    (home / "reflections").mkdir(parents=True)
    broken = home / "reflections" / f"{record.id}.json"
    broken.write_text("{ half", encoding="utf-8")
    data = json.loads(record_json(record)) | {"mood": "calm"}
    (tmp_path / "r.json").write_text(json.dumps(data), encoding="utf-8")
    assert run("data", "import", str(tmp_path / "r.json")).exit_code == 0
    assert broken.read_text(encoding="utf-8") == "{ half"
    assert json.loads((home / "reflections" / f"{record.id}-2.json").read_text(encoding="utf-8")) == data


@pytest.mark.parametrize("identity", ["../evil", "a/b", "", ".hidden", "x" * 300, "C:\\x", "nul\x00"])
def test_an_id_leads_nowhere(run: Callable[..., Result], home: Path, tmp_path: Path, identity: str) -> None:
    before = set(tmp_path.parent.rglob("*"))
    result = run("data", "import", write(tmp_path / "r.json", make_record("yn", id=identity)))
    assert result.exit_code == 2
    assert "an id that cannot name a file" in result.stderr
    assert set(tmp_path.parent.rglob("*")) - before <= {tmp_path, tmp_path / "r.json"}
    assert not list(home.rglob("*.json"))


def test_one_bad_file_does_not_stop_the_others(run: Callable[..., Result], tmp_path: Path) -> None:
    good = write(tmp_path / "good.json", make_record("yn"))
    bad = tmp_path / "bad.json"
    bad.write_text("[1, null, {}, []]", encoding="utf-8")
    result = run("data", "import", str(bad), str(tmp_path / "missing.json"), good)
    assert result.exit_code == 1
    assert result.stdout.startswith("new: ")
    assert result.stderr.count("pltool: ") == 5
    assert "5 things could not be taken in" in result.stderr
    assert run("data", "import", str(bad)).exit_code == 2


def archive_of(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_archives_are_read_and_never_unpacked(run: Callable[..., Result], home: Path, tmp_path: Path) -> None:
    record = record_json(make_record("yn")).encode()
    path = tmp_path / "a.zip"
    path.write_bytes(
        archive_of(**{"../../../evil.json": record, "/etc/x.txt": b"x", "__MACOSX/._a.json": b"x"})
    )
    result = run("data", "import", str(path))
    assert result.exit_code == 1
    assert "/etc/x.txt is neither a record nor a draft" in result.stderr
    assert [file.name for file in home.rglob("*.json")] == [f"{make_record('yn').id}.json"]
    assert not (tmp_path.parent.parent.parent / "evil.json").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and no more",
        archive_of(**{"a.json": b"{}"})[:-30],
        archive_of(**{"a.json": b" " * (70 << 20)}),
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
    ],
    ids=lambda content: str(len(content)),
)
def test_what_holds_no_records_is_said_in_a_sentence(
    run: Callable[..., Result], home: Path, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    result = run("data", "import", str(tmp_path / "x.zip"))
    assert result.exit_code == 2
    assert result.stderr.count("pltool: ") == 1
    assert not list(home.rglob("*.json"))


def test_the_same_notes_under_another_id_are_noticed(run: Callable[..., Result], tmp_path: Path) -> None:
    record = make_record("yn", classroom="Room 7", kind="observation")
    noted = replace(
        record,
        answers=(replace(record.answers[0], evidence=(Evidence(kind="saw", note="x"),)), record.answers[1]),
    )
    again = replace(noted, id="2026-12-01-other", classroom="room 7", finished="2026-12-01T08:00:00+00:00")
    result = run("data", "import", write(tmp_path / "r.json", noted, again))
    assert f"{noted.id} says the same" in result.stdout.splitlines()[1]
    silent = replace(again, id="2026-12-02-x", answers=record.answers)
    assert "says the same" not in run("data", "import", write(tmp_path / "s.json", silent)).stdout


def test_a_draft_of_what_is_finished_here_stays_away(run: Callable[..., Result], tmp_path: Path) -> None:
    draft = save_draft("2026-10-03")
    moved = tmp_path / draft.name
    moved.write_bytes(draft.read_bytes())
    draft.unlink()
    save("yn", id=moved.stem)
    assert run("data", "import", str(moved)).stdout.startswith("older: unfinished")
    assert not draft.exists()


def test_thousands_of_records_are_taken_in_linear_time(run: Callable[..., Result], tmp_path: Path) -> None:
    data = json.loads(record_json(make_record("yn")))
    records = [
        data | {"id": f"r{number}", "finished": f"2026-{1 + number % 12:02}-01T08:00:00+00:00"}
        for number in range(600)
    ]
    (tmp_path / "many.json").write_text(json.dumps(records), encoding="utf-8")
    began = time.process_time()
    result = run("data", "import", str(tmp_path / "many.json"))
    assert result.stdout.count("new: ") == 600
    assert time.process_time() - began < 20


def test_a_record_too_large_to_be_read_again_is_left_out(
    run: Callable[..., Result], home: Path, tmp_path: Path
) -> None:
    record = make_record("yn")
    noted = replace(
        record,
        answers=(
            replace(record.answers[0], evidence=(Evidence(kind="saw", note="x" * (9 << 20)),)),
            record.answers[1],
        ),
    )
    result = run("data", "import", write(tmp_path / "r.json", noted))
    assert result.exit_code == 2
    assert "is larger than any record" in result.stderr
    assert not list(home.rglob("*.json"))
