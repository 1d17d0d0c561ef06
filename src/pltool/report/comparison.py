"""Two records of one classroom side by side, for a talk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.core.standing import Status
from pltool.report.amendments import amended_words
from pltool.report.formats.outline import Bullets, Heading, Paragraph, Span, Table, bullets, paragraph, text
from pltool.report.observation import note_line
from pltool.report.phrases import count, day
from pltool.report.question import ANSWER_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pltool.core.comparison import Comparison, Parting
    from pltool.core.record import AnswerRecord, Reflection
    from pltool.report.formats.outline import Block, Outline

_SHOWN = 6


def comparison_report(comparison: Comparison) -> Outline:
    """The whole comparison."""
    return tuple(_report(comparison))


def _report(comparison: Comparison) -> Iterator[Block]:
    first, second = comparison.first, comparison.second
    title = first.model.title
    if second.model.id != first.model.id:
        title += f" and {second.model.title}"
    yield Heading(1, f"{title}: two views of one classroom")
    yield paragraph("Neither view is the right one. Where they part, there is something to talk about.")
    names = _names(first, second)
    yield Table(
        ("", *names),
        tuple(
            (title, about(first), about(second))
            for title, about in _FACTS
            if title not in _SELDOM or about(first) or about(second)
        ),
    )
    for name, record in zip(names, (first, second), strict=True):
        if record.pause is not None:
            yield Paragraph((Span(f"{name} pauses here: ", "soft"), Span(record.pause.action)))
    yield Heading(2, "Where they part")
    yield from _parting(comparison.parting, names, (first, second))
    for name, only in zip(names, (comparison.only_first, comparison.only_second), strict=True):
        if only:
            yield Heading(2, f"Only in {name[0].lower()}{name[1:]}")
            yield from _only(only)
    yield Heading(2, "For the talk")
    yield bullets(*comparison.questions)


def _names(first: Reflection, second: Reflection) -> tuple[str, str]:
    """What tells the two apart: what they are, who was there, or which came first."""
    if first.kind != second.kind:
        return f"The {first.kind}", f"The {second.kind}"
    if first.observer and second.observer and first.observer != second.observer:
        return f"The visit by {first.observer}", f"The visit by {second.observer}"
    what = "visit" if first.kind == "observation" else "reflection"
    return f"The earlier {what}", f"The later {what}"


def _who(record: Reflection) -> str:
    if record.kind == "reflection":
        return "the teacher"
    return record.observer or "an observer"


def _in_place(record: Reflection) -> str:
    return count(record.counts.in_place, "step")


def _pause(record: Reflection) -> str:
    provisional = ", provisionally" if record.provisional else ""
    if record.pause is not None:
        return f"{record.pause.phase_title or record.pause.phase}, step {record.pause.number}{provisional}"
    return f"none, complete{provisional}" if record.status is Status.COMPLETE else "none, not finished"


def _asked(record: Reflection) -> str:
    """Whose actions were asked, where that was not everybody's."""
    return (
        {"teacher": "the teacher's", "leader": "the leader's"}.get(record.asked_as, "")
        if record.not_asked
        else ""
    )


_FACTS: tuple[tuple[str, Callable[[Reflection], str]], ...] = (
    ("Date", lambda record: day(record.finished)),
    ("Record", lambda record: record.id),
    ("By", _who),
    ("Classroom", lambda record: record.classroom or "not named"),
    ("Actions asked", _asked),
    ("In place", _in_place),
    (
        "Does not apply",
        lambda record: count(number, "step") if (number := record.counts.does_not_apply) else "",
    ),
    ("Pause", _pause),
    ("Corrected", amended_words),
)
_SELDOM = ("Actions asked", "Does not apply", "Corrected")


def _parting(
    parting: Parting | None, names: tuple[str, str], records: tuple[Reflection, Reflection]
) -> Iterator[Block]:
    if parting is None:
        yield paragraph("Nowhere: both say the same of every step.")
        return
    yield paragraph(parting.action, "strong")
    if not parting.differ:
        yield paragraph(
            "They do not contradict each other; here one goes on, or saw what the other could not."
        )
    for name, record, answer in zip(names, records, (parting.first, parting.second), strict=True):
        said = ANSWER_WORDS[answer.answer] if answer is not None else "not reached"
        yield Paragraph((Span(f"{name}: ", "soft"), Span(said, "strong")))
        if answer is not None and answer.evidence:
            yield Bullets(tuple((note_line(entry),) for entry in answer.evidence))
        elif answer is not None and record.kind == "observation":
            yield paragraph("No note was taken here.", "soft")


def _only(answers: tuple[AnswerRecord, ...]) -> Iterator[Block]:
    """Those with notes first, and not more than fit on a page."""
    ordered = sorted(answers, key=lambda answer: not answer.evidence)
    yield Bullets(
        tuple(
            (
                (Span(f"{ANSWER_WORDS[answer.answer]}: ", "soft"), Span(answer.asked)),
                *(note_line(entry) for entry in answer.evidence),
            )
            for answer in ordered[:_SHOWN]
        )
    )
    if len(ordered) > _SHOWN:
        yield Paragraph(text(f"And {count(len(ordered) - _SHOWN, 'more step')}.", "soft"))
