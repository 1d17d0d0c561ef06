"""What a sitting holds, no other window may hold, whoever it is that answers."""

from __future__ import annotations

import pytest

from pltool.cli.sitting.session import lock_draft, new_draft
from pltool.core.record import Kind, Labels
from pltool.errors import InputError


@pytest.mark.parametrize("kind", ["reflection", "observation"])
def test_a_draft_that_another_window_answers_is_refused(kind: Kind) -> None:
    draft = new_draft("station-rotation", kind=kind, part=None, labels=Labels())
    first = lock_draft(draft)
    with pytest.raises(InputError, match=f"Another window has just gone on with that {kind}"):
        lock_draft(draft)
    first.release(delete=True)
    lock_draft(draft).release(delete=True)
