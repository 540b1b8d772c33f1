"""What is no sound .xlsx is refused with the file's name and what to do."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from pathlib import Path

import pytest

from engine.model.problem import InputError
from engine.reading.workbook import other_kinds
from engine.reading.workbook.filled_workbook import read_workbook
from engine.rendering.snippet import snippets
from tests.workbook.filling import CATALOGUE
from tests.workbook.raw import Cell, Spelling
from tests.workbook.reading import book, problems

HERE = Path(__file__).parent
SOUND = (HERE / "libreoffice.xlsx").read_bytes()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000
XLSM = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def codes(content: bytes, file: Path) -> list[str]:
    file.write_bytes(content)
    try:
        read_workbook(file, CATALOGUE)
    except InputError as error:
        return [problem.code for problem in error.problems]
    return []


def package(**parts: str | bytes) -> bytes:
    """A zip of parts; `_` stands for a slash and `__` for a point in their names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", ".").replace("_", "/"), part)
    return buffer.getvalue()


ODS = package(
    mimetype="application/vnd.oasis.opendocument.spreadsheet", content__xml="<x/>", **{"META-INF/manifest__xml": "<x/>"}
)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (OLE, ".xls / .et"), (ODS, ".ods"), ("<html><table><tr><td>主体标识</td></tr></table>", "HTML"), ("\ufeff <!DOCTYPE html>\n<table>", "HTML"),
        ("<table border=1><tr>", "HTML"), ("MIME-Version: 1.0\nX-Document-Type: Workbook", "HTML"), ('<?xml version="1.0"?><html:html xmlns:html="x"><html', "HTML"),
        ('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "XML"), ("主体标识,主体类型\ns-1,组织\n", "CSV"),
        ("主体标识,主体类型\ns-1,组织\n".encode("gbk"), "CSV"), ("主体标识\t主体类型\n".encode("utf-16"), "CSV"), ("主体标识,主体类型\n" * 1000, "CSV"),
    ],
)  # fmt: skip
def test_other_kinds(content: bytes | str, kind: str, tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as raised:
        read_workbook(file, CATALOGUE)
    assert snippets(raised.value.problems, "zh").replace(f"{tmp_path}/", "") == (
        f"错误[workbook_kind]：`t.xlsx` 的内容是 {kind}，不是 .xlsx 工作簿\n  = 在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”"
    )


@pytest.mark.parametrize(
    ("main_type", "kind"),
    [
        (XLSM, ".xlsm"), ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", ".xlsb"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml", ".xltx"),
    ],
)  # fmt: skip
def test_other_workbooks(main_type: str, kind: str, tmp_path: Path) -> None:
    workbook = book("hours", 1)
    workbook.main_type = main_type
    (problem,) = problems(workbook, tmp_path / "t.xlsx")
    assert (problem.code, problem.values["format"]) == ("workbook_kind", kind)


@pytest.mark.parametrize("ending", other_kinds.OTHERS)
def test_endings(ending: str) -> None:
    (problem,) = other_kinds.other_kind(Path(f"t{ending.upper()}")).problems
    assert (problem.code, problem.values) == ("workbook_kind", {"file": f"t{ending.upper()}", "format": ending})


def test_passwords(tmp_path: Path) -> None:
    """Of the whole workbook, and of the parts of a zip."""
    locked = OLE * 500 + "EncryptedPackage".encode("utf-16-le") + OLE
    assert codes(locked, tmp_path / "t.xlsx") == ["workbook_locked"]
    content = bytearray(book("hours", 1).save(tmp_path / "t.xlsx").read_bytes())
    at = content.find(b"PK\1\2")
    content[at + 8] |= 1
    assert codes(bytes(content), tmp_path / "t.xlsx") == ["workbook_locked"]


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"PK\3\4" + b"\0" * 100, b"%PDF-1.7\n\0\1\2", b"\x1f\x8b\x08\0\0\0", package(a="b"), b"\0" * 99, b"\xff\xff,"],
)
def test_no_workbooks(content: bytes, tmp_path: Path) -> None:
    assert codes(content, tmp_path / "t.xlsx") == ["table_broken"]


SHEET = "xl/worksheets/sheet2.xml"


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/../a.xml": "x"}, {"/xl/a.xml": "x"}, {"XL/worksheets/SHEET1.xml": "x"}, {SHEET: "<worksheet/>"}, {SHEET: ""}, {SHEET: "<worksheet"},
        {SHEET: "<!DOCTYPE w [<!ENTITY a 'b'>]><w>&a;</w>"}, {"xl/styles.xml": "<x/>"}, {"xl/_rels/workbook.xml.rels": "<Relationships/>"},
        {"_rels/.rels": "<x/>"}, {"xl/sharedStrings.xml": "<sst"}, {"[Content_Types].xml": "no"},
        {"xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'},
    ],
)  # fmt: skip
def test_parts_that_are_not_sound(parts: dict[str, str], tmp_path: Path) -> None:
    workbook = book("hours", 1)
    workbook.parts = parts
    (problem,) = problems(workbook, tmp_path / "t.xlsx")
    assert (problem.code, problem.values["file"]) == ("table_broken", str(tmp_path / "t.xlsx"))


def test_two_sheets_of_one_part(tmp_path: Path) -> None:
    """It would count twice."""
    workbook = book("hours", 1)
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + "".join(
        f'<Relationship Id="rId{at}" Type="a/worksheet" Target="worksheets/sheet1.xml"/>' for at in (1, 2)
    )
    workbook.parts = {"xl/_rels/workbook.xml.rels": f"{rels}</Relationships>"}
    assert [problem.code for problem in problems(workbook, tmp_path / "t.xlsx")] == ["table_broken"]


def sheet(data: str) -> str:
    return f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{data}</sheetData></worksheet>'


@pytest.mark.parametrize(
    "data",
    [
        '<row r="3"/><row r="2"/>', '<row r="2"/><row r="2"/>', '<row r="1"><c r="A1"/><c r="A1"/></row>', '<row r="1"><c r="B1"/><c r="A1"/></row>',
        '<row r="1"><c r="A2"/></row>', '<row r="0"/>', '<row r="x"/>', '<row r="1048577"/>', '<row r="1"><c r="XFE1"/></row>', '<row r="1"><c r="a1"/></row>',
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', '<row r="1"><c r="A1" t="q"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1,5</v></c></row>', '<row r="1"><c r="A1"><v>nan</v></c></row>', '<row r="1"><c r="A1"><v>1e999</v></c></row>',
        '<row r="1"><c r="A1" t="b"><v>2</v></c></row>', '<row r="1"><c r="A1"><is><t>x</t></is></c></row>', '<row r="1"><d r="A1"/></row>',
        '<row r="1"><x:c xmlns:x="urn:x" r="A1"><v>1</v></x:c></row>', '<c r="A1"/>', '<row r="1"><c r="A1" s="x"><v>1</v></c></row>',
    ],
)  # fmt: skip
def test_cells_that_are_not_sound(data: str, tmp_path: Path) -> None:
    workbook = book("hours", 1)
    workbook.parts = {SHEET: sheet(data)}
    (problem,) = problems(workbook, tmp_path / "t.xlsx")
    assert problem.code == "table_broken"


def test_styles_that_there_are_not(tmp_path: Path) -> None:
    workbook = book("hours", 1)
    workbook.parts = {
        SHEET: sheet('<row r="1"><c t="str"><v>主体标识</v></c></row><row r="2"><c s="9" t="str"><v>s-1</v></c></row>')
    }
    assert [problem.code for problem in problems(workbook, tmp_path / "t.xlsx")] == ["table_broken"]


def test_extensions_are_their_makers(tmp_path: Path) -> None:
    workbook = book("hours", Cell(xml='<v>1</v><extLst><ext><x:y xmlns:x="urn:x"/></ext></extLst>'))
    assert problems(workbook, tmp_path / "t.xlsx") == []


def test_damage(tmp_path: Path) -> None:
    """Cut anywhere, or with any byte changed: read as it was, or refused."""
    random_ = random.Random(12)
    whole = read_workbook(HERE / "libreoffice.xlsx", CATALOGUE)
    file = tmp_path / "libreoffice.xlsx"
    refused: set[str] = set()
    for _ in range(400):
        spoilt = bytearray(SOUND)
        if random_.random() < 0.2:
            del spoilt[random_.randrange(len(spoilt)) :]
        for _ in range(random_.randint(1, 3)):
            if spoilt:
                spoilt[random_.randrange(len(spoilt))] ^= 1 << random_.randrange(8)
        file.write_bytes(spoilt)
        try:
            read = read_workbook(file, CATALOGUE)
            assert [row["id"] for row in read.records] == [row["id"] for row in whole.records]
        except InputError as error:
            refused |= {problem.code for problem in error.problems}
    assert refused <= {"table_broken", "workbook_locked", "workbook_kind", "workbook_too_large"}


def lying(content: bytes, size: int) -> bytes:
    """Parts that say another size of themselves."""
    changed = bytearray(content)
    at = changed.find(b"PK\1\2")
    while at >= 0:
        struct.pack_into("<L", changed, at + 24, size)
        at = changed.find(b"PK\1\2", at + 4)
    return bytes(changed)


@pytest.mark.parametrize("size", [1, 1000, 2**31, 2**32 - 2])
def test_sizes_that_lie(size: int, tmp_path: Path) -> None:
    content = lying(book("hours", *range(3000)).save(tmp_path / "t.xlsx").read_bytes(), size)
    assert codes(content, tmp_path / "t.xlsx") in (["table_broken"], ["workbook_too_large"])


def test_zip64(tmp_path: Path) -> None:
    workbook = book("hours", 1).save(tmp_path / "t.xlsx")
    file = tmp_path / "64.xlsx"
    with zipfile.ZipFile(workbook) as read, zipfile.ZipFile(file, "w") as written:
        for name in read.namelist():
            with written.open(name, "w", force_zip64=True) as part:
                part.write(read.read(name))
    assert len(read_workbook(file, CATALOGUE).records) == 1


def test_compression_that_nobody_uses(tmp_path: Path) -> None:
    workbook = book("hours", 1)
    workbook.spelling = Spelling(compression=zipfile.ZIP_LZMA)
    assert [problem.code for problem in problems(workbook, tmp_path / "t.xlsx")] == ["table_broken"]


def test_folders_and_links(tmp_path: Path) -> None:
    """A folder by that name, and a link to nothing."""
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "nothing")
    for name, code in (("folder", "file_unreadable"), ("link", "file_missing")):
        with pytest.raises(InputError) as raised:
            read_workbook(tmp_path / f"{name}.xlsx", CATALOGUE)
        assert [problem.code for problem in raised.value.problems] == [code]
