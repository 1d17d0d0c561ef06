"""Talking with a person: drawn with single keys on a terminal, line by line elsewhere."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from pltool.cli import output
from pltool.errors import InputError
from pltool.report.formats.outline import Bullets, paragraph, text
from pltool.report.formats.safe import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from pltool.report.formats.outline import Outline
    from pltool.terminal.ask import Asker

# Rows that the prompt and its reminder take below a question; in a narrower window the prompt wraps to one more.
PROMPT_ROWS = 2
PROMPT_COLUMNS = 96
READING_WIDTH = 92


@dataclass(slots=True)
class Dialog:
    """Somebody at a terminal, or lines from a file.

    Attributes:
        interactive: a person is there who can be asked further questions; lines from a file only answer.
    """

    asker: Asker
    show: Callable[[Outline], None]
    show_result: Callable[[Outline], None]
    answered: Callable[[], None]
    interactive: bool
    has_room: Callable[[Outline], bool] = lambda _: False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.asker.close()

    def key(self, keys: Mapping[str, str], *, enter: str | None = None) -> str:
        """One of the keys; `enter` is the one that Enter stands for, if any."""
        # What a key does may name a file, or a model of somebody's own.
        chosen = self.asker.key({key: plain(does) for key, does in keys.items()}, enter=enter)
        self.answered()
        return chosen

    def line(self, prompt: str) -> str:
        """A line of text."""
        given = self.asker.line(plain(prompt))
        self.answered()
        return given

    def say(self, *sentences: str) -> None:
        """Plain sentences, each a paragraph."""
        self.show(tuple(paragraph(sentence) for sentence in sentences))

    def tell_path(self, before: str, path: Path) -> None:
        """A sentence with a path on a line of its own, never broken, so that it can be copied."""
        output.say(before, path.absolute(), "")

    def choose(self, title: str, options: Sequence[tuple[str, str]]) -> str | None:
        """One of several named things; None for none of them. Options are (value, what it is)."""
        entries = tuple((text(described),) for _, described in options)
        self.show((paragraph(f"{title}:"), Bullets(entries, mark="number")))
        numbered = {str(number): value for number, (value, _) in enumerate(options, start=1)}
        named = {value.casefold(): value for value, _ in options}
        while True:
            given = self.line(f"A number from 1 to {len(options)}, or q to stop:").casefold()
            if given in {"q", "quit"}:
                return None
            if chosen := numbered.get(given) or named.get(given):
                return chosen
            if not self.interactive:
                raise InputError(f"“{given[:20]}” is none of the numbers from 1 to {len(options)}.")
            if given:
                self.say(f"“{given[:40]}” is none of these.")


def open_dialog(*, plain: bool) -> Dialog:
    """A dialog in the way that this terminal, or the lack of one, allows."""
    from pltool.terminal.lines import is_terminal

    # The collector rests while a command starts. A sitting goes on for longer.
    gc.enable()
    plain = plain or any(os.environ.get(name) for name in ("PLTOOL_PLAIN", "ACCESSIBLE"))
    drawn = not plain and not _draws_nothing()
    interactive = is_terminal(sys.stdin)
    if drawn and interactive and is_terminal(sys.stderr):
        return _with_keys()
    return _in_lines(interactive=interactive)


def _draws_nothing() -> bool:
    """Whether this terminal says that it can only print; on Windows none says what it is."""
    term = os.environ.get("TERM", "").lower()
    return term in {"dumb", "unknown"} or (not term and os.name != "nt")


def _in_lines(*, interactive: bool) -> Dialog:
    from pltool.terminal.ask import LineAsker

    def show(outline: Outline) -> None:
        width = min(shutil.get_terminal_size().columns, READING_WIDTH)
        output.show(outline, width)

    return Dialog(LineAsker(), show, output.show_result, lambda: None, interactive=interactive)


def _with_keys() -> Dialog:
    from pltool.report.formats.screen import render
    from pltool.terminal.ask import KeyAsker
    from pltool.terminal.lines import is_terminal
    from pltool.terminal.screen import Screen, open_console

    asker = KeyAsker()

    def read_on() -> None:
        asker.key({" ": "to read on"}, enter=" ", erase=True)

    screen = Screen(open_console(sys.stderr), read_on)
    results = Screen(open_console(sys.stdout), read_on) if is_terminal(sys.stdout) else None

    def narrow() -> bool:
        return screen.console.size.width < PROMPT_COLUMNS

    def keep_free() -> int:
        return PROMPT_ROWS + narrow()

    def show(outline: Outline) -> None:
        screen.show(render(outline), keep_free=keep_free())

    def has_room(outline: Outline) -> bool:
        return screen.has_room(render(outline), keep_free=keep_free())

    def show_result(outline: Outline) -> None:
        if results is None:
            output.show_result(outline)
            return
        results.rows = screen.rows
        results.show(render(outline), keep_free=keep_free())
        screen.rows = results.rows

    def answered() -> None:
        screen.read()
        screen.blank()
        if narrow():
            screen.read()  # the blank line may make way for the longer prompt

    return Dialog(asker, show, show_result, answered, interactive=True, has_room=has_room)
