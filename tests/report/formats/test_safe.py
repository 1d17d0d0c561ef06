"""Text from outside appears as it was written, and does nothing, in every form."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pltool.report.formats import html as page
from pltool.report.formats import markdown, safe
from pltool.report.formats import text as plaintext
from pltool.report.formats.outline import Bullets, Facts, Heading, Table, paragraph, text

NASTY = [
    "[brackets](https://example.org)",
    "| pipes | here |",
    "<b>bold</b> & <script>alert(1)</script>",
    "# hashes",
    "=1+1",
    "- a dash",
    "1. a number",
    "12) another",
    "***",
    "```code```",
    "a\nb\n\n# c",
    "\x1b[31mred\x1b]8;;https://evil.example\x07link",
    "שלום עולם",
    "👩‍🏫 emoji",
    "&amp; entity &#65;",
    "back\\slash",
    "~~gone~~ __under__",
    "> quote",
    "+ plus",
    "--- ",
    "‮reversed",
    "$math$",
    "![image](x)",
]


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.tags.append(tag)


def read_html(html: str) -> _Words:
    parser = _Words()
    parser.feed(html)
    return parser


@pytest.mark.parametrize("nasty", NASTY)
def test_markdown_shows_it_literally_in_every_place(nasty: str) -> None:
    outline = (
        Heading(2, nasty),
        paragraph(nasty),
        Bullets(((text(nasty), text(nasty)),)),
        Facts((("Label", nasty),)),
        Table(("a", "b"), ((nasty, "x"),)),
    )
    parsed = read_html(MarkdownIt("commonmark").enable("table").render(markdown.render(outline)))
    expected = safe.plain(nasty)
    assert "".join(parsed.words).count(expected) == 6
    allowed = {"h2", "p", "ul", "li", "br", "strong", "table", "thead", "tbody", "tr", "th", "td"}
    assert set(parsed.tags) <= allowed
    assert parsed.tags.count("td") == 2


@pytest.mark.parametrize("nasty", NASTY)
def test_html_shows_it_literally(nasty: str) -> None:
    parsed = read_html(page.render((Heading(1, nasty), paragraph(nasty), Table((nasty,), ((nasty,),)))))
    assert [words.strip() for words in parsed.words].count(
        safe.plain(nasty).strip()
    ) == 5  # the window's title is the fifth
    assert not {"script", "b", "img", "a"} & set(parsed.tags)


@pytest.mark.parametrize("nasty", NASTY)
def test_no_control_or_reordering_mark_reaches_a_terminal(nasty: str) -> None:
    written = plaintext.render((Heading(1, nasty), paragraph(nasty)))
    assert not any(
        (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E for c in written
    )


@given(st.text())
def test_cells_are_never_formulas_and_read_back(content: str) -> None:
    cell = safe.cell(content)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    written = io.StringIO()
    csv.writer(written).writerow([cell, "x"])
    assert next(csv.reader(io.StringIO(written.getvalue()))) == [cell, "x"]


@given(st.text())
def test_any_text_survives_markdown(content: str) -> None:
    parsed = read_html(
        MarkdownIt("commonmark").enable("table").render(markdown.render((paragraph(f"x {content}"),)))
    )
    assert "".join(parsed.words).strip().split() == safe.plain(f"x {content}").split()


def test_a_link_that_is_no_https_link_is_only_text() -> None:
    from pltool.report.formats.outline import Link, Paragraph

    assert "javascript" not in page.render((Paragraph((Link("click", "javascript:alert(1)"),)),))


def test_a_link_in_markdown_leads_to_the_web_or_nowhere() -> None:
    from pltool.report.formats.markdown import render
    from pltool.report.formats.outline import Link, Paragraph

    for url in (
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "//x.org",
        "",
    ):
        assert "](" not in render((Paragraph((Link("a page", url),)),))
    assert "[a page](https://x.org/a%28b%29)" in render((Paragraph((Link("a page", "https://x.org/a(b)"),)),))
