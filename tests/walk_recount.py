"""A second program that counts a walk: from plain facts, knowing nothing of how pltool counts.

It knows the sentences and tables of the reports. Whatever has a digit in it and is none of these fails.
"""

from __future__ import annotations

import html.parser
import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import combinations
from math import comb
from statistics import median
from typing import TYPE_CHECKING, Any

from pltool.files.library import Library
from pltool.files.walk.guide import read_guide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

LIBRARY = Library()
MODELS = ("flex", "flipped-classroom", "individual-rotation", "lab-rotation", "station-rotation")
# Of these random walks are made.
_MADE = ("flex", "individual-rotation", "lab-rotation", "station-rotation")
PROGRESSIONS = {model: LIBRARY.progression(model) for model in MODELS}
TITLES = {model: progression.title for model, progression in PROGRESSIONS.items()}
BY_TITLE = {title: model for model, title in TITLES.items()}
STEPS = {
    model: [
        (placed.id, placed.phase.title, placed.number, placed.step.action) for placed in progression.steps
    ]
    for model, progression in PROGRESSIONS.items()
}
DOMAIN_OF = {strand.id: domain for domain in LIBRARY.strands.domains for strand in domain.strands}
PHASES = ("Foundation", "Differentiated", "Personalized")
ENDS = ("Complete", "Provisional", "Unfinished")


@dataclass(frozen=True)
class Fact:
    """One observation: what each step was answered, by index, up to where it ended."""

    number: int
    day: str
    school: str
    room: str
    observer: str
    role: str
    model: str
    status: str
    pause: int | None
    in_place: frozenset[int]
    unseen: frozenset[int] = frozenset()
    aside: frozenset[int] = frozenset()
    source: str = "record"
    blank: bool = False

    @property
    def provisional(self) -> bool:
        return self.status != "unfinished" and bool(self.unseen)

    @property
    def inferred(self) -> bool:
        return self.source == "plain" and self.status != "unfinished"

    @property
    def cell(self) -> str:
        if self.status == "unfinished":
            return "Unfinished"
        if self.provisional:
            return "Provisional"
        return "Complete" if self.pause is None else STEPS[self.model][self.pause][1]


def make_facts(seed: int, rooms: int = 24, first: int = 3) -> list[Fact]:
    """A random walk, always the same for the same seed."""
    pick = random.Random(seed)
    schools = ("Elm", "Fir", "Gum", "Hop")
    weights = [8, 5, 4, 3]
    found: list[Fact] = []
    for room in range(rooms):
        school = pick.choices(schools, [5, 4, 3, 3])[0]
        model = pick.choices(_MADE, weights)[0]
        label = f"{school[0]}{room + 10}q" if pick.random() < 0.93 else ""
        for day in pick.sample(range(first, first + 25), pick.choice([1, 1, 2])):
            observers = pick.sample(["Kx", "Lx", "Mx", "Nx", "Ox"], pick.choice([1, 2, 2, 3]))
            usual = pick.choice([1, 2, 3, 5, 8, 14, 30])
            for observer in observers:
                seen = model if pick.random() < 0.9 else pick.choice(_MADE)
                source = pick.choice(["record", "able", "plain", "typed"])
                fact = _fact(pick, seen, max(usual + pick.choice([0, 0, 0, 1, -1]), 0), source)
                found.append(
                    replace(
                        fact, number=len(found), day=f"2026-10-{day:02}", school=school, room=label, observer=observer,
                        role=pick.choice(["coach", "principal"]),
                    )
                )  # fmt: skip
    return found


def _fact(pick: random.Random, model: str, usual: int, source: str) -> Fact:
    steps = len(STEPS[model])
    status = pick.choices(["paused", "complete", "unfinished"], [8, 1, 1])[0]
    if source == "typed":
        source = "plain"
    end = {"paused": min(usual, steps - 1), "complete": steps, "unfinished": 0}[status]
    if status == "unfinished" and source == "record":
        end = pick.randrange(1, 4)
    before = range(end)
    unseen: frozenset[int] = frozenset()
    aside: frozenset[int] = frozenset()
    if end and status != "unfinished" and source != "plain" and pick.random() < 0.3:
        unseen = frozenset(pick.sample(before, min(end, pick.choice([1, 2]))))
    if end and source == "record" and pick.random() < 0.25:
        aside = frozenset({pick.choice(before)}) - unseen
    pause = end if status == "paused" else None
    blank = status == "unfinished" and source != "record" and pick.random() < 0.5
    in_place = frozenset(before) - unseen - aside
    return Fact(0, "", "", "", "", "", model, status, pause, in_place, unseen, aside, source, blank)


def rooms_of(facts: Iterable[Fact]) -> int:
    return len({(fact.school, fact.room) for fact in facts if fact.room})


def cells_of(facts: Iterable[Fact], columns: Iterable[str]) -> dict[str, int]:
    """Observations by column; a merged one is `Personalized or Complete`."""
    counted = Counter(fact.cell for fact in facts)
    return {column: sum(counted[part] for part in column.split(" or ")) for column in columns}


@dataclass
class Count:
    """The figures of a walk, each counted where it is asked for."""

    facts: list[Fact]
    account: dict[str, int]
    aside: dict[str, int]
    limit: int = 5
    by: str | None = None
    earlier: list[Fact] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def of(self, model: str) -> list[Fact]:
        return [fact for fact in self.facts if fact.model == model]

    @property
    def held(self) -> list[str]:
        return [model for model in MODELS if model in {f.model for f in self.facts} - set(self.shown)]

    def group(self, fact: Fact) -> str:
        return {"school": fact.school, "month": fact.day[:7], "observer-role": fact.role}[str(self.by)]

    def step(self, model: str, index: int) -> dict[str, Any]:
        facts = self.of(model)
        here = [fact for fact in facts if fact.pause == index]
        firm = [fact for fact in here if not fact.provisional]
        step, phase, number, _ = STEPS[model][index]
        placed = PROGRESSIONS[model].steps[index]
        found: dict[str, Any] = {
            "model": model, "phase": next(p.id for p in PROGRESSIONS[model].phases if p.title == phase),
            "area": placed.area.id, "number": number, "step": step, "observations": len(facts),
            "in_place": sum(index in fact.in_place for fact in facts),
            "in_place_inferred": sum(index in fact.in_place and fact.inferred for fact in facts),
            "paused": len(firm), "paused_provisionally": len(here) - len(firm),
            "not_seen": sum(index in fact.unseen for fact in facts),
            "does_not_apply": sum(index in fact.aside for fact in facts),
        }  # fmt: skip
        answered = sum(
            found[key] for key in ("in_place", "paused", "paused_provisionally", "not_seen", "does_not_apply")
        )
        return {**found, "not_reached": len(facts) - answered, "classrooms_paused": rooms_of(firm)}

    def steps(self, model: str) -> list[dict[str, Any]]:
        return [self.step(model, index) for index in range(len(STEPS[model]))]

    @property
    def shared(self) -> list[tuple[str, int, int]]:
        """Model, index and classrooms of the steps at which two or more classrooms pause."""
        found = [
            (model, index, rooms)
            for model in self.shown
            for index, step in enumerate(self.steps(model))
            if (rooms := step["classrooms_paused"]) >= 2
        ]
        return sorted(found, key=lambda entry: -entry[2])

    def strands(self) -> dict[str, tuple[int, int]]:
        """By strand: answers in place, and firm pauses, over the models shown."""
        found: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        for model in self.shown:
            for index, step in enumerate(self.steps(model)):
                for strand in PROGRESSIONS[model].steps[index].step.strands:
                    found[strand][0] += step["in_place"]
                    found[strand][1] += step["paused"]
        return {strand: (yes, no) for strand, (yes, no) in sorted(found.items()) if yes or no}

    def pooled(self, domains: Iterable[str]) -> tuple[int, int]:
        """Classrooms and observations that pause, firmly, at a step of these domains."""
        here = [
            fact for fact in self.facts
            if fact.pause is not None and not fact.provisional
            and DOMAIN_OF[PROGRESSIONS[fact.model].steps[fact.pause].step.strands[0]].id in set(domains)
        ]  # fmt: skip
        return rooms_of(here), len(here)

    def moved(self, model: str) -> list[tuple[str, int, int]]:
        before = Counter(fact.cell for fact in self.earlier if fact.model == model)
        now = Counter(fact.cell for fact in self.of(model))
        return [(name, before[name], now[name]) for name in (*PHASES, *ENDS)]

    def furthest(self, model: str, listed: Iterable[tuple[str, int]]) -> int | None:
        """The furthest step that half came past, but none of those listed."""
        facts, listed = self.of(model), set(listed)
        half = [
            index for index, step in enumerate(self.steps(model))
            if 2 * step["in_place"] >= len(facts) and (model, index) not in listed
        ]  # fmt: skip
        return max(half, default=None)


def expected_json(count: Count, given: dict[str, Any]) -> dict[str, Any]:
    """The whole summary as data; only what is shown or merged is taken from what was given."""
    met = sorted({fact.model for fact in count.facts})

    def row(name: str, facts: list[Fact], columns: Iterable[str]) -> dict[str, Any]:
        return {
            "name": name,
            "classrooms": rooms_of(facts),
            "observations": len(facts),
            "counts": cells_of(facts, columns),
        }

    def breakdown(
        found: dict[str, Any], groups: dict[str, list[Fact]], finest: tuple[str, ...] | None
    ) -> dict[str, Any]:
        shown = [entry["name"] for entry in found["shown"]]
        held = [fact for name, facts in groups.items() if name not in shown for fact in facts]
        every = [fact for facts in groups.values() for fact in facts]
        columns = found["all"]["counts"] if found["all"] else ()
        return {
            "shown": [row(name, groups[name], finest or columns) for name in shown],
            "held_back": len(groups) - len(shown),
            "held_back_together": row("", held, columns) if found["held_back_together"] else None,
            "all": row("", every, columns) if found["all"] else None,
        }

    models = {model: count.of(model) for model in met}
    days = [fact.day for fact in count.facts]
    groups = None
    if count.by is not None:
        by_group: defaultdict[str, list[Fact]] = defaultdict(list)
        for fact in count.facts:
            by_group[count.group(fact)].append(fact)
        groups = breakdown(given["groups"], dict(sorted(by_group.items())), None)
    return {
        "format": "pltool.walk-summary/1", "kind": "observation", "first": min(days), "last": max(days),
        "observations": len(count.facts),
        "observations_that_cannot_say_not_seen": sum(fact.inferred for fact in count.facts),
        "classrooms": rooms_of(count.facts), "schools": len({fact.school for fact in count.facts}),
        "observers": len({fact.observer for fact in count.facts}), "hide_under": count.limit,
        "rows": count.account, "aside": count.aside,
        "models": breakdown(given["models"], models, (*PHASES, *ENDS)),
        "steps": [step for model in count.shown for step in count.steps(model)],
        "shared_pauses": [
            {"model": model, "step": STEPS[model][index][0], "classrooms": rooms} for model, index, rooms in count.shared
        ],
        "strands": [
            {"strand": strand, "in_place": yes, "paused": no, "answers": yes + no}
            for strand, (yes, no) in count.strands().items()
        ],
        "pooled_pauses": [
            {"domains": entry["domains"], **dict(zip(("classrooms", "paused"), count.pooled(entry["domains"]), strict=True))}
            for entry in given["pooled_pauses"]
        ],
        "by": count.by, "groups": groups,
        "moved": None if given["moved"] is None else [
            {"model": TITLES[model], "what": f"Paused in {name}" if name in PHASES else name, "earlier": before, "now": now}
            for model in MODELS if TITLES[model] in {entry["model"] for entry in given["moved"]}
            for name, before, now in count.moved(model)
        ],
    }  # fmt: skip


# ------------------------------------------------------------------ agreement


def occasions(facts: Iterable[Fact]) -> list[list[Fact]]:
    """Classrooms on days on which two or more observers saw them: one visit for each observer."""
    met: defaultdict[tuple[str, str, str], dict[str, Fact]] = defaultdict(dict)
    for fact in facts:
        if fact.room and fact.observer:
            met[fact.school, fact.room, fact.day].setdefault(fact.observer, fact)
    return [list(firsts.values()) for firsts in met.values() if len(firsts) > 1]


def agreement(facts: list[Fact]) -> dict[str, Any]:
    """The figures of an agreement, but for notes and look-fors."""
    shared = occasions(facts)
    alike = [met for met in shared if len({fact.model for fact in met}) == 1]
    ends = [[fact for fact in met if fact.status != "unfinished"] for met in alike]
    ends = [met for met in ends if len(met) > 1]
    places = [[len(STEPS[f.model]) if f.pause is None else f.pause for f in met] for met in ends]
    pairs = [abs(one - other) for met in places for one, other in combinations(met, 2)]
    phases = [{None if f.pause is None else STEPS[f.model][f.pause][1] for f in met} for met in ends]
    splits: defaultdict[tuple[str, int], list[list[Fact]]] = defaultdict(list)
    for met in alike:
        for pause in {fact.pause for fact in met} - {None}:
            if any(pause in fact.in_place for fact in met):
                splits[met[0].model, pause].append(met)  # type: ignore[index]
    return {
        "shared": len(shared), "classrooms": rooms_of([met[0] for met in shared]), "same_model": len(alike),
        "compared": len(ends), "same_pause": sum(len(set(met)) == 1 for met in places),
        "within_one": sum(max(met) - min(met) <= 1 for met in places),
        "same_phase": sum(len(met) == 1 for met in phases), "pairs": len(pairs),
        "steps_apart": median(pairs) if pairs else None,
        "coefficient": _coefficient(ends, places) if len(ends) >= 5 else None,
        "splits": {
            (model, STEPS[model][pause][0]): _split(met, pause) for (model, pause), met in splits.items()
        },
    }  # fmt: skip


def _split(met: list[list[Fact]], pause: int) -> dict[str, int]:
    every = [fact for facts in met for fact in facts]
    yes, no = [f for f in every if pause in f.in_place], [f for f in every if f.pause == pause]
    return {
        "classrooms": rooms_of([facts[0] for facts in met]),
        "in_place": len(yes), "in_place_observers": len({f.observer for f in yes}),
        "not_yet": len(no), "not_yet_observers": len({f.observer for f in no}),
    }  # fmt: skip


def _coefficient(ends: list[list[Fact]], places: list[list[int]]) -> float:
    """Gwet's AC2, ordinal weights, chance by model."""
    observed = chance = 0.0
    for model in MODELS:
        rooms = [met for facts, met in zip(ends, places, strict=True) if facts[0].model == model]
        scale = len(STEPS[model]) + 1
        weight = [[1 - comb(abs(a - b) + 1, 2) / comb(scale, 2) for b in range(scale)] for a in range(scale)]
        for met in rooms:
            pairs = list(combinations(met, 2))
            observed += sum(weight[a][b] for a, b in pairs) / len(pairs)
        shares = [sum(met.count(k) / len(met) for met in rooms) / max(len(rooms), 1) for k in range(scale)]
        chance += (
            len(rooms) * sum(map(sum, weight)) / (scale * (scale - 1)) * sum(p * (1 - p) for p in shares)
        )
    observed, chance = observed / len(ends), chance / len(ends)
    return (observed - chance) / (1 - chance)


# ------------------------------------------------------------------ what is printed, piece by piece

Item = tuple[str, ...]


class _Page(html.parser.HTMLParser):
    """A page as items: ("h", text), ("p", text), ("head", cell, …), ("row", cell, …), ("heat", …)."""

    _WHOLE = frozenset({"h1", "h2", "h3", "p", "li", "dd", "dt", "td", "th", "small", "title"})

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Item] = []
        self._open: list[str] = []
        self._text: list[list[str]] = []
        self._cells: list[str] = []
        self._label = ""
        self._heat: tuple[str, str] | None = None
        self.skipping = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "style":
            self.skipping = True
        if tag == "tr":
            self._cells = []
        if tag == "span" and given.get("class", "").startswith("step heat"):
            self._heat = (given["class"].removeprefix("step heat"), given.get("title", "legend"))
            self._text.append([])
            self._open.append("heat")
        elif tag in self._WHOLE:
            self._open.append(tag)
            self._text.append([])
        # Numbers hide in attributes too.
        for name, value in given.items():
            known = name in {"class", "href", "charset", "name", "content", "lang", "dir", "scope", "title"}
            if re.search(r"\d", value) and not known:
                self.items.append(("attribute", name, value))

    def handle_data(self, data: str) -> None:
        if self._text:
            self._text[-1].append(data)
        elif data.strip() and not self.skipping:
            self.items.append(("p", " ".join(data.split())))

    def handle_endtag(self, tag: str) -> None:
        if tag == "style":
            self.skipping = False
        if tag == "span" and self._open and self._open[-1] == "heat":
            self._open.pop()
            assert self._heat is not None
            self.items.append(("heat", *self._heat, "".join(self._text.pop())))
            return
        if tag == "tr":
            self.items.append(("head" if self._cells and self._label == "th" else "row", *self._cells))
        if not self._open or tag != self._open[-1]:
            return
        self._open.pop()
        text = " ".join("".join(self._text.pop()).split())
        if tag in {"td", "th"}:
            self._cells.append(text)
            self._label = tag
        elif tag == "small" and re.fullmatch(r"\d+ pauses?", text):
            self.items.append(("p", f"{self.items.pop()[1]} {text}"))
        elif tag == "small" and (match := re.fullmatch(r"(.+): (\d+)", text)):
            self.items.append(("phase", match[1], match[2]))
        elif text:
            self.items.append(("h" if tag in {"h1", "h2", "h3"} else "p", text))


def items_of_page(page: str) -> list[Item]:
    parser = _Page()
    parser.feed(page)
    return parser.items


def items_of_markdown(text: str) -> list[Item]:
    found: list[Item] = []
    lines = text.splitlines()
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        plain = re.sub(r"\[([^\]]*)\]\(https[^)]*\)", r"\1", line)
        plain = re.sub(r"\\([^\w\s])", r"\1", plain.replace("**", ""))
        if re.fullmatch(r"\|[ :|-]+\|", line) or not plain.strip():
            continue
        if plain.startswith("|"):
            cells = [cell.strip() for cell in plain.strip().strip("|").split("|")]
            found.append(("head" if re.fullmatch(r"\|[ :|-]+\|", after) else "row", *cells))
        elif match := re.match(r"#+ (.*)", plain):
            found.append(("h", match[1]))
        else:
            found.append(("p", plain.removeprefix("- ").strip()))
    return _with_heat(found)


def items_of_text(text: str) -> list[Item]:
    found: list[Item] = []
    for line in text.splitlines():
        if not line.strip() or set(line) <= {"=", "-"}:
            continue
        cells = re.split(r"\s{2,}", line.strip())
        if len(cells) == 1 or line.startswith("- ") or cells[0].endswith(":"):
            found.append(("p", " ".join(line.removeprefix("- ").split())))
        else:
            found.append(("row" if re.search(r"\d", line) else "head", *cells))
    return _with_heat(found)


_HEAT_CELLS = re.compile(r"(?:\d+ [·░▒▓█]\d+\s*)+")


def _with_heat(items: list[Item]) -> list[Item]:
    """Rows of a map without colors taken apart: `1 ·0  2 ▒4`."""
    found: list[Item] = []
    for item in items:
        cells = [
            part
            for cell in item[1:]
            for part in (re.findall(r"\d+ [·░▒▓█]\d+", cell) if _HEAT_CELLS.fullmatch(cell) else [cell])
        ]
        steps = [match for cell in cells if (match := re.fullmatch(r"(\d+) ([·░▒▓█])(\d+)", cell))]
        filled = [cell for cell in item[1:] if cell]
        if item[0] == "row" and len(filled) == 2 and filled[0] in BY_TITLE:
            found.append(("p", f"{filled[0]} {filled[1]} pauses"))
        elif item[0] == "row" and len(filled) == 2 and filled[0] in PHASES:
            found.append(("phase", *filled, "no steps"))
        elif item[0] == "row" and steps:
            found.append(("phase", cells[0], cells[1]))
            found += [("step", str("·░▒▓█".index(m[2])), m[1], m[3]) for m in steps]
            assert len(cells) == len(steps) + 2, item
        else:
            found.append(item)
    return found


# What has a digit in it and is no figure of the walk.
_LIBRARY_TEXTS = frozenset(
    " ".join(text.split())
    for progression in PROGRESSIONS.values()
    for placed in progression.steps
    for text in (
        placed.step.action, *placed.step.in_practice_when, *placed.step.look_fors,
        f"A possible next move: {placed.step.next_moves[0].move}",
    )
)  # fmt: skip
_RESOURCES = frozenset(f"{resource.title} ({resource.publisher})" for resource in LIBRARY.bank.resources)
NO_FIGURES: dict[str, Callable[[str], bool]] = {
    "the license": lambda text: text.startswith("The progression's structure follows"),
    "the library's own words": lambda text: text in _LIBRARY_TEXTS,
    "a resource": lambda text: text in _RESOURCES or re.fullmatch(r"https://\S+", text) is not None,
    "where the coefficient is from": lambda text: text.startswith(
        "Gwet's AC2 with ordinal weights (K. L. Gwet, 2014"
    ),
}


class Reader:
    """Reads a report's items one after the other; what has a digit and is not known, or is wrong, fails.

    Attributes:
        seen: what was met, in order: the kind of figure, and what it is about.
    """

    def __init__(self, count: Count, given: dict[str, Any], dates: tuple[str, str] = ("", "")) -> None:
        self.count, self.given, self.dates = count, given, dates
        self.seen: list[tuple[str, ...]] = []
        self.head: tuple[str, ...] = ()
        self.model = ""
        self.heat_model = self.told = ""
        self.heat_at = 0
        self.split: dict[str, int] = {}
        self.agreement = agreement(count.facts)
        self.listed = [(model, index) for model, index, _ in count.shared[:6]]

    def read(self, items: Iterable[Item]) -> None:
        for item in items:
            self._item(item)

    def _item(self, item: Item) -> None:
        kind, *cells = item
        words = " ".join(cells)
        if words in BY_TITLE:
            self.model = BY_TITLE[words]
        for start, name in (("Most often not seen", "not_seen"), ("Did not apply", "does_not_apply")):
            self.told = name if words.startswith(start) else self.told
        if kind == "head":
            self.head = tuple(cells)
            assert not re.search(r"\d", words), item
        elif kind in {"heat", "phase", "step"}:
            self._heat(kind, cells)
        elif not re.search(r"\d", words):
            return
        elif kind == "row":
            self._row(tuple(cells))
        elif kind == "attribute":
            raise AssertionError(f"a number in an attribute: {item}")
        else:
            self._sentence(words)

    # -- sentences

    def _sentence(self, text: str) -> None:
        if any(known(text) for known in NO_FIGURES.values()):
            return
        for name, pattern in _SENTENCES.items():
            match = re.fullmatch(pattern, text)
            if match is not None:
                self.seen.append((name, self.model))
                problem = getattr(self, f"_{name}")(*match.groups())
                assert problem is None or problem is True, (name, text, problem)
                return
        raise AssertionError(f"a figure that nobody counted: {text!r}")

    def _same(self, found: Iterable[object], *expected: object) -> None:
        listed = [int(f) if isinstance(f, str) and f.isdecimal() else f for f in found]
        assert listed == list(expected), (listed, expected)

    def _size(self, first: str, last: str | None, *numbers: str) -> None:
        days = sorted(fact.day for fact in self.count.facts)
        spoken = [_spoken(day) for day in (days[0], days[-1])]
        assert [first, last or first] == spoken
        facts = self.count.facts
        left_out = self.count.aside["left_out"]
        self._same(
            [number or 0 for number in numbers], rooms_of(facts), len(facts), len({f.observer for f in facts}),
            len({f.school for f in facts}), len({f.model for f in facts}), left_out,
        )  # fmt: skip

    def _came_past(self, action: str, title: str, number: str, of: str) -> None:
        model = BY_TITLE[title]
        index = self.count.furthest(model, self.listed)
        assert index is not None
        assert action == STEPS[model][index][3]
        self._same((number, of), self.count.step(model, index)["in_place"], len(self.count.of(model)))

    def _agenda_celebration(self, action: str, title: str, number: str, of: str) -> None:
        index = self._index_of(BY_TITLE[title], action)
        self._same(
            (number, of),
            self.count.step(BY_TITLE[title], index)["in_place"],
            len(self.count.of(BY_TITLE[title])),
        )

    def _half(self, action: str, phase: str, number: str, *found: str) -> None:
        index = self._index(phase, number)
        assert action == STEPS[self.model][index][3]
        assert index == self.count.furthest(self.model, self.listed)
        self._same(found, self.count.step(self.model, index)["in_place"], len(self.count.of(self.model)))

    def _every_step(self, title: str | None, number: str) -> None:
        model = BY_TITLE[title] if title else self.model
        self._same([number], self._cells(model)["Complete"])

    def _seen_in(self, action: str, number: str, of: str) -> None:
        step = self.count.step(self.model, self._index_of(self.model, action))
        facts = self.count.of(self.model)
        self._same(
            (number, of), step["in_place"] - step["in_place_inferred"], sum(not f.inferred for f in facts)
        )
        every = sorted(
            (s["in_place"] - s["in_place_inferred"] for s in self.count.steps(self.model)), reverse=True
        )
        assert int(number) >= every[2]

    def _sheets(self, number: str) -> None:
        self._same([number], sum(fact.inferred for fact in self.count.facts))

    def _support(self, action: str, title: str, phase: str, number: str, rooms: str) -> None:
        model = BY_TITLE[title]
        index = self._index(phase, number, model)
        assert action == STEPS[model][index][3]
        self._same([rooms], self.count.step(model, index)["classrooms_paused"])
        assert (model, index) in [entry[:2] for entry in self.count.shared[:3]]

    def _shared_heading(self, rooms: str, title: str, phase: str, number: str) -> None:
        index = self._index(phase, number, BY_TITLE[title])
        assert (BY_TITLE[title], index, int(rooms)) in self.count.shared
        self.seen.append(("shared", BY_TITLE[title], str(index)))

    def _more_shared(self, number: str) -> None:
        self._same([number], len(self.count.shared) - 6)

    def _held(self, number: str, what: str, rooms: str, observations: str, rest: str | None) -> None:
        if what.startswith("model"):
            facts = [fact for fact in self.count.facts if fact.model in self.count.held]
            held, given = len(self.count.held), self.given["models"]
        else:
            shown = {row["name"] for row in self.given["groups"]["shown"]}
            facts = [fact for fact in self.count.facts if self.count.group(fact) not in shown]
            held, given = len({self.count.group(fact) for fact in facts}), self.given["groups"]
        self._same((number, rooms, observations), held, rooms_of(facts), len(facts))
        cells = {name: value for name, value in cells_of(facts, given["all"]["counts"]).items() if value}
        parts = re.split(r", | and ", rest) if rest else []
        found = {}
        for part in parts:
            value, _, name = part.partition(" ")
            name = name.removeprefix("paused in ")
            found[name.lower()] = int(value)
        assert found == ({name.lower(): value for name, value in cells.items()} if len(cells) > 1 else {})

    def _limit(self, number: str) -> None:
        self._same([number], self.count.limit)

    def _pooled_intro(self, rooms: str) -> None:
        self._same([rooms], rooms_of(self.count.facts))

    def _pooled_celebration(self, number: str, of: str) -> None:
        total = self.given["models"]["all"]["counts"]
        sure = sum(
            cells_of(self.count.facts, [name])[name] for name in total
            if set(name.split(" or ")) <= {"Differentiated", "Personalized", "Complete"}
        )  # fmt: skip
        self._same((number, of), sure, len(self.count.facts))

    def _model_size(self, observations: str, rooms: str, rest: str) -> None:
        facts, cells = self.count.of(self.model), self._cells(self.model)
        self._same((observations, rooms), len(facts), rooms_of(facts))
        expected = {
            "paused": sum(cells[phase] for phase in PHASES), "complete": cells["Complete"],
            "provisional": cells["Provisional"], "unfinished": cells["Unfinished"],
        }  # fmt: skip
        found = {part.split(" ")[1]: int(part.split(" ")[0]) for part in re.split(r", | and ", rest)}
        assert found == {name: number for name, number in expected.items() if number}

    def _provisional_at(self, phase: str, number: str, times: str) -> None:
        index = self._index(phase, number)
        self._same([times], self.count.step(self.model, index)["paused_provisionally"])
        self.seen.append(("provisional", self.model, str(index)))

    def _provisional_end(self, times: str) -> None:
        self._same([times], sum(f.provisional and f.status == "complete" for f in self.count.of(self.model)))

    def _unseen_or_aside(self, phase: str, number: str, action: str, times: str) -> None:
        index = self._index(phase, number)
        assert action == STEPS[self.model][index][3]
        step = self.count.step(self.model, index)
        self._same([times], step[self.told])
        self.seen.append((self.told, self.model, str(index)))

    def _few(self, limit: str) -> None:
        self._same([limit], self.count.limit)

    def _rows(self, read: str, rest: str) -> None:
        words = {"counted": "counted", "left out": "left_out", "met before": "repeated", "outside of the dates": "outside",
                 "of the other kind": "other_kind", "of one phase only": "parts"}  # fmt: skip
        found = {
            words[part.partition(" ")[2]]: int(part.partition(" ")[0]) for part in re.split(r", | and ", rest)
        }
        assert {"read": int(read), **found} == {k: v for k, v in self.count.account.items() if v}

    def _note(self, number: str, words: str) -> None:
        for start, name in _NOTES.items():
            if re.match(start, words):
                self._same([number], self.count.aside[name])
                return
        raise AssertionError(f"a note that nobody counted: {number} {words}")

    # agenda

    def _title_minutes(self, minutes: str) -> bool:
        return minutes in {"60", "30"}

    def _part(self, start: str, end: str, title: str) -> None:
        agendas = read_guide(LIBRARY.folders).agendas
        parts = []
        for timed in agendas:
            at = 0
            for part in timed.items:
                parts.append((at, at + part.minutes, part.title))
                at += part.minutes
        assert (int(start), int(end), title) in parts

    def _compared(self, compared: str, same: str, within: str) -> None:
        found = self.agreement
        self._same((compared, same, within), found["compared"], found["same_pause"], found["within_one"])

    # agreement

    def _shared_visits(self, shared: str, rooms: str | None) -> None:
        self._same((shared, rooms or shared), self.agreement["shared"], self.agreement["classrooms"])

    def _apart(self, steps: str) -> None:
        assert float(steps) == self.agreement["steps_apart"]

    def _beyond_chance(self, value: str, compared: str) -> None:
        found = self.agreement["coefficient"]
        shown = f"{found:.2f}"
        assert value == ("more than 0.99" if shown == "1.00" and found < 1 - 1e-9 else shown)
        self._same([compared], self.agreement["compared"])

    def _from_five(self, number: str) -> None:
        self._same([number], 5)

    def _split_heading(self, title: str, phase: str, number: str, rooms: str) -> None:
        model = BY_TITLE[title]
        self.split = self.agreement["splits"][model, STEPS[model][self._index(phase, number, model)][0]]
        self._same([rooms], self.split["classrooms"])

    def _side(self, words: str, visits: str, observers: str) -> None:
        name = {"In place": "in_place", "Not yet": "not_yet"}[words]
        self._same((visits, observers), self.split[name], self.split[f"{name}_observers"])

    def _never_together(self, number: str) -> None:
        seen: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for fact in self.count.facts:
            if fact.room:
                seen[fact.school, fact.room].add(fact.observer)
        together = {(met[0].school, met[0].room) for met in occasions(self.count.facts)}
        self._same([number], sum(len(who) > 1 and room not in together for room, who in seen.items()))

    def _unlabelled(self, number: str) -> None:
        self._same([number], sum(not fact.room for fact in self.count.facts))

    def _second_visits(self, number: str) -> None:
        met = Counter((f.school, f.room, f.day, f.observer) for f in self.count.facts if f.room)
        self._same([number], sum(times - 1 for times in met.values()))

    def _key_size(self, number: str) -> None:
        self._same([number], self.given["key"]["observations"])

    # -- tables

    def _row(self, cells: tuple[str, ...]) -> None:
        head = self.head or ("",)
        if head[:3] == ("Model", "Rooms", "Obs."):
            facts = self.count.facts if cells[0] == "All" else self.count.of(BY_TITLE[cells[0]])
            self._sized(cells, head, facts)
            self.seen.append(("model", cells[0]))
        elif head[:1] in {("School",), ("Month",), ("Observer role",)} and head[1:3] == ("Rooms", "Obs."):
            facts = [f for f in self.count.facts if cells[0] in (self.count.group(f), "All")]
            self._sized(cells, head, facts)
            self.seen.append(("group", cells[0]))
        elif head == ("Practice", "Rooms", "Pauses"):
            names = cells[0].split(" or ")
            domains = [d.id for d in LIBRARY.strands.domains if d.title in names]
            assert len(domains) == len(names)
            self._same(cells[1:], *self.count.pooled(domains))
            self.seen.append(("practice", *domains))
        elif head == ("Step", "Pauses", "Rooms", "What it asks"):
            phase, number = cells[0].rsplit(" ", 1)
            index = self._index(phase, number)
            step = self.count.step(self.model, index)
            self._same(cells[1:3], step["paused"], step["classrooms_paused"])
            assert cells[3] == STEPS[self.model][index][3]
            self.seen.append(("step", self.model, str(index)))
        elif head[0] == "Strand":
            strand = next(strand.id for strand in LIBRARY.strands.all if strand.title == cells[0])
            yes, no = self.count.strands()[strand]
            found = dict(zip(head, cells, strict=True))
            assert (found["Answers in place"], found["Pauses"]) == (f"{yes} of {yes + no}", str(no))
            self.seen.append(("strand", strand))
        elif head == ("Observations", "Earlier", "Now"):
            moved = {name: (before, now) for name, before, now in self.count.moved(self.model)}
            self._same(cells[1:], *moved[cells[0].removeprefix("Paused in ")])
            self.seen.append(("moved", self.model, cells[0]))
        elif "Of" in head and ("Visits" in head or "Obs." in head):
            self._agreed(cells, "key" if "Obs." in head else "visits")
        else:
            raise AssertionError(f"a row that nobody counted: {cells} below {head}")

    def _agreed(self, cells: tuple[str, ...], what: str) -> None:
        found = self.agreement if what == "visits" else self.given["key"]
        name = next(name for start, name in _AGREED.items() if cells[0].startswith(start))
        whole = "shared" if what == "visits" else "observations"
        of = found[whole] if name == "same_model" else found["compared"]
        self._same(cells[1:3], found[name], of)
        if len(cells) > 3:
            assert cells[3] == (f"{100 * found[name] / of:.0f} %" if of >= 5 else "–")
        self.seen.append((what, name))

    def _sized(self, cells: tuple[str, ...], head: tuple[str, ...], facts: list[Fact]) -> None:
        self._same(cells[1:], rooms_of(facts), len(facts), *cells_of(facts, head[3:]).values())

    def _cells(self, model: str) -> dict[str, int]:
        return cells_of(self.count.of(model), (*PHASES, *ENDS))

    # -- the map

    def _most(self) -> int:
        return max(int(step["paused"]) for model in self.count.shown for step in self.count.steps(model))

    def _level(self, number: int) -> int:
        most = self._most()
        return next(level for level in range(5) if number * 4 <= level * most)

    def _heat(self, kind: str, cells: list[str]) -> None:
        if kind == "phase":
            self._phase_total(*cells)
            return
        if kind == "heat" and cells[1] == "legend":
            ends = [int(part) for part in cells[2].split("–")]
            numbers = [n for n in range(self._most() + 1) if self._level(n) == int(cells[0])]
            assert (numbers[0], numbers[-1]) == (ends[0], ends[-1])
            self.seen.append(("legend", cells[0]))
            return
        model = self.heat_model
        index = self.heat_at
        _, phase, number, action = STEPS[model][index]
        paused = self.count.step(model, index)["paused"]
        level, title, shown = cells
        assert (int(level), int(shown)) == (self._level(paused), paused)
        assert title == (f"{phase} {number}: {action}" if kind == "heat" else str(number))
        self.seen.append(("heat", model, str(index)))
        self.heat_at += 1

    def _phase_total(self, phase: str, total: str, steps: str = "") -> None:
        self._same([total], self._cells(self.heat_model)[phase])
        if phase == PHASES[0]:
            self.heat_at = 0
        if phase not in {
            STEPS[self.heat_model][i][1] for i in range(self.heat_at, len(STEPS[self.heat_model]))
        }:
            raise AssertionError(f"{phase} stands in the wrong place")
        self.heat_at = next(i for i, step in enumerate(STEPS[self.heat_model]) if step[1] == phase)
        if steps:  # in plain text, nothing is said of the steps of a phase in which nobody pauses
            assert total == "0"
            mine = [i for i, step in enumerate(STEPS[self.heat_model]) if step[1] == phase]
            self.seen += [("heat", self.heat_model, str(index)) for index in mine]
            self.heat_at += len(mine)

    def _map_model(self, title: str, number: str) -> None:
        self.heat_model = BY_TITLE[title]
        self.heat_at = 0
        self._same([number], sum(self._cells(self.heat_model)[phase] for phase in PHASES))

    def _index(self, phase: str, number: str, model: str = "") -> int:
        return next(
            i for i, step in enumerate(STEPS[model or self.model]) if step[1:3] == (phase, int(number))
        )

    def _index_of(self, model: str, action: str) -> int:
        return next(i for i, step in enumerate(STEPS[model]) if step[3] == action)


_PLACE = f"({'|'.join(PHASES)}) (\\d+)"
_TITLE = f"({'|'.join(map(re.escape, BY_TITLE))})"
_SENTENCES = {
    "size": r"(\w+ \d+, \d{4})(?: to (\w+ \d+, \d{4}))? · (\d+) classrooms? · (\d+) observations? · (\d+) observers? · (\d+) schools? · (\d+) models?"
    r"(?: · (\d+) rows? or files? left out)?",
    "came_past": rf"(.+) \({_TITLE}: (\d+) of (\d+) came past it\)",
    "agenda_celebration": rf"(.+) \({_TITLE}: (\d+) of (\d+) observations? came past it\)",
    "half": rf"At least half of the observations came past this step: (.+) \({_PLACE}; (\d+) of (\d+)\)",
    "every_step": rf"(?:{_TITLE}: e|E)very step that applies (?:was )?in place(?: in|,) (\d+) (?:observation|time)s?\.",
    "seen_in": r"(.+) \(seen in (\d+) of (\d+)\)",
    "sheets": r"(\d+) observations? comes? from sheets that do not say what was not seen: .+",
    "support": rf"(.+) \({_TITLE}, {_PLACE}: (\d+) classrooms?\)",
    "shared_heading": rf"(\d+) classrooms? · {_TITLE}, {_PLACE}",
    "more_shared": r"(\d+) more steps? (?:is|are) the pause of two or more classrooms\.",
    "held": r"(\d+) (models?|schools?|months?|observer roles?) held back, together: (\d+) classrooms?, (\d+) observations?(?:: (.+))?\.",
    "limit": r"Held back, so that nobody can tell whose classroom is meant: .+\. A model is shown from (\d+) classrooms on, .+",
    "few": r"Held back is what has fewer than (\d+) classrooms(?: or fewer than 3 observers)?, and what would give one of those away\.",
    "pooled_intro": r"Where the (\d+) classrooms pause, over all models, by the kind of practice that comes next \(.+\):",
    "pooled_celebration": r"(?:To celebrate: )?Everything that applies in Foundation is in place in at least (\d+) of (\d+) observations?, over all models\.",
    "model_size": r"(\d+) observations? in (\d+) classrooms?: (.+)\.",
    "provisional_at": rf"{_PLACE}: (\d+)",
    "provisional_end": r"to the end: (\d+)",
    "unseen_or_aside": rf"{_PLACE}: (.+) \((\d+)\)",
    "rows": r"(?:Rows and records: )?(\d+) read: (.+)",
    "map_model": rf"{_TITLE} (\d+) pauses?",
    "title_minutes": r"(?:Debrief of the progression walk|DEBRIEF OF THE PROGRESSION WALK): (\d+) (?:minutes|MINUTES)",
    "part": r"(\d+)–(\d+) · (.+)",
    "compared": r"Of (\d+) shared visits? where pauses can be compared, observers paused at the same step in (\d+), and within one step in (\d+)\.",
    "shared_visits": r"(\d+) visits? (?:was|were) shared by two or more observers(?:, in (\d+) classrooms?)?\. All of them …",
    "apart": r"The pauses of two observers of one classroom lie ([\d.]+) steps? apart, in the median\.",
    "beyond_chance": r"Agreement beyond chance on where a classroom pauses: ((?:more than )?-?\d\.\d\d), over (\d+) shared visits?\.",
    "from_five": r"Percentages, and a coefficient of agreement, are given from (\d+) shared visits on\.",
    "split_heading": rf"{_TITLE}, {_PLACE} · in (\d+) classrooms?",
    "side": r"(In place|Not yet) \((\d+) visits? by (\d+) observers?\):(?: no note on this step\.)?",
    "never_together": r"(\d+) classrooms? (?:was|were) seen by several observers, but on different days; .+",
    "unlabelled": r"(\d+) observations? without a classroom or an observer cannot be matched\.",
    "second_visits": r"(\d+) second visits? of an observer to the same classroom: the first one counts\.",
    "key_size": r"(\d+) observations? stands? beside the key\. They …",
    "note": r"(\d+) (.+)",
}  # fmt: skip
_AGREED = {
    "named the same model": "same_model", "name the same model": "same_model", "paused at the same": "same_pause",
    "pause at the same": "same_pause", "paused within one": "within_one", "pause within one": "within_one",
    "paused in the same": "same_phase", "pause in the same": "same_phase",
}  # fmt: skip
_NOTES = {
    r"rows? or files? could not be read": "left_out", r"files? (?:is a copy|are copies)": "copied_files",
    r"files? (?:is|are) the same as": "files_alike_under_other_names", r"records? (?:was|were) met twice": "twice",
    r"records? of one phase only": "parts", r"record belongs to teachers|teachers' own reflections": "other_kind",
    r"observations? (?:lies|lie) outside": "outside", r"observations? names? no classroom": "without_classroom",
    r"rows? names? no pause": "without_pause",
}  # fmt: skip


def _spoken(day: str) -> str:
    year, month, date = day.split("-")
    return f"{ {'09': 'September', '10': 'October', '11': 'November'}[month] } {int(date)}, {year}"


def expected_csv(count: Count, given: dict[str, Any]) -> list[list[str]]:
    """All rows below the head."""
    if count.by is None:
        return [
            [str(value) for value in step.values()] for model in count.shown for step in count.steps(model)
        ]
    rows = []
    for row in given["groups"]["shown"]:
        facts = [fact for fact in count.facts if count.group(fact) == row["name"]]
        cells = cells_of(facts, row["counts"])
        rows.append([row["name"], *map(str, (rooms_of(facts), len(facts), *cells.values()))])
    return rows


def expected_seen(count: Count) -> Iterator[tuple[str, ...]]:
    """What a summary must have, whatever else it has: the map, every step that is a pause, every strand."""
    if any(
        fact.pause is not None and not fact.provisional for fact in count.facts if fact.model in count.shown
    ):
        yield from (("heat", model, str(i)) for model in count.shown for i in range(len(STEPS[model])))
    yield from (("shared", model, str(index)) for model, index, _ in count.shared[:6])
    for model in count.shown:
        steps = list(enumerate(count.steps(model)))
        yield from (("step", model, str(i)) for i, step in steps if step["paused"])
        yield from (("provisional", model, str(i)) for i, step in steps if step["paused_provisionally"])
        unseen = sorted((-step["not_seen"], i) for i, step in steps if step["not_seen"])
        yield from (("not_seen", model, str(i)) for _, i in unseen[:3])
        yield from (("does_not_apply", model, str(i)) for i, step in steps if step["does_not_apply"])
    strands = count.strands() if count.shown else {}
    yield from (("strand", strand.id) for strand in LIBRARY.strands.all if strand.id in strands)
