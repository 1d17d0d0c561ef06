"""What a model and a pause are called in a walk's files, and the one outcome that each pair stands for."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from pltool.core.standing import Status
from pltool.core.walk.visits import Outcome, complete_outcome, paused_outcome
from pltool.errors import InputError
from pltool.files.validation import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pltool.core.progression import Progression

# Looking for the nearest name takes a while; after so many misses there is nothing left to learn from it.
_HINTS = 200
_KEPT_PROBLEMS = 10_000
COMPLETE_WORDS = ("complete", "completed")
UNFINISHED_WORDS = ("unfinished", "")


def as_id(text: str) -> str:
    """`Station Rotation` as `station-rotation`, `Foundation 2` as `foundation-2`."""
    return "-".join(text.replace("_", " ").replace("-", " ").split()).lower()


class WalkModels:
    """Reads a progression when it is first met.

    Args:
        names: the ids of all progressions.
        load: reads one; may raise InputError.
    """

    def __init__(self, names: Sequence[str], load: Callable[[str], Progression]) -> None:
        self.names = names
        self._load = load
        self.progressions: dict[str, Progression] = {}
        self._by_cells: dict[tuple[str, str], Outcome | str] = {}
        self._known: dict[object, Outcome] = {}
        self._steps: dict[str, dict[str, int]] = {}
        self._misses = 0

    def progression(self, model: str) -> Progression:
        """A progression of that id.

        Raises:
            InputError: there is none, or its file breaks a rule.
        """
        found = self.progressions.get(model)
        if found is None:
            if model not in self.names:
                raise InputError(f"there is no progression `{model}`{self._hint(model, self.names)}")
            found = self.progressions[model] = self._load(model)
        return found

    def outcome(self, model: str, pause: str) -> Outcome | str:
        """What a row says, from its cells `model` and `paused_at`; or what is wrong with it."""
        key = (model, pause)
        found = self._by_cells.get(key)
        if found is None:
            found = self._outcome(model, pause)
            if not isinstance(found, str) or len(self._by_cells) < _KEPT_PROBLEMS:
                self._by_cells[key] = found
        return found

    def _outcome(self, model: str, pause: str) -> Outcome | str:
        if not model.strip():
            return "names no model; write the id of a progression"
        name, where = as_id(model), as_id(pause)
        if name not in self.names:
            name = self._by_title.get(name, name)
        if name not in self.names:
            return f"there is no progression `{model.strip()}`{self._hint(name, self.names)}"
        progression = self.progression(name)
        if where in COMPLETE_WORDS:
            return self.kept(complete_outcome(progression))
        if where in UNFINISHED_WORDS:
            return self.kept(Outcome(name, Status.UNFINISHED))
        placed = progression.find(where)
        if placed is None:
            known = [step.id for step in progression.steps] + [step.place for step in progression.steps]
            return f"`{name}` has no step `{pause.strip()}`{self._hint(where, known)}"
        return self.kept(paused_outcome(progression, self.steps(name)[placed.id]))

    @cached_property
    def _by_title(self) -> dict[str, str]:
        """Ids by what the models are called; a progression that cannot be read is told when it is used."""
        titles = {}
        for name in self.names:
            with suppress(InputError):
                titles[as_id(self.progression(name).title)] = name
        return titles

    def kept(self, outcome: Outcome) -> Outcome:
        """The one outcome that stands for all that say the same."""
        key = (
            outcome.model,
            outcome.status,
            outcome.provisional,
            outcome.pause,
            outcome.in_place,
            outcome.not_seen,
        )
        return self._known.setdefault(key, outcome)

    def steps(self, model: str) -> Mapping[str, int]:
        """Where each step of a model stands, by its id and by those it once had."""
        found = self._steps.get(model)
        if found is None:
            placed = list(enumerate(self.progression(model).steps))
            found = {former: index for index, step in placed for former in step.step.former_ids}
            found |= {step.id: index for index, step in placed}
            self._steps[model] = found
        return found

    def _hint(self, name: str, known: Sequence[str]) -> str:
        self._misses += 1
        return nearest(name, known) if self._misses <= _HINTS else "; correct it"
