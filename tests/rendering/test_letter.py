"""The letter in every format and for every reader: one outline, whole in each, without codes, each record once."""

from __future__ import annotations

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import duckdb
import jsonschema
import pytest

from tests.lanes import few
from tests.language.examples import run_xinyong
from tests.workbook.filling import as_filled, filled, template

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "docs" / "samples").glob("*.json"))
SUBJECT = {
    "id": "91430500MA5LA0001T", "kind": "organisation", "model": "tourism/agency", "name": "邵阳示例国际旅行社有限公司",
    "attributes": {
        "guides": 3, "licensed_guides": 2, "licensed_on": "2014-09-01", "liability_insurance_until": "2026-01-20",
        "quality_deposit": "paid",
    },
    "records": [
        {"id": "repaired", "category": "administrative_penalty", "date": "2025-03-01", "status": "repaired",
         "repaired_on": "2025-09-01", "fields": {"seriousness": "general"}},
        {"id": "revoked", "category": "administrative_penalty", "date": "2025-04-01", "status": "revoked",
         "fields": {"seriousness": "serious"}},
        {"id": "old", "category": "administrative_penalty", "date": "2022-04-01", "fields": {"seriousness": "general"}},
        {"id": "future", "category": "administrative_penalty", "date": "2026-04-01", "fields": {"seriousness": "general"}},
        {"id": "now", "category": "administrative_penalty", "date": "2025-10-01", "source": "示例局",
         "fields": {"seriousness": "minor"}},
        {"id": "county", "category": "honour", "date": "2025-05-01", "fields": {"rank": "county"}},
        {"id": "listed", "category": "serious_dishonesty_listing", "date": "2025-06-01", "until": "2026-05-31"},
    ],
}  # fmt: skip
"""An organisation with a veto, a repaired and a revoked record."""


def explained(*arguments: str) -> str:
    printed, code = run_xinyong(
        ["explain", *arguments, "--policies", str(ROOT / "policies"), "--as-of", "2025-12-31", "--lang", "zh"]
    )
    assert code == 0, printed
    return printed


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("letter") / "subject.json"
    file.write_text(json.dumps(SUBJECT), encoding="utf-8")
    return str(file)


class _Texts(HTMLParser):
    """What a page shows, and what it asks others for."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [str(value) for name, value in attrs if name in ("src", "href")]


def _texts(value: Any) -> list[str]:
    """Every text that a page of JSON shows."""
    match value:
        case {"type": "timeline"}:
            return []
        case str():
            return value.split("\n")
        case list():
            return [text for part in value for text in _texts(part)]
        case dict():
            return [text for key, part in value.items() if key not in ("id", "type", "kind") for text in _texts(part)]
        case _:
            return []


def test_formats_say_the_same(document: str, tmp_path: Path) -> None:
    """Every text of the outline stands in HTML, in the .docx and in the text."""
    places = {ending: tmp_path / f"letter.{ending}" for ending in ("json", "html", "docx", "txt")}
    for file in places.values():
        explained(document, "--policy", "tourism", "--number", "文旅信〔2026〕5号", "--on", "2026-01-04", "--output", str(file))
    outline = json.loads(places["json"].read_text(encoding="utf-8"))
    page = _Texts()
    page.feed(places["html"].read_text(encoding="utf-8"))
    assert page.links == []
    word = docx.Document(str(places["docx"]))
    in_word = [paragraph.text for paragraph in word.element.body.iter() if paragraph.tag.endswith("}t")]
    whole = {
        "html": "".join(page.texts), "docx": "".join(in_word),
        "txt": places["txt"].read_text(encoding="utf-8"),
    }  # fmt: skip
    for text in _texts(outline["page"]):
        for name in ("html", "docx"):
            assert _bare(text) in _bare(whole[name]), name
    for text in outline["page"]["closing"]:
        assert text in whole["txt"]
    assert places["html"].read_text(encoding="utf-8").count("<svg") == 1


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_same_bytes(document: str, tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        explained(document, "--policy", "tourism", "--output", str(tmp_path / name))
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


@pytest.mark.parametrize("reader", ["company", "clerk", "auditor"])
@pytest.mark.parametrize("sample", few(SAMPLES, 2), ids=lambda path: path.name)
def test_schema(sample: Path, reader: str, tmp_path: Path) -> None:
    """Each explanation keeps to the schemas."""
    file = tmp_path / "letter.json"
    explained(str(sample), "--for", reader, "--output", str(file))
    texts = file.read_text(encoding="utf-8")
    lines = [json.loads(texts)] if texts.startswith("{\n") else [json.loads(line) for line in texts.splitlines()]
    schemas = {
        name: json.loads((ROOT / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
        for name in ("explanation", "evaluation", "course")
    }
    for line in lines:
        jsonschema.validate(line, schemas["explanation"])
        jsonschema.validate(line["evaluation"], schemas["evaluation"])
        if "course" in line:
            jsonschema.validate(line["course"], schemas["course"])


@pytest.mark.parametrize("sample", few(SAMPLES, 4), ids=lambda path: path.name)
def test_no_codes(sample: Path) -> None:
    """No value that the catalogue has a name for stands as a code in the letter; each record stands there once."""
    catalogue = json.loads(json.dumps(_catalogue()))
    text = explained(str(sample))
    for page in text.split("─" * 20):
        for record in json.loads(sample.read_text(encoding="utf-8")).get("records", []):
            assert page.count(f"编号 {record['id']}）") <= 1
            fields = catalogue["categories"][record["category"]].get("fields", {})
            for name, value in record.get("fields", {}).items():
                labels = fields.get(name, {}).get("one_of")
                if isinstance(labels, dict) and labels.get(value, value) != value:
                    without_ids = re.sub("（编号 .*?）", "", page, flags=re.DOTALL)
                    assert not re.search(rf"\b{re.escape(str(value))}\b(?![-_/])", without_ids), (name, value)


def _catalogue() -> Any:
    import yaml

    return yaml.load((ROOT / "policies/common/catalogue.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)


def test_what_did_not_count(document: str) -> None:
    """The repair is honoured, and everything else has its reason; the veto holds unmistakably."""
    text = explained(document, "--policy", "tourism")
    passed_over = text.partition("未计入的记录及原因\n")[2].partition("\n\n")[0]
    for reason in (
        "信用修复已于 2025-09-01 生效", "已撤销", "不在计算期间（近24个月）之内", "日期在基准日之后，自 2026-04-01 起才可能计入",
        "不符合计入的条件：级别不为“县级”",
    ):  # fmt: skip
        assert passed_over.count(reason) == 1
    assert "严重失信主体                         成立" in text
    assert "持有效导游证的导游数 2 ÷ 聘用导游数 3 × 100 = 66.6667" in text
    assert "[1] 行政处罚" not in passed_over
    assert "记录来源：示例局" in text.partition("怎样修复")[2]


def test_readers(document: str, tmp_path: Path) -> None:
    """The counter sees what bears on it, the audit sees all: places, digests, terms that are 0, reasons by fact."""
    clerk, auditor = (explained(document, "--policy", "tourism", "--for", reader) for reader in ("clerk", "auditor"))
    assert "成立的一票否决" in clerk
    assert "怎样得分" not in clerk
    assert len(re.findall(r"tourism\.yaml:\d+", auditor)) > 30
    assert auditor.count("sha256:") == 2
    assert len(clerk) < len(auditor) / 4
    whole, folded = (tmp_path / f"{reader}.json" for reader in ("auditor", "company"))
    for file in (whole, folded):
        explained(document, "--policy", "tourism", "--for", file.stem, "--output", str(file))
    assert "18 − 1 × 1 − 5 × 0 − 12 × 0 = 17" in whole.read_text(encoding="utf-8")
    assert "18 − 1 × 1 = 17（其余为 0）" in folded.read_text(encoding="utf-8")


def test_dates(document: str) -> None:
    """A letter as of another day has no day of its own unless it is named."""
    assert "日期      ______年____月____日" in explained(document, "--policy", "tourism")
    assert "日期      2026年1月4日" in explained(document, "--policy", "tourism", "--on", "2026-01-04")


@pytest.mark.parametrize("kind", ["workbook", "csv", "duckdb"])
def test_inputs_alike(kind: str, document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A subject of a workbook, of tables or of a database gets the letter of its document, however many others there are."""
    monkeypatch.setattr("engine.usecases.batch.small_tables.MANY", 1)
    others = [{**SUBJECT, "id": f"shop-{number}", "records": []} for number in range(2)]
    place = _as(kind, [SUBJECT, *others], tmp_path)
    named = ["--policy", "tourism", "--subject", str(SUBJECT["id"])]
    letter, of_document = (explained(str(name), *named) for name in (place, document))
    assert _in_order(letter) == _in_order(of_document)


def _in_order(letter: str) -> list[str]:
    """The lines whatever the numbers of records, which stand in another order in tables."""
    return sorted(re.sub(r"\s+", "", re.sub(r"\[\d\]", "", line)) for line in letter.splitlines())


def _as(kind: str, documents: list[dict[str, Any]], folder: Path) -> Path:
    """Documents in another container."""
    if kind == "workbook":
        return filled(template("tourism", folder / "book.xlsx"), as_filled(documents))
    subjects = [
        {
            "name": document["name"],
            "id": document["id"],
            "kind": document["kind"],
            "model": document["model"],
            **document["attributes"],
        }
        for document in documents
    ]
    records = [
        {"until": None, "status": "valid", "repaired_on": None, "source": None, "seriousness": None, "rank": None,
         "subject": document["id"], **record, **record.get("fields", {})}
        for document in documents
        for record in document["records"]
    ]  # fmt: skip
    for name, rows in (("subjects", subjects), ("records", records)):
        for row in rows:
            row.pop("fields", None)
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    if kind == "csv":
        return folder
    with duckdb.connect(str(folder / "data.duckdb")) as database:
        for name in ("subjects", "records"):
            database.execute(f"create table {name} as from read_csv('{folder / name}.csv', all_varchar = true)")
    return folder / "data.duckdb"
