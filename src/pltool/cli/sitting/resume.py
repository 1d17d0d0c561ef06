"""Taking something up again: a draft that was left, or the answers of last time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pltool.cli.recording import now
from pltool.cli.sitting.session import Stopped
from pltool.core.draft import DraftAnswer, with_todays_ids
from pltool.core.labels import same_label
from pltool.core.standing import Answer
from pltool.errors import PltoolError
from pltool.files.drafts import DraftFile, read_drafts, sweep
from pltool.files.records import record_path
from pltool.report.phrases import ago, count
from pltool.report.question import kept_answers

if TYPE_CHECKING:
    from pltool.cli.sitting.dialog import Dialog
    from pltool.core.draft import Draft
    from pltool.core.history import PastRecord
    from pltool.core.progression import AskedAs, Progression
    from pltool.core.record import Kind, Labels
    from pltool.files.library import Library


def resume_draft(
    library: Library,
    dialog: Dialog,
    *,
    kind: Kind,
    model: str | None,
    part: str | None,
    labels: Labels,
    asked_as: AskedAs | None,
) -> Draft | None:
    """The latest draft of the same thing that nobody is answering, if the person wants to go on with it.

    Raises:
        Stopped: the person leaves; the draft is kept.
    """
    sweep()
    for draft in read_drafts():
        if isinstance(draft, PltoolError):
            dialog.say(str(draft))
            continue
        if not _fits(draft, kind, model, part, labels, asked_as):
            continue
        progression = _progression(library, dialog, draft)
        file = DraftFile(draft.id)
        if progression is None or not file.claim():
            continue
        if record_path(draft.id).exists():  # killed after it was sealed
            file.release(delete=True)
            dialog.say(f"Your last {_what(draft)} {progression.title} is saved: pltool report shows it.")
            continue
        translated = with_todays_ids(draft, progression)
        key = ""
        try:
            key = _offer(dialog, progression, translated)
        finally:
            file.release(delete=key == "d")
        if key == "q":
            raise Stopped
        if key == "g":
            return translated
        if key == "a":
            return None
    return None


def _fits(
    draft: Draft,
    kind: Kind,
    model: str | None,
    part: str | None,
    labels: Labels,
    asked_as: AskedAs | None,
) -> bool:
    return (
        draft.kind == kind
        and draft.given > 0
        and model in {None, draft.model}
        and part in {None, draft.part}
        and asked_as in {None, draft.asked_as}
        and (labels.classroom is None or same_label(labels.classroom, draft.labels.classroom))
    )


def _progression(library: Library, dialog: Dialog, draft: Draft) -> Progression | None:
    """Today's progression of a draft; None if it cannot be asked today."""
    if draft.model not in library.paths:
        return None
    try:
        progression = library.progression(draft.model)
    except PltoolError as error:
        dialog.say(f"A draft is kept for later, because its progression cannot be read: {error}")
        return None
    return progression if draft.part is None or progression.phase(draft.part) else None


def _what(draft: Draft) -> str:
    return "reflection on" if draft.kind == "reflection" else "observation of"


def _offer(dialog: Dialog, progression: Progression, draft: Draft) -> str:
    where = f" for {draft.labels.classroom}" if draft.labels.classroom else ""
    dialog.say(
        f"You have an unfinished {_what(draft)} {progression.title}{where}: "
        f"{count(draft.given, 'answer')}, the last one {ago(draft.updated, now())}."
    )
    key = dialog.key({"g": "go on with it", "a": "begin anew, and keep it", "d": "delete it", "q": "stop"})
    if key == "g" and draft.answers:
        dialog.show(kept_answers(progression, draft, now()))
    return key


def carry_over(draft: Draft, last: PastRecord | None, progression: Progression) -> Draft:
    """The draft with what was in place last time, so that asking starts at the last pause.

    Each answer taken over keeps the day it is from; the person can go back and change it.
    """
    if last is None:
        return draft
    carried: dict[str, DraftAnswer] = {}
    for one in last.counted:
        placed = progression.find(one["step"])
        if placed is not None and one["answer"] is not Answer.NOT_YET:
            carried[placed.id] = DraftAnswer(
                answer=one["answer"],
                at=draft.started,
                reason=one.get("reason"),
                carried_from=one.get("carried_from") or last.finished[:10],
            )
    return replace(draft, answers=carried)
