"""`list` and `show`: read progressions without answering anything."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from pltool.cli.options import Content, Form, Model, Output
from pltool.cli.output import choose_form, deliver_outline, lazily
from pltool.errors import InputError, UnknownNameError
from pltool.files.library import Library
from pltool.files.validation import nearest
from pltool.report.progression import library_overview, progression_handout, progression_overview, step_page
from pltool.report.visit_sheet import visit_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from pltool.core.progression import PlacedStep, Progression
    from pltool.report.formats.outline import Outline

FORMS = ("text", "markdown", "html", "json")


def list_progressions(
    output: Output = None,
    form: Form = None,
    content: Content = None,
) -> None:
    """The progressions there are."""
    chosen = choose_form(form, output, FORMS, "text")
    library = Library(content or ())
    progressions = [library.progression(model) for model in library.paths]
    data = [
        {
            "id": progression.id,
            "title": progression.title,
            "version": progression.version,
            "summary": progression.summary,
            "phases": [
                {"id": phase.id, "title": phase.title, "steps": sum(len(area.steps) for area in phase.areas)}
                for phase in progression.phases
            ],
        }
        for progression in progressions
    ]
    lazily(
        lambda: library_overview(progressions),
        lambda: json.dumps(data, ensure_ascii=False, indent=2) + "\n",
        chosen,
        output,
    )


def show(
    model: Model,
    step: Annotated[
        str | None,
        typer.Argument(
            metavar="STEP",
            help="A step's id, or its phase and number, such as foundation-2.",
            show_default=False,
        ),
    ] = None,
    sheet: Annotated[
        bool, typer.Option("--sheet", help="A form for a visit, to print: boxes, and room for evidence.")
    ] = False,
    output: Output = None,
    form: Form = None,
    content: Content = None,
) -> None:
    """Read a progression, or one step of it, without answering anything."""
    chosen = choose_form(form, output, FORMS, "text")
    library = Library(content or ())
    progression = library.progression(model)
    if sheet:
        _visit_sheet(library, progression, step, chosen, output)
        return
    if step is None:
        if chosen == "json":
            lazily(tuple, lambda: progression.model_dump_json(indent=2) + "\n", chosen, output)
            return
        deliver_outline(_whole(library, progression, chosen), chosen, output)
        return
    placed = find_step(progression, step)
    if chosen == "json":
        found = {
            "model": progression.id,
            "phase": placed.phase.id,
            "area": placed.area.id,
            "number": placed.number,
            **placed.step.model_dump(mode="json"),
            "resources": [
                r.model_dump(mode="json") for r in library.bank_of(placed.step.resources).resources
            ],
        }
        lazily(tuple, lambda: json.dumps(found, ensure_ascii=False, indent=2) + "\n", chosen, output)
        return

    page = step_page(
        progression,
        placed,
        library.bank_of(placed.step.resources),
        library.strands,
        built_in=library.is_own(progression.id),
    )
    deliver_outline(page, chosen, output)


def _visit_sheet(
    library: Library, progression: Progression, step: str | None, form: str, output: Path | None
) -> None:

    if step is not None or form == "json":
        what = "json" if step is None else "one step"
        raise InputError(f"--sheet prints a whole progression as HTML, Markdown or text, not {what}.")
    outline = visit_sheet(progression, built_in=library.is_own(progression.id))
    deliver_outline(outline, form, output)


def _whole(library: Library, progression: Progression, form: str) -> Outline:

    own = library.is_own(progression.id)
    if form == "text":
        return progression_overview(progression, built_in=own)
    return progression_handout(progression, library.bank, library.strands, built_in=own)


def find_step(progression: Progression, name: str) -> PlacedStep:
    """A step by id, or by phase and number.

    Raises:
        UnknownNameError: there is none of that name.
    """
    placed = progression.find(name)
    if placed is None:
        names = [placed.id for placed in progression.steps] + [placed.place for placed in progression.steps]
        hint = nearest(name, names)
        if not hint.startswith("; did"):
            hint = f"; `pltool show {progression.id}` shows the steps."
        raise UnknownNameError(f"`{progression.id}` has no step `{name}`{hint}")
    return placed
