"""Where what is stored on this machine lies."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path


def data_folder() -> Path:
    """`PLTOOL_HOME`, or the platform's own folder for user data."""
    if home := os.environ.get("PLTOOL_HOME"):
        return Path(home).expanduser()
    return user_data_path("pltool", appauthor=False)
