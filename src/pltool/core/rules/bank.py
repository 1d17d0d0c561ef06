"""Rules for the inspiration bank: what an entry must say, and what would send a teacher to the wrong page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.core.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from pltool.core.progression import Resource

LONG_ABOUT = 28
MOST_USES = 12
_TRACKING = ("utm_", "gclid=", "fbclid=", "mc_cid=", "mc_eid=", "igshid=")


def bank_errors(
    resources: Sequence[Resource], models: Collection[str], phases: Collection[str], strands: Collection[str]
) -> Iterator[Finding]:
    """Names that do not exist, pages that stand twice, addresses that follow a reader around.

    Args:
        resources: the entries of one file.
        models: ids of all models.
        phases: ids of all their phases.
        strands: ids of all strands.
    """
    pages: dict[str, str] = {}
    known = {"models": {*models, "any"}, "phases": {*phases, "any"}, "strands": {*strands}}
    words = {"models": "model", "phases": "phase", "strands": "strand"}
    for index, resource in enumerate(resources):
        at = ("resources", index)
        for key, ids in known.items():
            for place, name in enumerate(getattr(resource, key)):
                if name not in ids:
                    yield Finding((*at, key, place), "reference", f"there is no {words[key]} `{name}`")
        page = same_page(resource.url)
        if page in pages:
            what = f"leads to the page that `{pages[page]}` leads to; keep one of the two"
            yield Finding((*at, "url"), "address", what)
        pages.setdefault(page, resource.id)
        if any(mark in resource.url for mark in _TRACKING):
            yield Finding((*at, "url"), "address", "carries tracking; cut the address at its question mark")


def same_page(url: str) -> str:
    """An address reduced to what tells pages apart."""
    return url.partition("#")[0].removeprefix("https://").removeprefix("www.").rstrip("/").lower()


def bank_warnings(resources: Sequence[Resource], today: date) -> Iterator[Finding]:
    """What a teacher needs for choosing, and whether the page was looked at lately.

    Args:
        resources: the entries of one file.
        today: the day of the check.
    """
    year_ago = f"{today.year - 1}-{today.month:02}"
    titles: dict[tuple[str, str], str] = {}
    for index, resource in enumerate(resources):
        at, name = ("resources", index), resource.id
        if resource.seen is None:
            what = f'`{name}` does not say when the page was last opened; add `seen: "{today:%Y-%m}"`'
            yield Finding(at, "never-seen", what)
        elif resource.seen < year_ago:
            what = f"`{name}` was last opened in {resource.seen}; open it again and mend `seen`"
            yield Finding((*at, "seen"), "not-seen-for-a-year", what)
        if not resource.grades:
            yield Finding(at, "no-grades", f"`{name}` does not say for which grades it is; add `grades`")
        if resource.access is None:
            yield Finding(at, "no-access", f"`{name}` does not say whether it is free; add `access`")
        if (words := len(resource.about.split())) > LONG_ABOUT:
            what = f"`about` has {words} words; {LONG_ABOUT} are enough to choose by"
            yield Finding((*at, "about"), "long-about", what)
        key = (resource.title.lower(), resource.publisher.lower())
        if key in titles:
            what = f"`{titles[key]}` has the same title and publisher; say in which way they differ"
            yield Finding((*at, "title"), "same-title", what)
        titles.setdefault(key, name)


def use_findings(resources: Sequence[Resource], uses: Mapping[str, int]) -> Iterator[Finding]:
    """Entries that serve no step, or too many."""
    for index, resource in enumerate(resources):
        count = uses.get(resource.id, 0)
        if not count:
            yield Finding(("resources", index, "id"), "unused", f"`{resource.id}` serves no step")
        elif count > MOST_USES:
            what = f"`{resource.id}` serves {count} steps; {MOST_USES} are as many as one page can fit"
            yield Finding(("resources", index, "id"), "worn-out", what)
