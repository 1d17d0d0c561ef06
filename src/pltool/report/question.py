"""One question of an interview, as it stands on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.core.standing import Answer
from pltool.report.formats.outline import Bullets, Heading, Mark, Path, Paths, Span, bullets, paragraph
from pltool.report.phrases import ago, count, day, short_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pltool.core.draft import Draft, DraftAnswer
    from pltool.core.history import ContentChange, Movement
    from pltool.core.interview import Interview
    from pltool.core.progression import PlacedStep, Progression
    from pltool.core.standing import Standing
    from pltool.report.formats.outline import Outline

ANSWER_WORDS = {
    Answer.IN_PLACE: "in place",
    Answer.NOT_YET: "not yet",
    Answer.NOT_SEEN: "not seen",
    Answer.DOES_NOT_APPLY: "does not apply",
}


def introduction(progression: Progression) -> Outline:
    """What this is and how it works, in three lines; and why some numbers are passed over, where they are."""
    others = {placed.step.actor for placed in progression.unasked}
    whose = (
        "A leader's actions are not asked" if others == {"leader"} else "Only a leader's actions are asked"
    )
    unasked = f"{whose} here; their numbers are passed over. " if others else ""
    return (
        Heading(2, progression.title),
        paragraph(
            "Think of one class and the last two weeks. "
            "One action at a time, in order: say yes only to what is in consistent practice. "
            "It stops at the first “not yet”: your progression pause, with a possible next move. "
            f"{unasked}This is for growth. Nothing is scored, and nothing leaves this machine."
        ),
    )


def question(interview: Interview, placed: PlacedStep, before: str = "") -> Outline:
    """The step, where it stands, and what makes a yes honest.

    Args:
        interview: the answers so far.
        placed: the step asked.
        before: an earlier answer in words, such as `last time: in place, October 14, 2026`.
    """
    steps = interview.progression.steps
    in_phase = [step for step in steps if step.phase.id == placed.phase.id]
    marks = tuple(
        Mark("pause")
        if step == placed
        else Mark.of(interview.answers[step.id])
        if step.id in interview.answers
        else Mark("not_reached")
        for step in in_phase
    )
    # A step has the same number for everybody, so it is counted among all the steps of its phase.
    in_all = len(in_phase) + sum(step.phase.id == placed.phase.id for step in interview.progression.unasked)
    place = f"{placed.phase.title} · {placed.area.title} · step {placed.number} of {in_all}"
    overall = f"{steps.index(placed) + 1} of {len(steps)} in all" if len(in_phase) < len(steps) else ""
    who = f"{placed.step.actor} action"
    return (
        Heading(3, place),
        Paths((Path("", marks, " · ".join(filter(None, (overall, who, before)))),)),
        paragraph(placed.step.action, "strong"),
        paragraph("An honest yes:", "soft"),
        bullets(*placed.step.in_practice_when),
    )


def practice(placed: PlacedStep) -> Outline:
    """What must hold before a yes is honest."""
    return (paragraph("An honest yes:", "soft"), bullets(*placed.step.in_practice_when))


def look_fors(placed: PlacedStep) -> Outline:
    """What an observer could see, hear or ask."""
    return (paragraph("Look-fors:", "soft"), bullets(*placed.step.look_fors))


def answered_before(answer: Answer, iso: str | None) -> str:
    """An earlier answer in words, with its day where it is known."""
    when = f", {short_day(iso)}" if iso else ""
    return f"{ANSWER_WORDS[answer]}{when}"


def review(interview: Interview, carried: Mapping[str, str] | None = None) -> Outline:
    """All answers in one view, before they are sealed; `carried` has the day of those taken over."""
    entries = tuple(
        (
            (
                Span(f"{ANSWER_WORDS[interview.answers[placed.id]]}{_carried(placed.id, carried)}: ", "soft"),
                Span(placed.step.action),
            ),
        )
        for placed in interview.standing.reached
    )
    return (Heading(3, "Your answers"), Bullets(entries, mark="number"))


def kept_answers(progression: Progression, draft: Draft, now: str) -> Outline:
    """The answers of a draft, each with its age."""
    entries = tuple(
        (
            (
                Span(f"{ANSWER_WORDS[kept.answer]}, {_age(kept, now)}: ", "soft"),
                Span(placed.step.action),
            ),
        )
        for placed in progression.steps
        if (kept := draft.answers.get(placed.id))
    )
    return (Heading(3, "Your answers so far"), Bullets(entries))


def _carried(step: str, carried: Mapping[str, str] | None) -> str:
    return f", carried over from {short_day(carried[step])}" if carried and step in carried else ""


def _age(kept: DraftAnswer, now: str) -> str:
    return f"carried over from {short_day(kept.carried_from)}" if kept.carried_from else ago(kept.at, now)


def since_last_time(
    move: Movement, change: ContentChange, last: str, today: Standing | None = None
) -> Outline:
    """What came into place, what slipped, and how the progression itself has changed; empty if nothing did.

    Args:
        move: from last time to now.
        change: from the progression as it was asked last time to today's.
        last: when last time was.
        today: what the answers of last time amount to against today's progression, where that differs.
    """
    reached = [f"{count(len(move.reached), 'step')} that last time did not reach"] if move.reached else []
    parts = (
        ("Came into place:", [one["asked"] for one in move.came]),
        ("In place as well:", reached),
        ("In place last time, and not yet now:", [one["asked"] for one in move.slipped]),
        ("New in the progression since then:", change.new),
        ("No longer in the progression:", change.gone),
        ("Worded differently since then:", change.reworded),
    )
    blocks = [block for title, actions in parts if actions for block in (paragraph(title), bullets(*actions))]
    if today is not None:
        blocks.append(
            paragraph(f"Read against today's progression, the answers of that day {_amount(today)}.")
        )
    return (Heading(2, f"Since {day(last)}"), *blocks) if blocks else ()


def _amount(standing: Standing) -> str:
    if standing.pause:
        return f"pause at {standing.pause.phase.title} {standing.pause.number}"
    if standing.missing:
        return f"leave {standing.missing.phase.title} {standing.missing.number} open"
    return "have every step in place"
