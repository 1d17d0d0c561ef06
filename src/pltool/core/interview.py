"""What to ask next, and what an answer changes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pltool.core.standing import Answer, Standing, judge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pltool.core.progression import PlacedStep, Progression


@dataclass(frozen=True, slots=True)
class Interview:
    """A conversation under way: the answers so far, and the step looked at again, if any.

    Going back keeps the later answers; they count again as soon as nothing before them says not yet.
    """

    progression: Progression
    answers: Mapping[str, Answer] = field(default_factory=dict)
    revisiting: int | None = None

    @property
    def standing(self) -> Standing:
        """What the answers so far amount to."""
        return judge(self.progression, self.answers)

    @property
    def position(self) -> int | None:
        """Index of the step to ask; None when nothing is left to ask."""
        if self.revisiting is not None:
            return self.revisiting
        missing = self.standing.missing
        return None if missing is None else self.progression.steps.index(missing)

    @property
    def question(self) -> PlacedStep | None:
        """The step to ask; None when the pause or the end is reached."""
        position = self.position
        return None if position is None else self.progression.steps[position]

    def answer(self, answer: Answer) -> Interview:
        """The interview after this answer to its question."""
        question = self.question
        if question is None:
            raise ValueError("nothing is being asked")
        return replace(self, answers={**self.answers, question.id: answer}, revisiting=None)

    def back(self) -> Interview:
        """The interview one step earlier; at the first step, the same."""
        position = self.position
        if position is None:
            position = len(self.standing.reached)
        return replace(self, revisiting=max(position - 1, 0))
