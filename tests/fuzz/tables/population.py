"""Subjects as documents, some of them slightly wrong, and the same as rows of tables."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from random import Random
from typing import Any, NamedTuple

from engine.model.catalogue import Catalogue
from tests.fuzz.tables.wrong import spoilt

Row = dict[str, Any]
Tree = dict[str, Any]

TOP = ("id", "kind", "model", "name")
RECORD = ("id", "category", "date", "until", "status", "repaired_on", "source")


class Population(NamedTuple):
    """`documents` and `tables` say the same, but for `orphans`: records of nobody, which only tables can have."""

    documents: list[Tree]
    tables: dict[str, list[Row]]
    orphans: int


def divided(dice: Random, documents: list[Tree], catalogue: Catalogue, by_sheet: bool) -> Population:
    """Some of the documents made wrong; `by_sheet` leaves out what no sheet of a workbook can say."""
    chosen = [copy.deepcopy(document) for document in documents]
    for document in chosen:
        if dice.random() < 0.25:
            spoilt(dice, document, catalogue, by_sheet)
    if dice.random() < 0.35:
        _take_away(dice, chosen)
    if dice.random() < 0.06:
        chosen.append({**dice.choice(chosen), "records": []})
    tables = rows_of(chosen)
    orphans = 0
    if tables["records"] and dice.random() < 0.08:
        tables["records"].append({**dice.choice(tables["records"]), "subject": "nobody-here", "id": "orphan"})
        orphans = 1
    if dice.random() < 0.5:
        dice.shuffle(tables["records"])
        dice.shuffle(tables["subjects"])
    return Population(chosen, {name: _narrowed(dice, name, rows) for name, rows in tables.items()}, orphans)


def _take_away(dice: Random, documents: list[Tree]) -> None:
    """Some of what may stand in documents from all of them, so that their tables lack the columns."""
    records = [record for document in documents for record in document.get("records", ()) if isinstance(record, dict)]
    groups: list[tuple[list[Tree], tuple[str, ...] | None]] = [
        (documents, ("model", "name")), ([document.get("attributes", {}) for document in documents], None)
    ]  # fmt: skip
    groups += [
        (records, ("until", "status", "repaired_on", "source")),
        ([record.get("fields", {}) for record in records], None),
    ]
    for trees, keys in groups:
        there = sorted({key for tree in trees for key in tree if keys is None or key in keys})
        for key in [key for key in there if dice.random() < 0.5] if dice.random() < 0.8 else there:
            for tree in trees:
                tree.pop(key, None)


def rows_of(documents: list[Tree]) -> dict[str, list[Row]]:
    """A row a subject, a record, a member."""
    subjects = [{key: document.get(key) for key in TOP} | document.get("attributes", {}) for document in documents]
    records = [
        {"subject": document.get("id"), **{key: record.get(key) for key in RECORD}, **record.get("fields", {})}
        for document in documents
        for record in document.get("records", ())
    ]
    members = [
        {"subject": document.get("id"), "member": member} for document in documents for member in document.get("members", ())
    ]
    return {"subjects": subjects, "records": records, "members": members}


def _narrowed(dice: Random, name: str, rows: list[Row]) -> list[Row]:
    """Each row with the same columns; those in which nothing stands are mostly left out."""
    needed = {"subjects": ("id", "kind"), "records": ("subject", "id", "category", "date"), "members": ("subject", "member")}[
        name
    ]
    columns = list(dict.fromkeys(key for row in rows for key in row)) or list(needed)
    empty = [key for key in columns if key not in needed and all(row.get(key) is None for row in rows)]
    dropped = {key for key in empty if dice.random() < 0.7}
    chosen = [key for key in columns if key not in dropped]
    if dice.random() < 0.3:
        dice.shuffle(chosen)
    return [{key: row.get(key) for key in chosen} for row in rows]


def types_of(name: str, catalogue: Catalogue) -> Mapping[str, str]:
    """What the columns of a table hold: text, number, boolean or date."""
    if name == "subjects":
        types = {key: attribute.field.type for key, attribute in catalogue.attributes.items()}
    elif name == "records":
        types = {key: field.type for category in catalogue.categories.values() for key, field in category.fields.items()}
        types |= dict.fromkeys(("date", "until", "repaired_on"), "date")
    else:
        types = {}
    return {key: "number" if kind == "integer" else kind for key, kind in types.items()}
