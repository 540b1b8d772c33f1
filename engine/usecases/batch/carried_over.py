"""Results put together with those of an earlier run, and with the fingerprints of what they were made from."""

from __future__ import annotations

from pathlib import Path as File

import ibis
from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Table
from msgspec.structs import replace

from engine.backends.materialized import materialized
from engine.evaluating.model_results import ModelResults
from engine.model.library import Library, running_order
from engine.model.result_table import WITHOUT_REASONING_TYPES, result_types
from engine.usecases.batch.last_run import LastRun, carried_over


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
