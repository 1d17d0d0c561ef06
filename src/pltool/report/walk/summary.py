"""The summary of a walk: what was seen, what to celebrate, where classrooms pause, what would help."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pltool.report.formats.outline import Facts, Heading, Table, bullets, paragraph
from pltool.report.phrases import LICENSE, count, day
from pltool.report.walk.groups import GROUP_WORDS, group_blocks, models_blocks, pooled_blocks
from pltool.report.walk.steps import celebrations, model_blocks, shared_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.core.bank import Bank, Strands
    from pltool.core.walk.summary import Summary
    from pltool.report.formats.outline import Block, Outline

PURPOSE = (
    "These figures are for celebrating and for offering help that fits. They name no classroom, teacher or "
    "observer; nothing in them is a score, and nobody is ranked."
)


def walk_summary(summary: Summary, bank: Bank, strands: Strands) -> Outline:
    """The whole summary."""
    return tuple(_summary(summary, bank, strands))


def _summary(summary: Summary, bank: Bank, strands: Strands) -> Iterator[Block]:
    yield Heading(1, "Progression walk: what we saw")
    yield Facts(tuple(facts(summary)))
    yield Heading(2, "The models that were met")
    yield from models_blocks(summary)
    pooled = tuple(pooled_blocks(summary, strands)) if summary.models.breakdown.suppressed else ()
    if pooled:
        yield Heading(2, "All models together")
        yield from pooled
    if summary.models.shown:
        yield Heading(2, "What to celebrate")
        yield from celebrations(summary)
        yield Heading(2, "Where classrooms pause together")
        yield from shared_blocks(summary, bank)
        for model in summary.models.shown:
            yield Heading(2, model.progression.title)
            yield from model_blocks(model)
        yield Heading(2, "Strands")
        yield from strand_blocks(summary, strands)
    if summary.groups is not None:
        yield Heading(2, f"By {GROUP_WORDS[summary.groups.grouping]}")
        yield from group_blocks(summary.groups, summary.limit)
    if summary.moved is not None:
        yield Heading(2, "Beside the earlier walk")
        yield from _moved(summary)
    yield Heading(2, "About these figures")
    yield paragraph(PURPOSE)
    yield bullets(*notes(summary))
    yield paragraph(LICENSE, "soft")


def facts(summary: Summary) -> Iterator[tuple[str, str]]:
    """Dates and sizes."""
    if summary.sizes.last:
        first, last = day(summary.sizes.first), day(summary.sizes.last)
        yield "Dates", first if first == last else f"{first} to {last}"
    what = "Observations" if summary.kind == "observation" else "Reflections"
    yield what, str(summary.sizes.observations)
    yield "Classrooms", str(summary.sizes.classrooms)
    yield "Schools", str(summary.sizes.schools)
    if summary.kind == "observation":
        yield "Observers", str(summary.sizes.observers)
    yield "Models", str(len(summary.models.titles))
    if summary.exclusions.left_out:
        yield (
            "Left out",
            f"{count(summary.exclusions.left_out, 'row or file', 'rows or files')} that could not be read",
        )


def strand_blocks(summary: Summary, strands: Strands) -> Iterator[Block]:
    """Answers by strand, over all models shown."""
    if summary.models.breakdown.suppressed:
        yield paragraph("Over the models that are shown; those held back are not in this table.", "soft")
    found = {strand.strand: strand for strand in summary.models.strands}
    rows = [
        (title.title, str(found[title.id].in_place), str(found[title.id].paused))
        for title in strands.all
        if title.id in found
    ]
    if not rows:
        yield paragraph("No step was reached.")
        return
    yield Table(("Strand", "Steps in place", "Pauses"), tuple(rows), numeric=(1, 2))


def _moved(summary: Summary) -> Iterator[Block]:
    if not summary.moved:
        yield paragraph("No model has enough classrooms in both walks to be set side by side.")
        return
    for title, group in groupby(summary.moved, key=lambda moved: moved.model):
        yield Heading(3, title)
        yield Table(
            ("Observations", "Earlier", "Now"),
            tuple((moved.title, str(moved.earlier), str(moved.now)) for moved in group),
            numeric=(1, 2),
        )
    yield paragraph(
        "The two walks may have seen different classrooms, so this shows what was met, not who moved.", "soft"
    )


def notes(summary: Summary) -> Iterator[str]:
    """What is and what is not in the figures."""
    yield "Steps beyond a pause are not reached: unknown, and never counted as “no”."
    yield (
        "Give out one summary of a walk: two of nearly the same visits, with other dates or another limit, can be "
        "subtracted from one another."
    )
    yield "Provisional means that a step before the pause or the end could not be seen."
    aside = summary.exclusions
    other = "teachers' own reflections" if summary.kind == "observation" else "observations"
    for number, singular, plural in (
        (aside.left_out + aside.files_left_out, "row or file could not be read and is left out", "rows or files could not be read and are left out"),
        (aside.repeated, "record was met twice and counts once", "records were met twice and count once"),
        (aside.parts, "record of one phase only is not in the figures", "records of one phase only are not in the figures"),
        (aside.other_kind, f"record belongs to {other} and is not in the figures", f"{other} are not in the figures"),
        (aside.outside, "observation lies outside of the dates asked for", "observations lie outside of the dates asked for"),
        (aside.without_classroom, "observation names no classroom and counts as none", "observations name no classroom and count as none"),
        (aside.without_pause, "row names no pause and counts as unfinished", "rows name no pause and count as unfinished"),
    ):  # fmt: skip
        if number:
            yield f"{count(number, singular, plural)}."
