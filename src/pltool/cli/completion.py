"""Completion in bash, zsh, fish and PowerShell: of commands, options, and everything that has a name here."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pltool.cli.commands import COMMANDS
from pltool.cli.output import answer
from pltool.errors import PltoolError
from pltool.files.content_folder import own_content, progression_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MOST_RECORDS = 200
_STEP = re.compile(r"^\s*- id: (\S+)\n(?:\s+former_ids: .*\n)?\s+actor:", re.MULTILINE)

_SCRIPTS = {
    "bash": """\
_pltool_completion() {
  local IFS=$'\\n'
  COMPREPLY=( $(COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD _PLTOOL_COMPLETE=complete_bash "$1" 2>/dev/null) )
}
complete -o bashdefault -o default -F _pltool_completion pltool
""",
    "zsh": """\
#compdef pltool
_pltool_completion() {
  local -a found
  found=("${(@f)$(COMP_WORDS="${(pj:\\n:)words}" COMP_CWORD=$((CURRENT-1)) _PLTOOL_COMPLETE=complete_zsh pltool 2>/dev/null)}")
  if [[ -n "${found[1]}" ]]; then compadd -- "${found[@]}"; else _files; fi
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i; }
if [[ "$funcstack[1]" = "_pltool_completion" ]]; then _pltool_completion "$@"; else compdef _pltool_completion pltool; fi
""",
    "fish": """\
function _pltool_completion
  set -l words (commandline -opc) (commandline -ct)
  set -lx COMP_CWORD (math (count $words) - 1)
  set -lx COMP_WORDS (string join \\n -- $words | string collect)
  set -lx _PLTOOL_COMPLETE complete_fish
  pltool 2>/dev/null
end
complete -c pltool -a '(_pltool_completion)'
""",
    "powershell": """\
Register-ArgumentCompleter -Native -CommandName pltool -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | ForEach-Object { $_.Extent.Text.Trim('"', "'") })
  if ($wordToComplete -eq '') { $words += '' }
  $env:COMP_WORDS = $words -join "`n"; $env:COMP_CWORD = $words.Count - 1; $env:_PLTOOL_COMPLETE = 'complete_powershell'
  pltool 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
  Remove-Item Env:COMP_WORDS, Env:COMP_CWORD, Env:_PLTOOL_COMPLETE
}
""",
}


def completion(
    shell: Annotated[
        Literal["bash", "zsh", "fish", "powershell"],
        typer.Argument(metavar="bash|zsh|fish|powershell", help="Your shell."),
    ],
) -> None:
    """Set up completion in your shell."""
    sys.stdout.write(_SCRIPTS[shell])


def complete(app: typer.Typer) -> None:
    """Print what the word under the cursor could become, one a line; never an error."""
    shell = os.environ.get("_PLTOOL_COMPLETE", "").rpartition("_")[2]
    typed = os.environ.get("COMP_WORDS", "")
    words = typed.split("\n") if "\n" in typed else typed.split()
    try:
        at = min(max(int(os.environ.get("COMP_CWORD", "")), 1), len(words))
    except ValueError:
        at = max(len(words) - 1, 1)
    before, current = words[1:at], "".join(words[at : at + 1])
    with contextlib.suppress(PltoolError, OSError):
        found = [
            name for name in _candidates(app, before, current) if name.lower().startswith(current.lower())
        ]
        answer(*(_quoted(name, shell) for name in dict.fromkeys(found)))


def _quoted(name: str, shell: str) -> str:
    """A name with blanks as one word, where the shell does not see to that itself."""
    if shell in {"bash", "powershell"} and " " in name:
        return "'" + name.replace("'", "''" if shell == "powershell" else "'\\''") + "'"
    return name


def _candidates(app: typer.Typer, before: list[str], current: str) -> Iterable[str]:
    if not before or before == ["help"]:
        return [*COMMANDS, "help", "--version"] if not before else COMMANDS
    if before[0] == "help":
        before = before[1:]
    known = COMMANDS.get(before[0])
    plain = not any(word.startswith("-") for word in (*before, current))
    if (
        plain and known is not None and len(known.arguments) >= len(before)
    ):  # nothing needs to be loaded for these
        return _named(known.arguments[len(before) - 1], before[1:])
    command: Any = typer.main.get_command(app)
    given = list(before)
    while given and hasattr(command, "commands"):
        command = command.get_command(None, given.pop(0))
        if command is None:
            return []
    if hasattr(command, "commands"):
        return list(command.commands)
    options = [parameter for parameter in command.params if parameter.param_type_name == "option"]
    if given and (option := _takes_value(options, given[-1])):
        return _values(option, given)
    if current.startswith("-"):
        return [name for option in options for name in option.opts if name.startswith("--")]
    return _values(_argument_at(command, options, given), given)


def _takes_value(options: list[Any], word: str) -> Any:  # noqa: ANN401 - Typer's option types are not exported
    return next((option for option in options if word in option.opts and not option.is_flag), None)


def _argument_at(command: Any, options: list[Any], given: list[str]) -> Any:  # noqa: ANN401 - as above
    """The argument that stands where the cursor is, past those that are given."""
    arguments = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
    plain, skip = 0, False
    for word in given:
        if skip or word.startswith("-"):
            skip = not skip and _takes_value(options, word) is not None
        else:
            plain += 1
    if not arguments:
        return None
    last = arguments[-1]
    return arguments[plain] if plain < len(arguments) else (last if last.nargs == -1 else None)


def _values(parameter: Any, given: list[str]) -> Iterable[str]:  # noqa: ANN401 - as above
    """What an option or argument could hold, by the word that stands for it in the help."""
    return [] if parameter is None else _named(str(parameter.metavar or "").removesuffix("..."), given)


def _named(name: str, given: list[str]) -> Iterable[str]:
    if name in _NAMES:
        return _NAMES[name](given)
    if name == "PHASE|STEP":
        return [*_phases(given), *_steps(given)]
    return [choice for choice in name.split("|") if choice.islower()] if "|" in name else []


def _files() -> dict[str, Path]:
    folders = [own_content(), *map(Path, filter(None, [os.environ.get("PLTOOL_CONTENT")]))]
    return {path.stem: path for folder in folders for path in progression_files(folder)}


def _models(_given: list[str]) -> Iterable[str]:
    return sorted(_files())


def _steps(given: list[str]) -> Iterable[str]:
    """Step ids, cut out of the file: reading it as content takes five times as long."""
    files = _files()
    path = next((files[word] for word in given if word in files), None)
    return _STEP.findall(path.read_text(encoding="utf-8", errors="replace")) if path else []


def _phases(given: list[str]) -> Iterable[str]:
    from pltool.files.library import Library

    library = Library()
    models = [word for word in given if word in library.paths] or library.paths
    return [phase.id for model in models for phase in library.progression(model).phases]


def _strands(_given: list[str]) -> Iterable[str]:
    from pltool.files.library import Library

    return [strand.id for strand in Library().strands.all]


def _terms(_given: list[str]) -> Iterable[str]:
    from pltool.files.library import Library

    return [term.id for term in Library().glossary.terms]


def _records(_given: list[str]) -> Iterable[str]:
    from pltool.files.records import record_paths

    return [path.stem for path in reversed(record_paths()[-_MOST_RECORDS:])]


def _labels(_given: list[str]) -> Iterable[str]:
    from pltool.files.records import read_each, record_files

    records = read_each(record_files()[-_MOST_RECORDS:])
    return sorted(
        {found.classroom for found in records if not isinstance(found, PltoolError) and found.classroom}
    )


_NAMES: dict[str, Callable[[list[str]], Iterable[str]]] = {
    "MODEL": _models,
    "STEP": _steps,
    "PHASE": _phases,
    "STRAND": _strands,
    "TERM": _terms,
    "REFLECTION": _records,
    "A": _records,
    "B": _records,
    "LABEL": _labels,
}
