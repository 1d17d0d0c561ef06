"""The summary of a walk as data: JSON and CSV, with nothing in them that the other forms hold back."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from pltool.report.formats import safe

if TYPE_CHECKING:
    from pltool.core.walk.step_counts import ModelCount, StepCount
    from pltool.core.walk.summary import Summary
    from pltool.core.walk.suppression import Breakdown, Row


def summary_json(summary: Summary) -> str:
    """The summary as data, with nothing in it that the other forms hold back."""
    data: dict[str, Any] = {
        "format": "pltool.walk-summary/1",
        "kind": summary.kind,
        "first": summary.first or None,
        "last": summary.last or None,
        "observations": summary.observations,
        "classrooms": summary.classrooms,
        "schools": summary.schools,
        "observers": summary.observers,
        "hide_under": summary.limit,
        "aside": {name: getattr(summary.aside, name) for name in summary.aside.__dataclass_fields__},
        "models": _breakdown_data(summary.models, summary.model_names, summary.column_names),
        "steps": [_step_data(model, step) for model in summary.shown for step in model.steps],
        "shared_pauses": [
            {
                "model": shared.model.progression.id,
                "step": shared.step.placed.id,
                "classrooms": shared.step.classrooms,
            }
            for shared in summary.shared
        ],
        "strands": [
            {"strand": strand.strand, "in_place": strand.in_place, "paused": strand.paused}
            for strand in summary.strands
        ],
        "pooled_pauses": [
            {"domains": list(pooled.domains), "classrooms": pooled.classrooms, "paused": pooled.paused}
            for pooled in summary.pooled
        ],
        "by": summary.grouping,
        "groups": None
        if summary.groups is None
        else _breakdown_data(summary.groups, summary.group_names, None),
        "moved": None
        if summary.moved is None
        else [
            {"model": moved.model, "what": moved.title, "earlier": moved.earlier, "now": moved.now}
            for moved in summary.moved
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _breakdown_data(
    breakdown: Breakdown, names: tuple[str, ...], full_names: tuple[str, ...] | None
) -> dict[str, Any]:
    def row(found: Row | None, names: tuple[str, ...] = names) -> dict[str, Any] | None:
        if found is None:
            return None
        return {
            "name": found.name,
            "classrooms": found.classrooms,
            "observations": found.observations,
            "counts": dict(zip(names, found.counts, strict=True)),
        }

    return {
        "shown": [row(found, full_names) for found in breakdown.unmerged]
        if full_names is not None
        else [row(found) for found in breakdown.rows],
        "held_back": len(breakdown.suppressed),
        "held_back_together": row(breakdown.suppressed_total),
        "all": row(breakdown.grand_total),
    }


def _step_data(model: ModelCount, step: StepCount) -> dict[str, Any]:
    return {
        "model": model.progression.id,
        "phase": step.placed.phase.id,
        "area": step.placed.area.id,
        "number": step.placed.number,
        "step": step.placed.id,
        "observations": model.observations,
        "in_place": step.in_place,
        "paused": step.paused,
        "paused_provisionally": step.provisional,
        "not_seen": step.not_seen,
        "not_reached": step.not_reached,
        "classrooms_paused": step.classrooms,
    }


def summary_csv(summary: Summary) -> str:
    """One row for each step of each model shown; where figures are broken down, one for each group instead."""
    written = io.StringIO()
    if summary.groups is not None:
        groups = summary.groups
        rows: list[dict[str, Any]] = [
            {
                str(summary.grouping).replace("-", "_"): row.name,
                "classrooms": row.classrooms,
                "observations": row.observations,
                **{
                    name.lower(): number for name, number in zip(summary.group_names, row.counts, strict=True)
                },
            }
            for row in groups.rows
        ]
        head = [
            str(summary.grouping).replace("-", "_"),
            "classrooms",
            "observations",
            *(name.lower() for name in summary.group_names),
        ]
    else:
        rows = [_step_data(model, step) for model in summary.shown for step in model.steps]
        head = [
            "model", "phase", "area", "number", "step", "observations", "in_place", "paused",
            "paused_provisionally", "not_seen", "not_reached", "classrooms_paused",
        ]  # fmt: skip
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(head)
    for found in rows:
        writer.writerow(safe.cell(value) if isinstance(value, str) else value for value in found.values())
    return written.getvalue()
