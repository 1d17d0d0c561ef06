"""`list` and `show`: read progressions without answering anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pltool.cli.greeting import warn_of_due_steps
from pltool.cli.options import Content, Force, Format, Model, Output, Part
from pltool.cli.output import FORMATS, choose_format, deliver_either, deliver_outline
from pltool.core.json_text import as_json
from pltool.errors import InputError
from pltool.files.library import Library
from pltool.files.named import find_model, find_phase, find_step
from pltool.report.progression import (
    library_overview,
    one_page,
    progression_handout,
    progression_overview,
    step_page,
)
from pltool.report.visit_sheet import visit_sheet

if TYPE_CHECKING:
    from pltool.core.progression import Progression
    from pltool.report.formats.outline import Outline


def list_progressions(
    output: Output = None,
    format_: Format = None,
    force: Force = False,
    content: Content = None,
) -> None:
    """List the progressions there are."""
    chosen = choose_format(format_, output, FORMATS, "text")
    library = Library(content or ())
    progressions = [library.progression(model) for model in library.paths]
    origins = {model: where for model in library.paths if (where := _origin(library, model))}
    deliver_either(
        lambda: library_overview(progressions, origins),
        lambda: as_json([_listed(progression, origins) for progression in progressions]),
        chosen,
        output,
        force=force,
    )
    warn_of_due_steps()


def _origin(library: Library, model: str) -> str | None:
    """Where a progression comes from; None for one that is pltool's own, and as it came."""
    path, own, overlays = library.origin(model)
    changed = f"changed by {', '.join(map(str, overlays))}" if overlays else ""
    parts = [part for part in ("pltool" if own else str(path), changed) if part]
    return None if own and not overlays else ", ".join(parts)


def _listed(progression: Progression, origins: dict[str, str]) -> dict[str, Any]:
    return {
        "origin": origins.get(progression.id, "pltool"),
        "id": progression.id,
        "title": progression.title,
        "version": progression.version,
        "summary": progression.summary,
        "phases": [
            {"id": phase.id, "title": phase.title, "steps": sum(len(area.steps) for area in phase.areas)}
            for phase in progression.phases
        ],
    }


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
    phase: Part = None,
    overview: Annotated[
        bool, typer.Option("--overview", help="The actions alone, on one page; with --phase, that phase.")
    ] = False,
    sheet: Annotated[
        bool, typer.Option("--sheet", help="A form for a visit, to print: boxes, and room for evidence.")
    ] = False,
    output: Output = None,
    format_: Format = None,
    force: Force = False,
    content: Content = None,
) -> None:
    """Read a progression, or one step of it. Nothing is asked."""
    chosen = choose_format(format_, output, FORMATS, "text")
    library = Library(content or ())
    progression = find_model(library, model)
    if step is not None and (sheet or overview or phase):
        raise InputError("--phase, --overview and --sheet are for more than one step; leave the step out.")
    if phase is not None:
        progression = progression.only(find_phase(progression, phase).id)
    if step is not None:
        deliver_either(
            lambda: _step(library, progression, step),
            lambda: _step_json(library, progression, step),
            chosen,
            output,
            force=force,
        )
        return
    if chosen == "json":
        if sheet or overview:
            raise InputError("--sheet and --overview are for people: HTML, Markdown or text, not JSON.")
        deliver_either(
            tuple, lambda: as_json(progression.model_dump(mode="json")), chosen, output, force=force
        )
        return
    outline = _whole(library, progression, chosen, sheet=sheet, overview=overview)
    deliver_outline(outline, chosen, output, force=force)


def _step(library: Library, progression: Progression, step: str) -> Outline:
    placed = find_step(progression, step)
    return step_page(
        progression,
        placed,
        library.bank_of(placed.step.resources),
        library.strands,
        built_in=library.is_own(progression.id),
    )


def _step_json(library: Library, progression: Progression, step: str) -> str:
    placed = find_step(progression, step)
    resources = library.bank_of(placed.step.resources).resources
    found = {
        "model": progression.id,
        "phase": placed.phase.id,
        "area": placed.area.id,
        "number": placed.number,
        **placed.step.model_dump(mode="json"),
        "resources": [resource.model_dump(mode="json") for resource in resources],
    }
    return as_json(found)


def _whole(
    library: Library, progression: Progression, format_: str, *, sheet: bool, overview: bool
) -> Outline:
    own = library.is_own(progression.id)
    if sheet:
        return visit_sheet(progression, built_in=own)
    if overview:
        return one_page(progression, built_in=own)
    if format_ == "text":
        return progression_overview(progression, built_in=own)
    return progression_handout(progression, library.bank, library.strands, built_in=own)
