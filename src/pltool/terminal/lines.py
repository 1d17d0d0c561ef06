"""Lines from standard input, whatever program wrote them."""

from __future__ import annotations

import codecs
import contextlib
import errno
import os
import sys
from collections import deque
from typing import BinaryIO

from pltool.errors import EndOfInput, InputError

# A line longer than this is no answer and no note; what goes on beyond it is the next line.
LONGEST_LINE = 1_000_000
_PASTE_GOES_ON = 0.02


class Lines:
    """Reads one line after the other, in UTF-8 or, after its byte order mark, UTF-16.

    Bytes that are neither become replacement characters: nothing that is read here fails anywhere later.
    """

    def __init__(self, stream: BinaryIO | None) -> None:
        self._stream = stream
        self._ready: deque[str] = deque()
        self.number = 0

    def next(self) -> str:
        """The next line without its end.

        Raises:
            EndOfInput: there is none.
            InputError: standard input cannot be read.
        """
        line = self._ready.popleft() if self._ready else self._read()
        self.number += 1
        return line.rstrip("\r\n")

    def _read(self) -> str:
        data = self._bytes()
        if self.number == 0 and data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            whole = (data + self._bytes(rest=True)).decode("utf-16", errors="replace")
            self._ready.extend(whole.removesuffix("\n").split("\n") if whole else ())
            data = b""
        if self._ready:
            return self._ready.popleft()
        if not data:
            raise EndOfInput
        return (data if self.number else data.removeprefix(codecs.BOM_UTF8)).decode("utf-8", errors="replace")

    def _bytes(self, *, rest: bool = False) -> bytes:
        """The next line as it came, or what follows it; nothing at the end."""
        if self._stream is None:
            return b""
        try:
            return (self._stream.read if rest else self._stream.readline)(LONGEST_LINE)
        except OSError as error:
            if error.errno == errno.EIO:  # the terminal has gone
                return b""
            raise InputError(f"Standard input cannot be read: {error.strerror or error}.") from None


def is_terminal(stream: object) -> bool:
    """Whether a standard stream is there and is a terminal."""
    isatty = getattr(stream, "isatty", None)
    try:
        return bool(isatty and isatty())
    except ValueError:  # it was closed
        return False


def standard_lines() -> Lines:
    """Lines from this process's standard input; none where that is closed."""
    return Lines(getattr(sys.stdin, "buffer", None))


def forget_typed_lines() -> bool:
    """Drop what was typed at a terminal and not yet read; whether there was anything."""
    if os.name == "nt":
        return False
    import select
    import termios

    descriptor = sys.stdin.fileno()
    waiting = bool(select.select([descriptor], [], [], _PASTE_GOES_ON)[0])
    if waiting:
        with contextlib.suppress(termios.error):  # the terminal has gone
            termios.tcflush(descriptor, termios.TCIFLUSH)
    return waiting
