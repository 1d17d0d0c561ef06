"""What a walk must not print: small groups, and everything that would let them be worked out from the rest.

In the words of statistical disclosure control, groups under the limit are suppressed first, and others with them
(secondary suppression) until the rest cannot be had by taking what is printed from the totals. See A. Hundepool and
others (2012), Statistical Disclosure Control, chapter 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pltool.core.standing import Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pltool.core.progression import Progression
    from pltool.core.walk.tally import Group
    from pltool.core.walk.visits import VisitOutcome

USUAL_LIMIT = 5
LOWEST_LIMIT = 3
# A role with one or two observers would show how a person answered.
LEAST_OBSERVERS = 3
_DEPTH = 3

# Columns of the finest table, and how each is made of them: (0,) stands alone, (1, 2) is two made one.
ColumnGroups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class OutcomeColumns:
    """The columns of a breakdown: pauses by phase, then complete, provisional and unfinished, each apart."""

    phases: Mapping[str, Sequence[int]]
    levels: int

    @property
    def width(self) -> int:
        """How many columns there are before any are merged."""
        return self.levels + 3

    def column(self, outcome: VisitOutcome) -> int:
        """The column an outcome counts in."""
        if outcome.status is Status.UNFINISHED:
            return self.levels + 2
        if outcome.provisional:
            return self.levels + 1
        if outcome.pause is None:
            return self.levels
        return min(self.phases[outcome.model][outcome.pause], self.levels - 1)


def make_outcome_columns(progressions: Sequence[Progression]) -> OutcomeColumns:
    """The columns that fit all of these models."""
    numbers = {
        progression.id: [
            number
            for number, phase in enumerate(progression.phases)
            for area in phase.areas
            for _ in area.steps
        ]
        for progression in progressions
    }
    # No deeper than the shallowest model, so that no column can be one model's own.
    levels = min((len(progression.phases) for progression in progressions), default=1)
    return OutcomeColumns(numbers, min(levels, _DEPTH))


@dataclass(frozen=True, slots=True)
class Row:
    """One group of a breakdown, or several together; `counts` are observations."""

    name: str
    classrooms: int
    observations: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What may be printed of groups.

    Attributes:
        columns: which of the finest columns each printed one is made of.
        rows: the groups that are large enough, in the order of their names, in these columns.
        unmerged: the same groups in the finest columns: only where no other table gives the totals of those.
        suppressed: the names of the groups held back.
        suppressed_total: all groups held back as one row; None where there are none, or together too few.
        grand_total: all groups together; None where even they are too few.
    """

    columns: ColumnGroups
    rows: tuple[Row, ...]
    unmerged: tuple[Row, ...]
    suppressed: tuple[str, ...]
    suppressed_total: Row | None
    grand_total: Row | None


@dataclass(frozen=True, slots=True)
class SuppressionRule:
    """How small a group may be.

    Attributes:
        limit: the least number of classrooms of a group that is shown.
        least_observers: the least number of observers of such a group.
        against_insiders: whether somebody may know all figures of one group, as a principal does of a school. What
            is held back must then be too much to tell apart even with any one group taken out of it.
    """

    limit: int
    least_observers: int = 0
    against_insiders: bool = False

    def is_small(self, group: Group) -> bool:
        """Whether a group is held back for its own sake."""
        return len(group.rooms) < self.limit or len(group.observers) < self.least_observers

    def hides(self, groups: Sequence[Group]) -> bool:
        """Whether groups may be given as one line: too much to tell apart, for an insider too."""
        if not self._hides(groups):
            return False
        if not self.against_insiders:
            return True
        rests = [[*groups[:known], *groups[known + 1 :]] for known in range(len(groups))]
        if not all(map(self._hides, rests)):
            return False
        # That each rest is large enough bounds every group from above. Where the others could not share the rest in
        # two ways within that bound, the rule would tell how large they are. What decides must be plain from what is
        # printed, or else the decision would tell something itself: so the group that is known counts as one room.
        rooms = _count_rooms(groups)
        most = rooms - max(self.limit, len(groups))
        return rooms - 1 < (len(groups) - 1) * most

    def _hides(self, groups: Sequence[Group]) -> bool:
        rooms = _count_rooms(groups)
        observers = set[str]().union(*(group.observers for group in groups))
        return (
            len(groups) > 1
            and rooms >= self.limit
            and rooms > len(groups)  # else each of them might be exactly one classroom
            and len(observers) >= self.least_observers
        )


def _count_rooms(groups: Sequence[Group]) -> int:
    return len(set[int]().union(*(group.rooms for group in groups)))


def suppress_small_groups(
    groups: Mapping[str, Group],
    finest: OutcomeColumns,
    rule: SuppressionRule,
    columns: ColumnGroups | None = None,
) -> Breakdown:
    """Decide which groups may be shown, and in which columns.

    A group with fewer classrooms than the limit is held back. What is held back could still be worked out as the
    total less the rest, so further groups join it, the smallest first, until it may be given as one line. Where
    those held back have nothing at all in a column, each of them has nothing there: such a column is merged with its
    neighbor.

    Args:
        groups: by name.
        finest: the columns before any are merged.
        rule: how small a group may be.
        columns: those that another table of the same observations has merged already.
    """
    hidden = [name for name, group in groups.items() if rule.is_small(group)]
    shown = sorted(groups.keys() - hidden, key=lambda name: (-len(groups[name].rooms), name))
    while hidden and shown and not rule.hides([groups[name] for name in hidden]):
        hidden.append(shown.pop())
    columns = columns or tuple((index,) for index in range(finest.width))
    everything = _row("", list(groups.values()), finest)
    held = [groups[name] for name in hidden]
    large = rule.hides(held)
    if held:
        counts = [_row(name, [groups[name]], finest).counts for name in hidden]
        columns = _merge(columns, everything.counts, Held(counts, rule.against_insiders))
    unmerged = tuple(_row(name, [groups[name]], finest) for name in sorted(shown))
    return Breakdown(
        columns=columns,
        rows=tuple(_merged(row, columns) for row in unmerged),
        unmerged=unmerged,
        suppressed=tuple(sorted(hidden)),
        suppressed_total=_merged(_row("", held, finest), columns) if large else None,
        grand_total=_merged(everything, columns) if shown or large else None,
    )


def _row(name: str, groups: Sequence[Group], finest: OutcomeColumns) -> Row:
    counts = [0] * finest.width
    for group in groups:
        for outcome, times in group.outcomes.items():
            counts[finest.column(outcome)] += times
    rooms = set[int]().union(*(group.rooms for group in groups))
    return Row(name, len(rooms), sum(counts), tuple(counts))


def _merged(row: Row, columns: ColumnGroups) -> Row:
    counts = tuple(sum(row.counts[index] for index in column) for column in columns)
    return Row(row.name, row.classrooms, row.observations, counts)


def _merge(columns: ColumnGroups, everything: Sequence[int], held: Held) -> ColumnGroups:
    """Merge each column that would tell of the groups held back with its nearest neighbor.

    A column in which nobody has anything stays: that is plain from the totals.
    """
    empty = [column for column in columns if not _sum(everything, column)]
    used = [column for column in columns if column not in empty]
    while (first := next((i for i, column in enumerate(used) if held.tells(column)), None)) is not None:
        if len(used) == 1:
            break
        start = max(first - 1, 0)
        used[start : start + 2] = [used[start] + used[start + 1]]
    return tuple(sorted(used + empty))


@dataclass(frozen=True, slots=True)
class Held:
    """The counts of the groups held back, each by column, and whether somebody may know one of them."""

    counts: Sequence[Sequence[int]]
    against_insiders: bool

    def tells(self, column: tuple[int, ...]) -> bool:
        """Whether the sum in a column tells what some of these groups have in it.

        It does where they have nothing: then each has nothing. For an insider it does where the others have nothing;
        and, as that is ruled out so that no group has all of it, where there is too little to share in two ways.
        """
        each = [_sum(counts, column) for counts in self.counts]
        whole = sum(each)
        if not self.against_insiders or len(each) < 2:  # noqa: PLR2004 - nobody else to be known
            return whole == 0
        return whole in each or whole >= (len(each) - 1) * (whole - 1)


def _sum(counts: Sequence[int], column: tuple[int, ...]) -> int:
    return sum(counts[index] for index in column)
