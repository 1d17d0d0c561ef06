"""The summary of a walk: what was seen, what to celebrate, where classrooms pause, what would help."""

from __future__ import annotations

import csv
import io
import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pltool.core.held_back import LOWEST_LIMIT
from pltool.core.walk import furthest_for_half, most_in_place
from pltool.report import safe
from pltool.report.outline import (
    Bullets,
    Facts,
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
from pltool.report.words import LICENSE, count, day, listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pltool.core.bank import Bank, Strands
    from pltool.core.held_back import Breakdown, Row
    from pltool.core.walk import ModelCount, SharedPause, StepCount
    from pltool.core.walk_summary import Summary
    from pltool.report.outline import Block, Inlines, Outline

PURPOSE = (
    "These figures are for celebrating and for offering help that fits. They name no classroom, teacher or "
    "observer; nothing in them is a score, and nobody is ranked."
)
_SHARED_SHOWN = 6
_RESOURCES_SHOWN = 2
_OUTCOMES = ("Complete", "Provisional", "Unfinished")
_GROUP_WORDS = {"school": "school", "month": "month", "observer-role": "observer role", "model": "model"}


def walk_summary(summary: Summary, bank: Bank, strands: Strands) -> Outline:
    """The whole summary."""
    return tuple(_summary(summary, bank, strands))


def _summary(summary: Summary, bank: Bank, strands: Strands) -> Iterator[Block]:
    yield Heading(1, "Progression walk: what we saw")
    yield Facts(tuple(facts(summary)))
    yield Heading(2, "The models that were met")
    yield from models_blocks(summary)
    if summary.shown:
        yield Heading(2, "What to celebrate")
        yield from celebrations(summary)
        yield Heading(2, "Where classrooms pause together")
        yield from shared_blocks(summary, bank)
        for model in summary.shown:
            yield Heading(2, model.progression.title)
            yield from model_blocks(model)
        yield Heading(2, "Strands")
        yield from strand_blocks(summary, strands)
    if summary.groups is not None and summary.grouping is not None:
        yield Heading(2, f"By {_GROUP_WORDS[summary.grouping]}")
        yield from _groups(summary, summary.groups)
    if summary.moved is not None:
        yield Heading(2, "Beside the earlier walk")
        yield from _moved(summary)
    yield Heading(2, "About these figures")
    yield paragraph(PURPOSE)
    yield bullets(*notes(summary))
    yield paragraph(LICENSE, "soft")


def facts(summary: Summary) -> Iterator[tuple[str, str]]:
    """Dates and sizes."""
    if summary.last:
        first, last = day(summary.first), day(summary.last)
        yield "Dates", first if first == last else f"{first} to {last}"
    what = "Observations" if summary.kind == "observation" else "Reflections"
    yield what, str(summary.observations)
    yield "Classrooms", str(summary.classrooms)
    yield "Schools", str(summary.schools)
    if summary.kind == "observation":
        yield "Observers", str(summary.observers)
    yield "Models", str(len(summary.titles))
    if summary.aside.left_out:
        yield (
            "Left out",
            f"{count(summary.aside.left_out, 'row or file', 'rows or files')} that could not be read",
        )


def models_blocks(summary: Summary) -> Iterator[Block]:
    """The table of models, and what is held back."""
    if not summary.titles:
        yield paragraph("There is no observation to count here.")
        return
    held = summary.models
    if held.full:
        yield paragraph(
            "Each column counts observations: where they pause, or what else they came to.", "soft"
        )
        rows = [
            *held.full,
            *([held.all] if held.all is not None and not held.held and len(held.full) > 1 else []),
        ]
        yield from _table("Model", rows, summary.column_names, {**summary.titles, "": "All"})
    elif held.together is None:
        yield paragraph("Too few classrooms to show more than the sizes above.")
    if held.together is not None:
        yield paragraph(
            f"{count(len(held.held), 'model')} held back, together: {_in_words(held.together, summary.model_names)}."
        )
    if held.held:
        names = listing([summary.titles[name] for name in held.held])
        lower = summary.limit > LOWEST_LIMIT
        limit = f" (--hide-under {LOWEST_LIMIT} lowers that to {LOWEST_LIMIT}.)" if lower else ""
        yield paragraph(
            f"Held back, so that nobody can tell whose classroom is meant: {names}. A model is shown from "
            f"{summary.limit} classrooms on, and another is held back where it would give one away.{limit}"
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
    if len(names) == 1:  # all is merged into one column, which says nothing
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


def celebrations(summary: Summary) -> Iterator[Block]:
    """What is in place in most rooms, model by model."""
    for model in summary.shown:
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
    if not summary.shared:
        yield paragraph("No step is the pause of two classrooms.")
        return
    for shared in summary.shared[:_SHARED_SHOWN]:
        yield from shared_pause(shared, bank)
    more = len(summary.shared) - _SHARED_SHOWN
    if more > 0:
        yield paragraph(
            f"{count(more, 'more step is', 'more steps are')} the pause of two or more classrooms.", "soft"
        )


def shared_pause(shared: SharedPause, bank: Bank) -> Iterator[Block]:
    """One step at which several classrooms pause."""
    step = shared.step.placed.step
    yield Heading(
        3,
        f"{count(shared.step.classrooms, 'classroom')} · {shared.model.progression.title}, {_place(shared.step)}",
    )
    yield paragraph(step.action, "strong")
    yield Paragraph((Span("A possible next move: ", "soft"), Span(step.next_moves[0].move)))
    entries: list[tuple[Inlines, ...]] = [
        ((Link(resource.title, resource.url), Span(f" ({resource.publisher})", "soft")),)
        for resource in bank.find(step.resources)[:_RESOURCES_SHOWN]
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


def heat(model: ModelCount, *, whole: bool = True) -> HeatTable:
    """Where observations of one model pause, by phase, area and step; else only the phases in which some do."""
    rows: list[HeatRow] = []
    for _, in_phase in groupby(model.steps, key=lambda step: step.placed.phase.id):
        steps = list(in_phase)
        rows.append(HeatRow(steps[0].placed.phase.title, (), sum(step.paused for step in steps)))
        if not whole and not rows[-1].total:
            continue
        for _, in_area in groupby(steps, key=lambda step: step.placed.area.id):
            area = list(in_area)
            cells = tuple(
                HeatCell(str(step.placed.number), step.paused, step.placed.step.action) for step in area
            )
            rows.append(HeatRow(area[0].placed.area.title, cells, sum(step.paused for step in area)))
    return HeatTable("Observations that pause, by phase, area and step", tuple(rows))


def strand_blocks(summary: Summary, strands: Strands) -> Iterator[Block]:
    """Answers by strand, over all models shown."""
    if summary.models.held:
        yield paragraph("Over the models that are shown; those held back are not in this table.", "soft")
    found = {strand.strand: strand for strand in summary.strands}
    rows = [
        (title.title, str(found[title.id].in_place), str(found[title.id].paused))
        for title in strands.all
        if title.id in found
    ]
    if not rows:
        yield paragraph("No step was reached.")
        return
    yield Table(("Strand", "Steps in place", "Pauses"), tuple(rows), numeric=(1, 2))


def _groups(summary: Summary, groups: Breakdown) -> Iterator[Block]:
    assert summary.grouping is not None  # noqa: S101 - the caller saw to it
    word = _GROUP_WORDS[summary.grouping]
    if summary.models.held and summary.models.rows:
        yield paragraph("Over the models that are shown; those held back are not in it.", "soft")
    if groups.all is None:
        yield paragraph("Too few classrooms to show any.")
        return
    rows = [*groups.rows, *([groups.all] if groups.all is not None and len(groups.rows) > 1 else [])]
    if groups.rows:
        yield from _table(word.capitalize(), rows, summary.group_names, {"": "All"})
    if groups.together is not None:
        size = count(len(groups.held), word)
        yield paragraph(f"{size} held back, together: {_in_words(groups.together, summary.group_names)}.")
    if groups.held:
        few = " or fewer than 3 observers" if summary.grouping == "observer-role" else ""
        yield paragraph(
            f"Held back is what has fewer than {summary.limit} classrooms{few}, and what would give one of those away."
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


def notes(summary: Summary) -> Iterator[str]:
    """What is and what is not in the figures."""
    yield "Steps beyond a pause are not reached: unknown, and never counted as “no”."
    yield "Provisional means that a step before the pause or the end could not be seen."
    aside = summary.aside
    other = "teachers' own reflections" if summary.kind == "observation" else "observations"
    for number, singular, plural in (
        (aside.left_out, "row or file could not be read and is left out", "rows or files could not be read and are left out"),
        (aside.twice, "record was met twice and counts once", "records were met twice and count once"),
        (aside.parts, "record of one phase only is not in the figures", "records of one phase only are not in the figures"),
        (aside.other_kind, f"record belongs to {other} and is not in the figures", f"{other} are not in the figures"),
        (aside.outside, "observation lies outside of the dates asked for", "observations lie outside of the dates asked for"),
        (aside.without_classroom, "observation names no classroom and counts as none", "observations name no classroom and count as none"),
        (aside.without_pause, "row names no pause and counts as unfinished", "rows name no pause and count as unfinished"),
    ):  # fmt: skip
        if number:
            yield f"{count(number, singular, plural)}."


def summary_json(summary: Summary) -> str:
    """The summary as data, with nothing in it that the other forms hold back."""
    data: dict[str, Any] = {
        "format": "pltool.walk-summary/1",
        "kind": summary.kind,
        "first": summary.first or None,
        "last": summary.last or None,
        "observations": summary.observations,
        "classrooms": summary.classrooms,
        "schools": summary.schools,
        "observers": summary.observers,
        "hide_under": summary.limit,
        "aside": {name: getattr(summary.aside, name) for name in summary.aside.__dataclass_fields__},
        "models": _breakdown_data(summary.models, summary.model_names, summary.column_names),
        "steps": [_step_data(model, step) for model in summary.shown for step in model.steps],
        "shared_pauses": [
            {
                "model": shared.model.progression.id,
                "step": shared.step.placed.id,
                "classrooms": shared.step.classrooms,
            }
            for shared in summary.shared
        ],
        "strands": [
            {"strand": strand.strand, "in_place": strand.in_place, "paused": strand.paused}
            for strand in summary.strands
        ],
        "by": summary.grouping,
        "groups": None
        if summary.groups is None
        else _breakdown_data(summary.groups, summary.group_names, None),
        "moved": None
        if summary.moved is None
        else [
            {"model": moved.model, "what": moved.title, "earlier": moved.earlier, "now": moved.now}
            for moved in summary.moved
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _breakdown_data(
    breakdown: Breakdown, names: tuple[str, ...], full_names: tuple[str, ...] | None
) -> dict[str, Any]:
    def row(found: Row | None, names: tuple[str, ...] = names) -> dict[str, Any] | None:
        if found is None:
            return None
        return {
            "name": found.name,
            "classrooms": found.classrooms,
            "observations": found.observations,
            "counts": dict(zip(names, found.counts, strict=True)),
        }

    return {
        "shown": [row(found, full_names) for found in breakdown.full]
        if full_names is not None
        else [row(found) for found in breakdown.rows],
        "held_back": len(breakdown.held),
        "held_back_together": row(breakdown.together),
        "all": row(breakdown.all),
    }


def _step_data(model: ModelCount, step: StepCount) -> dict[str, Any]:
    return {
        "model": model.progression.id,
        "phase": step.placed.phase.id,
        "area": step.placed.area.id,
        "number": step.placed.number,
        "step": step.placed.id,
        "observations": model.observations,
        "in_place": step.in_place,
        "paused": step.paused,
        "paused_provisionally": step.provisional,
        "not_seen": step.not_seen,
        "not_reached": step.not_reached,
        "classrooms_paused": step.classrooms,
    }


def summary_csv(summary: Summary) -> str:
    """One row for each step of each model shown; where figures are broken down, one for each group instead."""
    written = io.StringIO()
    if summary.groups is not None:
        groups = summary.groups
        rows: list[dict[str, Any]] = [
            {
                str(summary.grouping).replace("-", "_"): row.name,
                "classrooms": row.classrooms,
                "observations": row.observations,
                **{
                    name.lower(): number for name, number in zip(summary.group_names, row.counts, strict=True)
                },
            }
            for row in groups.rows
        ]
        head = [
            str(summary.grouping).replace("-", "_"),
            "classrooms",
            "observations",
            *(name.lower() for name in summary.group_names),
        ]
    else:
        rows = [_step_data(model, step) for model in summary.shown for step in model.steps]
        head = [
            "model", "phase", "area", "number", "step", "observations", "in_place", "paused",
            "paused_provisionally", "not_seen", "not_reached", "classrooms_paused",
        ]  # fmt: skip
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(head)
    for found in rows:
        writer.writerow(safe.cell(value) if isinstance(value, str) else value for value in found.values())
    return written.getvalue()
