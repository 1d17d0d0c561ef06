"""A walk is read from whatever mix of records and sheets a district has; what is broken is named and left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pltool.core.bank import Bank
from pltool.core.progression import Progression
from pltool.core.record import Evidence, Labels, record_json
from pltool.core.standing import Answer, Status
from pltool.core.walk.visits import StepEvidence, Visit
from pltool.errors import InputError
from pltool.files.walk.dates import Reading, read_date
from pltool.files.walk.models import WalkModels
from pltool.files.walk.reader import ReadingOptions, WalkFiles
from tests.examples import progression_data
from tests.sealed import seal
from tests.walks import MODELS

if TYPE_CHECKING:
    from pathlib import Path

    from pltool.files.walk.findings import Findings

HEAD = "date,school,classroom,observer,model,paused_at,evidence"


def read(*paths: Path, order: Any = None, evidence: bool = False) -> tuple[list[Visit], Findings]:
    options = ReadingOptions(order, last_year=2027)
    files = WalkFiles(list(paths), WalkModels(list(MODELS), MODELS.__getitem__), options)
    return files.visits(evidence=evidence), files.findings


def sheet(folder: Path, text: str, name: str = "walk.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def record(name: str, letters: str, *, model: str = "alpha", **labels: str) -> str:
    progression = MODELS[model]
    given = {"y": Answer.IN_PLACE, "n": Answer.NOT_YET, "s": Answer.NOT_SEEN}
    answers = {placed.id: given[letter] for placed, letter in zip(progression.steps, letters, strict=False)}
    first = next(iter(answers))
    return record_json(
        seal(
            progression, answers, bank=Bank(resources=()), record_id=name,
            started="2026-11-23T09:00:00+00:00", finished="2026-11-23T09:20:00+00:00",
            kind="observation", labels=Labels(**labels),
            evidence={first: (Evidence(kind="saw", note="two plans"),)},
        )
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_sheets_are_read_as_spreadsheets_save_them(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [
        ["Model", "Paused at", "Date", "Classroom", "Observer", "School", "Weather"],
        ["alpha", "phase-2-1", "2026-11-23", "Sala 4", "ob1", "Escuela Núñez", "sun"],
        ["Alpha", "Complete", "11/24/2026", "Sala 5", "ob2", "Escuela Núñez", ""],
        ["", "", "", "", "", "", ""],
    ]
    path = sheet(tmp_path, "\r\n".join(delimiter.join(row) for row in rows), encoding=encoding)
    visits, findings = read(path)
    assert findings.problems == []
    assert [(v.day, v.school, v.classroom, v.outcome.model, v.outcome.pause) for v in visits] == [
        ("2026-11-23", "Escuela Núñez", "Sala 4", "alpha", 2),
        ("2026-11-24", "Escuela Núñez", "Sala 5", "alpha", None),
    ]
    assert visits[1].outcome.status is Status.COMPLETE
    assert any("not read: column `Weather`" in note for note in findings.notes)


BROKEN = f"""{HEAD}
2026-11-23,S,R1,O,alpha,step-1,fine
2026-11-23,S,R1,O,alphq,step-1,
2026-11-23,S,R1,O,alpha,step-77,
31.31.2026,S,R1,O,alpha,step-1,
,S,R1,O,alpha,step-1,
2026-11-23,S,R1,O,,step-1,
2026-11-23,S
2026-11-23,S,R1,O,alpha,step-1,two, cells, too many
2026-11-23,S,R1,O,alpha,step-1,"a note
over two lines"
2026-11-23,S,R1,O,alpha,step-9,
# 2026-11-23,S,R1,O,alpha,step-1,a comment
2026-11-23,S,R1,O,alpha,,
2026-11-23,S,R2,O,alpha,unfinished,
2026-11-23,S,R2,O,alpha,step-1,"never closed
2026-11-23,S,R2,O,alpha,step-1,
"""


def test_broken_rows_are_named_with_their_line_and_the_rest_is_read(tmp_path: Path) -> None:
    path = sheet(tmp_path, BROKEN)
    visits, findings = read(path)
    assert [visit.outcome.status for visit in visits] == [
        Status.PAUSED, Status.PAUSED, Status.UNFINISHED, Status.UNFINISHED,
    ]  # fmt: skip
    assert [problem.removeprefix(str(path)) for problem in findings.problems] == [
        ":3: there is no progression `alphq`; did you mean `alpha`?",
        ":4: `alpha` has no step `step-77`; did you mean `step-5`?",
        ":5: `31.31.2026` is no day of the calendar; correct it",
        ":6: has no date; write it as 2026-11-23, in every row",
        ":7: names no model; write the id of a progression",
        ":8: has only 2 of 7 cells; complete it or delete it",
        ":9: has 9 cells, but the head has 7; put text with a separator in quotes",
        ":12: `alpha` has no step `step-9`; did you mean `step-5`?",
        ":13: `# 2026-11-23` is no date that fits this sheet; write it as 2026-11-23",
        ":16: a quotation mark opens here and never closes, so that everything after it (up to line 17, 2 rows in all) is one cell; close it",
    ]
    assert (findings.read, findings.left_out) == (15, 11)
    assert [visit.outcome.nothing_named for visit in visits] == [False, False, True, False]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        (
            "date,school,classroom,observer,model,pausedat\n",
            "the column `paused_at` cannot be found; did you mean `pausedat`?",
        ),
        ("date,date,classroom,model,paused_at\n", "the column `date` stands here twice"),
    ],
)
def test_a_sheet_that_cannot_be_used_is_named_and_left_out(tmp_path: Path, text: str, message: str) -> None:
    broken, good = (
        sheet(tmp_path, text),
        sheet(tmp_path, f"{HEAD}\n2026-11-23,S,R,O,alpha,step-1,", "good.csv"),
    )
    visits, findings = read(broken, good)
    assert len(visits) == 1
    assert message in findings.problems[0]
    assert findings.problems[0].startswith(f"{broken}:1: " if text else f"{broken}: ")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-23", "2026-11-23"),
        ("2026/1/5", "2026-01-05"),
        ("2026-11-23T10:00", "2026-11-23"),
        ("11/23/26", "2026-11-23"),
        ("11/23/2026 9:30 AM", "2026-11-23"),
        ("23.11.2026", "2026-11-23"),
        ("5.1.2026", "2026-01-05"),
        ("23 Nov 2026", "2026-11-23"),
        ("November 23rd, 2026", "2026-11-23"),
        ("Mon, Nov 23 2026", "2026-11-23"),
        ("23-Nov-26", "2026-11-23"),
        ("2026-02-30", None),
        ("yesterday", None),
        ("45984", "2025-11-23"),
        ("Wednesday, 11/11/2026", "2026-11-11"),
        ("wed. 11.11.2026 9:30", "2026-11-11"),
        ("Sat 2026-11-28", "2026-11-28"),
        # A year of two digits is read where nothing else is possible.
        ("11/05/26", None),
        ("5-11-26", None),
        ("Mon, 11/05/26", None),
        ("23/11/26", None),
        ("11/11/26", "2026-11-11"),
        ("11-23-26", "2026-11-23"),
        ("5.11.26", "2026-11-05"),
        ("11/31/2026", None),
    ],
)
def test_dates_are_read_as_people_write_them(written: str, day: str | None) -> None:
    assert read_date(written, Reading(), 2027) == day


def test_one_date_tells_the_order_of_the_others_in_its_sheet(tmp_path: Path) -> None:
    rows = "".join(
        f"{day},S,R,O,alpha,step-1,\n" for day in ("03/04/2026", "05/04/2026", "23/04/2026", "04/23/2026")
    )
    visits, findings = read(sheet(tmp_path, f"{HEAD}\n{rows}"))
    # The two that prove an order are read; those that could be either are not.
    assert [visit.day for visit in visits] == ["2026-04-23", "2026-04-23"]
    assert "line 4 has the day first (23/04/2026), and line 5 the month (04/23/2026)" in findings.notes[0]
    assert findings.left_out == 2
    visits, findings = read(sheet(tmp_path, f"{HEAD}\n{rows.rpartition('04/23')[0]}"))
    assert [visit.day for visit in visits] == ["2026-04-03", "2026-04-05", "2026-04-23"]
    assert findings.notes == []


def test_a_year_of_two_digits_is_read_once_the_order_is_known(tmp_path: Path) -> None:
    rows = "".join(f"{day},S,R,O,alpha,step-1,\n" for day in ("11/05/26", "11/23/26"))
    path = sheet(tmp_path, f"{HEAD}\n{rows}")
    (visit,), findings = read(path)
    # That one of them can be a day of November only proves nothing for the other.
    assert (visit.day, findings.left_out) == ("2026-11-23", 1)
    assert "`11/05/26` has a year of two digits, and can be read in more than one way" in findings.problems[0]
    assert [visit.day for visit in read(path, order="month-first")[0]] == ["2026-11-05", "2026-11-23"]
    assert [visit.day for visit in read(path, order="day-first")[0]] == ["2026-05-11"]
    proven = sheet(tmp_path, f"{HEAD}\n{rows}11/30/2026,S,R,O,alpha,step-1,\n", "proven.csv")
    assert [visit.day for visit in read(proven)[0]] == ["2026-11-05", "2026-11-23", "2026-11-30"]


def test_dates_that_can_be_read_two_ways_are_said_to_be(tmp_path: Path) -> None:
    path = sheet(tmp_path, f"{HEAD}\n03/04/2026,S,R,O,alpha,step-1,\n")
    visits, findings = read(path)
    assert visits[0].day == "2026-03-04"
    assert "dates such as 03/04/2026 can be read two ways; they were read month first" in findings.notes[0]
    visits, findings = read(path, order="day-first")
    assert (visits[0].day, findings.notes) == ("2026-04-03", [])


def test_records_and_sheets_are_read_together_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "team").mkdir()
    (tmp_path / "team" / "a.json").write_text(record("a", "ysn", classroom="R1", observer="O", school="S"))
    sheet(tmp_path, f"{HEAD}\n2026-11-23,S,R2,O,beta,step-1,waited\n")
    visits, findings = read(tmp_path, evidence=True)
    assert findings.problems == []
    first, second = visits
    assert first[:5] == ("2026-11-23", "S", "R1", "O", "")
    assert (first.outcome.in_place, first.outcome.not_seen, first.outcome.pause) == ((0,), (1,), 2)
    assert first.outcome.provisional
    assert first.evidence == (StepEvidence(0, "two plans"),)
    assert (second.outcome.model, second.note) == ("beta", "waited")


def test_answers_beyond_the_pause_are_not_reached(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(record("a", "ynyyy"))
    (visit,), _ = read(path)
    assert (visit.outcome.in_place, visit.outcome.pause) == ((0,), 1)


def test_the_same_record_met_twice_counts_once(tmp_path: Path) -> None:
    for name in ("a", "copy of a"):
        (tmp_path / f"{name}.json").write_text(record("a", "yn"))
    sheet(
        tmp_path,
        f"id,{HEAD}\na,2026-11-23,S,R2,O,beta,step-1,\nb,2026-11-23,S,R2,O,beta,step-1,\n,2026-11-23,S,R2,O,beta,step-1,\n",
    )
    visits, findings = read(tmp_path, tmp_path, tmp_path / "walk.csv")
    assert (len(visits), findings.repeated) == (4, 1)


@settings(max_examples=20)
@given(st.permutations(["x.json", "y.json", "z.csv"]))
def test_the_order_of_the_files_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("order")
    (folder / "x.json").write_text(record("same", "yn"))
    (folder / "y.json").write_text(record("same", "n"))
    sheet(folder, f"{HEAD}\n2026-11-23,S,R2,O,beta,step-1,\n", "z.csv")
    visits, _ = read(*(folder / name for name in names))
    assert [visit.outcome.model for visit in visits] == ["alpha", "beta"]
    again, _ = read(folder)
    assert [v.outcome.pause for v in visits] == [v.outcome.pause for v in again]


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (lambda text: text[:200], 5, "is not JSON here"),
        (lambda _: '{"some": "thing"}', 1, "is no record of pltool"),
        (lambda text: text.replace('"paused"', '"stopped"'), 15, "`status`"),
        (
            lambda text: text.replace('"alpha"', '"alfa"'),
            1,
            "there is no progression `alfa`; did you mean `alpha`?",
        ),
        (lambda text: text.replace('"step-2"', '"step-2b"'), 1, "its pause is no step of today's `alpha`"),
        (lambda text: text.replace("2026-11-23T09:20", "soon "), 1, "is no moment"),
    ],
)
def test_a_broken_record_is_named_and_left_out(tmp_path: Path, change: Any, line: int, message: str) -> None:
    (tmp_path / "broken.json").write_text(change(record("a", "yn")))
    (tmp_path / "good.json").write_text(record("b", "yn"))
    visits, findings = read(tmp_path)
    assert (len(visits), findings.left_out) == (1, 1)
    place, _, what = findings.problems[0].partition(": ")
    assert message in what
    assert place.startswith(f"{tmp_path / 'broken.json'}:")
    assert line == 1 or not place.endswith(":1")


def test_what_is_no_walk_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "walk.docx").write_bytes(b"PK")
    for path, message in (
        (tmp_path / "walk.docx", "give records"),
        (tmp_path / "no", "no such file"),
        (tmp_path, "no record"),
    ):
        with pytest.raises(InputError, match=message):
            read(path)


def test_a_renamed_step_is_found_by_its_former_id(tmp_path: Path) -> None:
    data = progression_data(2, model="alpha")
    data["phases"][0]["areas"][0]["steps"][1] |= {"id": "renamed", "former_ids": ["step-2"]}
    path = tmp_path / "a.json"
    path.write_text(record("a", "yn"))
    renamed = Progression.model_validate(data)
    files = WalkFiles([path], WalkModels(["alpha"], lambda _: renamed))
    (visit,) = files.visits()
    assert visit.outcome.pause == 1
    assert json.loads(path.read_text())["pause"]["id"] == "step-2"
