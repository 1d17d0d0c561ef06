"""Prints the coverage of the content at the end of a run that looked at it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pltool.errors import PltoolError
from pltool.files.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest


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
    library = Library()
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
