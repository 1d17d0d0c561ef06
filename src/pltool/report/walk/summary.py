"""The summary of a walk: what was seen, what to celebrate, where classrooms pause, what would help."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pltool.report.formats.outline import (
    Beside,
    Bullets,
    Facts,
    Heading,
    Span,
    Table,
    bullets,
    paragraph,
    text,
)
from pltool.report.phrases import LICENSE, count, day, listing
from pltool.report.walk.data import rows_data
from pltool.report.walk.groups import GROUP_WORDS, group_blocks, models_blocks, pooled_blocks
from pltool.report.walk.steps import (
    celebrated,
    celebrations,
    heat_map,
    model_blocks,
    shared_blocks,
    support_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.core.bank import Bank, Strands
    from pltool.core.walk.summary import Summary
    from pltool.report.formats.outline import Block, Inlines, Outline

PURPOSE = (
    "These figures are for celebrating and for offering help that fits. They name no classroom, teacher or "
    "observer; nothing in them is a score, and nobody is ranked."
)


def walk_summary(summary: Summary, bank: Bank, strands: Strands) -> Outline:
    """The whole summary."""
    return tuple(_summary(summary, bank, strands))


def _summary(summary: Summary, bank: Bank, strands: Strands) -> Iterator[Block]:
    yield Heading(1, _TITLES[summary.kind])
    yield from first_screen(summary)
    yield Heading(2, "The models that were met")
    yield from models_blocks(summary)
    held = summary.models.breakdown.suppressed
    pooled = tuple(pooled_blocks(summary, strands)) if held else ()
    if pooled:
        yield Heading(2, "All models together")
        yield from pooled
    if summary.models.shown:
        yield Heading(2, "What to celebrate")
        yield from celebrations(summary)
        yield Heading(2, "Where support would serve")
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
    yield Facts(tuple(facts(summary)))
    yield bullets(*notes(summary))
    yield paragraph(LICENSE, "soft")


_TITLES = {
    "observation": "Progression walk: what we saw",
    "reflection": "Teachers' own reflections, put together",
}
_MOST = 3


def first_screen(summary: Summary) -> Iterator[Block]:
    """What to project: how many, where they pause, what to celebrate, where support would serve."""
    sizes = " · ".join(size_words(summary))
    yield paragraph(sizes, "strong")
    if summary.kind == "reflection":
        yield paragraph(
            "What teachers said of their own classrooms; no observer's answers are in it.", "soft"
        )
    shown = summary.models.shown
    if any(model.paused for model in shown):
        yield heat_map(shown)
    if not shown:
        return
    lists = (
        ("To celebrate:", [*_first_celebrations(summary)]),
        ("Where support would serve most classrooms:", [*map(support_line, summary.models.shared)]),
    )
    parts = [
        (paragraph(lead, "strong"), Bullets(tuple((entry,) for entry in entries[:_MOST])))
        for lead, entries in lists
        if entries
    ]
    if parts:
        yield Beside(tuple(parts))


def _first_celebrations(summary: Summary) -> Iterator[Inlines]:
    for model in sorted(summary.models.shown, key=lambda model: -model.observations):
        furthest = celebrated(summary, model)
        if furthest is not None:
            of = f" ({model.progression.title}: {furthest.in_place} of {model.observations} came past it)"
            yield (Span(furthest.placed.step.action), Span(of, "soft"))
        elif model.complete:
            yield text(
                f"{model.progression.title}: every step that applies in place in {count(model.complete, 'observation')}."
            )


def size_words(summary: Summary) -> Iterator[str]:
    """The walk in a line."""
    sizes, left_out = summary.sizes, summary.exclusions.left_out + summary.exclusions.files_left_out
    if sizes.last:
        first, last = day(sizes.first), day(sizes.last)
        yield first if first == last else f"{first} to {last}"
    yield count(sizes.classrooms, "classroom")
    yield count(sizes.observations, "observation" if summary.kind == "observation" else "reflection")
    if summary.kind == "observation":
        yield count(sizes.observers, "observer")
    yield count(sizes.schools, "school")
    yield count(len(summary.models.titles), "model")
    if left_out:
        yield f"{count(left_out, 'row or file', 'rows or files')} left out"


def facts(summary: Summary) -> Iterator[tuple[str, str]]:
    """What became of every row and record."""
    account = rows_data(summary)
    parts = [f"{number} {word}" for name, word in _ACCOUNT.items() if (number := account[name])]
    yield "Rows and records", f"{account['read']} read: {listing(parts)}" if parts else str(account["read"])


_ACCOUNT = {
    "counted": "counted",
    "left_out": "left out",
    "repeated": "met before",
    "outside": "outside of the dates",
    "other_kind": "of the other kind",
    "parts": "of one phase only",
}


def strand_blocks(summary: Summary, strands: Strands) -> Iterator[Block]:
    """Answers by strand, over all models shown."""
    if summary.models.breakdown.suppressed:
        yield paragraph("Over the models that are shown; those held back are not in this table.", "soft")
    found = {strand.strand: strand for strand in summary.models.strands}
    rows = [
        (title.title, f"{found[title.id].in_place} of {found[title.id].answers}", str(found[title.id].paused))
        for title in strands.all
        if title.id in found
    ]
    if not rows:
        yield paragraph("No step was reached.")
        return
    yield Table(("Strand", "Answers in place", "Pauses"), tuple(rows), numeric=(1, 2))
    yield paragraph(
        "Of all answers “in place” or “not yet” to steps of a strand. A step may belong to several strands and counts in "
        "each; provisional pauses are not in it.",
        "soft",
    )


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


_KINDS = {
    "observation": "--kind reflections counts those",
    "reflection": "without --kind reflections those are counted",
}


def notes(summary: Summary) -> Iterator[str]:
    """What is and what is not in the figures."""
    yield "Steps beyond a pause are not reached: unknown, and never counted as “no”."
    yield (
        "Give out one summary of a walk, and agree on its dates and limit before: two of nearly the same visits can be "
        "subtracted from one another."
    )
    yield "Provisional means that a step before the pause or the end could not be seen."
    aside = summary.exclusions
    other = "teachers' own reflections" if summary.kind == "observation" else "observations"
    if (
        summary.groups is not None
        and summary.groups.grouping == "school"
        and summary.groups.breakdown.suppressed
    ):
        yield (
            "What is held back by school stands also against someone who knows all figures of one school. Whoever "
            "knows those of several can take them from the totals."
        )
    for number, singular, plural in (
        (aside.left_out + aside.files_left_out, "row or file could not be read and is left out", "rows or files could not be read and are left out"),
        (aside.copies, "file is a copy of another one and counts once with it", "files are copies of others and count once with them"),
        (aside.alike, "file is the same as another one but has a name of its own, and both count", "files are the same as others but have names of their own, and all count"),
        (aside.repeated, "record was met twice and counts once", "records were met twice and count once"),
        (aside.parts, "record of one phase only is not in the figures", "records of one phase only are not in the figures"),
        (aside.other_kind, f"record belongs to {other} and is not in the figures ({_KINDS[summary.kind]})", f"{other} are not in the figures ({_KINDS[summary.kind]})"),
        (aside.outside, "observation lies outside of the dates asked for", "observations lie outside of the dates asked for"),
        (aside.without_classroom, "observation names no classroom and counts as none", "observations name no classroom and count as none"),
        (aside.without_pause, "row names no pause and counts as unfinished", "rows name no pause and count as unfinished"),
    ):  # fmt: skip
        if number:
            yield f"{count(number, singular, plural)}."
