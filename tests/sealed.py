"""Records made in tests from plain answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pltool.core.record import AnswerSheet, Labels, Reflection, make_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pltool.core.bank import Bank
    from pltool.core.progression import Progression
    from pltool.core.record import Evidence, NextStep
    from pltool.core.standing import Answer


def seal(
    progression: Progression,
    answers: Mapping[str, Answer],
    *,
    bank: Bank,
    labels: Labels | None = None,
    evidence: Mapping[str, tuple[Evidence, ...]] | None = None,
    carried_from: Mapping[str, str] | None = None,
    reasons: Mapping[str, str] | None = None,
    next_step: NextStep | None = None,
    **others: Any,
) -> Reflection:
    """A record of answers."""
    sheet = AnswerSheet(
        answers=dict(answers),
        labels=labels or Labels(),
        evidence={step: tuple(noted) for step, noted in (evidence or {}).items()},
        carried_from=dict(carried_from or {}),
        reasons=dict(reasons or {}),
    )
    record = make_record(progression, sheet, resources=lambda _: bank, **others)
    return replace(record, next_step=next_step)
