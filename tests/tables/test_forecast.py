"""What `evaluate --forecast` adds to a table of results is what `forecast` says of each subject."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.lanes import few
from tests.language.examples import run_xinyong

ROOT = Path(__file__).parents[2]
PARK = ROOT / "docs" / "samples" / "park.jsonl"
FIXED = ("--policies", str(ROOT / "policies"), "--as-of", "2025-12-31")
Row = tuple[str, str, str, str | None, str | None]


def courses() -> set[Row]:
    """By subject and model the first day on which the level, vetoes or measures are others, and the level then."""
    printed, _ = run_xinyong(["forecast", str(PARK), *FIXED, "--until", "2026-12-31", "--format", "json"])
    rows = set()
    for line in map(json.loads, printed.splitlines()):
        first, *others = line["changes"]
        shown = [first[name] for name in ("outcome", "level", "vetoes", "measures")]
        later = (c for c in others if [c[name] for name in ("outcome", "level", "vetoes", "measures")] != shown)
        change = next(later, {"date": None, "level": None})
        rows.add((line["subject"], line["policy"], line["model"], change["date"], change["level"]))
    return rows


@pytest.mark.parametrize("name", few(["results.duckdb", "results.parquet", "results"], 1))
def test_as_one_by_one(name: str, tmp_path: Path) -> None:
    output = tmp_path / name
    printed, code = run_xinyong(
        ["evaluate", str(PARK), *FIXED, "--forecast", "12 months", "--output", str(output), "--lang", "en"]
    )
    assert code == 0, printed
    assert "until 2026-12-31 16 results will change: 0 better, 10 worse, 6 in measures or vetoes alone" in printed
    if name.endswith(".duckdb"):
        with duckdb.connect(str(output), read_only=True) as database:
            table = database.sql("SELECT * FROM results").to_arrow_table()
    else:
        table = pq.read_table(output / "results" if output.is_dir() else output)
    columns = ("subject", "policy", "model", "next_change", "next_level")
    rows = {tuple(None if cell is None else str(cell) for cell in row.values()) for row in table.select(columns).to_pylist()}
    assert rows == courses()


@pytest.mark.parametrize(
    "more", [["--engine", "single"], ["--format", "json"], ["--since", "x.parquet"], ["--backend", "spark"]]
)
def test_not_with(more: list[str], tmp_path: Path) -> None:
    """What cannot be said is refused."""
    printed, code = run_xinyong(
        ["evaluate", str(PARK), *FIXED, "--forecast", "90 days", "--output", str(tmp_path / "r.parquet"), *more]
    )
    assert (code, "--forecast" in printed) == (2, True)
