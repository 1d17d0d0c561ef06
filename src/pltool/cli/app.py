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
from pltool.cli.commands import COMMANDS, examples
from pltool.cli.output import answer, warn
from pltool.core.names import Named, match, near, suggestion
from pltool.errors import EndOfInput, PltoolError

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
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(_unknown(args[0]))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002 - Typer's own signature
        formatter.write(top_help())

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - Typer's own signature
        given = extra.pop("args", None) if "args" in extra else (args[0] if args else None)
        words = list(sys.argv[1:] if given is None else given)
        try:
            status = self._run(words, extra)
        except PltoolError as error:
            status = _fail(str(error), error.exit_status)
        except _UsageError as error:
            status = _usage(error)
        except KeyboardInterrupt:
            status = 130
        except EndOfInput:
            status = _fail("The input ended; nothing was changed.", 1)
        except BrokenPipeError:
            sys.stdout = io.StringIO()
            status = 1
        except OSError as error:
            status = _fail(f"{error.filename or 'Standard output'}: {error.strerror or error}.", 1)
        except Exception as error:
            if os.environ.get("PLTOOL_DEBUG"):
                raise
            what = f"{type(error).__name__}: {error}".rstrip(": ")
            status = _fail(
                f"Something went wrong that should not have ({what}). PLTOOL_DEBUG=1 shows where.", 1
            )
        with contextlib.suppress(OSError):
            sys.stdout.flush()
        sys.exit(status if isinstance(status, int) else 0)

    def _run(self, words: list[str], extra: dict[str, Any]) -> Any:  # noqa: ANN401 - what commands return
        if not words:
            import_module("pltool.cli.greeting").greet()
            return 0
        if words[0] == "help":
            if words[1:] == ["--man"]:
                import_module("pltool.cli.man_page").print_man_page(self)
                return 0
            words = [*(word for word in words[1:] if word not in {"-h", "--help"}), "--help"]
        return super().main(words, **{**extra, "standalone_mode": False})


def _load(name: str) -> Any:  # noqa: ANN401 - Typer's command types are not exported
    module_name, _, attribute = COMMANDS[name].target.partition(":")
    found = getattr(import_module(module_name), attribute)
    if not isinstance(found, typer.Typer):
        command, found = found, typer.Typer(add_completion=False, rich_markup_mode=None)
        found.command(name)(command)
    loaded = typer.main.get_command(found)
    loaded.name = name
    loaded.context_settings = {**CONTEXT, **loaded.context_settings}
    _add_examples(loaded, name)
    for below, command in getattr(loaded, "commands", {}).items():
        _add_examples(command, f"{name} {below}")
    return loaded


def _add_examples(command: Any, name: str) -> None:  # noqa: ANN401 - Typer's command types are not exported
    if shown := examples(name):
        command.epilog = f"\b\n{shown}"  # the mark keeps the lines as they are


def top_help() -> str:
    """The commands by who uses them: one page in a small window."""
    lines = [f"Usage: pltool COMMAND ...    {'An overview, and what is due: pltool':>42}", ""]
    group = ""
    for name, command in COMMANDS.items():
        shown = command.group if command.group != group else ""
        lines.append(f"  {shown:<9} {name:<11} {command.help}")
        group = command.group
    lines += ["", "  pltool help COMMAND   Its options, with examples.     --version   The version."]
    return "\n".join(lines) + "\n"


def _unknown(name: str) -> str:
    """What to say of a command that there is not; a model's name is taken for what somebody wants to do with it."""
    names = [Named(command) for command in (*COMMANDS, "help")]
    if found := [named.id for named in match(name, names)] or near(name, names):
        return f"There is no command `{name}`; {suggestion(found[:3])}"
    models = import_module("pltool.files.library").Library().paths
    if meant := match(name, map(Named, models)):
        return f"There is no command `{name}`, but a model: pltool reflect {meant[0].id}"
    return f"There is no command `{name}`."


def _fail(message: str, status: int) -> int:
    warn(message)
    return status


def _usage(error: Any) -> int:  # noqa: ANN401 - see _UsageError
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError" and context is not None:
        answer(context.get_help())
        return 0
    message = error.format_message().rstrip()
    message += "" if message.endswith((".", "?", "!")) else "."
    return _fail(f"{message} Try '{context.command_path if context else 'pltool'} --help'.", 2)


CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

app = typer.Typer(
    cls=_Group,
    name="pltool",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings=CONTEXT,
)


def _version(wanted: bool) -> None:
    if wanted:
        answer(f"pltool {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    *,
    version: bool = typer.Option(
        False, "--version", "-V", callback=_version, is_eager=True, help="Show the version and exit."
    ),
) -> None:
    pass


class _Closed(io.StringIO):
    """A stream that was closed before the program began."""

    def write(self, _text: str, /) -> int:
        raise OSError("it is closed")


def _open_streams() -> None:
    """Put something in the place of streams that were closed, so that no file takes their numbers."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - for as long as the program runs
    sys.stdout = sys.stdout or _Closed()
    sys.stderr = sys.stderr or io.StringIO()


def run() -> None:
    """Run the command line on the process's own streams."""
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    if os.environ.get("_PLTOOL_COMPLETE"):
        import_module("pltool.cli.completion").complete(app)
        return
    app()
