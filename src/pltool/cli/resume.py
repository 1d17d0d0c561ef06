"""Taking something up again: a draft that was left, or the answers of last time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pltool.core.draft import DraftAnswer
from pltool.core.standing import Answer
from pltool.errors import PltoolError

if TYPE_CHECKING:
    from pltool.cli.conversation import Conversation
    from pltool.core.draft import Draft
    from pltool.core.history import PastRecord
    from pltool.core.progression import Progression
    from pltool.core.reflection import Kind, Labels
    from pltool.files.library import Library


def resume_draft(
    library: Library,
    conversation: Conversation,
    *,
    kind: Kind,
    model: str | None,
    part: str | None,
    labels: Labels,
) -> Draft | None:
    """The latest draft of the same thing that nobody is answering, if the person wants to go on with it."""
    from pltool.cli.session import now
    from pltool.files.drafts import DraftFile, read_drafts
    from pltool.report.words import ago, count

    for draft in read_drafts():
        if isinstance(draft, PltoolError):
            conversation.say(str(draft))
            continue
        if not _fits(draft, kind, model, part, labels) or draft.model not in library.paths:
            continue
        file = DraftFile(draft.id)
        if not file.claim():
            continue
        title = library.progression(draft.model).title
        where = f" for {draft.labels.classroom}" if draft.labels.classroom else ""
        what = "reflection on" if kind == "reflection" else "observation of"
        conversation.say(
            f"You have an unfinished {what} {title}{where}: "
            f"{count(len(draft.answers), 'answer')}, the last one {ago(draft.updated, now())}."
        )
        key = conversation.key({"g": "go on with it", "a": "begin anew, and keep it", "d": "delete it"})
        file.release(delete=key == "d")
        if key == "g":
            _show_answers(library, conversation, draft)
            return draft
        if key == "a":
            return None
    return None


def _fits(draft: Draft, kind: Kind, model: str | None, part: str | None, labels: Labels) -> bool:
    return (
        draft.kind == kind
        and bool(draft.answers)
        and model in {None, draft.model}
        and part in {None, draft.part}
        and labels.classroom in {None, draft.labels.classroom}
    )


def _show_answers(library: Library, conversation: Conversation, draft: Draft) -> None:
    from pltool.cli.session import now
    from pltool.report.question import kept_answers

    progression = library.progression(draft.model)
    conversation.show(kept_answers(progression, draft, now()))


def carry_over(draft: Draft, last: PastRecord | None, progression: Progression) -> Draft:
    """The draft with what was in place last time, so that asking starts at the last pause.

    Each answer taken over keeps the day it is from; the person can go back and change it.
    """
    if last is None:
        return draft
    carried: dict[str, DraftAnswer] = {}
    for answer in last.counted:
        placed = progression.find(answer.step)
        if placed is not None and answer.answer is not Answer.NOT_YET:
            carried[placed.id] = DraftAnswer(
                answer=answer.answer, at=draft.started, carried_from=last.finished[:10]
            )
    return replace(draft, answers=carried)
