"""A step has the same names in every command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pltool.errors import UnknownNameError
from pltool.files.library import Library
from pltool.files.named import find_part, find_step

if TYPE_CHECKING:
    from collections.abc import Callable

    from pltool.core.progression import PlacedStep, Progression


@pytest.mark.parametrize("finder", [find_step, find_part])
@pytest.mark.parametrize(
    "typed", ["foundation-2", "Foundation 2", "found-2", "FOUND 2", "F2", "f 02", "foundation step 2"]
)
def test_a_step_is_found_by_its_phase_and_number_however_they_are_written(
    finder: Callable[[Progression, str], PlacedStep], typed: str
) -> None:
    assert finder(Library().progression("lab-rotation"), typed).place == "foundation-2"


@pytest.mark.parametrize("typed", ["dif-3", "D3", "Differentiated 3"])
def test_the_beginning_of_any_phase_will_do(typed: str) -> None:
    assert find_step(Library().progression("flex"), typed).place == "differentiated-3"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("F99", "`foundation` has "),
        ("found-99", "`foundation` has "),
        ("foundation", "`foundation` is a phase: pltool show station-rotation --phase foundation"),
        ("found", "`foundation` is a phase: pltool show station-rotation --phase foundation"),
        ("zzz", "`pltool show station-rotation` shows the steps."),
    ],
)
def test_what_is_no_step_leads_to_what_was_meant(typed: str, said: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_step(Library().progression("station-rotation"), typed)
    assert said in str(caught.value)
