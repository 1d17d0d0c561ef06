"""The conversation sheet: what was seen, and an invitation to talk about what could come next."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pltool.core.standing import Answer, Status
from pltool.report.amendments import amendments
from pltool.report.formats.outline import (
    Bullets,
    Heading,
    Layout,
    Lines,
    Paragraph,
    Span,
    bullets,
    paragraph,
    text,
)
from pltool.report.identification import model_title
from pltool.report.next_step import plan_blocks
from pltool.report.observation import note_line
from pltool.report.pause import facts
from pltool.report.phrases import count, day, listing
from pltool.report.progress import celebrate, not_applicable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pltool.core.record import AnswerRecord, Pause, Reflection
    from pltool.report.formats.outline import Block, Inlines, Outline

OPENING = (
    "A short visit shows a part of what happens in a classroom. These notes are what one visitor could see and hear. "
    "What they mean, and what comes next, is yours to say."
)
CLOSING = "For growth, and no part of any evaluation: nothing here is scored, graded or ranked."
CREDIT = (
    "CC BY-NC-SA 4.0, after the coaching progressions of the Personalized Learning team of Dallas ISD "
    "(thepltoolbox.com); not affiliated with it."
)
_NO_PAUSE = {
    Status.COMPLETE: (
        "Which part of this took longest to build, and what made it hold?",
        "What would students say has changed for them?",
        "What are you curious about next?",
    ),
    Status.UNFINISHED: (
        "What would there have been to see, if the visit had gone on?",
        "What matters most to you and your students at the moment?",
    ),
}
# Steps in place without any note are written out up to this many, fewer beside others that have notes;
# more are named by their numbers.
_LISTED = 6
_LISTED_BESIDE_NOTES = 3
_AFTER_ALL_STEPS = (
    "Invite a colleague to see one step in action, and talk about how it came to be.",
    "Ask students which part of the way they would change, and try one of their ideas.",
)


def conversation_sheet(reflection: Reflection) -> Outline:
    """The sheet, with room to write; one page for a typical visit."""
    return tuple(_sheet(reflection, on_paper=True))


def screen_sheet(reflection: Reflection) -> list[Outline]:
    """The same for a person at a terminal, in parts that are read one after the other, without room to write."""
    sections: list[list[Block]] = [[]]
    for block in _sheet(reflection, on_paper=False):
        if isinstance(block, Heading) and sections[-1]:
            sections.append([])
        sections[-1].append(block)
    return [tuple(section) for section in sections]


def _sheet(reflection: Reflection, *, on_paper: bool) -> Iterator[Block]:
    if on_paper:
        yield Layout("visit")
    yield Heading(1, f"{reflection.model.title}: notes for a conversation")
    yield paragraph(_occasion(reflection), "soft")
    yield paragraph(OPENING)
    yield from _last_time(reflection)
    yield Heading(2, "What there was to see")
    yield from _in_place(reflection)
    yield from not_applicable(reflection)
    yield Heading(2, "Where the conversation could begin")
    yield from _beginning(reflection)
    yield Heading(2, "To think about together")
    yield bullets(*_questions(reflection))
    yield from _moves(reflection)
    yield from _agreed(reflection)
    yield from amendments(reflection)
    if on_paper:
        yield from _room(reflection)
        yield paragraph(f"{CLOSING} {_credit(reflection)}", "soft")


def _credit(reflection: Reflection) -> str:
    """Version and source, in fewer words than at the foot of a report."""
    model = reflection.model
    version = f"{model.title} {model.version}"
    return f"{version}, {CREDIT}" if model.built_in else f"{version}."


def _occasion(reflection: Reflection) -> str:
    """Day and labels in one line: a sheet has no room for a table."""
    labels = [f"{label} {value}" for label, value in facts(reflection) if label in {"Classroom", "School"}]
    seen_by = [f"observed by {reflection.observer}"] if reflection.observer else []
    return " · ".join((day(reflection.finished), *labels, *seen_by))


def _last_time(reflection: Reflection) -> Iterator[Block]:
    if reflection.follow_up is not None:
        yield Paragraph(
            (
                Span("Agreed after the last visit: ", "soft"),
                Span(f"“{reflection.follow_up.text}”"),
                Span(" How has it gone since?"),
            )
        )
    if reflection.model_at_end:
        yield paragraph(
            f"By the end of the visit the room looked more like {model_title(reflection.model_at_end)}. "
            "Which model did you have in mind?"
        )


def _in_place(reflection: Reflection) -> Iterator[Block]:
    answers = [answer for answer in reflection.counted if answer.answer is Answer.IN_PLACE]
    yield paragraph(_seen(reflection, any_in_place=bool(answers)))
    yield from _with_notes(answers)
    quiet = [answer for answer in answers if not answer.evidence]
    if quiet and len(quiet) <= (_LISTED if len(quiet) == len(answers) else _LISTED_BESIDE_NOTES):
        yield bullets(*(answer.asked for answer in quiet))
    elif quiet:
        also = "Seen as well, with no note" if len(quiet) < len(answers) else "There are no notes on these"
        yield paragraph(f"{also}: {_places(reflection, quiet)}.", "soft")
    beyond = reflection.answers[len(reflection.counted) :]
    further = [answer for answer in beyond if answer.answer is Answer.IN_PLACE]
    if further:
        yield paragraph("And further along, beyond where the visit paused:")
        yield Bullets(tuple((text(answer.asked), *_notes(answer)) for answer in further))


def _seen(reflection: Reflection, *, any_in_place: bool) -> str:
    if not any_in_place and not reflection.counts.not_seen:
        return (
            "The conversation begins at the first step of the progression, and a short visit misses much. "
            "What went well that day that a visitor could not see?"
        )
    if not any_in_place:
        return (
            "The first steps could not be seen on this visit, which says nothing about whether they are there. "
            "What would you have liked a visitor to see?"
        )
    return celebrate(reflection, with_unseen=False)


def _places(reflection: Reflection, answers: list[AnswerRecord]) -> str:
    """Where steps stand, in few words: `Foundation, steps 1 and 3; Differentiated, step 2`."""
    titles = {phase.id: phase.title for phase in reflection.phases}
    places = []
    for phase, group in groupby(answers, key=lambda answer: answer.phase):
        numbers = [answer.number for answer in group]
        word = "step" if len(numbers) == 1 else "steps"
        places.append(f"{titles.get(phase, phase)}, {word} {listing(_ranges(numbers))}")
    return "; ".join(places)


def _ranges(numbers: list[int]) -> list[str]:
    """Numbers with neighbors drawn together: `1 to 4`, `7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [
        shown
        for run in runs
        for shown in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run))  # noqa: PLR2004 - a pair is named
    ]


def _with_notes(answers: Iterable[AnswerRecord]) -> Iterator[Block]:
    entries = tuple((text(answer.asked), *_notes(answer)) for answer in answers if answer.evidence)
    if entries:
        yield Bullets(entries)


def _notes(answer: AnswerRecord) -> tuple[Inlines, ...]:
    return tuple(note_line(entry) for entry in answer.evidence)


def _beginning(reflection: Reflection) -> Iterator[Block]:
    pause = reflection.pause
    if pause is None:
        yield paragraph(_no_pause(reflection))
    else:
        yield from _pause(reflection, pause)
    unseen = [answer for answer in reflection.counted if answer.answer is Answer.NOT_SEEN]
    if unseen:
        yield paragraph(_unseen(reflection, len(unseen)))
        yield Bullets(tuple((text(answer.asked), *_notes(answer)) for answer in unseen))


def _unseen(reflection: Reflection, number: int) -> str:
    one = number == 1
    which = "An earlier step" if one else f"{number} earlier steps"
    provisional = ", which makes the pause provisional"
    if reflection.pause is None:
        which, provisional = "One step" if one else f"{number} steps", ", so this is provisional"
    shown = provisional if reflection.provisional else ""
    return f"{which} could not be seen{shown}. How {'is it' if one else 'are they'} going?"


def _no_pause(reflection: Reflection) -> str:
    if reflection.status is Status.COMPLETE:
        return "The visit came to the end of the progression. There is much here that colleagues could come and see."
    seen = len(reflection.counted)
    return (
        f"The visit ended after {count(seen, 'step')}. What comes later was not looked at; "
        "that means unknown, and never “no”."
    )


def _pause(reflection: Reflection, pause: Pause) -> Iterator[Block]:
    phase = pause.phase_title or pause.phase
    name = "provisional progression pause" if reflection.provisional else "progression pause"
    place = Span(f" ({name}: {phase}, step {pause.number})", "soft")
    yield Paragraph((Span(pause.action, "strong"), place))
    notes = [line for answer in reflection.answers if answer.step == pause.id for line in _notes(answer)]
    if notes:
        yield Bullets(tuple((line,) for line in notes))
    else:
        yield paragraph(
            "It was not there to see on this visit, and there is no note. What are other days like?"
        )
    yield Paragraph(
        (Span("For this step, consistent means: ", "soft"), Span(" ".join(pause.in_practice_when)))
    )


def _questions(reflection: Reflection) -> tuple[str, ...]:
    first = "What would you add to these notes, or see differently?"
    if reflection.pause is not None:
        return first, *reflection.pause.coaching_questions
    return first, *_NO_PAUSE[reflection.status]


def _moves(reflection: Reflection) -> Iterator[Block]:
    pause = reflection.pause
    if pause is None:
        if reflection.status is Status.COMPLETE:
            yield Heading(2, "Possible next moves")
            yield bullets(*_AFTER_ALL_STEPS)
        return
    one = len(pause.next_moves) == 1
    yield Heading(2, f"Possible next {'move, only a suggestion' if one else 'moves, only suggestions'}")
    entries: tuple[tuple[Inlines, ...], ...] = tuple((text(move.move),) for move in pause.next_moves)
    if one:
        (move,) = pause.next_moves
        entries = ((text(move.move), (Span("It could look like this: ", "soft"), Span(move.looks_like))),)
    yield Bullets(entries, mark="box")


def _agreed(reflection: Reflection) -> Iterator[Block]:
    step = reflection.next_step
    if step is None:
        return
    yield Heading(2, "Your choice")
    yield Paragraph((Span("Agreed: ", "soft"), Span(step.text, "strong")))
    yield from plan_blocks(step)


def _room(reflection: Reflection) -> Iterator[Block]:
    if reflection.next_step is not None:
        yield paragraph("Anything to add:")
        yield Lines(1, tight=True)
        return
    yield Heading(2, "Your choice")
    yield paragraph("What I would like to try, what would help, and the day on which we talk again:")
    yield Lines(3, tight=True)
