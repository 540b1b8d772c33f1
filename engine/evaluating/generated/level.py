"""The level: the lines that find its rank, and what the vetoes that hold make of it."""

from __future__ import annotations

from engine.evaluating.generated.conditions import condition_text
from engine.evaluating.generated.points import Test
from engine.evaluating.generated.text import Lines, Namespace, chain, indented, literal
from engine.model.policy import Model, Veto
from engine.model.scale import Scale


def veto_lines(model: Model, test: Test) -> Lines:
    """Sets `vetoed`, the ids of those that hold."""
    lines = ["vetoed = ()"]
    for veto in model.vetoes:
        lines += [f"if {condition_text(veto.when, test)}:", f"    vetoed += ({literal(veto.id)},)"]
    return lines


def level_lines(model: Model, scale: Scale, names: Namespace, test: Test) -> Lines:
    """Sets `score`, `level` and `grade`."""
    if not model.grades:
        return ["score = level = grade = None"]
    levels = names.bind("levels", tuple((level.name, level.grade) for level in scale.levels))
    if model.scores:
        lines = ["score = rounded", *_caps(model.vetoes), *_of_score(scale)]
    else:
        lines = ["score = None", *_of_decisions(model, scale, test)]
    return [*lines, *_lowered(model.vetoes, scale, names), f"level, grade = {levels}[rank]"]


def _caps(vetoes: tuple[Veto, ...]) -> Lines:
    caps = [(veto.id, veto.score_at_most) for veto in vetoes if veto.score_at_most is not None]
    under = [f"if {literal(name)} in vetoed and score > {literal(cap)}: score = {literal(cap)}" for name, cap in caps]
    return ["if vetoed:", *indented(under)] if under else []


def _of_score(scale: Scale) -> Lines:
    """By the least score of each level that a score can give; the last one takes what is left."""
    *bounded, last = [(rank, level) for rank, level in enumerate(scale.levels) if not level.by_rule]
    return chain(
        [(f"score >= {literal(level.at_least)}", [f"rank = {rank}"]) for rank, level in bounded], [f"rank = {last[0]}"]
    )


def _of_decisions(model: Model, scale: Scale, test: Test) -> Lines:
    assert model.decisions is not None
    ranks = {level: rank for rank, level in reversed(list(enumerate(scale.names)))}
    branches = [(condition_text(when, test), [f"rank = {ranks[level]}"]) for when, level in model.decisions.branches]
    return chain(branches, [f"rank = {ranks[model.decisions.otherwise]}"])


def _lowered(vetoes: tuple[Veto, ...], scale: Scale, names: Namespace) -> Lines:
    """The worst level that a veto gives, then the last level and what is allowed above it, the most grades, the most levels."""
    lines: Lines = []
    for veto in vetoes:
        does = []
        if veto.above_previous is not None:
            bound = literal(veto.above_previous)
            does.append(f"if above is None or above > {bound}: above = {bound}")
        if veto.level is not None:
            rank = scale.names.index(veto.level)
            does.append(f"if rank < {rank}: rank = {rank}")
        if veto.lower_grades:
            does.append(f"if grades < {literal(veto.lower_grades)}: grades = {literal(veto.lower_grades)}")
        if veto.lower_levels:
            does.append(f"if levels < {literal(veto.lower_levels)}: levels = {literal(veto.lower_levels)}")
        if does:
            lines += [f"if {literal(veto.id)} in vetoed:", *indented(does)]
    if any(veto.above_previous is not None for veto in vetoes):
        ranks = names.bind("ranks", {level: scale.names.index(level) for level in scale.names})
        no_better = names.bind("no_better_than", scale.no_better_than)
        lines.append(f"if above is not None and last in {ranks}: rank = {no_better}(rank, {ranks}[last], above)")
    if any(veto.lower_grades for veto in vetoes):
        lines.append(f"if grades: rank = {names.bind('lower_by_grades', scale.lower_by_grades)}(rank, grades)")
    if any(veto.lower_levels for veto in vetoes):
        lines.append(f"if levels: rank = {names.bind('lower_by_levels', scale.lower_by_levels)}(rank, levels)")
    return ["if vetoed:", "    grades, levels, above = 0, 0, None", *indented(lines)] if lines else []
