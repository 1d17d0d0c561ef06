"""Text from outside: what no file and no screen could hold is replaced where it comes in."""

from __future__ import annotations

import re
from typing import Any

_SURROGATES = re.compile("[\ud800-\udfff]")


def readable(text: str) -> str:
    """Text that can be written as UTF-8.

    Bytes of an argument that were not UTF-8 stand in it as lone surrogates, and JSON may hold others. Each becomes
    the replacement character, so that nothing later can fail on it.
    """
    if text.isascii() or not _SURROGATES.search(text):
        return text
    return _SURROGATES.sub("\ufffd", text)


def readable_data(data: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    """The same for all text in plain data, keys too."""
    if isinstance(data, str):
        return readable(data)
    if isinstance(data, list):
        return [readable_data(entry) for entry in data]
    if isinstance(data, dict):
        return {readable_data(key): readable_data(value) for key, value in data.items()}
    return data
