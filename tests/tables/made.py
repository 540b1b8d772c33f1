"""A small population, kept in every way in which tables are read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from shutil import copytree
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import yaml

from benchmarks.population import make
from engine.reading.library_cache import load_library
from engine.reading.tables.raw_tables import RECORD, SUBJECT
from tests.language.examples import run_xinyong

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "policies"
AS_OF = "2025-12-31"

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]


def evaluate(inputs: Path, output: Path, policies: Path, *more: str) -> tuple[str, int]:
    """Text and exit code of the command, in English unless said otherwise."""
    more = more if "--lang" in more else (*more, "--lang", "en")
    arguments = ["evaluate", str(inputs), "--as-of", AS_OF, "--output", str(output), "--policies", str(policies), *more]
    return run_xinyong(arguments)


def small_policies(folder: Path) -> Path:
    """The policy here, with so much of the catalogue that ships as it reads."""
    target = copytree(SHIPPED / "common", folder / "policies" / "common").parent
    policy = (HERE / "policies" / "made.yaml").read_text(encoding="utf-8")
    (target / "made.yaml").write_text(policy, encoding="utf-8")
    file = target / "common" / "catalogue.yaml"
    catalogue = yaml.safe_load(file.read_text(encoding="utf-8"))
    for kind in ("categories", "attributes"):
        read = {name: entry for name, entry in catalogue[kind].items() if name in policy or entry.get("derived")}
        catalogue[kind] = read
    file.write_text(yaml.safe_dump(catalogue, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return target


def population(folder: Path, policies: Path, subjects: int = 300) -> Tables:
    """Made-up subjects with records of what a catalogue has, models of the policy here, and members."""
    make(folder, subjects, persons=0.2)
    catalogue = load_library([policies]).catalogue
    fields = {name for category in catalogue.categories.values() for name in category.fields}
    columns = {"subjects": {*SUBJECT, *catalogue.attributes}, "records": {*RECORD, *fields}}
    tables: Tables = {}
    for name, known in columns.items():
        rows = pq.read_table(folder / name).to_pylist()
        tables[name] = [
            {key: value for key, value in row.items() if key in known}
            for row in rows
            if name == "subjects" or row["category"] in catalogue.categories
        ]
    firms = [row["id"] for row in tables["subjects"] if row["kind"] == "organisation"]
    tables["members"] = []
    for number, row in enumerate(tables["subjects"]):
        if row["kind"] == "person":
            row["model"] = ["made/worker"]
            continue
        row["model"] = [["made/group"], [], ["made/group", "made/nothing"], ["elsewhere/group"], ["made/worker"]][number % 5]
        if number % 5 in (0, 2):
            chosen = [firms[(number + step) % len(firms)] for step in (1, 5, 11)]
            tables["members"] += [
                {"subject": row["id"], "member": member} for member in [*dict.fromkeys(chosen), "nobody here"]
            ]
    for number, row in enumerate(tables["records"]):
        if row.get("amount") is not None:
            row["amount"] = round(row["amount"] + number % 7 / 16, 4)
    return tables


# The ways


def as_documents(tables: Tables, folder: Path) -> Path:
    """A line a subject."""
    records: dict[str, Rows] = {}
    for row in tables["records"]:
        values = {key: value for key, value in row.items() if value is not None and key != "subject"}
        known = ("id", "category", "date", "until", "status", "repaired_on", "source")
        record = {key: values.pop(key) for key in known if key in values}
        records.setdefault(row["subject"], []).append({**record, "fields": values})
    members: dict[str, list[str]] = {}
    for row in tables["members"]:
        members.setdefault(row["subject"], []).append(row["member"])
    file = folder / "subjects.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for row in tables["subjects"]:
            values = {key: value for key, value in row.items() if value is not None}
            top: dict[str, Any] = {key: values.pop(key) for key in ("id", "kind", "model", "name") if key in values}
            whole = {**top, "attributes": values, "records": records.get(row["id"], []), "members": members.get(row["id"], [])}
            lines.write(json.dumps(whole, ensure_ascii=False, default=str) + "\n")
    return file


def arrow(tables: Tables) -> dict[str, pa.Table]:
    return {name: pa.Table.from_pylist(rows) for name, rows in tables.items()}


def as_parquet(tables: Tables, folder: Path) -> Path:
    for name, table in arrow(tables).items():
        pq.write_table(table, folder / f"{name}.parquet")
    return folder


def as_parts(tables: Tables, folder: Path) -> Path:
    """Several files a table, whose columns differ, in folders that other programs have left things in."""
    for name, rows in tables.items():
        (folder / name / "deeper").mkdir(parents=True)
        (folder / name / "_SUCCESS").touch()
        (folder / name / "._part.parquet").write_bytes(b"hidden")
        for number in range(3):
            part = pa.Table.from_pylist(
                [{key: row[key] for key in sorted(row, reverse=number == 1)} for row in rows[number::3]]
            )
            empty = [field.name for field in part.schema if part[field.name].null_count == len(part)]
            pq.write_table(part.drop(empty), folder / name / ("deeper" if number else "") / f"part-{number}.parquet")
    return folder


def as_odd_types(tables: Tables, folder: Path) -> Path:
    """Structs, decimals, timestamps, floats for whole numbers, whole numbers for booleans, dates as texts."""

    def odd(key: str, value: Any) -> Any:
        if isinstance(value, bool):
            return int(value)
        if isinstance(value, date):
            return value.isoformat() if key in ("until", "established") else datetime(value.year, value.month, value.day)
        if isinstance(value, float):
            return Decimal(str(value)).quantize(Decimal("0.000001"))
        return float(value) if isinstance(value, int) else value

    def nested(rows: Rows, name: str, top: tuple[str, ...]) -> Rows:
        return [
            {**{key: odd(key, row.get(key)) for key in top}, name: {key: odd(key, row[key]) for key in row if key not in top}}
            for row in rows
        ]

    subjects = [row | {"model": " ".join(row["model"])} for row in tables["subjects"]]
    tables_of_odd_types = {
        "subjects": nested(subjects, "attributes", ("id", "kind", "model", "name")),
        "records": nested(
            tables["records"], "fields", ("subject", "id", "category", "date", "until", "status", "repaired_on", "source")
        ),
        "members": tables["members"],
    }
    return as_parquet(tables_of_odd_types, folder)


def as_json_columns(tables: Tables, folder: Path) -> Path:
    """`attributes` and `fields` as JSON in texts."""

    def nested(rows: Rows, name: str, top: tuple[str, ...]) -> Rows:
        nested_rows = []
        for row in rows:
            inside = {key: value for key, value in row.items() if key not in top and value is not None}
            nested_rows.append(
                {
                    **{key: row.get(key) for key in top},
                    name: json.dumps(inside, default=str, ensure_ascii=False) if inside else None,
                }
            )
        return nested_rows

    subjects = [row | {"model": "、".join(row["model"]) or None} for row in tables["subjects"]]
    top = ("subject", "id", "category", "date", "until", "status", "repaired_on", "source")
    tables_with_json = {
        "subjects": nested(subjects, "attributes", ("id", "kind", "model", "name")),
        "records": nested(tables["records"], "fields", top),
        "members": tables["members"],
    }
    return as_parquet(tables_with_json, folder)


def texts(tables: Tables) -> dict[str, pa.Table]:
    """As a program that writes CSV has them."""

    def text(value: Any) -> Any:
        if isinstance(value, list):
            return " ".join(value) or None
        return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    return {
        name: pa.Table.from_pylist([{key: text(value) for key, value in row.items()} for row in rows])
        for name, rows in tables.items()
    }


def as_csv(tables: Tables, folder: Path) -> Path:
    for name, table in texts(tables).items():
        pacsv.write_csv(table, folder / f"{name}.csv")
    return folder


def as_several_csv(tables: Tables, folder: Path) -> Path:
    """With the mark that Excel writes and its line ends, semicolons in one, and other columns in another."""
    for name, table in texts(tables).items():
        (folder / name).mkdir()
        for number in range(3):
            part = table.slice(number * len(table) // 3, (number + 1) * len(table) // 3 - number * len(table) // 3)
            options = pacsv.WriteOptions(delimiter=";" if number == 1 else ",")
            if number == 2:
                part = part.select(list(reversed(part.column_names)))
            sink = pa.BufferOutputStream()
            pacsv.write_csv(part, sink, options)
            written = sink.getvalue().to_pybytes().decode()
            (folder / name / f"{number}.csv").write_bytes(("\ufeff" + written.replace("\n", "\r\n")).encode())
    return folder


def as_duckdb(tables: Tables, folder: Path) -> Path:
    """In a file whose name means something elsewhere, and a category as an enumeration."""
    file = folder / "d'a[t]a.duckdb"
    with duckdb.connect(str(file)) as database:
        for name, table in arrow(tables).items():
            database.register("given", table)
            database.execute(f"create table {'stored' if name == 'records' else name} as select * from given")
        database.execute("create table records as select * replace (category::enum_of_it as category) from stored".replace(
            "enum_of_it", "enum ('" + "', '".join(sorted({row["category"] for row in tables["records"]})) + "')"
        ))  # fmt: skip
    return file


def as_sqlite(tables: Tables, folder: Path) -> Path:
    """In a file whose name has characters that mean something in addresses."""
    file = folder / "data 100%41#1.sqlite"

    def cell(value: Any) -> Any:
        return " ".join(value) if isinstance(value, list) else value.isoformat() if isinstance(value, date) else value

    with sqlite3.connect(file) as database:
        for name, rows in tables.items():
            columns = list(dict.fromkeys(key for row in rows for key in row))
            database.execute(f"create table {name} ({', '.join(columns)})")
            values = [[cell(row.get(column)) for column in columns] for row in rows]
            database.executemany(f"insert into {name} values ({', '.join('?' * len(columns))})", values)
    database.close()
    return file


WAYS: dict[str, Callable[[Tables, Path], Path]] = {
    "documents": as_documents, "parquet": as_parquet, "parts": as_parts, "odd types": as_odd_types,
    "json columns": as_json_columns, "csv": as_csv, "several csv": as_several_csv, "duckdb": as_duckdb, "sqlite": as_sqlite,
}  # fmt: skip


def results(output: Path) -> Iterator[dict[str, Any]]:
    """The rows of results in Parquet; of a folder, each with its reasoning, model by model."""
    if output.is_file():
        yield from pq.read_table(output).to_pylist()
        return
    for file in sorted((output / "results").iterdir()):
        reasons = reasoning(output, file.stem)
        for row in pq.read_table(file).to_pylist():
            yield row | reasons.get(row["subject"], {})


def reasoning(output: Path, model: str) -> dict[str, dict[str, Any]]:
    """The facts and points of a folder of results by subject, of POLICY.MODEL."""
    folder = output / "reasoning" / model
    return {row["subject"]: row for row in pq.read_table(folder).to_pylist()} if folder.is_dir() else {}
