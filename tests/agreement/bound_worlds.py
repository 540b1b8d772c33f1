"""Small worlds whose numbers stand at the bounds of the language, or beside them."""

from __future__ import annotations

from typing import Any

from tests.agreement.draw import Draw
from tests.agreement.generator import World

Tree = dict[str, Any]

MOST = 10**11
LEAST = 0.0001


def _number(draw: Draw) -> Any:
    """A number of the language, most often one of the greatest or of the least size."""
    size = draw.choice((0, LEAST, 0.5, 1, 3, 33.3333, 10**6, 2**31, MOST - 1, MOST - 0.0001, MOST, MOST))
    return -size if draw.chance(0.4) else size


def _positive(draw: Draw) -> Any:
    return draw.choice((LEAST, 0.0003, 1, 7, 10**6, MOST - 1, MOST))


def bound_world(draw: Draw, subjects: int) -> World:
    """One model that does all that can be done with numbers, and so many subjects."""
    fields: dict[str, Tree] = {
        "amount": {"title": "金额", "type": "number", "optional": True},
        "weight": {"title": "权重", "type": "number", "at_least": 0, "optional": draw.chance(0.5)},
        "matter": {"title": "事项", "type": "text", "optional": True},
    }
    categories = {"deal": {"title": "交易", "kinds": ["organisation"], "fields": fields}}
    attributes = {name: {"title": name, "type": "number", "kinds": ["organisation"]} for name in ("one", "two")}
    full = draw.choice((LEAST * 100, 1, 100, 1000, MOST))
    common: dict[str, Tree] = {
        "catalogue": {"categories": categories, "attributes": attributes},
        "scales": {"scales": {"plain": {"full": full, "levels": [
            {"level": "A", "at_least": full, "grade": "优"}, {"level": "B", "otherwise": True, "grade": "差"},
        ]}}},
        "measures": {"items": {}},
    }  # fmt: skip
    facts = _facts(draw)
    model: Tree = {"title": "模型", "kind": "organisation", "feeds": "none", "facts": facts, **_score(draw, list(facts), full)}
    model["vetoes"] = {
        f"v{at}": {"title": "否决", "when": {name: {operator: _number(draw)}}, "level": "B", "basis": "plan"}
        for at, (name, operator) in enumerate((name, draw.choice(("at_least", "below", "is"))) for name in facts)
    }
    policy: Tree = {
        "policy": "shops", "title": "政策", "version": "1", "status": "draft", "authority": "单位",
        "effective": {"from": "2000-01-01"}, "scale": "plain", "basis": {"plan": {"document": "方案"}},
        "models": {"shop": model},
    }  # fmt: skip
    return World(common, [policy], [_subject(draw, number) for number in range(subjects)], "2025-06-30")


def _facts(draw: Draw) -> Tree:
    otherwise = {"if_missing": draw.choice((0, MOST, -MOST))}
    branch = {"where": {"amount": {"above": _number(draw)}}, "value": _number(draw)}
    facts: Tree = {
        "one": {"attribute": "one", **otherwise},
        "two": {"attribute": "two", **otherwise},
        "sum": {"sum": "deal.amount"},
        "once": {"sum": "deal.amount", "once_per": "matter"},
        "mean": {"mean": "deal.amount", **otherwise},
        "weighted": {"mean": "deal.amount", "weighted_by": "weight", **otherwise},
        "max": {"max": "deal.amount", **otherwise},
        "min": {"min": "deal.amount", **otherwise},
        "latest": {"latest": "deal.amount", **otherwise},
        "tally": {"tally": "deal", "first_of": [branch, {"otherwise": _number(draw)}]},
        "rate": {"rate": {"of": "one", "to": "two", "per": draw.choice((1, 60, 10**6, MOST))}, **otherwise},
        "percent": {"percent": {"of": "two", "to": "one"}, **otherwise},
        "total": {"total": ["one", "two", *draw.choice(((), ("one",), ("mean", "max")))]},
    }
    chosen = {name: {"title": name, **tree} for name, tree in facts.items() if name in ("one", "two") or draw.chance(0.5)}
    if "total" in chosen:
        chosen["total"]["total"] = [name for name in chosen["total"]["total"] if name in chosen]
    return chosen


def _score(draw: Draw, names: list[str], full: Any) -> Tree:
    """Indicators of the full points, left out at times, in a dimension that may count for less than it has; items without bounds."""
    of = draw.choice((0.0003, 1, 100, MOST))
    parts = [of] if of < 1 else [of / 2, of / 2]
    indicators: Tree = {
        f"i{at}": {"title": "指标", "points": points, "start": _number(draw), **_each(draw, names), "basis": "plan"}
        for at, points in enumerate(parts)
    }
    indicators["i0"]["only_when"] = {draw.choice(names): {"above": _number(draw)}}
    items: Tree = {
        f"a{at}": {"title": "加减分", **_each(draw, names), "basis": "plan"} for at in range(draw.choice((1, 3, 40)))
    }
    bound = draw.choice((0.5, 100, MOST))
    return {
        "dimensions": {"d": {"title": "维度", "out_of": of, "counts_for": full, "indicators": indicators}},
        "adjustments": {"at_least": -bound, "at_most": bound, "items": items},
    }


def _each(draw: Draw, names: list[str]) -> Tree:
    if draw.chance(0.3):
        return {"each": {name: _number(draw) for name in dict.fromkeys(draw.choice(names) for _ in range(3))}}
    tree: Tree = {"fact": draw.choice(names), "each": _number(draw)}
    if draw.chance(0.5):
        tree[draw.choice(("beyond", "short_of"))] = _number(draw)
    if draw.chance(0.5):
        tree |= {"step": _positive(draw), **draw.choice(({}, {"round": "up"}))}
    return tree


def _subject(draw: Draw, number: int) -> Tree:
    records = []
    for place in range(draw.choice((0, 1, 2, 3, 8))):
        fields = {"amount": _number(draw), "weight": draw.choice((0, _positive(draw))), "matter": draw.choice("甲乙")}
        records.append({
            "id": f"r{place}", "category": "deal", "date": draw.choice(("2025-01-01", "2025-06-30")),
            "fields": {name: value for name, value in fields.items() if name == "weight" or draw.chance(0.8)},
        })  # fmt: skip
    held = {name: _number(draw) for name in ("one", "two") if draw.chance(0.9)}
    return {"id": f"s{number}", "kind": "organisation", "model": "shops/shop", "attributes": held, "records": records}
