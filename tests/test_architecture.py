"""Imports point one way, and starting a command loads only what it uses."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from pltool.cli.app import COMMANDS

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


def test_no_command_imports_another() -> None:
    """What two commands share stands in a module of its own."""
    modules = {target.partition(":")[0] for target in COMMANDS.values()}
    for module in modules:
        path = SOURCE.parent / Path(*module.split(".")).with_suffix(".py")
        imported = {
            node.module
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom)
        }
        assert not imported & modules - {module}, path


def test_imports_stand_at_the_top_but_for_the_seams() -> None:
    """Only to the terminal, to drawing and to what one system alone has; each saves the other commands its time."""
    inside = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in SOURCE.rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    assert len(inside) <= 40, inside


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
