"""The workbook of results that an office reads says in words all that the programs' view has, and computes nothing."""

from __future__ import annotations

import csv
import json
import os
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from engine.cli.main import cli
from engine.reading.library_cache import load_library
from tests.tables.made import as_documents, evaluate, population, small_policies

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2025, 12, 31)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Documents with names, two of which are formulas, one of them refused; and policies."""
    folder = tmp_path_factory.mktemp("given")
    policies = small_policies(folder)
    tables = population(folder / "population", policies, 60)
    for number, subject in enumerate(tables["subjects"]):
        subject["name"] = f"第{number}家"
    tables["subjects"][0] |= {"staff": -1}
    tables["subjects"][1] |= {"id": "=1+1"}
    for subject in tables["subjects"][2:]:
        subject["name"] = f"=HYPERLINK({subject['name']})"
    tables["subjects"][-1]["name"] = "+cmd|' /C calc'!A0"
    return as_documents(tables, folder), policies


@pytest.fixture(scope="module")
def both(inputs: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any, Path]:
    """The workbook in words, and with codes."""
    folder = tmp_path_factory.mktemp("books")
    for headers in ("words", "codes"):
        out, code = evaluate(inputs[0], folder / f"{headers}.xlsx", inputs[1], "--headers", headers, "--lang", "zh")
        assert code == 1, out
    return openpyxl.load_workbook(folder / "words.xlsx"), openpyxl.load_workbook(folder / "codes.xlsx"), folder


def lines(sheet: Any) -> list[dict[str, Any]]:
    heads, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    assert len(set(heads)) == len(heads)
    return [
        dict(zip(heads, (value.date() if isinstance(value, datetime) else value for value in row), strict=True)) for row in rows
    ]


def count_of(text: Any, separator: str) -> int:
    return len(text.split(separator)) if text else 0


def test_all_results(both: tuple[Any, Any, Path]) -> None:
    """Row by row what the programs' view has: numbers and days as they are, of lists as many, with titles for ids."""
    words, codes, _ = both
    spoken, known = lines(words["评价结果"]), lines(codes["results"])
    same = {"主体标识": "subject", "得分": "score", "等级": "level", "等次": "grade", "有效至": "valid_until", "基准日": "as_of",
            "权重": "weight", "政策版本": "version", "政策摘要": "digest"}  # fmt: skip
    outcomes = {"evaluated": "已评价", "not_evaluated": "不参评", "rejected": "拒绝"}
    assert len(spoken) == len(known) > 60
    for word, code in zip(spoken, known, strict=True):
        assert {name: word[name] for name in same} == {name: code[key] for name, key in same.items()}
        assert word["结果"] == outcomes[code["outcome"]]
        assert count_of(word["一票否决"], "\n") == count_of(code["vetoes"], " ")
        assert count_of(word["措施"], "\n") == count_of(code["measures"], " ")
        assert bool(word["没有结果的原因"]) == bool(code["reason"])
        assert not any(part in str(word["没有结果的原因"] or "") for part in ("_missing", "wrong_type", "too_small"))
    assert {row["结果"] for row in spoken} == set(outcomes.values())


def test_reasoning(both: tuple[Any, Any, Path]) -> None:
    """A sheet a model with as many rows and columns, and the name of each subject; texts are words, numbers as they are."""
    words, codes, _ = both
    sheets = [name for name in codes.sheetnames if name != "results"]
    assert len(words.sheetnames) == len(sheets) + 3
    for spoken, name in zip((lines(words[title]) for title in words.sheetnames[3:]), sheets, strict=True):
        known = lines(codes[name])
        assert [row["主体标识"] for row in spoken] == [row["subject"] for row in known]
        for word, code in zip(spoken, known, strict=True):
            values = [value for head, value in word.items() if head not in ("主体标识", "名称")]
            for value, other in zip(values, list(code.values())[1:], strict=True):
                assert isinstance(value, str) or value == other
                assert value not in ("true", "false")


def test_names(both: tuple[Any, Any, Path], inputs: tuple[Path, Path]) -> None:
    """Of all whose documents can be read."""
    names = {row["主体标识"]: row["名称"] for row in lines(both[0]["评价结果"]) if row["结果"] != "拒绝"}
    documents = [json.loads(line) for line in inputs[0].read_text(encoding="utf-8").splitlines()]
    assert names == {document["id"]: document["name"] for document in documents if document["id"] in names}


def test_no_formula(both: tuple[Any, Any, Path]) -> None:
    """Whatever a text begins with, it is a text and marked as one."""
    words, _, folder = both
    begun: set[str] = set()
    for sheet in words:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "d", "b")
                assert cell.hyperlink is None
                if isinstance(cell.value, str) and cell.value.startswith(tuple("=+-@")) and not cell.value[1:].isdigit():
                    assert cell.quotePrefix, cell.value
                    begun.add(cell.value)
    assert {"=HYPERLINK(第7家)", "=1+1", "+cmd|' /C calc'!A0"} <= begun
    with zipfile.ZipFile(folder / "words.xlsx") as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets"))


def test_refused(both: tuple[Any, Any, Path]) -> None:
    """All rows of the file of refused rows, with what stands there and what to do."""
    words, _, folder = both
    with (folder / "words.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    spoken = lines(words["退回的行"])
    assert [(row["行"], row["问题"]) for row in spoken] == [(row["row"] or None, row["reason"]) for row in rows]
    (staff,) = [row for row in spoken if "staff" in str(row["列"])]
    assert (staff["原值"], staff["问题"]) == ("-1", "`-1` 小于 0")


def test_chart(both: tuple[Any, Any, Path]) -> None:
    """Each series is a level: its name, the models, and their counts in the table above the chart."""
    sheet = both[0]["汇总"]
    (chart,) = sheet._charts
    top = next(row for row in range(1, 40) if sheet.cell(row, 1).value == "模型或者表")
    heads = [cell.value for cell in sheet[top]]
    for place, series in enumerate(chart.series):
        column = "BCDEFGHIJKLMNOP"[place]
        assert series.tx.strRef.f == f"汇总!${column}${top}"
        first, last = series.val.numRef.f.removeprefix(f"汇总!${column}$").split(f":${column}$")
        assert int(first) == top + 1
        assert all(isinstance(sheet[f"{column}{row}"].value, int) or sheet[f"{column}{row}"].value is None
                   for row in range(int(first), int(last) + 1))  # fmt: skip
    assert heads[1 : 1 + len(chart.series)] == [
        level.name for level in load_library([ROOT / "policies"]).policies[0].scale.levels
    ]


def test_forecast(inputs: tuple[Path, Path], tmp_path: Path) -> None:
    out, code = evaluate(
        inputs[0], tmp_path / "r.xlsx", inputs[1], "--forecast", "400 days", "--lang", "zh", "--as-of", str(DAY)
    )
    assert code == 1, out
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    changing = [row for row in lines(book["评价结果"]) if row["将变日期"] is not None]
    coming = lines(book["将要变化"])
    assert [row["将变日期"] for row in coming] == sorted(row["将变日期"] for row in changing)
    assert {(row["主体标识"], row["评价模型"]) for row in coming} == {(row["主体标识"], row["评价模型"]) for row in changing}
    for row in coming:
        assert (row["变化"] == "只变措施或者一票否决") == (row["等级"] == row["届时等级"])


def test_headers_are_for_workbooks(inputs: tuple[Path, Path], tmp_path: Path) -> None:
    out, code = evaluate(inputs[0], tmp_path / "r.csv", inputs[1], "--headers", "words")
    assert (code, "--headers" in out) == (2, True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_golden(lang: str, tmp_path: Path) -> None:
    """The shipped samples of eldercare, as an office sees them; where it is meant, BLESS=1 renews it, and is to be read."""
    samples = [str(ROOT / "docs" / "samples" / f"eldercare-{name}.json") for name in ("institution", "worker")]
    arguments = ["evaluate", *samples, "--policies", str(ROOT / "policies"), "--as-of", str(DAY), "--lang", lang]
    result = CliRunner().invoke(cli, [*arguments, "--output", str(tmp_path / "r.xlsx")])
    assert result.exit_code == 0, result.output
    text = "\n".join(
        f"## {sheet.title}\n" + "\n".join(" | ".join(_cell(cell) for cell in row) for row in sheet.iter_rows(values_only=True))
        for sheet in openpyxl.load_workbook(tmp_path / "r.xlsx")
    )
    golden = Path(__file__).parent / f"office-workbook.{lang}.txt"
    text = f"{text}\n".replace(str(ROOT), "")
    if os.environ.get("BLESS"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return str(value.date())
    return "" if value is None else str(value).replace("\n", " / ")
