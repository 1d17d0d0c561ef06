"""The step agreed on: in a report, on a card to tear off, and in a calendar."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from pltool.core.dates import in_full
from pltool.report.formats.calendar import Event
from pltool.report.formats.outline import Heading, Layout, Lines, Paragraph, Span, paragraph
from pltool.report.phrases import OUTCOMES, day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.core.record import FollowUp, NextStep, Reflection
    from pltool.report.formats.outline import Block, Outline

_LOOK_AGAIN_AT = time(15, 30)
_TRY_AT = time(8)
_QUARTER = timedelta(minutes=15)
_EVENING_BEFORE = timedelta(hours=14)
_MOST_MINUTES = 2**31 - 1
_SUMMARY = 120


def weekday_and_day(iso: str) -> str:
    """`2026-12-07` as `Monday, December 7, 2026`; anything else as it is."""
    found = _day(iso)
    return in_full(found) if found else iso


def plan_blocks(step: NextStep) -> Iterator[Block]:
    """What belongs to a step: when, what if, who, and the day to look again."""
    for label, value in _plan(step):
        yield Paragraph((Span(f"{label}: ", "soft"), Span(value)))


def _plan(step: NextStep) -> Iterator[tuple[str, str]]:
    if step.when:
        yield "When and in which class", step.when + _named_day(step.when, step.try_on)
    if step.if_in_the_way:
        yield "If something gets in the way", step.if_in_the_way
    if step.partner:
        yield "With", step.partner
    if step.look_again:
        yield "Look again on", weekday_and_day(step.look_again)


def _named_day(when: str, iso: str | None) -> str:
    """The day that somebody's words name; its weekday only where they do not say it themselves."""
    if not iso:
        return ""
    weekday = weekday_and_day(iso).partition(",")[0]
    return f" ({day(iso) if weekday.casefold() in when.casefold() else weekday_and_day(iso)})"


def what_became_of(step: FollowUp) -> str:
    """How a step went, how often it was tried, and what happened, in the person's own words."""
    happened = f"“{step.happened}”" if step.happened else None
    return "; ".join(filter(None, (OUTCOMES[step.outcome], step.tried and f"tried {step.tried}", happened)))


def next_step_blocks(reflection: Reflection, title: str = "The next step agreed") -> Iterator[Block]:
    """The step with its plan, under a heading; nothing where none was agreed."""
    step = reflection.next_step
    if step is None:
        return
    yield Heading(2, title)
    yield paragraph(step.text, "strong")
    yield from plan_blocks(step)


def card(reflection: Reflection, step: NextStep) -> Outline:
    """Half a page to tear off: the step, its plan, and room for what happened."""
    classroom = f" · {reflection.classroom}" if reflection.classroom else ""
    return (
        Layout("card"),
        Heading(1, "My next step"),
        paragraph(f"{reflection.model.title}{classroom}", "soft"),
        paragraph(step.text, "strong"),
        *plan_blocks(step),
        paragraph("What happened:", "soft"),
        Lines(3),
    )


def events(reflection: Reflection, step: NextStep) -> list[Event]:
    """The days of a step: of the first try, and of looking again."""
    found = []
    stamp = step.agreed or reflection.finished
    what = step.text if len(step.text) <= _SUMMARY else step.text[:_SUMMARY].rsplit(" ", 1)[0] + " …"
    classroom = f" · {reflection.classroom}" if reflection.classroom else ""
    about = (
        step.text,
        *(f"{label}: {value}" for label, value in _plan(step)),
        f"{reflection.model.title}{classroom}. How it went: pltool reflect {reflection.model.id}",
    )
    for iso, name, summary, at, alarm in (
        (step.try_on, "first-try", f"Try: {what}", _TRY_AT, _EVENING_BEFORE),
        (step.look_again, "look-again", f"Look again: {what}", _LOOK_AGAIN_AT, _QUARTER),
    ):
        if iso and (found_day := _day(iso)):
            found.append(
                Event(
                    uid=f"{reflection.id}-{name}@pltool",
                    day=found_day,
                    at=at,
                    lasts=_QUARTER,
                    summary=summary,
                    description=about,
                    alarm=alarm,
                    stamp=stamp,
                    sequence=_sequence(reflection.finished, stamp),
                )
            )
    return found


def _sequence(finished: str, agreed: str) -> int:
    """Minutes from the record to the agreement: a step agreed later moves the event of the one before."""
    try:
        between = datetime.fromisoformat(agreed) - datetime.fromisoformat(finished)
    except (ValueError, TypeError):
        return 0
    return min(max(int(between.total_seconds()) // 60, 0), _MOST_MINUTES)


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None
