"""The array evaluator: a batch of whole subjects by every model that applies, in dependency order, nothing put aside between."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from engine.evaluating.arrays.conditions import among, condition
from engine.evaluating.arrays.derived import Outcomes, results_as_records
from engine.evaluating.arrays.facts import compute_facts, from_records
from engine.evaluating.arrays.level import capped, level_and_grade, lowered, rank
from engine.evaluating.arrays.lists import Lists, lists
from engine.evaluating.arrays.memory import Memory, SourceMemory
from engine.evaluating.arrays.model_pass import ModelPass, of_subjects
from engine.evaluating.arrays.score import scores
from engine.evaluating.arrays.validity import day_changes
from engine.evaluating.arrays.warnings import warnings
from engine.model.batch import ArrayColumn, Batch
from engine.model.library import Library, Name, dependencies, running_order
from engine.model.period import NEVER
from engine.model.policy import LAST_LEVEL, Model, Policy, category_read

if TYPE_CHECKING:
    from engine.model.batch import Array


class ModelPlan(Struct, frozen=True):
    """A model that runs on a day, the models whose results each of its facts reads, and the day on which its version ends."""

    policy: Policy
    model: Model
    needed: Mapping[str, Sequence[Name]]
    ends: int

    @property
    def name(self) -> Name:
        return self.policy.id, self.model.id


class Lapsed(Struct, frozen=True):
    """A model that subjects may name and that rejects them: of a version not in force, or of another kind. Until `ends`."""

    policy: Policy
    model: Model
    in_force: bool
    ends: int


class Plan(Struct, frozen=True):
    """What runs on a day, in running order."""

    as_of: int
    models: tuple[ModelPlan, ...]
    lapsed: tuple[Lapsed, ...]


Only = str | Collection[Name] | None
"""A policy, some models, or everything."""


def plan(library: Library, as_of: int, only: Only = None) -> Plan:
    """The models in force, or those asked for and what they read."""
    policies = library.in_force(as_of)
    lapsed = tuple(_lapsed(library, policies, as_of))
    models: list[ModelPlan] = []
    for name in running_order(policies):
        policy, model = policies[name[0]], policies[name[0]].models[name[1]]
        needed = {fact: list(names) for fact, names in dependencies(policies, model).items()}
        for version in library.policies:
            if version.id not in policies:  # whoever names one of its models is rejected, and that ends
                for fact, names in dependencies({version.id: version}, model).items():
                    needed.setdefault(fact, []).extend(names)
        models.append(ModelPlan(policy, model, needed, library.next_change(policy.id, as_of) or NEVER))
    return Plan(as_of, tuple(models if only is None else _reached(models, only)), lapsed)


def is_asked(name: Name, only: Only) -> bool:
    """Whether a model's results are wanted."""
    return only is None or (name[0] == only if isinstance(only, str) else name in only)


def _reached(models: Sequence[ModelPlan], only: Only) -> list[ModelPlan]:
    """The models that are asked for, and those that they read, directly or not."""
    reached: set[Name] = set()
    for each in reversed(models):
        if is_asked(each.name, only) or each.name in reached:
            reached |= {each.name, *(name for names in each.needed.values() for name in names)}
    return [each for each in models if each.name in reached]


def _lapsed(library: Library, policies: Mapping[str, Policy], as_of: int) -> list[Lapsed]:
    """By policy and model one; of a policy not in force every version's, for any may be named."""
    refusing: dict[Name, Lapsed] = {}
    for policy in library.policies:
        change = library.next_change(policy.id, as_of)
        if change is None or (policy.id in policies and policies[policy.id] is not policy):
            continue
        for model in policy.models.values():
            refusing[policy.id, model.id] = Lapsed(policy, model, policy.id in policies, change)
    return list(refusing.values())


class Result(Struct, frozen=True):
    """What a model gives the subjects that it evaluates (`who`, ordinals in the batch).

    `valid_until` is NEVER - 1 where nothing ends the result. `reason` are ids of exclusions, or facts (or `weight`) with the codes of a rejection. Score, level,
    grade, points and facts stand for nothing where a subject is not `evaluated`.
    """

    policy: Policy
    model: Model
    who: Array
    rejected: Array
    evaluated: Array
    valid_until: Array
    reason: Lists
    weight: Array
    facts: Mapping[str, ArrayColumn]
    points: Mapping[str, ArrayColumn]
    score: Array | None
    level: Array | None
    vetoes: Lists
    vetoed: Array
    measures: Lists
    warnings: Lists


def evaluate(
    plan: Plan, batch: Batch, memory: Memory | None = None, standing: Mapping[Name, Result] | None = None
) -> dict[Name, Result]:  # fmt: skip
    """Every model for the subjects of a batch that it applies to; models without any are left out.

    What sources find is kept in the `memory`, where there is one, and taken from it: an evaluation of another plan costs but
    what differs. `standing` are results that another plan gives this batch on this day and that this one gives too. ValueError
    where the memory is of another batch or day.
    """
    if memory is not None and (memory.batch is not batch or memory.as_of != plan.as_of):
        raise ValueError("the memory is of another batch or day")
    outcomes: dict[Name, Outcomes] = {}
    for lapsed in plan.lapsed:
        name = (lapsed.policy.id, lapsed.model.id)
        who = np.flatnonzero(_named(batch.models, name) & ~(lapsed.in_force & _is_kind(batch.kinds, lapsed.model.kind)))
        if len(who):
            nobody = np.zeros(len(who), bool)
            outcomes[name] = Outcomes(lapsed.policy, lapsed.model, who, nobody, np.full(len(who), lapsed.ends - 1))
    results: dict[Name, Result] = {}
    for each in plan.models:
        model, who = each.model, np.flatnonzero(_applies(each, batch.kinds, batch.models))
        if not len(who):
            continue
        result = (standing or {}).get(each.name)
        if result is None:
            known = None if memory is None else memory.of_subjects(who)
            result = _model(each, batch, who, outcomes, plan.as_of, known)
        results[each.name] = result
        mine = Outcomes(
            each.policy, model, who, result.evaluated, result.valid_until, result.score, result.level, result.vetoed, result.weight
        )  # fmt: skip
        before = outcomes.get(each.name)
        outcomes[each.name] = mine if before is None else mine.beside(before)
    return results


def evaluations(plan: Plan, kinds: ArrayColumn, models: ArrayColumn, counts: Array | int = 1) -> int:
    """How many results there will be of subjects of these kinds that name these models, of each so many."""
    return sum(int((_applies(each, kinds, models) * counts).sum()) for each in plan.models)


def _applies(each: ModelPlan, kinds: ArrayColumn, models: ArrayColumn) -> Array:
    """To whom a model applies."""
    mine = _is_kind(kinds, each.model.kind)
    return mine if each.model.always else mine & _named(models, each.name)


def _named(models: ArrayColumn, name: Name) -> Array:
    return among(models, lambda names: f" {name[0]}/{name[1]} " in names)


def _is_kind(kinds: ArrayColumn, kind: str) -> Array:
    return among(kinds, lambda other: other == kind)


def _model(
    each: ModelPlan, batch: Batch, who: Array, outcomes: Mapping[Name, Outcomes], as_of: int, memory: SourceMemory | None
) -> Result:  # fmt: skip
    policy, model = each.policy, each.model
    read = {
        category
        for fact in model.facts.values()
        if (category := category_read(fact.source)) is not None and not (memory and memory.of(fact.source, policy))
    }
    read |= {LAST_LEVEL.category} if model.reads_last_level else set()
    records = {
        category: of_subjects(batch.records[category], who, len(batch.ids)) for category in read if category in batch.records
    }
    change = np.full(len(who), each.ends, np.int64)
    run = ModelPass(batch, policy, model, as_of, who, records, change, memory=memory)
    results_as_records(run, each.needed, outcomes)
    compute_facts(run)
    last = from_records(run, LAST_LEVEL) if model.reads_last_level else None
    valid_until = np.minimum(run.change, day_changes(run)) - 1
    return _concluded(run, last, valid_until)


def _concluded(run: ModelPass, last: ArrayColumn | None, valid_until: Array) -> Result:
    """From facts to measures."""
    policy, model, scale, size = run.policy, run.model, run.policy.scale, run.size
    seen: dict[str, ArrayColumn] = dict(run.facts)
    column_of = seen.__getitem__
    rejected, excluded, weight, reason = _outcome(run)
    evaluated = ~(rejected | excluded)
    scored = scores(model, column_of, scale, size) if model.scores else None
    if scored is not None:
        seen["score"] = ArrayColumn(scored.score)
    held = {veto.id: condition(veto.when, column_of, scale) for veto in model.vetoes}
    vetoed = np.logical_or.reduce(list(held.values())) if held else np.zeros(size, bool)
    score, level = None, None
    if scored is not None:
        score = capped(scored.score, model, held)
        seen["score"] = ArrayColumn(score)
    if model.grades:
        level = rank(model, scale, score, column_of, size)
        level = lowered(level, model, scale, held, last)
        seen["level"], seen["grade"] = level_and_grade(level, scale)
    seen["vetoed"] = ArrayColumn(vetoed)
    measures = [(measure.id, condition(measure.when, column_of, scale) & evaluated) for measure in model.measures]
    noted = list(warnings(model, column_of, scale, held, last, size)) if model.warns else []
    return Result(
        policy, model, run.who, rejected, evaluated, valid_until, reason, weight,
        run.facts, {} if scored is None else scored.points, score, level,
        lists([(name, holds & evaluated) for name, holds in held.items()], size), vetoed & evaluated,
        lists(measures, size), lists([(name, holds & evaluated) for name, holds in noted], size),
    )  # fmt: skip


def _outcome(run: ModelPass) -> tuple[Array, Array, Array, Lists]:
    """Who is rejected and who is left out, each one's weight, and why."""
    model, size = run.model, run.size
    reasons = [(f"{fact} {code}", who) for fact in model.facts for code, who in run.rejected.get(fact, ())]
    rejected = np.logical_or.reduce([who for _, who in reasons]) if reasons else np.zeros(size, bool)
    weight = run.facts[model.weight].values if isinstance(model.weight, str) else np.full(size, model.weight, np.int64)
    negative = (weight < 0) & ~rejected
    if isinstance(model.weight, str) and run.facts[model.weight].there is not None:
        negative &= run.facts[model.weight].there
    rejected = rejected | negative
    column_of = run.facts.__getitem__
    grounds = [(each.id, condition(each.when, column_of, run.policy.scale) & ~rejected) for each in model.not_evaluated]
    excluded = np.logical_or.reduce([who for _, who in grounds]) if grounds else np.zeros(size, bool)
    return rejected, excluded, weight, lists([*reasons, ("weight weight_negative", negative), *grounds], size)
