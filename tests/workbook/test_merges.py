"""What is merged over rows stands in each of them, or is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.reading.workbook.filled_workbook import read_workbook
from engine.rendering.snippet import snippets
from tests.workbook.filling import CATALOGUE
from tests.workbook.raw import Book
from tests.workbook.reading import SUBJECTS, problems

HEADER: list[object] = ["主体标识", "日期", "截止日期", "来源", "罚款金额（元）", None]
SHEET = "行政处罚"


def rows(lines: list[list[object]], *merges: str) -> Book:
    return Book({"主体": SUBJECTS, SHEET: [HEADER, *lines]}, merges={SHEET: merges})


def read(book: Book, file: Path, *keys: str) -> list[tuple[object, ...]]:
    sheets = read_workbook(book.save(file), CATALOGUE)
    return [tuple(row.get(key) for key in ("_row", *keys)) for row in sheets.records]


def test_filled(tmp_path: Path) -> None:
    """Days, texts and subjects, over rows that have something else in them."""
    book = rows(
        [
            ["s-1", "2025-06-01", date(2025, 10, 1), "甲", 1],
            [None, "2025-06-02", None, None, 2],
            ["s-2", "2025-06-03", None, "乙", 3],
            [None, "2025-06-04", None, None, 4],
        ],
        "A2:A3", "C2:C3", "D2:D3", "A4:A5", "D4:F4",
    )  # fmt: skip
    assert [problem.code for problem in problems(book, tmp_path / "t.xlsx")] == ["cell_merged"]  # a text over an amount
    book.merges = {SHEET: ["A2:A3", "C2:C3", "D2:D3", "A4:A5", "F4:XFD5", "A9:C9"]}
    assert read(book, tmp_path / "t.xlsx", "subject", "until", "source") == [
        (2, "s-1", "2025-10-01", "甲"), (3, "s-1", "2025-10-01", "甲"), (4, "s-2", None, "乙"), (5, "s-2", None, None),
    ]  # fmt: skip


def test_a_record_that_takes_up_two_rows(tmp_path: Path) -> None:
    """All its cells are merged: it is one."""
    book = rows([["s-1", "2025-06-01", None, "甲", 5], [], ["s-1", "2025-06-02"]], "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3")
    assert read(book, tmp_path / "t.xlsx", "date", "source", "amount") == [
        (2, "2025-06-01", "甲", "5"),
        (4, "2025-06-02", None, None),
    ]


def test_down_to_the_end_of_the_sheet(tmp_path: Path) -> None:
    book = rows([["s-1", "2025-06-01", "2025-10-01"], [None, "2025-06-02"]], "A2:A1048576", "C2:C1048576")
    assert read(book, tmp_path / "t.xlsx", "subject", "until") == [(2, "s-1", "2025-10-01"), (3, "s-1", "2025-10-01")]


@pytest.mark.parametrize(
    ("lines", "merge", "code"),
    [
        ([["s-1", "2025-06-01", None, None, 100], ["s-1", "2025-06-02"]], "E2:E3", "cell_merged"),  # of both, or of each?
        ([["s-1", "2025-06-01"], ["以下空白"]], "A3:E3", "cell_merged"),
        ([["s-1", "2025-06-01", "2025-10-01"], ["s-1", "2025-06-02"]], "C2:D3", "cell_merged"),
        ([["s-1", "2025-06-01", "2025-10-01"], ["s-1", "2025-06-02", "2025-11-01"]], "C2:C3", "cell_merged"),  # hidden beneath
        ([["s-1", "2025-06-01"], ["s-1", "2025-06-02", "2025-11-01"]], "C2:C3", "cell_merged"),
        ([["s-1", "2025-06-01", "2025-10-01"], ["s-1", "2025-06-02"]], "C1:C3", "header_merged"),
        ([["s-1", "2025-06-01"]], "A1:B1", "header_merged"),
        ([["s-1", "2025-06-01", "2025-10-01"], ["s-1", "2025-06-02"], ["s-1", "2025-06-03"]], "C2:C3 C3:C4", "table_broken"),
    ],
)
def test_not_clear(lines: list[list[object]], merge: str, code: str, tmp_path: Path) -> None:
    assert [problem.code for problem in problems(rows(lines, *merge.split()), tmp_path / "t.xlsx")] == [code]


def test_the_same_beneath(tmp_path: Path) -> None:
    """Some programs write the value into every cell that is merged."""
    book = rows([["s-1", "2025-06-01", "2025-10-01"], ["s-1", "2025-06-02", "2025-10-01"]], "C2:C3", "A2:A3")
    assert read(book, tmp_path / "t.xlsx", "until") == [(2, "2025-10-01"), (3, "2025-10-01")]


def test_a_header_of_one_row(tmp_path: Path) -> None:
    """Two rows high, but the second one is empty; or as wide as columns that nobody fills."""
    book = rows([[], ["s-1", "2025-06-01", None, None, 5]], "A1:A2", "B1:B2", "C1:C2", "E1:G1")
    assert read(book, tmp_path / "t.xlsx", "date", "amount") == [(3, "2025-06-01", "5")]


def test_place_and_remedy(tmp_path: Path) -> None:
    book = rows([["s-1", "2025-06-01", None, None, 100], ["s-1", "2025-06-02"]], "E2:E3", "A1:B1")
    assert snippets(problems(book, tmp_path / "t.xlsx"), "zh").replace(f"{tmp_path}/", "") == (
        "错误[header_merged]：合并的单元格 A1:B1 使表头不止一行一列\n"
        "  --> t.xlsx [行政处罚]:1:1\n"
        "  = 取消合并，表头只占一行，每列一格\n"
        "\n"
        "错误[cell_merged]：合并的单元格 E2:E3 看不出每一行是什么值\n"
        "  --> t.xlsx [行政处罚]:2:5\n"
        "  = 取消合并，每一行都填；只有一列中上下合并的文字、日期、是否读作每行相同"
    )
    assert snippets(problems(book, tmp_path / "t.xlsx"), "en").startswith("error[header_merged]: the merged cells A1:B1 make")
