"""A walk reduced to what may be printed: every form of a summary is made of this value and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pltool.core.walk.pooled_pauses import pool_pauses
from pltool.core.walk.step_counts import ModelCount, count_model, count_rooms, group_by_model, shared_pauses
from pltool.core.walk.suppression import LEAST_OBSERVERS, USUAL_LIMIT, hold_back, make_spread
from pltool.core.walk.trends import count_strands, what_moved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pltool.core.bank import Strands
    from pltool.core.progression import Progression
    from pltool.core.record import Kind
    from pltool.core.walk.pooled_pauses import PooledPause
    from pltool.core.walk.step_counts import SharedPause
    from pltool.core.walk.suppression import Breakdown, Columns, Spread
    from pltool.core.walk.tally import Tally
    from pltool.core.walk.trends import Moved, StrandCount
    from pltool.core.walk.visits import Grouping

# Longer column names than this become numbers of phases.
_LONGEST = 22
_ENDS = ("Complete", "Provisional", "Unfinished")


@dataclass(frozen=True, slots=True)
class Aside:
    """What was met and is not in the figures, as numbers."""

    parts: int = 0
    other_kind: int = 0
    outside: int = 0
    left_out: int = 0
    twice: int = 0
    without_classroom: int = 0
    without_pause: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What may be printed of a walk.

    Attributes:
        kind: whose answers these are.
        first: the first day with an observation; empty where there is none.
        last: the last one.
        observations: how many.
        classrooms: how many different ones.
        schools: how many different ones.
        observers: how many different ones.
        limit: the least number of classrooms of a group that is shown.
        titles: of all models met, by id.
        models: the models as groups; those held back are named, and their figures are not given.
        model_names: the names of the merged columns of `models`.
        column_names: the names of its finest columns.
        shown: step by step, the models that may be shown.
        shared: steps at which two or more classrooms pause.
        strands: over the models shown.
        grouping: what else the figures are broken down by.
        groups: those groups.
        group_names: the names of their columns.
        moved: against an earlier walk.
        pooled: pauses over all models, those held back among them, by domain of the rubric.
        aside: what is not in the figures.
    """

    kind: Kind
    first: str
    last: str
    observations: int
    classrooms: int
    schools: int
    observers: int
    limit: int
    titles: Mapping[str, str]
    models: Breakdown
    model_names: tuple[str, ...]
    column_names: tuple[str, ...]
    shown: tuple[ModelCount, ...]
    shared: tuple[SharedPause, ...]
    strands: tuple[StrandCount, ...]
    grouping: Grouping | None
    groups: Breakdown | None
    group_names: tuple[str, ...]
    moved: tuple[Moved, ...] | None
    aside: Aside
    pooled: tuple[PooledPause, ...] = ()


def summarize(
    tally: Tally,
    progressions: Mapping[str, Progression],
    *,
    limit: int = USUAL_LIMIT,
    earlier: Tally | None = None,
    aside: Aside | None = None,
    strands: Strands | None = None,
) -> Summary:
    """Count a walk, and hold back what is too small.

    Args:
        tally: the observations.
        progressions: every model that was met, by id.
        limit: the least number of classrooms of a group that is shown.
        earlier: the observations of an earlier walk.
        aside: what the reading left out.
        strands: the rubric, for what is said over all models together.
    """
    by_model = group_by_model(tally)
    met = [progressions[name] for name in by_model]
    spread = make_spread(met)
    models = hold_back(by_model, spread, limit=limit)
    shown = tuple(count_model(tally, progressions[row.name]) for row in models.rows)
    groups = None if tally.by is None else _groups(tally, spread, limit, models)
    return Summary(
        kind=tally.kind,
        first=tally.first if tally.last else "",
        last=tally.last,
        observations=tally.outcomes.total(),
        classrooms=count_rooms(tally),
        schools=len(tally.schools),
        observers=len(tally.observers),
        limit=limit,
        titles={progression.id: progression.title for progression in met},
        models=models,
        model_names=column_names(models.columns, spread, met),
        column_names=column_names(tuple((index,) for index in range(spread.width)), spread, met),
        shown=shown,
        shared=shared_pauses(shown),
        strands=count_strands(shown),
        grouping=tally.by,
        groups=groups,
        group_names=() if groups is None else column_names(groups.columns, spread, met),
        moved=None if earlier is None else _moved(earlier, progressions, shown, limit),
        aside=aside or Aside(),
        pooled=pool_pauses(tally, models, spread, {p.id: p for p in met}, strands) if strands else (),
    )


def _groups(tally: Tally, spread: Spread, limit: int, models: Breakdown) -> Breakdown:
    """The groups over all models, in columns no finer than those that give the totals of the models held back.

    Where not even all models together may be shown, there are none.
    """
    counted = [row.name for row in models.rows] + list(models.held if models.all is not None else ())
    least = LEAST_OBSERVERS if tally.by == "observer-role" else 0
    return hold_back(
        tally.groups(counted), spread, limit=limit, least_observers=least, columns=models.columns
    )


def _moved(
    earlier: Tally, progressions: Mapping[str, Progression], shown: tuple[ModelCount, ...], limit: int
) -> tuple[Moved, ...]:
    by_model = group_by_model(earlier)
    allowed = hold_back(by_model, make_spread([progressions[name] for name in by_model]), limit=limit)
    before = {row.name: count_model(earlier, progressions[row.name]) for row in allowed.rows}
    return what_moved(before, {model.progression.id: model for model in shown})


def column_names(columns: Columns, spread: Spread, progressions: list[Progression]) -> tuple[str, ...]:
    """What each column counts: where observations pause, complete, provisional, unfinished."""
    names = [_phase_name(level, spread, progressions) for level in range(spread.levels)]
    if len({*names, *_ENDS}) < len(names) + len(_ENDS):  # a phase may have any title
        names = [f"Phase {level + 1}" for level in range(spread.levels)]
    names += _ENDS
    return tuple(" or ".join(names[index] for index in column) for column in columns)


def _phase_name(level: int, spread: Spread, progressions: list[Progression]) -> str:
    titles = list(dict.fromkeys(progression.phases[level].title for progression in progressions))
    deeper = level == spread.levels - 1 and any(len(p.phases) > spread.levels for p in progressions)
    name = " / ".join(titles)
    if len(name) > _LONGEST or deeper:
        return f"Phase {level + 1}{'+' if deeper else ''}"
    return name
