"""YAML and JSON without surprises: no repeated keys, no aliases, no guessed types, and a place for each value."""

from __future__ import annotations

import codecs
import contextlib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

import yaml

from pltool.core.text import readable_data
from pltool.errors import InputError, Problem, ProblemsError
from pltool.files.yaml_nodes import TOO_DEEP, Builder, repeated, shown

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 8 * 1024 * 1024
# Lines, entries and keys. Each becomes an object, and a few bytes of text must not become gigabytes.
MAX_ENTRIES = 200_000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMMENT = re.compile(r" (#\s[^\r\n]*)")
_LONG_NUMBER = re.compile(r"\d{4000}")
Location = tuple[int | str, ...]


@dataclass(slots=True)
class Document:
    """The plain data of one file, and where each value of it stands.

    Attributes:
        path: the file, for messages.
        data: what it holds.
        text: as it is written.
        problems: what breaks the rules of this module; whoever checks the data adds its own.
    """

    path: Path
    data: Any
    text: str = ""
    problems: list[Problem] = field(default_factory=list)
    _root: yaml.Node | None = None
    _composed: bool = False
    _children: dict[int, dict[int | str, tuple[yaml.Node, yaml.Node]]] = field(default_factory=dict)

    @property
    def root(self) -> yaml.Node | None:
        """The nodes of the file; of JSON they are made only when a place is asked for."""
        if self._root is None and not self._composed:
            self._composed = True
            # JSON is nearly YAML: near enough to say where a wrong value stands.
            with contextlib.suppress(yaml.YAMLError, RecursionError):
                self._root = yaml.compose(self.text, Loader=_Loader)
        return self._root

    def node(self, location: Location) -> tuple[yaml.Node | None, bool]:
        """The node nearest to a location, and whether it is the very one."""
        node = self.root
        for part in location:
            below = self._below(node).get(part)
            if below is None:
                return node, False
            node = below[1]
        return node, True

    def _below(self, node: yaml.Node | None) -> dict[int | str, tuple[yaml.Node, yaml.Node]]:
        """What stands in a node, by key or by place; looked up once, for files with thousands of problems."""
        if not isinstance(node, yaml.MappingNode | yaml.SequenceNode):
            return {}
        if id(node) not in self._children:
            below: dict[int | str, tuple[yaml.Node, yaml.Node]] = {}
            if isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    below.setdefault(key.value if isinstance(key, yaml.ScalarNode) else "", (key, value))
            else:
                below.update(enumerate((entry, entry) for entry in node.value))
            self._children[id(node)] = below
        return self._children[id(node)]

    def problem(self, location: Location, what: str) -> Problem:
        """A problem at a location in the data, such as `("phases", 0, "id")`."""
        node, _ = self.node(location)
        return self._at(node, what)

    def key_problem(self, location: Location, what: str) -> Problem:
        """A problem with a key itself, at the place of the key."""
        parent, exact = self.node(location[:-1])
        below = self._below(parent).get(location[-1]) if exact else None
        return self._at(below[0], what) if below else self.problem(location, what)

    def _at(self, node: yaml.Node | None, what: str) -> Problem:
        mark = node.start_mark if node is not None else None
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        return Problem(self.path, line, column, what)

    def written(self, location: Location) -> str | None:
        """A scalar as it is written in the file."""
        node, exact = self.node(location)
        return shown(node.value) if exact and isinstance(node, yaml.ScalarNode) else None

    def cut(self, location: Location) -> str | None:
        """What stands after a text without quotes and a single blank, and is no part of it: `Room # 204`."""
        node, exact = self.node(location)
        if not exact or not isinstance(node, yaml.ScalarNode) or node.style or not self.text:
            return None
        comment = _COMMENT.match(self.text, node.end_mark.index)
        return comment.group(1) if comment else None


def read_document(path: Path, *, collect: bool = False) -> Document:
    """Read a YAML or JSON file.

    Args:
        path: the file.
        collect: leave broken rules in the document's `problems`, for whoever checks its data to raise together
            with what else is wrong.

    Raises:
        InputError: the file is missing, no file, too large or not readable.
        ProblemsError: it is not UTF-8, not YAML, or breaks a rule of this module.
    """
    return parse_document(read_bytes(path), path, collect=collect)


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


def parse_document(content: bytes, path: Path, *, collect: bool = False) -> Document:
    """Read YAML, or JSON where the text begins with a brace; the path is for messages. See `read_document`."""
    text = _decode(content, path)
    if sum(map(text.count, "\n,:[{")) > MAX_ENTRIES:
        raise InputError(
            f"{path} has more than {MAX_ENTRIES:,} lines or entries; this is probably not the right file."
        )
    document = _parse_braces(text, path) if text.lstrip().startswith("{") else _parse_yaml(text, path)
    if document.problems and not collect:
        raise ProblemsError(document.problems)
    return document


def _decode(content: bytes, path: Path) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            what = "is cut off, or not UTF-16 text; save the file with the encoding UTF-8"
            raise ProblemsError([Problem(path, 1, 1, what)]) from None
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
    twice: list[str] = []

    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        built = dict(pairs)
        if len(built) < len(pairs) and not twice:
            seen = set[str]()
            twice.append(next(key for key, _ in pairs if key in seen or seen.add(key)))  # type: ignore[func-returns-value]
        return built

    try:
        document = Document(path, readable_data(json.loads(text, object_pairs_hook=build)), text)
    except json.JSONDecodeError as error:
        what = f"is not JSON here ({error.msg}); mend the text or write the file again"
        raise ProblemsError([Problem(path, error.lineno, error.colno, what)]) from None
    except RecursionError:
        raise ProblemsError([Problem(path, 1, 1, TOO_DEEP)]) from None
    except ValueError:
        place = found.start() if (found := _LONG_NUMBER.search(text)) else 0
        what = "is a number of thousands of digits; correct it"
        raise ProblemsError([_problem_at(text, place, path, what)]) from None
    if twice:
        document.problems = _repeats(document) or [_problem_at(text, 0, path, repeated(twice[0]))]
    return document


def _repeats(document: Document) -> list[Problem]:
    """Where keys stand a second time, which the decoder of JSON does not tell."""
    if document.root is None:
        return []
    builder = Builder(document.text)
    builder.build(document.root)
    return [Problem(document.path, *refused) for refused in builder.refused]


def _problem_at(text: str, place: int, path: Path, what: str) -> Problem:
    return Problem(path, text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place), what)


def _parse_yaml(text: str, path: Path) -> Document:
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.reader.ReaderError as error:
        place = error.position if isinstance(error.position, int) else 0
        what = "has a control character that YAML does not allow; delete it"
        raise ProblemsError([_problem_at(text, place, path, what)]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise ProblemsError([Problem(path, line, column, _explain(error))]) from None
    except (yaml.YAMLError, RecursionError):
        raise ProblemsError([Problem(path, 1, 1, "is not YAML; check its first lines")]) from None
    if root is None:
        return Document(path, None)
    builder = Builder(text)
    data = builder.build(root)
    return Document(path, data, text, [Problem(path, *refused) for refused in builder.refused], root)


def _explain(error: yaml.MarkedYAMLError) -> str:
    problem = (error.problem or "").strip()
    if "mapping values are not allowed" in problem:
        return "a colon followed by a space inside unquoted text; put the whole text in quotes"
    if "found undefined alias" in problem:
        return "`*` at the start of unquoted text; put the text in quotes"
    if "found character that cannot start any token" in problem:
        return "a tab or a special character starts this value; use spaces, and quotes around the text"
    if "exceeded max" in problem.lower() or "nesting" in problem.lower():
        return TOO_DEEP
    return f"is not YAML here ({problem or 'unreadable'}); check the indentation and the quotes"
