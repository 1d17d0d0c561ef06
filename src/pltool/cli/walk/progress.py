"""The bar while the files of a walk are read."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress


class show_progress:  # noqa: N801 - used as a context
    """A bar on standard error, on a terminal, once reading takes longer than a second."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._bar: Progress | None = None

    def __enter__(self) -> Callable[[float], None]:
        return self._show if sys.stderr.isatty() else lambda _share: None

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _show(self, share: float) -> None:
        if self._bar is None:
            if time.monotonic() - self._start < 1:
                return
            self._bar = self._open()
        self._bar.update(self._bar.task_ids[0], completed=share)

    def _open(self) -> Progress:
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

        from pltool.terminal.screen import open_console

        console = open_console(sys.stderr)
        bar = Progress(
            TextColumn("Reading"), BarColumn(), TaskProgressColumn(), console=console, transient=True
        )
        bar.add_task("", total=1.0)
        bar.start()
        return bar
