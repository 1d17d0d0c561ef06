"""Whatever goes wrong, a person reads one or two plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pltool.files.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer.testing import Result


def test_a_fault_of_the_tool_itself_is_said_without_a_traceback(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("as if by mistake")

    monkeypatch.setattr(Library, "progression", fail)
    monkeypatch.delenv("PLTOOL_DEBUG")
    result = run("check", "station-rotation", "y")
    assert result.exit_code == 1
    assert result.stderr == (
        "pltool: Something went wrong that should not have (ZeroDivisionError: as if by mistake). "
        "PLTOOL_DEBUG=1 shows where.\n"
    )


@pytest.mark.parametrize(
    "arguments", [("chek",), ("--bogus",), ("check", "--bogus"), ("show",), ("data", "wher")]
)
def test_wrong_usage_ends_with_2_and_names_the_help(
    run: Callable[..., Result], arguments: tuple[str, ...]
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "--help" in result.stderr


def test_nothing_in_a_message_reaches_the_terminal_as_an_escape(run: Callable[..., Result]) -> None:
    result = run("show", "\x1b[31mred")
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr
