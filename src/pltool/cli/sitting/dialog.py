"""Talking with a person: drawn with single keys on a terminal, line by line elsewhere."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pltool.report.formats import text as plaintext
from pltool.report.formats.outline import Bullets, paragraph, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pltool.report.formats.outline import Outline
    from pltool.terminal.ask import Asker

# Rows that the prompt and its reminder take below a question; in a narrower window the prompt wraps to one more.
PROMPT_ROWS = 2
PROMPT_COLUMNS = 80


@dataclass(slots=True)
class Conversation:
    """Somebody at a terminal, or lines from a file."""

    asker: Asker
    show: Callable[[Outline], None]
    show_result: Callable[[Outline], None]
    answered: Callable[[], None]
    drawn: bool
    has_room: Callable[[Outline], bool] = lambda _: False

    def key(self, keys: Mapping[str, str]) -> str:
        """One of the keys."""
        chosen = self.asker.key(keys)
        self.answered()
        return chosen

    def line(self, prompt: str) -> str:
        """A line of text."""
        text = self.asker.line(prompt)
        self.answered()
        return text

    def say(self, *sentences: str) -> None:
        """Plain sentences, each a paragraph."""
        self.show(tuple(paragraph(sentence) for sentence in sentences))

    def choose(self, title: str, options: Sequence[tuple[str, str]]) -> str | None:
        """One of several named things; None for none of them. Options are (value, what it is)."""
        entries = tuple((text(described),) for _, described in options)
        self.show((paragraph(f"{title}:"), Bullets(entries, mark="number")))
        while True:
            given = self.line(f"A number from 1 to {len(options)}, or q to stop:")
            if given.lower() in {"q", "quit"}:
                return None
            if given.isdecimal() and 1 <= int(given) <= len(options):
                return options[int(given) - 1][0]
            by_name = [value for value, _ in options if value == given.lower()]
            if by_name:
                return by_name[0]


def open_conversation(*, plain: bool) -> Conversation:
    """A conversation in the way that this terminal, or the lack of one, allows."""
    if plain or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return _in_lines()
    return _with_keys()


def _in_lines() -> Conversation:

    from pltool.terminal.ask import LineAsker

    def show(outline: Outline) -> None:
        width = min(shutil.get_terminal_size().columns, 92)
        print(plaintext.render(outline, width), file=sys.stderr, flush=True)

    def show_result(outline: Outline) -> None:
        print(plaintext.render(outline), flush=True)

    return Conversation(LineAsker(), show, show_result, lambda: None, drawn=False)


def _with_keys() -> Conversation:
    from pltool.report.formats.screen import render
    from pltool.terminal.ask import KeyAsker
    from pltool.terminal.screen import Screen, open_console

    asker = KeyAsker()

    def read_on() -> None:
        asker.key({" ": "to read on"}, erase=True)

    screen = Screen(open_console(sys.stderr), read_on)
    results = Screen(open_console(sys.stdout), read_on) if sys.stdout.isatty() else None

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
            print(plaintext.render(outline), flush=True)
            return
        results.rows = screen.rows
        results.show(render(outline), keep_free=keep_free())
        screen.rows = results.rows

    def answered() -> None:
        screen.read()
        screen.blank()
        if narrow():
            screen.read()  # the blank line may make way for the longer prompt

    return Conversation(asker, show, show_result, answered, drawn=True, has_room=has_room)
