"""Overlays: files that change single steps, resources, terms and strands of other files, by id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pltool.core.overlay import Overlay, edit_list, edit_progression, edit_strands, without_resources
from pltool.errors import Problem, ProblemsError
from pltool.files.content_folder import must_be_within
from pltool.files.strict_yaml import read_document
from pltool.files.validation import nearest, try_validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pltool.core.bank import Strands
    from pltool.core.glossary import Term
    from pltool.core.overlay import Edit, Miss
    from pltool.core.progression import Progression, Resource
    from pltool.files.library import Library
    from pltool.files.strict_yaml import Document, Location

_LISTS = ("resources", "terms", "strands")


class Layer(NamedTuple):
    """One file of changes, and the folder that it is part of."""

    folder: Path
    document: Document
    overlay: Overlay


class Overlays:
    """All changes, in the order of the folders.

    Every method raises ProblemsError where a change hits nothing.
    """

    def __init__(self, layers: Sequence[Layer], library: Library) -> None:
        self._layers = layers
        self._library = library
        self._folders = list(library.folders)

    def changing(self, model: str, folder: Path) -> Iterator[Path]:
        """The files that change a progression which lies in that folder."""
        for layer in self._on_top_of(folder):
            if layer.overlay.progressions.get(model):
                yield layer.document.path

    def _on_top_of(self, folder: Path) -> Iterator[Layer]:
        at = self._folders.index(folder) if folder in self._folders else 0
        return (layer for layer in self._layers if self._folders.index(layer.folder) >= at)

    def apply_to(self, progression: Progression, folder: Path) -> Progression:
        """A progression of that folder with the changes."""
        problems: list[Problem] = []
        for layer in self._on_top_of(folder):
            edits: Sequence[Edit[Any]] = layer.overlay.progressions.get(progression.id, ())
            if edits:
                problems += self._dead_references(layer, progression.id, edits)
                progression, misses = edit_progression(progression, edits)
                at = ("progressions", progression.id)
                problems += self._told(layer, at, misses, [placed.id for placed in progression.steps])
        if problems:
            raise ProblemsError(problems)
        return without_resources(progression, self._hidden)

    def _dead_references(self, layer: Layer, model: str, edits: Sequence[Edit[Any]]) -> Iterator[Problem]:
        library = self._library
        known = {"strands": library.strand_ids, "resources": library.resource_ids}
        for index, edit in enumerate(edits):
            key = "with" if edit.added is None else "add"
            given = edit.changes if edit.added is None else {k: getattr(edit.added, k) for k in known}
            for kind, ids in known.items():
                for place, name in enumerate(given.get(kind, ())):
                    if name not in ids:
                        what = f"there is no {kind[:-1]} `{name}`{library.hint(name, ids)}"
                        at = ("progressions", model, index, key, kind, place)
                        yield layer.document.problem(at, what)

    @property
    def _hidden(self) -> set[str]:
        return {edit.hide for layer in self._layers for edit in layer.overlay.resources if edit.hide}

    @property
    def added_resources(self) -> frozenset[str]:
        """The ids of the resources that overlays add."""
        edits = (edit for layer in self._layers for edit in layer.overlay.resources)
        return frozenset(edit.added.id for edit in edits if edit.added is not None)

    def edit_resources(self, resources: list[Resource]) -> list[Resource]:
        """Resources with the changes; one that is not among them is passed over."""
        ids = {resource.id for resource in resources} | self.added_resources

        def hits(edit: Edit[Any]) -> bool:
            return edit.added is not None or (edit.replace or edit.hide) in ids

        for layer in self._layers:
            edits = [edit for edit in layer.overlay.resources if hits(edit)]
            resources, _ = edit_list(resources, [_unplaced(edit, ids) for edit in edits], "resource")
        return resources

    def edit_terms(self, terms: list[Term]) -> list[Term]:
        """Terms with the changes."""
        return self._edit("terms", terms, "term")

    def _edit(self, key: str, values: list[Any], name: str) -> list[Any]:
        problems: list[Problem] = []
        for layer in self._layers:
            known = [value.id for value in values]
            values, misses = edit_list(values, getattr(layer.overlay, key), name)
            problems += self._told(layer, (key,), misses, known)
        if problems:
            raise ProblemsError(problems)
        return values

    def edit_strands(self, strands: Strands) -> Strands:
        """Strands with the changes."""
        problems: list[Problem] = []
        for layer in self._layers:
            known = [strand.id for strand in strands.all]
            strands, misses = edit_strands(strands, layer.overlay.strands)
            problems += self._told(layer, ("strands",), misses, known)
        if problems:
            raise ProblemsError(problems)
        return strands

    def problems(self, library: Library) -> Iterator[Problem]:
        """Everything that hits nothing, over all files; what is added must name what exists."""
        tries: list[Callable[[], object]] = [
            lambda: self._edit("resources", list(library.written_bank.values()), "resource"),
            lambda: library.strands,
            lambda: library.glossary,
        ]
        models = {model for layer in self._layers for model in layer.overlay.progressions}
        tries += [lambda model=model: library.progression(model) for model in sorted(models)]  # type: ignore[misc]
        for attempt in tries:
            try:
                attempt()
            except ProblemsError as error:
                yield from error.problems

    def _told(
        self, layer: Layer, at: Location, misses: Sequence[Miss], known: Sequence[str]
    ) -> Iterator[Problem]:
        for miss in misses:
            name = miss.what.split("`")[1] if miss.what.startswith("there is no") else ""
            hint = nearest(name, known) if name else ""
            yield layer.document.problem((*at, miss.place, miss.key), miss.what + hint)


def _unplaced(edit: Edit[Any], ids: set[str]) -> Edit[Any]:
    """The same edit without a place that is not among the few that are looked at."""
    return edit if edit.after is None or edit.after in ids else edit.model_copy(update={"after": None})


def read_overlays(files: Sequence[tuple[Path, Path]], library: Library) -> Overlays:
    """Read overlays, each with the folder it is part of.

    Raises:
        ProblemsError: one breaks a rule, or names a model, strand or resource that is not there.
    """
    layers: list[Layer] = []
    problems: list[Problem] = []
    for folder, path in files:
        must_be_within(path, folder)
        document = read_document(path)
        if document.data is None:
            problems.append(Problem(path, 1, 1, "is empty; write changes into it or remove it"))
            continue
        overlay, found = try_validate(Overlay, document)
        problems += found
        if overlay is not None:
            layers.append(Layer(folder, document, overlay))
    for layer in layers:
        problems += _faults(layer, list(library.paths))
    if problems:
        raise ProblemsError(problems)
    return Overlays(layers, library)


def _faults(layer: Layer, models: Sequence[str]) -> Iterator[Problem]:
    document, overlay = layer.document, layer.overlay
    for model, edits in overlay.progressions.items():
        at: Location = ("progressions", model)
        if model not in models:
            yield document.key_problem(at, f"there is no progression `{model}`{nearest(model, models)}")
        yield from _faulty(document, at, edits)
    for key in _LISTS:
        yield from _faulty(document, (key,), getattr(overlay, key))


def _faulty(document: Document, at: Location, edits: Sequence[Edit[Any]]) -> Iterator[Problem]:
    for index, edit in enumerate(edits):
        if edit.fault:
            yield document.problem((*at, index), f"this change {edit.fault}")
