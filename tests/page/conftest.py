"""A real browser for the page: one process for all tests, a fresh profile for each.

Where there is none, the tests are skipped and say so. PLTOOL_BROWSER names another one than the first that is found.
"""

from __future__ import annotations

import os
import shutil
from functools import cache
from typing import TYPE_CHECKING

import pytest

from pltool.core.progression import Progression
from pltool.core.record import Labels
from pltool.files.cues import read_cues
from pltool.files.library import Library
from pltool.report.page.build import page_html
from pltool.report.page.content import AskedModel, PageContent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from pltool.core.progression import AskedAs
    from pltool.core.record import Kind

# No sandbox inside containers, and nothing that a browser asks the network for by itself.
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


def browser_path() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("PLTOOL_BROWSER") or next(filter(None, map(shutil.which, names)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs the browser is slow."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = browser_path()
    if path is None:
        pytest.skip("no Chromium is installed")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 390, "height": 844}, accept_downloads=True)
    made.set_default_timeout(5000)
    yield made
    made.close()


@pytest.fixture
def open_page(context: BrowserContext) -> Iterator[Callable[..., Page]]:
    """Opens a file in a tab of the context; anything that a page logs or throws fails the test."""
    wrong: list[str] = []

    def open_(path: Path | str, *, on: BrowserContext | None = None) -> Page:
        tab = (on or context).new_page()
        tab.on("pageerror", lambda error: wrong.append(f"threw {error}"))
        tab.on("console", lambda message: wrong.append(f"logged {message.text}"))
        tab.goto(path if isinstance(path, str) else path.as_uri())
        tab.wait_for_selector("#page :is(h1, h2)")
        return tab

    yield open_
    assert wrong == []


@cache
def own_library() -> Library:
    """The tool's own content, read once."""
    return Library()


@cache
def own_progression(model: str) -> Progression:
    return own_library().progression(model)


def page_content(
    *models: str | Progression,
    kind: Kind = "reflection",
    asked_as: AskedAs = "all",
    library: Library | None = None,
) -> PageContent:
    """What `pltool page` would put into a file."""
    load = library.progression if library else own_progression
    library = library or own_library()
    asked = tuple(
        AskedModel(progression=model if isinstance(model, Progression) else load(model)) for model in models
    )
    return PageContent(
        kind=kind,
        title="A page",
        models=asked,
        bank=library.bank,
        labels=Labels(),
        asked_as=asked_as,
        cues=read_cues(library) if len(asked) > 1 else None,
        titles={},
    )


@pytest.fixture
def page_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a page: `page_file("flex", kind="observation")`."""

    def write(
        *models: str | Progression,
        kind: Kind = "reflection",
        asked_as: AskedAs = "all",
        library: Library | None = None,
        name: str = "page.html",
    ) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        content = page_content(*models, kind=kind, asked_as=asked_as, library=library)
        path.write_text(page_html(content), encoding="utf-8")
        return path

    return write
