"""Ladders that are perfect, noisy and none at all are told apart."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

from pltool.core.order import ENOUGH_REPRODUCED, ENOUGH_SCALED, LEAST_RECORDS, judge_order
from pltool.core.standing import Answer
from pltool.files.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result


def dice(seed: int) -> random.Random:
    return random.Random(seed)


STEPS = [f"step-{number:02}" for number in range(30)]
YES, NO = Answer.IN_PLACE, Answer.NOT_YET


def ladders(count: int, noise: float = 0.0, order: list[str] | None = None) -> list[dict[str, Answer]]:
    """Classrooms that stand somewhere on a ladder; of their answers that share is turned round."""
    drawn = dice(3)
    rows = []
    for _ in range(count):
        height = drawn.randrange(1, len(STEPS) - 1)
        truth = {step: place < height for place, step in enumerate(order or STEPS)}
        rows.append({step: YES if truth[step] != (drawn.random() < noise) else NO for step in STEPS})
    return rows


def test_a_perfect_ladder_is_perfect() -> None:
    order = judge_order(STEPS, ladders(60))
    assert order.reproducibility == order.scalability == 1
    assert not any(pair.later_alone or pair.might_swap for pair in order.neighbors)


def test_a_noisy_ladder_still_holds_and_a_noisier_one_does_not() -> None:
    some, more = judge_order(STEPS, ladders(200, 0.03)), judge_order(STEPS, ladders(200, 0.25))
    assert some.reproducibility is not None
    assert more.reproducibility is not None
    assert some.reproducibility >= ENOUGH_REPRODUCED > more.reproducibility
    assert (some.scalability or 0) >= ENOUGH_SCALED > (more.scalability or 0)
    assert sum(pair.might_swap for pair in some.neighbors) == 0


def test_a_shuffled_ladder_is_none() -> None:
    shuffled = STEPS.copy()
    dice(5).shuffle(shuffled)
    order = judge_order(STEPS, ladders(200, order=shuffled))
    assert order.scalability is not None
    assert order.scalability < ENOUGH_SCALED
    assert sum(pair.might_swap for pair in order.neighbors) >= 5


def test_two_neighbors_the_wrong_way_round_are_named_and_nothing_else() -> None:
    turned = [*STEPS[:10], STEPS[11], STEPS[10], *STEPS[12:]]
    order = judge_order(STEPS, ladders(400, 0.02, turned))
    assert [(pair.earlier, pair.later) for pair in order.neighbors if pair.might_swap] == [
        (STEPS[10], STEPS[11])
    ]
    assert (order.reproducibility or 0) >= ENOUGH_REPRODUCED


def test_chance_names_hardly_ever_a_pair() -> None:
    drawn = dice(11)
    rows = [{step: drawn.choice((YES, NO)) for step in STEPS} for _ in range(100)]
    assert sum(pair.might_swap for pair in judge_order(STEPS, rows).neighbors) <= 1


def test_below_the_limit_nothing_is_said() -> None:
    order = judge_order(STEPS, ladders(LEAST_RECORDS - 1))
    assert order.reproducibility is None
    assert all(pair.records is None for pair in order.neighbors)
    rows = [{STEPS[0]: YES, STEPS[1]: NO, STEPS[2]: YES} for _ in range(LEAST_RECORDS)]
    first, second, third, *_ = judge_order(STEPS, rows).neighbors
    assert (first.records, second.later_alone, third.records) == (LEAST_RECORDS, LEAST_RECORDS, None)


def test_not_seen_and_does_not_apply_are_no_errors() -> None:
    rows = [{**row, STEPS[3]: Answer.NOT_SEEN, STEPS[9]: Answer.DOES_NOT_APPLY} for row in ladders(40)]
    assert judge_order(STEPS, rows).reproducibility == 1


def test_the_command_reads_records_and_counts_a_room_once(run: Callable[..., Result], tmp_path: Path) -> None:
    steps = [placed.id for placed in Library(bare=True).progression("flex").steps][:5]
    for number in range(12):
        answers = tmp_path / "answers.yaml"
        given = "\n".join(f"  {step}: {'y' if place % 2 else 'n'}" for place, step in enumerate(steps))
        room = f"classroom: Room {min(number, 10)}\n"
        answers.write_text(f"model: flex\n{room}answers:\n{given}\n", encoding="utf-8")
        assert run("reflect", "--answers", str(answers)).exit_code == 0
        record = run("report", "--format", "json").stdout
        (tmp_path / f"{number}.json").write_text(record, encoding="utf-8")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    result = run("content", "order", str(tmp_path), "--format", "json")
    assert result.exit_code == 0, result.stderr
    data = json.loads(result.stdout)
    assert data["records"] == 11
    assert data["neighbors"][0]["later_alone"] == 11
    assert data["neighbors"][0]["might_swap"]
    assert "broken.json" in result.stderr
    text = run("content", "order", str(tmp_path)).stdout
    assert "Steps that might change places" in text or "STEPS THAT MIGHT CHANGE PLACES" in text.upper()
    assert "Room" not in text.replace("Classrooms", "")
