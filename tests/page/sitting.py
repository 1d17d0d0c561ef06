"""Hands on a page: what a teacher or an observer does, in few words."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

KEPT = """() => Object.entries(localStorage).filter(([key]) => key.includes(" visit ")).map(([, text]) => JSON.parse(text))"""


def begin(tab: Page, *, classroom: str = "", model: str = "") -> None:
    """Start a sitting and wait for its first question."""
    if model:
        tab.get_by_label(model, exact=True).check()
    if classroom:
        tab.locator("#new input[type=text]").first.fill(classroom)
    tab.locator("#new button.primary").click()
    seen(tab)


def seen(tab: Page) -> None:
    """Wait until what is on the screen may be answered."""
    wait_for(tab, "screenState.shownAt <= performance.now()")


def wait_for(tab: Page, condition: str) -> None:
    """Wait until something holds in the page. Playwright's own way would need `eval`, which the page forbids."""
    for _ in range(200):
        if tab.evaluate(condition):
            return
        tab.wait_for_timeout(20)
    raise AssertionError(f"never came true: {condition}")


def press(tab: Page, keys: str) -> None:
    """Press letters one after the other, each when its question can be seen."""
    for key in keys:
        seen(tab)
        tab.keyboard.press(key)
    seen(tab)


def tap(tab: Page, name: str) -> None:
    """Use a button, and wait for what it shows."""
    seen(tab)
    # The beginning of a name: buttons that change an answer have its whole action in theirs.
    tab.get_by_role("button", name=re.compile(rf"^{re.escape(name)}")).first.click()
    seen(tab)


def action(tab: Page) -> str:
    """The action that is asked."""
    return tab.locator("#page h1").first.inner_text()


def kept(tab: Page) -> list[dict[str, Any]]:
    """The visits in the browser's storage."""
    found: list[dict[str, Any]] = tab.evaluate(KEPT)
    return found


def answers(tab: Page) -> list[str]:
    """The answers of the only visit in storage, in the order in which they were given."""
    (visit,) = kept(tab)
    return [given["answer"] for given in visit["answers"].values()]


def make_file(tab: Page, folder: Path, *, nth: int = 0) -> tuple[Path, Any]:
    """The file that the page makes, and what is in it."""
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="Make the file").nth(nth).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path, json.loads(path.read_text(encoding="utf-8"))
