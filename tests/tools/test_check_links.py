"""A local server does all that servers do; each comes out as what it is."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar

import pytest
from tools.check_links import State, Visit, is_dead, remember, report, same_title, visit, write_seen

from pltool.core.bank import Bank
from pltool.files.content_folder import own_content
from pltool.files.library import Library
from pltool.files.strict_yaml import parse_document
from pltool.files.validation import validate
from tools import check_links

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE = "Choice Boards in Third Grade"


def page(title: str, text: str = "Here it is.") -> bytes:
    return f"<html><head><title>{title}</title></head><body>{text}</body></html>".encode()


class Server(BaseHTTPRequestHandler):
    """Answers by the path."""

    asked: ClassVar[list[tuple[str, str]]] = []
    pages: ClassVar[dict[str, bytes]] = {
        "/": page("Home"),
        "/good": page(f"{TITLE} | Our Site"),
        "/good-slash/": page(TITLE),
        "/new-place": page(TITLE),
        "/other": page("Ten Recipes for Soup"),
        "/excerpt": page(TITLE, "This is an excerpt. Subscribers can click here."),
        "/script": page(TITLE, "<script>var text = 'subscribers only';</script>Here."),
        "/soft": page("Page not found"),
        "/entity": page("Choice Boards in Third&nbsp;Grade &amp; More"),
        "/?p=123": page(TITLE),
    }

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def _answer(self, *, with_body: bool) -> None:
        path = self.path
        self.asked.append((self.command, path))
        if path == "/no-head" and not with_body:
            self._send(405, b"")
        elif path == "/no-head":
            self._send(200, page(TITLE))
        elif path in {"/403", "/404", "/410", "/429", "/500", "/503"}:
            self._send(int(path[1:]), page("Sorry"))
        elif path == "/flaky":
            tries = sum(1 for method, asked in self.asked if asked == path and method == "GET")
            self._send(500 if tries < 2 else 200, page(TITLE))
        elif path in {"/moved", "/home", "/slash", "/loop"}:
            place = {"/moved": "/new-place", "/home": "/", "/slash": "/good-slash/", "/loop": "/loop"}[path]
            self.send_response(301)
            self.send_header("Location", place)
            self.end_headers()
        elif path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            if with_body:
                self.wfile.write(b"<title>")
        elif path == "/pdf":
            self._send(200, b"%PDF-1.7 subscribers only", "application/pdf")
        elif path == "/odd-letters":
            self._send(200, page(TITLE) + b"\xff\xfe", "text/html; charset=no-such-thing")
        elif path in self.pages:
            self._send(200, self.pages[path])
        else:
            self._send(404, b"")

    def _send(self, status: int, body: bytes, kind: str = "text/html; charset=utf-8") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.mark.parametrize(
    ("path", "outcome", "detail"),
    [
        ("/good", "ok", ""),
        ("/entity", "ok", ""),
        ("/?p=123", "ok", ""),
        ("/no-head", "ok", ""),
        ("/slash", "moved", "/good-slash/"),
        ("/flaky", "ok", ""),
        ("/pdf", "ok", ""),
        ("/script", "ok", ""),
        ("/moved", "moved", "/new-place"),
        ("/home", "gone", "home page"),
        ("/404", "gone", "404"),
        ("/410", "gone", "410"),
        ("/soft", "gone", "Page not found"),
        ("/403", "unknown", "403"),
        ("/429", "unknown", "429"),
        ("/503", "unknown", "503"),
        ("/500", "failed", "500"),
        ("/loop", "failed", ""),
        ("/cut", "failed", ""),
        ("/odd-letters", "failed", ""),
        ("/other", "retitled", "Ten Recipes for Soup"),
        ("/excerpt", "subscribers", "subscribers"),
    ],
)
def test_each_server_is_told_as_what_it_is(server: str, path: str, outcome: str, detail: str) -> None:
    found = visit(server + path, TITLE, pause=0)
    assert found.outcome == outcome, found
    assert detail in found.detail


def test_nobody_there_is_a_failure_and_not_a_traceback() -> None:
    assert visit("http://127.0.0.1:1/", TITLE, pause=0).outcome == "failed"
    assert visit("https://no-such-host.invalid/", TITLE, pause=0).outcome == "failed"


def test_a_page_is_dead_after_three_failures_over_two_weeks() -> None:
    state, day = State(), date(2026, 11, 2)
    for week, dead in enumerate((False, False, True)):
        remember(state, Visit("gone"), day + timedelta(weeks=week))
        assert is_dead(state, day + timedelta(weeks=week)) is dead
    remember(state, Visit("unknown"), day)
    assert state.failures == 3
    remember(state, Visit("ok"), day)
    assert state == State(last="ok")
    for _ in range(5):
        remember(state, Visit("failed"), day)
    assert not is_dead(state, day)


def test_titles_are_the_same_without_what_a_site_adds() -> None:
    assert same_title("Playlists for All", "Playlists for All - Blog - Some School District")
    assert same_title("It's Up to You", "It's up to you | us")
    assert not same_title("Favorite No", "Subscribe today")


def test_what_was_opened_is_noted_and_nothing_else_changes() -> None:
    path = own_content() / "resources.yaml"
    text = path.read_text(encoding="utf-8")
    resources = Library(bare=True).bank.resources
    opened = [resource.id for resource in resources[::3]]
    written = write_seen(text, opened, "2031-02")
    after = validate(Bank, parse_document(written.encode(), path)).resources
    assert [entry.id for entry in after] == [entry.id for entry in resources]
    for old, new in zip(resources, after, strict=True):
        expected = old.model_copy(update={"seen": "2031-02"}) if old.id in opened else old
        assert new == expected
    without = [line for line in written.splitlines() if "seen:" not in line]
    assert without == [line for line in text.splitlines() if "seen:" not in line]


def test_the_report_says_what_to_do() -> None:
    resources = Library(bare=True).bank.resources[:3]
    first, second, third = (resource.id for resource in resources)
    visits = {first: Visit("moved", "https://x.org/"), second: Visit("gone", "404"), third: Visit("ok")}
    text = report(resources, visits, [second])
    assert text.index("## Dead") < text.index(second) < text.index("## Moved") < text.index(first)
    assert third not in text
    assert report(resources, dict.fromkeys([first, second], Visit("ok")), []) == ""


def test_a_run_remembers_and_ends_with_1_where_a_person_is_needed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    from pathlib import Path

    state = Path(str(tmp_path)) / "links.json"
    name = Library(bare=True).bank.resources[0].id
    monkeypatch.setattr(check_links, "visit", lambda *_, **__: Visit("moved", "https://x.org/"))
    assert check_links.main([name, "--state", str(state)]) == 1
    assert "https://x.org/" in capsys.readouterr().out
    monkeypatch.setattr(check_links, "visit", lambda *_, **__: Visit("failed", "no answer"))
    assert check_links.main([name, "--state", str(state)]) == 0
    assert '"failures": 1' in state.read_text(encoding="utf-8")
