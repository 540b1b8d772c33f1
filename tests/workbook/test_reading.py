"""A filled workbook becomes rows of texts; what is not understood is told with its place."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from engine.model.problem import InputError
from engine.reading.workbook.columns import Row
from engine.reading.workbook.filled_workbook import Sheets, read_workbook
from engine.rendering.snippet import snippets
from tests.workbook.filling import CATALOGUE, ROOT, Document, as_filled, documents, filled, template, written_workbook

HERE = Path(__file__).parent
SUBJECTS: list[list[object]] = [["主体标识", "主体类型", "评价模型"], ["s-1", "组织", "housekeeping/enterprise"]]
SOUND = (HERE / "libreoffice.xlsx").read_bytes()
SPOILT = SOUND[:3000] + b"\0" * 6000 + SOUND[9000:]


def read(file: Path, **sheets: list[list[object]]) -> Sheets:
    """A workbook of these sheets."""
    return read_workbook(written_workbook(file, {"主体": SUBJECTS, **sheets}), CATALOGUE)


def cells(row: Row) -> Row:
    """Without what tells where it stands."""
    return {key: value for key, value in row.items() if key not in ("_file", "_row", "subject", "category", "id")}


def problems(file: Path, sheets: dict[str, list[list[object]]]) -> str:
    """What is told of a workbook, by its file's name alone."""
    with pytest.raises(InputError) as raised:
        read_workbook(written_workbook(file, sheets), CATALOGUE)
    return snippets(raised.value.problems, "zh").replace(f"{file.parent}/", "")


@pytest.mark.parametrize("policy", ["eldercare", "housekeeping", "medical", "tourism", "bidding"])
def test_a_filled_template_says_what_the_documents_say(policy: str, tmp_path: Path) -> None:
    originals = [
        json.loads(file.read_text(encoding="utf-8")) for file in sorted((ROOT / "docs/samples").glob(f"{policy}-*.json"))
    ]
    file = filled(template(policy, tmp_path / "t.xlsx"), as_filled(originals))
    assert _sorted(documents(read_workbook(file, CATALOGUE))) == _sorted(originals)


def _sorted(some: list[Document]) -> list[Document]:
    """Records in one order, and empty parts left out."""
    whole_documents = []
    for document in some:
        records = [{**record, "fields": record.get("fields", {})} for record in document.get("records", ())]
        whole = {**document, "records": sorted(records, key=lambda record: str(record["id"]))}
        whole_documents.append({key: value for key, value in whole.items() if value})
    return whole_documents


def test_saved_by_libreoffice() -> None:
    """A template of housekeeping into which LibreOffice typed its entries (2019-3-1, 2025/6/1, 2025年11月18日, 0012); 2025-2-30 is no date."""
    sheets = read_workbook(HERE / "libreoffice.xlsx", CATALOGUE)
    where = str(HERE / "libreoffice.xlsx")
    assert sheets.subjects == [
        {
            "_file": f"{where} [主体]", "_row": 2, "id": "91430500MA4L0L019H", "kind": "organisation",
            "model": "housekeeping/enterprise", "name": "邵阳示例家政有限公司", "established": "2019-03-01", "staff": "40",
            "takes_prepayment": "true",
        },
        {"_file": f"{where} [主体]", "_row": 3, "id": "430500199203114015", "kind": "person", "model": "housekeeping/consumer"},
    ]  # fmt: skip
    assert sheets.records == [
        {
            "_file": f"{where} [行政处罚]", "_row": 2, "id": "0012", "subject": "91430500MA4L0L019H", "date": "2025-06-01",
            "status": "valid", "seriousness": "general", "amount": "1234.5", "category": "administrative_penalty",
        },
        {
            "_file": f"{where} [行政处罚]", "_row": 3, "id": "0013", "subject": "91430500MA4L0L019H", "date": "2025-2-30",
            "seriousness": "serious", "category": "administrative_penalty",
        },
        {
            "_file": f"{where} [个人信用分（湘信分）]", "_row": 2, "id": "个人信用分（湘信分）:2", "subject": "430500199203114015",
            "date": "2025-11-18", "score": "735", "category": "personal_credit_score",
        },
    ]  # fmt: skip
    assert sheets.members == []


def test_keys_and_codes_do_as_well(tmp_path: Path) -> None:
    """Names of sheets, columns and values in English, in any capitals, widths and spaces."""
    sheets = read_workbook(
        written_workbook(
            tmp_path / "t.xlsx",
            {
                "Subjects": [["id", "KIND", " model "], ["s-1", "organisation", "a/b"]],
                "members": [["subject", "member"], ["s-1", "p-1"]],
                "satisfaction_survey": [["主体标识", "date", "满意度（％） "], ["s-1", "2025-06-01", 88]],
                "职业技能等级证书或者专项能力证书": [["subject", "date", "rank"], ["s-1", "2025-06-01", "senior"]],
            },
        ),
        CATALOGUE,
    )
    assert [cells(row) for row in sheets.subjects] == [{"kind": "organisation", "model": "a/b"}]
    assert [cells(row) for row in sheets.members] == [{"member": "p-1"}]
    assert [cells(row) for row in sheets.records] == [
        {"date": "2025-06-01", "percent": "88"}, {"date": "2025-06-01", "rank": "senior"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (date(2025, 6, 1), "2025-06-01"), (datetime(2025, 6, 1), "2025-06-01"), ("2025-06-01", "2025-06-01"),
        ("2025/6/1", "2025-06-01"), ("2025年6月1日", "2025-06-01"), ("2025.6.1", "2025-06-01"),
        (datetime(2025, 6, 1, 8, 30), "2025-06-01T08:30:00"), ("六月一日", "六月一日"), ("2025/2/30", "2025/2/30"), (45809, "45809"),
    ],
)  # fmt: skip
def test_dates(cell: object, text: str, tmp_path: Path) -> None:
    """As cells and as people type them; what is none stays, to be refused with its row."""
    sheets = read(tmp_path / "t.xlsx", 健康证明=[["主体标识", "日期"], ["s-1", cell]])
    assert cells(sheets.records[0]) == {"date": text}


@pytest.mark.parametrize(
    ("cell", "text"),
    [(36, "36"), (36.0, "36"), (36.5, "36.5"), (0.1, "0.1"), (-2, "-2"), (1e-7, "0.0000001"), ("36", "36"), (123456789012.25, "123456789012.25")],
)  # fmt: skip
def test_numbers(cell: object, text: str, tmp_path: Path) -> None:
    sheets = read(tmp_path / "t.xlsx", 教育培训=[["主体标识", "日期", "学时"], ["s-1", "2025-06-01", cell]])
    assert sheets.records[0]["hours"] == text


@pytest.mark.parametrize(
    ("cell", "text"), [("是", "true"), ("否", "false"), (True, "true"), (False, "false"), ("TRUE", "true"), ("false", "false"), ("有", "有")]
)  # fmt: skip
def test_booleans(cell: object, text: str, tmp_path: Path) -> None:
    sheets = read(tmp_path / "t.xlsx", 信用承诺及履行=[["主体标识", "日期", "承诺已履行"], ["s-1", "2025-06-01", cell]])
    assert sheets.records[0]["kept"] == text


def test_ids(tmp_path: Path) -> None:
    """Numbers are their digits, and a record without an id is called after its place."""
    sheets = read(
        tmp_path / "t.xlsx",
        健康证明=[["主体标识", "记录编号", "日期"], [20250001, 7, "2025-06-01"], [], [" s-1 ", None, "2025-06-01"]],
    )
    assert [(row["subject"], row["id"]) for row in sheets.records] == [("20250001", "7"), ("s-1", "健康证明:4")]


def test_a_title_above_the_header(tmp_path: Path) -> None:
    """Rows and columns that are empty do not matter, and rows keep their numbers."""
    lines: list[list[object]] = [[], [None, "主体标识", "日期"], [], [None, "s-1", "2025-06-01"], [None, " ", None]]
    sheets = read(tmp_path / "t.xlsx", 健康证明=lines)
    assert [(row["subject"], row["_row"]) for row in sheets.records] == [("s-1", 4)]


def test_sheets_without_data(tmp_path: Path) -> None:
    sheets = read(tmp_path / "t.xlsx", 填写说明=[["随便写的"]], 选项=[["组织"]], Sheet2=[], 成员=[])
    assert (len(sheets.subjects), sheets.records, sheets.members) == (1, [], [])


def test_sheets_and_columns_that_nobody_knows(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {
        "行政处罚信息": [["主体标识"], ["s-1"]],
        "备注": [["随便写的"]],
        "行政处罚": [["主体标识", "日期", "严重程度", "记录编号", "编号", "记录编号"], ["s-1", "2025-06-01", "一般"]],
        "健康证明": [["主体标识", "日期"], ["s-1", "2025-06-01"], ["s-1", "2025-06-01", None, "有效"]],
    }
    assert problems(tmp_path / "t.xlsx", sheets) == (HERE / "not-understood.txt").read_text(encoding="utf-8").rstrip("\n")


def test_ids_as_numbers(tmp_path: Path) -> None:
    """Excel has made 430500199203114015 to 430500199203114000."""
    sheets: dict[str, list[list[object]]] = {
        "主体": [["主体标识", "主体类型"], ["s-1", "组织"], [430500199203114000, "个人"], [430500199203114000, "个人"]]
    }
    assert problems(tmp_path / "t.xlsx", sheets) == (
        "错误[id_as_number]：列 `主体标识` 有 2 个号码存成了数字，末几位已经丢失\n"
        "  --> t.xlsx [主体]:3:1\n"
        "  = 把这一列设为文本格式，重新填写"
    )


def test_formulas_that_failed(tmp_path: Path) -> None:
    """What shows #N/A is no empty cell; in a row without anything else it does not matter."""
    hours: list[list[object]] = [
        ["主体标识", "日期", "学时"],
        ["s-1", "2025-06-01", "#N/A"],
        ["s-1", "2025-06-02", "#REF!"],
        [None, None, "#N/A"],
    ]
    assert problems(tmp_path / "t.xlsx", {"主体": SUBJECTS, "教育培训": hours}) == (
        "错误[cell_error]：列 `学时` 有 2 格是公式算错的结果（如 #N/A）\n"
        "  --> t.xlsx [教育培训]:2:3\n"
        "  = 改好公式，或者直接填值"
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "file_missing"), (b"", "table_broken"), (b"PK\x03\x04 no", "table_broken"), (SPOILT, "table_broken")],
)
def test_no_workbook(content: bytes | None, code: str, tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InputError) as raised:
        read_workbook(file, CATALOGUE)
    assert [problem.code for problem in raised.value.problems] == [code]
