"""What changed between two versions of a progression, and what it means for answers that people have saved."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pltool.core.rules.wording import Vocabulary, likeness, split_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pltool.core.progression import PlacedStep, Progression, Step

Kind = Literal["added", "removed", "renamed", "merged", "split", "moved", "reworded"]
# Above this Jaccard index of their stems, a new step is taken for a part or a new name of an old one.
AKIN = 0.3
# What a person answered: a change here may change what a yes means. The other keys only help.
_ASKED = ("actor", "action", "in_practice_when")
_MEANING: dict[Kind, str] = {
    "added": "Whoever had completed the progression is asked what is new; earlier pauses stay where they are.",
    "removed": "Answers to it stay in the records, and no longer count.",
    "renamed": "Saved answers count for the new id.",
    "merged": "Saved answers to each of them count for the step they went into.",
    "split": "Saved answers stay with the old id; the new step is asked anew.",
    "moved": "Saved answers stay. A pause is the first “not yet” in the new order, so the next look may pause elsewhere.",
    "reworded": "Saved answers stay, and each record keeps the words that were asked.",
}
_LOST = "Saved answers are lost to it: put the old id under `former_ids` if the step is the same."


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        kind: what happened.
        step: the step's id, in the new version where it is there.
        action: how it reads now, or read last.
        before: where it stood, or which steps it came from.
        after: where it stands.
        keys: which keys were reworded.
        meaning: what becomes of saved answers.
    """

    kind: Kind
    step: str
    action: str
    meaning: str
    before: str | None = None
    after: str | None = None
    keys: tuple[str, ...] = ()


def compare_progressions(old: Progression, new: Progression) -> tuple[Change, ...]:
    """Every difference between the steps of two versions, in the order of the kinds."""
    return tuple(_changes(old, new))


def _changes(old: Progression, new: Progression) -> Iterator[Change]:
    before = {placed.id: placed for placed in old.steps}
    now = {placed.id: placed for placed in new.steps}
    sources = {placed.id: _sources(placed, before, now) for placed in new.steps}
    used = {name for names in sources.values() for name in names}
    gone = [placed for placed in old.steps if placed.id not in used]
    fresh = [placed for placed in new.steps if not sources[placed.id]]
    yield from _new_steps(fresh, gone, sources, before, now)
    for placed in gone:
        if not any(_akin(placed.step, other.step) > AKIN for other in fresh):
            yield Change("removed", placed.id, placed.step.action, _MEANING["removed"], before=placed.place)
    for placed in new.steps:
        names = sources[placed.id]
        if len(names) > 1:
            what = " and ".join(f"`{name}`" for name in names)
            yield Change("merged", placed.id, placed.step.action, _MEANING["merged"], what, placed.place)
        elif names and names[0] != placed.id:
            yield Change(
                "renamed", placed.id, placed.step.action, _MEANING["renamed"], f"`{names[0]}`", placed.place
            )
    yield from _moved(new, sources, before)
    for placed in new.steps:
        if names := sources[placed.id]:
            keys = _reworded(before[names[0]].step, placed.step)
            if keys:
                meaning = _MEANING["reworded"]
                if set(keys) & set(_ASKED):
                    meaning += " Look whether a yes still means the same; if not, give the step a new id."
                yield Change("reworded", placed.id, placed.step.action, meaning, keys=keys)


def _sources(
    placed: PlacedStep, before: dict[str, PlacedStep], now: dict[str, PlacedStep]
) -> tuple[str, ...]:
    """The old steps that a new one stands for: of its id, and of its former ids that are steps no more."""
    former = (name for name in placed.step.former_ids if name not in now)
    return tuple(name for name in (placed.id, *former) if name in before)


def _new_steps(
    fresh: Sequence[PlacedStep],
    gone: Sequence[PlacedStep],
    sources: dict[str, tuple[str, ...]],
    before: dict[str, PlacedStep],
    now: dict[str, PlacedStep],
) -> Iterator[Change]:
    changed = [
        before[names[0]]
        for name, names in sources.items()
        if names and _reworded(before[names[0]].step, now[name].step)
    ]
    for placed in fresh:
        step = placed.step
        nearest = max([*gone, *changed], key=lambda other: _akin(other.step, step), default=None)
        if nearest is None or _akin(nearest.step, step) <= AKIN:
            yield Change("added", step.id, step.action, _MEANING["added"], after=placed.place)
            continue
        parts = [other for other in fresh if _akin(nearest.step, other.step) > AKIN]
        if nearest in gone and len(parts) == 1:
            yield Change("renamed", step.id, step.action, _LOST, f"`{nearest.id}`", placed.place)
        else:
            yield Change("split", step.id, step.action, _MEANING["split"], f"`{nearest.id}`", placed.place)


_WORDS = Vocabulary()


def _akin(first: Step, second: Step) -> float:
    """How alike two steps are in what is asked."""

    def stems(step: Step) -> frozenset[str]:
        words = split_words(" ".join((step.action, *step.in_practice_when)))
        _WORDS.numbers(words)
        return _WORDS.core(words)

    return likeness(stems(first), stems(second))


def _moved(
    new: Progression, sources: dict[str, tuple[str, ...]], before: dict[str, PlacedStep]
) -> Iterator[Change]:
    """Steps of another phase or area, and the fewest whose moving explains the new order."""
    order = {name: place for place, name in enumerate(before)}
    kept = [(placed, before[names[0]]) for placed in new.steps if (names := sources[placed.id])]
    staying = _longest_rising([order[was.id] for _, was in kept])
    for index, (placed, was) in enumerate(kept):
        elsewhere = (placed.phase.id, placed.area.id) != (was.phase.id, was.area.id)
        if elsewhere or index not in staying:
            place, old_place = f"{placed.place} ({placed.area.title})", f"{was.place} ({was.area.title})"
            yield Change("moved", placed.id, placed.step.action, _MEANING["moved"], old_place, place)


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The places of a longest rising run among numbers, all different."""
    tails: list[int] = []
    ends: list[int] = []
    back: list[int | None] = []
    for place, number in enumerate(numbers):
        length = bisect_left(tails, number)
        back.append(ends[length - 1] if length else None)
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [place]
    found: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = back[last]
    return found


def _reworded(old: Step, new: Step) -> tuple[str, ...]:
    keys = (key for key in type(new).model_fields if key not in {"id", "former_ids"})
    return tuple(key for key in keys if getattr(old, key) != getattr(new, key))
