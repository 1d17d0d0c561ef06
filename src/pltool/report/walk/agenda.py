"""The debrief, timed: only what is used in the room, filled in from the walk; the details are in the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.core.walk.step_counts import most_in_place
from pltool.report.formats.outline import (
    Bullets,
    Heading,
    Lines,
    Paragraph,
    Span,
    Table,
    bullets,
    paragraph,
    text,
)
from pltool.report.phrases import LICENSE, count
from pltool.report.walk.agreement import split_heading
from pltool.report.walk.groups import models_blocks, pooled_celebration, pooled_table, why_held_back
from pltool.report.walk.steps import celebrated, shared_pause
from pltool.report.walk.summary import PURPOSE, size_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.core.bank import Strands
    from pltool.core.walk.agenda import Agenda, AgendaItem, WalkGuide
    from pltool.core.walk.agreement import Agreement
    from pltool.core.walk.summary import Summary
    from pltool.report.formats.outline import Block, Inlines, Outline

_LONG = 45


def agenda_report(
    guide: WalkGuide, agenda: Agenda, summary: Summary, agreement: Agreement, strands: Strands
) -> Outline:
    """The agenda, filled in."""
    return tuple(_report(AgendaContent(guide, agenda, summary, agreement, strands)))


class AgendaContent:
    """What each part of the agenda may draw on."""

    def __init__(
        self,
        guide: WalkGuide,
        agenda: Agenda,
        summary: Summary,
        agreement: Agreement,
        strands: Strands,
    ) -> None:
        self.guide, self.agenda, self.summary = guide, agenda, summary
        self.agreement, self.strands = agreement, strands
        self.long = agenda.minutes > _LONG
        self.most = 3 if self.long else 2

    def blocks(self, item: AgendaItem) -> Iterator[Block]:
        """What is filled in below a part."""
        filled = {
            "purpose": self.purpose,
            "models-and-pauses": self.models,
            "celebrations": self.celebrations,
            "patterns": self.patterns,
            "split-steps": self.split_steps,
            "support": self.support,
            "sharing": self.sharing,
        }.get(item.id)
        return filled() if filled else iter(())

    def purpose(self) -> Iterator[Block]:
        yield paragraph(self.guide.purpose, "strong")
        if self.long:  # the short form points to the norms on the wall
            yield bullets(*self.guide.norms)

    def models(self) -> Iterator[Block]:
        yield from models_blocks(self.summary, whole=False)
        yield paragraph("Step by step: in the walk summary, which is made to be put up.", "soft")

    def celebrations(self) -> Iterator[Block]:
        entries: list[Inlines] = [text(line) for line in pooled_celebration(self.summary)]
        for model in self.summary.models.shown:
            furthest = celebrated(self.summary, model)
            step = furthest or next(iter(most_in_place(model)), None)
            if step is not None:
                words = f" ({model.progression.title}: {step.in_place} of {count(model.observations, 'observation')} came past it)"
                entries.append((Span(step.placed.step.action), Span(words, "soft")))
            if model.complete:
                times = count(model.complete, "time")
                entries.append(text(f"{model.progression.title}: every step that applies in place, {times}."))
        if entries:
            yield paragraph("From the figures, to begin with:")
            yield Bullets(tuple((entry,) for entry in entries[: self.most + 1]))
        yield Lines(1, tight=True)

    def patterns(self) -> Iterator[Block]:
        pooled = (
            list(pooled_table(self.summary, self.strands)) if self.summary.models.breakdown.suppressed else []
        )
        yield from pooled or self.strand_pauses()
        yield Lines(2 if self.long else 1, tight=True)

    def strand_pauses(self) -> Iterator[Block]:
        found = {strand.strand: strand for strand in self.summary.models.strands}
        rows = sorted(
            ((title.title, found[title.id]) for title in self.strands.all if title.id in found),
            key=lambda row: -row[1].paused,
        )
        rows = [(title, strand) for title, strand in rows if strand.paused][: self.most]
        if rows:
            yield paragraph(
                "The strands that most pauses belong to (a step may belong to several), with how many of all answers were in place:"
            )
            yield Table(
                ("Strand", "Pauses", "Answers in place"),
                tuple(
                    (title, str(strand.paused), f"{strand.in_place} of {strand.answers}")
                    for title, strand in rows
                ),
                numeric=(1, 2),
            )

    def split_steps(self) -> Iterator[Block]:
        agreement = self.agreement
        if not agreement.shared:
            yield paragraph(
                "No classroom was seen by two observers on the same day, so there is nothing to set side by side."
            )
            return
        yield paragraph(
            f"Of {count(agreement.compared, 'shared visit')} where pauses can be compared, observers paused at the same "
            f"step in {agreement.same_pause}, and within one step in {agreement.within_one}."
        )
        # A split step of a model that is held back would show where its few classrooms pause.
        shown = {model.progression.title for model in self.summary.models.shown}
        splits = [split for split in agreement.splits if split.model in shown]
        for split in splits[: 2 if self.long else 1]:
            yield Heading(3, split_heading(split))
            yield paragraph(split.placed.step.action, "strong")
            # The long form rereads the look-fors, the short one what is said under "in practice when".
            yield bullets(*(split.placed.step.look_fors if self.long else split.placed.step.in_practice_when))
            yield paragraph("We will accept as evidence:")
            yield Lines(1, tight=True)
        if agreement.splits:
            yield paragraph("All of them, with the notes of each side: pltool walk agreement.", "soft")
        else:
            yield paragraph("Wherever two observers reached the same step, they answered alike.")

    def support(self) -> Iterator[Block]:
        for shared in self.summary.models.shared[: 3 if self.long else 1]:
            yield from shared_pause(shared, None)
        if not self.summary.models.shared:
            yield paragraph("No step is the pause of two classrooms among the models that are shown.")
        else:
            yield paragraph("Resources for each are in the walk summary.", "soft")
        yield paragraph("We offer (what, to whom, who provides it, from when):")
        yield Lines(2 if self.long else 1, tight=True)

    def sharing(self) -> Iterator[Block]:
        if not self.long:
            yield Lines(1, tight=True)
            return
        yield Table(
            ("Whom", "What", "By when"),
            (
                ("Each teacher visited", "Thanks and one “we noticed”", ""),
                ("All staff", "What we celebrate, the patterns, the help on its way", ""),
                ("School and district leaders", "The summary: no names, small groups held back", ""),
                ("Nobody", "Single sheets and notes", ""),
            ),
        )


def _report(filling: AgendaContent) -> Iterator[Block]:
    agenda, summary = filling.agenda, filling.summary
    yield Heading(1, f"Debrief of the progression walk: {agenda.minutes} minutes")
    yield paragraph(" · ".join(size_words(summary)))
    yield paragraph(
        "Have ready: each person's own sheets, a wall chart, and the walk summary to put up.", "soft"
    )
    for start, item in _timed(agenda):
        yield Heading(2, f"{start}–{start + item.minutes} · {item.title}")
        yield paragraph(item.lead)
        yield Paragraph((Span("Ask: ", "soft"), Span(item.prompt, "strong")))
        yield from filling.blocks(item)
    if filling.long:
        yield Heading(2, "About this agenda")
        yield paragraph(PURPOSE)
        if summary.models.breakdown.suppressed:
            yield paragraph(why_held_back(summary), "soft")
    yield paragraph(LICENSE, "soft")


def _timed(agenda: Agenda) -> Iterator[tuple[int, AgendaItem]]:
    start = 0
    for item in agenda.items:
        yield start, item
        start += item.minutes
