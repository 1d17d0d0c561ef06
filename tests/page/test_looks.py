"""The page for everyone: widths, themes, zoom, keys alone, screen readers, paper; and how quick it is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pltool.core.standing import Answer
from tests.page.conftest import own_library, own_progression
from tests.page.sitting import action, begin, kept, press, seen, tap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

MODEL = "station-rotation"
FORGE = """([index, yes]) => {
  const model = page.models[index];
  visit = newVisit(model.id, {classroom: "Period 3", school: null, observer: null, observer_role: null}, new Date());
  model.steps.slice(0, yes).forEach(step => {
    visit.answers[step.id] = {answer: "in_place", at: now()};
    if (observing) visit.notes[step.id] = [{kind: "saw", note: "Two plans lie side by side, and names are on one of them."}];
  });
  visit.next_step = observing ? null : {text: "Sort the exit tickets of one class into two piles, and plan a short lesson for each of them.", look_again: "2026-12-07"};
  if (model.steps[yes]) visit.answers[model.steps[yes].id] = {answer: "not_yet", at: now()};
  visit.finished = now();
  showResult();
}"""


def screens(tab: Page, *, observing: bool) -> Iterator[str]:
    """Every kind of screen, one after the other."""
    yield "start"
    if observing:
        begin(tab, classroom="Room" + "7" * 120)
        yield "cue"
        press(tab, "yyn")
        while tab.locator(".answers").count():
            press(tab, "n")
        yield "verdict"
        tab.locator(".stack button").first.click()
        seen(tab)
        yield "question"
        tab.get_by_label("Your note").fill("Great lesson by Mary Jones. " + "w" * 200)
        tap(tab, "Add the note")
        yield "note"
        tab.locator("#page h1").first.focus()
        press(tab, "ys")
    else:
        begin(tab, classroom="Room" + "7" * 120)
        press(tab, "x")
        tab.keyboard.type("no" + "o" * 150)
        yield "reason"
        tab.keyboard.press("Enter")
        press(tab, "y?")
        yield "question"
    press(tab, "n")
    yield "review"
    tab.locator("#page .primary").first.click()
    seen(tab)
    yield "result"
    tab.get_by_role("button", name="Copy the text").click()
    yield "copy"
    tab.locator("#page .tools button").first.click()
    seen(tab)
    yield "list"
    tap(tab, "Erase")
    yield "erase"


AXE_RUN = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 120))])"


@pytest.mark.parametrize("observing", [False, True], ids=["reflect", "observe"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_screen(
    browser: Browser, page_file: Callable[..., Path], scheme: Any, *, observing: bool
) -> None:
    axe = pytest.importorskip("axe_playwright_python", reason="axe is not installed")
    script = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    made = browser.new_context(color_scheme=scheme, viewport={"width": 390, "height": 844}, bypass_csp=True)
    tab = made.new_page()
    models = list(own_library().paths) if observing else [MODEL]
    tab.goto(page_file(*models, kind="observation" if observing else "reflection").as_uri())
    tab.wait_for_selector("#page h1")
    tab.add_script_tag(content=script)
    for screen in screens(tab, observing=observing):
        assert tab.evaluate(AXE_RUN) == [], screen
    made.close()


@pytest.mark.parametrize("width", [320, 390, 640, 768, 1280, 1920])
@pytest.mark.parametrize("observing", [False, True], ids=["reflect", "observe"])
def test_nothing_is_wider_than_the_screen_and_every_target_can_be_hit(
    browser: Browser, page_file: Callable[..., Path], width: int, *, observing: bool
) -> None:
    made = browser.new_context(viewport={"width": width, "height": 700}, has_touch=True)
    tab = made.new_page()
    models = list(own_library().paths) if observing else [MODEL]
    tab.goto(page_file(*models, kind="observation" if observing else "reflection").as_uri())
    tab.wait_for_selector("#page h1")
    for screen in screens(tab, observing=observing):
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, screen
        small = tab.evaluate(
            """[...document.querySelectorAll("#page button, summary, input:not([type=radio], [type=checkbox])")]
              .map(one => [one.textContent, one.getBoundingClientRect()])
              .filter(([, box]) => box.height > 0 && box.height < 40).map(([text, box]) => [text, box.height])"""
        )
        assert small == [], screen
    made.close()


def test_twice_the_size_of_letters_still_fits(browser: Browser, page_file: Callable[..., Path]) -> None:
    # A window of 1280 px at 400 %, and one of 640 at 200 %, are both 320 px wide for the page.
    made = browser.new_context(viewport={"width": 640, "height": 500}, device_scale_factor=2)
    tab = made.new_page()
    tab.goto(page_file(MODEL).as_uri())
    tab.wait_for_selector("#page h1")
    tab.evaluate("document.documentElement.style.fontSize = '200%'")
    for screen in screens(tab, observing=False):
        assert tab.evaluate("document.documentElement.scrollWidth") <= 640, screen
    made.close()


def test_forced_colors_keep_what_was_answered_visible(
    browser: Browser, page_file: Callable[..., Path]
) -> None:
    made = browser.new_context(forced_colors="active", reduced_motion="reduce")
    tab = made.new_page()
    tab.goto(page_file(MODEL).as_uri())
    tab.wait_for_selector("#page h1")
    begin(tab)
    press(tab, "y")
    colors = tab.evaluate(
        "[...document.querySelectorAll('.marks i')].slice(0, 3).map(one => getComputedStyle(one).backgroundColor)"
    )
    assert len(set(colors)) == 3
    assert tab.evaluate("getComputedStyle(document.querySelector('#page button')).transitionDuration") == "0s"
    made.close()


def test_keys_alone_do_everything(open_page: Callable[..., Page], page_file: Callable[..., Path]) -> None:
    """Tab, Space and text, without the letters that answer: from the start to the file."""
    tab = open_page(page_file(MODEL))

    def reach(name: str) -> None:
        for _ in range(80):
            tab.keyboard.press("Tab")
            if name in tab.evaluate("document.activeElement.closest('button')?.textContent ?? ''"):
                seen(tab)
                return
        raise AssertionError(name)

    tab.get_by_label("Letters on the keyboard answer").uncheck()
    for name in ("Show the first question", "In place", "Not yet", "Show my pause"):
        reach(name)
        tab.keyboard.press("Space")
        seen(tab)
    reach("Make the file")
    with tab.expect_download():
        tab.keyboard.press("Enter")
    assert kept(tab)[0]["finished"]


def test_a_screen_reader_begins_at_the_action_and_hears_what_changed(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    tab = open_page(page_file(MODEL))
    begin(tab)
    for number in range(3):
        assert tab.evaluate("document.activeElement.tagName") == "H1"
        assert tab.evaluate("document.activeElement.textContent") == action(tab)
        assert action(tab) == own_progression(MODEL).steps[number].step.action
        press(tab, "y")
    # Nothing but text stands for a mark.
    assert tab.locator(".marks").get_attribute("aria-hidden") == "true"
    assert tab.get_by_role("status").count() == 1


def pages_of(tab: Page, path: Path, paper: str) -> int:
    tab.pdf(path=path, format=paper, prefer_css_page_size=False)
    return len(re.findall(rb"/Type\s*/Page\b", path.read_bytes()))


@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_the_pause_prints_on_two_pages_wherever_it_is(
    open_page: Callable[..., Page], page_file: Callable[..., Path], tmp_path: Path, paper: str
) -> None:
    models = list(own_library().paths)
    tab = open_page(page_file(*models))
    for index, model in enumerate(models):
        last = len(own_progression(model).steps) - 1
        for yes in (0, last // 2, last):
            tab.evaluate(FORGE, [index, yes])
            assert pages_of(tab, tmp_path / "pause.pdf", paper) <= 2, (model, yes)


@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_the_sheet_of_a_typical_visit_prints_on_one_page(
    open_page: Callable[..., Page], page_file: Callable[..., Path], tmp_path: Path, paper: str
) -> None:
    models = list(own_library().paths)
    tab = open_page(page_file(*models, kind="observation"))
    for index, model in enumerate(models):
        tab.evaluate(FORGE, [index, 8])
        assert pages_of(tab, tmp_path / "sheet.pdf", paper) == 1, model


@pytest.mark.parametrize("kind", ["reflection", "observation"])
def test_a_page_is_small_enough_for_a_mail(page_file: Callable[..., Path], kind: str) -> None:
    for model in own_library().paths:
        assert page_file(model, kind=kind).stat().st_size < 150_000, model
    assert page_file(*own_library().paths, kind=kind).stat().st_size < 1_000_000


def test_every_answer_has_a_word_on_the_page(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    words = open_page(page_file(MODEL)).evaluate("Object.keys(ANSWERS)")
    assert set(Answer) <= set(words)


def test_the_policy_names_every_script_and_nothing_else(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    tab = open_page(page_file(MODEL))
    policy = tab.locator("meta[http-equiv]").get_attribute("content") or ""
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    scripts = tab.evaluate("[...document.scripts].filter(one => one.type !== 'text/plain').length")
    assert policy.split("script-src ")[1].split(";")[0].count("sha256-") == scripts
    assert json.dumps(tab.evaluate("[...document.querySelectorAll('[src], link[href^=http]')].length")) == "0"
