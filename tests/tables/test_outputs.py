"""Each format of output holds the same rows, and what has room for it each model's reasoning in its own types."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.language.examples import BASE
from tests.tables.made import as_documents, evaluate, population, reasoning, results, small_policies

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


MODELS = ("made.firm", "made.group", "made.worker")


@pytest.fixture(scope="module")
def folder(inputs: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results and reasoning, twice: a second run takes the place of the first."""
    output = tmp_path_factory.mktemp("folder") / "results"
    for _ in range(2):
        evaluate(inputs[0], output, inputs[1], "--engine", "single")
    return output


def reasons_of(folder: Path, model: str) -> list[dict[str, Any]]:
    return list(reasoning(folder, model).values())


def test_folder(rows: list[dict[str, Any]], folder: Path) -> None:
    """The same rows as in one file, a file a model; and each model's own facts, points and types, of whom it evaluated."""
    assert [path.name for path in folder.parent.iterdir() if path.suffix != ".csv"] == ["results"]
    assert {path.name for path in folder.iterdir()} == {"results", "reasoning"}
    files = {path.stem: path for path in (folder / "results").iterdir()}
    assert set(files) == {*MODELS, "refused", "refused-inputs"}
    order = [*(name for name in ("made.firm", "made.worker", "made.group")), "refused", "refused-inputs"]
    assert [row for name in order for row in pq.read_table(files[name]).to_pylist()] == rows
    assert {tuple(pq.read_schema(file)) for file in files.values()} == {tuple(pq.read_schema(files["made.firm"]))}
    assert sorted(path.name for path in (folder / "reasoning").iterdir()) == sorted(MODELS)
    for name in MODELS:
        evaluated = [
            row["subject"] for row in rows if f"{row['policy']}.{row['model']}" == name and row["outcome"] == "evaluated"
        ]
        assert [row["subject"] for row in reasons_of(folder, name)] == evaluated
    kinds = {name: pq.read_table(folder / "reasoning" / name).schema for name in MODELS}
    assert [kinds[name].field("fact_area").type for name in ("made.firm", "made.worker")] == [pa.string(), pa.bool_()]
    assert kinds["made.worker"].names == ["subject", "fact_hours", "fact_rank", "fact_area", "points_hours"]
    firm = reasons_of(folder, "made.firm")
    assert {type(row["fact_area"]) for row in firm} == {str}
    assert {type(row["points_penalties"]) for row in firm} == {float}
    for row in firm:
        whole = next(other for other in rows if (other["subject"], other["model"]) == (row["subject"], "firm"))
        if not whole["vetoes"]:
            assert Decimal(str(row["points_penalties"] + row["points_satisfaction"])) == whole["score"]


def test_over_a_wide_folder(inputs: tuple[Path, Path], rows: list[dict[str, Any]], tmp_path: Path) -> None:
    """A folder as it was before, a file a model with everything in it, gives way; one with another's file does not."""
    (tmp_path / "results").mkdir()
    pq.write_table(pa.Table.from_pylist(rows[:1]), tmp_path / "results" / "made.firm.parquet")
    assert evaluate(inputs[0], tmp_path / "results", inputs[1], "--engine", "single")[1] == 1
    assert {path.name for path in (tmp_path / "results").iterdir()} == {"results", "reasoning"}
    for place in ("mine.txt", "reasoning/mine.txt", "results/mine.parquet", "reasoning/made.firm/mine.parquet"):
        (tmp_path / "results" / place).write_bytes(b"mine")
        out, code = evaluate(inputs[0], tmp_path / "results", inputs[1], "--engine", "single")
        assert (code, "output_exists" in out) == (2, True), place
        (tmp_path / "results" / place).unlink()


def test_duckdb(inputs: tuple[Path, Path], rows: list[dict[str, Any]], folder: Path, tmp_path: Path) -> None:
    """A table of results, a table a model in a schema of their own, and views that join them, under any name of the file."""
    evaluate(inputs[0], tmp_path / "results.duckdb", inputs[1], "--engine", "single")
    (tmp_path / "results.duckdb").rename(tmp_path / "o'ther.duckdb")
    with duckdb.connect(str(tmp_path / "o'ther.duckdb"), read_only=True) as database:
        assert database.sql("from results").to_arrow_table().to_pylist() == rows
        for name in MODELS:
            reasons = reasons_of(folder, name)
            assert database.sql(f'from reasoning."{name}"').to_arrow_table().to_pylist() == reasons
            by_subject = {row["subject"]: row for row in reasons}
            nothing = dict.fromkeys(reasons[0])
            joined = database.sql(f'from "{name}" order by subject').to_arrow_table().to_pylist()
            expected = [
                {**(by_subject.get(row["subject"]) or nothing), **row}
                for row in rows
                if f"{row['policy']}.{row['model']}" == name
            ]
            assert joined == sorted(expected, key=lambda row: row["subject"])
        names = database.sql("select table_schema, table_name, table_type from information_schema.tables").fetchall()
    assert sorted(names) == sorted(
        [("main", "results", "BASE TABLE"), *(("reasoning", name, "BASE TABLE") for name in MODELS)]
        + [("main", name, "VIEW") for name in MODELS]
    )


@pytest.mark.parametrize("ending", [".parquet", ".csv", ".jsonl"])
def test_no_room_for_reasoning(ending: str, inputs: tuple[Path, Path], tmp_path: Path) -> None:
    """One table holds no other: where the reasoning is asked for, the outputs that have room for it are named."""
    for lang, sentence, remedy in (
        ("zh", "是一张表，写不下各模型的理由", "输出写成文件夹、.duckdb 或 .xlsx"),
        ("en", "is one table, which has no room for each model's reasoning", "write a folder, .duckdb or .xlsx"),
    ):
        out, code = evaluate(inputs[0], tmp_path / f"o{ending}", inputs[1], "--reasoning", "all", "--lang", lang)
        assert (code, "[reasoning_apart]" in out, sentence in out, remedy in out) == (2, True, True, True), out
    assert not list(tmp_path.iterdir())


def seen(value: Any) -> Any:
    """As a workbook has it."""
    match value:
        case list():
            return " ".join(value)
        case Decimal():
            return float(value)
        case _:
            return value


def test_workbook(inputs: tuple[Path, Path], rows: list[dict[str, Any]], folder: Path, tmp_path: Path) -> None:
    """A sheet of results and a sheet a model; an identifier like a formula or an address stays a text."""
    evaluate(inputs[0], tmp_path / "results.xlsx", inputs[1], "--engine", "single", "--headers", "codes")
    book = openpyxl.load_workbook(tmp_path / "results.xlsx")
    assert sorted(book.sheetnames) == sorted(["results", *MODELS])
    for sheet in book:
        heading, *body = sheet.iter_rows()
        rows_read = []
        for line in body:
            assert {cell.data_type for cell in line} <= {"s", "n", "d", "b"}
            assert all(cell.hyperlink is None for cell in line)
            values = [cell.value.date() if isinstance(cell.value, datetime) else cell.value for cell in line]
            rows_read.append(dict(zip([cell.value for cell in heading], values, strict=True)))
        if sheet.title == "results":
            assert {"=1+1", "https://example.org"} <= {row["subject"] for row in rows_read}
        expected = rows if sheet.title == "results" else reasons_of(folder, sheet.title)
        assert rows_read == [{key: seen(value) for key, value in row.items()} for row in expected]


def test_sheets_of_long_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel takes 31 characters: names that begin alike are told apart, and a sheet that would be too long is refused."""
    from engine.rendering import result_workbook, spreadsheet_cells

    taken: set[str] = set()
    for _ in range(3):
        taken.add(result_workbook._sheet_name("a-policy-with-a-long-name.a-model", taken))
    assert taken == {"a-policy-with-a-long-name.a-mod", "a-policy-with-a-long-name.a-~2", "a-policy-with-a-long-name.a-~3"}
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(spreadsheet_cells, "SHEET_ROWS", 1)
    Path("shops.jsonl").write_text(
        "".join(f'{{"id": "shop-{number}", "kind": "organisation", "model": "example/shop"}}\n' for number in range(2))
    )
    Path("results.xlsx").write_bytes(b"as before")
    for lang, sentence in (("zh", "2 行结果超过工作表的 1 行"), ("en", "2 rows of results are more than the 1 of a sheet")):
        headers = ("--headers", "codes") if lang == "zh" else ()
        out, code = evaluate(
            Path("shops.jsonl"), Path("results.xlsx"), POLICIES, "--engine", "single", "--lang", lang, *headers
        )
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
