"""The texts of one step, taken apart once for all the rules that look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pltool.core.rules.wording import BREAK, split_words

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator

    from pltool.core.progression import Step
    from pltool.core.rules.findings import Location
    from pltool.core.rules.wording import Vocabulary


# Each takes about 20 kB.
MOST_REMEMBERED = 2000


class StepTexts(NamedTuple):
    """A step's words, apart where rules need them apart.

    Attributes:
        written: everything it says in small letters, a text a line.
        words: all words, with `BREAK` between two texts.
        numbers: the number of each in the vocabulary.
        action: the words of the action.
        moves: the words of each move.
        scenes: the words of each scene.
        cores: the stems of the action, and of each move.
    """

    written: str
    words: list[str]
    numbers: array[int]
    action: list[str]
    moves: list[list[str]]
    scenes: list[list[str]]
    cores: tuple[frozenset[str], ...]


class TakenApart(dict[str, StepTexts]):
    """Steps by all that they say: copies, of which a district may keep hundreds, are looked at once."""

    def of(self, step: Step, vocabulary: Vocabulary) -> StepTexts:
        """The texts of a step."""
        moves = step.next_moves
        said = "\n".join(
            [
                step.action,
                *(move.move for move in moves),
                *(move.looks_like for move in moves),
                *step.in_practice_when,
                *step.look_fors,
                *step.coaching_questions,
            ]
        )
        known = self.get(said)
        if known is None:
            known = _take_apart(said.lower(), len(moves), vocabulary)
            if len(self) < MOST_REMEMBERED:
                self[said] = known
        return known


def _take_apart(written: str, count: int, vocabulary: Vocabulary) -> StepTexts:
    words = split_words(written.replace("\n", f" {BREAK} "))
    numbers = vocabulary.numbers(words)  # first, so that the vocabulary has met them all
    parts: list[list[str]] = []
    start = 0
    for _ in range(1 + 2 * count):
        end = words.index(BREAK, start)
        parts.append(words[start:end])
        start = end + 1
    cores = tuple(map(vocabulary.core, parts[: count + 1]))
    return StepTexts(written, words, numbers, parts[0], parts[1 : count + 1], parts[count + 1 :], cores)


def located_texts(step: Step) -> Iterator[tuple[Location, str]]:
    """Every text of a step with its place in the step."""
    yield ("action",), step.action
    for key in ("in_practice_when", "look_fors", "coaching_questions"):
        for index, line in enumerate(getattr(step, key)):
            yield (key, index), line
    for index, move in enumerate(step.next_moves):
        yield ("next_moves", index, "move"), move.move
        yield ("next_moves", index, "looks_like"), move.looks_like
