"""Two records are named or picked; only what belongs together is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.saved import save

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result


def test_records_are_picked_from_lists_and_the_second_fits_the_first(run: Callable[..., Result]) -> None:
    save("yyn", day="2026-10-01", classroom="Period 3", kind="observation")
    save("yn", day="2026-10-02", classroom="period 3")
    save("yn", day="2026-10-03", classroom="Period 4", kind="observation")
    save("n", day="2026-10-04", model="flex", kind="observation")
    result = run("compare", "--pick", lines="3\n1\n")
    assert result.exit_code == 0, result.stderr
    second = result.stderr.partition("With which other record")[2]
    assert "October 1, 2026" in second
    assert not {"October 3, 2026", "October 4, 2026"} & set(second.splitlines())
    assert "two views of one classroom" in result.stdout.lower()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Name two records, or say --pick"),
        (("2026",), "Name two records, or say --pick"),
        (("--pick",), "No other record is of the same model and classroom."),
        (("2026", "x.json"), "There is no record `x.json`"),
        (("2026", "./x.json"), "there is no such file"),
    ],
)
def test_what_cannot_be_compared_is_said(
    run: Callable[..., Result], arguments: tuple[str, ...], message: str
) -> None:
    save("yn")
    result = run("compare", *arguments, lines="1\n")
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())


def test_an_output_never_takes_the_place_of_a_record(run: Callable[..., Result], tmp_path: Path) -> None:
    one = save("yn", kind="observation")
    other = tmp_path / "theirs.json"
    other.write_bytes(save("yyn", day="2026-10-15", kind="observation").read_bytes())
    before = other.read_bytes()
    result = run("compare", str(one), str(other), "--format", "json", "--output", str(other))
    assert (result.exit_code, other.read_bytes()) == (2, before)
