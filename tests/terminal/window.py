"""A real pseudo-terminal with a screen that remembers what scrolled away."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pexpect
import pyte

if TYPE_CHECKING:
    from types import TracebackType

PROGRAM = str(Path(sys.executable).with_name("pltool"))
PATIENCE = 15.0


def _as_in_a_terminal() -> None:
    """A run in the background may have these signals ignored, and its children with it; a terminal has not."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)


class Window:
    """Starts the program in a window of that size; keys go in, a screen comes out."""

    def __init__(
        self,
        *arguments: str,
        columns: int = 80,
        rows: int = 24,
        program: str = PROGRAM,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.screen = pyte.HistoryScreen(columns, rows, history=5000)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.process: pexpect.spawn[bytes] = pexpect.spawn(
            program,
            list(arguments),
            dimensions=(rows, columns),
            env={**os.environ, "COLUMNS": "", "LINES": "", "TERM": "xterm-256color", **(environment or {})},
            timeout=PATIENCE,
            preexec_fn=_as_in_a_terminal,
        )
        self.process.delaybeforesend = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.close(force=True)

    def read(self, seconds: float = 0.05) -> None:
        """Take in what the program writes within that time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                data = self.process.read_nonblocking(65536, timeout=0.02)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                return
            self.raw += data
            self.stream.feed(data)

    @property
    def lines(self) -> list[str]:
        """What the window shows."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def shown(self) -> str:
        """What the window shows, as running text."""
        return " ".join(" ".join(self.lines).split())

    @property
    def everything(self) -> str:
        """What the window shows and what has scrolled away, as running text."""
        above = [
            "".join(row[column].data for column in range(self.screen.columns))
            for row in self.screen.history.top
        ]
        return " ".join(" ".join([*above, *self.lines]).split())

    def wait_for(self, text: str) -> None:
        """Wait until the window shows a text."""
        end = time.monotonic() + PATIENCE
        while text not in self.shown:
            if time.monotonic() > end:
                raise AssertionError(f"{text!r} did not appear in:\n" + "\n".join(self.lines))
            self.read()
        self.read()

    def press(self, keys: str, then: str | None = None) -> None:
        """Press keys, and wait for a text if one is given."""
        self.process.send(keys)
        if then is not None:
            self.wait_for(then)
        else:
            self.read(0.25)

    def read_on_to(self, text: str) -> None:
        """Read on as often as the window asks for it, until it shows a text."""
        end = time.monotonic() + PATIENCE
        while text not in self.shown and time.monotonic() < end:
            if "Space to read on" in self.shown:
                self.process.send(" ")
            self.read(0.2)
        self.wait_for(text)

    def kill(self) -> None:
        """Kill the program where it stands."""
        self.process.kill(signal.SIGKILL)
        self.process.wait()

    def end(self) -> int:
        """Wait for the end and give the exit status."""
        end = time.monotonic() + PATIENCE
        while self.process.isalive() and time.monotonic() < end:
            self.read()
        self.read()
        self.process.close()
        status = self.process.exitstatus
        assert status is not None, f"ended by signal {self.process.signalstatus}"
        return int(status)
