"""Whoever has nothing adverse on file and would be of the best grade gets no restriction, and not the worst grade, for want
of information, whatever is missing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

import z3
from msgspec import Struct
from msgspec.structs import replace
from z3 import ExprRef as Term

from engine.evaluating.single import Compiled, compile_model, evaluate
from engine.evaluating.symbolic.arithmetic import any_holds, compare, compare_two
from engine.evaluating.symbolic.evaluate import Symbolic
from engine.evaluating.symbolic.evaluate import evaluate as evaluate_symbolically
from engine.evaluating.symbolic.facts import World, facts, world
from engine.model.bad_outcome import is_bad, restrictions, worst_grade
from engine.model.condition import facts_in
from engine.model.evaluation import Evaluation
from engine.model.library import fact_order
from engine.model.policy import MemberCount, Model, Policy, attribute_read, category_read
from engine.model.proof import COUNTEREXAMPLE, MISSING, PROVED, TIMEOUT, UNKNOWN, Answer, Difference, Proof, Witness
from engine.model.scoring import Indicator, Item, form_facts
from engine.model.subject import Subject
from engine.reviewing.proof.lemmas import solver_for
from engine.reviewing.proof.outcome_differences import outcome_differences
from engine.reviewing.proof.plausible_witness import plausible_witness
from engine.reviewing.proof.search import SearchResult, search

BEST_GRADE, ORDINARY = 0.2, 0.2
"""The shares of the time that may go into which grade is the best that somebody comes to, and into ordinary values."""


class LessKnown(Struct, frozen=True):
    """A subject of whom nothing adverse is known, and the same one with some of the information missing.

    `unblamed` is that what is known of the first gives it no fewer points anywhere than if nothing were known of it.
    """

    worlds: tuple[World, World]
    sides: tuple[Symbolic, Symbolic]
    unblamed: Sequence[Term]
    compiled: Compiled
    as_of: int
    timeout: float


def missing_information(policy: Policy, model: Model, as_of: int, timeout: float) -> Iterator[Proof]:
    """The one claim, of a model that gives grades or restrictions and reads what may be missing.

    Nothing adverse is known of a subject that has no adverse records, no veto against it, and in every indicator and item no
    fewer points than somebody of whom nothing is known. Missing is any of its attributes, all records of any categories that
    are favourable or neutral, and its members. The best grade is the best that such a subject comes to without any restriction.
    """
    if (worst_grade(policy, model) is None and not restrictions(model)) or not _may_lack(policy, model):
        return
    began = time.monotonic()
    pair = _pair(policy, model, as_of, timeout)
    grade, known = _best_grade(pair)
    result = _ask(pair, grade)
    answer: Answer = PROVED if result.nothing and known else COUNTEREXAMPLE if result.witness else UNKNOWN
    reason = TIMEOUT if result.nothing and not known else result.reason
    claim = Proof(MISSING, policy, model.id, model.id, answer, ("models", model.id), reason, result.witness)
    yield replace(claim, seconds=time.monotonic() - began)


def _may_lack(policy: Policy, model: Model) -> bool:
    """Whether a model reads anything whose absence is want of information."""
    categories = [category_read(fact.source) for fact in model.facts.values()]
    directed = any(policy.categories[name].direction in ("favourable", "neutral") for name in categories if name is not None)
    attributes = any(attribute_read(fact.source) is not None for fact in model.facts.values())
    return directed or attributes or any(isinstance(fact.source, MemberCount) for fact in model.facts.values())


def _pair(policy: Policy, model: Model, as_of: int, timeout: float) -> LessKnown:
    whole = world([(policy, model)], as_of)
    for name, cells in whole.records.items():
        if policy.categories[name].direction == "adverse":
            whole.rules += [cell.count == 0 for cell in cells.cells]
    side = evaluate_symbolically(policy, model, *facts(whole, policy, model), whole.texts)
    part = _with_some(whole, "less ", lambda name, sure: z3.BoolVal(True) if sure else z3.Bool(f"less {name} known"))
    other = evaluate_symbolically(policy, model, *facts(part, policy, model), part.texts)
    unblamed = [z3.Not(side.vetoed), *_no_fewer_points(whole, side)]
    return LessKnown((whole, part), (side, other), unblamed, compile_model(policy, model), as_of, timeout)


def _with_some(whole: World, prefix: str, known: Callable[[str, bool], Term]) -> World:
    """The same subjects, of whom some attributes, categories of records and the members may be unknown.

    Nobody can say of a category without a direction whether to have no record of it is want of information.
    """
    members = z3.If(known("members", False), whole.members, 0)
    part = World(whole.as_of, whole.models, members, prefix, whole.texts, beside=whole)
    part.apart, part.exact = whole.apart, whole.exact
    for name, attribute in whole.attributes.items():
        part.attributes[name] = replace(attribute, there=z3.And(attribute.there, known(name, False)))
    for name, cells in whole.records.items():
        there = known(f"records of {name}", cells.category.direction is None)
        fewer = [replace(cell, count=z3.If(there, cell.count, 0)) for cell in cells.cells]
        part.records[name] = replace(cells, collected=z3.And(there, cells.collected), cells=fewer)
    return part


def _no_fewer_points(whole: World, side: Symbolic) -> Iterator[Term]:
    """In each indicator and item at least what it gives where nothing is known, or all where it is left out then."""
    if side.scored is None:
        return
    policy, model = side.policy, side.model
    nothing = _with_some(whole, "nothing ", lambda _, sure: z3.BoolVal(False))
    values, rejects = facts(nothing, policy, model)
    unknown = evaluate_symbolically(policy, model, values, rejects, nothing.texts).scored
    rejected: set[str] = set()
    for name in fact_order(model):
        if z3.is_true(z3.simplify(rejects.get(name, z3.BoolVal(False)))) or rejected & set(model.facts[name].needs()):
            rejected.add(name)
    for _, element in model.scored():
        if unknown is None or rejected & _read_by(element):
            continue
        mine, counted = side.scored.points[element.id], side.scored.counts.get(element.id)
        enough = compare_two("at_least", mine, unknown.points[element.id])
        if isinstance(element, Indicator) and element.only_when is not None and counted is not None:
            full = compare("at_least", mine, element.points)
            enough = z3.Or(z3.Not(counted), full, z3.And(unknown.counts[element.id], enough))
        yield z3.simplify(enough)


def _read_by(element: Indicator | Item) -> set[str]:
    """The facts on which its points, and whether it counts, rest."""
    only = facts_in(element.only_when) if isinstance(element, Indicator) and element.only_when is not None else ()
    return {*form_facts(element.form), *only}


def _best_grade(pair: LessKnown) -> tuple[int | None, bool]:
    """The place of the best grade that the better known come to; None for whatever they come to. And whether that is sure."""
    side = pair.sides[0]
    if side.rank is None:
        return None, True
    ends = time.monotonic() + BEST_GRADE * pair.timeout
    for place in range(len(side.policy.scale.grades) - 1):
        solver = solver_for(max(ends - time.monotonic(), 0.05))
        solver.add([*pair.worlds[0].rules, *pair.unblamed, *_good(side, place)])
        answer = solver.check()
        if answer != z3.unsat:
            return place, answer == z3.sat
    return None, True


def _good(side: Symbolic, place: int | None) -> list[Term]:
    """Evaluated, of a grade, and under no restriction."""
    terms = [side.evaluated]
    if place is not None:
        terms += [_of_grade(side, side.policy.scale.grades[place]), *(z3.Not(holds) for holds in _restricted(side))]
    elif side.rank is None:
        terms += [z3.Not(holds) for holds in _restricted(side)]
    return terms


def _of_grade(side: Symbolic, grade: str) -> Term:
    assert side.rank is not None
    return any_holds(side.rank == rank for rank, level in enumerate(side.policy.scale.levels) if level.grade == grade)


def _restricted(side: Symbolic) -> list[Term]:
    return [side.measures[measure.id] for measure in restrictions(side.model)]


def _ask(pair: LessKnown, place: int | None) -> SearchResult:
    whole, part = pair.sides
    worst = worst_grade(part.policy, part.model)
    bad = [*([_of_grade(part, worst)] if worst is not None else []), *_restricted(part)]
    goal = [*_good(whole, place), *pair.unblamed, part.evaluated, z3.Or(bad)]
    best = None if place is None else whole.policy.scale.grades[place]

    def replay(better: Subject, less: Subject) -> Witness | None:
        known, unknown = (evaluate(pair.compiled.at(pair.as_of), subject) for subject in (better, less))
        if not isinstance(known, Evaluation) or not isinstance(unknown, Evaluation) or not is_bad(unknown):
            return None
        if (best is not None and known.grade != best) or (is_bad(known) and (best is not None or whole.rank is None)):
            return None
        return Witness(pair.as_of, (better, less), (known, unknown), tuple(_differences(known, unknown)))

    result = search(pair.worlds, goal, lambda subjects: replay(subjects[0], _without(*subjects)), pair.timeout)
    return result if result.witness is None else SearchResult(witness=_plausible(pair, result.witness, replay))


def _plausible(pair: LessKnown, witness: Witness, replay: Callable[[Subject, Subject], Witness | None]) -> Witness:
    """With values of the better known subject that an official could meet; what is missing stays missing."""
    less = witness.subjects[1]

    def again(subjects: tuple[Subject, ...]) -> Witness | None:
        both = replay(subjects[0], _without(subjects[0], less))
        return both and replace(both, subjects=subjects)

    alone = replace(witness, subjects=witness.subjects[:1])
    usual = plausible_witness(alone, pair.worlds[0].models, again, ORDINARY * pair.timeout)
    (better,) = usual.subjects
    return replay(better, _without(better, less)) or witness


def _without(better: Subject, less: Subject) -> Subject:
    """The better known subject without what is not known of the other: what is left stays the very same."""
    categories = {record.category for record in less.records}
    attributes = {name: value for name, value in better.attributes.items() if name in less.attributes}
    records = tuple(record for record in better.records if record.category in categories)
    return replace(less, attributes=attributes, records=records, members=better.members if less.members else ())


def _differences(known: Evaluation, unknown: Evaluation) -> Iterator[Difference]:
    yield from outcome_differences("result", known, unknown)
    for measure in restrictions(unknown.model):
        if measure.id in unknown.measures and measure.id not in known.measures:
            yield Difference("restriction", measure.id, False, True, True)
