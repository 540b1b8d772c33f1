"""Edits of which records a fact counts: an age that they need, how many of the newest, what counts once, own periods."""

from __future__ import annotations

import random
from typing import Any

Tree = dict[str, Any]

BEFORE = ("1 month", "2 months", "30 days", "1 day", "6 months")
DATES = {"organisation": "established"}
TEXTS = ("seriousness", "degree", "rank", "matter", "area", "grade", "act", "result")


def edit(draw: random.Random, tree: Tree) -> bool:
    """One of them comes, goes or is another; where the fact has no such field, reading refuses it."""
    model = draw.choice(list(tree["models"].values()))
    facts = [fact for fact in model.get("facts", {}).values() if {"count", "exists", "sum"} & fact.keys()]
    if not facts:
        return False
    fact, word = draw.choice(facts), draw.choice(("before", "newest", "once_per", "during"))
    if isinstance(fact.get("during"), dict):
        del fact["during"], fact["if_missing"]
    elif word in fact and draw.random() < 0.4:
        del fact[word]
    elif word == "before":
        fact["before"] = draw.choice(BEFORE)
    elif word == "newest":
        fact["newest"] = draw.choice((1, 2, 3))
    elif word == "once_per":
        fact["once_per"] = draw.choice(TEXTS)
    else:
        fact.pop("within", None)
        fact["during"] = {"years": draw.choice((1, 2)), "from": DATES.get(model["kind"], "established")}
        fact.setdefault("if_missing", draw.choice((0, 1, "reject")) if "exists" not in fact else False)
    return True
