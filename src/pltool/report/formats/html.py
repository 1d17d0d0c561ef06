"""An outline as one self-contained HTML page, without scripts, for the screen, the phone and the printer."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from pltool.report.formats import html_form, safe
from pltool.report.formats.outline import (
    MARKS,
    Beside,
    Bullets,
    Facts,
    Heading,
    HeatTable,
    Layout,
    Lines,
    Link,
    PaperForm,
    Paragraph,
    Paths,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.report.formats.outline import Block, Inline, Inlines, Outline

_STYLE = """\
:root { color-scheme: light; --ink: #1d2433; --soft: #566077; --line: #c9cfdb; --accent: #1f5f8b; --here: #b4540a; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1.1rem 3rem; max-width: 44rem; background: #fff; color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .8rem; }
h2 { font-size: 1.15rem; margin: 1.7rem 0 .5rem; padding-bottom: .2rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.1rem 0 .3rem; }
h4 { font-size: 1rem; margin: 1.3rem 0 .3rem; }
p, ul, ol, dl, table { margin: .5rem 0; }
ul, ol { padding-left: 1.3rem; } li { margin: .3rem 0; }
ul.boxes { list-style: none; padding-left: 0; } ul.boxes li::before { content: "\\2610"; margin-right: .5rem; }
.soft { color: var(--soft); } .note { color: var(--soft); font-size: .9rem; }
a, li, dd { overflow-wrap: anywhere; } a { color: var(--accent); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem .9rem; } dt { color: var(--soft); } dd { margin: 0; }
.wide { overflow-x: auto; } table { border-collapse: collapse; }
th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.line { border-bottom: 1px solid var(--soft); height: 2.1rem; }
@page { margin: 12mm 14mm; }
@media print { body { max-width: none; padding: 0; font-size: 9.2pt; line-height: 1.28; } h1 { font-size: 16pt; margin-bottom: .4rem; }
  h2 { font-size: 11pt; margin: .6rem 0 .25rem; padding-bottom: .1rem; } h3, h4 { font-size: inherit; margin: .35rem 0 .1rem; }
  p, ul, ol, dl, table { margin: .25rem 0; } li { margin: .08rem 0; } dl { gap: 0 .9rem; } th, td { padding: .12rem .8rem .12rem 0; }
  h3 + ul { columns: 2; column-gap: 1.4rem; font-size: 7.9pt; line-height: 1.2; padding-left: 1rem; } h3 + ul li { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; } li, p, tr, table { break-inside: avoid; } a { color: inherit; }
  a[href^="https"]::after { content: " (" attr(href) ")"; font-size: 8pt; color: var(--soft); } }
"""
# Only on pages that need it.
_PATHS_STYLE = """\
.path { letter-spacing: .1em; word-break: break-all; line-height: 1.25; } .in_place { color: var(--accent); } .pause { color: var(--here); }
.not_seen, .does_not_apply, .not_reached { color: #7a8499; }
.paths { width: 100%; } .paths th { white-space: nowrap; width: 1%; } .paths td:last-child { min-width: 11rem; }
@media (min-width: 60rem) { body { max-width: 64rem; } .paths td:last-child { white-space: nowrap; } }
@media (max-width: 40rem) { .paths tr, .paths th, .paths td { display: block; border: 0; padding: 0; }
  .paths tr { padding: .35rem 0; border-bottom: 1px solid var(--line); } }
"""
_HEAT_STYLE = """\
.heat { margin: .6rem 0; } .heat .caption { color: var(--soft); font-size: .9rem; margin: 0 0 .4rem; }
.heat .group { display: grid; grid-template-columns: 11rem 1fr; gap: .1rem .9rem; padding: .35rem 0; border-top: 1px solid var(--line); break-inside: avoid; }
.heat .group > div { display: flex; flex-wrap: wrap; gap: .3rem 1rem; } .heat .name { font-weight: 600; } .heat .name small { display: block; font-weight: 400; color: var(--soft); }
.heat .phase { min-width: 0; } .heat .phase > small { display: block; color: var(--soft); font-size: .75rem; line-height: 1.3; }
.heat .cells { display: flex; flex-wrap: wrap; gap: 2px; }
.heat .step { width: 1.35rem; height: 1.5rem; line-height: 1.5rem; text-align: center; border-radius: 3px; font-size: .9rem; font-variant-numeric: tabular-nums;
  -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.heat0 { background: #f2f4f8; color: var(--soft); } .heat1 { background: #fadcb0; color: var(--ink); } .heat2 { background: #f6bd6b; color: var(--ink); }
.heat3 { background: #e58f35; color: var(--ink); font-weight: 700; }
.heat4 { background: #a34a06; color: #fff; font-weight: 700; }
.heat .legend { display: flex; flex-wrap: wrap; gap: .3rem .8rem; align-items: center; font-size: .85rem; color: var(--soft); margin-top: .5rem; }
.heat .legend .step { display: inline-block; min-width: 1.35rem; width: auto; padding: 0 .3rem; }
@media (min-width: 60rem) { body { max-width: 72rem; } .beside { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; } p, li, .wide { max-width: 68rem; } }
@media (max-width: 40rem) { .heat .group { grid-template-columns: 1fr; } }
@media print { p:has(+ ul), p:has(+ .wide) { break-after: avoid; } .heat { break-inside: avoid; } .heat .group { padding: .15rem 0; } .heat .step { height: 1.25rem; line-height: 1.25rem; width: 1.2rem; font-size: 8.5pt; } }
"""
# A table of many columns, or with long texts at its end, has a wider page, and on a phone each of its rows stands as lines of its own.
_MANY, _LONG_CELL = 5, 40
_MANY_STYLE = """\
@media (min-width: 60rem) { body { max-width: 62rem; } }
.many th, .many td { padding-right: .6rem; } .many td:first-child { min-width: 8.5rem; }
@media (max-width: 48rem) { .many thead { display: none; } .many tr { display: block; padding: .4rem 0; border-bottom: 1px solid var(--line); }
  .many td { display: inline-block; border: 0; padding: .1rem .9rem .1rem 0; text-align: left; } .many td:first-child { display: block; font-weight: 600; }
  .many td + td::before { content: attr(data-label) " "; color: var(--soft); font-size: .85rem; } }
"""
# A page to write on is handed over on one sheet where it can be.
_SHEET_STYLE = """\
@page { margin: 12mm 14mm; }
@media print { p:has(+ ul), p:has(+ .wide) { break-after: avoid; } body { font-size: 9.5pt; line-height: 1.35; } h1 { font-size: 15pt; margin-bottom: .4rem; } h2 { font-size: 11.5pt; margin: .65rem 0 .25rem; }
  p, ul, ol, dl, table { margin: .22rem 0; } li { margin: .1rem 0; } .line { height: 1.6rem; } }
"""
# An overview in columns on one page; a card on half a page, with a line to cut along; notes of a visit on one sheet.
_LAYOUTS = {
    "overview": """\
@page { margin: 9mm 11mm; }
@media screen and (min-width: 60rem) { body { max-width: 70rem; } .overview { columns: 2; column-gap: 2.4rem; } .overview h1, .overview h1 + p { column-span: all; } }
.overview h2 { break-after: avoid; } .overview h3 { break-after: avoid; margin: .6rem 0 .1rem; font-size: .85rem; color: var(--soft); } .overview ul { list-style: none; padding-left: 0; } .overview li { break-inside: avoid; }
@media print { .overview { columns: 2; column-gap: 1.4rem; font-size: 8.1pt; line-height: 1.2; } .overview h1 { column-span: all; font-size: 13pt; margin: 0 0 .2rem; }
  .overview h1 + p { column-span: all; } .overview h2 { font-size: 9.5pt; margin: .3rem 0 .1rem; } .overview h3 { font-size: 7.2pt; margin: .16rem 0 0; }
  .overview h3 + ul { columns: 1; font-size: inherit; line-height: inherit; } .overview p, .overview ul { margin: .08rem 0; } .overview li { margin: .03rem 0; } }
""",
    "card": """\
.card { border: 2px dashed var(--line); border-radius: .4rem; padding: 1.2rem 1.4rem; } .card h1 { font-size: 1.2rem; }
@page { margin: 12mm 16mm; }
@media print { .card { height: 118mm; overflow: hidden; border: 0; border-bottom: 1px dashed var(--soft); border-radius: 0; padding: 0 0 6mm; font-size: 11pt; } .line { height: 2rem; } }
""",
    "long": """\
@media print { .long { font-size: 8.5pt; line-height: 1.22; } .long h2 { margin: .4rem 0 .15rem; } .long h3 + ul { font-size: 7.2pt; line-height: 1.14; } }
""",
    "visit": """\
@page { margin: 9mm 12mm; }
@media print { .visit { font-size: 8.5pt; line-height: 1.24; } .visit h1 { font-size: 13pt; margin-bottom: .2rem; } .visit h2 { font-size: 10pt; margin: .42rem 0 .14rem; }
  .visit p, .visit ul, .visit ol { margin: .14rem 0; } .visit li { margin: .05rem 0; } .visit .line { height: 1.45rem; } }
""",
}
_LISTS = {"bullet": ("<ul>", "</ul>"), "number": ("<ol>", "</ol>"), "box": ('<ul class="boxes">', "</ul>")}


def render(outline: Outline) -> str:
    """A whole page; its title is the outline's first heading."""
    title = next((block.text for block in outline if isinstance(block, Heading)), "pltool")
    body = "\n".join(line for block in outline for line in _block(block))
    layout = next((block.name for block in outline if isinstance(block, Layout)), "")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{safe.page(title)}</title>\n<style>\n{_style(outline, layout)}</style>\n</head>\n<body>\n"
        f"<main{f' class={chr(34)}{layout}{chr(34)}' if layout else ''}>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _style(outline: Outline, layout: str) -> str:
    """The style of every page, and what only some pages need."""
    parts = [_STYLE]
    for needed, style in (
        (any(isinstance(block, Paths) for block in outline), _PATHS_STYLE),
        (any(isinstance(block, Table) and _stacks(block) for block in outline), _MANY_STYLE),
        # The widest page comes last.
        (any(isinstance(block, HeatTable) for block in outline), _HEAT_STYLE),
        (any(_is_sheet(block) for block in outline), _SHEET_STYLE),
        (any(isinstance(block, PaperForm) for block in outline), html_form.STYLE),
    ):
        parts += [style] if needed else []
    return "".join([*parts, _LAYOUTS.get(layout, "")])


def _is_sheet(block: Block) -> bool:
    return isinstance(block, PaperForm) or (isinstance(block, Lines) and block.tight)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Beside():
            yield from _beside(block)
        case Heading(level, text):
            yield f'<h{level} dir="auto">{safe.page(text)}</h{level}>'
        case Paragraph(content):
            yield f'<p dir="auto">{_inlines(content)}</p>'
        case Bullets(entries, mark):
            opening, closing = _LISTS[mark]
            yield opening
            for entry in entries:
                yield f'<li dir="auto">{"<br>".join(_inlines(line) for line in entry)}</li>'
            yield closing
        case Facts(rows):
            yield "<dl>"
            for label, value in rows:
                yield f'<dt>{safe.page(label)}</dt><dd dir="auto">{safe.page(value)}</dd>'
            yield "</dl>"
        case Table():
            yield from _table(block)
        case Paths():
            yield from _paths(block)
        case HeatTable():
            yield from _heat(block)
        case PaperForm():
            yield from html_form.form_html(block)
        case Layout():
            return
        case Lines(count):
            yield from ('<div class="line"></div>' for _ in range(count))


def _beside(block: Beside) -> Iterator[str]:
    yield '<div class="beside">'
    for part in block.parts:
        yield "<div>"
        for inner in part:
            yield from _block(inner)
        yield "</div>"
    yield "</div>"


def _paths(block: Paths) -> Iterator[str]:
    yield '<div class="wide"><table class="paths">'
    for row in block.rows:
        drawn = "".join(f'<span class="{mark.state}">{MARKS[mark.state]}</span>' for mark in row.marks)
        yield (
            f'<tr><th scope="row">{safe.page(row.title)}</th>'
            f'<td class="path" aria-hidden="true">{drawn}</td><td>{safe.page(row.words)}</td></tr>'
        )
    yield "</table></div>"


def _stacks(table: Table) -> bool:
    """Whether each row of a table stands as lines of its own on a phone: it has many columns, or ends in a long text."""
    return len(table.head) > _MANY or (
        len(table.head) > 2 and any(len(row[-1]) > _LONG_CELL for row in table.rows)  # noqa: PLR2004
    )


def _table(table: Table) -> Iterator[str]:
    number = ' class="number"'
    head, numeric, many = table.head, table.numeric, _stacks(table)

    def cells(row: tuple[str, ...], tag: str, attribute: str = "") -> str:
        return "".join(
            f"<{tag}{attribute}{number if column in numeric else ''}{label(column) if tag == 'td' else ''}>{safe.page(cell)}</{tag}>"
            for column, cell in enumerate(row)
        )

    def label(column: int) -> str:
        return f' data-label="{safe.page(head[column])}"' if many else ""

    yield '<div class="wide"><table class="many">' if many else '<div class="wide"><table>'
    yield "<thead><tr>" + cells(head, "th", ' scope="col"') + "</tr></thead>"
    yield "<tbody>"
    yield from (f"<tr>{cells(row, 'td')}</tr>" for row in table.rows)
    yield "</tbody></table></div>"


def _heat(block: HeatTable) -> Iterator[str]:
    yield f'<div class="heat"><p class="caption">{safe.page(block.caption)}</p>'
    for head, rows in block.sections:
        yield f'<div class="group"><div class="name"><span dir="auto">{safe.page(head.title)} <small>{safe.page(head.words or str(head.total))}</small></span></div><div>'
        for row in rows:
            cells = "".join(
                f'<span class="step heat{block.level(cell)}" title="{safe.page(cell.title)}">{cell.count}</span>'
                for cell in row.cells
            )
            yield f'<div class="phase"><small>{safe.page(row.title)}: {row.total}</small><div class="cells">{cells}</div></div>'
        yield "</div></div>"
    shades = " ".join(f'<span class="step heat{level}">{words}</span>' for level, words in block.legend)
    yield f'<p class="legend">{shades} a square is a step, in order</p></div>'


def _inlines(content: Inlines) -> str:
    return "".join(_inline(part) for part in content)


def _inline(part: Inline) -> str:
    words = html.escape(safe.span(part.text))
    if isinstance(part, Link):
        return f'<a href="{safe.page(part.url)}">{words}</a>' if part.url.startswith("https://") else words
    if part.tone == "strong":
        return f"<strong>{words}</strong>"
    return f'<span class="soft">{words}</span>' if part.tone == "soft" else words
