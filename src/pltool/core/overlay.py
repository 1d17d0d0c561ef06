"""Single changes to content, by id: what a district replaces, adds after something, or hides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Generic, NamedTuple, TypeVar

from pydantic import Field, create_model

from pltool.core.glossary import Term
from pltool.core.progression import Id, Paragraph, Resource, Step, Strand, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pltool.core.bank import Strands
    from pltool.core.progression import Progression

T = TypeVar("T", bound=Value)


def _some_of(model: type[Value]) -> Any:  # noqa: ANN401 - a type made here
    """The same keys without the id, each of which may be missing."""
    keys: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        if name != "id":
            given: Any = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
            keys[name] = (given | None, None)
    return create_model(f"{model.__name__}Change", __base__=Value, __doc__="The keys that change.", **keys)


class Edit(Value, Generic[T]):
    """One change: `replace` with `with`, `add` (with `after` or at the end), or `hide`."""

    replace: Id | None = None
    after: Id | None = None
    hide: Id | None = None

    @property
    def added(self) -> T | None:
        """What is new."""
        return getattr(self, "add", None)

    @property
    def changes(self) -> dict[str, Any]:
        """The keys that change, with their values."""
        change = getattr(self, "change", None)
        names = sorted(change.model_fields_set) if change is not None else ()
        return {name: value for name in names if (value := getattr(change, name)) is not None}

    @property
    def fault(self) -> str | None:
        """Why this is no one change; None where it is."""
        if any(getattr(self, name) is None for name in self.model_fields_set):
            return "has a key with nothing behind it; fill it in or remove it"
        replaces, adds, hides = self.replace is not None, self.added is not None, self.hide is not None
        if replaces + adds + hides != 1 or (self.after is not None and not adds):
            return "must either `replace` an id, `add` something (after an id), or `hide` an id"
        if replaces and not self.changes:
            return "must say under `with` which keys change"
        if not replaces and getattr(self, "change", None) is not None:
            return "has `with` but does not `replace` anything"
        return None


def _edit_of(model: type[Value]) -> Any:  # noqa: ANN401 - a type made here
    return create_model(
        f"{model.__name__}Edit",
        __base__=Edit,
        __doc__=Edit.__doc__,
        change=(_some_of(model) | None, Field(default=None, alias="with")),
        add=(model | None, None),  # type: ignore[arg-type]
    )


if TYPE_CHECKING:
    StepEdit = Edit[Step]
    ResourceEdit = Edit[Resource]
    TermEdit = Edit[Term]
    StrandEdit = Edit[Strand]
else:
    StepEdit, ResourceEdit, TermEdit, StrandEdit = map(_edit_of, (Step, Resource, Term, Strand))


class Overlay(Value):
    """A file of changes."""

    about: Paragraph | None = None
    progressions: dict[Id, tuple[StepEdit, ...]] = {}  # noqa: RUF012 - pydantic copies it
    resources: tuple[ResourceEdit, ...] = ()
    terms: tuple[TermEdit, ...] = ()
    strands: tuple[StrandEdit, ...] = ()


class Miss(NamedTuple):
    """An edit that hits nothing, or puts an id where it is already."""

    place: int
    key: str
    what: str


def edit_list(values: Sequence[T], edits: Iterable[Edit[T]], name: str) -> tuple[list[T], list[Miss]]:
    """Values with the edits made one after the other.

    Args:
        values: each has an id.
        edits: without fault.
        name: what such a value is called, for messages.
    """
    rows = [list(values)]
    return rows[0], _edit_rows(rows, edits, name, needs_place=False)


def _edit_rows(rows: list[list[T]], edits: Iterable[Edit[T]], name: str, *, needs_place: bool) -> list[Miss]:
    """Edit lists of values in place; what is added stands in the list of what it comes after."""
    misses: list[Miss] = []
    for index, edit in enumerate(edits):
        key = "replace" if edit.replace is not None else "hide" if edit.hide is not None else "after"
        wanted = edit.replace or edit.hide or edit.after
        row, place = _find(rows, wanted)
        if wanted is not None and place is None:
            misses.append(Miss(index, key, f"there is no {name} `{wanted}`"))
        elif edit.added is not None:
            new: Any = edit.added
            if _find(rows, new.id)[1] is not None:
                misses.append(Miss(index, "add", f"there is a {name} `{new.id}` already; choose another id"))
            elif place is None and needs_place:
                misses.append(
                    Miss(index, "add", f"needs `after` with the id of a {name}, to say where it stands")
                )
            else:
                rows[row].insert(len(rows[row]) if place is None else place + 1, new)
        elif place is not None and edit.hide is not None:
            del rows[row][place]
        elif place is not None:
            rows[row][place] = rows[row][place].model_copy(update=edit.changes)
    return misses


def _find(rows: list[list[T]], wanted: str | None) -> tuple[int, int | None]:
    former: tuple[int, int] | None = None
    for row, values in enumerate(rows):
        for place, value in enumerate(values):
            if value.id == wanted:  # type: ignore[attr-defined]
                return row, place
            if wanted in getattr(value, "former_ids", ()):
                former = row, place
    return former or (0, None)


def edit_progression(progression: Progression, edits: Sequence[Edit[Step]]) -> tuple[Progression, list[Miss]]:
    """A progression with the edits made; areas and phases that are left without steps go."""
    areas = [area for phase in progression.phases for area in phase.areas]
    rows = [list(area.steps) for area in areas]
    misses = _edit_rows(rows, edits, "step", needs_place=True)
    if not any(rows):
        return progression, [*misses, Miss(len(edits) - 1, "hide", "hides the last step there is; leave one")]
    filled = iter(zip(areas, rows, strict=True))
    phases = []
    for phase in progression.phases:
        kept = [
            area.model_copy(update={"steps": tuple(steps)})
            for area, steps in (next(filled) for _ in phase.areas)
            if steps
        ]
        if kept:
            phases.append(phase.model_copy(update={"areas": tuple(kept)}))
    return _rebuilt(progression, phases=tuple(phases)), misses


def without_resources(progression: Progression, hidden: set[str]) -> Progression:
    """A progression whose steps name none of those."""
    if not hidden:
        return progression

    def mend(step: Step) -> Step:
        return step.model_copy(update={"resources": tuple(r for r in step.resources if r not in hidden)})

    return _each_step(progression, lambda step: mend(step) if hidden.intersection(step.resources) else step)


def _each_step(progression: Progression, change: Callable[[Step], Step]) -> Progression:
    phases = tuple(
        phase.model_copy(
            update={
                "areas": tuple(
                    area.model_copy(update={"steps": tuple(map(change, area.steps))}) for area in phase.areas
                )
            }
        )
        for phase in progression.phases
    )
    return _rebuilt(progression, phases=phases)


def _rebuilt(progression: Progression, **changes: object) -> Progression:
    # Not model_copy: it would carry the cached steps of the original along.
    values = {name: getattr(progression, name) for name in type(progression).model_fields}
    return progression.model_construct(**{**values, **changes})


def edit_strands(strands: Strands, edits: Sequence[Edit[Strand]]) -> tuple[Strands, list[Miss]]:
    """Strands with the edits made; what is added stands in the domain of what it comes after."""
    rows = [list(domain.strands) for domain in strands.domains]
    misses = _edit_rows(rows, edits, "strand", needs_place=True)
    domains = tuple(
        domain.model_copy(update={"strands": tuple(row)})
        for domain, row in zip(strands.domains, rows, strict=True)
        if row
    )
    return strands.model_copy(update={"domains": domains}), misses
