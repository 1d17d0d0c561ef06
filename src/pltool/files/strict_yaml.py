"""YAML and JSON without surprises: no repeated keys, no aliases, no guessed types, and a place for each value."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

import yaml

from pltool.errors import InputError, Problem, ProblemsError

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 24

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOOLEANS = {
    **dict.fromkeys(("yes", "true", "on"), True),
    **dict.fromkeys(("no", "false", "off"), False),
}
_KINDS = frozenset({"str", "bool", "null", "int", "float", "timestamp"})
Location = tuple[int | str, ...]


@dataclass(slots=True)
class Document:
    """The plain data of one file, and where each value of it stands."""

    path: Path
    data: Any
    root: yaml.Node | None = None
    problems: list[Problem] = field(default_factory=list)

    def node(self, location: Location) -> tuple[yaml.Node | None, bool]:
        """The node nearest to a location, and whether it is the very one."""
        node = self.root
        for part in location:
            below = _child(node, part)
            if below is None:
                return node, False
            node = below
        return node, True

    def problem(self, location: Location, what: str) -> Problem:
        """A problem at a location in the data, such as `("phases", 0, "id")`."""
        node, _ = self.node(location)
        mark = node.start_mark if node is not None else None
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        return Problem(self.path, line, column, what)

    def key_problem(self, location: Location, what: str) -> Problem:
        """A problem with a key itself, at the place of the key."""
        parent, _ = self.node(location[:-1])
        if isinstance(parent, yaml.MappingNode):
            for key, _value in parent.value:
                if key.value == location[-1]:
                    return Problem(self.path, key.start_mark.line + 1, key.start_mark.column + 1, what)
        return self.problem(location, what)

    def written(self, location: Location) -> str | None:
        """A scalar as it is written in the file."""
        node, exact = self.node(location)
        return node.value if exact and isinstance(node, yaml.ScalarNode) else None


def _child(node: yaml.Node | None, part: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        below: yaml.Node = node.value[part]
        return below
    return None


def read_document(path: Path) -> Document:
    """Read a YAML or JSON file.

    Raises:
        InputError: the file is missing, no file, too large or not readable.
        ProblemsError: it is not UTF-8, not YAML, or breaks a rule of this module.
    """
    return parse_document(read_bytes(path), path)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file of reasonable size."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file.") from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder; name a file in it.") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from None
    return _bounded(content, path)


def read_stream(stream: BinaryIO, path: Path) -> bytes:
    """The bytes of a stream of reasonable size; the path names it in messages."""
    return _bounded(stream.read(MAX_BYTES + 1), path)


def _bounded(content: bytes, path: Path) -> bytes:
    if len(content) > MAX_BYTES:
        raise InputError(
            f"{path} is larger than {MAX_BYTES // 1024**2} MiB; this is probably not the right file."
        )
    return content


def parse_document(content: bytes, path: Path) -> Document:
    """Read YAML, or JSON where the text begins with a brace; the path is for messages."""
    text = _decode(content, path)
    document = _parse_braces(text, path) if text.lstrip().startswith("{") else _parse_yaml(text, path)
    if document.problems:
        raise ProblemsError(document.problems)
    return document


def _decode(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        what = "is not UTF-8 text; save the file with the encoding UTF-8"
        raise ProblemsError([Problem(path, line, column, what)]) from None


def _parse_braces(text: str, path: Path) -> Document:
    """JSON, or YAML in its flow style, which looks like it."""
    try:
        return _parse_json(text, path)
    except ProblemsError:
        if path.suffix.lower() not in {".yaml", ".yml"}:
            raise
        return _parse_yaml(text, path)


def _parse_json(text: str, path: Path) -> Document:
    document = Document(path, None)

    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        built = dict(pairs)
        if len(built) < len(pairs):
            keys = [key for key, _ in pairs]
            for key in sorted({key for key in keys if keys.count(key) > 1}):
                document.problems.append(_json_problem(path, text, key))
        return built

    try:
        document.data = json.loads(text, object_pairs_hook=build)
    except json.JSONDecodeError as error:
        what = f"is not JSON here ({error.msg}); mend the text or write the file again"
        raise ProblemsError([Problem(path, error.lineno, error.colno, what)]) from None
    except RecursionError:
        raise ProblemsError([Problem(path, 1, 1, _TOO_DEEP)]) from None
    try:
        # JSON is nearly YAML: near enough to say where a wrong value stands.
        document.root = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError):
        document.root = None
    return document


def _json_problem(path: Path, text: str, key: str) -> Problem:
    places = [match.start() for match in re.finditer(re.escape(json.dumps(key, ensure_ascii=False)), text)]
    place = places[1] if len(places) > 1 else 0
    line = text.count("\n", 0, place) + 1
    return Problem(path, line, place - text.rfind("\n", 0, place), _repeated(key))


def _repeated(key: str) -> str:
    return f"the key `{key}` stands here a second time; keep one of the two"


_TOO_DEEP = f"is nested more than {MAX_DEPTH} levels deep; flatten it"


def _parse_yaml(text: str, path: Path) -> Document:
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.reader.ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        what = "has a control character that YAML does not allow; delete it"
        raise ProblemsError([Problem(path, line, column, what)]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise ProblemsError([Problem(path, line, column, _explain(error))]) from None
    except (yaml.YAMLError, RecursionError):
        raise ProblemsError([Problem(path, 1, 1, "is not YAML; check its first lines")]) from None
    document = Document(path, None, root)
    document.data = _Builder(document).build(root, 0) if root is not None else None
    return document


def _explain(error: yaml.MarkedYAMLError) -> str:
    problem = (error.problem or "").strip()
    if "mapping values are not allowed" in problem:
        return "a colon followed by a space inside unquoted text; put the whole text in quotes"
    if "found undefined alias" in problem:
        return "`*` at the start of unquoted text; put the text in quotes"
    if "found character that cannot start any token" in problem:
        return "a tab or a special character starts this value; use spaces, and quotes around the text"
    if "exceeded max" in problem.lower() or "nesting" in problem.lower():
        return _TOO_DEEP
    return f"is not YAML here ({problem or 'unreadable'}); check the indentation and the quotes"


class _Builder:
    """Turns nodes into plain data, collecting what the rules of this module refuse."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.seen: set[int] = set()

    def refuse(self, node: yaml.Node, what: str) -> None:
        mark = node.start_mark
        self.document.problems.append(Problem(self.document.path, mark.line + 1, mark.column + 1, what))

    def build(self, node: yaml.Node, depth: int) -> Any:  # noqa: ANN401 - plain data of any shape
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        if id(node) in self.seen:
            self.refuse(
                node, "is used again through an alias (`*name`); write the text out where it is needed"
            )
            return None
        self.seen.add(id(node))
        if depth > MAX_DEPTH:
            self.refuse(node, _TOO_DEEP)
            return None
        if isinstance(node, yaml.SequenceNode):
            return [self.build(below, depth + 1) for below in node.value]
        return self.mapping(node, depth)

    def mapping(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.refuse(key_node, "a key must be a single word")
                continue
            key = key_node.value
            if key in built:
                self.refuse(key_node, _repeated(key))
                continue
            built[key] = self.build(value_node, depth + 1)
        return built

    def scalar(self, node: yaml.ScalarNode) -> Any:  # noqa: ANN401 - text, number, truth or nothing
        kind, value = node.tag.rpartition(":")[2], node.value
        if node.tag != f"tag:yaml.org,2002:{kind}" or kind not in _KINDS:
            self.refuse(node, f"has the tag `{node.tag}`; only plain text, lists and keys are allowed")
            return value
        if kind == "bool":
            return _BOOLEANS[value.lower()]
        if kind == "null":
            return None
        if kind in {"int", "float"}:
            try:
                return int(value) if kind == "int" else float(value)
            except ValueError:  # 10:30, 0x1F, 1_000: nobody means these as numbers here
                return 0
        return value
