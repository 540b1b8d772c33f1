"""Looks for a subject of which something holds: there is none, or a small one that really is so, or it is not known."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Any

import z3
from msgspec import Struct, field
from z3 import ExprRef as Term
from z3 import ModelRef as Solution

from engine.evaluating.symbolic.facts import World
from engine.evaluating.symbolic.quotients import is_exact, repaired
from engine.evaluating.symbolic.records import Amounts
from engine.evaluating.symbolic.subject import subject
from engine.model.catalogue import FieldType
from engine.model.number import ONE
from engine.model.proof import NOT_REALISED, TIMEOUT, Reason, Witness
from engine.model.subject import Subject
from engine.reviewing.proof.lemmas import NEWER, OLDER, solver_for

Replay = Callable[[tuple[Subject, ...]], Witness | None]
"""What subjects show by the single evaluator; None where it is not what was looked for."""

RETRIED = 12
"""How often another solution is tried."""

SMALL, LARGEST = 24, 5000
"""So many records, members and attributes are tried first; with more than so many it is no document to show."""

INSTEAD = 0.1
"""The share of the time for each question that is sooner answered."""

LOOKS = ((0.03, 0), (0.03, 1), (0.06, 2), (0.06, 3))
"""Shares of the time for one look and its seed, by either way with whole numbers: what one look is long about, another is
often done with at once."""

CENTURY = 36_525
"""Days."""

MINIMISING, PLAIN = 0.2, 0.1
"""The shares of the time that may go into making a solution smaller, and its values plain."""


class SearchResult(Struct, frozen=True):
    """`nothing`: proved that there is none; a witness; or the reason why neither."""

    nothing: bool = False
    witness: Witness | None = None
    reason: Reason | None = None


class Search(Struct):
    """One question about one subject, or about several beside each other, under way.

    `plain` is a truth of the solver under which every quotient is right, `known` is what was learned of them on the way;
    `narrowed` says that not all subjects are looked at any more.
    """

    worlds: Sequence[World]
    rules: list[Term]
    size: Term
    plain: Term | None
    ends: float
    replay: Replay
    timeout: float
    narrowed: bool = False
    solver: Any = None
    solution: Any = None
    known: list[Term] = field(default_factory=list)


def search(
    worlds: Sequence[World], goal: Sequence[Term], replay: Replay, timeout: float, instead: Sequence[Sequence[Term]] = (),
    minimise: bool = True,
) -> SearchResult:  # fmt: skip
    """Subjects of these worlds for which the goal holds, within so many seconds, and few records of them.

    `instead` are questions that are sooner answered: where nothing is as one of them says, nothing is as the goal says.
    """
    ends = time.monotonic() + timeout
    if any(_none(question, INSTEAD * timeout) for question in instead):
        return SearchResult(nothing=True)
    run = _begin(worlds, goal, replay, timeout, ends)
    for _ in range(RETRIED):
        answer, exact = _small_or_any(run)
        if answer == z3.unsat:
            return SearchResult(reason=NOT_REALISED) if run.narrowed else SearchResult(nothing=True)
        if answer != z3.sat:
            return SearchResult(reason=NOT_REALISED if run.narrowed else TIMEOUT)
        solution, smallest = _smallest(run, exact) if minimise else (run.solution, False)
        witness = _witness(run, solution)
        if witness is not None:
            return SearchResult(
                witness=Witness(witness.as_of, witness.subjects, witness.outcomes, witness.differences, smallest)
            )
        rules = [rule for world in worlds for rule in repaired(world.quotients, solution, whatever=True)]
        if rules:
            run.known += rules
        else:
            _otherwise(run, solution)
    return SearchResult(reason=NOT_REALISED)


def _begin(worlds: Sequence[World], goal: Sequence[Term], replay: Replay, timeout: float, ends: float) -> Search:
    size = z3.Sum([term for world in worlds for term in _sizes(world)])
    right = [rule for world in worlds for rule in is_exact(world.quotients)]
    right += [rule for world in worlds for known in world.approximated.values() for rule in known.plain]
    exact = z3.Bool("plain") if right else None
    rules = [rule for world in worlds for rule in world.rules] + [
        z3.Implies(exact, rule) for rule in right if exact is not None
    ]
    return Search(worlds, [*rules, *goal], size, exact, ends, replay, timeout)


def _none(terms: Sequence[Term], timeout: float) -> bool:
    solver = solver_for(timeout)
    solver.add(list(terms))
    return bool(solver.check() == z3.unsat)


def _witness(run: Search, solution: Solution) -> Witness | None:
    if int(solution.eval(run.size, model_completion=True).as_long()) > LARGEST:
        return None
    return run.replay(tuple(subject(world, solution, f"S{at + 1}") for at, world in enumerate(run.worlds)))


def _small_or_any(run: Search) -> tuple[z3.CheckSatResult, bool]:
    """Whether there is a solution, first among the small and plain ones, for those are soon found; and whether it is plain."""
    wider = ((False, SMALL, LOOKS[:2]), (True, None, LOOKS[:2])) if run.plain is not None else ()
    for exact, most, looks in ((True, SMALL, LOOKS), *wider):
        for (share, seed), way in product(looks, (OLDER, NEWER)):
            _begin_anew(run, way, seed)
            answer = _check(run, time.monotonic() + share * run.timeout, exact, most)
            if answer == z3.sat:
                return answer, exact
            if answer == z3.unsat:
                break
    for way, share in ((OLDER, 0.5), (NEWER, 1.0)):
        _begin_anew(run, way, len(LOOKS))
        now = time.monotonic()
        answer = _check(run, now + share * (run.ends - now), False)
        if answer != z3.unknown:
            break
    return answer, False


def _begin_anew(run: Search, arithmetic: int, seed: int) -> None:
    run.solver = solver_for(run.timeout, arithmetic, seed)
    run.solver.add(run.rules)
    run.solver.add(run.known)


def _check(run: Search, ends: float, exact: bool, most: int | None = None) -> z3.CheckSatResult:
    """Whether there is a solution (kept in the run) of at most some size, in which every quotient that matters is right."""
    before = _push(run)
    if most is not None:
        run.solver.add(run.size <= most)
    answer = _checked(run, min(ends, run.ends), [run.plain] if exact and run.plain is not None else [])
    _pop(run, before)
    return answer


def _push(run: Search) -> int:
    run.solver.push()
    return len(run.known)


def _pop(run: Search, before: int) -> None:
    """Takes back what was added since, but for what is known of quotients, which holds of all subjects."""
    run.solver.pop()
    run.solver.add(run.known[before:])


def _checked(run: Search, ends: float, under: Sequence[Term]) -> z3.CheckSatResult:
    while (left := ends - time.monotonic()) > 0.01:
        run.solver.set("timeout", int(left * 1000))
        answer: z3.CheckSatResult = run.solver.check(*under)
        if answer != z3.sat:
            return answer
        solution = run.solver.model()
        rules = [rule for world in run.worlds for rule in repaired(world.quotients, solution)]
        if not rules:
            run.solution = solution
            return answer
        run.known += rules
        run.solver.add(rules)
    return z3.unknown


def _smallest(run: Search, exact: bool) -> tuple[Solution, bool]:
    """A solution with the fewest records, members and attributes together, then with plain values; whether it is."""
    ends = time.monotonic() + MINIMISING * run.timeout
    answer = z3.sat
    while answer == z3.sat:
        solution, size = run.solution, int(run.solution.eval(run.size, model_completion=True).as_long())
        most = size - 1 if size <= SMALL else size // 2
        answer = _check(run, ends, exact, most) if most >= 0 else z3.unsat
        if answer == z3.unsat and exact and run.plain is not None and most >= 0:
            answer = _check(run, ends, False, most)
    before = _push(run)
    run.solver.add(run.size <= size)
    solution = _plainest(run, solution, exact, max(ends, time.monotonic() + PLAIN * run.timeout))
    _pop(run, before)
    return solution, answer == z3.unsat and size <= SMALL and not run.narrowed


def _plainest(run: Search, solution: Solution, exact: bool, ends: float) -> Solution:
    """The solution with one value after the other made plain, as far as the goal allows it."""
    for world in run.worlds:
        for wishes in _wishes(world, solution):
            for wish in wishes:
                there = z3.is_true(solution.eval(wish, model_completion=True))
                if not there:
                    before = _push(run)
                    run.solver.add(wish)
                    answer = _check(run, ends, exact)
                    solution = run.solution if answer == z3.sat else solution
                    _pop(run, before)
                    if answer == z3.unknown:
                        return solution
                    there = answer == z3.sat
                if there:
                    run.solver.add(wish)
                    break
    return solution


def _sizes(world: World) -> Iterator[Term]:
    yield world.members
    yield from (cell.count for cells in world.records.values() for cell in cells.cells)
    yield from (z3.If(attribute.there, 1, 0) for attribute in world.attributes.values())


def _wishes(world: World, solution: Solution) -> Iterator[Sequence[Term]]:
    """What a person would write, first of all, where a value is given."""
    for attribute in world.attributes.values():
        if z3.is_true(solution.eval(attribute.there, model_completion=True)):
            yield _plain_values(world, attribute.value, attribute.attribute.field.type, attribute.held.unit)
    for cells in world.records.values():
        for cell in cells.cells:
            if solution.eval(cell.count, model_completion=True).as_long():
                if cells.ordered:
                    yield [cell.day == cell.last, cell.day >= world.as_of - CENTURY]
                for name, amounts in cell.amounts.items():
                    term = next(_terms(amounts))
                    yield _plain_values(world, term, cells.category.fields[name].type, cell.held[name].unit)


def _terms(amounts: Amounts) -> Iterator[Term]:
    yield from (term for term in (amounts.newest, amounts.greatest, amounts.least, amounts.sum) if term is not None)


def _plain_values(world: World, term: Term, kind: FieldType, unit: int) -> Sequence[Term]:
    """Round values, or else as near to nothing, or to today, as can be."""
    match kind:
        case "integer" | "number":
            few = [term == number * ONE // unit for number in (0, 1, 10, 50, 100)]
            return few + [z3.And(term >= 0, term <= number * ONE // unit) for number in (10, 100, 1_000, 1_000_000)]
        case "date":
            near = z3.And(term >= world.as_of - CENTURY, term <= world.as_of + CENTURY)
            return [*(term == world.as_of - days for days in (3653, 731, 366)), near]
        case _:
            return []


def _otherwise(run: Search, solution: Solution) -> None:
    """From now on at most one record where values are added up or averaged, for which solutions are exact; then another."""
    run.narrowed = True
    terms = [
        cell.count <= 1 for world in run.worlds for cells in world.records.values() for cell in cells.cells if cell.amounts
    ]
    run.rules += terms
    same = []
    for world in run.worlds:
        for cells in world.records.values():
            for cell in cells.cells:
                same.append(cell.count == solution.eval(cell.count, model_completion=True))
                for amounts in cell.amounts.values():
                    same += [term == solution.eval(term, model_completion=True) for term in _terms(amounts)]
        for attribute in world.attributes.values():
            same.append(attribute.value == solution.eval(attribute.value, model_completion=True))
            same.append(attribute.there == solution.eval(attribute.there, model_completion=True))
    run.rules.append(z3.Not(z3.And(same)))
