"""The keyboard of a terminal, read key by key."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from typing import TYPE_CHECKING, Any, Protocol

from pltool.errors import EndOfInput
from pltool.terminal.keys import Decoder, Kind, Token

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

# Bytes that come this close upon one another, in seconds, were not typed: they are a paste.
TYPED_APART = 0.004
PASTE_GOES_ON = 0.05
OTHER = ""
_CONTROL_C, _CONTROL_D = "\x03", "\x04"


class Keyboard(Protocol):
    """Where keys come from."""

    def open(self, redraw: Callable[[], None]) -> None:
        """Take the terminal over; `redraw` is called when the program is continued after a stop."""

    def close(self) -> None:
        """Give the terminal back as it was."""

    def forget(self) -> None:
        """Drop what was typed so far.

        Raises:
            KeyboardInterrupt: Ctrl-C was among it.
        """

    def key(self) -> str:
        """One character that a person typed; `OTHER` for any other key, a paste, or several keys at once.

        Raises:
            EndOfInput: Ctrl-D, or the terminal has gone.
            KeyboardInterrupt: Ctrl-C.
        """


class PosixKeyboard:
    """A terminal without echo and line editing, from the first question of a sitting to its end.

    Ctrl-C comes as a key, so that no write is cut short by it, and is seen at the next question at the latest.
    """

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.decoder = Decoder()
        self._before: list[object] | None = None
        self._handlers: dict[int, object] = {}
        self._redraw: Callable[[], None] = lambda: None

    def open(self, redraw: Callable[[], None]) -> None:
        """See `Keyboard`."""
        self._redraw = redraw
        if self._before is not None:
            return
        import termios

        self._before = termios.tcgetattr(self.descriptor)
        self._take_over()
        for number, handler in (
            (signal.SIGCONT, self._continued),
            (signal.SIGTERM, self._ended),
            (signal.SIGHUP, self._ended),
        ):
            if signal.getsignal(number) is signal.SIG_IGN:
                continue  # as `nohup` wants it
            with contextlib.suppress(ValueError):  # not in the main thread: then nobody is sent signals
                self._handlers[number] = signal.signal(number, handler)

    def _take_over(self) -> None:
        import termios

        mode = termios.tcgetattr(self.descriptor)
        mode[0] &= ~termios.IXON
        mode[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        termios.tcsetattr(self.descriptor, termios.TCSANOW, mode)

    def close(self) -> None:
        """See `Keyboard`."""
        before, self._before = self._before, None
        if before is None:
            return
        import termios

        with contextlib.suppress(termios.error):  # the terminal has gone
            termios.tcsetattr(self.descriptor, termios.TCSANOW, before)  # type: ignore[arg-type]
        for number, handler in self._handlers.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        self._handlers.clear()

    def _continued(self, _number: int, _frame: FrameType | None) -> None:
        # The shell has set the terminal to its own ways meanwhile.
        self._take_over()
        self._redraw()

    def _ended(self, number: int, _frame: FrameType | None) -> None:
        self.close()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    def forget(self) -> None:
        """See `Keyboard`."""
        # Read and not flushed: the decoder must know of half a reply whose rest is still to come.
        while self._waiting(0):
            self._read()

    def key(self) -> str:
        """See `Keyboard`."""
        while True:
            self._waiting(None)
            typed = self._read()
            # A lone key is followed by nothing for a moment; a paste goes on at once.
            while typed and self._waiting(TYPED_APART if len(typed) == 1 else PASTE_GOES_ON):
                typed += self._read()
            if len(typed) == 1 and typed[0].kind is Kind.CHARACTER:
                if typed[0].text == _CONTROL_D:
                    raise EndOfInput
                return typed[0].text
            if typed:
                return OTHER

    def _read(self) -> list[Token]:
        """Everything a person sent by now; what the terminal says by itself is dropped here."""
        try:
            data = os.read(self.descriptor, 4096)
        except BlockingIOError:
            return []  # another program left the terminal so that nothing is waited for
        except OSError:
            data = b""
        if not data:
            raise EndOfInput
        tokens = [
            token for token in self.decoder.feed(data, time.monotonic()) if token.kind is not Kind.REPLY
        ]
        if any(token.kind is Kind.CHARACTER and token.text == _CONTROL_C for token in tokens):
            raise KeyboardInterrupt
        return tokens

    def _waiting(self, seconds: float | None) -> bool:
        """Whether something comes within that time; with None, wait until something does."""
        import select

        return bool(select.select([self.descriptor], [], [], seconds)[0])


class WindowsKeyboard:
    """The console of Windows, which gives keys one by one without being told."""

    def open(self, redraw: Callable[[], None]) -> None:
        """See `Keyboard`; nothing needs to be taken over."""

    def close(self) -> None:
        """See `Keyboard`; nothing needs to be given back."""

    def forget(self) -> None:
        """See `Keyboard`."""
        while _msvcrt().kbhit():
            self._read()

    def key(self) -> str:
        """See `Keyboard`."""
        typed = [self._read()]
        time.sleep(TYPED_APART)
        while _msvcrt().kbhit():
            typed.append(self._read())
        if len(typed) > 1:
            return OTHER
        if typed[0] in {_CONTROL_D, "\x1a"}:
            raise EndOfInput
        return typed[0]

    def _read(self) -> str:
        character: str = _msvcrt().getwch()
        if character == _CONTROL_C:
            raise KeyboardInterrupt
        if character in {"\x00", "\xe0"}:  # an arrow or a function key: its name follows
            _msvcrt().getwch()
            return OTHER
        return character


def _msvcrt() -> Any:  # noqa: ANN401 - a module that only Windows has
    import msvcrt

    return msvcrt


def open_keyboard() -> Keyboard:
    """The keyboard of the terminal that standard input is."""
    return WindowsKeyboard() if os.name == "nt" else PosixKeyboard(sys.stdin.fileno())
