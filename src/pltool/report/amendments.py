"""How a record was corrected: when, why, and what it said before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pltool.core.amend import differences
from pltool.core.standing import Answer
from pltool.report.formats.outline import Bullets, Heading, Span, text
from pltool.report.phrases import day
from pltool.report.question import ANSWER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pltool.core.amend import Difference
    from pltool.core.record import Reflection
    from pltool.report.formats.outline import Block

_LABELS = {
    "classroom": "Classroom",
    "school": "School",
    "observer": "Observer",
    "observer_role": "Observer's role",
    "model_at_end": "The model at the end",
}
_NOTHING = "nothing"


def amendments(reflection: Reflection) -> Iterator[Block]:
    """Each correction with its reason, the earliest first; nothing for a record that stands as it was finished."""
    if not reflection.amended:
        return
    yield Heading(2, "Amended")
    yield Bullets(
        tuple(
            (
                (Span(f"{day(made.at)}: ", "strong"), Span(made.reason)),
                *(text(line, "soft") for line in _lines(changes)),
            )
            for made, changes in differences(reflection)
        )
    )


def amended_words(reflection: Reflection) -> str:
    """That a record was corrected, in a few words for a table; empty where it was not."""
    return f"amended on {day(reflection.amended[-1].at)}" if reflection.amended else ""


def _lines(changes: Sequence[Difference]) -> Iterator[str]:
    """A line for each change; an answer and the reason that goes with it change together."""
    answers = {change.asked for change in changes if change.key == "answer"}
    reasons = {change.asked: change for change in changes if change.key == "reason"}
    for change in changes:
        if change.key == "answer" and change.asked in reasons:
            why = reasons[change.asked]
            before, after = _with_reason(change.before, why.before), _with_reason(change.after, why.after)
            yield f"“{change.asked}”: before {before}, now {after}."
        elif change.key != "reason" or change.asked not in answers:
            yield _line(change)


def _with_reason(answer: Any, reason: Any) -> str:  # noqa: ANN401 - an amendment from elsewhere may hold anything
    return _words("answer", answer) + (f" ({_words('reason', reason)})" if reason else "")


def _line(change: Difference) -> str:
    before, after = _words(change.key, change.before), _words(change.key, change.after)
    if change.asked is None:
        return f"{_LABELS[change.key]}: before {before}, now {after}."
    about = {"answer": "", "reason": "why it does not apply, ", "evidence": "notes, "}[change.key]
    return f"“{change.asked}”: {about}before {before}, now {after}."


def _words(key: str, value: Any) -> str:  # noqa: ANN401 - an amendment from elsewhere may hold anything
    if value is None:
        return "no answer" if key == "answer" else _NOTHING
    if key == "answer":
        return f"“{ANSWER_WORDS[Answer(value)]}”" if value in list(Answer) else f"“{value}”"
    if key == "evidence" and isinstance(value, list):
        return "; ".join(f"“{entry.get('note')}”" for entry in value if isinstance(entry, dict)) or _NOTHING
    return f"“{value}”"
