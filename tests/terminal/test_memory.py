"""A sitting does not grow with the keys pressed in it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.terminal.window import Window

if sys.platform != "linux":
    pytest.skip("only Linux tells the memory of another process in a file", allow_module_level=True)


def mebibytes(process: int | None) -> float:
    (line,) = (
        line
        for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
        if line.startswith("VmRSS")
    )
    return int(line.split()[1]) / 1024


@pytest.mark.parametrize(("command", "keys"), [("reflect", "y?b?"), ("observe", "y?b?")])
def test_after_sixty_keys_it_stands_where_it_began(command: str, keys: str) -> None:
    with Window(command, "station-rotation", "--classroom", "7") as window:
        window.wait_for("q stop")
        window.press("?", "q stop")
        before = mebibytes(window.process.pid)
        for number in range(60):
            window.press(keys[number % len(keys)], "q stop")
        assert mebibytes(window.process.pid) < before + 10


def test_after_a_dozen_notes_it_stands_where_it_began() -> None:
    with Window("observe", "station-rotation", "--classroom", "7") as window:
        window.wait_for("q stop")

        def take_a_note_and_take_it_back(number: int) -> None:
            window.press("e", "b none")
            window.press("w", "What did you see?")
            window.press(f"Card {number}.\r", f"Card {number}.")
            window.press("e", "b none")
            window.press("d", "q stop")

        for number in range(3):
            take_a_note_and_take_it_back(number)
        before = mebibytes(window.process.pid)
        for number in range(3, 15):
            take_a_note_and_take_it_back(number)
        assert mebibytes(window.process.pid) < before + 10
