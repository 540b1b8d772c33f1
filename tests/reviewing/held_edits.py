"""Edits of shipped policies, each change's and the whole direction held against both versions over random subjects."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from engine.evaluating.single import Compiled, compile_model
from engine.model.change import PolicyDiff
from engine.model.digest import digest
from engine.model.evaluation import Outcome
from engine.model.policy import Policy
from engine.model.subject import Subject
from engine.reviewing.diff.policies import compare_libraries
from tests.reviewing import truth
from tests.reviewing.edits import Edit, edited, shipped
from tests.reviewing.subjects import DAYS, drawn, subject

SUBJECTS = 60
"""On each of the days, of each model."""

Before = tuple[Compiled, Sequence[tuple[Subject, int]], Sequence[Outcome]]


@cache
def base(place: int) -> Policy:
    return shipped().library.policies[place]


@cache
def before(place: int, model: str, seed: int) -> Before:
    """A model of a shipped policy, subjects and how they stand."""
    policy = base(place)
    draw = random.Random(f"{place} {model} {seed}")
    values = drawn(policy, policy.models[model])
    subjects = [(subject(draw, values, day), day) for _ in range(SUBJECTS) for day in DAYS]
    subjects.sort(key=lambda pair: pair[1])
    compiled = compile_model(policy, policy.models[model])
    return compiled, subjects, truth.outcomes(compiled, subjects)


def hold(seed: str, count: int) -> tuple[Counter[str], list[str]]:
    """So many edits, of one to three steps, each from a seed of its own."""
    tally: Counter[str] = Counter()
    false: list[str] = []
    for number in range(count):
        draw = random.Random(f"{seed} {number}")
        place = draw.randrange(len(shipped().library.policies))
        edits: list[Edit] = []
        policy = base(place)
        many = draw.choice((1, 1, 2, 3))
        while len(edits) < many:
            edit = edited(draw, place, edits)
            if edit is None:
                break
            edits.append(edit[0])
            before_it, policy = policy, _whole(edit[1])
            if many > 1:  # the step alone
                _held(f"{seed} {number}", draw, place, edits[-1:], before_it, policy, tally, false)
        if edits:
            _held(f"{seed} {number}", draw, place, edits, base(place), policy, tally, false)
    return tally, false


def _whole(policy: Policy) -> Policy:
    return replace(policy, digest=digest(policy))


def _held(
    seed: str,
    draw: random.Random,
    place: int,
    edits: Sequence[Edit],
    old: Policy,
    new: Policy,
    tally: Counter[str],
    false: list[str],
) -> None:
    changed = compare_libraries(old, new)
    if not changed.changes:
        tally["no change"] += 1
        return
    moved = _seen(draw, place, old, new, changed)
    tally[changed.direction] += 1
    if changed.direction == "mixed" and not (moved.worse and moved.better):
        tally[f"mixed, seen {'worse' if moved.worse else 'better' if moved.better else 'the same'}"] += 1
    why = moved.contradicts(changed.direction)
    if why:
        names = " + ".join(name for name, *_ in edits)
        lines = "; ".join(
            f"{change.what} {change.id} {change.direction} {change.old} → {change.new}"[:300] for change in changed.changes
        )
        false.append(f"edits {seed} {old.id} ({names}) {changed.direction}: {lines}\n    {why}"[:3000])


def _seen(draw: random.Random, place: int, old: Policy, new: Policy, changed: PolicyDiff) -> truth.Moved:
    moved = truth.Moved()
    renamed = truth.names(changed.changes)
    touched = {change.model for change in changed.changes}
    for name in new.models:
        if name not in old.models or not (None in touched or name in touched):
            continue
        compiled, subjects, outcomes = before(place, name, draw.randrange(3))
        if old is not base(place):
            compiled = compile_model(old, old.models[name])
            outcomes = truth.outcomes(compiled, subjects)
        other = compile_model(new, new.models[name])
        for (whom, _), was, now in zip(subjects, outcomes, truth.outcomes(other, subjects), strict=True):
            truth.compare(moved, compiled, other, was, now, whom, renamed)
    return moved
