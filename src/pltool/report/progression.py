"""A progression, or one step of it, to read without answering anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.report.formats.outline import Bullets, Heading, Paragraph, Span, bullets, paragraph, text
from pltool.report.pause import resource_entry
from pltool.report.phrases import LICENSE, PURPOSE, actor, count, listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pltool.core.bank import Bank, Strands
    from pltool.core.progression import PlacedStep, Progression
    from pltool.report.formats.outline import Block, Outline


def progression_overview(progression: Progression, *, built_in: bool = True) -> Outline:
    """Every action in order, by phase and area."""
    return tuple(_overview(progression, built_in=built_in))


def _overview(progression: Progression, *, built_in: bool) -> Iterator[Block]:
    yield Heading(1, progression.title)
    yield paragraph(progression.summary)
    numbers = {placed.id: placed.number for placed in progression.steps}
    for phase in progression.phases:
        yield Heading(2, phase.title)
        yield paragraph(phase.purpose)
        for area in phase.areas:
            yield Heading(3, area.title)
            if area.note:
                yield paragraph(area.note, "soft")
            yield Bullets(
                tuple(
                    (
                        (
                            Span(f"{phase.id}-{numbers[step.id]}", "soft"),
                            Span(f" {actor(step.actor)}: ", "strong"),
                            Span(step.action),
                        ),
                    )
                    for step in area.steps
                )
            )
    yield paragraph(f"Read one step with `pltool show {progression.id} STEP`.".replace("`", ""), "soft")
    yield from _foot(progression, built_in=built_in)


def progression_handout(
    progression: Progression, bank: Bank, strands: Strands, *, built_in: bool = True
) -> Outline:
    """The whole progression with everything beside each step, as a handout."""
    return tuple(_handout(progression, bank, strands, built_in=built_in))


def _handout(progression: Progression, bank: Bank, strands: Strands, *, built_in: bool) -> Iterator[Block]:
    yield Heading(1, progression.title)
    yield paragraph(progression.summary)
    yield paragraph(
        "Start at the first action and go on while the action is in consistent practice. "
        "The first one that is not is the progression pause; what stands below it is a possible next move."
    )
    for phase in progression.phases:
        yield Heading(2, phase.title)
        yield paragraph(phase.purpose)
        area = None
        for placed in (placed for placed in progression.steps if placed.phase is phase):
            if placed.area is not area:
                area = placed.area
                yield Heading(3, area.title)
                if area.note:
                    yield paragraph(area.note, "soft")
            yield Heading(4, f"{placed.number}. {placed.step.action}")
            yield from _beside(placed, bank, strands, level=5)
    yield from _foot(progression, built_in=built_in)


def step_page(
    progression: Progression, placed: PlacedStep, bank: Bank, strands: Strands, *, built_in: bool = True
) -> Outline:
    """One step with everything beside it."""
    return (
        Heading(1, f"{progression.title}: {placed.phase.title}, step {placed.number}"),
        paragraph(placed.step.action, "strong"),
        *_beside(placed, bank, strands, level=2),
        *_foot(progression, built_in=built_in),
    )


def _beside(placed: PlacedStep, bank: Bank, strands: Strands, *, level: int) -> Iterator[Block]:
    step = placed.step
    yield paragraph(f"{actor(step.actor)} · {placed.area.title} · {step.id}", "soft")
    yield from _titled("In consistent practice when", level, bullets(*step.in_practice_when))
    yield from _titled("Look-fors", level, bullets(*step.look_fors))
    yield from _titled("Possible next move" if len(step.next_moves) == 1 else "Possible next moves", level)
    for move in step.next_moves:
        yield paragraph(move.move, "strong")
        yield Paragraph((Span("It could look like this: ", "soft"), Span(move.looks_like)))
    yield from _titled("Coaching questions", level, bullets(*step.coaching_questions))
    resources = bank.find(step.resources)
    yield from _titled("Inspiration bank", level, Bullets(tuple(resource_entry(r) for r in resources)))
    names = listing([strands.title(strand) for strand in step.strands])
    yield Paragraph((Span(f"{'Strand' if len(step.strands) == 1 else 'Strands'}: ", "soft"), *text(names)))


def _titled(title: str, level: int, *blocks: Block) -> Iterator[Block]:
    if level <= 2:  # noqa: PLR2004 - on a page of its own a step has sections; in a handout it has labels
        yield Heading(level, title)
    else:
        yield paragraph(f"{title}:", "soft")
    yield from blocks


def _foot(progression: Progression, *, built_in: bool) -> Iterator[Block]:
    steps = count(len(progression.steps), "step")
    yield paragraph(PURPOSE, "soft")
    yield paragraph(
        f"{progression.title}, content version {progression.version}, {steps}."
        + (f" {LICENSE}" if built_in else ""),
        "soft",
    )


def library_overview(progressions: Sequence[Progression]) -> Outline:
    """The progressions there are, with what each is for."""
    blocks: list[Block] = [Heading(1, "Progressions")]
    for progression in progressions:
        phases = "; ".join(
            f"{phase.title} {count(sum(len(area.steps) for area in phase.areas), 'step')}"
            for phase in progression.phases
        )
        blocks += [
            Heading(3, progression.id),
            Paragraph((Span(f"{progression.title}. ", "strong"), Span(progression.summary))),
            paragraph(phases, "soft"),
        ]
    blocks.append(paragraph("Begin with: pltool reflect MODEL"))
    return tuple(blocks)
