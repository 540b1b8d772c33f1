"""Which records a drawn fact counts: its windows, the newest of them, what counts once, and whether a field is there."""

from __future__ import annotations

from typing import Any

from tests.agreement.draw import Draw

Tree = dict[str, Any]

SHARE = 0.2
"""How often a word of these is drawn."""

WITHIN = ("1 day", "30 days", "1 month", "3 months", "6 months", "12 months", "24 months", "1 year", "2 years", "400 days")
DURING = ("this year", "last year", "this quarter", "last quarter", "this month", "last month")
BEFORE = ("1 day", "2 days", "30 days", "1 month", "2 months", "3 months", "12 months", "1 year", "2 years")
BOTH = (
    ("24 months", "3 months"), ("12 months", "11 months"), ("30 days", "29 days"), ("2 years", "1 year"), ("1 year", "2 months"),
    ("400 days", "12 months"), ("1 month", "1 day"), ("3 months", "30 days"),
)  # fmt: skip


def windows(draw: Draw, dates: list[str], share: float = SHARE) -> Tree:
    """Nothing, or the windows of a fact; `dates` are the date attributes that a period can be counted from."""
    if draw.chance(share):
        match draw.choice(("before", "both", "own", "own")):
            case "before":
                return {"before": draw.choice(BEFORE)}
            case "both":
                within, before = draw.choice(BOTH)
                return {"within": within, "before": before}
            case _:
                return {"during": _own_period(draw, dates)}
    if draw.chance(0.5):
        return {"within": draw.choice(WITHIN)} if draw.chance(0.6) else {"during": draw.choice(DURING)}
    return {}


def _own_period(draw: Draw, dates: list[str]) -> Tree:
    length: Tree = {"years": draw.choice((1, 1, 2, 3))} if draw.chance(0.5) else {"months": draw.choice((1, 3, 6, 12, 18))}
    return {**length, "from": draw.choice(dates), **({"last": True} if draw.chance(0.4) else {})}


def counts_once(draw: Draw, kind: str, texts: list[str], share: float = SHARE) -> Tree:
    """Nothing, or how many of the newest count, and what counts once."""
    tree: Tree = {}
    if draw.chance(share):
        tree["newest"] = draw.choice((1, 1, 2, 2, 3, 5, 1000))
    if kind in ("count", "sum", "tally") and texts and draw.chance(min(2 * share, 0.7)):
        tree["once_per"] = draw.choice(texts)
    return tree


def with_given(draw: Draw, where: Tree, optional: list[str], share: float = SHARE) -> Tree:
    """A `where` that asks beside the rest whether an optional field is there, or what else holds where it is not."""
    if not optional or not draw.chance(share):
        return where
    name = draw.choice(optional)
    test: Tree = {name: {"given": draw.chance(0.5)}}
    match draw.choice(("beside", "alone", "not", "any", "all")):
        case "beside" if name in where:
            return {**where, name: {**where[name], "given": True}}
        case "not" if "not" not in where:
            return {**where, "not": test}
        case "any" if "any" not in where:
            return {**where, "any": [test, {other: {"given": True} for other in optional[:2]}]}
        case "all" if "all" not in where:
            return {**where, "all": [test, {"not": {draw.choice(optional): {"given": False}}}]}
        case _:
            return where if name in where else {**where, **test}
