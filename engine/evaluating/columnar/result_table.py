"""Results as the table that is handed out, and back to what later models read."""

from __future__ import annotations

from collections.abc import Iterator

import ibis
from ibis.expr.types import Column, Table

from engine.evaluating.columnar.arithmetic import whole
from engine.evaluating.columnar.days import to_date, to_ordinal
from engine.evaluating.columnar.evaluate import EVALUATED, REJECTED, Result, combinations
from engine.model.library import Library
from engine.model.number import ONE
from engine.model.table import SCORE, Tables, result_columns

RESULT = ("score", "level", "grade", "vetoes", "measures", "weight")
"""What a subject without a result has none of."""


def result_table(result: Result, as_of: int) -> Table:
    """One model's rows with the columns of a table of results: dates are dates, numbers decimals or floats of 64 bits.

    A float holds every number of the language exactly enough to come back from it.
    """
    table, policy, model = result.table, result.policy, result.model
    facts = {f"fact_{name}": table[f"fact_{name}"] for name in model.facts}
    ids = [indicator.id for indicator in model.indicators()] + [item.id for item in model.items()]
    return table.select(
        subject=table.subject,
        policy=ibis.literal(policy.id),
        model=ibis.literal(model.id),
        version=ibis.literal(policy.version),
        digest=ibis.literal(policy.digest),
        as_of=_date(ibis.literal(as_of)),
        valid_until=_date(table.valid_until),
        outcome=table.outcome,
        reason=table.reason,
        score=(table.score / ONE).cast(SCORE),
        level=table.level,
        grade=table.grade,
        vetoes=table.vetoes,
        measures=table.measures,
        weight=ibis.ifelse(table.outcome == EVALUATED, table.weight / ONE, ibis.null("float64")),
        **{name: column / ONE if column.type().is_integer() else column for name, column in facts.items()},
        **{f"points_{name}": table[f"points_{name}"] / ONE for name in ids},
    )


def _nothing(kind: str) -> Column:
    """An empty list, as rejected subjects have it everywhere, or null; a literal list without elements has no type in files."""
    if kind == "array<string>":
        return ibis.array([ibis.null("string")]).filter(lambda text: text.notnull())
    return ibis.null(kind)


def _date(ordinal: Column) -> Column:
    """A date in the table itself; what Ibis takes for a date, DuckDB may carry as a time."""
    return to_date(ordinal).cast("timestamp").cast("date")


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
        as_of=_date(ibis.literal(as_of)),
        valid_until=_date(rows.until),
        outcome=ibis.literal(REJECTED),
        reason=ibis.array([ibis.literal("model ") + rows.code]),
        **{name: _nothing(kind) for name, kind in result_columns(None).items() if name in RESULT},
    )


def _not_run(library: Library, kind: str, models: str, as_of: int) -> Iterator[tuple[str, str, str, int | None]]:
    """Of the models that subjects of a kind name, those that cannot run, why, and until when."""
    in_force = library.in_force(as_of)
    for name in models.split():
        policy, _, model = name.partition("/")
        if not library.versions(policy):
            code = "policy_unknown"
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
