"""Small worlds about which records count, whose tables are soon made."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.agreement.counted_records import counts_once, windows, with_given
from tests.agreement.draw import Draw
from tests.agreement.generator import World

Tree = dict[str, Any]


def small_world(draw: Draw, subjects: int) -> World:
    """One model whose facts use these words above all, so that its tables are soon made, and so many subjects."""
    fields: dict[str, Tree] = {
        "matter": {"title": "事项", "type": "text", "optional": True},
        "fine": {"title": "罚款", "type": "number", "optional": draw.chance(0.5)},
        "serious": {"title": "严重", "type": "boolean"},
    }
    penalty: Tree = {"title": "处罚", "kinds": ["organisation"], "fields": fields}
    if draw.chance(0.3):
        penalty["absent_means"] = "not_collected"
    dates = {name: {"title": "日期", "type": "date", "kinds": ["organisation"]} for name in ("licensed", "renewed")}
    levels = [{"level": "A", "grade": "优", "otherwise": True}]
    common: dict[str, Tree] = {
        "catalogue": {"categories": {"penalty": penalty}, "attributes": dates},
        "scales": {"scales": {"plain": {"levels": levels}}},
        "measures": {"items": {}},
    }
    policy: Tree = {
        "policy": "shops", "title": "政策", "version": "1", "status": "draft", "authority": "单位",
        "effective": {"from": "2000-01-01"}, "scale": "plain",
        "models": {"shop": {
            "title": "模型", "kind": "organisation",
            "facts": {f"f{number}": _fact(draw, penalty) for number in range(draw.integer(2, 5))},
        }},
    }  # fmt: skip
    as_of = draw.choice(("2024-02-29", "2025-02-28", "2025-03-31", "2025-12-31", "2025-07-01"))
    return World(
        common, [policy], [_subject(draw, as_of, number, fields["fine"]["optional"]) for number in range(subjects)], as_of
    )


def _fact(draw: Draw, penalty: Tree) -> Tree:
    kind = draw.choice(("count", "count", "exists", "sum", "sum", "max", "latest", "mean", "days_since"))
    tree: Tree = {"title": "事实", kind: "penalty" if kind in ("count", "exists", "days_since") else "penalty.fine"}
    tree |= windows(draw, ["licensed", "renewed"], 0.8) | counts_once(draw, kind, ["matter"], 0.5)
    optional = ["source", *(name for name, field in penalty["fields"].items() if field.get("optional"))]
    where = with_given(draw, {"serious": {"is": True}} if draw.chance(0.4) else {}, optional, 0.4)
    if where:
        tree["where"] = where
    if draw.chance(0.2):
        tree["include"] = ["repaired"]
    never = kind in ("count", "exists", "sum") and "absent_means" not in penalty and not isinstance(tree.get("during"), dict)
    return tree if never else tree | {"if_missing": draw.chance(0.5) if kind == "exists" else draw.choice((-1, 9))}


def _subject(draw: Draw, as_of: str, number: int, fine_optional: bool) -> Tree:
    held = {name: _near(draw, as_of, 1200) for name in ("licensed", "renewed") if draw.chance(0.9)}
    records = []
    for place in range(draw.choice((0, 1, 2, 4, 9))):
        day = _near(draw, as_of, 800)
        fields = {"serious": draw.chance(0.5), "fine": draw.choice((-5, 0, 1, 2.5)), "matter": draw.choice("甲乙")}
        record: Tree = {"id": f"{draw.choice('rR甲')}{place}", "category": "penalty", "date": day}
        record["fields"] = {
            name: value
            for name, value in fields.items()
            if name == "serious" or (name == "fine" and not fine_optional) or draw.chance(0.7)
        }
        if draw.chance(0.3):
            record["source"] = "税务局"
        match draw.choice(("valid", "valid", "valid", "repaired", "revoked", "until")):
            case "until":
                record["until"] = max(day, _near(draw, as_of, 3))
            case "repaired":
                record |= {"status": "repaired", "repaired_on": max(day, _near(draw, as_of, 3))}
            case status:
                record["status"] = status
        records.append(record)
    return {"id": f"s{number}", "kind": "organisation", "model": "shops/shop", "attributes": held, "records": records}


def _near(draw: Draw, as_of: str, far: int) -> str:
    """A day on or about which something turns: the day itself, months before it, the ends of months, any other."""
    day = date.fromisoformat(as_of)
    if draw.chance(0.4):
        month = day.year * 12 + day.month - 1 - draw.choice((1, 2, 3, 6, 12, 18, 24, 36)) * (far > 31)
        following = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
        ends = following - timedelta(days=1)
        return draw.choice((ends, following, ends.replace(day=min(ends.day, day.day)))).isoformat()
    return (day - timedelta(days=draw.choice((0, 1, -1, 2, -30, draw.integer(-20, far))))).isoformat()
