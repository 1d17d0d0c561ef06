"""Line by line: strict with what a program sends, patient with a person, and nothing but text on the screen."""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pltool.errors import EndOfInput, InputError
from pltool.terminal import lines
from pltool.terminal.ask import LineAsker
from pltool.terminal.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from typer.testing import Result

PROGRAM = str(Path(sys.executable).with_name("pltool"))
KEYS = {"y": "in place", "n": "not yet", "?": "look-fors", "q": "stop"}
ENCODINGS = {
    "utf-8": "y\nnaïve\nn\n".encode(),
    "with a mark": codecs.BOM_UTF8 + "y\nnaïve\nn\n".encode(),
    "utf-16, little end first": codecs.BOM_UTF16_LE + "y\nnaïve\nn\n".encode("utf-16-le"),
    "utf-16, big end first": codecs.BOM_UTF16_BE + "y\nnaïve\nn\n".encode("utf-16-be"),
    "lines as Windows ends them": "y\r\nnaïve\r\nn\r\n".encode(),
    "utf-16 of Windows": codecs.BOM_UTF16_LE + "y\r\nnaïve\r\nn\r\n".encode("utf-16-le"),
    "no end of the last line": "y\nnaïve\nn".encode(),
    "utf-16 with no end of the last line": codecs.BOM_UTF16_LE + "y\nnaïve\nn".encode("utf-16-le"),
}


def piped(data: bytes) -> LineAsker:
    asker = LineAsker(Lines(io.BytesIO(data)))
    asker.person = False
    return asker


@pytest.mark.parametrize("name", ENCODINGS)
def test_lines_are_read_in_whatever_encoding_says_what_it_is(name: str) -> None:
    asker = piped(ENCODINGS[name])
    assert [asker.key(KEYS), asker.line("Note?"), asker.key(KEYS)] == ["y", "naïve", "n"]
    assert asker.lines.number == 3
    with pytest.raises(EndOfInput):
        asker.key(KEYS)


@pytest.mark.parametrize("name", ENCODINGS)
def test_a_line_that_is_no_answer_is_named_with_its_number(name: str) -> None:
    asker = piped(ENCODINGS[name])
    asker.key(KEYS)
    with pytest.raises(
        InputError, match=r"^standard input:2: line 2 is “naïve”, which is no answer; write y \(in place\), n"
    ):
        asker.key(KEYS)


@pytest.mark.parametrize(
    ("line", "shown"),
    [("", "empty"), ("   ", "empty"), ("\x1b]0;title\x07", "“]0;title”"), ("yes please", "“yes please”"), ("yy", "“yy”"),
     ("x" * 5000, "“" + "x" * 20 + "”"), ("y\ufeff", "“y”"), ("ｙ", "“ｙ”"), ("\x00y", "“y”")],
)  # fmt: skip
def test_only_an_answer_is_an_answer(line: str, shown: str) -> None:
    with pytest.raises(InputError) as caught:
        piped(f"{line}\n".encode()).key(KEYS)
    assert f"line 1 is {shown}, which is no answer" in str(caught.value)


@pytest.mark.parametrize(
    ("line", "key"),
    [("y", "y"), (" Y ", "y"), ("yes", "y"), ("NO", "n"), ("quit", "q"), ("stop", "q"), ("?", "?")],
)
def test_words_and_capitals_are_answers_too(line: str, key: str) -> None:
    assert piped(f"{line}\n".encode()).key(KEYS) == key


def test_enter_answers_only_where_nothing_is_answered_by_it() -> None:
    assert piped(b"\n").key({" ": "to read on"}, enter=" ") == " "
    assert piped(b"g\n").key({" ": "to read on"}) == " "
    with pytest.raises(InputError):
        piped(b"g\n").key(KEYS)


def everything(read: Lines) -> list[str]:
    found = []
    with contextlib.suppress(EndOfInput):
        while True:
            found.append(read.next())
    return found


@given(st.binary(max_size=60))
def test_any_bytes_become_lines_that_can_be_written_anywhere(data: bytes) -> None:
    found = everything(Lines(io.BytesIO(data)))
    "".join(found).encode("utf-8")
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        assert len(found) == len(io.BytesIO(data).readlines())


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")), min_size=1))
def test_lines_end_at_their_ends_alone_in_every_encoding(written: list[str]) -> None:
    text = "\n".join(["first", *written, ""])
    for data in (text.encode(), codecs.BOM_UTF16_LE + text.encode("utf-16-le")):
        read = Lines(io.BytesIO(data))
        assert [read.next() for _ in range(len(written) + 1)] == ["first", *written]


def test_a_line_without_an_end_is_taken_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 10)
    assert Lines(io.BytesIO(b"y" * 25)).next() == "y" * 10


class Broken(io.BytesIO):
    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def readline(self, *_: object) -> bytes:
        raise OSError(self.number, os.strerror(self.number))


def test_input_that_cannot_be_read_is_named_and_a_terminal_that_has_gone_is_the_end() -> None:
    with pytest.raises(InputError, match="Standard input cannot be read: Is a directory"):
        Lines(Broken(21)).next()
    with pytest.raises(EndOfInput):
        Lines(Broken(5)).next()
    with pytest.raises(EndOfInput):
        Lines(None).next()


@pytest.mark.parametrize("command", ["reflect", "observe"])
def test_the_number_reaches_the_person_and_the_answers_before_are_kept(
    run: Callable[..., Result], command: str, home: Path
) -> None:
    result = run(command, "station-rotation", lines="y\ny\nhello\n")
    assert result.exit_code == 2
    assert "standard input:3: line 3 is “hello”, which is no answer" in result.stderr
    assert "Your 2 answers are kept" in result.stderr
    assert len(list((home / "drafts").glob("*.json"))) == 1


class Terminal:
    """The program at a pseudo-terminal, to which lines are typed as soon as it asks."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        self.far, near = pty.openpty()
        self.process = subprocess.Popen(
            [PROGRAM, *arguments],
            stdin=near,
            stdout=near,
            stderr=near,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", **environment},
        )
        os.close(near)
        self.output = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.far)

    def read_until(self, *texts: bytes) -> None:
        end, seen = time.monotonic() + 20, len(self.output)
        while not any(text in self.output[seen:] for text in texts):
            assert time.monotonic() < end, self.output.decode()[-2000:]
            if select.select([self.far], [], [], 0.1)[0]:
                try:
                    self.output += os.read(self.far, 65536)
                except OSError:
                    return

    def type(self, *typed: str) -> None:
        """Each at the next prompt."""
        for line in typed:
            self.read_until(b" > ", b"? ", b") ")
            time.sleep(0.06)  # what is typed before its question is dropped
            os.write(self.far, line.encode())


PLAIN = [
    ((), {"TERM": "dumb"}),
    ((), {"TERM": "unknown"}),
    ((), {"TERM": ""}),
    ((), {"PLTOOL_PLAIN": "1"}),
    ((), {"ACCESSIBLE": "1"}),
    (("--plain",), {}),
]


@pytest.mark.parametrize(("options", "environment"), PLAIN)
def test_plain_draws_nothing_from_the_first_question_to_the_end(
    options: tuple[str, ...], environment: dict[str, str], home: Path
) -> None:
    with Terminal("reflect", "station-rotation", *options, **environment) as terminal:
        terminal.type("?\n", "hello\n", "y\nn\n", "y\n", "x\n", "no devices\n", "n\n", "g\n", "s\n")
        terminal.read_until(b"Saved as")
        terminal.read_until(b"To hand it over")
        assert terminal.process.wait(20) == 0
    assert b"\x1b" not in terminal.output
    assert set(terminal.output) & set(range(0x20)) <= set(b"\r\n\t")
    assert "“hello” is no answer." in terminal.output.decode()
    assert "Several lines at once are no answer." in terminal.output.decode()
    assert len(list((home / "reflections").glob("*.json"))) == 1


@pytest.mark.parametrize("command", ["observe", "identify"])
def test_plain_draws_nothing_for_an_observer_either(command: str) -> None:
    with Terminal(command, "--plain") as terminal:
        terminal.type("y\n", "q\n", "q\n")
        assert terminal.process.wait(20) == 0
    assert b"\x1b" not in terminal.output
