"""What drives the program in a real pseudo-terminal is slow, and needs a system that has them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# On Windows there is no pseudo-terminal to be had from Python.
collect_ignore_glob = ["test_*.py"] if os.name == "nt" else []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test of a module that opens windows; keys and prompts by themselves are quick."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and hasattr(getattr(item, "module", None), "Window"):
            item.add_marker(pytest.mark.slow)
