"""Which model a classroom is using: what answers to the cues amount to, and what to ask next."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from pltool.core.progression import Id, Text, Title, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MIXED = "mixed"
MOST_CUES = 8


class Said(StrEnum):
    """An answer to a cue."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Sign(Value):
    """What one answer to a cue shows.

    Attributes:
        mark_of: the models it is the mark of; empty where it is no one's mark.
        against: the models it rules out.
        says: what was seen, in words.
        decides: what it rules out cannot be in a mixture either, and the outcome it is the mark of stands.
    """

    decides: bool = False
    mark_of: Annotated[tuple[Id, ...], Field(alias="for")]
    against: tuple[Id, ...]
    says: Text

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


@dataclass(frozen=True, slots=True)
class Weighed:
    """What speaks for and against one candidate, in words.

    Attributes:
        marks: what it is the mark of.
        allows: what rules out others, and leaves it standing.
        speaks_against: what rules it out.
    """

    candidate: str
    marks: tuple[str, ...]
    allows: tuple[str, ...]
    speaks_against: tuple[str, ...]

    @property
    def speaks_for(self) -> tuple[str, ...]:
        """All that speaks for it, the marks first."""
        return (*self.marks, *self.allows)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the answers amount to.

    Attributes:
        outcome: `model`, `mixed`, `unclear`, `contradiction`, or the id of another outcome such as `not-blended`.
        named: the candidates it is about: one model, those that are mixed, or those still possible.
        settled: nothing that is left to ask would change it.
        ranking: every candidate, the likeliest first.
        would_settle: where it is not settled, the cue that tells most of what is possible apart.
        certain_then: whether that cue would leave one candidate, however it is answered.
    """

    outcome: str
    named: tuple[str, ...]
    settled: bool
    ranking: tuple[Weighed, ...]
    would_settle: Cue | None = None
    certain_then: bool = False


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Cues being asked, and the answers so far in the order in which they were given.

    Attributes:
        thorough: ask the cues that would not be needed as well, because something does not seem to fit.
    """

    cues: Cues
    answers: Mapping[str, Said] = field(default_factory=dict)
    thorough: bool = False

    @property
    def question(self) -> Cue | None:
        """The cue to ask; None when it is settled or nothing is left that would help."""
        possible = _possible(self.cues, self._signs)
        waiting = (cue for cue in self.cues.cues if cue.id not in self.answers and self._applies(cue))
        return next((cue for cue in waiting if self.thorough or _splits(cue, possible)), None)

    def answer(self, said: Said) -> Inquiry:
        """The inquiry after this answer to its question."""
        question = self.question
        if question is None:
            raise ValueError("nothing is being asked")
        return replace(self, answers={**self.answers, question.id: said})

    def back(self) -> Inquiry:
        """The inquiry before its last answer; at the first cue, the same."""
        return replace(self, answers=dict(list(self.answers.items())[:-1]))

    @property
    def verdict(self) -> Verdict:
        """What the answers so far amount to."""
        signs = self._signs
        possible = _possible(self.cues, signs)
        outcome, named = _judge(self.cues, signs)
        settled = len(possible) <= 1 and outcome != "contradiction"
        next_cue = None if settled else self._most_telling(possible)
        return Verdict(
            outcome=outcome,
            named=named,
            settled=settled,
            ranking=_rank(self.cues, signs, named),
            would_settle=next_cue,
            certain_then=next_cue is not None and _worst(next_cue, possible) == 1,
        )

    @property
    def _signs(self) -> tuple[Sign, ...]:
        """What the answers show, leaving out cues that another answer makes pointless."""
        return tuple(
            cue.yes if self.answers[cue.id] is Said.YES else cue.no
            for cue in self.cues.cues
            if self.answers.get(cue.id, Said.UNSURE) is not Said.UNSURE and self._applies(cue)
        )

    def _applies(self, cue: Cue) -> bool:
        unless = cue.asked_unless
        return unless is None or self.answers.get(unless.cue) != unless.answer

    def _most_telling(self, possible: tuple[str, ...]) -> Cue | None:
        unanswered = [
            cue
            for cue in self.cues.cues
            if self.answers.get(cue.id, Said.UNSURE) is Said.UNSURE
            and self._applies(cue)
            and _splits(cue, possible)
        ]
        return min(unanswered, key=lambda cue: _worst(cue, possible), default=None)


def _possible(cues: Cues, signs: tuple[Sign, ...]) -> tuple[str, ...]:
    """The candidates that no answer rules out, alone or beside another."""
    return tuple(name for name in cues.candidates if all(name not in sign.against for sign in signs))


def _left(sign: Sign, possible: tuple[str, ...]) -> int:
    return sum(name not in sign.against for name in possible)


def _worst(cue: Cue, possible: tuple[str, ...]) -> int:
    """How many candidates the less lucky of its answers leaves."""
    return max(_left(sign, possible) for sign in cue.signs)


def _splits(cue: Cue, possible: tuple[str, ...]) -> bool:
    return any(0 < _left(sign, possible) < len(possible) for sign in cue.signs)


def _judge(cues: Cues, signs: tuple[Sign, ...]) -> tuple[str, tuple[str, ...]]:
    fitting = tuple(name for name in cues.candidates if all(sign.fits(name) for sign in signs))
    if len(fitting) == 1:
        return ("model" if cues.is_model(fitting[0]) else fitting[0]), fitting
    if fitting:
        return "unclear", fitting
    for sign in signs:
        outcomes = [name for name in sign.mark_of if not cues.is_model(name)]
        if sign.decides and outcomes:
            return outcomes[0], (outcomes[0],)
    together = min(_mixtures(cues, signs), default=None)
    if together is not None:
        return MIXED, together[1]
    return "contradiction", ()


def _mixtures(cues: Cues, signs: tuple[Sign, ...]) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    """Models that together show all that was seen: as few as possible, and as little as possible against them."""
    never = {name for sign in signs if sign.decides for name in sign.against}
    models = [name for name in cues.candidates if cues.is_model(name) and name not in never]
    for size in (2, 3, 4):
        for together in combinations(models, size):
            if all(any(sign.fits(name) for name in together) for sign in signs):
                against = sum(name in sign.against for name in together for sign in signs)
                yield (size, against), together


def _rank(cues: Cues, signs: tuple[Sign, ...], named: tuple[str, ...]) -> tuple[Weighed, ...]:
    def place(weighed: Weighed) -> tuple[bool, int, int]:
        return weighed.candidate not in named, len(weighed.speaks_against), -len(weighed.marks)

    return tuple(sorted((_weigh(name, signs) for name in cues.candidates), key=place))


def _weigh(candidate: str, signs: tuple[Sign, ...]) -> Weighed:
    marks = [sign for sign in signs if candidate in sign.mark_of]
    spared = [sign for sign in signs if sign.against and sign.fits(candidate) and sign not in marks]
    return Weighed(
        candidate=candidate,
        marks=tuple(sign.says for sign in marks),
        allows=tuple(sign.says for sign in spared),
        speaks_against=tuple(sign.says for sign in signs if candidate in sign.against),
    )
