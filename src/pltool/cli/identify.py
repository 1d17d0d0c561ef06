"""`identify`: which model is this classroom using?"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pltool.cli.options import Content, Force, Format, Output, Plain
from pltool.cli.output import (
    FORMATS,
    PAPER_FORMATS,
    check_file,
    choose_format,
    deliver_either,
    deliver_outline,
)
from pltool.cli.sitting.cue_questions import ask_cues, show_verdict
from pltool.cli.sitting.dialog import open_dialog
from pltool.cli.sitting.kinds import OBSERVATION, Request
from pltool.cli.sitting.run import run
from pltool.core.cue_interview import Inquiry, Said
from pltool.core.json_text import as_json
from pltool.core.record import Labels
from pltool.errors import EndOfInput, InputError
from pltool.files.cues import parse_cue_letters, read_cue_answer_file, read_cue_answers, read_cues
from pltool.files.library import Library
from pltool.files.strict_yaml import parse_document, read_stream
from pltool.report.identification import candidate_title, identification
from pltool.report.identification import cue_list as listed

if TYPE_CHECKING:
    from collections.abc import Callable

    from pltool.cli.sitting.dialog import Dialog
    from pltool.core.cue_interview import Verdict
    from pltool.core.cues import Cues

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
    format_: Format = None,
    force: Force = False,
    content: Content = None,
    plain: Plain = False,
) -> None:
    """Find out which model a classroom is using, from at most eight questions at the door."""
    chosen = choose_format(format_, output, FORMATS, "text")
    check_file(output, force=force)
    library = Library(content or ())
    cues = read_cues(library)
    if cue_list:
        deliver_outline(
            listed(cues), choose_format(format_, output, PAPER_FORMATS, "text"), output, force=force
        )
        return

    def deliver(inquiry: Inquiry) -> None:
        deliver_either(
            lambda: identification(cues, inquiry.verdict),
            lambda: _json(inquiry, inquiry.verdict),
            chosen,
            output,
            force=force,
        )

    if answers is not None:
        deliver(Inquiry(cues, _read_given(answers, cues)))
        return
    with open_dialog(plain=plain) as dialog:
        aside = chosen != "text" or output is not None
        raise typer.Exit(_identify_here(library, dialog, Inquiry(cues), deliver, aside=aside))


def _read_given(given: str, cues: Cues) -> dict[str, Said]:

    if given == "-":
        return read_cue_answers(
            parse_document(read_stream(sys.stdin.buffer, Path("standard input")), Path("standard input")),
            cues,
        )
    if _LETTERS.fullmatch(given):
        return parse_cue_letters(given, cues)
    path = Path(given)
    if not path.exists() and not path.suffix:
        raise InputError(
            f"`{given[:40]}` is neither a file nor letters; write y (yes), n (no) or u (could not tell) for each cue."
        )
    return read_cue_answer_file(path, cues)


def _identify_here(
    library: Library, dialog: Dialog, inquiry: Inquiry, deliver: Callable[[Inquiry], None], *, aside: bool
) -> int:
    """Ask the cues, and go on to observe with the model found, if the person wants to.

    Args:
        library: where the models are found.
        dialog: with the person.
        inquiry: the cues, none of them answered yet.
        deliver: writes the verdict where it was asked for.
        aside: whether that is another place than the screen.
    """
    inquiry, ended = ask_cues(dialog, inquiry)
    if not dialog.interactive:
        deliver(inquiry)
        return 0 if inquiry.question is None else 1
    if aside:
        deliver(inquiry)
    try:
        model = show_verdict(library, dialog, inquiry)
    except EndOfInput:
        dialog.say("The input ended here. Nothing was asked about the steps of a model.")
        return 1 if ended else 0
    if model is None:
        return 0
    return run(OBSERVATION, library, dialog, Request(model=model, labels=Labels()))


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
    return as_json(found)
