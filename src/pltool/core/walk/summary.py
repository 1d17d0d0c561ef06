"""A walk reduced to what may be printed: every form of a summary is made of this value and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pltool.core.walk.pooled_pauses import pool_pauses
from pltool.core.walk.step_counts import ModelCount, count_model, count_rooms, group_by_model, shared_pauses
from pltool.core.walk.suppression import (
    LEAST_OBSERVERS,
    USUAL_LIMIT,
    SuppressionRule,
    make_outcome_columns,
    suppress_small_groups,
)
from pltool.core.walk.trends import compare_walks, count_strands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pltool.core.bank import Strands
    from pltool.core.progression import Progression
    from pltool.core.record import Kind
    from pltool.core.walk.pooled_pauses import PooledPause
    from pltool.core.walk.step_counts import SharedPause
    from pltool.core.walk.suppression import Breakdown, ColumnGroups, OutcomeColumns
    from pltool.core.walk.tally import Tally
    from pltool.core.walk.trends import Moved, StrandCount
    from pltool.core.walk.visits import Grouping

# Longer column names than this become numbers of phases.
_LONGEST = 22
_ENDS = ("Complete", "Provisional", "Unfinished")


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What was met and is not in the figures, as numbers.

    Attributes:
        parts: records of one phase only.
        other_kind: records of the other kind: reflections among observations, or the other way around.
        outside: observations outside of the dates asked for.
        left_out: rows and records that could not be used.
        files_left_out: files of which nothing could be used.
        repeated: rows and records that were met before.
        without_classroom: observations that are counted, but in no classroom.
        without_pause: observations that are counted as unfinished, since no pause was written down.
        read: rows and records that hold anything.
        copies: files that are another one again and count once with it.
        alike: files with the same bytes as another one under a name of their own, which count.
    """

    parts: int = 0
    other_kind: int = 0
    outside: int = 0
    left_out: int = 0
    files_left_out: int = 0
    repeated: int = 0
    without_classroom: int = 0
    without_pause: int = 0
    read: int = 0
    copies: int = 0
    alike: int = 0


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large a walk is.

    Attributes:
        first: the first day with an observation; empty where there is none.
        last: the last one.
        observations: how many.
        inferred: how many of them cannot say what was not seen.
        classrooms: how many different ones; those of one teacher are one.
        schools: how many different ones.
        observers: how many different ones.
    """

    first: str
    last: str
    observations: int
    inferred: int
    classrooms: int
    schools: int
    observers: int


@dataclass(frozen=True, slots=True)
class ModelTable:
    """The models as groups, and what may be said of them.

    Attributes:
        titles: of all models met, by id.
        breakdown: the models as groups; those held back are named, and their figures are not given.
        names: of the merged columns.
        finest_names: of the columns before any are merged.
        shown: step by step, the models that may be shown.
        shared: steps at which two or more classrooms pause.
        strands: over the models shown.
        pooled: pauses over all models, those held back among them, by domain of the rubric.
    """

    titles: Mapping[str, str]
    breakdown: Breakdown
    names: tuple[str, ...]
    finest_names: tuple[str, ...]
    shown: tuple[ModelCount, ...]
    shared: tuple[SharedPause, ...]
    strands: tuple[StrandCount, ...]
    pooled: tuple[PooledPause, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupTable:
    """Schools, months or roles as groups, with the names of the columns."""

    grouping: Grouping
    breakdown: Breakdown
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What may be printed of a walk.

    Attributes:
        kind: whose answers these are.
        limit: the least number of classrooms of a group that is shown.
        sizes: of the whole walk.
        models: what was seen, by model.
        groups: what else the figures are broken down by.
        moved: against an earlier walk.
        exclusions: what is not in the figures.
    """

    kind: Kind
    limit: int
    sizes: Sizes
    models: ModelTable
    groups: GroupTable | None
    moved: tuple[Moved, ...] | None
    exclusions: Exclusions


def summarize(
    tally: Tally,
    progressions: Mapping[str, Progression],
    *,
    limit: int = USUAL_LIMIT,
    earlier: Tally | None = None,
    exclusions: Exclusions | None = None,
    strands: Strands | None = None,
) -> Summary:
    """Count a walk, and hold back what is too small.

    Args:
        tally: the observations.
        progressions: every model that was met, by id.
        limit: the least number of classrooms of a group that is shown.
        earlier: the observations of an earlier walk.
        exclusions: what the reading left out.
        strands: the rubric, for what is said over all models together.
    """
    met = [progressions[name] for name in group_by_model(tally)]
    finest = make_outcome_columns(met)
    models = _models(tally, met, finest, limit, strands)
    return Summary(
        kind=tally.kind,
        limit=limit,
        sizes=_sizes(tally),
        models=models,
        groups=None if tally.by is None else _groups(tally, tally.by, finest, met, limit, models.breakdown),
        moved=None if earlier is None else _moved(earlier, progressions, models.shown, limit),
        exclusions=exclusions or Exclusions(),
    )


def _sizes(tally: Tally) -> Sizes:
    return Sizes(
        first=tally.first if tally.last else "",
        last=tally.last,
        observations=tally.outcomes.total(),
        inferred=sum(times for outcome, times in tally.outcomes.items() if outcome.inferred),
        classrooms=count_rooms(tally),
        schools=len(tally.schools),
        observers=len(tally.observers),
    )


def _models(
    tally: Tally, met: list[Progression], finest: OutcomeColumns, limit: int, strands: Strands | None
) -> ModelTable:
    by_id = {progression.id: progression for progression in met}
    breakdown = suppress_small_groups(group_by_model(tally), finest, SuppressionRule(limit))
    shown = tuple(count_model(tally, by_id[row.name]) for row in breakdown.rows)
    return ModelTable(
        titles={progression.id: progression.title for progression in met},
        breakdown=breakdown,
        names=column_names(breakdown.columns, finest, met),
        finest_names=column_names(tuple((index,) for index in range(finest.width)), finest, met),
        shown=shown,
        shared=shared_pauses(shown),
        strands=count_strands(shown),
        pooled=pool_pauses(tally, breakdown, finest, by_id, strands) if strands else (),
    )


def _groups(
    tally: Tally, by: Grouping, finest: OutcomeColumns, met: list[Progression], limit: int, models: Breakdown
) -> GroupTable:
    """The groups over all models, in columns no finer than those that give the totals of the models held back.

    Where not even all models together may be shown, there are none.
    """
    counted = [row.name for row in models.rows]
    counted += models.suppressed if models.grand_total is not None else ()
    rule = SuppressionRule(
        limit,
        least_observers=LEAST_OBSERVERS if by == "observer-role" else 0,
        against_insiders=by == "school",
    )
    breakdown = suppress_small_groups(tally.groups(counted), finest, rule, models.columns)
    return GroupTable(by, breakdown, column_names(breakdown.columns, finest, met))


def _moved(
    earlier: Tally, progressions: Mapping[str, Progression], shown: tuple[ModelCount, ...], limit: int
) -> tuple[Moved, ...]:
    by_model = group_by_model(earlier)
    finest = make_outcome_columns([progressions[name] for name in by_model])
    allowed = suppress_small_groups(by_model, finest, SuppressionRule(limit))
    before = {row.name: count_model(earlier, progressions[row.name]) for row in allowed.rows}
    return compare_walks(before, {model.progression.id: model for model in shown})


def column_names(
    columns: ColumnGroups, finest: OutcomeColumns, progressions: list[Progression]
) -> tuple[str, ...]:
    """What each column counts: where observations pause, complete, provisional, unfinished."""
    names = [_phase_name(level, finest, progressions) for level in range(finest.levels)]
    if len({*names, *_ENDS}) < len(names) + len(_ENDS):  # a phase may have any title
        names = [f"Phase {level + 1}" for level in range(finest.levels)]
    names += _ENDS
    return tuple(" or ".join(names[index] for index in column) for column in columns)


def _phase_name(level: int, finest: OutcomeColumns, progressions: list[Progression]) -> str:
    titles = list(dict.fromkeys(progression.phases[level].title for progression in progressions))
    deeper = level == finest.levels - 1 and any(len(p.phases) > finest.levels for p in progressions)
    name = " / ".join(titles)
    if len(name) > _LONGEST or deeper:
        return f"Phase {level + 1}{'+' if deeper else ''}"
    return name
