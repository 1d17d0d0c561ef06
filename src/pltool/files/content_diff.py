"""Two versions of content, from files or folders, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pltool.core.bank import Bank
from pltool.core.content_diff import compare_progressions
from pltool.core.progression import Progression
from pltool.errors import InputError
from pltool.files.content_folder import must_be_file, must_be_within, progression_files
from pltool.files.strict_yaml import read_document
from pltool.files.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pltool.core.content_diff import Change
    from pltool.core.progression import Resource


class ContentDiff(NamedTuple):
    """What changed.

    Attributes:
        changes: the changes to each progression that both have, by its id.
        titles: the title of each progression, by its id.
        added: ids of new progressions.
        removed: ids of those that are gone.
        resources: what changed in the bank, one sentence each.
    """

    changes: dict[str, tuple[Change, ...]]
    titles: dict[str, str]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    resources: tuple[str, ...]


def compare_content(old: Path, new: Path) -> ContentDiff:
    """Compare two progression files, or two folders of content.

    Raises:
        InputError: a path is missing, or one is a file and the other a folder.
        ProblemsError: a file breaks a rule.
    """
    for path in (old, new):
        if not path.exists():
            raise InputError(f"{path}: there is no such file or folder.")
    if old.is_dir() != new.is_dir():
        raise InputError(f"Compare two files, or two folders; {old} and {new} are one of each.")
    before, after = _progressions(old), _progressions(new)
    if not old.is_dir():
        # Two files are two versions of one progression, whatever they are called.
        before = dict.fromkeys(after, next(iter(before.values())))
    pairs = {model: _predecessor(found, before) for model, found in after.items()}
    known = {name for name in pairs.values() if name}
    return ContentDiff(
        {name: compare_progressions(before[was], after[name]) for name, was in pairs.items() if was},
        {name: found.title for name, found in (*before.items(), *after.items())},
        tuple(name for name, was in pairs.items() if was is None),
        tuple(name for name in before if name not in known),
        tuple(_bank_changes(_bank(old), _bank(new))),
    )


def _predecessor(progression: Progression, before: dict[str, Progression]) -> str | None:
    return next((name for name in (progression.id, *progression.former_ids) if name in before), None)


def _progressions(path: Path) -> dict[str, Progression]:
    found: dict[str, Progression] = {}
    for file in progression_files(path) if path.is_dir() else [path]:
        must_be_within(file, path) if path.is_dir() else must_be_file(file)
        progression = validate(Progression, read_document(file))
        found[progression.id] = progression
    return found


def _bank(path: Path) -> dict[str, Resource]:
    file = path / "resources.yaml"
    if not path.is_dir() or not file.is_file():
        return {}
    must_be_within(file, path)
    return {resource.id: resource for resource in validate(Bank, read_document(file)).resources}


def _bank_changes(old: dict[str, Resource], new: dict[str, Resource]) -> Iterator[str]:
    if not old or not new:
        return
    if added := [resource.title for name, resource in new.items() if name not in old]:
        yield f"New: {'; '.join(added)}."
    if removed := [resource.title for name, resource in old.items() if name not in new]:
        yield f"Gone: {'; '.join(removed)}. Saved records keep what they named."
    for name, resource in new.items():
        if name in old and old[name].url != resource.url:
            yield f"New address of {resource.title}: {resource.url} (reports of saved records print it)."
