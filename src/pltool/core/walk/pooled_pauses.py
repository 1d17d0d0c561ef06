"""Where classrooms pause over all models together, by kind of practice, so that no single model can be told apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pltool.core.bank import Strands
    from pltool.core.progression import Progression
    from pltool.core.walk.suppression import Breakdown, ColumnGroups, OutcomeColumns
    from pltool.core.walk.tally import Tally


# All ways to join neighbors are tried: a thousand at most.
_MOST_DOMAINS = 10


@dataclass(frozen=True, slots=True)
class PooledPause:
    """Pauses at steps of one kind of practice, or of several that cannot be told apart safely.

    Attributes:
        domains: the ids of the rubric's domains.
        classrooms: how many different ones pause there; one may pause in several, on different visits.
        paused: observations that pause there, none of them provisional.
    """

    domains: tuple[str, ...]
    classrooms: int
    paused: int


class _Kinds:
    """Of what kind each step is, and at which depth of its model: the domain of its first strand."""

    def __init__(
        self, strands: Strands, finest: OutcomeColumns, progressions: Mapping[str, Progression]
    ) -> None:
        self.domains = [domain.id for domain in strands.domains]
        number = {
            strand.id: index for index, domain in enumerate(strands.domains) for strand in domain.strands
        }
        self.at = {
            name: [
                (min(level, finest.levels - 1), number.get(placed.step.strands[0]))
                for level, placed in zip(finest.phases[name], progression.steps, strict=True)
            ]
            for name, progression in progressions.items()
        }


def pool_pauses(
    tally: Tally,
    models: Breakdown,
    finest: OutcomeColumns,
    progressions: Mapping[str, Progression],
    strands: Strands,
) -> tuple[PooledPause, ...]:
    """Count firm pauses over all models by domain; empty where nothing may be said.

    Whatever stands apart here could belong to any model that is held back: wherever one of them has steps of a kind
    in a phase that was paused in, all of them have. Otherwise kinds are given as one. So the classrooms of those
    models could change places, and every figure would be the same.
    """
    kinds = _Kinds(strands, finest, progressions)
    strange = any(kind is None for at in kinds.at.values() for _, kind in at)
    if models.grand_total is None or strange or len(kinds.domains) > _MOST_DOMAINS:
        return ()
    everything, together = Counter[int](), Counter[int]()
    rooms: defaultdict[int, set[int]] = defaultdict(set)
    for outcome, times in tally.outcomes.items():
        if outcome.pause is None or outcome.provisional:
            continue
        kind = kinds.at[outcome.model][outcome.pause][1] or 0
        everything[kind] += times
        rooms[kind] |= tally.rooms.get(outcome, set())
        if outcome.model in models.suppressed:
            together[kind] += times
    columns = _finest(len(kinds.domains))
    if models.suppressed:
        held, levels = [kinds.at[name] for name in models.suppressed], _levels(models, finest)
        number = len(kinds.domains)
        columns = next(
            found
            for found in _partitions(number)
            if all(_may_stand(column, number, everything, together, held, levels) for column in found)
        )
    return tuple(_pooled(columns, kinds.domains, everything, rooms))


def _pooled(
    columns: ColumnGroups, domains: Sequence[str], paused: Mapping[int, int], rooms: Mapping[int, set[int]]
) -> Iterator[PooledPause]:
    for column in columns:
        here = set[int]().union(*(rooms.get(number, set()) for number in column))
        yield PooledPause(
            tuple(domains[number] for number in column),
            len(here),
            sum(paused.get(number, 0) for number in column),
        )


def _levels(models: Breakdown, finest: OutcomeColumns) -> set[int]:
    """The phases in which models held back may pause, as far as the printed table tells."""
    if models.suppressed_total is None:
        return set(range(finest.levels))
    counted = zip(models.columns, models.suppressed_total.counts, strict=True)
    return {level for column, number in counted if number for level in column if level < finest.levels}


def _finest(number: int) -> ColumnGroups:
    return tuple((kind,) for kind in range(number))


def _partitions(number: int) -> Iterator[ColumnGroups]:
    """All ways to make neighbors one, those with the most columns first; the last one is everything together."""
    for parts in range(number, 0, -1):
        for cuts in combinations(range(1, number), parts - 1):
            edges = (0, *cuts, number)
            yield tuple(tuple(range(start, end)) for start, end in pairwise(edges))


def _may_stand(
    column: tuple[int, ...],
    number: int,
    everything: Mapping[int, int],
    together: Mapping[int, int],
    held: Sequence[list[tuple[int, int | None]]],
    levels: set[int],
) -> bool:
    """Whether a column tells nothing of one model; where all together are printed anyway, nothing new is told."""
    if len(column) == number:
        return True
    none_held = not sum(together[kind] for kind in column)
    return _all_or_none(column, held, levels) and not (none_held and any(everything[kind] for kind in column))


def _all_or_none(
    column: tuple[int, ...], held: Sequence[list[tuple[int, int | None]]], levels: set[int]
) -> bool:
    for level in levels:
        having = sum(any(at == level and kind in column for at, kind in steps) for steps in held)
        if having not in {0, len(held)}:
            return False
    return True
