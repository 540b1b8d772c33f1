"""What goes slightly wrong in deliveries: a document made so that the same can be said in the cells of tables."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

from engine.model.catalogue import Catalogue

Tree = dict[str, Any]

NUMBERS = (0.00001, 100000000001, -100000000000.5, -1, 12345.67891, "三", "1,000", "12人", 99999999999.9999, 0.5, 10**14)
DAYS = ("2025-02-29", "0000-01-01", "0001-01-01", "9999-12-31", "明天", "2025-13-01", "2024-02-29", "1899-12-31", "1900-02-28")
TEXTS = (
    "", "5", "05", "true", "=1+1", "+1", "@x", 'a,b;c"d', "a\nb", "a|b\tc", "甲，乙", "null", "NaN", "1e5", "x" * 300, "'", "<b>", "&amp;", "2025-06-01",
    "\\N", "NA", "4.30503E+17", "ｆｕｌｌ", "é", "e\u0301",
)  # fmt: skip
"""Blanks around a text of no key are left out: a sheet's cells are read without them."""

IDS = (
    "{} ", " {}", "{}\u200b", "\t{}", "{}\u00a0", "\ufeff{}", "{}\u3000", "ｓ{}", "4.30503E+17", '="{}"', "'{}", "ѕ{}", "{}\u202e", "{}\n", "91430500MA4L0L019H",
    "91430500MA4L0L019X", "91430500ma4l0l019h", "43050219630413003X", "430502196304130031", "９１430500MA4L0L019H", "123456789012345678", "1e5", "007",
    "true", "null", "NaN", "", " ", "a/b", "=1+1", "x" * 200,
)  # fmt: skip


def spoilt(dice: Random, document: Tree, catalogue: Catalogue, by_sheet: bool) -> None:
    """One thing of the document, or two."""
    for _ in range(dice.choice((1, 1, 2))):
        records = document.get("records") or []
        record = dice.choice(records) if records else None
        match dice.randrange(12 if record is not None else 4):
            case 0:
                _id(dice, document)
            case 1:
                _value(
                    dice,
                    document.setdefault("attributes", {}),
                    {key: attribute.field.type for key, attribute in catalogue.attributes.items()},
                )
            case 2:
                document["kind"] = dice.choice(("person", "park", "firm", "", "organisation"))
            case 3:
                _listed(dice, document)
            case 4 | 5 | 6:
                _field(dice, record or {}, catalogue, by_sheet)
            case 7:
                _day(dice, record or {})
            case 8:
                (record or {})["status"] = dice.choice(("valid", "disputed", "revoked", "repaired", "gone", ""))
            case 9:
                records.append(copy.deepcopy(record))
            case 10:
                _category(dice, record or {}, catalogue, by_sheet)
            case _:
                names = (
                    "r\u200b",
                    "r ",
                    "1e5",
                    "007",
                    "r\n1",
                    "r" * 100,
                    *(() if by_sheet else ("", " ")),
                )  # a sheet numbers its rows
                (record or {})["id"] = dice.choice(names)


def _id(dice: Random, document: Tree) -> None:
    document["id"] = dice.choice(IDS).format(document.get("id", "s"))


def _listed(dice: Random, document: Tree) -> None:
    """Models and members."""
    if dice.random() < 0.5 and document.get("members"):
        document["members"] = [
            *document["members"],
            dice.choice((document["members"][0], "absent ", "absent\u200b", "absent2")),
        ]
    else:
        document["model"] = dice.choice(
            (["probe/shop", "probe/shop"], ["nowhere/main"], ["no-slash"], ["a/b/c"], [], ["ｐrobe/shop"])
        )


def _field(dice: Random, record: Tree, catalogue: Catalogue, by_sheet: bool) -> None:
    category = catalogue.categories.get(record.get("category", ""))
    fields = record.setdefault("fields", {})
    if category is None:
        return
    if fields and dice.random() < 0.25:
        del fields[dice.choice(sorted(fields))]
        return
    known = {key: field.type for key, field in category.fields.items()}
    if not by_sheet and dice.random() < 0.15:
        known |= {key: field.type for category in catalogue.categories.values() for key, field in category.fields.items()}
    _value(dice, fields, known)
    for key in fields.keys() - category.fields.keys():
        if fields[key] == "":  # in a table, the cell of a column that its category has not
            del fields[key]


def _value(dice: Random, holder: Tree, known: dict[str, str]) -> None:
    if not known:
        return
    key = dice.choice(sorted(known))
    match known[key]:
        case "integer" | "number":
            holder[key] = dice.choice(NUMBERS)
        case "boolean":
            holder[key] = dice.choice((True, False, "maybe", "是的", ""))
        case "date":
            holder[key] = dice.choice((*DAYS, ""))
        case _:
            holder[key] = dice.choice(TEXTS)


def _day(dice: Random, record: Tree) -> None:
    key = dice.choice(("date", "until", "repaired_on"))
    if dice.random() < 0.2:
        record.pop(key, None)
    else:
        record[key] = dice.choice((*DAYS, "2020-01-01", "2026-06-30", ""))


def _category(dice: Random, record: Tree, catalogue: Catalogue, by_sheet: bool) -> None:
    """Of another category than its fields, or of none that there is."""
    others = sorted(catalogue.categories)
    if by_sheet:
        return
    record["category"] = dice.choice((*others, "praise", "", "Penalty", "penalty ", "ｐenalty"))
