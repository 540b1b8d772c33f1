"""Subjects to the tables that the columnar evaluator reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from engine.model.catalogue import Catalogue
from engine.model.subject import Subject
from engine.model.table import Tables, attribute_column, column_type, field_column

_ARROW = {"string": pa.string(), "boolean": pa.bool_(), "int64": pa.int64()}


def attribute_columns(catalogue: Catalogue) -> dict[str, str]:
    """Name and type of the column of each attribute."""
    return {attribute_column(name): column_type(one.field.type) for name, one in catalogue.attributes.items()}


def field_columns(catalogue: Catalogue) -> dict[str, str]:
    """Name and type of each column that fields of some category stand in."""
    fields = (pair for category in catalogue.categories.values() for pair in category.fields.items())
    return {field_column(name, field.type): column_type(field.type) for name, field in fields}


def from_subjects(subjects: Iterable[Subject], catalogue: Catalogue, connection: Any) -> Tables:
    """Tables in memory, on a backend."""
    rows: list[Mapping[str, object]] = []
    records: list[Mapping[str, object]] = []
    members: list[Mapping[str, object]] = []
    for subject in subjects:
        rows.append(
            {
                "subject": subject.id, "kind": subject.kind, "models": " ".join(["", *subject.models, ""]),
                "member_count": len(subject.members),
                **{attribute_column(name): value for name, value in subject.attributes.items()},
            }
        )  # fmt: skip
        members += [{"subject": subject.id, "member": member} for member in subject.members]
        for record in subject.records:
            fields = catalogue.categories[record.category].fields
            records.append(
                {
                    "subject": subject.id, "id": record.id, "category": record.category, "date": record.date,
                    "last_day": record.last_day, "last_day_repaired": record.last_day_repaired, "source": record.source,
                    **{field_column(name, fields[name].type): value for name, value in record.fields.items()},
                }
            )  # fmt: skip
    text, whole = "string", "int64"
    subject_types = {"subject": text, "kind": text, "models": text, "member_count": whole, **attribute_columns(catalogue)}
    record_types = {
        "subject": text, "id": text, "category": text, "date": whole, "last_day": whole, "last_day_repaired": whole,
        "source": text, **field_columns(catalogue),
    }  # fmt: skip
    return Tables(
        _table("subjects", rows, subject_types, connection),
        _table("records", records, record_types, connection),
        _table("members", members, {"subject": text, "member": text}, connection) if members else None,
    )


def _table(name: str, rows: list[Mapping[str, object]], types: Mapping[str, str], connection: Any) -> Any:
    columns = {column: pa.array([row.get(column) for row in rows], _ARROW[kind]) for column, kind in types.items()}
    table = pa.table(columns)
    if connection.name == "pyspark":  # where a created table would be files of a warehouse
        connection._session.createDataFrame(table).createTempView(name)
        return connection.table(name)
    return connection.create_table(name, table)
