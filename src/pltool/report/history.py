"""Standings over time, drawn as paths along the progression."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from pltool.core.standing import Status
from pltool.report.formats.outline import MARKS, Bullets, Heading, Mark, Path, Paths, bullets, paragraph, text
from pltool.report.phrases import OUTCOMES, count, day, short_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pltool.core.history import ContentChange, Entry, Line, PastAnswer, PastRecord
    from pltool.report.formats.outline import Block, MarkState, Outline

_GAPS = 4  # between date, path and words
_LEAST_MARKS = 12
_SHORT_ID = len("2026-11-23-140311")
_LEGEND: dict[MarkState, str] = {
    "in_place": "in place",
    "pause": "the pause",
    "not_seen": "not seen",
    "does_not_apply": "does not apply",
    "not_reached": "not reached",
}
COLUMNS = (
    *("date", "kind", "model", "part", "classroom", "status", "provisional", "paused_at", "pause"),
    *("in_place", "total", "came_into_place", "first_reached", "slipped", "next_step", "look_again"),
    *("agreed_before", "outcome", "id", "asked_as", "does_not_apply", "amended"),
)


def history_report(
    lines: Sequence[Line],
    changes: Mapping[str, ContentChange],
    *,
    width: int | None = 80,
    ids: Mapping[str, str] | None = None,
) -> Outline:
    """Each line of records, oldest first.

    Args:
        lines: from `pltool.core.history.lines`.
        changes: by record id, how today's progression differs from what the record was asked.
        width: columns that a drawn path may take with its date and words; None where it may be as long as it is.
        ids: by record id, as much of it as names the record.
    """
    return tuple(_report(lines, changes, width, ids or {}))


def _report(
    lines: Sequence[Line],
    changes: Mapping[str, ContentChange],
    width: int | None,
    ids: Mapping[str, str],
) -> Iterator[Block]:
    yield Heading(1, "History")
    if not lines:
        yield paragraph("There are no saved reflections yet. Begin with: pltool reflect MODEL")
        return
    records = [[entry.record for entry in line.entries] for line in lines]
    drawn = [[_marks(record) for record in line] for line in records]
    yield paragraph(_legend(drawn), "soft")
    for line, shown, marks in zip(lines, records, drawn, strict=True):
        yield Heading(2, line_title(line))
        if line.earlier:
            yield paragraph(f"{count(line.earlier, 'earlier record')} not shown; --all shows them.", "soft")
        yield _paths(shown, marks, width)
        if ids:
            named = ", ".join(ids.get(record.id, record.id) for record in shown)
            yield paragraph(f"For report and compare: {named}", "soft")
        yield from chain.from_iterable(_news(entry) for entry in line.entries)
        change = changes.get(line.entries[-1].record.id)
        if change:
            yield from _changed(change)


def _legend(drawn: Sequence[Sequence[Sequence[MarkState]]]) -> str:
    """What the marks mean that are there to be seen."""
    met = {mark for line in drawn for marks in line for mark in marks}
    known = [f"{MARKS[state]} {words}" for state, words in _LEGEND.items() if state in met]
    return f"Each mark is a step on the way: {', '.join(known)}."


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


def _paths(records: Sequence[PastRecord], drawn: Sequence[Sequence[MarkState]], width: int | None) -> Block:
    """A path for each record, one mark a step; in a narrow window below its words."""
    words = [standing_words(record) for record in records]
    beside = len("Nov 23, 2026") + max(map(len, words)) + _GAPS
    if width is None or beside + max(map(len, drawn)) <= width:
        return Paths(
            tuple(
                Path(short_day(record.finished), tuple(map(Mark, marks)), word)
                for record, marks, word in zip(records, drawn, words, strict=True)
            )
        )
    room = max(width - _GAPS, _LEAST_MARKS)
    return Bullets(
        tuple(
            (text(f"{short_day(record.finished)}: {word}"), *map(text, _cut(marks, room)))
            for record, marks, word in zip(records, drawn, words, strict=True)
        )
    )


def _cut(marks: Sequence[MarkState], room: int) -> Iterator[str]:
    """Marks in pieces that fit, of one length but for the last, so that paths under each other compare."""
    for begin in range(0, len(marks), room):
        yield "".join(MARKS[mark] for mark in marks[begin : begin + room])


def _marks(record: PastRecord) -> list[MarkState]:
    """One mark a step."""
    marks = [Mark.of(one["answer"]).state for one in record.counted]
    return marks + ["not_reached"] * (record.counts.total - len(marks))


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
    provisional = (", provisional" if record.provisional else "") + (", amended" if record.amended else "")
    if record.status is Status.PAUSED and record.pause:
        return (
            f"paused at {record.pause.phase_title or record.pause.phase} {record.pause.number}{provisional}"
        )
    if record.status is Status.COMPLETE:
        return f"every step in place{provisional}"
    return "not finished" + (", amended" if record.amended else "")


def _news(entry: Entry) -> Iterator[Block]:
    """What moved, and what was agreed, at one record."""
    record, said = entry.record, []
    if entry.movement:
        said += [f"Came into place: {one['asked']}" for one in entry.movement.came]
        if reached := entry.movement.reached:
            said.append(f"In place, and not reached before: {count(len(reached), 'step')}")
        said += [f"Slipped from in place to not yet: {one['asked']}" for one in entry.movement.slipped]
    if record.follow_up:
        said.append(f"Agreed before: “{record.follow_up.text}” ({OUTCOMES[record.follow_up.outcome]})")
    if record.next_step:
        again = f", look again on {day(record.next_step.look_again)}" if record.next_step.look_again else ""
        said.append(f"Next step agreed: “{record.next_step.text}”{again}")
    said += [f"Amended on {day(made['at'])}: {made['reason']}" for made in record.amended]
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
