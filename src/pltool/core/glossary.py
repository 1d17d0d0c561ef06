"""The terms a teacher meets in the progressions."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictStr

from pltool.core.progression import Id, Text, Title, Value, text_of

MEANING_WORDS = 60


class Term(Value):
    """One term in plain words; `also` holds other words that people type for it."""

    id: Id
    term: Title
    also: tuple[Text, ...] = ()
    meaning: Annotated[StrictStr, text_of(MEANING_WORDS)]
    related: Annotated[tuple[Id, ...], Field(max_length=6)] = ()


class Glossary(Value):
    """All terms."""

    terms: Annotated[tuple[Term, ...], Field(min_length=1)]
