"""Records for a walk: thousands of files, of which only what a walk counts is taken."""

from __future__ import annotations

import codecs
import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from pydantic import TypeAdapter, ValidationError

from pltool.core.record import FORMAT
from pltool.core.standing import Answer, Status
from pltool.core.walk.visits import StepEvidence, Visit, VisitOutcome
from pltool.errors import InputError, ProblemsError
from pltool.files.record_format import NotedWalkRecord, PlainWalkRecord
from pltool.files.strict_yaml import MAX_BYTES
from pltool.files.walk.dates import FIRST_YEAR, day_of
from pltool.files.walk.rows import visit_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pltool.files.record_format import WalkCounts, WalkNote
    from pltool.files.walk.context import WalkContext


# A list of the visits of a day is a good deal larger than a record.
_MOST_BYTES = 64 << 20


class RecordReader:
    """Reads records one after the other.

    Args:
        context: what every reader needs to know.
        tick: called with the number of files read.
        evidence: whether to take the notes of each step, too.
    """

    def __init__(self, context: WalkContext, tick: Callable[[int], None], *, evidence: bool) -> None:
        self.context, self.tick = context, tick
        self.models, self.findings = context.models, context.findings
        # Evidence is only taken where somebody asks for it.
        kind: type = NotedWalkRecord if evidence else PlainWalkRecord
        self._records: TypeAdapter[PlainWalkRecord | NotedWalkRecord] = TypeAdapter(kind)

    def visits(self, paths: Sequence[str]) -> Iterator[Visit]:
        """The visits of these files; one that cannot be used is reported and left out.

        Where an id is met again, the later record counts, whatever the order of the files.
        """
        latest: dict[str, _Found] = {}
        for path in paths:
            for found in self._read(path):
                before = latest.get(found.name)
                if before is not None:
                    self.findings.repeated += 1
                    found = max(before, found, key=_order)  # noqa: PLW2901 - the one that counts
                latest[found.name] = found
            self.tick(1)
        seen = self.context.seen.records
        for name, (_, _, visit) in latest.items():
            seen[hash(name)] = visit_key(visit.day, visit.school, visit.classroom, visit.outcome.model)
            yield visit

    def _read(self, path: str) -> Iterator[_Found]:
        """The record of a file, or the records of a list of them."""
        try:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - quicker, ten thousand times
                size = os.fstat(file.fileno()).st_size
                content = b"" if size > _MOST_BYTES else file.readall()
        except OSError as error:
            self.findings.leave_out_file(path, None, f"cannot be read ({error.strerror or error})")
            return
        if size > _MOST_BYTES:
            self.findings.leave_out_file(path, None, "is larger than any record, or list of records")
            return
        if content[:1] != b"{":
            content = _as_utf8(content)
        if content[:1] == b"[":
            yield from self._list(path, content)
            return
        if len(content) > MAX_BYTES:
            self.findings.leave_out_file(path, None, "is larger than any record")
            return
        found = self._record(path, content)
        if found is not None:
            yield found

    def _list(self, path: str, content: bytes) -> Iterator[_Found]:
        """The records of a list, as a page for observers saves them."""
        try:
            entries = json.loads(content)
        except (ValueError, RecursionError):
            self.findings.leave_out_file(path, 1, "is not JSON here; it may be cut off")
            return
        if not entries:
            self.findings.note(f"{path} is a list with no record in it.")
        for number, entry in enumerate(entries, 1):
            content = json.dumps(entry).encode("utf-8", "replace")
            found = self._record(path, content, f"record {number} in it: ")
            if found is not None:
                yield found

    def _record(self, place: str, content: bytes, which: str = "") -> _Found | None:
        """One record; None where it cannot be used, which is reported."""
        try:
            record = self._records.validate_json(content)
            self.findings.read += 1
            return _Found(record["id"], record["finished"], self._visit(record))
        except ValidationError as error:
            line, what = _explain(error, content)
            if what.startswith("is a draft"):
                self.findings.passed_over.append(place)
                return None
            self.findings.read += 1
            self.findings.leave_out(place, None if which else line, which + what)
        except ProblemsError:  # the content is broken, not the record
            raise
        except InputError as error:
            self.findings.leave_out(place, None if which else 1, f"{which}{error}")
        return None

    def _visit(self, record: PlainWalkRecord | NotedWalkRecord) -> Visit:
        model = record["model"]["id"]
        steps = self.models.steps(model)
        day = day_of(record["finished"])
        if day is None:
            raise InputError(f"`finished` is `{record['finished'][:40]}`, which is no moment")
        if not FIRST_YEAR <= int(day[:4]) <= self.context.last_year:
            raise InputError(f"`finished` lies in the year {int(day[:4])}; is that meant? Correct it")
        counts = record["counts"]
        # What counts comes first; what was answered beyond the pause follows, and is not reached.
        counted = record["answers"][: _answered(counts, len(record["answers"]))]
        places: dict[Answer, list[int]] = {answer: [] for answer in Answer}
        notes: list[StepEvidence] = []
        for answer in counted:
            step = steps.get(answer["step"])
            if step is not None:
                places[answer["answer"]].append(step)
                noted: list[WalkNote] = answer.get("evidence", [])  # type: ignore[assignment]
                notes += [StepEvidence(step, note["note"]) for note in noted]
        pause = steps.get(record["pause"]["id"]) if record["pause"] else None
        if (record["status"] is Status.PAUSED) is not (pause is not None):
            raise InputError(f"its pause is no step of today's `{model}`; add the content it was made with")
        _check(record, places, pause)
        outcome = VisitOutcome(
            model, record["status"], record["provisional"], pause,
            tuple(sorted(places[Answer.IN_PLACE])), tuple(sorted(places[Answer.NOT_SEEN])),
            tuple(sorted(places[Answer.DOES_NOT_APPLY])),
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


class _Found(NamedTuple):
    name: str
    finished: str
    visit: Visit


def _answered(counts: WalkCounts, answers: int) -> int:
    """How many answers count, up to the pause.

    Raises:
        InputError: the record says what cannot be.
    """
    parts = counts["in_place"], counts["not_yet"], counts["not_seen"], counts.get("does_not_apply", 0)
    if min(parts) < 0 or sum(parts) > answers:
        raise InputError("its `counts` do not fit its answers; save it again from where it was made")
    return sum(parts)


def _check(
    record: PlainWalkRecord | NotedWalkRecord, places: dict[Answer, list[int]], pause: int | None
) -> None:
    """Refuse a record whose answers contradict one another.

    Raises:
        InputError: they do.
    """
    given = [step for steps in places.values() for step in steps]
    if len(set(given)) < len(given):
        raise InputError("answers one step twice; keep one of the two")
    if places[Answer.NOT_YET] != ([] if pause is None else [pause]):
        raise InputError(
            "its pause is not the step that it answers with not yet; save it again from where it was made"
        )
    if (record["status"] is not Status.UNFINISHED) and record["provisional"] is not bool(
        places[Answer.NOT_SEEN]
    ):
        raise InputError("says that it is provisional, or that it is not, against its answers")


def _as_utf8(content: bytes) -> bytes:
    """JSON without a byte order mark, in UTF-8; as it was where it is not UTF-16."""
    content = content.removeprefix(codecs.BOM_UTF8)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in content[:4]:
        encoding = json.detect_encoding(content)
        content = content.decode(encoding, "replace").removeprefix("\ufeff").encode()
    return content.lstrip(b" \t\r\n")


def _order(found: _Found) -> tuple[datetime, str]:
    """The later moment, whatever the zone it is written in; of two at one moment, always the same one."""
    moment = datetime.fromisoformat(found.finished)
    visit, outcome = found.visit, found.visit.outcome
    return (
        moment if moment.tzinfo else moment.replace(tzinfo=UTC),
        repr((*outcome.key, visit[:5], visit[6:])),
    )


def _explain(error: ValidationError, content: bytes) -> tuple[int, str]:
    """The line and what is wrong there, as far as it can be told."""
    first = error.errors(include_url=False)[0]
    if first["type"] == "json_invalid":
        message = first["ctx"]["error"]
        line = message.rpartition(" at line ")[2].split(" ")[0]
        what = "is not JSON here; it may be cut off"
        if content.lstrip()[:1] not in (b"{", b"["):
            what = "is not JSON; if it is a sheet, give it the ending .csv"
        return int(line) if line.isdecimal() else 1, what
    name = str(first["loc"][-1]) if first["loc"] else ""
    if first["loc"][:1] == ("format",) or not first["loc"]:
        given = first["input"]
        if isinstance(given, str) and given.startswith("pltool.draft/"):
            return 1, "is a draft"
        return 1, f"is no record of pltool (`format` is not {FORMAT})"
    line = content[: max(content.find(f'"{name}"'.encode()), 0)].count(b"\n") + 1
    return line, f"`{'.'.join(map(str, first['loc']))}`: {first['msg'].lower()}"
