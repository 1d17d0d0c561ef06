"""What the page's script needs to remark on a note: the patterns of core/evidence.py, as JavaScript reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pltool.core import evidence

if TYPE_CHECKING:
    from typing import Any

# JavaScript knows the boundary of a word in plain English letters only.
_LETTER = r"[\p{L}\p{N}_]"
_BOUNDARY = rf"(?:(?<={_LETTER})(?!{_LETTER})|(?<!{_LETTER})(?={_LETTER}))"


def patterns() -> dict[str, Any]:
    """Each pattern with its flags, and the words that name nobody."""
    return {
        "judging": _as_script(evidence._JUDGING),  # noqa: SLF001 - the one other reader of these
        "no_judging": _as_script(evidence._NO_JUDGING),  # noqa: SLF001
        "word": _as_script(evidence._WORD),  # noqa: SLF001
        "domain": _as_script(evidence._DOMAIN),  # noqa: SLF001
        "titled": _as_script(evidence._TITLED),  # noqa: SLF001
        "two_capitals": _as_script(evidence._TWO_CAPITALS),  # noqa: SLF001
        "initialed": _as_script(evidence._INITIALED),  # noqa: SLF001
        "before_letters": sorted(evidence._BEFORE_LETTERS),  # noqa: SLF001
        "ordinary": sorted(evidence._ORDINARY),  # noqa: SLF001
    }


def _as_script(pattern: re.Pattern[str]) -> dict[str, str]:
    source = pattern.pattern.replace(r"\b", _BOUNDARY).replace(r"\"", '"')
    # Its \w knows plain English letters only, too.
    source = source.replace(r"[\w", r"[\p{L}\p{N}_").replace(r"\w", _LETTER)
    return {"source": source, "flags": "i" if pattern.flags & re.IGNORECASE else ""}
