"""`history`: standing over time, what slipped, and what became of the steps agreed."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pltool.cli.options import Classroom, Content, OptionalModel, Output
from pltool.cli.output import choose_form, deliver, deliver_outline
from pltool.errors import PltoolError, UnknownNameError

if TYPE_CHECKING:
    from pltool.core.history import ContentChange, Line, PastRecord
    from pltool.core.progression import Progression
    from pltool.files.library import Library

FORMS = ("text", "markdown", "html", "json", "csv")


def history(
    model: OptionalModel = None,
    classroom: Classroom = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every record, and not only the last twelve.")
    ] = False,
    output: Output = None,
    form: Annotated[str | None, typer.Option("--format", metavar="text|markdown|html|json|csv")] = None,
    content: Content = None,
) -> None:
    """Standing over time, and what slipped."""
    from pltool.core.history import lines
    from pltool.files.library import Library

    chosen = choose_form(form, output, FORMS, "text")
    library = Library(content or ())
    records = _read(model, classroom)
    if model is not None and not records and model not in library.paths:
        library.progression(model)  # says what is wrong with the name
    progressions = _progressions(library, records)
    drawn = lines(records, progressions)
    if chosen in {"json", "csv"}:
        _deliver_rows(drawn, chosen, output)
        return
    from pltool.report.history import history_report

    width = min(shutil.get_terminal_size().columns, 92) if sys.stdout.isatty() else 80
    report = history_report(
        drawn, _changes(drawn, progressions), width=width, most=None if everything else 12
    )
    deliver_outline(report, chosen, output)


def _read(model: str | None, classroom: str | None) -> list[PastRecord]:
    from pltool.files.records import read_past, record_paths

    paths = record_paths()
    if model is not None:
        paths = [path for path in paths if f"-{model}-" in path.name]
    records = []
    for found in read_past(paths):
        if isinstance(found, PltoolError):
            print(f"pltool: {found}", file=sys.stderr)
        elif model in {None, found.model.id} and classroom in {None, found.classroom}:
            records.append(found)
    return records


def _progressions(library: Library, records: list[PastRecord]) -> dict[str, Progression]:
    """Today's progressions of the models met; one that cannot be read is left out with a word."""
    progressions = {}
    for model in sorted({record.model.id for record in records}):
        try:
            progressions[model] = library.progression(model)
        except UnknownNameError:
            continue  # a progression of one's own that is not at hand today
        except PltoolError as error:
            print(f"pltool: {error}", file=sys.stderr)
    return progressions


def _changes(drawn: list[Line], progressions: dict[str, Progression]) -> dict[str, ContentChange]:
    from pltool.core.history import content_change

    last = [line.entries[-1].record for line in drawn if line.model.id in progressions]
    return {record.id: content_change(record, progressions[record.model.id]) for record in last}


def _deliver_rows(drawn: list[Line], form: str, output: Output) -> None:
    from pltool.report.history import COLUMNS, history_rows
    from pltool.report.table import write_csv

    rows = history_rows(drawn)
    if form == "json":
        deliver(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", output)
    else:
        deliver(write_csv(COLUMNS, rows), output)
