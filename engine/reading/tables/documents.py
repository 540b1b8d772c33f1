"""Subjects to the tables that the evaluator of many reads, in memory or through files where they are many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path as File
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from engine.model.catalogue import Catalogue
from engine.model.period import NEVER
from engine.model.subject import Record, RecordStatus, Subject
from engine.model.table import Tables, attribute_column, column_type, field_column

if TYPE_CHECKING:
    from ibis.backends import BaseBackend as Connection
    from ibis.expr.types import Table

_ARROW = {"string": pa.string(), "boolean": pa.bool_(), "int64": pa.int64()}
BATCH = 10_000

Rows = dict[str, list[Mapping[str, object]]]


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
    rows = _rows(subjects, catalogue)
    tables = {name: pa.Table.from_pylist(rows[name], schema) for name, schema in schemas(catalogue).items()}
    in_backend = {name: in_memory(name, table, connection) for name, table in tables.items() if rows[name] or name != "members"}
    return Tables(in_backend["subjects"], in_backend["records"], in_backend.get("members"))


def in_memory(name: str, table: pa.Table, connection: Connection) -> Table:
    """A table on a backend."""
    if connection.name != "pyspark":
        return connection.create_table(name, table)
    connection._session.createDataFrame(table).createTempView(name)  # a created table would be files of a warehouse
    return connection.table(name)


def through_files(subjects: Iterable[Subject], catalogue: Catalogue, folder: File) -> dict[str, File]:
    """The subjects written to Parquet files as they come; the files by table, members only where there are any."""
    files = {name: folder / f"{name}.parquet" for name in schemas(catalogue)}
    writers = {name: pq.ParquetWriter(files[name], schema) for name, schema in schemas(catalogue).items()}
    counts = dict.fromkeys(files, 0)
    try:
        for batch in _batches(subjects):
            for name, rows in _rows(batch, catalogue).items():
                writers[name].write_table(pa.Table.from_pylist(rows, writers[name].schema))
                counts[name] += len(rows)
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


def _rows(subjects: Iterable[Subject], catalogue: Catalogue) -> Rows:
    rows: Rows = {"subjects": [], "records": [], "members": []}
    for subject in subjects:
        rows["subjects"].append(
            {
                "subject": subject.id, "kind": subject.kind, "models": " ".join(["", *subject.models, ""]),
                "name": subject.name, "member_count": len(subject.members),
                **{attribute_column(name): value for name, value in subject.attributes.items()},
            }
        )  # fmt: skip
        rows["members"] += [{"subject": subject.id, "member": member} for member in subject.members]
        for record in subject.records:
            fields = catalogue.categories[record.category].fields
            rows["records"].append(
                {
                    "subject": subject.id, "id": record.id, "category": record.category, "date": record.date,
                    "last_day": record.last_day, "last_day_repaired": record.last_day_repaired, "source": record.source,
                    **{field_column(name, fields[name].type): value for name, value in record.fields.items()},
                }
            )  # fmt: skip
    return rows


def to_subjects(tables: Tables, catalogue: Catalogue) -> Iterator[Subject]:
    """The subjects of tables, in the order of their ids; all of them fit into memory."""
    records: dict[str, list[Record]] = {}
    columns = {
        category.id: {field_column(name, field.type): name for name, field in category.fields.items()}
        for category in catalogue.categories.values()
    }
    for row in tables.records.semi_join(tables.subjects, "subject").order_by("subject", "date", "id").to_pyarrow().to_pylist():
        names = columns[row["category"]]
        fields = {name: row[column] for column, name in names.items() if row[column] is not None}
        records.setdefault(row["subject"], []).append(_record(row, fields))
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


def _record(row: Mapping[str, Any], fields: Mapping[str, Any]) -> Record:
    """A record that counts on the same days."""
    last, last_repaired = row["last_day"], row["last_day_repaired"]
    if last_repaired == 0:
        return Record(row["id"], row["category"], row["date"], fields, None, row["source"], "revoked")
    until = last_repaired if last_repaired < NEVER - 1 else None
    repaired_on = last + 1 if last < last_repaired else None
    status: RecordStatus = "valid" if repaired_on is None else "repaired"
    return Record(row["id"], row["category"], row["date"], fields, until, row["source"], status, repaired_on)
