"""What differs in what holds under a condition: vetoes, measures, alerts, exclusions, and the branches of decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from engine.model.change import Change, ChangedPart
from engine.model.digest import canonical
from engine.model.direction import Direction, combined_direction
from engine.model.policy import Alert, Exclusion, Measure, MeasureKind, Veto
from engine.model.problem import Path
from engine.reviewing.diff import condition_relation
from engine.reviewing.diff.element_ids import renamed_elements
from engine.reviewing.diff.model_pair import ModelPair, more, opposite

Part = tuple[ChangedPart, str, object, object, Direction]
"""What differs in an element: what it is, its key, both values, the direction."""

Lower = tuple[int, int]
"""Grades and levels."""

Parts = Callable[[ModelPair, Any, Any], Iterator[Part]]

_GIVES: Mapping[MeasureKind, Direction] = {"incentive": "looser", "routine": "mixed", "restriction": "stricter"}
"""What a measure of a kind brings to whom it applies."""

_CAME: Mapping[ChangedPart, Callable[[ModelPair, Any], Direction]] = {
    "veto": lambda both, _: both.by_level("stricter"),
    "measure": lambda _, measure: _GIVES[measure.kind],
    "alert": lambda _both, _element: "neutral",
    "not_evaluated": lambda _both, _element: "mixed",
}


def conditional_list(
    both: ModelPair, what: ChangedPart, key: str, old: Sequence[Any], new: Sequence[Any], parts: Parts
) -> Iterator[Change]:
    """Elements with ids: which came, went or have another id, and the parts of those that stayed."""
    renamed = renamed_elements(old, new)
    gone = {element.id for element in old} - {element.id for element in renamed.values()}
    for name, before, after in both.between.listed(old, new):
        path = (key, name)
        if before is None and name in renamed:
            same = renamed[name]
            yield both.moved(what, path, same, after, (key, same.id), "renamed", "text")
        elif before is None:
            yield from both.element(what, path, None, after, _CAME[what](both, after))
        elif after is None:
            if name in gone:
                yield from both.element(what, path, before, None, opposite(_CAME[what](both, before)))
        else:
            yield from both.texts(path, before, after)
            for part, at, old_value, other, direction in parts(both, before, after):
                yield from both.part(after, part, (*path, at), old_value, other, direction)


def veto(both: ModelPair, old: Veto, new: Veto) -> Iterator[Part]:
    yield "when", "when", old.when, new.when, both.by_level(_by_relation(both.relation(old.when, new.when), "stricter"))
    ranks: dict[str | None, int] = {name: -rank for rank, name in enumerate(both.scale.names)} | {None: 1}
    yield "level", "level", old.level, new.level, both.by_level(more(ranks.get(old.level), ranks.get(new.level)))
    cap = [both.scale.full * 2 if veto.score_at_most is None else veto.score_at_most for veto in (old, new)]
    yield "score_at_most", "score_at_most", old.score_at_most, new.score_at_most, both.by_level(more(*cap))
    held = [len(both.scale.levels) if veto.above_previous is None else veto.above_previous for veto in (old, new)]
    above = (old.above_previous, new.above_previous)
    yield "above_previous_by", "above_previous_by", *above, both.by_level(more(*held))
    pair = (old.lower_grades, old.lower_levels), (new.lower_grades, new.lower_levels)
    yield "lower_by", "lower_by", *pair, both.by_level(_lowered(both, *pair, new.id))
    yield "unlimited", "unlimited", old.unlimited, new.unlimited, "text"


def _lowered(both: ModelPair, old: Lower, new: Lower, name: str) -> Direction:
    """So many grades and levels less, or more, from every level and whatever the other vetoes lower."""
    scale = both.scale
    others = {(0, 0)}
    for veto in (*both.old.vetoes, *both.new.vetoes):
        if veto.id != name:
            others |= {(max(veto.lower_grades, grades), max(veto.lower_levels, levels)) for grades, levels in others}

    def rank(start: int, own: Lower, other: Lower) -> int:
        grades, levels = map(max, own, other)
        return scale.lower_by_levels(scale.lower_by_grades(start, grades), levels)

    starts = range(len(scale.levels))
    return combined_direction(more(-rank(start, old, other), -rank(start, new, other)) for start in starts for other in others)


def measure(both: ModelPair, old: Measure, new: Measure) -> Iterator[Part]:
    same = old.kind == new.kind
    gives = _CAME["measure"](both, new) if same else "mixed"
    yield "when", "when", old.when, new.when, _by_relation(both.relation(old.when, new.when), gives)
    better: Mapping[MeasureKind, int] = {"restriction": 0, "routine": 1, "incentive": 2}
    kind = more(better[old.kind], better[new.kind])
    yield "kind", "kind", old.kind, new.kind, kind
    yield "matter", "matter", old.matter, new.matter, "mixed"
    with_kind = not same and None in (old.item, new.item)  # only a restriction has an item
    yield "item", "item", old.item, new.item, kind if with_kind else "mixed"
    yield "terms", "terms", old.terms, new.terms, "mixed"


def exclusions(both: ModelPair, old: Exclusion, new: Exclusion) -> Iterator[Part]:
    same = both.relation(old.when, new.when) == condition_relation.EQUAL
    yield "when", "when", old.when, new.when, "neutral" if same else "mixed"


def alert(_: ModelPair, old: Alert, new: Alert) -> Iterator[Part]:
    yield "when", "when", old.when, new.when, "neutral"
    yield "severity", "severity", old.severity, new.severity, "neutral"


def decisions(both: ModelPair) -> Iterator[Change]:
    old, new = both.old.decisions, both.new.decisions
    if canonical(old) == canonical(new):
        return
    ranks = {name: -rank for rank, name in enumerate(both.scale.names)}
    if old and new and len(old.branches) == len(new.branches):
        levels = [ranks[level] for _, level in old.branches] + [ranks[old.otherwise]]
        for place, ((when, level), (now, then)) in enumerate(zip(old.branches, new.branches, strict=True)):
            path = ("decisions", place)
            gives = _beside(levels[place], levels[place + 1 :])
            yield from both.leaf(
                "decision", (*path, "when"), when, now, both.by_level(_by_relation(both.relation(when, now), gives)),
                name=f"{place + 1}",
            )  # fmt: skip
            direction = both.by_level(more(ranks.get(level), ranks.get(then)))
            yield from both.leaf("decision", (*path, "level"), level, then, direction, name=f"{place + 1}")
            levels[place] = ranks[then]
        direction = both.by_level(more(ranks.get(old.otherwise), ranks.get(new.otherwise)))
        last: Path = ("decisions", len(new.branches), "otherwise")
        yield from both.leaf("decision", last, old.otherwise, new.otherwise, direction, name="otherwise")
        return
    yield from both.leaf("decision", ("decisions",), old, new, "mixed", name="decisions")


def _by_relation(relation: condition_relation.Relation, gives: Direction) -> Direction:
    """What it brings that something that makes things `gives` holds more often, or less."""
    if relation == condition_relation.EQUAL:
        return "neutral"
    return (
        gives
        if relation == condition_relation.WEAKER
        else opposite(gives)
        if relation == condition_relation.STRONGER
        else "mixed"
    )


def _beside(level: int, later: Sequence[int]) -> Direction:
    """What it brings that a branch holds which gives this, in place of a later one."""
    return (
        "looser"
        if all(level >= later_level for later_level in later)
        else "stricter"
        if all(level <= later_level for later_level in later)
        else "mixed"
    )
