"""A formula counts with the value that a program has calculated; where none has, it is refused as one that failed."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.model.problem import InputError
from engine.reading.workbook.filled_workbook import read_workbook
from engine.rendering.snippet import snippets
from tests.workbook.filling import CATALOGUE
from tests.workbook.raw import Cell
from tests.workbook.reading import book, outcome, problems, texts

UNCALCULATED, ERROR, PICTURE = "[cell_uncalculated]", "[cell_error]", "[cell_picture]"


@pytest.mark.parametrize(
    ("column", "xml", "kind", "expected"),
    [
        ("hours", "<f>40*0.9</f>", "", UNCALCULATED), ("hours", "<f>40*0.9</f><v></v>", "", UNCALCULATED), ("hours", "<f>40*0.9</f><v/>", "n", UNCALCULATED),
        ("hours", "<f>40*0.9</f><v>36</v>", "", "36"), ("hours", "<f>0</f><v>0</v>", "", "0"), ("hours", "<f>A1+B1</f><v>0.0</v>", "", UNCALCULATED),
        ("text", '<f>IF(A2="","","x")</f><v></v>', "str", None), ("text", "<f>A2</f>", "str", UNCALCULATED), ("text", "<f>A2</f><v>甲</v>", "str", "甲"),
        ("hours", '<f t="shared" si="0"/><v>36</v>', "", "36"), ("hours", '<f t="shared" si="0"/>', "", UNCALCULATED),
        ("hours", "<f/><v>36</v>", "", "36"), ("hours", "<f>[1]Sheet1!A1</f><v>36</v>", "", "36"), ("hours", "<f>NA()</f><v>#N/A</v>", "e", ERROR),
        ("hours", "<v>#SPILL!</v>", "e", ERROR), ("hours", "<v>#N/A</v>", "str", ERROR), ("text", "<is><t>#REF!</t></is>", "inlineStr", ERROR),
        ("text", "<is><t>#1 号楼</t></is>", "inlineStr", "#1 号楼"), ("hours", '<f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v>', "str", PICTURE),
        ("text", '<f>_xlfn.IMAGE("https://example.invalid/a.png")</f><v>#VALUE!</v>', "e", PICTURE), ("text", '<f>dispimg("ID_1",1)</f><v>x</v>', "str", PICTURE), ("text", '<v>=DISPIMG("ID_1",1)</v>', "str", PICTURE),
        ("date", "<f>DATE(2025,7,1)</f>", "", UNCALCULATED), ("boolean", "<f>TRUE()</f><v>1</v>", "b", "true"), ("boolean", "<f>TRUE()</f>", "b", UNCALCULATED),
    ],
)  # fmt: skip
def test_formulas(column: str, xml: str, kind: str, expected: str | None, tmp_path: Path) -> None:
    assert outcome(column, Cell(xml=xml, kind=kind), tmp_path / "t.xlsx") == expected


@pytest.mark.parametrize(
    ("calculation", "expected"),
    [
        ('fullCalcOnLoad="1"', UNCALCULATED), ("fullCalcOnLoad='true'", UNCALCULATED), ('forceFullCalc="1"', UNCALCULATED), ('calcCompleted="0"', UNCALCULATED),
        ('calcMode="manual" calcOnSave="0"', UNCALCULATED), ('calcMode="manual"', "36"), ('calcId="191029"', "36"), ('fullCalcOnLoad="0"', "36"),
    ],
)  # fmt: skip
def test_values_that_are_not_to_be_trusted(calculation: str, expected: str, tmp_path: Path) -> None:
    """The workbook says itself that it is to be calculated when it is opened; values without a formula stand."""
    assert outcome("hours", Cell(xml="<f>40*0.9</f><v>36</v>"), tmp_path / "t.xlsx", calculation=calculation) == expected
    assert outcome("hours", 36, tmp_path / "t.xlsx", calculation=calculation) == "36"


def test_formulas_that_fill_several_cells(tmp_path: Path) -> None:
    """The first cell has the formula; the others are of it."""
    first = Cell(xml='<f t="array" ref="B2:B4">A2:A4*2</f><v>1</v>')
    assert texts("hours", read_workbook(book("hours", first, 2, 3, 4).save(tmp_path / "t.xlsx"), CATALOGUE)) == [
        "1",
        "2",
        "3",
        "4",
    ]
    (problem,) = problems(
        book("hours", Cell(xml='<f t="array" ref="B2:B4">A2:A4*2</f>'), None, Cell(xml="<v></v>"), None, 5), tmp_path / "t.xlsx"
    )
    assert (problem.code, problem.values["count"]) == ("cell_uncalculated", 3)
    empty = Cell(xml="<v></v>", kind="str")
    read = read_workbook(book("hours", first, empty, 3).save(tmp_path / "t.xlsx"), CATALOGUE)
    assert texts("hours", read) == ["1", None, "3"]
    workbook = book("hours", first, 2, 3, 4)
    workbook.calculation = 'fullCalcOnLoad="1"'
    (problem,) = problems(workbook, tmp_path / "t.xlsx")
    assert (problem.code, problem.values["count"]) == ("cell_uncalculated", 3)


def test_formulas_elsewhere(tmp_path: Path) -> None:
    """In columns and sheets that are not read they do not matter; a header of them is none."""
    formula = Cell(xml="<f>1+1</f>")
    workbook = book("hours", 36)
    workbook.sheets = {**workbook.sheets, "填写说明": [[formula]], "选项": [[formula]]}
    workbook.sheets["教育培训"][0].append(formula)  # type: ignore[attr-defined]
    assert texts("hours", read_workbook(workbook.save(tmp_path / "t.xlsx"), CATALOGUE)) == ["36"]


def test_rows_of_formulas(tmp_path: Path) -> None:
    """Drawn down further than there are rows: said, and passed over; a row with a failed id is somebody's."""
    formula, error = Cell(xml="<f>1+1</f>"), Cell(xml="<v>#N/A</v>", kind="e")
    workbook = book("hours", 36)
    workbook.sheets["教育培训"].extend([[None, formula], [None, error], [], [None, formula]])  # type: ignore[attr-defined]
    (notice,) = problems(workbook, tmp_path / "t.xlsx")
    assert (notice.code, notice.severity, notice.values["count"]) == ("rows_of_formulas", "warning", 3)
    assert snippets([notice], "en").splitlines()[0] == (
        "warning[rows_of_formulas]: rows of the sheet “教育培训” with nothing but formulas without a value were not read: 3"
    )
    workbook.merges = {"教育培训": ["A4:A5"]}
    assert [(problem.code, problem.values["count"]) for problem in problems(workbook, tmp_path / "t.xlsx")][:1] == [
        ("cell_error", 1)
    ]
    workbook.merges = {}
    workbook.sheets["教育培训"].append([error, error])  # type: ignore[attr-defined]
    assert [problem.code for problem in problems(workbook, tmp_path / "t.xlsx")] == ["cell_error", "cell_error"]


def test_place_and_remedy(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        read_workbook(
            book("hours", 1, Cell(xml="<f>A1</f>"), Cell(xml='<f>DISPIMG("a",1)</f><v>=</v>')).save(tmp_path / "t.xlsx"),
            CATALOGUE,
        )
    assert snippets(raised.value.problems, "zh").replace(f"{tmp_path}/", "") == (
        "错误[cell_uncalculated]：列 `学时` 有 1 格公式没有算过，没有可信的值\n"
        "  --> t.xlsx [教育培训]:3:2\n"
        "  = 在 Excel 或 WPS 中打开，重新计算后保存；或者把公式粘贴成值\n"
        "\n"
        "错误[cell_picture]：列 `学时` 有 1 格是图片\n"
        "  --> t.xlsx [教育培训]:4:2\n"
        "  = 删掉图片，直接填值"
    )
