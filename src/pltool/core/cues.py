"""The cues that tell models apart, and what each answer to one shows."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool

from pltool.core.progression import Id, Text, Title, Value

MOST_CUES = 8


class Sign(Value):
    """What one answer to a cue shows.

    Attributes:
        mark_of: the models it is the mark of; empty where it is no one's mark.
        against: the models it rules out.
        says: what was seen, in words.
        decides: it holds for the whole room, a mixture as well.
    """

    mark_of: Annotated[tuple[Id, ...], Field(alias="for")]
    against: tuple[Id, ...]
    says: Text
    decides: StrictBool = False

    def fits(self, candidate: str) -> bool:
        """Whether such a classroom could show this."""
        return candidate not in self.against and (not self.mark_of or candidate in self.mark_of)


class Condition(Value):
    """An answer to another cue."""

    cue: Id
    answer: Literal["yes", "no"]


class Cue(Value):
    """One thing to look for from the door, or to ask a student."""

    id: Id
    asked_unless: Condition | None = None
    question: Text
    look: Text
    ask: Text
    yes: Sign
    no: Sign

    @property
    def signs(self) -> tuple[Sign, Sign]:
        """What yes and what no would show."""
        return self.yes, self.no


class Outcome(Value):
    """An outcome that is no model: its title and what it means."""

    title: Title
    summary: Text


class Cues(Value):
    """All cues in the order in which they are asked, and the outcomes beside the models."""

    outcomes: dict[Id, Outcome]
    cues: Annotated[tuple[Cue, ...], Field(min_length=1, max_length=MOST_CUES)]

    @property
    def candidates(self) -> tuple[str, ...]:
        """Models and other outcomes, in the order in which the cues name them."""
        named = (name for cue in self.cues for sign in cue.signs for name in (*sign.mark_of, *sign.against))
        return tuple(dict.fromkeys(named))

    def is_model(self, candidate: str) -> bool:
        """Whether a candidate is a model, and not another outcome."""
        return candidate not in self.outcomes
