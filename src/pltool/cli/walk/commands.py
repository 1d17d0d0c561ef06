"""`walk`: sheets before a progression walk, and the summary, agreement and agenda after it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from pltool.cli.options import Content, Force, Output
from pltool.cli.output import check_file, choose_format, deliver, deliver_csv, deliver_outline, say, to_file
from pltool.cli.walk.reading import WalkInput, make_tally, say_names, say_school_words, say_single_schools
from pltool.core.walk.agreement import compare, compare_with_key
from pltool.core.walk.shared_visits import VisitsByRoom
from pltool.core.walk.suppression import LOWEST_LIMIT, USUAL_LIMIT
from pltool.errors import InputError
from pltool.files.library import Library
from pltool.files.walk.guide import read_guide
from pltool.files.walk.mapping import read_columns
from pltool.files.walk.reader import ReadingOptions
from pltool.report.walk.agenda import agenda_report
from pltool.report.walk.agreement import agreement_json, agreement_report
from pltool.report.walk.data import summary_csv, summary_json
from pltool.report.walk.sheet import columns_csv, empty_csv, form_text, printed_sheet
from pltool.report.walk.summary import walk_summary

app = typer.Typer(
    name="walk",
    help="For progression walks: sheets before, and the summary, agreement and agenda after.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
)

FORMS = ("text", "markdown", "html", "json", "csv")
PAPER_FORMS = ("text", "markdown", "html")

Sources = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILES...", help="Records (.json), walk sheets (.csv, .tsv, .txt, .xlsx), or folders of them."
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="DAY", help="Count from this day on, such as 2026-11-23, Nov 23, or 2 weeks."
    ),
]
Until = Annotated[str | None, typer.Option("--until", metavar="DAY", help="Count up to and with this day.")]
Strict = Annotated[bool, typer.Option("--strict", help="Fail where a row or file cannot be read.")]
HideUnder = Annotated[
    int,
    typer.Option(
        "--hide-under",
        metavar="N",
        min=LOWEST_LIMIT,
        help=f"Hold back groups under so many classrooms; {LOWEST_LIMIT} at least.",
    ),
]
Dates = Annotated[
    Literal["month-first", "day-first"] | None,
    typer.Option("--dates", help="How to read dates such as 03/04/2026.", show_default=False),
]
Column = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar='NAME="HEAD"',
        help='What a column is called in the sheets, as date="Date of visit"; may be repeated.',
    ),
]
ColumnsFile = Annotated[
    Path | None,
    typer.Option(
        "--columns", metavar="FILE", help="The same from a YAML file, for every time: `date: Date of visit`."
    ),
]
KindOption = Annotated[
    Literal["observations", "reflections"],
    typer.Option("--kind", help="Whose answers to count; the two are never mixed."),
]


@app.command()
def summary(
    sources: Sources,
    by: Annotated[
        Literal["school", "model", "month", "observer-role"] | None,
        typer.Option("--by", help="Break the figures down.", show_default=False),
    ] = None,
    since: Since = None,
    until: Until = None,
    earlier: Annotated[
        list[Path] | None,
        typer.Option("--earlier", metavar="FILE", help="An earlier walk to set beside it; may be repeated."),
    ] = None,
    hide_under: HideUnder = USUAL_LIMIT,
    kind: KindOption = "observations",
    dates: Dates = None,
    column: Column = None,
    columns: ColumnsFile = None,
    strict: Strict = False,
    output: Output = None,
    form: Annotated[str | None, typer.Option("--format", metavar="|".join(FORMS))] = None,
    force: Force = False,
    content: Content = None,
) -> None:
    """What was seen: celebrations, pauses and strands, with no classroom, teacher or observer named."""
    chosen = choose_format(form, output, FORMS, "text")
    reads = [*sources, *(earlier or ())]
    check_file(output, force=force, reads=reads)
    walk = WalkInput(content, ReadingOptions(dates, read_columns(column or (), columns)), strict=strict)
    tally = make_tally(since, until, kind, by)
    walk.count(sources, tally)
    before = walk.count_earlier(earlier, tally) if earlier else None
    found = walk.summarize(tally, hide_under, before)
    if found.groups is not None:
        say_single_schools(tally, found)
        say_names("names of groups", [row.name for row in found.groups.breakdown.rows])
    if chosen == "json":
        deliver(summary_json(found), output, force=force, reads=reads)
    elif chosen == "csv":
        deliver_csv(summary_csv(found), output, force=force, reads=reads)
    else:
        deliver_outline(
            walk_summary(found, walk.bank(found), walk.library.strands),
            chosen,
            output,
            force=force,
            reads=reads,
        )


@app.command()
def agreement(
    sources: Sources,
    key: Annotated[
        list[Path] | None,
        typer.Option(
            "--key", metavar="FILE", help="A panel's own record or sheet to compare with; may be repeated."
        ),
    ] = None,
    within: Annotated[
        int,
        typer.Option("--within", metavar="DAYS", min=0, help="Visits so many days apart are one occasion."),
    ] = 0,
    since: Since = None,
    until: Until = None,
    dates: Dates = None,
    column: Column = None,
    columns: ColumnsFile = None,
    strict: Strict = False,
    output: Output = None,
    form: Annotated[str | None, typer.Option("--format", metavar="text|markdown|html|json")] = None,
    force: Force = False,
    content: Content = None,
) -> None:
    """For norming: where observers of the same classroom agree, and the steps at which they part."""
    chosen = choose_format(form, output, FORMS[:4], "text")
    reads = [*sources, *(key or ())]
    check_file(output, force=force, reads=reads)
    walk = WalkInput(content, ReadingOptions(dates, read_columns(column or (), columns)), strict=strict)
    tally = make_tally(since, until, "observations", None)
    rooms = VisitsByRoom(within, tally.since, tally.until)
    with_key = None
    if key:
        keys = walk.visits(key)
        panel = set(keys)
        visits = [visit for visit in walk.visits(sources) if visit not in panel]
        tally.add_visits(visits)
        rooms.add_visits(visits)
        observed = [visit for visit in visits if tally.takes(visit)]
        with_key = compare_with_key(observed, keys, walk.models.progressions)
    else:
        walk.count(sources, tally, rooms)
    found = compare(rooms, walk.models.progressions)
    notes = [note for split in found.splits for note in (*split.in_place_notes, *split.not_yet_notes)]
    say_names("notes", notes)
    say_school_words(rooms.numbers.school_names.values(), notes)
    if chosen == "json":
        deliver(agreement_json(found, with_key), output, force=force, reads=reads)
    else:
        deliver_outline(agreement_report(found, with_key), chosen, output, force=force, reads=reads)


@app.command()
def agenda(
    sources: Sources,
    minutes: Annotated[
        int, typer.Option("--minutes", metavar="60|30", help="How long the debrief may take.")
    ] = 60,
    since: Since = None,
    until: Until = None,
    hide_under: HideUnder = USUAL_LIMIT,
    within: Annotated[
        int,
        typer.Option("--within", metavar="DAYS", min=0, help="Visits so many days apart are one occasion."),
    ] = 0,
    dates: Dates = None,
    column: Column = None,
    columns: ColumnsFile = None,
    strict: Strict = False,
    output: Output = None,
    form: Annotated[str | None, typer.Option("--format", metavar="text|markdown|html")] = None,
    force: Force = False,
    content: Content = None,
) -> None:
    """The debrief, timed, with what the walk has shown filled in."""
    chosen = choose_format(form, output, PAPER_FORMS, "text")
    reads = sources
    check_file(output, force=force, reads=reads)
    walk = WalkInput(content, ReadingOptions(dates, read_columns(column or (), columns)), strict=strict)
    guide = read_guide(walk.library.folders)
    timed = guide.agenda(minutes)
    if timed is None:
        lengths = " or ".join(str(known.minutes) for known in guide.agendas)
        raise InputError(f"There is no agenda of {minutes} minutes; use --minutes {lengths}.")
    tally = make_tally(since, until, "observations", None)
    rooms = VisitsByRoom(within, tally.since, tally.until)
    walk.count(sources, tally, rooms)
    found = walk.summarize(tally, hide_under, None)
    together = compare(rooms, walk.models.progressions)
    report = agenda_report(guide, timed, found, together, walk.library.strands)
    deliver_outline(report, chosen, output, force=force, reads=reads)


@app.command()
def sheet(
    models: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="MODEL...",
            help="The models that will be seen; all where none is named.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=".csv for a spreadsheet, .html, .md or .txt to print. - is standard output.",
        ),
    ] = None,
    form: Annotated[str | None, typer.Option("--format", metavar="csv|text|markdown|html")] = None,
    online: Annotated[
        bool, typer.Option("--form", help="The text of a Google or Microsoft Form, to copy.")
    ] = False,
    force: Force = False,
    content: Content = None,
) -> None:
    """An empty sheet: CSV to fill in, with a second file that says what may stand there, or one to print."""
    library = Library(content or ())
    progressions = [library.progression(model) for model in models or library.paths]
    if online:
        choose_format(form, output, ("text",), "text")
        deliver(form_text(progressions), output, force=force)
        return
    chosen = choose_format(form, output, ("csv", *PAPER_FORMS), "csv")
    if chosen != "csv":
        deliver_outline(printed_sheet(progressions, read_guide(library.folders)), chosen, output, force=force)
        return
    deliver_csv(empty_csv(progressions), output, force=force)
    if output is not None and to_file(output):
        beside = output.with_name(f"{output.stem}-columns{output.suffix}")
        deliver_csv(columns_csv(progressions), beside, force=True)
        say("The second file says what may stand in each column.")
    else:
        say("With --output FILE a second file says what may stand in each column.")
