"""How much longer one whole `pltool check` takes than a bare Typer program in the same environment.

Run: python -m benchmarks.startup [pairs]
The floor is a program with one command and one option. Both are started in turn, so that whatever else the machine
does hits both alike; the figure is the median of the ratios of the pairs.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FLOOR = """
import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def main(name: str = "world") -> None:
    print(f"hello {name}")


app()
"""
TARGET = 1.35
COMMANDS = {
    "check station-rotation yyyn --format json": (
        *("check", "station-rotation", "yyyn"),
        *("--format", "json"),
    ),
    "--version": ("--version",),
    "show station-rotation foundation-2": ("show", "station-rotation", "foundation-2"),
    "list": ("list",),
}


def seconds(command: list[str]) -> float:
    """Wall time of one process, from start to end."""
    start = time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    pltool = str(Path(sys.executable).with_name("pltool"))
    with tempfile.TemporaryDirectory() as folder:
        floor = Path(folder) / "floor.py"
        floor.write_text(FLOOR)
        bare = [sys.executable, str(floor)]
        for name, arguments in COMMANDS.items():
            seconds(bare), seconds([pltool, *arguments])  # the first run only warms the caches
            measured = [(seconds(bare), seconds([pltool, *arguments])) for _ in range(pairs)]
            ratio = statistics.median(ours / theirs for theirs, ours in measured)
            floor_ms = 1000 * statistics.median(theirs for theirs, _ in measured)
            ours_ms = 1000 * statistics.median(ours for _, ours in measured)
            print(f"{name:<44} {ours_ms:6.0f} ms, bare typer {floor_ms:6.0f} ms, ratio {ratio:.2f}")
    print(f"The first is to stay at or under {TARGET}.")


if __name__ == "__main__":
    main()
