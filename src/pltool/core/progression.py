"""The values of a coaching progression: phases, areas, steps, and the resources beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictInt, StrictStr

ACTION_WORDS = 30
LINE_WORDS = 24
MOVE_WORDS = 40
SCENE_WORDS = 90
PARAGRAPH_WORDS = 120
ABOUT_WORDS = 40

Actor = Literal["teacher", "student", "leader"]
# Whose actions somebody is asked about: a teacher's and her students', a leader's own, or every action.
AskedAs = Literal["teacher", "leader", "all"]
_ASKED: dict[AskedAs, tuple[Actor, ...]] = {
    "teacher": ("teacher", "student"),
    "leader": ("leader",),
    "all": ("teacher", "student", "leader"),
}


def text_of(words: int | None = None) -> AfterValidator:
    """Folds white space into single blanks, and refuses the empty text and one of more than so many words."""

    def check(text: str) -> str:
        found = text.split()
        if not found:
            raise ValueError("is empty; write something here or remove it")
        if words is not None and len(found) > words:
            raise ValueError(f"has {len(found)} words; shorten it to at most {words}")
        return " ".join(found)

    return AfterValidator(check)


def is_id(text: str) -> bool:
    """Whether a text is small letters, digits and single hyphens."""
    # Not pydantic's `pattern`: a regular expression for every field takes its time to compile at each start.
    return all(word.isascii() and word.isalnum() and word == word.lower() for word in text.split("-"))


def _id(text: str) -> str:
    if not is_id(text):
        raise ValueError(
            f"is `{text}`; write small letters, digits and single hyphens, as in `rotation-agenda`"
        )
    return text


def _address(text: str) -> str:
    host = text.removeprefix("https://").partition("/")[0]
    if not text.startswith("https://") or "." not in host.strip(".") or text != "".join(text.split()):
        raise ValueError(f"is `{text}`; write a full https:// address")
    return text


def _month(text: str) -> str:
    try:
        date.fromisoformat(f"{text}-01")
    except ValueError:
        raise ValueError(f"is `{text}`; write the year and the month, as in `2026-11`") from None
    return text


Text = Annotated[StrictStr, text_of()]
Title = Annotated[StrictStr, text_of(14)]
Line = Annotated[StrictStr, text_of(LINE_WORDS)]
Paragraph = Annotated[StrictStr, text_of(PARAGRAPH_WORDS)]
Id = Annotated[StrictStr, AfterValidator(_id)]


class Value(BaseModel):
    """An immutable value that knows no keys but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class NextMove(Value):
    """Something a teacher could try next, and what it could look like in a classroom."""

    move: Annotated[StrictStr, text_of(MOVE_WORDS)]
    looks_like: Annotated[StrictStr, text_of(SCENE_WORDS)]


class Step(Value):
    """One observable action of a teacher, student or leader."""

    id: Id
    former_ids: tuple[Id, ...] = ()
    actor: Actor
    action: Annotated[StrictStr, text_of(ACTION_WORDS)]
    in_practice_when: Annotated[tuple[Line, ...], Field(min_length=2, max_length=4)]
    look_fors: Annotated[tuple[Line, ...], Field(min_length=2, max_length=4)]
    strands: Annotated[tuple[Id, ...], Field(min_length=1, max_length=4)]
    next_moves: Annotated[tuple[NextMove, ...], Field(min_length=1, max_length=3)]
    coaching_questions: Annotated[tuple[Line, ...], Field(min_length=1, max_length=4)]
    resources: Annotated[tuple[Id, ...], Field(min_length=2, max_length=4)]


class Area(Value):
    """Where in the lesson its steps live."""

    id: Id
    title: Title
    note: Line | None = None
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


class Phase(Value):
    """A stretch of the progression; its steps are numbered from 1."""

    id: Id
    title: Title
    purpose: Paragraph
    areas: Annotated[tuple[Area, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class PlacedStep:
    """A step with its place: phase, area and number in the phase (from 1)."""

    step: Step
    phase: Phase
    area: Area
    number: int

    @property
    def id(self) -> str:
        """The step's id."""
        return self.step.id

    @property
    def place(self) -> str:
        """Phase and number, as `foundation-2`."""
        return f"{self.phase.id}-{self.number}"


class Progression(Value):
    """The ordered actions of one model; `former_ids` keep its records readable after it was renamed."""

    id: Id
    former_ids: tuple[Id, ...] = ()
    title: Title
    version: Text
    summary: Paragraph
    source: Paragraph
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)]

    @cached_property
    def steps(self) -> tuple[PlacedStep, ...]:
        """All steps in the order in which they are asked."""
        return tuple(
            PlacedStep(step, phase, area, number)
            for phase in self.phases
            for number, (area, step) in enumerate(
                ((area, step) for area in phase.areas for step in area.steps), start=1
            )
        )

    @cached_property
    def unasked(self) -> tuple[PlacedStep, ...]:
        """The steps that are left out because somebody else is asked about them; see `asked_of`."""
        return ()

    @cached_property
    def _by_name(self) -> dict[str, PlacedStep]:
        names: dict[str, PlacedStep] = {}
        for placed in self.steps:
            names.setdefault(placed.place, placed)
        for placed in self.steps:
            for former in placed.step.former_ids:
                names[former] = placed
        for placed in self.steps:
            names[placed.id] = placed
        return names

    def find(self, name: str) -> PlacedStep | None:
        """The step of that id, former id, or phase and number (`foundation-2`)."""
        return self._by_name.get(name)

    def phase(self, phase_id: str) -> Phase | None:
        """The phase of that id."""
        return next((phase for phase in self.phases if phase.id == phase_id), None)

    def only(self, phase_id: str) -> Progression:
        """The same progression reduced to one of its phases."""
        # Not model_copy: it would carry the cached steps of the whole along.
        values = {name: getattr(self, name) for name in type(self).model_fields}
        values["phases"] = tuple(phase for phase in self.phases if phase.id == phase_id)
        return self.model_construct(**values)

    def asked_of(self, role: AskedAs) -> Progression:
        """The same progression reduced to the steps that somebody in that role is asked.

        Steps keep their numbers, so that `foundation-2` names the same step for everybody.
        """
        if role == "all":
            return self
        asked = tuple(placed for placed in self.steps if placed.step.actor in _ASKED[role])
        reduced = self.model_construct(**{name: getattr(self, name) for name in type(self).model_fields})
        # The places of the cached properties.
        reduced.__dict__["steps"] = asked
        reduced.__dict__["unasked"] = tuple(placed for placed in self.steps if placed not in asked)
        return reduced


class Resource(Value):
    """One page of the inspiration bank."""

    id: Id
    title: Text
    publisher: Text
    url: Annotated[StrictStr, AfterValidator(_address)]
    kind: Literal["article", "guide", "tool", "template", "video", "example", "research"]
    models: Annotated[tuple[Id, ...], Field(min_length=1)]
    phases: Annotated[tuple[Id, ...], Field(min_length=1)]
    strands: Annotated[tuple[Id, ...], Field(min_length=1)]
    about: Annotated[StrictStr, text_of(ABOUT_WORDS)]
    grades: tuple[Literal["k-2", "3-5", "6-8", "9-12"], ...] = ()
    access: Literal["free", "registration", "paid"] | None = None
    minutes: Annotated[StrictInt, Field(ge=1, le=600)] | None = None
    language: Id = "en"
    seen: Annotated[StrictStr, AfterValidator(_month)] | None = None
    archived: Annotated[StrictStr, AfterValidator(_address)] | None = None


class Strand(Value):
    """One of the practices of the personalized-learning rubric."""

    id: Id
    title: Title
    meaning: Text


class Domain(Value):
    """A group of strands."""

    id: Id
    title: Title
    strands: Annotated[tuple[Strand, ...], Field(min_length=1)]
