"""The inspiration bank and the strands: what steps refer to by id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.core.progression import Domain, Resource, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pltool.core.progression import Strand


class Bank(Value):
    """Resources, each once."""

    resources: tuple[Resource, ...]

    def find(self, ids: Iterable[str]) -> tuple[Resource, ...]:
        """The resources of those ids, in the order of the ids."""
        wanted = list(ids)
        by_id = {resource.id: resource for resource in self.resources if resource.id in wanted}
        return tuple(by_id[id_] for id_ in wanted if id_ in by_id)


class Strands(Value):
    """The rubric's domains and strands."""

    domains: tuple[Domain, ...]

    @property
    def all(self) -> tuple[Strand, ...]:
        """All strands in the rubric's order."""
        return tuple(strand for domain in self.domains for strand in domain.strands)

    def title(self, strand_id: str) -> str:
        """The name of a strand; its id where it is not known."""
        return next((strand.title for strand in self.all if strand.id == strand_id), strand_id)
