"""Which model a classroom is using: the cues asked one by one, and the verdict settled with the person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pltool.core.cue_interview import Inquiry, Said
from pltool.errors import EndOfInput, InputError, PltoolError
from pltool.files.cues import read_cues
from pltool.report.identification import cue_question, identification, model_title
from pltool.report.phrases import first_sentence

if TYPE_CHECKING:
    from pltool.cli.sitting.dialog import Dialog
    from pltool.files.library import Library

CUE_KEYS = {"y": "yes", "n": "no", "u": "could not tell", "b": "back", "q": "stop"}
_ANSWERS = {"y": Said.YES, "n": Said.NO, "u": Said.UNSURE}


def ask_cues(dialog: Dialog, inquiry: Inquiry) -> tuple[Inquiry, bool]:
    """Ask until it is settled, nothing more would help, or there is nobody left to ask.

    Returns:
        The answers, and whether they ended early: by q, by Ctrl-D, or because the lines ran out.
    """
    while (cue := inquiry.question) is not None:
        dialog.show(cue_question(inquiry, cue))
        try:
            key = dialog.key(CUE_KEYS)
        except EndOfInput:
            return inquiry, True
        if key == "q":
            return inquiry, True
        if key == "b" and not inquiry.answers:
            dialog.say("This is the first question.")
        inquiry = inquiry.back() if key == "b" else inquiry.answer(_ANSWERS[key])
    return inquiry, False


def show_verdict(library: Library, dialog: Dialog, inquiry: Inquiry) -> str | None:
    """Show the answer, and let the person observe with it, choose another model, or look further.

    Returns:
        The model to observe; None to leave it at that.
    """
    cues = inquiry.cues
    while True:
        verdict = inquiry.verdict
        dialog.show_result(identification(cues, verdict))
        models = [name for name in verdict.named if cues.is_model(name)]
        first = models[0] if models and verdict.outcome != "unclear" else None
        keys = {"o": f"observe {model_title(first)}"} if first else {}
        keys["a"] = "another" if first else "choose a model"
        if replace(inquiry, thorough=True).question is not None:
            keys["m"] = "more questions"
        key = dialog.key(keys | {"b": "back", "q": "stop"})
        if key == "q":
            return None
        if key == "o":
            return first
        if key == "a":
            chosen = choose_model(library, dialog, "Which model do you want to observe", models)
            if chosen is not None:
                return chosen
            continue
        inquiry = inquiry.back() if key == "b" else replace(inquiry, thorough=True)
        inquiry, _ = ask_cues(dialog, inquiry)


def choose_model(library: Library, dialog: Dialog, title: str, first: list[str]) -> str | None:
    """One of the progressions there are, the likely ones on top; None for none."""
    ordered = [*first, *(model for model in library.paths if model not in first)]
    options = [(model, _described(library, model)) for model in ordered if model in library.paths]
    return dialog.choose(title, options)


def _described(library: Library, model: str) -> str:
    """A model with what it is in a sentence; one that cannot be read goes by its name."""
    try:
        summary = library.progression(model).summary
    except PltoolError:
        return model
    return f"{model_title(model)} ({model}): {first_sentence(summary)}"


def find_model(library: Library, dialog: Dialog) -> str | None:
    """The model of a classroom, from its cues; None if the person leaves it at that.

    Raises:
        InputError: nobody can be asked further, and the answers do not settle it.
    """
    inquiry, _ = ask_cues(dialog, Inquiry(read_cues(library)))
    if dialog.interactive:
        return show_verdict(library, dialog, inquiry)
    verdict = inquiry.verdict
    if verdict.outcome not in {"model", "mixed"}:
        raise InputError("The model is not clear from these answers. Name it: pltool observe MODEL")
    return verdict.named[0]
