"""What a rule finds, and the rules by name."""

from __future__ import annotations

from typing import NamedTuple

Location = tuple[int | str, ...]


class Finding(NamedTuple):
    """Something a rule objects to.

    Attributes:
        location: where in the file's data, such as `("phases", 0, "id")`.
        rule: one of `ERRORS` or `WARNINGS`.
        what: what is wrong and how to mend it.
    """

    location: Location
    rule: str
    what: str


# Errors: the file cannot be used, or says something that cannot be.
ERRORS = {
    "unreadable": "The file is UTF-8 text of at most 8 MiB, and lies in its own folder.",
    "format": "YAML without surprises, and only the keys and values that the schema knows.",
    "id": "Every id stands once, matches its file and is not another step's place.",
    "reference": "Strands, resources, models, phases, terms and cues that are named exist.",
    "address": "No two entries of the bank lead to the same page, and none carries tracking.",
    "minutes": "The parts of an agenda add up to its minutes, and no two agendas are as long.",
    "overlay": "What an overlay replaces, hides or stands after is there.",
}
# Warnings: the file works; a reader would stumble, or a teacher find less than was meant.
WARNINGS = {
    "unwritten": "Nothing is left of the template's own words.",
    "long-action": "An action has at most 28 words.",
    "actor": "An action begins with who acts: The teacher, Students, The leader.",
    "one-action": "An action is one sentence that ends with a period.",
    "hard-to-read": "No action or move is beyond grade 15 (Flesch-Kincaid).",
    "manner": "No dashes for pauses and no exclamation marks.",
    "american": "American spelling and words.",
    "one-move": "A step suggests two next moves or more, so that one may be chosen.",
    "scene": "A scene has two to six sentences.",
    "one-question": "A step has two questions or more.",
    "question": "A question ends with a question mark.",
    "closed-question": "A question cannot be answered with yes or no.",
    "double-question": "A question asks one thing.",
    "accusing-question": "A question invites; it does not accuse.",
    "sentence-twice": "No sentence stands twice.",
    "shared-run": "No run of seven words stands in two steps.",
    "near-copy": "No two actions, and no two moves, are near-copies.",
    "phase-size": "A phase has 3 to 15 steps.",
    "no-student": "Students act in every phase.",
    "no-teacher": "The teacher acts in every phase, except where students have taken all of it over.",
    "grade": "At least half of a model's scenes let one see the grade.",
    "order": "A comment at the top of the file argues the order: “# Why this order”.",
    "few-strands": "A progression of 20 steps or more practices at least 12 strands.",
    "other-model": "A step's resources are for its model.",
    "no-shared-strand": "A step and each of its resources share a strand.",
    "thin-fit": "More than one strand ties a resource to its step, or one strand and the model or phase by name.",
    "worn-out": "No entry of the bank serves more than 12 steps.",
    "unused": "Every entry of the bank serves a step.",
    "never-seen": "An entry says in which month the page was last opened.",
    "not-seen-for-a-year": "A page was last opened within a year.",
    "no-grades": "An entry says for which grades it is.",
    "no-access": "An entry says whether the page is free.",
    "long-about": "An entry is described in at most 28 words.",
    "same-title": "No two entries of one publisher have the same title.",
    "term": "A term has a meaning of one or two sentences and a related term; terms stand in order; names differ.",
    "cue": "A cue's question and what to ask end with a question mark.",
    "walk": "A walk guide's lists have five entries or more.",
}
