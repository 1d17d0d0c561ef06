"""Where content lies, and how one progression is read without reading the others."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from pltool.core.bank import Bank, Strands
from pltool.core.glossary import Glossary
from pltool.core.progression import Progression
from pltool.errors import InputError, Problem, ProblemsError, UnknownNameError
from pltool.files.content_folder import (
    must_be_within,
    overlay_files,
    own_content,
    progression_files,
    user_content,
)
from pltool.files.strict_yaml import parse_document, read_bytes, read_document
from pltool.files.validation import nearest, try_validate, validate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pltool.core.progression import Resource
    from pltool.files.overlays import Overlays
    from pltool.files.strict_yaml import Document

# What makes lines of records depend on their progression.
_TOLD_APART = re.compile(rb"former_ids|actor:\s*[\"']?leader")


# Looking for a near miss takes 10 ms; a file with thousands of wrong names gets the first hints only.
_MOST_HINTS = 20


class Origin(NamedTuple):
    """Where a progression comes from.

    Attributes:
        path: its file.
        own: whether the file is the tool's own.
        overlays: the files that change single steps of it.
    """

    path: Path
    own: bool
    overlays: tuple[Path, ...]


class Examined(NamedTuple):
    """A progression file as far as it can be read, with what is wrong with it, by the name of the rule."""

    document: Document
    progression: Progression | None
    problems: list[tuple[str, Problem]]


class Library:
    """Progressions and what they refer to: the tool's own, the user's own, and any folders added.

    A later folder overrides an earlier one, by id; an overlay in a folder changes single things of those before it.
    """

    def __init__(self, added: Sequence[Path] = (), *, bare: bool = False) -> None:
        """Find the folders.

        Args:
            added: folders that come last.
            bare: without the user's own folder.

        Raises:
            InputError: one of them does not exist.
        """
        for folder in added:
            if not folder.is_dir():
                raise InputError(
                    f"{folder}: there is no such folder; --content takes a folder of progressions."
                )
        self.own = own_content()
        self.folders = (self.own, *(() if bare else user_content()), *added)
        self._hints = _MOST_HINTS
        self._hinted: dict[tuple[str, int], str] = {}

    @cached_property
    def paths(self) -> dict[str, Path]:
        """The file of each progression, by id, in the order of the ids."""
        paths = {path.stem: path for folder in self.folders for path in progression_files(folder)}
        return dict(sorted(paths.items()))

    def progression(self, model: str) -> Progression:
        """Read one progression, with local changes, and check all it refers to.

        Args:
            model: its id, or one that it had before.

        Raises:
            UnknownNameError: there is no such model.
            ProblemsError: its file, or one it refers to, breaks a rule.
        """
        path = self.paths.get(model)
        if path is None:
            return self._formerly(model)
        found = self.inspect(path)
        if found.progression is None or found.problems:
            raise ProblemsError([problem for _, problem in found.problems])
        if self.overlays is None:
            return found.progression
        return self.overlays.apply_to(found.progression, self.folder_of(path))

    def is_plain(self, model: str) -> bool:
        """Whether a look at a progression's text shows that its ids never changed and that no leader is asked.

        Then records of it form the same lines as without it, and reading it can be saved.
        """
        path = self.paths.get(model)
        return path is not None and not _TOLD_APART.search(read_bytes(path))

    def _formerly(self, model: str) -> Progression:
        for path in self.paths.values():
            document = read_document(path) if b"\nformer_ids:" in read_bytes(path) else None
            if (
                document
                and isinstance(document.data, dict)
                and model in _texts(document.data.get("former_ids"))
            ):
                return self.progression(path.stem)
        hint = nearest(model, list(self.paths))
        if not hint.startswith("; did"):
            hint = "; `pltool list` shows the ones there are."
        raise UnknownNameError(f"There is no progression called `{model}`{hint}")

    def folder_of(self, path: Path) -> Path:
        """The content folder that a file of it lies in."""
        return path.parent.parent if path.parent.name in {"progressions", "overlays"} else path.parent

    def examine(self, path: Path) -> tuple[Progression | None, list[Problem]]:
        """Read one progression file with everything that is wrong with it."""
        found = self.inspect(path)
        return found.progression, [problem for _, problem in found.problems]

    def inspect(self, path: Path) -> Examined:
        """Read one progression file; each problem comes with the name of the rule that it breaks.

        Raises:
            InputError: the file cannot be read, or lies outside of its folder.
            ProblemsError: it is not the YAML that we read.
        """
        must_be_within(path, self.folder_of(path))
        return self.look_over(read_document(path))

    def look_over(self, document: Document) -> Examined:
        """What is wrong with the data of a progression file, by the name of the rule."""
        if document.data is None:
            empty = Problem(document.path, 1, 1, "is empty; `pltool content new` writes a first version")
            return Examined(document, None, [("format", empty)])
        progression, problems = try_validate(Progression, document)
        found = [("format", problem) for problem in problems]
        found += [("id", problem) for problem in (*_named_as_file(document), *_repeated_ids(document))]
        found += [("reference", problem) for problem in self._dead_references(document)]
        return Examined(document, progression, found)

    def is_own(self, model: str) -> bool:
        """Whether a progression is part of the tool's own content, and as it came."""
        origin = self.origin(model)
        return origin.own and not origin.overlays

    def origin(self, model: str) -> Origin:
        """Where a progression comes from."""
        path = self.paths[model]
        changing = self.overlays.changing(model, self.folder_of(path)) if self.overlays is not None else ()
        return Origin(path, path.is_relative_to(self.own), tuple(changing))

    @cached_property
    def overlays(self) -> Overlays | None:
        """The changes to single things in all folders; None, at no cost, where there are none.

        Raises:
            ProblemsError: a file breaks a rule, or changes what is not there.
        """
        files = [(folder, path) for folder in self.folders for path in overlay_files(folder)]
        if not files:
            return None
        from pltool.files.overlays import read_overlays  # noqa: PLC0415 - its types take time to build

        return read_overlays(files, self)

    @cached_property
    def written_bank(self) -> dict[str, Resource]:
        """The bank as the folders have it, before any overlay, by id."""
        resources: dict[str, Resource] = {}
        for path in self.shared("resources"):
            document = read_document(path)
            bank = validate(Bank, document)
            if problems := repeated_entries(document, "resources"):
                raise ProblemsError(problems)
            resources |= {resource.id: resource for resource in bank.resources}
        return resources

    @cached_property
    def bank(self) -> Bank:
        """The inspiration bank, over all folders."""
        found = list(self.written_bank.values())
        return Bank(resources=tuple(self.overlays.edit_resources(found) if self.overlays else found))

    def bank_of(self, ids: Sequence[str]) -> Bank:
        """The few resources of those ids, read without the rest of the bank where its layout allows it.

        In the usual layout an entry begins at `- id: name`, so the wanted ones can be cut out and read alone.
        """
        found: dict[str, Resource] = {}
        for path in self.shared("resources"):
            wanted = [part for name, part in self._bank_parts[path] if name in ids]
            excerpt = ("resources:\n" + "".join(wanted)).encode() if wanted else b"resources: []"
            try:
                bank = validate(Bank, parse_document(excerpt, path))
            except ProblemsError:
                return self.bank
            found |= {resource.id: resource for resource in bank.resources}
        if self.overlays:
            edited = self.overlays.edit_resources(list(found.values()))
            found = {resource.id: resource for resource in edited if resource.id in ids}
        return Bank(resources=tuple(found.values())) if set(found) >= set(ids) else self.bank

    @cached_property
    def _bank_parts(self) -> dict[Path, list[tuple[str, str]]]:
        parts = {}
        for path in self.shared("resources"):
            # Splitting the text is many times as fast as looking at each of its lines.
            pieces = read_bytes(path).decode("utf-8", errors="replace").split("- id: ")
            parts[path] = [
                (piece.split(None, 1)[0], f"{indent}- id: " + piece.rstrip(" "))
                for before, piece in pairwise(pieces)
                if not (indent := before[before.rfind("\n") + 1 :]).strip() and piece.strip()
            ]
        return parts

    @cached_property
    def written_strands(self) -> Strands:
        """The domains and strands before any overlay; a later folder's file replaces an earlier one's."""
        *_, path = self.shared("strands")
        return validate(Strands, read_document(path))

    @cached_property
    def strands(self) -> Strands:
        """The domains and strands."""
        found = self.written_strands
        return self.overlays.edit_strands(found) if self.overlays else found

    @cached_property
    def glossary(self) -> Glossary:
        """The terms, over all folders; a later folder's meaning replaces an earlier one's."""
        terms = {
            term.id: term
            for path in self.shared("glossary")
            for term in validate(Glossary, read_document(path)).terms
        }
        found = list(terms.values())
        if self.overlays:
            found = self.overlays.edit_terms(found)
        return Glossary(terms=tuple(sorted(found, key=lambda term: term.term.lower())))

    def shared(self, name: str) -> Iterator[Path]:
        """The files of that name in all folders; a link that leads out of its folder is refused."""
        for folder in self.folders:
            path = folder / f"{name}.yaml"
            if path.is_file():
                must_be_within(path, folder)
                yield path

    @cached_property
    def strand_ids(self) -> frozenset[str]:
        """The ids of all strands."""
        return frozenset(strand.id for strand in self.strands.all)

    @cached_property
    def resource_ids(self) -> frozenset[str]:
        """The ids of all resources; read without the bank where its layout allows it."""
        found = {name for parts in self._bank_parts.values() for name, _ in parts}
        if self.overlays:
            found = found | self.overlays.added_resources
        return frozenset(found)

    def hint(self, name: str, known: frozenset[str]) -> str:
        """The nearest name, as long as there are not too many to look for."""
        key = (name, len(known))
        if key not in self._hinted:
            self._hints -= 1
            if self._hints < 0:
                return "; remove it or correct it"
            self._hinted[key] = nearest(name, sorted(known))
        return self._hinted[key]

    def _dead_references(self, document: Document) -> Iterator[Problem]:
        self._hints = _MOST_HINTS
        known = {"strands": self.strand_ids, "resources": self.resource_ids}
        if not self._uses(document, "resources") <= known["resources"]:
            known["resources"] = frozenset(resource.id for resource in self.bank.resources)
        word = {"strands": "strand", "resources": "resource"}
        for location, step in _steps(document.data):
            for key, ids in known.items():
                for index, name in enumerate(_texts(step.get(key))):
                    if name and name not in ids:
                        what = f"there is no {word[key]} `{name}`{self.hint(name, ids)}"
                        yield document.problem((*location, key, index), what)

    @staticmethod
    def _uses(document: Document, key: str) -> set[str]:
        return {name for _, step in _steps(document.data) for name in _texts(step.get(key))}


def _texts(listed: object) -> list[str]:
    """A list of texts as it should be; what is no text counts as empty, which is no id."""
    return [name if isinstance(name, str) else "" for name in listed] if isinstance(listed, list) else []


def _entries(data: Any, *keys: str) -> Iterator[tuple[tuple[int | str, ...], dict[str, Any]]]:  # noqa: ANN401 - unchecked data
    """Every mapping under nested lists, with its location, whatever else is wrong with the data."""
    if not keys or not isinstance(data, dict):
        return
    first, *rest = keys
    listed = data.get(first)
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(entry, dict):
            if not rest:
                yield (first, index), entry
            for location, below in _entries(entry, *rest):
                yield (first, index, *location), below


def _steps(data: Any) -> Iterator[tuple[tuple[int | str, ...], dict[str, Any]]]:  # noqa: ANN401 - unchecked data
    return _entries(data, "phases", "areas", "steps")


def _named_as_file(document: Document) -> Iterator[Problem]:
    name = document.data.get("id") if isinstance(document.data, dict) else None
    if isinstance(name, str) and name != document.path.stem:
        what = f"`id` is `{name}`, but the file is called {document.path.name}; make the two agree"
        yield document.problem(("id",), what)


def repeated_entries(document: Document, *keys: str) -> list[Problem]:
    """Entries of a list whose id stands there a second time."""
    problems, seen = [], set()
    for location, entry in _entries(document.data, *keys):
        name = entry.get("id")
        if isinstance(name, str) and name in seen:
            what = f"the id `{name}` is used a second time; each must be different"
            problems.append(document.problem((*location, "id"), what))
        seen.add(str(name))
    return problems


def _repeated_ids(document: Document) -> Iterator[Problem]:
    yield from repeated_entries(document, "phases")
    for location, phase in _entries(document.data, "phases"):
        within = _repeated_entries_in(document, location, phase)
        yield from within
    seen: dict[str, str] = {}
    for location, step in _steps(document.data):
        former = step.get("former_ids")
        named = [("id", step.get("id"))]
        named += [("former_ids", name) for name in (former if isinstance(former, list) else ())]
        for key, name in named:
            if isinstance(name, str) and name in seen:
                what = f"the step id `{name}` is used a second time; ids are never reused"
                yield document.problem((*location, key), what)
            seen[str(name)] = key


def _repeated_entries_in(
    document: Document, location: tuple[int | str, ...], phase: dict[str, Any]
) -> Iterator[Problem]:
    seen = set()
    for below, area in _entries(phase, "areas"):
        name = area.get("id")
        if isinstance(name, str) and name in seen:
            what = f"the area id `{name}` is used a second time in this phase; each must be different"
            yield document.problem((*location, *below, "id"), what)
        seen.add(str(name))
