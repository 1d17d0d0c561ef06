"""The page in a browser: from opening to the first question beside a blank page, and from a key to the next question.

Run: python -m benchmarks.page [rounds]   (needs Chromium and playwright)
Both pages are opened in turn in one browser, and each time is taken inside the browser; the figures are medians.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright
from tests.page.conftest import FLAGS, browser_path
from tests.page.sitting import begin

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

FRAME = 1000 / 60
WATCH_OPENING = """addEventListener("DOMContentLoaded", () => {
  const done = () => { window.tookUntil = performance.now(); };
  const look = () => {
    const start = document.querySelector("#new .primary");
    if (start) { start.click(); requestAnimationFrame(done); }
    else if (document.title === "Blank") requestAnimationFrame(done);
    else requestAnimationFrame(look);
  };
  look();
})"""
WATCH_KEYS = """() => {
  window.took = [];
  addEventListener("keydown", () => { window.began = performance.now(); }, true);
  addEventListener("keydown", () => {
    document.body.getBoundingClientRect();
    window.took.push(performance.now() - window.began);
  });
}"""


def opening(context: BrowserContext, blank: Path, page: Path, rounds: int) -> tuple[float, float]:
    """Milliseconds to the first picture of the blank page and to the first question."""
    context.add_init_script(WATCH_OPENING)
    tab = context.new_page()
    took: dict[Path, list[float]] = {blank: [], page: []}
    for _ in range(rounds):
        for path, times in took.items():
            tab.goto(path.as_uri())
            while tab.evaluate("window.tookUntil") is None:
                tab.wait_for_timeout(10)
            times.append(tab.evaluate("window.tookUntil"))
    return median(took[blank]), median(took[page])


def key(context: BrowserContext, page: Path) -> float:
    """Milliseconds from a key to the next question being laid out."""
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.wait_for_selector("#page :is(h1, h2)")
    begin(tab)
    tab.evaluate(WATCH_KEYS)
    for _ in range(20):
        tab.wait_for_timeout(150)
        tab.keyboard.press("y")
    took: list[float] = tab.evaluate("took")
    return median(took)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        blank, page = Path(folder) / "blank.html", Path(folder) / "page.html"
        blank.write_text("<!DOCTYPE html><title>Blank</title><p>Blank", encoding="utf-8")
        pltool = str(Path(sys.executable).with_name("pltool"))
        subprocess.run([pltool, "page", "station-rotation", "--output", str(page)], check=True)
        browser = playwright.chromium.launch(executable_path=browser_path(), args=list(FLAGS))
        floor, ours = opening(browser.new_context(), blank, page, rounds)
        print(
            f"to the first question: {ours:.0f} ms, blank page {floor:.0f} ms, {ours - floor:.0f} ms more (at most 50), "
            f"ratio {ours / floor:.2f}"
        )
        took = key(browser.new_context(), page)
        print(f"key to the next question: {took:.1f} ms, ratio to one frame {took / FRAME:.2f} (at most 1)")
        browser.close()


if __name__ == "__main__":
    main()
