"""What changed between two versions of content, as release notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pltool.report.formats.outline import Block, Bullets, Heading, Span, paragraph
from pltool.report.phrases import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pltool.core.content_diff import Change
    from pltool.report.formats.outline import Inlines, Outline

_TITLES = {
    "added": "New steps",
    "removed": "Steps that are gone",
    "renamed": "New ids",
    "merged": "Steps made one",
    "split": "Steps taken apart",
    "moved": "Another place",
    "reworded": "New words",
}


def release_notes(
    changes: Mapping[str, Sequence[Change]],
    models: tuple[Sequence[str], Sequence[str]],
    resources: Sequence[str],
) -> Outline:
    """The notes.

    Args:
        changes: by the title of the progression.
        models: titles of new progressions, and of those that are gone.
        resources: what changed in the bank, one sentence each.
    """
    return tuple(_notes(changes, models, resources))


def _notes(
    changes: Mapping[str, Sequence[Change]],
    models: tuple[Sequence[str], Sequence[str]],
    resources: Sequence[str],
) -> Iterator[Block]:
    yield Heading(1, "What changed")
    if not any(changes.values()) and not any(models) and not resources:
        yield paragraph("Nothing that readers or saved records would notice.")
        return
    for title, names in zip(("New progressions", "Progressions that are gone"), models, strict=True):
        if names:
            yield Heading(2, title)
            yield Bullets(tuple(((Span(name),),) for name in names))
    for title, found in changes.items():
        if found:
            yield Heading(2, title)
            yield from _by_kind(found)
    if resources:
        yield Heading(2, "Inspiration bank")
        yield Bullets(tuple(((Span(what),),) for what in resources))


def _by_kind(changes: Sequence[Change]) -> Iterator[Block]:
    for kind, title in _TITLES.items():
        found = [change for change in changes if change.kind == kind]
        if not found:
            continue
        yield Heading(3, f"{title}: {count(len(found), 'step')}")
        for meaning in dict.fromkeys(change.meaning for change in found):
            yield paragraph(meaning.replace("`", ""), "soft")
            yield Bullets(tuple(_entry(change) for change in found if change.meaning == meaning))


def _entry(change: Change) -> tuple[Inlines, ...]:
    lines: list[Inlines] = [(Span(change.step, "strong"), Span(f": {change.action}"))]
    if change.kind == "moved":
        lines.append((Span(f"From {change.before} to {change.after}."),))
    elif change.before:
        lines.append((Span(f"From {change.before}.".replace("`", "")),))
    elif change.after:
        lines.append((Span(f"It is {change.after}."),))
    if change.keys:
        lines.append((Span(f"Changed: {', '.join(change.keys)}."),))
    return tuple(lines)


def change_data(changes: Mapping[str, Sequence[Change]]) -> list[dict[str, Any]]:
    """The same for scripts."""
    return [
        {
            "model": model,
            "kind": change.kind,
            "step": change.step,
            "before": change.before,
            "after": change.after,
            "keys": list(change.keys),
            "records": change.meaning,
        }
        for model, found in changes.items()
        for change in found
    ]
