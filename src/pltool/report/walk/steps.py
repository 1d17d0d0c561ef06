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
    bullets,
    paragraph,
)
from pltool.report.phrases import count, listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.core.bank import Bank
    from pltool.core.walk.step_counts import ModelCount, SharedPause, StepCount
    from pltool.core.walk.summary import Summary
    from pltool.report.formats.outline import Block, Inlines

_SHARED_SHOWN = 6
_RESOURCES_SHOWN = 2


def celebrations(summary: Summary) -> Iterator[Block]:
    """What is in place in most rooms, model by model."""
    for model in summary.models.shown:
        furthest = furthest_for_half(model)
        yield Heading(3, model.progression.title)
        if furthest is not None:
            yield Paragraph(
                (
                    Span("At least half of the observations came past this step: "),
                    Span(furthest.placed.step.action, "strong"),
                    Span(
                        f" ({_place(furthest)}, in place in {furthest.in_place} of {model.observations})",
                        "soft",
                    ),
                )
            )
        if model.complete:
            yield paragraph(f"Every step was in place in {count(model.complete, 'observation')}.")
        widely = most_in_place(model)
        if widely:
            yield paragraph("Most widely in place:")
            yield Bullets(
                tuple(
                    (
                        (
                            Span(step.placed.step.action),
                            Span(f" ({step.in_place} of {model.observations})", "soft"),
                        ),
                    )
                    for step in widely
                )
            )
        else:
            yield paragraph("Each of these rooms is at the first step, which is the right place to begin.")


def _place(step: StepCount) -> str:
    return f"{step.placed.phase.title} {step.placed.number}"


def shared_blocks(summary: Summary, bank: Bank) -> Iterator[Block]:
    """Steps at which several classrooms pause, with a next move and resources that would serve them."""
    if not summary.models.shared:
        yield paragraph("No step is the pause of two classrooms.")
        return
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
    """One model step by step."""
    parts = [f"{count(model.observations, 'observation')} in {count(model.classrooms, 'classroom')}:"]
    counted = [
        (model.paused, "paused"),
        (model.complete, "complete"),
        (model.provisional, "provisional"),
        (model.unfinished, "unfinished"),
    ]
    yield paragraph(f"{parts[0]} {listing([f'{number} {word}' for number, word in counted if number])}.")
    if model.paused:
        yield heat(model)
    provisional = [step for step in model.steps if step.provisional]
    if provisional:
        yield paragraph("Paused provisionally, with something not seen before it:")
        yield bullets(*(f"{_place(step)}: {step.provisional}" for step in provisional))


def heat(model: ModelCount) -> HeatTable:
    """Where observations of one model pause, by phase, area and step."""
    rows: list[HeatRow] = []
    for _, in_phase in groupby(model.steps, key=lambda step: step.placed.phase.id):
        steps = list(in_phase)
        rows.append(HeatRow(steps[0].placed.phase.title, (), sum(step.paused for step in steps)))
        if not rows[-1].total:  # a phase in which nobody pauses is one row
            continue
        for _, in_area in groupby(steps, key=lambda step: step.placed.area.id):
            area = list(in_area)
            cells = tuple(
                HeatCell(str(step.placed.number), step.paused, step.placed.step.action) for step in area
            )
            rows.append(HeatRow(area[0].placed.area.title, cells, sum(step.paused for step in area)))
    return HeatTable("Observations that pause, by phase, area and step", tuple(rows))
