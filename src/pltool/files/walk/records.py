"""Records for a walk: thousands of files, of which only what a walk counts is taken."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NotRequired

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json
from typing_extensions import TypedDict

from pltool.core.record import FORMAT, Kind
from pltool.core.standing import Answer, Status
from pltool.core.walk.visits import Outcome, StepEvidence, Visit
from pltool.errors import InputError, ProblemsError
from pltool.files.strict_yaml import MAX_BYTES
from pltool.files.walk.dates import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pltool.files.walk.findings import Findings
    from pltool.files.walk.models import WalkModels


# Only what a walk needs: everything else in a record is passed over while it is read, which costs next to nothing.
class _Model(TypedDict):
    id: str


class _Pause(TypedDict):
    id: str


class _Counts(TypedDict):
    in_place: int
    not_yet: int
    not_seen: int
    does_not_apply: NotRequired[int]


class _Note(TypedDict):
    note: str


class _Answer(TypedDict):
    step: str
    answer: Answer


class _NotedAnswer(_Answer):
    evidence: NotRequired[list[_Note]]


class _Record(TypedDict):
    format: Literal["pltool.reflection/1"]
    id: str
    kind: Kind
    model: _Model
    part: NotRequired[str | None]
    classroom: NotRequired[str | None]
    school: NotRequired[str | None]
    observer: NotRequired[str | None]
    observer_role: NotRequired[str | None]
    finished: str
    status: Status
    provisional: bool
    counts: _Counts
    pause: _Pause | None


class _PlainRecord(_Record):
    answers: list[_Answer]


class _NotedRecord(_Record):
    answers: list[_NotedAnswer]


# The id of a record, when it was finished, and the visit.
_Found = tuple[str, str, Visit]
_LIST: TypeAdapter[list[Any]] = TypeAdapter(list[Any])


class RecordReader:
    """Reads records one after the other."""

    def __init__(
        self,
        models: WalkModels,
        findings: Findings,
        seen: set[int],
        tick: Callable[[int], None],
        *,
        evidence: bool,
    ) -> None:
        self.models, self.findings, self.seen, self.tick = models, findings, seen, tick
        # Evidence is only taken where somebody asks for it.
        self._records: TypeAdapter[_PlainRecord | _NotedRecord] = TypeAdapter(
            _NotedRecord if evidence else _PlainRecord
        )

    def visits(self, paths: Sequence[str]) -> Iterator[Visit]:
        """The visits of these files; one that cannot be used is reported and left out.

        Where an id is met again, the later record counts, whatever the order of the files.
        """
        latest: dict[str, tuple[str, Visit]] = {}
        for path in paths:
            found = self._read(path)
            self.tick(1)
            for name, finished, visit in found:
                before = latest.get(name)
                if before is None:
                    latest[name] = (finished, visit)
                    continue
                self.findings.twice += 1
                latest[name] = max(before, (finished, visit), key=_order)
        for name, (_, visit) in latest.items():
            self.seen.add(hash(name))
            yield visit

    def _read(self, path: str) -> tuple[_Found, ...]:
        """The visits of a file: of its one record, or of a list of them, as a page hands them in."""
        try:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - quicker, ten thousand times
                large = os.fstat(file.fileno()).st_size > MAX_BYTES
                content = b"" if large else file.read()
            if content[:1] == b"[":
                return tuple(self._listed(path, content))
            record = self._records.validate_json(content)
            return ((record["id"], record["finished"], self._visit(record)),)
        except OSError as error:
            self.findings.leave_out(Path(path), None, f"cannot be read ({error.strerror or error})")
        except ValidationError as error:
            problem = (1, "is larger than any record") if large else _explain(error, content)
            self.findings.leave_out(Path(path), *problem)
        except ProblemsError:  # the content is broken, not the record
            raise
        except InputError as error:
            self.findings.leave_out(Path(path), 1, str(error))
        return ()

    def _listed(self, path: str, content: bytes) -> Iterator[_Found]:
        """The visits of a list; a record that cannot be used is reported, and the others count."""
        for number, entry in enumerate(_LIST.validate_json(content), start=1):
            try:
                # As text once more: a record is read strictly, and JSON has no words of its own for an answer.
                record = self._records.validate_json(to_json(entry))
                yield record["id"], record["finished"], self._visit(record)
            except ValidationError as error:
                _, what = _explain(error, b"")
                self.findings.leave_out(Path(path), None, f"record {number} in it: {what}")
            except ProblemsError:
                raise
            except InputError as error:
                self.findings.leave_out(Path(path), None, f"record {number} in it: {error}")

    def _visit(self, record: _PlainRecord | _NotedRecord) -> Visit:
        model = record["model"]["id"]
        steps = self.models.steps(model)
        day = day_of(record["finished"])
        if day is None:
            raise InputError(f"`finished` is `{record['finished']}`, which is no moment")
        counts = record["counts"]
        # What counts comes first; what was answered beyond the pause follows, and is not reached.
        reached = (
            counts["in_place"] + counts["not_yet"] + counts["not_seen"] + counts.get("does_not_apply", 0)
        )
        counted = record["answers"][:reached]
        places = {Answer.IN_PLACE: list[int](), Answer.NOT_SEEN: list[int](), Answer.NOT_YET: list[int]()}
        notes: list[StepEvidence] = []
        for answer in counted:
            step = steps.get(answer["step"])
            if step is not None:
                if answer["answer"] in places:
                    places[answer["answer"]].append(step)
                noted: list[_Note] = answer.get("evidence", [])  # type: ignore[assignment]
                notes += [StepEvidence(step, note["note"]) for note in noted]
        pause = steps.get(record["pause"]["id"]) if record["pause"] else None
        if (record["status"] is Status.PAUSED) is not (pause is not None):
            raise InputError(f"its pause is no step of today's `{model}`; add the content it was made with")
        outcome = Outcome(
            model, record["status"], record["provisional"], pause,
            tuple(sorted(places[Answer.IN_PLACE])), tuple(sorted(places[Answer.NOT_SEEN])),
        )  # fmt: skip
        return Visit(
            day,
            (record.get("school") or "").strip(),
            (record.get("classroom") or "").strip(),
            (record.get("observer") or "").strip(),
            record.get("observer_role") or "",
            self.models.kept(outcome),
            record["kind"],
            bool(record.get("part")),
            "",
            tuple(notes),
        )


def _order(found: tuple[str, Visit]) -> tuple[str, str]:
    finished, visit = found
    outcome = visit.outcome
    shown = (outcome.model, outcome.status.value, outcome.pause, outcome.in_place, outcome.not_seen)
    return finished, repr((*shown, visit[:5], visit[6:]))


def _explain(error: ValidationError, content: bytes) -> tuple[int, str]:
    """The line and what is wrong there, as far as it can be told."""
    first = error.errors(include_url=False)[0]
    if first["type"] == "json_invalid":
        message = first["ctx"]["error"]
        line = message.rpartition(" at line ")[2].split(" ")[0]
        return int(line) if line.isdecimal() else 1, "is not JSON here; it may be cut off"
    name = str(first["loc"][-1]) if first["loc"] else ""
    if first["loc"][:1] == ("format",) or not first["loc"]:
        return 1, f"is no record of pltool (`format` is not {FORMAT})"
    line = content[: max(content.find(f'"{name}"'.encode()), 0)].count(b"\n") + 1
    return line, f"`{'.'.join(map(str, first['loc']))}`: {first['msg'].lower()}"
