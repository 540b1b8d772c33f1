"""What a number format shows is what is read, or the cell is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.rendering.snippet import snippets
from tests.workbook.raw import Cell
from tests.workbook.reading import book, outcome, problems

NUMBER, TEXT, DATE = "[cell_format]", "[cell_format_text]", "[cell_format_date]"


@pytest.mark.parametrize(
    ("column", "value", "number_format", "expected"),
    [
        # percentages
        ("percent", 0.95, "0%", "95"), ("percent", 0.95, 9, "95"), ("percent", 0.95, 10, "95"), ("percent", 0.953, "0.0%", "95.3"),
        ("percent", 0.954, "0%", NUMBER), ("percent", 0.57, "0%", "57"), ("percent", 0.07, "0.00%", "7"), ("percent", 1, "0%", "100"),
        ("percent", 95, "0%", "9500"), ("percent", 95, "General", "95"), ("percent", 95, '0"%"', "95"), ("percent", 95, "0\\%", "95"),
        ("percent", 0.9, '0%"约"', NUMBER), ("percent", 0.9, "0%%", NUMBER), ("percent", 0.9, "0%;-0%;0%", "90"), ("percent", 0.9, "[Red]0%", "90"),
        ("percent", 0.9, "[>0.5]0%;0", NUMBER), ("percent", 0.9, "0%,", NUMBER), ("percent", 1 / 3, "0.00%", NUMBER), ("percent", 0, "0%", "0"),
        ("hours", 0.95, "0%", NUMBER), ("money", 0.95, "0.00%", NUMBER), ("text", 0.95, "0%", TEXT), ("date", 0.95, "0%", DATE),
        ("boolean", 1, "0%", NUMBER),
        # scales, units, fractions, exponents
        ("money", 12345, "0,", NUMBER), ("money", 12345678, "0.0,,", NUMBER), ("money", 12, '0"万"', NUMBER), ("money", 12, '0"万元"', NUMBER),
        ("money", 12345, '0!.0,"万"', NUMBER), ("money", 12345, '0\\.0,"万"', NUMBER), ("money", 12, "0万", NUMBER),
        ("money", 12, '0"元"', "12"), ("money", 12, "0元", "12"), ("money", 1234.5, "¥#,##0.00", "1234.5"), ("money", 12, "[$¥-804]#,##0.00", "12"),
        ("money", 12, "[$￥-804]#,##0.00", "12"), ("money", 12, "[$$-409]#,##0.00", NUMBER), ("money", 12, 5, "12"), ("money", 12, 44, "12"),
        ("money", 12, 23, NUMBER), ("money", -12, 44, "-12"), ("money", 0, 44, "0"), ("money", 0, 41, "0"), ("hours", 12, 44, NUMBER),
        ("hours", 12, '0"人"', NUMBER), ("hours", 12, '0"学时"', NUMBER), ("hours", 12, "#,##0", "12"), ("hours", 0.5, "# ?/?", NUMBER),
        ("hours", 12.5, "0.00E+00", "12.5"), ("hours", 92.345, "0.0", "92.345"), ("hours", 92.345, "0", "92.345"), ("hours", 12, "000000", "12"),
        ("hours", 12, "_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)", "12"), ("hours", 1234567, "000\\-0000", NUMBER),
        ("hours", 12, "0**", NUMBER), ("hours", 12, "0.0_ ", "12"), ("hours", 12, "[DBNum1]0", "12"), ("hours", 12, "G/通用格式", "12"),
        ("hours", 12, 'G/通用格式"人"', NUMBER), ("hours", 12, "[DBNum2]G/通用格式", "12"), ("hours", 12, "@", "12"),
        # nothing is shown, or something else
        ("hours", 12, ";;;", NUMBER), ("hours", 0, "0;-0;;@", NUMBER), ("hours", 12, "0;-0;;@", "12"), ("hours", 0, "#", NUMBER),
        ("hours", 0, "#,###", NUMBER), ("hours", 0.3, "#", NUMBER), ("hours", 5, "#", "5"), ("hours", 1, '"合格";"不合格"', NUMBER),
        ("boolean", 1, '"是";;"否"', NUMBER), ("boolean", 1, "General", "1"), ("hours", -5, "0;0", NUMBER), ("hours", -5, "0;[Red]0", NUMBER),
        ("hours", -5, "0_);(0)", "-5"), ("hours", -5, "0;[Red]-0", "-5"), ("hours", 5, "-0", NUMBER), ("hours", 5, "+0;-0", "5"),
        ("hours", 150, "[>100]0.0,;0", NUMBER), ("hours", 50, '[>=60]"合格";"不合格"', NUMBER), ("hours", 12, 63, NUMBER),
        ("text", "abc", ";;;", TEXT), ("text", "abc", '"湘"@', TEXT), ("text", "abc", '@"号"', TEXT), ("text", "abc", "0.00", "abc"),
        ("text", "abc", "yyyy/m/d;@", "abc"), ("hours", 12, "0.0.0", NUMBER), ("hours", 12, '0"a"0', NUMBER),
        # numbers where texts belong
        ("id", 123, "000000", "000123"), ("id", 123, "General", "123"), ("id", 123, "@", "123"), ("id", 123, "0", "123"), ("id", 123, "00000_ ", "00123"),
        ("id", 123, "0.00", TEXT), ("id", 12345, "#,##0", TEXT), ("id", 123, '"A"0000', TEXT), ("id", 1234567, "000-0000", TEXT),
        ("id", 1.5, "0", TEXT), ("id", 123, "0.00E+00", TEXT), ("id", 0, "#", TEXT), ("id", 45809, "yyyy-mm-dd", TEXT), ("id", 45809, "m月d日", TEXT),
        ("id", 123, "[DBNum1]0", TEXT), ("id", 430500199203114000, "0", "[id_as_number]"), ("id", 430500199203114000, "General", "[id_as_number]"),
        ("text", 0.35, "h:mm", TEXT), ("id", 123, '000000"号"', TEXT), ("id", -3, "000", "-003"), ("id", 12345, "# ##0", TEXT), ("hours", 12345, "# ##0", "12345"),
        # days
        ("date", 45809, "yyyy-mm-dd", "2025-06-01"), ("date", 45809, 14, "2025-06-01"), ("date", 45809, 15, "2025-06-01"), ("date", 45809, 22, "2025-06-01"),
        ("date", 45809, 31, "2025-06-01"), ("date", 45809, 30, "2025-06-01"), ("date", 45809, 'yyyy"年"m"月"d"日"', "2025-06-01"),
        ("date", 45809, "[$-804]e年m月d日", "2025-06-01"), ("date", 45809, "[DBNum1][$-804]yyyy年m月d日", "2025-06-01"), ("date", 45809, "yyyy年m月d日;@", "2025-06-01"),
        ("date", 45809, "[$-F800]dddd, mmmm dd, yyyy", "2025-06-01"), ("date", 45809, "[$-x-sysdate]dddd, mmmm dd, yyyy", "2025-06-01"),
        ("date", 45809, "yyyy/m/d h:mm", "2025-06-01"), ("date", 45809.5, "yyyy/m/d h:mm", "2025-06-01T12:00:00"), ("date", 45809.5, "yyyy/m/d", "2025-06-01T12:00:00"),
        ("date", 45808.99999999999, "yyyy/m/d", "2025-06-01"), ("date", 45809, "[$-404]e/m/d", "2025-06-01"), ("date", 45809, "yy-m-d", "2025-06-01"),
        ("date", 45809, "General", "45809"), ("date", 45809, "0.00", "45809"), ("date", 20250601, "General", "2025-06-01"), ("date", 20250601, "0000-00-00", DATE),
        ("date", 45809, "yyyy年m月", DATE), ("date", 45809, "m月d日", DATE), ("date", 45809, "yyyy", DATE), ("date", 45809, "aaaa", DATE), ("date", 45809, "h:mm", DATE),
        ("date", 45809, "[h]:mm", DATE), ("date", 45809, "h:mm:ss yyyy", DATE), ("date", 45809, "yyyy-dd hh:mm", DATE), ("date", 45809, "[$-130000]yyyy-m-d", DATE),
        *[("date", 45809, at, DATE) for at in (16, 17, 18, 19, 20, 21, 27, 28, 29, 32, 33, 34, 35, 36, 45, 46, 47, *range(50, 59), 63)],
        ("date", 1, "yyyy-mm-dd", "1900-01-01"), ("date", 59, "yyyy-mm-dd", "1900-02-28"), ("date", 60, "yyyy-mm-dd", "60"), ("date", 61, "yyyy-mm-dd", "1900-03-01"),
        ("date", 0, "yyyy-mm-dd", "0"), ("date", -1, "yyyy-mm-dd", "-1"), ("date", 2958465, "yyyy-mm-dd", "9999-12-31"), ("date", 2958466, "yyyy-mm-dd", "2958466"),
        ("date", 1e20, "yyyy-mm-dd", "100000000000000000000"), ("date", "2025-06-01", ";;;", DATE),
        ("hours", 1.5, "[h]:mm", NUMBER), ("hours", 36, "yyyy-mm-dd", NUMBER), ("hours", 0.354, "h:mm", NUMBER), ("boolean", 1, "yyyy-mm-dd", NUMBER),
    ],
)  # fmt: skip
def test_formats(column: str, value: object, number_format: str | int, expected: str, tmp_path: Path) -> None:
    assert outcome(column, Cell(value, number_format), tmp_path / "t.xlsx") == expected


def test_days_from_1904(tmp_path: Path) -> None:
    assert outcome("date", Cell(44347, "yyyy-mm-dd"), tmp_path / "t.xlsx", settings='date1904="1"') == "2025-06-01"
    assert outcome("date", Cell(0, "yyyy-mm-dd"), tmp_path / "t.xlsx", settings='date1904="true"') == "1904-01-01"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20250601", "2025-06-01"), ("2025-06-01 00:00:00", "2025-06-01"), ("2025-06-01T00:00:00.000", "2025-06-01"), ("2025/6/1 0:00", "2025-06-01"),
        ("2025-06-01 08:30:00", "2025-06-01 08:30:00"), ("2025.6", "2025.6"), ("20251301", "20251301"), ("25-6-1", "25-6-1"),
        ("2025-06-01T00:00:00Z", "2025-06-01T00:00:00Z"), ("２０２５年６月１日", "2025-06-01"),
    ],
)  # fmt: skip
def test_days_as_texts(text: str, expected: str, tmp_path: Path) -> None:
    """Midnight is the day; what might be another day stays, to be refused with its row."""
    assert outcome("date", text, tmp_path / "t.xlsx") == expected


@pytest.mark.parametrize(
    ("column", "xml", "expected"),
    [
        ("date", "2025-06-01", "2025-06-01"), ("date", "2025-06-01T00:00:00", "2025-06-01"), ("date", "2025-06-01T08:00:00", "2025-06-01T08:00:00"),
        ("id", "2025-06-01", TEXT), ("hours", "2025-06-01", NUMBER),
    ],
)  # fmt: skip
def test_days_of_the_standard(column: str, xml: str, expected: str, tmp_path: Path) -> None:
    """A cell of the kind d."""
    assert outcome(column, Cell(xml=f"<v>{xml}</v>", kind="d"), tmp_path / "t.xlsx") == expected


def test_zeros_that_a_sheet_hides(tmp_path: Path) -> None:
    workbook = book("hours", 0, 3)
    workbook.before = {"教育培训": '<sheetViews><sheetView showZeros="0"/></sheetViews>'}
    (problem,) = problems(workbook, tmp_path / "t.xlsx")
    assert (problem.code, problem.values["count"], problem.values["value"]) == ("cell_format", 1, "0")


def test_place_and_remedy(tmp_path: Path) -> None:
    """A format is told once for a column, with its first row and what stands there."""
    cells = [Cell(0.954, "0%"), 95, Cell(0.9, "0%"), Cell(0.333, "0%"), Cell(12345, "0,")]
    notices = problems(book("percent", *cells), tmp_path / "t.xlsx")
    assert snippets(notices, "zh").replace(f"{tmp_path}/", "") == (
        "错误[cell_format]：列 `满意度（%）` 有 2 格显示的与存的不是一个数：存的是 0.954，格式是 `0%`\n"
        "  --> t.xlsx [满意度调查]:2:2\n"
        "  = 把这些格设为常规格式，按表头的单位重新填数\n"
        "\n"
        "错误[cell_format]：列 `满意度（%）` 有 1 格显示的与存的不是一个数：存的是 12345，格式是 `0,`\n"
        "  --> t.xlsx [满意度调查]:6:2\n"
        "  = 把这些格设为常规格式，按表头的单位重新填数"
    )


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("id", "error[cell_format_text]: the column `记录编号` takes texts, and in 1 cells what is shown is not what is kept: it is 45809, under the format `m月d日`"),
        ("date", "error[cell_format_date]: no whole day is shown in the column `截止日期`, in 1 cells: it is 45809, under the format `m月d日`"),
        ("hours", "error[cell_format]: what is shown in the column `学时` is not the number that is kept, in 1 cells: it is 45809, under the format `m月d日`"),
    ],
)  # fmt: skip
def test_in_english(column: str, expected: str, tmp_path: Path) -> None:
    assert snippets(problems(book(column, Cell(45809, "m月d日")), tmp_path / "t.xlsx"), "en").splitlines()[0] == expected
