"""Generated walks, and an independent recount of what their summaries say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hypothesis import strategies as st

from pltool.core.bank import Strands
from pltool.core.progression import Progression
from pltool.core.standing import Status
from pltool.core.walk.summary import Summary, summarize
from pltool.core.walk.tally import Tally
from pltool.core.walk.visits import Grouping, Visit, VisitOutcome
from tests.examples import progression_data

# Two kinds of practice that all models have in each phase, and one that beta lacks in its first.
KINDS = {"alpha": "abaab", "beta": "baaba", "gamma": "bcabc"}
STRANDS = Strands.model_validate(
    {
        "domains": [
            {
                "id": kind,
                "title": kind.upper(),
                "strands": [{"id": f"strand-{kind}", "title": kind, "meaning": "A practice."}],
            }
            for kind in "abc"
        ]
    }
)


def _model(name: str, sizes: tuple[int, ...]) -> Progression:
    data = progression_data(*sizes, model=name)
    steps = [step for phase in data["phases"] for area in phase["areas"] for step in area["steps"]]
    for step, kind in zip(steps, KINDS[name], strict=True):
        step["strands"] = [f"strand-{kind}"]
    return Progression.model_validate(data)


MODELS = {
    name: _model(name, sizes)
    for name, sizes in {"alpha": (2, 2, 1), "beta": (1, 2, 1, 1), "gamma": (2, 1, 2)}.items()
}
DAYS = ("2026-09-14", "2026-10-05", "2026-10-06", "2026-11-23")


@dataclass(frozen=True)
class Seen:
    """One observation as plain facts; `way` is the index of the pause, `complete` or `unfinished`."""

    day: str
    school: str
    room: str
    observer: str
    role: str
    model: str
    way: int | str
    unseen: bool = False


@st.composite
def seen(draw: st.DrawFn, schools: int = 5, rooms: int = 12) -> Seen:
    model = draw(st.sampled_from(sorted(MODELS)))
    steps = len(MODELS[model].steps)
    way = draw(st.one_of(st.integers(0, steps - 1), st.sampled_from(["complete", "unfinished"])))
    room = draw(st.integers(0, rooms))
    return Seen(
        day=draw(st.sampled_from(DAYS)),
        # A room belongs to one school, and has a label found nowhere else.
        school=f"School {room % schools}",
        room=f"Rm-{room}" if room else "",
        observer=draw(st.sampled_from(["Ob-Xa", "Ob-Yb", "Ob-Zc", "Ob-Wd"])),
        role=draw(st.sampled_from(["coach", "principal"])),
        model=model,
        way=way,
        unseen=draw(st.booleans()) and way not in {0, "unfinished"},
    )


def walks(most: int = 40, **sizes: int) -> st.SearchStrategy[list[Seen]]:
    return st.lists(seen(**sizes), max_size=most)


def paused_outcome(progression: Progression, pause: int) -> VisitOutcome:
    """A pause at a step: everything before it is in place, and nothing beyond it is known."""
    return VisitOutcome(progression.id, Status.PAUSED, pause=pause, in_place=tuple(range(pause)))


def complete_outcome(progression: Progression) -> VisitOutcome:
    """Every step in place."""
    return VisitOutcome(progression.id, Status.COMPLETE, in_place=tuple(range(len(progression.steps))))


def outcome_of(observation: Seen) -> VisitOutcome:
    progression = MODELS[observation.model]
    if observation.way == "unfinished":
        return VisitOutcome(progression.id, Status.UNFINISHED)
    if isinstance(observation.way, int):
        outcome = paused_outcome(progression, observation.way)
    else:
        outcome = complete_outcome(progression)
    if observation.unseen:
        return VisitOutcome(
            outcome.model, outcome.status, provisional=True, pause=outcome.pause,
            in_place=outcome.in_place[1:], not_seen=(0,),
        )  # fmt: skip
    return outcome


def visit_of(observation: Seen) -> Visit:
    return Visit(
        observation.day,
        observation.school,
        observation.room,
        observation.observer,
        observation.role,
        outcome_of(observation),
    )


def summary_of(walk: list[Seen], by: Grouping | None = None, limit: int = 5) -> Summary:
    tally = Tally(by)
    tally.add_visits(map(visit_of, walk))
    return summarize(tally, MODELS, limit=limit, strands=STRANDS)


def column_of(observation: Seen) -> int:
    """Pauses in the first, second and third or a later phase, then complete, provisional, unfinished."""
    if observation.way == "unfinished":
        return 5
    if observation.unseen:
        return 4
    if not isinstance(observation.way, int):
        return 3
    progression = MODELS[observation.model]
    phase = progression.steps[observation.way].phase.id
    return min([p.id for p in progression.phases].index(phase), 2)


def counts_of(walk: list[Seen]) -> tuple[int, ...]:
    counted = Counter(column_of(observation) for observation in walk)
    return tuple(counted[column] for column in range(6))


def rooms_of(walk: list[Seen]) -> int:
    return len({(observation.school, observation.room) for observation in walk if observation.room})


def group_of(observation: Seen, by: str) -> str:
    return {
        "school": observation.school,
        "model": observation.model,
        "month": observation.day[:7],
        "observer-role": observation.role,
    }[by]


def kind_of(observation: Seen) -> str | None:
    """The kind of practice of a firm pause."""
    if observation.unseen or not isinstance(observation.way, int):
        return None
    return KINDS[observation.model][observation.way]
