"""Counting as observations come in: by role, by kind, by room however it was written."""

from __future__ import annotations

import pytest

from pltool.core.standing import Status
from pltool.core.walk.rooms import NOWHERE, RoomNumbers, similar_schools
from pltool.core.walk.summary import summarize
from pltool.core.walk.tally import Tally
from pltool.core.walk.visits import VisitColumns, VisitOutcome, fold_classroom
from tests.walks import MODELS, Seen, summary_of, visit_of


def seen(number: int, **changes: object) -> Seen:
    given = {
        "school": "S",
        "room": f"R{number}",
        "observer": f"O{number}",
        "role": "coach",
        "way": 1,
    } | changes
    return Seen(day="2026-11-23", model="alpha", **given)  # type: ignore[arg-type]


def columns_of(*visits: Seen) -> VisitColumns:
    outcomes: dict[object, VisitOutcome] = {}
    rows = []
    for one in visits:
        visit = visit_of(one)
        outcome = outcomes.setdefault(visit.outcome.key, visit.outcome)
        rows.append((one.day, one.school, one.room, one.observer, one.role, outcome, "", ""))
    return VisitColumns(*zip(*rows, strict=True))


def test_a_role_needs_three_observers_to_be_shown() -> None:
    few = [seen(n, observer=f"O{n % 2}") for n in range(6)]
    many = [seen(n, observer=f"O{n % 3}") for n in range(6)]
    for walk, shown in ((few, []), (many, ["coach"])):
        groups = summary_of(walk, "observer-role").groups
        assert groups is not None
        assert [row.name for row in groups.breakdown.rows] == shown
    # The same from a sheet, and a name in other capitals is the same observer.
    for observers in ("Aa", "ABC"):
        tally = Tally("observer-role")
        tally.add_columns(columns_of(*(seen(n, observer=observers[n % len(observers)]) for n in range(6))))
        (group,) = tally.groups(["alpha"]).values()
        assert len(group.observers) == len({name.lower() for name in observers})


@pytest.mark.parametrize(("observers", "given"), [("AAABBB", False), ("AAABBC", True)])
def test_roles_held_back_are_given_as_one_line_only_where_three_people_are_in_it(
    observers: str,
    given: bool,  # noqa: FBT001
) -> None:
    walk = [
        seen(n, observer=observer, role="coach" if n < 3 else "principal")
        for n, observer in enumerate(observers)
    ]
    groups = summary_of(walk, "observer-role").groups
    assert groups is not None
    assert groups.breakdown.suppressed == ("coach", "principal")
    assert (groups.breakdown.suppressed_total is not None) is given
    assert (groups.breakdown.grand_total is not None) is given


def test_observers_without_a_name_are_nobody() -> None:
    tally = Tally("observer-role")
    tally.add_columns(columns_of(seen(1, observer=""), seen(2, observer=" "), seen(3)))
    (group,) = tally.groups(["alpha"]).values()
    assert group.observers == {"o3"}
    assert tally.observers == {"o3"}


def test_a_sheet_is_an_observers_and_never_a_reflection() -> None:
    tally = Tally(kind="reflection")
    tally.add_columns(columns_of(seen(1), seen(2)))
    assert (tally.outcomes.total(), tally.other_kind, tally.last) == (0, 2, "")
    tally.add_visits([visit_of(seen(1)), visit_of(seen(2))._replace(kind="reflection")])
    assert (tally.outcomes.total(), tally.other_kind) == (1, 3)


def test_parts_and_days_outside_are_each_counted_once() -> None:
    tally = Tally(since="2026-11-01", until="2026-11-30")
    visit = visit_of(seen(1))
    early = visit._replace(day="2026-10-31")
    tally.add_visits(
        [visit, early, visit._replace(part=True), early._replace(part=True), visit._replace(day="2026-12-01")]
    )
    assert (tally.outcomes.total(), tally.parts, tally.outside) == (1, 1, 3)
    assert (tally.first, tally.last) == ("2026-11-23", "2026-11-23")
    assert [tally.takes(v) for v in (visit, early, visit._replace(part=True), visit._replace(kind="reflection"))] == [
        True, False, False, False,
    ]  # fmt: skip
    tally.add_columns(columns_of(seen(1), seen(2)))
    assert tally.outcomes.total() == 3


@pytest.mark.parametrize("by", [None, "school", "month", "observer-role"])
def test_outcomes_are_the_same_however_they_are_broken_down(by: object) -> None:
    tally = Tally(by)  # type: ignore[arg-type]
    tally.add_columns(columns_of(*(seen(n, way=n % 3) for n in range(7)), seen(8, room="", way="unfinished")))
    assert tally.outcomes.total() == 8
    tally.add_columns(columns_of(seen(9)))
    assert tally.outcomes.total() == tally.outcomes.total() == 9
    assert (tally.without_classroom, len(set().union(*tally.rooms.values()))) == (1, 8)
    if by is not None:
        (group,) = tally.groups(["alpha"]).values()
        assert (group.outcomes.total(), len(group.rooms)) == (9, 8)
        assert tally.groups(["beta"]) == {}


def test_a_group_is_shown_as_it_was_first_written() -> None:
    tally = Tally("school")
    tally.add_columns(
        columns_of(seen(1, school="north  HIGH"), seen(2, school="North High"), seen(3, school=""))
    )
    groups = tally.groups(["alpha"])
    assert sorted(groups) == ["north HIGH", "not given"]
    assert len(groups["north HIGH"].rooms) == 2
    assert tally.schools == {"north high"}


def test_what_names_no_pause_is_counted_within_the_dates_only() -> None:
    blank = VisitOutcome("alpha", Status.UNFINISHED, nothing_named=True)
    tally = Tally(since="2026-11-01")
    visit = visit_of(seen(1))._replace(outcome=blank)
    tally.add_visits([visit, visit._replace(day="2026-10-01"), visit_of(seen(2))])
    assert tally.without_pause == 1


def test_a_room_is_one_however_it_was_written() -> None:
    rooms = RoomNumbers()
    assert rooms["North", "R 1", ""] == rooms["NORTH ", "r  1", ""] == rooms["North", "R\u200b 1"]
    assert rooms["North", "101"] == rooms["North", "101.0"]
    assert list(rooms.with_fraction) == ["101.0"]
    assert rooms["North", "101.5"] != rooms["North", "101"]
    assert rooms["North", " "] == NOWHERE
    assert rooms["North", "1"] != rooms["South", "1"]
    assert [fold_classroom(label) for label in ("7.", "7.00", "a.0", "1.0.0")] == ["7.", "7", "a.0", "1.0.0"]


def test_a_room_with_and_without_its_school_counts_once() -> None:
    walk = [seen(n, school=school) for n in range(3) for school in ("S", "")]
    summary = summary_of(walk, limit=5)
    assert (summary.sizes.classrooms, summary.models.shown) == (3, ())
    tally = Tally("school")
    tally.add_visits(map(visit_of, walk))
    assert tally.numbers.unplaced == ["R0", "R1", "R2"]


def test_classrooms_of_one_teacher_are_one() -> None:
    rooms = RoomNumbers()
    first, second = rooms["S", "Period 1", "T1"], rooms["S", "Period 2", "T1"]
    assert first == second != rooms["S", "Period 1", "T2"]
    assert rooms["T", "Period 1", "T1"] != first
    plain = rooms["S", "Period 2"]
    assert rooms.same()[plain] == first
    tally = Tally()
    rows = [
        ("2026-11-23", "S", f"Period {n}", "O", "", visit_of(seen(1)).outcome, "", "T1") for n in range(5)
    ]
    tally.add_columns(VisitColumns(*zip(*rows, strict=True)))
    assert len(set().union(*tally.rooms.values())) == 1


def test_remembering_rooms_begins_anew_without_changing_their_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pltool.core.walk.rooms._REMEMBERED", 3)
    rooms = RoomNumbers()
    numbers = [rooms["S", f"R{n}"] for n in range(9)]
    assert [rooms["S", f"R{n}"] for n in range(9)] == numbers
    assert len(rooms) <= 5


def test_visits_that_are_none_of_its_own_leave_a_tally_as_it_was() -> None:
    tally = Tally("school")
    tally.add_visits([])
    tally.add_visits([visit_of(seen(1))._replace(kind="reflection")])
    tally.add_columns(columns_of(seen(1))._replace(days=("1999-01-01",)))
    assert tally.outcomes.total() == 1
    bounded = Tally("month", since="2026-12-01")
    bounded.add_columns(columns_of(seen(1), seen(2)))
    assert (bounded.outside, bounded.outcomes.total(), bounded.last, bounded.groups(["alpha"])) == (
        2,
        0,
        "",
        {},
    )


@pytest.mark.parametrize(
    ("names", "pairs"),
    [
        (["Carver Middle School", "Carver MS"], [("Carver MS", "Carver Middle School")]),
        (["Adams", "Adams Elementary"], [("Adams", "Adams Elementary")]),
        (["Jefferson Elementary", "Jeferson Elementary"], [("Jeferson Elementary", "Jefferson Elementary")]),
        (["St. Mary", "Saint Mary's"], [("Saint Mary's", "St. Mary")]),
        (["Carver Middle", "Carver High"], []),
        (["Adams", "Baker", ""], []),
        (["PS 12", "PS 13", "P.S. 12"], [("P.S. 12", "PS 12")]),
        ([f"School {number}" for number in range(201)], []),
    ],
)
def test_schools_that_may_be_one_are_found(names: list[str], pairs: list[tuple[str, str]]) -> None:
    assert similar_schools(names) == pairs


def test_nothing_is_broken_down_further_unless_asked_and_models_are_broken_down_anyway() -> None:
    for tally in (Tally(), Tally("model")):
        tally.add_visits(visit_of(seen(n)) for n in range(5))
        summary = summarize(tally, MODELS)
        assert [row.name for row in summary.models.breakdown.rows] == ["alpha"]
        assert summary.groups is None


def test_the_first_and_the_last_day_asked_for_count() -> None:
    visit = visit_of(seen(1))
    for since, until in (("2026-11-23", ""), ("", "2026-11-23"), ("2026-11-23", "2026-11-23")):
        tally = Tally(since=since, until=until)
        tally.add_visits([visit, visit._replace(part=True)])
        assert (tally.outcomes.total(), tally.parts, tally.outside) == (1, 1, 0)
        assert tally.takes(visit)
        day_before = visit._replace(day="2026-11-22")
        assert tally.takes(day_before) is (since == "")


def test_a_teacher_who_stands_in_some_rows_only_is_one_classroom_all_the_same() -> None:
    visits = [visit_of(seen(n))._replace(teacher=teacher) for n, teacher in ((1, "T1"), (2, "t1 "), (3, ""))]
    tally = Tally()
    tally.add_visits(visits)
    assert len(set().union(*tally.rooms.values())) == 2


@pytest.mark.parametrize(
    ("by", "column"),
    [
        (None, "classrooms"),
        (None, "outcomes"),
        ("month", "days"),
        ("observer-role", "roles"),
        ("observer-role", "observers"),
    ],
)
def test_columns_that_do_not_fit_together_are_never_counted_by_halves(by: object, column: str) -> None:
    columns = columns_of(seen(1), seen(2))
    short = columns._replace(**{column: getattr(columns, column)[:1]})
    with pytest.raises(ValueError, match=r"shorter|longer"):
        Tally(by).add_columns(short)  # type: ignore[arg-type]
