"""How much longer `pltool history` takes over 5,000 records than reading and decoding their files takes.

Run: python -m benchmarks.history [pairs] [records]
The floor is a bare Python process that reads each file and decodes its JSON. Both are started in turn, so that
whatever else the machine does hits both alike; the figure is the median of the ratios of the pairs.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.sealed import seal

from pltool.core.record import Labels, new_record_id, record_json
from pltool.core.standing import Answer
from pltool.files.library import Library

FLOOR = """
import json, os, sys
folder = sys.argv[1]
for name in sorted(os.listdir(folder)):
    with open(os.path.join(folder, name), "rb") as file:
        json.loads(file.read())
"""
TARGET = 2.0
COMMANDS: dict[str, tuple[str, ...]] = {
    "history": ("history",),
    "history station-rotation": ("history", "station-rotation"),
    "history --all": ("history", "--all"),
    "history --format csv": ("history", "--format", "csv"),
    "history --format json": ("history", "--format", "json"),
    "history --format markdown": ("history", "--format", "markdown"),
    "history --format html": ("history", "--format", "html"),
}


def write_records(folder: Path, number: int) -> None:
    """Reflections on every model and six classes, with pauses all along the way; the same ones every time."""
    chance = random.Random(5000)  # noqa: S311 - no secret is made
    library = Library()
    progressions = [library.progression(model) for model in library.paths]
    moment = datetime(2026, 1, 5, 8, tzinfo=UTC)
    for index in range(number):
        progression = chance.choice(progressions)
        reached = chance.randrange(len(progression.steps))
        answers = {placed.id: Answer.IN_PLACE for placed in progression.steps[:reached]}
        answers[progression.steps[reached].id] = Answer.NOT_YET
        moment += timedelta(minutes=30)
        record = seal(
            progression,
            answers,
            bank=library.bank,
            record_id=new_record_id(progression.id, moment, f"{index:06x}"),
            started=moment.isoformat(),
            finished=moment.isoformat(),
            labels=Labels(classroom=f"Period {chance.randint(1, 6)}"),
        )
        (folder / f"{record.id}.json").write_text(record_json(record), encoding="utf-8")


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Processor time of one process, from start to end: what else the machine does is not counted."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 5000  # noqa: PLR2004 - the second argument
    pltool = str(Path(sys.executable).with_name("pltool"))
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "PLTOOL_HOME": home}
        folder = Path(home) / "reflections"
        folder.mkdir()
        write_records(folder, number)
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1024**2
        print(f"{number} records, {size:.0f} MiB")
        bare = [sys.executable, "-c", FLOOR, str(folder)]
        for name, arguments in COMMANDS.items():
            ours = [pltool, *arguments]
            seconds(bare, environment), seconds(ours, environment)  # the first run only warms the caches
            measured = [(seconds(bare, environment), seconds(ours, environment)) for _ in range(pairs)]
            ratio = statistics.median(took / least for least, took in measured)
            floor_ms = 1000 * statistics.median(least for least, _ in measured)
            ours_ms = 1000 * statistics.median(took for _, took in measured)
            print(f"{name:<28} {ours_ms:6.0f} ms, reading and decoding {floor_ms:6.0f} ms, ratio {ratio:.2f}")
    print(f"Each is to stay at or under {TARGET}.")


if __name__ == "__main__":
    main()
