"""Tables of results in files: the rows of outcomes, and parts put together as Parquet, CSV, JSON lines, .xlsx or DuckDB."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import reduce
from pathlib import Path as File
from typing import Any, assert_never

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot
from ibis.backends import BaseBackend as Connection
from ibis.expr.datatypes import DataType
from ibis.expr.types import Column, Table
from pyarrow.dataset import Dataset, dataset

from engine.model.evaluation import Evaluation, NotEvaluated, Outcome
from engine.model.number import ONE
from engine.model.policy import Model, Policy
from engine.model.problem import InputError, Problem
from engine.model.result_table import (
    OF_EVALUATIONS,
    OWN_WARNINGS,
    ResultKind,
    fact_column,
    points_column,
    result_columns,
    result_types,
)
from engine.rendering.spreadsheet_cells import safe_column
from engine.rendering.visible import encodable

SHEET_ROWS = 1_048_575
UTF_8, UTF_8_MARKED = "utf-8", "utf-8-sig"


def outcome_part(outcomes: Iterable[Outcome], file: File, policy: Policy | None = None, model: Model | None = None) -> None:
    """One model's outcomes, or those of no model that runs, as a part."""
    own = {} if policy is None else {"version": policy.version, "digest": policy.digest}
    columns = result_columns(model)
    rows = [
        {name: _cell(kind, row.get(name)) for name, kind in columns.items()}
        for row in (_row(outcome) | own for outcome in outcomes)
    ]
    rows.sort(key=lambda row: tuple(str(row[name]) for name in ("subject", "policy", "model")))
    pq.write_table(pa.Table.from_pylist(rows, ibis.schema(result_types(model)).to_pyarrow()), file)


def _row(outcome: Outcome) -> dict[str, Any]:
    """What is known of an outcome by the names of columns, as the model has it."""
    row: dict[str, Any] = {"subject": outcome.subject, "as_of": outcome.as_of, "valid_until": outcome.valid_until}
    if not isinstance(outcome, (Evaluation, NotEvaluated)):
        reasons = [" ".join([*map(str, problem.path[-1:]), problem.code]) for problem in outcome.problems]
        return row | {"policy": outcome.policy, "model": outcome.model, "outcome": "rejected", "reason": reasons}
    row |= {"policy": outcome.policy.id, "model": outcome.model.id}
    if isinstance(outcome, NotEvaluated):
        return row | {"outcome": "not_evaluated", "reason": outcome.exclusions}
    points: dict[str, int | None] = {}
    if outcome.reasoning:
        points = {indicator.id: indicator.points for part in outcome.reasoning.dimensions for indicator in part.indicators}
        points |= dict(outcome.reasoning.items)
    return row | {
        "outcome": "evaluated",
        **{name: getattr(outcome, name) for name in OF_EVALUATIONS},
        "warnings": [f"{warning.path[-1]} {warning.code}" for warning in outcome.warnings if warning.code in OWN_WARNINGS],
        **{fact_column(name): value for name, value in outcome.facts.items()},
        **{points_column(name): value for name, value in points.items()},
    }


def _cell(kind: ResultKind, value: Any) -> Any:
    """A value of the model's as the table of results has it; where there is none, an empty list or null."""
    if value is None:
        return [] if kind == "texts" else None
    match kind:
        case "text":
            return encodable(value)
        case "texts":
            return [encodable(text) for text in value]
        case "truth":
            return value
        case "day":
            return date.fromordinal(value)
        case "score":
            return Decimal(value // 100) / 100
        case "number":
            return value / ONE
        case _:
            assert_never(kind)


def assemble(parts: list[File], target: File, encoding: str = UTF_8_MARKED) -> None:
    """Parts, in their order, to a file of the format that its ending names, or to a folder; CSV in an encoding."""
    suffix = target.suffix.lower()
    if not suffix:
        target.mkdir()
        for part in parts:
            part.rename(target / part.name)
    elif suffix == ".parquet" and len(parts) == 1 and parts[0].is_file():
        parts[0].rename(target)
    elif suffix == ".xlsx":
        _workbook(parts, target)
    elif suffix == ".parquet" and len({str(dataset(part, format="parquet").schema) for part in parts}) == 1:
        _one_file([dataset(part, format="parquet") for part in parts], target)
    else:
        connection = ibis.duckdb.connect()
        table = assemble_files([connection.read_parquet(_files(part)) for part in parts])
        if suffix == ".duckdb":
            connection.attach(str(target), name="output")
            connection.create_table("results", table, database="output.main")
            connection.detach("output")
        elif suffix == ".parquet":
            connection.to_parquet(table, target)
        elif suffix == ".csv":
            _csv(table, target, connection, encoding)
        else:
            lines = connection.compile(table.mutate(score=table.score.cast("string")))
            connection.raw_sql(f"COPY ({lines}) TO {sqlglot.exp.Literal.string(str(target)).sql()} (FORMAT JSON, ARRAY false)")
        connection.disconnect()


def _one_file(sources: list[Dataset], target: File) -> None:
    """Parts with the same columns, one after the other; no query over them is planned."""
    with pq.ParquetWriter(target, sources[0].schema) as writer:
        for source in sources:
            for batch in source.to_batches():
                writer.write_batch(batch)


def _csv(table: Table, target: File, connection: Connection, encoding: str) -> None:
    """DuckDB writes UTF-8; the mark of one stands before the first heading."""
    columns = {name: _written(table[name]) for name in table.columns}
    if encoding == UTF_8_MARKED:
        columns = {"\ufeff" * (not index) + name: column for index, (name, column) in enumerate(columns.items())}
    if encoding in (UTF_8, UTF_8_MARKED):
        connection.to_csv(table.select(**columns), target, header=True)
        return
    first = target.with_name("utf-8.csv")
    connection.to_csv(table.select(**columns), first, header=True)
    with first.open(encoding="utf-8", newline="") as source, target.open("w", encoding=encoding, newline="") as sink:
        shutil.copyfileobj(source, sink)


def _written(column: Column) -> Column:
    """As text files have it: lists with spaces between, numbers shortest, no formulas."""
    kind = column.type()
    if kind.is_array():
        return safe_column(column.join(" "))
    if kind.is_string():
        return safe_column(column)
    return column.cast("string").re_replace(r"\.0$", "") if kind.is_floating() else column


def assemble_files(tables: list[Table]) -> Table:
    """Tables with some columns in common as one; where a fact has two types, texts."""
    kinds: dict[str, DataType] = {}
    for table in tables:
        for name, kind in table.schema().items():
            kinds[name] = kind if kinds.get(name, kind) == kind else ibis.dtype("string")
    order = sorted(kinds, key=lambda name: name.startswith("fact_") + 2 * name.startswith("points_"))
    rows = [
        table.select(
            **{name: table[name].cast(kinds[name]) if name in table.columns else ibis.null(kinds[name]) for name in order}
        )
        for table in tables
    ]
    return reduce(lambda whole, table: whole.union(table), rows)  # ibis.union of several does not keep their order


def _sheet_name(name: str, taken: set[str]) -> str:
    """At most 31 characters, as Excel has it, and no other sheet's."""
    number, title = 1, name[:31]
    while title in taken:
        number += 1
        title = f"{name[:28]}~{number}"
    return title


def _workbook(parts: list[File], target: File) -> None:
    """A sheet a model."""
    for part in parts:
        count = dataset(part, format="parquet").count_rows()
        if count > SHEET_ROWS:
            raise InputError([Problem("sheet_full", values={"rows": count, "limit": SHEET_ROWS})])
    from engine.rendering.workbook import Workbook  # with the extra that writes it

    with Workbook(target) as book:
        taken: set[str] = set()
        for part in parts:
            source = dataset(part, format="parquet")
            name = _sheet_name(part.stem, taken)
            taken.add(name)
            book.sheet(name, source.schema.names, (row.values() for row in _rows(source)))


def _files(part: File) -> str:
    """A part, which Spark writes as a folder."""
    return f"{part}/*.parquet" if part.is_dir() else str(part)


def _rows(source: Dataset) -> Iterator[Mapping[str, Any]]:
    for batch in source.to_batches(batch_size=10_000):
        yield from batch.to_pylist()
