"""What a district needs for a walk besides the figures: purpose, norms, lists and agendas, from `walk.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.core.walk.agenda import WalkGuide
from pltool.files.strict_yaml import read_document
from pltool.files.validation import validate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def read_guide(folders: Sequence[Path]) -> WalkGuide:
    """The guide of the last folder that has one."""
    *_, path = [folder / "walk.yaml" for folder in folders if (folder / "walk.yaml").is_file()]
    return validate(WalkGuide, read_document(path))
