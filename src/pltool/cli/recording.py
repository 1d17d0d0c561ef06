"""Records made without asking: from letters, or from an answers file."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pltool.core.record import make_record, new_record_id
from pltool.errors import InputError
from pltool.files.answers import model_named, read_answers
from pltool.files.strict_yaml import parse_document, read_document, read_stream

if TYPE_CHECKING:
    from pltool.core.progression import AskedAs, Progression
    from pltool.core.record import AnswerSheet, FollowUp, Kind, Reflection
    from pltool.files.library import Library


def now() -> str:
    """This moment, local with offset; to the millisecond, so that two records of one second keep their order."""
    return datetime.now().astimezone().isoformat(timespec="milliseconds")


def new_id(model: str, moment: str) -> str:
    """An id for a record of that model that begins at that moment."""
    return new_record_id(model, datetime.fromisoformat(moment), os.urandom(3).hex())


def steps_asked(progression: Progression, role: AskedAs) -> Progression:
    """The steps that somebody in that role is asked.

    Raises:
        InputError: there are none.
    """
    asked = progression.asked_of(role)
    if not asked.steps:
        raise InputError(f"{progression.title} has no {role} actions; --as all asks everything there is.")
    return asked


def read_sheet(
    library: Library, model: str | None, path: Path, *, asked_as: AskedAs | None, default: AskedAs
) -> tuple[Progression, AnswerSheet]:
    """Answers from a file, or from standard input where the path is `-`, and the steps they answer.

    Args:
        library: where the progression is found.
        model: the id given on the command line; needed only where the file names none.
        path: the answers file.
        asked_as: whose actions were asked, as said on the command line.
        default: the same where neither the command line nor the file says so.
    """
    if path == Path("-"):
        given = Path("standard input")
        document = parse_document(read_stream(sys.stdin.buffer, given), given, collect=True)
    else:
        document = read_document(path, collect=True)
    named = model or model_named(document)
    if named is None:
        raise InputError(
            f"{document.path} names no model; add `model:` to it, or name the model before --answers."
        )
    progression = library.progression(named)
    sheet = read_answers(document, progression, asked_as=asked_as, default=default)
    return steps_asked(progression, sheet.asked_as or default), sheet


def record_now(
    library: Library,
    progression: Progression,
    sheet: AnswerSheet,
    *,
    kind: Kind,
    follow_up: FollowUp | None = None,
) -> Reflection:
    """Answers as a record that begins and ends at this moment."""
    moment = now()
    return make_record(
        progression,
        sheet,
        resources=library.bank_of,
        record_id=new_id(progression.id, moment),
        started=moment,
        finished=moment,
        kind=kind,
        built_in=library.is_own(progression.id),
        follow_up=follow_up,
    )
