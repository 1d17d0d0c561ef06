"""`page`: the same questions as one offline HTML file, for a phone, a Chromebook or a web page."""

from __future__ import annotations

from typing import Annotated

import typer

from pltool.cli.options import As, Classroom, Content, Output, Part, School, Title
from pltool.cli.output import deliver, say, to_file
from pltool.cli.recording import steps_asked
from pltool.core.progression import AskedAs
from pltool.core.record import Labels
from pltool.errors import InputError
from pltool.files.cues import read_cues
from pltool.files.library import Library
from pltool.files.named import find_model, find_phase
from pltool.report.page.build import Code, page_html
from pltool.report.page.content import AskedModel, PageContent

# More makes a code that a phone reads badly from paper.
LONGEST_URL = 300


def page(
    models: Annotated[
        list[str] | None,
        typer.Argument(metavar="MODEL", help="Progressions to ask, by id.", show_default=False),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="All progressions; it begins with the questions of identify.")
    ] = False,
    observe: Annotated[
        bool, typer.Option("--observe", help="The observer's page: evidence, not seen, several visits.")
    ] = False,
    asked_as: As = None,
    phase: Part = None,
    classroom: Classroom = None,
    school: School = None,
    title: Title = None,
    qr: Annotated[
        str | None,
        typer.Option(
            "--qr",
            metavar="URL",
            help="Where the page will be hosted: its start, printed, becomes a sheet with that code.",
        ),
    ] = None,
    output: Output = None,
    content: Content = None,
) -> None:
    """Write the same questions as one HTML file that needs neither Python nor a network."""
    if output is not None and to_file(output) and output.suffix.lower() not in {".html", ".htm"}:
        raise InputError(f"{output}: a page is HTML; give it a name that ends in .html.")
    library = Library(content or ())
    names = _names(library, models or [], every=every)
    labels = Labels(classroom=classroom, school=school)
    role = asked_as or ("all" if observe else "teacher")
    asked = {model.progression.id: model for model in (_asked(library, name, phase, role) for name in names)}
    models_asked, several = tuple(asked.values()), len(asked) > 1
    made = PageContent(
        kind="observation" if observe else "reflection",
        title=" ".join((title or "").split()) or _title(models_asked, observe=observe),
        models=models_asked,
        bank=library.bank,
        labels=labels,
        asked_as=role,
        cues=read_cues(library) if several else None,
        titles={name: library.progression(name).title for name in library.paths} if several else {},
    )
    html = page_html(made, code=_code(qr) if qr else None)
    deliver(html, output)
    if to_file(output):
        say(f"It has {len(html.encode()) // 1000} KB, and any current browser opens it.")


def _code(url: str) -> Code:
    if not url.startswith(("https://", "http://")) or len(url) > LONGEST_URL or url != "".join(url.split()):
        raise InputError(f"--qr {url}: give the full https:// address under which the page will be found.")
    try:
        import segno  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        raise InputError("--qr needs the package segno: pip install 'pltool[qr]'.") from None
    drawn = segno.make(url, error="m", micro=False).svg_inline(scale=5, border=4, omitsize=True)
    return Code(url=url, drawing=drawn)


def _names(library: Library, models: list[str], *, every: bool) -> list[str]:
    if every and models:
        raise InputError("Name the models, or say --all for all of them, not both.")
    names = list(library.paths) if every else models
    if not names:
        raise InputError(
            "Name a model, as in: pltool page station-rotation --output reflect.html; or say --all."
        )
    return names


def _title(models: tuple[AskedModel, ...], *, observe: bool) -> str:
    if len(models) > 1:
        return "Observe a classroom" if observe else "Reflect on your blended classroom"
    return f"{models[0].progression.title}: {'a visit' if observe else 'a reflection'}"


def _asked(library: Library, name: str, phase: str | None, role: AskedAs) -> AskedModel:
    progression = find_model(library, name)
    part = find_phase(progression, phase).id if phase else None
    return AskedModel(
        progression=steps_asked(progression.only(part) if part else progression, role),
        part=part,
        built_in=library.is_own(progression.id),
    )
