"""Results as the table that is handed out, and back to what later models read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

import ibis
from ibis.expr.types import Column, Table

from engine.evaluating.columnar.arithmetic import whole
from engine.evaluating.columnar.days import to_date, to_ordinal
from engine.evaluating.columnar.evaluate import EVALUATED, REJECTED, Result, combinations
from engine.model.library import Library
from engine.model.number import ONE
from engine.model.result_table import OF_EVALUATIONS, OF_EVERY_MODEL, RESULT_TYPES, ResultKind, result_columns
from engine.model.table import Tables


def result_table(result: Result, as_of: int) -> Table:
    """One model's rows with the columns of a table of results."""
    table, policy, model = result.table, result.policy, result.model
    columns = {
        "policy": ibis.literal(policy.id),
        "model": ibis.literal(model.id),
        "version": ibis.literal(policy.version),
        "digest": ibis.literal(policy.digest),
        "as_of": ibis.literal(as_of),
        "weight": ibis.ifelse(table.outcome == EVALUATED, table.weight, ibis.null("int64")),
    }
    return table.select(
        **{name: _cell(kind, columns[name] if name in columns else table[name]) for name, kind in result_columns(model).items()}
    )


def _cell(kind: ResultKind, column: Column) -> Column:
    """A column of the evaluator's as the table of results has it."""
    match kind:
        case "text" | "texts" | "truth":
            return column
        case "day":  # what Ibis takes for a date, DuckDB may carry as a time
            return to_date(column).cast("timestamp").cast("date")
        case "score":
            return (column / ONE).cast(RESULT_TYPES[kind])
        case "number":
            return column / ONE
        case _:
            assert_never(kind)


def _nothing(kind: ResultKind) -> Column:
    """An empty list, as rejected subjects have it everywhere, or null; a literal list without elements has no type in files."""
    if kind == "texts":
        return ibis.array([ibis.null("string")]).filter(lambda text: text.notnull())
    return ibis.null(RESULT_TYPES[kind])


def read_back(table: Table) -> Table:
    """What later models read of a published table, as the evaluator has it."""

    def count(column: Column) -> Column:
        return whole((column.cast("float64") * ONE).round())

    return table.select(
        subject=table.subject,
        outcome=table.outcome,
        valid_until=to_ordinal(table.valid_until),
        score=count(table.score),
        level=table.level,
        grade=table.grade,
        vetoed=table.vetoes.length() > 0,
        weight=count(table.weight),
    )


def refused_models(library: Library, tables: Tables, as_of: int) -> Table:
    """A rejected row for each model that a subject names and that cannot run: not known, not in force, of another kind."""
    why = [
        {"kind": kind, "models": models, "policy": policy, "model": model, "code": code, "until": until}
        for kind, models, _ in combinations(tables.subjects)
        for policy, model, code, until in _not_run(library, kind, models, as_of)
    ]
    kinds = dict.fromkeys(("kind", "models", "policy", "model", "code"), "string") | {"until": "int64"}
    rows = tables.subjects.select("subject", "kind", "models").join(ibis.memtable(why, schema=kinds), ["kind", "models"])
    return rows.select(
        subject=rows.subject,
        policy=rows.policy,
        model=rows.model,
        version=ibis.null("string"),
        digest=ibis.null("string"),
        as_of=_cell("day", ibis.literal(as_of)),
        valid_until=_cell("day", rows.until),
        outcome=ibis.literal(REJECTED),
        reason=ibis.array([ibis.literal("model ") + rows.code]),
        **{name: _nothing(OF_EVERY_MODEL[name]) for name in OF_EVALUATIONS},
    )


def _not_run(library: Library, kind: str, models: str, as_of: int) -> Iterator[tuple[str, str, str, int | None]]:
    """Of the models that subjects of a kind name, those that cannot run, why, and until when."""
    in_force = library.in_force(as_of)
    for name in models.split():
        policy, _, model = name.partition("/")
        if not library.versions(policy):
            code = "policy_unknown"
        elif library.ended(policy, as_of) is not None:
            code = "policy_ended"
        elif policy not in in_force:
            code = "policy_not_in_force"
        elif model not in in_force[policy].models:
            code = "model_unknown"
        elif in_force[policy].models[model].kind != kind:
            code = "model_kind"
        else:
            continue
        change = library.next_change(policy, as_of)
        yield policy, model, code, None if change is None else change - 1
