"""Random revisions of a policy as a tree: what a department might change, one thing or several at a time."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

Tree = dict[str, Any]
Place = tuple[Any, Any]
"""What holds a value, and its key there."""

WINDOWS = (
    "30 days", "90 days", "3 months", "6 months", "12 months", "365 days", "24 months", "730 days", "36 months",
    "this year", "last year", "this quarter", "last quarter",
)  # fmt: skip
MATTERS = ("approval", "fiscal_support", "supervision", "service")
WORDS = frozenset(
    ("title", "note", "basis", "authority", "status", "item", "matter", "kind", "severity", "fact", "feeds", "attribute")
)
ORDERING = {"at_least": "above", "above": "at_least", "at_most": "below", "below": "at_most"}


def redrawn(tree: Tree, draw: Random, most: int = 3) -> Tree:
    """A copy with one to so many edits; whether it is sound is for reading to say."""
    tree = copy.deepcopy(tree)
    for _ in range(draw.choice((1, 1, 2, most))):
        model = draw.choice(list(tree["models"].values()))
        edit = draw.choice(EDITS)
        edit(tree, model, draw)
    return tree


def _number(tree: Tree, model: Tree, draw: Random) -> None:
    numbers = [
        (held, key) for held, key in _leaves(model) if isinstance(held[key], int | float) and not isinstance(held[key], bool)
    ]
    if numbers:
        held, key = draw.choice(numbers)
        held[key] = round(held[key] + draw.choice((-5, -1, -0.5, 0.5, 1, 1, 5)), 4)


def _parameter(tree: Tree, model: Tree, draw: Random) -> None:
    if tree.get("parameters"):
        parameter = draw.choice(list(tree["parameters"].values()))
        parameter["value"] = round(parameter["value"] + draw.choice((-5, -1, 1, 5)), 4)


def _window(tree: Tree, model: Tree, draw: Random) -> None:
    windowed = [fact for fact in model["facts"].values() if "within" in fact or "during" in fact]
    if windowed:
        chosen = draw.choice(windowed)
        chosen.pop("within", None)
        chosen.pop("during", None)
        if draw.random() < 0.9:
            window = draw.choice(WINDOWS)
            chosen["during" if window[:4] in ("this", "last") else "within"] = window


def _fact(tree: Tree, model: Tree, draw: Random) -> None:
    """Another filter, another value where nothing is found, or repaired records too."""
    fact = draw.choice(list(model["facts"].values()))
    match draw.choice(("where", "if_missing", "include")):
        case "where":
            fact.pop("where", None)
        case "if_missing":
            fact["if_missing"] = draw.choice(("reject", 0, 1, 60, True, False))
        case "include":
            if fact.pop("include", None) is None:
                fact["include"] = ["repaired"]


def _text(tree: Tree, model: Tree, draw: Random) -> None:
    """A level, a grade or a code is another one of its kind."""
    texts = [(held, key) for held, key in _leaves(model) if isinstance(held[key], str) and key not in ("within", "during")]
    if len(texts) > 1:
        (held, key), (other, its) = draw.choice(texts), draw.choice(texts)
        held[key] = other[its]


def _operator(tree: Tree, model: Tree, draw: Random) -> None:
    tests = [(held, key) for held, key in _keys(model) if key in ORDERING]
    if tests:
        held, key = draw.choice(tests)
        value = held.pop(key)
        held[ORDERING[key]] = value + draw.choice((-1, 0, 1)) if isinstance(value, int | float) else value


def _measure(tree: Tree, model: Tree, draw: Random) -> None:
    """Another kind, matter, item, title or terms; another id; a copy; or none."""
    measures = model.get("measures")
    if not measures:
        return
    name = draw.choice(list(measures))
    measure = measures[name]
    match draw.choice(("kind", "matter", "item", "title", "terms", "id", "copy", "gone", "when")):
        case "kind":
            measure["kind"] = draw.choice(("incentive", "routine", "restriction"))
        case "matter":
            measure["matter"] = draw.choice(MATTERS)
        case "item":
            items = [other["item"] for other in measures.values() if "item" in other]
            if items:
                measure["item"] = draw.choice(items)
        case "title":
            measure["title"] += "等"
        case "terms":
            measure["terms"] = {**measure.get("terms", {}), "次数": draw.choice((1, 2, 3))}
        case "id":
            measures[f"{name}-x"] = measures.pop(name)
        case "copy":
            measures[f"{name}-y"] = copy.deepcopy(measure)
        case "gone":
            del measures[name]
        case "when":
            measure["when"] = copy.deepcopy(draw.choice(list(measures.values()))["when"])


def _veto(tree: Tree, model: Tree, draw: Random) -> None:
    vetoes = model.get("vetoes")
    if vetoes:
        name = draw.choice(list(vetoes))
        if draw.random() < 0.4:
            del vetoes[name]
        else:
            vetoes[f"{name}-x"] = vetoes.pop(name)


def _standing(tree: Tree, model: Tree, draw: Random) -> None:
    """What weighs the result, where it goes, to whom the model applies."""
    match draw.choice(("weight", "feeds", "applies")):
        case "weight":
            numbers = [name for name, fact in model["facts"].items() if "count" in fact or "attribute" in fact]
            model["weight"] = draw.choice([1, 2, 5, *numbers])
        case "feeds":
            model["feeds"] = draw.choice(("none", "industry_evaluation"))
        case "applies":
            if model.pop("applies", None) is None:
                model["applies"] = "always"


def _words(tree: Tree, model: Tree, draw: Random) -> None:
    held, key = draw.choice([(held, key) for held, key in _keys(model) if key == "title"])
    held[key] = f"{held[key]}等"


def _turned(tree: Tree, model: Tree, draw: Random) -> None:
    """The keys of `each` in the other order, and one of them another number."""
    several = [held[key] for held, key in _keys(model) if key == "each" and isinstance(held[key], dict)]
    if several:
        each = draw.choice(several)
        pairs = list(each.items())[::-1]
        each.clear()
        each.update(pairs)
        each[pairs[0][0]] = draw.choice((-1, -2, -3, 1))


EDITS: tuple[Callable[[Tree, Tree, Random], None], ...] = (
    _number, _number, _number, _parameter, _window, _window, _fact, _fact, _text, _operator, _measure, _measure, _veto,
    _standing, _words, _turned,
)  # fmt: skip


def _leaves(tree: Any) -> Iterator[Place]:
    """Values that are no words."""
    for held, key in _keys(tree):
        if not isinstance(held[key], dict | list) and key not in WORDS:
            yield held, key


def _keys(tree: Any) -> Iterator[Place]:
    pairs = list(tree.items()) if isinstance(tree, dict) else list(enumerate(tree))
    for key, value in pairs:
        yield tree, key
        if isinstance(value, dict | list) and key != "basis":
            yield from _keys(value)
