"""What observers who shared classrooms saw alike, and the steps at which they parted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pltool.core.walk.agreement import ENOUGH_SHARED
from pltool.report.formats.outline import Heading, Table, bullets, paragraph
from pltool.report.phrases import LICENSE, count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.core.walk.agreement import Agreement, KeyAgreement
    from pltool.core.walk.split_steps import Split
    from pltool.report.formats.outline import Block, Outline

_SOURCE = (
    "Gwet's AC2 with ordinal weights (K. L. Gwet, 2014, Handbook of Inter-Rater Reliability, 4th edition), over the "
    "places at which the visits of a classroom ended: 1 is the same place everywhere, 0 is what chance would bring "
    "about. Two pauses near one another count as nearly the same, two far apart as a disagreement. It rests on few "
    "visits, so read it after the counts and never alone."
)


def agreement_report(agreement: Agreement, key: KeyAgreement | None) -> Outline:
    """The whole report, for the people who walked."""
    return tuple(_report(agreement, key))


def _report(agreement: Agreement, key: KeyAgreement | None) -> Iterator[Block]:
    yield Heading(1, "Progression walk: do we see the same thing?")
    yield paragraph(
        "For the people who walked, to settle what they will accept as evidence. It says nothing about any "
        "observer or teacher, and names none.",
    )
    if not agreement.shared:
        yield paragraph("No classroom was seen by two observers on the same day.")
    else:
        yield from _counts(agreement)
    yield from _aside(agreement)
    if key is not None:
        yield Heading(2, "Beside the panel's own record")
        yield from _key(key)
    if agreement.shared:
        yield Heading(2, "Split steps")
        yield from split_blocks(agreement)
    yield paragraph(LICENSE, "soft")


def _counts(agreement: Agreement) -> Iterator[Block]:
    percent = agreement.shared >= ENOUGH_SHARED
    rows = [
        ("named the same model", agreement.same_model, agreement.shared),
        ("paused at the same step", agreement.same_pause, agreement.compared),
        ("paused within one step", agreement.within_one, agreement.compared),
        ("paused in the same phase", agreement.same_phase, agreement.compared),
    ]
    several = f", in {count(agreement.classrooms, 'classroom')}" * (agreement.classrooms < agreement.shared)
    yield paragraph(
        f"{count(agreement.shared, 'visit was', 'visits were')} shared by two or more observers{several}. All of them …"
    )
    yield Table(
        ("", "Visits", "Of", *(("Share",) if percent else ())),
        tuple(
            (words, str(number), str(of), *((_percent(number, of),) if percent else ()))
            for words, number, of in rows
        ),
        numeric=(1, 2, 3) if percent else (1, 2),
    )
    yield paragraph(
        "A pause is compared where all named the same model and two or more came to a pause or to the end. "
        "Where all came to the end, that is the same pause."
    )
    if agreement.steps_apart is not None:
        apart = count_steps(agreement.steps_apart)
        yield paragraph(f"The pauses of two observers of one classroom lie {apart} apart, in the median.")
    if agreement.coefficient is not None:
        shown = f"{_coefficient(agreement)}, over {count(agreement.compared, 'shared visit')}"
        yield paragraph(f"Agreement beyond chance on where a classroom pauses: {shown}.")
        yield paragraph(_SOURCE, "soft")
    elif not percent:
        yield paragraph(
            f"Percentages, and a coefficient of agreement, are given from {ENOUGH_SHARED} shared visits on.",
            "soft",
        )


def count_steps(number: float) -> str:
    """A distance between pauses, as `1 step`, `2.5 steps`."""
    return f"{number:g} {'step' if number == 1 else 'steps'}"


def _coefficient(agreement: Agreement) -> str:
    """Two digits; 1.00 only where all came to the same place."""
    rounded = f"{agreement.coefficient:.2f}"
    return "more than 0.99" if rounded == "1.00" and agreement.same_pause < agreement.compared else rounded


def _percent(number: int, of: int) -> str:
    return f"{100 * number / of:.0f} %" if of >= ENOUGH_SHARED else "–"


def _aside(agreement: Agreement) -> Iterator[Block]:
    lines = []
    if agreement.apart:
        rooms = count(agreement.apart, "classroom was", "classrooms were")
        lines.append(
            f"{rooms} seen by several observers, but on different days; --within DAYS counts these as shared."
        )
    if agreement.unlabelled:
        lines.append(
            f"{count(agreement.unlabelled, 'observation')} without a classroom or an observer cannot be matched."
        )
    if agreement.repeated:
        lines.append(
            f"{count(agreement.repeated, 'second visit')} of an observer to the same classroom: the first one counts."
        )
    if lines:
        yield bullets(*lines)


def _key(key: KeyAgreement) -> Iterator[Block]:
    if not key.observations:
        yield paragraph("No observation is of a classroom for which there is a key.")
        return
    percent = key.observations >= ENOUGH_SHARED
    rows = [
        ("name the same model", key.same_model, key.observations),
        ("pause at the same step", key.same_pause, key.compared),
        ("pause within one step", key.within_one, key.compared),
        ("pause in the same phase", key.same_phase, key.compared),
    ]
    yield paragraph(
        f"{count(key.observations, 'observation stands', 'observations stand')} beside the key. They …"
    )
    yield Table(
        ("", "Obs.", "Of", *(("Share",) if percent else ())),
        tuple(
            (words, str(number), str(of), *((_percent(number, of),) if percent else ()))
            for words, number, of in rows
        ),
        numeric=(1, 2, 3) if percent else (1, 2),
    )


def split_blocks(agreement: Agreement) -> Iterator[Block]:
    """The steps at which observers parted, with look-fors and the notes of each side."""
    if not agreement.splits:
        yield paragraph("Nobody parted: wherever two observers reached the same step, they answered alike.")
        return
    yield paragraph(
        "Steps that some found in place and others not yet, in the same classroom. Settle what all will accept next time."
    )
    for split in agreement.splits:
        yield from _split(split)


def split_heading(split: Split) -> str:
    """Where the step is, and in how many rooms observers parted."""
    place = f"{split.model}, {split.placed.phase.title} {split.placed.number}"
    return f"{place} · in {count(split.classrooms, 'classroom')}"


def _split(split: Split) -> Iterator[Block]:
    step = split.placed.step
    yield Heading(3, split_heading(split))
    yield paragraph(step.action, "strong")
    yield paragraph("In consistent practice when:", "soft")
    yield bullets(*step.in_practice_when)
    yield paragraph("Look-fors:", "soft")
    yield bullets(*step.look_fors)
    for words, number, observers, noted in (
        ("In place", split.in_place, split.in_place_observers, split.in_place_notes),
        ("Not yet", split.not_yet, split.not_yet_observers, split.not_yet_notes),
    ):
        who = f"{count(number, 'visit')} by {count(observers, 'observer')}"
        if noted:
            yield paragraph(f"{words} ({who}):", "soft")
            yield bullets(*noted)
        else:
            yield paragraph(f"{words} ({who}): no note on this step.", "soft")


def agreement_json(agreement: Agreement, key: KeyAgreement | None) -> str:
    """The agreement as data."""
    data = {
        "format": "pltool.walk-agreement/1",
        **{
            name: getattr(agreement, name)
            for name in (
                "shared",
                "classrooms",
                "same_model",
                "compared",
                "same_pause",
                "within_one",
                "same_phase",
                "pairs",
                "steps_apart",
            )
        },
        "coefficient": None
        if agreement.coefficient is None
        else {
            "name": "Gwet AC2, ordinal weights",
            "value": round(agreement.coefficient, 4),
            "classrooms": agreement.compared,
        },
        "splits": [
            {
                "model": split.model,
                "step": split.placed.id,
                "classrooms": split.classrooms,
                "in_place": split.in_place,
                "in_place_observers": split.in_place_observers,
                "not_yet": split.not_yet,
                "not_yet_observers": split.not_yet_observers,
                "look_fors": list(split.placed.step.look_fors),
                "in_place_notes": list(split.in_place_notes),
                "not_yet_notes": list(split.not_yet_notes),
            }
            for split in agreement.splits
        ],
        "key": None if key is None else {name: getattr(key, name) for name in key.__dataclass_fields__},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
