"""Rules for one progression that has the right shape: what would make a teacher stumble, or find too little."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pltool.core.rules.findings import Finding
from pltool.core.rules.step_texts import MOST_REMEMBERED, TakenApart, located_texts
from pltool.core.rules.wording import Vocabulary, count_sentences, split_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pltool.core.progression import Phase, Progression, Resource, Step
    from pltool.core.rules.findings import Location
    from pltool.core.rules.step_texts import StepTexts

# So many findings of a rule that a whole file may break are told one by one.
ONE_BY_ONE = 5
LONG_ACTION = 28
HARDEST_GRADE = 15.0
LEAST_MOVES = 2
SCENE_SENTENCES = (2, 6)
PHASE_STEPS = (3, 15)
MANY_STEPS, LEAST_STRANDS = 20, 12
GRADES_NAMED = 0.5
_BEGINNINGS = {"teacher": "The teacher ", "student": "Students ", "leader": "The leader "}
_CLOSED = re.compile(r"(?:Do|Does|Did|Is|Are|Was|Were|Can|Could|Would|Have|Has|Had|Will|Should|Why don.t) ")
# A second question has a verb of its own: "and how do you know?", not "and which only by asking?".
_DOUBLE = re.compile(
    r"\b(?:and|or) (?:what|how|where|why|when|whom)(?: \w+)? "
    r"(?:do|does|did|is|are|was|were|would|could|can|will|should|might|has|have)\b",
    re.IGNORECASE,
)
_ACCUSING = re.compile(
    r"\b(?:what do you tell yourself|do you (?:really|even) |why (?:don.t|didn.t|haven.t|aren.t) you\b|"
    r"what excuse|what are you assuming|what do you assume|rest on a family like your own)",
    re.IGNORECASE,
)
_DASHES = ("—", "–", "!")
# Words that let one see the grade: the grade itself, an age, a school, or a course that is taught in one.
_GRADE_WORDS = frozenset(
    "grade grader graders grader's kindergarten kindergartner kindergartners prekindergarten preschool elementary "  # noqa: SIM905 - words
    "freshman freshmen sophomore sophomores junior juniors senior seniors algebra geometry precalculus calculus "
    "chemistry physics biology ap ib trigonometry grades".split()
)
_AGE = re.compile(
    r"\b(?:k-[1-5]|(?:five|six|seven|eight|nine|ten|eleven|twelve)[- ]year[- ]olds?|middle school|high school)\b"
)
_AGE_HINTS = frozenset({"k", "year", "school"})
_YOUNGEST = re.compile(
    r"\b(?:k-[12]|kindergart\w+|pre-?k\w*|(?:first|second)[- ](?:grade|and[- ]second)\w*|grades? [12k]\b|"
    r"(?:five|six|seven)[- ]year[- ]olds?)"
)


class Placed(NamedTuple):
    """A step with its place in the file, and its texts taken apart."""

    location: Location
    phase: Phase
    step: Step
    texts: StepTexts


class StepReader:
    """Reads progressions one after the other; what it learned of one helps with the next."""

    def __init__(self, bank: Mapping[str, Resource]) -> None:
        self.bank = bank
        self.vocabulary = Vocabulary()
        self._apart = TakenApart()
        self._found: dict[tuple[int, str], tuple[Finding, ...]] = {}

    def place(self, progression: Progression) -> list[Placed]:
        """Every step of a progression in order, taken apart."""
        return [
            Placed(("phases", p, "areas", a, "steps", s), phase, step, self._apart.of(step, self.vocabulary))
            for p, phase in enumerate(progression.phases)
            for a, area in enumerate(phase.areas)
            for s, step in enumerate(area.steps)
        ]

    def findings(self, progression: Progression, steps: Sequence[Placed]) -> Iterator[Finding]:
        """Everything about one progression that needs no other progression."""
        for placed in steps:
            for location, rule, what in self._about_texts(placed):
                yield Finding((*placed.location, *location), rule, what)
        yield from self._fitting(progression, steps)
        yield from _phases(progression, steps)
        yield from _scenes(steps)
        strands = {strand for placed in steps for strand in placed.step.strands}
        if len(steps) >= MANY_STEPS and len(strands) < LEAST_STRANDS:
            what = f"{len(steps)} steps practice only {len(strands)} strands; align some with what they leave out"
            yield Finding(("phases",), "few-strands", what)

    def _fitting(self, progression: Progression, steps: Sequence[Placed]) -> Iterator[Finding]:
        """Whether resources fit; for a model that the bank does not know yet, that is said once."""
        foreign: list[Finding] = []
        for placed in steps:
            for finding in _fit(placed, self.bank, progression.id):
                if finding.rule == "other-model":
                    foreign.append(finding)
                else:
                    yield finding
        if len(foreign) <= ONE_BY_ONE:
            yield from foreign
            return
        what = f"{len(foreign)} resources are for other models; name {progression.id} in them, by an overlay perhaps"
        yield Finding(("phases",), "other-model", what)

    def _about_texts(self, placed: Placed) -> tuple[Finding, ...]:
        step, texts = placed.step, placed.texts
        key = (id(texts), step.actor)
        found = self._found.get(key)
        if found is None:
            found = (*_wording(step, texts, self.vocabulary), *_questions(step))
            if len(self._apart) < MOST_REMEMBERED:
                self._found[key] = found
        return found


def _wording(step: Step, texts: StepTexts, vocabulary: Vocabulary) -> Iterator[Finding]:
    if len(texts.action) > LONG_ACTION:
        what = f"`action` has {len(texts.action)} words; {LONG_ACTION} are as many as one reads at once"
        yield Finding(("action",), "long-action", what)
    if not step.action.startswith(_BEGINNINGS[step.actor]):
        what = f"`action` does not begin with who acts; begin with “{_BEGINNINGS[step.actor].strip()}”"
        yield Finding(("action",), "actor", what)
    if step.action[-1] != "." or (". " in step.action and count_sentences(step.action) > 1):
        what = "`action` is not one sentence with a period at its end; say one thing that can be seen"
        yield Finding(("action",), "one-action", what)
    if len(step.next_moves) < LEAST_MOVES:
        what = "`next_moves` has one move only; add a second that goes another way"
        yield Finding(("next_moves",), "one-move", what)
    yield from _hard(step, texts, vocabulary)
    if any(dash in texts.written for dash in _DASHES):
        for below, text in located_texts(step):
            if any(dash in text for dash in _DASHES):
                what = f"`{below[0]}` has a dash or an exclamation mark; use a period, a comma or a colon"
                yield Finding(below, "manner", what)
    if vocabulary.british and not vocabulary.british.isdisjoint(texts.words):
        for below, text in located_texts(step):
            for word in sorted(vocabulary.british.intersection(split_words(text))):
                what = f"`{below[0]}` has “{word}”, which is British; write it as an American school does"
                yield Finding(below, "american", what)


def _hard(step: Step, texts: StepTexts, vocabulary: Vocabulary) -> Iterator[Finding]:
    measured: list[tuple[Location, str, list[str]]] = [(("action",), step.action, texts.action)]
    for index, (move, words, scene) in enumerate(
        zip(step.next_moves, texts.moves, texts.scenes, strict=True)
    ):
        measured.append((("next_moves", index, "move"), move.move, words))
        least, most = SCENE_SENTENCES
        count = move.looks_like.count(". ") + 1
        if not least <= count <= most or not scene:
            count = count_sentences(move.looks_like)
            if not least <= count <= most:
                what = f"`looks_like` has {_sentences(count)}; show a room in {least} to {most}"
                yield Finding(("next_moves", index, "looks_like"), "scene", what)
    for below, text, words in measured:
        grade = vocabulary.grade(words, text.count(". ") + 1)
        if (
            grade > HARDEST_GRADE
            and (grade := vocabulary.grade(words, count_sentences(text))) > HARDEST_GRADE
        ):
            what = f"`{below[-1]}` reads at grade {grade:.0f}; use shorter words or split the sentence"
            yield Finding(below, "hard-to-read", what)


def _steps(count: int) -> str:
    return "1 step" if count == 1 else f"{count} steps"


def _sentences(count: int) -> str:
    return "1 sentence" if count == 1 else f"{count} sentences"


def _questions(step: Step) -> Iterator[Finding]:
    questions = step.coaching_questions
    if len(set(questions)) < 2:  # noqa: PLR2004 - a choice begins at two
        what = "`coaching_questions` has one question only; add another"
        yield Finding(("coaching_questions",), "one-question", what)
    for index, question in enumerate(questions):
        at: Location = ("coaching_questions", index)
        if question[-1] != "?":
            yield Finding(at, "question", "this question does not end with a question mark")
        if _CLOSED.match(question):
            yield Finding(
                at, "closed-question", "this can be answered with yes or no; begin with what or how"
            )
        if _DOUBLE.search(question):
            yield Finding(at, "double-question", "this asks two things; keep the better one")
        if _ACCUSING.search(question):
            yield Finding(at, "accusing-question", "this sounds like a charge; ask what the teacher notices")


def _fit(placed: Placed, bank: Mapping[str, Resource], model: str) -> Iterator[Finding]:
    strands = set(placed.step.strands)
    for index, name in enumerate(placed.step.resources):
        resource = bank.get(name)
        if resource is None:
            continue
        at = (*placed.location, "resources", index)
        if model not in resource.models and "any" not in resource.models:
            others = ", ".join(resource.models)
            yield Finding(
                at, "other-model", f"`{name}` is for {others}; choose one for {model}, or for any model"
            )
        shared = strands.intersection(resource.strands)
        if not shared:
            what = f"`{name}` shares no strand with this step; choose one that does, or mend the strands"
            yield Finding(at, "no-shared-strand", what)
        elif len(shared) + (model in resource.models) + (placed.phase.id in resource.phases) < 2:  # noqa: PLR2004
            what = f"only the strand {min(shared)} ties `{name}` to this step; look for a closer fit"
            yield Finding(at, "thin-fit", what)


def _phases(progression: Progression, steps: Sequence[Placed]) -> Iterator[Finding]:
    least, most = PHASE_STEPS
    for index, phase in enumerate(progression.phases):
        actors = [placed.step.actor for placed in steps if placed.phase is phase]
        at = ("phases", index)
        if not least <= len(actors) <= most:
            what = (
                f"the phase `{phase.id}` has {_steps(len(actors))}; {least} to {most} can be thought through"
            )
            yield Finding((*at, "areas"), "phase-size", what)
        if "student" not in actors:
            what = f"in the phase `{phase.id}` no student acts; say what students do when it works"
            yield Finding((*at, "areas"), "no-student", what)
        if "teacher" not in actors:
            what = f"in the phase `{phase.id}` no teacher acts; say what the teacher does"
            yield Finding((*at, "areas"), "no-teacher", what)


def _scenes(steps: Sequence[Placed]) -> Iterator[Finding]:
    named, total = count_graded(steps)
    if total and named < GRADES_NAMED * total:
        what = f"{named} of {total} scenes let one see the grade; name it where it matters"
        yield Finding(("phases",), "grade", what)


def count_graded(steps: Sequence[Placed]) -> tuple[int, int]:
    """Scenes that let one see the grade, and all."""
    scenes = [
        (words, move.looks_like)
        for placed in steps
        for words, move in zip(placed.texts.scenes, placed.step.next_moves, strict=True)
    ]
    named = 0
    for words, scene in scenes:
        if not _GRADE_WORDS.isdisjoint(words):
            named += 1
        elif not _AGE_HINTS.isdisjoint(words):
            named += bool(_AGE.search(scene.lower()))
    return named, len(scenes)


def count_youngest(steps: Sequence[Placed]) -> int:
    """Scenes in kindergarten to grade 2."""
    return sum(
        bool(_YOUNGEST.search(move.looks_like.lower())) for placed in steps for move in placed.step.next_moves
    )
