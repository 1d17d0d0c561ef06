"""`content`: for people who write progressions: check a file, begin a new one, a schema for the editor."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pltool.cli.options import Content, Force, Format, Output
from pltool.cli.output import FORMATS, answer, choose_format, deliver, deliver_either, say, warn
from pltool.core.json_text import as_json
from pltool.core.order import judge_order, latest_of_each_room
from pltool.core.progression import is_id
from pltool.core.rules.findings import ERRORS, WARNINGS
from pltool.errors import InputError
from pltool.files.content_check import check_content
from pltool.files.content_diff import compare_content
from pltool.files.content_schema import KINDS, content_schema
from pltool.files.library import Library
from pltool.files.named import find_model
from pltool.files.records import read_record
from pltool.files.template import progression_template
from pltool.files.walk.findings import Findings
from pltool.files.walk.sources import list_sources
from pltool.files.writing import write_atomically
from pltool.report.content_diff import change_data, release_notes
from pltool.report.formats.safe import plain
from pltool.report.order import order_data, order_report
from pltool.report.phrases import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pltool.core.record import Reflection
    from pltool.files.content_check import Checked, Remark

app = typer.Typer(
    help="For people who write progressions.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
)
# Of one rule in one file; the JSON has them all.
_SHOWN = 20


@app.command()
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE|FOLDER",
            help="Files of content, or folders of them; all there are by default.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        Literal["text", "json", "github"],
        typer.Option(
            "--format", metavar="text|json|github", help="github: notes beside the lines of a change."
        ),
    ] = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as problems too.")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="List the rules, and check nothing.")] = False,
    content: Content = None,
) -> None:
    """Check content against every rule. Exit status 1 if there are errors, 2 if a file cannot be read."""
    if rules:
        for title, table in (("Errors", ERRORS), ("Warnings", WARNINGS)):
            answer(f"{title}:", *(f"  {name:<20} {what}" for name, what in table.items()))
        return
    checked = check_content(paths or (), content or (), date.today())  # noqa: DTZ011 - the author's own day
    if form == "json":
        deliver(_as_json(checked), None)
    else:
        for line in _github_lines(checked) if form == "github" else _lines(checked):
            answer(line)
    warn(_summary(checked))
    if checked.unreadable:
        raise typer.Exit(2)
    if checked.errors or (strict and checked.warnings):
        raise typer.Exit(1)


def _summary(checked: Checked) -> str:
    files = f"{count(checked.files, 'file')} checked"
    errors, warnings = len(checked.errors), len(checked.warnings)
    if not errors and not warnings:
        return f"{files}: no problems."
    found = [count(errors, "error")] if errors else ["no errors"]
    found += [count(warnings, "warning")] if warnings else []
    return f"{files}: {', '.join(found)}."


def _lines(checked: Checked) -> Iterator[str]:
    """Errors, then warnings; of a rule that a file breaks everywhere, the first ones and how many more."""
    for remarks, mark in ((checked.errors, ""), (checked.warnings, "warning: ")):
        shown: dict[tuple[Path, str], int] = {}
        for problem, rule in remarks:
            key = (problem.path, rule)
            shown[key] = shown.get(key, 0) + 1
            if shown[key] <= _SHOWN:
                place = f"{problem.path}:{problem.line}:{problem.column}"
                yield plain(f"{place}: {mark}{problem.what} [{rule}]")
        for (path, rule), total in shown.items():
            if total > _SHOWN:
                yield plain(f"{path}: {mark}{total - _SHOWN} more of this kind [{rule}]")


def _github_lines(checked: Checked) -> Iterator[str]:
    """Workflow commands, which GitHub shows beside the lines."""
    for remark in (*checked.errors, *checked.warnings):
        problem = remark.problem
        level = "error" if remark.is_error else "warning"
        place = f"file={_property(str(problem.path))},line={problem.line},col={problem.column}"
        yield f"::{level} {place},title={remark.rule}::{_message(plain(problem.what))}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(plain(text)).replace(":", "%3A").replace(",", "%2C")


def _as_json(checked: Checked) -> str:
    def entry(remark: Remark) -> dict[str, object]:
        path, line, column, what = remark.problem
        return {
            "path": str(path),
            "line": line,
            "column": column,
            "level": "error" if remark.is_error else "warning",
            "rule": remark.rule,
            "message": what,
        }

    return as_json(
        {
            "format": "pltool.content-check/1",
            "files": checked.files,
            "errors": len(checked.errors),
            "warnings": len(checked.warnings),
            "problems": [entry(remark) for remark in (*checked.errors, *checked.warnings)],
        }
    )


@app.command()
def new(
    model: Annotated[
        str, typer.Argument(metavar="MODEL", help="The new progression's id, such as our-model.")
    ],
    folder: Annotated[
        Path, typer.Option("--in", metavar="FOLDER", help="Where to write it; here by default.")
    ] = Path(),
) -> None:
    """Write a first version of a progression, in which each key is explained."""
    if not is_id(model):
        raise InputError(
            f"`{model}` is no id; write small letters, digits and single hyphens, as in `our-model`."
        )
    path = folder / f"{model}.yaml"
    if path.exists() or path.is_symlink():
        raise InputError(f"{path} is there already; choose another name, or edit it.")
    general = [
        r.id for r in Library().bank.resources if "any" in r.models and "routines-and-procedures" in r.strands
    ]
    write_atomically(path, progression_template(model, tuple(general[:2])))
    answer(path)
    say(f"Check it: pltool content check {path}", f"Try it: pltool reflect {model} --content {folder}")


@app.command()
def schema(
    of: Annotated[
        Literal["progression", "resources", "strands", "glossary", "identify", "walk", "overlay"],
        typer.Argument(metavar="|".join(KINDS), help="Which file."),
    ] = "progression",
) -> None:
    """Print a JSON Schema, for editors that check YAML as you type."""
    deliver(as_json(content_schema(of)), None)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A progression, or a folder of content.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Its new version.")],
    output: Output = None,
    format_: Format = None,
    force: Force = False,
) -> None:
    """Say what changed between two versions, and what it means for saved records."""
    chosen = choose_format(format_, output, FORMATS, "text")
    found = compare_content(old, new)
    changes = {found.titles[model]: changed for model, changed in found.changes.items()}
    models = [found.titles[name] for name in found.added], [found.titles[name] for name in found.removed]
    deliver_either(
        lambda: release_notes(changes, models, found.resources),
        lambda: as_json(
            {
                "format": "pltool.content-diff/1",
                "added": found.added,
                "removed": found.removed,
                "changes": change_data(found.changes),
                "resources": found.resources,
            }
        ),
        chosen,
        output,
        force=force,
        reads=[path for path in (old, new) if path.is_file()],
    )


@app.command()
def order(
    records: Annotated[
        list[Path], typer.Argument(metavar="RECORDS", help="Saved records (.json), or folders of them.")
    ],
    model: Annotated[
        str | None, typer.Option("--model", metavar="MODEL", help="Which model, where there are several.")
    ] = None,
    output: Output = None,
    format_: Format = None,
    force: Force = False,
    content: Content = None,
) -> None:
    """Ask records with answers beyond the pause whether the order of the steps holds."""
    chosen = choose_format(format_, output, FORMATS, "text")
    library = Library(content or ())
    findings = Findings()
    read = list(_readable(list_sources(records, findings).records))
    for note in (
        *findings.notes,
        *(f"{name} is no record; it was passed over." for name in findings.passed_over),
    ):
        warn(note)
    models = sorted({record.model.id for record in read})
    if model is None and len(models) > 1:
        raise InputError(f"These records are of {', '.join(models)}; name one with --model.")
    if model is None and not models:
        raise InputError("There is no record among these files; give .json files, or folders of them.")
    progression = find_model(library, model or models[0])
    rooms = latest_of_each_room([record for record in read if record.model.id == progression.id])
    answers = [
        {placed.id: answer.answer for answer in record.answers if (placed := progression.find(answer.step))}
        for record in rooms
    ]
    judged = judge_order([placed.id for placed in progression.steps], answers)
    deliver_either(
        lambda: order_report(progression, judged),
        lambda: as_json(order_data(progression, judged)),
        chosen,
        output,
        force=force,
    )


def _readable(paths: Iterable[str]) -> Iterator[Reflection]:
    for path in paths:
        try:
            yield read_record(Path(path))
        except InputError as error:
            warn(error)
