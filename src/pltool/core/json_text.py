"""JSON as text: the one way in which it is printed and saved."""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from typing import Any

# Characters that JSON allows as they are and that a terminal obeys, or that reorder what stands around them.
_OBEYED = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def plain_data(value: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    """Values of this program as what JSON knows: groups, lists, texts and numbers."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, list | tuple):
        return [plain_data(entry) for entry in value]
    if isinstance(value, dict):
        return {key: plain_data(entry) for key, entry in value.items()}
    if is_dataclass(value):
        return {field.name: plain_data(getattr(value, field.name)) for field in fields(value)}
    return value


def as_json(value: object) -> str:
    """Plain data as indented JSON with its letters readable, ending in a newline; safe to print on a terminal."""
    written = json.dumps(value, ensure_ascii=False, indent=2)
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", written) + "\n"
