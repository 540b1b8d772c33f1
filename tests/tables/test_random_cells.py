"""Whatever stands in the cells of a table: a subject is refused there exactly where its document is refused."""

from __future__ import annotations

import csv
import json
import math
import random
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine.reading.day import iso_day
from tests.language.examples import BASE
from tests.tables.made import evaluate

POLICIES = BASE / "policies"
SUBJECTS = 300
GOOD_ID, GOOD_PERSON = "91110000600037341L", "43050219630413003X"

NUMBERS = (
    [0, 1, 3, -1, 100, 101, 2**31, 10**11, 10**11 + 1, 2**63 - 1, -(10**11), 5, 7, 42],
    [0.5, 1.0, 99.9999, 100.0001, 0.00001, 1e11, 1e12, 1e-5, 0.1 + 0.2, -0.0, float("nan"), float("inf"), 12.25, 60.0],
    [Decimal(number) for number in ("1.5", "0.00001", "100", "99999999999.9999", "100000000000", "100000000000.0001", "3.000000", "-1")],
    ["3", "+3", "-0", "007", "3.0", "3.14159", "1.00000", "1e3", ".5", "5.", "", " 4", "1,000", "三", "99999999999.9999",
     "100000000000", "100000000000.1", "999999999999999", "0.0001", "NaN"],
)  # fmt: skip
DAYS = (
    [date(2025, 6, 1), date(2025, 5, 31), date(1, 1, 1), date(2024, 2, 29), date(2031, 1, 1)],
    [datetime(2025, 6, 1), datetime(2025, 6, 1, 12), datetime(2025, 5, 31), datetime(1969, 12, 31), datetime(2030, 1, 1)],
    [
        "2025-06-01",
        "2025-6-1",
        "2025-02-29",
        "2024-02-29",
        "20250601",
        "2025-06-01 00:00:00",
        "",
        "0001-01-01",
        "0000-01-01",
        "明天",
    ],
)
BOOLEANS = ([True, False], [1, 0], ["true", "False", "1", "0", "TRUE", "yes", "", "tRUE"])
KINDS = ["organisation"] * 40 + ["person", "park", "firm", "", None]
IDS = ["{}"] * 30 + [GOOD_ID, GOOD_ID[:-1] + "A", GOOD_PERSON, GOOD_PERSON[:-1] + "A", "430502196302300031", "", None]
MODELS = ["example/shop"] * 30 + [
    "",
    None,
    "a/b，c/d",
    "shop",
    "example/shop example/other",
    "example/shop;example/shop",
    " example/shop ，",
    "a/b/c",
]
CATEGORIES = ["penalty"] * 20 + ["survey"] * 20 + ["complaint"] * 4 + ["industry_evaluation"] * 4 + ["praise", "", None]
STATUSES = [None] * 20 + ["valid", "disputed", "revoked", "", "gone"] + ["repaired"] * 4


def of_one_type(random: random.Random, choices: tuple[list[Any], ...], empty: float) -> Callable[[], Any]:
    """Cells of a column, all of one type, mostly the first."""
    chosen = random.choice(choices)
    return lambda: None if random.random() < empty else chosen[0] if random.random() < 0.8 else random.choice(chosen)


def seldom(random: random.Random, cell: Callable[[], Any]) -> Callable[[], Any]:
    """Mostly nothing."""
    return lambda: cell() if random.random() < 0.15 else None


def random_rows(seed: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Subjects, and a record each, with cells at random."""
    dice = random.Random(seed)
    subject = {
        "staff": seldom(dice, of_one_type(dice, NUMBERS, 0.5)), "balance": seldom(dice, of_one_type(dice, NUMBERS, 0.5)),
        "founded": seldom(dice, of_one_type(dice, DAYS, 0.5)), "chain": seldom(dice, of_one_type(dice, BOOLEANS, 0.5)),
        "size": seldom(dice, lambda: dice.choice(["small", "large", "huge", ""])),
    }  # fmt: skip
    record = {
        "date": of_one_type(dice, DAYS, 0.02), "until": seldom(dice, of_one_type(dice, DAYS, 0.3)),
        "repaired_on": of_one_type(dice, DAYS, 0.1), "percent": of_one_type(dice, NUMBERS, 0.05),
        "answers": seldom(dice, of_one_type(dice, NUMBERS, 0.3)), "fine": seldom(dice, of_one_type(dice, NUMBERS, 0.3)),
        "published": seldom(dice, of_one_type(dice, BOOLEANS, 0.2)), "held_on": seldom(dice, of_one_type(dice, DAYS, 0.2)),
        "weight": of_one_type(dice, NUMBERS, 0.1), "vetoed": of_one_type(dice, BOOLEANS, 0.1),
    }  # fmt: skip
    own = {
        "penalty": ("fine",),
        "survey": ("percent", "answers", "published", "held_on"),
        "industry_evaluation": ("weight", "vetoed"),
    }
    subjects: list[dict[str, Any]] = []
    records: list[dict[str, Any]] = []
    for number in range(SUBJECTS):
        name = dice.choice(IDS)
        name = name and name.format(f"s{number}")
        if name in {row["id"] for row in subjects}:
            name = f"s{number}"
        subjects.append(
            {
                "id": name,
                "kind": dice.choice(KINDS),
                "model": dice.choice(MODELS),
                **{key: cell() for key, cell in subject.items()},
            }
        )
        category = dice.choice(CATEGORIES)
        cells = {key: cell() for key, cell in record.items()}
        status = dice.choice(STATUSES)
        for key in sorted(set(cells) - {"date", "until", *own.get(category or "", ())}):
            if not (key == "repaired_on" and status == "repaired") and dice.random() < 0.99:
                cells[key] = None
        records.append(
            {
                "subject": name, "id": dice.choice(["r1"] * 40 + ["", None]), "category": category, "status": status,
                "seriousness": dice.choice(["minor"] * 20 + ["serious", "grave"]) if category == "penalty" else None,
                "policy": dice.choice(["example", "other", "other"]) if category == "industry_evaluation" else None,
                "model": "shop" if category == "industry_evaluation" else None, **cells,
            }
        )  # fmt: skip
    return subjects, records


def plain(key: str, cell: Any) -> str:
    """What a document would say for a cell, in JSON."""
    numeric = ("staff", "balance", "percent", "answers", "fine", "weight")
    if isinstance(cell, str):
        cell = cell.strip()  # a document says a number, and a day in one way
        if key in ("founded", "date", "until", "repaired_on", "held_on"):
            cell = iso_day(cell) or cell
    if isinstance(cell, datetime):
        return json.dumps(cell.date().isoformat() if cell == datetime(cell.year, cell.month, cell.day) else cell.isoformat(" "))
    if isinstance(cell, date):
        return json.dumps(cell.isoformat())
    if key in ("chain", "published", "vetoed"):
        if cell in (0, 1):
            return json.dumps(bool(cell))
        known = {"true": "true", "TRUE": "true", "1": "true", "False": "false", "0": "false"}
        return known.get(str(cell), json.dumps(cell))
    if isinstance(cell, Decimal):
        return str(cell)
    if key in numeric and isinstance(cell, str) and re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", cell):
        return str(Decimal(cell))
    if isinstance(cell, float) and not cell.is_integer():
        return "Infinity" if math.isinf(cell) else format(Decimal(repr(cell)), "f")
    return json.dumps(int(cell) if isinstance(cell, float) else cell, ensure_ascii=False)


def document(subject: dict[str, Any], record: dict[str, Any]) -> str:
    """The same as a document."""

    def written(row: dict[str, Any], keys: list[str]) -> list[str]:
        there = [key for key in keys if row[key] is not None and row[key] != "" and row[key] == row[key]]
        return [f"{json.dumps(key)}: {plain(key, row[key])}" for key in there]

    top = written(subject, ["id", "kind"])
    if subject["model"]:
        names = [name for name in re.split(r"[\s,;、，；]+", subject["model"]) if name]
        top.append(f'"model": {json.dumps(names)}')
    top.append(f'"attributes": {{{", ".join(written(subject, ["staff", "balance", "founded", "chain", "size"]))}}}')
    known = ["id", "category", "date", "until", "status", "repaired_on"]
    fields = written(record, [key for key in record if key not in (*known, "subject")])
    inside = [*written(record, known), f'"fields": {{{", ".join(fields)}}}']
    return f'{{{", ".join(top)}, "records": [{{{", ".join(inside)}}}]}}'


def agree(seed: int, folder: Path) -> None:
    """Refused there, refused here."""
    subjects, records = random_rows(seed)
    (folder / "in").mkdir()
    for name, rows in (("subjects", subjects), ("records", records)):
        pq.write_table(pa.Table.from_pylist(rows), folder / "in" / f"{name}.parquet")
    evaluate(folder / "in", folder / "results.jsonl", POLICIES)
    with (folder / "results.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        rejects = list(csv.DictReader(file))
    refused = {int(row["row"]) for row in rejects if row["code"] != "row_of_nobody"}
    assert "cell_unclear" not in {row["code"] for row in rejects}, [row for row in rejects if row["code"] == "cell_unclear"]

    lines = [document(*both) for both in zip(subjects, records, strict=True)]
    (folder / "documents.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    evaluate(folder / "documents.jsonl", folder / "documents.parquet", POLICIES, "--engine", "single")
    with (folder / "documents.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        expected = {int(row["row"]) for row in csv.DictReader(file)}
    missed, invented = sorted(expected - refused), sorted(refused - expected)
    assert not missed, [lines[row - 1] for row in missed[:3]]
    assert not invented, [
        (lines[row - 1], [reject["code"] for reject in rejects if reject["row"] == str(row)]) for row in invented[:3]
    ]


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 10))])
def test_refused_alike(seed: int, tmp_path: Path) -> None:
    agree(seed, tmp_path)
