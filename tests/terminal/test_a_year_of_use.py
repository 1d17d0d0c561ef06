"""A teacher's year on two computers, September to May, in windows of 80 and 60 columns; and what she reads of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pltool.files.library import Library
from tests.terminal.window import Window

ROOT = Path(__file__).resolve().parents[2]
STATION = Library().progression("station-rotation").steps
DISTANCE = Library().progression("distance-learning")
# The first step that a teacher is asked, and the fifth.
FIRST, FIFTH = (DISTANCE.asked_of("teacher").steps[at] for at in (0, 4))
LEADERS = [step for step in DISTANCE.asked_of("teacher").unasked if step.phase.id == FIRST.phase.id]
IN_FIRST_PHASE = sum(step.phase.id == FIRST.phase.id for step in DISTANCE.steps)
NO_STATION = "one teacher and no second station"
CORRECTION = "I had a second station all along"
FORGOTTEN = "I forgot the note"
WENT = "It took less time each day"
FORMS = ("text", "markdown", "html", "json", "csv")


@dataclass
class Year:
    """Two computers and, at the end, a third one.

    Attributes:
        shown: everything that the windows showed, as running text.
        said: what commands printed, by a name for the moment.
    """

    folder: Path
    shown: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)

    def environment(self, home: str) -> dict[str, str]:
        return {"PLTOOL_HOME": str(self.folder / home), "PYTHONPATH": str(ROOT), "TZ": "America/Chicago"}

    def command(self, home: str, at: str, *arguments: str, name: str = "", status: int = 0) -> str:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.terminal.at", at, *arguments],
            env={**os.environ, **self.environment(home), "COLUMNS": "80"},
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == status, ran.stderr
        self.said[name or " ".join((home, *arguments))] = ran.stdout + ran.stderr
        return ran.stdout

    def window(self, home: str, at: str, *arguments: str, columns: int = 80) -> Window:
        return Window(
            *("-m", "tests.terminal.at", at, *arguments),
            columns=columns,
            program=sys.executable,
            environment=self.environment(home),
        )

    def sit(
        self,
        home: str,
        at: str,
        *arguments: str,
        answers: str,
        step: str = "",
        plan: tuple[str, str, str, str] = ("", "", "", ""),
        before: str = "",
        resumed: str = "",
        columns: int = 80,
    ) -> None:
        """One reflection; `before` says how the agreed step went, and `resumed` what is offered to go on with."""
        with self.window(home, at, "reflect", *arguments, columns=columns) as window:
            if resumed:
                window.wait_for("go on with it")
                assert resumed in window.everything
                window.press("g")
            if before:
                window.read_on_to("How did it go?")
                window.press(before, "How often did you try it?")
                window.press("twice\r", "What happened?")
                window.press(f"{WENT}\r")
            window.read_on_to("q stop")
            for number, answer in enumerate(answers, start=1):
                last = number == len(answers)
                if answer == "q":
                    break
                asked = f"{number + 1 + (2 if resumed else 0)} of "
                window.press(answer)
                if answer == "x":
                    window.wait_for("What makes this one")
                    window.press(f"{NO_STATION}\r")
                window.read_on_to("Space to go on" if last else f"{asked}{self._all(arguments)} in all")
                if not last:
                    window.read_on_to("q stop")
            if answers.endswith("q"):
                window.press("q")
            else:
                window.press(" ")
                self._end(window, answers.endswith("n"), step, plan)
            assert window.end() == 0
            self.shown.append(window.everything)

    @staticmethod
    def _end(window: Window, paused: bool, step: str, plan: tuple[str, str, str, str]) -> None:  # noqa: FBT001
        """The next step, where there is a pause."""
        if paused:
            window.read_on_to("s not now")
            window.press(step or "s", "When, and in which class?" if step else "To hand it over")
        if not step:
            window.read_on_to("To hand it over")
            return
        for said, then in zip(
            plan, ("what then?", "Who could watch", "Look again on", "Saved as"), strict=True
        ):
            window.press(f"{said}\r", then)

    @staticmethod
    def _all(arguments: tuple[str, ...]) -> int:
        asked = DISTANCE.asked_of("teacher").steps if "distance-learning" in arguments else STATION
        return len(asked)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The whole year, played."""
    year = Year(tmp_path_factory.mktemp("year"))
    third, fifth = (
        ("station-rotation", "--classroom", "Period 3"),
        ("station-rotation", "--classroom", "Period 5"),
    )
    year.sit(
        *("school", "2026-09-14T15:30", *third),
        answers="yyn",
        step="1",
        plan=("Friday in period 3", "then on Monday", "Ms. Ortiz", "2 weeks"),
    )
    year.sit("school", "2026-09-16T15:40", *fifth, answers="yn", columns=60)
    year.sit("school", "2026-10-05T15:10", *third[:2], "period  3", answers="yyyyn", before="d")
    year.command("school", "2026-10-06T18:00", "data", "export", "october.zip")
    year.command("home", "2026-10-06T19:00", "data", "import", "october.zip", name="october at home")
    year.sit("home", "2026-10-07T19:05", *fifth, answers="yyq")
    year.command("home", "2026-10-09T19:10", name="a draft is due")
    year.sit(
        *("home", "2026-10-09T19:16", "station-rotation"),
        answers="xn",
        step="2",
        resumed="an unfinished reflection on Station Rotation for Period 5: 2 answers, the last one 2 days ago",
        columns=60,
    )
    distance = ("distance-learning", "--classroom", "Period 3")
    year.sit("school", "2026-11-02T16:00", *distance, answers="yyyyn", step="1")
    year.sit("school", "2026-11-30T16:00", *distance, answers="yyyyyyn", before="g", columns=60)
    year.command("home", "2026-12-14T18:00", "data", "export", "december.zip")
    year.command("school", "2027-01-11T08:00", "data", "import", "december.zip")
    corrected = ("report", "2026-10-07", "--amend")
    year.command(
        *("school", "2027-01-11T08:05", *corrected, "foundation-3=not_yet", "--because", CORRECTION),
        name="amended",
    )
    year.command(
        "school", "2027-01-15T08:00", "data", "rename", "--classroom", "period 5", "Block B", name="renamed"
    )
    year.command("home", "2027-01-16T08:00", *corrected, "foundation-2:saw=A poster", "--because", FORGOTTEN)
    year.sit("school", "2027-02-01T16:00", *fifth[:2], "block b", answers="yyyyn", before="c")
    year.command("school", "2027-02-04T16:00", "data", "export", "february.zip")
    year.command("home", "2027-02-04T17:00", "data", "import", "february.zip", name="february at home")
    year.command("home", "2027-02-04T17:01", "data", "export", "back.zip")
    year.command("school", "2027-02-05T07:00", "data", "import", "back.zip", name="back at school")
    whole = "y" * 14 + "x" + "y" * (len(STATION) - 15)
    year.sit("school", "2027-05-20T16:00", *third[:2], "Period 3", answers=whole, columns=60)
    year.command("school", "2027-05-21T08:00", "data", "export", "may.zip")
    year.command("new", "2027-05-21T09:00", "data", "import", "may.zip", name="a new computer")
    return year


def part(text: str, title: str) -> str:
    """The part of a Markdown history under one heading."""
    return text.replace("\\", "").split(f"## {title}\n")[1].partition("\n## ")[0]


def test_no_number_of_a_step_goes_beyond_how_many_there_are(year: Year) -> None:
    numbered = re.findall(r"step (\d+) of (\d+)", " ".join(year.shown))
    assert len(numbered) > len(STATION)
    assert all(int(number) <= int(most) for number, most in numbered)


def test_a_teacher_is_told_why_her_first_step_is_not_number_one(year: Year) -> None:
    shown = next(shown for shown in year.shown if "Distance Learning" in shown)
    assert LEADERS
    assert FIRST.number > 1
    assert "A leader's actions are not asked here; their numbers are passed over." in shown
    assert f"step {FIRST.number} of {IN_FIRST_PHASE}" in shown
    assert f"step {FIFTH.number} · {FIFTH.area.title} · " in shown, "the report calls it by the same number"


def test_a_draft_left_on_one_day_is_due_on_the_next(year: Year) -> None:
    said = " ".join(year.said["a draft is due"].split())
    assert (
        "Period 5: an unfinished reflection, 2 answers, 2 days ago. To go on: pltool reflect station" in said
    )
    assert not list((year.folder / "home" / "drafts").glob("*"))


def test_history_reads_true(year: Year) -> None:
    text = year.command("school", "2027-05-21T08:00", "history", "--format", "markdown")
    titles = [
        line.removeprefix("## ") for line in text.replace("\\", "").splitlines() if line.startswith("## ")
    ]
    assert titles == [
        "Distance Learning · Period 3 · without the leader's actions",
        "Station Rotation · Block B",
        "Station Rotation · Period 3",
    ], "one class renamed is one class"
    third, block = part(text, "Station Rotation · Period 3"), part(text, "Station Rotation · Block B")
    standings = [line.split("(")[1].rstrip(")") for line in third.splitlines() if line.startswith("- Sep ")]
    assert standings == ["paused at Foundation 3"]
    assert "(paused at Foundation 5)" in third
    assert "(every step that applies in place)" in third
    assert "every step in place" not in third
    assert f"Does not apply: {STATION[14].step.action} Why: {NO_STATION}" in third
    assert f"(done; tried twice; “{WENT}”)" in third
    assert f"Amended on January 16, 2027: {FORGOTTEN}" in block
    assert f"Does not apply: {STATION[2].step.action} Why: {NO_STATION}" in block
    assert f"(changed on the way; tried twice; “{WENT}”)" in block
    assert f"(going on; tried twice; “{WENT}”)" in part(text, titles[0])


@pytest.mark.parametrize("columns", [80, 60])
def test_history_in_a_window_draws_every_step_and_cuts_nothing_off(year: Year, columns: int) -> None:
    with year.window("school", "2027-05-21T08:00", "history", columns=columns) as window:
        assert window.end() == 0
        shown = window.everything
    assert "without the leader's actions" in shown
    assert "…" not in shown
    # The legend has marks too; it ends with its sentence.
    drawn = len(re.findall("[●◐○×]", shown.partition("not reached.")[2]))
    assert drawn == 2 * len(DISTANCE.asked_of("teacher").steps) + 6 * len(STATION)


def test_the_corrected_record_says_what_it_said_before(year: Year) -> None:
    said = " ".join(year.said["amended"].split())
    assert f"January 11, 2027: {CORRECTION}" in said
    assert f"before “does not apply” (“{NO_STATION}”), now “not yet”." in said
    assert "Foundation, step 3" in said
    assert "“Period 5” is “Block B” now: in 2 records." not in said
    assert "“period 5” is “Block B” now: in 2 records." in year.said["renamed"]


def test_what_was_said_on_the_other_computer_only_is_named_and_kept(year: Year) -> None:
    at_home = " ".join(year.said["february at home"].split())
    assert (
        f"The version here lacks what this one says: “{CORRECTION}”. Keep the file if you need it." in at_home
    )
    at_school = year.said["back at school"]
    assert (
        f"It lacks what was said here: “{CORRECTION}”. The version that was here stays beside it:"
        in at_school
    )
    beside = next(line.strip() for line in at_school.splitlines() if line.strip().startswith("/"))
    assert CORRECTION in json.loads(Path(beside).read_text(encoding="utf-8"))["amended"][0]["reason"]
    report = year.command("school", "2027-05-21T08:00", "report", beside)
    assert CORRECTION in report
    counts = year.command("school", "2027-05-21T08:00", "history", "--format", "json")
    assert len(json.loads(counts)) == 8, "a version that is kept beside the other counts once"


@pytest.mark.parametrize("form", FORMS)
def test_a_new_computer_tells_the_same_year(year: Year, form: str) -> None:
    said = [year.command(home, "2027-05-21T10:00", "history", "--format", form) for home in ("school", "new")]
    assert said[0] == said[1]
    assert "8 new." in year.said["a new computer"]


@pytest.mark.parametrize("form", FORMS[:-1])
def test_reports_of_the_year_read_true(year: Year, form: str) -> None:
    def report(name: str) -> str:
        written = year.command("school", "2027-05-21T10:00", "report", name, "--format", form)
        return " ".join(re.sub(r"<[^>]*>", "", written).replace("\\", "").replace("&#x27;", "'").split())

    first, last, distance = report("2026-09-14"), report("2027-05-20"), report("2026-11-02")
    if form == "json":
        assert json.loads(last)["counts"]["does_not_apply"] == 1
        return
    assert "Friday in period 3 (September 18, 2026)" in first
    assert "Look again on: Monday, September 28, 2026" in first
    assert "every step that applies in place" in last.casefold()
    assert "every step in place" not in last.casefold()
    assert NO_STATION in last
    left = DISTANCE.asked_of("teacher").steps
    others = sum(step.phase.id == FIRST.phase.id for step in left) - 5
    assert f"{FIRST.phase.title}: the other {others} steps" in distance
    assert LEADERS[0].step.action in distance


def test_compare_names_its_records_whole_in_a_narrow_window(year: Year) -> None:
    arguments = ("compare", "2026-09-14", "2027-05-20", "--anyway")
    with year.window("school", "2027-05-21T08:00", *arguments, columns=60) as window:
        assert window.end() == 0
        assert "…" not in window.everything
    ids = re.findall(
        r"2026-09-14-\d{6}-station-rotation-[0-9a-f]{6}",
        year.command("school", "2027-05-21T08:00", *arguments),
    )
    assert ids
