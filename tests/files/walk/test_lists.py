"""Lists of records, as a phone hands them in, count like records one by one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.files.walk.test_reader import read, record

if TYPE_CHECKING:
    from pathlib import Path


def visits_file(folder: Path, name: str, *records: str) -> Path:
    path = folder / name
    path.write_text(f"[{','.join(records)}]", encoding="utf-8")
    return path


def test_a_list_counts_like_its_records_one_by_one(tmp_path: Path) -> None:
    records = [record("one", "yyn"), record("two", "yn", classroom="R7"), record("three", "ysyn")]
    listed = visits_file(tmp_path, "visits.json", *records)
    alone = []
    for number, text in enumerate(records):
        path = tmp_path / f"{number}.json"
        path.write_text(text, encoding="utf-8")
        alone.append(path)
    assert repr(read(listed, evidence=True)[0]) == repr(read(*alone, evidence=True)[0])


def test_a_folder_of_downloads_counts_every_visit_once(tmp_path: Path) -> None:
    one, two, three = record("one", "yyn"), record("two", "yn"), record("three", "yyyn")
    visits_file(tmp_path, "visits.json", one)
    visits_file(tmp_path, "visits (1).json", one, two)
    visits_file(tmp_path, "visits (2).json.txt", one, two, three)
    visits, findings = read(tmp_path)
    assert len(visits) == 3
    assert findings.repeated == 3
    assert findings.problems == []


def test_a_visit_amended_on_the_phone_counts_as_it_was_last(tmp_path: Path) -> None:
    first = json.loads(record("one", "yn"))
    later = json.loads(record("one", "yyyn"))
    later["finished"] = "2026-11-23T10:00:00.5+00:00"
    visits_file(tmp_path, "a.json", json.dumps(later))
    visits_file(tmp_path, "b.json", json.dumps(first))
    (visit,), _ = read(tmp_path)
    assert len(visit.outcome.in_place) == 3


def test_what_cannot_be_used_in_a_list_is_named_and_the_others_count(tmp_path: Path) -> None:
    broken = json.loads(record("two", "yn"))
    del broken["counts"]
    path = visits_file(
        tmp_path, "visits.json", record("one", "yn"), json.dumps(broken), "7", record("three", "n")
    )
    visits, findings = read(path)
    assert len(visits) == 2
    assert findings.left_out == 2
    assert all("visits.json" in problem for problem in findings.problems)
    assert any("record 2 in it" in problem for problem in findings.problems)


def test_an_empty_list_and_one_that_is_cut_off(tmp_path: Path) -> None:
    empty = visits_file(tmp_path, "empty.json")
    cut = tmp_path / "cut.json"
    cut.write_text("[" + record("one", "yn")[:200], encoding="utf-8")
    visits, findings = read(empty, cut)
    assert visits == []
    assert findings.all_left_out == 1
    assert "empty.json is a list with no record in it" in findings.notes[0]
    assert "cut off" in findings.problems[0]
