"""A first version of a progression, in which each key is explained."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pltool.core.progression import Progression
from pltool.core.rules.findings import Finding
from pltool.core.rules.step_texts import located_texts
from pltool.files.strict_yaml import parse_document
from pltool.files.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.core.rules.findings import Location

TEMPLATE = """\
# yaml-language-server: $schema=./progression.schema.json
# An editor that knows YAML explains each key once you have run:
#            pltool content schema > progression.schema.json
#
# A coaching progression. The file's name is the model's id: {model}.yaml
# Check it:  pltool content check {model}.yaml
# Try it:    pltool reflect {model} --content .
#
# Why this order. Say here why the steps come in this order, and what each phase rests on.
id: {model}
title: {title}
version: "0.1"                        # in quotes, or YAML reads a number
summary: >-
  What this model is, in two or three sentences, for somebody who meets it for the first time.
source: >-
  What this progression is based on, and how far. Which parts are known, and which are our own.
phases:                               # asked in this order; as many as you need
  - id: foundation                    # small letters, digits and hyphens
    title: Foundation
    purpose: >-
      What is true of a classroom when this phase is in place, and why the phase comes here.
    areas:                            # where in the lesson the steps live
      - id: planning
        title: Planning before the lesson
        # note: One sentence, where the area changes its character in this phase.
        steps:
          - id: first-step            # short, and never used again for another step
            # former_ids: [old-name]  # when an id has to change, so that saved answers still count
            actor: teacher            # teacher, student or leader
            # At most 30 words. One thing that can be seen, and answered with yes or not yet.
            action: The teacher does one thing that a visitor could see.
            in_practice_when:         # 2 to 4: what must hold before a yes is honest
              - How often, for whom, or how far it holds.
              - Something that can be checked.
            look_fors:                # 2 to 4: seen, heard, or asked of a student
              - What a visitor could see from the door.
              - Ask a student, "What are you working on, and why?"
            strands: [routines-and-procedures]        # by id; pltool resources --strand WORD finds them
            next_moves:               # 1 to 3, better 2; the first can be tried this week, the second goes another way
              - move: Try one small thing this week.
                looks_like: >-
                  Two or three sentences that show a room. Who does what, with which material, for
                  how long, with thirty students in it.
            coaching_questions:       # open, not leading
              - What do you notice when it goes well?
              - What would students say about it?
            resources: [{resources}]  # 2 to 4 ids of the bank: pltool resources WORDS --format json
"""


def progression_template(model: str, resources: tuple[str, ...]) -> str:
    """A small progression that loads, for its author to write over."""
    title = model.replace("-", " ").title()
    return TEMPLATE.format(model=model, title=title, resources=", ".join(resources))


def _texts(progression: Progression) -> Iterator[tuple[Location, str]]:
    """The sentences of a progression that its author must write."""
    yield ("summary",), progression.summary
    yield ("source",), progression.source
    for p, phase in enumerate(progression.phases):
        yield ("phases", p, "purpose"), phase.purpose
        for a, area in enumerate(phase.areas):
            for s, step in enumerate(area.steps):
                for below, text in located_texts(step):
                    yield ("phases", p, "areas", a, "steps", s, *below), text


@cache
def _own_texts() -> frozenset[str]:
    document = parse_document(progression_template("model", ("one", "two")).encode(), Path("template.yaml"))
    return frozenset(text for _, text in _texts(validate(Progression, document)))


def unwritten(progression: Progression) -> Iterator[Finding]:
    """Where the template's own words still stand."""
    own = _own_texts()
    actions = [step.action for phase in progression.phases for area in phase.areas for step in area.steps]
    # Who left a line of a step left another of its lines too, so a look at a few spares one at them all.
    few = {progression.summary, progression.source, progression.phases[0].purpose, *actions}
    if own.isdisjoint(few):
        return
    for location, text in _texts(progression):
        if text in own:
            name = next(part for part in reversed(location) if isinstance(part, str))
            yield Finding(location, "unwritten", f"`{name}` has the template's words; write your own")
