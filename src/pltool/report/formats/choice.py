"""The forms a report can take, and how a file's name chooses one."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pltool.report.formats.outline import Outline

# Each renderer is a module, imported when its form is wanted.
RENDERERS = {
    "text": "pltool.report.formats.text",
    "markdown": "pltool.report.formats.markdown",
    "html": "pltool.report.formats.html",
}
SUFFIXES = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".csv": "csv",
}


def form_of(path: Path) -> str | None:
    """The form that a file's suffix stands for."""
    return SUFFIXES.get(path.suffix.lower())


def write(outline: Outline, form: str) -> str:
    """The outline in that form."""
    written: str = import_module(RENDERERS[form]).render(outline)
    return written
