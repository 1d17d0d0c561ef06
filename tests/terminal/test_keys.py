"""What a terminal sends by itself never becomes a key, however it is torn; a key that was pressed always comes through."""

from __future__ import annotations

import re
import time
from collections import deque
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from pltool.errors import EndOfInput
from pltool.terminal import raw
from pltool.terminal.keys import PATIENCE_AFTER_ESCAPE, PATIENCE_IN_SEQUENCE, Decoder, Kind, Token

NUMBER = st.integers(0, 65535).map(str)
NUMBERS = st.lists(NUMBER, max_size=4).map(";".join)
BEL, ST = "\x07", "\x1b\\"
# Letters that are answers somewhere stand in all of these: y, n, s, x, e, b, q, c.
PRINTABLE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=12)


def csi(finals: str, *, marks: str = "|?|>|<|=") -> st.SearchStrategy[str]:
    return st.builds(
        "\x1b[{}{}{}".format, st.sampled_from(marks.split("|")), NUMBERS, st.sampled_from(finals)
    )


def string(opening: str, content: st.SearchStrategy[str], ends: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.builds("\x1b{}{}{}".format, st.just(opening), content, st.sampled_from(ends))


COLOR = st.builds("{};rgb:{}/{}/{}".format, st.sampled_from(["10", "11", "12", "4;7"]), *[NUMBER] * 3)
REPLIES = {
    "status": csi("n"),
    "cursor": csi("R", marks="|?"),
    "device": csi("c"),
    "theme": st.sampled_from(["\x1b[?997;1n", "\x1b[?997;2n"]),
    "mode": st.builds("\x1b[{}{};{}$y".format, st.sampled_from(["", "?"]), NUMBER, st.sampled_from("01234")),
    "window": csi("t"),
    "parameters": csi("x"),
    "kitty": st.builds("\x1b[{}{}u".format, st.sampled_from(["", "?"]), NUMBERS),
    "kitty with kinds": st.builds("\x1b[{};{}:{}u".format, NUMBER, NUMBER, st.sampled_from("123")),
    "focus": st.sampled_from(["\x1b[I"]),
    "mouse": st.builds("\x1b[<{}{}".format, NUMBERS, st.sampled_from("Mm")),
    "urxvt mouse": st.builds("\x1b[{};{};{}M".format, NUMBER, NUMBER, NUMBER),
    "old mouse": st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=3, max_size=3).map(
        "\x1b[M{}".format
    ),
    "color": string("]", COLOR, (BEL, ST)),
    "clipboard": string("]", PRINTABLE.map("52;c;{}".format), (BEL, ST)),
    "version": string("P", PRINTABLE.map(">|{}".format), (ST,)),
    "setting": string("P", PRINTABLE.map("1$r{}".format), (ST,)),
    "bell inside": string("P", st.just("yes\x07no"), (ST,)),
    "graphics": string("_", PRINTABLE.map("Gi=1;{}".format), (ST,)),
    "privacy": string("^", PRINTABLE, (ST,)),
    "start of string": string("X", PRINTABLE, (ST,)),
}
KEYS = st.one_of(
    st.sampled_from(["\x1b[A", "\x1b[1;5C", "\x1b[15~", "\x1b[3;2~", "\x1b[Z", "\x1b[[A", "\x1bOP", "\x1bOH", "\x1bO5A",
                     "\x1bO2S", "\x1b[O"]),  # the last is the focus leaving, too
    st.characters(categories=["L", "N"], exclude_characters="OPX").map("\x1b{}".format),  # with Alt
)  # fmt: skip
PASTES = st.text(max_size=40).map(lambda text: text.replace("\x1b", "␛")).map("\x1b[200~{}\x1b[201~".format)
WHOLE = st.one_of(*REPLIES.values(), KEYS, PASTES).map(str.encode)
LONE = st.characters(exclude_categories=["Cs"], exclude_characters="\x1b").map(str.encode)


def decode(
    *chunks: bytes, decoder: Decoder | None = None, apart: float = 0.0, start: float = 100.0
) -> list[Token]:
    """The tokens of chunks that come one after the other, so many seconds apart."""
    decoder = decoder or Decoder()
    return [
        token for number, chunk in enumerate(chunks) for token in decoder.feed(chunk, start + number * apart)
    ]


def torn(data: bytes, cuts: list[int]) -> list[bytes]:
    places = [0, *sorted({cut % (len(data) + 1) for cut in cuts}), len(data)]
    return [data[begin:end] for begin, end in pairwise(places) if begin != end]


def characters(tokens: list[Token]) -> list[bytes]:
    return [token.raw for token in tokens if token.kind is Kind.CHARACTER]


@given(
    st.lists(st.tuples(st.booleans(), WHOLE, LONE), max_size=8), st.lists(st.integers(0, 10_000), max_size=12)
)
def test_only_what_was_pressed_comes_out_however_it_is_torn(
    sent: list[tuple[bool, bytes, bytes]], cuts: list[int]
) -> None:
    data = b"".join(lone if is_lone else whole for is_lone, whole, lone in sent)
    chunks = torn(data, cuts)
    tokens = decode(*chunks, apart=0.25)
    assert characters(tokens) == [lone for is_lone, _, lone in sent if is_lone]
    assert b"".join(token.raw for token in tokens) == data


@pytest.mark.parametrize("name", REPLIES)
def test_a_reply_is_a_reply(name: str) -> None:
    @given(REPLIES[name])
    def check(reply: str) -> None:
        assert [token.kind for token in decode(reply.encode())] == [Kind.REPLY]

    check()


@given(WHOLE, st.data())
def test_byte_by_byte_a_sequence_is_never_a_character(whole: bytes, data: st.DataObject) -> None:
    assume(len(whole) < 60)
    apart = data.draw(st.floats(0, 0.05))
    assert characters(decode(*(bytes([byte]) for byte in whole), apart=apart)) == []


@given(WHOLE, st.integers(1, 200), LONE)
def test_after_half_a_sequence_and_a_pause_a_character_comes_through(
    whole: bytes, half: int, lone: bytes
) -> None:
    decoder = Decoder()
    decode(whole[: half % len(whole) or 1], decoder=decoder)
    tokens = decode(lone, decoder=decoder, start=100.01 + PATIENCE_IN_SEQUENCE)
    assert characters(tokens) == [lone]


@given(WHOLE, st.integers(1, 200), st.floats(0, 1.9))
def test_control_c_comes_through_whatever_was_begun(whole: bytes, half: int, later: float) -> None:
    decoder = Decoder()
    decode(whole[: half % len(whole) or 1], decoder=decoder)
    assert characters(decode(b"\x03", decoder=decoder, start=100 + later)) == [b"\x03"]


@given(st.sampled_from(["]", "P", "_", "^", "X", "[", "O", "[M"]), st.integers(40, 120))
def test_keys_pressed_on_and_on_are_not_swallowed_for_ever(opening: str, presses: int) -> None:
    """Alt and a bracket look like the beginning of a reply."""
    keys = [f"\x1b{opening}".encode(), *[b"5"] * presses]
    assert len(characters(decode(*keys, apart=0.3))) > presses - 20


@given(REPLIES["color"].map(str.encode), st.integers(3, 30), WHOLE, LONE)
def test_a_string_that_breaks_off_does_not_swallow_what_follows(
    reply: bytes, half: int, whole: bytes, lone: bytes
) -> None:
    begun = reply[: min(half, len(reply) - 2)]
    assume(not whole.startswith(b"\x1b\\"))
    assert characters(decode(begun, whole, lone)) == [lone]


@given(st.lists(st.binary(max_size=30), max_size=8), LONE)
@example([b"\xc3"], b"y")
@example([b"\x1b[200~"], b"y")
def test_any_bytes_at_all_are_survived_and_the_next_key_comes_through(
    chunks: list[bytes], lone: bytes
) -> None:
    decoder = Decoder()
    tokens = decode(*chunks, decoder=decoder)
    assert len(b"".join(token.raw for token in tokens)) <= len(b"".join(chunks))
    (only,) = decode(lone, decoder=decoder, start=200.0)
    assert (only.kind, only.text) == (Kind.CHARACTER, lone.decode())


@pytest.mark.parametrize("character", ["y", "ü", "€", "🙂", "\r", "\x04", "?"])
def test_a_character_may_be_torn_as_well(character: str) -> None:
    tokens = decode(*(bytes([byte]) for byte in character.encode()), apart=0.1)
    assert [token.text for token in tokens] == [character]


def test_escape_alone_waits_for_a_moment_only() -> None:
    assert characters(decode(b"\x1b", b"y", apart=PATIENCE_AFTER_ESCAPE / 2)) == []
    assert characters(decode(b"\x1b", b"y", apart=PATIENCE_AFTER_ESCAPE * 1.1)) == [b"y"]


@pytest.mark.parametrize(
    "data",
    [b"\x1b[200~" + b"y" * 400_000, b"\x1b]11;" + b"y" * 400_000, b"\x1b[" + b"1" * 400_000, b"\xff" * 100_000,
     b"\x1b" * 400_000, b"\x1b]" + b"\x1b" * 400_000, b"\x1b[200~" + b"\x1b[201" * 60_000, b"\x1bO" + b"5" * 400_000],
    ids=["paste", "string", "sequence", "bad bytes", "escapes", "escapes in a string", "ends", "key"],
)  # fmt: skip
def test_time_grows_with_what_is_sent_and_not_with_its_square(data: bytes) -> None:
    began = time.process_time()
    decode(*(data[place : place + 4096] for place in range(0, len(data), 4096)))
    assert time.process_time() - began < 10


def test_everything_pasted_stays_in_the_paste() -> None:
    paste = b"\x1b[200~y\rn\r\x1b[?997;1n\x03\x1b[200~q\x1b[201~"
    for cut in range(1, len(paste)):
        if paste[cut - 1 : cut] != b"\x03" and re.match(rb"\x03", paste[cut:]) is None:
            tokens = decode(paste[:cut], paste[cut:])
            assert [token.kind for token in tokens] == [Kind.PASTE]


class Console:
    """The console of Windows as far as it is used."""

    def __init__(self, typed: str) -> None:
        self.typed = deque(typed)

    def kbhit(self) -> bool:
        return bool(self.typed)

    def getwch(self) -> str:
        return self.typed.popleft()


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("y", "y"),
        ("ü", "ü"),
        ("\r", "\r"),
        ("yn", raw.OTHER),
        ("yes\r", raw.OTHER),
        ("\xe0H", raw.OTHER),
        ("\x00;", raw.OTHER),
    ],
)
def test_on_windows_one_key_is_that_key_and_several_are_none(
    typed: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = Console(typed)
    monkeypatch.setattr(raw, "_msvcrt", lambda: console)
    assert raw.WindowsKeyboard().key() == key
    assert not console.typed


def test_on_windows_keys_end_interrupt_and_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    keyboard, console = raw.WindowsKeyboard(), Console("")
    monkeypatch.setattr(raw, "_msvcrt", lambda: console)
    for typed in ("\x04", "\x1a"):
        console.typed.extend(typed)
        with pytest.raises(EndOfInput):
            keyboard.key()
    for ask in (keyboard.key, keyboard.forget):
        console.typed.extend("yn\x03")
        with pytest.raises(KeyboardInterrupt):
            ask()
    console.typed.extend("yyy")
    keyboard.forget()
    assert not console.typed
