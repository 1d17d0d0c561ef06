"""`history`: standing over time, what slipped, and what became of the steps agreed."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pltool.cli.options import Classroom, Content, OptionalModel, Output
from pltool.cli.output import choose_form, deliver, deliver_outline, warn
from pltool.core.history import content_change, lines
from pltool.core.labels import first_spellings, same_label, similar_labels
from pltool.errors import PltoolError, UnknownNameError
from pltool.files.library import Library
from pltool.files.records import stored_records
from pltool.report.formats.csv_table import write_csv
from pltool.report.history import COLUMNS, history_report, history_rows, short_ids

if TYPE_CHECKING:
    from pltool.core.history import ContentChange, Line, PastRecord
    from pltool.core.progression import Progression

FORMS = ("text", "markdown", "html", "json", "csv")
SHOWN = 12


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
    chosen = choose_form(form, output, FORMS, "text")
    library = Library(content or ())
    every = _read()
    wanted = _ids(library, model) if model is not None else ()
    records = [
        record
        for record in every
        if (model is None or record.model.id in wanted)
        and (classroom is None or same_label(record.classroom, classroom))
    ]
    if every and not records:
        raise UnknownNameError(_nothing(library, model, classroom, every))
    progressions = _progressions(library, records)
    rows = chosen in {"json", "csv"}
    drawn = lines(records, progressions, most=None if everything or rows else SHOWN)
    if rows:
        _deliver_rows(drawn, chosen, output)
        return

    report = history_report(
        drawn,
        _changes(drawn, progressions),
        width=_width(chosen),
        ids=short_ids(record.id for record in every),
    )
    deliver_outline(report, chosen, output)


def _width(form: str) -> int | None:
    """The columns there are for text; what is laid out elsewhere takes what it needs."""
    if form != "text":
        return None
    return min(shutil.get_terminal_size().columns, 92) if sys.stdout.isatty() else 80


def _read() -> list[PastRecord]:
    stored, errors = stored_records()
    for error in errors:
        warn(error)
    return [one.record for one in stored]


def _ids(library: Library, model: str) -> tuple[str, ...]:
    """All ids that records may name a model with; one that is not at hand today has its own alone."""
    try:
        progression = library.progression(model)
    except PltoolError:
        return (model,)
    return (progression.id, *progression.former_ids)


def _nothing(library: Library, model: str | None, classroom: str | None, every: list[PastRecord]) -> str:
    """Why no record fits; a wrong name of a model says so itself."""
    if model is not None and model not in {record.model.id for record in every}:
        library.progression(model)
    labels = list(first_spellings(record.classroom for record in every).values())
    known = ""
    if classroom and labels:
        near = similar_labels(classroom, labels)
        known = (
            f" Did you mean “{near[0]}”?"
            if near
            else f" The classrooms there are: {', '.join(sorted(labels))}."
        )
    about = f" on `{model}`" if model else ""
    where = f" of the classroom “{classroom}”" if classroom else ""
    return f"There is no record{about}{where}.{known}"


def _progressions(library: Library, records: list[PastRecord]) -> dict[str, Progression]:
    """Today's progressions of the models met; one that cannot be read is left out with a word."""
    progressions = {}
    for model in sorted({record.model.id for record in records}):
        try:
            progressions[model] = library.progression(model)
        except UnknownNameError:
            continue  # a progression of one's own that is not at hand today
        except PltoolError as error:
            warn(error)
    return progressions


def _changes(drawn: list[Line], progressions: dict[str, Progression]) -> dict[str, ContentChange]:

    last = [line.entries[-1].record for line in drawn if line.model.id in progressions]
    return {record.id: content_change(record, progressions[record.model.id]) for record in last}


def _deliver_rows(drawn: list[Line], form: str, output: Output) -> None:

    rows = history_rows(drawn)
    if form == "json":
        deliver(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", output)
    else:
        deliver(write_csv(COLUMNS, rows), output)
