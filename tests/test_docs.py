"""Every command line in the README and the docs is run, and does what the page says."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from pltool.cli.commands import COMMANDS
from pltool.core.record import NextStep
from pltool.files.library import Library
from tests.saved import make_record, save

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typer.testing import Result

ROOT = Path(__file__).parent.parent
PAGES = (
    "README.md",
    "content/README.md",
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
)
# What ends with another status than 0, and why.
STATUS = {
    "pltool check station-rotation yyyn": 1,  # paused
    "pltool check --answers answers.yaml": 1,
    "pltool check station-rotation yyyn --through foundation": 1,
    "pltool check station-rotation yyyn --format json": 1,
    "pltool check station-rotation yyyn --output pause.md": 1,
    "pltool glossary stashun": 2,
    "pltool report --pick": 1,  # nobody is there to choose
}
# What needs a person or an installation; the test of the package and those in terminals run these.
LEFT_OUT = re.compile(r"python3 -m venv|report --open|^\.ci/|^pytest|^python |^\.venv/|ruff|mypy")
PIPED = "y\ny\nn\n"


class Command(NamedTuple):
    page: str
    line: str
    shown: str


def commands() -> Iterator[Command]:
    """Every line of the blocks in sh, with the output that follows a block, if one does."""
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        for block in re.finditer(r"```sh\n(.*?)```(?:\n+```text\n(.*?)```)?", text, re.DOTALL):
            for line in block[1].splitlines():
                written = re.split(r"\s+# ", line)[0].strip()
                if written and not LEFT_OUT.search(written):
                    yield Command(page, written, block[2] or "")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with everything the pages speak of."""
    monkeypatch.chdir(tmp_path)
    progression = Library().progression("station-rotation")
    scripts = (ROOT / "docs" / "scripts.md").read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(.*?)```", scripts, re.DOTALL)
    assert example
    (tmp_path / "answers.yaml").write_text(example[1], encoding="utf-8")
    shutil.copy("answers.yaml", "notes.yaml")
    for name, day in (("fall", "2026-10-05"), ("spring", "2026-03-05"), ("records", "2026-11-20")):
        folder = tmp_path / name
        folder.mkdir()
        rows = "".join(
            f"{day},S{room % 2},R{room},AB,station-rotation,{progression.steps[room].id},seen\n"
            for room in range(8)
        )
        head = "date,school,classroom,observer,model,paused_at,evidence\n"
        (folder / f"{name}.csv").write_text(head + rows, encoding="utf-8")
    shutil.copy("fall/fall.csv", "visits.csv")
    template = ROOT / "content" / "progressions" / "flex.yaml"
    own = template.read_text(encoding="utf-8").replace("id: flex\n", "id: our-model\n", 1)
    (tmp_path / "our-model.yaml").write_text(own, encoding="utf-8")
    step = NextStep(text="Rehearse", look_again="2030-01-07")
    for hour, kind in (("08", "reflection"), ("15", "observation")):
        moment = f"2026-11-23T{hour}:03:11+00:00"
        save(
            "yyn",
            classroom="R7",
            kind=kind,
            id=f"2026-11-23-{hour}0311-station-rotation-aaaaaa",
            finished=moment,
            next_step=step,
        )
    return tmp_path


@pytest.mark.parametrize(
    "command", list(dict.fromkeys(commands())), ids=lambda command: f"{command.page}: {command.line}"[:90]
)
def test_a_line_of_the_docs_runs(run: Callable[..., Result], desk: Path, command: Command) -> None:
    line = command.line
    if line.startswith(("eval ", "printf ")) or " | " in line:
        run_in_a_shell(line, desk)
        return
    words = shlex.split(line.partition(" > ")[0])
    assert words[0] == "pltool", line
    if words[1:3] == ["content", "new"]:
        (desk / "our-model.yaml").unlink()
    if words[1:3] == ["data", "import"]:
        assert run("data", "export", words[3]).exit_code == 0
    if "--output" in words:
        Path(words[words.index("--output") + 1]).unlink(missing_ok=True)
    asked = words[1:2] in (["reflect"], ["observe"]) and "--answers" not in words
    cues = "y\n" * 8 if words[1:2] == ["identify"] else ""
    named = len(words) > 2 and words[2] in {*Library().paths, "our-model"}
    lines = PIPED if asked and (named or words[1] == "reflect") else cues
    result = run(*words[1:], lines=lines)
    expected = STATUS.get(line, 0)
    if words[1:2] in (["observe"], ["identify"]) and not named and "--answers" not in words:
        expected = result.exit_code  # which model it is takes a person; that it starts is enough
        assert "Traceback" not in result.stderr
    assert result.exit_code == expected, result.stderr
    if "--output" in words:
        assert Path(words[words.index("--output") + 1]).stat().st_size > 100
    if command.shown:
        assert (result.stdout + result.stderr).strip() == command.shown.strip()


def run_in_a_shell(line: str, desk: Path) -> None:
    program = desk / "bin" / "pltool"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m pltool "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    ran = subprocess.run(
        ["bash", "-c", f'PATH="{program.parent}:$PATH"; {line}'], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", text):
        assert ((ROOT / page).parent / target).exists(), target


def test_every_command_stands_in_a_page() -> None:
    written = " ".join((ROOT / page).read_text(encoding="utf-8") for page in PAGES)
    for name in COMMANDS:
        assert f"pltool {name}" in written, name


def test_the_record_of_the_docs_has_its_keys() -> None:
    """Every key that docs/scripts.md names is in a record."""
    text = (ROOT / "docs" / "scripts.md").read_text(encoding="utf-8")
    record = make_record("yyn", next_step=NextStep(text="x"))
    for key in ("earlier_next_steps", "follow_up", "next_step", "part"):
        assert f"`{key}`" in text
        assert hasattr(record, key)
    assert record.next_step
    for key in ("look_again", "when", "try_on", "if_in_the_way", "partner", "agreed"):
        assert f"`{key}`" in text
        assert hasattr(record.next_step, key)


def test_the_models_of_the_readme_are_all_there_are() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \|", readme, re.MULTILINE)) == set(Library().paths)
