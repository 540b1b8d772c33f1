"""The columnar evaluator: each model of a library becomes one table of results, in dependency order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import ibis
from ibis.expr.types import Column, Table
from msgspec import Struct
from msgspec.structs import replace

from engine.backends.materialized import materialized
from engine.evaluating.columnar.arithmetic import divide, literal
from engine.evaluating.columnar.conditions import any_holds, condition
from engine.evaluating.columnar.facts import Pass, fact_columns, is_derived, want_facts
from engine.evaluating.columnar.level import level_columns, veto_columns
from engine.evaluating.columnar.measures import listed, measure_list
from engine.evaluating.columnar.own_periods import own_periods, with_own_periods, with_periods_of_subjects
from engine.evaluating.columnar.score import score_columns
from engine.evaluating.columnar.validity import day_changes
from engine.evaluating.columnar.warnings import warning_list
from engine.model.catalogue import EVALUATION_FIELDS, MEMBER
from engine.model.library import Library, Name, dependencies, running_order
from engine.model.number import ONE
from engine.model.period import NEVER
from engine.model.policy import FromRecords, Model, Policy, attribute_read, category_read
from engine.model.table import Tables, attribute_column, column_type, field_column

ibis.options.sql.fuse_selects = False  # fused, the stages of a policy would be repeated inside each other

EVALUATED, NOT_EVALUATED, REJECTED = "evaluated", "not_evaluated", "rejected"


class Result(Struct, frozen=True):
    """One model's results, how many there are, and of how many in the whole run."""

    policy: Policy
    model: Model
    table: Table
    count: int = 0
    of: int = 0


Only = str | Collection[Name] | None
"""A policy, some models, or everything."""


def evaluate(
    library: Library,
    tables: Tables,
    as_of: int,
    keep: Keep | None = None,
    only: Only = None,
    known: Mapping[Name, Result] | None = None,
) -> dict[Name, Result]:
    """For each model in force that somebody is evaluated by, a table with a row for each of them, in dependency order.

    Columns: subject, outcome, reason (codes and facts of a rejection, ids of exclusions), valid_until (an ordinal, or
    null), score, level, grade, vetoed, vetoes, measures, weight, warnings (where the model may have any of a row's own),
    `fact_NAME` and `points_ID`; numbers are counts of 0.0001. A subject has no row for a model that does not exist, is not in force or is of another kind. `keep` gets each
    result, and whether a later model reads it, and gives the table to go on with; by default the backend keeps what is read.
    With `only`, that policy's models (or these models) run and those that they read; what is `known` is read as it is.
    """
    policies = library.in_force(as_of)
    models = [(policies[policy], policies[policy].models[model]) for policy, model in running_order(policies)]
    read = {name for _, model in models for names in dependencies(policies, model).values() for name in names}
    if only is not None:
        models = _reached(policies, models, only)
    results: dict[Name, Result] = dict(known or {})
    models = [(policy, model) for policy, model in models if (policy.id, model.id) not in results]
    counts, everybody = _counts(tables, models)
    refused = _refused(library, tables, as_of)
    for policy, model in models:
        name = (policy.id, model.id)
        if not counts[name]:
            continue
        needed = _needed(policies, refused, model)
        ends = library.next_change(policy.id, as_of) or NEVER
        table = _model(policy, model, tables, counts[name] / everybody, results, refused, needed, as_of, ends)
        result = Result(policy, model, table, counts[name], sum(counts.values()))
        if keep:
            table = keep(result, name in read)
        elif name in read:
            table = materialized(table)
        results[name] = replace(result, table=table)
    return results


Keep = Callable[[Result, bool], Table]


def is_asked(name: Name, only: Only) -> bool:
    """Whether a model's results are wanted."""
    return only is None or (name[0] == only if isinstance(only, str) else name in only)


def _applies(subjects: Table, policy: Policy, model: Model) -> Column:
    """Whether a model evaluates a subject."""
    named = subjects.models.contains(f" {policy.id}/{model.id} ")
    return (subjects.kind == model.kind) & (named | model.always)


def _reached(policies: Mapping[str, Policy], models: list[tuple[Policy, Model]], only: Only) -> list[tuple[Policy, Model]]:
    """The models that are asked for, and those that they read, directly or not."""
    reached: set[Name] = set()
    for policy, model in reversed(models):
        if is_asked((policy.id, model.id), only) or (policy.id, model.id) in reached:
            reached.add((policy.id, model.id))
            reached |= {name for names in dependencies(policies, model).values() for name in names}
    return [(policy, model) for policy, model in models if (policy.id, model.id) in reached]


def combinations(subjects: Table) -> list[tuple[str, str, int]]:
    """The kinds and models that subjects name together, and how many do: few, however many subjects there are."""
    table = subjects.group_by("kind", "models").aggregate(n=subjects.count())
    return [(row["kind"], row["models"], row["n"]) for row in table.to_pyarrow().to_pylist()]


def _counts(tables: Tables, models: list[tuple[Policy, Model]]) -> tuple[dict[Name, int], int]:
    """How many subjects each model evaluates, and how many there are."""
    groups = combinations(tables.subjects)
    counts = {
        (policy.id, model.id): sum(
            n for kind, named, n in groups if kind == model.kind and (model.always or f" {policy.id}/{model.id} " in named)
        )
        for policy, model in models
    }
    return counts, sum(n for _, _, n in groups)


def _needed(policies: Mapping[str, Policy], refused: Mapping[Name, Result], model: Model) -> dict[str, list[Name]]:
    """The models that each fact reads, those of policies not in force among them."""
    needed = dependencies(policies, model)
    for result in refused.values():
        if result.policy.id in policies:
            continue
        for fact, names in dependencies({result.policy.id: result.policy}, model).items():
            needed[fact] = [*needed.get(fact, ()), *names]
    return needed


def _refused(library: Library, tables: Tables, as_of: int) -> dict[Name, Result]:
    """Who names a model of another kind, or of a policy not in force, is rejected there until a version ends or begins."""
    rejected: dict[Name, Result] = {}
    in_force = library.in_force(as_of)
    for policy in library.policies:
        change = library.next_change(policy.id, as_of)
        if change is None or (policy.id in in_force and in_force[policy.id] is not policy):
            continue
        for model in policy.models.values():
            subjects = tables.subjects
            table = subjects.filter(subjects.models.contains(f" {policy.id}/{model.id} "))
            if policy.id in in_force:
                table = table.filter(table.kind != model.kind)
            none = {name: ibis.null(column_type(EVALUATION_FIELDS[name].type)) for name in _RESULT_FIELDS}
            table = table.select(subject=table.subject, outcome=ibis.literal(REJECTED), valid_until=literal(change - 1), **none)
            rejected[policy.id, model.id] = Result(policy, model, table)
    return rejected


_RESULT_FIELDS = ("score", "level", "grade", "vetoed", "weight")


def _joined(left: Table, right: Table) -> Table:
    return left.left_join(right, "subject").drop("subject_right")


SPARSE = 0.5
"""Below this share of the subjects, a model's records are picked out before they are aggregated, else joined afterwards."""


def _model(
    policy: Policy, model: Model, tables: Tables, share: float, results: Mapping[Name, Result], refused: Mapping[Name, Result],
    needed: Mapping[str, list[Name]], as_of: int, ends: int,
) -> Table:  # fmt: skip
    table = tables.subjects.filter(_applies(tables.subjects, policy, model))
    records = tables.records
    if share < SPARSE:
        records = records.semi_join(table, "subject")
    attributes = {name for fact in model.facts.values() if (name := attribute_read(fact.source)) is not None}
    table = table.select(
        "subject", "member_count", *(attribute_column(name) for name in sorted(attributes)), ends=literal(ends)
    )
    own = own_periods(model)
    table = with_own_periods(table, own, as_of)
    owners = table
    records = with_periods_of_subjects(records, owners, own)
    done = Pass("r_", False, records, policy, model, as_of)
    want_facts(done)
    if done.selections:
        table = _joined(table, done.table())
    passes = {False: done}
    if any(isinstance(f.source, FromRecords) and is_derived(policy, f.source) for f in model.facts.values()):
        records, until = _results_as_records(policy, model, tables, results, refused, needed, as_of)
        records = with_periods_of_subjects(records, owners, own)
        passes[True] = derived = Pass("d_", True, records, policy, model, as_of)
        want_facts(derived)
        table = _joined(table, derived.table())
        if until is not None:
            table = _joined(table, until)
            table = table.mutate(ends=ibis.least(table.ends, table.read_ends.fill_null(NEVER)))
    table = table.order_by("subject")  # while it is narrow: what follows are projections alone
    table = fact_columns(table, passes, policy, model, as_of)
    table = _outcome(table, policy, model)
    scale = policy.scale
    if model.scores:
        table = score_columns(table, model, scale)
    if model.vetoes:
        table = veto_columns(table, model, scale)
    if model.grades:
        table = level_columns(table, model, scale)
    days = [table.change, table.ends, *day_changes(table, model, as_of)]
    table = table.mutate(soonest=ibis.least(*days))

    def only(column: Column) -> Column:
        return ibis.ifelse(table.evaluated, column, ibis.null(column.type()))

    vetoes = {veto.id: table[f"veto_{veto.id}"] for veto in model.vetoes}
    points = [f"points_{indicator.id}" for indicator in model.indicators()] + [f"points_{item.id}" for item in model.items()]
    warnings = {"warnings": warning_list(table, model, scale)} if model.warns else {}
    return table.select(
        subject=table.subject,
        outcome=table.outcome,
        reason=table.reason,
        valid_until=ibis.ifelse(table.soonest < NEVER, table.soonest - 1, ibis.null("int64")),
        score=only(table.score) if model.scores else ibis.null("int64"),
        level=only(table.level) if model.grades else ibis.null("string"),
        grade=only(table.grade) if model.grades else ibis.null("string"),
        vetoed=only(table.vetoed) if model.vetoes else ibis.literal(False),
        vetoes=listed(vetoes, table.evaluated),
        measures=measure_list(table, model, scale),
        weight=table.weight,
        **warnings,
        **{f"fact_{name}": only(table[f"fact_{name}"]) for name in model.facts},
        **{name: only(table[name]) for name in points},
    )


def _outcome(table: Table, policy: Policy, model: Model) -> Table:
    """Whether a subject is rejected (first), or left out, and why; and its weight."""

    def fact(name: str) -> Column:
        return table[f"fact_{name}"]

    weight = fact(model.weight) if isinstance(model.weight, str) else literal(model.weight)
    reasons = []
    for name in model.facts:
        if f"reject_{name}" in table.columns:
            reasons.append(ibis.literal(f"{name} ") + table[f"reject_{name}"])
    without = any_holds([reason.notnull() for reason in reasons]) if reasons else ibis.literal(False)
    negative = (weight < 0).fill_null(False) & ~without
    held = {ground.id: condition(ground.when, fact, policy.scale).fill_null(False) for ground in model.not_evaluated}
    left_out = any_holds(list(held.values())) if held else ibis.literal(False)
    rejected = without | negative
    outcome = ibis.cases((rejected, REJECTED), (left_out, NOT_EVALUATED), else_=EVALUATED)
    why = [*reasons, ibis.ifelse(negative, "weight weight_negative", ibis.null("string"))]
    excluded = [ibis.ifelse(holds & ~rejected, name, ibis.null("string")) for name, holds in held.items()]
    reason = ibis.ifelse(
        rejected | left_out,
        ibis.array([*why, *excluded]).filter(lambda text: text.notnull()),
        ibis.literal([], type="array<string>"),
    )
    return table.mutate(outcome=outcome, evaluated=~(rejected | left_out), weight=weight, reason=reason)


def _results_as_records(
    reader: Policy, model: Model, tables: Tables, results: Mapping[Name, Result], refused: Mapping[Name, Result],
    needed: Mapping[str, list[Name]], as_of: int,
) -> tuple[Table, Table | None]:  # fmt: skip
    """The evaluations that a model reads, delivered ones and this run's, and when the latter first end, by subject."""
    read = {name for fact in model.facts.values() if (name := category_read(fact.source)) is not None}
    categories = [name for name in sorted(read) if reader.categories[name].derived]
    records = tables.records.filter(tables.records.category.isin(categories))
    parts = [records.select(*_COLUMNS, *_FIELDS).mutate(this_run=ibis.literal(False))]
    ends: list[Table] = []
    by_member = {(name, _category(model, fact) == MEMBER) for fact, names in needed.items() for name in names}
    read_from = [(side[name], member) for name, member in sorted(by_member) for side in (results, refused) if name in side]
    for result, member in read_from:
        table = result.table
        if member:
            if tables.members is None:
                continue
            owned = tables.members.select(owner=tables.members.subject, subject=tables.members.member)
            table = owned.join(table, "subject")
        else:
            table = table.mutate(owner=table.subject)
        ends.append(table.select(subject=table.owner, read_ends=table.valid_until + 1))
        parts.append(_as_records(table, result, member, as_of))
    if not ends:
        return parts[0], None
    together = ibis.union(*ends) if len(ends) > 1 else ends[0]
    return ibis.union(*parts), together.group_by("subject").aggregate(read_ends=together.read_ends.min())


def _category(model: Model, fact: str) -> str:
    return category_read(model.facts[fact].source) or ""


_COLUMNS = ("subject", "id", "category", "date", "last_day", "last_day_repaired", "source")
_FIELDS = tuple(field_column(name, field.type) for name, field in EVALUATION_FIELDS.items())


def _as_records(table: Table, result: Result, member: bool, as_of: int) -> Table:
    """Evaluations as records of their owners, dated the as-of date, the score out of 100."""
    policy, model = result.policy, result.model
    table = table.filter(table.outcome == EVALUATED)
    name = f"{policy.id}/{model.id}"
    whole = policy.scale.hundred
    score = divide(table.score * (100 * ONE), literal(whole), 100 * ONE * policy.scale.full)
    values = {
        "policy": ibis.literal(policy.id),
        "model": ibis.literal(model.id),
        "score": score if policy.scale.reference is None else ibis.ifelse(score > 100 * ONE, literal(100 * ONE), score),
        "level": table.level,
        "grade": table.grade,
        "vetoed": table.vetoed,
        "weight": table.weight,
    }
    last = literal(NEVER - 1)
    return table.select(
        subject=table.owner,
        id=(table.subject + f"/{name}") if member else ibis.literal(name),
        category=ibis.literal(MEMBER if member else model.feeds or ""),
        date=literal(as_of), last_day=last, last_day_repaired=last, source=ibis.null("string"),
        **{
            field_column(key, field.type): values[key].cast(column_type(field.type))
            for key, field in EVALUATION_FIELDS.items()
        },
    ).mutate(this_run=ibis.literal(True))  # fmt: skip
