"""Every file that is written is named; what people write in is never replaced; links and devices stay what they are."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from tests.saved import save

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

SHEET = "date,school,classroom,observer,model,paused_at,evidence\n2026-11-23,N,R1,AB,flex,complete,x\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    save("yn")
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        ("report",),
        ("history",),
        ("list",),
        ("show", "flex"),
        ("check", "flex", "yn"),
        ("glossary",),
        ("resources", "timer"),
    ],
)
def test_what_is_written_is_named_and_what_is_replaced_too(
    run: Callable[..., Result], command: tuple[str, ...]
) -> None:
    assert run(*command, "--output", "x.md").stderr.startswith("Wrote x.md.\n")
    assert run(*command, "--output", "x.md").stderr.startswith("Wrote x.md; it replaces the earlier file.\n")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv", SHEET),
        ("x.txt", SHEET.replace(",", ";")),
        ("x.txt", "\ufeff" + SHEET.replace(",", "\t")),
        ("x.md", "phases:\n  - id: foundation\n"),
        ("x.txt", "model: flex\nanswers:\n  one: yes\n"),
        ("x.md", "PK\x03\x04"),
    ],
)
def test_what_people_write_in_stays(run: Callable[..., Result], here: Path, name: str, content: str) -> None:
    (here / name).write_text(content, encoding="utf-8")
    result = run("history", "--output", name)
    assert result.exit_code == 2
    assert "stays as it is; give another name, or add --force" in result.stderr
    assert (here / name).read_text(encoding="utf-8") == content
    assert run("history", "--output", name, "--force").exit_code == 0
    assert (here / name).read_text(encoding="utf-8") != content


def test_what_a_command_reads_is_never_its_output(run: Callable[..., Result], here: Path, home: Path) -> None:
    answers = here / "a.json"
    answers.write_text('{"model": "flex", "answers": {}}', encoding="utf-8")
    result = run("check", "--answers", "a.json", "--output", "./a.json", "--force")
    assert result.exit_code == 2
    assert "is what this command reads" in result.stderr
    (record,) = (home / "reflections").glob("*.json")
    before = record.read_bytes()
    assert run("check", "flex", "y", "--output", str(record)).exit_code == 2
    assert record.read_bytes() == before


def test_a_write_protected_file_stays(run: Callable[..., Result], here: Path) -> None:
    (here / "x.md").write_text("mine", encoding="utf-8")
    (here / "x.md").chmod(0o444)
    result = run("report", "--output", "x.md")
    assert result.exit_code == 2
    assert "write-protected" in result.stderr


def test_a_typing_error_makes_no_folder(run: Callable[..., Result], here: Path) -> None:
    result = run("report", "--output", "nosuch/x.md")
    assert result.exit_code == 2
    assert "nosuch does not exist" in result.stderr
    assert not (here / "nosuch").exists()
    (here / "file").touch()
    assert "file is not a folder" in run("report", "--output", "file/x.md").stderr


def test_a_link_stays_a_link_also_one_that_leads_nowhere_yet(run: Callable[..., Result], here: Path) -> None:
    (here / "link.md").symlink_to("real.md")
    for _ in range(2):
        assert run("report", "--output", "link.md").exit_code == 0
        assert (here / "link.md").is_symlink()
        assert "Station Rotation" in (here / "real.md").read_text(encoding="utf-8")
    os.link(here / "real.md", here / "other.md")
    run("glossary", "--output", "other.md")
    assert (here / "real.md").read_text(encoding="utf-8").startswith("# Glossary")


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_a_pipe_stays_a_pipe(run: Callable[..., Result], here: Path) -> None:
    os.mkfifo(here / "pipe")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append((here / "pipe").read_text(encoding="utf-8")))
    reader.start()
    assert run("report", "--format", "markdown", "--output", "pipe").exit_code == 0
    reader.join(10)
    assert read[0].startswith("# Station Rotation")
    assert stat.S_ISFIFO((here / "pipe").stat().st_mode)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device")  # noqa: PTH110
def test_a_full_device_is_one_sentence(run: Callable[..., Result]) -> None:
    result = run("report", "--format", "markdown", "--output", "/dev/full")
    assert result.exit_code == 1
    assert result.stderr == "pltool: /dev/full cannot be written: No space left on device.\n"


def test_a_table_for_spreadsheets_has_its_mark_and_no_formula(run: Callable[..., Result], here: Path) -> None:
    save("yyn", classroom='Año;=1+1 | "@x', day="2026-11-01")
    run("history", "--output", "h.csv")
    content = (here / "h.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert "Año;'=1+1" in content.decode()
    assert not run("history", "--format", "csv").stdout.startswith("\ufeff")


@pytest.mark.parametrize("closing", [">&-", "<&-", "2>&-", ">&- <&- 2>&-"])
@pytest.mark.parametrize("command", ["list", "show flex", "data where", "--help", ""])
@pytest.mark.slow
def test_closed_streams_end_in_one_plain_sentence(closing: str, command: str) -> None:
    ran = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m pltool {command} {closing}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in ran.stderr
    assert "should not have" not in ran.stderr
    if closing == ">&-":
        assert ran.returncode == 1
        assert ran.stderr == "pltool: Standard output: it is closed.\n"
    elif closing == "<&-":
        assert (ran.returncode, ran.stderr) == (0, "")


def test_a_home_that_there_is_not_is_one_plain_sentence(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLTOOL_HOME", "~nosuchuser/x")
    result = run("data", "where")
    assert result.exit_code == 2
    assert result.stderr.startswith(
        "pltool: The home folder of ~nosuchuser/x cannot be found; set PLTOOL_HOME"
    )
    assert run().exit_code == 0
