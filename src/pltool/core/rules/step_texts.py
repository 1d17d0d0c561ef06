"""The texts of one step, taken apart once for all the rules that look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pltool.core.rules.wording import BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.core.progression import Step
    from pltool.core.rules.findings import Location
    from pltool.core.rules.wording import Vocabulary


class StepTexts(NamedTuple):
    """A step's words, apart where rules need them apart.

    Attributes:
        written: everything it says, its texts joined by a period, in small letters.
        action: the words of the action.
        moves: the words of each move.
        scenes: the words of each scene.
        words: all words, with `BREAK` between two texts.
    """

    written: str
    action: list[str]
    moves: list[list[str]]
    scenes: list[list[str]]
    words: list[str]


def take_apart(step: Step, vocabulary: Vocabulary) -> StepTexts:
    """The texts of a step."""
    others = (*step.in_practice_when, *step.look_fors, *step.coaching_questions)
    action = vocabulary.words(step.action)
    moves = [vocabulary.words(move.move) for move in step.next_moves]
    scenes = [vocabulary.words(move.looks_like) for move in step.next_moves]
    words = vocabulary.words(" | ".join(others))
    for part in (action, *moves, *scenes):
        words.append(BREAK)
        words += part
    written = " ".join((step.action, *others, *(f"{move.move} {move.looks_like}" for move in step.next_moves)))
    return StepTexts(written.lower(), action, moves, scenes, words)


def located_texts(step: Step) -> Iterator[tuple[Location, str]]:
    """Every text of a step with its place in the step."""
    yield ("action",), step.action
    for key in ("in_practice_when", "look_fors", "coaching_questions"):
        for index, line in enumerate(getattr(step, key)):
            yield (key, index), line
    for index, move in enumerate(step.next_moves):
        yield ("next_moves", index, "move"), move.move
        yield ("next_moves", index, "looks_like"), move.looks_like
