"""How `pltool walk summary` does at the size of a district, beside stated floors in the same run.

Run: python -m benchmarks.walk [rounds] [--small]
The data is generated from a seed: schools of different sizes, classrooms that keep their model, observers with a
school of their own, pauses that gather where practice is new. Floors: for records, a bare program that opens and
JSON-decodes the same files; for sheets, a bare csv.DictReader loop with a counter, and the same table by pandas, polars and DuckDB
(where they are installed). All are whole processes, started in turn; the figures are medians. Memory is the largest
resident set of the process that reads a million rows.
"""

from __future__ import annotations

import csv
import importlib.util
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.sealed import seal

from pltool.core.record import Evidence, Labels, record_json
from pltool.core.standing import Answer
from pltool.files.library import Library

if TYPE_CHECKING:
    import resource

SEED = 20261123
JSON_FLOOR = """
import json, os, sys
count = 0
for entry in os.scandir(sys.argv[1]):
    with open(entry.path, encoding="utf-8") as file:
        count += json.load(file)["counts"]["in_place"]
print(count)
"""
CSV_FLOOR = """
import csv, sys
from collections import Counter
counts = Counter()
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        counts[row["model"], row["paused_at"]] += 1
print(len(counts))
"""
# The same table: days read as days, classrooms told apart by school, counted by model, pause and in all.
PANDAS = """
import sys
import pandas as pd
rows = pd.read_csv(sys.argv[1])
days = pd.to_datetime(rows["date"])
rows["room"] = rows["school"] + "/" + rows["classroom"]
print(days.min(), days.max(), rows["room"].nunique(), rows["observer"].nunique(), rows["school"].nunique())
print(rows.groupby("model").agg(observations=("date", "size"), classrooms=("room", "nunique")))
print(rows.groupby(["model", "paused_at"]).agg(observations=("date", "size"), classrooms=("room", "nunique")))
"""
POLARS = """
import sys
import polars as pl
rows = pl.read_csv(sys.argv[1]).with_columns(room=pl.col("school") + "/" + pl.col("classroom"))
print(rows.select(pl.col("date").min(), pl.col("date").max().alias("last"), pl.col("room").n_unique(), pl.col("observer").n_unique()))
print(rows.group_by("model").agg(pl.len(), pl.col("room").n_unique()))
print(rows.group_by("model", "paused_at").agg(pl.len(), pl.col("room").n_unique()))
"""
DUCKDB = """
import sys
import duckdb
rows = duckdb.read_csv(sys.argv[1])
print(duckdb.sql("SELECT min(date), max(date), count(DISTINCT (school, classroom)), count(DISTINCT observer) FROM rows").fetchall())
print(duckdb.sql("SELECT model, count(*), count(DISTINCT (school, classroom)) FROM rows GROUP BY ALL").fetchall())
print(duckdb.sql("SELECT model, paused_at, count(*), count(DISTINCT (school, classroom)) FROM rows GROUP BY ALL").fetchall())
"""
NOTES = (
    "students read the agenda and moved in under a minute",
    "two short plans lay side by side, with different tasks",
    "a student said: I choose the next one from my list when I am done",
    "four students waited with raised hands while the group was taught",
)


class District:
    """Schools, classrooms and observers that stay the same from visit to visit."""

    def __init__(self, classrooms: int) -> None:
        self.random = random.Random(SEED)  # noqa: S311 - made-up data
        library = Library()
        self.progressions = []
        for model in library.paths:
            try:
                self.progressions.append(library.progression(model))
            except Exception as error:  # noqa: BLE001 - content that is being written is passed over
                print(f"without {model}: {error}")
        self.rooms = []
        for number in range(classrooms):
            progression = self.random.choices(
                self.progressions, [9, 4, 3, 3, 2, 2, 1][: len(self.progressions)]
            )[0]
            school = int(self.random.triangular(0, max(classrooms // 60, 4), 0))
            typical = min(int(self.random.expovariate(1 / 9)), len(progression.steps))
            self.rooms.append((f"School {school:03}", f"C-{number:05}", progression, typical))

    def visit(self) -> tuple[str, str, str, str, int, int]:
        """Date, school, classroom, observer, the index of the room, and of the pause."""
        index = self.random.randrange(len(self.rooms))
        school, room, progression, typical = self.rooms[index]
        pause = max(0, min(len(progression.steps), typical + self.random.choice((-1, 0, 0, 0, 1))))
        day = f"2026-{self.random.randint(8, 12):02}-{self.random.randint(1, 28):02}"
        return day, school, room, f"ob-{school[-3:]}-{self.random.randint(1, 8)}", index, pause


def write_sheet(path: Path, rows: int, classrooms: int) -> None:
    district = District(classrooms)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("date", "school", "classroom", "observer", "model", "paused_at", "evidence"))
        for _ in range(rows):
            day, school, room, observer, index, pause = district.visit()
            progression = district.rooms[index][2]
            paused_at = "complete" if pause == len(progression.steps) else progression.steps[pause].id
            writer.writerow(
                (day, school, room, observer, progression.id, paused_at, district.random.choice(NOTES))
            )


def write_records(folder: Path, number: int) -> None:
    district = District(number // 5)
    bank = Library().bank
    for count in range(number):
        day, school, room, observer, index, pause = district.visit()
        progression = district.rooms[index][2]
        answers = {placed.id: Answer.IN_PLACE for placed in progression.steps[:pause]}
        if pause < len(progression.steps):
            answers[progression.steps[pause].id] = Answer.NOT_YET
        note = Evidence(kind="saw", note=district.random.choice(NOTES))
        record = seal(
            progression, answers, bank=bank, record_id=f"{day}-{progression.id}-{count:06x}", started=f"{day}T09:00:00+00:00",
            finished=f"{day}T09:20:00+00:00", kind="observation", labels=Labels(classroom=room, school=school, observer=observer),
            evidence=dict.fromkeys(answers, (note,)),
        )  # fmt: skip
        (folder / f"{record.id}.json").write_text(record_json(record), encoding="utf-8")


def run(command: list[str]) -> tuple[float, float]:
    """Seconds and MiB of one process."""
    start = time.perf_counter()
    # As installed, each module is compiled once; this switch would compile all of them in every run.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        sys.exit(f"{command[0]} failed: {child.stderr.read().decode() if child.stderr else ''}")
    if child.stderr:
        child.stderr.close()
    child.returncode = status
    return seconds, _mebibytes(usage)


def _mebibytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def compare(name: str, ours: list[str], floor: list[str], floor_name: str, rounds: int, target: str) -> None:
    run(ours), run(floor)  # the first run only warms the caches
    measured = [(run(ours)[0], run(floor)[0]) for _ in range(rounds)]
    ratio = statistics.median(mine / theirs for mine, theirs in measured)
    mine = statistics.median(mine for mine, _ in measured)
    theirs = statistics.median(theirs for _, theirs in measured)
    print(f"{name}: pltool {mine:.2f} s, {floor_name} {theirs:.2f} s, ratio {ratio:.2f} ({target})")


def main() -> None:
    numbers = [int(given) for given in sys.argv[1:] if given.isdecimal()]
    rounds = numbers[0] if numbers else 7
    scale = 10 if "--small" in sys.argv else 1
    pltool = [str(Path(sys.executable).with_name("pltool")), "walk", "summary"]
    bare = [sys.executable, "-c"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records = folder / "records"
        records.mkdir()
        number = 10_000 // scale
        write_records(records, number)
        compare(
            f"{number:,} records", [*pltool, str(records), "--format", "json"],
            [*bare, JSON_FLOOR, str(records)], "open and json.load", rounds, "at most 1.3",
        )  # fmt: skip
        rows = 100_000 // scale
        sheet = folder / "district.csv"
        write_sheet(sheet, rows, rows // 20)
        ours = [*pltool, str(sheet), "--format", "json"]
        compare(f"{rows:,} rows", ours, [*bare, CSV_FLOOR, str(sheet)], "csv.DictReader", rounds, "at most 2")
        rows = 1_000_000 // scale
        write_sheet(sheet, rows, rows // 20)
        for library, program in (("pandas", PANDAS), ("polars", POLARS), ("duckdb", DUCKDB)):
            if importlib.util.find_spec(library):
                target = "under 1" if library == "pandas" else "beside it"
                compare(
                    f"{rows:,} rows", ours, [*bare, program, str(sheet)], library, max(rounds // 2, 1), target
                )
            else:
                print(f"{library} is not installed, and left out")
        for command in ("agenda", "agreement"):
            other = [pltool[0], "walk", command, str(sheet)]
            compare(f"{rows:,} rows, {command}", other, ours, "a summary", 1, "at most 2")
        seconds, memory = run([*ours, "--by", "school"])
        print(f"{rows:,} rows by school: {seconds:.1f} s, {memory:.0f} MiB (under 200)")


if __name__ == "__main__":
    main()
