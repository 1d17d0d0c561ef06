"""Standings over time, drawn as paths along the progression."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from pltool.core.standing import Answer, Status
from pltool.report.outline import Heading, Mark, Path, Paths, bullets, paragraph
from pltool.report.words import count, day, short_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pltool.core.history import ContentChange, Entry, Line, PastRecord
    from pltool.report.outline import Block, Outline

_STATES = {Answer.IN_PLACE: "in_place", Answer.NOT_YET: "pause", Answer.NOT_SEEN: "not_seen"}
OUTCOMES = {"done": "done", "going_on": "going on", "changed": "changed on the way", None: "not said"}
COLUMNS = (
    *("date", "kind", "model", "part", "classroom", "status", "provisional", "paused_at", "pause"),
    *("in_place", "total", "came_into_place", "slipped", "next_step", "look_again"),
    *("agreed_before", "outcome", "id"),
)


def history_report(
    lines: Sequence[Line], changes: dict[str, ContentChange], *, width: int = 80, most: int | None = 12
) -> Outline:
    """Each line of records, oldest first.

    Args:
        lines: from `pltool.core.history.lines`.
        changes: by record id, how today's progression differs from what the record was asked.
        width: columns that a drawn path may take with its date and words.
        most: how many records of a line are shown; None for all.
    """
    return tuple(_report(lines, changes, width=width, most=most))


def _report(
    lines: Sequence[Line], changes: dict[str, ContentChange], *, width: int, most: int | None
) -> Iterator[Block]:
    yield Heading(1, "History")
    if not lines:
        yield paragraph("There are no saved reflections yet. Begin with: pltool reflect MODEL")
        return
    for line in lines:
        yield Heading(2, line_title(line))
        shown = line.entries if most is None else line.entries[-most:]
        if len(shown) < len(line.entries):
            yield paragraph(
                f"{count(len(line.entries) - len(shown), 'earlier record')} not shown; --all shows them.",
                "soft",
            )
        yield Paths(tuple(_path(entry.record, width) for entry in shown))
        yield from chain.from_iterable(_news(entry) for entry in shown)
        change = changes.get(line.entries[-1].record.id)
        if change:
            yield from _changed(change)


def line_title(line: Line) -> str:
    """Model, part and classroom."""
    title = line.model.title
    if line.part:
        phase = line.entries[-1].record.phases[0].title if line.entries[-1].record.phases else line.part
        title += f", {phase} only"
    if line.classroom:
        title += f" · {line.classroom}"
    return title + (" · observed" if line.kind == "observation" else "")


def _path(record: PastRecord, width: int) -> Path:
    """A record's path; a step is one mark, and long progressions are drawn with fewer, phase by phase."""
    marks = [Mark(_STATES[answer.answer]) for answer in record.counted]  # type: ignore[arg-type]
    marks += [Mark("not_reached")] * (record.counts.total - len(marks))
    words = standing_words(record)
    room = max(width - len("Nov 23, 2026") - len(words) - 6, 12)
    return Path(short_day(record.finished), tuple(_fit(marks, room)), words)


def _fit(marks: list[Mark], room: int) -> list[Mark]:
    """At most so many marks: neighbors share one, and the pause always keeps its own."""
    if len(marks) <= room:
        return marks
    fitted: list[Mark] = []
    for slot in range(room):
        group = marks[slot * len(marks) // room : (slot + 1) * len(marks) // room]
        pause = next((mark for mark in group if mark.state == "pause"), None)
        fitted.append(pause or group[-1])
    return fitted


def standing_words(record: PastRecord) -> str:
    """Where it stands, short enough for a line."""
    provisional = ", provisional" if record.provisional else ""
    if record.status is Status.PAUSED and record.pause:
        return (
            f"paused at {record.pause.phase_title or record.pause.phase} {record.pause.number}{provisional}"
        )
    if record.status is Status.COMPLETE:
        return f"every step in place{provisional}"
    return "not finished"


def _news(entry: Entry) -> Iterator[Block]:
    """What moved, and what was agreed, at one record."""
    record, said = entry.record, []
    if entry.movement:
        said += [f"Came into place: {action}" for action in entry.movement.came]
        said += [f"Slipped from in place to not yet: {action}" for action in entry.movement.slipped]
    if record.follow_up:
        said.append(f"Agreed before: “{record.follow_up.text}” ({OUTCOMES[record.follow_up.outcome]})")
    if record.next_step:
        again = f", look again on {day(record.next_step.look_again)}" if record.next_step.look_again else ""
        said.append(f"Next step agreed: “{record.next_step.text}”{again}")
    if said:
        yield paragraph(f"{day(record.finished)}:")
        yield bullets(*said)


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
    values = (
        *(record.finished, record.kind, line.model.id, line.part, line.classroom, str(record.status)),
        record.provisional,
        *((f"{pause.phase}-{pause.number}", pause.id) if pause else (None, None)),
        *(record.counts.in_place, record.counts.total),
        len(entry.movement.came) if entry.movement else None,
        len(entry.movement.slipped) if entry.movement else None,
        *((step.text, step.look_again) if step else (None, None)),
        *((before.text, before.outcome) if before else (None, None)),
        record.id,
    )
    return dict(zip(COLUMNS, values, strict=True))
