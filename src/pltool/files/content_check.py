"""All rules on all files of content: what `content check` says, and what the tests hold for our own."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pltool.core.bank import Bank, Strands
from pltool.core.cues import Cues
from pltool.core.glossary import Glossary
from pltool.core.progression import Progression, Value
from pltool.core.rules.bank import bank_errors, bank_warnings, use_findings
from pltool.core.rules.copies import Copies, near_copies
from pltool.core.rules.findings import ERRORS, Finding
from pltool.core.rules.progression import StepReader
from pltool.core.rules.shared import cue_findings, glossary_findings, strand_findings, walk_findings
from pltool.core.walk.agenda import WalkGuide
from pltool.errors import InputError, Problem, ProblemsError
from pltool.files.content_folder import (
    SHARED_FILES,
    must_be_file,
    must_be_within,
    overlay_files,
    progression_files,
)
from pltool.files.cues import dead_names
from pltool.files.library import Library, repeated_entries
from pltool.files.strict_yaml import read_document
from pltool.files.template import unwritten
from pltool.files.validation import try_validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from pltool.core.progression import Resource
    from pltool.files.library import Examined
    from pltool.files.strict_yaml import Document


V = TypeVar("V", bound=Value)


class Remark(NamedTuple):
    """What is wrong at a place in a file, and the rule that says so."""

    problem: Problem
    rule: str

    @property
    def is_error(self) -> bool:
        """Whether the content cannot be used like this."""
        return self.rule in ERRORS


class Checked(NamedTuple):
    """What a check found.

    Attributes:
        files: how many files were looked at.
        remarks: in the order of files, lines and columns.
        unreadable: whether a file could not be read at all.
    """

    files: int
    remarks: tuple[Remark, ...]
    unreadable: bool

    @property
    def errors(self) -> list[Remark]:
        """What must be mended."""
        return [remark for remark in self.remarks if remark.is_error]

    @property
    def warnings(self) -> list[Remark]:
        """What should be."""
        return [remark for remark in self.remarks if not remark.is_error]


def check_content(paths: Sequence[Path], folders: Sequence[Path], today: date) -> Checked:
    """Check files and folders of content; without any, all there is.

    Args:
        paths: progressions, files that they refer to, or folders of them.
        folders: more folders that may be referred to.
        today: the day of the check; entries of the bank grow old.

    Raises:
        InputError: a path does not exist.
    """
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise InputError(f"{path}: there is no such file or folder.")
    given = [path for path in paths if path.is_dir()]
    around = [folder for path in paths if not path.is_dir() for folder in _folder_around(path)]
    added = dict.fromkeys([*folders, *around, *given])
    library = Library([*added])
    targets: list[Path] = []
    for path in paths:
        found = files_of(path) if path.is_dir() else [path]
        if not found:
            raise InputError(f"{path} holds no content; it would be in files that end in .yaml.")
        targets += found
    if not paths:
        targets = [file for folder in library.folders for file in files_of(folder)]
    return _Check(library, today).run(
        list(dict.fromkeys(targets)), explicit=[p for p in paths if p not in given]
    )


def _folder_around(path: Path) -> Iterator[Path]:
    """The content folder that a file lies in, where it holds more than progressions."""
    folder = path.parent.parent if path.parent.name in {"progressions", "overlays"} else path.parent
    if any((folder / f"{name}.yaml").is_file() for name in SHARED_FILES):
        yield folder


def files_of(folder: Path) -> list[Path]:
    """Every file of a content folder that is read."""
    shared = [folder / f"{name}.yaml" for name in SHARED_FILES[:-1]]
    return [
        *progression_files(folder),
        *(path for path in shared if path.exists() or path.is_symlink()),
        *overlay_files(folder),
    ]


class _Check:
    """One run: what files share is looked at once they are all read."""

    def __init__(self, library: Library, today: date) -> None:
        self.library = library
        self.today = today
        self.remarks: list[Remark] = []
        self.unreadable = False
        self.reader = StepReader(self._bank())
        self.copies = Copies()
        self.read: list[Path] = []  # the progressions, as `copies` numbers them
        self.uses: Counter[str] = Counter()
        self.phases: set[str] = set()

    def run(self, targets: Sequence[Path], explicit: Sequence[Path]) -> Checked:
        """Check those files.

        Args:
            targets: the files.
            explicit: the ones that were named, which may lie anywhere.
        """
        progressions = [path for path in targets if _kind(path) == "progression"]
        named = {path.stem for path in progressions}
        for path in self.library.paths.values():
            if path.stem not in named:
                self._read_along(path)
        for path in progressions:
            self._progression(path, anywhere=path in explicit)
        self._near_copies(set(progressions))
        for path in targets:
            if (kind := _kind(path)) != "progression":
                self._shared(path, kind, anywhere=path in explicit)
        remarks = sorted(dict.fromkeys(self.remarks))
        return Checked(len(targets), tuple(remarks), self.unreadable)

    def _bank(self) -> dict[str, Resource]:
        try:
            return {found.id: found for found in self.library.bank.resources}
        except InputError:  # told where the bank itself is checked
            return {}

    def _note(self, document: Document, findings: Iterable[Finding]) -> None:
        for location, rule, what in findings:
            self.remarks.append(Remark(document.problem(location, what), rule))

    def _open(self, path: Path, *, anywhere: bool) -> Document | None:
        """A file's data; None with a remark where it cannot be read."""
        try:
            must_be_file(path) if anywhere else must_be_within(path, self.library.folder_of(path))
            return read_document(path)
        except ProblemsError as error:
            self.remarks += [Remark(problem, "format") for problem in error.problems]
        except InputError as error:
            self.unreadable = True
            what = str(error).removeprefix(f"{path}: ").removeprefix(f"{path} ").rstrip(".")
            self.remarks.append(Remark(Problem(path, 1, 1, what), "unreadable"))
        return None

    def _read_along(self, path: Path) -> None:
        """Take note of a progression that is not checked itself, for what others share with it."""
        try:
            must_be_within(path, self.library.folder_of(path))
            progression, _ = try_validate(Progression, read_document(path))
        except InputError:
            return
        if progression is not None:
            self._take_in(path, progression)

    def _take_in(self, path: Path, progression: Progression) -> list[Finding]:
        steps = self.reader.place(progression)
        self.read.append(path)
        self.phases.update(phase.id for phase in progression.phases)
        self.uses.update(name for placed in steps for name in placed.step.resources)
        found = self.copies.add(progression.id, steps)
        found += self.reader.findings(progression, steps)
        return found

    def _progression(self, path: Path, *, anywhere: bool) -> None:
        document = self._open(path, anywhere=anywhere)
        if document is None:
            return
        examined: Examined = self.library.look_over(document)
        self.remarks += [Remark(problem, rule) for rule, problem in examined.problems]
        if examined.progression is None:
            return
        found = self._take_in(path, examined.progression)
        found += unwritten(examined.progression)
        self._note(document, found)
        if examined.progression and not _argues_order(path):
            what = "no comment argues the order; begin one with “# Why this order” at the top"
            self.remarks.append(Remark(Problem(path, 1, 1, what), "order"))

    def _near_copies(self, checked: set[Path]) -> None:
        by_file: dict[int, list[Finding]] = defaultdict(list)
        for file, finding in near_copies(self.copies.entries, self.copies.names):
            by_file[file].append(finding)
        for file, findings in by_file.items():
            path = self.read[file]
            if path not in checked:
                continue
            # Only the files with such findings are read again, for the places; positions of all would fill memory.
            placed = any(finding.location for finding in findings)
            document = read_document(path) if placed else None
            for location, rule, what in findings:
                problem = document.problem(location, what) if document else Problem(path, 1, 1, what)
                self.remarks.append(Remark(problem, rule))

    def _shared(self, path: Path, kind: str, *, anywhere: bool) -> None:
        document = self._open(path, anywhere=anywhere)
        if document is None:
            return
        if kind == "overlay":
            self._overlay(path)
            return
        if kind == "resources":
            self.remarks += [Remark(problem, "id") for problem in repeated_entries(document, "resources")]
            self._apply(Bank, document, self._bank_rules)
        elif kind == "strands":
            self._apply(Strands, document, strand_findings)
        elif kind == "glossary":
            self._apply(Glossary, document, self._glossary_rules)
        elif kind == "walk":
            self._apply(WalkGuide, document, walk_findings)
        elif (cues := self._apply(Cues, document, cue_findings)) is not None:
            names = dead_names(document, cues, self.library)
            self.remarks += [Remark(problem, "reference") for problem in names]

    def _apply(self, model: type[V], document: Document, rules: Callable[[V], Iterable[Finding]]) -> V | None:
        value, problems = try_validate(model, document)
        self.remarks += [Remark(problem, "format") for problem in problems]
        if value is not None:
            self._note(document, rules(value))
        return value

    def _bank_rules(self, bank: Bank) -> Iterator[Finding]:
        models = {*self.library.paths, *(path.stem for path in self.read)}
        try:
            strands = self.library.strand_ids
        except InputError:  # told where the strands are checked
            strands = frozenset(name for resource in bank.resources for name in resource.strands)
        yield from bank_errors(bank.resources, models, self.phases, strands)
        yield from bank_warnings(bank.resources, self.today)
        yield from use_findings(bank.resources, self.uses)

    def _glossary_rules(self, glossary: Glossary) -> Iterator[Finding]:
        try:
            elsewhere = self.library.glossary.terms
        except InputError:
            elsewhere = ()
        return glossary_findings(glossary.terms, elsewhere)

    def _overlay(self, path: Path) -> None:
        try:
            overlays = self.library.overlays
            problems = list(overlays.problems(self.library)) if overlays else []
        except ProblemsError as error:
            problems = list(error.problems)
        except InputError:  # told where that file is checked
            return
        self.remarks += [Remark(problem, "overlay") for problem in problems if problem.path == path]


def _kind(path: Path) -> str:
    if path.parent.name == "overlays":
        return "overlay"
    return path.stem if path.stem in SHARED_FILES and path.parent.name != "progressions" else "progression"


def _argues_order(path: Path) -> bool:
    with path.open("rb") as file:
        return b"Why this order" in file.read(4096)
