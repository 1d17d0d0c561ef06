"""What `content check` takes, with every rule, beside a bare loop of the C YAML loader over the same files.

Run: python benchmarks/content.py [files] [rounds]
Two sets of files are measured: versions of one progression that differ in a word here and there, as districts keep
them, and progressions in which no step is like another, which is the most there can be to look at.
The second set is made from the library's own steps: each file takes its steps from all models, and swaps most of the
longer words of each text for others, so that steps are neither copies of one another nor strangers. Each program runs in a
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
from typing import TYPE_CHECKING

import yaml

from pltool.files.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable

TARGET = 1.2
STEPS = 36
SWAPPED = 0.95
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
        steps += [
            step
            for phase in data["phases"]
            for area in phase["areas"]
            for step in area["steps"]
            if set(step["resources"]) <= library.resource_ids
        ]
    words: dict[int, list[str]] = {}
    for word in sorted({word for step in steps for word in re.findall(r"\b[a-z]{4,}\b", str(step))}):
        words.setdefault(len(word), []).append(word)
    drawn = random.Random(7)  # noqa: S311 - the same files each time

    pages = [page for page in library.bank.resources if "any" in page.models and len(page.strands) > 1]

    def step_of(step: dict[str, object]) -> object:
        chosen = drawn.sample(pages, 3)
        strands = list(dict.fromkeys(strand for page in chosen for strand in page.strands[:2]))[:4]
        fitting = [page.id for page in chosen if len({*page.strands} & {*strands}) > 1]
        return varied({**step, "strands": strands, "resources": [*fitting, pages[0].id, pages[1].id][:2]})

    def another(found: re.Match[str]) -> str:
        return drawn.choice(words.get(len(found[0]), [found[0]])) if drawn.random() < SWAPPED else found[0]

    def other(text: str) -> str:
        return re.sub(r"\b[A-Za-z]?[a-z]{3,}\b", another, text)

    def varied(value: object, key: str = "") -> object:
        if key in {"strands", "actor", "id", "resources", "former_ids"}:
            return value
        if key == "action":
            who, rest = str(value)[:12], str(value)[12:]
            return who + other(rest)
        if isinstance(value, dict):
            return {name: varied(below, name) for name, below in value.items()}
        return [varied(below) for below in value] if isinstance(value, list) else other(str(value))

    for count in range(number):
        chosen = drawn.sample(steps, STEPS)
        areas = [
            {
                "id": "room",
                "title": "In the room",
                "steps": [step_of(step) for step in chosen[start : start + 12]],
            }
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


def write_versions(folder: Path, number: int) -> None:
    """One progression many times, each with another id and one action of its own."""
    library = Library(bare=True)
    text = library.paths["station-rotation"].read_text(encoding="utf-8")
    for count in range(number):
        name = f"version-{count:04}"
        changed = text.replace("id: station-rotation\n", f"id: {name}\n", 1)
        changed = changed.replace("The teacher ", f"The teacher of room {count} ", 1)
        (folder / f"{name}.yaml").write_text(changed, encoding="utf-8")


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
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3  # noqa: PLR2004
    for what, write in (("versions of one", write_versions), ("all different", write_files)):
        compare(what, write, number, rounds)


def compare(what: str, write: Callable[[Path, int], None], number: int, rounds: int) -> None:
    """Measure one set of files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, number)
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
            f"{number} files, {what}, {size:.0f} MB: {statistics.median(processor):.2f} times the bare loop in processor time, "
            f"{statistics.median(clock):.2f} on the clock (at most {TARGET})"
        )


if __name__ == "__main__":
    main()
