"""What stands twice: sentences, runs of words, and actions or moves that are nearly the same.

Thousands of files are compared in one pass, so nothing here looks at every pair:

- A run of seven words holds at least one of the blocks of four that begin at every fourth word. So only those blocks
  are kept of what was read, and each step's runs of four are looked up among them.
- Two sets with a Jaccard index over t share one of the rarest (1 - t) of each one's stems (prefix filtering:
  Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pltool.core.rules.findings import Finding
from pltool.core.rules.step_texts import located_texts
from pltool.core.rules.wording import BREAK, likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pltool.core.rules.findings import Location
    from pltool.core.rules.progression import Placed
    from pltool.core.rules.wording import Vocabulary

# Above this Jaccard index of their stems, two actions or two moves are near-copies.
NEAR_COPY = 0.38
SHARED_RUN = 7
_BLOCK = 4
# Of one kind, between two files: so many findings one by one, the others in one sentence.
ONE_BY_ONE = 5
# A stem that more texts than this have says nothing about any two of them.
_COMMON = 400
_LEAST_WORDS = 3


class Entry(NamedTuple):
    """An action or a move, where it stands, and its stems."""

    file: int
    step: str
    location: Location
    kind: str
    stems: frozenset[str]


class Copies:
    """Reads progressions one by one, and finds in each what stood in an earlier step.

    Attributes:
        names: the model of each file, in the order of reading.
        entries: every action and move, for `near_copies`.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.names: list[str] = []
        self.entries: list[Entry] = []
        self._vocabulary = vocabulary
        self._steps: list[tuple[int, str, str, list[str]]] = []  # file, id, what it says, its words
        self._blocks: dict[tuple[str, ...], int] = {}
        self._sentences: dict[str, int] = {}

    def add(self, model: str, steps: Sequence[Placed]) -> list[Finding]:
        """Read one more progression, and find what it shares with those before it and in itself."""
        file = len(self.names)
        self.names.append(model)
        found: dict[tuple[str, int], list[Finding | None]] = defaultdict(list)
        for placed in steps:
            number = len(self._steps)
            self._find_shared(placed, file, found)
            texts = placed.texts
            self._steps.append((file, placed.step.id, texts.written, texts.words))
            words = texts.words
            blocks = zip(*(words[start::_BLOCK] for start in range(_BLOCK)), strict=False)
            self._blocks.update(dict.fromkeys([block for block in blocks if BREAK not in block], number))
            self._sentences.update(dict.fromkeys(_sentences(texts.written), number))
            self._note(placed, file)
        return [finding for key, findings in found.items() for finding in self._in_short(*key, file, findings)]

    def _in_short(
        self, rule: str, other: int, file: int, findings: list[Finding | None]
    ) -> Iterator[Finding]:
        if len(findings) <= ONE_BY_ONE:
            yield from (finding for finding in findings if finding is not None)
            return
        where = "other steps of this file" if other == file else f"`{self.names[other]}`"
        what = f"{len(findings)} steps repeat words of {where}; say what is particular here"
        yield Finding((), rule, what)

    def _note(self, placed: Placed, file: int) -> None:
        step, core = placed.step.id, self._vocabulary.core
        self.entries.append(
            Entry(file, step, (*placed.location, "action"), "action", core(placed.texts.action))
        )
        for index, words in enumerate(placed.texts.moves):
            at = (*placed.location, "next_moves", index, "move")
            self.entries.append(Entry(file, step, at, "move", core(words)))

    def _find_shared(
        self, placed: Placed, file: int, found: dict[tuple[str, int], list[Finding | None]]
    ) -> None:
        """Note each step that says a sentence or a run of words of this one; beyond a few, that it does."""
        texts, at = placed.texts, placed.location
        sentences = _sentences(texts.written)
        earlier = {
            self._sentences[sentence]: sentence
            for sentence in self._sentences.keys() & sentences
            if sentence.count(" ") >= _LEAST_WORDS - 1
        }
        for number, sentence in earlier.items():
            told = found["sentence-twice", self._steps[number][0]]
            finding = None
            if len(told) < ONE_BY_ONE:
                below = _place_of(placed.step, sentence)
                what = f"“{_short(sentence)}” stands in {self._name(number, file)} too; word it for this step"
                finding = Finding((*at, *below), "sentence-twice", what)
            told.append(finding)
        if len(set(sentences)) < len(sentences):
            twice = next(sentence for sentence in sentences if sentences.count(sentence) > 1)
            if twice.count(" ") >= _LEAST_WORDS - 1:
                what = f"“{_short(twice)}” stands in this step twice; say something new"
                below = _place_of(placed.step, twice)
                found["sentence-twice", file].append(Finding((*at, *below), "sentence-twice", what))
        windows = zip(*(texts.words[start:] for start in range(_BLOCK)), strict=False)
        suspects = {self._blocks[block] for block in self._blocks.keys() & windows}
        for number in sorted(suspects.difference(earlier)):
            run = self._run(texts.words, number)
            if run is None:
                continue
            below = _place_of(placed.step, run, self._vocabulary)
            what = f"“{run}” stands in {self._name(number, file)} too; word it for this step"
            found["shared-run", self._steps[number][0]].append(Finding((*at, *below), "shared-run", what))

    def _run(self, words: list[str], number: int) -> str | None:
        other = self._steps[number][3]
        runs = set(_runs(other))
        return next((" ".join(run) for run in _runs(words) if run in runs), None)

    def _name(self, number: int, file: int) -> str:
        other, step, *_ = self._steps[number]
        return f"`{step}`" if other == file else f"`{self.names[other]}/{step}`"


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    windows = zip(*(words[start:] for start in range(SHARED_RUN)), strict=False)
    return (window for window in windows if BREAK not in window)


def _sentences(written: str) -> list[str]:
    """Rough sentences, quick to make: equal ones come out equal."""
    flat = written.replace("? ", ". ").replace('." ', ". ").replace('?" ', ". ").rstrip('."?')
    return flat.split(". ")


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + " …"  # noqa: PLR2004


def _place_of(step: object, wanted: str, vocabulary: Vocabulary | None = None) -> Location:
    for below, text in located_texts(step):  # type: ignore[arg-type]
        have = " ".join(vocabulary.words(text)) if vocabulary else text.lower()
        if wanted in have:
            return below
    return ()


def near_copies(entries: Iterable[Entry], names: Sequence[str]) -> Iterator[tuple[int, Finding]]:
    """Actions like an earlier action and moves like an earlier move, each with its file; once for each."""
    found: dict[tuple[str, int, int], list[tuple[Entry, Entry]]] = defaultdict(list)
    for kind in ("action", "move"):
        for entry, other in _pairs([entry for entry in entries if entry.kind == kind]):
            found[kind, entry.file, other.file].append((entry, other))
    for (kind, file, other_file), pairs in found.items():
        if len(pairs) > ONE_BY_ONE:
            where = "others of this file" if file == other_file else f"those of `{names[other_file]}`"
            what = f"{len(pairs)} {kind}s are nearly {where}; say what is particular here"
            yield file, Finding((), "near-copy", what)
            continue
        for entry, other in pairs:
            name = f"`{other.step}`" if other_file == file else f"`{names[other_file]}/{other.step}`"
            what = f"this {kind} is nearly the one of {name}; say what is particular here"
            yield file, Finding(entry.location, "near-copy", what)


def _pairs(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Each entry that is like an earlier one, with that one."""
    # Stems in the order of how rare they are, so that the first ones of a text tell it apart best.
    uses = Counter(stem for entry in entries for stem in entry.stems)
    same: dict[frozenset[str], Entry] = {}
    having: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if not entry.stems:
            continue
        first = same.setdefault(entry.stems, entry)
        if first is not entry:
            yield entry, first
            continue
        ordered = sorted(entry.stems, key=lambda stem: (uses[stem], stem))
        prefix = ordered[: len(ordered) - math.ceil(NEAR_COPY * len(ordered)) + 1]
        like = _like(entry, prefix, having)
        if like is not None:
            yield entry, like
        for stem in prefix:
            having[stem].append(entry)


def _like(entry: Entry, prefix: Sequence[str], having: dict[str, list[Entry]]) -> Entry | None:
    seen: set[int] = set()
    for stem in prefix:
        others = having.get(stem, ())
        if len(others) > _COMMON:
            continue
        for other in others:
            if id(other) not in seen:
                seen.add(id(other))
                if likeness(entry.stems, other.stems) > NEAR_COPY:
                    return other
    return None
