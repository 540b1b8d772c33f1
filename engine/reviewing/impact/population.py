"""Whom a change of rules touches: both libraries over one population, compared, attributed, with examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path as File

import ibis
from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Table
from msgspec.structs import replace

from engine.evaluating.model_results import RunQueries
from engine.model.change import PolicyDiff
from engine.model.impact import AlteredMeasure, Impact, ModelImpact
from engine.model.library import Library, Name
from engine.model.policy import Model, Policy
from engine.model.region import Region
from engine.model.table import Tables
from engine.reading.tables.members import with_members
from engine.reviewing.diff.element_ids import under_new_ids
from engine.reviewing.diff.policies import compare_libraries
from engine.reviewing.impact import outcome_table
from engine.reviewing.impact.affected_models import affected_models
from engine.reviewing.impact.day import uncompared
from engine.reviewing.impact.measure_contents import measure_contents
from engine.reviewing.impact.results import MANY, Results, evaluate_population
from engine.reviewing.impact.samples import ComparedSubject, compare_samples
from engine.reviewing.impact.side import Side, table_of
from engine.reviewing.impact.transitions import Pair, edges, transition_counts

EXAMPLES = 10
SAMPLE = 1_000
"""So many of those who stand elsewhere each change is tried on, and so many of all are looked at for alerts."""
DOCUMENTS = 20_000
"""So many documents are read for them at most, where they have members."""


def impact(
    old: Side, new: Side, changed: Iterable[PolicyDiff], as_of: int, connection: Connection, folder: File, each: RunQueries,
    many: int = MANY,
) -> Impact:  # fmt: skip
    """What it does to a population that new rules stand in place of old ones, as of a day; `connection` is DuckDB's.

    The old library is evaluated as far as what may differ rests on it, the new one where it may differ; results are kept in
    the folder. `changed` is what is known of the differences; versions in force that are no pair of it are compared here.
    Who is refused on one side alone is rejected there; who is refused on both could not be evaluated at all. Up to `many`
    subjects are evaluated one by one. Vetoes, measures, alerts and exclusions that have another id and nothing else are the
    same: the old library is told under the new ids.
    """
    known = list(changed)
    pairs, before = _under_new_ids(_pairs(old.library, new.library, known, as_of), old.library)
    old = replace(old, library=before)
    by_rules = affected_models(old.library, new.library, as_of, _worded(pairs), _reworded(pairs))
    names = by_rules if old.refused == new.refused else _all(old, new, as_of)
    results = evaluate_population(old, new, names, as_of, connection, folder, each, many)
    compared = [_compared(old, new, *results, name, as_of, connection) for name in names]
    compared = [
        model for model in compared if model.model_impact.subjects and (model.model_impact.changed or model.name in by_rules)
    ]
    touched = outcome_table.distinct(model.flags for model in compared if model.flags is not None)
    models = compare_samples(old, new, compared, pairs, as_of, results, connection)
    both = old.refused & new.refused
    subjects = _count(_everybody(old, new)) + len(both)
    return Impact(
        as_of, subjects, tuple(models), len(both) + max(old.nameless, new.nameless),
        touched=touched, uncompared=uncompared(old.library, new.library, known, as_of),
    )  # fmt: skip


def _under_new_ids(pairs: Sequence[PolicyDiff], old: Library) -> tuple[list[PolicyDiff], Library]:
    """The pairs, and the old library, with the old versions under the ids of those that stand in their place."""
    renamed = [replace(pair, old=under_new_ids(pair.old, pair.new)) if pair.old and pair.new else pair for pair in pairs]
    versions = {id(pair.old): same.old for pair, same in zip(pairs, renamed, strict=True) if same.old}
    return renamed, replace(old, policies=tuple(versions.get(id(policy), policy) for policy in old.policies))


def _pairs(old: Library, new: Library, changed: Sequence[PolicyDiff], as_of: int) -> list[PolicyDiff]:
    """The versions in force on the day that differ, and what changed between them."""
    before, after = old.in_force(as_of), new.in_force(as_of)
    pairs = []
    for name in [*after, *(name for name in before if name not in after)]:
        pair = before.get(name), after.get(name)
        known = (difference for difference in changed if _digests((difference.old, difference.new)) == _digests(pair))
        if _digests(pair)[0] != _digests(pair)[1]:
            pairs.append(replace(next(known, None) or compare_libraries(*pair), old=pair[0], new=pair[1]))
    return pairs


def _digests(pair: tuple[Policy | None, Policy | None]) -> tuple[tuple[str, str] | None, ...]:
    return tuple((policy.id, policy.digest) if policy else None for policy in pair)


def _worded(pairs: Iterable[PolicyDiff]) -> set[str]:
    """The policies of which words alone differ."""
    return {pair.policy.id for pair in pairs if pair.direction == "text"}


def _reworded(pairs: Iterable[PolicyDiff]) -> set[Name]:
    """The models with measures that are called otherwise now: whoever holds one is told so."""
    policies = [(pair.policy.id, pair.old, pair.new) for pair in pairs if pair.old and pair.new]
    return {
        (name, model)
        for name, old, new in policies
        for model in new.models
        if model in old.models and measure_contents(old, new, model).altered
    }


def _all(old: Side, new: Side, as_of: int) -> list[Name]:
    """All models, for where another set of subjects is refused: what they deliver may be read."""
    return affected_models(replace(old.library, policies=()), new.library, as_of) + [
        name
        for name in affected_models(old.library, replace(new.library, policies=()), as_of)
        if not _has(new.library, name, as_of)
    ]


def _has(library: Library, name: Name, as_of: int) -> bool:
    policy = library.in_force(as_of).get(name[0])
    return policy is not None and name[1] in policy.models


def _region_names(old: Library, new: Library, codes: Iterable[str]) -> dict[str, Region]:
    """The names of these codes, as the new library has them, or else the old one."""
    names = {**old.regions, **new.regions}
    return {code: names[code] for code in codes if code in names}


def _compared(
    old: Side, new: Side, before: Results, after: Results, name: Name, as_of: int, connection: Connection
) -> ComparedSubject:
    was, now = (side.library.in_force(as_of).get(name[0]) for side in (old, new))
    model = _model(now, name) or _model(was, name)
    assert model is not None
    some = [policy for policy in (was, now) if policy is not None]
    scales = some[0].scale, some[-1].scale
    held = measure_contents(was, now, model.id)
    table = outcome_table.side_by_side(before, after, name, scales, model.kind, held, connection)
    matrices = outcome_table.matrices(table)
    matrix: Counter[Pair] = Counter()
    for of_region in matrices.values():
        matrix.update(of_region)
    counted = ModelImpact(
        was if _model(was, name) else None, now if _model(now, name) else None, model,
        sum(matrix.values()), outcome_table.differing_rows(table), transition_counts(*scales, matrix), dict(sorted(matrix.items())),
        {region: transition_counts(*scales, matrix) for region, matrix in matrices.items()},
        outcome_table.list_counts(table, "vetoes"), outcome_table.list_counts(table, "measures"), (), (), (),
        region_names=_region_names(old.library, new.library, matrices),
    )  # fmt: skip
    alerted = any(model.alerts for model in (_model(was, name), _model(now, name)) if model)
    everybody = (
        tuple(_few(outcome_table.some_rows(table, SAMPLE), old.tables, connection))
        if alerted and before.outcomes is None
        else ()
    )
    if not counted.changed:
        return ComparedSubject(name, counted, (), (), everybody)
    score, rescored = outcome_table.quantiles(table)
    flags = outcome_table.with_flags(table, scales, matrix)
    counts = outcome_table.altered_measures(table) if held.altered else {"": 0}
    altered = {measure: AlteredMeasure(what, counts[measure]) for measure, what in held.altered.items() if measure in counts}
    counted = replace(
        counted, score=score, rescored=rescored, altered=altered, holders=counts[""], burdens=outcome_table.burdens(flags)
    )
    examples = outcome_table.nearest_edges(table, edges(*scales, matrix), EXAMPLES)
    sample = _few(outcome_table.sample_rows(table, SAMPLE), old.tables, connection)
    return ComparedSubject(name, counted, tuple(sample), tuple(examples), everybody, flags)


def _model(policy: Policy | None, name: Name) -> Model | None:
    return policy.models.get(name[1]) if policy else None


def _few(sample: list[str], tables: Tables, connection: Connection) -> list[str]:
    """The sample, or the first of it where it has too many members."""
    if tables.members is not None:
        while len(sample) > 1 and _count(with_members(table_of(sample, connection), tables.members)) > DOCUMENTS:
            sample = sample[: len(sample) // 4 or 1]
    return sample


def _everybody(old: Side, new: Side) -> Table:
    if new.tables is old.tables:
        return old.tables.subjects
    return ibis.union(old.tables.subjects.select("subject"), new.tables.subjects.select("subject"), distinct=True)


def _count(table: Table) -> int:
    return int(table.count().to_pyarrow().as_py())
