"""Whether the order of a progression holds, for those who write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pltool.core.order import CHANCE, ENOUGH_REPRODUCED, ENOUGH_SCALED, LEAST_RECORDS
from pltool.report.formats.outline import Heading, Table, bullets, paragraph
from pltool.report.phrases import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.core.order import Order
    from pltool.core.progression import Progression
    from pltool.report.formats.outline import Block, Outline


def order_report(progression: Progression, order: Order) -> Outline:
    """The whole report."""
    return tuple(_report(progression, order))


def _report(progression: Progression, order: Order) -> Iterator[Block]:
    yield Heading(1, f"{progression.title}: does the order hold?")
    yield paragraph(
        f"{count(order.records, 'classroom')} with answers beyond the pause, {count(order.answers, 'answer')}. "
        "Records that end at their pause say nothing of the order and are left out."
    )
    if order.reproducibility is None or order.least is None:
        yield paragraph(f"Nothing can be said below {LEAST_RECORDS} classrooms.")
        return
    holds = order.reproducibility >= ENOUGH_REPRODUCED and (order.scalability or 0) >= ENOUGH_SCALED
    scaled = "no room" if order.scalability is None else f"{order.scalability:.2f}"
    yield bullets(
        f"Reproducibility {order.reproducibility:.2f}: the share of answers that a perfect ladder would show "
        f"(Guttman 1950; {ENOUGH_REPRODUCED:.2f} is held to be enough).",
        f"It could not have been below {order.least:.2f}; of the room above that, {scaled} is reached "
        f"(Menzel 1953; {ENOUGH_SCALED:.2f} is held to be enough).",
    )
    yield paragraph("The order holds." if holds else "The order does not hold as a whole.", "strong")
    swaps = [pair for pair in order.neighbors if pair.might_swap]
    if swaps:
        yield Heading(2, "Steps that might change places")
        yield bullets(
            *(
                f"{pair.later} before {pair.earlier}: in {pair.later_alone} of {pair.records} classrooms only the "
                f"later one is in place, in {pair.earlier_alone} only the earlier one."
                for pair in swaps
            )
        )
        yield paragraph(
            f"Chance alone would show each of these less than once in {round(1 / CHANCE)} times.", "soft"
        )
    yield Heading(2, "Neighbors")
    yield Table(
        ("Earlier", "Later", "Classrooms", "Only the later", "Only the earlier"),
        tuple(
            (
                pair.earlier,
                pair.later,
                _said(pair.records),
                _said(pair.later_alone),
                _said(pair.earlier_alone),
            )
            for pair in order.neighbors
        ),
        numeric=(2, 3, 4),
    )
    if any(pair.records is None for pair in order.neighbors):
        yield paragraph(f"Pairs that fewer than {LEAST_RECORDS} classrooms answered are left blank.", "soft")


def _said(number: int | None) -> str:
    return "" if number is None else str(number)


def order_data(progression: Progression, order: Order) -> dict[str, Any]:
    """The same for scripts."""
    return {
        "format": "pltool.content-order/1",
        "model": progression.id,
        "version": progression.version,
        "records": order.records,
        "answers": order.answers,
        "least_records": LEAST_RECORDS,
        "reproducibility": order.reproducibility,
        "least": order.least,
        "scalability": order.scalability,
        "neighbors": [
            {
                "earlier": pair.earlier,
                "later": pair.later,
                "records": pair.records,
                "later_alone": pair.later_alone,
                "earlier_alone": pair.earlier_alone,
                "might_swap": pair.might_swap,
            }
            for pair in order.neighbors
        ],
    }
