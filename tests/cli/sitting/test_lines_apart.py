"""What a teacher was asked and what everybody was asked are two lines where a leader has actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer.testing import Result


def test_a_teacher_starts_from_a_teachers_pause_and_not_from_everybodys(run: Callable[..., Result]) -> None:
    assert run("reflect", "distance-learning", "--as", "all", lines="y\nn\n").exit_code == 0
    started = run("reflect", "distance-learning", "--from-pause", lines="y\nn\n")
    assert "There is no earlier reflection to start from" in started.stderr
    again = run("reflect", "distance-learning", "--from-pause", lines="n\n")
    assert "1 answer from last time is carried over" in again.stderr
