"""The smallest real things: progressions to test with."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pltool.core.bank import Bank
from pltool.core.progression import Progression, Resource

# The two entries that the steps below refer to, as they read in the golden reports: the bank's own may change.
BANK = Bank(
    resources=(
        Resource(
            id="jordan-smooth-transitions",
            title="Indicator 6: Smooth Transitions",
            publisher="Jordan School District (Utah)",
            url="https://jes.jordandistrict.org/educators/resources/pdm/indicator-6/",
            kind="guide",
            models=("any",),
            phases=("foundation",),
            strands=("routines-and-procedures",),
            about="Checklist of concrete steps for giving directions, time limits and models before the class moves.",
        ),
        Resource(
            id="avid-optimize-station-rotation",
            title="Optimize Station Rotation in Blended Learning",
            publisher="AVID Open Access",
            url="https://avidopenaccess.org/course/optimize-station-rotation-in-blended-learning/",
            kind="guide",
            models=("station-rotation",),
            phases=("foundation",),
            strands=("routines-and-procedures",),
            about="Everything a rotation is made of, with versions for a full room, a remote class and a split one.",
        ),
    )
)


def step_data(step_id: str, **changes: Any) -> dict[str, Any]:
    """A complete step."""
    return {
        "id": step_id,
        "actor": "teacher",
        "action": f"The teacher does what {step_id} asks.",
        "in_practice_when": ["It happens every week.", "Students expect it."],
        "look_fors": ["A card on the wall.", "A student explains it."],
        "strands": ["routines-and-procedures"],
        "next_moves": [
            {"move": "Try it once.", "looks_like": "On Monday it is tried. On Friday it is kept."}
        ],
        "coaching_questions": ["What would change?"],
        "resources": ["jordan-smooth-transitions", "avid-optimize-station-rotation"],
        **changes,
    }


def progression_data(*sizes: int, model: str = "small") -> dict[str, Any]:
    """A complete progression with one phase for each size."""
    numbers = iter(range(1, 1000))
    return {
        "id": model,
        "title": model.replace("-", " ").title(),
        "version": "1.0",
        "summary": "A progression for a test.",
        "source": "Made up.",
        "phases": [
            {
                "id": f"phase-{phase}",
                "title": f"Phase {phase}",
                "purpose": "To be tested.",
                "areas": [
                    {
                        "id": "room",
                        "title": "In the room",
                        "steps": [step_data(f"step-{next(numbers)}") for _ in range(size)],
                    }
                ],
            }
            for phase, size in enumerate(sizes, start=1)
        ],
    }


def small_progression(*sizes: int) -> Progression:
    """A progression with one phase for each size."""
    return Progression.model_validate(progression_data(*sizes))


def progressions() -> st.SearchStrategy[Progression]:
    """Progressions of one to four phases with one to six steps each."""
    return st.lists(st.integers(1, 6), min_size=1, max_size=4).map(lambda sizes: small_progression(*sizes))
