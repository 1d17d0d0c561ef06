"""What `content check` takes, with every rule, beside a bare loop of the C YAML loader over the same files.

Run: python benchmarks/content.py [files] [rounds]
The files are made from the library's own steps: each file takes its steps from all models, and swaps a part of the
words of each text for others, so that steps are neither copies of one another nor strangers. Each program runs in a
process of its own, in turn; the figure is the median of the ratios, of processor time and of time on the clock.
"""

from __future__ import annotations

import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

from pltool.files.library import Library

TARGET = 1.2
STEPS = 36
SWAPPED = 0.5
BARE = """
import sys, pathlib, yaml
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.yaml")):
    with path.open("rb") as file:
        yaml.load(file, Loader=yaml.CSafeLoader)
"""


def write_files(folder: Path, number: int) -> None:
    """Progressions of the library's size and words, all different."""
    library = Library(bare=True)
    steps = []
    for path in library.paths.values():
        data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        steps += [step for phase in data["phases"] for area in phase["areas"] for step in area["steps"]]
    words = sorted({word for step in steps for word in re.findall(r"[a-z]{4,}", str(step))})
    drawn = random.Random(7)
    known = library.resource_ids

    def other(text: str) -> str:
        parts = text.split(" ")
        kept = [drawn.choice(words) if p.isalpha() and p.islower() and drawn.random() < SWAPPED else p for p in parts]
        return " ".join(kept)

    def varied(value: object, key: str = "") -> object:
        if key in {"strands", "actor", "id", "resources", "former_ids"}:
            return [name for name in value if name in known] if key == "resources" else value  # type: ignore[attr-defined]
        if isinstance(value, dict):
            return {name: varied(below, name) for name, below in value.items()}
        return [varied(below) for below in value] if isinstance(value, list) else other(str(value))

    for count in range(number):
        chosen = drawn.sample(steps, STEPS)
        areas = [
            {"id": "room", "title": "In the room", "steps": [varied(step) for step in chosen[start : start + 12]]}
            for start in (0, 12, 24)
        ]
        data = {
            "id": f"model-{count:04}",
            "title": f"Model {count}",
            "version": "1.0",
            "summary": "A progression to be measured with.",
            "source": "Made of the words of others.",
            "phases": [
                {"id": f"phase-{n}", "title": f"Phase {n}", "purpose": "To be measured.", "areas": [area]}
                for n, area in enumerate(areas)
            ],
        }
        text = yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False, width=100, allow_unicode=True)
        (folder / f"model-{count:04}.yaml").write_text(text, encoding="utf-8")


def measure(*command: str) -> tuple[float, float, int]:
    """Processor time, time on the clock, and exit status."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    ran = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    clock = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    sys.stderr.write(ran.stderr[-200:])
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock, ran.returncode


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(folder, number)
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        processor, clock = [], []
        for _ in range(rounds):
            bare, ours = (
                measure(sys.executable, "-c", BARE, name),
                measure(sys.executable, "-m", "pltool", "content", "check", name),
            )
            processor.append(ours[0] / bare[0])
            clock.append(ours[1] / bare[1])
            print(f"bare {bare[0]:.2f} s, ours {ours[0]:.2f} s of processor time")
        print(
            f"{number} files, {size:.0f} MB: {statistics.median(processor):.2f} times the bare loop in processor time, "
            f"{statistics.median(clock):.2f} on the clock (at most {TARGET})"
        )


if __name__ == "__main__":
    main()
