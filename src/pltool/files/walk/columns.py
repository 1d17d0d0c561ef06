"""Which column of a sheet holds what: by the names a walk sheet has, or by what forms ask."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pltool.core.labels import fold_label
from pltool.errors import InputError
from pltool.files.validation import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pltool.files.walk.models import WalkModels

COLUMNS = ("date", "school", "classroom", "observer", "model", "paused_at", "evidence")
OPTIONAL_COLUMNS = ("observer_role", "teacher", "not_seen", "id")
ALL_COLUMNS = (*COLUMNS, *OPTIONAL_COLUMNS)
NEEDED = ("date", "classroom", "model", "paused_at")
# Where these stand several times, as one for each model of a form that branches, their cells are read together.
JOINED = ("paused_at", "evidence", "not_seen")

# Other names, and those that programs give, best first.
_ALIASES: dict[str, tuple[str, ...]] = {
    "date": ("date of visit", "visit date", "date of observation", "observation date", "date of the visit", "day"),
    "school": ("school name", "campus", "building", "site", "name of school"),
    "classroom": ("room", "classroom code", "room code", "room number", "visit code", "class", "class code", "classroom number"),
    "observer": ("your initials", "initials", "observer initials", "observer code", "observed by", "visitor", "your code"),
    "model": ("model seen", "blended model", "progression", "instructional model"),
    "paused_at": ("pause", "paused", "progression pause", "paused at step", "pause step", "pauses at"),
    "evidence": ("notes", "note", "comments", "comment", "observations", "evidence notes"),
    "observer_role": ("role", "your role", "observers role", "position"),
    "teacher": ("teacher code", "teachers code", "teacher name"),
    "not_seen": ("steps not seen", "not observed", "unseen", "unseen steps"),
    "id": ("record id", "response id", "respondent id", "submission id", "entry id"),
}  # fmt: skip
# What programs add by themselves; used only where nothing else serves.
_LAST_RESORT: dict[str, tuple[str, ...]] = {
    "date": (
        "timestamp", "today", "start time", "start date", "start", "startdate", "completion time", "submission time",
        "date submitted", "submitted at", "recorded date", "recordeddate", "date created", "end date", "end",
    ),
    "observer": ("email address", "email", "username", "name", "submitted by"),
    "id": ("uuid",),
}  # fmt: skip
# Questions, in the order in which they are told apart: one on the evidence may well speak of the pause.
_QUESTIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("not_seen", re.compile(r"\bnot (?:be )?(?:seen|observed?|see)\b(?!.*\byet\b)")),
    (
        "evidence",
        re.compile(
            r"\b(?:see or hear|saw or heard|seen or heard|evidence|what did you (?:see|notice|observe)|notice)\b"
        ),
    ),
    ("paused_at", re.compile(r"\bpaus(?:e|es|ed|ing)\b|\bfirst\b.*\bnot yet\b")),
    ("model", re.compile(r"\bmodel\b")),
    ("date", re.compile(r"\bdate\b|\b(?:what|which) day\b|\bday of\b")),
    ("observer_role", re.compile(r"\brole\b|\bposition\b")),
    (
        "observer",
        re.compile(r"\binitials\b|\bobserver\b|\byour (?:code|name)\b|\bwho (?:are you|observed)\b"),
    ),
    ("teacher", re.compile(r"\bteacher s? ?(?:code|number|id|name)\b|^teacher\b")),
    ("school", re.compile(r"\b(?:school|campus)\b")),
    ("classroom", re.compile(r"\b(?:classroom|room|class)\b")),
)
_EXACT, _ALIAS, _TAIL, _QUESTION, _LAST = range(5)
_LONGEST_NAME = 300
# What a form service writes below its questions.
_SUBHEAD = frozenset(
    {
        "response",
        "open ended response",
        "other please specify",
        "date time",
        "date / time",
        "date",
        "mm dd yyyy",
        "dd mm yyyy",
    }
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a row each column stands.

    Attributes:
        places: by the name of a column, the places of its cells: one, or several that are read together.
        models: for each place of `paused_at`, the model that its question is about; empty where it is about any.
        width: how many cells the head has.
        head: the names as they stand in the head.
        taken: what stands under another name than the column's own: the column, and the name.
        extra: the names of the columns that are not read.
    """

    places: Mapping[str, tuple[int, ...]]
    models: tuple[str, ...]
    width: int
    head: tuple[str, ...]
    taken: tuple[tuple[str, str], ...] = ()
    extra: tuple[str, ...] = ()

    def place(self, name: str) -> int:
        """Where the only or first cell of a column stands."""
        return self.places[name][0]

    @property
    def least(self) -> int:
        """The least number of cells a row must have."""
        needed = [min(self.places[name]) for name in NEEDED if name in self.places]
        return max(needed) + 1


@dataclass(slots=True)
class _Search:
    found: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def add(self, name: str, level: int, place: int) -> None:
        self.found.setdefault(name, []).append((level, place))


class Heads:
    """Recognizes the head of a sheet.

    Args:
        models: what models are called.
        given: columns that the user settled: the column, and the name it has in the sheet.
    """

    def __init__(self, models: WalkModels, given: Mapping[str, str]) -> None:
        self._known_models = models
        self._given = {_words(name): column for column, name in given.items()}
        self._settled = frozenset(given)

    @cached_property
    def _models(self) -> list[tuple[str, str]]:
        """What models are called in words, the longest first, with their ids."""
        return sorted(self._known_models.titles.items(), key=lambda item: -len(item[0]))

    def find(self, rows: Sequence[Sequence[str]]) -> tuple[int, int, Layout] | None:
        """The head among the first rows: where it begins, the row after it, and what it says.

        A head may stand below a title, take two rows, or have a row of a form service's own words below it.
        """
        for height in (1, 2):
            for start in range(len(rows) - height + 1):
                head = rows[start : start + height]
                if not all(map(holds_anything, head)):
                    continue
                layout = self.layout(_join(head))
                if not isinstance(layout, str):
                    end = start + height
                    while end < len(rows) and _is_subhead(rows[end]):
                        end += 1
                    return start, end, layout
        return None

    def explain(self, rows: Sequence[Sequence[str]]) -> tuple[int, str]:
        """Where a head would be expected, and why none was found."""
        scored = [(len(self._search(row).found), -index) for index, row in enumerate(rows)]
        index = -max(scored, default=(0, 0))[1]
        found = self.layout(list(rows[index])) if rows else ""
        return index, found if isinstance(found, str) else ""

    def layout(self, head: Sequence[str]) -> Layout | str:
        """What a head says, or why it is none."""
        search = self._search(head)
        places: dict[str, tuple[int, ...]] = {}
        models: tuple[str, ...] = ()
        for name, found in search.found.items():
            best = min(level for level, _ in found)
            chosen = [place for level, place in found if level == best]
            if name in JOINED:
                # A form that branches by model asks for the pause once for each of them.
                chosen = sorted(
                    place for level, place in found if level == best or self._model_in(head[place])
                )
                places[name] = tuple(chosen)
                if name == "paused_at":
                    models = tuple(self._model_in(head[place]) for place in chosen)
                continue
            if len(chosen) > 1 and best in (_EXACT, -1):
                return f"the column `{name}` stands here twice; keep one of the two"
            places[name] = (chosen[0],)
        missing = [name for name in NEEDED if name not in places]
        if "model" in missing and models and all(models):
            missing.remove("model")
        if missing:
            return _missing(missing, head)
        used = {place for group in places.values() for place in group}
        taken = tuple(
            (name, " ".join(head[place].split()))
            for name, group in places.items() for place in group if _name(head[place]) != name
        )  # fmt: skip
        extra = tuple(
            " ".join(name.split()) for place, name in enumerate(head) if name.strip() and place not in used
        )
        return Layout(places, models, len(head), tuple(head), taken, extra)

    def _search(self, head: Sequence[str]) -> _Search:
        search = _Search()
        for place, written in enumerate(head):
            found = self._column(written)
            if found is not None:
                search.add(*found, place)
        return search

    def _column(self, written: str) -> tuple[str, int] | None:
        """The column that a name of a head means, and how surely."""
        written = written[:_LONGEST_NAME]
        words = _words(written)
        if not words:
            return None
        if words in self._given:
            return self._given[words], -1
        found = self._known(words, written)
        return found if found is None or found[0] not in self._settled else None

    def _known(self, words: str, written: str) -> tuple[str, int] | None:
        for name, level in _named(words):
            return name, level
        group, slash, tail = written.rpartition("/")
        if (
            slash and " " not in group.strip()
        ):  # a group of questions stands in front, as in `visit/classroom`
            for name, level in _named(_words(tail)):
                return name, max(level, _TAIL)
        if len(words.split()) > 1:
            for name, question in _QUESTIONS:
                if question.search(fold_label(re.sub(r"[^\w\s-]", " ", written))):
                    return name, _QUESTION
        if any(words.removesuffix(" model") == model for model, _ in self._models):
            return "paused_at", _QUESTION
        return None

    def _model_in(self, name: str) -> str:
        """The model that a question names."""
        if _name(name) in ALL_COLUMNS:  # most sheets: there is no need to read what models are called
            return ""
        words = f" {_loose(name)} "
        return next((model for title, model in self._models if f" {title} " in words), "")


def holds_anything(row: Sequence[str]) -> bool:
    """Whether a row has a cell that is not blank."""
    return any(cell.strip() for cell in row)


def _named(words: str) -> Iterable[tuple[str, int]]:
    name = words.replace(" ", "_")
    if name in ALL_COLUMNS:
        yield name, _EXACT
    for level, table in ((_ALIAS, _ALIASES), (_LAST, _LAST_RESORT)):
        for column, names in table.items():
            if words in names:
                # Of several that would serve in the last resort, the first in the list is best.
                yield column, level + (names.index(words) if level == _LAST else 0)


def _loose(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", fold_label(text)).split())


def _words(text: str) -> str:
    """A name as it is compared: without numbers in front, stars, question marks and what stands in brackets."""
    folded = fold_label(text[:_LONGEST_NAME])
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", folded)
    bare = re.sub(r"^\s*q?\d+\s*[.):_]\s*", "", bare).replace("'", "")
    words = " ".join(re.sub(r"[\W_]+", " ", bare).split())
    return words or _loose(text)


def _name(text: str) -> str:
    return _loose(text).replace(" ", "_")


def _join(rows: Sequence[Sequence[str]]) -> list[str]:
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    return [" ".join(filter(None, (cell.strip() for cell in cells))) for cells in zip(*padded, strict=True)]


def _is_subhead(row: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    return bool(cells) and (
        all(_words(cell) in _SUBHEAD for cell in cells) or all('"ImportId"' in cell for cell in cells)
    )


def _missing(missing: Sequence[str], head: Sequence[str]) -> str:
    """Which columns are missing, and what could be meant."""
    others = [_name(name) for name in head if name.strip() and _name(name) not in ALL_COLUMNS]
    hint = nearest(missing[0], others)
    if not hint.startswith("; did"):
        hint = f'; the columns of a walk sheet are {", ".join(COLUMNS)}. --column {missing[0]}="the name it has here" settles it'
    names = ", ".join(f"`{name}`" for name in missing)
    return f"the {'column' if len(missing) == 1 else 'columns'} {names} cannot be found{hint}"


def check_columns(given: Mapping[str, str]) -> None:
    """Refuse columns that no walk sheet has.

    Raises:
        InputError: a name is unknown, or has nothing behind it.
    """
    for column, name in given.items():
        if column not in ALL_COLUMNS:
            raise InputError(f"A walk sheet has no column `{column}`{nearest(column, ALL_COLUMNS)}")
        if not name.strip():
            raise InputError(f"--column {column}= needs the name that the column has in the sheet.")
