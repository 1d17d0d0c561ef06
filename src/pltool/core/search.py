"""Finding resources and terms by words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pltool.core.names import Named, near, nearest_word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from pltool.core.bank import Strands
    from pltool.core.glossary import Term
    from pltool.core.progression import Grades, Resource


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a teacher chooses by. An entry that does not say does not fit."""

    grade: Grades | None = None
    free: bool = False
    language: str | None = None
    kind: str | None = None
    minutes: int | None = None

    def grants(self, resource: Resource) -> bool:
        """Whether an entry is as wished."""
        return (
            (self.grade is None or self.grade in resource.grades)
            and (not self.free or resource.access == "free")
            and (self.language is None or resource.language == self.language)
            and (self.kind is None or resource.kind == self.kind)
            and (self.minutes is None or (resource.minutes is not None and resource.minutes <= self.minutes))
        )


_GRADE_BANDS: dict[Grades, range] = {
    "k-2": range(3),
    "3-5": range(3, 6),
    "6-8": range(6, 9),
    "9-12": range(9, 13),
}


def grade_band(typed: str) -> Grades | None:
    """The band of a grade as people write it: `7`, `7th`, `grade 7`, `K`, `kindergarten`, `6-8`; None for none."""
    text = re.sub(r"grades?|st\b|nd\b|rd\b|th\b|[\s.]", "", typed.lower().replace("–", "-"))
    if text in _GRADE_BANDS:
        return next(band for band in _GRADE_BANDS if band == text)
    if text in {"k", "tk", "prek", "pk", "kindergarten", "0"}:
        return "k-2"
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else None  # noqa: PLR2004 - 12 at most
    return next((band for band, numbers in _GRADE_BANDS.items() if number in numbers), None)


def find_resources(
    resources: Iterable[Resource],
    strands: Strands,
    *,
    words: Sequence[str] = (),
    model: str | None = None,
    phase: str | None = None,
    strand: str | None = None,
    aligned: Collection[str] = (),
    wish: Wish | None = None,
) -> list[Resource]:
    """Resources that have every word and fit model, phase and strand; the best fit of the words first.

    A word counts more in a title than in a description. What is for `any` model or phase fits each of them.

    Args:
        resources: the bank.
        strands: their titles are searched too.
        words: each must be found somewhere.
        model: the id of a progression.
        phase: the id of a phase.
        strand: the id of a strand.
        aligned: ids of resources that steps of that model and phase name, whatever else they are tagged with.
        wish: what else they must be.
    """
    found = []
    for position, resource in enumerate(resources):
        if resource.id not in aligned and not _fits(resource, model, phase):
            continue
        if (strand and strand not in resource.strands) or (wish is not None and not wish.grants(resource)):
            continue
        weight = _weight(resource, strands, words)
        if weight is not None:
            specific = resource.id in aligned or model in resource.models
            found.append((-weight, not specific, position, resource))
    return [resource for *_, resource in sorted(found, key=lambda entry: entry[:3])]


def _fits(resource: Resource, model: str | None, phase: str | None) -> bool:
    return bool(
        (model is None or {model, "any"} & set(resource.models))
        and (phase is None or {phase, "any"} & set(resource.phases))
    )


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
    """The term that was typed; else those that begin with it, then those that contain it."""
    typed = _spaced(wanted)
    ranks: list[tuple[int, Term]] = []
    for term in terms:
        names = [_spaced(name) for name in (term.term, term.id, *term.also)]
        if typed in names:
            ranks.append((0, term))
        elif any(name.startswith(typed) for name in names):
            ranks.append((1, term))
        elif any(typed in name for name in names):
            ranks.append((2, term))
    exact = [term for rank, term in ranks if rank == 0]
    return exact or [term for _, term in sorted(ranks, key=lambda entry: (entry[0], entry[1].term.lower()))]


def _spaced(name: str) -> str:
    return name.lower().replace("-", " ").strip()


def nearest_terms(terms: Sequence[Term], wanted: str) -> list[str]:
    """Names of terms that look or sound like what was typed."""
    return near(wanted, [Named(term.term, " ".join(term.also)) for term in terms])


def corrected(words: Sequence[str], resources: Iterable[Resource], strands: Strands) -> list[str]:
    """The words of a search, each that is found nowhere replaced by the known word most like it."""
    texts = [f"{found.title} {found.about} {found.publisher} {found.kind}" for found in resources]
    texts += [strand.title for strand in strands.all]
    everything = " ".join(texts).lower()
    vocabulary = set(re.findall(r"[a-z]{3,}", everything))
    return [word if word.lower() in everything else nearest_word(word, vocabulary) or word for word in words]
