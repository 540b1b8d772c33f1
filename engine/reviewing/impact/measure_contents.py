"""What the measures of a model are on both sides, beside to whom they apply: kind, matter, item, terms, title."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from engine.model.impact import CONTENT, MeasureContent
from engine.model.policy import Measure, MeasureKind, Model, Policy


class MeasureContents(Struct, frozen=True):
    """`altered` are the measures of both sides that differ, and in what; `restrictions` and `incentives` those of either side.

    Either is the same where both sides have it as one, on one item, in one matter and on the same terms: who is restricted in
    another matter comes under a restriction, and whose incentive is another one loses what they had.
    """

    altered: Mapping[str, tuple[MeasureContent, ...]]
    restrictions: tuple[frozenset[str], frozenset[str]]
    incentives: tuple[frozenset[str], frozenset[str]]
    same_restrictions: frozenset[str]
    same_incentives: frozenset[str]


def measure_contents(old: Policy | None, new: Policy | None, model: str) -> MeasureContents:
    """Of one model, which either side may be without."""
    then, now = (_measures(policy, model) for policy in (old, new))
    both = then.keys() & now.keys()
    altered = {}
    if old is not None and new is not None:
        pairs = {name: (_said(old, then[name]), _said(new, now[name])) for name in now if name in both}
        altered = {name: tuple(key for key in CONTENT if was[key] != other[key]) for name, (was, other) in pairs.items()}
    restrictions, incentives = ((_of(then, kind), _of(now, kind)) for kind in ("restriction", "incentive"))
    same = [
        frozenset(name for name in before & after if _carried_out(then[name]) == _carried_out(now[name]))
        for before, after in (restrictions, incentives)
    ]
    return MeasureContents({name: what for name, what in altered.items() if what}, restrictions, incentives, *same)


def _measures(policy: Policy | None, model: str) -> dict[str, Measure]:
    model_there: Model | None = policy.models.get(model) if policy else None
    return {measure.id: measure for measure in model_there.measures} if model_there else {}


def _of(measures: Mapping[str, Measure], kind: MeasureKind) -> frozenset[str]:
    return frozenset(name for name, measure in measures.items() if measure.kind == kind)


def _carried_out(measure: Measure) -> tuple[object, ...]:
    """What is done to whom it applies, whatever it is called."""
    return measure.item, measure.matter, dict(measure.terms)


def _said(policy: Policy, measure: Measure) -> dict[str, object]:
    """What those who hold a measure are told of it; of an item of the library its title and its law, too."""
    item = policy.library_items.get(measure.item) if measure.item else None
    return {
        "kind": measure.kind, "item": (measure.item, item.title if item else None, item.law if item else None),
        "matter": measure.matter, "terms": dict(measure.terms), "title": measure.title,
    }  # fmt: skip
