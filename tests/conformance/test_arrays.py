"""The same cases by the array evaluator."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ibis
import pytest

from engine.evaluating.arrays.columns_read import columns_read
from engine.evaluating.arrays.evaluate import Result, evaluate, plan
from engine.model import number, period
from engine.model.subject import Subject
from engine.reading.files import find_files
from engine.reading.inputs import read_inputs
from engine.reading.library import read_library
from engine.reading.tables.batches import read_batch
from engine.reading.tables.documents import from_subjects
from tests.agreement.many import rows_of
from tests.conformance.test_conformance import CASES, _expected


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_case(folder: Path) -> None:
    """Every subject and model that is expected, and no other, comes out with every key as expected."""
    library = read_library(find_files([folder / "policies"])).library
    documents = read_inputs([folder / "subjects.jsonl"], library.catalogue, {policy.id for policy in library.policies})
    subjects = [document for document in documents if isinstance(document, Subject)]
    tables = from_subjects(subjects, library.catalogue, ibis.duckdb.connect())
    for day, expected in _expected(folder).items():
        planned, lines = plan(library, period.read_day(day) or 0), {}
        batch = read_batch(tables, library.catalogue, columns_read(planned))
        for result in evaluate(planned, batch).values():
            for key, row in rows_of(result, batch).items():
                own = {f"fact_{name}": value for name, value in row.get("facts", {}).items()}
                own |= {f"points_{name}": value for name, value in row.get("points", {}).items()}
                lines[key] = written(row | own | {"subject": key[0]}, result, day, expected.get(key, {}))
        assert lines == expected


def written(row: dict[str, Any], result: Result, day: str, expected: dict[str, Any]) -> dict[str, Any]:
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
