"""Which class a sitting is about: asked where it matters, and never made up from a slip of the keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pltool.cli.sitting.earlier import classes_of
from pltool.core.labels import first_spellings, fold_label, similar_labels
from pltool.report.phrases import listing

if TYPE_CHECKING:
    from pltool.cli.sitting.dialog import Dialog
    from pltool.core.draft import Draft

_OFFERED = 9
_ANOTHER, _NONE = "\x00another", "\x00none"  # no label holds a control character


def with_classroom(dialog: Dialog, draft: Draft, *, always_ask: bool) -> Draft:
    """The draft with its class settled.

    A class that has records keeps the spelling it was first written in. One that nearly has is asked about once.
    Where records name classes and no class was given, a person is asked, and a script is told how to choose one.

    Args:
        dialog: with the person.
        draft: new, with the labels of the command line.
        always_ask: whether a person is asked for a class also where no record names one.
    """
    given = draft.labels.classroom
    known = classes_of(draft.kind, draft.model)
    if given is not None:
        given = _as_known(dialog, given, known)
    elif dialog.interactive and known:
        given = _choose(dialog, known)
    elif dialog.interactive and always_ask:
        given = dialog.line("Which classroom? A code will do (nothing for none):") or None
        given = _as_known(dialog, given, classes_of(draft.kind)) if given else None
    elif known:
        dialog.say(
            f"No class was named, so this is kept apart from {listing([f'“{label}”' for label in known[:_OFFERED]])}. "
            f'To choose one: --classroom "{known[0]}"'
        )
    return replace(draft, labels=replace(draft.labels, classroom=given))


def _choose(dialog: Dialog, known: tuple[str, ...]) -> str | None:
    options = [(label, label) for label in known[:_OFFERED]]
    chosen = dialog.choose(
        "Which class is this about", [*options, (_ANOTHER, "another class"), (_NONE, "no class")]
    )
    if chosen == _ANOTHER:
        given = dialog.line("What is it called? A code is better than a name:")
        return _as_known(dialog, given, known) if given else None
    return None if chosen in {None, _NONE} else chosen


def _as_known(dialog: Dialog, given: str, known: tuple[str, ...]) -> str:
    """The label as it was first written, or the one that was meant, if the person says so."""
    spellings = first_spellings(known)
    if (same := spellings.get(fold_label(given))) is not None:
        return same
    similar = similar_labels(given, known)
    if not similar:
        return given
    if not dialog.interactive:
        dialog.say(
            f"“{given}” is a new class. There are records of {listing([f'“{label}”' for label in similar])}."
        )
        return given
    dialog.say(f"There is no record of “{given}” yet. Which class do you mean?")
    keys = {str(number): label for number, label in enumerate(similar, start=1)}
    key = dialog.key({**keys, "n": f"{given}, a new class"})
    return given if key == "n" else keys[key]
