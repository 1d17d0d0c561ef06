"""The agenda of a debrief, and the lists around a walk."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictInt

from pltool.core.progression import Paragraph, Title, Value

Lines = Annotated[tuple[Paragraph, ...], Field(min_length=1)]
ItemName = Literal[
    "purpose",
    "silent-review",
    "evidence",
    "models-and-pauses",
    "celebrations",
    "patterns",
    "split-steps",
    "wonderings",
    "support",
    "sharing",
]


class AgendaItem(Value):
    """One part of a debrief, with what happens and the question to ask."""

    id: ItemName
    title: Title
    minutes: Annotated[StrictInt, Field(ge=1, le=60)]
    lead: Paragraph
    prompt: Paragraph


class Agenda(Value):
    """A debrief of so many minutes."""

    minutes: Annotated[StrictInt, Field(ge=10, le=180)]
    items: Annotated[tuple[AgendaItem, ...], Field(min_length=1)]


class WalkGuide(Value):
    """Everything in `walk.yaml`."""

    purpose: Paragraph
    norms: Lines
    before: Lines
    during: Lines
    after: Lines
    agendas: Annotated[tuple[Agenda, ...], Field(min_length=1)]

    def agenda(self, minutes: int) -> Agenda | None:
        """The agenda of that length."""
        return next((agenda for agenda in self.agendas if agenda.minutes == minutes), None)
