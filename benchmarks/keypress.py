"""Time from a key to the next question, beside a bare questionary confirm loop, both in a pseudo-terminal.

Run: python -m benchmarks.keypress [rounds]
Both programs are driven alike: a key is sent, and the clock stops where the person can press the next one: at the
end of the prompt below the next question. pltool also writes each answer to the disk in that time. Rounds alternate;
the figures are medians.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pexpect

FLOOR = """
import questionary
for number in range(1, 31):
    questionary.confirm(f"step {number} of 30").unsafe_ask()
"""
KEYS = 8


def presses(command: list[str], ready: str, following: str, prompt: str, home: str) -> list[float]:
    """Seconds from each key to the question that follows it."""
    child = pexpect.spawn(
        command[0],
        command[1:],
        dimensions=(40, 100),
        # This pseudo-terminal does not tell where its cursor is; without the variable the floor would wait for it.
        env={
            **os.environ,
            "PLTOOL_HOME": home,
            "TERM": "xterm-256color",
            "COLUMNS": "",
            "PROMPT_TOOLKIT_NO_CPR": "1",
        },
        encoding="utf-8",
        timeout=20,
    )
    child.delaybeforesend = None
    child.expect(f"(?s){ready}.*?{prompt}")
    measured = []
    for number in range(2, KEYS + 2):
        time.sleep(0.15)  # the prompt is drawn to its end, and a person reads
        start = time.perf_counter()
        child.send("y")
        child.expect(f"(?s){following.format(number)}.*?{prompt}")
        measured.append(time.perf_counter() - start)
    child.close(force=True)
    return measured


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    ours: list[float] = []
    floor: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "floor.py"
        script.write_text(FLOOR)
        pltool = str(Path(sys.executable).with_name("pltool"))
        for number in range(rounds):
            home = str(Path(folder) / str(number))
            ours += presses(
                [pltool, "reflect", "station-rotation"], "step 1 of", "step {} of", "stop.{0,12}› ", home
            )
            floor += presses([sys.executable, str(script)], "step 1 of 30", "step {} of 30", r"\(Y/n\)", home)
    mine, theirs = statistics.median(ours), statistics.median(floor)
    print(
        f"key to next question: pltool {1000 * mine:.1f} ms, bare confirm {1000 * theirs:.1f} ms, ratio {mine / theirs:.2f}"
    )
    print("The ratio is to stay at or under 1.")


if __name__ == "__main__":
    main()
