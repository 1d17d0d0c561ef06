"""Which classroom a label means, as a number, so that a district's rooms fit into memory."""

from __future__ import annotations

from pltool.core.labels import fold_label
from pltool.core.walk.visits import fold_classroom

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
        with_fraction: labels as `101.0`, which count as `101`, a few of them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.with_fraction: dict[str, None] = {}
        self.schools: dict[str, str] = {}
        self.school_of: dict[int, str] = {}
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
        self.school_of[number] = self.schools.setdefault(school, school)
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


def _leader(leaders: dict[int, int], number: int) -> int:
    while (above := leaders.get(number)) is not None:
        number = above
    return number
