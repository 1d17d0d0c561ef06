"""Which classroom a label means, as a number, so that a district's rooms fit into memory."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from pltool.core.labels import fold_label, similar_labels
from pltool.core.walk.visits import fold_classroom

if TYPE_CHECKING:
    from collections.abc import Iterable

# Where a visit names no classroom: no hash is ever -1.
NOWHERE = -1
# So many spellings are remembered with their number; then remembering begins anew, and costs only time.
_REMEMBERED = 50_000
_EXAMPLES = 5


class RoomNumbers(dict[tuple[str, ...], int]):
    """The number of each classroom, by its school, its label and (if given) its teacher as they were written.

    Classrooms of one teacher are one. A room that stands once with and once without its school, or its teacher, is
    one as well: counting it twice would lift a small group over the limit.

    Attributes:
        schools: the schools met, folded, each with itself: one text for all its rooms.
        school_of: the school of each room.
        school_names: how each school was written first, by its folded name.
        with_fraction: labels as `101.0`, which count as `101`, a few of them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.with_fraction: dict[str, None] = {}
        self.schools: dict[str, str] = {}
        self.school_of: dict[int, str] = {}
        self.school_names: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        # By the hash of a label (or a teacher): the room that bears it without a school, and the first with one.
        self._schoolless: dict[int, tuple[int, str]] = {}
        self._schooled: dict[int, int] = {}
        self._taught: dict[int, int] = {}

    def __missing__(self, place: tuple[str, ...]) -> int:
        if len(self) > _REMEMBERED:
            self.clear()
        school = self._folded_school(place[0])
        number = self[place] = self._number(school, *place[1:])
        if school not in self.schools:
            self.schools[school] = school
            self.school_names[school] = " ".join(place[0].split())
        self.school_of[number] = self.schools[school]
        return number

    def _folded_school(self, written: str) -> str:
        """A school's label as it is compared; a walk has few, each of many rooms."""
        folded = self._folded.get(written)
        if folded is None:
            if len(self._folded) > _REMEMBERED:
                self._folded.clear()
            folded = self._folded[written] = fold_label(written)
        return folded

    def _number(self, school: str, classroom: str, teacher: str = "") -> int:
        room = folded = fold_label(classroom)
        if "." in folded:
            room = fold_classroom(classroom)
        teacher = fold_label(teacher)
        if room != folded and len(self.with_fraction) < _EXAMPLES:
            self.with_fraction[classroom.strip()] = None
        number = hash((school, room)) if room else NOWHERE
        if room:
            self._place(hash(room), school, number, classroom)
        if teacher:
            taught = hash((school, teacher, "teacher"))
            self._place(hash((teacher, "teacher")), school, taught, "")
            if room:
                self._taught.setdefault(number, taught)
            return taught
        return number

    def _place(self, name: int, school: str, number: int, written: str) -> None:
        if school:
            self._schooled.setdefault(name, number)
        else:
            self._schoolless.setdefault(name, (number, written.strip()))

    def same(self) -> dict[int, int]:
        """Numbers of rooms that have several, each with the one to use in its place."""
        schooled = self._schooled
        pairs = [
            (number, schooled[name]) for name, (number, _) in self._schoolless.items() if name in schooled
        ]
        leaders: dict[int, int] = {}
        for one, other in (*pairs, *self._taught.items()):
            first, second = _leader(leaders, one), _leader(leaders, other)
            if first != second:
                leaders[first] = second
        return {number: _leader(leaders, number) for number in leaders}

    @property
    def unplaced(self) -> list[str]:
        """The labels that stand with a school and without one."""
        names = {
            written for name, (_, written) in self._schoolless.items() if written and name in self._schooled
        }
        return sorted(names)


# What names of schools are made of besides their own words; and what stands for several words.
_KINDS = frozenset(
    "school elementary primary middle junior intermediate high senior academy college prep preparatory charter magnet campus".split()  # noqa: SIM905
)
_SHORT = {
    "es": ("elementary", "school"), "ms": ("middle", "school"), "hs": ("high", "school"), "el": ("elementary",),
    "elem": ("elementary",), "sch": ("school",), "jr": ("junior",), "sr": ("senior",), "acad": ("academy",),
    "st": ("saint",), "mt": ("mount",), "ft": ("fort",),
}  # fmt: skip
_MOST_SCHOOLS = 200


def similar_schools(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of schools that may be one, written in two ways: `Carver MS` and `Carver Middle School`, or a misspelling.

    Two kinds of schools of one name (`Carver Middle`, `Carver High`) are two schools.

    Args:
        names: as they are written; where there are very many, nothing is compared.
    """
    listed = sorted(name for name in names if name)
    if len(listed) > _MOST_SCHOOLS:
        return []
    parts = [(name, *school_words(name)) for name in listed]
    return [
        (one, other)
        for (one, own, kind), (other, others, its) in combinations(parts, 2)
        if (own == others and own and (kind <= its or its <= kind))
        or (kind == its and _nearly(own, others) and similar_labels(" ".join(own), [" ".join(others)]))
    ]


def _nearly(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether it is worth the time to compare two names letter by letter: at most one word differs."""
    if len(one) != len(other):
        return "".join(one) == "".join(other)
    return sum(mine != its for mine, its in zip(one, other, strict=True)) <= 1


def school_words(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """A school's own words, and what kind of school it says it is."""
    words = re.sub(r"[\W_]+", " ", fold_label(name).replace("'", "")).split()
    whole = [long for word in words for long in _SHORT.get(word, (word,))]
    kind = frozenset(whole) & _KINDS
    return tuple(word for word in whole if word not in kind), kind - {"school", "campus"}


def _leader(leaders: dict[int, int], number: int) -> int:
    while (above := leaders.get(number)) is not None:
        number = above
    return number
