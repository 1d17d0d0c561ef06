"""JSON as text: the one way in which it is printed and saved."""

from __future__ import annotations

import json
import re

# Characters that JSON allows as they are and that a terminal obeys, or that reorder what stands around them.
_OBEYED = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def as_json(value: object) -> str:
    """Plain data as indented JSON with its letters readable, ending in a newline; safe to print on a terminal."""
    written = json.dumps(value, ensure_ascii=False, indent=2)
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", written) + "\n"
