"""Draws `reflect.svg` from a real run in a pseudo-terminal, and `pause.png` from the pages that Chromium shows.

Run: python docs/make_picture.py
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
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


BESIDE = """<!DOCTYPE html><style>
body { margin: 0; padding: 28px; display: flex; gap: 28px; align-items: flex-start; background: #e4e8ef; }
iframe { border: 1px solid #b8c0cf; border-radius: 10px; background: #fff; }
</style><iframe src="pause.html" width="760" height="980"></iframe><iframe src="card.html" width="520" height="600"></iframe>"""
PLAN = (
    *("--agree", "Rehearse the change of stations twice, with the timer on the board", "--look-again", "14"),
    *("--when", "Friday in period 3, right after the warm-up", "--with", "Ms. R. from next door"),
    *("--if", "If there is an assembly, on Monday with the same groups"),
)


def draw_pause() -> None:
    """A page of a pause beside the card with the next step."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        print("pause.png needs Chromium; it stays as it is.")
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PLTOOL_HOME": f"{folder}/home"}

        def run(*arguments: str, lines: str = "") -> None:
            subprocess.run(
                [sys.executable, "-m", "pltool", *arguments],
                input=lines, text=True, capture_output=True, check=True, cwd=folder, env=environment,
            )  # fmt: skip

        run("reflect", "station-rotation", "--classroom", "Period 3", lines="y\ny\ny\nn\n")
        run("report", *PLAN)
        run("report", "--output", "pause.html")
        run("report", "--card", "--output", "card.html")
        page = Path(folder) / "beside.html"
        page.write_text(BESIDE, encoding="utf-8")
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1370,1040",
             f"--user-data-dir={folder}/profile", f"--screenshot={ROOT / 'docs' / 'pause.png'}", page.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip


def main() -> None:
    """Answer three questions, read the pause, and draw what the window shows."""
    draw_pause()
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
