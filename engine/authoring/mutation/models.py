"""Models made otherwise, element by element in the order of the language's page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Literal

from msgspec.structs import replace

from engine.authoring.mutation.change import Domain, ModelEdit, Walk, edits_among, edits_inside, number_text, watched_value
from engine.authoring.mutation.conditions import Scope, condition_changes
from engine.authoring.mutation.facts import fact_changes
from engine.authoring.mutation.points import Bounds, clip, form_changes, number_edits
from engine.model.fact_range import Range
from engine.model.mutation import MutantKind
from engine.model.number import ONE
from engine.model.policy import Decisions, RejectMissing, Veto
from engine.model.problem import Path
from engine.model.scoring import Adjustments, Dimension, Each, Form, Indicator, Item, least_points, most_points, normal_form

Group = Literal["not_evaluated", "vetoes", "measures", "alerts"]

GROUPS: tuple[tuple[Group, MutantKind], ...] = (
    ("not_evaluated", "not_evaluated"),
    ("vetoes", "veto"),
    ("measures", "measure"),
    ("alerts", "alert"),
)
"""The lists of a model that hold conditions, and the kind of mutant that lacks one of them."""

_CENT = ONE // 100


def model_changes(walk: Walk) -> Iterator[ModelEdit]:
    """A model with one thing in it otherwise.

    The `weight` is not changed, for no case can see it, nor the points of an indicator and the base, which would not add up; nor are
    bounds that the items together cannot pass, and the level of a veto whose capped score is no better.
    """
    model = walk.model
    for name, fact in model.facts.items():
        for change in fact_changes(walk, fact, ("facts", name)):
            changed = replace(model, facts={**model.facts, name: change.part})
            rejects = change.kind == "if_missing" and isinstance(fact.if_missing, RejectMissing)
            key, of = ("rejected", "") if rejects else ("facts", name)
            yield replace(change, part=changed, key=key, name=of)
    yield from _group(walk, *GROUPS[0], walk.domains)
    for index, dimension in enumerate(model.dimensions):
        changes = _dimension(walk, dimension, ("dimensions", dimension.id))
        yield from edits_inside(edits_among(changes, model.dimensions, index), model, "dimensions")
    if model.adjustments:
        yield from edits_inside(_adjustments(walk, model.adjustments, ("adjustments",)), model, "adjustments")
    if model.decisions:
        changes = watched_value(_decisions(walk, model.decisions, ("decisions",)), "level")
        yield from edits_inside(changes, model, "decisions")
    for group, kind in GROUPS[1:]:
        yield from _group(walk, group, kind, _seen(walk, group))


def _seen(walk: Walk, group: Group) -> Mapping[str, Domain]:
    """What the conditions of vetoes, measures and alerts see; a previous result can be missing."""
    model, scale = walk.model, walk.policy.scale
    score = {"score": Range(0, scale.full, 100)} if model.scores else {}
    if group == "vetoes":
        return {**walk.domains, **score}
    results: dict[str, Domain] = {"level": scale.names, "grade": scale.grades, "vetoed": (False, True)}
    return {**walk.domains, **score, **results, "previous.level": (*scale.names, None)}


def _group(walk: Walk, group: Group, kind: MutantKind, domains: Mapping[str, Domain]) -> Iterator[ModelEdit]:
    """One of exclusions, vetoes, measures or alerts left out, or otherwise."""
    model = walk.model
    elements: tuple[Any, ...] = getattr(model, group)
    for index, element in enumerate(elements):
        path: Path = (group, element.id)
        rest = elements[:index] + elements[index + 1 :]
        if walk.numbers is None:
            yield ModelEdit(kind, path, element.id, None, replace(model, **{group: rest}), key=group)
        whens = edits_inside(
            condition_changes(walk, element.when, (*path, "when"), Scope(domains, walk.policy.scale)), element, "when"
        )
        yield from edits_inside(edits_among(watched_value(whens, group), elements, index), model, group)
        if isinstance(element, Veto):
            yield from edits_inside(edits_among(_veto(walk, element, path), elements, index), model, group)


def _veto(walk: Walk, veto: Veto, path: Path) -> Iterator[ModelEdit]:
    """Its level one better, its cap moved, one more to lower by, one more above the last level."""
    scale, cap = walk.policy.scale, veto.score_at_most
    if veto.level is not None:
        rank = scale.names.index(veto.level)
        if rank and (cap is None or scale.rank_of_score(cap) < rank):
            better = scale.names[rank - 1]
            yield ModelEdit("level", (*path, "level"), veto.level, better, replace(veto, level=better), key="level")
    if cap is not None:
        yield from edits_inside(_cap(walk, cap, (*path, "score_at_most")), veto, "score_at_most")
    for field, unit in (("lower_grades", "grades"), ("lower_levels", "levels")):
        count = getattr(veto, field)
        if count:
            other = replace(veto, **{field: count + 1})
            yield ModelEdit("lower_by", (*path, "lower_by", unit), str(count), str(count + 1), other, key="level")
    above = veto.above_previous
    if above is not None and above + 1 < len(scale.by_score):
        other = replace(veto, above_previous=above + 1)
        at = (*path, "above_previous_by", "levels")
        yield ModelEdit("above_previous_by", at, str(above), str(above + 1), other, key="level")


def _cap(walk: Walk, cap: int, path: Path) -> Iterator[ModelEdit]:
    """0.01 up and down, as scores are."""
    moves = (cap - _CENT, cap + _CENT) if walk.numbers is None and path not in walk.parameters else walk.moves(path, cap)
    for moved in moves:
        if moved >= 0 and min(cap, moved) < walk.policy.scale.full:
            yield ModelEdit("cap", path, number_text(cap), number_text(moved), moved, key="score")


def _dimension(walk: Walk, dimension: Dimension, path: Path) -> Iterator[ModelEdit]:
    for index, indicator in enumerate(dimension.indicators):
        changes = _indicator(walk, indicator, (*path, "indicators", indicator.id))
        parts = edits_among(watched_value(changes, "points", indicator.id), dimension.indicators, index)
        yield from edits_inside(parts, dimension, "indicators")
    if dimension.counts_for is not None:
        changes = number_edits(walk, "counts_for", (*path, "counts_for"), dimension.counts_for)
        sound = (change for change in changes if change.part >= 0)
        yield from edits_inside(watched_value(sound, "score"), dimension, "counts_for")


def _indicator(walk: Walk, indicator: Indicator, path: Path) -> Iterator[ModelEdit]:
    yield from edits_inside(form_changes(walk, indicator.form, path, (0, indicator.points)), indicator, "form")
    if indicator.only_when is not None:
        at = (*path, "only_when")
        yield from edits_inside(condition_changes(walk, indicator.only_when, at, Scope(walk.domains)), indicator, "only_when")
        yield ModelEdit("only_when", at, "only_when", None, replace(indicator, only_when=None))
    if indicator.none_when is not None:
        at = (*path, "none_when")
        yield from edits_inside(condition_changes(walk, indicator.none_when, at, Scope(walk.domains)), indicator, "none_when")
        if walk.numbers is None:
            yield ModelEdit("none_when", at, "none_when", None, replace(indicator, none_when=None))


def _adjustments(walk: Walk, adjustments: Adjustments, path: Path) -> Iterator[ModelEdit]:
    ends = [_ends(walk, item) for item in adjustments.items]
    least = [low for low, _ in ends if low is not None]
    most = [high for _, high in ends if high is not None]
    sums = (sum(least) if len(least) == len(ends) else None, sum(most) if len(most) == len(ends) else None)
    bounds = (edit for edit in _bounds(walk, adjustments, path, sums) if not _takes_all(walk, adjustments, edit.part))
    yield from watched_value(bounds, "score")
    for index, item in enumerate(adjustments.items):
        changes = watched_value(_item(walk, item, (*path, "items", item.id)), "points", item.id)
        yield from edits_inside(edits_among(changes, adjustments.items, index), adjustments, "items")


def _takes_all(walk: Walk, adjustments: Adjustments, changed: Adjustments) -> bool:
    """Whether either may take a whole score that begins with a base, below which there is none."""
    lower = adjustments.at_least != changed.at_least
    return lower and walk.model.base is not None and max(adjustments.at_least, changed.at_least) <= -walk.policy.scale.full


def _item(walk: Walk, item: Item, path: Path) -> Iterator[ModelEdit]:
    yield from edits_inside(form_changes(walk, item.form, path, (item.at_least, item.at_most)), item, "form")
    yield from _bounds(walk, item, path, _given(walk, item.form))


def _bounds(walk: Walk, element: Adjustments | Item, path: Path, ends: Bounds) -> Iterator[ModelEdit]:
    """Bounds moved that do not cross, where what they hold passes one of the two; it lies between `ends`."""
    least, most = ends
    for field in ("at_most", "at_least"):
        bound = getattr(element, field)
        for change in number_edits(walk, "bound", (*path, field), bound) if bound is not None else ():
            if field == "at_most":
                passed = most is None or most > min(bound, change.part)
            else:
                passed = least is None or least < max(bound, change.part)
            other = replace(element, **{field: change.part})
            if passed and (other.at_least is None or other.at_most is None or other.at_least <= other.at_most):
                yield replace(change, part=other)


def _ends(walk: Walk, item: Item) -> Bounds:
    """The least and the most that an item can give; None where that has no end."""
    least, most = _given(walk, item.form)
    bounds = item.at_least, item.at_most
    return item.at_least if least is None else clip(least, bounds), item.at_most if most is None else clip(most, bounds)


def _given(walk: Walk, form: Form) -> Bounds:
    """The same of a form before it is clipped."""
    match normal_form(form):
        case Each(points, start):
            domains = [walk.domains[fact] for fact, _ in points]
            if any(not isinstance(domain, Range) or domain.low < 0 for domain in domains):
                return None, None
            ups, downs = any(amount > 0 for _, amount in points), any(amount < 0 for _, amount in points)
            return None if downs else start, None if ups else start
        case several:
            amounts = [alternative.points for alternative in several]
            return min(map(least_points, amounts)), max(map(most_points, amounts))


def _decisions(walk: Walk, decisions: Decisions, path: Path) -> Iterator[ModelEdit]:
    """Each level one better (the best one worse), each condition, and neighbours of different levels in turn."""
    names, branches = walk.policy.scale.names, decisions.branches
    for index, (when, level) in enumerate(branches):
        at = (*path, index)
        for change in condition_changes(walk, when, (*at, "when"), Scope(walk.domains)):
            yield from edits_inside(
                edits_among([replace(change, part=(change.part, level))], branches, index), decisions, "branches"
            )
        for other in _neighbour(names, level):
            change = ModelEdit("level", (*at, "level"), level, other, (when, other))
            yield from edits_inside(edits_among([change], branches, index), decisions, "branches")
    at = (*path, len(branches), "otherwise")
    for other in _neighbour(names, decisions.otherwise):
        yield ModelEdit("level", at, decisions.otherwise, other, replace(decisions, otherwise=other))
    for index, (branch, next_one) in enumerate(pairwise(branches)):
        if branch[1] != next_one[1]:
            swapped = (*branches[:index], next_one, branch, *branches[index + 2 :])
            yield ModelEdit("order", (*path, index), str(index + 1), str(index + 2), replace(decisions, branches=swapped))


def _neighbour(names: tuple[str, ...], level: str) -> tuple[str, ...]:
    """The one above, of the best the one below; none on a scale of one."""
    rank = names.index(level)
    return names[rank - 1 : rank] or names[1:2]
