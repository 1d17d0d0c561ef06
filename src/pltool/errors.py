"""The one family of errors that a user may cause and can mend. None of them prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class PltoolError(Exception):
    """Something the user can mend; its text is one or two plain sentences.

    Attributes:
        exit_status: what the command ends with: 2 for wrong usage or unreadable input, 1 for a failed job.
    """

    exit_status = 2


class UnknownNameError(PltoolError):
    """A model, step, phase or record that does not exist."""


class InputError(PltoolError):
    """Input that cannot be read or understood."""


class StorageError(PltoolError):
    """Something could not be written."""

    exit_status = 1


class FailedJobError(PltoolError):
    """What was asked for could not be done, though nothing was wrong with how it was asked."""

    exit_status = 1


class EndOfInput(Exception):  # noqa: N818 - it is no error: the lines have ended, or somebody pressed Ctrl-D
    """There is nobody left to ask."""


class Problem(NamedTuple):
    """One thing wrong in a file.

    Attributes:
        path: the file.
        line: counted from 1.
        column: counted from 1.
        what: what is wrong and how to mend it.
    """

    path: Path
    line: int
    column: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.what}"


# More than a person reads before mending the first of them.
MOST_SHOWN = 20


class ProblemsError(InputError):
    """A file that breaks its rules, with all its problems at once; the text has the first twenty of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        # By the name of the file: paths compare themselves slowly, and a hostile file has thousands of problems.
        self.problems = tuple(sorted(problems, key=lambda problem: (str(problem.path), problem[1:])))
        lines = [str(problem) for problem in self.problems[:MOST_SHOWN]]
        if more := len(self.problems) - len(lines):
            lines.append(f"And {more:,} more problem{'s' if more > 1 else ''}; mend these first.")
        super().__init__("\n".join(lines))
