"""A form to fill in by hand, as HTML that prints on one or two pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.report.formats import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.report.formats.outline import FormStep, PaperForm

STYLE = """\
.form .step { display: grid; grid-template-columns: 1.6rem 7fr 5fr; gap: 0 .8rem; padding: .5rem 0 .6rem; border-bottom: 1px solid var(--line); break-inside: avoid; }
.form .number { font-weight: 700; text-align: left; } .form p { margin: 0 0 .2rem; } .form .hint { color: var(--soft); font-size: .92em; }
.form .boxes { white-space: nowrap; margin-top: .3rem; } .form .boxes span { margin-right: 1.1rem; }
.form .room { display: flex; flex-direction: column; justify-content: flex-end; } .form .room .line { flex: 1 0 1.3rem; height: auto; border-color: var(--line); }
.form .aside { color: var(--soft); font-size: .8em; text-align: right; overflow-wrap: anywhere; } .form h3 { margin: .7rem 0 0; }
@media (max-width: 36rem) { .form .step { grid-template-columns: 1.6rem 1fr; } .form .room { grid-column: 2; } }
@media print { .form { font-size: 8.6pt; line-height: 1.25; } .form + .form { break-before: page; } .form h3 { margin: .35rem 0 0; font-size: 8.6pt; }
  .form .step { padding: .22rem 0 .28rem; } .form p { margin: 0 0 .1rem; } .form .boxes { margin-top: .15rem; } .form .room .line { flex-basis: 1.15rem; } }
"""
ROOM = 3


def form_html(form: PaperForm) -> Iterator[str]:
    """A section with a line for each step: its action, boxes for the answers, and room for evidence."""
    yield '<section class="form">'
    yield f'<h2 dir="auto">{safe.page(form.title)}</h2>'
    if form.note:
        yield f'<p class="soft" dir="auto">{safe.page(form.note)}</p>'
    group = None
    for step in form.steps:
        if step.group != group:
            group = step.group
            yield f'<h3 dir="auto">{safe.page(group)}</h3>'
        yield from _step(form, step)
    yield "</section>"


def _step(form: PaperForm, step: FormStep) -> Iterator[str]:
    yield f'<div class="step"><div class="number">{safe.page(step.number)}</div><div>'
    yield f'<p dir="auto"><strong>{safe.page(step.action)}</strong></p>'
    yield from (f'<p class="hint" dir="auto">{safe.page(hint)}</p>' for hint in step.hints)
    boxes = "".join(f"<span>☐ {safe.page(box)}</span>" for box in form.boxes)
    yield f'<p class="boxes">{boxes}</p></div>'
    yield '<div class="room">' + '<div class="line"></div>' * ROOM
    yield f'<div class="aside">{safe.page(step.aside)}</div></div></div>'
