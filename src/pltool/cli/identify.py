"""`identify`: which model is this classroom using?"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pltool.cli.options import Content, Form, Output, Plain
from pltool.cli.output import choose_form, deliver_outline, lazily
from pltool.cli.sitting.cue_questions import ask_cues, show_verdict
from pltool.cli.sitting.dialog import open_dialog
from pltool.cli.sitting.kinds import OBSERVATION, Request
from pltool.cli.sitting.run import run
from pltool.core.cue_interview import Inquiry, Said
from pltool.core.record import Labels
from pltool.errors import EndOfInput, InputError
from pltool.files.cues import parse_cue_letters, read_cue_answer_file, read_cue_answers, read_cues
from pltool.files.library import Library
from pltool.files.strict_yaml import parse_document
from pltool.report.identification import candidate_title, identification
from pltool.report.identification import cue_list as listed

if TYPE_CHECKING:
    from pltool.core.cue_interview import Verdict
    from pltool.core.cues import Cues
    from pltool.report.formats.outline import Outline

FORMS = ("text", "markdown", "html", "json")
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
        raise typer.Exit(_identify_here(library, Inquiry(cues), chosen, output, plain=plain))
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


def _identify_here(library: Library, inquiry: Inquiry, form: str, output: Path | None, *, plain: bool) -> int:
    """Ask the cues, and go on to observe with the model found, if the person wants to."""
    with open_dialog(plain=plain) as dialog:
        inquiry, ended = ask_cues(dialog, inquiry)
        if not dialog.interactive:
            _deliver(inquiry, form, output)
            return 0 if inquiry.question is None else 1
        if form != "text" or output is not None:
            _deliver(inquiry, form, output)
        try:
            model = show_verdict(library, dialog, inquiry)
        except EndOfInput:
            dialog.say("The input ended here. Nothing was asked about the steps of a model.")
            return 1 if ended else 0
        if model is None:
            return 0
        return run(OBSERVATION, library, dialog, Request(model=model, labels=Labels()))


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
