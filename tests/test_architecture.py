"""Imports point one way, and starting a command loads only what it uses."""

from __future__ import annotations

import ast
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from pltool.cli.commands import COMMANDS as COMMAND_TABLE

SOURCE = Path(__file__).parent.parent / "src" / "pltool"
# errors <- core <- files, report, terminal <- cli
MAY_IMPORT = {
    "errors": set(),
    "core": {"core", "errors"},
    "files": {"files", "core", "errors"},
    "report": {"report", "core", "errors"},
    "terminal": {"terminal", "core", "errors"},
    "cli": {"cli", "files", "report", "terminal", "core", "errors"},
    "start": {"cli"},
    "__main__": {"start"},
    "__init__": set(),
}


def layer(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_one_way(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        modules = []
        if isinstance(node, ast.ImportFrom) and node.module:
            modules = [node.module]
        elif isinstance(node, ast.Import):
            modules = [name.name for name in node.names]
        for module in modules:
            if module.startswith("pltool."):
                assert module.split(".")[1] in MAY_IMPORT[layer(path)], f"{path} imports {module}"


def test_the_core_touches_nothing_outside() -> None:
    for path in (SOURCE / "core").glob("*.py"):
        source = path.read_text(encoding="utf-8")
        for word in ("import os", "open(", "print(", "input(", ".now(", "pathlib", "sys."):
            assert word not in source, f"{path.name} uses {word}"


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--version"], {"rich", "prompt_toolkit", "questionary", "yaml", "pydantic", "platformdirs"}),
        (
            ["check", "station-rotation", "yyn", "--format", "json"],
            {"rich", "prompt_toolkit", "questionary", "platformdirs"},
        ),
        (["show", "station-rotation"], {"rich", "prompt_toolkit", "questionary"}),
        (["list"], {"rich", "prompt_toolkit", "questionary"}),
    ],
)
def test_a_command_loads_only_what_it_uses(arguments: list[str], unwanted: set[str]) -> None:
    program = (
        "import sys\n"
        "from pltool.cli.app import app\n"
        f"try: app({arguments!r})\n"
        "except SystemExit: pass\n"
        "print(sorted(sys.modules), file=sys.stderr)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(ast.literal_eval(ran.stderr.splitlines()[-1]))
    assert not unwanted & loaded


def test_nothing_reaches_for_the_network() -> None:
    for path in SOURCE.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        for module in ("urllib", "http.client", "socket", "requests", "httpx"):
            assert f"import {module}" not in source
            assert f"from {module}" not in source


COMMANDS = {path.stem for path in (SOURCE / "cli").glob("*.py")} & {
    target.target.split(":")[0].rpartition(".")[2]
    for target in COMMAND_TABLE.values()
    if ".walk." not in target.target
}


def test_no_command_imports_another_command() -> None:
    for path in (SOURCE / "cli").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pltool.cli."):
                name = node.module.removeprefix("pltool.cli.")
                assert name not in COMMANDS, f"{path.relative_to(SOURCE)} imports the command {name}"


def test_imports_inside_functions_are_few_and_at_a_seam() -> None:
    """To the terminal, to drawing, to readers of other formats, and to what only one platform has."""
    # Overlays are the types of every change; only who has one pays for them.
    overlays = "pltool.files.overlays"
    seams = (
        "pltool.terminal",
        "pltool.report.formats.screen",
        "pltool.cli",
        "rich",
        "platformdirs",
        overlays,
        "segno",
        "python_calamine",
        "duckdb",
    )
    platform = {"fcntl", "msvcrt", "termios", "select", "webbrowser"}
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.ImportFrom | ast.Import):
                    module = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
                    found.append((path.name, module or ""))
    assert len(found) <= 40
    for name, module in found:
        if name == "completion.py":
            continue  # each press of Tab starts the program anew: it loads what that one answer needs
        assert module.startswith(seams) or module in platform, f"{name} imports {module} inside a function"


def test_the_picture_of_the_rooms_is_of_today() -> None:
    tool = runpy.run_path(str(SOURCE.parent.parent / "tools" / "draw_architecture.py"))
    assert tool["PICTURE"].read_text(encoding="utf-8") == tool["draw"](), (
        "run python tools/draw_architecture.py"
    )
