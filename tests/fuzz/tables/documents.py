"""Sound documents for a catalogue, whatever it has."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from engine.model.catalogue import Catalogue, Field

Tree = dict[str, Any]

NUMBERS = (0, 1, 2, 3, 12, 60, 90, 100, 0.5, 85.005, 99.9999, 12345.6789, 92.35)
TEXTS = ("甲", "电话", "phone", "5", "05", "true", "a b", 'q"q', "x,y;z", "住建局", "两行\n文字", "back\\slash")
STATUSES = (None, None, None, "valid", "disputed", "revoked", "repaired")
DERIVED = {"policy": "elsewhere", "model": "main"}


def drawn(dice: Random, catalogue: Catalogue, models: dict[str, str], count: int) -> list[Tree]:
    """So many subjects with records of what their kinds may have; `models` are those that run, by kind."""
    return [_document(dice, catalogue, models, f"s{number}", count) for number in range(count)]


def _document(dice: Random, catalogue: Catalogue, models: dict[str, str], name: str, count: int) -> Tree:
    kind = dice.choice(sorted(models))
    tree: Tree = {"id": name, "kind": kind, "model": models[kind] if dice.random() < 0.7 else [models[kind], "elsewhere/shop"]}
    if dice.random() < 0.5:
        tree["name"] = dice.choice(TEXTS)
    attributes = {key: attribute.field for key, attribute in catalogue.attributes.items() if kind in attribute.kinds}
    tree["attributes"] = {key: value(dice, field, key) for key, field in attributes.items() if dice.random() < 0.6}
    if kind == "organisation" and dice.random() < 0.2:
        tree["members"] = list(dict.fromkeys(f"s{dice.randrange(count)}" for _ in range(3)))
    categories = sorted(key for key, category in catalogue.categories.items() if kind in category.kinds)
    tree["records"] = [_record(dice, catalogue, dice.choice(categories), f"r{n}") for n in range(dice.choice((0, 1, 2, 4)))]
    return tree


def _record(dice: Random, catalogue: Catalogue, category: str, name: str) -> Tree:
    on = date(2025, 12, 31) - timedelta(days=dice.randrange(1200))
    record: Tree = {"id": name, "category": category, "date": on.isoformat()}
    if dice.random() < 0.2:
        record["until"] = (on + timedelta(days=dice.randrange(700))).isoformat()
    if dice.random() < 0.3:
        record["source"] = dice.choice(TEXTS)
    if status := dice.choice(STATUSES):
        record["status"] = status
    if status == "repaired":
        record["repaired_on"] = (on + timedelta(days=dice.randrange(300))).isoformat()
    fields = catalogue.categories[category].fields
    record["fields"] = {
        key: value(dice, field, key) for key, field in fields.items() if not field.optional or dice.random() < 0.7
    }
    return record


def value(dice: Random, field: Field, key: str) -> Any:
    """What a field may hold."""
    match field.type:
        case "integer":
            return dice.choice((0, 1, 3, 12, 100))
        case "number":
            low, high = (None if bound is None else bound / 10_000 for bound in (field.at_least, field.at_most))
            return dice.choice(
                [number for number in (*NUMBERS, -92.35) if (low is None or number >= low) and (high is None or number <= high)]
            )
        case "boolean":
            return dice.random() < 0.5
        case "date":
            return (date(2026, 6, 1) - timedelta(days=dice.choice((0, 1, 365, dice.randrange(9000))))).isoformat()
        case _:
            return dice.choice(field.one_of) if field.one_of else DERIVED.get(key, dice.choice(TEXTS))
