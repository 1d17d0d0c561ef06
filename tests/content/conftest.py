"""Prints the coverage of the content at the end of a run that looked at it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pltool.core.rules.progression import StepReader, count_graded, count_youngest
from pltool.errors import PltoolError
from pltool.files.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from pltool.core.progression import PlacedStep

# Whom one meets in a room, by words that name them.
IN_THE_ROOM = {
    "students with disabilities": r"\biep\b|\b504\b|accommodat|wheelchair|braille|hearing aid|dyslexi|autis|"
    r"read[- ]aloud|speech[- ]to[- ]text|large print|special educat|captions|deaf|blind|low vision",
    "students learning English": r"multilingual|newcomer|new to english|learn(s|ing|ers?)? english|home language|"
    r"interpret|translat|bilingual|in spanish|in arabic|in portuguese|speaks? (spanish|arabic|vietnamese)",
    "other adults": r"co-?teach|\baides?\b|paraprofessional|interpreter|counselor|specialist|"
    r"special educat|librarian|coach|intervention",
}


def said(placed: PlacedStep) -> str:
    """Everything a step says, but for its questions."""
    step = placed.step
    moves = (text for move in step.next_moves for text in (move.move, move.looks_like))
    return " ".join((step.action, *step.in_practice_when, *step.look_fors, *moves)).lower()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Models by strand, steps by phase and actor, and resources per step."""
    try:
        lines = list(coverage())
    except PltoolError as error:
        lines = [str(error)]
    terminalreporter.section("content")
    for line in lines:
        terminalreporter.write_line(line)


def coverage() -> Iterator[str]:
    """The lines of the tables."""
    library = Library(bare=True)
    progressions = [library.progression(model) for model in library.paths]
    short = {
        p.id: "".join(word[0] for word in p.id.split("-")).upper() if "-" in p.id else "FX"
        for p in progressions
    }
    yield "steps by phase (teacher/student/leader), and resources per step"
    for p in progressions:
        cells = []
        for phase in p.phases:
            placed = [step for step in p.steps if step.phase.id == phase.id]
            actors = Counter(step.step.actor for step in placed)
            counts = "/".join(str(actors[who]) for who in ("teacher", "student", "leader") if actors[who])
            cells.append(f"{phase.id} {len(placed)} ({counts})")
        per_step = sum(len(step.step.resources) for step in p.steps) / len(p.steps)
        yield f"  {short[p.id]:<3} {p.title:<20} {', '.join(cells)}; {per_step:.1f} resources a step"
    yield ""
    yield f"steps by strand          {'  '.join(f'{short[p.id]:>3}' for p in progressions)}  all  resources"
    for strand in library.strands.all:
        row = [sum(strand.id in step.step.strands for step in p.steps) for p in progressions]
        bank = sum(strand.id in resource.strands for resource in library.bank.resources)
        yield f"  {strand.title[:22]:<22} {'  '.join(f'{n or chr(183):>3}' for n in row)}  {sum(row):>3}  {bank:>9}"
    total = sum(len(p.steps) for p in progressions)
    yield f"{total} steps, {len(library.bank.resources)} resources"
    yield ""
    yield "steps in which one meets     " + "  ".join(f"{short[p.id]:>3}" for p in progressions)
    tables = [
        (who, [sum(bool(re.search(words, said(placed))) for placed in p.steps) for p in progressions])
        for who, words in IN_THE_ROOM.items()
    ]
    reader = StepReader({})
    read = [reader.place(p) for p in progressions]
    tables += [
        ("scenes", [count_graded(placed)[1] for placed in read]),
        ("scenes with a grade", [count_graded(placed)[0] for placed in read]),
        ("scenes in K-2", [count_youngest(placed) for placed in read]),
    ]
    for title, numbers in tables:
        yield f"  {title:<27}{'  '.join(f'{n or chr(183):>3}' for n in numbers)}"
