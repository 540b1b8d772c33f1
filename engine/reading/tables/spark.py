"""The raw tables that Spark reads, for what one machine cannot hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Table

from engine.model.problem import InputError, Problem
from engine.reading.tables.raw_tables import RawTables, RejectedRow
from engine.reading.tables.source import TABLES


def open_on_spark(path: str, backend: Connection) -> RawTables:
    """The raw tables of a folder of Parquet or CSV files, on any file system that Spark knows, or of a database's tables.

    Spark does not number the lines of CSV files.
    """
    broken: list[RejectedRow] = []
    tables = {name: _folder_table(f"{path.rstrip('/')}/{name}", name, backend, broken) for name in TABLES}
    if all(table is None for table in tables.values()):
        tables = {name: _named_table(path, name, backend) for name in TABLES}
    subjects, records, members = (tables[name] for name in TABLES)
    if subjects is None or records is None:
        missing = "subjects" if subjects is None else "records"
        raise InputError([Problem("table_missing", values={"file": path, "table": missing})])
    return RawTables(subjects, records, members, tuple(broken))


def _folder_table(path: str, name: str, backend: Connection, broken: list[RejectedRow]) -> Table | None:
    """A table from the one place where it is; InputError where it is in several."""
    places = {(path, "parquet"): "*.parquet", (f"{path}.parquet", "parquet"): "*.parquet", (path, "csv"): "*.{csv,csv.gz}"}
    places |= {(f"{path}.csv{packed}", "csv"): "*.{csv,csv.gz}" for packed in ("", ".gz")}
    frames = {place: frame for place, pattern in places.items() if (frame := _frame(*place, pattern, backend)) is not None}
    if len(frames) > 1:
        files = [f"{where} ({ending})" for where, ending in frames]
        raise InputError([Problem("table_several", (name,), {"folder": path, "table": name, "files": files})])
    for (_, ending), frame in frames.items():
        row = "_metadata.row_index + 1" if ending == "parquet" else "cast(null as bigint)"
        rows = frame.selectExpr("*", "_metadata.file_path as _file", f"{row} as _row")
        if ending == "csv":
            broken += _broken(name, rows, len(frame.columns) - 1)
            rows = rows.filter(f"{_CORRUPT} is null").drop(_CORRUPT)
        rows.createOrReplaceTempView(f"raw_{name}")
        return backend.table(f"raw_{name}")
    return None


_CORRUPT = "_corrupt"
"""The column in which Spark keeps a line that has too few or too many cells."""


def _frame(where: str, ending: str, pattern: str, backend: Connection) -> Any | None:
    """What is read there; None where nothing is. All cells of CSV are texts, and every file has the first one's heading."""
    from pyspark.errors import AnalysisException
    from pyspark.sql.types import StringType, StructField, StructType

    read = backend._session.read.option("recursiveFileLookup", "true").option("pathGlobFilter", pattern)
    try:
        if ending == "parquet":
            frame = read.parquet(where)
            return frame if frame.columns else None
        read = read.option("header", "true").option("escape", '"').option("enforceSchema", "false")
        read = read.option("columnPruning", "false")  # which would not count the cells of a line
        columns = read.csv(where).columns
        if not columns:
            return None
        schema = StructType([StructField(column, StringType()) for column in (*columns, _CORRUPT)])
        return read.option("columnNameOfCorruptRecord", _CORRUPT).schema(schema).csv(where)
    except AnalysisException:
        return None


def _broken(name: str, rows: Any, expected: int) -> Iterator[RejectedRow]:
    """The lines that are no rows."""
    for row in rows.filter(f"{_CORRUPT} is not null").toLocalIterator():
        cells = row.asDict()
        who, which = (cells.get("id"), None) if name == "subjects" else (cells.get("subject"), cells.get("id"))
        problem = Problem("line_cells", (), {"count": cells[_CORRUPT].count(",") + 1, "expected": expected})
        yield RejectedRow(name, cells["_file"], None, who or None, which or None, (problem,))


def _named_table(database: str, name: str, backend: Connection) -> Table | None:
    if not backend._session.catalog.tableExists(f"{database}.{name}"):
        return None
    frame = backend._session.table(f"{database}.{name}")
    file = f"'{database}.{name}' as _file"
    frame.selectExpr("*", file, "cast(null as bigint) as _row").createOrReplaceTempView(f"raw_{name}")
    return backend.table(f"raw_{name}")
