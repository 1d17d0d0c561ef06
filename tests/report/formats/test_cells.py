"""Lines are as wide as they are said to be, whatever way they are wrapped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pltool.report.formats.cells import width, wrap

words = st.lists(st.text("abc“”—é●", min_size=1, max_size=15), max_size=30)


@given(
    words, st.integers(40, 60), st.sampled_from(["", "- ", "Oct 1, 2026  ●◐○  "]), st.sampled_from(["", "  "])
)
def test_narrow_text_is_wrapped_as_any_other(listed: list[str], size: int, first: str, rest: str) -> None:
    text = " ".join(listed)
    narrow = wrap(text, size, first, rest)
    # A character of no width at the end takes the general way, and breaks in the same places.
    general = wrap(text + "\u200d", size, first, rest) if text else wrap(text, size, first, rest)
    assert narrow == [line.replace("\u200d", "") for line in general]
    assert max(map(width, narrow)) <= max(
        size, *(len(max(first, rest, key=len)) + len(word) for word in ["", *listed])
    )
