"""Which files make up a folder of content, and how they are read without leaving it."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from pltool.errors import InputError

# Files of a content folder that are no progressions.
SHARED_FILES = ("resources", "strands", "glossary", "identify", "walk", "overlay")


def own_content() -> Path:
    """The content that belongs to the tool: in the installed package, else in the checkout around it."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "content", package.parent.parent / "content"):
        if (folder / "progressions").is_dir():
            return folder
    raise InputError(f"The content folder of pltool is missing beside {package}; install pltool again.")


def user_content() -> tuple[Path, ...]:
    """`content/` in the user's configuration folder, where there is one; with `PLTOOL_HOME`, in that."""
    if home := os.environ.get("PLTOOL_HOME"):
        folder = Path(home).expanduser()
    elif sys.platform.startswith(("win", "darwin", "cygwin")):
        from platformdirs import user_config_path  # noqa: PLC0415 - costs 10 ms, and only these need it

        folder = user_config_path("pltool", appauthor=False)
    else:
        # As platformdirs has it, without loading it for every command.
        configured = os.environ.get("XDG_CONFIG_HOME", "").strip() or os.path.expanduser("~/.config")  # noqa: PTH111 - never raises
        folder = Path(configured) / "pltool"
    content = folder / "content"
    return (content,) if content.is_dir() else ()


def progression_files(folder: Path) -> list[Path]:
    """The progression files of a content folder, which may keep them in `progressions/` or on top."""
    below = folder / "progressions"
    files = sorted((below if below.is_dir() else folder).glob("*.yaml"))
    return [path for path in files if path.stem not in SHARED_FILES]


def overlay_files(folder: Path) -> list[Path]:
    """The files that change single things of other folders: `overlay.yaml`, then `overlays/*.yaml`."""
    first = folder / "overlay.yaml"
    return [*([first] if os.path.lexists(first) else []), *sorted((folder / "overlays").glob("*.yaml"))]


def must_be_within(path: Path, folder: Path) -> None:
    """Refuse what is no file, and a link that leads out of its folder.

    Raises:
        InputError: with the reason; a missing file is left to whoever opens it.
    """
    must_be_file(path)
    # A path below the folder leaves it through a link only, and most folders hold none.
    if path.is_symlink() or path.parent != folder:
        real, root = os.path.realpath(path), os.path.realpath(folder)
        if os.path.commonpath([real, root]) != root:
            raise InputError(f"{path} is a link that leads out of {folder}; copy the file there instead.")


def must_be_file(path: Path) -> None:
    """Refuse what would hang or never end when it is read, such as a pipe or a device.

    Raises:
        InputError: it is neither a file nor a folder, or a link that goes in a circle.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if path.is_symlink():
            raise InputError(f"{path} is a link to something that is not there; remove it.") from None
        return
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(f"{path} cannot be read: {reason}.") from None
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise InputError(f"{path} is no file but a pipe or a device; name a file.")
