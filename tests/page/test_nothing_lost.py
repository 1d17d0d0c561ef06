"""Whatever happens to a page between two answers, nothing is lost, or the page says what it could not keep."""

from __future__ import annotations

import contextlib
import json
import random
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from pltool.core.interview import Interview
from pltool.files.answers import LETTERS
from tests.examples import small_progression
from tests.page.conftest import own_progression
from tests.page.sitting import action, answers, begin, kept, make_file, press, seen, tap, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Dialog, Page

MODEL = "station-rotation"
REFUSED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
FILL = """() => {
  let size = 1 << 20;
  for (let number = 0; size > 0; number += 1) {
    try { localStorage.setItem(`fill ${number}`, "x".repeat(size)); } catch { size >>= 1; }
  }
}"""
EMPTY = """() => Object.keys(localStorage).filter(key => key.startsWith("fill ")).forEach(key => localStorage.removeItem(key))"""


def question(number: int) -> str:
    return own_progression(MODEL).steps[number].step.action


def test_each_answer_is_kept_before_the_next_question_is_shown(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    tab = open_page(page_file(MODEL))
    tab.evaluate(
        """() => {
          const before = show;
          window.keptAtEachScreen = [];
          window.show = screen => {
            const visit = Object.entries(localStorage).find(([key]) => key.includes(" visit "));
            window.keptAtEachScreen.push(visit ? Object.keys(JSON.parse(visit[1]).answers).length : 0);
            before(screen);
          };
        }"""
    )
    begin(tab)
    press(tab, "yyn")
    assert tab.evaluate("keptAtEachScreen") == [0, 1, 2, 3]


def test_a_reload_goes_on_where_it_was(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    tab = open_page(page_file(MODEL))
    begin(tab)
    press(tab, "yyb")
    tab.reload()
    seen(tab)
    assert action(tab) == question(1)
    assert answers(tab) == ["in_place", "in_place"]


def test_after_a_crash_the_page_offers_to_go_on(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    path = page_file(MODEL)
    tab = open_page(path)
    begin(tab, classroom="R7")
    press(tab, "yy")
    from playwright.sync_api import Error

    with contextlib.suppress(Error), tab.expect_event("crash"):
        tab.goto("chrome://crash")
    after = open_page(path)
    assert "R7 · Station Rotation" in after.inner_text("#page")
    tap(after, "Go on")
    assert action(after) == question(2)


def test_the_browsers_back_button_goes_one_question_back_and_then_to_the_start(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    tab = open_page(page_file(MODEL))
    begin(tab)
    press(tab, "yy")
    tab.evaluate("history.back()")
    wait_for(tab, f"document.querySelector('#page h1').textContent === {json.dumps(question(1))}")
    tab.evaluate("history.back()")
    wait_for(tab, f"document.querySelector('#page h1').textContent === {json.dumps(question(0))}")
    tab.evaluate("history.back()")
    wait_for(tab, "Boolean(document.querySelector('#page h1'))")
    assert answers(tab) == ["in_place", "in_place"]


def test_an_address_left_and_come_back_to_still_has_everything(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    tab = open_page(page_file(MODEL))
    begin(tab)
    press(tab, "yyy")
    tab.goto("about:blank")
    tab.go_back()
    tab.wait_for_selector("#page h1")
    assert action(tab) == question(3)


def test_a_note_being_written_is_there_after_the_page_was_lost(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    path = page_file(MODEL, kind="observation")
    tab = open_page(path)
    begin(tab, classroom="R7")
    tab.get_by_label("Heard").check()
    tab.get_by_label("Your note").fill("“We go when the timer")
    tab.close()
    after = open_page(path)
    tap(after, "Go on")
    assert after.get_by_label("Your note").input_value() == "“We go when the timer"
    assert after.get_by_label("Heard").is_checked()


def test_a_locked_phone_freezes_the_page_and_nothing_is_lost(
    open_page: Callable[..., Page], page_file: Callable[..., Path], context: BrowserContext
) -> None:
    path = page_file(MODEL)
    tab = open_page(path)
    begin(tab)
    press(tab, "yy")
    session = context.new_cdp_session(tab)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    # Meanwhile the system throws the page away, and another window shows what was kept.
    other = open_page(path)
    tap(other, "Go on")
    assert action(other) == question(2)
    other.close()
    session.send("Page.setWebLifecycleState", {"state": "active"})
    press(tab, "y")
    assert answers(tab) == ["in_place"] * 3


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_long_wild_sitting_stays_in_step_with_the_tool(
    open_page: Callable[..., Page], page_file: Callable[..., Path], seed: int
) -> None:
    """Keys, going back, reloads, the browser's back button and windows closed, in any order."""
    chance = random.Random(seed)
    path = page_file(MODEL, kind="observation")
    tab = open_page(path)
    begin(tab)
    interview = Interview(own_progression(MODEL))
    for _ in range(90):
        seen(tab)
        place = interview.question
        assert action(tab) == (place.step.action if place else "Your answers")
        assert tab.evaluate("answerWords(visit)") == dict(interview.answers)
        if interview.answers:
            assert answers_by_step(tab) == dict(interview.answers)
        (do,) = chance.choices(
            ["y", "n", "s", "b", "?", "reload", "back", "again"],
            [50, 5, 8, 12, 4, 6, 8, 3 if interview.answers else 0],
        )
        if do in LETTERS:
            press(tab, do)
            interview = interview.answer(LETTERS[do]) if place else interview
        elif do == "b" or (do == "back" and interview.position != 0):
            if do == "b":
                press(tab, "b")
            else:
                tab.evaluate("history.back()")
                tab.wait_for_timeout(60)
            interview = interview.back() if interview.position != 0 else interview
        elif do == "reload" and interview.answers:
            tab.reload()
            tab.wait_for_selector("#page h1")
        elif do == "again":
            tab.close()
            tab = open_page(path)
            tap(tab, "Go on")


def answers_by_step(tab: Page) -> dict[str, str]:
    (visit,) = kept(tab)
    return {step: given["answer"] for step, given in visit["answers"].items()}


def test_a_full_storage_is_said_and_stops_nobody(
    open_page: Callable[..., Page], page_file: Callable[..., Path], tmp_path: Path
) -> None:
    tab = open_page(page_file(MODEL))
    begin(tab)
    press(tab, "y")
    assert not tab.locator("#warning").is_visible()
    tab.evaluate(FILL)
    press(tab, "yy")
    assert "keeps nothing" in tab.inner_text("#warning")
    tab.evaluate(EMPTY)
    press(tab, "y")
    assert not tab.locator("#warning").is_visible()
    assert answers(tab) == ["in_place"] * 4
    tab.evaluate(FILL)
    press(tab, "n")
    tap(tab, "Show my pause")
    assert "keeps nothing" in tab.inner_text("#warning")
    _, record = make_file(tab, tmp_path)
    assert record["pause"]["number"] == 5


def test_refused_storage_is_said_at_once_and_the_record_can_be_had(
    open_page: Callable[..., Page], page_file: Callable[..., Path], context: BrowserContext, tmp_path: Path
) -> None:
    context.add_init_script(REFUSED)
    tab = open_page(page_file(MODEL))
    assert "keeps nothing" in tab.inner_text("#warning")
    begin(tab)
    press(tab, "yyq")
    # In this window it is still there, and leaving asks first.
    tap(tab, "Go on")
    press(tab, "n")
    tap(tab, "Show my pause")
    asked = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    tab.on("dialog", stay)
    tab.close(run_before_unload=True)
    tab.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    _, record = make_file(tab, tmp_path)
    assert record["counts"]["in_place"] == 2
    tab.get_by_role("button", name="I have it").click()
    tab.close(run_before_unload=True)
    assert asked == ["beforeunload"]


def test_two_windows_never_overwrite_each_other(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    path = page_file(MODEL)
    one = open_page(path)
    begin(one, classroom="R7")
    press(one, "yy")
    other = open_page(path)
    tap(other, "Go on")
    press(other, "yy")
    wait_for(one, "document.querySelector('#page h1').textContent.includes('another window')")
    tap(one, "Go on from what the other window has")
    assert action(one) == question(4)
    press(one, "y")
    wait_for(other, "document.querySelector('#page h1').textContent.includes('another window')")
    tap(other, "Keep what this window has")
    press(other, "n")
    found = {visit["id"]: len(visit["answers"]) for visit in kept(one)}
    assert sorted(found.values()) == [5, 5]


def test_a_window_that_heard_nothing_still_notices_before_it_writes(
    open_page: Callable[..., Page], page_file: Callable[..., Path], context: BrowserContext
) -> None:
    # Two processes: no event crosses, as where a phone has frozen one of the tabs.
    context.add_init_script(
        "window.addEventListener('storage', event => event.stopImmediatePropagation(), true)"
    )
    path = page_file(MODEL)
    one, other = open_page(path), None
    begin(one)
    press(one, "y")
    other = open_page(path)
    tap(other, "Go on")
    press(other, "yy")
    one.keyboard.press("n")
    seen(one)
    assert "another window" in action(one)
    assert answers(one) == ["in_place"] * 3


def test_a_copy_of_the_file_does_not_take_up_its_neighbors_answers(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    mine = open_page(page_file(MODEL))
    begin(mine, classroom="Room 7")
    press(mine, "yy")
    for name in ("page (1).html", "colleague/page.html"):
        theirs = open_page(page_file(MODEL, name=name))
        assert "Room 7" not in theirs.inner_text("#page")
        begin(theirs)
        assert action(theirs) == question(0)


def test_a_later_version_of_the_file_goes_on_with_the_answers_of_the_earlier(
    open_page: Callable[..., Page], page_file: Callable[..., Path], tmp_path: Path
) -> None:
    tab = open_page(page_file(small_progression(4)))
    begin(tab)
    press(tab, "yyy")
    page_file(small_progression(2, 4))
    tab.reload()
    seen(tab)
    assert action(tab) == small_progression(2, 4).steps[3].step.action
    press(tab, "n")
    tap(tab, "Show my pause")
    _, record = make_file(tab, tmp_path)
    assert [one["step"] for one in record["answers"]] == ["step-1", "step-2", "step-3", "step-4"]
    # A version without some of the steps leaves their answers out of the record, and keeps them.
    page_file(small_progression(1))
    tab.reload()
    seen(tab)
    _, record = make_file(tab, tmp_path)
    assert [one["step"] for one in record["answers"]] == ["step-1"]
    assert len(kept(tab)[0]["answers"]) == 4


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "null",
        "[]",
        "{",
        '{"format": "pltool.visit/2"}',
        '{"format": "pltool.visit/1", "id": 3}',
        json.dumps(
            {
                "format": "pltool.visit/1",
                "id": "a",
                "model": MODEL,
                "started": "x",
                "finished": None,
                "revision": 1,
                "labels": {},
                "notes": {},
                "cues": [],
                "next_step": None,
                "answers": {"two-group-plans": {"answer": "toString"}},
            }
        ),
    ],
)
def test_what_this_version_cannot_read_is_left_alone_and_named(
    open_page: Callable[..., Page], page_file: Callable[..., Path], entry: str
) -> None:
    path = page_file(MODEL)
    tab = open_page(path)
    key = tab.evaluate("location.pathname")
    tab.evaluate(
        "([key, text]) => localStorage.setItem(`pltool reflection file://${key} visit a`, text)", [key, entry]
    )
    tab.reload()
    tab.wait_for_selector("#page h1")
    assert "left alone" in tab.inner_text("#page")
    begin(tab)
    press(tab, "y")
    assert (
        tab.evaluate("key => localStorage.getItem(`pltool reflection file://${key} visit a`)", key) == entry
    )


def test_text_from_storage_stays_text(open_page: Callable[..., Page], page_file: Callable[..., Path]) -> None:
    hostile = "<img src=x onerror='window.struck=1'></script><b>R7</b>"
    tab = open_page(page_file(MODEL, kind="observation"))
    begin(tab, classroom=hostile)
    tab.get_by_label("Your note").fill(hostile)
    tap(tab, "Add the note")
    tab.locator("#page h1").first.focus()
    press(tab, "n")
    tap(tab, "Make the sheet")
    assert hostile in tab.inner_text("article")
    tap(tab, "All visits")
    assert hostile in tab.inner_text("#page")
    assert tab.evaluate("window.struck") is None
    assert tab.locator("#page img").count() == 0


@pytest.fixture
def website(page_file: Callable[..., Path]) -> Iterator[str]:
    """The page on a web site, also inside the frames that learning platforms use."""
    html = page_file(MODEL).read_bytes()
    frame = b'<!DOCTYPE html><iframe id="lms" style="width:100%%;height:700px" sandbox="allow-scripts%s" src="/page.html"></iframe>'

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages = {
                "/page.html": html,
                "/strict.html": frame % b"",
                "/usual.html": frame % b" allow-same-origin allow-downloads allow-modals",
            }
            self.send_response(200 if self.path in pages else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(pages.get(self.path, b""))

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_it_asks_for_nothing_but_itself(
    open_page: Callable[..., Page],
    page_file: Callable[..., Path],
    context: BrowserContext,
    website: str,
    tmp_path: Path,
) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    path = page_file(MODEL)
    for address in (path.as_uri(), f"{website}/page.html"):
        tab = open_page(address)
        begin(tab)
        press(tab, "yyn")
        tap(tab, "Show my pause")
        make_file(tab, tmp_path)
        tab.wait_for_timeout(200)
    assert [url for url in asked if not url.startswith("blob:")] == [path.as_uri(), f"{website}/page.html"]


@pytest.mark.parametrize("frame", ["strict", "usual"])
def test_it_works_inside_the_frame_of_a_learning_platform(
    context: BrowserContext, website: str, frame: str
) -> None:
    outer = context.new_page()
    outer.goto(f"{website}/{frame}.html")
    inner = outer.frame_locator("#lms")
    inner.get_by_role("button", name="Show the first question").click()
    outer.wait_for_timeout(200)
    inner.get_by_role("button", name="Not yet").click()
    outer.wait_for_timeout(200)
    assert inner.locator("#warning").is_visible() is (frame == "strict")
    inner.get_by_role("button", name="Show my pause").click()
    assert "progression pause" in inner.locator("#page h1").inner_text()
    inner.get_by_role("button", name="Copy the text").click()
    text = inner.get_by_label("The text of the file").input_value()
    assert json.loads(text)["status"] == "paused"


def test_without_a_script_it_shows_the_progression_to_read(
    browser: object, page_file: Callable[..., Path]
) -> None:
    made = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    tab = made.new_page()
    tab.goto(page_file(MODEL).as_uri())
    text = tab.inner_text("body")
    for placed in own_progression(MODEL).steps:
        assert placed.step.action in text
        assert placed.step.in_practice_when[0] in text
    assert "Letters on the keyboard" not in text
    made.close()
