"""One owner of the record format: its views, what it refuses, and what it keeps without understanding it."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import pytest
from typing_extensions import is_typeddict

from pltool.core.history import PastAnswer, PastPause, PastRecord
from pltool.core.record import AnswerRecord, NextStep, Pause, Reflection, record_json
from pltool.errors import InputError
from pltool.files.record_format import (
    LaterFormatError,
    NotedWalkRecord,
    PlainWalkRecord,
    as_past,
    read_past,
    read_whole,
)
from pltool.files.records import read_record, save_revised
from tests.saved import make_record, save

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path("record.json")


def data(letters: str = "yyn", **options: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(record_json(make_record(letters, **options)))
    return made


def encoded(record: object) -> bytes:
    return json.dumps(record).encode()


@pytest.mark.parametrize(
    ("view", "whole"), [(PastRecord, Reflection), (PastPause, Pause), (PastAnswer, AnswerRecord)]
)
def test_what_history_reads_is_part_of_what_is_written(view: type, whole: type) -> None:
    assert set(get_type_hints(view)) <= {field.name for field in fields(whole)}


def test_a_record_and_its_file_look_the_same_to_history() -> None:
    record = replace(make_record("yxn"), next_step=NextStep(text="Try it"), not_asked=())
    assert as_past(record) == read_past(record_json(record).encode(), HERE)


def test_what_nobody_corrected_says_nothing_of_corrections() -> None:
    assert not {"revised", "amended", "as_read"} & set(data())


@pytest.mark.parametrize("read", [read_whole, read_past])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_byte_order_marks_and_utf16_are_read(read: Callable[..., Any], encoding: str) -> None:
    text = record_json(make_record("yn", classroom="Raum 3 für Späte"))
    mark = "\ufeff" if encoding in {"utf-16-le", "utf-16-be"} else ""
    assert read((mark + text).encode(encoding), HERE).classroom == "Raum 3 für Späte"


@pytest.mark.parametrize("read", [read_whole, read_past])
def test_lone_surrogates_are_replaced_where_they_come_in(read: Callable[..., Any]) -> None:
    found = read(encoded(data() | {"classroom": "Room \ud800", "mood\udfff": "\udc00"}), HERE)
    assert found.classroom == "Room \ufffd"


def with_counts(**changes: Any) -> dict[str, Any]:
    record = data()
    record["counts"] |= changes
    return record


def moved(record: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return record | changes


@pytest.mark.parametrize("read", [read_whole, read_past])
@pytest.mark.parametrize(
    "record",
    [
        with_counts(total=10**30),
        with_counts(total=10**9, not_reached=10**9 - 3),
        with_counts(total=False),
        with_counts(total=-1),
        with_counts(in_place=-3, not_seen=5),
        with_counts(in_place=3),
        with_counts(does_not_apply=1, not_reached=0),
        moved(data(), pause=None),
        moved(data(), status="complete"),
        moved(data(), status="complete", pause=None),
        moved(data(), finished="yesterday"),
        moved(data(), answers=data()["answers"][::-1]),
        moved(data(), answers=data()["answers"][:1] * 3),
        moved(data(), answers=[]),
        moved(data(), phases=[{"id": "f", "title": "F", "in_place": 9, "total": 3}]),
        moved(data(), phases=[{"id": "f", "title": "F", "in_place": 0, "total": 10**9}]),
    ],
)
def test_a_record_whose_figures_do_not_fit_is_named(read: Callable[..., Any], record: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        read(encoded(record), HERE)
    assert str(caught.value).startswith("record.json is ")
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize("read", [read_whole, read_past])
@pytest.mark.parametrize(
    "change",
    [
        {"format": "pltool.reflection/2"},
        {"format": "pltool.reflection/2", "answers": {"by": "step"}, "counts": None},
    ],
)
def test_a_later_format_is_told_from_a_broken_file(read: Callable[..., Any], change: dict[str, Any]) -> None:
    with pytest.raises(LaterFormatError, match=r"record.json is of a later format, pltool.reflection/2"):
        read(encoded(data() | change), HERE)


@pytest.mark.parametrize("read", [read_whole, read_past])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"\xfe\xff\xd8",
        b"null",
        b"[[]]",
        b"[" * 100_000,
        b'{"counts": ' + b"9" * 5_000 + b"}",
        b'{"format": NaN}',
        "{}".encode("utf-32"),
    ],
)
def test_what_is_no_record_is_said_in_a_sentence(read: Callable[..., Any], content: bytes) -> None:
    with pytest.raises(InputError, match=r"record\.json is no record of pltool"):
        read(content, HERE)


def test_unknown_keys_are_kept_wherever_they_stand(tmp_path: Path) -> None:
    record = data()
    record["mood"] = {"is": ["calm"]}
    record["counts"]["more"] = record["model"]["more"] = record["pause"]["more"] = 1
    record["pause"]["resources"][1]["more"] = record["answers"][2]["more"] = record["phases"][1]["more"] = 2
    record["pause"]["next_moves"][0]["more"] = 3
    path = tmp_path / "r.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    again = save_revised(
        replace(read_record(path), next_step=NextStep(text="x")), path, "2026-12-01T08:00:00+00:00"
    )
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written.pop("revised") == "2026-12-01T08:00:00+00:00"
    assert written.pop("next_step")["text"] == "x"
    record.pop("next_step")
    assert written == record
    assert again.as_read is not None


def test_what_was_unknown_about_a_pause_goes_with_it(tmp_path: Path) -> None:
    record = data()
    record["pause"]["more"] = 1
    path = tmp_path / "r.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    read = read_record(path)
    assert read.pause is not None
    other = replace(read, pause=replace(read.pause, id="another"))
    assert "more" not in json.loads(record_json(other))["pause"]


def test_a_saved_file_reads_back_as_it_was() -> None:
    path = save("yyn")
    assert record_json(read_record(path)).encode() == path.read_bytes()


def keys_of(view: Any) -> dict[str, Any]:
    """The keys of a view, each with the view or nothing below it."""
    hints = get_type_hints(view) if is_dataclass(view) or is_typeddict(view) else {}
    found = {}
    for name, hint in hints.items():
        below = next((part for part in _parts(hint) if is_dataclass(part) or is_typeddict(part)), None)
        found[name] = keys_of(below) if below else {}
    return found


def _parts(hint: Any) -> list[Any]:
    return [hint, *(part for inner in get_args(hint) for part in _parts(inner))]


def is_part_of(view: dict[str, Any], whole: dict[str, Any]) -> bool:
    return all(name in whole and is_part_of(below, whole[name]) for name, below in view.items())


@pytest.mark.parametrize("view", [PastRecord, NotedWalkRecord, PlainWalkRecord])
def test_every_view_of_a_record_is_part_of_what_is_written(view: Any) -> None:
    assert keys_of(view)
    assert is_part_of(keys_of(view), keys_of(Reflection))


def test_a_list_of_one_is_that_record_and_of_several_says_how_to_take_them_in() -> None:
    content = record_json(make_record("yn"))
    assert read_whole(f"[{content}]".encode(), "visits.json").pause is not None
    with pytest.raises(
        InputError, match=r"visits\.json holds 2 records\. Take them in with pltool data import"
    ):
        read_whole(f"[{content},{content}]".encode(), "visits.json")
