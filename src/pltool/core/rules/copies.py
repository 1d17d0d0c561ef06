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
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pltool.core.rules.findings import Finding
from pltool.core.rules.step_texts import located_texts
from pltool.core.rules.wording import BREAK, likeness, split_words

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator, Sequence

    from pltool.core.progression import Step
    from pltool.core.rules.findings import Location
    from pltool.core.rules.progression import Placed
    from pltool.core.rules.step_texts import StepTexts

# Above this Jaccard index of their stems, two actions or two moves are near-copies.
NEAR_COPY = 0.38
SHARED_RUN = 7
_BLOCK = 4
# Of one kind, between two files: so many findings one by one, the others in one sentence.
ONE_BY_ONE = 5
# A stem that more texts than this have says little about any two of them: only the first ones are compared by it. In
# collections of a hundred files and more, only the rarest stems are looked at: what is copied and changed a little
# shares several of them, and near-copies that share none are passed over.
_COMMON, _COMMON_AMONG_MANY = 400, 8
_MANY, _LONGEST_AMONG_MANY = 4000, 6
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

    def __init__(self) -> None:
        self.names: list[str] = []
        self.entries: list[Entry] = []
        self._steps: list[tuple[int, str, bytes]] = []  # file, id, the numbers of its words
        self._blocks: dict[int, int] = {}
        self._sentences: dict[str, int] = {}
        self._whole: dict[str, int] = {}

    def add(self, model: str, steps: Sequence[Placed]) -> list[Finding]:
        """Read one more progression, and find what it shares with those before it and in itself."""
        file = len(self.names)
        self.names.append(model)
        found: dict[tuple[str, int], list[Finding | None]] = defaultdict(list)
        for placed in steps:
            number = len(self._steps)
            self._find_shared(placed, file, found)
            self._note(placed, file)
            texts = placed.texts
            if texts.written in self._whole:
                continue
            self._whole[texts.written] = number
            self._steps.append((file, placed.step.id, texts.numbers.tobytes()))
            self._blocks.update(dict.fromkeys(_blocks(texts.numbers), number))
            self._sentences.update(dict.fromkeys(_sentences(texts.written), number))
        return [
            finding for key, findings in found.items() for finding in self._in_short(*key, file, findings)
        ]

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
        texts, step = placed.texts, placed.step.id
        action, *moves = texts.cores
        self.entries.append(Entry(file, step, (*placed.location, "action"), "action", action))
        for index, stems in enumerate(moves):
            at = (*placed.location, "next_moves", index, "move")
            self.entries.append(Entry(file, step, at, "move", stems))

    def _find_shared(
        self, placed: Placed, file: int, found: dict[tuple[str, int], list[Finding | None]]
    ) -> None:
        """Note each step that says a sentence or a run of words of this one; beyond a few, that it does."""
        texts, at = placed.texts, placed.location
        whole = self._whole.get(texts.written)
        if whole is not None:
            what = f"this step says word for word what {self._name(whole, file)} says; say what is particular"
            found["sentence-twice", self._steps[whole][0]].append(Finding(at, "sentence-twice", what))
            return
        sentences = _sentences(texts.written)
        earlier = {
            sentence: self._sentences[sentence]
            for sentence in self._sentences.keys() & sentences
            if sentence.count(" ") >= _LEAST_WORDS - 1
        }
        for sentence, number in earlier.items():
            self._tell("sentence-twice", sentence, number, placed, file, found)
        if len(set(sentences)) < len(sentences):
            twice = next(sentence for sentence in sentences if sentences.count(sentence) > 1)
            if twice.count(" ") >= _LEAST_WORDS - 1:
                what = f"“{_short(twice)}” stands in this step twice; say something new"
                below = _place_of(placed.step, twice)
                found["sentence-twice", file].append(Finding((*at, *below), "sentence-twice", what))
        for number, run in self._runs_of(texts, set(earlier.values())):
            self._tell("shared-run", run, number, placed, file, found)

    def _tell(
        self,
        rule: str,
        wording: str,
        number: int,
        placed: Placed,
        file: int,
        found: dict[tuple[str, int], list[Finding | None]],
    ) -> None:
        """Note what an earlier step says too; beyond a few between two files, only that there is more."""
        told = found[rule, self._steps[number][0]]
        finding = None
        if len(told) < ONE_BY_ONE:
            below = _place_of(placed.step, wording)
            what = f"“{_short(wording)}” stands in {self._name(number, file)} too; word it for this step"
            finding = Finding((*placed.location, *below), rule, what)
        told.append(finding)

    def _runs_of(self, texts: StepTexts, told: set[int]) -> Iterator[tuple[int, str]]:
        """Earlier steps that share a run of words with this one, each once, with the run."""
        numbers, words, blocks = texts.numbers, texts.words, self._blocks
        for shift in range(_BLOCK):
            windows = _blocks(numbers, shift)
            if not (hits := blocks.keys() & windows):
                continue
            for place in (shift + _BLOCK * n for n, window in enumerate(windows) if window in hits):
                number = blocks[_blocks(numbers[place : place + _BLOCK])[0]]
                if number in told:
                    continue
                other = self._steps[number][2]
                for start in range(max(0, place - (SHARED_RUN - _BLOCK)), place + 1):
                    run = words[start : start + SHARED_RUN]
                    same = numbers[start : start + SHARED_RUN].tobytes()
                    if len(run) == SHARED_RUN and BREAK not in run and same in other:
                        told.add(number)
                        yield number, " ".join(run)
                        break

    def _name(self, number: int, file: int) -> str:
        other, step, *_ = self._steps[number]
        return f"`{step}`" if other == file else f"`{self.names[other]}/{step}`"


def _blocks(numbers: array[int], shift: int = 0) -> memoryview:
    """Each four words, from that one on, as one number of 64 bits: made by the machine and not word by word."""
    usable = shift + (len(numbers) - shift) // _BLOCK * _BLOCK
    return memoryview(numbers[shift:usable]).cast("B").cast("Q")


def _sentences(written: str) -> list[str]:
    """Rough sentences, quick to make: equal ones come out equal."""
    flat = written.replace("?", ".").replace('."', ".").replace(".\n", ". ").replace("\n", ". ").rstrip(".")
    return flat.split(". ")


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + " …"  # noqa: PLR2004


def _place_of(step: Step, wanted: str) -> Location:
    """Where in a step a sentence or a run of words stands."""
    sought = " ".join(split_words(wanted))
    for below, text in located_texts(step):
        if f" {sought} " in f" {' '.join(split_words(text))} ":
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
    uses = Counter(stem for entry in entries for stem in entry.stems)
    # From rare to common, so that the first stems of a text tell it apart best.
    rank = {stem: place for place, stem in enumerate(sorted(uses, key=lambda stem: (uses[stem], stem)))}
    many = len(entries) > _MANY
    common, longest = (_COMMON_AMONG_MANY, _LONGEST_AMONG_MANY) if many else (_COMMON, len(rank))
    same: dict[frozenset[str], Entry] = {}
    having: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        stems = entry.stems
        if not stems:
            continue
        first = same.setdefault(stems, entry)
        if first is not entry:
            yield entry, first
            continue
        # Two that are alike share at least so many of their first stems; short ones may share a single one.
        need = 1 if len(stems) <= 2 else 2  # noqa: PLR2004
        prefix = sorted(stems, key=rank.__getitem__)
        del prefix[min(longest, len(stems) - math.ceil(NEAR_COPY * len(stems)) + need) :]
        met = Counter(chain.from_iterable([having[stem] for stem in prefix if stem in having]))
        for other, count in met.items():
            if count >= need and likeness(stems, entries[other].stems) > NEAR_COPY:
                yield entry, entries[other]
                break
        for stem in prefix:
            if len(kept := having[stem]) < common:
                kept.append(number)
