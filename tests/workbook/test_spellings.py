"""The same cells in every spelling of the XML, and from other programs, are read the same."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from engine.model.problem import InputError
from engine.reading.workbook.filled_workbook import Sheets, read_workbook
from tests.lanes import few
from tests.workbook.filling import CATALOGUE
from tests.workbook.raw import Book, Cell, Spelling
from tests.workbook.reading import SUBJECTS

HEADER: list[object] = ["主体标识", "记录编号", "日期", "截止日期", "状态", "来源", "失信行为严重程度", "罚款金额（元）"]
ROWS: list[list[object]] = [
    ["s-1", "r-1", date(2025, 6, 1), date(2025, 10, 1), "有效", "甲 <乙> & \"丙\" 'd'", "一般", 92.35],
    [],
    ["s-1", 20250002, date(1970, 1, 1), None, None, "两\n行", "轻微", 0.1],
    [None, None, None, None, None, "_x005F_x0007_ 和 _x4E2D_", None, 1e-7],
]
PLAIN: dict[str, list[list[object]]] = {
    "主体": SUBJECTS,
    "行政处罚": [HEADER, *ROWS],
    "信用承诺及履行": [["主体标识", "承诺已履行"], ["s-1", True]],
}
SPELLINGS = [
    Spelling(prefix="x"), Spelling(strict=True), Spelling(prefix="main", strict=True), Spelling(quote="'"), Spelling(texts="shared"),
    Spelling(texts="rich"), Spelling(texts="str"), Spelling(places=False), Spelling(places=False, rows=False), Spelling(days="iso"),
    Spelling(long_numbers=True), Spelling(encoding="utf-16"), Spelling(absolute=True, folder="sheets of mine"), Spelling(capitals=True),
    Spelling(comments=True), Spelling(compression=0),
]  # fmt: skip


def rows(sheets: Sheets) -> list[list[dict[str, Any]]]:
    """What was read, without the name of the file."""
    return [
        [{**row, "_file": str(row["_file"]).partition(" [")[2]} for row in part] for part in (sheets.subjects, sheets.records)
    ]


def read(file: Path) -> list[list[dict[str, Any]]]:
    return rows(read_workbook(file, CATALOGUE))


def test_plain(tmp_path: Path) -> None:
    """What all the others are held to."""
    common = {"_file": "行政处罚]", "category": "administrative_penalty"}
    assert read(Book(PLAIN).save(tmp_path / "t.xlsx"))[1][:3] == [
        {
            **common, "_row": 2, "id": "r-1", "subject": "s-1", "date": "2025-06-01", "until": "2025-10-01", "status": "valid",
            "source": "甲 <乙> & \"丙\" 'd'", "seriousness": "general", "amount": "92.35",
        },
        {**common, "_row": 4, "id": "20250002", "subject": "s-1", "date": "1970-01-01", "source": "两\n行", "seriousness": "minor", "amount": "0.1"},
        {**common, "_row": 5, "id": "行政处罚:5", "source": "_x0007_ 和 中", "amount": "0.0000001"},
    ]  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS, ids=str)
def test_spellings(spelling: Spelling, tmp_path: Path) -> None:
    assert read(Book(PLAIN, spelling).save(tmp_path / "a.xlsx")) == read(Book(PLAIN).save(tmp_path / "b.xlsx"))


@pytest.mark.parametrize("spelling", [Spelling(), *SPELLINGS], ids=str)
def test_errors_in_every_spelling(spelling: Spelling, tmp_path: Path) -> None:
    """What shows #N/A is found wherever values are."""
    wrong = {**PLAIN, "行政处罚": [HEADER, *ROWS, ["s-1", Cell(xml="<v>#N/A</v>", kind="e")]]}
    with pytest.raises(InputError) as raised:
        read_workbook(Book(wrong, spelling).save(tmp_path / "t.xlsx"), CATALOGUE)
    (problem,) = raised.value.problems
    assert problem.place is not None
    assert (problem.code, problem.place.line, problem.place.column) == ("cell_error", 6, 2)


def test_written_by_openpyxl(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in PLAIN.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(tmp_path / "t.xlsx")
    assert read(tmp_path / "t.xlsx") == read(Book(PLAIN).save(tmp_path / "b.xlsx"))


@pytest.mark.parametrize("in_memory", [True, False])
def test_written_by_xlsxwriter(in_memory: bool, tmp_path: Path) -> None:
    written_by_xlsxwriter(tmp_path / "t.xlsx", PLAIN, in_memory)
    assert read(tmp_path / "t.xlsx") == read(Book(PLAIN).save(tmp_path / "b.xlsx"))


def written_by_xlsxwriter(file: Path, sheets: dict[str, list[list[object]]], in_memory: bool) -> None:
    with xlsxwriter.Workbook(str(file), {"constant_memory": not in_memory}) as book:
        day = book.add_format({"num_format": "yyyy/m/d"})
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name)
            for at, line in enumerate(lines):
                for column, value in enumerate(line):
                    value = _unescaped(value)
                    if isinstance(value, date):
                        sheet.write_datetime(at, column, datetime(value.year, value.month, value.day), day)
                    else:
                        sheet.write(at, column, value)


def _unescaped(value: object) -> object:
    """It writes escapes of its own; openpyxl writes none."""
    return "_x0007_ 和 中" if isinstance(value, str) and value.startswith("_x005F_") else value


def sheets_at_random(random_: random.Random) -> dict[str, list[list[object]]]:
    """Columns in any order, some of them empty, and gaps."""
    makers: dict[str, Any] = {
        "主体标识": lambda: f"s-{random_.randrange(5)}",
        "记录编号": lambda: random_.choice([f"r{random_.randrange(100)}", random_.randrange(10**14), "0012"]),
        "日期": lambda: date(1950, 1, 1).fromordinal(random_.randrange(712_000, 750_000)),
        "截止日期": lambda: random_.choice([date(2025, 6, 1), "2025/6/1", "2025年6月1日", "20250601"]),
        "来源": lambda: "".join(random_.choice("甲乙 &<>\"'_xA0\t1") for _ in range(random_.randrange(1, 9))),
        "失信行为严重程度": lambda: random_.choice(["轻微", "一般", "serious", "无"]),
        "罚款金额（元）": lambda: random_.choice(
            [round(random_.random() * 10 ** random_.randrange(9), 4), random_.randrange(-5, 10**6)]
        ),
    }
    header = random_.sample(list(makers), random_.randrange(1, len(makers) + 1))
    lines: list[list[object]] = [[]] * random_.randrange(3)
    lines.append([*[None] * random_.randrange(3), *header])
    first = len(lines[-1]) - len(header)
    for _ in range(random_.randrange(12)):
        lines.append([*[None] * first, *(makers[title]() if random_.random() < 0.8 else None for title in header)])
    return {"主体": SUBJECTS, "行政处罚": lines}


def spelling_at_random(random_: random.Random) -> Spelling:
    both = [True, False]
    return Spelling(
        prefix=random_.choice(["", "x", "s1"]), strict=random_.choice(both), quote=random_.choice(['"', "'"]),
        texts=random_.choice(["shared", "rich", "inline", "str"]), places=random_.choice(both), rows=random_.choice(both),
        days=random_.choice(["number", "iso"]), long_numbers=random_.choice(both), encoding=random_.choice(["utf-8", "utf-16"]),
        absolute=random_.choice(both), folder=random_.choice(["worksheets", "a/b"]), capitals=random_.choice(both), comments=random_.choice(both),
    )  # fmt: skip


def held(seed: int, folder: Path) -> None:
    """A workbook at random in two spellings of its own, from two programs, and plain."""
    random_ = random.Random(seed)
    sheets = sheets_at_random(random_)
    expected = read(Book(sheets).save(folder / "plain.xlsx"))
    for _ in range(2):
        spelling = spelling_at_random(random_)
        spelling = replace(spelling, rows=spelling.rows or spelling.places)
        assert read(Book(sheets, spelling).save(folder / "t.xlsx")) == expected, (seed, spelling)
    written_by_xlsxwriter(folder / "t.xlsx", sheets, random_.random() < 0.5)
    assert read(folder / "t.xlsx") == expected, seed
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(folder / "t.xlsx")
    assert read(folder / "t.xlsx") == expected, seed


@pytest.mark.parametrize("part", few(range(2), 1))
def test_at_random(part: int, tmp_path: Path) -> None:
    for seed in range(part, 60, 2):
        held(seed, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("part", range(20))
def test_many_at_random(part: int, tmp_path: Path) -> None:
    for seed in range(1000 + part, 3000, 20):
        held(seed, tmp_path)
