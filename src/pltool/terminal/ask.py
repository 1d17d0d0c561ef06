"""Questions to a person: one key on a terminal, one line elsewhere. Nothing is ever answered by accident."""

from __future__ import annotations

import os
import sys
import textwrap
from typing import TYPE_CHECKING, Protocol

from pltool.errors import EndOfInput, InputError
from pltool.terminal.lines import forget_typed_lines, is_terminal, standard_lines
from pltool.terminal.raw import PosixKeyboard, open_keyboard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pltool.terminal.lines import Lines
    from pltool.terminal.raw import Keyboard

REMINDER = "That key is no answer. Please press one of these."
_SHOWN = 20
_USUAL_COLUMNS = 80
_SEVERAL = "several lines"  # stands for them, by identity


class Asker(Protocol):
    """Somebody who can be asked."""

    def key(self, keys: Mapping[str, str], *, enter: str | None = None, erase: bool = False) -> str:
        """One of the keys.

        Args:
            keys: each with what it does.
            enter: the key that Enter stands for, where nothing can be answered by it.
            erase: leave nothing of the prompt on the screen.

        Raises:
            EndOfInput: the input has ended.
            KeyboardInterrupt: Ctrl-C.
        """

    def line(self, prompt: str) -> str:
        """A line of text, which may be empty."""

    def close(self) -> None:
        """Give the terminal back as it was."""


class LineAsker:
    """Asks on standard error and reads a line from standard input for each answer.

    A person at a terminal is asked again after a line that is no answer. A file or a program is not: it is
    told which line that was.
    """

    def __init__(self, lines: Lines | None = None, synonyms: Mapping[str, str] | None = None) -> None:
        self.lines = lines or standard_lines()
        self.synonyms = {"yes": "y", "no": "n", "back": "b", "quit": "q", "stop": "q", **(synonyms or {})}
        self.person = is_terminal(sys.stdin)

    def key(self, keys: Mapping[str, str], *, enter: str | None = None, erase: bool = False) -> str:  # noqa: ARG002
        """See `Asker`; nothing is redrawn here, so that there is nothing to erase."""
        prompt = _prompt(keys)
        while True:
            written = self._read(prompt, whole=False)
            given = written.strip().lower()
            given = self.synonyms.get(given, given)
            given = " " if given in {"g", "go"} and " " in keys else given
            given = enter if not given and enter is not None else given
            if given in keys:
                return given
            shown = "".join(letter for letter in given[:_SHOWN] if letter.isprintable())
            if not self.person:
                what = f"“{shown}”" if shown else "empty"
                raise InputError(
                    f"standard input:{self.lines.number}: line {self.lines.number} is {what}, which is no answer; "
                    f"write {_listed(keys)}."
                )
            what = f"“{shown}” is" if shown else "An empty line is"
            what = "Several lines at once are" if written is _SEVERAL else what
            prompt = f"{what} no answer. {_prompt(keys)}"

    def line(self, prompt: str) -> str:
        """See `Asker`."""
        return self._read(f"{prompt} ", whole=True).strip()

    def close(self) -> None:
        """See `Asker`; nothing was taken over."""

    def _read(self, prompt: str, *, whole: bool) -> str:
        if self.person:
            forget_typed_lines()
        sys.stderr.write(prompt)
        sys.stderr.flush()
        try:
            line = self.lines.next()
        except EndOfInput:
            sys.stderr.write("\n")
            raise
        if not self.person:
            sys.stderr.write("\n")
        elif not whole and forget_typed_lines():
            return _SEVERAL
        return line


def _listed(keys: Mapping[str, str]) -> str:
    named = [f"{'g' if key == ' ' else key} ({does})" if does else key for key, does in keys.items()]
    return " or ".join(filter(None, (", ".join(named[:-1]), named[-1])))


def _prompt(keys: Mapping[str, str]) -> str:
    shown = ((key if key != " " else "g", does) for key, does in keys.items() if does)
    return "  ".join(f"{key} {does}" for key, does in shown) + " > "


class KeyAsker:
    """Asks for a single key, drawn on standard error. Enter and every other key only bring up a reminder.

    The keys are read by `raw`, and not by prompt_toolkit: that cuts a sequence it does not know into letters, and
    the letters would be answers.
    """

    def __init__(self, keyboard: Keyboard | None = None) -> None:
        self.keyboard = keyboard or open_keyboard()
        self._prompt = ""

    def key(self, keys: Mapping[str, str], *, enter: str | None = None, erase: bool = False) -> str:
        """See `Asker`."""
        chosen = self._choose(keys, enter)
        sys.stderr.write(
            f"{self._clear()}{'' if erase else f'› {_bold(keys[chosen])}'}{'' if erase else chr(10)}"
        )
        sys.stderr.flush()
        return chosen

    def _choose(self, keys: Mapping[str, str], enter: str | None) -> str:
        wanted = {key.casefold(): key for key in keys} | ({"\r": enter, "\n": enter} if enter else {})
        self.keyboard.open(self._redraw)
        # What was pressed before its question stood there is no answer to it.
        self.keyboard.forget()
        self._draw(_key_line(keys))
        try:
            while True:
                pressed = self.keyboard.key().casefold()
                if pressed in wanted:
                    return wanted[pressed]
                self._draw(f"{_key_line(keys)}\n{REMINDER} ")
        except (KeyboardInterrupt, EndOfInput):
            sys.stderr.write("\n")
            raise

    def line(self, prompt: str) -> str:
        """A line of text, edited as in a shell."""
        from pltool.terminal.edit import read_line

        self.keyboard.open(self._redraw)
        self.keyboard.forget()
        self._prompt = ""
        broken = textwrap.fill(prompt, max(_columns() - 1, 20), break_long_words=False)
        decoder = self.keyboard.decoder if isinstance(self.keyboard, PosixKeyboard) else None
        return read_line(f"{broken} ", decoder).strip()

    def close(self) -> None:
        """See `Asker`."""
        self.keyboard.close()

    def _draw(self, text: str) -> None:
        sys.stderr.write(self._clear())
        self._prompt = f"{text}› "
        sys.stderr.write(self._prompt)
        sys.stderr.flush()

    def _redraw(self) -> None:
        """Draw the prompt once more, below whatever a stopped program was covered with."""
        sys.stderr.write(f"\n{self._prompt}")
        sys.stderr.flush()

    def _clear(self) -> str:
        """The codes that take the last prompt off the screen."""
        prompt, self._prompt = self._prompt, ""
        if not prompt:
            return ""
        above = prompt.count("\n")
        return f"\r{f'{chr(27)}[{above}A' if above else ''}\x1b[J"


def _columns() -> int:
    """The width of the terminal that prompts are drawn on; standard output may be a file."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given):
        return int(given)
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or _USUAL_COLUMNS
    except (OSError, ValueError):
        return _USUAL_COLUMNS


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m"


def _key_line(keys: Mapping[str, str]) -> str:
    """The keys and what they do, broken between keys and never inside a word."""
    columns = _columns() - len("  › ")
    lines, column = [""], 0
    for key, does in keys.items():
        if not does:
            continue
        name = "Space" if key == " " else key
        length = len(name) + 1 + len(does)
        if column and column + 2 + length > columns:
            lines.append("")
            column = 0
        lines[-1] += f"{'  ' if column else ''}{_bold(name)} {does}"
        column += length + (2 if column else 0)
    return "\n".join(lines) + "  "
