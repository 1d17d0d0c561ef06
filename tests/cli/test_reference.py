"""`resources` and `glossary` find what is meant, and say what there is where nothing is found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

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
