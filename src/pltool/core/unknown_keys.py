"""Keys that a later version added to a record: not understood here, and kept when the record is written again."""

from __future__ import annotations

from typing import Any

# What tells the entries of a list in a record apart.
_IDENTITIES = (("step",), ("id",), ("move",), ("kind", "note"), ("at",))


def keep_unknown(written: Any, read: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    """Data about to be written, with the keys that the data it was read from has besides.

    Entries of lists are matched by what identifies them (a step, an id), not by their place. What was unknown
    about a pause or an answer that is gone goes with it.

    Args:
        written: made from what this version understands.
        read: the file as it was.
    """
    if isinstance(written, dict) and isinstance(read, dict):
        return _keep_in_group(written, read)
    if isinstance(written, list) and isinstance(read, list):
        known = {identity: entry for entry in reversed(read) if (identity := _identity(entry))}
        return [
            keep_unknown(entry, known[identity]) if (identity := _identity(entry)) in known else entry
            for entry in written
        ]
    return written


def _keep_in_group(written: dict[str, Any], read: dict[str, Any]) -> dict[str, Any]:
    kept = {}
    for key, value in written.items():
        before = read.get(key)
        replaced = key == "pause" and _identity(before) != _identity(value)
        kept[key] = value if replaced else keep_unknown(value, before)
    return kept | {key: value for key, value in read.items() if key not in written}


def _identity(entry: object) -> tuple[object, ...] | None:
    if not isinstance(entry, dict):
        return None
    for keys in _IDENTITIES:
        values = tuple(entry.get(key) for key in keys)
        if all(isinstance(value, str) for value in values):
            return (keys, *values)
    return None
