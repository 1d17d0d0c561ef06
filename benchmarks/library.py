"""What one progression costs to load from the whole library, beside a library that holds only that one.

Run: python -m benchmarks.library [rounds]
The floor is a copy of the content with a single progression and only the resources that it uses.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from pltool.files import library
from pltool.files.content_folder import own_content
from pltool.files.library import Library

MODEL = "station-rotation"


def seconds() -> float:
    """Time to find, read and check one progression, with its first step's resources."""
    start = time.perf_counter()
    loaded = Library()
    loaded.bank_of(loaded.progression(MODEL).steps[0].step.resources)
    return time.perf_counter() - start


def smallest_library(folder: Path) -> Path:
    """A content folder with one progression and what it refers to."""
    whole = Library()
    used = {name for placed in whole.progression(MODEL).steps for name in placed.step.resources}
    (folder / "progressions").mkdir(parents=True)
    shutil.copy(whole.paths[MODEL], folder / "progressions")
    shutil.copy(own_content() / "strands.yaml", folder)
    parts = whole._bank_parts[own_content() / "resources.yaml"]  # noqa: SLF001 - the entries as they are written
    entries = "".join(part for name, part in parts if name in used)
    (folder / "resources.yaml").write_text("resources:\n" + entries, encoding="utf-8")
    return folder


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    everything = own_content
    with tempfile.TemporaryDirectory() as name:
        alone = smallest_library(Path(name) / "content")
        whole, floor = [], []
        for _ in range(rounds):
            library.own_content = everything  # type: ignore[attr-defined]
            whole.append(seconds())
            library.own_content = lambda: alone  # type: ignore[attr-defined]
            floor.append(seconds())
    ours, theirs = statistics.median(whole), statistics.median(floor)
    print(f"one of seven {1000 * ours:.1f} ms, alone {1000 * theirs:.1f} ms, ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
