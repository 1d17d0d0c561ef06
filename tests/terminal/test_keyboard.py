"""The keyboard on a real pseudo-terminal: one key is one key, and everything else is none."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import signal
import subprocess
import sys
import termios
import threading
from typing import TYPE_CHECKING

import pytest

from pltool.errors import EndOfInput
from pltool.terminal.raw import OTHER, PosixKeyboard

if TYPE_CHECKING:
    from collections.abc import Iterator

THEME = b"\x1b[?997;1n"


class Line:
    """A pseudo-terminal: what is written to it is typed."""

    def __init__(self) -> None:
        self.far, self.near = pty.openpty()
        self.keyboard = PosixKeyboard(self.near)
        self.timers: list[threading.Timer] = []

    def type(self, data: bytes, after: float = 0.0) -> None:
        if not after:
            os.write(self.far, data)
            return
        timer = threading.Timer(after, os.write, (self.far, data))
        self.timers.append(timer)
        timer.start()

    def hang_up(self) -> None:
        os.close(self.far)
        self.far = -1


@pytest.fixture
def line() -> Iterator[Line]:
    opened = Line()
    opened.keyboard.open(lambda: None)
    yield opened
    for timer in opened.timers:
        timer.join()
    opened.keyboard.close()
    for descriptor in (opened.far, opened.near):
        if descriptor >= 0:
            os.close(descriptor)


@pytest.mark.parametrize("key", ["y", "ü", "€", "🙂", "\n", "?", " "])
def test_one_key_is_that_key(line: Line, key: str) -> None:
    line.type(key.encode())
    assert line.keyboard.key() == key


@pytest.mark.parametrize(
    "data",
    [b"yn", b"yes\r", b"y\r", b"n" * 500, b"\x1b[200~y\x1b[201~", b"\x1b[200~y\rn\r\x1b[201~", b"\x1b[A", b"\x1by", b"\xffy",
     b"y\x04", "yü".encode(), b"y\x1b[A", b"\x1bO5A"],
)  # fmt: skip
def test_a_burst_a_paste_and_a_key_with_alt_answer_nothing(line: Line, data: bytes) -> None:
    line.type(data)
    assert line.keyboard.key() == OTHER
    line.type(b"q")
    assert line.keyboard.key() == "q"


def test_a_long_paste_without_marks_is_one_thing_and_leaves_nothing_behind(line: Line) -> None:
    line.type(b"yes, they do\rno\r" * 100)
    line.type(b"nnn", after=0.02)
    assert line.keyboard.key() == OTHER
    line.type(b"q", after=0.1)
    assert line.keyboard.key() == "q"


@pytest.mark.parametrize(
    "reply", [THEME, b"\x1b]11;rgb:ffff/ffff/ffff\x07", b"\x1bP>|yes\x1b\\", b"\x1b[?2026;2$y", b"\x1b[121u"]
)
@pytest.mark.parametrize("cut", [1, 2, 4, -1])
def test_half_a_reply_and_then_its_rest_are_no_key(line: Line, reply: bytes, cut: int) -> None:
    line.type(reply[:cut])
    line.type(reply[cut:], after=0.03)
    line.type(b"q", after=0.1)
    assert line.keyboard.key() == "q"


def test_a_reply_beside_a_key_leaves_the_key(line: Line) -> None:
    line.type(THEME + b"y" + THEME)
    assert line.keyboard.key() == "y"


def test_a_key_held_down_is_forgotten_before_the_next_question(line: Line) -> None:
    line.type(b"y" * 40)
    line.keyboard.forget()
    line.type(b"n", after=0.02)
    assert line.keyboard.key() == "n"


def test_what_is_forgotten_may_be_half_a_reply_whose_rest_comes_later(line: Line) -> None:
    line.type(b"y" + THEME[:4])
    line.keyboard.forget()
    line.type(THEME[4:])
    line.type(b"q", after=0.05)
    assert line.keyboard.key() == "q"


@pytest.mark.parametrize(
    "data", [b"\x03", b"y\x03", b"\x03y", b"yes\x03no", THEME + b"\x03", b"\x1b\x03", b"\x1b]11;rgb:\x03"]
)
def test_control_c_interrupts_wherever_it_stands(line: Line, data: bytes) -> None:
    line.type(data)
    with pytest.raises(KeyboardInterrupt):
        line.keyboard.key()
    line.type(data)
    with pytest.raises(KeyboardInterrupt):
        line.keyboard.forget()


def test_control_c_interrupts_a_paste_that_never_ends(line: Line) -> None:
    line.type(b"\x1b[200~yes")
    line.type(b"\x03", after=0.02)
    with pytest.raises(KeyboardInterrupt):
        line.keyboard.key()


def test_control_d_ends_the_input_and_so_does_a_terminal_that_has_gone(line: Line) -> None:
    line.type(b"\x04")
    with pytest.raises(EndOfInput):
        line.keyboard.key()
    line.hang_up()
    for ask in (line.keyboard.key, line.keyboard.forget):
        with pytest.raises(EndOfInput):
            ask()
    line.keyboard.close()


def test_a_terminal_left_not_waiting_is_no_end_of_input(line: Line) -> None:
    """Another program may leave it so; reading from it then fails for the moment."""
    flags = fcntl.fcntl(line.near, fcntl.F_GETFL)
    fcntl.fcntl(line.near, fcntl.F_SETFL, flags | os.O_NONBLOCK)
    line.type(b"y", after=0.05)
    assert line.keyboard.key() == "y"


def test_the_terminal_is_given_back_as_it_was() -> None:
    line = Line()
    before = termios.tcgetattr(line.near)
    for _ in range(2):
        line.keyboard.open(lambda: None)
        line.keyboard.open(lambda: None)
        assert not termios.tcgetattr(line.near)[3] & (termios.ECHO | termios.ICANON | termios.ISIG)
        line.keyboard.close()
        line.keyboard.close()
        assert termios.tcgetattr(line.near) == before
    os.close(line.far)
    os.close(line.near)


@contextlib.contextmanager
def handling(number: int, handler: signal.Handlers) -> Iterator[None]:
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)


def test_continued_after_a_stop_it_takes_the_terminal_over_again_and_redraws() -> None:
    line, drawn = Line(), []
    before = termios.tcgetattr(line.near)
    line.keyboard.open(lambda: drawn.append("again"))
    termios.tcsetattr(line.near, termios.TCSANOW, before)  # as a shell does
    os.kill(os.getpid(), signal.SIGCONT)
    line.type(b"y")
    assert line.keyboard.key() == "y"
    assert drawn == ["again"]
    line.keyboard.close()
    assert termios.tcgetattr(line.near) == before
    os.close(line.far)
    os.close(line.near)


def test_a_hangup_that_is_ignored_stays_ignored() -> None:
    """As `nohup` arranges it."""
    line = Line()
    with handling(signal.SIGHUP, signal.SIG_IGN):
        line.keyboard.open(lambda: None)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        line.keyboard.close()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    os.close(line.far)
    os.close(line.near)


PROGRAM = """
import sys
from pltool.terminal.raw import PosixKeyboard
keyboard = PosixKeyboard(0)
keyboard.open(lambda: None)
sys.stderr.write("ready"); sys.stderr.flush()
{then}
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("then", ["keyboard.key()", "import time; time.sleep(30)"])
def test_ended_by_a_signal_it_gives_the_terminal_back(number: int, then: str) -> None:
    far, near = pty.openpty()
    before = termios.tcgetattr(near)
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(then=then)],
        stdin=near,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # noqa: PLW1509 - a runner may ignore it
    ) as process:
        assert process.stderr is not None
        assert process.stderr.read(5) == b"ready"
        assert termios.tcgetattr(near) != before
        process.send_signal(number)
        assert process.wait(20) == -number
    assert termios.tcgetattr(near) == before
    os.close(far)
    os.close(near)
