"""Saved records: each once, whatever lies beside it, and the right one."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from pltool.core.record import NextStep, record_json
from pltool.errors import UnknownNameError
from pltool.files.library import Library
from pltool.files.records import (
    copies_of,
    find_record,
    labels_used,
    last_record,
    last_visit,
    latest_records,
    read_record,
    stored_records,
)
from tests.saved import make_record, save

if TYPE_CHECKING:
    from pathlib import Path


def last(model: str = "station-rotation", **wanted: Any) -> str | None:
    given = {"kind": "reflection", "part": None, "classroom": None} | wanted
    found = last_record(model, **given)
    return found.id if found else None


def test_the_last_record_is_found_however_its_label_is_written() -> None:
    path = save("yn", classroom="Period 3")
    assert last(classroom="period\u00a0 3\u200b") == path.stem
    assert last(classroom="Period 4") is None
    assert last() is None
    save("yn", classroom="Room 7", kind="observation")
    assert last_visit("ROOM 7") is not None


def test_records_of_one_second_are_ordered_by_when_they_ended_and_began_and_not_by_their_ids() -> None:
    second = "2026-10-14T14:03:11"
    first = save("yn", id="zz", started=f"{second}.100+00:00", finished=f"{second}.200+00:00")
    later = save("yyn", id="aa", started=f"{second}.300+00:00", finished=f"{second}.400+00:00")
    assert [one.path for one in latest_records()[0]] == [later, first]
    old = save("n", id="mm", started="2026-10-15T08:00:00+00:00", finished="2026-10-15T09:00:00+00:00")
    older = save("n", id="nn", started="2026-10-15T07:00:00+00:00", finished="2026-10-15T09:00:00+00:00")
    assert [one.path for one in latest_records()[0]][:2] == [old, older]


def test_of_two_offsets_the_later_moment_is_the_later() -> None:
    early = save("yn", id="early", finished="2026-11-01T01:30:00-04:00")
    late = save("yn", id="late", finished="2026-11-01T01:10:00-05:00")
    assert [one.path for one in latest_records()[0]] == [late, early]


def copy_of(path: Path, name: str, **changes: Any) -> Path:
    copy = path.with_name(name)
    copy.write_text(record_json(replace(read_record(path), **changes)), encoding="utf-8")
    return copy


def test_of_copies_the_one_changed_last_counts() -> None:
    path = save("yn")
    step = {"next_step": NextStep(text="x")}
    agreed = copy_of(path, f"{path.stem} (conflicted copy).json", **step)
    assert [one.path for one in stored_records()[0]] == [agreed], "it says more"
    finished = "2026-10-14T18:00:00+02:00"
    later = copy_of(path, "renamed by hand.json", finished=finished)
    assert [one.path for one in stored_records()[0]] == [later]
    revised = copy_of(path, f"{path.stem}.sync-conflict-1.json", revised="2026-10-20T08:00:00+00:00")
    assert [one.path for one in stored_records()[0]] == [revised]
    assert find_record(path.stem) == revised or find_record(path.stem) == path
    assert set(copies_of(revised)) == {path, agreed, later, revised}


def test_a_record_is_found_by_its_id_whatever_its_file_is_called() -> None:
    path = save("yn")
    moved = path.rename(path.with_name("Copy of a reflection.json"))
    assert find_record(path.stem[:12]) == moved
    with pytest.raises(UnknownNameError, match="There is no record"):
        find_record("2027")


def test_a_pipe_or_a_folder_called_like_a_record_stops_nobody(home: Path) -> None:
    path = save("yn")
    os.mkfifo(home / "reflections" / "pipe.json")
    (home / "reflections" / "folder.json").mkdir()
    (home / "reflections" / "gone.json").symlink_to("nowhere")
    with (home / "reflections" / "huge.json").open("wb") as file:
        file.truncate(100 << 20)
    stored, errors = stored_records()
    assert [one.path for one in stored] == [path]
    assert len(errors) == 4
    assert all("left as it is" in str(error) for error in errors)


def test_labels_used_are_as_first_written_the_latest_first() -> None:
    save("yn", id="a", classroom="Period 3", finished="2026-09-01T08:00:00+00:00")
    save("yn", id="b", classroom="Period 5", finished="2026-09-02T08:00:00+00:00")
    save("yn", id="c", classroom="period 3", finished="2026-09-03T08:00:00+00:00")
    save("yn", model="flex", classroom="Room 1", day="2026-09-09")
    assert labels_used("station-rotation") == ("Period 3", "Period 5")
    assert labels_used() == ("Room 1", "Period 3", "Period 5")
    assert labels_used("lab-rotation") == ()


def test_lines_of_other_roles_are_kept_apart_where_a_leader_has_actions() -> None:
    library = Library()
    save("yn", id="2026-a-distance-learning", model="distance-learning", asked_as="all")
    distance, stations = library.progression("distance-learning"), library.progression("station-rotation")
    teacher: Any = {"model": "distance-learning", "asked_as": "teacher", "progression": distance}
    assert last(**teacher) is None
    path = save("yn", asked_as="all")
    assert last(asked_as="teacher", progression=stations) == path.stem


def test_records_from_before_roles_count_as_all() -> None:
    path = save("yn")
    record = json.loads(path.read_text(encoding="utf-8"))
    del record["asked_as"], record["not_asked"]
    path.write_text(json.dumps(record), encoding="utf-8")
    assert last(asked_as="all") == path.stem
    assert make_record("yn").asked_as == "all"
