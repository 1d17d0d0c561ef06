"""The pages of a walk in a browser: on a wall, on a phone and on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from pltool.cli.app import app
from tests.superintendent import write_walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of one walk; that of a lower limit has more models on its map."""
    folder = tmp_path_factory.mktemp("walk")
    write_walk(folder / "files")
    for name, command in {
        "summary": ("summary", "--by", "school"), "lower": ("summary", "--hide-under", "3"), "agenda": ("agenda",),
        "agreement": ("agreement",),
    }.items():  # fmt: skip
        args = ["walk", *command, str(folder / "files"), "--output", str(folder / f"{name}.html")]
        assert CliRunner().invoke(app, args).exit_code == 0
    return folder


@pytest.fixture
def opened(browser: Browser) -> Iterator[Any]:
    pages: list[Page] = []

    def open_page(path: Path, width: int, height: int) -> Page:
        page = browser.new_page(viewport={"width": width, "height": height})
        pages.append(page)
        page.goto(path.as_uri())
        return page

    yield open_page
    for page in pages:
        page.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["summary", "lower", "agenda", "agreement"])
def test_nothing_is_hidden_sideways(walk: Path, opened: Any, name: str, width: int) -> None:
    page = opened(walk / f"{name}.html", width, 800)
    hidden = page.evaluate(
        "[...document.querySelectorAll('*')].filter(e => e.scrollWidth > e.clientWidth + 1 && "
        "getComputedStyle(e).display != 'inline').map(e => e.tagName + '.' + e.className)"
    )
    assert hidden == []
    # No text stands in a column of a word or two.
    assert page.evaluate("document.documentElement.scrollHeight") < (12_000 if width == 390 else 6_500)


@pytest.mark.parametrize("name", ["summary", "lower"])
def test_the_first_screen_can_be_projected(walk: Path, opened: Any, name: str) -> None:
    page = opened(walk / f"{name}.html", 1280, 720)
    bottom = "e => e.getBoundingClientRect().bottom"
    assert page.locator(".heat").evaluate(bottom) < 400
    assert page.locator("ul").nth(1).evaluate(bottom) < 720
    # Each model is one line of squares.
    for group in page.locator(".heat .group").all():
        tops = {cell.bounding_box()["y"] for cell in group.locator(".step").all()}
        assert len(tops) == 1


def test_the_map_tells_its_shades_apart_without_color(walk: Path, opened: Any) -> None:
    page = opened(walk / "summary.html", 1280, 720)
    shades = page.evaluate(
        "[...document.querySelectorAll('.legend .step')].map(e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color])"
    )
    assert len(shades) == 5
    grey = [(_light(back), _light(ink)) for back, ink in shades]
    backs = [back for back, _ in grey]
    assert backs == sorted(backs, reverse=True)
    assert all(darker < 0.9 * lighter for lighter, darker in pairwise(backs))
    assert all((max(pair) + 0.05) / (min(pair) + 0.05) >= 4.5 for pair in grey)


def _light(color: str) -> float:
    """Relative luminance, as WCAG reckons it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext")
@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_the_map_is_whole_on_the_first_printed_page(
    walk: Path, opened: Any, tmp_path: Path, paper: str
) -> None:
    for name, models in (("summary", 2), ("lower", 3)):
        printed = tmp_path / f"{name}.pdf"
        opened(walk / f"{name}.html", 1280, 720).pdf(path=str(printed), format=paper)
        command = ["pdftotext", "-f", "1", "-l", "1", "-layout", str(printed), "-"]
        first = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        assert first.count("Foundation: ") == models
        assert "a square is a step, in order" in first
        assert "Where support would serve most classrooms" in first
