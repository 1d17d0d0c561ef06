"""Reading a walk: its files, what to say about them, and what the commands make of them."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pltool.cli.greeting import today
from pltool.cli.output import say, warn
from pltool.cli.walk.progress import show_progress
from pltool.core.dates import in_full, read_day
from pltool.core.evidence import naming_words
from pltool.core.labels import fold_label
from pltool.core.progression import Progression
from pltool.core.walk.rooms import school_words, similar_schools
from pltool.core.walk.shared_visits import VisitsByRoom
from pltool.core.walk.summary import Exclusions, summarize
from pltool.core.walk.tally import Tally
from pltool.errors import FailedJobError, InputError
from pltool.files.library import Library
from pltool.files.strict_yaml import read_document
from pltool.files.validation import validate
from pltool.files.walk.models import WalkModels
from pltool.files.walk.reader import WalkFiles
from pltool.report.phrases import count, listing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pltool.core.bank import Bank
    from pltool.core.record import Kind
    from pltool.core.walk.rooms import RoomNumbers
    from pltool.core.walk.summary import Summary
    from pltool.core.walk.visits import Grouping, Visit, VisitColumns
    from pltool.files.walk.findings import Findings
    from pltool.files.walk.reader import ReadingOptions

_NAMED = 50
_EXAMPLES = 5
# Shorter words of a school's name are in any note.
_LONG_WORD = 4


class WalkInput:
    """What the commands that read a walk share: content, files, and what to say about them.

    Args:
        content: further folders of progressions.
        options: how to read the files.
        strict: whether a row or file that cannot be read is an error.
    """

    def __init__(self, content: list[Path] | None, options: ReadingOptions, *, strict: bool) -> None:
        self.library: Library = Library(content or ())
        paths = self.library.paths
        # What a progression refers to is checked by `content check`; here that would only cost time.
        self.models: WalkModels = WalkModels(
            list(paths), lambda model: validate(Progression, read_document(paths[model]))
        )
        self.options = options
        self.strict = strict
        self.findings: Findings | None = None

    def count(self, sources: list[Path], tally: Tally, rooms: VisitsByRoom | None = None) -> None:
        """Count everything, and say what was left out.

        Args:
            sources: records, sheets and folders.
            tally: where observations are counted.
            rooms: where they are gathered by classroom, with their notes.

        Raises:
            FailedJobError: nothing could be counted.
        """
        self._read(sources, tally, rooms)
        say_rooms(tally.numbers)
        if not tally.outcomes:
            raise FailedJobError(self._why_nothing(tally))

    def count_earlier(self, sources: list[Path], walk: Tally) -> Tally:
        """Count an earlier walk, of which nothing counts that may belong to this one.

        Two walks with visits in common could be subtracted from one another.
        """
        last = ""
        if walk.last and walk.first > date.min.isoformat():
            last = (date.fromisoformat(walk.first) - timedelta(days=1)).isoformat()
        earlier = Tally(None, "", last, walk.kind)
        findings = self.findings
        self._read(sources, earlier, None)
        self.findings = findings
        if earlier.outside:
            warn(
                f"of --earlier, {count(earlier.outside, 'observation is', 'observations are')} not before this "
                f"walk, which begins on {walk.first}, and left out."
            )
        return earlier

    def visits(self, sources: list[Path]) -> list[Visit]:
        """Everything with its evidence, one by one."""
        visits: list[Visit] = []
        with show_progress() as progress:
            files = WalkFiles(sources, self.models, self.options, progress)
            files.read(visits.extend, lambda columns: visits.extend(columns.visits()), evidence=True)
        say_findings(files.findings, strict=self.strict)
        return visits

    def _read(self, sources: list[Path], tally: Tally, rooms: VisitsByRoom | None) -> None:
        def take_visits(visits: Iterable[Visit]) -> None:
            listed = list(visits)
            tally.add_visits(listed)
            if rooms is not None:
                rooms.add_visits(listed)

        def take_columns(columns: VisitColumns) -> None:
            tally.add_columns(columns)
            if rooms is not None:
                rooms.add_columns(columns)

        with show_progress() as progress:
            files = WalkFiles(sources, self.models, self.options, progress)
            files.read(take_visits, take_columns, evidence=rooms is not None)
        self.findings = files.findings
        say_findings(files.findings, strict=self.strict)

    def _why_nothing(self, tally: Tally) -> str:
        """What became of everything that was read, where nothing of it counts."""
        findings = self.findings
        parts = [
            (findings.all_left_out if findings else 0, "cannot be read"),
            (tally.outside, "outside of the dates asked for"),
            (tally.parts, "of one phase only"),
            (tally.other_kind, _other_kind(tally.kind)),
        ]
        causes = ", ".join(f"{number} {what}" for number, what in parts if number)
        return f"Nothing could be counted: {causes or 'there is no row and no record in what was given'}."

    def summarize(self, tally: Tally, limit: int, earlier: Tally | None) -> Summary:
        """What may be printed of a walk."""
        findings = self.findings
        exclusions = Exclusions(
            parts=tally.parts,
            other_kind=tally.other_kind,
            outside=tally.outside,
            left_out=findings.left_out if findings else 0,
            files_left_out=findings.files_left_out if findings else 0,
            repeated=findings.repeated if findings else 0,
            without_classroom=tally.without_classroom,
            without_pause=tally.without_pause,
            read=findings.read if findings else 0,
            copies=findings.copies if findings else 0,
            alike=findings.alike if findings else 0,
        )
        return summarize(
            tally,
            self.models.progressions,
            limit=limit,
            earlier=earlier,
            exclusions=exclusions,
            strands=self.library.strands,
        )

    def bank(self, found: Summary) -> Bank:
        """The resources of the steps at which classrooms pause together."""
        wanted = {name for shared in found.models.shared for name in shared.step.placed.step.resources}
        return self.library.bank_of(sorted(wanted))


def _other_kind(kind: Kind) -> str:
    if kind == "observation":
        return "teachers' own reflections (--kind reflections counts those)"
    return "observations (without --kind reflections they are counted)"


def make_tally(since: str | None, until: str | None, kind: str, by: Grouping | None) -> Tally:
    """A tally of what lies between two days."""
    return Tally(by, *_bounds(since, until), "observation" if kind == "observations" else "reflection")


def _bounds(since: str | None, until: str | None) -> tuple[str, str]:
    """The first and the last day that count, as `2026-11-23`, and said with their weekdays.

    Raises:
        InputError: one of them is no date, or they are the wrong way around.
    """
    first, last = (read_day(given, today(), "back") if given else None for given in (since, until))
    if first and last and last < first:
        raise InputError(f"--until, {in_full(last)}, comes before --since, {in_full(first)}.")
    said = [f"{word} {in_full(day)}" for word, day in (("from", first), ("through", last)) if day]
    if said:
        say(f"Counting {' '.join(said)}.")
    return first.isoformat() if first else "", last.isoformat() if last else ""


def say_rooms(numbers: RoomNumbers) -> None:
    """Point out classrooms that stand in several ways and are counted as one."""
    unplaced = numbers.unplaced
    if unplaced:
        shown = ", ".join(f"`{name}`" for name in unplaced[:_EXAMPLES])
        more = f" and {len(unplaced) - _EXAMPLES} more" if len(unplaced) > _EXAMPLES else ""
        warn(
            f"{count(len(unplaced), 'classroom stands', 'classrooms stand')} once with a school and once without "
            f"({shown}{more}); each counts as one. Write the school in every row."
        )
    for one, other in similar_schools(numbers.school_names.values())[:_EXAMPLES]:
        warn(
            f"schools `{one}` and `{other}` count as two; where they are one, write it in one way, or small groups look larger."
        )
    if numbers.with_fraction:
        shown = ", ".join(f"`{name}`" for name in numbers.with_fraction)
        warn(f"classrooms such as {shown} are numbers to the spreadsheet, and count as without the zero.")


def say_names(what: str, texts: Iterable[str]) -> None:
    """Point out what looks like the names of people in what is about to be printed."""
    names = sorted({name for text in texts if (name := naming_words(text)) is not None})
    if names:
        shown = ", ".join(f"“{name}”" for name in names[:_EXAMPLES])
        more = f" and {len(names) - _EXAMPLES} more" if len(names) > _EXAMPLES else ""
        warn(f"{what} may name people: {shown}{more}. Look before you pass it on.")


def say_single_schools(tally: Tally, found: Summary) -> None:
    """Point out models that are shown and that one school alone uses, where that school is held back.

    Whoever knows it reads the school's figures in the model's, and can take them from what is held back.
    """
    if found.groups is None or found.groups.grouping != "school":
        return
    printed = {fold_label(row.name) for row in found.groups.breakdown.rows}
    schools: defaultdict[str, set[str]] = defaultdict(set)
    for outcome, rooms in tally.rooms.items():
        schools[outcome.model].update(tally.numbers.school_of[room] for room in rooms)
    single = [
        model.progression.title
        for model in found.models.shown
        if len(using := schools[model.progression.id]) == 1 and using.isdisjoint(printed)
    ]
    if single:
        warn(
            f"{listing(single)} {'was' if len(single) == 1 else 'were'} met in one school alone, which is held back: for "
            "everybody who knows it, the figures of the model are that school's. Look before you pass it on."
        )


def say_school_words(schools: Iterable[str], notes: Iterable[str]) -> None:
    """Point out words of the names of schools in notes; whole names are taken out, a part may be a word like others."""
    words = {word for school in schools for word in school_words(school)[0] if len(word) >= _LONG_WORD}
    found = sorted({word for note in notes for word in re.findall(r"\w+", fold_label(note)) if word in words})
    if found:
        shown = ", ".join(f"“{word}”" for word in found[:_EXAMPLES])
        warn(f"notes have words in them that are in names of schools: {shown}. Look before you pass it on.")


def say_findings(findings: Findings, *, strict: bool) -> None:
    """Say what was left out, passed over or read in a way worth knowing.

    Raises:
        InputError: something was left out, and that is to be an error.
    """
    shown = findings.problems
    more = findings.all_left_out - findings.reported
    if findings.all_left_out and strict:
        rest = [f"and {more} more"] if more > 0 else []
        raise InputError("\n".join([*shown, *rest]))
    for line in (*findings.notes, *shown):
        warn(line)
    if more > 0:
        warn(f"and {more} more.")
    if findings.passed_over:
        names = ", ".join(findings.passed_over[:_NAMED])
        rest_ = (
            f" and {len(findings.passed_over) - _NAMED} more" if len(findings.passed_over) > _NAMED else ""
        )
        warn(f"neither record nor walk sheet, and passed over: {names}{rest_}.")
    if findings.all_left_out:
        left = "1 is" if findings.all_left_out == 1 else f"{findings.all_left_out} are"
        warn(f"{left} left out; the rest is counted. --strict makes this an error.")
