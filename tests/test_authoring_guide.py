"""The guide for authors, done as it says: the worked example is checked, read and reflected on."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pltool.core.overlay import Overlay
from pltool.files.content_check import check_content
from pltool.files.content_schema import KINDS, content_schema
from pltool.files.strict_yaml import parse_document
from pltool.files.validation import try_validate

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer.testing import Result

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
EXAMPLES = ROOT / "examples"


def test_the_worked_example_is_without_errors_and_warnings() -> None:
    checked = check_content([EXAMPLES], [], date(2026, 11, 25))
    assert [str(remark.problem) for remark in checked.remarks if remark.rule != "never-seen"] == []


def test_the_worked_example_can_be_reflected_on(run: Callable[..., Result]) -> None:
    result = run("reflect", "playlist", "--content", str(EXAMPLES), lines="y\ny\nn\n")
    assert result.exit_code == 0
    assert "PLAYLIST: PROGRESSION PAUSE" in result.stdout
    shown = run("show", "playlist", "--content", str(EXAMPLES)).stdout
    assert "This progression is local" in " ".join(shown.split())
    assert "Starred task" in run("glossary", "star", "--content", str(EXAMPLES)).stdout
    assert "playlist" in run("list", "--content", str(EXAMPLES)).stdout


def test_a_new_file_has_as_many_warnings_as_the_guide_shows(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    run("content", "new", "playlist", "--in", str(tmp_path))
    result = run("content", "check", str(tmp_path))
    assert result.exit_code == 0
    shown = re.search(r"no errors, (\d+) warnings", GUIDE)
    assert shown is not None
    assert f"no errors, {shown[1]} warnings" in result.stderr
    first = next(line for line in GUIDE.splitlines() if "has the template's words" in line)
    assert first.removeprefix("our-content/") in result.stdout


def test_the_overlay_of_the_guide_has_the_right_shape() -> None:
    block = re.search(r"```yaml\n(about.*?)```", GUIDE, re.DOTALL)
    assert block is not None
    text = re.sub(r"    - after:.*?other keys of a step\n", "", block[1], flags=re.DOTALL)
    _, problems = try_validate(Overlay, parse_document(text.encode(), Path("overlay.yaml")))
    assert problems == []


def test_the_overlay_of_the_guide_hits_what_it_names(run: Callable[..., Result], tmp_path: Path) -> None:
    text = next(block for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL) if "hide:" in block)
    # The step to add is cut short in the guide.
    whole = re.sub(r" +- after: .*?(?= +- hide:)", "", text, flags=re.DOTALL)
    (tmp_path / "overlay.yaml").write_text(whole, encoding="utf-8")
    for command in (["list"], ["show", "station-rotation", "rotation-agenda"], ["glossary", "station"]):
        result = run(*command, "--content", str(tmp_path))
        assert (result.exit_code, result.stderr) == (0, "")


def test_every_command_of_the_guide_exists(run: Callable[..., Result]) -> None:
    for command in set(re.findall(r"pltool (content \w+|\w+)", GUIDE)):
        if command.split()[0] in {"content", "list", "reflect", "resources"}:
            assert run(*command.split(), "--help").exit_code == 0, command


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_schemas_in_the_repository_are_those_of_today(kind: str) -> None:
    path = ROOT / "content" / "schema" / f"{kind}.json"
    assert json.loads(path.read_text(encoding="utf-8")) == content_schema(kind), "run tools/write_schemas.py"


def test_every_content_file_names_its_schema() -> None:
    files = [*(ROOT / "content").rglob("*.yaml"), *EXAMPLES.glob("*.yaml")]
    for path in files:
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert match, path
        assert (path.parent / match[1]).is_file(), path
