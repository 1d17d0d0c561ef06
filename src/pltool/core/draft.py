"""A reflection under way, as it is kept on disk between two answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pltool.core.progression import AskedAs
from pltool.core.record import Evidence, FollowUp, Kind, Labels
from pltool.core.standing import Answer

FORMAT: Literal["pltool.draft/1"] = "pltool.draft/1"


@dataclass(frozen=True, kw_only=True)
class DraftAnswer:
    """One answer, with the moment it was given and the day of the reflection it was carried over from."""

    answer: Answer
    at: str
    reason: str | None = None
    evidence: tuple[Evidence, ...] = ()
    carried_from: str | None = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What was answered so far. The answers are in the order in which they were given.

    Attributes:
        noted: evidence on steps that have no answer yet, by step id.
    """

    format: Literal["pltool.draft/1"] = FORMAT
    id: str
    kind: Kind = "reflection"
    model: str
    part: str | None = None
    asked_as: AskedAs = "all"
    labels: Labels = field(default_factory=Labels)
    started: str
    updated: str
    follow_up: FollowUp | None = None
    answers: dict[str, DraftAnswer] = field(default_factory=dict)
    noted: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)

    @property
    def given(self) -> int:
        """How many answers the person gave, with the one on how the next step went; notes alone count as one."""
        answers = len(self.answers) + bool(self.follow_up and self.follow_up.outcome)
        return answers or int(bool(self.noted))
