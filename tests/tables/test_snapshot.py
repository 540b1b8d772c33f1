"""The fingerprint of a subject tells every change of its rows, and nothing that is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from engine.reading.tables.snapshot import take_snapshot
from engine.reading.tables.source import open_tables

SUBJECTS = [{"id": f"s{number}", "kind": "organisation", "sort": "a", "label": "b"} for number in range(4)]
RECORDS = [
    {"subject": f"s{number % 4}", "id": f"r{number}", "category": "penalty", "date": "2025-06-01", "amount": number / 4}
    for number in range(8)
]


def fingerprints(folder: Path, subjects: list[dict[str, Any]], records: list[dict[str, Any]], **types: Any) -> dict[str, int]:
    folder.mkdir()
    pq.write_table(pa.Table.from_pylist(subjects), folder / "subjects.parquet")
    table = pa.Table.from_pylist(records)
    for name, kind in types.items():
        table = table.append_column(name, pa.nulls(len(table), kind))
    pq.write_table(table, folder / "records.parquet")
    connection = ibis.duckdb.connect()
    rows = take_snapshot(open_tables(folder, connection, folder), "salt").subjects.to_pyarrow().to_pylist()
    return {row["subject"]: row["input_hash"] for row in rows}


def changed(before: dict[str, int], after: dict[str, int]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_changes(tmp_path: Path) -> None:
    before = fingerprints(tmp_path / "before", SUBJECTS, RECORDS)
    assert sorted(before) == ["s0", "s1", "s2", "s3"]
    assert len(set(before.values())) == 4
    other = [row | {"amount": 99.0} if row["id"] == "r5" else row for row in RECORDS]
    swapped = [row | {"sort": "b", "label": "a"} if row["id"] == "s2" else row for row in SUBJECTS]
    across = [dict(row) for row in RECORDS]
    across[0]["amount"], across[4]["amount"] = across[4]["amount"], across[0]["amount"]
    for number, (subjects, records, who) in enumerate(
        [
            (SUBJECTS, list(reversed(RECORDS)), set()),
            (SUBJECTS, other, {"s1"}),
            (swapped, RECORDS, {"s2"}),
            (SUBJECTS, across, {"s0"}),
            (SUBJECTS, [*RECORDS, RECORDS[3]], {"s3"}),
            (SUBJECTS, [*RECORDS, RECORDS[3], RECORDS[3]], {"s3"}),
            (SUBJECTS, RECORDS[1:], {"s0"}),
            (SUBJECTS[:3], RECORDS, {"s3"}),
            (SUBJECTS, [row | {"amount": None} if row["id"] == "r6" else row for row in RECORDS], {"s2"}),
        ]
    ):
        assert changed(before, fingerprints(tmp_path / str(number), subjects, records)) == who, number


def test_empty_columns(tmp_path: Path) -> None:
    """A column in which nothing stands changes nobody, wherever it comes from; one cell in it changes its subject alone."""
    before = fingerprints(tmp_path / "before", SUBJECTS, RECORDS)
    empty = fingerprints(tmp_path / "empty", SUBJECTS, RECORDS, reason=pa.string(), deaths=pa.int64())
    assert empty == before
    filled = [row | {"reason": "x" if row["id"] == "r2" else None} for row in RECORDS]
    assert changed(before, fingerprints(tmp_path / "filled", SUBJECTS, filled)) == {"s2"}


def test_names_written_otherwise(tmp_path: Path) -> None:
    """Rows are of whom their name names, however it is written."""
    written = [row | {"subject": f" {row['subject']}　"} if row["id"] == "r1" else row for row in RECORDS]
    rows = fingerprints(tmp_path / "written", SUBJECTS, written)
    assert changed(fingerprints(tmp_path / "before", SUBJECTS, RECORDS), rows) == {"s1"}
