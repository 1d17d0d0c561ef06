"""`resources` and `glossary`: look something up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pltool.cli.options import Content, Force, Format, Output, Part
from pltool.cli.output import FORMATS, choose_format, deliver_either, warn
from pltool.core.json_text import as_json
from pltool.core.names import Named, match, near, suggestion
from pltool.core.progression import Grades, Kind
from pltool.core.search import Wish, corrected, find_resources, find_terms, grade_band, nearest_terms
from pltool.errors import InputError, UnknownNameError
from pltool.files.library import Library
from pltool.files.named import find_model
from pltool.report.phrases import listing
from pltool.report.reference import resources_found, terms_found
from pltool.report.resource import LANGUAGES

if TYPE_CHECKING:
    from pltool.core.bank import Strands


def resources(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help="Words to look for; all must be found.", show_default=False),
    ] = None,
    model: Annotated[str | None, typer.Option("--model", metavar="MODEL", help="Fit for that model.")] = None,
    phase: Part = None,
    strand: Annotated[
        str | None, typer.Option("--strand", metavar="STRAND", help="That strand, by id or part of its name.")
    ] = None,
    grade: Annotated[
        str | None, typer.Option("--grade", metavar="GRADE", help="For that grade, such as K, 7 or 9-12.")
    ] = None,
    kind: Annotated[
        Kind | None,
        typer.Option(
            "--kind", metavar="KIND", help="article, guide, tool, template, video, example or research."
        ),
    ] = None,
    free: Annotated[bool, typer.Option("--free", help="Free, without registration.")] = False,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="LANGUAGE", help="In that language, such as es or Spanish."),
    ] = None,
    minutes: Annotated[
        int | None, typer.Option("--minutes", metavar="N", min=1, help="No longer than that, where it says.")
    ] = None,
    output: Output = None,
    format_: Format = None,
    force: Force = False,
    content: Content = None,
) -> None:
    """Search the inspiration bank. Exit status 1 if nothing is found."""
    chosen = choose_format(format_, output, FORMATS, "text")
    library = Library(content or ())
    model = find_model(library, model).id if model is not None else None
    phase = _phase(library, model, phase) if phase is not None else None
    wanted = [word for words_ in words or () for word in words_.split()]
    found = find_resources(
        library.bank.resources,
        library.strands,
        words=wanted,
        model=model,
        phase=phase,
        strand=_strand(library.strands, strand) if strand else None,
        aligned=_aligned(library, model, phase),
        wish=Wish(grade=_grade(grade), free=free, language=_language(language), kind=kind, minutes=minutes),
    )
    deliver_either(
        lambda: resources_found(found, library.strands),
        lambda: as_json([resource.model_dump(mode="json") for resource in found]),
        chosen,
        output,
        force=force,
    )
    if not found:
        better = corrected(wanted, library.bank.resources, library.strands)
        if better != wanted:
            warn(f"Did you mean {' '.join(better)}? pltool resources {' '.join(better)}")
        raise typer.Exit(1)


def _grade(typed: str | None) -> Grades | None:
    if typed is None:
        return None
    band = grade_band(typed)
    if band is None:
        raise InputError(
            f"--grade {typed} is no grade; write K, a number from 1 to 12, or k-2, 3-5, 6-8, 9-12."
        )
    return band


def _language(typed: str | None) -> str | None:
    """The code of a language that is written as a code or by its English name."""
    word = (typed or "").strip().lower()
    return {name.removeprefix("in ").lower(): code for code, name in LANGUAGES.items()}.get(
        word, word
    ) or None


def _phase(library: Library, model: str | None, typed: str) -> str:
    """The id of a phase of a model, or of any.

    Raises:
        UnknownNameError: there is no such phase.
    """
    progressions = [library.progression(name) for name in ([model] if model else library.paths)]
    known = {phase.id: Named(phase.id, phase.title) for found in progressions for phase in found.phases}
    if model is None:
        tagged = {phase for resource in library.bank.resources for phase in resource.phases} - {"any"}
        known |= {phase: Named(phase) for phase in tagged - set(known)}
    found = match(typed, known.values())
    if len(found) == 1:
        return found[0].id
    where = f"`{model}` has" if model else "There is"
    hint = suggestion(near(typed, known.values())) or f"the phases are {', '.join(sorted(known))}."
    raise UnknownNameError(f"{where} no phase `{typed}`; {hint}")


def _aligned(library: Library, model: str | None, phase: str | None) -> set[str]:
    """What the steps of a model, or of a phase that only some models have, name as resources."""
    phases = {found for resource in library.bank.resources for found in resource.phases} - {"any"}
    if model is None and (phase is None or phase in phases):
        return set()
    progressions = [library.progression(name) for name in ([model] if model else library.paths)]
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
    likely = matching or near(name, [Named(strand.id, strand.title) for strand in strands.all])
    if len(matching) > 1:
        raise UnknownNameError(f"`{name}` could be several strands: {', '.join(matching)}.")
    hint = suggestion(likely) or f"the strands are {', '.join(strand.id for strand in strands.all)}."
    raise UnknownNameError(f"There is no strand `{name}`; {hint}")


def glossary(
    term: Annotated[
        str | None,
        typer.Argument(metavar="TERM", help="A term or part of it; without it all.", show_default=False),
    ] = None,
    output: Output = None,
    format_: Format = None,
    force: Force = False,
    content: Content = None,
) -> None:
    """Explain the terms that the progressions use."""
    chosen = choose_format(format_, output, FORMATS, "text")
    every = Library(content or ()).glossary.terms
    found = find_terms(every, term) if term else list(every)
    if not found:
        likely = nearest_terms(every, term or "")
        quoted = listing([f"“{name}”" for name in likely], "or")
        hint = f"did you mean {quoted}?" if likely else "`pltool glossary` shows all."
        raise UnknownNameError(f"The glossary has no “{term}”; {hint}")
    deliver_either(
        lambda: terms_found(found, every),
        lambda: as_json([found_term.model_dump(mode="json") for found_term in found]),
        chosen,
        output,
        force=force,
    )
