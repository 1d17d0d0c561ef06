"""Pages print on as much paper as the README says; skipped where there is no browser to print them."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from pltool.core.record import Evidence, NextStep
from pltool.files.answers import parse_letters
from pltool.files.library import Library
from pltool.report.conversation_sheet import conversation_sheet
from pltool.report.formats import html
from pltool.report.next_step import card
from pltool.report.pause import pause_report
from pltool.report.progression import one_page
from tests.sealed import seal

if TYPE_CHECKING:
    from pathlib import Path

    from pltool.core.record import Reflection
    from pltool.report.formats.outline import Outline

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None or not shutil.which("pdfinfo"), reason="needs Chromium and pdfinfo"),
]
LIBRARY = Library()
NOTE = "four students point at the slide and say where they go next, before the timer has rung"
PLAN = NextStep(
    text="Rehearse the change of stations twice at the start of the lesson",
    look_again="2026-12-07",
    when="Friday, in period 3, right after the warm-up",
    try_on="2026-11-27",
    if_in_the_way="If there is an assembly, I will do it on Monday with the same groups",
    partner="Mr. Ortiz from next door",
)


def pages(outline: Outline, folder: Path, paper: str) -> int:
    """How many pages of that paper a browser prints."""
    assert BROWSER is not None
    page, printed = folder / "page.html", folder / "page.pdf"
    written = html.render(outline).replace("@page {", f"@page {{ size: {paper};")
    page.write_text(written, encoding="utf-8")
    subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={printed}", page.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    told = subprocess.run(["pdfinfo", str(printed)], check=True, capture_output=True, text=True).stdout
    found = re.search(r"Pages:\s+(\d+)", told)
    assert found
    return int(found[1])


def record(model: str, letters: str, *, notes: str = "", **more: object) -> Reflection:
    progression = LIBRARY.progression(model)
    evidence = {placed.id: (Evidence(kind="saw", note=notes),) for placed in progression.steps if notes}
    return seal(
        progression,
        parse_letters(letters, progression),
        bank=LIBRARY.bank,
        record_id="2026-11-23-080000-x-aaaaaa",
        started="2026-11-23T08:00:00+00:00",
        finished="2026-11-23T08:15:00+00:00",
        evidence=evidence,
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("model", "part"),
    [
        *((model, 1) for model in sorted(LIBRARY.paths)),
        ("distance-learning", 0.7),
        ("station-rotation", 0.35),
    ],
)
def test_a_pause_anywhere_prints_on_two_pages(tmp_path: Path, model: str, part: float) -> None:
    steps = int(len(LIBRARY.progression(model).steps) * part)
    report = pause_report(record(model, "y" * (steps - 1) + "n", next_step=PLAN))
    paper = "letter" if part == 1 else "A4"
    assert pages(report, tmp_path, paper) <= 2


@pytest.mark.parametrize("number", [2, 8])
@pytest.mark.parametrize("paper", ["letter", "A4"])
def test_a_conversation_sheet_with_eight_notes_prints_on_one_page(
    tmp_path: Path, number: int, paper: str
) -> None:
    sheet = conversation_sheet(record("station-rotation", "y" * number + "n", notes=NOTE, kind="observation"))
    assert pages(sheet, tmp_path, paper) == 1


@pytest.mark.parametrize("model", sorted(LIBRARY.paths))
def test_a_progression_and_each_phase_fit_one_page(tmp_path: Path, model: str) -> None:
    progression = LIBRARY.progression(model)
    assert pages(one_page(progression), tmp_path, "letter") == 1
    for phase in progression.phases[:1]:
        assert pages(one_page(progression.only(phase.id)), tmp_path, "A4") == 1


def test_a_card_takes_half_a_page(tmp_path: Path) -> None:
    found = record("station-rotation", "yyn")
    assert pages(card(found, PLAN), tmp_path, "letter") == 1
