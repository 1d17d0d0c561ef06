"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pltool.core.progression import AskedAs

As = Annotated[
    AskedAs | None,
    typer.Option("--as", metavar="teacher|leader|all", help="Whose actions are asked.", show_default=False),
]
Content = Annotated[
    list[Path] | None,
    typer.Option(
        "--content",
        envvar="PLTOOL_CONTENT",
        metavar="DIR",
        help="Add a folder of progressions; a later one overrides by id.",
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write there; the suffix chooses the format. - is standard output.",
    ),
]
Model = Annotated[
    str, typer.Argument(metavar="MODEL", help="The id of a progression, such as station-rotation.")
]
OptionalModel = Annotated[
    str | None,
    typer.Argument(
        metavar="MODEL", help="The id of a progression; without it the list is offered.", show_default=False
    ),
]
Part = Annotated[
    str | None,
    typer.Option("--phase", metavar="PHASE", help="One phase only, such as foundation.", show_default=False),
]
Plain = Annotated[bool, typer.Option("--plain", help="Ask line by line, without redrawing.")]


def _text(given: str | None) -> str | None:
    """A label as it came from the shell; bytes that are no UTF-8 are replaced, since no file could hold them."""
    if given is None:
        return None
    return given.encode("utf-8", "surrogateescape").decode("utf-8", "replace").strip() or None


Classroom = Annotated[
    str | None,
    typer.Option(
        "--classroom",
        metavar="LABEL",
        help="Which class it is; a code is better than a name.",
        callback=_text,
    ),
]
School = Annotated[
    str | None,
    typer.Option("--school", metavar="LABEL", help="Which school; a code will do.", callback=_text),
]
Observer = Annotated[
    str | None,
    typer.Option("--observer", metavar="LABEL", help="Who observes; a code will do.", callback=_text),
]
Title = Annotated[
    str | None, typer.Option("--title", metavar="TEXT", help="The heading of the page.", callback=_text)
]
Role = Annotated[
    str | None,
    typer.Option(
        "--role",
        metavar="ROLE",
        help="As what: teacher, coach or principal; walks count by it.",
        callback=_text,
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="text|markdown|html|json", help="The format to write.", show_default=False
    ),
]
TableFormat = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="text|markdown|html|json|csv", help="The format to write.", show_default=False
    ),
]
Force = Annotated[
    bool, typer.Option("--force", help="With --output: replace also a file that people write in.")
]
