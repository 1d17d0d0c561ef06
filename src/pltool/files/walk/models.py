"""What a model and a pause are called in a walk's files, and the one outcome that they stand for."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from pltool.core.labels import fold_label
from pltool.core.standing import Status
from pltool.core.walk.visits import VisitOutcome
from pltool.errors import InputError
from pltool.files.validation import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pltool.core.progression import PlacedStep, Progression

# Looking for the nearest name takes a while; after so many misses there is nothing left to learn from it.
_HINTS = 200
_KEPT_PROBLEMS = 10_000
_KEPT_OUTCOMES = 100_000
_LONGEST = 2_000
COMPLETE_WORDS = ("complete", "completed", "all-in-place", "every-step-in-place", "everything-in-place")
UNFINISHED_WORDS = ("unfinished", "not-finished", "incomplete")
# What people write where there is nothing to write, and what could be either.
_NO_PAUSE = ("n-a", "na", "none", "no-pause", "no", "nil", "null")
# Between the cells of several columns that are read together; no spreadsheet writes it.
JOIN = "\x1e"
_SEPARATORS = re.compile(r"[;,\n\r]+")


def as_id(text: str) -> str:
    """`Station Rotation` as `station-rotation`, `Foundation 2` as `foundation-2`, with any kind of dash."""
    return "-".join(re.sub(r"[\W_]+", " ", fold_label(text)).split())


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
        self._by_cells: dict[object, VisitOutcome | str] = {}
        self._known: dict[object, VisitOutcome] = {}
        self._steps: dict[str, dict[str, int]] = {}
        self._actions: dict[str, dict[str, PlacedStep]] = {}
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

    @cached_property
    def titles(self) -> dict[str, str]:
        """Ids by what the models are called in words: `station rotation`; broken progressions have only their id."""
        titles = {name.replace("-", " "): name for name in self.names}
        for name in self.names:
            with suppress(InputError):
                titles[as_id(self.progression(name).title).replace("-", " ")] = name
        return titles

    def outcome(
        self, model: str, pause: str, not_seen: str | None = None, models: Sequence[str] = ()
    ) -> VisitOutcome | str:
        """What a row says, or what is wrong with it.

        Args:
            model: the cell `model`.
            pause: the cell `paused_at`, or several of them with JOIN between.
            not_seen: the cell `not_seen`; None where the sheet has no such column.
            models: for each cell of `pause`, the model that its column is about.
        """
        key = (model, pause, not_seen, models)
        found = self._by_cells.get(key)
        if found is None:
            found = self._outcome(model, pause[:_LONGEST], not_seen, models)
            most = _KEPT_PROBLEMS if isinstance(found, str) else _KEPT_OUTCOMES
            if len(self._by_cells) < most:
                self._by_cells[key] = found
        return found

    def _outcome(
        self, model: str, pause: str, not_seen: str | None, models: Sequence[str]
    ) -> VisitOutcome | str:
        cells = [(cell.strip(), at) for at, cell in enumerate(pause.split(JOIN)) if cell.strip()]
        name = self._model(model, [models[at] for _, at in cells if at < len(models)])
        if name not in self.names:
            return name
        if len(cells) > 1:  # who went back in a form and chose another model leaves the first answer behind
            cells = [(cell, at) for cell, at in cells if at < len(models) and models[at] == name]
            if len(cells) != 1:
                return "names a pause in several columns; keep the one of the model that was seen"
        return self._ended(name, cells[0][0] if cells else "", not_seen)

    def _model(self, written: str, columns: Sequence[str]) -> str:
        """The id of a model, or what is wrong."""
        if not written.strip():
            named = {name for name in columns if name}
            if len(named) == 1:
                return named.pop()
            return "names no model; write the id of a progression"
        name = as_id(written)
        for form in (name, name.removesuffix("-model"), name.removesuffix("-progression")):
            if form in self.names:
                return form
            if found := self.titles.get(form.replace("-", " ")):
                return found
        return f"there is no progression `{_shown(written)}`{self._hint(name, self.names)}"

    def _ended(self, name: str, pause: str, not_seen: str | None) -> VisitOutcome | str:
        progression = self.progression(name)
        where = as_id(pause)
        start = as_id(re.split(r"[:;–—]| - ", pause, maxsplit=1)[0])
        seen = self._not_seen(name, not_seen)
        if isinstance(seen, str):
            return seen
        inferred = not_seen is None
        if where in COMPLETE_WORDS or start in COMPLETE_WORDS:
            return self.kept(_came_to(progression, None, seen, inferred=inferred))
        if not where or where in UNFINISHED_WORDS or start in UNFINISHED_WORDS:
            return self.kept(VisitOutcome(name, Status.UNFINISHED, nothing_named=not where))
        placed = self.step(name, pause)
        if placed is None:
            if where in _NO_PAUSE:
                return f"`{_shown(pause)}` is no step; write `complete` where every step is in place, or leave it blank where the visit ended early"
            if where.isdecimal():
                return f"`{_shown(pause)}` is a number without its phase; write it as `{progression.steps[0].place}`"
            known = [step.id for step in progression.steps] + [step.place for step in progression.steps]
            return f"`{name}` has no step `{_shown(pause)}`{self._hint(where, known)}"
        index = self.steps(name)[placed.id]
        if late := [step for step in seen if step >= index]:
            return f"`not_seen` names `{progression.steps[late[0]].place}`, which does not come before the pause; take it out"
        return self.kept(_came_to(progression, index, seen, inferred=inferred))

    def _not_seen(self, name: str, written: str | None) -> tuple[int, ...] | str:
        """The steps that a cell `not_seen` lists, or what is wrong with it."""
        if not written or as_id(written) in ("", *_NO_PAUSE):
            return ()
        found = set()
        whole = self._whole(name, written)
        parts = [written] if whole is not None else self._parts(name, written.replace(JOIN, ";"))
        for part in filter(str.strip, parts):
            placed = self.step(name, part)
            if placed is None:
                return f"`not_seen` names `{_shown(part)}`, which is no step of `{name}`; write steps as in `paused_at`, with ; between"
            found.add(self.steps(name)[placed.id])
        return tuple(sorted(found))

    def _parts(self, name: str, written: str) -> list[str]:
        """The entries of a list; forms put a comma between them, and a step's own words may have commas as well."""
        folded = fold_label(written)
        listed = []
        for action, placed in self._texts(name).items():
            if action in folded:
                folded = folded.replace(action, ";")
                listed.append(placed.place)
        return listed + [part for part in _SEPARATORS.split(folded) if as_id(part)]

    def step(self, model: str, written: str) -> PlacedStep | None:
        """A step by its id, its phase and number, or its words; with a number in front or its words behind."""
        found = self._whole(model, written)
        if found is not None:
            return found
        start, separator, rest = _split(written)
        if not separator:
            return None
        found = self.progression(model).find(re.sub(r"-0+(?=\d+$)", "-", as_id(start)))
        return found or self._texts(model).get(fold_label(rest).rstrip("."))

    def _whole(self, model: str, written: str) -> PlacedStep | None:
        """A step that is all that was written."""
        progression = self.progression(model)
        where = re.sub(r"-(?:step|no|number|nr)(?=-)", "", as_id(written))
        where = re.sub(r"-0+(?=\d+$)", "-", where)
        if found := progression.find(where) or self._by_initial(progression, where):
            return found
        texts, folded = self._texts(model), fold_label(written)
        bare = re.sub(r"^\W*\d+\s*[.):]\s*", "", folded)
        return texts.get(folded.rstrip(".")) or texts.get(bare.rstrip("."))

    @staticmethod
    def _by_initial(progression: Progression, where: str) -> PlacedStep | None:
        """`F2` as `foundation-2`, where only one phase begins so."""
        match = re.fullmatch(r"([a-z])-?0*(\d{1,3})", where)
        phases = [phase.id for phase in progression.phases if match and phase.id.startswith(match[1])]
        return progression.find(f"{phases[0]}-{match[2]}") if match and len(phases) == 1 else None

    def _texts(self, model: str) -> Mapping[str, PlacedStep]:
        found = self._actions.get(model)
        if found is None:
            found = {fold_label(step.step.action).rstrip("."): step for step in self.progression(model).steps}
            self._actions[model] = found
        return found

    def kept(self, outcome: VisitOutcome) -> VisitOutcome:
        """The one outcome that stands for all that say the same."""
        return self._known.setdefault(outcome.key, outcome)

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
        return nearest(name[:_HINTS], known) if self._misses <= _HINTS else "; correct it"


def _came_to(
    progression: Progression, pause: int | None, not_seen: tuple[int, ...], *, inferred: bool
) -> VisitOutcome:
    """A pause, or the end: everything before it is in place but what was not seen; nothing beyond it is known."""
    end = len(progression.steps) if pause is None else pause
    return VisitOutcome(
        progression.id,
        Status.COMPLETE if pause is None else Status.PAUSED,
        provisional=bool(not_seen),
        pause=pause,
        in_place=tuple(step for step in range(end) if step not in not_seen),
        not_seen=not_seen,
        inferred=inferred,
    )


def _split(written: str) -> tuple[str, str, str]:
    """What stands before and behind the first colon or dash: `Foundation 2: The teacher …`."""
    match = re.search(r":|[–—|·]|\s-\s|\.\s", written)
    return (written[: match.start()], match.group(), written[match.end() :]) if match else (written, "", "")


def _shown(text: str) -> str:
    words = " ".join(text.replace(JOIN, " ").split())
    return words if len(words) <= 60 else f"{words[:57]}…"  # noqa: PLR2004 - enough to find it again
