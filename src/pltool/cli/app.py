"""The application: its commands, and the one place where errors become words and an exit status."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from pltool import __version__
from pltool.errors import EndOfInput, PltoolError
from pltool.report.formats.safe import plain

# Each command lives in a module of its own, which is imported only when the command is used:
# what one command needs does not slow the others down. Groups are a Typer application called `app`.
COMMANDS = {
    "list": "pltool.cli.read:list_progressions",
    "show": "pltool.cli.read:show",
    "reflect": "pltool.cli.reflect:reflect",
    "check": "pltool.cli.check:check",
    "identify": "pltool.cli.identify:identify",
    "observe": "pltool.cli.observe:observe",
    "compare": "pltool.cli.compare:compare",
    "report": "pltool.cli.report:report",
    "history": "pltool.cli.history:history",
    "resources": "pltool.cli.reference:resources",
    "glossary": "pltool.cli.reference:glossary",
    "walk": "pltool.cli.walk.commands:app",
    "content": "pltool.cli.content:app",
    "data": "pltool.cli.data:app",
}

# Typer does not export the common parent of its usage errors.
_UsageError: Any = typer.BadParameter.__base__


class _Group(TyperGroup):
    """Loads a command when it is used, and turns what goes wrong into one or two sentences, never a traceback."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - Typer's own signature
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - Typer's own signature
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            self.commands[cmd_name] = _load(cmd_name)
        return self.commands.get(cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - Typer's own signature
        if args and args[0] not in COMMANDS:
            for name in COMMANDS:  # so that Typer can suggest the nearest
                self.get_command(ctx, name)
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - Typer's own signature
        try:
            status = super().main(*args, **{**extra, "standalone_mode": False})
        except PltoolError as error:
            status = _say(str(error), error.exit_status)
        except _UsageError as error:
            status = _say(_usage(error), 2)
        except KeyboardInterrupt:
            status = 130
        except EndOfInput:
            status = _say("The input ended; nothing was changed.", 1)
        except BrokenPipeError:
            sys.stdout = io.StringIO()
            status = 1
        except OSError as error:
            status = _say(f"{error.filename or 'Standard output'}: {error.strerror or error}.", 1)
        except Exception as error:
            if os.environ.get("PLTOOL_DEBUG"):
                raise
            what = f"{type(error).__name__}: {error}".rstrip(": ")
            status = _say(
                f"Something went wrong that should not have ({what}). PLTOOL_DEBUG=1 shows where.", 1
            )
        with contextlib.suppress(OSError):
            sys.stdout.flush()
        sys.exit(status if isinstance(status, int) else 0)


def _load(name: str) -> Any:  # noqa: ANN401 - Typer's command types are not exported
    module_name, _, attribute = COMMANDS[name].partition(":")
    found = getattr(import_module(module_name), attribute)
    if not isinstance(found, typer.Typer):
        command, found = found, typer.Typer(add_completion=False, rich_markup_mode=None)
        found.command(name)(command)
    loaded = typer.main.get_command(found)
    loaded.name = name
    loaded.context_settings = {**CONTEXT, **loaded.context_settings}
    return loaded


def _say(message: str, status: int) -> int:

    for line in message.splitlines():
        print(f"pltool: {plain(line)}", file=sys.stderr)
    return status


def _usage(error: Any) -> str:  # noqa: ANN401 - see _UsageError
    message = error.format_message().rstrip()
    message += "" if message.endswith((".", "?", "!")) else "."
    context = getattr(error, "ctx", None)
    return f"{message} Try '{context.command_path if context else 'pltool'} --help'."


CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

app = typer.Typer(
    cls=_Group,
    name="pltool",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    context_settings=CONTEXT,
    help=(
        "Reflect on blended and personalized learning, one action at a time.\n\n"
        "Start with: pltool reflect station-rotation"
    ),
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"pltool {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    *,
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version and exit."
    ),
) -> None:
    pass


def run() -> None:
    """Run the command line on the process's own streams."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    app()
