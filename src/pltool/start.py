"""The entry point, kept apart so that the garbage collector rests while the rest is imported."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command line."""
    # A command lives for a moment: searching what it allocates for cycles only costs time.
    gc.disable()
    from pltool.cli.app import run  # noqa: PLC0415 - after the line above

    run()
