"""Feeds spoiled files to everything that reads what people keep, through the commands themselves.

    nice -n 19 python tools/fuzz_readers.py --seconds 900 --seed 7 --findings /tmp/findings

Records, drafts, answers files and imports are made by the commands, spoiled in one to six places (bytes, or values and
keys of their JSON), and read again. What must hold: no exception, a known exit status, a sentence where it is not 0,
nothing printed without bounds and no control character, at most a few seconds of processor time, and the file still
there as it was. What breaks a rule is written to the folder of findings, with the rule in its name.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import io
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MOST_SECONDS = 8.0
MOST_LINES = 60
MOST_CHARACTERS = 30_000
STATUSES = {0, 1, 2}
ODD_TEXT = (
    "", " ", "\x00", "\x1b]52;c;QQ==\x07", "\ud800", "‮abc", "=1+1", "../../x", "/etc/passwd", "a" * 4000, "null",
    "2026-02-30", "2026-11-23", "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-14:00", "2026-11-23T14:03:11",
    "pltool.reflection/1", "pltool.reflection/2", "pltool.draft/1", "pltool.draft/9", "in_place", "not_yet",
    "not_seen", "does_not_apply", "reflection", "observation", "paused", "complete", "unfinished", "teacher", "leader",
    "all", "station-rotation", "flex", "distance-learning", "javascript:alert(1)", "http://[", "Period 3", "period  3",
)  # fmt: skip
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2, 10**9, 10**30, 1e308, float("nan"), float("inf"), [], {}, [[]], [None], {"": None},
    *ODD_TEXT,
)  # fmt: skip
ODD_BYTES = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"{", b"}", b"[", b"]", b'"', b":", b",", b"\n",
    b"\r", b"\t", b"# ", b"&a ", b"*a", b"!!python/object:x ", b"<<: ", b"- ", b"|\n", b"'", b"\\u0000", b"\\ud800",
    b"1e999", b"9" * 400, b"NaN", b"[" * 200, b'{"a":' * 200, b"null", b"\xe2\x80\xae", b"%", b"---\n", b"...\n",
)  # fmt: skip

# What somebody presses who takes up a draft.
SCRIPTS = (
    ("g", "n", " ", "s", "y", "l", "", ""), ("g", "n", " ", "s", "y", "l", "", ""), ("g", "y", "q"), ("q",), ("d",),
    ("a", "y"), ("g", "?", "b", "x", "why", "n", " ", "1", "friday", "", "", "7", ""),
)  # fmt: skip


class TooSlowError(BaseException):
    """An input took longer than any may."""


@dataclass
class Ran:
    """What a command line came to."""

    status: int
    output: str
    errors: str


@dataclass
class Fuzz:
    """One run: a data folder, the files that are spoiled, and the count of what was tried."""

    chance: random.Random
    findings: Path
    folder: Path
    tried: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.home = self.folder / "home"
        os.environ |= {"PLTOOL_HOME": str(self.home), "PLTOOL_DEBUG": "1", "COLUMNS": "80"}
        self.records, self.drafts, self.answers = _make_seeds(self.folder)

    def one(self) -> None:
        """Spoil one file and have it read."""
        way = self.chance.choice((self.record, self.record, self.draft, self.answers_file, self.import_))
        shutil.rmtree(self.home, ignore_errors=True)
        way()

    def record(self) -> None:
        """A record in the data folder, beside a sound one."""
        content = self.spoil(self.chance.choice(self.records))
        path = self.home / "reflections" / "2026-11-23-140311-flex-0a0a0a.json"
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        (path.parent / "sound.json").write_bytes(self.records[0])
        for arguments in (
            ("history",),
            ("history", "--format", self.chance.choice(("json", "csv", "html", "markdown"))),
            ("report", str(path), "--format", self.chance.choice(("text", "json", "html", "markdown"))),
            self.chance.choice(
                (("compare", str(path), str(path.parent / "sound.json")), ("data", "where"), ())
            ),
            ("check", "--answers", str(path)),
        ):
            self.see("record", content, partial(run, *arguments))
        self.is_still_there("record", content, path)
        ran = self.see(
            "record", content, lambda: run("report", str(path), "--agree", "Try it", "--look-again", "7")
        )
        if ran is not None and ran.status == 0:
            self.taken["record"] += 1
            self.keeps_keys("record", content, path)

    def draft(self) -> None:
        """A draft, gone on with by somebody at a terminal."""
        content = self.spoil(self.chance.choice(self.drafts))
        named = _id_in(content) if self.chance.random() < 0.7 else None
        path = self.home / "drafts" / f"{named or '2026-11-23-140311-flex-0a0a0a'}.json"
        path.parent.mkdir(parents=True)
        try:
            path.write_bytes(content)
        except (OSError, ValueError):
            return
        for arguments in ((), ("data", "where"), ("data", "export", str(self.folder / "all.zip"), "--force")):
            self.see("draft", content, partial(run, *arguments), quiet=True)
        kind = "observation" if b"observation" in content else "reflection"
        script = self.chance.choice(SCRIPTS)
        self.see("draft", content, lambda: sit(kind, script), quiet=True)
        kept = [file.read_bytes() for file in path.parent.glob("*") if file.is_file()]
        saved = list((self.home / "reflections").glob("*.json"))
        if (
            script != ("d",)
            and content not in kept
            and not saved
            and not any(file.suffix == ".json" for file in path.parent.glob("*"))
        ):
            self.report("draft", "lost", content, "neither the draft nor a record of it is there")
        for file in saved:
            self.taken["draft"] += 1
            ran = self.see("draft", content, partial(run, "report", str(file)))
            if ran is not None and ran.status != 0:
                self.report("draft", "unreadable-record", content, ran.errors)

    def answers_file(self) -> None:
        """An answers file, checked and typed up."""
        seed, suffix = self.chance.choice(self.answers)
        content = self.spoil(seed)
        path = self.folder / f"answers{suffix}"
        path.write_bytes(content)
        ran = self.see("answers", content, lambda: run("check", "--answers", str(path)))
        if ran is not None and not ran.errors:
            self.taken["answers"] += 1
        if self.chance.random() < 0.5:
            self.see("answers", content, lambda: run("check", "flex", "--answers", "-", given=content))
        command = self.chance.choice(("reflect", "observe"))
        self.see("answers", content, lambda: run(command, "--answers", str(path)))
        self.is_still_there("answers", content, path)
        for file in (self.home / "reflections").glob("*.json"):
            ran = self.see("answers", content, partial(run, "report", str(file)))
            if ran is not None and ran.status != 0:
                self.report("answers", "unreadable-record", content, ran.errors)

    def import_(self) -> None:
        """Something to take in: a record, a draft, a list of them or an archive."""
        seed, suffix = self.chance.choice(
            (*((one, ".json") for one in (self.records[0], self._list())), self._zip())
        )
        if suffix == ".zip" and self.chance.random() < 0.5:
            content = self._zip(spoiled=True)[0]
        else:
            content = self.spoil(seed)
        path = self.folder / f"import{suffix}"
        path.write_bytes(content)
        here = self.home / "reflections" / "sound.json"
        if self.chance.random() < 0.5:
            here.parent.mkdir(parents=True)
            here.write_bytes(self.records[0])
        ran = self.see("import", content, lambda: run("data", "import", str(path)), suffix)
        self.is_still_there("import", content, path)
        if ran is not None and ran.status in {0, 1} and ran.output:
            self.taken["import"] += 1
            after = self.see("import", content, lambda: run("data", "import", str(path)), suffix)
            if after is not None and ("new: " in after.output):
                self.report("import", "new-twice", content, after.output, suffix)
            ran = self.see("import", content, lambda: run("history"), suffix)
            if ran is not None and "left out" in ran.errors:
                self.report("import", "taken-unreadable", content, ran.errors, suffix)

    def _list(self) -> bytes:
        chosen = self.chance.sample([*self.records, *self.drafts], 3)
        return json.dumps([json.loads(one) for one in chosen]).encode()

    def _zip(self, *, spoiled: bool = False) -> tuple[bytes, str]:
        made = io.BytesIO()
        with zipfile.ZipFile(
            made, "w", self.chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
        ) as archive:
            for number, one in enumerate(self.chance.sample([*self.records, *self.drafts], 3)):
                name = self.chance.choice(("reflections/", "drafts/", "../", "/", "")) + f"{number}.json"
                archive.writestr(name, self.spoil(one) if spoiled else one)
        return made.getvalue(), ".zip"

    def spoil(self, content: bytes) -> bytes:
        """The content, changed in one to six places."""
        try:
            data = json.loads(content)
        except ValueError:
            data = None
        times = self.chance.choice((1, 1, 1, 2, 3, 6))
        if data is not None and self.chance.random() < 0.65:
            for _ in range(times):
                data = self._spoil_value(data)
            text = json.dumps(
                data, ensure_ascii=self.chance.random() < 0.5, indent=self.chance.choice((None, 1))
            )
            return text.encode(self.chance.choice(("utf-8", "utf-8", "utf-8", "utf-16")), "surrogatepass")
        for _ in range(times):
            content = self._spoil_bytes(content)
        return content

    def _spoil_value(self, data: Any) -> Any:
        places = list(_places(data))
        if not places:
            return self.chance.choice(ODD_VALUES)
        data = copy.deepcopy(data)
        path = self.chance.choice(places)
        group = data
        for step in path[:-1]:
            group = group[step]
        key, way = path[-1], self.chance.randrange(7)
        if way == 0:
            del group[key]
        elif way == 1 and isinstance(group, dict):
            group[self.chance.choice(("later", *ODD_TEXT))] = group[key]
        elif way in {1, 2}:
            other = data
            for step in self.chance.choice(places):
                other = other[step]
            group[key] = copy.deepcopy(other)
        elif way == 3 and isinstance(group, list):
            group.extend([group[key]] * self.chance.choice((1, 3, 1200)))
        elif way == 4 and isinstance(group[key], str) and group[key]:
            where = self.chance.randrange(len(group[key]))
            group[key] = group[key][:where] + self.chance.choice(ODD_TEXT) + group[key][where + 1 :]
        elif way == 5 and isinstance(group[key], int):
            group[key] += self.chance.choice((-1, 1))
        else:
            group[key] = self.chance.choice(ODD_VALUES)
        return data

    def _spoil_bytes(self, content: bytes) -> bytes:
        if not content:
            return self.chance.choice(ODD_BYTES)
        where, way = self.chance.randrange(len(content)), self.chance.randrange(6)
        end = min(len(content), where + self.chance.choice((1, 4, 40, 400)))
        if way == 0:
            return content[:where] + bytes((self.chance.randrange(256),)) + content[where + 1 :]
        if way == 1:
            return content[:where] + self.chance.choice(ODD_BYTES) + content[where:]
        if way == 2:
            return content[:where] + content[end:]
        if way == 3:
            return content[:end] + content[where:end] * self.chance.choice((1, 2, 50)) + content[end:]
        if way == 4:
            return content[:where]
        other = self.chance.choice([*self.records, *self.drafts, *(one for one, _ in self.answers)])
        there = self.chance.randrange(len(other))
        return content[:where] + other[there : there + 300] + content[end:]

    def see(
        self,
        reader: str,
        content: bytes,
        command: Callable[[], Ran],
        suffix: str = ".json",
        *,
        quiet: bool = False,
    ) -> Ran | None:
        """Run a command and hold it to the rules; None where it broke one.

        Args:
            quiet: whether a status other than 0 may come without a word.
        """
        signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
        try:
            ran = command()
        except TooSlowError:
            self.report(reader, "slow", content, traceback.format_exc(), suffix)
            return None
        except Exception:  # noqa: BLE001 - whatever it is, it is a finding
            self.report(reader, "exception", content, traceback.format_exc(), suffix)
            return None
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        why = _broken(ran, quiet=quiet)
        if why:
            self.report(reader, why, content, f"{ran.status}\n{ran.errors}\n{ran.output[:4000]}", suffix)
        return ran

    def is_still_there(self, reader: str, content: bytes, path: Path) -> None:
        """Reading changes nothing."""
        if not path.exists() or path.read_bytes() != content:
            self.report(reader, "changed", content, str(path))

    def keeps_keys(self, reader: str, content: bytes, path: Path) -> None:
        """A record that was written again has every key it had."""
        before, after = _data(content), _data(path.read_bytes())
        before = before[0] if isinstance(before, list) else before
        if lost := set(before) - set(after):
            self.report(reader, "keys-lost", content, str(sorted(lost)))

    def report(self, reader: str, why: str, content: bytes, said: str, suffix: str = ".json") -> None:
        """Keep a finding; of many of one kind, those that end differently."""
        end = said.strip().splitlines()[-1][:80] if why == "exception" else ""
        kind = f"{reader}-{why}-{end}"
        self.found[kind] += 1
        if self.found[kind] > 3:
            return
        name = f"{reader}-{why}-{len(list(self.findings.iterdir()))}"
        (self.findings / f"{name}{suffix}").write_bytes(content)
        (self.findings / f"{name}.said").write_text(said, encoding="utf-8", errors="backslashreplace")
        print(f"FOUND {name}: {end or said.strip()[:100]!r}", flush=True)


def _broken(ran: Ran, *, quiet: bool) -> str | None:
    """The rule that a command broke."""
    if ran.status not in STATUSES:
        return "status"
    if ran.status == 2 and not ran.errors.strip() and not quiet:
        return "silent"
    if len(ran.errors.splitlines()) > MOST_LINES or len(ran.errors) > MOST_CHARACTERS:
        return "long-message"
    if any((ord(one) < 32 and one != "\n") or 0x7F <= ord(one) < 0xA0 for one in ran.errors):
        return "control-character"
    return None


def run(*arguments: str, given: bytes = b"") -> Ran:
    """A command line, in this process."""
    from pltool.cli.app import app

    output, errors = io.StringIO(), io.StringIO()
    stdin, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(given))
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            app(list(arguments))
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0
    finally:
        sys.stdin = stdin
    return Ran(status, output.getvalue(), errors.getvalue())


class Scripted:
    """Somebody who presses what a list says as far as it is offered, and leaves."""

    def __init__(self, script: tuple[str, ...]) -> None:
        self.script = iter(script)

    def key(self, keys: Mapping[str, str], *, enter: str | None = None, erase: bool = False) -> str:  # noqa: ARG002
        from pltool.errors import EndOfInput

        for wanted in self.script:
            if wanted in keys:
                return wanted
        raise EndOfInput

    def line(self, _prompt: str) -> str:
        from pltool.errors import EndOfInput

        for wanted in self.script:
            return wanted
        raise EndOfInput

    def close(self) -> None:
        pass


def sit(kind: str, script: tuple[str, ...]) -> Ran:
    """A sitting at a terminal that takes up a draft."""
    from pltool.cli.sitting.dialog import Dialog
    from pltool.cli.sitting.kinds import OBSERVATION, REFLECTION, Request
    from pltool.cli.sitting.run import run as sitting
    from pltool.core.record import Labels
    from pltool.errors import PltoolError
    from pltool.files.library import Library
    from pltool.report.formats.text import render

    said: list[str] = []
    dialog = Dialog(
        Scripted(script),
        lambda one: said.append(render(one)),
        lambda one: said.append(render(one)),
        lambda: None,
        True,
    )
    output, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        try:
            status = sitting(
                {"reflection": REFLECTION, "observation": OBSERVATION}[kind],
                Library(),
                dialog,
                Request(model=None, labels=Labels()),
            )
        except PltoolError as error:
            status = error.exit_status
            said.append(str(error))
    return Ran(status, "".join(said), errors.getvalue())


def _make_seeds(folder: Path) -> tuple[list[bytes], list[bytes], list[tuple[bytes, str]]]:
    """Real records, drafts and answers files, made by the commands."""
    home = folder / "home"
    answers = {
        "reflect": (
            'model: station-rotation\nclassroom: "Period 3"\nanswers:\n  two-group-plans: in_place\n'
            "  rotation-agenda:\n    answer: does_not_apply\n    reason: one teacher, one wall\n"
            "  station-signs: not_yet\n"
        ),
        "observe": (
            "model: flex\nclassroom: R7\nschool: North\nobserver: A.\nobserver_role: coach\nanswers:\n"
        ),
    }
    from pltool.files.library import Library

    library = Library()
    steps = [placed.id for placed in library.progression("flex").steps]
    answers["observe"] += f"  {steps[0]}:\n    answer: in_place\n    evidence:\n      - saw: two screens\n"
    answers["observe"] += f'      - heard: "What next?"\n  {steps[1]}: not_seen\n  {steps[2]}: not_yet\n'
    first = [placed.id for placed in library.progression("station-rotation").steps]
    answers["reflect"] = (
        answers["reflect"].replace("rotation-agenda", first[1]).replace("station-signs", first[2])
    )
    answers["reflect"] = answers["reflect"].replace("two-group-plans", first[0])
    for command, text in answers.items():
        path = folder / "seed.yaml"
        path.write_text(text, encoding="utf-8")
        ran = run(command, "--answers", str(path))
        assert ran.status == 0, ran.errors
    whole = dict.fromkeys((placed.id for placed in library.progression("flex").steps), "yes")
    (folder / "whole.json").write_text(json.dumps({"model": "flex", "classroom": "R7", "answers": whole}))
    assert run("reflect", "--answers", str(folder / "whole.json")).status == 0
    path = folder / "seed.yaml"
    path.write_text(answers["reflect"], encoding="utf-8")
    assert run("reflect", "--answers", str(path)).status == 0
    assert run("report", "--agree", "Print it larger", "--when", "friday", "--look-again", "7").status == 0
    assert run("report", "--amend", f"{first[1]}=yes", "--because", "I misread it").status == 0
    assert run("reflect", "distance-learning", given=b"y\ny\nn\n").status == 0
    for command, model in (("reflect", "station-rotation"), ("observe", "flex")):
        assert run(command, model, "--classroom", "Period 3", given=b"y\ny\n").status == 1
    records = [path.read_bytes() for path in sorted((home / "reflections").glob("*.json"))]
    drafts = [path.read_bytes() for path in sorted((home / "drafts").glob("*.json"))]
    assert len(records) == 5, len(records)
    assert len(drafts) == 2, len(drafts)
    noted = json.loads(drafts[-1])
    noted["noted"] = {steps[3]: [{"kind": "saw", "note": "A timer"}]}
    drafts.append(json.dumps(noted).encode())
    written = [(text.encode(), ".yaml") for text in answers.values()]
    as_json = {
        "model": "flex",
        "answers": {steps[0]: "yes", steps[1]: {"answer": "no", "evidence": [{"saw": "x"}]}},
    }
    return records, drafts, [*written, (json.dumps(as_json).encode(), ".json"), (records[0], ".json")]


def _places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value inside."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inside:
        yield (*path, key)
        yield from _places(value, (*path, key))


def _data(content: bytes) -> Any:
    from pltool.files.record_format import decode

    return json.loads(decode(content))


def _id_in(content: bytes) -> str | None:
    try:
        named = _data(content)["id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return named if isinstance(named, str) and 0 < len(named) < 200 and "/" not in named else None


def _stop(_signal: int, _frame: object) -> None:
    raise TooSlowError


def processor_time() -> float:
    """Seconds of processor time of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60, help="of processor time")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--findings", type=Path, default=Path("findings"))
    given = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if given.seed is None else given.seed
    given.findings.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGPROF, _stop)
    with tempfile.TemporaryDirectory() as folder:
        fuzz = Fuzz(random.Random(seed), given.findings, Path(folder))
        begun, told = processor_time(), time.monotonic()
        while (used := processor_time() - begun) < given.seconds:
            number = sum(fuzz.tried.values())
            # Each input has a seed of its own, so that it can be made again without those before it.
            fuzz.chance.seed(f"{seed}-{number}")
            before = fuzz.tried.total()
            fuzz.one()
            fuzz.tried["inputs"] += 1
            assert fuzz.tried.total() == before + 1
            if time.monotonic() - told > 60:
                told = time.monotonic()
                print(_tally(seed, used, fuzz), flush=True)
        print(_tally(seed, processor_time() - begun, fuzz), flush=True)
    return 1 if fuzz.found else 0


def _tally(seed: int, used: float, fuzz: Fuzz) -> str:
    return (
        f"seed {seed}: {fuzz.tried['inputs']:,} inputs in {used:,.0f} s of processor time; "
        f"still readable {dict(fuzz.taken)}; findings {fuzz.found.total()} in {len(fuzz.found)} kinds"
    )


if __name__ == "__main__":
    sys.exit(main())
