"""The progressions to read, for where no script runs."""

from __future__ import annotations

import html
from itertools import groupby
from typing import TYPE_CHECKING

from pltool.report.formats import safe
from pltool.report.phrases import LICENSE, PURPOSE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.core.progression import PlacedStep
    from pltool.report.page.content import AskedModel, PageContent


def steps_to_read(content: PageContent) -> Iterator[str]:
    """Every step with what makes a yes honest, as HTML."""
    yield (
        '<p class="notice">No script runs here, so these are the steps to read. To answer them, '
        "open this file in a browser: save it first, where you see it in a mail or a preview.</p>"
    )
    yield f"<p>{safe.page(PURPOSE)}</p>"
    for asked in content.models:
        yield from _model(asked)
    yield f'<p class="soft">{safe.page(LICENSE)}</p>'


def _model(asked: AskedModel) -> Iterator[str]:
    progression = asked.progression
    yield f'<section class="model"><h2 dir="auto">{safe.page(progression.title)}</h2>'
    yield f'<p dir="auto">{safe.page(progression.summary)}</p>'
    for phase, steps in groupby(progression.steps, key=lambda placed: placed.phase.title):
        yield f'<h3 dir="auto">{safe.page(phase)}</h3><ol>'
        yield from (_step(placed) for placed in steps)
        yield "</ol>"
    yield "</section>"


def _step(placed: PlacedStep) -> str:
    """A step, exactly as it was written: the script takes its texts from here."""
    lines = "".join(f"<li>{html.escape(line)}" for line in placed.step.in_practice_when)
    return f'<li value="{placed.number}"><b>{html.escape(placed.step.action)}</b><ul>{lines}</ul>'
