"""Does the order of a progression hold? What records with answers beyond the pause say of it.

In a perfect ladder (a Guttman scale) nobody has a later step in place without every earlier one. How near answers come
to that is the coefficient of reproducibility (Guttman, The Basis for Scalogram Analysis, in Stouffer et al.,
Measurement and Prediction, 1950), with errors counted as Goodenough (1944) and Edwards (1948) do: each answer that
differs from what a perfect ladder with as many steps in place would show. Since it cannot fall far where nearly
everything or nearly nothing is in place, the least it could be (the mean share of the commoner answer) stands beside
it, and the coefficient of scalability, the part of the room between that and 1 that is reached (Menzel 1953).
Whether two neighbors stand the wrong way round is an exact sign test on the records in which only one of them is in
place.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import comb
from typing import TYPE_CHECKING

from pltool.core.standing import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pltool.core.record import Reflection

# Below so many records nothing is said, of all or of a pair: a share would be chance, and could show who answered how.
LEAST_RECORDS = 10
# A pair is named when chance alone would make it look so unordered less than once in a hundred times.
CHANCE = 0.01
# What Guttman and Menzel held to be enough.
ENOUGH_REPRODUCED, ENOUGH_SCALED = 0.90, 0.60
_TOLD = (Answer.IN_PLACE, Answer.NOT_YET)


@dataclass(frozen=True, slots=True)
class Neighbors:
    """Two steps that follow each other.

    Attributes:
        records: records that answered both with in place or not yet; None below the limit, as are the others then.
        later_alone: those with the later step in place and the earlier one not yet.
        earlier_alone: those with it the other way round.
        might_swap: whether the later step comes first more often than chance explains.
    """

    earlier: str
    later: str
    records: int | None
    later_alone: int | None
    earlier_alone: int | None
    might_swap: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """What records say of an order.

    Attributes:
        records: records with an answer beyond their pause, one a classroom, the latest.
        answers: answers in them that count.
        reproducibility: None below the limit.
        least: what the reproducibility could not fall below.
        scalability: None where there is no room between the two.
        neighbors: every pair, in order.
    """

    records: int
    answers: int
    reproducibility: float | None
    least: float | None
    scalability: float | None
    neighbors: tuple[Neighbors, ...]


def latest_of_each_room(records: Sequence[Reflection]) -> list[Reflection]:
    """Records with an answer beyond their pause; of one labeled classroom only the latest."""
    rooms: dict[tuple[object, ...], Reflection] = {}
    for record in sorted(records, key=lambda record: record.finished):
        if not goes_beyond(record):
            continue
        label = (record.classroom or "").strip().casefold()
        room = ((record.school or "").strip().casefold(), label) if label else (record.id,)
        rooms[room] = record
    return list(rooms.values())


def goes_beyond(record: Reflection) -> bool:
    """Whether a record says anything about a step after its first not yet."""
    answers = [answer.answer for answer in record.answers if answer.answer in _TOLD]
    return Answer.NOT_YET in answers[:-1]


def judge_order(steps: Sequence[str], records: Sequence[Mapping[str, Answer]]) -> Order:
    """What answers say of the order of steps.

    Args:
        steps: ids in the order that is tested.
        records: answers by step; only in place and not yet count.
    """
    rows = [
        [(step, row[step] is Answer.IN_PLACE) for step in steps if row.get(step) in _TOLD] for row in records
    ]
    answers = sum(map(len, rows))
    pairs = tuple(_neighbors(earlier, later, records) for earlier, later in pairwise(steps))
    if len(rows) < LEAST_RECORDS:
        return Order(len(rows), answers, None, None, None, pairs)
    errors = sum(_errors([placed for _, placed in row]) for row in rows)
    reproduced = 1 - errors / max(1, answers)
    commoner = 0
    for step in steps:
        placed = [given for row in rows for name, given in row if name == step]
        commoner += max(sum(placed), len(placed) - sum(placed))
    least = commoner / max(1, answers)
    scaled = (reproduced - least) / (1 - least) if least < 1 else None
    return Order(len(rows), answers, reproduced, least, scaled, pairs)


def _errors(placed: Sequence[bool]) -> int:
    """Answers that differ from a perfect ladder with as many steps in place."""
    score = sum(placed)
    return sum(given != (place < score) for place, given in enumerate(placed))


def _neighbors(earlier: str, later: str, records: Sequence[Mapping[str, Answer]]) -> Neighbors:
    both = [
        (row[earlier], row[later]) for row in records if row.get(earlier) in _TOLD and row.get(later) in _TOLD
    ]
    if len(both) < LEAST_RECORDS:
        return Neighbors(earlier, later, None, None, None)
    later_alone = both.count((Answer.NOT_YET, Answer.IN_PLACE))
    earlier_alone = both.count((Answer.IN_PLACE, Answer.NOT_YET))
    swap = later_alone > earlier_alone and _chance(later_alone, later_alone + earlier_alone) < CHANCE
    return Neighbors(earlier, later, len(both), later_alone, earlier_alone, swap)


def _chance(heads: int, tosses: int) -> float:
    """How likely a fair coin shows heads that often or more often."""
    ways: int = sum(comb(tosses, count) for count in range(heads, tosses + 1))
    return float(ways / 2**tosses)
