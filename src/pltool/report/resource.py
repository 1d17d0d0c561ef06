"""One resource of the inspiration bank as it stands in reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.core.present_resources import PresentNote
from pltool.core.progression import Resource
from pltool.report.formats.outline import Link, Span, text
from pltool.report.phrases import listing

if TYPE_CHECKING:
    from pltool.core.record import ResourceNote

_GRADES = {"k-2": "K-2", "3-5": "3-5", "6-8": "6-8", "9-12": "9-12"}
_ACCESS = {"free": "free", "registration": "free after registration", "paid": "paid"}
# As an American teacher knows them; others go by their code.
LANGUAGES = {
    "en": "in English",
    "es": "in Spanish",
    "zh": "in Chinese",
    "vi": "in Vietnamese",
    "ar": "in Arabic",
    "fr": "in French",
    "pt": "in Portuguese",
    "ht": "in Haitian Creole",
    "tl": "in Tagalog",
}


def resource_entry(resource: Resource | ResourceNote) -> tuple[tuple[Link | Span, ...], ...]:
    """A resource as a list entry: linked title and publisher, what it is good for, and for whom."""
    entry = resource.entry if isinstance(resource, PresentNote) else resource
    lines: list[tuple[Link | Span, ...]] = [
        (Link(resource.title, resource.url), Span(f" ({resource.publisher})", "soft")),
        text(resource.about),
    ]
    if isinstance(entry, Resource):
        if facts := facts_of(entry):
            lines.append((Span(facts, "soft"),))
        if entry.archived:
            lines.append((Span("If the page is gone: ", "soft"), Link("a copy", entry.archived)))
    if isinstance(resource, PresentNote) and resource.moved:
        lines.append((Span("The address is today's; the page has moved since this was saved.", "soft"),))
    return tuple(lines)


def facts_of(resource: Resource) -> str:
    """What a teacher chooses by: kind where it can be watched or copied, length, grades, price, language."""
    facts: list[str] = [resource.kind] if resource.kind in {"video", "template", "tool"} else []
    if resource.minutes:
        facts.append(f"{resource.minutes} minutes" if resource.minutes > 1 else "1 minute")
    if resource.grades:
        grades = listing([_GRADES[grade] for grade in resource.grades])
        every = len(resource.grades) == len(_GRADES)
        facts.append("all grades" if every else f"grades {grades}")
    if resource.access:
        facts.append(_ACCESS[resource.access])
    if resource.language != "en":
        facts.append(LANGUAGES.get(resource.language, f"in the language {resource.language}"))
    said = ", ".join(facts)
    return said[:1].upper() + said[1:] + "." if said else ""
