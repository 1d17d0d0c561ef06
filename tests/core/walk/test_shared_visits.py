"""Which visits are one occasion, counted a second time, however they come in."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pltool.core.walk.shared_visits import VisitsByRoom
from pltool.core.walk.visits import StepEvidence, Visit, VisitColumns
from tests.walks import DAYS, Seen, visit_of, walks

if TYPE_CHECKING:
    import random

# Days that lie 21, 1 and 48 days apart: windows just too short, and just long enough.
WINDOWS = st.sampled_from([0, 1, 2, 20, 21, 22, 48, 100])
BOUNDS = st.sampled_from(["", *DAYS])


def visits_of(walk: list[Seen]) -> list[Visit]:
    """One visit of each observer to each room a day; every other observer writes notes."""
    once = {(seen.day, seen.room, seen.observer): seen for seen in walk}.values()
    return [
        visit_of(seen)._replace(note=f"of {seen.room} on {seen.day}" if seen.observer > "Ob-X" else "")
        for seen in once
    ]


def in_columns(visits: list[Visit], size: int = 3) -> list[VisitColumns]:
    """The same as sheets of a few rows each."""
    rows = [(*visit[:6], visit.note, visit.teacher) for visit in visits]
    return [
        VisitColumns(*zip(*rows[start : start + size], strict=True)) for start in range(0, len(rows), size)
    ]


def told(gathering: VisitsByRoom) -> Counter[object]:
    """What is shared, without the numbers that stand for labels."""
    return Counter(
        frozenset(Counter((visit.day, visit.note, visit.outcome.key) for visit in shared.visits).items())
        for shared in gathering.shared()
    )


def counted(gathering: VisitsByRoom) -> tuple[int, int, int]:
    return gathering.apart, gathering.repeated, gathering.unlabelled


def recount(visits: list[Visit], within: int) -> tuple[Counter[object], tuple[int, int, int]]:
    """Room by room and day by day: an occasion lasts so many days from its first visit."""
    rooms: defaultdict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        if visit.classroom:
            rooms[visit.classroom].append(visit)
    found: Counter[object] = Counter()
    apart = repeated = 0
    for room in rooms.values():
        occasions: list[list[Visit]] = []
        for visit in sorted(room, key=lambda visit: visit.day):
            first = date.fromisoformat(occasions[-1][0].day) if occasions else date.min
            if (date.fromisoformat(visit.day) - first).days > within or not occasions:
                occasions.append([])
            occasions[-1].append(visit)
        met = False
        for occasion in occasions:
            firsts = {visit.observer: visit for visit in reversed(occasion)}
            repeated += len(occasion) - len(firsts)
            if len(firsts) > 1:
                met = True
                each = Counter((visit.day, visit.note, visit.outcome.key) for visit in firsts.values())
                found[frozenset(each.items())] += 1
        apart += not met and len({visit.observer for visit in room}) > 1
    unlabelled = sum(not visit.classroom for visit in visits)
    return found, (apart, repeated, unlabelled)


@given(walks(40, rooms=4), WINDOWS, BOUNDS, BOUNDS, st.booleans())
def test_occasions_are_what_a_recount_finds_in_records_and_in_sheets(
    walk: list[Seen],
    within: int,
    since: str,
    until: str,
    sheets: bool,  # noqa: FBT001
) -> None:
    visits = visits_of(walk)
    gathering = VisitsByRoom(within, since, until)
    if sheets:
        for columns in in_columns(visits):
            gathering.add_columns(columns)
    else:
        gathering.add_visits(visits)
    inside = [visit for visit in visits if since <= visit.day <= (until or "9999")]
    expected = recount(inside, within)
    assert (told(gathering), counted(gathering)) == expected
    # Asked a second time, nothing is counted twice.
    assert (told(gathering), counted(gathering)) == expected
    for visit in inside:
        assert {visit.school, visit.classroom, visit.observer} <= gathering.labels


@given(walks(30, rooms=3), st.randoms(use_true_random=False), WINDOWS)
def test_occasions_are_given_in_the_same_order_in_whatever_order_visits_came(
    walk: list[Seen], shuffle: random.Random, within: int
) -> None:
    visits = visits_of(walk)
    orders = []
    for _ in range(2):
        gathering = VisitsByRoom(within)
        gathering.add_visits(visits)
        orders.append(
            [
                (shared.visits[0].day, Counter(v.outcome.key for v in shared.visits))
                for shared in gathering.shared()
            ]
        )
        shuffle.shuffle(visits)
    assert [day for day, _ in orders[0]] == sorted(day for day, _ in orders[0])
    assert [day for day, _ in orders[0]] == [day for day, _ in orders[1]]


def visit(observer: str, way: int = 1, **changes: object) -> Visit:
    return visit_of(Seen("2026-11-23", "S", "R", observer, "coach", "alpha", way))._replace(**changes)  # type: ignore[arg-type]


def test_only_an_observers_visits_to_whole_progressions_are_gathered() -> None:
    gathering = VisitsByRoom()
    gathering.add_visits(
        [visit("a"), visit("b", kind="reflection"), visit("c", part=True), visit("d", classroom="")]
    )
    assert (gathering.shared(), gathering.unlabelled) == ([], 1)


def test_each_visit_keeps_the_evidence_that_is_its_own() -> None:
    evidence = {name: (StepEvidence(1, f"seen by {name}"),) for name in "abd"}
    gathering = VisitsByRoom()
    gathering.add_visits([visit("c", classroom=""), visit("a", evidence=evidence["a"])])
    for columns in in_columns([visit("e", note="from a sheet")]):
        gathering.add_columns(columns)
    gathering.add_visits(
        [visit("c", classroom="", evidence=evidence["d"]), visit("b", evidence=evidence["b"])]
    )
    (shared,) = gathering.shared()
    assert {(one.note, one.evidence) for one in shared.visits} == {
        ("", evidence["a"]), ("from a sheet", ()), ("", evidence["b"]),
    }  # fmt: skip


def test_notes_of_a_sheet_stay_in_their_rows_whatever_is_in_them() -> None:
    gathering = VisitsByRoom()
    notes = ["one\x1dtwo", "", " three "]
    for columns in in_columns([visit(who, note=note) for who, note in zip("abc", notes, strict=True)]):
        gathering.add_columns(columns)
    (shared,) = gathering.shared()
    assert [one.note for one in shared.visits] == ["one two", "", "three"]
