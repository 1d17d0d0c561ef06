"""`compare`: two records of one classroom side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pltool.cli.options import Force, Format, Output
from pltool.cli.output import FORMATS, choose_format, deliver_either
from pltool.core.comparison import compare as set_side_by_side
from pltool.core.json_text import as_json
from pltool.files.records import find_record, read_record
from pltool.report.comparison import comparison_report

if TYPE_CHECKING:
    from pltool.core.comparison import Comparison
    from pltool.core.record import AnswerRecord, Reflection


def compare(
    first: Annotated[
        str, typer.Argument(metavar="A", help="A record's id, or its beginning, or a record's file.")
    ],
    second: Annotated[str, typer.Argument(metavar="B", help="The other record.")],
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Compare also where model or classroom differ.")
    ] = False,
    output: Output = None,
    format_: Format = None,
    force: Force = False,
) -> None:
    """Set two records of one classroom side by side. It shows where they part, and what to talk about."""
    chosen = choose_format(format_, output, FORMATS, "text")
    comparison = set_side_by_side(_read(first), _read(second), anyway=anyway)
    deliver_either(
        lambda: comparison_report(comparison), lambda: _json(comparison), chosen, output, force=force
    )


def _read(name: str) -> Reflection:

    path = Path(name)
    is_file = path.suffix == ".json" or path.name != name
    return read_record(path if is_file else find_record(name))


def _json(comparison: Comparison) -> str:
    parting = comparison.parting
    found: dict[str, Any] = {
        "format": "pltool.comparison/1",
        "records": [_record(comparison.first), _record(comparison.second)],
        "parting": parting
        and {
            "action": parting.action,
            "phase": parting.phase,
            "number": parting.number,
            "differ": parting.differ,
            "answers": [_answer(parting.first), _answer(parting.second)],
        },
        "only_first": [_answer(answer) for answer in comparison.only_first],
        "only_second": [_answer(answer) for answer in comparison.only_second],
        "questions": list(comparison.questions),
    }
    return as_json(found)


def _record(record: Reflection) -> dict[str, Any]:
    return {
        "id": record.id,
        "kind": record.kind,
        "model": record.model.id,
        "classroom": record.classroom,
        "observer": record.observer,
        "finished": record.finished,
        "status": record.status,
        "provisional": record.provisional,
        "pause": record.pause.id if record.pause else None,
    }


def _answer(answer: AnswerRecord | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    return {
        "step": answer.step,
        "asked": answer.asked,
        "answer": answer.answer,
        "evidence": [{"kind": entry.kind, "note": entry.note} for entry in answer.evidence],
    }
