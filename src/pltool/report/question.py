"""One question of an interview, as it stands on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.core.standing import Answer
from pltool.report.outline import Bullets, Heading, Mark, Path, Paths, Span, bullets, paragraph
from pltool.report.words import actor, ago, day, short_day

if TYPE_CHECKING:
    from pltool.core.draft import Draft
    from pltool.core.history import ContentChange, Movement
    from pltool.core.interview import Interview
    from pltool.core.progression import PlacedStep, Progression
    from pltool.report.outline import Outline

_STATES = {Answer.IN_PLACE: "in_place", Answer.NOT_YET: "pause", Answer.NOT_SEEN: "not_seen"}
ANSWER_WORDS = {Answer.IN_PLACE: "in place", Answer.NOT_YET: "not yet", Answer.NOT_SEEN: "not seen"}


def introduction(progression: Progression) -> Outline:
    """What this is and how it works, in three lines."""
    return (
        Heading(2, progression.title),
        paragraph(
            "One action at a time, in order. Say yes only to what is in consistent practice. "
            "It stops at the first “not yet”: your progression pause, with a possible next move. "
            "This is for growth. Nothing is scored, and nothing leaves this machine."
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
        else Mark(_STATES[interview.answers[step.id]])  # type: ignore[arg-type]
        if step.id in interview.answers
        else Mark("not_reached")
        for step in in_phase
    )
    place = f"{placed.phase.title} · {placed.area.title} · step {placed.number} of {len(in_phase)}"
    overall = f"{steps.index(placed) + 1} of {len(steps)} in all" if len(in_phase) < len(steps) else ""
    who = f"{actor(placed.step.actor).lower()} action"
    return (
        Heading(3, place),
        Paths((Path("", marks, " · ".join(filter(None, (overall, who, before)))),)),
        paragraph(placed.step.action, "strong"),
        paragraph("An honest yes:", "soft"),
        bullets(*placed.step.in_practice_when),
    )


def look_fors(placed: PlacedStep) -> Outline:
    """What an observer could see, hear or ask."""
    return (paragraph("Look-fors:", "soft"), bullets(*placed.step.look_fors))


def answered_before(answer: Answer, iso: str | None) -> str:
    """An earlier answer in words, with its day where it is known."""
    when = f", {short_day(iso)}" if iso else ""
    return f"{ANSWER_WORDS[answer]}{when}"


def review(interview: Interview) -> Outline:
    """All answers in one view, before they are sealed."""
    standing = interview.standing
    entries = tuple(
        ((Span(f"{ANSWER_WORDS[interview.answers[placed.id]]}: ", "soft"), Span(placed.step.action)),)
        for placed in standing.reached
    )
    return (Heading(3, "Your answers"), Bullets(entries, mark="number"))


def kept_answers(progression: Progression, draft: Draft, now: str) -> Outline:
    """The answers of a draft, each with its age."""
    entries = tuple(
        (
            (
                Span(f"{ANSWER_WORDS[kept.answer]}, {ago(kept.at, now)}: ", "soft"),
                Span(placed.step.action),
            ),
        )
        for placed in progression.steps
        if (kept := draft.answers.get(placed.id))
    )
    return (Heading(3, "Your answers so far"), Bullets(entries))


def since_last_time(move: Movement, change: ContentChange, last: str) -> Outline:
    """What came into place, what slipped, and how the progression itself has changed; empty if nothing did."""
    parts = (
        ("Came into place:", move.came),
        ("In place last time, and not yet now:", move.slipped),
        ("New in the progression since then:", change.new),
        ("No longer in the progression:", change.gone),
        ("Worded differently since then:", change.reworded),
    )
    blocks = [block for title, actions in parts if actions for block in (paragraph(title), bullets(*actions))]
    return (Heading(2, f"Since {day(last)}"), *blocks) if blocks else ()
