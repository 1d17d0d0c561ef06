"""Open every page of the inspiration bank, and say which have moved, vanished or changed.

Run: python tools/check_links.py [--state FILE] [--report FILE] [--write-seen] [ID ...]

The program itself never touches the network; this script stands beside it and runs once a week. It asks for the head
of a page and then for the page, as a browser would, follows redirects, and reads the title. One failure proves
nothing: a page is called dead after three failures in a row over two weeks or more. A server that answers 403 or 429
turns robots away, and says nothing of the page.
"""

from __future__ import annotations

import argparse
import html
import http.client
import json
import re
import sys
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from pltool.files.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pltool.core.progression import Resource

Outcome = Literal["ok", "moved", "gone", "failed", "unknown", "retitled", "subscribers"]
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
TRIES = 3
SECONDS = 20
MOST_BYTES = 512 * 1024
# So many failures in a row, over so many days, and a page is dead.
FAILURES, DAYS = 3, 14
UNKNOWN = {401, 403, 405, 406, 429, 451, 503, 999}
GONE = {404, 410}
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_SHUT = re.compile(
    r"subscribers? (?:only|can)|for subscribers|subscribe to (?:read|continue)|this is an excerpt|"
    r"log in to (?:read|continue)|members[- ]only|create a free account to (?:read|continue)",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"page (?:was )?not found|404 error|error 404|no longer (?:exists|available)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of opening a page.

    Attributes:
        outcome: the finding.
        detail: in a few words, such as the new address or the title.
    """

    outcome: Outcome
    detail: str = ""


@dataclass(slots=True)
class State:
    """What is remembered of a page from run to run."""

    failures: int = 0
    first_failure: str | None = None
    last: str = ""


class _Polite:
    """One request at a time to each host, and a pause between two."""

    def __init__(self, pause: float) -> None:
        self.pause = pause
        self._locks: dict[str, threading.Lock] = {}
        self._making = threading.Lock()

    def lock(self, url: str) -> threading.Lock:
        with self._making:
            return self._locks.setdefault(urlsplit(url).netloc, threading.Lock())


def visit(url: str, title: str, *, pause: float = 1.0, polite: _Polite | None = None) -> Visit:
    """Open a page, and say what is there.

    Args:
        url: the address in the bank.
        title: the title in the bank.
        pause: seconds between two tries; it doubles.
        polite: keeps one host from being asked twice at once.
    """
    polite = polite or _Polite(pause)
    found = Visit("failed", "no answer")
    for attempt in range(TRIES):
        with polite.lock(url):
            found = _try(url, title)
            time.sleep(polite.pause / 4)
        if found.outcome != "failed":
            return found
        time.sleep(pause * 2**attempt)
    return found


def _try(url: str, title: str) -> Visit:
    try:
        _open(url, "HEAD").close()
    except urllib.error.HTTPError as error:
        # Many servers know no HEAD; only what GET says counts.
        error.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Visit("failed", _reason(error))
    try:
        with _open(url, "GET") as response:
            content = response.read(MOST_BYTES)
            if len(content) < min(int(response.headers.get("Content-Length") or 0), MOST_BYTES):
                return Visit("failed", "the answer was cut short")
            body = content.decode(response.headers.get_content_charset() or "utf-8", "replace")
            kind = response.headers.get_content_type()
            return judge(url, title, response.geturl(), body if kind.startswith("text/html") else None)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in GONE:
            return Visit("gone", f"the server says {error.code}")
        return Visit("unknown" if error.code in UNKNOWN else "failed", f"the server says {error.code}")
    except (OSError, http.client.HTTPException, ValueError, LookupError) as error:
        return Visit("failed", _reason(error))


def _open(url: str, method: str) -> http.client.HTTPResponse:
    headers = {"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.8", "Accept-Language": "en-US,en;q=0.7"}
    request = urllib.request.Request(url, method=method, headers=headers)  # noqa: S310 - https, or a test's own server
    opened: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=SECONDS)  # noqa: S310
    return opened


def _reason(error: Exception) -> str:
    return str(getattr(error, "reason", "") or error or type(error).__name__)


def judge(url: str, title: str, end: str, body: str | None) -> Visit:
    """What an answer shows.

    Args:
        url: the address that was asked for.
        title: the title in the bank.
        end: the address where the answer came from, after redirects.
        body: the page, or None where it is a document, such as a PDF.
    """
    asked, came = urlsplit(url), urlsplit(end)
    if _path(came.path) == "/" and not came.query and (_path(asked.path) != "/" or asked.query):
        return Visit("gone", f"it leads to the home page {end}")
    if (_host(asked.netloc), _path(asked.path), asked.query) != (
        _host(came.netloc),
        _path(came.path),
        came.query,
    ):
        return Visit("moved", end)
    if body is None:
        return Visit("ok")
    match = _TITLE.search(body)
    shown = " ".join(html.unescape(match[1]).split()) if match else ""
    if _MISSING.search(shown):
        return Visit("gone", f"its title is “{shown}”")
    if _SHUT.search(re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", body, flags=re.DOTALL | re.IGNORECASE)):
        return Visit("subscribers", "only subscribers or members read all of it")
    if shown and not same_title(title, shown):
        return Visit("retitled", shown)
    return Visit("ok")


def _host(netloc: str) -> str:
    return netloc.lower().removeprefix("www.")


def _path(path: str) -> str:
    return re.sub(r"/(index\.\w+)?$", "", path) or "/"


def same_title(ours: str, theirs: str) -> bool:
    """Whether a page's title has most of the words of ours; what a site adds does not matter."""
    wanted, shown = (set(re.findall(r"\w+", text.lower())) for text in (ours, theirs))
    wanted = {word for word in wanted if len(word) > 3} or wanted  # noqa: PLR2004 - small words say little
    return len(wanted & shown) * 2 >= len(wanted)


def remember(state: State, found: Visit, today: date) -> None:
    """Take note of a visit."""
    if found.outcome in {"failed", "gone"}:
        state.failures += 1
        state.first_failure = state.first_failure or today.isoformat()
    elif found.outcome != "unknown":
        state.failures, state.first_failure = 0, None
    state.last = found.outcome


def is_dead(state: State, today: date) -> bool:
    """Whether a page has failed often enough, for long enough."""
    if state.first_failure is None or state.failures < FAILURES:
        return False
    return today - date.fromisoformat(state.first_failure) >= timedelta(days=DAYS)


def report(resources: Sequence[Resource], visits: Mapping[str, Visit], dead: Sequence[str]) -> str:
    """The findings as the text of an issue; empty where there are none."""
    sections: dict[str, Callable[[str], bool]] = {
        "Dead: mend or take out": lambda name: name in dead,
        "Moved: put the new address in": lambda name: visits[name].outcome == "moved",
        "Another title: read the page again": lambda name: visits[name].outcome == "retitled",
        "For subscribers: say so under `access`": lambda name: visits[name].outcome == "subscribers",
        "Failed for now: looked at again next week": lambda name: (
            visits[name].outcome in {"failed", "gone"} and name not in dead
        ),
    }
    by_id = {resource.id: resource for resource in resources}
    lines: list[str] = []
    for title, belongs in sections.items():
        if names := [name for name in visits if belongs(name)]:
            lines += ["", f"## {title}", ""]
            lines += [f"- `{name}` {by_id[name].url}: {visits[name].detail}" for name in names]
    unknown = sum(found.outcome == "unknown" for found in visits.values())
    if lines and unknown:
        lines += ["", f"{unknown} servers turn robots away, and say nothing of their pages."]
    return "\n".join(lines).strip() + "\n" if lines else ""


def write_seen(text: str, opened: Sequence[str], month: str) -> str:
    """The bank's text with the month in which pages were last opened; everything else stays as it is."""
    parts = re.split(r"(?m)^(?=  - id: )", text)
    for index, part in enumerate(parts):
        match = re.match(r"  - id: (\S+)", part)
        if not match or match[1] not in opened:
            continue
        line = f'    seen: "{month}"\n'
        if re.search(r"(?m)^    seen:.*\n", part):
            parts[index] = re.sub(r"(?m)^    seen:.*\n", line, part)
        else:
            # After the last line of the entry, before blank lines and comments that belong to the next.
            entry = re.match(r"(?:  - .*\n|    .*\n)+", part)
            end = entry.end() if entry else len(part)
            parts[index] = part[:end] + line + part[end:]
    return "".join(parts)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ids", nargs="*", metavar="ID", help="entries of the bank; all by default")
    parser.add_argument("--state", type=Path, help="what is remembered from run to run (JSON)")
    parser.add_argument("--report", type=Path, help="where to write the findings (Markdown)")
    parser.add_argument("--write-seen", action="store_true", help="note in the bank what was opened")
    parser.add_argument("--pause", type=float, default=2.0, help="seconds between two tries")
    given = parser.parse_args(arguments)
    library = Library(bare=True)
    resources = [entry for entry in library.bank.resources if not given.ids or entry.id in given.ids]
    states = _read_states(given.state)
    today = date.today()  # noqa: DTZ011 - a day is near enough
    polite = _Polite(given.pause)
    with ThreadPoolExecutor(max_workers=8) as pool:
        found = pool.map(
            lambda entry: visit(entry.url, entry.title, pause=given.pause, polite=polite), resources
        )
        visits = {entry.id: one for entry, one in zip(resources, found, strict=True)}
    for name, one in visits.items():
        remember(states.setdefault(name, State()), one, today)
    dead = [name for name in visits if is_dead(states[name], today)]
    if given.state:
        kept = {name: asdict(state) for name, state in sorted(states.items())}
        given.state.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    text = report(resources, visits, dead)
    if given.report:
        given.report.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    if given.write_seen:
        bank = library.own / "resources.yaml"
        opened = [name for name, one in visits.items() if one.outcome in {"ok", "subscribers"}]
        bank.write_text(
            write_seen(bank.read_text(encoding="utf-8"), opened, f"{today:%Y-%m}"), encoding="utf-8"
        )
    needs_a_person = dead or any(
        one.outcome in {"moved", "retitled", "subscribers"} for one in visits.values()
    )
    return 1 if needs_a_person else 0


def _read_states(path: Path | None) -> dict[str, State]:
    if path is None or not path.exists():
        return {}
    return {name: State(**kept) for name, kept in json.loads(path.read_text(encoding="utf-8")).items()}


if __name__ == "__main__":
    sys.exit(main())
