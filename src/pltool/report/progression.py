"""A progression, or one step of it, to read without answering anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.report.formats.outline import Bullets, Heading, Layout, Paragraph, Span, bullets, paragraph, text
from pltool.report.phrases import LICENSE, LOCAL, PURPOSE, actor_label, count, first_sentence, listing
from pltool.report.resource import resource_entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pltool.core.bank import Bank, Strands
    from pltool.core.progression import PlacedStep, Progression, Step
    from pltool.report.formats.outline import Block, Inlines, Outline


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
                            Span(f" {actor_label(step.actor)}: ", "strong"),
                            Span(step.action),
                        ),
                    )
                    for step in area.steps
                )
            )
    yield paragraph(f"Read one step: pltool show {progression.id} {progression.steps[0].place}", "soft")
    yield from _foot(progression, built_in=built_in)


def one_page(progression: Progression, *, built_in: bool = True) -> Outline:
    """The actions alone, to print on one page; of a single phase, with what makes a yes honest."""
    return tuple(_one_page(progression, built_in=built_in))


def _one_page(progression: Progression, *, built_in: bool) -> Iterator[Block]:
    single = len(progression.phases) == 1
    yield Layout("overview")
    phase_title = f": {progression.phases[0].title}" if single else ""
    yield Heading(1, f"{progression.title}{phase_title} on one page")
    yield paragraph(
        "In order: the first action that is not yet in consistent practice is the progression pause.", "soft"
    )
    numbers = {placed.id: placed.number for placed in progression.steps}
    for phase in progression.phases:
        if single:
            yield paragraph(phase.purpose)
        else:
            yield Heading(2, phase.title)
        for area in phase.areas:
            yield Heading(3 if not single else 2, area.title)
            yield Bullets(tuple(_numbered(step, numbers[step.id], practice=single) for step in area.steps))
    version = f"{progression.title}, content version {progression.version}."
    yield paragraph(f"{version} {LICENSE}" if built_in else version, "soft")


def _numbered(step: Step, number: int, *, practice: bool) -> tuple[Inlines, ...]:
    first = (Span(f"{number}. ", "strong"), Span(step.action))
    return (first, *((Span(line, "soft"),) for line in step.in_practice_when)) if practice else (first,)


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
    yield paragraph(f"{actor_label(step.actor)} · {placed.area.title} · {step.id}", "soft")
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
        f" {LICENSE if built_in else LOCAL}",
        "soft",
    )


def library_overview(
    progressions: Sequence[Progression], origins: Mapping[str, str] | None = None
) -> Outline:
    """The progressions there are, each with what it is in a sentence.

    Args:
        progressions: in the order in which they are listed.
        origins: where those come from that are not pltool's own, by id.
    """
    blocks: list[Block] = [Heading(1, "Progressions")]
    for progression in progressions:
        steps = ", ".join(
            f"{phase.title} {sum(len(area.steps) for area in phase.areas)}" for phase in progression.phases
        )
        blocks += [
            Heading(3, progression.id),
            Paragraph((Span(first_sentence(progression.summary)), Span(f" Steps: {steps}.", "soft"))),
        ]
        if origins and progression.id in origins:
            blocks.append(paragraph(f"From {origins[progression.id]}.", "soft"))
    blocks.append(
        paragraph("Begin: pltool reflect station-rotation. Not sure which it is? pltool identify", "soft")
    )
    return tuple(blocks)
