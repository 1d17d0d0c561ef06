"""Where what is stored on this machine lies."""

from __future__ import annotations

import os
from pathlib import Path

from pltool.errors import InputError


def data_folder() -> Path:
    """`PLTOOL_HOME`, or the platform's own folder for user data.

    Raises:
        InputError: it names a home folder that there is not.
    """
    home = os.environ.get("PLTOOL_HOME")
    try:
        if home:
            return Path(home).expanduser()
        from platformdirs import user_data_path  # noqa: PLC0415 - every command comes by here, and few go on

        return user_data_path("pltool", appauthor=False)
    except RuntimeError:
        raise InputError(
            f"The home folder of {home or '~'} cannot be found; set PLTOOL_HOME to the folder for saved data."
        ) from None
