"""What a walk must not print: small groups, and everything that would let them be worked out from the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pltool.core.standing import Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pltool.core.progression import Progression
    from pltool.core.walk.tally import Group
    from pltool.core.walk.visits import Outcome

USUAL_LIMIT = 5
LOWEST_LIMIT = 3
# A role with one or two observers would show how a person answered.
LEAST_OBSERVERS = 3
_DEPTH = 3

# Columns of the finest table, and how each is made of them: (0,) stands alone, (1, 2) is two made one.
Columns = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """The columns of a breakdown: pauses by phase, then complete, provisional and unfinished, each apart."""

    phases: Mapping[str, Sequence[int]]
    levels: int

    @property
    def width(self) -> int:
        """How many columns there are before any are merged."""
        return self.levels + 3

    def column(self, outcome: Outcome) -> int:
        """The column an outcome counts in."""
        if outcome.status is Status.UNFINISHED:
            return self.levels + 2
        if outcome.provisional:
            return self.levels + 1
        if outcome.pause is None:
            return self.levels
        return min(self.phases[outcome.model][outcome.pause], self.levels - 1)


def make_spread(progressions: Sequence[Progression]) -> Spread:
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
    return Spread(numbers, min(levels, _DEPTH))


@dataclass(frozen=True, slots=True)
class Row:
    """One group of a breakdown, or several together."""

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
        full: the same groups in the finest columns: only where no other table gives the totals of those.
        held: the names of the groups held back.
        together: all groups held back as one row; None where there are none, or together too few.
        all: all groups together; None where even they are too few.
    """

    columns: Columns
    rows: tuple[Row, ...]
    full: tuple[Row, ...]
    held: tuple[str, ...]
    together: Row | None
    all: Row | None


def hold_back(
    groups: Mapping[str, Group],
    spread: Spread,
    *,
    limit: int = USUAL_LIMIT,
    least_observers: int = 0,
    columns: Columns | None = None,
) -> Breakdown:
    """Decide which groups may be shown, and in which columns.

    A group with fewer classrooms than the limit is held back. What is held back could still be worked out as the
    total less the rest, so further groups join it, the smallest first, until there are two or more, together at
    or over the limit, with more classrooms than groups. Where those held back have nothing at all in a column,
    each of them has nothing there: such a column is merged with its neighbor.

    Args:
        groups: by name.
        spread: the finest columns.
        limit: the least number of classrooms of a group that is shown.
        least_observers: the least number of observers of such a group.
        columns: those that another table of the same observations has merged already.
    """
    hidden = [
        name
        for name, group in groups.items()
        if len(group.rooms) < limit or len(group.observers) < least_observers
    ]
    shown = sorted(
        (name for name in groups if name not in hidden), key=lambda name: (-len(groups[name].rooms), name)
    )
    while hidden and shown and not _safe([groups[name] for name in hidden], limit, least_observers):
        hidden.append(shown.pop())
    columns = columns or tuple((index,) for index in range(spread.width))
    everything = _row("", list(groups.values()), spread)
    together = _row("", [groups[name] for name in hidden], spread) if hidden else None
    if together is not None:
        columns = _merge(columns, everything.counts, together.counts)
    large = together is not None and _safe([groups[name] for name in hidden], limit, least_observers)
    full = tuple(_row(name, [groups[name]], spread) for name in sorted(shown))
    return Breakdown(
        columns=columns,
        rows=tuple(_merged(row, columns) for row in full),
        full=full,
        held=tuple(sorted(hidden)),
        together=_merged(together, columns) if together is not None and large else None,
        all=_merged(everything, columns) if shown or large else None,
    )


def _safe(groups: Sequence[Group], limit: int, least_observers: int) -> bool:
    """Whether groups may be printed as one: too many to tell apart, and not each exactly one classroom."""
    rooms = set[int]().union(*(group.rooms for group in groups))
    observers = set[str]().union(*(group.observers for group in groups))
    return (
        len(groups) > 1
        and len(rooms) >= limit
        and len(rooms) > len(groups)
        and len(observers) >= least_observers
    )


def _row(name: str, groups: Sequence[Group], spread: Spread) -> Row:
    counts = [0] * spread.width
    for group in groups:
        for outcome, times in group.outcomes.items():
            counts[spread.column(outcome)] += times
    rooms = set[int]().union(*(group.rooms for group in groups))
    return Row(name, len(rooms), sum(counts), tuple(counts))


def _merged(row: Row, columns: Columns) -> Row:
    counts = tuple(sum(row.counts[index] for index in column) for column in columns)
    return Row(row.name, row.classrooms, row.observations, counts)


def _merge(columns: Columns, everything: Sequence[int], together: Sequence[int]) -> Columns:
    """Merge each column in which only the groups shown have something with its nearest neighbor.

    A column in which nobody has anything stays: that is plain from the totals.
    """
    empty = [column for column in columns if not _sum(everything, column)]
    used = [column for column in columns if column not in empty]
    while (
        first := next((i for i, column in enumerate(used) if not _sum(together, column)), None)
    ) is not None:
        if len(used) == 1:
            break
        start = max(first - 1, 0)
        used[start : start + 2] = [used[start] + used[start + 1]]
    return tuple(sorted(used + empty))


def _sum(counts: Sequence[int], column: tuple[int, ...]) -> int:
    return sum(counts[index] for index in column)
