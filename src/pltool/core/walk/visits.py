"""A progression walk: many observations, each reduced to what may be counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from pltool.core.labels import fold_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pltool.core.record import Kind
    from pltool.core.standing import Status

Grouping = Literal["school", "model", "month", "observer-role"]


@dataclass(frozen=True, slots=True, eq=False)
class VisitOutcome:
    """What one observation says about one model. Steps are named by their index in the progression.

    Compared by identity: whoever makes them keeps one for each different outcome, which makes counting quick.
    A step that is in none of the tuples is not reached: unknown, and never "no".

    Attributes:
        provisional: a step before the pause or the end was not seen.
        pause: the first step answered not yet.
        in_place: the steps found in place.
        not_seen: the steps that could not be seen.
        does_not_apply: the steps that do not apply to this classroom.
        inferred: whether `in_place` only follows from the pause, as in a sheet that cannot say what was not seen.
        nothing_named: whether it is unfinished because no pause was written down.
    """

    model: str
    status: Status
    provisional: bool = False
    pause: int | None = None
    in_place: tuple[int, ...] = ()
    not_seen: tuple[int, ...] = ()
    does_not_apply: tuple[int, ...] = ()
    inferred: bool = False
    nothing_named: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from others."""
        return (
            self.model, self.status, self.provisional, self.pause, self.in_place, self.not_seen,
            self.does_not_apply, self.inferred, self.nothing_named,
        )  # fmt: skip


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
    outcome: VisitOutcome
    kind: Kind = "observation"
    part: bool = False
    note: str = ""
    evidence: tuple[StepEvidence, ...] = ()
    teacher: str = ""


class VisitColumns(NamedTuple):
    """Many observations at once, column by column, as they come from a sheet."""

    days: Sequence[str]
    schools: Sequence[str]
    classrooms: Sequence[str]
    observers: Sequence[str]
    roles: Sequence[str]
    outcomes: Sequence[VisitOutcome]
    notes: Sequence[str]
    teachers: Sequence[str]

    def visits(self) -> Iterator[Visit]:
        """The same one by one."""
        for day, school, classroom, observer, role, outcome, note, teacher in zip(*self, strict=True):
            yield Visit(
                day,
                school.strip(),
                classroom.strip(),
                observer.strip(),
                role.strip(),
                outcome,
                note=note.strip(),
                teacher=teacher.strip(),
            )


def fold_classroom(label: str) -> str:
    """A classroom's label as it is compared; a spreadsheet makes `101.0` of the number 101."""
    folded = fold_label(label)
    whole, dot, rest = folded.partition(".")
    return whole if dot and rest.strip("0") == "" and whole.isdecimal() and rest else folded
