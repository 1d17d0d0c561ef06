"""The values of a coaching progression: phases, areas, steps, and the resources beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr
from pydantic_core.core_schema import no_info_after_validator_function

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core.core_schema import CoreSchema

ACTION_WORDS = 30
LINE_WORDS = 24
MOVE_WORDS = 40
SCENE_WORDS = 90
PARAGRAPH_WORDS = 120
ABOUT_WORDS = 40

Kind = Literal["article", "guide", "tool", "template", "video", "example", "research"]
Grades = Literal["k-2", "3-5", "6-8", "9-12"]
Actor = Literal["teacher", "student", "leader"]
# Whose actions somebody is asked about: a teacher's and her students', a leader's own, or every action.
AskedAs = Literal["teacher", "leader", "all"]
_ASKED: dict[AskedAs, tuple[Actor, ...]] = {
    "teacher": ("teacher", "student"),
    "leader": ("leader",),
    "all": ("teacher", "student", "leader"),
}


@dataclass(frozen=True, slots=True)
class text_of:  # noqa: N801 - reads as the function that it is where types are written down
    """Folds white space into single blanks, and refuses the empty text and one with more words than that.

    Like every rule of this module, it states itself in the JSON Schema too.
    """

    words: int | None = None

    def __call__(self, text: str) -> str:
        # Nearly every text is one line of single blanks already; only white space other than that is unprintable.
        tidy = text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]
        if text and tidy and (self.words is None or text.count(" ") < self.words):
            return text
        found = text.split()
        if not found:
            raise ValueError("is empty; write something here or remove it")
        if self.words is not None and len(found) > self.words:
            raise ValueError(f"has {len(found)} words; shorten it to at most {self.words}")
        return " ".join(found)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - pydantic's own
        return no_info_after_validator_function(self, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        more = "" if self.words is None else rf"(\s+\S+){{0,{self.words - 1}}}\s*$"
        return {**handler(schema), "pattern": rf"^\s*\S+{more}" if more else r"\S"}


@dataclass(frozen=True, slots=True, eq=False)
class stated_as:  # noqa: N801 - as above
    """A rule with what it looks like in a JSON Schema."""

    rule: Callable[[Any], Any]
    schema: dict[str, Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - pydantic's own
        return no_info_after_validator_function(self.rule, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), **self.schema}


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
    """An address that opens one page for everybody: https, a host in small letters, no name, password or port."""
    host, slash, rest = text.removeprefix("https://").partition("/")
    *names, last = host.split(".")
    proper = all(set(name) <= _HOST and name.strip("-") == name != "" for name in (*names, last))
    plain = (slash + rest).isascii() and rest.isprintable() and " " not in rest
    if not text.startswith("https://") or not names or not proper or not last[0].isalpha() or len(last) == 1:
        raise ValueError(f"is `{text}`; write a full https:// address with its host in small letters")
    if not plain:
        raise ValueError(
            f"is `{text}`; copy the address from the browser, where such characters stand as %20"
        )
    return text


def _month(text: str) -> str:
    try:
        if len(text) != len("2026-11"):
            raise ValueError(text)  # noqa: TRY301 - one message for both
        date.fromisoformat(f"{text}-01")
    except ValueError:
        raise ValueError(f"is `{text}`; write the year and the month, as in `2026-11`") from None
    return text


def _different(given: tuple[str, ...]) -> tuple[str, ...]:
    twice = next((name for name in given if given.count(name) > 1), None)
    if twice is not None:
        raise ValueError(f"names `{twice}` twice; keep one of the two")
    return given


_HOST = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?"
Text = Annotated[StrictStr, text_of()]
Title = Annotated[StrictStr, text_of(14)]
Line = Annotated[StrictStr, text_of(LINE_WORDS)]
Paragraph = Annotated[StrictStr, text_of(PARAGRAPH_WORDS)]
Id = Annotated[StrictStr, stated_as(_id, {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"})]
Address = Annotated[
    StrictStr,
    stated_as(
        _address, {"pattern": rf"^https://({_LABEL}\.)+[a-z][a-z0-9-]*[a-z0-9](/[!-~]*)?$", "format": "uri"}
    ),
]
Month = Annotated[
    StrictStr, stated_as(_month, {"pattern": "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$", "examples": ["2026-11"]})
]
# A list in which nothing stands twice.
different = stated_as(_different, {"uniqueItems": True})


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
    strands: Annotated[tuple[Id, ...], Field(min_length=1, max_length=4), different]
    next_moves: Annotated[tuple[NextMove, ...], Field(min_length=1, max_length=3)]
    coaching_questions: Annotated[tuple[Line, ...], Field(min_length=1, max_length=4)]
    resources: Annotated[tuple[Id, ...], Field(min_length=2, max_length=4), different]


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
    url: Address
    kind: Kind
    models: Annotated[tuple[Id, ...], Field(min_length=1), different]
    phases: Annotated[tuple[Id, ...], Field(min_length=1), different]
    strands: Annotated[tuple[Id, ...], Field(min_length=1), different]
    about: Annotated[StrictStr, text_of(ABOUT_WORDS)]
    grades: Annotated[tuple[Grades, ...], different] = ()
    access: Literal["free", "registration", "paid"] | None = None
    minutes: Annotated[StrictInt, Field(ge=1, le=600)] | None = None
    language: Id = "en"
    seen: Month | None = None
    archived: Address | None = None


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
