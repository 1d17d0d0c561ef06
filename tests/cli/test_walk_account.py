"""What a walk reports about itself: its account, its causes, what it does not print, and figures that agree."""

from __future__ import annotations

import html.parser
import json
import re
from typing import TYPE_CHECKING

import pytest

from pltool.files.data_folder import data_folder
from pltool.files.library import Library
from tests.files.walk.test_reader import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

STEPS = [placed.id for placed in Library().progression("station-rotation").steps]


def write(path: Path, rows: list[str], head: str = HEAD) -> Path:
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return path


def rooms(number: int, *, school: str = "Adams", pause: int = 1) -> list[str]:
    return [
        f"2026-11-23,{school},{school}-{n},OB,station-rotation,{STEPS[pause]},note {n}" for n in range(number)
    ]


def test_the_account_is_in_the_json_and_in_one_line_of_the_report(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    path = write(
        tmp_path / "a.csv",
        [*rooms(6), "soon,Adams,R,OB,flex,foundation-1,", "2026-01-05,Adams,R,OB,flex,foundation-1,"],
    )
    args = ("walk", "summary", str(path), "--since", "2026-11-01")
    rows = json.loads(run(*args, "--format", "json").stdout)["rows"]
    assert rows == {
        "read": 8, "counted": 6, "left_out": 1, "repeated": 0, "outside": 1, "other_kind": 0, "parts": 0,
    }  # fmt: skip
    assert "8 read: 6 counted, 1 left out and 1 outside of the dates" in " ".join(run(*args).stdout.split())


@pytest.mark.parametrize("command", ["summary", "agenda", "agreement"])
@pytest.mark.parametrize(
    ("rows", "cause"),
    [
        ([], "there is no row and no record"),
        (["########,S,R,O,flex,foundation-1,"], "1 cannot be read"),
        (["2026-01-01,S,R,O,flex,foundation-1,"], "1 outside of the dates"),
    ],
)
def test_nothing_counted_is_no_report(
    run: Callable[..., Result], tmp_path: Path, command: str, rows: list[str], cause: str
) -> None:
    path = write(tmp_path / "a.csv", rows)
    result = run("walk", command, str(path), "--since", "2026-11-01", "--output", str(tmp_path / "x.html"))
    assert result.exit_code == 1
    assert cause in result.stderr
    assert not (tmp_path / "x.html").exists()


def test_labels_are_never_printed_and_names_are_pointed_out(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    head = f"{HEAD},teacher"
    day = "2026-11-23,Oak,"
    path = write(
        tmp_path / "a.csv",
        [f"{day}R7,JD,flex,foundation-1,JD: in r7 of oak Mrs. Okafor waited for T-9,T-9", f"{day}R7,KL,flex,foundation-3,,T-9"],
        head,
    )  # fmt: skip
    result = run("walk", "agreement", str(path))
    assert not re.search(r"(?i)\bJD\b|\br7\b|\boak\b|t-9|\bKL\b", result.stdout)
    assert "may name people: “Mrs. Okafor”" in result.stderr
    schools = write(tmp_path / "b.csv", rooms(5, school="Mrs. Okafor"))
    assert "may name people" in run("walk", "summary", str(schools), "--by", "school").stderr


def test_the_json_of_the_map_and_the_page_say_the_same(run: Callable[..., Result], tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        [*rooms(6, pause=0), *rooms(5, school="Baker", pause=4), *rooms(3, school="Cole", pause=4)],
    )
    steps = json.loads(run("walk", "summary", str(path), "--format", "json").stdout)["steps"]
    page = run("walk", "summary", str(path), "--format", "html").stdout
    cells: list[tuple[str, str]] = []

    class Cells(html.parser.HTMLParser):
        title: str | None = None

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            self.title = (
                given.get("title") if tag == "span" and "step" in (given.get("class") or "") else None
            )

        def handle_data(self, data: str) -> None:
            if self.title:
                cells.append((self.title.partition(":")[0], data))
                self.title = None

    Cells().feed(page)
    titles = {phase.id: phase.title for phase in Library().progression("station-rotation").phases}
    expected = [(f"{titles[step['phase']]} {step['number']}", str(step["paused"])) for step in steps]
    assert cells == expected
    assert (
        page.index("Where observations pause")
        < page.index("To celebrate")
        < page.index("The models that were met")
    )
    assert 'class="legend"' in page


def test_what_a_sheet_cannot_know_is_not_celebrated_as_seen(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    plain = write(tmp_path / "a.csv", rooms(6, pause=5))
    said = run("walk", "summary", str(plain)).stdout
    assert "Most often seen in place" not in said
    assert "6 observations come from sheets that do not say what was not seen" in " ".join(said.split())
    able = write(tmp_path / "b.csv", [f"{row},{STEPS[0]}" for row in rooms(6, pause=5)], f"{HEAD},not_seen")
    said = " ".join(run("walk", "summary", str(able)).stdout.split())
    assert "Most often seen in place" in said
    data = json.loads(run("walk", "summary", str(able), "--format", "json").stdout)
    assert [step["not_seen"] for step in data["steps"][:2]] == [6, 0]
    assert [step["in_place_inferred"] for step in data["steps"]] == [0] * len(data["steps"])
    assert sum(step["paused_provisionally"] for step in data["steps"]) == 6
    assert data["shared_pauses"] == []


def test_columns_are_settled_by_option_or_by_file(run: Callable[..., Result], tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ["2026-11-23,R1,flex,foundation-1"], "wann,wo,was,halt")
    names = {"date": "wann", "classroom": "wo", "model": "was", "paused_at": "halt"}
    options = [part for column, name in names.items() for part in ("--column", f"{column}={name}")]
    assert run("walk", "summary", str(path), *options).exit_code == 0
    mapping = tmp_path / "names.yaml"
    mapping.write_text("".join(f"{column}: {name}\n" for column, name in names.items()))
    assert run("walk", "summary", str(path), "--columns", str(mapping)).exit_code == 0
    for wrong in ("room=wo", "date", "date="):
        assert run("walk", "summary", str(path), "--column", wrong).exit_code == 2


def test_the_form_to_copy_has_every_step(run: Callable[..., Result]) -> None:
    text = run("walk", "sheet", "station-rotation", "flex", "--form").stdout
    assert text.count("Question: Paused at: ") == 2
    assert all(placed.step.action in text for placed in Library().progression("flex").steps)


def test_volunteers_pool_their_own_reflections(run: Callable[..., Result]) -> None:
    for number in range(10):
        run("reflect", "flex", "--classroom", f"Period {number}", lines="y\nn\n\n\n\n")
    without = run("walk", "summary", str(data_folder()))
    assert without.exit_code == 1
    assert "--kind reflections" in without.stderr
    pooled = run("walk", "summary", str(data_folder()), "--kind", "reflections")
    assert "TEACHERS' OWN REFLECTIONS" in pooled.stdout
    assert "10 classrooms" in pooled.stdout


def test_what_people_know_besides_is_pointed_out(run: Callable[..., Result], tmp_path: Path) -> None:
    day = "2026-11-23"
    sizes = (
        ("Ash", 6, "flex"), ("Box", 7, "flex"), ("Cob", 2, "flex"), ("Dill", 5, "lab-rotation"), ("Elm", 9, "station-rotation"),
    )  # fmt: skip
    rows = [
        f"{day},{school},{school}{n},KO,{model},foundation-1,"
        for school, number, model in sizes
        for n in range(number)
    ]
    path = write(tmp_path / "a.csv", rows)
    result = run("walk", "summary", str(path), "--by", "school")
    assert "3 schools held back" in result.stdout
    # Dill is held back to guard Cob, and guards nothing for whoever knows that it alone has labs; Elm is shown.
    assert "Lab Rotation was met in one school alone, which is held back" in result.stderr
    assert "alone" not in run("walk", "summary", str(path)).stderr
    pair = [
        f"{day},Elm Street School,E1,{who},flex,foundation-{n},in the street of ELM"
        for n, who in ((1, "KO"), (3, "PQ"))
    ]
    noted = run("walk", "agreement", str(write(tmp_path / "c.csv", pair))).stderr
    assert "words in them that are in names of schools: “street”" in noted


def test_schools_in_two_spellings_are_pointed_out(run: Callable[..., Result], tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv", [*rooms(3, school="Carver MS"), *rooms(3, school="Carver Middle School")]
    )
    said = run("walk", "summary", str(path)).stderr
    assert "schools `Carver MS` and `Carver Middle School` count as two" in said


def test_files_that_are_alike_are_counted_in_the_json(run: Callable[..., Result], tmp_path: Path) -> None:
    for name in ("visits.csv", "visits (1).csv", "north.csv"):
        write(tmp_path / name, rooms(5))
    result = run("walk", "summary", str(tmp_path), "--format", "json")
    data = json.loads(result.stdout)
    assert (data["aside"]["copied_files"], data["aside"]["files_alike_under_other_names"]) == (1, 1)
    assert (data["observations"], data["rows"]["read"], data["classrooms"]) == (10, 10, 5)
    assert "visits (1).csv is a copy of" in result.stderr
    assert "has a name of its own, so both count; if it is a copy, take it away" in result.stderr
    text = " ".join(run("walk", "summary", str(tmp_path)).stdout.split())
    assert "1 file is a copy of another one and counts once with it." in text
    assert "1 file is the same as another one but has a name of its own, and both count." in text


def test_a_room_met_on_two_occasions_is_one_classroom_of_two_shared_visits(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    rows = [
        f"2026-11-{day},Elm,E1,{who},flex,foundation-{step},seen with Z9"
        for day in (10, 17) for who, step in (("KO", 1), ("PQ", 3))
    ]  # fmt: skip
    path = write(tmp_path / "a.csv", [*rows, "2026-01-05,Elm,Z9,KO,flex,foundation-1,"])
    result = run("walk", "agreement", str(path), "--since", "2026-11-01")
    said = " ".join(result.stdout.split())
    assert "2 visits were shared by two or more observers, in 1 classroom. All of them …" in said
    assert "Foundation 1 · in 1 classroom" in said
    assert "In place (2 visits by 1 observer)" in said
    # A label of a day that is not counted is a label of the walk.
    assert "Z9" not in result.stdout
    assert "seen with [left out]" in said
