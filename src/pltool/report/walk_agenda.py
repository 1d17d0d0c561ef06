"""The debrief, timed, with what the walk has shown filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.core.held_back import LOWEST_LIMIT
from pltool.core.step_counts import furthest_for_half, most_in_place
from pltool.report.outline import (
    Bullets,
    Facts,
    Heading,
    Lines,
    Paragraph,
    Span,
    Table,
    bullets,
    paragraph,
    text,
)
from pltool.report.walk import PURPOSE, facts
from pltool.report.walk_agreement import split_heading
from pltool.report.walk_groups import models_blocks
from pltool.report.walk_steps import heat, shared_pause
from pltool.report.words import LICENSE, count, listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.core.agenda import Agenda, AgendaItem, WalkGuide
    from pltool.core.agreement import Agreement
    from pltool.core.bank import Bank, Strands
    from pltool.core.walk_summary import Summary
    from pltool.report.outline import Block, Inlines, Outline

_LONG = 45


def agenda_report(
    guide: WalkGuide, agenda: Agenda, summary: Summary, agreement: Agreement, bank: Bank, strands: Strands
) -> Outline:
    """The agenda, filled in."""
    return tuple(_report(_Filling(guide, agenda, summary, agreement, bank, strands)))


class _Filling:
    """What each part of the agenda may draw on."""

    def __init__(
        self,
        guide: WalkGuide,
        agenda: Agenda,
        summary: Summary,
        agreement: Agreement,
        bank: Bank,
        strands: Strands,
    ) -> None:
        self.guide, self.agenda, self.summary = guide, agenda, summary
        self.agreement, self.bank, self.strands = agreement, bank, strands
        self.most = 3 if agenda.minutes > _LONG else 2

    def blocks(self, item: AgendaItem) -> Iterator[Block]:
        """What is filled in below a part."""
        filled = {
            "purpose": self.purpose,
            "evidence": self.room_to_write,
            "models-and-pauses": self.models,
            "celebrations": self.celebrations,
            "patterns": self.patterns,
            "split-steps": self.split_steps,
            "wonderings": self.room_to_write,
            "support": self.support,
            "sharing": self.sharing,
        }.get(item.id)
        return filled() if filled else iter(())

    def purpose(self) -> Iterator[Block]:
        yield paragraph(self.guide.purpose, "strong")
        yield bullets(*self.guide.norms)

    def room_to_write(self) -> Iterator[Block]:
        yield Lines(3 if self.agenda.minutes > _LONG else 2)

    def models(self) -> Iterator[Block]:
        yield from models_blocks(self.summary)
        for model in self.summary.shown:
            if model.paused:
                yield Heading(3, model.progression.title)
                yield heat(model, whole=False)

    def celebrations(self) -> Iterator[Block]:
        entries: list[Inlines] = []
        for model in self.summary.shown:
            furthest = furthest_for_half(model)
            step = furthest or next(iter(most_in_place(model)), None)
            if step is not None:
                words = f" ({model.progression.title}, in place in {step.in_place} of {count(model.observations, 'observation')})"
                entries.append((Span(step.placed.step.action), Span(words, "soft")))
            if model.complete:
                times = count(model.complete, "time")
                entries.append(text(f"{model.progression.title}: every step in place, {times}."))
        if entries:
            yield paragraph("From the figures, to begin with:")
            yield Bullets(tuple((entry,) for entry in entries))
        yield Lines(2)

    def patterns(self) -> Iterator[Block]:
        found = {strand.strand: strand for strand in self.summary.strands}
        rows = sorted(
            ((title.title, found[title.id]) for title in self.strands.all if title.id in found),
            key=lambda row: -row[1].paused,
        )
        rows = [(title, strand) for title, strand in rows if strand.paused][:5]
        if rows:
            yield paragraph(
                "The strands that most pauses belong to, with how often a step of theirs is in place:"
            )
            yield Table(
                ("Strand", "Pauses", "Steps in place"),
                tuple((title, str(strand.paused), str(strand.in_place)) for title, strand in rows),
                numeric=(1, 2),
            )
        yield Lines(2)

    def split_steps(self) -> Iterator[Block]:
        agreement = self.agreement
        if not agreement.shared:
            yield paragraph(
                "No classroom was seen by two observers on the same day, so there is nothing to set side by side."
            )
            return
        yield paragraph(
            f"Of {count(agreement.compared, 'classroom')} where pauses can be compared, observers paused at the same "
            f"step in {agreement.same_pause}, and within one step in {agreement.within_one}."
        )
        # A split step of a model that is held back would show where its few classrooms pause.
        shown = {model.progression.title for model in self.summary.shown}
        splits = [split for split in agreement.splits if split.model in shown]
        for split in splits[: self.most if self.agenda.minutes > _LONG else 1]:
            yield Heading(3, split_heading(split))
            yield paragraph(split.placed.step.action, "strong")
            yield paragraph("In consistent practice when:", "soft")
            yield bullets(*split.placed.step.in_practice_when)
            yield paragraph("Look-fors:", "soft")
            yield bullets(*split.placed.step.look_fors)
            yield paragraph("We will accept as evidence:")
            yield Lines(1)
        if agreement.splits:
            yield paragraph(
                "The notes of each side are in the report that pltool walk agreement writes.", "soft"
            )
        else:
            yield paragraph("Wherever two observers reached the same step, they answered alike.")

    def support(self) -> Iterator[Block]:
        for shared in self.summary.shared[: self.most]:
            yield from shared_pause(shared, self.bank)
        if not self.summary.shared:
            yield paragraph("No step is the pause of two classrooms among the models that are shown.")
        yield paragraph("We offer (what, to whom, who provides it, from when):")
        yield Lines(2)

    def sharing(self) -> Iterator[Block]:
        yield Table(
            ("Whom", "What", "By when"),
            (
                ("Each teacher visited", "Thanks and one “we noticed”", ""),
                ("All staff", "What we celebrate, the patterns, the help on its way", ""),
                ("School and district leaders", "The summary: no names, small groups held back", ""),
                ("Nobody", "Single sheets and notes", ""),
            ),
        )


def _report(filling: _Filling) -> Iterator[Block]:
    agenda, summary = filling.agenda, filling.summary
    yield Heading(1, f"Debrief of the progression walk: {agenda.minutes} minutes")
    yield Facts(tuple(facts(summary)))
    yield Table(
        ("Minute", "Part", "Length"),
        tuple((f"{start}", item.title, f"{item.minutes} min") for start, item in _timed(agenda)),
        numeric=(0, 2),
    )
    for start, item in _timed(agenda):
        yield Heading(2, f"{start}–{start + item.minutes} · {item.title}")
        yield paragraph(item.lead)
        yield Paragraph((Span("Ask: ", "soft"), Span(item.prompt, "strong")))
        yield from filling.blocks(item)
    yield Heading(2, "About this agenda")
    yield paragraph(PURPOSE)
    if summary.models.held and summary.limit > LOWEST_LIMIT:
        names = listing([summary.titles[name] for name in summary.models.held])
        yield paragraph(f"Not in it because too few classrooms were seen: {names}.", "soft")
    yield paragraph(LICENSE, "soft")


def _timed(agenda: Agenda) -> Iterator[tuple[int, AgendaItem]]:
    start = 0
    for item in agenda.items:
        yield start, item
        start += item.minutes
