"""The same population, however it is kept, gives the same table of results as documents do, one by one."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest

from benchmarks.population import make
from tests.tables.made import SHIPPED, WAYS, Tables, as_documents, evaluate, population, results, small_policies, texts


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_policies(tmp_path_factory.mktemp("policies"))


@pytest.fixture(scope="module")
def tables(policies: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return population(tmp_path_factory.mktemp("population"), policies)


@pytest.fixture(scope="module")
def expected(tables: Tables, policies: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the definition says."""
    folder = tmp_path_factory.mktemp("single")
    out, code = evaluate(as_documents(tables, folder), folder / "results", policies, "--engine", "single")
    assert code == 1, out
    outcomes = {(row["model"], row["outcome"]) for row in results(folder / "results")}
    assert {("firm", "evaluated"), ("firm", "not_evaluated"), ("firm", "rejected"), ("group", "evaluated")} <= outcomes
    assert {("worker", "evaluated"), ("worker", "rejected"), ("nothing", "rejected")} <= outcomes
    return folder / "results"


def schemas(output: Path) -> dict[str, pa.Schema]:
    return {str(file.relative_to(output)): pq.read_schema(file) for file in output.rglob("*.parquet")}


QUICK = ("csv",)


@pytest.mark.parametrize("way", [pytest.param(way, marks=() if way in QUICK else pytest.mark.long) for way in WAYS])
def test_same_rows(way: str, tables: Tables, expected: Path, policies: Path, tmp_path: Path) -> None:
    """Column by column, in the same order."""
    (tmp_path / "in").mkdir()
    output = tmp_path / "results"
    out, code = evaluate(WAYS[way](tables, tmp_path / "in"), output, policies, "--engine", "columnar")
    assert code == 1, out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "results", "results.rejects.csv"]
    with (tmp_path / "results.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["code"] for row in csv.DictReader(file)} == {"model_kind", "model_unknown", "policy_unknown"}
    assert schemas(output) == schemas(expected)
    assert list(results(output)) == list(results(expected))


def test_engines_over_tables(tables: Tables, expected: Path, policies: Path, tmp_path: Path) -> None:
    """`--engine single` reads tables too."""
    out, code = evaluate(WAYS["csv"](tables, tmp_path), tmp_path / "results", policies, "--engine", "single")
    assert code == 1, out
    assert list(results(tmp_path / "results")) == list(results(expected))


@pytest.mark.long
def test_what_ships(tmp_path: Path) -> None:
    """All policies that ship, over the whole catalogue, from Parquet and from CSV."""
    make(tmp_path / "parquet", 300, persons=0.2)
    shipped = {name: pq.read_table(tmp_path / "parquet" / name).to_pylist() for name in ("subjects", "records")}
    (tmp_path / "csv").mkdir()
    for name, table in texts(shipped).items():
        pacsv.write_csv(table, tmp_path / "csv" / f"{name}.csv")
    for way, engine in (("parquet", "single"), ("parquet", "columnar"), ("csv", "columnar")):
        out, code = evaluate(tmp_path / way, tmp_path / f"{way}-{engine}", SHIPPED, "--engine", engine)
        assert code == 1, out
    expected = list(results(tmp_path / "parquet-single"))
    assert len(expected) > 600
    for other in ("parquet-columnar", "csv-columnar"):
        assert list(results(tmp_path / other)) == expected
