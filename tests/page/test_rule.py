"""The page's rule and record are Python's: held together by random answers over all models, in a real browser."""

from __future__ import annotations

import json
import random
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from pltool.core.cue_interview import Inquiry, Said
from pltool.core.interview import Interview
from pltool.core.record import AnswerSheet, Evidence, Labels, make_record, record_json
from pltool.core.standing import Answer, judge
from pltool.files.answers import LETTERS
from pltool.files.cues import read_cues
from pltool.files.library import Library
from pltool.report.progress import celebrate
from tests.examples import progression_data
from tests.page.conftest import own_library, own_progression
from tests.page.sitting import begin, press, tap

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from pltool.core.progression import AskedAs, Progression
    from pltool.core.record import Kind, Reflection

STRINGS = 1000
RECORDS = 60
NOTES = ("A timer on the board.", "“I pick the next task.”", 'said "later" <b>&amp;</b>', "ünïcödé 🧪 \u202e")
KINDS = ("saw", "heard", "artifact", "student_said", "teacher_said")
STAMP = "2026-11-23T14:03:11.204-06:00"


def letters(count: int, chance: random.Random, *, no: float) -> str:
    """Answers in step order, mostly yes so that some go far; `-` is a step without an answer."""
    others = [letter for letter in LETTERS if letter not in "yn"] + ["-"]
    rest = (1 - no) / 20
    weights = [1 - no - rest * len(others), no, *[rest] * len(others)]
    return "".join(chance.choices(["y", "n", *others], weights, k=count))


def answers_of(progression: Progression, given: str) -> dict[str, Answer]:
    return {
        placed.id: LETTERS[letter]
        for placed, letter in zip(progression.steps, given, strict=False)
        if letter != "-"
    }


@pytest.fixture(params=["reflection", "observation"])
def kind(request: pytest.FixtureRequest) -> Kind:
    return request.param  # type: ignore[no-any-return]


JUDGE = """cases => cases.map(([index, given]) => {
  const model = page.models[index];
  const answers = {};
  const words = {y: "in_place", n: "not_yet", s: "not_seen", x: "does_not_apply"};
  [...given].forEach((letter, place) => { if (words[letter]) answers[model.steps[place].id] = words[letter]; });
  const found = judge(model, answers);
  return [found.status, found.pause?.id ?? null, found.missing?.id ?? null, found.provisional,
    found.reached.length, found.beyond.map(step => step.id), found.notSeen.map(step => step.id),
    found.counts, found.phases];
})"""


def judged(progression: Progression, given: str) -> list[Any]:
    found = judge(progression, answers_of(progression, given))
    return [
        found.status,
        found.pause.id if found.pause else None,
        found.missing.id if found.missing else None,
        found.provisional,
        len(found.reached),
        [placed.id for placed in found.beyond],
        [placed.id for placed in found.not_seen],
        {name: getattr(found.counts, name) for name in found.counts.__slots__},
        [{name: getattr(phase, name) for name in phase.__slots__} for phase in found.phases],
    ]


def test_both_judge_thousands_of_answers_alike(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    chance, library = random.Random(14), own_library()
    models = list(library.paths)
    progressions = [own_progression(model) for model in models]
    cases = [
        (index, letters(chance.randint(0, len(progression.steps)), chance, no=chance.choice([0, 0.02, 0.2])))
        for index, progression in enumerate(progressions)
        for _ in range(STRINGS)
    ]
    found = open_page(page_file(*models)).evaluate(JUDGE, cases)
    for (index, given), theirs in zip(cases, found, strict=True):
        assert theirs == judged(progressions[index], given), (models[index], given)


SEAL = """visits => visits.map(([index, visit]) => {
  const record = seal(page, page.models[index], visit, visit.finished);
  return [recordText(record), celebrate(record)];
})"""


def a_visit(progression: Progression, chance: random.Random, kind: Kind) -> dict[str, Any]:
    given = letters(chance.randint(0, len(progression.steps)), chance, no=chance.choice([0, 0.03, 0.2]))
    notes = {
        placed.id: [
            {"kind": chance.choice(KINDS), "note": chance.choice(NOTES)} for _ in range(chance.randint(1, 3))
        ]
        for placed in progression.steps
        if kind == "observation" and chance.random() < 0.3
    }
    return {
        "id": f"2026-11-23-140311-{progression.id}-5f0c2a",
        "started": STAMP,
        "finished": STAMP,
        "labels": {
            "classroom": chance.choice([None, "R7", "Period 3 “Algebra”"]),
            "school": chance.choice([None, "S2"]),
            "observer": None,
            "observer_role": chance.choice([None, "coach"]),
        },
        "answers": {
            step: {"answer": answer}
            | ({"reason": "no devices in this room"} if answer == "does_not_apply" else {})
            for step, answer in answers_of(progression, given).items()
        },
        "notes": notes,
    }


def sealed(
    progression: Progression,
    visit: dict[str, Any],
    kind: Kind,
    library: Library,
    asked_as: AskedAs = "all",
) -> Reflection:
    sheet = AnswerSheet(
        asked_as=asked_as,
        answers={step: Answer(given["answer"]) for step, given in visit["answers"].items()},
        reasons={step: given["reason"] for step, given in visit["answers"].items() if "reason" in given},
        evidence={
            step: tuple(Evidence(kind=note["kind"], note=note["note"]) for note in notes)
            for step, notes in visit["notes"].items()
        },
        labels=Labels(**visit["labels"]),
    )
    return make_record(
        progression,
        sheet,
        resources=lambda _: library.bank,
        record_id=visit["id"],
        started=visit["started"],
        finished=visit["finished"],
        kind=kind,
    )


def test_both_make_the_same_record_to_the_byte(
    kind: Kind, open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    chance, library = random.Random(41), own_library()
    models = list(library.paths)
    visits = [
        (index, a_visit(own_progression(model), chance, kind))
        for index, model in enumerate(models)
        for _ in range(RECORDS)
    ]
    found = open_page(page_file(*models, kind=kind)).evaluate(SEAL, visits)
    for (index, visit), theirs in zip(visits, found, strict=True):
        record = sealed(own_progression(models[index]), visit, kind, library)
        assert theirs == [record_json(record), celebrate(record)]


@pytest.mark.parametrize("role", ["teacher", "leader"])
def test_both_ask_the_same_people_and_name_what_was_not_asked(
    open_page: Callable[..., Page], page_file: Callable[..., Path], role: AskedAs
) -> None:
    chance, library = random.Random(9), own_library()
    progression = own_progression("distance-learning").asked_of(role)
    visits = [(0, a_visit(progression, chance, "reflection")) for _ in range(200)]
    tab = open_page(page_file(progression, asked_as=role))
    for (_, visit), theirs in zip(visits, tab.evaluate(SEAL, visits), strict=True):
        record = sealed(progression, visit, "reflection", library, role)
        assert theirs == [record_json(record), celebrate(record)]
    begin(tab)
    press(tab, "n")
    tap(tab, "Show my pause")
    assert ("For a conversation with your leader" in tab.inner_text("article")) is (role == "teacher")
    assert progression.unasked[0].step.action in tab.inner_text("article")


def test_a_progression_of_ones_own_comes_along_whatever_its_text(
    open_page: Callable[..., Page], page_file: Callable[..., Path], tmp_path: Path
) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    data = progression_data(3, 2, model="our-model")
    steps = [step for phase in data["phases"] for step in phase["areas"][0]["steps"]]
    # Names that every object of the script has already, and texts that would end a script or start a tag.
    for step, name in zip(steps, ("constructor", "to-string", "valueof", "a", "hasownproperty"), strict=True):
        step["id"] = name
    steps[0]["action"] = "The teacher says </script><script>alert(1)</script> & “waits”."
    steps[1]["in_practice_when"] = ["<img src=x onerror=alert(1)>", "It's 100 % \\u003c \\n plain."]
    (folder / "our-model.yaml").write_text(json.dumps(data), encoding="utf-8")
    library, chance = Library([folder]), random.Random(7)
    progression = library.progression("our-model")
    visits = [(0, a_visit(progression, chance, "reflection")) for _ in range(200)]
    tab = open_page(page_file("our-model", library=library))
    found = tab.evaluate(SEAL, visits)
    for (_, visit), theirs in zip(visits, found, strict=True):
        record = sealed(progression, visit, "reflection", library)
        assert theirs == [record_json(record), celebrate(record)]
    tab.get_by_text("Show the first question").click()
    assert tab.inner_text("#page h1") == steps[0]["action"]


ANSWER_BACK_AND_CHANGE = """([index, keys]) => {
  const model = page.models[index];
  const words = {y: "in_place", n: "not_yet", s: "not_seen"};
  let visit = {answers: {}, revisiting: null};
  return [...keys].map(key => {
    const position = positionOf(model, visit);
    if (key === "b") visit = {...visit, revisiting: backFrom(model, visit)};
    else if ("0123456789".includes(key)) {
      const reached = judge(model, answerWords(visit)).reached.length;
      if (Number(key) < reached) visit = {...visit, revisiting: Number(key)};
    } else if (position !== null) {
      visit = {answers: {...visit.answers, [model.steps[position].id]: {answer: words[key]}}, revisiting: null};
    }
    return [positionOf(model, visit), answerWords(visit)];
  });
}"""


def test_going_back_and_changing_one_does_the_same(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    chance, library = random.Random(3), own_library()
    models = list(library.paths)
    tab = open_page(page_file(*models, kind="observation"))
    for index, model in enumerate(models):
        keys = "".join(chance.choices("ynsb05", [60, 6, 10, 20, 2, 2], k=400))
        found = tab.evaluate(ANSWER_BACK_AND_CHANGE, [index, keys])
        interview = Interview(own_progression(model))
        for key, (position, answers) in zip(keys, found, strict=True):
            if key == "b":
                interview = interview.back()
            elif key.isdecimal():
                if int(key) < len(interview.standing.reached):
                    interview = Interview(interview.progression, interview.answers, revisiting=int(key))
            elif interview.question is not None:
                interview = interview.answer(LETTERS[key])
            assert (position, answers) == (interview.position, dict(interview.answers))


CUES = """cases => cases.map(answers => {
  const verdict = verdictOf(page.cues, answers);
  return [verdict.outcome, verdict.named, verdict.settled, verdict.wouldSettle?.id ?? null, nextCue(page.cues, answers)?.id ?? null,
    verdict.reasons.map(one => [one.marks, one.allows, one.against])];
})"""


def test_both_find_the_same_model_by_the_cues(
    open_page: Callable[..., Page], page_file: Callable[..., Path]
) -> None:
    chance, library = random.Random(8), own_library()
    cues = read_cues(library)
    ids = [cue.id for cue in cues.cues]
    every = [
        [[name, said] for name, said in zip(ids, given, strict=True) if said]
        for given in product(("yes", "no", "unsure", ""), repeat=len(ids))
    ]
    cases = chance.sample(every, 3000)
    for case in cases[::2]:
        chance.shuffle(case)
    found = open_page(page_file(*library.paths, kind="observation")).evaluate(CUES, cases)
    for case, theirs in zip(cases, found, strict=True):
        inquiry = Inquiry(cues, {name: Said(said) for name, said in case})
        verdict, question = inquiry.verdict, inquiry.question
        ranked = {weighed.candidate: weighed for weighed in verdict.ranking}
        reasons = [
            [list(ranked[name].marks), list(ranked[name].allows), list(ranked[name].speaks_against)]
            for name in verdict.named
        ]
        settles = verdict.would_settle.id if verdict.would_settle else None
        assert theirs == [
            verdict.outcome,
            list(verdict.named),
            verdict.settled,
            settles,
            question.id if question else None,
            reasons,
        ], case
