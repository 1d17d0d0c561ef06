"""Trends of a walk: strands over all models, and what moved against an earlier walk."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pltool.core.walk.step_counts import ModelCount


@dataclass(frozen=True, slots=True)
class StrandCount:
    """What was said of all steps that are aligned with one strand.

    Attributes:
        strand: its id.
        in_place: answers "in place".
        paused: answers "not yet", none of them provisional.
    """

    strand: str
    in_place: int
    paused: int

    @property
    def answers(self) -> int:
        """How many answers there are of both kinds."""
        return self.in_place + self.paused


def count_strands(models: Iterable[ModelCount]) -> tuple[StrandCount, ...]:
    """Answers by strand over all models, in the order of the ids; provisional pauses are not in it."""
    in_place, paused = Counter[str](), Counter[str]()
    for model in models:
        for step in model.steps:
            for strand in step.placed.step.strands:
                in_place[strand] += step.in_place
                paused[strand] += step.paused
    return tuple(
        StrandCount(strand, in_place[strand], paused[strand]) for strand in sorted(in_place | paused)
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """One phase (or complete) of one model, in an earlier walk and now."""

    model: str
    title: str
    earlier: int
    now: int


def compare_walks(earlier: Mapping[str, ModelCount], now: Mapping[str, ModelCount]) -> tuple[Moved, ...]:
    """For the models of both walks: how many observations pause in each phase, or are complete."""
    moved: list[Moved] = []
    for name in sorted(earlier.keys() & now.keys()):
        before, after = _by_phase(earlier[name]), _by_phase(now[name])
        moved += [
            Moved(now[name].progression.title, title, before.get(title, 0), number)
            for title, number in after.items()
        ]
    return tuple(moved)


def _by_phase(model: ModelCount) -> dict[str, int]:
    counts = {f"Paused in {phase.title}": 0 for phase in model.progression.phases}
    for step in model.steps:
        counts[f"Paused in {step.placed.phase.title}"] += step.paused
    return {
        **counts,
        "Complete": model.complete,
        "Provisional": model.provisional,
        "Unfinished": model.unfinished,
    }
