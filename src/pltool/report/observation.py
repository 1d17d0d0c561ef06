"""What an observer sees on the screen: the purpose, one step with its look-fors, and the notes taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.report.formats.outline import Bullets, Heading, Paragraph, Span, bullets, paragraph
from pltool.report.phrases import day
from pltool.report.question import question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pltool.core.interview import Interview
    from pltool.core.progression import Actor, PlacedStep, Progression
    from pltool.core.record import Evidence
    from pltool.report.formats.outline import Inlines, Outline

PURPOSE_LINE = (
    "We look together at what students do, so that the teacher can decide what comes next. "
    "This is no evaluation: nothing is scored, and nothing leaves this machine."
)
# What a note of each kind is called: on a key, before a note on the screen, and in a report.
KIND_WORDS = {
    "saw": "Saw",
    "heard": "Heard",
    "artifact": "Artifact",
    "student_said": "A student said",
    "teacher_said": "The teacher said",
}
_ASK_ON_PLANS = "Ask a student, “How do you know what your teacher has planned for you today?”"
_ASK: dict[Actor, str] = {
    "teacher": "Ask a student, “What does your teacher usually do at this point?”",
    "student": "Ask a student, “What are you working on, and how did it come to be that?”",
    "leader": "Ask a student, “Who besides your teacher helps with this class?”",
}


def before_the_model() -> Outline:
    """The purpose, for somebody who does not know yet which model this is."""
    return (
        paragraph(PURPOSE_LINE, "strong"),
        paragraph("First a few questions, to tell which model this is."),
    )


def welcome(progression: Progression) -> Outline:
    """Which model, and the purpose."""
    return Heading(2, f"Observing {progression.title}"), paragraph(PURPOSE_LINE, "strong")


def how_it_works() -> Outline:
    """What the three answers mean, and what belongs in a note."""
    return (
        paragraph(
            "Say in place for what you can see or hear today, not yet where you looked and it is not there, "
            "and not seen where the visit could not show it. Notes describe, as a camera would. "
            "Leave out names; codes do for rooms and people."
        ),
    )


def agreed_before(text: str, finished: str, look_again: str | None) -> Outline:
    """What was agreed after the last visit to this classroom."""
    again = f" The wish was to look again on {day(look_again)}." if look_again else ""
    return (
        paragraph(f"After the visit on {day(finished)} this was agreed:"),
        Paragraph((Span(f"“{text}”", "strong"), Span(again))),
    )


def observed_question(
    interview: Interview, placed: PlacedStep, before: str, evidence: Sequence[Evidence]
) -> Outline:
    """The step, what to look for, what to ask a student, and what was noted so far."""
    look, ask = look_and_ask(placed)
    shown: Outline = (
        *question(interview, placed, before)[:3],
        paragraph("Look for, and ask:", "soft"),
        bullets(*look, ask),
    )
    return (*shown, *noted(evidence))


def look_and_ask(placed: PlacedStep) -> tuple[tuple[str, ...], str]:
    """What to look for, and a question to ask a student: the step's own, or one for its actor."""
    look_fors = placed.step.look_fors
    asked = next((line for line in look_fors if line.startswith("Ask ") and "student" in line[:30]), None)
    rest = tuple(line for line in look_fors if line != asked)
    general = _ASK_ON_PLANS if "plan" in placed.area.id else _ASK[placed.step.actor]
    return rest or look_fors, asked or general


def step_and(placed: PlacedStep, outline: Outline) -> Outline:
    """The action once more, with something about it, so that nobody answers from memory."""
    return (paragraph(placed.step.action, "strong"), *outline)


def noted(evidence: Sequence[Evidence]) -> Outline:
    """The notes on a step so far."""
    if not evidence:
        return ()
    return (paragraph("Noted:", "soft"), Bullets(tuple((note_line(entry),) for entry in evidence)))


def note_line(entry: Evidence) -> Inlines:
    """A note with its kind, as it was written."""
    note = entry.note.strip()
    quoted = note[:1] in {'"', "“"} and note[-1:] in {'"', "”"}
    return Span(f"{KIND_WORDS[entry.kind]}: ", "soft"), Span(note if quoted else f"“{note}”")
