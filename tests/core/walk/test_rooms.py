"""Which rows mean one classroom, found a second time by joining whatever is the same until nothing moves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pltool.core.walk.rooms import NOWHERE, RoomNumbers

PLACES = st.lists(
    st.tuples(
        st.sampled_from(["", "North", "South"]),
        st.sampled_from(["", "1", "2", "1.0"]),
        st.sampled_from(["", "", "Ms. A", "ms. a", "Mr. B"]),
    ),
    max_size=12,
)
Node = tuple[str, str, str]  # what kind of label, the school, the label


def settled(places: list[tuple[str, str, str]]) -> list[int]:
    """The number of each row's classroom, after all were met."""
    rooms = RoomNumbers()
    numbers = [rooms[place] for place in places]
    same = rooms.same()
    assert all(number not in same for number in same.values())
    return [same.get(number, number) for number in numbers]


def recounted(places: list[tuple[str, str, str]]) -> list[Node | None]:
    """The same with names: one of those that mean one classroom stands for all."""
    rows: list[Node | None] = []
    links: list[tuple[Node, Node]] = []
    first_with_school: dict[tuple[str, str], Node] = {}
    first_teacher: dict[Node, Node] = {}
    for school, written, name in places:
        label, teacher = written.removesuffix(".0"), name.casefold()
        room, taught = ("room", school, label), ("teacher", school, teacher)
        for node in (room, taught):
            if node[2] and school:
                first_with_school.setdefault((node[0], node[2]), node)
        if teacher and label:
            first_teacher.setdefault(room, taught)
        rows.append(taught if teacher else room if label else None)
        links += [(node, node) for node in (room, taught) if node[2]]
    nodes = {node for link in links for node in link}
    links = [
        (node, first_with_school[node[0], node[2]])
        for node in nodes
        if not node[1] and (node[0], node[2]) in first_with_school
    ]
    links += first_teacher.items()
    stands = {node: node for node in nodes}
    for _ in nodes:
        for one, other in links:
            stands[one] = stands[other] = min(stands[one], stands[other])
    return [None if row is None else stands[row] for row in rows]


@given(PLACES)
def test_rows_mean_one_classroom_where_a_recount_joins_them(places: list[tuple[str, str, str]]) -> None:
    numbers, names = settled(places), recounted(places)
    assert [number == NOWHERE for number in numbers] == [name is None for name in names]
    for one, its in zip(numbers, names, strict=True):
        assert [number == one for number in numbers] == [name == its for name in names]


def test_the_school_of_each_room_and_each_school_once_are_known() -> None:
    rooms = RoomNumbers()
    numbers = [rooms["North  High", "1", ""], rooms["NORTH HIGH", "2", ""], rooms["", "3", "T"]]
    assert [rooms.school_of[number] for number in numbers] == ["north high", "north high", ""]
    assert set(rooms.schools) == {"north high", ""}


def test_a_few_labels_with_a_fraction_are_examples_enough() -> None:
    rooms = RoomNumbers()
    for number in range(100, 110):
        assert rooms["S", f" {number}.0"] == rooms["S", str(number)]
    assert list(rooms.with_fraction) == ["100.0", "101.0", "102.0", "103.0", "104.0"]


def test_rooms_with_and_without_their_school_are_named_and_teachers_never() -> None:
    rooms = RoomNumbers()
    for place in (
        ("", " R 2 ", "Ms. A"),
        ("S", "r 2", "Ms. A"),
        ("", "R 1", ""),
        ("T", "R 1", ""),
        ("", "R 3", ""),
    ):
        assert rooms[place] != NOWHERE
    assert rooms.unplaced == ["R 1", "R 2"]
