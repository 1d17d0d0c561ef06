"""Small things said in several reports: dates, numbers of things, who acts, the purpose line."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PURPOSE = (
    "A pause is a place to start a conversation. It is for growth: nothing here is scored, graded or ranked, "
    "and a next move is only a suggestion."
)
LICENSE = (
    "The progression's structure follows the coaching progressions of the Personalized Learning team of Dallas ISD "
    "(thepltoolbox.com). Content: CC BY-NC-SA 4.0. pltool is not affiliated with the source."
)
LOCAL = "This progression is local: it is not, or not as it stands here, part of pltool."
OUTCOMES = {"done": "done", "going_on": "going on", "changed": "changed on the way", None: "not said"}
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_ACTORS = {"teacher": "Teacher", "student": "Students", "leader": "Leader"}


def day(iso: str) -> str:
    """`2026-11-23…` as `November 23, 2026`; anything else as it is."""
    try:
        moment = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{_MONTHS[moment.month - 1]} {moment.day}, {moment.year}"


def short_day(iso: str) -> str:
    """`2026-11-23…` as `Nov 23, 2026`."""
    month, _, rest = day(iso).partition(" ")
    return f"{month[:3]} {rest}" if rest else iso


def count(number: int, singular: str, plural: str | None = None) -> str:
    """A number of things: `1 step`, `3 steps`."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def everything_in_place(passed_over: int) -> str:
    """What a complete record amounts to; a step that does not apply is never called in place."""
    return "every step that applies in place" if passed_over else "every step in place"


def listing(names: Sequence[str], last: str = "and") -> str:
    """Names in a sentence: `a, b and c`."""
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def actor_label(name: str) -> str:
    """Who acts, for a heading."""
    return _ACTORS.get(name, name.title())


def humanize_id(name: str) -> str:
    """An id as words: `data-driven-instruction` as `Data driven instruction`."""
    return name.replace("-", " ").capitalize()


def ago(since: str, now: str) -> str:
    """How long ago, as people say it: `20 minutes ago`, `yesterday`; both moments in ISO 8601."""
    try:
        seconds = (datetime.fromisoformat(now) - datetime.fromisoformat(since)).total_seconds()
    except (TypeError, ValueError):
        return "some time ago"
    for size, unit in ((86400 * 2, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            number = int(seconds // (86400 if unit == "day" else size))
            return f"{count(number, unit)} ago"
    return "just now"


def first_sentence(text: str) -> str:
    """The first sentence of a text."""
    return text.partition(". ")[0].rstrip(".") + "."
