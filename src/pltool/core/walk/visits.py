"""A progression walk: many observations, each reduced to what may be counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from pltool.core.standing import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pltool.core.progression import Progression
    from pltool.core.record import Kind

Grouping = Literal["school", "model", "month", "observer-role"]


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What one observation says about one model. Steps are named by their index in the progression.

    Compared by identity: whoever makes them keeps one for each different outcome, which makes counting quick.
    A step that is in none of the three is not reached: unknown, and never "no".
    """

    model: str
    status: Status
    provisional: bool = False
    pause: int | None = None
    in_place: tuple[int, ...] = ()
    not_seen: tuple[int, ...] = ()


class StepEvidence(NamedTuple):
    """What an observer noted on one step."""

    step: int
    note: str


class Visit(NamedTuple):
    """One observation as a walk counts it; `part` is true where only one phase was asked."""

    day: str
    school: str
    classroom: str
    observer: str
    role: str
    outcome: Outcome
    kind: Kind = "observation"
    part: bool = False
    note: str = ""
    evidence: tuple[StepEvidence, ...] = ()


class Columns(NamedTuple):
    """Many observations at once, column by column, as they come from a sheet."""

    days: Sequence[str]
    schools: Sequence[str]
    classrooms: Sequence[str]
    observers: Sequence[str]
    roles: Sequence[str]
    outcomes: Sequence[Outcome]
    notes: Sequence[str]

    def visits(self) -> Iterator[Visit]:
        """The same one by one."""
        for day, school, classroom, observer, role, outcome, note in zip(*self, strict=True):
            yield Visit(
                day,
                school.strip(),
                classroom.strip(),
                observer.strip(),
                role.strip(),
                outcome,
                note=note.strip(),
            )


def paused_outcome(progression: Progression, pause: int) -> Outcome:
    """A pause at a step: everything before it is in place, and nothing beyond it is known."""
    return Outcome(progression.id, Status.PAUSED, pause=pause, in_place=tuple(range(pause)))


def complete_outcome(progression: Progression) -> Outcome:
    """Every step in place."""
    return Outcome(progression.id, Status.COMPLETE, in_place=tuple(range(len(progression.steps))))


def folded(label: str) -> str:
    """A label as it is compared: `Room 4 ` and `room  4` are the same room."""
    return " ".join(label.split()).casefold()
