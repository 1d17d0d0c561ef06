"""The program at another moment: `python -m tests.terminal.at 2026-09-14T15:30 reflect flex`. Time goes on from there."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING

from pltool import start
from pltool.cli import recording

if TYPE_CHECKING:
    from datetime import tzinfo


def _set_clock(moment: datetime) -> None:
    """Move the one clock that the program looks at."""
    ahead = moment - datetime.now()  # noqa: DTZ005 - as the wall shows it

    class Moved(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Moved:
            return cls.fromtimestamp((datetime.now(tz) + ahead).timestamp(), tz)

    vars(recording)["datetime"] = Moved


if __name__ == "__main__":
    _set_clock(datetime.fromisoformat(sys.argv[1]))
    del sys.argv[1]
    start.main()
