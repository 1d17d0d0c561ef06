"""The sheets of a walk: empty CSV, what may stand in its columns, and one to print."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from pltool.report.formats import safe
from pltool.report.formats.outline import (
    Bullets,
    Facts,
    Heading,
    Lines,
    Paragraph,
    Span,
    bullets,
    paragraph,
    text,
)
from pltool.report.phrases import LICENSE, actor_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pltool.core.progression import Progression
    from pltool.core.walk.agenda import WalkGuide
    from pltool.report.formats.outline import Block, Outline

HEAD = (
    "date",
    "school",
    "classroom",
    "observer",
    "model",
    "paused_at",
    "evidence",
    "observer_role",
    "not_seen",
)
_COLUMNS = (
    ("date", "", "The day of the visit, as 2026-11-23."),
    ("school", "", "A name or code; the same one in every row."),
    ("classroom", "", "A code in place of a name, the same one for all who saw the room."),
    ("observer", "", "Initials or a code. It is counted and never shown."),
    ("observer_role", "", "Optional: teacher, coach, principal."),
    ("not_seen", "", "Steps before the pause that could not be seen, with ; between; blank where all were."),
    ("teacher", "", "Optional column: a code. Classrooms of one teacher count as one; it is never shown."),
    ("evidence", "", "What was seen or heard at the pause, in plain words and with no names."),
    ("paused_at", "complete", "Every step is in place."),
    ("paused_at", "unfinished", "The visit ended before a pause was found."),
)


def empty_csv(progressions: Sequence[Progression]) -> str:
    """The head of a sheet, and a row with the ids of the models, which is passed over when the sheet is read."""
    ids = " ".join(progression.id for progression in progressions)
    return f"{','.join(HEAD)}\n# models: {ids}{',' * (len(HEAD) - 1)}\n"


def columns_csv(progressions: Sequence[Progression]) -> str:
    """What may stand in each column: models and steps with what they mean."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(("column", "model", "value", "also", "meaning"))
    for column, value, meaning in _COLUMNS:
        writer.writerow((column, "", value, "", meaning))
    for progression in progressions:
        writer.writerow(("model", "", progression.id, "", safe.cell(progression.title)))
    for progression in progressions:
        for placed in progression.steps:
            writer.writerow(
                ("paused_at", progression.id, placed.id, placed.place, safe.cell(placed.step.action))
            )
    return written.getvalue()


COMPLETE_CHOICE = "Complete: every step is in place"
UNFINISHED_CHOICE = "Unfinished: the visit ended before a pause was found"
_FORM_QUESTIONS = (
    ("Date of visit", "date, required"),
    ("School", "short answer, required: the same name or code in every answer"),
    ("Classroom code", "short answer, required: a code in place of a name"),
    ("Your initials", "short answer, required: counted and never shown"),
    ("Your role", "one choice: teacher, coach, principal"),
)


def form_text(progressions: Sequence[Progression]) -> str:
    """The questions and choices of an online form, to copy; what it exports is read as it is."""
    lines = [
        "Progression walk: a form for phones",
        "",
        "Copy this into Google Forms or Microsoft Forms. Keep the wording of the questions: by it `pltool walk summary`",
        "knows the columns of the sheet that you download as CSV or Excel.",
        "",
        "SECTION 1",
        "",
        *(f"Question: {question}  ({kind})" for question, kind in _FORM_QUESTIONS),
        "Question: Which model is this classroom using?  (one choice, required; each choice goes to its own section)",
        *(f"    {progression.title}" for progression in progressions),
    ]
    for number, progression in enumerate(progressions, 2):
        choices = [
            f"    {placed.phase.title} {placed.number}: {placed.step.action}" for placed in progression.steps
        ]
        lines += [
            "",
            f"SECTION {number}: {progression.title}  (afterwards: submit)",
            "",
            f"Question: Paused at: {progression.title}  (dropdown, required)",
            *choices,
            f"    {COMPLETE_CHOICE}",
            f"    {UNFINISHED_CHOICE}",
            f"Question: Steps not seen: {progression.title}  (checkboxes)",
            *choices,
            f"Question: What did you see or hear? {progression.title}  (paragraph, no names)",
        ]
    return "\n".join(lines) + "\n"


def printed_sheet(progressions: Sequence[Progression], guide: WalkGuide) -> Outline:
    """The visit sheet to print: what to do, and each model's steps with room for notes."""
    return tuple(_printed(progressions, guide))


def _printed(progressions: Sequence[Progression], guide: WalkGuide) -> Iterator[Block]:
    yield Heading(1, "Progression walk: visit sheet")
    yield paragraph(guide.purpose)
    yield Facts(
        (
            ("Date", "____________"),
            ("School", "____________"),
            ("Visit code", "____________"),
            ("Observer", "____________"),
        )
    )
    yield Heading(2, "In the room")
    yield bullets(*guide.during)
    for progression in progressions:
        yield Heading(2, progression.title)
        yield paragraph(
            "Go down from the top. Stop at the first step that is not yet in place: that is the pause.",
            "soft",
        )
        for phase in progression.phases:
            yield Heading(3, phase.title)
            steps = [placed for placed in progression.steps if placed.phase.id == phase.id]
            yield Bullets(
                tuple(
                    (
                        (
                            Span(f"{placed.place} ", "soft"),
                            Span(f"{actor_label(placed.step.actor)}: ", "strong"),
                            Span(placed.step.action),
                        ),
                        text(f"Look for: {placed.step.look_fors[0]}", "soft"),
                    )
                    for placed in steps
                ),
                mark="box",
            )
        yield Paragraph(
            (Span("Paused at: "), Span("____________________"), Span("   or: complete / unfinished"))
        )
        yield paragraph("What I saw or heard there:")
        yield Lines(3)
    yield paragraph(LICENSE, "soft")
