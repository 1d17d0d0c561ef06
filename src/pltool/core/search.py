"""Finding resources and terms by words."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pltool.core.bank import Strands
    from pltool.core.glossary import Term
    from pltool.core.progression import Resource


def find_resources(
    resources: Iterable[Resource],
    strands: Strands,
    *,
    words: Sequence[str] = (),
    model: str | None = None,
    phase: str | None = None,
    strand: str | None = None,
) -> list[Resource]:
    """Resources that have every word and fit model, phase and strand; the best fit of the words first.

    A word counts more in a title than in a description. What is for `any` model or phase fits each of them.
    """
    found = []
    for position, resource in enumerate(resources):
        if model and not {model, "any"} & set(resource.models):
            continue
        if phase and not {phase, "any"} & set(resource.phases):
            continue
        if strand and strand not in resource.strands:
            continue
        weight = _weight(resource, strands, words)
        if weight is not None:
            specific = model in resource.models
            found.append((-weight, not specific, position, resource))
    return [resource for *_, resource in sorted(found, key=lambda entry: entry[:3])]


def _weight(resource: Resource, strands: Strands, words: Sequence[str]) -> int | None:
    fields = (
        (4, resource.title),
        (2, resource.about),
        (1, resource.publisher),
        (1, resource.kind),
        (1, " ".join(strands.title(strand) for strand in resource.strands)),
    )
    total = 0
    for word in words:
        hits = sum(weight for weight, text in fields if word.lower() in text.lower())
        if not hits:
            return None
        total += hits
    return total


def find_terms(terms: Sequence[Term], wanted: str) -> list[Term]:
    """Terms that are, begin with, or contain what was typed, in this order; else those that mention it."""
    typed = wanted.lower().replace("-", " ").strip()
    ranks: list[tuple[int, Term]] = []
    for term in terms:
        names = [name.lower() for name in (term.term, term.id.replace("-", " "), *term.also)]
        if typed in names:
            ranks.append((0, term))
        elif any(name.startswith(typed) for name in names):
            ranks.append((1, term))
        elif any(typed in name for name in names):
            ranks.append((2, term))
    exact = [term for rank, term in ranks if rank == 0]
    return exact or [term for _, term in sorted(ranks, key=lambda entry: (entry[0], entry[1].term.lower()))]


def nearest_terms(terms: Sequence[Term], wanted: str) -> list[str]:
    """Names of terms that look like what was typed."""
    names = {name.lower(): term.term for term in terms for name in (term.term, *term.also)}
    close = get_close_matches(wanted.lower(), names, n=3, cutoff=0.6)
    return list(dict.fromkeys(names[name] for name in close))
