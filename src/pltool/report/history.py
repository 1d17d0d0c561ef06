"""Standings over time, drawn as paths along the progression."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from pltool.core.standing import Answer, Status
from pltool.report.formats.outline import MARKS, Heading, Mark, Path, Paths, bullets, paragraph
from pltool.report.next_step import weekday_and_day, what_became_of
from pltool.report.phrases import count, day, everything_in_place, short_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pltool.core.history import ContentChange, Entry, Line, PastAnswer, PastRecord
    from pltool.report.formats.outline import Block, MarkState, Outline

SNAPSHOTS = (
    "Each line is a snapshot of one day in one class. The way from one to the next is no measured growth: "
    "students, lessons and what one notices change too."
)
COLUMNS = (
    *("date", "kind", "model", "part", "classroom", "status", "provisional", "paused_at", "pause"),
    *("in_place", "total", "came_into_place", "first_reached", "slipped", "next_step", "look_again"),
    *("agreed_before", "outcome", "id", "asked_as", "does_not_apply", "amended"),
)
_SHORT_ID = len("2026-11-23-140311")


def history_report(
    lines: Sequence[Line], changes: Mapping[str, ContentChange], ids: Mapping[str, str] | None = None
) -> Outline:
    """Each line of records, oldest first.

    Args:
        lines: from `pltool.core.history.lines`.
        changes: by record id, how today's progression differs from what the record was asked.
        ids: by record id, as much of it as names the record; see `short_ids`.
    """
    return tuple(_report(lines, changes, ids or {}))


def _report(
    lines: Sequence[Line], changes: Mapping[str, ContentChange], ids: Mapping[str, str]
) -> Iterator[Block]:
    yield Heading(1, "History")
    if not lines:
        yield paragraph("There are no saved reflections yet. Begin with: pltool reflect MODEL")
        return
    yield paragraph(_legend(lines), "soft")
    if any(line.entries[1:] for line in lines):
        yield paragraph(SNAPSHOTS, "soft")
    for line in lines:
        yield Heading(2, line_title(line))
        if line.earlier:
            yield paragraph(f"{count(line.earlier, 'earlier record')} not shown; --all shows them.", "soft")
        yield _paths([entry.record for entry in line.entries])
        if ids:
            named = ", ".join(ids.get(entry.record.id, entry.record.id) for entry in line.entries)
            yield paragraph(f"For report and compare: {named}", "soft")
        yield from chain.from_iterable(
            _news(entry, before) for before, entry in zip((None, *line.entries), line.entries, strict=False)
        )
        change = changes.get(line.entries[-1].record.id)
        if change:
            yield from _changed(change)


def _legend(lines: Sequence[Line]) -> str:
    """What the marks mean, as far as they are drawn."""
    drawn = {mark.state for line in lines for entry in line.entries for mark in _marks(entry.record)}
    known: tuple[tuple[MarkState, str], ...] = (
        ("in_place", "in place"),
        ("pause", "the pause"),
        ("not_seen", "not seen"),
        ("does_not_apply", "does not apply"),
        ("not_reached", "not reached"),
    )
    words = ", ".join(f"{MARKS[state]} {meaning}" for state, meaning in known if state in drawn)
    return f"Each mark is a step on the way: {words}."


def line_title(line: Line) -> str:
    """Model, part, classroom, and whose actions were asked."""
    title = line.model.title
    if line.part:
        phase = line.entries[-1].record.phases[0].title if line.entries[-1].record.phases else line.part
        title += f", {phase} only"
    if line.classroom:
        title += f" · {line.classroom}"
    title += {"teacher": " · without the leader's actions", "leader": " · the leader's actions"}.get(
        line.asked_as, ""
    )
    return title + (" · observed" if line.kind == "observation" else "")


def _paths(records: Sequence[PastRecord]) -> Paths:
    """A path for each record, one mark a step."""
    return Paths(
        tuple(Path(short_day(record.finished), _marks(record), standing_words(record)) for record in records)
    )


def _marks(record: PastRecord) -> tuple[Mark, ...]:
    marks = [Mark.of(one["answer"]) for one in record.counted]
    return (*marks, *[Mark("not_reached")] * (record.counts.total - len(marks)))


def record_line(record: PastRecord) -> str:
    """A record in one line, for a list to choose from: when, what, where it stands, and its id."""
    what = record.model.title + (" observed" if record.kind == "observation" else "")
    room = f" · {record.classroom}" if record.classroom else ""
    return f"{day(record.finished)}: {what}{room}, {standing_words(record)} ({record.id})"


def short_ids(ids: Iterable[str]) -> dict[str, str]:
    """As much of each id as names it among the others: usually day and time, `2026-11-23-140311`."""
    ordered = sorted(set(ids))
    short = {}
    for before, one, after in zip(["", *ordered], ordered, [*ordered[1:], ""], strict=False):
        length = _SHORT_ID
        while length < len(one) and (before.startswith(one[:length]) or after.startswith(one[:length])):
            length += 1
        short[one] = one[:length].rstrip("-")
    return short


def standing_words(record: PastRecord) -> str:
    """Where it stands, short enough for a line."""
    amended = ", amended" if record.amended else ""
    provisional = (", provisional" if record.provisional else "") + amended
    if record.status is Status.PAUSED and record.pause:
        return (
            f"paused at {record.pause.phase_title or record.pause.phase} {record.pause.number}{provisional}"
        )
    if record.status is Status.COMPLETE:
        return f"{everything_in_place(record.counts.does_not_apply)}{provisional}"
    return f"not finished{amended}"


def _news(entry: Entry, last: Entry | None) -> Iterator[Block]:
    """What moved, what was found not to apply, and what was agreed, at one record."""
    record, said = entry.record, []
    if entry.movement:
        said += [f"Came into place: {one['asked']}" for one in entry.movement.came]
        if reached := entry.movement.reached:
            said.append(f"In place, and not reached before: {count(len(reached), 'step')}")
        said += [f"Slipped from in place to not yet: {one['asked']}" for one in entry.movement.slipped]
    said += [f"Does not apply: {one['asked']} Why: {_why(one)}" for one in _newly_apart(record, last)]
    if before := record.follow_up:
        said.append(f"Agreed before: “{before.text}” ({what_became_of(before)})")
    if step := record.next_step:
        again = f", look again on {weekday_and_day(step.look_again)}" if step.look_again else ""
        said.append(f"Next step agreed: “{step.text}”{again}")
    said += [f"Amended on {day(made['at'])}: {made['reason']}" for made in record.amended]
    if said:
        yield paragraph(f"{day(record.finished)}:")
        yield bullets(*said)


def _newly_apart(record: PastRecord, last: Entry | None) -> list[PastAnswer]:
    """The steps that do not apply, but for those of which the record before says the same."""
    if not record.counts.does_not_apply:
        return []
    known = {one["step"]: one.get("reason") for one in last.record.counted if _apart(one)} if last else {}
    return [
        one
        for one in record.counted
        if _apart(one) and (one["step"] not in known or known[one["step"]] != one.get("reason"))
    ]


def _apart(one: PastAnswer) -> bool:
    return one["answer"] is Answer.DOES_NOT_APPLY


def _why(one: PastAnswer) -> str:
    return one.get("reason") or "no reason was given"


def _changed(change: ContentChange) -> Iterator[Block]:
    parts = (("new", change.new), ("gone", change.gone), ("reworded", change.reworded))
    words = ", ".join(f"{count(len(actions), 'step')} {what}" for what, actions in parts if actions)
    yield paragraph(f"The progression itself has changed since the last record: {words}.", "soft")


def history_rows(lines: Sequence[Line]) -> list[dict[str, object]]:
    """One flat row a record, for tables and scripts."""
    return [_row(line, entry) for line in lines for entry in line.entries]


def _row(line: Line, entry: Entry) -> dict[str, object]:
    record = entry.record
    pause, step, before = record.pause, record.next_step, record.follow_up
    moved = entry.movement
    values = (
        *(record.finished, record.kind, line.model.id, line.part, line.classroom, str(record.status)),
        record.provisional,
        *((f"{pause.phase}-{pause.number}", pause.id) if pause else (None, None)),
        *(record.counts.in_place, record.counts.total),
        *((_steps(moved.came), _steps(moved.reached), _steps(moved.slipped)) if moved else (None,) * 3),
        *((step.text, step.look_again) if step else (None, None)),
        *((before.text, before.outcome) if before else (None, None)),
        *(record.id, record.asked_as, record.counts.does_not_apply),
        record.amended[-1]["at"] if record.amended else None,
    )
    return dict(zip(COLUMNS, values, strict=True))


def _steps(answers: Sequence[PastAnswer]) -> list[str]:
    return [one["step"] for one in answers]
