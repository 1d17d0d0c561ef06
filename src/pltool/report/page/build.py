"""A page file: style, script and content in one HTML text, which asks nothing of any network."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from zlib import compress

from pltool import __version__
from pltool.report.formats import safe
from pltool.report.page.content import page_data
from pltool.report.page.reading import steps_to_read

if TYPE_CHECKING:
    from pltool.report.page.content import PageContent

_COMMENTS = re.compile(r"^\s*(?:/\*\*.*?\*/|//[^\n]*)\n", re.DOTALL | re.MULTILINE)
_INDENTS = re.compile(r"^\s+", re.MULTILINE)
# Hides the steps to read as soon as a script runs, and shows them again where the page cannot start.
_FIRST_SCRIPT = (
    'document.documentElement.className="live";'
    'addEventListener("error",()=>{if(!document.querySelector("#page *"))document.documentElement.className=""});'
)


@dataclass(frozen=True, slots=True)
class Code:
    """A code that a phone reads from paper: its address, and how it is drawn, as SVG."""

    url: str
    drawing: str


def page_html(content: PageContent, code: Code | None = None) -> str:
    """The whole file; the same content gives the same bytes."""
    scripts = [_tight(own_text(name)) for name in script_names(content)]
    style = _tight(own_text("page.css")).replace("\n", " ")
    title = safe.page(content.title)
    data = _packed(page_data(content))
    reading = "\n".join(steps_to_read(content))
    return "\n".join(
        (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy([_FIRST_SCRIPT, *scripts], style)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">',
            f'<meta name="generator" content="pltool {__version__}">\n<link rel="icon" href="data:,">',
            f"<title>{title}</title>\n<style>{style}</style>\n<script>{_FIRST_SCRIPT}</script>\n</head>\n<body>",
            '<div id="app">\n<p id="warning" role="alert" hidden></p>\n<main id="page"></main>',
            '<p id="said" role="status"></p>\n<footer class="no-print">',
            '<label><input type="checkbox" id="letters" checked> Letters on the keyboard answer</label></footer>\n</div>',
            _sheet(code) if code else "",
            f'<div id="reading">\n<h1 dir="auto">{title}</h1>\n{reading}\n</div>',
            f'<script type="text/plain" id="content">{data}</script>',
            *(f"<script>{script}</script>" for script in scripts),
            "</body>\n</html>\n",
        )
    )


def _sheet(code: Code) -> str:
    """What is printed of the start: where the page is found."""
    address = safe.page(code.url)
    return (
        f'<div id="code"><p>Point a phone\'s camera here, or type the address. Nothing has to be installed, '
        f"and what is answered stays on the phone.</p>\n{code.drawing}\n<p><b>{address}</b></p></div>"
    )


def script_names(content: PageContent) -> tuple[str, ...]:
    """The scripts that this page needs, in the order in which they build on each other."""
    observing = content.kind == "observation"
    return (
        *("rule.js", "storage.js", "screen.js", "progress.js", "report.js"),
        *(("cues.js", "cue_screens.js") if content.cues else ()),
        *(("remarks.js", "conversation_sheet.js", "evidence.js") if observing else ()),
        *("keeping.js", "start.js", "question.js", "next_step.js", "handing_over.js", "result.js", "page.js"),
    )


@cache
def own_text(name: str) -> str:
    """One of the files that make up the page, as it lies beside this module."""
    return files("pltool.report.page").joinpath(name).read_text(encoding="utf-8")


def _tight(text: str) -> str:
    """A script or style without its comments and indents, which a phone need not carry."""
    return _INDENTS.sub("", _COMMENTS.sub("", text))


def _packed(data: dict[str, Any]) -> str:
    """Data as letters that no HTML is made of; a third of its size."""
    plain = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return b64encode(compress(plain, 9)).decode()


def _policy(scripts: list[str], style: str) -> str:
    """Nothing is loaded and nothing runs but these very texts, and no text ever becomes markup."""
    hashes = " ".join(_source(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src {_source(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
