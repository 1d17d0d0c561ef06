"""`compare`: two records of one classroom side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pltool.cli.options import Force, Format, Output, Plain
from pltool.cli.output import FORMATS, choose_format, deliver_either
from pltool.cli.record_choice import latest, record_named
from pltool.cli.record_choice import pick as pick_record
from pltool.cli.sitting.dialog import open_dialog
from pltool.core.comparison import compare as set_side_by_side
from pltool.core.comparison import why_not_comparable
from pltool.core.json_text import as_json
from pltool.errors import InputError
from pltool.files.records import read_record
from pltool.report.comparison import comparison_report

if TYPE_CHECKING:
    from pathlib import Path

    from pltool.core.comparison import Comparison
    from pltool.core.record import AnswerRecord, Reflection


def compare(
    first: Annotated[
        str | None,
        typer.Argument(
            metavar="A", help="A record's id, or its beginning, or a record's file.", show_default=False
        ),
    ] = None,
    second: Annotated[
        str | None, typer.Argument(metavar="B", help="The other record.", show_default=False)
    ] = None,
    pick: Annotated[
        bool, typer.Option("--pick", help="Choose both from lists of the latest records.")
    ] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Compare also where model or classroom differ.")
    ] = False,
    output: Output = None,
    format_: Format = None,
    force: Force = False,
    plain: Plain = False,
) -> None:
    """Set two records of one classroom side by side. It shows where they part, and what to talk about."""
    chosen = choose_format(format_, output, FORMATS, "text")
    if pick:
        paths = _pick(plain=plain, anyway=anyway)
    elif first is None or second is None:
        raise InputError("Name two records, or say --pick; `pltool history` shows the ids.")
    else:
        paths = (record_named(first), record_named(second))
    comparison = set_side_by_side(*map(read_record, paths), anyway=anyway)
    deliver_either(
        lambda: comparison_report(comparison),
        lambda: _json(comparison),
        chosen,
        output,
        force=force,
        reads=paths,
    )


def _pick(*, plain: bool, anyway: bool) -> tuple[Path, Path]:
    """One of the latest records, then one of those that can stand beside it."""
    every = latest()
    with open_dialog(plain=plain) as dialog:
        first = pick_record(dialog, "Which record", every)
        chosen = next(one.record for one in every if one.path == first)
        others = [
            one
            for one in every
            if one.path != first and (anyway or why_not_comparable(chosen, one.record) is None)
        ]
        if not others:
            raise InputError(
                "No other record is of the same model and classroom. Say --anyway to compare them all the same."
            )
        return first, pick_record(dialog, "With which other record", others)


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
        "asked_as": record.asked_as,
        "amended": record.amended[-1].at if record.amended else None,
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
