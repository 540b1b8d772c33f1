"""A run over tables, model by model, each model's results in files of its own; and what is in them, counted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as File

import ibis
from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Table
from msgspec.structs import replace

from engine.backends.materialized import materialized
from engine.evaluating.columnar.evaluate import Only, Result, evaluate, is_asked
from engine.evaluating.columnar.incremental import LastRun, carried_over
from engine.evaluating.columnar.result_table import read_back, refused_models, result_table
from engine.evaluating.model_results import REFUSED, ModelResults, RunQueries
from engine.model.library import Library, Name, running_order
from engine.model.result_table import WITHOUT_REASONING_TYPES, result_types
from engine.model.table import Tables


def run(
    library: Library, tables: Tables, as_of: int, connection: Connection, folder: File, each: RunQueries, only: Only = None,
    known: Mapping[Name, ModelResults] | None = None,
) -> list[ModelResults]:  # fmt: skip
    """Evaluates everybody, by what `only` asks for, and writes a Parquet file a model, in dependency order.

    `each` gets how many results are to be made next, of how many in all, and what makes them. `known` are parts of another
    run over the same tables that still stand; they are read, and not made again.
    """
    parts: list[ModelResults] = []

    def keep(result: Result, read: bool) -> Table:
        policy, model = result.policy, result.model
        part = ModelResults(folder / f"{policy.id}.{model.id}.parquet", policy, model)
        table = result_table(result, as_of)
        each(result.count, result.of, lambda: connection.to_parquet(table, part.file))
        if is_asked((policy.id, model.id), only):
            parts.append(part)
        return read_back(connection.read_parquet(part.file)) if read else result.table

    stand = {name: _result(part, connection) for name, part in (known or {}).items()}
    evaluate(library, tables, as_of, keep, only, stand)
    refused = refused_models(library, tables, as_of)
    if isinstance(only, str):
        refused = refused.filter(refused.policy == only)
    return [*parts, ModelResults(_write(refused, folder / REFUSED, connection))]


def _result(part: ModelResults, connection: Connection) -> Result:
    """What later models read of a part."""
    assert part.policy is not None
    assert part.model is not None
    return Result(part.policy, part.model, read_back(connection.read_parquet(part.file)))


def content_hash(parts: list[ModelResults], inputs: Table, connection: Connection, folder: File) -> list[ModelResults]:
    """Parts with the fingerprints of what they were made from."""

    def with_hashes(part: ModelResults) -> File:
        table = connection.read_parquet(part.file).left_join(inputs, "subject").drop("subject_right")
        return _write(table, folder / part.file.name, connection)

    return [replace(part, file=with_hashes(part)) for part in parts]


def carry_over(
    library: Library,
    parts: list[ModelResults],
    last: LastRun,
    anew: Table,
    everybody: Table,
    as_of: int,
    connection: Connection,
    folder: File,
    only: str | None = None,
    reasoning: bool = True,
) -> list[ModelResults]:
    """Parts made anew together with the earlier results of all who were not evaluated anew and are still there."""
    rows = last.rows.filter(last.rows.digest.notnull())  # who was refused is looked at each time
    rows = materialized(rows.semi_join(everybody, "subject").anti_join(anew, "subject"))
    there = {(row["policy"], row["model"]) for row in rows.select("policy", "model").distinct().to_pyarrow().to_pylist()}
    renewed = {(part.policy.id, part.model.id): part for part in parts if part.policy and part.model}
    rest = [part for part in parts if part.model is None]
    extra = {"input_hash": rows.input_hash.type()} if _has_hashes(rest, connection) else {}
    policies = library.in_force(as_of)
    results: list[ModelResults] = []
    for name in running_order(policies):
        policy, model = policies[name[0]], policies[name[0]].models[name[1]]
        tables = [connection.read_parquet(renewed[name].file)] if name in renewed else []
        if name in there and only in (None, policy.id):
            own = rows.filter((rows.policy == policy.id) & (rows.model == model.id))
            kinds = result_types(model) if reasoning else dict(WITHOUT_REASONING_TYPES)
            tables.append(carried_over(own, model, last, as_of, kinds | extra))
        if tables:
            table = ibis.union(*tables) if len(tables) > 1 else tables[0]
            results.append(ModelResults(_write(table, folder / f"{policy.id}.{model.id}.parquet", connection), policy, model))
    return results + rest


def _has_hashes(parts: list[ModelResults], connection: Connection) -> bool:
    return any("input_hash" in connection.read_parquet(part.file).columns for part in parts)


def _write(table: Table, file: File, connection: Connection) -> File:
    connection.to_parquet(table.order_by("subject", "policy", "model"), file)
    return file
