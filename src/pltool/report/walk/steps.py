"""A walk step by step: what to celebrate, where classrooms pause together, and each model as a heat map."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pltool.core.walk.step_counts import furthest_for_half, most_in_place
from pltool.report.formats.outline import (
    Bullets,
    Heading,
    HeatCell,
    HeatRow,
    HeatTable,
    Link,
    Paragraph,
    Span,
    Table,
    bullets,
    paragraph,
)
from pltool.report.phrases import count, listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pltool.core.bank import Bank
    from pltool.core.walk.step_counts import ModelCount, SharedPause, StepCount
    from pltool.core.walk.summary import Summary
    from pltool.report.formats.outline import Block, Inlines

_SHARED_SHOWN = 6
OVERLAP = "Pauses with everything before them answered; a classroom with visits that paused at two steps counts at both."
_RESOURCES_SHOWN = 2


def celebrations(summary: Summary) -> Iterator[Block]:
    """What is in place in most rooms, model by model."""
    for model in summary.models.shown:
        furthest = celebrated(summary, model)
        yield Heading(3, model.progression.title)
        if furthest is not None:
            yield Paragraph(
                (
                    Span("At least half of the observations came past this step: "),
                    Span(furthest.placed.step.action, "strong"),
                    Span(f" ({_place(furthest)}; {furthest.in_place} of {model.observations})", "soft"),
                )
            )
        if model.complete:
            yield paragraph(
                f"Every step that applies was in place in {count(model.complete, 'observation')}."
            )
        widely = most_in_place(model)
        if widely:
            yield paragraph("Most often seen in place:")
            yield Bullets(tuple((_seen(model, step),) for step in widely))
        elif furthest is None and not model.complete:
            yield paragraph("Most of these rooms are near the first step, which is the right place to begin.")
    if summary.sizes.inferred:
        yield paragraph(came_past(summary.sizes.inferred), "soft")


def celebrated(summary: Summary, model: ModelCount) -> StepCount | None:
    """The furthest step that half of the observations came past, but none that is listed as in need of support."""
    listed = [shared.step for shared in summary.models.shared[:_SHARED_SHOWN]]
    return furthest_for_half(model, but=listed)


def _seen(model: ModelCount, step: StepCount) -> Inlines:
    """A step with how often it was seen in place, of those observations that say what was not seen."""
    saying = model.observations - model.inferred
    return (Span(step.placed.step.action), Span(f" (seen in {step.seen_in_place} of {saying})", "soft"))


def came_past(inferred: int) -> str:
    """What sheets without a column for it cannot know."""
    return (
        f"{count(inferred, 'observation comes', 'observations come')} from sheets that do not say what was not seen: a "
        "step before their pause was come past, and perhaps not looked at."
    )


def _place(step: StepCount) -> str:
    return f"{step.placed.phase.title} {step.placed.number}"


def support_line(shared: SharedPause) -> Inlines:
    """A shared pause in one line, with the place by which it is found in the map."""
    where = f"{shared.model.progression.title}, {_place(shared.step)}"
    words = f" ({where}: {count(shared.step.classrooms, 'classroom')})"
    return (Span(shared.step.placed.step.action), Span(words, "soft"))


def shared_blocks(summary: Summary, bank: Bank) -> Iterator[Block]:
    """Steps at which several classrooms pause, with a next move and resources that would serve them."""
    if not summary.models.shared:
        yield paragraph("No step is the pause of two classrooms.")
        return
    yield paragraph(OVERLAP, "soft")
    for shared in summary.models.shared[:_SHARED_SHOWN]:
        yield from shared_pause(shared, bank)
    more = len(summary.models.shared) - _SHARED_SHOWN
    if more > 0:
        yield paragraph(
            f"{count(more, 'more step is', 'more steps are')} the pause of two or more classrooms.", "soft"
        )


def shared_pause(shared: SharedPause, bank: Bank | None) -> Iterator[Block]:
    """One step at which several classrooms pause; with resources where there is a bank."""
    step = shared.step.placed.step
    yield Heading(
        3,
        f"{count(shared.step.classrooms, 'classroom')} · {shared.model.progression.title}, {_place(shared.step)}",
    )
    yield paragraph(step.action, "strong")
    yield Paragraph((Span("A possible next move: ", "soft"), Span(step.next_moves[0].move)))
    entries: list[tuple[Inlines, ...]] = [
        ((Link(resource.title, resource.url), Span(f" ({resource.publisher})", "soft")),)
        for resource in (bank.find(step.resources)[:_RESOURCES_SHOWN] if bank else ())
    ]
    if entries:
        yield Bullets(tuple(entries))


def model_blocks(model: ModelCount) -> Iterator[Block]:
    """One model: what its observations came to, and the steps they pause at."""
    counted = [
        (model.paused, "paused"),
        (model.complete, "complete"),
        (model.provisional, "provisional"),
        (model.unfinished, "unfinished"),
    ]
    sizes = f"{count(model.observations, 'observation')} in {count(model.classrooms, 'classroom')}"
    yield paragraph(f"{sizes}: {listing([f'{number} {word}' for number, word in counted if number])}.")
    paused = [step for step in model.steps if step.paused]
    if paused:
        yield Table(
            ("Step", "Pauses", "Rooms", "What it asks"),
            tuple(
                (_place(step), str(step.paused), str(step.classrooms), step.placed.step.action)
                for step in paused
            ),
            numeric=(1, 2),
        )
    provisional = [f"{_place(step)}: {step.provisional}" for step in model.steps if step.provisional]
    if model.complete_provisional:
        provisional.append(f"to the end: {model.complete_provisional}")
    if provisional:
        yield paragraph("Provisional, with something not seen before (not in the table or the map):")
        yield bullets(*provisional)
    unseen = sorted((step for step in model.steps if step.not_seen), key=lambda step: -step.not_seen)[:3]
    if unseen:
        yield paragraph("Most often not seen, and worth a look next time:")
        yield bullets(*(f"{_place(step)}: {step.placed.step.action} ({step.not_seen})" for step in unseen))
    aside = [step for step in model.steps if step.does_not_apply]
    if aside:
        yield paragraph("Did not apply in some classrooms, and is counted apart:")
        yield bullets(
            *(f"{_place(step)}: {step.placed.step.action} ({step.does_not_apply})" for step in aside)
        )


def heat_map(models: Sequence[ModelCount]) -> HeatTable:
    """Where observations pause, one model below the other, on one scale."""
    rows: list[HeatRow] = []
    for model in models:
        rows.append(HeatRow(model.progression.title, (), model.paused, count(model.paused, "pause")))
        for _, in_phase in groupby(model.steps, key=lambda step: step.placed.phase.id):
            steps = list(in_phase)
            cells = tuple(
                HeatCell(str(step.placed.number), step.paused, f"{_place(step)}: {step.placed.step.action}")
                for step in steps
            )
            rows.append(HeatRow(steps[0].placed.phase.title, cells, sum(step.paused for step in steps)))
    return HeatTable("Where observations pause: how many at each step, phase by phase", tuple(rows))
