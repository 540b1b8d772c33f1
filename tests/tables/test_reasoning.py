"""`--reasoning none` leaves out the tables of facts and points; the results are the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest

from engine.model.result_table import WITHOUT_REASONING
from tests.lanes import few
from tests.language.examples import BASE
from tests.tables.made import Tables, as_parquet, evaluate, population, results, small_policies

NONE = ("--reasoning", "none")
DAYS = ("2025-12-31", "2026-03-15")


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_policies(tmp_path_factory.mktemp("policies"))


@pytest.fixture(scope="module")
def tables(policies: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    tables = population(tmp_path_factory.mktemp("population"), policies, 60)
    return tables | {"members": tables["members"][:4]}


@pytest.fixture(scope="module")
def inputs(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return as_parquet(tables, tmp_path_factory.mktemp("in"))


@pytest.fixture(scope="module")
def rows(inputs: Path, policies: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What a run says without being asked for either."""
    file = tmp_path_factory.mktemp("whole") / "whole.parquet"
    evaluate(inputs, file, policies)
    return list(results(file))


@pytest.mark.parametrize("engine", few(["columnar", "single"], 1))
def test_parquet(engine: str, inputs: Path, rows: list[dict[str, Any]], policies: Path, tmp_path: Path) -> None:
    evaluate(inputs, tmp_path / "results.parquet", policies, *NONE, "--engine", engine)
    table = pq.read_table(tmp_path / "results.parquet")
    assert table.column_names == list(WITHOUT_REASONING)
    assert table.to_pylist() == rows


def test_texts(inputs: Path, rows: list[dict[str, Any]], policies: Path, tmp_path: Path) -> None:
    evaluate(inputs, tmp_path / "results.csv", policies, *NONE, "--encoding", "utf-8")
    table = pacsv.read_csv(tmp_path / "results.csv")
    assert table.column_names == list(WITHOUT_REASONING)
    assert table["subject"].to_pylist() == [row["subject"] for row in rows]
    evaluate(inputs, tmp_path / "results.jsonl", policies, *NONE)
    lines = [json.loads(line) for line in (tmp_path / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    assert lines == json.loads(json.dumps(rows, default=str))


def test_database(inputs: Path, rows: list[dict[str, Any]], policies: Path, tmp_path: Path) -> None:
    evaluate(inputs, tmp_path / "results.duckdb", policies, *NONE)
    with duckdb.connect(str(tmp_path / "results.duckdb"), read_only=True) as database:
        assert database.sql("from results").to_arrow_table().to_pylist() == rows


def test_parts(inputs: Path, rows: list[dict[str, Any]], policies: Path, tmp_path: Path) -> None:
    """A folder has the results alone, a workbook one sheet, a database one table."""
    evaluate(inputs, tmp_path / "results", policies, *NONE)
    assert [path.name for path in (tmp_path / "results").iterdir()] == ["results"]
    files = list((tmp_path / "results" / "results").iterdir())
    assert {tuple(pq.read_schema(file).names) for file in files} == {tuple(WITHOUT_REASONING)}
    assert sum(pq.read_metadata(file).num_rows for file in files) == len(rows)
    evaluate(inputs, tmp_path / "results.xlsx", policies, *NONE, "--headers", "codes")
    sheets = [list(sheet.values) for sheet in openpyxl.load_workbook(tmp_path / "results.xlsx")]
    assert [heading for heading, *_ in sheets] == [tuple(WITHOUT_REASONING)]
    assert [line[0] for _, *lines in sheets for line in lines] == [row["subject"] for row in rows]
    evaluate(inputs, tmp_path / "results.duckdb", policies, *NONE)
    with duckdb.connect(str(tmp_path / "results.duckdb"), read_only=True) as database:
        assert database.sql("select table_schema, table_name from information_schema.tables").fetchall() == [
            ("main", "results")
        ]


@pytest.mark.parametrize(("last", "day"), few([(last, day) for last in ("all", "none") for day in reversed(DAYS)], 0))
def test_since(last: str, day: str, tables: Tables, policies: Path, inputs: Path, tmp_path: Path) -> None:
    """Results without reasoning can go on from either kind, and are those of a full run."""
    first, second = tmp_path / "first", tmp_path / "second"
    evaluate(inputs, first, policies, "--reasoning", last)
    evaluate(inputs, second, policies, "--reasoning", last, "--since", str(first))
    subjects = [dict(row) for row in tables["subjects"]]
    subjects[5]["staff"] = (subjects[5]["staff"] or 0) + 7
    (tmp_path / "now-in").mkdir()
    now = as_parquet(tables | {"subjects": subjects, "records": tables["records"][1:]}, tmp_path / "now-in")
    out, code = evaluate(now, tmp_path / "now", policies, *NONE, "--as-of", day, "--since", str(second))
    evaluate(now, tmp_path / "full", policies, *NONE, "--as-of", day)
    assert code in (0, 1), out
    assert "evaluated anew" in out
    assert list(results(tmp_path / "now")) == list(results(tmp_path / "full"))


LANGUAGES = (
    ("zh", "里没有事实和得分，全部重新评价", "是以前的格式"),
    (
        "en",
        "lacks facts and points: everybody is evaluated anew",
        "is of an earlier form, with facts and points among the results",
    ),
)


@pytest.mark.long
def test_reasoning_lacking(inputs: Path, policies: Path, tmp_path: Path) -> None:
    """Where the last results lack the reasoning that is asked for, everybody is evaluated anew, and that is said."""
    evaluate(inputs, tmp_path / "last.parquet", policies)
    evaluate(inputs, tmp_path / "full", policies)
    for lang, sentence, _ in LANGUAGES:
        out, _ = evaluate(inputs, tmp_path / "now", policies, "--since", str(tmp_path / "last.parquet"), "--lang", lang)
        assert "[since_narrow]" in out
        assert sentence in out
    assert list(results(tmp_path / "now")) == list(results(tmp_path / "full"))


def test_since_wide(inputs: Path, rows: list[dict[str, Any]], policies: Path, tmp_path: Path) -> None:
    """Results of the form that had the facts of all models beside them are no longer gone on from, which is said."""
    wide = [row | {"fact_hours": 1.0, "input_hash": 1} for row in rows]
    pq.write_table(pa.Table.from_pylist(wide), tmp_path / "wide.parquet")
    (tmp_path / "wide").mkdir()
    pq.write_table(pa.Table.from_pylist(wide), tmp_path / "wide" / "made.worker.parquet")
    for last in ("wide.parquet", "wide"):
        for lang, _, sentence in LANGUAGES:
            out, code = evaluate(inputs, tmp_path / "now.csv", policies, "--since", str(tmp_path / last), "--lang", lang)
            assert code in (0, 1)
            assert "[since_wide]" in out
            assert sentence in out


def test_no_table(tmp_path: Path) -> None:
    """Where no table is written there is nothing to leave out."""
    file = tmp_path / "shop.jsonl"
    file.write_text('{"id": "shop-1", "kind": "organisation", "model": "example/shop"}\n', encoding="utf-8")
    for lang, sentence in (("zh", "--reasoning 用于结果表"), ("en", "--reasoning is for a table of results")):
        out, code = evaluate(file, tmp_path / "results.txt", BASE / "policies", *NONE, "--lang", lang)
        assert code == 2
        assert sentence in out
