"""What a terminal sends, told apart: keys that a person pressed, pastes, and what the terminal says by itself."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ESCAPE = 0x1B
BELL = 0x07
PASTE_BEGINS, PASTE_ENDS = b"\x1b[200~", b"\x1b[201~"
# How long, in seconds, the rest of a sequence may take. Escape alone is a key, so that it waits less.
PATIENCE_AFTER_ESCAPE = 0.3
PATIENCE_IN_SEQUENCE = 2.0
# How long a sequence may take in all. Somebody who presses Alt and a bracket begins one, and then presses key upon
# key to see whether the program still lives. A paste may take as long as it is.
PATIENCE_IN_ALL = 5.0
# What a person's own keys send: arrows, Home, End, Shift-Tab and (with `~`) the function keys.
# F3 with a modifier looks like the report of a cursor position, and is taken for one.
_KEY_FINALS = frozenset(b"ABCDEFHPQSZ~")
_PARAMETERS = frozenset(b"0123456789;")
_OSC = ord("]")  # the one string that a bell ends, too
_STRINGS = frozenset(b"]PX^_")  # OSC, DCS, SOS, PM, APC: text up to a string terminator
_MOUSE_BYTES = 3
CONTROL_C = 0x03
_CUTS_SHORT = frozenset({CONTROL_C, ESCAPE})
_LONG = tuple(bytes([opening]) for opening in _STRINGS)


class Kind(Enum):
    """What something is that came from a terminal."""

    CHARACTER = auto()  # one character, or one control key such as Ctrl-C
    KEY = auto()  # an arrow, a function key, a key with Alt
    PASTE = auto()  # pasted text, with its marks
    REPLY = auto()  # what a terminal sends by itself


@dataclass(frozen=True, slots=True)
class Token:
    """One thing that came from a terminal, and the bytes it came as."""

    kind: Kind
    raw: bytes

    @property
    def text(self) -> str:
        """The character of a CHARACTER."""
        return self.raw.decode("utf-8", errors="replace")


@dataclass(slots=True)
class Decoder:
    """Cuts the bytes of a terminal into tokens, however they are torn on their way.

    See ECMA-48 and the xterm control sequences. A sequence that is not complete waits for its rest, so that half
    a reply is never taken for keys; after a while the wait is given up, so that no key is swallowed for ever.
    """

    _pending: bytearray = field(default_factory=bytearray)
    _begun: float = 0.0
    _last: float = 0.0

    def feed(self, data: bytes, now: float) -> Iterator[Token]:
        """The tokens that are complete with these bytes.

        Args:
            data: what has come.
            now: when, in seconds on any steady clock.
        """
        # Ctrl-C by itself was pressed, and is no part of a paste.
        if self._pending and (self._waited_long_enough(now) or data == bytes([CONTROL_C])):
            self._pending.clear()
        self._last = now
        for byte in data:
            if byte in _CUTS_SHORT and self._pending and self._ends_with(byte):
                self._pending.clear()  # what was begun is not going on
            if not self._pending:
                self._begun = now
            self._pending.append(byte)
            kind = _complete(self._pending)
            if kind is not None:
                yield Token(kind, bytes(self._pending))
                self._pending.clear()

    def _ends_with(self, byte: int) -> bool:
        """Whether Ctrl-C or Escape cuts short what was begun.

        A paste holds both. Escape may be the end of a string, and pressed twice it may begin something.
        """
        pending = self._pending
        if pending.startswith(PASTE_BEGINS):
            return False
        return byte == CONTROL_C or not (pending == b"\x1b" or pending[1:2] in _LONG)

    def _waited_long_enough(self, now: float) -> bool:
        """Whether the rest of what was begun is not coming any more."""
        pending = self._pending
        if now - self._last > (PATIENCE_AFTER_ESCAPE if pending == b"\x1b" else PATIENCE_IN_SEQUENCE):
            return True
        return now - self._begun > PATIENCE_IN_ALL and not pending.startswith(PASTE_BEGINS)


def _complete(data: bytearray) -> Kind | None:
    """What these bytes are, or None while more must come; called after each byte, so that it looks at few."""
    if data[0] != ESCAPE:
        return Kind.CHARACTER if _is_character(data) else None
    if len(data) == 1:
        return None
    if data[1] == ord("["):
        return _complete_csi(data)
    if data[1] == ord("O"):  # and one letter, before which older terminals write the modifiers
        return Kind.KEY if len(data) > 2 and data[-1] not in _PARAMETERS else None  # noqa: PLR2004
    if data[1] in _STRINGS:
        return _complete_string(data)
    if data[1] == ESCAPE:
        del data[0]  # Escape pressed twice: the second may begin something
        return None
    return Kind.KEY if _is_character(data[1:]) else None  # with Alt


def _complete_string(data: bytearray) -> Kind | None:
    if data[-2:] == b"\x1b\\" or (data[-1] == BELL and data[1] == _OSC):
        return Kind.REPLY
    if len(data) > 3 and data[-2] == ESCAPE:  # noqa: PLR2004 - the opening is two bytes
        del data[:-2]  # something else begins: the string was broken off
        return _complete(data)
    return None


def _complete_csi(data: bytearray) -> Kind | None:
    if data.startswith(PASTE_BEGINS):
        return Kind.PASTE if data.endswith(PASTE_ENDS) else None
    length, last = len(data), data[-1]
    if length == 2:  # noqa: PLR2004 - ESC [ alone
        return None
    if data[2] == ord("["):  # a function key of the Linux console
        return Kind.KEY if length == 4 else None  # noqa: PLR2004
    if data[2] == ord("M"):  # the oldest way to report the mouse
        return Kind.REPLY if length == 3 + _MOUSE_BYTES else None
    if not 0x40 <= last <= 0x7E:  # noqa: PLR2004 - the bytes that end a sequence
        return None
    ours = last in _KEY_FINALS and data[2] not in b"?><="
    return Kind.KEY if ours else Kind.REPLY


def _is_character(data: bytearray) -> bool:
    """Whether the bytes are one character; bytes that can never become one count as one too."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    return bool(decoder.decode(bytes(data)))
