"""The same cases by the columnar evaluator on DuckDB: one in the default run, all in the long one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ibis
import pytest

from engine.evaluating.arrays.evaluate import Result as ArrayResult
from engine.evaluating.columnar.evaluate import Result, evaluate
from engine.model import number, period
from engine.model.subject import Subject
from engine.reading.files import find_files
from engine.reading.inputs import read_inputs
from engine.reading.library import read_library
from engine.reading.tables.documents import from_subjects
from tests.conformance.test_conformance import CASES, _expected

LONG = [pytest.param(folder, id=folder.name, marks=pytest.mark.long) for folder in CASES]


@pytest.mark.parametrize("folder", LONG)
def test_case(folder: Path) -> None:
    """Every subject and model that is expected, and no other, comes out with every key as expected."""
    check(folder, ibis.duckdb.connect)


def check(folder: Path, connect: Callable[[], Any]) -> None:
    """A folder on a backend, connected to anew for each of its days."""
    library = read_library(find_files([folder / "policies"])).library
    documents = read_inputs([folder / "subjects.jsonl"], library.catalogue, {policy.id for policy in library.policies})
    subjects = [document for document in documents if isinstance(document, Subject)]
    for day, expected in _expected(folder).items():
        connection = connect()
        tables = from_subjects(subjects, library.catalogue, connection)
        results = evaluate(library, tables, period.read_day(day) or 0)
        lines = {}
        for name, result in results.items():
            for row in connection.to_pyarrow(result.table).to_pylist():
                key = row["subject"], name
                lines[key] = written(row, result, day, expected.get(key, {}))
        assert lines == expected


def written(row: dict[str, Any], result: Result | ArrayResult, day: str, expected: dict[str, Any]) -> dict[str, Any]:
    """A row as a line of the expected ones; of the points those that are expected."""
    tree: dict[str, Any] = {
        "subject": row["subject"], "policy": result.policy.id, "model": result.model.id, "as_of": day,
        "valid_until": None if row["valid_until"] is None else period.iso_text(row["valid_until"]),
    }  # fmt: skip
    if row["outcome"] == "not_evaluated":
        return tree | {"not_evaluated": sorted(row["reason"])}
    if row["outcome"] == "rejected":
        return tree | {"rejected": True}
    facts = {name: row[f"fact_{name}"] for name in result.model.facts}
    ids = [*(indicator.id for indicator in result.model.indicators()), *(item.id for item in result.model.items())]
    points = {name: row[f"points_{name}"] for name in ids}
    tree |= {
        "score": None if row["score"] is None else number.two_decimals(row["score"]),
        "level": row["level"], "grade": row["grade"],
        "facts": {name: number.plain_decimal(value) if type(value) is int else value for name, value in facts.items()},
        "vetoes": sorted(row["vetoes"]), "measures": sorted(row["measures"]),
    }  # fmt: skip
    if "points" in expected:
        written = {name: number.shortest(value) for name, value in points.items() if value is not None}
        tree["points"] = {name: value for name, value in written.items() if name in expected["points"]}
    return tree
