"""How far practice has come: in words, as a table, drawn as a path, and what was not reached."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pltool.core.standing import Answer
from pltool.report.formats.outline import (
    Bullets,
    Heading,
    Mark,
    Path,
    Paths,
    Span,
    Table,
    bullets,
    paragraph,
    text,
)
from pltool.report.phrases import count, listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.core.record import AnswerRecord, Reflection
    from pltool.core.standing import PhaseCount
    from pltool.report.formats.outline import Block


def celebrate(reflection: Reflection, *, with_unseen: bool = True) -> str:
    """How far practice has come, in concrete words and without a score; and how much could not be seen."""
    answers = reflection.counted
    in_place = [answer for answer in answers if answer.answer is Answer.IN_PLACE]
    unseen = reflection.counts.not_seen
    if not in_place:
        if unseen:
            return "Nothing could be seen in place on this visit; that says little about the classroom."
        if passed := reflection.counts.does_not_apply:
            return f"Here the way begins: {count(passed, 'step')} before it cannot apply in this classroom."
        return "This is the first step of the way, which makes it the right place to begin."
    parts = [_phase_words(phase, in_place) for phase in reflection.phases if phase.in_place]
    parts = parts or [count(len(in_place), "step")]
    sentence = f"In consistent practice: {listing(parts)}."
    if reflection.kind == "observation":
        sentence = f"Seen in place: {listing(parts)}."
    areas = _finished_areas(reflection, in_place)
    if areas:
        sentence += f" {listing(areas)} {'stands' if len(areas) == 1 else 'stand'} complete."
    if reflection.counts.does_not_apply:
        sentence += f" {count(reflection.counts.does_not_apply, 'step')} cannot apply in this classroom."
    if unseen and with_unseen:
        sentence += f" {count(unseen, 'step')} could not be seen."
    return sentence


def _phase_words(phase: PhaseCount, in_place: list[AnswerRecord]) -> str:
    numbers = [answer.number for answer in in_place if answer.phase == phase.id]
    if phase.in_place == phase.total:
        return f"all {phase.total} steps of {phase.title}" if phase.total > 1 else f"{phase.title}"
    if numbers == list(range(1, len(numbers) + 1)):
        return (
            f"the first step of {phase.title}"
            if len(numbers) == 1
            else f"the first {len(numbers)} steps of {phase.title}"
        )
    return f"{count(phase.in_place, 'step')} of {phase.title}"


def _finished_areas(reflection: Reflection, in_place: list[AnswerRecord]) -> list[str]:
    """Areas of the phase under way that were passed whole: every step reached, and the next area begun."""
    last = in_place[-1]
    phase = next((phase for phase in reflection.phases if phase.id == last.phase), None)
    if phase is None or phase.in_place == phase.total:
        return []
    answers = [answer for answer in reflection.counted if answer.phase == last.phase]
    areas = [(title, list(group)) for title, group in groupby(answers, key=lambda answer: answer.area_title)]
    return [
        f"“{title}”"
        for title, group in areas[:-1]
        if any(answer.answer is Answer.IN_PLACE for answer in group)
        and all(answer.answer in {Answer.IN_PLACE, Answer.DOES_NOT_APPLY} for answer in group)
    ]


_COLUMNS = {
    Answer.IN_PLACE: "In place",
    Answer.NOT_YET: "Not yet",
    Answer.NOT_SEEN: "Not seen",
    Answer.DOES_NOT_APPLY: "Does not apply",
}


def phase_table(reflection: Reflection) -> Table:
    """What became of every step, by phase; each row, and each column, adds up."""
    beyond = [answer.phase for answer in reflection.answers[reflection.counts.reached :]]
    rows = []
    for phase in reflection.phases:
        answers = [answer.answer for answer in reflection.counted if answer.phase == phase.id]
        counts = [answers.count(answer) for answer in _COLUMNS]
        later = beyond.count(phase.id)
        rows.append([*counts, later, phase.total - len(answers) - later, phase.total])
    heads = [*_COLUMNS.values(), "Beyond the pause", "Not reached", "Steps"]
    sums = [sum(row[at] for row in rows) for at in range(len(heads))]
    shown = [at for at, name in enumerate(heads) if sums[at] or name in {"In place", "Steps"}]
    titles = [*(phase.title for phase in reflection.phases), *(["All together"] if len(rows) > 1 else [])]
    table = tuple(
        (title, *(str(row[at]) for at in shown)) for title, row in zip(titles, [*rows, sums], strict=False)
    )
    head = ("Phase", *(heads[at] for at in shown))
    return Table(head, table, numeric=tuple(range(1, len(head))))


def _reached(reflection: Reflection, phase: PhaseCount) -> int:
    return sum(answer.phase == phase.id for answer in reflection.counted)


def paths(reflection: Reflection) -> Paths:
    """The progression drawn, one row a phase."""
    rows = []
    for phase in reflection.phases:
        marks = [Mark.of(answer.answer) for answer in reflection.counted if answer.phase == phase.id]
        words = f"{phase.in_place} of {phase.total} in place" if marks else "not reached"
        marks += [Mark("not_reached")] * (phase.total - len(marks))
        rows.append(Path(phase.title, tuple(marks), words))
    return Paths(tuple(rows))


def actions_in_place(reflection: Reflection) -> Iterator[Block]:
    """Every action in place, by phase."""
    titles = {phase.id: phase.title for phase in reflection.phases}
    for phase_id, group in groupby(reflection.counted, key=lambda answer: answer.phase):
        in_place = [answer for answer in group if answer.answer is Answer.IN_PLACE]
        if in_place:
            yield Heading(3, titles.get(phase_id, phase_id))
            yield bullets(*(answer.asked for answer in in_place))


def not_reached(reflection: Reflection) -> Iterator[Block]:
    """What was not asked, named as such."""
    beyond = [answer.phase for answer in reflection.answers[reflection.counts.reached :]]
    rows = [(phase, _reached(reflection, phase), beyond.count(phase.id)) for phase in reflection.phases]
    rows = [row for row in rows if row[0].total > row[1] + row[2]]
    kept = (
        f"{count(len(beyond), 'answer')} given beyond the pause {'is' if len(beyond) == 1 else 'are'} kept, "
        "and counted apart."
    )
    if not rows:
        if beyond:
            yield Heading(2, "Beyond the pause")
            yield paragraph(kept)
        return
    yield Heading(2, "Not reached")
    yield paragraph(
        f"These steps were not asked. That means unknown, and never “no”.{f' {kept}' if beyond else ''}"
    )
    yield bullets(*(f"{phase.title}: {_rest(reflection, phase, done, later)}" for phase, done, later in rows))


def _rest(reflection: Reflection, phase: PhaseCount, done: int, later: int) -> str:
    """The steps of a phase that have no answer; by number only where no others stand between them."""
    left = phase.total - done - later
    if later:
        return (
            f"{left} of the {count(phase.total - done, 'step')} that follow"
            if done
            else f"{left} of {phase.total} steps"
        )
    if not done:
        return f"all {count(phase.total, 'step')}"
    if any(step.phase == phase.id for step in reflection.not_asked):
        return f"the other {count(left, 'step')}"
    return _range(done + 1, phase.total)


def not_asked(reflection: Reflection) -> Iterator[Block]:
    """The actions of others that were not asked; a teacher may bring a leader's to the leader."""
    if not reflection.not_asked:
        return
    if reflection.asked_as == "teacher":
        yield Heading(2, "For a conversation with your leader")
        yield paragraph(
            "These are a leader's actions, so they were not asked. Which of them would help you most?"
        )
    else:
        yield Heading(2, "Not asked")
        yield paragraph("These are the actions of teachers and students, so they were not asked.")
    titles = {phase.id: phase.title for phase in reflection.phases}
    yield bullets(
        *(
            f"{titles.get(step.phase, step.phase)} {step.number}: {step.action}"
            for step in reflection.not_asked
        )
    )


def _range(first: int, last: int) -> str:
    return f"step {first}" if first == last else f"steps {first} to {last}"


def not_applicable(reflection: Reflection) -> Iterator[Block]:
    """Every step that cannot apply, with the reason that was given."""
    answers = [answer for answer in reflection.counted if answer.answer is Answer.DOES_NOT_APPLY]
    if not answers:
        return
    yield Heading(2, "Does not apply here")
    yield paragraph("Counted apart: these steps stand in nobody's way, and are not called in place.")
    yield Bullets(
        tuple(
            (text(answer.asked), (Span(f"Why: {answer.reason or 'no reason was given'}", "soft"),))
            for answer in answers
        )
    )
