"""`identify`: which model is this classroom using?"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pltool.cli.options import Content, Form, Output, Plain
from pltool.cli.output import choose_form, deliver_outline, lazily
from pltool.cli.sitting.dialog import open_conversation
from pltool.core.cue_interview import Inquiry, Said
from pltool.errors import InputError
from pltool.files.cues import parse_cue_letters, read_cue_answer_file, read_cue_answers, read_cues
from pltool.files.library import Library
from pltool.files.strict_yaml import parse_document
from pltool.report.identification import candidate_title, cue_question, identification, model_title
from pltool.report.identification import cue_list as listed

if TYPE_CHECKING:
    from pltool.cli.sitting.dialog import Conversation
    from pltool.core.cue_interview import Verdict
    from pltool.core.cues import Cues
    from pltool.report.formats.outline import Outline

FORMS = ("text", "markdown", "html", "json")
CUE_KEYS = {"y": "yes", "n": "no", "u": "could not tell", "b": "back", "q": "stop"}
_LETTERS = re.compile(r"[ynuYNU\s]+")


def identify(
    answers: Annotated[
        str | None,
        typer.Option(
            "--answers",
            metavar="LETTERS|FILE",
            help="Answer without being asked: letters in the order of the cues (y yes, n no, u could not tell), "
            "or a file; - reads standard input.",
        ),
    ] = None,
    cue_list: Annotated[bool, typer.Option("--list", help="Show all cues, for paper.")] = False,
    output: Output = None,
    form: Form = None,
    content: Content = None,
    plain: Plain = False,
) -> None:
    """Tell which model a classroom is using, from at most eight questions at the door."""
    chosen = choose_form(form, output, FORMS, "text")
    library = Library(content or ())
    cues = read_cues(library)
    if cue_list:
        deliver_outline(listed(cues), choose_form(form, output, FORMS[:3], "text"), output)
        return
    if answers is None:
        _identify_here(library, Inquiry(cues), chosen, output, plain=plain)
        return
    inquiry = Inquiry(cues, _read_given(answers, cues))
    _deliver(inquiry, chosen, output)


def _read_given(given: str, cues: Cues) -> dict[str, Said]:

    if given == "-":
        return read_cue_answers(parse_document(sys.stdin.buffer.read(), Path("standard input")), cues)
    if _LETTERS.fullmatch(given):
        return parse_cue_letters(given, cues)
    path = Path(given)
    if not path.exists() and not path.suffix:
        raise InputError(
            f"`{given[:40]}` is neither a file nor letters; write y (yes), n (no) or u (could not tell) for each cue."
        )
    return read_cue_answer_file(path, cues)


def _identify_here(
    library: Library, inquiry: Inquiry, form: str, output: Path | None, *, plain: bool
) -> None:
    from pltool.terminal.ask import EndOfInput

    conversation = open_conversation(plain=plain)
    try:
        inquiry = ask_cues(conversation, inquiry)
    except EndOfInput:
        if inquiry.answers:
            raise
    if not sys.stdin.isatty():
        _deliver(inquiry, form, output)
        raise typer.Exit(0 if inquiry.question is None else 1)
    if form != "text" or output is not None:
        _deliver(inquiry, form, output)
    model = settle(library, conversation, inquiry)
    if model is not None:
        from pltool.cli.observe import observe_here  # a circle; the two become one sitting

        observe_here(library, conversation, model)


def ask_cues(conversation: Conversation, inquiry: Inquiry) -> Inquiry:
    """Ask until it is settled, nothing more would help, the lines end, or the person stops."""
    from pltool.terminal.ask import EndOfInput

    said = {"y": Said.YES, "n": Said.NO, "u": Said.UNSURE}
    while (cue := inquiry.question) is not None:
        conversation.show(cue_question(inquiry, cue))
        try:
            key = conversation.key(CUE_KEYS)
        except EndOfInput:
            return inquiry
        if key == "q":
            return inquiry
        inquiry = inquiry.back() if key == "b" else inquiry.answer(said[key])
    return inquiry


def settle(library: Library, conversation: Conversation, inquiry: Inquiry) -> str | None:
    """Show the answer, and let the person observe with it, choose another model, or look further."""
    cues = inquiry.cues
    while True:
        verdict = inquiry.verdict
        conversation.show_result(identification(cues, verdict))
        models = [name for name in verdict.named if cues.is_model(name)]
        first = models[0] if models and verdict.outcome != "unclear" else None
        keys = {"o": f"observe {model_title(first)}"} if first else {}
        keys["a"] = "another" if first else "choose a model"
        if replace(inquiry, thorough=True).question is not None:
            keys["m"] = "more questions"
        keys |= {"b": "back", "q": "stop"}
        key = conversation.key(keys)
        if key == "q":
            return None
        if key == "o":
            return first
        if key == "a":
            chosen = choose_model(library, conversation, [*models])
            if chosen is not None:
                return chosen
            continue
        inquiry = inquiry.back() if key == "b" else replace(inquiry, thorough=True)
        inquiry = ask_cues(conversation, inquiry)


def choose_model(
    library: Library,
    conversation: Conversation,
    first: list[str],
    title: str = "Which model do you want to observe",
) -> str | None:
    """One of the progressions there are, the likely ones on top; None for none."""
    ordered = [*first, *(model for model in library.paths if model not in first)]
    options = [(model, f"{model_title(model)} ({model})") for model in ordered if model in library.paths]
    return conversation.choose(title, options)


def _deliver(inquiry: Inquiry, form: str, output: Path | None) -> None:

    verdict = inquiry.verdict

    def outline() -> Outline:
        return identification(inquiry.cues, verdict)

    lazily(outline, lambda: _json(inquiry, verdict), form, output)


def _json(inquiry: Inquiry, verdict: Verdict) -> str:

    cues, cue = inquiry.cues, verdict.would_settle
    found: dict[str, Any] = {
        "format": "pltool.identification/1",
        "outcome": verdict.outcome,
        "named": list(verdict.named),
        "settled": verdict.settled,
        "answers": dict(inquiry.answers),
        "ranking": [
            {
                "id": weighed.candidate,
                "title": candidate_title(cues, weighed.candidate),
                "is_model": cues.is_model(weighed.candidate),
                "for": list(weighed.speaks_for),
                "against": list(weighed.speaks_against),
            }
            for weighed in verdict.ranking
        ],
        "ask_next": cue
        and {
            "cue": cue.id,
            "question": cue.question,
            "look": cue.look,
            "ask": cue.ask,
            "settles": verdict.certain_then,
        },
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
