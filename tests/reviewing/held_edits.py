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
    given = drawn(policy, policy.models[model])
    subjects = [(subject(draw, given, day), day) for _ in range(SUBJECTS) for day in DAYS]
    subjects.sort(key=lambda one: one[1])
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
        wanted = draw.choice((1, 1, 2, 3))
        while len(edits) < wanted:
            made = edited(draw, place, edits)
            if made is None:
                break
            edits.append(made[0])
            before_it, policy = policy, _whole(made[1])
            if wanted > 1:  # the step alone
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
    found = compare_libraries(old, new)
    if not found.changes:
        tally["no change"] += 1
        return
    moved = _seen(draw, place, old, new, found)
    tally[found.direction] += 1
    if found.direction == "mixed" and not (moved.worse and moved.better):
        tally[f"mixed, seen {'worse' if moved.worse else 'better' if moved.better else 'the same'}"] += 1
    why = moved.contradicts(found.direction)
    if why:
        names = " + ".join(name for name, *_ in edits)
        lines = "; ".join(f"{one.what} {one.id} {one.direction} {one.old} → {one.new}"[:300] for one in found.changes)
        false.append(f"edits {seed} {old.id} ({names}) {found.direction}: {lines}\n    {why}"[:3000])


def _seen(draw: random.Random, place: int, old: Policy, new: Policy, found: PolicyDiff) -> truth.Moved:
    moved = truth.Moved()
    renamed = truth.names(found.changes)
    touched = {one.model for one in found.changes}
    for name in new.models:
        if name not in old.models or not (None in touched or name in touched):
            continue
        compiled, subjects, outcomes = before(place, name, draw.randrange(3))
        if old is not base(place):
            compiled = compile_model(old, old.models[name])
            outcomes = truth.outcomes(compiled, subjects)
        other = compile_model(new, new.models[name])
        for (one, _), was, now in zip(subjects, outcomes, truth.outcomes(other, subjects), strict=True):
            truth.compare(moved, compiled, other, was, now, one, renamed)
    return moved
