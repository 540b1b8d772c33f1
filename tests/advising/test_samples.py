"""The courses of the samples that ship with the documentation, as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.language.examples import run_xinyong

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "docs" / "samples").glob("*.json*"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_schema(sample: Path) -> None:
    """Each line of a forecast keeps to the schema."""
    schema = json.loads((ROOT / "schema" / "course.schema.json").read_text(encoding="utf-8"))
    printed, code = run_xinyong(
        ["forecast", str(sample), "--policies", str(ROOT / "policies"), "--as-of", "2025-12-31", "--format", "json"]
    )
    assert code == 0, printed
    lines = [json.loads(printed)] if printed.startswith("{\n") else [json.loads(line) for line in printed.splitlines()]
    for line in lines:
        jsonschema.validate(line, schema)


def test_eldercare_worker() -> None:
    """The calendar of a care worker: better when a complaint lapses, worse when her certificates do."""
    printed, _ = run_xinyong(
        ["forecast", str(ROOT / "docs/samples/eldercare-worker.json"), "--policies", str(ROOT / "policies"), "--policy", "eldercare",
         "--as-of", "2025-12-31", "--format", "json"]
    )  # fmt: skip
    changes = json.loads(printed)["changes"]
    assert [(change["date"], change["level"]) for change in changes] == [
        ("2025-12-31", "B"), ("2026-03-30", "B+"), ("2026-05-06", "B-"), ("2026-06-11", "C"), ("2026-08-20", "C-"),
        ("2026-10-15", "C"),
    ]  # fmt: skip
    assert [cause["id"] for change in changes for cause in change["because"]] == [
        "ts-2025-0066", "jk-2025", "bj-2024", "px-2025", "myd-2025"
    ]  # fmt: skip
    assert [cause["id"] for change in changes for cause in change["because"] if cause["renewable"]] == [
        "jk-2025", "bj-2024", "px-2025"
    ]  # fmt: skip
