"""Each format of output holds the same rows."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest

from tests.language.examples import BASE
from tests.tables.made import as_documents, evaluate, population, results, small_policies

POLICIES = BASE / "policies"


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Documents, one of them refused, and policies."""
    folder = tmp_path_factory.mktemp("given")
    policies = small_policies(folder)
    tables = population(folder / "population", policies, 60)
    tables["subjects"][0]["staff"] = -1
    tables["subjects"][1]["id"] = "=1+1"
    tables["subjects"][2]["id"] = "https://example.org"
    return as_documents(tables, folder), policies


@pytest.fixture(scope="module")
def rows(inputs: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    file = tmp_path_factory.mktemp("parquet") / "results.parquet"
    assert evaluate(inputs[0], file, inputs[1], "--engine", "single")[1] == 1
    return list(results(file))


def short(value: Any) -> str:
    """As texts have it: numbers shortest, scores with two decimals, lists with spaces."""
    match value:
        case None:
            return ""
        case list():
            return " ".join(value)
        case bool():
            return str(value).lower()
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case _:
            return str(value)


def test_csv(inputs: tuple[Path, Path], rows: list[dict[str, Any]], tmp_path: Path) -> None:
    evaluate(inputs[0], tmp_path / "results.csv", inputs[1], "--engine", "single")
    """With the mark by which Excel knows UTF-8; an identifier like a formula has an apostrophe before it."""
    with (tmp_path / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert "'=1+1" in {row["subject"] for row in lines}
    expected = [{key: short(value) for key, value in row.items()} for row in rows]
    assert [row | {"subject": row["subject"].removeprefix("'")} for row in lines] == expected


def test_json_lines(inputs: tuple[Path, Path], rows: list[dict[str, Any]], tmp_path: Path) -> None:
    """Scores are texts of two decimals, so that no reader rounds them; days are ISO dates."""
    evaluate(inputs[0], tmp_path / "results.jsonl", inputs[1], "--engine", "single")
    lines = [json.loads(line) for line in (tmp_path / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    assert lines == json.loads(json.dumps(rows, default=str))


def test_duckdb(inputs: tuple[Path, Path], rows: list[dict[str, Any]], tmp_path: Path) -> None:
    evaluate(inputs[0], tmp_path / "results.duckdb", inputs[1], "--engine", "single")
    with duckdb.connect(str(tmp_path / "results.duckdb"), read_only=True) as database:
        assert database.sql("from results").to_arrow_table().to_pylist() == rows


def test_folder(inputs: tuple[Path, Path], rows: list[dict[str, Any]], tmp_path: Path) -> None:
    """A file a model, with its own columns; a second run takes the place of the first."""
    for _ in range(2):
        evaluate(inputs[0], tmp_path / "results", inputs[1], "--engine", "single")
    assert [path.name for path in tmp_path.iterdir() if path.name != "results.rejects.csv"] == ["results"]
    parts = {path.stem: pq.read_table(path).to_pylist() for path in (tmp_path / "results").iterdir()}
    assert set(parts) == {"made.firm", "made.group", "made.worker", "refused", "refused-inputs"}
    rows_of_parts = [row for part in parts.values() for row in part]
    by_name = {(row["subject"], row["policy"], row["model"]): row for row in rows}
    assert len(rows_of_parts) == len(rows)
    for row in rows_of_parts:
        whole = by_name[row["subject"], row["policy"], row["model"]]
        assert row == {key: whole[key] for key in row}
        assert not any(value for key, value in whole.items() if key not in row), "the others are other models'"


def test_workbook(inputs: tuple[Path, Path], rows: list[dict[str, Any]], tmp_path: Path) -> None:
    """A sheet a model; an identifier like a formula or an address stays a text."""
    evaluate(inputs[0], tmp_path / "results.xlsx", inputs[1], "--engine", "single")
    book = openpyxl.load_workbook(tmp_path / "results.xlsx")
    rows_read = []
    for sheet in book:
        heading, *body = sheet.iter_rows()
        for line in body:
            assert {cell.data_type for cell in line} <= {"s", "n", "d", "b"}
            assert all(cell.hyperlink is None for cell in line)
            rows_read.append({name.value: cell.value for name, cell in zip(heading, line, strict=True)})
    assert {"=1+1", "https://example.org"} <= {row["subject"] for row in rows_read}

    def seen(value: Any) -> Any:
        match value:
            case list():
                return " ".join(value)
            case Decimal():
                return float(value)
            case date():
                return value.isoformat()
            case _:
                return value

    assert len(rows_read) == len(rows)
    for row_read, row in zip(rows_read, rows, strict=True):
        for key, value in row_read.items():
            cell_text = value.date().isoformat() if hasattr(value, "date") else value
            assert (cell_text or "") == (seen(row[key]) or "") or cell_text == seen(row[key]), (key, value, row[key])


def test_sheets_of_long_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel takes 31 characters: names that begin alike are told apart, and a sheet that would be too long is refused."""
    from engine.rendering import result_files

    taken: set[str] = set()
    for _ in range(3):
        taken.add(result_files._sheet_name("a-policy-with-a-long-name.a-model", taken))
    assert taken == {"a-policy-with-a-long-name.a-mod", "a-policy-with-a-long-name.a-~2", "a-policy-with-a-long-name.a-~3"}
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(result_files, "SHEET_ROWS", 1)
    Path("shops.jsonl").write_text(
        "".join(f'{{"id": "shop-{number}", "kind": "organisation", "model": "example/shop"}}\n' for number in range(2))
    )
    Path("results.xlsx").write_bytes(b"as before")
    for lang, sentence in (("zh", "2 行结果超过工作表的 1 行"), ("en", "2 rows of results are more than the 1 of a sheet")):
        out, code = evaluate(Path("shops.jsonl"), Path("results.xlsx"), POLICIES, "--engine", "single", "--lang", lang)
        assert code == 2
        assert f"[sheet_full]{'：' if lang == 'zh' else ': '}{sentence}" in out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["results.xlsx", "shops.jsonl"]
    assert Path("results.xlsx").read_bytes() == b"as before"


def test_rejects_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--rejects` names their file, and an earlier one goes where nothing is refused any more."""
    monkeypatch.chdir(tmp_path)
    bad = '{"id": "shop-1", "kind": "organisation", "model": "example/shop", "attributes": {"staff": -1}}\n'
    Path("shops.jsonl").write_text(bad, encoding="utf-8")
    assert evaluate(Path("shops.jsonl"), Path("results.csv"), POLICIES, "--rejects", "back.csv")[1] == 1
    assert "documents,shops.jsonl,1,staff,shop-1,,too_small,`-1` is below 0" in Path("back.csv").read_text(encoding="utf-8-sig")
    Path("shops.jsonl").write_text(bad.replace("-1}", "1}"), encoding="utf-8")
    assert evaluate(Path("shops.jsonl"), Path("results.csv"), POLICIES, "--rejects", "back.csv")[1] == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["results.csv", "shops.jsonl"]


@pytest.mark.parametrize("library", ["ibis", "xlsxwriter"])
def test_libraries_missing(library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install is said before anything is evaluated."""
    from engine.usecases import extras

    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == library else name)
    (tmp_path / "shops.jsonl").write_text('{"id": "shop-1", "kind": "organisation"}\n', encoding="utf-8")
    extra = {"ibis": "columnar", "xlsxwriter": "workbook"}[library]
    for lang, sentence in (("zh", "没有安装这项功能所用的程序库"), ("en", "the libraries for this are not installed")):
        out, code = evaluate(tmp_path / "shops.jsonl", tmp_path / "results.xlsx", POLICIES, "--lang", lang)
        assert code == 2
        assert f"[extra_missing]{'：' if lang == 'zh' else ': '}{sentence}" in out
        assert f"pip install 'xinyong[{extra}]'" in out
