"""Walk sheets as Parquet files, as warehouses export them, read through DuckDB where it is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pltool.files.walk.rows import Lines, Rows
from pltool.files.walk.sheet import note_layout, note_reading
from pltool.files.walk.workbooks import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pltool.core.walk.visits import VisitColumns
    from pltool.files.walk.context import WalkContext

_ROWS = 2000
_DATES = 1 << 16
_NO_LIBRARY = "is a Parquet file, and DuckDB, which reads it, is not installed: pip install 'pltool[duckdb]'"


class ParquetReader:
    """Reads Parquet files one after the other."""

    def __init__(self, context: WalkContext) -> None:
        self.context, self.findings = context, context.findings

    def columns(self, path: Path) -> Iterator[VisitColumns]:
        """The visits of one file, many at a time; broken rows are reported and left out."""
        try:
            # Only where there is such a file: the library is large, and not everybody has it.
            import duckdb
        except ImportError:
            self.findings.leave_out_file(path, None, _NO_LIBRARY)
            return
        try:
            with duckdb.connect() as connection:
                yield from self._table(path, connection)
        except duckdb.Error as error:
            what = str(error).splitlines()[0][:200]
            self.findings.leave_out_file(path, None, f"cannot be read as Parquet ({what})")

    def _table(self, path: Path, connection: Any) -> Iterator[VisitColumns]:  # noqa: ANN401 - DuckDB's own
        found = connection.execute("SELECT * FROM read_parquet(?)", [_literal(path)])
        head = [column[0] for column in found.description]
        layout = self.context.heads.layout(head)
        if isinstance(layout, str):
            self.findings.leave_out_file(path, 1, layout)
            return
        note_layout(self.context, str(path), layout)
        date = head[layout.place("date")].replace('"', '""')

        def dates() -> Iterator[tuple[int, str]]:
            with connection.cursor() as other:
                query = f'SELECT "{date}" FROM read_parquet(?) LIMIT {_DATES}'  # noqa: S608 - quoted above
                for number, (cell,) in enumerate(other.execute(query, [_literal(path)]).fetchall(), 1):
                    yield number, cell_text(cell)

        rows = Rows(self.context, str(path), layout, Lines(lambda _: 1, dates))
        line = 1
        while batch := found.fetchmany(_ROWS):
            columns = rows.take([list(map(cell_text, row)) for row in batch], line)
            line += len(batch)
            if columns is not None:
                yield columns
        note_reading(self.context, rows)


def _literal(path: Path) -> str:
    """A path that stands for itself: DuckDB takes stars and brackets in a name as a pattern."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in str(path))
