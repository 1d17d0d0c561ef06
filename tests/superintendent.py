"""A walk as a district hands it in: 20 classrooms, 12 observers, 4 schools and 5 models, in four kinds of files.

`python -m tests.superintendent FOLDER` writes the files, to look at what the commands make of them.
"""

from __future__ import annotations

import csv
import io
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import openpyxl

from pltool.core.record import Evidence, Labels, record_json
from pltool.core.standing import Answer
from pltool.files.library import Library
from tests.sealed import seal

LIBRARY = Library()
MODELS = ("station-rotation", "flex", "lab-rotation", "flipped-classroom", "individual-rotation")
SCHOOLS = ("Adams Elementary", "Baker Middle", "Carver High", "Douglass Academy")
FIRST_DAY = date(2026, 11, 9)
_LETTERS = {"y": Answer.IN_PLACE, "n": Answer.NOT_YET, "s": Answer.NOT_SEEN, "x": Answer.DOES_NOT_APPLY}


class Room(NamedTuple):
    """A classroom: its code, its school by number, its model by number, and where two visits pause."""

    code: str
    school: int
    model: int
    pause: int
    second: int


# Pauses as a first walk finds them: most in the first phase, some together, two rooms far along.
ROOMS = tuple(
    Room(code, int(school), int(model), int(pause), int(second))
    for code, school, model, pause, second in (
        line.split()
        for line in """\
A-11 0 0 3 3
A-12 0 0 3 4
A-13 0 0 8 8
A-14 0 1 2 2
A-15 0 1 5 6
A-16 0 2 4 4
201 1 0 3 3
202 1 0 8 8
203 1 1 2 5
204 1 1 5 5
205 1 3 6 6
C3 2 0 14 12
C4 2 0 20 20
C5 2 1 13 13
C6 2 2 4 4
C7 2 2 9 9
D.1 3 0 3 3
D.2 3 1 5 5
D.3 3 3 6 7
D.4 3 4 1 1""".splitlines()
    )
)
# Three observers a school, twelve in all.
OBSERVERS = tuple(
    tuple(f"{first}{last}" for last in "KMT") for first in "ABCD"
)  # by school: AK, AM, AT, BK, ...
ROLES = ("principal", "coach", "teacher")
NOTES = (
    "three groups moved on one signal",
    "the agenda on the board named groups, not times",
    "two students told me what they would do next",
    "nobody could find the login card",
)


class Facts(NamedTuple):
    """What one visit found, before it was written down in some way."""

    day: date
    school: str
    room: str
    observer: str
    role: str
    model: str
    pause: int | None
    note: str
    unseen: tuple[int, ...] = ()
    not_applying: tuple[int, ...] = ()


def visits() -> list[Facts]:
    """All visits: each classroom is seen by two observers on one day, and some by a third one."""
    found = []
    for number, room in enumerate(ROOMS):
        day = FIRST_DAY + timedelta(days=number % 4)
        pauses = [room.pause, room.second] + ([room.pause] if number % 3 == 0 else [])
        for at, pause in enumerate(pauses):
            who = (number + at) % 3
            note = NOTES[(number + at) % len(NOTES)]
            if room.code == "D.3" and at == 0:  # what nobody should have written down
                note = f"Mrs. Okafor asked {OBSERVERS[3][who]} to wait outside of d.3"
            found.append(
                Facts(
                    day, SCHOOLS[room.school], room.code, OBSERVERS[room.school][who], ROLES[who],
                    MODELS[room.model], pause, note,
                    unseen=(1,) if pause > 5 and at == 0 and number % 4 == 1 else (),
                    not_applying=(0,) if number == 2 else (),
                )
            )  # fmt: skip
    return found


def record_of(visit: Facts, number: int) -> str:
    """A visit as `pltool observe` saves it."""
    progression = LIBRARY.progression(visit.model)
    letters = ["y"] * len(progression.steps)
    if visit.pause is not None:
        letters[visit.pause :] = ["n"]
    for index in visit.unseen:
        letters[index] = "s"
    for index in visit.not_applying:
        letters[index] = "x"
    steps = [placed.id for placed in progression.steps]
    moment = datetime(visit.day.year, visit.day.month, visit.day.day, 9 + number % 5, 7)  # noqa: DTZ001
    return record_json(
        seal(
            progression,
            {step: _LETTERS[letter] for step, letter in zip(steps, letters, strict=False)},
            bank=LIBRARY.bank,
            kind="observation",
            record_id=f"walk-{number}",
            started=f"{moment.isoformat()}-06:00",
            finished=f"{(moment + timedelta(minutes=19)).isoformat()}-06:00",
            labels=Labels(classroom=visit.room, school=visit.school, observer=visit.observer, observer_role=visit.role),
            evidence={steps[visit.pause or 0]: (Evidence(kind="saw", note=visit.note),)},
            reasons={steps[index]: "no stations on this day" for index in visit.not_applying},
        )
    )  # fmt: skip


def place_of(visit: Facts) -> str:
    """The pause as a form offers it: `Foundation 4: …`."""
    progression = LIBRARY.progression(visit.model)
    if visit.pause is None:
        return "complete"
    placed = progression.steps[visit.pause]
    return f"{placed.phase.title} {placed.number}: {placed.step.action}"


def write_records(folder: Path, found: list[Facts]) -> None:
    """Adams: each visit a record."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, visit in enumerate(found):
        (folder / f"{number:02}.json").write_text(record_of(visit, number), encoding="utf-8")


def write_workbook(path: Path, found: list[Facts]) -> None:
    """Baker: a workbook with a cover, a title, dates that are dates and rooms that are numbers."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Read me"
    book.worksheets[0]["A1"] = "Fall walk, one row a visit. Questions: the office."
    sheet = book.create_sheet("Visits")
    sheet.append(["Progression walk, fall 2026"])
    sheet.append([])
    sheet.append(["Date", "School", "Room", "Initials", "Role", "Model", "Paused at", "Not seen", "Evidence"])
    for visit in found:
        steps = LIBRARY.progression(visit.model).steps
        sheet.append(
            [
                visit.day, visit.school, int(visit.room), visit.observer, visit.role, LIBRARY.progression(visit.model).title,
                steps[visit.pause].id if visit.pause is not None else "complete",
                "; ".join(steps[index].id for index in visit.unseen), visit.note,
            ]
        )  # fmt: skip
    book.save(path)


def write_form(path: Path, found: list[Facts]) -> None:
    """Carver: the answers to a Google Form that branches by model, as its sheet is downloaded."""
    models = list(dict.fromkeys(visit.model for visit in found))
    titles = {model: LIBRARY.progression(model).title for model in models}
    head = [
        "Timestamp", "Email Address", "Date of visit", "School", "Classroom code", "Your initials", "Your role",
        "Which model is this classroom using?", *(f"Paused at: {titles[model]}" for model in models),
        *(f"Steps not seen: {titles[model]}" for model in models), "What did you see or hear?",
    ]  # fmt: skip
    rows = []
    for number, visit in enumerate(found):
        steps = LIBRARY.progression(visit.model).steps
        unseen = ", ".join(
            f"{steps[index].phase.title} {steps[index].number}: {steps[index].step.action}"
            for index in visit.unseen
        )
        stamp = datetime(visit.day.year, visit.day.month, visit.day.day, 15, number, 11)  # noqa: DTZ001
        rows.append(
            [
                stamp.strftime("%m/%d/%Y %H:%M:%S"), f"{visit.observer.lower()}@district.example",
                visit.day.strftime("%m/%d/%Y"), visit.school, visit.room, visit.observer, visit.role, titles[visit.model],
                *(place_of(visit) if model == visit.model else "" for model in models),
                *(unseen if model == visit.model else "" for model in models), visit.note,
            ]
        )  # fmt: skip
    written = io.StringIO(newline="")
    csv.writer(written).writerows([head, *rows])
    path.write_text(written.getvalue(), encoding="utf-8", newline="")


def write_typed(path: Path, found: list[Facts]) -> None:
    """Douglass: typed up by hand, with everything that people do."""
    head = ["DATE", "School ", "Class room", "Observer", "Model", "Paused at", "Comments", "Role"]
    rows: list[list[str]] = [["Walk fall 2026 - Douglass"], [], head]
    for number, visit in enumerate(found):
        progression = LIBRARY.progression(visit.model)
        step = progression.steps[visit.pause or 0]
        day = visit.day
        dates = (
            f"{day:%m/%d/%Y}", f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}",
            f"{day:%m-%d-%y}", f"{day:%A}, {day:%m/%d/%Y}",
        )  # fmt: skip
        schools = (visit.school, "DOUGLASS  academy", "Douglass Academy ")
        pauses = (
            step.id,
            f"{step.phase.title} {step.number}",
            step.step.action.upper(),
            f" {step.phase.title.lower()}-{step.number} ",
        )
        rows.append(
            [
                dates[number % len(dates)], schools[number % 3],
                visit.room.lower() if number % 4 == 1 else visit.room, visit.observer, progression.title,
                pauses[number % len(pauses)], visit.note, visit.role,
            ]
        )  # fmt: skip
        if number == 3:
            rows += [[], [""] * len(head), ["Subtotal", "", "", "", "", "4", "", ""], head]
    # Rows that nobody can use, and one that says so itself.
    rows += [
        ["11/11/2026", SCHOOLS[3], "D.2", "DK", "Flexx mdoel", "foundation-3", "", "coach"],
        ["11/11/2026", SCHOOLS[3], "D.3", "DK", "Flipped Classroom", "foundation-99", "", "coach"],
        ["11/31/2026", SCHOOLS[3], "D.4", "DT", "Flex", "foundation-1", "", "teacher"],
        ["last week", SCHOOLS[3], "D.4", "DT", "Flex", "foundation-1", "", "teacher"],
        ["# still to come: room D.5", *[""] * 7],
        ["Total", "", "", "", "", str(len(found)), "", ""],
    ]
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    path.write_bytes(written.getvalue().encode("utf-8-sig"))


def write_walk(folder: Path) -> list[Facts]:
    """All files of the walk; gives back what they say."""
    folder.mkdir(parents=True, exist_ok=True)
    found = visits()
    by_school = [[visit for visit in found if visit.school == school] for school in SCHOOLS]
    write_records(folder / "records", by_school[0])
    write_workbook(folder / "Baker fall walk.xlsx", by_school[1])
    write_form(folder / "Walk visits (Responses) - Form Responses 1.csv", by_school[2])
    write_typed(folder / "douglass typed.csv", by_school[3])
    return found


if __name__ == "__main__":
    print(len(write_walk(Path(sys.argv[1]))))
