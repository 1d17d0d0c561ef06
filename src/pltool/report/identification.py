"""Which model a classroom is using: the cues as they are asked, and the answer with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pltool.report.formats.outline import Bullets, Heading, Paragraph, Span, bullets, paragraph, text
from pltool.report.phrases import listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.core.cue_interview import Inquiry, Verdict, Weighed
    from pltool.core.cues import Cue, Cues
    from pltool.report.formats.outline import Block, Outline


def cue_question(inquiry: Inquiry, cue: Cue) -> Outline:
    """One cue: the question, what to look for, and what to ask a student."""
    number = len(inquiry.answers) + 1
    return (
        Heading(3, f"Which model is this? Question {number}, at most {len(inquiry.cues.cues)}"),
        paragraph(cue.question, "strong"),
        *_how_to_tell(cue),
    )


def _how_to_tell(cue: Cue) -> tuple[Block, ...]:
    return (
        Paragraph((Span("Look for: ", "soft"), Span(cue.look))),
        Paragraph((Span("Ask a student: ", "soft"), Span(f"“{cue.ask}”"))),
    )


def model_title(name: str) -> str:
    """A model's id as its title: `station-rotation` as `Station Rotation`."""
    return " ".join(word.capitalize() for word in name.split("-"))


def candidate_title(cues: Cues, name: str) -> str:
    """The title of a model or of another outcome."""
    return model_title(name) if cues.is_model(name) else cues.outcomes[name].title


def identification(cues: Cues, verdict: Verdict) -> Outline:
    """The whole answer."""
    return tuple(_identification(cues, verdict))


def _identification(cues: Cues, verdict: Verdict) -> Iterator[Block]:
    yield Heading(1, headline(cues, verdict))
    yield from _opening(cues, verdict)
    named = [weighed for weighed in verdict.ranking if weighed.candidate in verdict.named]
    if verdict.outcome != "unclear":
        for weighed in named:
            yield from _reasons(cues, weighed, alone=len(named) == 1)
    yield from _open_question(verdict)
    others = [weighed for weighed in verdict.ranking if weighed not in named and weighed.speaks_against]
    if others and verdict.outcome != "contradiction":
        yield Heading(2, "What speaks against the others")
        yield Bullets(tuple(_against(cues, others)))
    models = [name for name in verdict.named if cues.is_model(name)]
    if models and verdict.outcome != "unclear":
        yield paragraph(f"To observe: pltool observe {models[0]}", "soft")


def headline(cues: Cues, verdict: Verdict) -> str:
    """The answer in a few words."""
    titles = listing([candidate_title(cues, name) for name in verdict.named])
    match verdict.outcome:
        case "model":
            return titles if verdict.settled else f"Most likely {titles}"
        case "mixed":
            return f"Mixed: {titles}"
        case "unclear":
            return "Too little was seen to tell"
        case "contradiction":
            return "These answers do not fit together"
        case _:
            return titles


def _opening(cues: Cues, verdict: Verdict) -> Iterator[Block]:
    outcome = cues.outcomes.get(verdict.outcome)
    if outcome is not None:
        yield paragraph(outcome.summary)
    elif verdict.outcome == "unclear" and len(verdict.named) < len(cues.candidates):
        still = listing([candidate_title(cues, name) for name in verdict.named], "or")
        yield paragraph(f"It could still be {still}.")
    elif verdict.outcome == "unclear":
        yield paragraph("Nothing was ruled out, and nothing is guessed.")
    elif verdict.outcome == "contradiction":
        seen = (reason for weighed in verdict.ranking for reason in weighed.speaks_against)
        yield paragraph("No model, and no mixture of models, could show all of this:")
        yield bullets(*dict.fromkeys(seen))
        yield paragraph("Look at these once more, or ask the teacher how the class is meant to run.")


def _reasons(cues: Cues, weighed: Weighed, *, alone: bool) -> Iterator[Block]:
    title = "What speaks for it" if alone else candidate_title(cues, weighed.candidate)
    # Of a mixture, and of what is no model, the marks say enough.
    shown = weighed.speaks_for if alone and cues.is_model(weighed.candidate) else weighed.marks
    shown = shown or weighed.speaks_for
    if shown:
        yield Heading(2, title)
        yield bullets(*shown)
    if weighed.speaks_against:
        yield paragraph("What does not fit:" if alone else "What does not fit it alone:", "soft")
        yield bullets(*weighed.speaks_against)


def _open_question(verdict: Verdict) -> Iterator[Block]:
    cue = verdict.would_settle
    if cue is None:
        return
    settles = "This one question would settle it" if verdict.certain_then else "This question would help most"
    yield Heading(2, settles)
    yield paragraph(cue.question, "strong")
    yield from _how_to_tell(cue)


def _against(cues: Cues, others: list[Weighed]) -> Iterator[tuple[tuple[Span, ...], ...]]:
    """Each with its first reason, those that share it together."""
    by_reason: dict[str, list[str]] = {}
    for weighed in others:
        by_reason.setdefault(weighed.speaks_against[0], []).append(candidate_title(cues, weighed.candidate))
    for reason, titles in by_reason.items():
        yield ((Span(f"{listing(titles)}: ", "strong"), Span(reason)),)


def cue_list(cues: Cues) -> Outline:
    """All cues with their ids, for those who answer them on paper or in a file."""
    entries = tuple(
        (
            (Span(cue.question), Span(f" ({cue.id})", "soft")),
            text(f"Look for: {cue.look}", "soft"),
            text(f"Ask a student: “{cue.ask}”", "soft"),
        )
        for cue in cues.cues
    )
    return (
        Heading(1, "Which model is this classroom using?"),
        paragraph("Answer each with yes, no, or could not tell."),
        Bullets(entries, mark="number"),
    )
