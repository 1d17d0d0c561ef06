"""What a page file knows: the progressions with all that stands beside their steps, as plain data for its script."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pltool.core.bank import Bank
from pltool.core.record import (
    AnswerRecord,
    AnswerSheet,
    Labels,
    NextStep,
    UnaskedStep,
    describe_pause,
    make_record,
    record_json,
)
from pltool.core.standing import Answer
from pltool.report.conversation_sheet import CLOSING, CREDIT, OPENING
from pltool.report.observation import KIND_WORDS, look_and_ask
from pltool.report.page.remarks import patterns
from pltool.report.phrases import LICENSE, PURPOSE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pltool.core.cues import Cues
    from pltool.core.progression import AskedAs, PlacedStep, Progression
    from pltool.core.record import Kind

# What the script takes from the steps to read, so that the file has it once.
IN_READING = ("action", "in_practice_when")
_NO_RESOURCES = Bank(resources=())
_NO_PAUSE_QUESTIONS = (
    "What would there have been to see, if the visit had gone on?",
    "What matters most to you and your students at the moment?",
)


@dataclass(frozen=True, kw_only=True)
class AskedModel:
    """One progression as a page asks it.

    Attributes:
        progression: the steps that are asked; where only one phase is, that phase alone.
        part: the id of that phase.
        built_in: whether the progression is the tool's own.
    """

    progression: Progression
    part: str | None = None
    built_in: bool = True


@dataclass(frozen=True, kw_only=True)
class PageContent:
    """Everything that one page file asks and says.

    Attributes:
        title: the heading of its start.
        models: in the order in which they are offered.
        bank: where the resources of the steps are found.
        cues: the questions that find the model; None where there is one model only.
        titles: of every model there is, also of those that the page does not ask.
    """

    kind: Kind
    title: str
    models: tuple[AskedModel, ...]
    bank: Bank
    labels: Labels
    asked_as: AskedAs = "all"
    cues: Cues | None = None
    titles: Mapping[str, str]


def page_data(content: PageContent) -> dict[str, Any]:
    """The content as JSON can hold it."""
    first = content.models[0].progression.steps[0]
    return {
        "kind": content.kind,
        "title": content.title,
        "labels": asdict(content.labels),
        "blank": {
            "pause": dict.fromkeys(asdict(describe_pause(first, _NO_RESOURCES))),
            "answer": asdict(AnswerRecord(step="", asked="", answer=Answer.IN_PLACE)),
            "next_step": asdict(NextStep(text="")),
        },
        "models": [_model(asked, content) for asked in content.models],
        "cues": content.cues.model_dump(mode="json", by_alias=True) if content.cues else None,
        "titles": dict(content.titles),
        "patterns": patterns() if content.kind == "observation" else None,
        "words": {
            "opening": OPENING,
            "kinds": KIND_WORDS,
            "questions": _NO_PAUSE_QUESTIONS,
        },
    }


def _model(asked: AskedModel, content: PageContent) -> dict[str, Any]:
    progression = asked.progression
    return {
        "id": progression.id,
        "title": progression.title,
        "version": progression.version,
        "summary": progression.summary,
        "credit": _credit(asked, content.kind),
        "phases": [{"id": phase.id, "title": phase.title} for phase in progression.phases],
        "steps": [_step(placed, content) for placed in progression.steps],
        "unasked": [_unasked(placed) for placed in progression.unasked],
        # Python's own record of no answers: what the script fills in, with every key that a record has.
        "record": _blank_record(asked, content),
    }


def _credit(asked: AskedModel, kind: Kind) -> str:
    """The purpose and the source, at the foot of a report; in fewer words on a sheet, which has one page."""
    progression = asked.progression
    if kind == "observation":
        version = f"{progression.title} {progression.version}"
        return f"{CLOSING} {version}, {CREDIT}" if asked.built_in else f"{CLOSING} {version}."
    version = f"{progression.title}, content version {progression.version}."
    return f"{PURPOSE} {version} {LICENSE}" if asked.built_in else f"{PURPOSE} {version}"


def _blank_record(asked: AskedModel, content: PageContent) -> dict[str, Any]:
    record = make_record(
        asked.progression,
        AnswerSheet(asked_as=content.asked_as, labels=content.labels),
        resources=lambda _: _NO_RESOURCES,
        record_id="",
        started="",
        finished="",
        kind=content.kind,
        part=asked.part,
        built_in=asked.built_in,
    )
    plain: dict[str, Any] = json.loads(record_json(record))
    return plain


def _unasked(placed: PlacedStep) -> dict[str, Any]:
    step = placed.step
    return asdict(
        UnaskedStep(
            step=step.id,
            action=step.action,
            actor=step.actor,
            phase=placed.phase.id,
            number=placed.number,
        )
    )


def _step(placed: PlacedStep, content: PageContent) -> dict[str, Any]:
    """A step as the pause of a record describes it, without what stands in the steps to read."""
    described = asdict(describe_pause(placed, content.bank))
    for key in IN_READING:
        del described[key]
    if content.kind == "observation":
        described["look"], described["ask"] = look_and_ask(placed)
    return described
