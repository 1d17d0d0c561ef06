"""Where content lies on the disk, told without reading any of it."""

from __future__ import annotations

from pathlib import Path

from pltool.errors import InputError

# Files of a content folder that are no progressions.
SHARED_FILES = ("resources", "strands", "glossary", "identify", "walk")


def own_content() -> Path:
    """The content that belongs to the tool: in the installed package, else in the checkout around it."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "content", package.parent.parent / "content"):
        if (folder / "progressions").is_dir():
            return folder
    raise InputError(f"The content folder of pltool is missing beside {package}; install pltool again.")


def progression_files(folder: Path) -> list[Path]:
    """The progression files of a content folder, which may keep them in `progressions/` or on top."""
    below = folder / "progressions"
    files = sorted((below if below.is_dir() else folder).glob("*.yaml"))
    return [path for path in files if path.stem not in SHARED_FILES]
