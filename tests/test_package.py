"""What is built from the sdist holds the content, and does the main job in an environment of its own."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return folder


def content_files() -> set[str]:
    return {
        str(path.relative_to(ROOT))
        for path in (ROOT / "content").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.mark.slow
def test_wheel_and_sdist_hold_all_content(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"pltool/{name}" for name in content_files()} <= names
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        inside = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert content_files() <= inside
    assert {"README.md", "LICENSE", "CHANGELOG.md", "pyproject.toml"} <= inside


@pytest.mark.slow
def test_the_wheel_does_the_main_job_outside_the_checkout(built: Path, tmp_path: Path, home: Path) -> None:
    environment = tmp_path / "env"
    venv.create(environment, with_pip=True, symlinks=True)
    python = environment / "bin" / "python"
    (wheel,) = built.glob("*.whl")
    subprocess.run(
        [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", str(wheel)], check=True
    )
    pltool = environment / "bin" / "pltool"
    ran = subprocess.run(
        [str(pltool), "reflect", "station-rotation", "--format", "json"],
        input="y\ny\nn\n",
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    record = json.loads(ran.stdout)
    assert record["status"] == "paused"
    assert record["counts"]["in_place"] == 2
    assert record["model"]["built_in"] is True
    assert (home / "reflections" / f"{record['id']}.json").exists()
    where = subprocess.run(
        [str(python), "-c", "import pltool; print(pltool.__file__)"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert str(environment) in where.stdout


def test_the_group_and_the_extra_for_development_are_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["dependency-groups"]["dev"] == project["project"]["optional-dependencies"]["dev"]


def test_everything_imported_is_declared() -> None:
    """What comes along with another package may go away with it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    needs = [
        *project["project"]["dependencies"],
        *(one for name in extras if name != "dev" for one in extras[name]),
    ]
    declared = {re.split(r"[<>=!\[ ]", needed)[0].lower() for needed in needs}
    imported = {
        name.split(".")[0]
        for path in (ROOT / "src").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    outside = imported - set(sys.stdlib_module_names) - {"pltool", ""}
    sold_as = {
        "yaml": "pyyaml",
        "python_calamine": "python-calamine",
        "pydantic_core": "pydantic",
    }  # pydantic pins its core
    assert {sold_as.get(name, name) for name in outside} <= declared
