"""Small policies for proofs: one model over a catalogue of a few kinds of record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from engine.model.condition import Plain
from engine.model.policy import Policy
from engine.model.subject import Record
from engine.reading.files import Files
from engine.reading.library import read_library
from tests.agreement.compare import as_bytes

AS_OF = date(2026, 6, 30).toordinal()

CATALOGUE = {
    "categories": {
        "penalty": {
            "title": "处罚", "kinds": ["organisation"],
            "fields": {
                "seriousness": {"title": "程度", "type": "text", "one_of": ["minor", "serious"]},
                "amount": {"title": "金额", "type": "number", "at_least": 0},
            },
        },
        "award": {"title": "表彰", "kinds": ["organisation"], "fields": {}},
        "survey": {
            "title": "调查", "kinds": ["organisation"],
            "fields": {"percent": {"title": "满意度", "type": "number", "at_least": 0, "at_most": 100}},
        },
    },
    "attributes": {
        "staff": {"title": "人数", "type": "integer", "kinds": ["organisation"], "at_least": 0},
        "certified": {"title": "持证", "type": "integer", "kinds": ["organisation"], "at_least": 0},
    },
}  # fmt: skip
SCALES = {
    "scales": {
        "s": {
            "levels": [
                {"level": "A", "at_least": 90, "grade": "优"},
                {"level": "B", "at_least": 60, "grade": "良"},
                {"level": "D", "otherwise": True, "grade": "差"},
            ]
        }
    }
}
PENALTIES = {"title": "处罚次数", "count": "penalty", "within": "12 months", "direction": "adverse"}


def tree(facts: dict[str, Any], indicators: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A policy of one model, whose indicators are one dimension that with a `base` makes 100 points; none without indicators."""
    whole = 100 - more.get("base", 0)
    named = {name: {"title": name, **fact} for name, fact in facts.items()}
    scored = {name: {"title": name, **indicator} for name, indicator in indicators.items()}
    dimensions = {"dimensions": {"d": {"title": "维度", "points": whole, "indicators": scored}}} if scored else {}
    model = {"title": "企业", "kind": "organisation", "feeds": "none", "facts": named, **dimensions, **more}
    return {
        "policy": "p", "title": "政策", "version": "1", "status": "draft", "authority": "单位",
        "effective": {"from": "2020-01-01"}, "scale": "s", "basis": {"plan": {"document": "方案"}}, "models": {"m": model},
    }  # fmt: skip


ITEMS = {"items": {"limit": {"title": "限制", "law": "条例", "kinds": ["organisation"]}}}
COMMON = {"catalogue.yaml": CATALOGUE, "scales.yaml": SCALES, "measures.yaml": ITEMS}


def policy(facts: dict[str, Any], indicators: dict[str, Any], **more: Any) -> Policy:
    """As it is read."""
    files = Files(
        (("p.yaml", as_bytes(tree(facts, indicators, **more))),),
        tuple((name, as_bytes(tree)) for name, tree in COMMON.items()),
    )
    return read_library(files).library.policies[0]


def records(**counts: int) -> Iterator[Record]:
    """So many records of each category, a month before the day."""
    for category, many in counts.items():
        fields: dict[str, Plain] = {"seriousness": "minor", "amount": 0} if category == "penalty" else {}
        for number in range(many):
            yield Record(f"{category}-{number}", category, AS_OF - 30, fields)


def written(folder: Path, facts: dict[str, Any], indicators: dict[str, Any], **more: Any) -> Path:
    """As files in a folder, with the common ones."""
    (folder / "common").mkdir()
    for name, file_tree in COMMON.items():
        (folder / "common" / name).write_bytes(as_bytes(file_tree))
    (folder / "p.yaml").write_bytes(as_bytes(tree(facts, indicators, **more)))
    return folder


def each(amount: float) -> dict[str, Any]:
    """An indicator of 100 points less so many for each penalty."""
    return {"points": 100, "fact": "penalties", "each": amount}
