"""The results of who was not evaluated anew, carried over from an earlier run; and the state that the next run goes on from."""

from __future__ import annotations

from pathlib import Path

import ibis
from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Table
from msgspec import Struct
from msgspec.structs import replace

from engine.evaluating.model_results import ModelResults
from engine.model.library import Library, running_order
from engine.model.policy import Model
from engine.model.result_table import WITHOUT_REASONING_TYPES, reasoning_types
from engine.usecases.batch.last_run import LastRun, counted_on, date_of
from engine.usecases.batch.split_results import ONLY_FILE


class Carried(Struct, frozen=True):
    """What stands of an earlier run: all but the `stale` subjects, who were evaluated anew or are there no more.

    Its results are under the policies in force on a day, an ordinal; of one policy, where that is all that is asked for.
    `state` is there where the state of each row's subject stands in a column.
    """

    library: Library
    last: LastRun
    stale: Table
    as_of: int
    policy: str | None = None
    reasoning: bool = True
    state: Table | None = None

    @property
    def rows(self) -> Table:
        """The results that stand; who was refused is looked at each time."""
        rows = self.last.rows
        return rows.filter(rows.digest.notnull()).anti_join(self.stale, "subject")


def carry_over(carried: Carried, parts: list[ModelResults], connection: Connection, folder: Path) -> list[ModelResults]:
    """Parts made anew, each together with what stands of the earlier ones, in files of the folder."""
    (folder / "results").mkdir()
    (folder / "reasoning").mkdir()
    rows = carried.rows
    there = {tuple(row.values()) for row in rows.select("policy", "model").distinct().to_pyarrow().to_pylist()}
    renewed = {(part.policy.id, part.model.id): part for part in parts if part.policy and part.model}
    policies = carried.library.in_force(carried.as_of)
    results = []
    for name in running_order(policies):
        policy, model = policies[name[0]], policies[name[0]].models[name[1]]
        stands = name in there and carried.policy in (None, policy.id)
        if not stands and name not in renewed:
            continue
        part = renewed.get(name, ModelResults(folder, policy, model))
        if stands:
            part = _merged(carried, part, name in renewed, connection, folder)
        results.append(part)
    return results + [part for part in parts if part.model is None]


def _merged(carried: Carried, part: ModelResults, renewed: bool, connection: Connection, folder: Path) -> ModelResults:
    policy, model = part.policy, part.model
    assert policy is not None
    assert model is not None
    name = f"{policy.id}.{model.id}"
    rows = carried.rows
    own = _row_of(carried, rows.filter((rows.policy == policy.id) & (rows.model == model.id)))
    more = [connection.read_parquet(str(part.file))] if renewed else []
    part_file = folder / "results" / f"{name}.parquet"
    _write([own, *more], part_file, connection)
    if not carried.reasoning:
        return replace(part, file=part_file, reasoning=None)
    reasons = _reasons_of(carried, name, model)
    more = [_read_folder(part.reasoning, connection)] if part.reasoning is not None else []
    target = folder / "reasoning" / name
    if connection.name == "duckdb":
        target.mkdir()
    _write([reasons, *more], target / ONLY_FILE if connection.name == "duckdb" else target, connection)
    return replace(part, file=part_file, reasoning=target)


def _row_of(carried: Carried, own: Table) -> Table:
    """Earlier rows as they are on a later day, with the columns that all have; whose subject did not change has the same state."""
    own = own.mutate(as_of=date_of(carried.as_of))
    kinds = dict(WITHOUT_REASONING_TYPES)
    if carried.state is not None:
        kinds["input_hash"] = str(carried.state.input_hash.type())
        if "input_hash" not in own.columns:
            own = own.left_join(carried.state, "subject").drop("subject_right")
    if "warnings" not in own.columns:
        own = own.mutate(warnings=ibis.literal([], type="array<string>"))
    return own.select(**{name: own[name].cast(kind) for name, kind in kinds.items()})


def _reasons_of(carried: Carried, name: str, model: Model) -> Table:
    days = carried.as_of - carried.last.as_of
    reasons = counted_on(carried.last.reasoning[name].anti_join(carried.stale, "subject"), model, days)
    return reasons.select(**{column: reasons[column].cast(kind) for column, kind in reasoning_types(model).items()})


def _read_folder(folder: Path, connection: Connection) -> Table:
    return connection.read_parquet(f"{folder}/{ONLY_FILE}" if connection.name == "duckdb" else str(folder))


def _write(tables: list[Table], file: Path, connection: Connection) -> None:
    table = ibis.union(*tables) if len(tables) > 1 else tables[0]
    connection.to_parquet(table.order_by("subject"), file)


def with_state(parts: list[ModelResults], state: Table, connection: Connection, folder: Path) -> list[ModelResults]:
    """Parts with the state of each row's subject in a column, for an output that has no other place for it."""

    def with_hashes(part: ModelResults) -> Path:
        table = connection.read_parquet(str(part.file)).left_join(state, "subject").drop("subject_right")
        connection.to_parquet(table.order_by("subject", "policy", "model"), folder / part.file.name)
        return folder / part.file.name

    return [replace(part, file=with_hashes(part)) for part in parts]
