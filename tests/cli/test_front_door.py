"""The first things that somebody types: the bare command, help, a name, and the key that completes it."""

from __future__ import annotations

import inspect
import json
import os
import shutil
import subprocess
import sys
import time
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
import typer

from pltool.cli.commands import COMMANDS, EXAMPLES
from pltool.core.record import NextStep
from tests.saved import save

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result


def test_the_bare_command_greets_and_says_what_is_due(run: Callable[..., Result]) -> None:
    plain = run()
    assert plain.exit_code == 0
    assert "Usage: pltool COMMAND" in plain.stdout
    assert "Due" not in plain.stdout
    save(
        "yyn", classroom="Period 3", next_step=NextStep(text="Try the folder signal", look_again="2026-01-05")
    )
    for arguments in ((), ("list",), ("history",)):
        said = " ".join((run(*arguments).stdout + run(*arguments).stderr).split())
        assert "Station Rotation · Period 3: “Try the folder signal”" in said
        assert "was to look at again on Monday, January 5, 2026" in said
    save("yyyn", classroom="period 3", day="2026-11-01")
    assert "folder signal" not in run().stdout


def test_a_draft_left_behind_is_due_too(run: Callable[..., Result]) -> None:
    run("reflect", "flex", lines="y\ny\n")
    said = " ".join(run().stdout.split())
    assert "Flex: an unfinished reflection, 2 answers, just now. To go on: pltool reflect flex" in said


def test_what_is_due_never_carries_a_terminal_s_commands(run: Callable[..., Result]) -> None:
    save("yn", classroom="\x1b[31mred\x9b", next_step=NextStep(text="x\x1b]0;title\x07\n\ny" * 500))
    said = run().stdout
    assert not {"\x1b", "\x07", "\x9b"} & set(said)
    assert len(said) < 3000


@pytest.mark.parametrize("arguments", [("walk",), ("content",), ("data",)])
def test_a_bare_group_shows_its_help(run: Callable[..., Result], arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: pltool {arguments[0]}")
    assert result.stderr == ""


def test_help_fits_a_small_window_and_names_every_command(run: Callable[..., Result]) -> None:
    text = run("--help").stdout
    assert run("help").stdout == run("-h").stdout == text
    lines = text.splitlines()
    assert len(lines) <= 23
    assert max(map(len, lines)) <= 80
    for name in COMMANDS:
        assert f" {name} " in text


def test_help_imports_no_command() -> None:
    program = (
        "import sys\nfrom pltool.cli.app import app\n"
        "try: app(['--help'])\nexcept SystemExit: pass\n"
        "print(sorted(name for name in sys.modules if name.startswith('pltool.cli')), file=sys.stderr)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stderr.strip() == str(
        ["pltool.cli", "pltool.cli.app", "pltool.cli.commands", "pltool.cli.output"]
    )


@pytest.mark.parametrize("name", list(COMMANDS))
def test_help_of_a_command_has_its_examples(run: Callable[..., Result], name: str) -> None:
    for arguments in (("help", name), (name, "--help"), (name, "-h")):
        text = run(*arguments).stdout
        assert text.startswith(f"Usage: pltool {name}")
        assert f"  {EXAMPLES[name][0][0]}" in text
        assert max(map(len, text.splitlines())) <= 100


def test_every_command_below_a_group_has_an_example(run: Callable[..., Result]) -> None:
    for name, command in COMMANDS.items():
        module, _, attribute = command.target.partition(":")
        found = getattr(import_module(module), attribute)
        if not isinstance(found, typer.Typer):
            continue
        for below in found.registered_commands:
            assert below.callback
            words = (name, below.name or below.callback.__name__)
            assert "Example" in run(*words, "--help").stdout, words
            assert run("help", *words).stdout == run(*words, "--help").stdout


def test_a_command_that_there_is_not_leads_to_the_one_meant(run: Callable[..., Result]) -> None:
    for typed, meant in {
        "chek": "did you mean `check`?",
        "refl": "did you mean `reflect`?",
        "flex": "but a model: pltool reflect flex",
        "station": "but a model: pltool reflect station-rotation",
        "xyzzy": "There is no command `xyzzy`. Try 'pltool --help'.",
    }.items():
        result = run(typed)
        assert result.exit_code == 2
        assert meant in result.stderr
        assert result.stderr.count("\n") == 1


def test_a_model_is_taken_as_typed_by_every_command_that_takes_one(run: Callable[..., Result]) -> None:
    assert run("show", "station").stdout == run("show", "station-rotation").stdout
    assert (
        run("show", "Station Rotation", "rotation-a").stdout == run("show", "station", "foundation-2").stdout
    )
    assert run("check", "lab", "n", "--format", "json").exit_code == 1
    assert json.loads(run("check", "flip", "yn", "--through", "found", "--format", "json").stdout)["counts"]
    assert run("history", "flex").exit_code == 0
    assert run("resources", "--model", "stat", "--phase", "Found").exit_code == 0
    for command in ("show", "check", "resources --model"):
        words = command.split()
        result = run(*words, "rotation", *(["y"] if words[0] == "check" else []))
        assert "could be `individual-rotation`, `lab-rotation` or `station-rotation`" in result.stderr


def completed(typed: str, shell: str = "bash", separator: str = " ") -> list[str]:
    words = typed.split(" ")
    ran = subprocess.run(
        [sys.executable, "-m", "pltool"],
        env={
            **__import__("os").environ,
            "_PLTOOL_COMPLETE": f"complete_{shell}",
            "COMP_WORDS": separator.join(words),
            "COMP_CWORD": str(len(words) - 1),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stderr == ""
    return ran.stdout.splitlines()


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("pltool ref", "reflect"),
        ("pltool ", "history"),
        ("pltool help ch", "check"),
        ("pltool reflect sta", "station-rotation"),
        ("pltool show station-rotation rotation-a", "rotation-agenda"),
        ("pltool show station-rotation --phase diff", "differentiated"),
        ("pltool check flex yyn --through found", "foundation"),
        ("pltool check --form", "--format"),
        ("pltool report --format mark", "markdown"),
        ("pltool resources --strand self-d", "self-direction"),
        ("pltool glossary progression-p", "progression-pause"),
        ("pltool walk su", "summary"),
        ("pltool report 2026", "2026-10-14-140311-station-rotation-abc002"),
        ("pltool history --classroom Per", "'Period 3'"),
        ("pltool completion fi", "fish"),
    ],
)
def test_the_shell_completes_what_has_a_name(typed: str, wanted: str) -> None:
    save("yn", classroom="Period 3")
    assert wanted in completed(typed)
    assert wanted.strip("'") in completed(typed, "zsh", "\n")


def test_a_word_that_means_nothing_completes_to_nothing() -> None:
    for typed in ("pltool xyzzy ", "pltool show nosuch x", "pltool reflect flex flex", "pltool --"):
        completed(typed)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_with_the_script_it_is_given(tmp_path: Path) -> None:
    program = tmp_path / "pltool"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m pltool "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = (
        f'PATH="{tmp_path}:$PATH"; eval "$(pltool completion bash)"; COMP_WORDS=(pltool reflect sta); COMP_CWORD=2; '
        'start=$SECONDS; _pltool_completion pltool; echo "${COMPREPLY[@]}"'
    )
    before = time.process_time()
    ran = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "station-rotation"
    assert time.process_time() - before < 10


@pytest.mark.skipif(shutil.which("zsh") is None, reason="needs zsh")
def test_completion_in_zsh_needs_nothing_set_up_before_it(run: Callable[..., Result], tmp_path: Path) -> None:
    script = tmp_path / "completion"
    script.write_text(run("completion", "zsh").stdout, encoding="utf-8")
    ran = subprocess.run(
        ["zsh", "-fc", f'eval "$(<{script})"; print -r -- ${{_comps[pltool]}}'],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "ZDOTDIR": str(tmp_path), "HOME": str(tmp_path)},
    )
    assert (ran.stdout.strip(), ran.stderr) == ("_pltool_completion", "")


def test_the_table_says_what_each_command_says_of_itself() -> None:
    """The line in the table and the command's own help are about the same thing: neither is empty."""
    for command in COMMANDS.values():
        module, _, attribute = command.target.partition(":")
        found = getattr(import_module(module), attribute)
        about = found.info.help if isinstance(found, typer.Typer) else inspect.getdoc(found)
        assert about
        assert len(command.help) <= 56
        if not isinstance(found, typer.Typer) and command.arguments:
            app = typer.Typer(add_completion=False)
            app.command()(found)
            params = typer.main.get_command(app).params
            names = [found.metavar for found in params if found.param_type_name == "argument"]
            assert tuple(names) == command.arguments


def test_the_man_page_is_made_from_the_help(run: Callable[..., Result]) -> None:
    page = run("help", "--man").stdout
    assert page.startswith(".TH PLTOOL 1")
    for name in COMMANDS:
        assert f".SS pltool {name}" in page
    assert "\\-\\-through" in page
    if man := shutil.which("man"):
        subprocess.run([man, "-l", "-"], input=page, text=True, capture_output=True, check=True, timeout=30)
