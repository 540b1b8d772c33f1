"""Small worlds whose days stand at the ends of the calendar, on leap days and on the days where something turns."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.agreement.draw import Draw
from tests.agreement.generator import World

Tree = dict[str, Any]

ENDS = (
    "0001-01-01",
    "0001-01-02",
    "0001-02-28",
    "0001-12-31",
    "0004-02-29",
    "9998-12-31",
    "9999-01-01",
    "9999-12-30",
    "9999-12-31",
)
TURNS = (
    "1999-12-31",
    "2000-02-29",
    "2024-02-28",
    "2024-02-29",
    "2024-03-01",
    "2023-02-28",
    "2024-01-31",
    "2024-12-31",
    "2025-01-01",
)
WITHIN = (
    "1 day",
    "2 days",
    "31 days",
    "1 month",
    "12 months",
    "1 year",
    "48 months",
    "3650000 days",
    "9999999 days",
    "9998 years",
    "120000 months",
)
DURING = ("this year", "last year", "this quarter", "last quarter", "this month", "last month")
IDS = ("r", "R", "z", "例", "\N{FULLWIDTH TILDE}", "\N{GRINNING FACE}", "r 1", "r1", "r10", "r9")


def day_world(draw: Draw, subjects: int) -> World:
    """One model of facts that look at days, a model that reads its result, and so many subjects."""
    as_of = draw.choice((*ENDS, *TURNS))
    evaluation = {"title": "评价", "kinds": ["organisation"], "derived": True}
    categories = {
        "deal": {"title": "交易", "kinds": ["organisation"], "fields": {"amount": {"title": "金额", "type": "number", "optional": True}}},
        "visit": {"title": "回访", "kinds": ["organisation"], "fields": {}, "absent_means": "not_collected"},
        "industry_evaluation": evaluation, "previous_evaluation": evaluation,
    }  # fmt: skip
    attributes = {name: {"title": name, "type": "date", "kinds": ["organisation"]} for name in ("since", "ends")}
    levels = [{"level": "A", "at_least": 60, "grade": "优"}, {"level": "B", "otherwise": True, "grade": "差"}]
    common: dict[str, Tree] = {
        "catalogue": {"categories": categories, "attributes": attributes},
        "scales": {"scales": {"plain": {"levels": levels}}},
        "measures": {"items": {}},
    }
    shop: Tree = {"title": "商店", "kind": "organisation", "feeds": "industry_evaluation", "facts": _facts(draw), **_score()}
    of_shop = {"latest": "industry_evaluation.score", "where": {"model": {"is": "shop"}}, "if_missing": 0, **_window(draw)}
    whole: Tree = {
        "title": "综合",
        "kind": "organisation",
        "feeds": "none",
        "facts": {"of_shop": {"title": "商店", **of_shop}},
        **_score("of_shop"),
    }
    policy: Tree = {
        "policy": "days", "title": "政策", "version": "1", "status": "draft", "authority": "单位",
        "effective": {"from": "0001-01-01"}, "scale": "plain", "basis": {"plan": {"document": "方案"}},
        "models": {"shop": shop, "whole": whole},
    }  # fmt: skip
    return World(common, [policy], [_subject(draw, number, as_of) for number in range(subjects)], as_of)


def _window(draw: Draw) -> Tree:
    """Which days are looked at."""
    match draw.integer(0, 3):
        case 0:
            return {"within": draw.choice(WITHIN)}
        case 1:
            return {"during": draw.choice(DURING)}
        case 2:
            own = {draw.choice(("years", "months")): draw.choice((1, 2, 5, 100)), "from": draw.choice(("since", "ends"))}
            return {"during": own | draw.choice(({}, {"last": True}))}
        case _:
            return {}


def _facts(draw: Draw) -> Tree:
    facts: Tree = {
        "age": {"years_since": "since", "if_missing": 0},
        "left": {"days_until": "ends", "if_missing": 0},
        "visits": {"count": "visit", "if_missing": -1},
        "last": {"days_since": "deal", "if_missing": 0},
        "before": {"latest": "previous_evaluation.score", "if_missing": 0, **_window(draw)},
    }
    for number in range(6):
        what: Tree = draw.choice(({"count": "deal"}, {"latest": "deal.amount"}, {"sum": "deal.amount"}, {"days_since": "deal"}))
        fact = {
            **what,
            **_window(draw),
            **draw.choice(({}, {"newest": 1}, {"newest": 2})),
            **draw.choice(({}, {"include": ["repaired"]})),
        }
        if "latest" in fact or "days_since" in fact or isinstance(fact.get("during"), dict):
            fact["if_missing"] = 0
        facts[f"f{number}"] = fact
    return {name: {"title": name, **fact} for name, fact in facts.items()}


def _score(fact: str = "age") -> Tree:
    indicator = {"title": "指标", "points": 100, "fact": fact, "each": 1, "basis": "plan"}
    return {
        "dimensions": {"d": {"title": "维度", "points": 100, "indicators": {"i": indicator}}},
        "vetoes": {"v": {"title": "否决", "when": {fact: {"at_least": 99}}, "level": "B", "basis": "plan"}},
    }


def _day(draw: Draw, as_of: str) -> str:
    """One near the as-of date, at an end of the calendar, or where something turns."""
    if draw.chance(0.3):
        return draw.choice((*ENDS, *TURNS))
    near = date.fromisoformat(as_of).toordinal() + draw.choice((-366, -365, -31, -30, -1, -1, 0, 0, 0, 1, 1, 30, 366))
    return (date.min + timedelta(days=min(max(near, 1), date.max.toordinal()) - 1)).isoformat()


def _subject(draw: Draw, number: int, as_of: str) -> Tree:
    records = [_record(draw, f"{draw.choice(IDS)}-{place}", as_of) for place in range(draw.choice((0, 1, 3, 8)))]
    held = {name: _day(draw, as_of) for name in ("since", "ends") if draw.chance(0.8)}
    return {
        "id": f"s{number}", "kind": "organisation", "model": ["days/shop", "days/whole"], "attributes": held, "records": records
    }  # fmt: skip


def _record(draw: Draw, name: str, as_of: str) -> Tree:
    category = draw.choice(("deal", "deal", "deal", "visit", "previous_evaluation"))
    day = _day(draw, as_of)
    tree: Tree = {"id": name, "category": category, "date": day}
    if category == "deal" and draw.chance(0.8):
        tree["fields"] = {"amount": draw.integer(-5, 5)}
    if category == "previous_evaluation":
        mine = {"policy": "days", "model": draw.choice(("shop", "whole"))}
        tree["fields"] = {**mine, "score": 50, "level": "B", "grade": "差", "vetoed": False, "weight": 1}
    if draw.chance(0.3):
        tree["until"] = max(day, _day(draw, as_of))
    status = draw.choice(("valid", "valid", "disputed", "revoked", "repaired"))
    tree["status"] = status
    if status == "repaired":
        tree["repaired_on"] = max(day, draw.choice((day, as_of, _day(draw, as_of))))
    return tree
