"""Where results go: a file or standard output, in the form that was asked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pltool.errors import InputError
from pltool.files.writing import write_atomically
from pltool.report.formats.choice import SUFFIXES, form_of, write

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pltool.report.formats.outline import Outline

STANDARD_OUTPUT = Path("-")


def choose_form(given: str | None, output: Path | None, forms: Sequence[str], default: str) -> str:
    """The form to write: as asked, else by the file's suffix, else the default.

    Raises:
        InputError: this command does not write it.
    """
    form = given
    if form is None and output is not None and output != STANDARD_OUTPUT:
        form = form_of(output)
        if form not in forms:
            fitting = [suffix for suffix, name in SUFFIXES.items() if name in forms]
            raise InputError(
                f"{output}: use one of the endings {', '.join(fitting)}, or say --format as well."
            )
    form = form or default
    if form not in forms:
        raise InputError(f"--format {form} is not possible here; use one of {', '.join(forms)}.")
    return form


def to_file(output: Path | None) -> bool:
    """Whether results go to a file and not to standard output."""
    return output is not None and output != STANDARD_OUTPUT


def deliver(text: str, output: Path | None) -> None:
    """Write a result where it belongs, as it is."""
    if output is not None and to_file(output):
        if os.path.isdir(output):  # noqa: PTH112 - a path's own fails where it may not look
            raise InputError(f"{output} is a folder; name a file in it.")
        write_atomically(output, text)
        return
    sys.stdout.write(text)


def deliver_outline(outline: Outline, form: str, output: Path | None) -> None:
    """Write a report: drawn on a terminal, as text of that form anywhere else."""
    if form == "text" and not to_file(output) and sys.stdout.isatty():
        from pltool.report.formats.screen import render as draw
        from pltool.terminal.screen import open_console

        open_console(sys.stdout).print(draw(outline))
        return

    deliver(write(outline, form), output)


def lazily(outline: Callable[[], Outline], data: Callable[[], str], form: str, output: Path | None) -> None:
    """Write JSON or a report, making only the one that is wanted."""
    if form == "json":
        deliver(data(), output)
    else:
        deliver_outline(outline(), form, output)
