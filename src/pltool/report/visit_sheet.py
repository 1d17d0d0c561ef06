"""A sheet to take along on a visit and fill in by hand, typed up afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.report.formats.outline import FormStep, Heading, PaperForm, Table, paragraph
from pltool.report.observation import PURPOSE_LINE, look_and_ask
from pltool.report.phrases import LICENSE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.core.progression import PlacedStep, Progression
    from pltool.report.formats.outline import Block, Outline

BOXES = ("in place", "not yet", "not seen")
_FIELDS = ("Date", "Classroom (a code)", "School", "Observer (a code)", "Model by the end")
_BLANK = "_" * 14


def visit_sheet(progression: Progression, *, built_in: bool = True) -> Outline:
    """A form for each phase, with boxes for the three answers and room for evidence."""
    return tuple(_sheet(progression, built_in=built_in))


def _sheet(progression: Progression, *, built_in: bool) -> Iterator[Block]:
    yield Heading(1, f"{progression.title}: visit sheet")
    yield paragraph(PURPOSE_LINE.partition(", and nothing leaves")[0] + ".")
    yield paragraph(
        "Go down the steps in order and stop at the first not yet. Tick not seen where the visit could not show it. "
        "Write what you saw, heard, read or were told, as a camera would; no names."
    )
    yield Table(_FIELDS, ((_BLANK,) * len(_FIELDS),))
    for phase in progression.phases:
        steps = tuple(_step(placed) for placed in progression.steps if placed.phase is phase)
        yield PaperForm(title=phase.title, boxes=BOXES, steps=steps)
    yield paragraph(
        f"To type it up: pltool observe {progression.id}, or pltool observe {progression.id} --answers FILE.yaml. "
        "The file begins with the line “answers:”; under it, two blanks in, stands a line for each step, by the small "
        f"name at its side, as “{progression.steps[0].id}: in_place”, or not_yet, or not_seen.",
        "soft",
    )
    version = f"{progression.title}, content version {progression.version}."
    yield paragraph(f"{version} {LICENSE}" if built_in else version, "soft")


def _step(placed: PlacedStep) -> FormStep:
    look, ask = look_and_ask(placed)
    own = ask in placed.step.look_fors
    return FormStep(
        number=str(placed.number),
        action=placed.step.action,
        hints=(ask,) if own else (f"Look for: {look[0]}",),
        group=placed.area.title,
        aside=placed.id,
    )
