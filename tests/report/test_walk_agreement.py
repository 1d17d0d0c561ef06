"""Agreement as it is read: shares only where there are enough classrooms to make one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pltool.core.walk.agreement import compare, compare_with_key
from pltool.core.walk.shared_visits import VisitsByRoom
from pltool.report.formats.text import render
from pltool.report.walk.agreement import agreement_report
from tests.walks import MODELS, Seen, visit_of

if TYPE_CHECKING:
    from pltool.core.walk.visits import Visit


def seen(room: int, observer: str, way: int | str = 1) -> Visit:
    return visit_of(Seen("2026-11-23", "S", f"R{room}", observer, "coach", "alpha", way))


def report_of(visits: list[Visit], keys: list[Visit] | None = None) -> str:
    gathering = VisitsByRoom()
    gathering.add_visits(visits)
    with_key = compare_with_key(visits, keys, MODELS) if keys else None
    return " ".join(render(agreement_report(compare(gathering, MODELS), with_key)).split())


@pytest.mark.parametrize(("rooms", "shares"), [(4, False), (5, True)])
def test_shares_are_given_from_five_shared_classrooms_on(rooms: int, shares: bool) -> None:  # noqa: FBT001
    text = report_of([seen(room, who) for room in range(rooms) for who in "ab"])
    assert ("Share" in text) is shares
    assert ("100 %" in text) is shares
    assert ("are given from 5 shared visits on" in text) is not shares


@pytest.mark.parametrize(("visits", "shares"), [(4, False), (5, True)])
def test_shares_beside_a_key_are_given_from_five_observations_on(visits: int, shares: bool) -> None:  # noqa: FBT001
    text = report_of([seen(1, f"O{n}") for n in range(visits)], [seen(1, "panel")])
    beside = text[text.index("beside the key. They") :]
    assert ("Share" in beside) is shares
    assert ("100 %" in beside) is shares


def test_a_share_of_fewer_than_five_is_none_though_others_are_given() -> None:
    ways: list[int | str] = [1, 1, 1, 1, "unfinished"]
    text = report_of([seen(room, who, way) for room, way in enumerate(ways) for who in "ab"])
    assert "100 %" in text  # all five named the same model
    assert text.count("–") == 3  # four were compared
