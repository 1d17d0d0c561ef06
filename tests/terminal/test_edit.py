"""A line written at a terminal holds what was typed, and nothing that the terminal said meanwhile."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Self

import pytest

from tests.terminal.test_keyboard import THEME

if TYPE_CHECKING:
    from types import TracebackType

PROGRAM = """
import json, sys
from pltool.errors import EndOfInput
from pltool.terminal.ask import KeyAsker
asker = KeyAsker()
asked = 0
while True:
    asked += 1
    try:
        if (written := asker.line(f"Write {asked}:")) == "a key":
            written = asker.key({"y": "yes", "n": "no"})
    except (EndOfInput, KeyboardInterrupt) as error:
        written = type(error).__name__
    print(json.dumps(written), flush=True)
    if written == "end":
        asker.close()
        break
"""


class Writer:
    """A program that asks for lines on a pseudo-terminal and tells which it got."""

    def __init__(self) -> None:
        self.far, near = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            stdin=near,
            stderr=near,
            stdout=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color"},
        )
        os.close(near)
        self.shown = b""
        self.asked = 0
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while True:
            try:
                data = os.read(self.far, 65536)
            except OSError:
                return
            if not data:
                return
            self.shown += data

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.communicate()
        os.close(self.far)

    def wait_for(self, text: bytes) -> None:
        end = time.monotonic() + 20
        while text not in self.shown:
            assert time.monotonic() < end, self.shown
            time.sleep(0.01)
        time.sleep(0.02)

    def write(self, *chunks: bytes, apart: float = 0.015) -> object:
        """Type these chunks at the next prompt; what the program got."""
        # Each prompt has its own number: the one before is drawn again with every letter that is typed.
        self.asked += 1
        self.wait_for(b"Write %d:" % self.asked)
        for chunk in chunks:
            os.write(self.far, chunk)
            time.sleep(apart)
        return self.got()

    def got(self) -> object:
        assert self.process.stdout is not None
        assert select.select([self.process.stdout], [], [], 20)[0], self.shown
        return json.loads(self.process.stdout.readline())


REPLIES = [
    THEME, b"\x1b[12;40R", b"\x1b[?62;22c", b"\x1b[>41;354;0c", b"\x1b[?2026;2$y", b"\x1b]11;rgb:ffff/ffff/ffff\x07",
    b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\", b"\x1bP>|XTerm(388)\x1b\\", b"\x1b[I", b"\x1b[O", b"\x1b[<0;12;4M", b"\x1b[M !!",
    b"\x1b[121u", b"\x1b_Gi=31;OK\x1b\\", b"\x1b[8;24;80t",
]  # fmt: skip


def test_replies_whole_and_torn_do_not_end_up_in_the_line() -> None:
    with Writer() as writer:
        for reply in REPLIES:
            assert writer.write(b"ab" + reply + b"cd\r") == "abcd"
            for cut in (1, len(reply) - 1):
                assert writer.write(b"ab", reply[:cut], reply[cut:], b"cd\r") == "abcd", (reply, cut)
            assert writer.write(b"ab", *(bytes([byte]) for byte in reply), b"cd\r", apart=0.004) == "abcd", (
                reply
            )


def test_a_line_is_edited_as_in_a_shell_and_takes_any_text() -> None:
    with Writer() as writer:
        assert writer.write(b"wrold\x1b[D\x1b[D\x1b[D\x7fo\x1b[C\x7f\x1b[Hhello \r") == "hello wold"
        assert writer.write(b"one two\x1b\x7fthree\r") == "one three"
        assert writer.write("naïve 🙂 中文\r".encode()) == "naïve 🙂 中文"
        assert writer.write(b"Sch\xfcler\r") == "Sch\ufffdler"
        assert writer.write(b"\x1b[200~two\r\nlines\x1b[201~\r") == "two\nlines"
        assert writer.write(b"  \r") == ""


def test_lines_pasted_without_marks_answer_one_prompt_and_not_the_next() -> None:
    with Writer() as writer:
        assert writer.write(b"first\rsecond\rthird\r") == "first"
        assert writer.write(b"own\r") == "own"


def test_half_a_reply_before_the_prompt_and_its_rest_in_it_leave_the_line_alone() -> None:
    with Writer() as writer:
        writer.asked += 1
        writer.wait_for(b"Write 1:")
        os.write(writer.far, b"a key\r")
        writer.wait_for(b"yes")
        os.write(writer.far, b"y" + THEME[:5])
        assert writer.got() == "y"
        assert writer.write(THEME[5:], b"ab\r") == "ab"


@pytest.mark.parametrize(("key", "error"), [(b"\x03", "KeyboardInterrupt"), (b"\x04", "EndOfInput")])
def test_control_c_and_control_d_leave_a_line(key: bytes, error: str) -> None:
    with Writer() as writer:
        assert writer.write(key) == error
        assert writer.write(b"end\r") == "end"
        assert writer.process.wait(20) == 0
