"""A person made of a list: presses the keys and writes the lines of a script, and can leave at any prompt."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pltool.cli.sitting.dialog import Dialog
from pltool.cli.sitting.kinds import OBSERVATION, REFLECTION, Request
from pltool.cli.sitting.run import run
from pltool.core.record import Labels
from pltool.errors import EndOfInput
from pltool.files.library import Library
from pltool.report.formats import text as plaintext
from tests.examples import progression_data

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pltool.cli.sitting.kinds import Sitting
    from pltool.report.formats.outline import Outline

KINDS: dict[str, Sitting] = {"reflection": REFLECTION, "observation": OBSERVATION}
# Where a person leaves, and the exit status of a sitting of which nothing is finished by then.
WAYS_OUT: dict[str, tuple[type[BaseException], int]] = {
    "control-d": (EndOfInput, 1),
    "control-c": (KeyboardInterrupt, 130),
}


class Line(str):
    """A line that is written; a plain string is a key."""

    __slots__ = ()


@dataclass
class ScriptedAsker:
    """Plays a script to its end, and then has left.

    Attributes:
        script: keys, and lines.
        leaves: what ends the script.
        before_each: called before each prompt, with its number.
        prompts: what was asked.
    """

    script: Sequence[str]
    leaves: type[BaseException] = EndOfInput
    before_each: Callable[[int], None] = lambda _: None
    prompts: list[str] = field(default_factory=list)
    closed: bool = False

    def key(self, keys: Mapping[str, str], *, enter: str | None = None, erase: bool = False) -> str:  # noqa: ARG002
        given = self._next("; ".join(keys.values()))
        assert not isinstance(given, Line), f"{given!r} is a line, and a key was asked for: {dict(keys)}"
        assert given in keys, f"{given!r} is none of {dict(keys)}"
        return given

    def line(self, prompt: str) -> str:
        given = self._next(prompt)
        assert isinstance(given, Line), f"{given!r} is a key, and a line was asked for: {prompt}"
        return str(given)

    def close(self) -> None:
        self.closed = True

    def _next(self, prompt: str) -> str:
        number = len(self.prompts)
        self.before_each(number)
        self.prompts.append(prompt)
        if number >= len(self.script):
            raise self.leaves
        return self.script[number]


@dataclass
class Played:
    """What came of a script.

    Attributes:
        said: everything shown, asked and printed.
        results: what went to standard output.
    """

    status: int
    said: str
    results: str
    prompts: list[str]


@dataclass
class Stage:
    """A data folder, a progression of eight steps called `small`, and a place for reports."""

    home: Path
    folder: Path

    def __post_init__(self) -> None:
        content = self.folder / "content"
        content.mkdir()
        for model in ("small", "tiny"):
            text = json.dumps(progression_data(5, 3, model=model))
            (content / f"{model}.yaml").write_text(text, encoding="utf-8")
        self.library = Library([content])

    def play(
        self,
        kind: str,
        *script: str,
        leaves: type[BaseException] = EndOfInput,
        before_each: Callable[[int], None] = lambda _: None,
        interactive: bool = True,
        show_result: Callable[[Outline], None] | None = None,
        **asked: Any,
    ) -> Played:
        """Play a script; `asked` is what the command line says."""
        said: list[str] = []
        asker = ScriptedAsker(script, leaves, before_each)

        def show(outline: Outline) -> None:
            said.append(plaintext.render(outline, 300))

        shown = Dialog(asker, show, show_result or show, lambda: None, interactive=interactive)
        request = Request(**{"model": "small", "labels": Labels(), **asked})
        errors, output = io.StringIO(), io.StringIO()
        with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(output), shown as dialog:
            status = run(KINDS[kind], self.library, dialog, request)
        assert asker.closed
        everything = " ".join(" ".join([*said, *asker.prompts, errors.getvalue()]).split())
        return Played(status, everything, output.getvalue(), asker.prompts)

    def records(self) -> list[dict[str, Any]]:
        return self._read("reflections")

    def drafts(self) -> list[dict[str, Any]]:
        return self._read("drafts")

    def _read(self, name: str) -> list[dict[str, Any]]:
        paths = sorted((self.home / name).glob("*.json"))
        return [json.loads(path.read_text(encoding="utf-8")) for path in paths]

    def kept(self) -> list[dict[str, Any]]:
        """What people gave, as the disk has it, whether in a draft or in a record."""
        found = []
        for draft in self.drafts():
            notes = {step: one["evidence"] for step, one in draft["answers"].items()} | draft["noted"]
            found.append(
                {
                    "id": draft["id"],
                    "answers": {step: one["answer"] for step, one in draft["answers"].items()},
                    "reasons": {step: one["reason"] for step, one in draft["answers"].items()},
                    "notes": {step: some for step, some in notes.items() if some},
                    "follow_up": draft["follow_up"],
                    "next_step": None,
                }
            )
        for record in self.records():
            answers = record["answers"]
            found.append(
                {
                    "id": record["id"],
                    "answers": {one["step"]: one["answer"] for one in answers},
                    "reasons": {one["step"]: one.get("reason") for one in answers},
                    "notes": {one["step"]: one["evidence"] for one in answers if one["evidence"]},
                    "follow_up": record["follow_up"],
                    "next_step": record["next_step"],
                }
            )
        return found

    def left_behind(self) -> list[str]:
        """Files in the data folder that are neither records nor drafts."""
        return [
            str(path.relative_to(self.home))
            for path in self.home.rglob("*")
            if path.is_file() and path.suffix != ".json"
        ]
