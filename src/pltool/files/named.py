"""What a person names on the command line: a model, a phase or a step, exactly or nearly.

Files name things exactly; nothing in them is guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pltool.core.names import Named, match, near, steps_named, suggestion
from pltool.core.search import find_terms
from pltool.errors import PltoolError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pltool.core.progression import Phase, PlacedStep, Progression
    from pltool.files.library import Library

_LEAST_LETTERS = 4


def find_model(library: Library, typed: str) -> Progression:
    """The progression of that id, of an id that begins so, or with these words in its title.

    Raises:
        UnknownNameError: it is none, or could be several.
        ProblemsError: its file breaks a rule.
    """
    return library.progression(model_id(library, typed))


def model_id(library: Library, typed: str) -> str:
    """The same, as the id alone."""
    if typed in library.paths:
        return typed
    found = match(typed, map(Named, library.paths)) or match(typed, _titled(library))
    if len(found) == 1:
        return found[0].id
    if found:
        raise UnknownNameError(f"`{typed}` could be {_either(found)}; give more of the name.")
    raise UnknownNameError(f"There is no progression called `{typed}`; {_what_was_meant(library, typed)}")


def _titled(library: Library) -> list[Named]:
    """Every progression with its title; one that cannot be read goes by its id."""
    return [Named(model, found.title if found else "") for model, found in _readable(library).items()]


def _readable(library: Library) -> dict[str, Progression | None]:
    found: dict[str, Progression | None] = {}
    for model in library.paths:
        try:
            found[model] = library.progression(model)
        except PltoolError:
            found[model] = None
    return found


def _what_was_meant(library: Library, typed: str) -> str:
    """The nearest names, else the model that has a part of that name or speaks of it, else where all are listed."""
    if likely := near(typed, _titled(library)):
        return suggestion(likely)
    progressions = [found for found in _readable(library).values() if found]
    for progression in progressions:
        parts = match(typed, (Named(phase.id, phase.title) for phase in progression.phases))
        if len(parts) == 1:
            own = [other for other in progressions if any(phase.id == parts[0].id for phase in other.phases)]
            where = (
                f"{progression.id} --phase {parts[0].id}" if len(own) == 1 else f"MODEL --phase {parts[0].id}"
            )
            return f"it is a part of a progression: pltool reflect {where}"
    speaking = _speaking_of(library, progressions, typed.lower().replace("-", " ").strip())
    return suggestion(speaking[:3]) or "`pltool list` shows the ones there are."


def _speaking_of(library: Library, progressions: Sequence[Progression], word: str) -> list[str]:
    """Models whose summary has a word, or that a term of the glossary with that name speaks of."""
    if len(word) < _LEAST_LETTERS:
        return []
    terms = " ".join(
        f"{term.term} {term.meaning}" for term in find_terms(library.glossary.terms, word)
    ).lower()
    return [
        found.id for found in progressions if word in found.summary.lower() or found.title.lower() in terms
    ]


def find_phase(progression: Progression, typed: str) -> Phase:
    """The phase of that id or title, or of an id that begins so.

    Raises:
        UnknownNameError: there is none.
    """
    names = _phases(progression)
    found = match(typed, names)
    if len(found) == 1 and (phase := progression.phase(found[0].id)):
        return phase
    known = ", ".join(phase.id for phase in progression.phases)
    hint = suggestion(near(typed, names)) or f"its phases are {known}."
    raise UnknownNameError(f"`{progression.id}` has no phase `{typed}`; {hint}")


def find_step(progression: Progression, typed: str) -> PlacedStep:
    """The step of that id, of an id that begins so, or of that phase and number.

    Raises:
        UnknownNameError: there is none of that name, or there are several.
    """
    found = steps_named(progression, typed)
    if len(found) == 1:
        return found[0]
    if 1 < len(found) <= 5:  # noqa: PLR2004 - more than that is no help
        could_be = _either([Named(placed.id) for placed in found])
        raise UnknownNameError(f"`{typed}` could be {could_be}; give more of the name.")
    raise UnknownNameError(f"`{progression.id}` has no step `{typed}`; {_which_step(progression, typed)}")


def _which_step(progression: Progression, typed: str) -> str:
    """What was meant: a phase whose name was typed whole or by its beginning, a number too high, or a near miss."""
    named = match(typed, _phases(progression))
    if len(named) == 1:
        part = named[0].id
        return f"`{part}` is a phase: pltool show {progression.id} --phase {part}"
    name, number = re.fullmatch(r"(.*?)[\s-]*(\d*)", typed, re.DOTALL).groups()  # type: ignore[union-attr]
    phases = match(name, _phases(progression)) if number else []
    if len(phases) == 1 and (phase := progression.phase(phases[0].id)):
        return f"`{phase.id}` has {sum(len(area.steps) for area in phase.areas)} steps."
    steps = [Named(name) for placed in progression.steps for name in (placed.id, placed.place)]
    likely = near(typed, _phases(progression)) or near(typed, steps)
    return suggestion(likely) or f"`pltool show {progression.id}` shows the steps."


def find_part(progression: Progression, typed: str) -> Phase | PlacedStep:
    """A phase or a step; where a name begins both, the phase.

    Raises:
        UnknownNameError: it is neither.
    """
    if placed := progression.find(typed):
        return placed
    found = match(typed, _phases(progression))
    if len(found) == 1 and (phase := progression.phase(found[0].id)):
        return phase
    return find_step(progression, typed)


def _phases(progression: Progression) -> list[Named]:
    return [Named(phase.id, phase.title) for phase in progression.phases]


def _either(found: Sequence[Named]) -> str:
    names = [f"`{name.id}`" for name in found]
    return f"{', '.join(names[:-1])} or {names[-1]}"
