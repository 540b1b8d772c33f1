"""Subjects to the tables that the evaluator of many reads, in memory or through files where they are many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path as File
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from engine.model.catalogue import Catalogue, Category
from engine.model.period import NEVER
from engine.model.subject import Record, RecordStatus, Subject
from engine.model.table import Tables, attribute_column, column_type, field_column

if TYPE_CHECKING:
    from ibis.backends import BaseBackend as Connection
    from ibis.expr.types import Table

_ARROW = {"string": pa.string(), "boolean": pa.bool_(), "int64": pa.int64()}
BATCH = 10_000
OF_EACH = ("subject", "id", "category", "date", "last_day", "last_day_repaired", "source")
"""The columns that records of every category have."""


def schemas(catalogue: Catalogue) -> dict[str, pa.Schema]:
    """The columns of each table."""
    text, whole = "string", "int64"
    attributes = {attribute_column(name): column_type(attribute.field.type) for name, attribute in catalogue.attributes.items()}
    pairs = (pair for category in catalogue.categories.values() for pair in category.fields.items())
    fields = {field_column(name, field.type): column_type(field.type) for name, field in pairs}
    columns = {
        "subjects": {"subject": text, "kind": text, "models": text, "name": text, "member_count": whole, **attributes},
        "records": {
            "subject": text, "id": text, "category": text, "date": whole, "last_day": whole, "last_day_repaired": whole,
            "source": text, **fields,
        },
        "members": {"subject": text, "member": text},
    }  # fmt: skip
    return {name: pa.schema([(column, _ARROW[kind]) for column, kind in kinds.items()]) for name, kinds in columns.items()}


def from_subjects(subjects: Iterable[Subject], catalogue: Catalogue, connection: Connection) -> Tables:
    """Tables in memory, on a backend."""
    tables = _tables(list(subjects), catalogue, schemas(catalogue))
    in_backend = {name: in_memory(name, table, connection) for name, table in tables.items() if len(table) or name != "members"}
    return Tables(in_backend["subjects"], in_backend["records"], in_backend.get("members"))


def in_memory(name: str, table: pa.Table, connection: Connection) -> Table:
    """A table on a backend."""
    if connection.name != "pyspark":
        return connection.create_table(name, table)
    connection._session.createDataFrame(table).createTempView(name)  # a created table would be files of a warehouse
    return connection.table(name)


def through_files(subjects: Iterable[Subject], catalogue: Catalogue, folder: File) -> dict[str, File]:
    """The subjects written to Parquet files as they come; the files by table, members only where there are any."""
    shapes = schemas(catalogue)
    files = {name: folder / f"{name}.parquet" for name in shapes}
    writers = {name: pq.ParquetWriter(files[name], schema) for name, schema in shapes.items()}
    counts = dict.fromkeys(files, 0)
    try:
        for batch in _batches(subjects):
            for name, table in _tables(batch, catalogue, shapes).items():
                writers[name].write_table(table)
                counts[name] += len(table)
    finally:
        for writer in writers.values():
            writer.close()
    return {name: file for name, file in files.items() if counts[name] or name != "members"}


def _batches(subjects: Iterable[Subject]) -> Iterator[list[Subject]]:
    batch: list[Subject] = []
    for subject in subjects:
        batch.append(subject)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _tables(subjects: Sequence[Subject], catalogue: Catalogue, shapes: Mapping[str, pa.Schema]) -> dict[str, pa.Table]:
    """Column by column; the records category by category, for each has few of the columns."""
    columns: dict[str, list[object]] = {
        "subject": [subject.id for subject in subjects],
        "kind": [subject.kind for subject in subjects],
        "models": [" ".join(["", *subject.models, ""]) for subject in subjects],
        "name": [subject.name for subject in subjects],
        "member_count": [len(subject.members) for subject in subjects],
    }
    for name in catalogue.attributes:
        columns[attribute_column(name)] = [subject.attributes.get(name) for subject in subjects]
    of_members = [(subject.id, member) for subject in subjects for member in subject.members]
    members: dict[str, list[object]] = {
        "subject": [subject for subject, _ in of_members], "member": [member for _, member in of_members]
    }  # fmt: skip
    by_category: dict[str, list[tuple[str, Record]]] = {}
    for subject in subjects:
        for record in subject.records:
            by_category.setdefault(record.category, []).append((subject.id, record))
    of_records = [_records(catalogue.categories[name], records, shapes["records"]) for name, records in by_category.items()]
    return {
        "subjects": _table(columns, len(subjects), shapes["subjects"]),
        "records": pa.concat_tables([shapes["records"].empty_table(), *of_records]),
        "members": _table(members, len(of_members), shapes["members"]),
    }


def _records(category: Category, records: Sequence[tuple[str, Record]], schema: pa.Schema) -> pa.Table:
    """Those of a category, of which the columns of others say nothing."""
    columns: dict[str, list[object]] = {
        "subject": [subject for subject, _ in records],
        "id": [record.id for _, record in records],
        "category": [category.id] * len(records),
        "date": [record.date for _, record in records],
        "last_day": [record.last_day for _, record in records],
        "last_day_repaired": [record.last_day_repaired for _, record in records],
        "source": [record.source for _, record in records],
    }
    for name, field in category.fields.items():
        columns[field_column(name, field.type)] = [record.fields.get(name) for _, record in records]
    return _table(columns, len(records), schema)


def _table(columns: Mapping[str, Sequence[object]], length: int, schema: pa.Schema) -> pa.Table:
    arrays = [
        pa.array(columns[column.name], column.type) if column.name in columns else pa.nulls(length, column.type)
        for column in schema
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def to_subjects(tables: Tables, catalogue: Catalogue) -> Iterator[Subject]:
    """The subjects of tables, in the order of their ids; all of them fit into memory."""
    records: dict[str, list[Record]] = {}
    chosen = tables.records.semi_join(tables.subjects, "subject").order_by("subject", "date", "id").to_pyarrow()
    for subject, record in _in_order(chosen, catalogue):
        records.setdefault(subject, []).append(record)
    members: dict[str, list[str]] = {}
    if tables.members is not None:
        for row in tables.members.order_by("subject", "member").to_pyarrow().to_pylist():
            members.setdefault(row["subject"], []).append(row["member"])
    for row in tables.subjects.order_by("subject").to_pyarrow().to_pylist():
        attributes = {name: row[attribute_column(name)] for name in catalogue.attributes}
        yield Subject(
            row["subject"], row["kind"], tuple(row["models"].split()), row["name"],
            {name: value for name, value in attributes.items() if value is not None},
            tuple(records.get(row["subject"], ())), tuple(members.get(row["subject"], ())),
        )  # fmt: skip


def _in_order(records: pa.Table, catalogue: Catalogue) -> list[tuple[str, Record]]:
    """The records of a table in its order, each with its subject; taken category by category, for each has few of the columns."""
    places: dict[str, list[int]] = {}
    for place, category in enumerate(records["category"].to_pylist()):
        places.setdefault(category, []).append(place)
    in_order: dict[int, tuple[str, Record]] = {}
    for category, some in places.items():
        names = {field_column(name, field.type): name for name, field in catalogue.categories[category].fields.items()}
        for place, row in zip(some, records.select([*OF_EACH, *names]).take(some).to_pylist(), strict=True):
            fields = {name: row[column] for column, name in names.items() if row[column] is not None}
            in_order[place] = row["subject"], _record(row, fields)
    return [in_order[place] for place in range(len(records))]


def _record(row: Mapping[str, Any], fields: Mapping[str, Any]) -> Record:
    """A record that counts on the same days."""
    last, last_repaired = row["last_day"], row["last_day_repaired"]
    if last_repaired == 0:
        return Record(row["id"], row["category"], row["date"], fields, None, row["source"], "revoked")
    until = last_repaired if last_repaired < NEVER - 1 else None
    repaired_on = last + 1 if last < last_repaired else None
    status: RecordStatus = "valid" if repaired_on is None else "repaired"
    return Record(row["id"], row["category"], row["date"], fields, until, row["source"], status, repaired_on)
