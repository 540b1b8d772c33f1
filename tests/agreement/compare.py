"""A world read and evaluated by several evaluators, and every difference between them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Collection, Container, Iterator
from dataclasses import dataclass, replace
from typing import Any

from engine.evaluating import rules, single
from engine.evaluating.order import JudgeOf, Results, evaluate_all, plan
from engine.model import period
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome
from engine.model.library import Library, Name
from engine.model.result_table import OWN_WARNINGS
from engine.model.subject import Subject
from engine.reading.document import read_json
from engine.reading.files import Files
from engine.reading.library import read_library
from engine.reading.subject import read_subject
from tests.agreement.generator import World


@dataclass(frozen=True)
class Difference:
    """What two evaluations of a subject by a model do not agree on; `left` and `right` are what each says."""

    subject: str
    model: str
    what: str
    left: object
    right: object


def as_bytes(tree: Any) -> bytes:
    return json.dumps(tree, ensure_ascii=False).encode()


def read_world(world: World) -> tuple[Library, list[Subject], int]:
    """Library, subjects and as-of date; PolicyError or SubjectError where the generator made something unsound."""
    policies = tuple((f"{policy['policy']}-{policy['version']}.yaml", as_bytes(policy)) for policy in world.policies)
    common = tuple((f"{name}.yaml", as_bytes(tree)) for name, tree in world.common.items())
    library = read_library(Files(policies, common)).library
    known = {policy.id for policy in library.policies}
    subjects = [read_subject(read_json(as_bytes(subject), "subject"), library.catalogue, known) for subject in world.subjects]
    return library, subjects, period.read_day(world.as_of) or 0


def evaluate(
    library: Library, subjects: list[Subject], as_of: int, judge_of: JudgeOf = single.judge, reasoning: bool = False,
    generated: bool = False,
) -> Results:  # fmt: skip
    """By the evaluators that are asked for: generated functions where they exist, or none at all."""
    return evaluate_all(plan(library, as_of, judge_of, worth=1 if generated else sys.maxsize), subjects, reasoning)


def differences(left: Results, right: Results, leaving: Container[str] = ()) -> Iterator[Difference]:
    """Field by field, those that are left aside."""
    for key in sorted(left.keys() | right.keys()):
        first, second = left.get(key), right.get(key)
        if first == second:
            continue
        name = "/".join(key[1])
        if type(first) is not type(second) or first is None or second is None:
            yield Difference(key[0], name, "outcome", first, second)
            continue
        for what in first.__struct_fields__:
            mine, yours = getattr(first, what), getattr(second, what)
            if what not in leaving and mine != yours:
                yield Difference(key[0], name, what, mine, yours)


def disagreements(library: Library, subjects: list[Subject], as_of: int) -> tuple[int, list[Difference]]:
    """The number of results compared, and on what single and rules, with and without reasoning, and generated do not agree."""
    reasoned = evaluate(library, subjects, as_of, reasoning=True)
    all_differences = list(differences(reasoned, evaluate(library, subjects, as_of, rules.judge, reasoning=True)))
    plain = evaluate(library, subjects, as_of)
    all_differences += differences(reasoned, plain, leaving=("reasoning",))
    all_differences += differences(plain, evaluate(library, subjects, as_of, generated=True))
    return len(reasoned), all_differences


def expected_rows(
    library: Library, subjects: list[Subject], as_of: int, results: Collection[Name]
) -> dict[tuple[str, Name], dict[str, Any]]:
    """What single says, by subject and model, of models that have results; who is of another kind is refused, and has no row."""
    kinds = {subject.id: subject.kind for subject in subjects}
    policies = library.in_force(as_of)
    return {
        (subject, name): _outcome(outcome)
        for (subject, name), outcome in evaluate(library, subjects, as_of, reasoning=True).items()
        if name in results and policies[name[0]].models[name[1]].kind == kinds[subject]
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    row = {"valid_until": outcome.valid_until}
    if isinstance(outcome, NotEvaluated):
        return row | {"outcome": "not_evaluated", "reason": sorted(outcome.exclusions)}
    if not isinstance(outcome, Evaluation):
        reasons = [f"{problem.path[-1]} {problem.code}" for problem in outcome.problems]
        return row | {"outcome": "rejected", "reason": sorted(reasons)}
    assert outcome.reasoning is not None
    earned = {
        indicator.id: indicator.points for dimension in outcome.reasoning.dimensions for indicator in dimension.indicators
    }
    return row | {
        "outcome": "evaluated", "score": outcome.score, "level": outcome.level, "grade": outcome.grade,
        "vetoes": list(outcome.vetoes), "measures": list(outcome.measures), "weight": outcome.weight,
        "warnings": [f"{warning.path[-1]} {warning.code}" for warning in outcome.warnings if warning.code in OWN_WARNINGS],
        "facts": dict(outcome.facts), "points": earned | dict(outcome.reasoning.items),
    }  # fmt: skip


def shrink(world: World, fails: Callable[[World], bool]) -> World:
    """The world without whatever can be left out while it still fails in the same way."""
    changed = True
    while changed:
        changed = False
        for part in ("subjects", "policies", "common"):
            tree = getattr(world, part)
            at = 0
            while at < len(paths := sorted(_paths(tree), key=len)):
                smaller = replace(world, **{part: _without(tree, paths[at])})
                if smaller.subjects and smaller.policies and fails(smaller):
                    world, tree, changed = smaller, getattr(smaller, part), True
                else:
                    at += 1
    return world


def _paths(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    keys = list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for key in keys:
        yield (*path, key)
        yield from _paths(tree[key], (*path, key))


def _without(tree: Any, path: tuple[Any, ...]) -> Any:
    head, rest = path[0], path[1:]
    if isinstance(tree, dict):
        return {key: _without(part, rest) if key == head else part for key, part in tree.items() if rest or key != head}
    return [_without(part, rest) if at == head else part for at, part in enumerate(tree) if rest or at != head]
