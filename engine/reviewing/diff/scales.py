"""What differs in the scale of a policy: its levels, the points that they take, their grades."""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd

from msgspec.structs import replace

from engine.model.change import Change
from engine.model.direction import Direction, combined_direction
from engine.model.scale import Scale
from engine.reviewing.diff import name_domains
from engine.reviewing.diff.level_monotonicity import level_helps
from engine.reviewing.diff.model_pair import more
from engine.reviewing.diff.policy_pair import PolicyPair


def scale_changes(between: PolicyPair) -> Iterator[Change]:
    old, new = between.old.scale, between.new.scale
    yield from between.leaf("scale", ("scale",), old.id, new.id, "text")
    rules = [[level.by_rule for level in scale.levels] for scale in (old, new)]
    if old.full != new.full or old.names != new.names or rules[0] != rules[1]:
        yield from between.leaf("scale", ("scale",), old, new, "mixed", title=new.id)
        return
    if old == replace(new, id=old.id):
        return
    models = [(policy, model) for policy in (between.old, between.new) for model in policy.models.values()]
    helps = all(level_helps(*pair) for pair in models)
    step = gcd(*(name_domains.of_score(*pair).step for pair in models)) or 1  # between which no score lies
    lowered = _lowered(between, old, new)
    for before, after in zip(old.levels, new.levels, strict=True):
        grade = combined_direction((_graded(old, new, before.grade, after.grade), lowered)) if helps else "mixed"
        level = f"{new.id} {after.name}"  # there may be several scales
        yield from between.leaf("scale", ("scale", "grade"), before.grade, after.grade, grade, after.name, title=level)
        yield from between.leaf("quote", ("scale", "quote"), before.quote, after.quote, "text", after.name, title=level)
        places = [-((level.at_least or 0) // -step) for level in (before, after)]  # scores are whole steps
        line = more(-places[0], -places[1])
        line = line if helps or line == "neutral" else "mixed"
        if before.above is None and after.above is None:
            yield from between.leaf("scale", ("scale",), before.at_least, after.at_least, line, after.name, title=level)
        else:
            same_grade = replace(before, grade=after.grade)
            line = "text" if before.at_least == after.at_least else line
            yield from between.leaf("scale", ("scale",), same_grade, after, line, after.name, title=level)
    # what a score out of 100 brings is told by the models that read it alone
    yield from between.leaf("reference", ("scale", "reference"), old.hundred, new.hundred, "mixed", title=new.id)


def _graded(old: Scale, new: Scale, before: str, after: str) -> Direction:
    """What it brings that a level is of another grade, where all grades of one side stand in the other in the same order."""
    longer, shorter = sorted((old.grades, new.grades), key=len, reverse=True)
    if [grade for grade in longer if grade in shorter] != list(shorter):
        return "mixed"
    was, now = longer.index(before), longer.index(after)
    return "looser" if now < was else "stricter" if now > was else "neutral"


def _lowered(between: PolicyPair, old: Scale, new: Scale) -> Direction:
    """What it brings to those whom a veto lowers by grades: the best level of a lower grade may be another one."""
    models = [model for policy in (between.old, between.new) for model in policy.models.values()]
    steps = {veto.lower_grades for model in models for veto in model.vetoes}
    pairs = [(old.lower_by_grades(rank, by), new.lower_by_grades(rank, by)) for rank in range(len(old.levels)) for by in steps]
    return combined_direction("looser" if now < was else "stricter" if now > was else "neutral" for was, now in pairs)
