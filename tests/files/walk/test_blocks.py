"""Sheets are taken apart in blocks where they are plain, and come to what they come to row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pltool.files.walk import sheet as sheets
from tests.files.walk.test_reader import HEAD, read

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path
    from typing import Any

PLAIN = st.sampled_from(
    ["", "x", "R 4", "two, plans", 'a "b"', "é ü", "\x1f", "\x85", "\x0b", " ", "=1", "# 3"]
)
AWKWARD = st.text(st.sampled_from('",;\n\rx \x1f\x00"'), max_size=5)
DAYS = ["2026-11-23", "11/24/2026", "3/4/2026", "23.11.2026", "2026-11-23 14:03", "46349", "soon", ""]
PAUSES = ["step-1", "step-2", "complete", "unfinished", "", "step-99", "Phase 1, 1"]


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def written(cell: str) -> str:
    return quoted(cell) if any(sign in cell for sign in ',"\n\r') else cell


def as_it_is(cell: str) -> str:
    return cell


@st.composite
def rows(draw: st.DrawFn) -> str:
    """A row as a program writes it, or as somebody's slip leaves it."""
    if draw(st.integers(0, 11)) == 0:
        return draw(AWKWARD)
    note = draw(st.one_of(PLAIN, AWKWARD))
    cells = [
        draw(st.sampled_from(DAYS)), draw(PLAIN), draw(PLAIN), draw(st.sampled_from(["AB", "CD", ""])),
        draw(st.sampled_from(["alpha", "beta", "nothing", ""])), draw(st.sampled_from(PAUSES)), note,
    ]  # fmt: skip
    write = draw(st.sampled_from([written, written, written, quoted, as_it_is]))
    return ",".join(map(write, cells[: draw(st.sampled_from([7, 7, 7, 7, 7, 6, 4]))]))


def contents(path: Path) -> tuple[Any, ...]:
    visits, findings = read(path)
    facts = [(*visit[:5], visit.outcome.key, *visit[6:]) for visit in visits]
    return facts, findings.problems, findings.notes, findings.read, findings.left_out, findings.repeated


def row_by_row(_: Any, __: Any, ___: Any, head: Any) -> Generator[Any, None, tuple[int, int]]:
    yield from ()
    return 0, head.last


@given(
    st.lists(rows(), min_size=1, max_size=12), st.sampled_from(["\n", "\n", "\r\n", "\r"]), st.booleans(),
    st.integers(1, 400), st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16"]), st.booleans(),
)  # fmt: skip
def test_blocks_come_to_what_rows_come_to(
    tmp_path_factory: pytest.TempPathFactory, listed: list[str], end: str, ended: bool, block: int,  # noqa: FBT001
    encoding: str, titled: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    path = tmp_path_factory.mktemp("blocks") / "walk.csv"
    text = end.join([*(["Our walk", ""] if titled else []), HEAD, *listed]) + (end if ended else "")
    path.write_bytes(text.encode(encoding, "replace"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets, "_PLAIN_BLOCK", block)
        patch.setattr(sheets, "_LONGEST", 60)
        in_blocks = contents(path)
        patch.setattr(sheets.SheetReader, "_read_blocks", row_by_row)
        assert in_blocks == contents(path)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("a,b\nc,d\n", [["a", "c"], ["b", "d"]]),
        ("a,b\r\nc,d", [["a", "c"], ["b", "d"]]),
        ('a,"b, c"\n"",d\n', [["a", ""], ["b, c", "d"]]),
        ('"a",b\n', [["a"], ["b"]]),
        ("a,b\nc\n", None),
        ("a,b,c\nd\n", None),  # as many cells as two rows of two
        ("a,b\n\nc,d\n", None),
        ("a,b\rc,d\n", None),
        ('a,"b\nc"\n', None),
        ('a,"b\nc",d\n', None),  # as two rows would be, but for the quotation marks
        ('a,"b""c"\n', None),
        ('a,b"c"\n', None),
        ('a,"b"c\n', None),
        ('a,"b\n', None),
        ('a,"b\x1f"\n', None),
    ],
)
def test_only_plain_blocks_are_taken_apart_at_once(text: str, columns: list[list[str]] | None) -> None:
    assert sheets._split(text, ",", 2) == columns
