"""Fixtures that every test shares: no test touches the real data folder or depends on the terminal it runs in."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, settings
from typer.testing import CliRunner

from pltool.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

Run = "Callable[..., Result]"

# A slow machine fails no test. CI tries the same examples every time, so that a change is what turns it red; a run
# of its own (HYPOTHESIS_PROFILE=search) looks for new ones.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
# For mutants: that an example fails is enough, nobody reads a small one.
settings.register_profile(
    "quick",
    deadline=None,
    derandomize=True,
    max_examples=30,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
settings.register_profile("search", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, and a plain environment."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("PLTOOL_HOME", str(folder))
    for name in ("NO_COLOR", "FORCE_COLOR", "PLTOOL_CONTENT", "CLICOLOR_FORCE", "PLTOOL_PLAIN", "ACCESSIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("PLTOOL_DEBUG", "1")  # what goes wrong inside fails a test, and is not only reported
    return folder


@pytest.fixture
def run() -> Callable[..., Result]:
    """Runs a command line in process: `run("check", "station-rotation", "yyn")`."""

    def invoke(*arguments: str, lines: str | None = None) -> Result:
        return CliRunner().invoke(app, list(arguments), input=lines)

    return invoke
