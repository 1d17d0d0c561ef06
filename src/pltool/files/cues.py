"""The cues of identify.yaml, and answers to them written in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.core.cue_interview import Said
from pltool.core.cues import Cues
from pltool.errors import InputError, Problem, ProblemsError
from pltool.files.strict_yaml import read_document
from pltool.files.validation import nearest, validate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pltool.files.library import Library
    from pltool.files.strict_yaml import Document

LETTERS = {"y": Said.YES, "n": Said.NO, "u": Said.UNSURE}
_WORDS = {
    **LETTERS,
    **dict.fromkeys(("yes", "true"), Said.YES),
    **dict.fromkeys(("no", "false"), Said.NO),
    **dict.fromkeys(("unsure", "unknown", "could not tell"), Said.UNSURE),
}


def read_cues(library: Library) -> Cues:
    """The cues; a later folder's file replaces an earlier one's.

    Raises:
        ProblemsError: the file breaks a rule, or names what does not exist.
    """
    *_, path = (
        folder / "identify.yaml" for folder in library.folders if (folder / "identify.yaml").is_file()
    )
    document = read_document(path)
    cues = validate(Cues, document)
    if problems := list(dead_names(document, cues, library)):
        raise ProblemsError(problems)
    return cues


def dead_names(document: Document, cues: Cues, library: Library) -> Iterator[Problem]:
    """Models, outcomes and earlier cues that are named and not there, and cues that stand twice."""
    known = [*library.paths, *cues.outcomes]
    before: list[str] = []
    for index, cue in enumerate(cues.cues):
        for answer, sign in (("yes", cue.yes), ("no", cue.no)):
            for key, names in (("for", sign.mark_of), ("against", sign.against)):
                for place, name in enumerate(names):
                    if name not in known:
                        what = f"there is no model or outcome `{name}`{nearest(name, known)}"
                        yield document.problem(("cues", index, answer, key, place), what)
        if cue.asked_unless is not None and cue.asked_unless.cue not in before:
            what = f"no earlier cue is called `{cue.asked_unless.cue}`{nearest(cue.asked_unless.cue, before)}"
            yield document.problem(("cues", index, "asked_unless", "cue"), what)
        if cue.id in before:
            what = f"the id `{cue.id}` is used a second time; each must be different"
            yield document.problem(("cues", index, "id"), what)
        before.append(cue.id)


def parse_cue_letters(letters: str, cues: Cues) -> dict[str, Said]:
    """Answers from letters in the order of the cues: y yes, n no, u could not tell.

    Raises:
        InputError: another letter, or more letters than cues.
    """
    compact = "".join(letters.split()).lower()
    if len(compact) > len(cues.cues):
        raise InputError(f"{len(compact)} answers were given, but there are {len(cues.cues)} cues.")
    for position, letter in enumerate(compact, start=1):
        if letter not in LETTERS:
            raise InputError(
                f"Answer {position} is `{letter}`; write y (yes), n (no) or u (could not tell) for each cue."
            )
    return {cue.id: LETTERS[letter] for cue, letter in zip(cues.cues, compact, strict=False)}


def read_cue_answers(document: Document, cues: Cues) -> dict[str, Said]:
    """Answers from a file with a group `answers:` of cues, each yes, no or unsure.

    Raises:
        ProblemsError: with every unknown key, cue or answer in it.
    """
    data, problems, answers = document.data, list[Problem](), dict[str, Said]()
    if not isinstance(data, dict) or not isinstance(data.get("answers"), dict):
        what = "must have a group `answers:` with a line for each cue, as `turns: yes`"
        raise ProblemsError([document.problem((), what)])
    for key in data:
        if key != "answers":
            problems.append(
                document.key_problem((key,), f"unknown key `{key}`{nearest(str(key), ['answers'])}")
            )
    known = [cue.id for cue in cues.cues]
    for cue, given in data["answers"].items():
        location = ("answers", cue)
        word = str(given).lower() if isinstance(given, bool | str) else ""
        if cue not in known:
            problems.append(
                document.key_problem(location, f"there is no cue `{cue}`{nearest(str(cue), known)}")
            )
        elif word not in _WORDS:
            shown = document.written(location) or "nothing"
            problems.append(document.problem(location, f"`{shown}` is no answer; write yes, no or unsure"))
        else:
            answers[cue] = _WORDS[word]
    if problems:
        raise ProblemsError(problems)
    return answers


def read_cue_answer_file(path: Path, cues: Cues) -> dict[str, Said]:
    """Answers from a file of that name."""
    return read_cue_answers(read_document(path), cues)
