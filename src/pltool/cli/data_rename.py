"""`data rename`: a class or a model under another name, in all that is stored."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from pltool.cli.options import Content
from pltool.cli.output import deliver, say, warn
from pltool.cli.recording import now
from pltool.cli.sitting.dialog import open_dialog
from pltool.core.amend import rename_class
from pltool.core.labels import same_label, similar_labels
from pltool.errors import InputError, StorageError, UnknownNameError
from pltool.files.drafts import DraftFile, read_drafts
from pltool.files.library import Library
from pltool.files.records import labels_used, read_each, read_record, record_paths, save_revised
from pltool.report.phrases import count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pltool.core.draft import Draft
    from pltool.core.history import PastRecord
    from pltool.core.progression import Progression


def rename(
    classroom: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--classroom", metavar="OLD NEW", help="A class: its label, and the new one.", show_default=False
        ),
    ] = None,
    model: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--model",
            metavar="OLD NEW",
            help="A model of your own: its id, and the new one.",
            show_default=False,
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; for scripts.")] = False,
    content: Content = None,
) -> None:
    """Give a class or a model another name in all records and drafts."""
    if (classroom is None) == (model is None):
        raise InputError("Say what to rename: --classroom OLD NEW, or --model OLD NEW.")
    if classroom is not None:
        _rename_classroom(*(" ".join(label.split()) for label in classroom), yes=yes)
    elif model is not None:
        _rename_model(*model, Library(content or ()))


def _rename_classroom(old: str, new: str, *, yes: bool) -> None:
    if not new:
        raise InputError("The new label is empty; give the class some name.")
    found = _stored(lambda record: same_label(old, record.classroom))
    drafts = [draft for draft in _drafts() if same_label(old, draft.labels.classroom)]
    if not found and not drafts:
        known = labels_used()
        near = similar_labels(old, known) or known[:12]
        hint = f" There are: {', '.join(near)}." if near else ""
        raise UnknownNameError(f"Nothing is stored of the classroom “{old}”.{hint}")
    there = None
    if not same_label(old, new):
        there = next((label for label in labels_used() if same_label(label, new)), None)
    if there is not None and not yes and not _sure(old, there):
        say("Nothing was changed.")
        raise typer.Exit(1)
    # One class has one spelling, also where the other one was there first.
    new = there or new
    for path in found:
        record = read_record(path)
        save_revised(rename_class(record, new), path, now())
    changed = _save_drafts([replace(draft, labels=replace(draft.labels, classroom=new)) for draft in drafts])
    _say_done(f"“{old}” is “{new}” now", len(found), changed)


def _sure(old: str, there: str) -> bool:
    if not sys.stdin.isatty():
        raise InputError(
            f"“{there}” has records already; with “{old}” they would become one class for good. Add --yes if they are one."
        )
    say(f"“{there}” has records already. With “{old}” they become one class, and cannot be told apart again.")
    with open_dialog(plain=False) as dialog:
        return dialog.key({"o": "one class", "k": "keep them apart"}) == "o"


def _rename_model(old: str, new: str, library: Library) -> None:
    progression = library.progression(new)
    if old == progression.id:
        raise InputError(f"`{old}` is its name already.")
    found = _stored(lambda record: record.model.id == old)
    drafts = [draft for draft in _drafts() if draft.model == old]
    if not found and not drafts:
        raise UnknownNameError(f"Nothing is stored of a model `{old}`.")
    renamed = 0
    for path in found:
        record = read_record(path)
        if gone := [answer.step for answer in record.answers if progression.find(answer.step) is None]:
            _say_other(str(path), gone, progression)
            continue
        at_end = progression.id if record.model_at_end == old else record.model_at_end
        model = replace(record.model, id=progression.id)
        save_revised(replace(record, model=model, model_at_end=at_end), path, now())
        renamed += 1
    fitting = []
    for draft in drafts:
        if gone := [step for step in (*draft.answers, *draft.noted) if progression.find(step) is None]:
            _say_other(draft.id, gone, progression)
        else:
            fitting.append(replace(draft, model=progression.id))
    changed = _save_drafts(fitting)
    _say_done(f"`{old}` is `{progression.id}` now", renamed, changed)
    if renamed + changed < len(found) + len(drafts):
        raise typer.Exit(1)


def _say_other(what: str, gone: Sequence[str], progression: Progression) -> None:
    warn(f"{what} is left as it is: `{progression.id}` has no step `{gone[0]}`.")


def _stored(fits: Callable[[PastRecord], bool]) -> list[Path]:
    """The files of the records that fit, copies too."""
    paths, found = record_paths(), []
    for path, record in zip(paths, read_each(paths), strict=True):
        if isinstance(record, InputError):
            warn(record)
        elif fits(record):
            found.append(path)
    return found


def _drafts() -> list[Draft]:
    return [draft for draft in read_drafts(set_aside=False) if not isinstance(draft, InputError)]


def _save_drafts(drafts: Sequence[Draft]) -> int:
    """Save drafts again, but for those that somebody is answering at this moment."""
    saved = 0
    for draft in drafts:
        file = DraftFile(draft.id)
        if not file.claim():
            warn(
                f"{file.path} is being answered at this moment and keeps its name; finish it, and rename once more."
            )
            continue
        try:
            file.save(draft)
            saved += 1
        except StorageError as error:
            warn(error)
        finally:
            file.release(delete=False)
    return saved


def _say_done(what: str, records: int, drafts: int) -> None:
    also = f" and {count(drafts, 'draft')}" if drafts else ""
    deliver(f"{what}: in {count(records, 'record')}{also}.\n", None)
