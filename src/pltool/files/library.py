"""Where content lies, and how one progression is read without reading the others."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pltool.core.bank import Bank, Strands
from pltool.core.glossary import Glossary
from pltool.core.progression import Progression
from pltool.errors import InputError, Problem, ProblemsError, UnknownNameError
from pltool.files.content_folder import own_content, progression_files
from pltool.files.strict_yaml import parse_document, read_bytes, read_document
from pltool.files.validation import nearest, try_validate, validate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pltool.core.progression import Resource
    from pltool.files.strict_yaml import Document


class Library:
    """Progressions and what they refer to, from the tool's own folder and any folders added.

    A later folder overrides an earlier one, by id.
    """

    def __init__(self, added: Sequence[Path] = ()) -> None:
        for folder in added:
            if not folder.is_dir():
                raise InputError(
                    f"{folder}: there is no such folder; --content takes a folder of progressions."
                )
        self.own = own_content()
        self.folders = (self.own, *added)

    @cached_property
    def paths(self) -> dict[str, Path]:
        """The file of each progression, by id, in the order of the ids."""
        paths = {path.stem: path for folder in self.folders for path in progression_files(folder)}
        return dict(sorted(paths.items()))

    def progression(self, model: str) -> Progression:
        """Read one progression and check all it refers to.

        Args:
            model: its id, or one that it had before.

        Raises:
            UnknownNameError: there is no such model.
            ProblemsError: its file, or one it refers to, breaks a rule.
        """
        path = self.paths.get(model)
        if path is None:
            return self._formerly(model)
        progression, problems = self.examine(path)
        if progression is None or problems:
            raise ProblemsError(problems)
        return progression

    def _formerly(self, model: str) -> Progression:
        for path in self.paths.values():
            # Few files name former ids at all, and to read one takes its time.
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

    def examine(self, path: Path) -> tuple[Progression | None, list[Problem]]:
        """Read one progression file with everything that is wrong with it."""
        document = read_document(path)
        progression, problems = try_validate(Progression, document)
        if document.data is None:
            return None, [Problem(path, 1, 1, "is empty; `pltool content new` writes a first version")]
        problems += _named_as_file(document)
        problems += _repeated_ids(document)
        problems += self._dead_references(document)
        return progression, problems

    def is_own(self, model: str) -> bool:
        """Whether a progression is part of the tool's own content."""
        return self.paths[model].is_relative_to(self.own)

    @cached_property
    def bank(self) -> Bank:
        """The inspiration bank, over all folders."""
        resources: dict[str, Resource] = {}
        for path in self._shared("resources"):
            document = read_document(path)
            bank = validate(Bank, document)
            if problems := _repeated_entries(document, "resources"):
                raise ProblemsError(problems)
            resources |= {resource.id: resource for resource in bank.resources}
        return Bank(resources=tuple(resources.values()))

    def bank_of(self, ids: Sequence[str]) -> Bank:
        """The few resources of those ids, read without the rest of the bank where its layout allows it.

        In the usual layout an entry begins at `- id: name`, so the wanted ones can be cut out and read alone.
        """
        found: dict[str, Resource] = {}
        for path in self._shared("resources"):
            wanted = [part for name, part in self._bank_parts[path] if name in ids]
            excerpt = ("resources:\n" + "".join(wanted)).encode() if wanted else b"resources: []"
            try:
                bank = validate(Bank, parse_document(excerpt, path))
            except ProblemsError:
                return self.bank
            found |= {resource.id: resource for resource in bank.resources}
        return Bank(resources=tuple(found.values())) if set(found) >= set(ids) else self.bank

    @cached_property
    def _bank_parts(self) -> dict[Path, list[tuple[str, str]]]:
        parts = {}
        for path in self._shared("resources"):
            # Splitting the text is many times as fast as looking at each of its lines.
            pieces = read_bytes(path).decode("utf-8", errors="replace").split("- id: ")
            parts[path] = [
                (piece.split(None, 1)[0], f"{indent}- id: " + piece.rstrip(" "))
                for before, piece in pairwise(pieces)
                if not (indent := before[before.rfind("\n") + 1 :]).strip() and piece.strip()
            ]
        return parts

    @cached_property
    def strands(self) -> Strands:
        """The domains and strands; a later folder's file replaces an earlier one's."""
        *_, path = self._shared("strands")
        return validate(Strands, read_document(path))

    @cached_property
    def glossary(self) -> Glossary:
        """The terms, over all folders; a later folder's meaning replaces an earlier one's."""
        terms = {
            term.id: term
            for path in self._shared("glossary")
            for term in validate(Glossary, read_document(path)).terms
        }
        return Glossary(terms=tuple(sorted(terms.values(), key=lambda term: term.term.lower())))

    def _shared(self, name: str) -> Iterator[Path]:
        for folder in self.folders:
            path = folder / f"{name}.yaml"
            if path.is_file():
                yield path

    def _dead_references(self, document: Document) -> Iterator[Problem]:
        known = {
            "strands": {strand.id for strand in self.strands.all},
            "resources": {name for parts in self._bank_parts.values() for name, _ in parts},
        }
        used = {name for _, step in _steps(document.data) for name in _texts(step.get("resources"))}
        if not used <= known["resources"]:
            known["resources"] = {resource.id for resource in self.bank.resources}
        word = {"strands": "strand", "resources": "resource"}
        for location, step in _steps(document.data):
            for key, ids in known.items():
                for index, name in enumerate(_texts(step.get(key))):
                    if name and name not in ids:
                        what = f"there is no {word[key]} `{name}`{nearest(name, sorted(ids))}"
                        yield document.problem((*location, key, index), what)


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


def _repeated_entries(document: Document, *keys: str) -> list[Problem]:
    problems, seen = [], set()
    for location, entry in _entries(document.data, *keys):
        name = entry.get("id")
        if isinstance(name, str) and name in seen:
            what = f"the id `{name}` is used a second time; each must be different"
            problems.append(document.problem((*location, "id"), what))
        seen.add(str(name))
    return problems


def _repeated_ids(document: Document) -> Iterator[Problem]:
    yield from _repeated_entries(document, "phases")
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
