"""A stage for scripted sittings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.sitting.scripted import Stage

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def stage(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.chdir(tmp_path)
    return Stage(home, tmp_path)
