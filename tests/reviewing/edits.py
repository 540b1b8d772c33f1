"""Random edits of shipped policies, as drafters make them: numbers, operators, windows, filters, elements, what measures say."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from engine.model.policy import Policy
from engine.model.scale import Scale
from engine.reading.common import Common
from engine.reading.document import SourceFile
from engine.reading.files import find_files
from engine.reading.library import Read, read_library
from engine.reading.load_context import LoadContext
from engine.reading.policy import read_policy
from tests.reviewing import counted_edits

Tree = dict[str, Any]
At = tuple[Any, ...]
Edit = tuple[str, Tree, Common]
"""What was done, and the policy's tree and the common files after it."""

ORDERED = ("at_least", "above", "at_most", "below")
WITHIN = (
    "1 month",
    "6 months",
    "12 months",
    "24 months",
    "36 months",
    "60 months",
    "90 days",
    "365 days",
    "730 days",
    "2 years",
)
DURING = ("this year", "last year", "this quarter", "last quarter", "this month", "last month")
MATTERS = ("approval", "supervision", "service", "commendation", "bidding")


@cache
def shipped() -> Read:
    return read_library(find_files([Path("policies")]))


def edited(draw: random.Random, place: int, edits: Sequence[Edit] = ()) -> tuple[Edit, Policy] | None:
    """One more edit of a shipped policy, and what it makes; None where nothing sound came of some tries."""
    for _ in range(30):
        source, common = edits[-1][1:] if edits else (shipped().pages[place].source.tree, shipped().common)
        assert isinstance(source, dict)
        tree: Tree = deepcopy(source)
        name = draw.choice(list(_EDITS))
        try:
            done = _EDITS[name](draw, tree)
            if name == "scale":
                common = _other_scale(draw, tree["scale"], common)
                done = True
        except (IndexError, KeyError, TypeError, ValueError):  # nothing of the kind, or a parameter stands there
            continue
        policy = read(tree, common) if done else None
        if policy is not None:
            return (name, tree, common), policy
    return None


def read(tree: Tree, common: Common) -> Policy | None:
    """None where it is not sound."""
    try:
        return read_policy(LoadContext(SourceFile("policy.yaml", tree, [])), common)
    except (KeyError, TypeError, AttributeError, ValueError, AssertionError):
        return None  # of a shape that no file has


# Where things stand


def _walk(tree: Tree, path: At = ()) -> Iterator[tuple[At, Tree, Any]]:
    """Every key or place, in what, by a path."""
    keys = list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for key in keys:
        yield (*path, key), tree, key
        yield from _walk(tree[key], (*path, key))


def _model(draw: random.Random, tree: Tree) -> Tree:
    model: Tree = tree["models"][draw.choice(list(tree["models"]))]
    return model


def _part(draw: random.Random, tree: Tree, *names: str) -> tuple[Tree, str]:
    """A mapping of elements of a model and one of their names."""
    places = [(model[name], key) for model in tree["models"].values() for name in names if name in model for key in model[name]]
    return draw.choice(places)


def _indicators(tree: Tree) -> list[tuple[Tree, Tree, str]]:
    """Dimension, its indicators and a name."""
    dimensions = [dimension for model in tree["models"].values() for dimension in model.get("dimensions", {}).values()]
    return [(dimension, dimension["indicators"], key) for dimension in dimensions for key in dimension["indicators"]]


def _forms(tree: Tree) -> list[Tree]:
    items = [item for model in tree["models"].values() for item in model.get("adjustments", {}).get("items", {}).values()]
    return [indicators[key] for _, indicators, key in _indicators(tree)] + items


def _wheres(tree: Tree) -> list[Tree]:
    return [fact for model in tree["models"].values() for fact in model.get("facts", {}).values() if "where" in fact]


def _is_number(value: Tree) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def _moved(draw: random.Random, value: Any) -> Any:
    big = abs(value) >= 40
    by = draw.choice(
        (-1, 1, -2, 2, -5, 5, *((-10, 10, 20) if big else ()), Decimal("0.5"), Decimal("-0.01"), Decimal("0.0001"))
    )
    return value + by


# Edits; True where something was done


def _number(draw: random.Random, tree: Tree) -> bool:
    """Any number in a form, a condition, a veto or the bounds of adjustments."""
    parts = ("dimensions", "adjustments", "vetoes", "measures", "not_evaluated", "decisions", "facts")
    models = [{name: model[name] for name in parts if name in model} for model in tree["models"].values()]
    places = [(holder, key) for model in models for _, holder, key in _walk(model) if _is_number(holder[key])]
    holder, key = draw.choice(places)
    holder[key] = _moved(draw, holder[key])
    return True


def _form(draw: random.Random, tree: Tree) -> bool:
    """A number of a scoring form, or the order of its keys."""
    form = draw.choice(_forms(tree))
    places = [(h, k) for path, h, k in _walk(form) if _is_number(h[k]) and path != ("points",)]
    holder, key = draw.choice(places)
    holder[key] = _moved(draw, holder[key])
    if isinstance(form.get("each"), dict) and draw.random() < 0.5 and "parameter" not in form["each"]:
        pairs = list(form["each"].items())
        draw.shuffle(pairs)
        form["each"] = dict(pairs)
    return True


def _share(draw: random.Random, tree: Tree) -> bool:
    """Points from one indicator to another of a dimension."""
    dimension, indicators, name = draw.choice(_indicators(tree))
    other = draw.choice([indicator for indicator in indicators if indicator != name])
    by = draw.choice((1, 2, -1))
    for name_of_indicator, sign in ((name, 1), (other, -1)):
        if not _is_number(indicators[name_of_indicator]["points"]):
            return False
        indicators[name_of_indicator]["points"] += sign * by
    return bool(dimension)


def _operator(draw: random.Random, tree: Tree) -> bool:
    """An operator of order, with the number beside it or the same."""
    places = [(h, k) for _, h, k in _walk(tree["models"]) if isinstance(h, dict) and k in ORDERED and _is_number(h[k])]
    places = [(h, k) for h, k in places if not {"items", "kind"} & h.keys()]  # bounds
    holder, key = draw.choice(places)
    value = holder.pop(key)
    other = draw.choice([operator for operator in ORDERED if operator != key])
    if draw.random() < 0.6:
        other, by = {"at_least": ("above", -1), "above": ("at_least", 1), "at_most": ("below", 1), "below": ("at_most", -1)}[
            key
        ]
        value += draw.choice((by, by, 0, by * Decimal("0.0001")))
    rest = dict(holder)
    holder.clear()
    holder |= {other: value, **rest}
    return True


def _window(draw: random.Random, tree: Tree) -> bool:
    facts = [
        f
        for m in tree["models"].values()
        for f in m.get("facts", {}).values()
        if {"count", "exists", "sum", "latest", "max", "mean", "days_since"} & f.keys()
    ]
    fact = draw.choice(facts)
    fact.pop("within", None)
    fact.pop("during", None)
    match draw.choice(("within", "within", "within", "during", "none")):
        case "within":
            fact["within"] = draw.choice(WITHIN)
        case "during":
            fact["during"] = draw.choice(DURING)
        case _:
            pass
    return True


def _where(draw: random.Random, tree: Tree) -> bool:
    """Another value of a filter, more values, or none."""
    fact = draw.choice(_wheres(tree))
    if draw.random() < 0.2:
        del fact["where"]
        return True
    field, test = draw.choice([(k, t) for k, t in fact["where"].items() if isinstance(t, dict)])
    if field in ("policy", "model"):
        return False
    operator, value = draw.choice(list(test.items()))
    if isinstance(value, bool):
        test[operator] = not value
    elif _is_number(value):
        test[operator] = _moved(draw, value)
    elif field in ("grade", "level"):
        fact["where"][field] = draw.choice(
            ({"is": "优"}, {"is": "差"}, {"one_of": ["优", "良"]}, {"one_of": ["中", "差"]}, {"is_not": "优"})
        )
    else:
        values = [value] if isinstance(value, str) else list(value)
        others = ["minor", "general", "serious", "senior", "junior", "middle", *values]
        fact["where"][field] = (
            {"one_of": list(dict.fromkeys((*values, draw.choice(others))))} if draw.random() < 0.6 else {"is_not": values[0]}
        )
    return True


def _include(draw: random.Random, tree: Tree) -> bool:
    facts = [
        f
        for m in tree["models"].values()
        for f in m.get("facts", {}).values()
        if {"count", "exists", "sum", "latest"} & f.keys()
    ]
    fact = draw.choice(facts)
    if "include" in fact:
        del fact["include"]
    else:
        fact["include"] = ["repaired"]
    return True


def _missing(draw: random.Random, tree: Tree) -> bool:
    """What stands for a value that is missing."""
    facts = [(f, m) for m in tree["models"].values() for f in m.get("facts", {}).values() if "if_missing" in f]
    fact, model = draw.choice(facts)
    value = fact["if_missing"]
    numbers = [name for name, f in model["facts"].items() if "count" in f]
    if draw.random() < 0.25:
        fact["if_missing"] = "reject"
    elif value == "reject":
        fact["if_missing"] = draw.choice((0, 1, 60, False))
    elif isinstance(value, bool):
        fact["if_missing"] = not value
    elif _is_number(value):
        fact["if_missing"] = {"use": draw.choice(numbers)} if numbers and draw.random() < 0.1 else _moved(draw, value)
    else:
        return False
    return True


def _source(draw: random.Random, tree: Tree) -> bool:
    """A count that becomes a question, or is over other records."""
    facts = [f for m in tree["models"].values() for f in m.get("facts", {}).values() if "count" in f]
    fact, other = draw.choice(facts), draw.choice(facts)
    if draw.random() < 0.5:
        fact["count"] = other["count"]
        fact.pop("where", None)
    else:
        fact["sum"] = f"{fact.pop('count')}.{draw.choice(('hours', 'amount', 'orders', 'score', 'percent'))}"
    return True


def _remove(draw: random.Random, tree: Tree) -> bool:
    holder, name = _part(draw, tree, "vetoes", "measures", "alerts", "not_evaluated")
    del holder[name]
    return True


def _remove_item(draw: random.Random, tree: Tree) -> bool:
    items = [m["adjustments"]["items"] for m in tree["models"].values() if m.get("adjustments", {}).get("items")]
    item = draw.choice(items)
    del item[draw.choice(list(item))]
    return True


def _remove_indicator(draw: random.Random, tree: Tree) -> bool:
    """Its points go to another."""
    _, indicators, name = draw.choice(_indicators(tree))
    other = draw.choice([indicator for indicator in indicators if indicator != name])
    indicators[other]["points"] += indicators.pop(name)["points"]
    return True


def _split(draw: random.Random, tree: Tree) -> bool:
    """An indicator of whose points another takes some."""
    dimension, indicators, name = draw.choice(_indicators(tree))
    facts = next(m["facts"] for m in tree["models"].values() if dimension in m.get("dimensions", {}).values())
    fact = draw.choice([key for key, f in facts.items() if "count" in f])
    part = draw.choice((1, 2, 3))
    indicators[name]["points"] -= part
    indicators["another"] = {
        "title": "另一项",
        "points": part,
        "fact": fact,
        "each": draw.choice((-1, 1)),
        "start": 1,
        "basis": {"plan": "一"},
    }
    return True


def _copy(draw: random.Random, tree: Tree) -> bool:
    """A veto, measure or alert like another, under a condition of its own."""
    holder, name = _part(draw, tree, "vetoes", "measures", "measures", "alerts", "not_evaluated")
    holder["another"] = deepcopy(holder[name])
    holder["another"]["title"] = "另一项"
    _condition(draw, holder["another"]["when"])
    return True


def _add_item(draw: random.Random, tree: Tree) -> bool:
    model = _model(draw, tree)
    fact = draw.choice([key for key, f in model["facts"].items() if {"count", "attribute", "percent"} & f.keys()])
    item = {"title": "另一项", "fact": fact, "each": draw.choice((-1, 1, 2)), "basis": {"plan": "一"}}
    item |= draw.choice(({}, {"at_most": 3}, {"at_least": -3, "start": 1}, {"beyond": 1, "step": 2}))
    if "dimensions" not in model:
        return False
    model.setdefault("adjustments", {"at_most": draw.choice((5, -1)), "at_least": -5, "items": {}})["items"]["another"] = item
    return True


def _condition(draw: random.Random, when: Tree) -> bool:
    """A number, level or grade of a condition, or one more test."""
    places = [(h, k) for _, h, k in _walk(when) if _is_number(h[k])]
    if places and draw.random() < 0.5:
        holder, key = draw.choice(places)
        holder[key] = _moved(draw, holder[key])
        return True
    more = {
        "score": {draw.choice(ORDERED): draw.choice((60, 75, 90, 95))}, "grade": {draw.choice(("is", "is_not")): draw.choice("优良中差")},
        "level": {draw.choice(ORDERED): draw.choice(("A", "B", "C", "D"))}, "vetoed": {"is": draw.random() < 0.5},
    }  # fmt: skip
    name = draw.choice(list(more))
    when[name] = more[name]
    return True


def _when(draw: random.Random, tree: Tree) -> bool:
    holder, name = _part(draw, tree, "vetoes", "measures", "measures")
    return _condition(draw, holder[name]["when"])


def _with_fact(draw: random.Random, tree: Tree) -> bool:
    """A condition that asks for a fact too."""
    parts = [(m, m[p][k]) for m in tree["models"].values() for p in ("vetoes", "measures") if p in m for k in m[p]]
    model, part = draw.choice(parts)
    fact = draw.choice([key for key, f in model["facts"].items() if "count" in f])
    test = {fact: {draw.choice(ORDERED): draw.choice((0, 1, 2, 3))}}
    part["when"] = {"any": [part["when"], test]} if draw.random() < 0.5 else {"all": [part["when"], test]}
    return True


def _measure(draw: random.Random, tree: Tree) -> bool:
    """What a measure is and says."""
    holder, name = _part(draw, tree, "measures")
    measure = holder[name]
    match draw.choice(("kind", "matter", "item", "terms", "title", "level", "basis", "restriction")):
        case "kind":
            measure["kind"] = draw.choice(("incentive", "routine"))
            measure.pop("item", None)
            measure.setdefault("basis", {"plan": "一"})
        case "restriction":
            measure["kind"], measure["item"] = "restriction", draw.choice(list(shipped().common.items))
        case "matter":
            measure["matter"] = draw.choice(MATTERS)
        case "item" if "item" in measure:
            measure["item"] = draw.choice(list(shipped().common.items))
        case "terms":
            measure["terms"] = {"抽查比例": draw.choice(("5%", "10%", "20%至30%"))}
        case "title":
            measure["title"] += "（改）"
        case "level":
            places = [(h, k) for _, h, k in _walk(measure["when"]) if isinstance(h[k], str) and h[k] in "优良中差"]
            holder, key = draw.choice(places)
            holder[key] = draw.choice("优良中差")
        case _:
            measure["basis"] = {"plan": draw.choice(("一", "二"))}
    return True


def _veto(draw: random.Random, tree: Tree) -> bool:
    """What a veto does."""
    holder, name = _part(draw, tree, "vetoes")
    veto = holder[name]
    for key in ("level", "lower_by", "score_at_most"):
        if draw.random() < 0.5:
            veto.pop(key, None)
    caps = {
        "level": draw.choice(("A-", "B", "C", "C-", "D")), "score_at_most": draw.choice((59.99, 60, 80)),
        "lower_by": {draw.choice(("grades", "levels")): draw.choice((1, 2))},
    }  # fmt: skip
    name = draw.choice(list(caps))
    veto[name] = caps[name] if name != "score_at_most" else Decimal(str(caps[name]))
    return True


def _only_when(draw: random.Random, tree: Tree) -> bool:
    dimension, indicators, name = draw.choice(_indicators(tree))
    indicator = indicators[name]
    if "only_when" in indicator:
        del indicator["only_when"]
    else:
        facts = next(m["facts"] for m in tree["models"].values() if dimension in m.get("dimensions", {}).values())
        indicator["only_when"] = {draw.choice([key for key, f in facts.items() if "count" in f]): {"at_least": 1}}
    return True


def _none_when(draw: random.Random, tree: Tree) -> bool:
    """Where an indicator gives nothing: comes, goes, or asks for more or less."""
    dimension, indicators, name = draw.choice(_indicators(tree))
    indicator = indicators[name]
    if "none_when" in indicator and draw.random() < 0.5:
        del indicator["none_when"]
        return True
    facts = next(m["facts"] for m in tree["models"].values() if dimension in m.get("dimensions", {}).values())
    indicator["none_when"] = {
        draw.choice([key for key, f in facts.items() if "count" in f]): {"at_least": draw.choice((1, 2, 5))}
    }
    return True


def _base(draw: random.Random, tree: Tree) -> bool:
    """Points of a dimension, whose indicators have less by them, become the base; or the base becomes a bit more."""
    model = _model(draw, tree)
    dimension = draw.choice(list(model.get("dimensions", {"": {}}).values()))
    if not isinstance(dimension.get("points"), (int, Decimal)):
        return False
    indicator = draw.choice(list(dimension["indicators"].values()))
    if "each" not in indicator or not isinstance(indicator["points"], (int, Decimal)) or indicator["points"] < 2:
        return False
    dimension["points"] -= 1
    indicator["points"] -= 1
    model["base"] = model.get("base", 0) + 1
    return True


def _counts(draw: random.Random, tree: Tree) -> bool:
    """An `each` counts from below a number, in steps, or in begun ones."""
    singles = [
        indicators[name]
        for _, indicators, name in _indicators(tree)
        if "fact" in indicators[name] and "each" in indicators[name]
    ]
    if not singles:
        return False
    indicator = draw.choice(singles)
    match draw.choice(("short_of", "step", "round")):
        case "short_of":
            indicator.pop("beyond", None)
            indicator["short_of"] = draw.choice((2, 5, 95, 100))
        case "step":
            indicator["step"] = draw.choice((1, 2, Decimal("0.5")))
        case _ if "round" in indicator:
            del indicator["round"]
        case _:
            indicator |= {"step": indicator.get("step", 2), "round": "up"}
    return True


def _counts_for(draw: random.Random, tree: Tree) -> bool:
    """Points from one dimension's share to another's."""
    model = _model(draw, tree)
    names = list(model["dimensions"])
    first, second = draw.sample(names, 2)
    for name, by in ((first, 5), (second, -5)):
        dimension = model["dimensions"][name]
        dimension["out_of"] = dimension.pop("points", None) or dimension.get("out_of")
        dimension["counts_for"] = dimension.get("counts_for", dimension["out_of"]) + by
    return True


def _weight(draw: random.Random, tree: Tree) -> bool:
    model = _model(draw, tree)
    key = draw.choice(("weight", "title", "applies"))
    model[key] = {"weight": draw.choice((1, 2, 5)), "title": "另一个模型", "applies": "always"}[key]
    return True


def _parameter(draw: random.Random, tree: Tree) -> bool:
    parameter = tree["parameters"][draw.choice(list(tree["parameters"]))]
    if draw.random() < 0.2:
        parameter["status"] = "set" if parameter["status"] == "pending" else "pending"
    else:
        parameter["value"] = _moved(draw, parameter["value"])
    return True


def _rename(draw: random.Random, tree: Tree) -> bool:
    """An indicator, item or fact that nothing reads has another id; what reads a fact is a text's matter."""
    _, indicators, name = draw.choice(_indicators(tree))
    pairs = [("renamed" if key == name else key, indicator) for key, indicator in indicators.items()]
    indicators.clear()
    indicators |= dict(pairs)
    return True


def _text(draw: random.Random, tree: Tree) -> bool:
    holder, name = _part(draw, tree, "facts", "vetoes", "measures", "alerts")
    holder[name]["title"] += "（改）"
    return True


def _scale(_draw: random.Random, _tree: Tree) -> bool:
    return False


def _other_scale(draw: random.Random, name: str, common: Common) -> Common:
    """A level with another line, or of the grade beside its own."""
    scale: Scale = common.scales[name]
    place = draw.randrange(len(scale.levels) - 1)
    level = scale.levels[place]
    if draw.random() < 0.5:
        level = replace(level, at_least=(level.at_least or 0) + draw.choice((-10_000, 10_000, 20_000)))
    else:
        beside = scale.levels[max(place - 1, 0)], scale.levels[place + 1]
        level = replace(level, grade=draw.choice(beside).grade)
    levels = (*scale.levels[:place], level, *scale.levels[place + 1 :])
    return replace(common, scales={**common.scales, name: replace(scale, levels=levels)})


_EDITS: dict[str, Callable[[random.Random, Tree], bool]] = {
    "number": _number, "form": _form, "form again": _form, "share": _share, "operator": _operator, "operator again": _operator,
    "window": _window, "window again": _window, "where": _where, "where again": _where, "include": _include,
    "counted": counted_edits.edit, "counted again": counted_edits.edit, "missing": _missing,
    "source": _source, "remove": _remove, "remove item": _remove_item, "remove indicator": _remove_indicator, "split": _split,
    "copy": _copy, "add item": _add_item, "when": _when, "when again": _when, "with fact": _with_fact, "measure": _measure,
    "measure again": _measure, "veto": _veto, "only_when": _only_when, "none_when": _none_when, "base": _base, "counts": _counts, "counts_for": _counts_for, "weight": _weight,
    "parameter": _parameter, "rename": _rename, "text": _text, "scale": _scale,
}  # fmt: skip
