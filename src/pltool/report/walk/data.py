"""The summary of a walk as data: JSON and CSV, with nothing in them that the other forms hold back."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from pltool.report.formats import safe

if TYPE_CHECKING:
    from pltool.core.walk.step_counts import ModelCount, StepCount
    from pltool.core.walk.summary import Exclusions, GroupTable, Summary
    from pltool.core.walk.suppression import Breakdown, Row


def summary_json(summary: Summary) -> str:
    """The summary as data, with nothing in it that the other forms hold back."""
    sizes, models, groups = summary.sizes, summary.models, summary.groups
    data: dict[str, Any] = {
        "format": "pltool.walk-summary/1",
        "kind": summary.kind,
        "first": sizes.first or None,
        "last": sizes.last or None,
        "observations": sizes.observations,
        "observations_that_cannot_say_not_seen": sizes.inferred,
        "classrooms": sizes.classrooms,
        "schools": sizes.schools,
        "observers": sizes.observers,
        "hide_under": summary.limit,
        "rows": rows_data(summary),
        "aside": _aside(summary.exclusions),
        "models": _breakdown_data(models.breakdown, models.names, models.finest_names),
        "steps": [_step_data(model, step) for model in models.shown for step in model.steps],
        "shared_pauses": [
            {
                "model": shared.model.progression.id,
                "step": shared.step.placed.id,
                "classrooms": shared.step.classrooms,
            }
            for shared in models.shared
        ],
        "strands": [
            {
                "strand": strand.strand,
                "in_place": strand.in_place,
                "paused": strand.paused,
                "answers": strand.answers,
            }
            for strand in models.strands
        ],
        "pooled_pauses": [
            {"domains": list(pooled.domains), "classrooms": pooled.classrooms, "paused": pooled.paused}
            for pooled in models.pooled
        ],
        "by": None if groups is None else groups.grouping,
        "groups": None if groups is None else _breakdown_data(groups.breakdown, groups.names, None),
        "moved": None
        if summary.moved is None
        else [
            {"model": moved.model, "what": moved.title, "earlier": moved.earlier, "now": moved.now}
            for moved in summary.moved
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def rows_data(summary: Summary) -> dict[str, int]:
    """The account of all rows and records that hold anything; what became of them adds up to those read."""
    excluded = summary.exclusions
    return {
        "read": excluded.read,
        "counted": summary.sizes.observations,
        "left_out": excluded.left_out,
        "repeated": excluded.repeated,
        "outside": excluded.outside,
        "other_kind": excluded.other_kind,
        "parts": excluded.parts,
    }


def _aside(excluded: Exclusions) -> dict[str, int]:
    return {
        "parts": excluded.parts,
        "other_kind": excluded.other_kind,
        "outside": excluded.outside,
        "left_out": excluded.left_out + excluded.files_left_out,
        "files_left_out": excluded.files_left_out,
        "copied_files": excluded.copies,
        "files_alike_under_other_names": excluded.alike,
        "twice": excluded.repeated,
        "without_classroom": excluded.without_classroom,
        "without_pause": excluded.without_pause,
    }


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
        "in_place_inferred": step.inferred,
        "paused": step.paused,
        "paused_provisionally": step.provisional,
        "not_seen": step.not_seen,
        "does_not_apply": step.does_not_apply,
        "not_reached": step.not_reached,
        "classrooms_paused": step.classrooms,
    }


def summary_csv(summary: Summary) -> str:
    """One row for each step of each model shown; where figures are broken down, one for each group instead."""
    if summary.groups is not None:
        head, rows = _group_rows(summary.groups)
    else:
        rows = [
            list(_step_data(model, step).values()) for model in summary.models.shown for step in model.steps
        ]
        head = [
            "model", "phase", "area", "number", "step", "observations", "in_place", "in_place_inferred", "paused",
            "paused_provisionally", "not_seen", "does_not_apply", "not_reached", "classrooms_paused",
        ]  # fmt: skip
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow(safe.cell(value) if isinstance(value, str) else value for value in row)
    return written.getvalue()


def _group_rows(groups: GroupTable) -> tuple[list[str], list[list[Any]]]:
    name = groups.grouping.replace("-", "_")
    head = [name, "classrooms", "observations", *(column.lower() for column in groups.names)]
    rows = [[row.name, row.classrooms, row.observations, *row.counts] for row in groups.breakdown.rows]
    return head, rows
