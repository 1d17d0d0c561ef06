"""Sheets as programs and people really write them: each is read whole, or says what is wrong with it."""

from __future__ import annotations

import csv
import io
import os
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pltool.core.walk.tally import Tally
from pltool.files.library import Library
from pltool.files.walk.models import WalkModels
from pltool.files.walk.reader import ReadingOptions, WalkFiles
from pltool.report.walk.sheet import form_text
from tests.walks import MODELS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pltool.core.walk.visits import Visit
    from pltool.files.walk.findings import Findings

HEAD = "date,school,classroom,observer,model,paused_at,evidence"
ROW = "2026-11-23,North,R1,AB,alpha,step-2,saw it"
ACTION = MODELS["alpha"].steps[1].step.action


def read(
    *paths: Path, columns: Mapping[str, str] | None = None, **options: Any
) -> tuple[list[Visit], Findings]:
    files = WalkFiles(
        list(paths),
        WalkModels(list(MODELS), MODELS.__getitem__),
        ReadingOptions(columns=columns or {}, last_year=2027, **options),
    )
    return files.visits(), files.findings


def facts(visit: Visit) -> tuple[object, ...]:
    return visit.day, visit.school, visit.classroom, visit.observer, visit.outcome.model, visit.outcome.pause


EXPECTED = ("2026-11-23", "North", "R1", "AB", "alpha", 1)
SHAPES = {
    "plain": f"{HEAD}\n{ROW}\n",
    "no newline at the end": f"{HEAD}\n{ROW}",
    "carriage returns only": f"{HEAD}\r{ROW}\r",
    "sep line": f"sep=;\r\n{HEAD}\r\n{ROW}".replace(",", ";"),
    "pipes": f"{HEAD}\n{ROW}".replace(",", "|"),
    "tabs": f"{HEAD}\n{ROW}".replace(",", "\t"),
    "every cell quoted": "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in (HEAD, ROW)),
    "a title above": f"Fall walk 2026,,,,,,\n,,,,,,\n{HEAD}\n{ROW}",
    "a long preamble": "Exported by nobody\n" * 5 + f"\n{HEAD}\n{ROW}",
    "capitals in the head": f"{HEAD.upper()}\n{ROW}",
    "blanks in the head": f" Date , School,Classroom , Observer,Model,Paused  at,Evidence\n{ROW}",
    "a note in the head": f'date,school,classroom,observer,model,"paused_at\n(step id)",evidence\n{ROW}',
    "required stars": f"Date *,School *,Classroom *,Observer *,Model *,Paused at *,Evidence\n{ROW}",
    "numbered questions": f"1. Date of visit,2. School,3. Room,4. Your initials,5. Model,6. Paused at,7. Notes\n{ROW}",
    "google forms": "Timestamp,Email Address,School,Classroom,Your initials,Model,Paused at,What did you see or hear?\n"
    "11/23/2026 14:03:11,a@x.org,North,R1,AB,Alpha,Phase 1 2,saw it",
    "google forms with questions": "Timestamp,Date of visit,Which school are you visiting?,Classroom code,Your initials,"
    "Which model is this classroom using?,At which step does the classroom pause?,What did you see or hear?\n"
    "11/24/2026 14:03:11,11/23/2026,North,R1,AB,Alpha,step-2,saw it",
    "google forms that branch": "Timestamp,Date of visit,School,Classroom code,Your initials,Which model is this classroom using?,"
    "Paused at: Alpha,Paused at: Beta,Steps not seen: Alpha\n11/24/2026 1:02:03,11/23/2026,North,R1,AB,Alpha,Phase 1 2,,",
    "a model only in the question": "Date,School,Room,Observer,Paused at (Alpha),Paused at (Beta)\n2026-11-23,North,R1,AB,step-2,",
    "microsoft forms": "ID,Start time,Completion time,Email,Name,Date of visit,School,Classroom code,Your initials,Model,Paused at\n"
    "1,11/23/26 9:05:02,11/23/26 9:09:11,anonymous,,11/23/2026,North,R1,AB,Alpha,step-2",
    "microsoft forms without a date": "ID,Start time,Completion time,Email,Name,School,Classroom code,Your initials,Model,Paused at\n"
    "1,11/23/2026 9:05:02 AM,11/23/2026 9:09:11 AM,anonymous,,North,R1,AB,Alpha,step-2",
    "kobo": '"start";"end";"today";"grp/date";"grp/school";"grp/classroom";"observer";"model";"paused_at";"_id";"_uuid";"_index"\n'
    '"2026-11-24T09:00:00.000+01:00";"2026-11-24T09:20:00.000+01:00";"2026-11-24";"2026-11-23";"North";"R1";"AB";"alpha";"step_2";"12";"0b0";"1"',
    "surveymonkey": "Respondent ID,Collector ID,Start Date,End Date,IP Address,Date of visit,School,Classroom code,Your initials,Model,Paused at\n"
    ",,,,,Date / Time,Open-Ended Response,Open-Ended Response,Open-Ended Response,Response,Response\n"
    "118,42,11/24/2026 10:00,11/24/2026 10:01,,11/23/2026,North,R1,AB,Alpha,step-2",
    "qualtrics": 'StartDate,EndDate,Q1,Q2,Q3,Q4,Q5,Q6\nStart Date,End Date,Date of visit,School,Classroom code,Your initials,Model,Paused at\n'
    '"{""ImportId"":""startDate""}","{""ImportId"":""endDate""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}",'
    '"{""ImportId"":""QID3""}","{""ImportId"":""QID4""}","{""ImportId"":""QID5""}","{""ImportId"":""QID6""}"\n'
    "2026-11-24 09:00:00,2026-11-24 09:10:00,11/23/2026,North,R1,AB,Alpha,step-2",
    "a head of two rows": f"Date,School,Room,Observer,Model,Where it first,Evidence\n,,,,,says not yet,\n{ROW}",
    "the head again": f"{HEAD}\n{ROW}\n{HEAD}\n",
    "blank rows and commas": f"{HEAD}\n,,,,,,\n{ROW}\n,,,,,,\n\n",
    "a comment": f"{HEAD}\n# models: alpha beta,,,,,,\n{ROW}",
    "a day number": f"{HEAD}\n{ROW.replace('2026-11-23', '46349')}",
    "a day number with its time": f"{HEAD}\n{ROW.replace('2026-11-23', '46349.5853')}",
    "a long date": f'{HEAD}\n{ROW.replace("2026-11-23", chr(34) + "Monday, November 23, 2026" + chr(34))}',
    "a javascript date": f"{HEAD}\n{ROW.replace('2026-11-23', 'Mon Nov 23 2026 14:03:11 GMT-0600')}",
    "an iso moment": f"{HEAD}\n{ROW.replace('2026-11-23', '2026-11-23T14:03:11.000-06:00')}",
    "full width": f"{HEAD}\n{ROW.replace('2026-11-23', '２０２６-１１-２３').replace('step-2', 'ｓｔｅｐ-２')}",
    "dashes of a word processor": f"{HEAD}\n{ROW.replace('step-2', 'step–2')}",
    "no-break blanks": HEAD + "\n" + ROW.replace("alpha", "\u00a0alpha\u00a0").replace("step-2", "phase\u00a01\u00a02"),
    "the words of a step": f"{HEAD}\n{ROW.replace('step-2', ACTION)}",
    "a number and the words": f"{HEAD}\n{ROW.replace('step-2', 'Phase 1 2: ' + ACTION)}",
    "a place with the word step": f"{HEAD}\n{ROW.replace('step-2', 'Phase 1 step 02')}",
    "model with its kind": f"{HEAD}\n{ROW.replace('alpha', 'Alpha Model')}",
    "more empty cells": f"{HEAD},,\n{ROW},,\n",
    "columns in another order": "evidence,paused_at,model,observer,classroom,school,date\nsaw it,step-2,alpha,AB,R1,North,2026-11-23",
    "other columns between": f"weather,{HEAD},lunch\nsun,{ROW},soup",
    "two evidence columns": f"{HEAD},evidence\n{ROW},and heard it",
    "a byte order mark inside": f"\ufeff\ufeff{HEAD}\n{ROW}",
    "google forms downloaded": '"Timestamp","School","Classroom code","Your initials","Model","Paused at"\n'
    '"2026/11/23 2:03:11 PM MDT","North","R1","AB","Alpha","Phase 1 2"',
    "google forms in another language": "Zeitstempel,Date of visit,School,Classroom,Your initials,Model,Paused at\n"
    "23.11.2026 14:03:11,23.11.2026,North,R1,AB,Alpha,step-2",
    "microsoft forms with semicolons in answers": "Id,Start time,Completion time,Email,Name,Last modified time,Date of visit,School\u00a0,Classroom code\u00a0,Your initials,Model,Paused at\n"
    "1,11/23/26 9:05:02,11/23/26 9:09:11,anonymous,,,11/23/2026,North,R1,AB,Alpha;,step-2;",
    "kobo with split choices": "start;end;date;school;classroom;observer;model;paused_at;not_seen;not_seen/step_1;not_seen/step_2;_id;_uuid;_submission_time;_validation_status;__version__;_index\n"
    "2026-11-24T09:00:00.000-06:00;2026-11-24T09:20:00.000-06:00;2026-11-23;North;R1;AB;alpha;step_2;;0;0;12;0b0;2026-11-24T15:20:01;;vX;1",
    "kobo with labels and groups": '"Visit / Date of visit","Visit / School","Visit / Classroom code","Visit / Your initials","What was seen / Model","What was seen / Paused at","_submission_time"\n'
    '"2026-11-23","North","R1","AB","Alpha","Phase 1 2","2026-11-24T15:20:01"',
    "odk briefcase": '"SubmissionDate","visit-date","visit-school","visit-classroom","visit-observer","model","paused_at","meta-instanceID","KEY"\n'
    '"Nov 24, 2026 2:03:11 PM","Nov 23, 2026","North","R1","AB","alpha","step-2","uuid:1","uuid:1"',
    "surveymonkey with a question for the date": "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,Date of visit,School,Classroom code,Your initials,Which model is this classroom using?,At which step does it pause?\n"
    ",,,,,,MM/DD/YYYY,Open-Ended Response,Open-Ended Response,Open-Ended Response,Response,Open-Ended Response\n"
    '118,42,"11/24/2026 10:00:00 AM","11/24/2026 10:01:00 AM",,,11/23/2026,North,R1,AB,Alpha,step-2',
    "numbers": "Table 1,,,,,,\ndate,school,classroom,observer,model,paused_at,done\n11/23/26,North,R1,AB,alpha,step-2,TRUE",
    "libreoffice with all text quoted": '"date";"school";"classroom";"observer";"model";"paused_at";"evidence"\n23.11.2026;"North";"R1";"AB";"alpha";"step-2";"saw it"',
    "jotform": "Submission Date,Date of visit,School,Classroom code,Your initials,Model,Paused at,Submission ID\n"
    '"Nov 24, 2026","Nov 23, 2026",North,R1,AB,Alpha,step-2,5123',
    "typeform": "#,Date of visit,School,Classroom code,Your initials,Model,Paused at,Start Date (UTC),Submit Date (UTC),Network ID\n"
    "a1b2,2026-11-23,North,R1,AB,Alpha,step-2,2026-11-24 10:00:00,2026-11-24 10:01:00,ff",
    "airtable": "Name,Visit date,School,Room,Observer,Model,Paused at,Created\nVisit 1,11/23/2026,North,R1,AB,Alpha,step-2,11/24/2026 9:00am",
    "epicollect": "ec5_uuid,created_at,uploaded_at,title,1_Date_of_visit,2_School,3_Classroom,4_Observer,5_Model,6_Paused_at\n"
    "u,2026-11-24T10:00:00.000Z,2026-11-24T10:00:05.000Z,t,11/23/2026,North,R1,AB,Alpha,step-2",
    "limesurvey": '"Response ID","Date submitted","Last page","Start language","Date of visit","School","Classroom code","Your initials","Model","Paused at"\n'
    '"7","2026-11-24 10:00:00","1","en","2026-11-23 00:00:00","North","R1","AB","Alpha","step-2"',
    "smartsheet with totals": f"{HEAD}\n{ROW}\n,,,,,,\n",
    "a weekday in front": f'{HEAD}\n{ROW.replace("2026-11-23", chr(34) + "Mon, 11/23/2026" + chr(34))}',
    "a weekday in front of dots": f'{HEAD}\n{ROW.replace("2026-11-23", "Monday 23.11.2026")}',
    "two digits that say it all": f'{HEAD}\n{ROW.replace("2026-11-23", "11/23/26")}',
    "a table of a word processor": f"\n\n{HEAD}\n\n{ROW}\n\n".replace(",", "\t"),
    "html entities left over": f"{HEAD}\n{ROW.replace('alpha', '&nbsp;alpha')}".replace("&nbsp;", "\u00a0"),
    "a phone's curly quotes": f"{HEAD}\n{ROW.replace('saw it', '“they’re at stations”')}",
    "an old mac's line ends in part": f"{HEAD}\r\n{ROW}\r\r\n",
    "an excel remark below": f"{HEAD}\n{ROW}\n# typed up by the office,,,,,,\n",
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_one_visit_is_read_whatever_wrote_it(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / "visits.csv"
    path.write_bytes(SHAPES[name].encode(encoding))
    visits, findings = read(path)
    assert [facts(visit) for visit in visits] == [EXPECTED], (findings.problems, findings.notes)
    assert (findings.read, findings.left_out, findings.files_left_out) == (1, 0, 0)


REFUSED = {
    "a page": (b"<!DOCTYPE html><table><tr><td>date</td></tr></table>", "is a web page or XML"),
    "json": (b'{"date": 1}', "is JSON"),
    "pdf": (b"%PDF-1.7\n...", "is a PDF"),
    "zip": (b"PK\x03\x04nothing", "is a zip archive"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older Excel workbook"),
    "gzip": (b"\x1f\x8b\x08\x00", "is compressed"),
    "noise": (bytes(range(256)) * 8, "is no text"),
    "nothing": (b"", "is empty"),
    "zeros": (b"\x00" * 500, "is empty"),
    "one endless line": (b"date," + b"x" * (9 << 20), "a line of more than 8 MiB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_sheet_says_what_it_is(tmp_path: Path, name: str) -> None:
    content, message = REFUSED[name]
    path = tmp_path / "visits.csv"
    path.write_bytes(content)
    visits, findings = read(path)
    assert (visits, findings.files_left_out) == ([], 1)
    assert message in findings.problems[0]


def test_a_workbook_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    from datetime import date, datetime

    book = openpyxl.Workbook()
    cover = book.worksheets[0]
    cover.title = "Read me"
    cover["B2"] = "Walks of this fall"
    visits = book.create_sheet("North")
    visits.append(["Fall walk"])
    visits.append(HEAD.split(","))
    visits.append([date(2026, 11, 23), "North", 101, "AB", "alpha", "step-2", "x"])
    moment = datetime(2026, 11, 23, 14, 3)  # noqa: DTZ001 - spreadsheets know no zones
    visits.append([moment, "North", "R2", "AB", "alpha", "complete", None])
    more = book.create_sheet("South")
    more.append(HEAD.split(","))
    more.append(["11/23/2026", "South", 101.0, "CD", "alpha", "step-77", ""])
    path = tmp_path / "Walk.XLSX"
    book.save(path)
    found, findings = read(path)
    assert [(v.day, v.school, v.classroom) for v in found] == [
        ("2026-11-23", "North", "101"), ("2026-11-23", "North", "R2"),
    ]  # fmt: skip
    assert "Walk.XLSX (South):2: `alpha` has no step `step-77`" in findings.problems[0]
    assert any("(Read me) has no columns" in note for note in findings.notes)
    assert (findings.read, findings.left_out) == (3, 1)


def test_a_workbook_with_a_cell_in_the_far_corner_is_not_opened(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"], book.worksheets[0]["XFD1048576"] = "date", "x"
    book.save(tmp_path / "far.xlsx")
    (tmp_path / "text.xlsx").write_text(SHAPES["plain"])
    _, findings = read(tmp_path)
    assert "cells in far corners" in findings.problems[0]
    assert "is no workbook" in findings.problems[1]


def test_the_answers_of_the_form_that_is_offered_are_read(tmp_path: Path) -> None:
    progression = Library().progression("station-rotation")
    text = form_text([progression])
    questions = [
        line.removeprefix("Question: ").partition("  (")[0]
        for line in text.splitlines()
        if line.startswith("Question")
    ]
    choices = [
        line.strip()
        for line in text.partition("dropdown")[2].partition("Question")[0].splitlines()
        if line.startswith("    ")
    ]
    for number, choice in enumerate(choices):
        unseen = ", ".join(choices[: min(number, 3)][:2]) if number < len(progression.steps) else ""
        cells = [
            "11/24/2026 9:00:00",
            "11/23/2026",
            "North",
            "R1",
            "AB",
            "coach",
            progression.title,
            choice,
            unseen,
            "a, b",
        ]
        written = io.StringIO()
        csv.writer(written).writerows([["Timestamp", *questions], cells])
        path = tmp_path / f"{number}.csv"
        path.write_text(written.getvalue())
        files = WalkFiles([path], WalkModels([progression.id], lambda _: progression))
        visits = files.visits()
        assert len(visits) == 1, files.findings.problems
        visit = visits[0]
        assert (visit.day, visit.role, visit.note) == ("2026-11-23", "coach", "a, b")
        assert visit.outcome.pause == (number if number < len(progression.steps) else None)
        assert len(visit.outcome.not_seen) == (min(number, 2) if number < len(progression.steps) else 0)
        assert not visit.outcome.inferred


def test_columns_can_be_settled(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("wann,wo,wer,was,halt\n2026-11-23,R1,AB,alpha,step-2\n")
    visits, findings = read(path)
    assert (visits, findings.left_out) == ([], 1)
    names = {"date": "Wann", "classroom": "wo", "observer": "wer", "model": "was", "paused_at": "halt"}
    (visit,), _ = read(path, columns=names)
    assert facts(visit) == ("2026-11-23", "", "R1", "AB", "alpha", 1)


def test_row_numbers_in_an_id_column_belong_to_their_sheet(tmp_path: Path) -> None:
    for name in ("north", "south"):
        rows = "".join(f"{n},2026-11-23,{name},R{n},AB,alpha,step-2\n" for n in range(1, 6))
        (tmp_path / f"{name}.csv").write_text(f"ID,date,school,classroom,observer,model,paused_at\n{rows}")
    visits, findings = read(tmp_path)
    assert (len(visits), findings.repeated) == (10, 0)
    assert any("taken for row numbers" in note for note in findings.notes)
    # The same export, downloaded again with more answers in it.
    later = (tmp_path / "north.csv").read_text() + "6,2026-11-24,north,R6,AB,alpha,step-2\n"
    (tmp_path / "north later.csv").write_text(later)
    visits, findings = read(tmp_path)
    assert (len(visits), findings.repeated, findings.read) == (11, 5, 16)


def test_a_folder_is_read_or_named(tmp_path: Path) -> None:
    plain = SHAPES["plain"]
    for name in ("a.csv", "a (1).csv", "B.TXT", "Walk with all columns.CSV", ".hidden.csv"):
        (tmp_path / name).write_text(plain + f"2026-11-23,S,{name[0]},AB,alpha,step-1,\n" * (name[0] != "a"))
    (tmp_path / "notes.docx").write_text("x")
    (tmp_path / "readme.txt").write_text("Put your sheets here.\n")
    (tmp_path / ".DS_Store").write_text("x")
    (tmp_path / "~$Walk.xlsx").write_text("x")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "c.tsv").write_text(plain.replace(",", "\t"))
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.json")
    visits, findings = read(tmp_path)
    assert len(visits) == 1 + 2 + 2 + 2 + 1
    assert [path.rpartition("/")[2] for path in sorted(findings.passed_over)] == ["notes.docx", "readme.txt"]
    assert findings.files_left_out == 2
    assert any("a (1).csv is a copy of" in note for note in findings.notes)
    assert (findings.copies, findings.alike) == (1, 0)


def test_a_quotation_mark_that_swallows_rows_is_counted(tmp_path: Path) -> None:
    rows = [
        f"2026-11-23,S,R{n},AB,alpha,step-2,{chr(34) * (n in broken)}note"
        for broken in ({2, 5},)
        for n in range(9)
    ]
    path = tmp_path / "q.csv"
    path.write_text("\n".join([HEAD, *rows]))
    visits, findings = read(path)
    assert (findings.read, len(visits), findings.left_out) == (9, 5, 4)
    assert "up to line 7, 4 rows in all" in findings.problems[0]


CELL = st.sampled_from(
    ["2026-11-23", "11/23/2026", "#", "# x", "########", "", " ", "alpha", "Alpha", "step-2", "step-99", "complete", "R1", "R2",
     '"', "a\nb", "Total", "3026-01-01", "classroom", "101.0", "=1+1", "\ufeff", "é", "x,y", "2026-11-23T10:00"]
)  # fmt: skip
TABLE = st.lists(st.lists(CELL, min_size=0, max_size=9), max_size=12)


def holding(text: str) -> int:
    """How many rows hold anything, but the head, its copies and remarks."""
    head = ["id", *HEAD.split(",")]
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    return sum(
        any(row) and row != head and not (row[0].startswith("# ") and not any(row[1:])) for row in rows
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TABLE, st.sampled_from(["", "2026-12-01"]), st.sampled_from(["observation", "reflection"]))
def test_the_account_of_rows_adds_up(tmp_path: Path, table: list[list[str]], since: str, kind: Any) -> None:
    good = [["v", *ROW.split(",")]] * 2
    written = io.StringIO(newline="")
    csv.writer(written).writerows([["id", *HEAD.split(",")], *table, *good])
    path = tmp_path / "any.csv"
    path.write_text(written.getvalue(), encoding="utf-8", newline="")
    files = WalkFiles([path], WalkModels(list(MODELS), MODELS.__getitem__), ReadingOptions(last_year=2027))
    tally = Tally("school", since, "", kind)
    files.read(tally.add_visits, tally.add_columns)
    findings = files.findings
    ended = (
        tally.outcomes.total()
        + findings.left_out
        + findings.repeated
        + tally.outside
        + tally.other_kind
        + tally.parts
    )
    assert findings.read == ended
    assert findings.read == holding(written.getvalue())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(SHAPES)), st.integers(0, 400), st.binary(max_size=3), st.booleans())
def test_a_file_that_was_damaged_adds_up_as_well(
    tmp_path: Path,
    name: str,
    at: int,
    put: bytes,
    cut: bool,  # noqa: FBT001
) -> None:
    content = SHAPES[name].encode()
    content = content[:at] + put + (b"" if cut else content[at:])
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    visits, findings = read(path)
    assert findings.read == len(visits) + findings.left_out + findings.repeated
    assert findings.read or findings.files_left_out or findings.notes


def test_a_parquet_file_gives_the_figures_of_its_sheet(tmp_path: Path) -> None:
    import duckdb

    rows = [
        "2026-11-23,North,101,AB,alpha,step-2,x",
        "2026-11-24,North,R2,CD,beta,complete,",
        "2026-11-24,,R3,CD,beta,step-9,",
    ]
    sheet = tmp_path / "visits.csv"
    sheet.write_text("\n".join([HEAD, *rows]))
    table = tmp_path / "a*[1].parquet"
    with duckdb.connect() as connection:
        target = str(tmp_path / "plain.parquet")
        connection.execute(f"COPY (SELECT * FROM read_csv('{sheet}')) TO '{target}' (FORMAT parquet)")  # noqa: S608
    (tmp_path / "plain.parquet").rename(table)
    (from_sheet, noted), (from_table, found) = read(sheet), read(table)
    assert [facts(visit) for visit in from_table] == [facts(visit) for visit in from_sheet]
    assert (found.read, found.left_out) == (noted.read, noted.left_out) == (3, 1)
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 and nothing more")
    _, broken = read(tmp_path / "broken.parquet")
    assert "cannot be read as Parquet" in broken.problems[0]
