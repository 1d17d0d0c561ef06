"""Where results and messages go: a file or standard output, in the format asked for, and never a terminal's commands.

Everything that `cli` prints goes through this module; lint forbids `print` elsewhere.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pltool.errors import InputError
from pltool.files.output_file import FileState, inspect, write_file
from pltool.report.formats.cells import wrap
from pltool.report.formats.renderers import SUFFIXES, format_of, render
from pltool.report.formats.safe import line as safe_line
from pltool.report.formats.text import render as render_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pltool.report.formats.outline import Outline

STANDARD_OUTPUT = Path("-")
# What commands can write: reports on paper, reports, and tables.
PAPER_FORMATS = ("text", "markdown", "html")
FORMATS = (*PAPER_FORMATS, "json")
TABLE_FORMATS = (*FORMATS, "csv")
_MARK = "\ufeff"


def say(*lines: object) -> None:
    """Print lines for the person, on standard error; control characters show as pictures."""
    for line in "\n".join(map(str, lines)).split("\n"):
        print(safe_line(line), file=sys.stderr)


def warn(message: object) -> None:
    """Report something to the person, each line under the program's name."""
    for line in str(message).splitlines():
        print(f"pltool: {safe_line(line)}", file=sys.stderr)


def remind(message: str) -> None:
    """Say something by the way, under the program's name; on a terminal no word of it is broken."""
    width = shutil.get_terminal_size().columns if sys.stderr.isatty() else 0
    said = f"pltool: {safe_line(message)}"
    print(*(wrap(said, max(width, 20), "", "  ") if width else (said,)), sep="\n", file=sys.stderr)


def answer(*lines: object) -> None:
    """Print short lines as a result, on standard output."""
    for line in "\n".join(map(str, lines)).split("\n"):
        print(safe_line(line))


def show(outline: Outline, width: int | None = None) -> None:
    """Print part of a conversation, on standard error, at once."""
    sys.stderr.write(render_text(outline, width or 80))
    sys.stderr.write("\n")
    sys.stderr.flush()


def show_result(outline: Outline) -> None:
    """Print part of a result, on standard output, at once."""
    sys.stdout.write(render_text(outline))
    sys.stdout.write("\n")
    sys.stdout.flush()


def choose_format(given: str | None, output: Path | None, formats: Sequence[str], default: str) -> str:
    """The format to write: as asked, else by the file's suffix, else the default.

    Raises:
        InputError: this command does not write it.
    """
    format_ = given
    if format_ is None and output is not None and output != STANDARD_OUTPUT:
        format_ = format_of(output)
        if format_ not in formats:
            fitting = [suffix for suffix, name in SUFFIXES.items() if name in formats]
            raise InputError(
                f"{output}: end the name in {', '.join(fitting[:-1])} or {fitting[-1]}, or add --format."
            )
    format_ = format_ or default
    if format_ not in formats:
        raise InputError(f"--format {format_} is not possible here; use one of {', '.join(formats)}.")
    return format_


def to_file(output: Path | None) -> bool:
    """Whether results go to a file and not to standard output."""
    return output is not None and output != STANDARD_OUTPUT


def check_file(output: Path | None, *, force: bool = False, reads: Iterable[Path] = ()) -> None:
    """Refuse a file that must not be written before anything else is done.

    Raises:
        InputError: the name is no good, or the file is not to be replaced.
    """
    if output is not None and to_file(output):
        inspect(output, force=force, reads=reads)


def deliver(text: str, output: Path | None, *, force: bool = False, reads: Iterable[Path] = ()) -> None:
    """Write a result where it belongs, as it is, and name the file.

    Args:
        text: the whole result.
        output: the file, or `-` or None for standard output.
        force: replace also a file that people write in.
        reads: what the command reads; it is never written over.

    Raises:
        InputError: the name is no good, or the file is not to be replaced.
        StorageError: it cannot be written.
    """
    if output is None or not to_file(output):
        sys.stdout.write(text)
        return
    if write_result(text, output, force=force, reads=reads):
        say(f"Wrote {output}; it replaces the earlier file.")
    else:
        say(f"Wrote {output}.")


def write_result(text: str, output: Path, *, force: bool = False, reads: Iterable[Path] = ()) -> bool:
    """Write a file and leave it to the caller to name it; whether it replaces an earlier one.

    Raises:
        InputError: the name is no good, or the file is not to be replaced.
        StorageError: it cannot be written.
    """
    state = inspect(output, force=force, reads=reads)
    write_file(output, text)
    return state is FileState.REPLACED


def deliver_csv(text: str, output: Path | None, *, force: bool = False, reads: Iterable[Path] = ()) -> None:
    """Write a table; in a file it begins with the mark by which spreadsheets know UTF-8."""
    deliver(_MARK + text if to_file(output) else text, output, force=force, reads=reads)


def deliver_outline(
    outline: Outline, format_: str, output: Path | None, *, force: bool = False, reads: Iterable[Path] = ()
) -> None:
    """Write a report: drawn on a terminal, as text of that format anywhere else."""
    if format_ == "text" and not to_file(output) and sys.stdout.isatty():
        from pltool.report.formats.screen import render as draw
        from pltool.terminal.screen import open_console

        open_console(sys.stdout).print(draw(outline))
        return

    deliver(render(outline, format_), output, force=force, reads=reads)


def deliver_either(
    outline: Callable[[], Outline],
    data: Callable[[], str],
    format_: str,
    output: Path | None,
    *,
    force: bool = False,
    reads: Iterable[Path] = (),
) -> None:
    """Write JSON or a report, making only the one that is wanted."""
    if format_ == "json":
        deliver(data(), output, force=force, reads=reads)
    else:
        deliver_outline(outline(), format_, output, force=force, reads=reads)
