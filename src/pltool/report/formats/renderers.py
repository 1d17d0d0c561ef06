"""The formats a report can be written in, and how a file's name chooses one."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pltool.report.formats.outline import Outline

# Each renderer is a module, imported when its format is wanted.
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
    ".ics": "ics",
}


def format_of(path: Path) -> str | None:
    """The format that a file's suffix stands for."""
    return SUFFIXES.get(path.suffix.lower())


def render(outline: Outline, format_: str) -> str:
    """The outline in that format."""
    written: str = import_module(RENDERERS[format_]).render(outline)
    return written
