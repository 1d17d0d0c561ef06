"""`history`: standing over time, what slipped, and what became of the steps agreed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from pltool.cli.greeting import today, warn_of_due_steps
from pltool.cli.options import Classroom, Content, Force, Output, TableFormat
from pltool.cli.output import TABLE_FORMATS, choose_format, deliver, deliver_csv, deliver_outline, warn
from pltool.core.dates import in_full, read_day
from pltool.core.history import content_change, lines
from pltool.core.json_text import as_json
from pltool.core.labels import first_spellings, same_label, similar_labels
from pltool.errors import PltoolError, UnknownNameError
from pltool.files.library import Library
from pltool.files.named import model_id
from pltool.files.records import stored_records
from pltool.report.formats.csv_table import write_csv
from pltool.report.history import COLUMNS, history_report, history_rows, short_ids

if TYPE_CHECKING:
    from pltool.core.history import ContentChange, Line, PastRecord
    from pltool.core.progression import Progression

SHOWN = 12


def history(
    model: Annotated[
        str | None,
        typer.Argument(metavar="MODEL", help="One progression only; all by default.", show_default=False),
    ] = None,
    classroom: Classroom = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every record, and not only the last twelve.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="DAY", help="Records from this day on, such as 8/1, Aug 1, or 2 months."
        ),
    ] = None,
    output: Output = None,
    format_: TableFormat = None,
    force: Force = False,
    content: Content = None,
) -> None:
    """See where you stood over time, and what slipped."""
    chosen = choose_format(format_, output, TABLE_FORMATS, "text")
    begin = read_day(since, today(), "back").isoformat() if since else ""
    library = Library(content or ())
    every = _read()
    wanted = _ids(library, model, every) if model is not None else ()
    records = [
        record
        for record in every
        if (model is None or record.model.id in wanted)
        and (classroom is None or same_label(record.classroom, classroom))
        and record.finished[:10] >= begin
    ]
    if every and not records:
        raise UnknownNameError(_nothing(model, classroom, begin, every))
    rows = chosen in {"json", "csv"}
    progressions = _progressions(library, records, rows=rows)
    drawn = lines(records, progressions, most=None if everything or rows else SHOWN)
    if rows:
        table = history_rows(drawn)
        if chosen == "json":
            deliver(as_json(table), output, force=force)
        else:
            deliver_csv(write_csv(COLUMNS, table), output, force=force)
        return

    ids = short_ids(record.id for record in every)
    report = history_report(drawn, _changes(drawn, progressions), ids)
    deliver_outline(report, chosen, output, force=force)
    warn_of_due_steps(every)


def _read() -> list[PastRecord]:
    stored, errors = stored_records()
    for error in errors:
        warn(error)
    return [one.record for one in stored]


def _ids(library: Library, typed: str, every: list[PastRecord]) -> tuple[str, ...]:
    """The ids that records name a model with; those of one whose content is not at hand have its own alone."""
    known = typed in {record.model.id for record in every}
    try:
        progression = library.progression(typed if known else model_id(library, typed))
    except PltoolError:
        if not known:
            raise
        return (typed,)
    return (progression.id, *progression.former_ids)


def _nothing(model: str | None, classroom: str | None, begin: str, every: list[PastRecord]) -> str:
    """Why no record fits."""
    labels = list(first_spellings(record.classroom for record in every).values())
    known = ""
    if classroom and labels:
        near = similar_labels(classroom, labels)
        known = f" The classrooms there are: {', '.join(sorted(labels))}."
        known = f" Did you mean “{near[0]}”?" if near else known
    about = f" on `{model}`" if model else ""
    where = f" of the classroom “{classroom}”" if classroom else ""
    since = f" since {in_full(date.fromisoformat(begin))}" if begin else ""
    return f"There is no record{about}{where}{since}.{known}"


def _progressions(library: Library, records: list[PastRecord], *, rows: bool) -> dict[str, Progression]:
    """Today's progressions of the models met; one that cannot be read is left out with a warning.

    A table says nothing of changes in the content, and does without most of them.
    """
    progressions = {}
    for model in sorted({record.model.id for record in records}):
        if rows and library.is_plain(model):
            continue
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
