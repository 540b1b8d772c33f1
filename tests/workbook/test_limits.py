"""Small files that unpack to much more than a person fills in are refused in seconds, in little memory."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from engine.model.problem import InputError
from engine.reading.workbook.filled_workbook import read_workbook
from engine.rendering.snippet import snippets
from tests.workbook.filling import CATALOGUE
from tests.workbook.raw import Book
from tests.workbook.reading import SUBJECTS, book
from tests.workbook.test_packages import SHEET, sheet

ROOT = Path(__file__).resolve().parents[2]


def bomb(file: Path, *pieces: tuple[str, int], part: str = SHEET) -> None:
    """A workbook one part of which is these texts, each so many times."""
    workbook = book("hours", 1)
    workbook.parts = {part: ""}
    workbook.save(file)
    with zipfile.ZipFile(file) as read, zipfile.ZipFile(file.with_suffix(".tmp"), "w", zipfile.ZIP_DEFLATED) as written:
        for name in dict.fromkeys(read.namelist()):
            if name != part:
                written.writestr(name, read.read(name))
        with written.open(part, "w", force_zip64=True) as opened:
            for text, count in pieces:
                block = text.encode() * min(count, 10_000)
                for _ in range(count // min(count, 10_000)):
                    opened.write(block)
    file.with_suffix(".tmp").replace(file)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD, TAIL = f'<worksheet xmlns="{MAIN}"><sheetData>', "</sheetData></worksheet>"
HEADING = '<row><c t="inlineStr"><is><t>主体标识</t></is></c></row>'
BOMBS: dict[str, tuple[str, tuple[tuple[str, int], ...]]] = {
    "blanks": (SHEET, ((HEAD + " " * 1000, 1), (" " * 1000, 140_000), (TAIL, 1))),
    "empty cells": (SHEET, ((HEAD, 1), ("<row>" + "<c/>" * 16_000 + "</row>", 2_000), (TAIL, 1))),
    "cells": (SHEET, ((HEAD + HEADING, 1), ("<row><c><v>1</v></c></row>", 2_000_000), (TAIL, 1))),
    "a text": (SHEET, ((HEAD + '<row><c t="inlineStr"><is><t>', 1), ("a" * 1000, 100_000), ("</t></is></c></row>" + TAIL, 1))),
    "a tag": (SHEET, ((HEAD + '<row r="', 1), ("1" * 1000, 100_000), ('"/>' + TAIL, 1))),
    "a comment": (SHEET, ((HEAD + "<!--", 1), ("a" * 1000, 100_000), ("-->" + TAIL, 1))),
    "attributes": (SHEET, ((HEAD + "<row ", 1), (" ".join(f"a{at}='1'" for at in range(1000)), 10_000), ("/>" + TAIL, 1))),
    "depth": (SHEET, ((HEAD, 1), ("<row>", 1_000_000))),
    "other depth": (SHEET, ((HEAD.removesuffix("<sheetData>"), 1), ("<x>", 1_000_000))),
    "names": (SHEET, ((HEAD.removesuffix("<sheetData>"), 1), *((f"<x{at} y{at}=''/>", 1) for at in range(100_000)))),
    "relations": ("xl/_rels/workbook.xml.rels", (
        ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">', 1),
        *((f"<Relationship Id='{at}' Type='a/b' Target='c'/>", 1) for at in range(100_000)), ("</Relationships>", 1),
    )),
    "merges": (SHEET, ((f'<worksheet xmlns="{MAIN}"><sheetData>{HEADING}</sheetData><mergeCells>', 1), ('<mergeCell ref="A1:XFD1048576"/>', 500_000))),
    "arrays": (SHEET, ((HEAD + HEADING, 1), ('<row><c><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c></row>', 100_000), (TAIL, 1))),
    "strings": ("xl/sharedStrings.xml", ((f'<sst xmlns="{MAIN}">', 1), ("<si><t>ab</t></si>", 2_000_000), ("</sst>", 1))),
    "styles": ("xl/styles.xml", ((f'<styleSheet xmlns="{MAIN}"><cellXfs>', 1), ("<xf/>", 9_000_000), ("</cellXfs></styleSheet>", 1))),
    "sheets": ("xl/workbook.xml", ((f'<workbook xmlns="{MAIN}"><sheets>', 1), ('<sheet name="a"/>', 9_000_000))),
}  # fmt: skip
QUICK = ("depth",)
ENDURED = """
import resource, sys, time
from pathlib import Path
from engine.model.problem import InputError
from engine.reading.workbook.filled_workbook import read_workbook
from tests.workbook.filling import CATALOGUE
def peak():
    return next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
open("/proc/self/clear_refs", "w").write("5")
before, began = peak(), time.process_time()
resource.setrlimit(resource.RLIMIT_AS, (1500 * 2**20, 1500 * 2**20))
try:
    read_workbook(Path(sys.argv[1]), CATALOGUE)
    codes = ["none"]
except InputError as error:
    codes = sorted({problem.code for problem in error.problems})
print(*codes, peak() - before, round(time.process_time() - began, 1))
"""
"""In a process of its own: what comes out, how many MB it takes at most, and seconds."""


@pytest.mark.parametrize("name", [pytest.param(name, marks=[pytest.mark.long] * (name not in QUICK)) for name in BOMBS])
def test_bombs(name: str, tmp_path: Path) -> None:
    """Small files that unpack to much: refused in seconds, in little memory."""
    part, pieces = BOMBS[name]
    file = tmp_path / "t.xlsx"
    bomb(file, *pieces, part=part)
    done = subprocess.run([sys.executable, "-c", ENDURED, str(file)], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.returncode == 0, done.stderr
    code, used, seconds = done.stdout.split()
    assert code in ("workbook_too_large", "table_broken")
    assert int(used) < 300
    assert float(seconds) < 20


@pytest.mark.long
def test_many_parts(tmp_path: Path) -> None:
    """The list of parts is measured before it is read."""
    file = tmp_path / "t.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(70_000):
            archive.writestr(f"xl/{number}.xml", "")
    began = time.process_time()
    with pytest.raises(InputError) as raised:
        read_workbook(file, CATALOGUE)
    assert [problem.code for problem in raised.value.problems] == ["workbook_too_large"]
    assert time.process_time() - began < 0.5


def test_stray_cells_cost_nothing(tmp_path: Path) -> None:
    workbook = Book({"主体": SUBJECTS})
    workbook.parts = {"xl/worksheets/sheet1.xml": sheet(
        '<row r="1"><c r="A1" t="str"><v>主体标识</v></c><c r="B1" t="str"><v>主体类型</v></c></row>'
        '<row r="2"><c r="A2" t="str"><v>s-1</v></c><c r="B2" t="str"><v>组织</v></c><c r="XFD2" s="0"/></row>'
        '<row r="1048576"><c r="A1048576" t="str"><v> </v></c><c r="XFD1048576" t="inlineStr"><is><t> </t></is></c></row>'
    )}  # fmt: skip
    assert [row["id"] for row in read_workbook(workbook.save(tmp_path / "t.xlsx"), CATALOGUE).subjects] == ["s-1"]


def test_too_large(tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    bomb(file, *BOMBS["depth"][1])
    with pytest.raises(InputError) as raised:
        read_workbook(file, CATALOGUE)
    assert snippets(raised.value.problems, "zh").replace(f"{tmp_path}/", "") == (
        "错误[workbook_too_large]：`t.xlsx` 太大：XML 层数超过 64\n  = 删掉用不着的行、列和格式，或者改给 CSV、Parquet"
    )
    assert snippets(raised.value.problems, "en").startswith(
        f"error[workbook_too_large]: `{file}` is too large: more than 64 levels of XML"
    )
