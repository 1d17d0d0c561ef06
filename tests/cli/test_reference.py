"""`resources` and `glossary` find what is meant, and say what there is where nothing is found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pltool.files.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result


def ids(result: Result) -> set[str]:
    assert result.exit_code == 0, result.stderr
    return {entry["id"] for entry in json.loads(result.stdout)}


@pytest.mark.parametrize("model", sorted(Library().paths))
def test_what_a_step_names_is_found_by_its_model_and_phase(run: Callable[..., Result], model: str) -> None:
    for phase in Library().progression(model).phases:
        named = {name for area in phase.areas for step in area.steps for name in step.resources}
        assert named <= ids(run("resources", "--model", model, "--phase", phase.id, "--format", "json"))


def test_a_phase_that_one_model_has_needs_no_model(run: Callable[..., Result]) -> None:
    assert run("resources", "--phase", "lms").stdout.startswith("INSPIRATION BANK: ")


def test_words_may_be_quoted_together(run: Callable[..., Result]) -> None:
    together = ids(run("resources", "exit ticket", "--format", "json"))
    assert together == ids(run("resources", "Ticket", "EXIT", "--format", "json"))
    assert together


def test_a_strand_is_found_by_part_of_its_name(run: Callable[..., Result]) -> None:
    strand = "routines-and-procedures"
    assert ids(run("resources", "--strand", "Routines", "--format", "json")) == ids(
        run("resources", "--strand", strand, "--format", "json")
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("resources", "--model", "flx"), "did you mean `flex`?"),
        (("resources", "--phase", "foundaton"), "did you mean `foundation`?"),
        (("resources", "--model", "flex", "--phase", "lms"), "`flex` has no phase `lms`"),
        (("resources", "--strand", "nothing"), "There is no strand `nothing`; the strands are "),
        (("resources", "--strand", "assessment"), "could be several strands"),
        (("glossary", "pauze"), "or “Progression pause”?"),
        (("glossary", "xyzzy"), "`pltool glossary` shows all."),
    ],
)
def test_a_wrong_name_gets_one_line(
    run: Callable[..., Result], arguments: tuple[str, ...], message: str
) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_no_fit_is_said_and_ends_with_1(run: Callable[..., Result]) -> None:
    result = run("resources", "zebra", "unicycle")
    assert result.exit_code == 1
    assert "No resource fits." in result.stdout


@pytest.mark.parametrize(("typed", "meant"), [("timmer", "timer"), ("exit tikket", "exit ticket")])
def test_a_misspelled_search_leads_to_the_word_that_was_meant(
    run: Callable[..., Result], typed: str, meant: str
) -> None:
    result = run("resources", typed)
    assert result.exit_code == 1
    assert f"Did you mean {meant}? pltool resources {meant}" in result.stderr
    assert run("resources", meant).exit_code == 0


def test_a_term_is_found_by_its_sound(run: Callable[..., Result]) -> None:
    assert "“Station”" in run("glossary", "stashun").stderr


def test_the_glossary_explains_a_term_by_part_of_its_word(run: Callable[..., Result]) -> None:
    assert "Progression pause" in run("glossary", "paus").stdout
    every = json.loads(run("glossary", "--format", "json").stdout)
    assert len(every) == len(Library().glossary.terms)
    text = run("glossary").stdout
    assert all(term["term"] in text for term in every)


@pytest.mark.parametrize("name", ["bank.md", "bank.html", "bank.txt", "bank.json"])
def test_what_was_found_can_be_written_to_a_file(
    run: Callable[..., Result], tmp_path: Path, name: str
) -> None:
    for command in ("resources", "glossary"):
        target = tmp_path / f"{command}-{name}"
        assert run(command, "--output", str(target)).exit_code == 0
        assert target.stat().st_size > 1000


def found(run: Callable[..., Result], *arguments: str) -> list[dict[str, Any]]:
    result = run("resources", *arguments, "--format", "json")
    data: list[dict[str, Any]] = json.loads(result.stdout)
    return data


@pytest.mark.parametrize("typed", ["7", "7th", "grade 7", "Grade 7", "6-8", "6–8"])
def test_a_grade_is_found_as_people_write_it(run: Callable[..., Result], typed: str) -> None:
    entries = found(run, "--grade", typed)
    assert entries
    assert all("6-8" in entry["grades"] for entry in entries)


def test_kindergarten_is_a_grade_and_thirteen_is_none(run: Callable[..., Result]) -> None:
    assert found(run, "--grade", "K") == found(run, "--grade", "2") == found(run, "--grade", "kindergarten")
    for typed in ("13", "x", "", "-1", "٣"):
        result = run("resources", "--grade", typed)
        assert result.exit_code == 2
        assert "is no grade" in result.stderr


def test_free_language_kind_and_minutes_narrow_the_search(run: Callable[..., Result]) -> None:
    assert all(entry["access"] == "free" for entry in found(run, "--free"))
    spanish = found(run, "--language", "es")
    assert spanish == found(run, "--language", "Spanish")
    assert spanish
    assert all(entry["language"] == "es" for entry in spanish)
    assert all(entry["kind"] == "video" for entry in found(run, "--kind", "video"))
    short = found(run, "--minutes", "5")
    assert all(entry["minutes"] <= 5 for entry in short)


def test_an_entry_says_what_a_teacher_chooses_by(run: Callable[..., Result]) -> None:
    text = " ".join(run("resources", "--language", "es").stdout.split())
    assert "free, in Spanish." in text


def test_a_report_has_the_address_of_today_and_says_so(run: Callable[..., Result], tmp_path: Path) -> None:
    run("reflect", "station-rotation", lines="n\n")
    before = run("report").stdout
    saved = json.loads(run("report", "--format", "json").stdout)
    page = saved["pause"]["resources"][0]
    (tmp_path / "overlay.yaml").write_text(
        f"resources:\n  - replace: {page['id']}\n    with:\n      url: https://example.org/moved\n",
        encoding="utf-8",
    )
    after = run("report", "--content", str(tmp_path)).stdout
    assert page["url"] in before
    assert "the page has moved" not in before
    assert page["url"] not in after
    assert "https://example.org/moved" in after
    assert "the page has moved since this was saved" in " ".join(after.split())
    assert json.loads(run("report", "--format", "json", "--content", str(tmp_path)).stdout) == saved
    (tmp_path / "overlay.yaml").write_text("resources: nonsense\n", encoding="utf-8")
    assert page["url"] in run("report", "--content", str(tmp_path)).stdout


def test_reports_and_lists_say_what_is_not_ours(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "overlay.yaml").write_text(
        "progressions:\n  flex:\n    - hide: attention-tally\n", encoding="utf-8"
    )
    listed = run("list", "--content", str(tmp_path)).stdout
    assert f"changedby{tmp_path}/overlay.yaml" in "".join(listed.split())
    data = json.loads(run("list", "--content", str(tmp_path), "--format", "json").stdout)
    assert [entry["id"] for entry in data if entry["origin"] != "pltool"] == ["flex"]
    for command in (("show", "flex"), ("check", "flex", "n")):
        assert "This progression is local" in " ".join(
            run(*command, "--content", str(tmp_path)).stdout.split()
        )
        assert "This progression is local" not in run(*command).stdout
