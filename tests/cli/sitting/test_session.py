"""What a sitting holds, no other window may hold, whoever it is that answers."""

from __future__ import annotations

import pytest

from pltool.cli.sitting.session import hold, new_draft
from pltool.core.record import Kind, Labels
from pltool.errors import InputError


@pytest.mark.parametrize("kind", ["reflection", "observation"])
def test_a_draft_that_another_window_answers_is_refused(kind: Kind) -> None:
    draft = new_draft("station-rotation", kind=kind, part=None, labels=Labels())
    first = hold(draft)
    with pytest.raises(InputError, match=f"Another window has just gone on with that {kind}"):
        hold(draft)
    first.release(delete=True)
    hold(draft).release(delete=True)
