"""The man page, made from the help."""

from __future__ import annotations

import sys
from typing import Any

from pltool import __version__
from pltool.cli.commands import COMMANDS, EXAMPLES

_ABOUT = (
    "pltool is a reflection tool for teachers who use blended and personalized learning, for their coaches, and for "
    "school and district leaders. It goes down the coaching progression of a model, one observable action at a time, "
    "and stops at the first that is not yet in place. Nothing is scored, graded or ranked, and nothing leaves this "
    "machine."
)
_STATUS = (
    ("0", "Done."),
    ("1", "Failed; for check: paused before the point asked; for content check: problems found."),
    ("2", "Wrong usage, or input that cannot be read."),
    ("130", "Interrupted; what was answered is kept."),
)
_VARIABLES = (
    ("PLTOOL_HOME", "The folder for saved data."),
    ("PLTOOL_CONTENT", "A folder of progressions to add."),
    ("PLTOOL_PLAIN, ACCESSIBLE", "Ask line by line, without redrawing."),
    ("NO_COLOR", "No colors."),
)


def print_man_page(group: Any) -> None:  # noqa: ANN401 - Typer's command types are not exported
    """Write the page in roff on standard output: `pltool help --man | man -l -`."""
    lines = [
        f'.TH PLTOOL 1 "" "pltool {__version__}" "User Commands"',
        *(".SH NAME", r"pltool \- reflect on blended and personalized learning"),
        *(".SH SYNOPSIS", ".B pltool", r"\fICOMMAND\fR [\fIOPTIONS\fR]"),
        *(".SH DESCRIPTION", _roff(_ABOUT), ".SH COMMANDS"),
    ]
    for name in COMMANDS:
        command = group.get_command(None, name)
        for below, found in getattr(command, "commands", {"": command}).items():
            lines += _command(f"{name} {below}".strip(), found)
    lines += [".SH EXIT STATUS", *_listed(_STATUS), ".SH ENVIRONMENT", *_listed(_VARIABLES)]
    sys.stdout.write("\n".join(lines) + "\n")


def _command(name: str, command: Any) -> list[str]:  # noqa: ANN401 - as above
    arguments = [found.metavar for found in command.params if found.param_type_name == "argument"]
    options = [found for found in command.params if found.param_type_name == "option"]
    about = " ".join((command.help or "").split())
    lines = [f".SS pltool {_roff(' '.join([name, *map(str, arguments)]))}", _roff(about)]
    for option in options:
        names = ", ".join(option.opts)
        value = "" if option.is_flag or not option.metavar else f" {option.metavar}"
        lines += [".TP", rf"\fB{_roff(names)}\fR{_roff(value)}", _roff(option.help or "")]
    for line, what in EXAMPLES.get(name, ()):
        lines += [
            ".PP",
            ".nf",
            rf"\&    {_roff(line)}",
            *([rf"\&        {_roff(what)}"] if what else []),
            ".fi",
        ]
    return lines


def _listed(entries: tuple[tuple[str, str], ...]) -> list[str]:
    return [line for name, what in entries for line in (".TP", rf"\fB{_roff(name)}\fR", _roff(what))]


def _roff(text: str) -> str:
    """Text that roff prints as it is."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped[:1] in {".", "'"} else escaped
