"""A walk by model, school, month or observer role, and the words for what is held back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.report.formats.outline import Table, paragraph
from pltool.report.phrases import count, listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pltool.core.bank import Strands
    from pltool.core.walk.summary import GroupTable, Summary
    from pltool.core.walk.suppression import Row
    from pltool.report.formats.outline import Block

_OUTCOMES = ("Complete", "Provisional", "Unfinished")
GROUP_WORDS = {"school": "school", "month": "month", "observer-role": "observer role", "model": "model"}


def models_blocks(summary: Summary, *, whole: bool = True) -> Iterator[Block]:
    """The table of models and what is held back; `whole` says why as well."""
    if not summary.models.titles:
        yield paragraph("There is no observation to count here.")
        return
    held = summary.models.breakdown
    if held.unmerged:
        yield paragraph(
            "Each column counts observations: where they pause, or what else they came to.", "soft"
        )
        rows = [
            *held.unmerged,
            *(
                [held.grand_total]
                if held.grand_total is not None and not held.suppressed and len(held.unmerged) > 1
                else []
            ),
        ]
        yield from _table("Model", rows, summary.models.finest_names, {**summary.models.titles, "": "All"})
    elif held.suppressed_total is None:
        yield paragraph("Too few classrooms to show more than the sizes above.")
    if held.suppressed_total is not None:
        yield paragraph(
            f"{count(len(held.suppressed), 'model')} held back, together: {_in_words(held.suppressed_total, summary.models.names)}."
        )
    if held.suppressed and whole:
        yield paragraph(why_held_back(summary))


def why_held_back(summary: Summary) -> str:
    """Which models are held back, and why."""
    names = listing([summary.models.titles[name] for name in summary.models.breakdown.suppressed])
    return (
        f"Held back, so that nobody can tell whose classroom is meant: {names}. A model is shown from "
        f"{summary.limit} classrooms on, and another is held back where it would give one away."
    )


def pooled_blocks(summary: Summary, strands: Strands) -> Iterator[Block]:
    """All models together: the phases that are in place throughout, and the kinds of practice paused at."""
    for line in pooled_celebration(summary):
        yield paragraph(f"To celebrate: {line}")
    yield from pooled_table(summary, strands)


def pooled_celebration(summary: Summary) -> Iterator[str]:
    """How often all of the first phase is in place, over all models."""
    beyond = _beyond_first_phase(summary)
    if beyond and summary.models.breakdown.suppressed:
        whole = count(summary.sizes.observations, "observation")
        yield f"Everything that applies in {summary.models.finest_names[0]} is in place in at least {beyond} of {whole}, over all models."


def pooled_table(summary: Summary, strands: Strands) -> Iterator[Block]:
    """Pauses over all models by domain of the rubric."""
    if len(summary.models.pooled) < 2 or not any(pooled.paused for pooled in summary.models.pooled):  # noqa: PLR2004 - one kind says nothing
        return
    yield paragraph(
        f"Where the {summary.sizes.classrooms} classrooms pause, over all models, by the kind of practice that comes next "
        "(a room may count in more than one, and one that is complete in none):"
    )
    titles = {domain.id: domain.title for domain in strands.domains}
    yield Table(
        ("Practice", "Rooms", "Pauses"),
        tuple(
            (
                " or ".join(titles[domain] for domain in pooled.domains),
                str(pooled.classrooms),
                str(pooled.paused),
            )
            for pooled in summary.models.pooled
        ),
        numeric=(1, 2),
    )


def _beyond_first_phase(summary: Summary) -> int:
    """Observations that pause in a later phase, or are complete, as far as the printed columns tell."""
    held = summary.models.breakdown
    levels = len(summary.models.finest_names) - len(_OUTCOMES)
    if held.grand_total is None:
        return 0
    return sum(
        number
        for column, number in zip(held.columns, held.grand_total.counts, strict=True)
        if min(column) > 0 and max(column) <= levels
    )


def _in_words(row: Row, names: tuple[str, ...]) -> str:
    """A row as a sentence: its size, and where its observations came to."""
    parts = [
        f"{number} {name if name in _OUTCOMES else 'paused in ' + name}".replace("Complete", "complete")
        .replace("Provisional", "provisional").replace("Unfinished", "unfinished")
        for name, number in zip(names, row.counts, strict=True) if number
    ]  # fmt: skip
    sizes = f"{count(row.classrooms, 'classroom')}, {count(row.observations, 'observation')}"
    # Where everything is merged into one column, that column says nothing.
    return f"{sizes}: {listing(parts)}" if len(parts) > 1 else sizes


def _table(
    title: str, rows: Sequence[Row], names: tuple[str, ...], titles: Mapping[str, str]
) -> Iterator[Block]:
    used = [index for index in range(len(names)) if any(row.counts[index] for row in rows)]
    if len(used) == 1 and " or " in names[used[0]]:  # all is merged into one column, which says nothing
        used = []
    yield Table(
        (title, "Rooms", "Obs.", *(names[index] for index in used)),
        tuple(
            (
                titles.get(row.name, row.name),
                str(row.classrooms),
                str(row.observations),
                *(str(row.counts[index]) for index in used),
            )
            for row in rows
        ),
        numeric=tuple(range(1, len(used) + 3)),
    )


def group_blocks(table: GroupTable, limit: int) -> Iterator[Block]:
    """The table of schools, months or roles, and what is held back."""
    groups, word = table.breakdown, GROUP_WORDS[table.grouping]
    if groups.grand_total is None:
        yield paragraph("Too few classrooms to show any.")
        return
    rows = [*groups.rows, *([groups.grand_total] if len(groups.rows) > 1 else [])]
    if groups.rows:
        yield from _table(word.capitalize(), rows, table.names, {"": "All"})
    if groups.suppressed_total is not None:
        size = count(len(groups.suppressed), word)
        yield paragraph(f"{size} held back, together: {_in_words(groups.suppressed_total, table.names)}.")
    if groups.suppressed:
        few = " or fewer than 3 observers" if table.grouping == "observer-role" else ""
        yield paragraph(
            f"Held back is what has fewer than {limit} classrooms{few}, and what would give one of those away."
        )
