"""A line of text at a terminal, edited as in a shell."""

from __future__ import annotations

import sys
import time
from functools import cache
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.input.defaults import create_input
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.output import create_output
from questionary.question import Question

from pltool.errors import EndOfInput
from pltool.terminal.keys import Decoder, Kind

if TYPE_CHECKING:
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output


def read_line(prompt: str, decoder: Decoder | None = None) -> str:
    """What a person writes; Enter ends it.

    Args:
        prompt: stands before it.
        decoder: what read the keyboard before this line; it may hold half a reply whose rest is still to come.

    Raises:
        EndOfInput: Ctrl-D on an empty line.
        KeyboardInterrupt: Ctrl-C.
    """
    keyboard = _input()
    reader = getattr(keyboard, "stdin_reader", None)
    if isinstance(reader, _WithoutReplies) and decoder is not None:
        reader.decoder = decoder
    clear_typeahead(keyboard)  # the rest of a paste is no answer to what is asked after it
    session: PromptSession[str] = PromptSession(prompt, input=keyboard, output=_output())
    try:
        # Not `ask`: that would turn Ctrl-C into no text at all.
        written = str(Question(session.app).unsafe_ask())
    except EOFError:
        raise EndOfInput from None
    # Bytes that are no UTF-8 came through as lone surrogates; no file could hold them.
    return written.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


@cache
def _input() -> Input:
    """The keyboard, without what a terminal sends by itself."""
    found = create_input(sys.stdin)
    reader = getattr(found, "stdin_reader", None)
    if reader is not None:  # not on Windows, where such replies do not come
        found.stdin_reader = _WithoutReplies(reader)  # type: ignore[attr-defined]
    return found


@cache
def _output() -> Output:
    made = create_output(stdout=sys.stderr)
    # Asking where the cursor is helps only menus, and terminals that do not answer get a warning.
    if hasattr(made, "enable_cpr"):
        made.enable_cpr = False
    return made


class _WithoutReplies:
    """A reader of prompt_toolkit's, through which only a person's keys come.

    prompt_toolkit writes the letters of a reply that it does not know into the line.
    """

    def __init__(self, reader: object) -> None:
        self._reader = reader
        self.decoder = Decoder()

    @property
    def closed(self) -> bool:
        return bool(self._reader.closed)  # type: ignore[attr-defined]

    def read(self, count: int = 1024) -> str:
        text: str = self._reader.read(count)  # type: ignore[attr-defined]
        raw = text.encode("utf-8", "surrogateescape")
        tokens = self.decoder.feed(raw, time.monotonic())
        kept = b"".join(token.raw for token in tokens if token.kind is not Kind.REPLY)
        return kept.decode("utf-8", "surrogateescape")
