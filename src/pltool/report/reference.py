"""Resources and terms that were looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.report.formats.outline import Bullets, Heading, Paragraph, Span, paragraph
from pltool.report.phrases import count, listing
from pltool.report.resource import resource_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pltool.core.bank import Strands
    from pltool.core.glossary import Term
    from pltool.core.progression import Resource
    from pltool.report.formats.outline import Outline


def resources_found(resources: Sequence[Resource], strands: Strands) -> Outline:
    """Each resource with its description and the strands it speaks to."""
    if not resources:
        return (paragraph("No resource fits. Try fewer or shorter words, or leave out a filter."),)
    entries = tuple(
        (
            *resource_entry(resource),
            (Span(listing([strands.title(strand) for strand in resource.strands]), "soft"),),
        )
        for resource in resources
    )
    return (Heading(1, f"Inspiration bank: {count(len(resources), 'resource')}"), Bullets(entries))


def terms_found(terms: Sequence[Term], every: Sequence[Term]) -> Outline:
    """Terms with their meaning and related terms."""
    names = {term.id: term.term for term in every}
    blocks: list[Heading | Paragraph] = []
    for term in terms:
        blocks.append(Heading(3, term.term))
        blocks.append(paragraph(term.meaning))
        if term.related and len(terms) <= 5:  # noqa: PLR2004 - in a long list they only get in the way
            related = listing([names[name] for name in term.related if name in names])
            blocks.append(paragraph(f"See also: {related}.", "soft"))
    return (Heading(1, "Glossary"), *blocks)
