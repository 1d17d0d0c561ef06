"""Whatever stands in a note appears as it was written, and does nothing: in reports and comparisons of every form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from pltool.files.library import Library
from pltool.report.formats import safe
from tests.report.formats.test_safe import NASTY, read_html

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

STEPS = [placed.id for placed in Library().progression("station-rotation").steps]
ALL_AT_ONCE = "‏שלום [x](y) | <b>z</b> # =1+1 👩‍🏫 \x1b[31m\x1b]0;evil\x07 ‮end"


@pytest.fixture
def two_visits(tmp_path: Path, home: Path, run: Callable[..., Result]) -> Callable[[str], list[str]]:
    """Two records of one classroom in which every text that people write is the same hostile one."""

    def make(text: str) -> list[str]:
        for answer in ("in_place", "not_yet"):
            path = tmp_path / f"{answer}.json"
            answers = {
                STEPS[0]: {"answer": "in_place", "evidence": [{"artifact": text}]},
                STEPS[1]: {"answer": answer, "evidence": [{"student_said": text}]},
            }
            written = {"model": "station-rotation", "classroom": text, "observer": text, "answers": answers}
            path.write_text(json.dumps(written), encoding="utf-8")
            assert run("observe", "--answers", str(path)).exit_code == 0
            assert run("report", "--agree", text).exit_code == 0
        return [path.stem for path in sorted((home / "reflections").glob("*.json"))]

    return make


@pytest.mark.parametrize("nasty", [*NASTY, ALL_AT_ONCE])
def test_it_is_literal_and_harmless_in_every_form(
    run: Callable[..., Result], two_visits: Callable[[str], list[str]], nasty: str
) -> None:
    first, second = two_visits(nasty)
    expected = " ".join(safe.plain(nasty).split())
    for command, times in ((("report", second), 5), (("compare", first, second), 5)):
        html = run(*command, "--format", "html").stdout
        written = (
            MarkdownIt("commonmark").enable("table").render(run(*command, "--format", "markdown").stdout)
        )
        for parsed in (read_html(html), read_html(written)):
            said = " ".join("".join(parsed.words).split())
            assert said.count(expected) >= times, command
            assert not {"script", "b", "img", "a", "pre", "code", "em", "blockquote"} & set(parsed.tags)
        data = json.loads(run(*command, "--format", "json").stdout)
        assert nasty.strip() in {text.strip() for text in _strings(data)}
        text = run(*command).stdout
        assert not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 for c in text)
        assert not any(0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 for c in text)


def _strings(data: object) -> list[str]:
    if isinstance(data, str):
        return [data]
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for one in inside for text in _strings(one)]


def test_paper_notes_that_judge_or_name_get_a_reminder_and_stay_as_written(
    run: Callable[..., Result], tmp_path: Path, home: Path
) -> None:
    path = tmp_path / "notes.json"
    evidence = [{"saw": "A weak start"}, {"saw": "Maria Lopez leads"}, {"student_said": "it was great"}]
    answers = {STEPS[0]: {"answer": "not_yet", "evidence": evidence}}
    path.write_text(json.dumps({"model": "station-rotation", "answers": answers}), encoding="utf-8")
    said = run("observe", "--answers", str(path)).stderr
    assert said.count("what would a camera have shown?") == 1
    assert f"a note on {STEPS[0]} says how you found it (“weak”)" in said
    assert f"a note on {STEPS[0]} may name a person (“Maria Lopez”)" in said
    (record,) = (home / "reflections").glob("*.json")
    kept = json.loads(record.read_text(encoding="utf-8"))["answers"][0]["evidence"]
    assert [note["note"] for note in kept] == ["A weak start", "Maria Lopez leads", "it was great"]
