"""`content`: for people who write progressions: check a file, begin a new one, a schema for the editor."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from pltool.cli.options import Content
from pltool.cli.output import answer
from pltool.core.bank import Bank
from pltool.core.glossary import Glossary
from pltool.core.progression import Progression, Value, is_id
from pltool.errors import InputError, PltoolError, ProblemsError
from pltool.files.content_folder import progression_files
from pltool.files.library import Library
from pltool.files.template import progression_template
from pltool.files.writing import write_atomically
from pltool.report.phrases import count

app = typer.Typer(
    help="For people who write progressions.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
)


@app.command()
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE|FOLDER",
            help="Progressions, or folders of them; all there are by default.",
            show_default=False,
        ),
    ] = None,
    content: Content = None,
) -> None:
    """Check progressions against every rule. Exit status 1 if there are problems."""
    folders = [path for path in paths or () if path.is_dir()]
    library = Library([*(content or ()), *folders])
    files = [path for path in paths or () if not path.is_dir()]
    files += [path for folder in folders for path in progression_files(folder)]
    if not paths:
        files = [path for folder in library.folders for path in progression_files(folder)]
    problems = [line for path in files for line in _problems(library, path)]
    problems += [] if files and paths and not folders else _shared_problems(library)
    for line in dict.fromkeys(problems):
        answer(line)
    if problems:
        print(f"pltool: {count(len(dict.fromkeys(problems)), 'problem')}.", file=sys.stderr)
        raise typer.Exit(1)
    print(f"{count(len(files), 'progression')} checked: no problems.", file=sys.stderr)


def _problems(library: Library, path: Path) -> list[str]:
    try:
        _, problems = library.examine(path)
    except ProblemsError as error:
        return [str(problem) for problem in error.problems]
    except InputError as error:
        return [str(error)]
    return [str(problem) for problem in sorted(problems)]


def _shared_problems(library: Library) -> list[str]:
    """Problems of the files that progressions refer to."""
    found: list[str] = []
    for name in ("bank", "strands", "glossary"):
        try:
            getattr(library, name)
        except PltoolError as error:
            found += str(error).splitlines()
    return found


@app.command()
def new(
    model: Annotated[
        str, typer.Argument(metavar="MODEL", help="The new progression's id, such as our-model.")
    ],
    folder: Annotated[
        Path, typer.Option("--in", metavar="FOLDER", help="Where to write it; here by default.")
    ] = Path(),
) -> None:
    """Write a first version of a progression, in which each key is explained."""
    if not is_id(model):
        raise InputError(
            f"`{model}` is no id; write small letters, digits and single hyphens, as in `our-model`."
        )
    path = folder / f"{model}.yaml"
    if path.exists():
        raise InputError(f"{path} is there already; choose another name, or edit it.")
    general = [
        r.id for r in Library().bank.resources if "any" in r.models and "routines-and-procedures" in r.strands
    ]
    write_atomically(path, progression_template(model, tuple(general[:2])))
    print(path)
    print(
        f"Check it: pltool content check {path}\nTry it: pltool reflect {model} --content {folder}",
        file=sys.stderr,
    )


@app.command()
def schema(
    of: Annotated[
        Literal["progression", "resources", "glossary"],
        typer.Argument(metavar="progression|resources|glossary", help="Which file."),
    ] = "progression",
) -> None:
    """Print a JSON Schema, for editors that check YAML while one types."""
    models: dict[str, type[Value]] = {"progression": Progression, "resources": Bank, "glossary": Glossary}
    written = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **models[of].model_json_schema(),
    }
    print(json.dumps(written, indent=2))
