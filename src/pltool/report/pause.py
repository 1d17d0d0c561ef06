"""The pause report: what is in place, where it pauses, and what could come next."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pltool.core.standing import Answer, Status
from pltool.report.amendments import amended_words, amendments
from pltool.report.formats.outline import (
    Bullets,
    Facts,
    Heading,
    Layout,
    Paragraph,
    Span,
    bullets,
    paragraph,
)
from pltool.report.next_step import next_step_blocks, what_became_of
from pltool.report.phrases import (
    LICENSE,
    LOCAL,
    PURPOSE,
    actor_label,
    count,
    day,
    everything_in_place,
    listing,
)
from pltool.report.progress import (
    actions_in_place,
    celebrate,
    not_applicable,
    not_asked,
    not_reached,
    paths,
    phase_table,
)
from pltool.report.resource import resource_entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.core.record import Pause, Reflection
    from pltool.report.formats.outline import Block, Outline

_MANY = 36  # steps in place that would make a report print on a third page


def pause_report(reflection: Reflection) -> Outline:
    """The whole report, for handing over."""
    return tuple(_report(reflection))


def _report(reflection: Reflection) -> Iterator[Block]:
    if reflection.counts.in_place > _MANY:
        yield Layout("long")
    yield Heading(1, headline(reflection))
    yield Facts(tuple(facts(reflection)))
    yield paragraph(celebrate(reflection))
    yield from pause_blocks(reflection)
    if reflection.pause is None:
        yield from next_step_blocks(reflection)
    yield Heading(2, "What is in place")
    if reflection.phases:
        yield phase_table(reflection)
    yield from actions_in_place(reflection)
    yield from not_applicable(reflection)
    yield from not_asked(reflection)
    yield from not_reached(reflection)
    yield from amendments(reflection)
    yield Heading(2, "About this report")
    yield paragraph(PURPOSE)
    yield paragraph(colophon(reflection), "soft")


def screen_report(reflection: Reflection) -> list[Outline]:
    """The same news for a person at a terminal, in parts that are read one after the other."""
    opening: Outline = (Heading(1, headline(reflection)), paths(reflection), paragraph(celebrate(reflection)))
    aside = (*not_applicable(reflection), *not_asked(reflection), *amendments(reflection))
    return [opening, *_sections(tuple(pause_blocks(reflection))), *_sections(aside)]


def _sections(blocks: Outline) -> list[Outline]:
    """Blocks cut before each heading."""
    sections: list[list[Block]] = []
    for block in blocks:
        if isinstance(block, Heading) or not sections:
            sections.append([])
        sections[-1].append(block)
    return [tuple(section) for section in sections]


def headline(reflection: Reflection) -> str:
    """The report's title."""
    title = reflection.model.title
    if reflection.status is Status.PAUSED:
        return f"{title}: progression pause"
    if reflection.status is Status.COMPLETE:
        whole = reflection.part is None or not reflection.phases
        passed_over = reflection.counts.does_not_apply
        if whole:
            return f"{title}: {everything_in_place(passed_over)}"
        part = reflection.phases[0].title
        return (
            f"{title}: {f'{part}, {everything_in_place(passed_over)}' if passed_over else f'{part} in place'}"
        )
    return f"{title}: not finished yet"


def facts(reflection: Reflection) -> Iterator[tuple[str, str]]:
    """Date, labels, what was agreed or carried over before, and version."""
    yield "Date", day(reflection.finished)
    for label, value in (
        ("Classroom", reflection.classroom),
        ("School", reflection.school),
        ("Observer", reflection.observer),
    ):
        if value:
            yield label, value
    if reflection.part and reflection.phases:
        yield "Part", f"{reflection.phases[0].title} only"
    if before := reflection.follow_up:
        yield "Agreed before", f"“{before.text}” ({what_became_of(before)})"
    if carried := _carried(reflection):
        yield "Carried over", carried
    if amended := amended_words(reflection):
        yield "Corrected", f"{amended}; see below"
    yield "Progression", f"{reflection.model.title}, content version {reflection.model.version}"


def _carried(reflection: Reflection) -> str:
    """How many answers were taken over and not asked again, and from when."""
    days = sorted(answer.carried_from for answer in reflection.answers if answer.carried_from)
    return listing([f"{count(len(list(group)), 'answer')} from {day(when)}" for when, group in groupby(days)])


def pause_blocks(reflection: Reflection) -> Iterator[Block]:
    """The pause, its next moves, questions and resources; or what follows where there is none."""
    pause = reflection.pause
    if pause is None:
        yield from _no_pause(reflection)
        return
    yield Heading(2, "The pause" if not reflection.provisional else "The pause, provisionally")
    yield paragraph(_place(pause), "soft")
    yield paragraph(pause.action, "strong")
    yield paragraph("It is in consistent practice when:")
    yield bullets(*pause.in_practice_when)
    if reflection.provisional:
        unseen = [answer.asked for answer in reflection.counted if answer.answer is Answer.NOT_SEEN]
        yield paragraph("Provisional, because these steps before it could not be seen:")
        yield bullets(*unseen)
    yield from next_step_blocks(reflection)
    yield Heading(2, "A possible next move" if len(pause.next_moves) == 1 else "Possible next moves")
    for move in pause.next_moves:
        yield paragraph(move.move, "strong")
        yield Paragraph((Span("It could look like this: ", "soft"), Span(move.looks_like)))
    yield Heading(2, "Questions to think about")
    yield bullets(*pause.coaching_questions)
    if pause.resources:
        yield Heading(2, "Inspiration bank")
        yield Bullets(tuple(resource_entry(resource) for resource in pause.resources))


def _place(pause: Pause) -> str:
    phase = pause.phase_title or pause.phase
    return f"{phase}, step {pause.number} · {pause.area_title or pause.area} · {actor_label(pause.actor)}"


def _no_pause(reflection: Reflection) -> Iterator[Block]:
    if reflection.status is Status.UNFINISHED:
        yield Heading(2, "Not finished")
        answered = len(reflection.counted)
        if reflection.counts.beyond_pause:
            yield paragraph(
                f"Answers run out after step {answered}: a later step has one, but nothing is guessed about the gap."
            )
        else:
            yield paragraph(
                "There was no step answered “not yet”, and some were not answered. There is no pause."
            )
        return
    yield Heading(2, "What could come next")
    if reflection.provisional:
        yield paragraph("Provisional, because these steps could not be seen:")
        yield bullets(*(answer.asked for answer in reflection.counted if answer.answer is Answer.NOT_SEEN))
    yield bullets(
        "Open the door: invite a colleague to see one step in action, and talk about how it came to be.",
        "Ask students which part of the way they would change, and try one of their ideas.",
        "Look again in a month. Practice slips quietly, most of all after a break or with new students.",
    )


def colophon(reflection: Reflection) -> str:
    """Content version and license, or that the content is local."""
    model = reflection.model
    version = f"{model.title}, content version {model.version}."
    return f"{version} {LICENSE if model.built_in else LOCAL}"
