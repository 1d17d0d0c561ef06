"""Walk sheets that are text: CSV as spreadsheets, forms and people save it."""

from __future__ import annotations

import csv
import io
from collections import deque
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from pltool.files.walk.columns import holds_anything
from pltool.files.walk.encodings import MIXED, Encoding, explain, explain_content, find_encoding, lines_of
from pltool.files.walk.rows import Lines, Rows

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from pathlib import Path

    from pltool.core.walk.visits import VisitColumns
    from pltool.files.walk.columns import Layout
    from pltool.files.walk.context import WalkContext

_DELIMITERS = ",;\t|"
# A head is looked for in so many rows, and in so much text.
HEAD_ROWS = 40
_HEAD_LINES = 200
_HEAD_TEXT = 1 << 18
# Few enough to stay in the processor's cache.
_ROWS = 2000
_BLOCK = 1 << 17
# A block taken apart at once, and the line that ends it: together no longer than a cell may be (`csv.field_size_limit`).
_PLAIN_BLOCK = 1 << 16
_LONGEST = (1 << 16) - 1
# Stands for a separator within quotation marks; where a sheet has it itself, the sheet is read row by row.
_HIDDEN = "\x1f"
# The order of dates is looked for in so many rows.
_DATES = 1 << 16
# Of columns that are read together so many are named.
_NAMED = 2


class _Head(NamedTuple):
    """The head of a sheet: what stands between cells, the line of the head, the last line that belongs to it."""

    delimiter: str
    line: int
    last: int
    layout: Layout


class SheetReader:
    """Reads sheets one after the other."""

    def __init__(self, context: WalkContext) -> None:
        self.context, self.findings = context, context.findings

    def columns(self, path: Path, *, asked_for: bool = True) -> Iterator[VisitColumns]:
        """The visits of one sheet, many at a time; broken rows are reported and left out.

        Args:
            path: the file.
            asked_for: whether it was named; a text file that only lies in a folder need not be a sheet.
        """
        try:
            problem = explain_content(path)
            encoding = Encoding("utf-8") if problem else find_encoding(path)
            if encoding.too_long:
                problem = "has a line of more than 8 MiB, and can hardly be a sheet"
            if problem:
                self.findings.leave_out_file(path, None, problem)
                return
            head = self._find_head(path, encoding, asked_for=asked_for)
            if head is not None:
                yield from self._rows(path, encoding, head)
        except OSError as error:
            self.findings.leave_out_file(path, None, f"cannot be read ({error.strerror or error})")

    def _find_head(self, path: Path, encoding: Encoding, *, asked_for: bool) -> _Head | None:
        with _open(path, encoding) as text:
            lines = _first_lines(text)
        told = lines[0].strip('\r\n\ufeff" ') if lines else ""
        before = 1 if told.lower().startswith("sep=") else 0
        # In a workbook's tab-separated text the mark in front reads `sep=` and nothing more.
        delimiters = told[4:5] if before and len(told) == len("sep=x") else _DELIMITERS
        best: tuple[int, str] = (0, "")
        for delimiter in sorted(delimiters, key=lambda each: -sum(line.count(each) for line in lines[:20])):
            rows, ends = _parse(lines[before:], delimiter)
            found = self.context.heads.find(rows)
            if found is not None:
                start, end, layout = found
                self._note_above(path, rows[:start])
                return _Head(delimiter, before + ([0, *ends][start]) + 1, before + ends[end - 1], layout)
            index, why = self.context.heads.explain(rows)
            if why and not best[1]:
                best = (before + [0, *ends][index] + 1, why)
        self._report_headless(path, encoding, best, asked_for=asked_for)
        return None

    def _note_above(self, path: Path, rows: list[list[str]]) -> None:
        above = [row for row in rows if holds_anything(row) and not row[0].lstrip().startswith("#")]
        if above:
            shown = " ".join(" ".join(above[0]).split())[:60]
            self.findings.note(
                f"{path}: what stands above the names of the columns (“{shown}”) was passed over."
            )

    def _report_headless(
        self, path: Path, encoding: Encoding, why: tuple[int, str], *, asked_for: bool
    ) -> None:
        if path.suffix.lower() == ".txt" and not asked_for:
            self.findings.passed_over.append(str(path))
            return
        if _is_own_list(path, encoding):
            self.findings.passed_over.append(str(path))
            return
        with _open(path, encoding) as text:
            rows = sum(1 for line in text if line.strip(',;\t| "\r\n'))
        rows = max(rows - 1, 0)  # one of them was meant as the head
        if rows:
            self.findings.read += rows
            self.findings.leave_out(path, why[0] or 1, why[1], rows=rows)
        else:
            self.findings.leave_out_file(path, why[0] or 1, why[1])

    def _rows(self, path: Path, encoding: Encoding, head: _Head) -> Iterator[VisitColumns]:
        note_layout(self.context, str(path), head.layout)
        if not encoding.clean:
            self.findings.note(
                f"{path} is not all UTF-8; the rest was read as Windows-1252, as older spreadsheets save it."
            )
        lines = Lines(lines_of, lambda: _dates(path, encoding, head), head.delimiter)
        rows = Rows(self.context, str(path), head.layout, lines)
        before = self.findings.read
        # Where what comes next is plain, it is taken in blocks; from the first block that is not, row by row.
        position, line = 0, head.last
        if encoding.name.startswith("utf-8"):
            position, line = yield from self._read_blocks(rows, path, head)
        with path.open("rb") as raw:
            raw.seek(position)
            # A mark stands at the beginning of a file only.
            name = "utf-8" if position else encoding.name
            with io.TextIOWrapper(raw, name, MIXED, newline="") as text:
                if not position:
                    deque(islice(text, head.last), maxlen=0)
                yield from self._read(rows, raw, text, head.delimiter, line)
        note_reading(self.context, rows)
        if self.findings.read == before:
            self.findings.note(f"{path} has no row below the names of its columns.")

    def _read_blocks(
        self, rows: Rows, path: Path, head: _Head
    ) -> Generator[VisitColumns, None, tuple[int, int]]:
        """The visits of the blocks in which each row ends with the block; where it stopped, in bytes and lines."""
        line = head.last
        with path.open("rb") as raw:
            above = [raw.readline() for _ in range(head.last)]
            if any(b"\r" in text.removesuffix(b"\r\n") for text in above):
                return 0, head.last  # lines are counted otherwise there
            position = raw.tell()
            while block := raw.read(_PLAIN_BLOCK):
                block += raw.readline(_LONGEST)
                if block[-1:] != b"\n" and raw.peek(1):
                    break
                text = block.decode("utf-8", MIXED)
                split = _split(text, head.delimiter, rows.width)
                if split is not None:
                    lines = len(split[0])
                    columns = rows.take_columns(split, line + 1)
                else:
                    parsed = _parse_block(text, head.delimiter)
                    if parsed is None:
                        break
                    taken, lines = parsed
                    columns = rows.take(taken, line + 1, broken=lines != len(taken))
                if columns is not None:
                    yield columns
                line += lines
                position += len(block)
                self.context.tick(position)
        return position, line

    def _read(
        self, rows: Rows, raw: io.BufferedReader, text: io.TextIOWrapper, delimiter: str, first: int
    ) -> Iterator[VisitColumns]:
        """The visits below a line, row by row; what cannot be taken apart is reported with its lines."""
        recent: deque[list[str]] = deque()
        reader = csv.reader(chain.from_iterable(_blocks(text, recent)), delimiter=delimiter, strict=True)
        line, dropped = first, 0
        while True:
            batch: list[list[str]] = []
            error = None
            try:
                # What was read before an error stays in the list.
                batch.extend(islice(reader, _ROWS))
            except csv.Error as found:
                error = found
            ended = first + reader.line_num
            columns = rows.take(batch, line + 1, broken=ended - line != len(batch))
            if columns is not None:
                yield columns
            self.context.tick(raw.tell())
            if error is not None:
                start = line + sum(map(lines_of, batch)) + 1
                self._leave_out_span(
                    rows, error, start, ended, _between(recent, dropped, start - first, ended - first)
                )
            elif not batch:
                return
            line = ended
            while recent and dropped + len(recent[0]) < line - first:
                dropped += len(recent.popleft())

    def _leave_out_span(self, rows: Rows, error: csv.Error, start: int, last: int, lines: list[str]) -> None:
        """Report a row that cannot be taken apart, with those that went into it."""
        swallowed = sum(map(rows.looks_like_row, lines[1:]))
        self.findings.read += 1 + swallowed
        self.findings.leave_out(rows.place, start, explain(error, last, swallowed), rows=1 + swallowed)


def note_layout(context: WalkContext, place: str, layout: Layout) -> None:
    """Say once what each column was taken for, and what is not read."""
    if layout.taken:
        names: dict[str, list[str]] = {}
        for column, name in layout.taken:
            names.setdefault(column, []).append(f"“{name[:60]}”")
        pairs = "; ".join(
            f"{column} from {', '.join(found[:_NAMED])}{f' and {len(found) - _NAMED} more' * (len(found) > _NAMED)}"
            for column, found in names.items()
        )
        context.findings.note(f"{place}: {pairs}. --column settles it otherwise.")
    if layout.extra:
        shown = ", ".join(f"`{name[:40]}`" for name in layout.extra[:5])
        more = f" and {len(layout.extra) - 5} others" if len(layout.extra) > 5 else ""  # noqa: PLR2004
        word = "column" if len(layout.extra) == 1 else "columns"
        context.findings.note(f"{place}: not read: {word} {shown}{more}.")


def note_reading(context: WalkContext, rows: Rows) -> None:
    """Say how dates were read that can be read in several ways."""
    if rows.assumed:
        first = min(rows.assumed)
        context.findings.note(
            f"{rows.place}: dates such as {first} can be read two ways; they were read month first. "
            "--dates day-first or month-first settles it."
        )
    if rows.day_numbers:
        context.findings.note(
            f"{rows.place}: numbers of days, as spreadsheets count them, were read as dates."
        )


def _open(path: Path, encoding: Encoding) -> io.TextIOWrapper:
    return path.open(encoding=encoding.name, errors=MIXED, newline="")


def _first_lines(text: io.TextIOWrapper) -> list[str]:
    lines: list[str] = []
    size = 0
    while len(lines) < _HEAD_LINES and size < _HEAD_TEXT and (line := text.readline(_HEAD_TEXT)):
        lines.append(line)
        size += len(line)
    return lines


def _parse(lines: list[str], delimiter: str) -> tuple[list[list[str]], list[int]]:
    """The first rows of some lines, and after how many lines each of them ends."""
    rows: list[list[str]] = []
    ends: list[int] = []
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for row in islice(reader, HEAD_ROWS):
            rows.append([cell.removeprefix("\ufeff") for cell in row])
            ends.append(reader.line_num)
    except csv.Error:
        pass  # what was read so far may do
    return rows, ends


def _split(text: str, delimiter: str, width: int) -> list[list[str]] | None:
    """The columns of a block of plain rows; None where a row is not as wide as the head, or a cell has line breaks.

    Taking all cells apart at once, and every so-many-th of them for a column, is quicker than row by row.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            return None
    text = text.removesuffix("\n")
    hidden = '"' in text
    if hidden:
        unquoted = _unquoted(text, delimiter)
        if unquoted is None:
            return None
        text = unquoted
    rows = text.count("\n") + 1
    # Each line break begins a cell of its own: where every first cell but the very first has one, no other has.
    cells = text.replace("\n", f"{delimiter}\n").split(delimiter)
    if len(cells) != rows * width:
        return None
    firsts = "".join(cells[::width])
    if firsts.count("\n") != rows - 1:
        return None
    columns = [firsts.split("\n"), *(cells[place::width] for place in range(1, width))]
    if hidden:
        for place, column in enumerate(columns):
            joined = "\n".join(column)
            if _HIDDEN in joined:
                columns[place] = joined.replace(_HIDDEN, delimiter).split("\n")
    return columns


def _unquoted(text: str, delimiter: str) -> str | None:
    """A block without its quotation marks, and with another sign for what they protect; None where they do more."""
    pieces = text.split('"')
    outside, inside = pieces[::2], pieces[1::2]
    edges = (delimiter, "\n")
    if (
        len(pieces) % 2 == 0
        or _HIDDEN in text
        or not (pieces[0] == "" or pieces[0].endswith(edges))
        or not (pieces[-1] == "" or pieces[-1].startswith(edges))
        or not all(piece.startswith(edges) and piece.endswith(edges) for piece in outside[1:-1])
        or any("\n" in piece for piece in inside)
    ):
        return None
    pieces[1::2] = [piece.replace(delimiter, _HIDDEN) for piece in inside]
    return "".join(pieces)


def _parse_block(text: str, delimiter: str) -> tuple[list[list[str]], int] | None:
    """The rows of a block, and its number of lines; None where something is wrong, or a cell runs on behind it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(reader), reader.line_num
    except csv.Error:
        return None


def _blocks(text: io.TextIOWrapper, recent: deque[list[str]]) -> Iterator[list[str]]:
    """The lines of a file, many at a time; those that may still be asked about stay in `recent`."""
    while lines := text.readlines(_BLOCK):
        recent.append(lines)
        yield lines


def _between(recent: Iterable[list[str]], before: int, first: int, last: int) -> list[str]:
    """Lines by their numbers, of those that are still there."""
    return list(islice(chain.from_iterable(recent), max(first - before - 1, 0), max(last - before, 0)))


def _dates(path: Path, encoding: Encoding, head: _Head) -> Iterator[tuple[int, str]]:
    """The dates of a sheet with their lines."""
    place = head.layout.place("date")
    with _open(path, encoding) as text:
        deque(islice(text, head.last), maxlen=0)
        reader = csv.reader(text, delimiter=head.delimiter)
        try:
            for row in islice(reader, _DATES):
                if len(row) > place:
                    yield head.last + reader.line_num, row[place]
        except csv.Error:
            return


def _is_own_list(path: Path, encoding: Encoding) -> bool:
    """Whether a file is the list of columns that `walk sheet` writes beside a sheet."""
    with _open(path, encoding) as text:
        return text.readline(100).strip("\ufeff\r\n") == "column,model,value,also,meaning"
