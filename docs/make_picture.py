"""Draws `reflect.svg` from a real run of the program in a pseudo-terminal.

Run: python docs/make_picture.py
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.style import Style
from rich.text import Text

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.terminal.window import Window  # noqa: E402 - found beside the package

COLORS = {"brown": "yellow"}  # pyte's name for the terminal's yellow


def row_text(window: Window, row: int) -> Text:
    """One row of the window with its colors."""
    cells = [window.screen.buffer[row][column] for column in range(window.screen.columns)]
    text = Text()
    for (color, bold), run in groupby(cells, key=lambda cell: (COLORS.get(cell.fg, cell.fg), cell.bold)):
        words = "".join(cell.data for cell in run)
        text.append(words, Style(color=None if color == "default" else color, bold=bold))
    text.rstrip()
    return text


def main() -> None:
    """Answer three questions, read the pause, and draw what the window shows."""
    with (
        tempfile.TemporaryDirectory() as home,
        Window(
            "reflect", "station-rotation", columns=84, rows=128, environment={"PLTOOL_HOME": home}
        ) as window,
    ):
        window.wait_for("q stop")
        for key, then in (
            ("y", "step 2 of"),
            ("y", "step 3 of"),
            ("n", "Your answers"),
            (" ", "Inspiration bank"),
            ("s", "Saved as"),
        ):
            window.press(key, then)
        window.end()
        rows = [row_text(window, row) for row in range(window.screen.lines)]
    shown = [row.plain.strip() for row in rows]
    end = next(index for index, line in enumerate(shown) if line.startswith("Would you like to note"))
    console = Console(record=True, width=84, file=io.StringIO(), force_terminal=True)
    for row in rows[:end]:
        console.print(row, soft_wrap=True)
    svg = console.export_svg(title="pltool reflect station-rotation")
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # a picture needs no network
    (ROOT / "docs" / "reflect.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
