"""The same notes under another id are noticed; two visits that only came out alike are not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pltool.core.record import Evidence
from pltool.files.duplicates import find_same_notes
from pltool.files.records import save_record
from tests.saved import make_record

if TYPE_CHECKING:
    from pltool.core.record import Reflection


def visit(note: str | None = "two groups", **changes: Any) -> Reflection:
    record = make_record("yn", classroom="Room 7", kind="observation")
    first = record.answers[0]
    if note:
        first = replace(first, evidence=(Evidence(kind="saw", note=note),))
    return replace(record, answers=(first, *record.answers[1:]), **changes)


def test_notes_typed_a_second_time_are_found_whatever_the_day_and_the_spelling_of_the_room() -> None:
    save_record(visit())
    again = visit(id="again", finished="2026-12-01T08:00:00+00:00", classroom="ROOM 7")
    found = find_same_notes(again)
    assert found is not None
    assert found.record.id == visit().id


def test_other_words_another_room_or_another_observer_are_another_visit() -> None:
    save_record(visit())
    for other in (
        visit("three groups", id="x"),
        visit(id="x", classroom="Room 8"),
        visit(id="x", observer="JD"),
    ):
        assert find_same_notes(other) is None
    assert find_same_notes(visit()) is None, "it is itself"


def test_without_a_note_only_the_same_day_counts() -> None:
    save_record(visit(None))
    assert find_same_notes(visit(None, id="x")) is not None
    assert find_same_notes(visit(None, id="x", finished="2026-12-01T08:00:00+00:00")) is None
