"""Reading a walk: its files, what to say about them, and what the commands make of them."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from pltool.cli.walk.progress import show_progress
from pltool.core.progression import Progression
from pltool.core.walk.shared_visits import VisitsByRoom
from pltool.core.walk.summary import Exclusions, summarize
from pltool.core.walk.tally import Tally
from pltool.errors import InputError
from pltool.files.library import Library
from pltool.files.strict_yaml import read_document
from pltool.files.validation import validate
from pltool.files.walk.dates import read_date
from pltool.files.walk.models import WalkModels
from pltool.files.walk.reader import WalkFiles
from pltool.report.formats.safe import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pltool.core.bank import Bank
    from pltool.core.walk.summary import Summary
    from pltool.core.walk.visits import Visit
    from pltool.files.walk.findings import Findings


class Reading:
    """What the commands that read a walk share: content, files, and what to say about them."""

    def __init__(
        self, content: list[Path] | None, dates: Literal["month-first", "day-first"] | None, *, strict: bool
    ) -> None:

        self.library: Library = Library(content or ())
        paths = self.library.paths
        # What a progression refers to is checked by `content check`; here that would only cost time.
        self.models: WalkModels = WalkModels(
            list(paths), lambda model: validate(Progression, read_document(paths[model]))
        )
        self.dates: Literal["month-first", "day-first"] | None = dates
        self.strict = strict
        self.findings: Findings | None = None

    def tally(
        self,
        since: str | None,
        until: str | None,
        kind: str,
        by: Literal["school", "model", "month", "observer-role"] | None,
    ) -> Tally:

        return Tally(by, _day(since), _day(until), "observation" if kind == "observations" else "reflection")

    def earlier_tally(self, walk: Tally, kind: str) -> Tally:
        """For an earlier walk, of which nothing counts that may belong to this one.

        Two walks with visits in common could be subtracted from one another.
        """
        last = ""
        if walk.last and walk.first > date.min.isoformat():
            last = (date.fromisoformat(walk.first) - timedelta(days=1)).isoformat()
        return self.tally(None, last or None, kind, None)

    def count(self, sources: list[Path], tally: Tally, *, main: bool = True) -> None:
        """Count everything, and say what was left out."""
        with show_progress() as progress:
            files = self._files(sources, progress)
            files.read(tally.add_visits, tally.add_columns)
        self._finish(files, main=main)

    def visits(self, sources: list[Path], *, main: bool = True) -> list[Visit]:
        """Everything with its evidence, one by one."""
        with show_progress() as progress:
            files = self._files(sources, progress)
            visits = files.visits(evidence=True)
        self._finish(files, main=main)
        return visits

    def _files(self, sources: list[Path], progress: Callable[[float], None]) -> WalkFiles:

        return WalkFiles(sources, self.models, self.dates, progress)

    def _finish(self, files: WalkFiles, *, main: bool) -> None:
        if main:
            self.findings = files.findings
        _say_findings(files.findings, strict=self.strict)

    def summarize(self, tally: Tally, limit: int, earlier: Tally | None) -> Summary:

        findings = self.findings
        aside = Exclusions(
            parts=tally.parts,
            other_kind=tally.other_kind,
            outside=tally.outside,
            without_classroom=tally.without_classroom,
            left_out=findings.left_out if findings else 0,
            twice=findings.twice if findings else 0,
            without_pause=findings.without_pause if findings else 0,
        )
        return summarize(
            tally,
            self.models.progressions,
            limit=limit,
            earlier=earlier,
            aside=aside,
            strands=self.library.strands,
        )

    def bank(self, found: Summary) -> Bank:
        """The resources of the steps at which classrooms pause together."""
        wanted = {name for shared in found.shared for name in shared.step.placed.step.resources}
        return self.library.bank_of(sorted(wanted))


def gather(within: int, visits: Iterable[Visit]) -> VisitsByRoom:
    """Visits by classroom; those so many days apart are one occasion."""
    gathering = VisitsByRoom(within)
    for visit in visits:
        gathering.add(visit)
    return gathering


def observed_within(since: str | None, until: str | None) -> Callable[[Visit], bool]:
    """Whether a visit is an observation of a whole progression between two days."""
    first, last = _day(since), _day(until) or "9999"
    return lambda visit: first <= visit.day <= last and visit.kind == "observation" and not visit.part


def say_overlap(earlier: Tally, walk: Tally) -> None:
    """Say what of the earlier walk does not lie before this one."""
    if earlier.outside:
        what = "observation is" if earlier.outside == 1 else "observations are"
        print(
            f"pltool: of --earlier, {earlier.outside} {what} not before this walk, which begins on {walk.first}, "
            "and left out.",
            file=sys.stderr,
        )


def _day(given: str | None) -> str:

    if given is None:
        return ""
    day = read_date(given, "month-first")
    if day is None:
        raise InputError(f"`{given}` is no date; write it as 2026-11-23.")
    return day


def _say_findings(findings: Findings, *, strict: bool) -> None:

    shown = findings.problems
    more = findings.left_out - findings.told
    if findings.left_out and strict:
        rest = [f"and {more} more"] if more > 0 else []
        raise InputError("\n".join([*shown, *rest]))
    for line in (*findings.notes, *shown):
        print(f"pltool: {plain(line)}", file=sys.stderr)
    if more > 0:
        print(f"pltool: and {more} more.", file=sys.stderr)
    if findings.left_out:
        left = "1 is" if findings.left_out == 1 else f"{findings.left_out} are"
        print(f"pltool: {left} left out; the rest is counted. --strict makes this an error.", file=sys.stderr)
