"""YAML nodes turned into plain data, and what our rules refuse on the way."""

from __future__ import annotations

import re
from typing import Any

import yaml

MAX_DEPTH = 24

_BOOLEANS = {
    **dict.fromkeys(("yes", "true", "on"), True),
    **dict.fromkeys(("no", "false", "off"), False),
}
_KINDS = frozenset({"str", "bool", "null", "int", "float", "timestamp"})
_CUT = re.compile(r"[ \t]+(#\S[^\r\n]*)")
# Whether a text could hold any of these at all; looking at each value costs a tenth of the reading.
_MAY_BE_CUT = re.compile(r"[ \t]#\S")
_MAY_BE_MARKED = re.compile(r"(?:^|[\s,\[{:?-])[&!]", re.MULTILINE)
_LONGEST_SHOWN = 60

TOO_DEEP = f"is nested more than {MAX_DEPTH} levels deep; flatten it"
_ALIAS = "is used again through an alias (`*name`); write the text out where it is needed"
_ANCHOR = "begins with `&`, which YAML takes for a name and cuts off; put the text in quotes"


def shown(text: object) -> str:
    """A name or value from a file for a message, not longer than a line."""
    written = str(text)
    return written if len(written) <= _LONGEST_SHOWN else f"{written[: _LONGEST_SHOWN - 1]}…"


def repeated(key: str) -> str:
    """What is wrong with a key that stands in one group twice."""
    return f"the key `{shown(key)}` stands here a second time; keep one of the two"


class Builder:
    """Turns nodes into plain data.

    Args:
        text: that the nodes were read from.

    Attributes:
        refused: each place (line and column, from 1), and what is wrong there.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.refused: list[tuple[int, int, str]] = []
        self._seen: set[int] = set()
        # To look for a single character takes no time, and most files have none.
        self._may_be_cut = (" #" in text or "\t#" in text) and _MAY_BE_CUT.search(text) is not None
        self._may_be_marked = ("&" in text or "!" in text) and _MAY_BE_MARKED.search(text) is not None

    def refuse(self, node: yaml.Node, what: str) -> None:
        """Note what is wrong with a node."""
        mark = node.start_mark
        self.refused.append((mark.line + 1, mark.column + 1, what))

    def build(self, node: yaml.Node, depth: int = 0) -> Any:  # noqa: ANN401 - plain data of any shape
        """The data of a node and of all below it; None where it is refused."""
        if id(node) in self._seen:
            self.refuse(node, _ALIAS)
            return None
        self._seen.add(id(node))
        if self._may_be_marked and self._is_marked(node):
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if depth > MAX_DEPTH:
            self.refuse(node, TOO_DEEP)
            return None
        if isinstance(node, yaml.SequenceNode):
            return [self.build(below, depth + 1) for below in node.value]
        return self._mapping(node, depth)

    def _is_marked(self, node: yaml.Node) -> bool:
        """Refuse text after a name (`&name`) and a type written out: neither would be read as it is written."""
        begin = self.text[node.start_mark.index : node.start_mark.index + _LONGEST_SHOWN]
        if begin.startswith("!"):
            tag = begin.split(maxsplit=1)[0]
            self.refuse(node, f"has the tag `{tag}`; only plain text, lists and keys are allowed")
            return True
        if begin.startswith("&") and isinstance(node, yaml.ScalarNode):
            self.refuse(node, _ANCHOR)
            return True
        return False

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.refuse(key_node, "a key must be a single word")
                continue
            if self._may_be_marked and self._is_marked(key_node):
                continue
            key = key_node.value
            if key in built:
                self.refuse(key_node, repeated(key))
                continue
            built[key] = self.build(value_node, depth + 1)
        return built

    def _scalar(self, node: yaml.ScalarNode) -> Any:  # noqa: ANN401 - text, number, truth or nothing
        kind, value = node.tag.rpartition(":")[2], node.value
        if kind not in _KINDS:
            self.refuse(node, f"has the tag `{shown(node.tag)}`; only plain text, lists and keys are allowed")
            return value
        if self._may_be_cut and not node.style and kind in {"str", "null"}:
            self._refuse_cut(node)
        if kind == "bool":
            return _BOOLEANS[value.lower()]
        if kind == "null":
            if value in {"Null", "NULL"}:
                self.refuse(node, f"`{value}` is read as nothing; put it in quotes, or leave the value empty")
            return None
        if kind in {"int", "float"}:
            try:
                return int(value) if kind == "int" else float(value)
            except ValueError:  # 10:30, 0x1F, 1_000, thousands of digits: nobody means these as numbers here
                return 0
        return value

    def _refuse_cut(self, node: yaml.ScalarNode) -> None:
        """Refuse `Room #204`: with a blank before it and none behind it, `#` hardly begins a remark."""
        comment = _CUT.match(self.text, node.end_mark.index)
        if comment:
            what = f"is cut off before `{shown(comment.group(1))}`, which YAML takes for a comment"
            self.refuse(node, f"{what}; put the whole text in quotes, or a blank after the `#`")
