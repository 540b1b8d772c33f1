"""What is passed over, and what is read although it is hidden, is said."""

from __future__ import annotations

from pathlib import Path

from engine.reading.workbook.filled_workbook import read_workbook
from engine.rendering.snippet import snippets
from tests.workbook.filling import CATALOGUE
from tests.workbook.reading import book, problems, texts


def test_hidden(tmp_path: Path) -> None:
    """Sheets, rows and columns are read; empty rows that are hidden do not matter."""
    workbook = book("hours", 1, 2, 3)
    workbook.sheets["教育培训"].append([])  # type: ignore[attr-defined]
    workbook.states = {"教育培训": "hidden"}
    workbook.rows = {
        ("教育培训", 2): 'hidden="1"',
        ("教育培训", 4): "hidden='true'",
        ("教育培训", 5): 'hidden="1"',
        ("主体", 2): 'hidden="0"',
    }
    workbook.before = {"教育培训": '<cols><col min="2" max="40" hidden="1"/></cols>'}
    read = read_workbook(workbook.save(tmp_path / "t.xlsx"), CATALOGUE)
    assert texts("hours", read) == ["1", "2", "3"]
    assert snippets(read.notices, "zh").replace(f"{tmp_path}/", "") == (
        "提示[sheet_hidden]：工作表“教育培训”是隐藏的，也读了\n"
        "\n"
        "提示[rows_hidden]：工作表“教育培训”有 2 行是隐藏的或者筛选掉的，也读了\n"
        "  --> t.xlsx [教育培训]:2:1\n"
        "\n"
        "提示[column_hidden]：工作表“教育培训”的列 `学时` 是隐藏的，也读了\n"
        "  --> t.xlsx [教育培训]:1:2"
    )
    assert [line for line in snippets(read.notices, "en").splitlines() if line.startswith("warning")] == [
        "warning[sheet_hidden]: the sheet “教育培训” is hidden, and was read",
        "warning[rows_hidden]: hidden or filtered rows of the sheet “教育培训” were read: 2",
        "warning[column_hidden]: the column `学时` of the sheet “教育培训” is hidden, and was read",
    ]


def test_passed_over(tmp_path: Path) -> None:
    """Sheets that WPS and other programs keep for themselves, and those that are none of cells."""
    workbook = book("hours", 1)
    rest = {
        "WpsReserved_CellImgList": [["x"]],
        "_xltb_storage_": [["x"]],
        "Chart1": [["x"]],
        "Macro1": [["x"]],
        "选项": [["x"]],
    }
    workbook.sheets = {**workbook.sheets, **rest}
    workbook.states = {"WpsReserved_CellImgList": "visible", "_xltb_storage_": "veryHidden", "选项": "hidden"}
    workbook.kinds = {"Chart1": "chartsheet", "Macro1": "xlMacrosheet"}
    assert [(notice.code, notice.values["sheet"], notice.severity) for notice in problems(workbook, tmp_path / "t.xlsx")] == [
        ("sheet_passed_over", name, "warning") for name in ("WpsReserved_CellImgList", "_xltb_storage_", "Chart1", "Macro1")
    ]


def test_hidden_sheets_of_data(tmp_path: Path) -> None:
    """However it is hidden, a sheet that the catalogue knows is read; one that it does not know is refused unless a program hides it."""
    workbook = book("hours", 1)
    workbook.states = {"教育培训": "veryHidden"}
    assert [notice.code for notice in problems(workbook, tmp_path / "t.xlsx")] == ["sheet_hidden"]
    workbook = book("hours", 1)
    workbook.sheets = {**workbook.sheets, "处罚": [["x"]]}
    workbook.states = {"处罚": "hidden"}
    assert [problem.code for problem in problems(workbook, tmp_path / "t.xlsx")] == ["sheet_unknown"]
