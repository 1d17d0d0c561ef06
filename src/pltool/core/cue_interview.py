"""Which model a classroom is using: what answers to the cues amount to, and what to ask next.

The rule, for which content/identify.yaml gives the cues:

1. An answer may rule out models, and may be the mark of some. "Could not tell" does neither.
2. A model fits if no answer rules it out, and it has every mark that was seen.
3. One fits: that is the answer. Several fit: too little was seen. None fits: the room is mixed, of the fewest
   models that together explain every answer. Where no mixture could, the answers contradict each other.
4. An answer that decides holds for the whole room: what it rules out is in no mixture, and the outcome that it is
   the mark of, as "not blended yet", comes before any mixture.
5. Asked next is the first cue that could rule out one of those not ruled out yet. Asking ends when one is left.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pltool.core.cues import Cue, Cues, Sign

MIXED = "mixed"
MOST_MIXED = 4


class Said(StrEnum):
    """An answer to a cue."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


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
        waiting = (cue for cue in self._unanswered if cue.id not in self.answers)
        return next((cue for cue in waiting if self.thorough or _tells_apart(cue, possible)), None)

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
        telling = () if settled else (cue for cue in self._unanswered if _tells_apart(cue, possible))
        next_cue = min(telling, key=lambda cue: _left_at_worst(cue, possible), default=None)
        return Verdict(
            outcome=outcome,
            named=named,
            settled=settled,
            ranking=_rank(self.cues, signs, named),
            would_settle=next_cue,
            certain_then=next_cue is not None and _left_at_worst(next_cue, possible) == 1,
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

    @property
    def _unanswered(self) -> Iterator[Cue]:
        """Cues not asked yet, or that could not be told."""
        return (
            cue
            for cue in self.cues.cues
            if self.answers.get(cue.id, Said.UNSURE) is Said.UNSURE and self._applies(cue)
        )


def _possible(cues: Cues, signs: tuple[Sign, ...]) -> tuple[str, ...]:
    """The candidates that no answer rules out, alone or beside another."""
    return tuple(name for name in cues.candidates if all(name not in sign.against for sign in signs))


def _left(cue: Cue, possible: tuple[str, ...]) -> tuple[int, int]:
    """How many candidates a yes would leave, and how many a no."""
    yes, no = (sum(name not in sign.against for name in possible) for sign in cue.signs)
    return yes, no


def _left_at_worst(cue: Cue, possible: tuple[str, ...]) -> int:
    return max(_left(cue, possible))


def _tells_apart(cue: Cue, possible: tuple[str, ...]) -> bool:
    """Whether one of its answers would rule out some, and not all."""
    return any(0 < left < len(possible) for left in _left(cue, possible))


def _judge(cues: Cues, signs: tuple[Sign, ...]) -> tuple[str, tuple[str, ...]]:
    """The outcome, and the candidates that it names."""
    fitting = tuple(name for name in cues.candidates if all(sign.fits(name) for sign in signs))
    if len(fitting) == 1:
        return ("model" if cues.is_model(fitting[0]) else fitting[0]), fitting
    if fitting:
        return "unclear", fitting
    decided = (name for sign in signs if sign.decides for name in sign.mark_of if not cues.is_model(name))
    if (outcome := next(decided, None)) is not None:
        return outcome, (outcome,)
    mixture = min(_mixtures(cues, signs), default=None)
    return ("contradiction", ()) if mixture is None else (MIXED, mixture[1])


def _mixtures(cues: Cues, signs: tuple[Sign, ...]) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    """Models that together explain every answer; the least of them is the smallest, with the least against it."""
    never = {name for sign in signs if sign.decides for name in sign.against}
    models = [name for name in cues.candidates if cues.is_model(name) and name not in never]
    for size in range(2, MOST_MIXED + 1):
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
