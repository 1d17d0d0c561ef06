"""`resources` and `glossary`: look something up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from pltool.cli.options import Content, Form, Output
from pltool.cli.output import choose_form, lazily
from pltool.core.search import find_resources, find_terms, nearest_terms
from pltool.errors import UnknownNameError
from pltool.files.library import Library
from pltool.report.reference import resources_found, terms_found

if TYPE_CHECKING:
    from pltool.core.bank import Strands

FORMS = ("text", "markdown", "html", "json")


def resources(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help="Words to look for; all must be found.", show_default=False),
    ] = None,
    model: Annotated[str | None, typer.Option("--model", metavar="MODEL", help="Fit for that model.")] = None,
    phase: Annotated[str | None, typer.Option("--phase", metavar="PHASE", help="Fit for that phase.")] = None,
    strand: Annotated[
        str | None, typer.Option("--strand", metavar="STRAND", help="That strand, by id or part of its name.")
    ] = None,
    output: Output = None,
    form: Form = None,
    content: Content = None,
) -> None:
    """Search the inspiration bank."""
    chosen = choose_form(form, output, FORMS, "text")
    library = Library(content or ())
    aligned = _aligned(library, model, phase)
    found = find_resources(
        library.bank.resources,
        library.strands,
        words=[word for words_ in words or () for word in words_.split()],
        model=model,
        phase=phase,
        strand=_strand(library.strands, strand) if strand else None,
        aligned=aligned,
    )
    lazily(
        lambda: resources_found(found, library.strands),
        lambda: json.dumps([r.model_dump(mode="json") for r in found], ensure_ascii=False, indent=2) + "\n",
        chosen,
        output,
    )


def _aligned(library: Library, model: str | None, phase: str | None) -> set[str]:
    """What the steps of a model, or of a phase that only some models have, name as resources.

    Raises:
        UnknownNameError: there is no such model or phase.
    """
    phases = {found for resource in library.bank.resources for found in resource.phases} - {"any"}
    if model is None and (phase is None or phase in phases):
        return set()
    progressions = [library.progression(name) for name in ([model] if model else library.paths)]
    known = {found.id for progression in progressions for found in progression.phases}
    if phase is not None and phase not in known:
        where = f"`{model}` has" if model else "There is"
        every = ", ".join(sorted(known | (phases if model is None else set())))
        raise UnknownNameError(f"{where} no phase `{phase}`; the phases are {every}.")
    return {
        resource
        for progression in progressions
        for placed in progression.steps
        if phase in {None, placed.phase.id}
        for resource in placed.step.resources
    }


def _strand(strands: Strands, name: str) -> str:
    wanted = name.lower().replace("-", " ")
    matching = [strand.id for strand in strands.all if wanted in strand.id.replace("-", " ")]
    exact = [strand_id for strand_id in matching if strand_id.replace("-", " ") == wanted]
    if exact or len(matching) == 1:
        return (exact or matching)[0]
    names = ", ".join(matching or (strand.id for strand in strands.all))
    what = "could be several strands" if matching else "is no strand"
    raise UnknownNameError(f"`{name}` {what}: {names}.")


def glossary(
    term: Annotated[
        str | None,
        typer.Argument(metavar="TERM", help="A term or part of it; without it all.", show_default=False),
    ] = None,
    output: Output = None,
    form: Form = None,
    content: Content = None,
) -> None:
    """Explain the terms that the progressions use."""
    chosen = choose_form(form, output, FORMS, "text")
    every = Library(content or ()).glossary.terms
    found = find_terms(every, term) if term else list(every)
    if not found:
        near = nearest_terms(every, term or "")
        hint = (
            f"did you mean {' or '.join(f'“{name}”' for name in near)}?"
            if near
            else "`pltool glossary` shows all."
        )
        raise UnknownNameError(f"The glossary has no “{term}”; {hint}")
    lazily(
        lambda: terms_found(found, every),
        lambda: json.dumps([t.model_dump(mode="json") for t in found], ensure_ascii=False, indent=2) + "\n",
        chosen,
        output,
    )
