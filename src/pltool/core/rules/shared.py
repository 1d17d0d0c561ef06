"""Rules for what progressions share: strands, glossary, cues and the walk guide."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pltool.core.rules.findings import Finding
from pltool.core.rules.wording import count_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pltool.core.bank import Strands
    from pltool.core.cues import Cues
    from pltool.core.glossary import Term
    from pltool.core.walk.agenda import WalkGuide

MEANING_SENTENCES = 2
LEAST_LINES = 5
_LISTS = ("norms", "before", "during", "after")


def strand_findings(strands: Strands) -> Iterator[Finding]:
    """Domains and strands that share an id."""
    domains: set[str] = set()
    seen: set[str] = set()
    for d, domain in enumerate(strands.domains):
        if domain.id in domains:
            yield _repeated(("domains", d, "id"), domain.id)
        domains.add(domain.id)
        for s, strand in enumerate(domain.strands):
            if strand.id in seen:
                yield _repeated(("domains", d, "strands", s, "id"), strand.id)
            seen.add(strand.id)


def _repeated(location: tuple[int | str, ...], name: str) -> Finding:
    return Finding(location, "id", f"the id `{name}` is used a second time; each must be different")


def glossary_findings(terms: Sequence[Term], elsewhere: Sequence[Term] = ()) -> Iterator[Finding]:
    """Terms that are not there, stand twice, explain nothing, or cannot be told apart.

    Args:
        terms: the terms of one file.
        elsewhere: those of other files, which may be related.
    """
    ids = [term.id for term in terms]
    known = {*ids, *(term.id for term in elsewhere)}
    names: dict[str, str] = {}
    for index, term in enumerate(terms):
        at = ("terms", index)
        if term.id in ids[:index]:
            yield _repeated((*at, "id"), term.id)
        elif index and term.id < ids[index - 1]:
            what = f"`{term.id}` stands after `{ids[index - 1]}`; sort the terms by id"
            yield Finding((*at, "id"), "term", what)
        for place, name in enumerate(term.related):
            if name == term.id:
                yield Finding((*at, "related", place), "reference", f"`{name}` is this very term; remove it")
            elif name not in known:
                yield Finding((*at, "related", place), "reference", f"there is no term `{name}`")
        if not term.related:
            yield Finding(at, "term", f"`{term.id}` names no related term; add `related`")
        if not 1 <= (count := count_sentences(term.meaning)) <= MEANING_SENTENCES:
            yield Finding(
                (*at, "meaning"), "term", f"the meaning has {count} sentences; one or two are enough"
            )
        for name in {name.lower() for name in (term.term, *term.also)}:
            if names.setdefault(name, term.id) != term.id:
                what = f"“{name}” is a name of `{names[name]}` too; nobody could look up the second"
                yield Finding(at, "term", what)


def cue_findings(cues: Cues) -> Iterator[Finding]:
    """Questions that are none."""
    for index, cue in enumerate(cues.cues):
        for key in ("question", "ask"):
            if not getattr(cue, key).endswith("?"):
                yield Finding(("cues", index, key), "cue", f"`{key}` does not end with a question mark")


def walk_findings(guide: WalkGuide) -> Iterator[Finding]:
    """Agendas whose minutes do not add up, and lists that are too short to help."""
    lengths = Counter(agenda.minutes for agenda in guide.agendas)
    for index, agenda in enumerate(guide.agendas):
        total = sum(item.minutes for item in agenda.items)
        if total != agenda.minutes:
            what = f"the parts take {total} minutes, and the agenda {agenda.minutes}; make the two agree"
            yield Finding(("agendas", index, "minutes"), "minutes", what)
        if lengths[agenda.minutes] > 1:
            what = f"two agendas take {agenda.minutes} minutes; only the first would be used"
            yield Finding(("agendas", index, "minutes"), "minutes", what)
            lengths[agenda.minutes] = 1
    for key in _LISTS:
        if (count := len(getattr(guide, key))) < LEAST_LINES:
            yield Finding((key,), "walk", f"`{key}` has {count} entries; {LEAST_LINES} or more are a help")
