"""`report --amend`: a correction of a finished record, as it is written on the command line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from pltool.cli.recording import now
from pltool.core.amend import LABELS, Correction, NoteChange, amend
from pltool.core.record import EvidenceKind
from pltool.core.standing import Answer
from pltool.core.text import readable
from pltool.errors import InputError, PltoolError, StorageError
from pltool.files.answers import WORDS
from pltool.files.records import save_revised

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pltool.core.progression import Progression
    from pltool.core.record import Reflection
    from pltool.files.library import Library

_KINDS = get_args(EvidenceKind)
_NOTE = re.compile(r"(?P<step>[^:#]+)(?::(?P<kind>[a-z_]+)|#(?P<number>\d{1,4}))")
HOW = (
    "Write classroom=LABEL, STEP=ANSWER, STEP:saw=NOTE to add a note, or STEP#1=NOTE to change the first one "
    "(nothing after the = takes it away)."
)


def amend_record(
    record: Reflection, path: Path, given: Sequence[str], reason: str | None, library: Library
) -> Reflection:
    """Correct a record and save it.

    Args:
        record: as it was read.
        path: its file.
        given: corrections, each as `KEY=VALUE`.
        reason: why.
        library: where the progression is looked up.

    Raises:
        InputError: a correction is not understood, or changes nothing.
        StorageError: it cannot be saved; the message says that the record stays.
    """
    if not reason or not reason.strip():
        raise InputError("--amend needs a reason, which stays in the record: add --because TEXT.")
    moment = now()
    amended = amend(
        record,
        parse_correction(given),
        progression=_progression(record, library),
        resources=library.bank_of,
        at=moment,
        reason=" ".join(readable(reason).split()),
    )
    try:
        return save_revised(amended, path, moment)
    except StorageError as error:
        raise StorageError(f"The correction is not kept: {error} The record stays as it was.") from error


def parse_correction(given: Sequence[str]) -> Correction:
    """Corrections from `KEY=VALUE`, where KEY is a label, a step, or a note on a step.

    Raises:
        InputError: one of them is not understood.
    """
    correction = Correction()
    for written in given:
        key, equals, value = readable(written).partition("=")
        key, value = key.strip(), value.strip()
        label = key.replace("-", "_").casefold()
        if not equals or not key:
            raise InputError(f"“{written[:60]}” is no correction. {HOW}")
        if label in LABELS:
            correction.labels[label] = " ".join(value.split()) or None
        elif note := _NOTE.fullmatch(key):
            correction.notes.append(_note(note, value))
        else:
            correction.answers[key] = _answer(key, value)
    return correction


def _note(note: re.Match[str], value: str) -> NoteChange:
    kind: EvidenceKind | None = next((kind for kind in _KINDS if kind == note["kind"]), None)
    if note["kind"] is not None and kind is None:
        raise InputError(f"`{note['kind'][:40]}` is no kind of evidence; the kinds are {', '.join(_KINDS)}.")
    if kind is not None and not value:
        raise InputError(f"A note on `{note['step'].strip()}` needs some text. {HOW}")
    return NoteChange(note["step"].strip(), int(note["number"]) if note["number"] else None, kind, value)


def _answer(step: str, value: str) -> tuple[Answer, str | None]:
    word, _, reason = value.partition(":")
    answer = WORDS.get(" ".join(word.split()).casefold())
    if answer is None:
        raise InputError(
            f"`{step[:60]}`: “{word[:40]}” is no answer; write in_place, not_yet, not_seen or does_not_apply. {HOW}"
        )
    reason = " ".join(reason.split())
    if answer is Answer.DOES_NOT_APPLY and not reason:
        raise InputError(f"Say why `{step}` cannot apply in this classroom: {step}=does_not_apply: REASON.")
    if reason and answer is not Answer.DOES_NOT_APPLY:
        raise InputError(f"A reason goes with does_not_apply only; add a note with {step}:saw=NOTE.")
    return answer, reason or None


def _progression(record: Reflection, library: Library) -> Progression | None:
    try:
        return library.progression(record.model.id)
    except PltoolError:
        return None
