"""The table of mistakes that officials made in a trial: what is written, what is run, and what is said of it in both languages.

Rows on the writing of YAML and JSON themselves stand with the reader of YAML, and are named here in comments alone.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import openpyxl
import pytest

from tests.language.examples import BASE, run_xinyong

POLICY, CATALOGUE, SCALES = "policies/example.yaml", "policies/common/catalogue.yaml", "policies/common/scales.yaml"
CHECK, TEST = "check policies", "test --policies policies"
EVALUATE = "evaluate subject.json --policies policies --as-of 2025-12-31"
WORKBOOK = "evaluate b.xlsx --policies policies --as-of 2025-12-31 --output r.jsonl"


class Row(NamedTuple):
    """What stands where (`old` gives way to `new`; without an `old`, `new` is the whole file), and what must be said."""

    written: str
    file: str
    old: str
    new: str
    code: str
    says: str
    remedy: str = ""
    command: str = CHECK


TABLE = [
    # texts
    Row("version: 2025.1", POLICY, 'version: "1"', "version: 2025.1", "text_unquoted", "这里要文字，`2025.1`", '加引号："2025.1"'),
    Row("version: true", POLICY, 'version: "1"', "version: true", "text_unquoted", "`true`", '加引号："true"'),
    Row(
        "id: 00123", "policies/cases/example.yaml", "",
        "cases: example\nas_of: 2025-12-31\nexamples:\n"
        "  a: {title: 一, model: shop, records: [{id: 00123, category: complaint, date: 2025-06-01}], expect: {score: 84}}\n",
        "text_unquoted", "`00123`", '加引号："00123"', TEST,
    ),
    Row("an id of digits, unquoted", "subject.json", '"shop-1"', "430502196304", "text_unquoted", "`430502196304`", "加引号", EVALUATE),
    # numbers
    Row("95%", POLICY, "if_missing: 60", "if_missing: 95%", "number_percent", "`95%` 带着百分号", "写成 95"),
    Row("95％", POLICY, "if_missing: 60", "if_missing: 95％", "number_percent", "`95％` 带着百分号", "写成 95"),
    Row("６０", POLICY, "points: 60, each", "points: ６０, each", "number_full_width", "`６０` 里有全角字符", "用半角，写成 60"),
    Row("60分", POLICY, "points: 60, each", "points: 60分, each", "number_unit", "`60分` 带着单位", "去掉单位，写成 60"),
    Row("60 points", POLICY, "points: 60, each", "points: 60 points, each", "number_unit", "`60 points`", "写成 60"),
    Row("６０分", POLICY, "points: 60, each", "points: ６０分, each", "number_unit", "`６０分` 带着单位", "写成 60"),
    Row('"1,000"', POLICY, "points: 60, each", 'points: "1,000", each', "number_comma", "`1,000` 里有逗号", "写成 1000"),
    Row("－15", POLICY, "each: -15", "each: －15", "number_minus", "`－15`", "用半角负号，写成 -15"),
    Row("−15", POLICY, "each: -15", "each: −15", "number_minus", "`−15`", "用半角负号，写成 -15"),
    Row("—15", POLICY, "each: -15", "each: —15", "number_minus", "`—15`", "用半角负号，写成 -15"),
    Row("-15*2", POLICY, "each: -15", "each: -15*2", "number_formula", "`-15*2` 是算式", "不能写算式"),
    Row('"60"', POLICY, "points: 60, each", 'points: "60", each', "number_quoted", "`60` 加了引号", "去掉引号，写成 60"),
    Row("六十", POLICY, "points: 60, each", "points: 六十, each", "number_in_words", "`六十` 是文字", "写成 60"),
    Row("3万元", POLICY, "{at_least: 3}", "{at_least: 3万元}", "number_myriad", "`3万元` 带着“万”", "写成 30000"),
    # `points: 1,000` in { }: test_yaml
    # windows, conditions, days, bases
    Row("within: 24", POLICY, "24 months", "24", "window", "`24` 不是期间", "`24 months`"),
    Row("within: 24个月", POLICY, "24 months", "24个月", "window", "`24个月` 不是期间", "`24 months`"),
    Row("within: 近两年", POLICY, "24 months", "近两年", "window", "`近两年` 不是期间", "`2 years`"),
    Row("grade: 优", POLICY, "{is: 优}", "优", "mapping_needed", "`grade` 后面不能只写 `优`", "写成 grade: {is: 优}"),
    Row("penalties: 3", POLICY, "{at_least: 3}", "3", "mapping_needed", "`penalties`", "写成 penalties: {at_least: 3}"),
    Row(
        "effective: 2025-07-01", POLICY, "{from: 2025-01-01}", "2025-07-01", "mapping_needed", "`effective`",
        "写成 effective: {from: 2025-07-01}",
    ),
    Row("2025年7月1日", POLICY, "2025-01-01", "2025年7月1日", "not_a_date", "`2025年7月1日` 不是日期", "`2025-07-01`"),
    Row("basis: 第五条", POLICY, "each: -15, basis: plan", "each: -15, basis: 第五条", "bad_id", "`第五条`", "`{plan: 第五条}`"),
    # Chinese titles and words where ids belong
    Row("行政处罚", POLICY, "count: penalty", "count: 行政处罚", "bad_id", "`行政处罚`", "`penalty`"),
    Row("处罚", POLICY, "count: penalty", "count: 处罚", "bad_id", "`处罚`", "`penalty`"),
    Row("顾客满意度调查.满意度", POLICY, "survey.percent", "顾客满意度调查.满意度", "field_needed", "满意度", "`survey.percent`"),
    Row("survey.满意度", POLICY, "survey.percent", "survey.满意度", "field_needed", "survey.满意度", "`survey.percent`"),
    Row("试行", POLICY, "status: trial", "status: 试行", "not_listed", "`试行`", "`trial`"),
    Row("组织", POLICY, "kind: organisation", "kind: 组织", "not_listed", "`组织`", "`organisation`"),
    Row("企业", POLICY, "kind: organisation", "kind: 企业", "not_listed", "`企业`", "`organisation`"),
    Row("日常监管", POLICY, "matter: commendation", "matter: 日常监管", "not_listed", "`日常监管`", "`supervision`"),
    Row("激励", POLICY, "kind: incentive", "kind: 激励", "not_listed", "`激励`", "`incentive`"),
    Row("名称:", POLICY, "\ntitle: 商店信用评价", "\n名称: 商店信用评价", "unknown_key", "`名称`", "`title`"),
    Row("分值:", POLICY, "points: 60, each", "分值: 60, each", "unknown_key", "`分值`", "`points`"),
    Row("不少于", POLICY, "{at_least: 3}", "{不少于: 3}", "unknown_key", "`不少于`", "`at_least`"),
    Row("A级", POLICY, "level: D,", "level: D级,", "unknown_name", "`D级`", "`D`"),
    Row("title of a fact", POLICY, "fact: satisfaction", "fact: 顾客满意度", "bad_id", "`顾客满意度`", "`satisfaction`"),
    Row("title of a document", POLICY, "-15, basis: plan", "-15, basis: 商店信用评价实施方案", "bad_id", "实施方案`", "`plan`"),
    Row("title of an item", POLICY, "commendation, when", "commendation, item: 限制参加招标投标, when", "bad_id", "招标", "`limit-bidding`"),
    Row("上年", POLICY, "within: 24 months", "during: 上年", "not_listed", "`上年`", "`last year`"),
    Row("optional: 是", CATALOGUE, "at_least: 0, optional: true}\n    collection", "at_least: 0, optional: 是}\n    collection", "wrong_type", "true 或 false", "`true`"),
    Row("absent_means: 没有", CATALOGUE, "not_collected", "没有", "not_listed", "`没有`", "`none`"),
    Row("kind 组织 of a subject", "subject.json", '"organisation"', '"组织"', "not_listed", "`组织`", "`organisation`", EVALUATE),
    Row("category 行政处罚 of a record", "subject.json", '"penalty"', '"行政处罚"', "unknown_name", "`行政处罚`", "`penalty`", EVALUATE),
    Row("field 严重程度", "subject.json", '"seriousness"', '"严重程度"', "unknown_key", "`严重程度`", "`seriousness`", EVALUATE),
    Row("value 是", "subject.json", '"percent": 92', '"percent": 92, "published": "是"', "wrong_type", "true 或 false", "`true`", EVALUATE),
    Row("status 有效", "subject.json", '"2025-09-01"', '"2025-09-01", "status": "有效"', "not_listed", "`有效`", "`valid`", EVALUATE),
    Row("model by titles", "subject.json", "example/shop", "example/商店", "拒绝", "没有模型 `商店`", "`shop`", EVALUATE),
    Row("policy by title", "subject.json", "example/shop", "商店信用评价/shop", "拒绝", "没有叫 `商店信用评价` 的政策", "`example`", EVALUATE),
    Row("percent of a record", "subject.json", "92", '"92％"', "number_percent", "`92％`", "写成 92", EVALUATE),
    Row("12人 of an attribute", "subject.json", '"kind"', '"attributes": {"staff": "12人"}, "kind"', "number_unit", "`12人`", "写成 12", EVALUATE),
    Row("2025.6.1", "subject.json", "2025-06-01", "2025.6.1", "not_a_date", "`2025.6.1`", "`2025-06-01`", EVALUATE),
    Row("records counted from 1", "subject.json", "2025-06-01", "2025-06-31", "not_a_date", "第 1 条记录 date", "", EVALUATE),
    # placement
    Row(
        "a category at the end", CATALOGUE, "kinds: [organisation]}\n  founded",
        "kinds: [organisation]}\n  labour: {title: 违反劳动保障法律, kinds: [organisation], fields: {}, repair: 无}\n  founded",
        "category_among_attributes", "`labour` 像是信息类别，却写在 attributes 之下", "移到 categories 之下",
    ),
    Row(
        "vetoes two to the left", POLICY, "    vetoes:\n      many-penalties:", "  vetoes:\n    many-penalties:",
        "key_too_far_left", "`vetoes` 是评价模型里的一部分", "与 facts 对齐",
    ),
    Row("unknown category", POLICY, "count: penalty", "count: bid_violation", "unknown_name", "`bid_violation`", "写进 policies/common/catalogue.yaml"),
    Row("unknown title", POLICY, "count: penalty", "count: 治安案件", "unknown_name", "`治安案件`", "写进 policies/common/catalogue.yaml"),
    Row("unknown scale", POLICY, "scale: four", "scale: ten", "unknown_name", "没有叫 `ten` 的等级标准", "写进 policies/common/scales.yaml"),
    Row(
        "model: carwash/shop", "policies/cases/example.yaml", "",
        "cases: example\nas_of: 2025-12-31\nexamples:\n  a: {title: 一, model: example/shop, expect: {score: 60}}\n",
        "bad_id", "`example/shop`", "是不是 `shop`", TEST,
    ),
    # official, with an item of the library on trial: test_item_on_trial
    # identifiers
    Row("17 characters", "subject.json", "shop-1", "91430500MA4L0L19H", "code_length", "有 17 位", "应为 18 位", EVALUATE),
    Row("19 characters", "subject.json", "shop-1", "91430500MA4L0L0019H", "code_length", "有 19 位", "应为 18 位", EVALUATE),
    Row("20 characters", "subject.json", "shop-1", "91430500MA4L0L019H00", "code_length", "有 20 位", "应为 18 位", EVALUATE),
    Row("an organisation code", "subject.json", "shop-1", "MA4L0L019", "other_register", "是组织机构代码", "统一社会信用代码", EVALUATE),
    Row("a resident id of 15 digits", "subject.json", "shop-1", "430502630413003", "other_register", "15 位的旧身份证号", "18 位", EVALUATE),
    # outputs
    Row("evaluate to .docx", "subject.json", "92", "92", "output_kind", "不能写成 `甲.docx`", ".xlsx", f"{EVALUATE} --output 甲.docx"),
    Row("evaluate to .html", "subject.json", "92", "92", "output_kind", "不能写成 `甲.html`", ".txt", f"{EVALUATE} --output 甲.html"),
    Row("diff to .docx", "subject.json", "92", "92", "output_kind", "`d.docx`", ".html", "diff policies policies --format html --output d.docx"),
    Row("diff text to .html", "subject.json", "92", "92", "output_kind", "`d.html`", ".txt", "diff policies policies --output d.html"),
    # curly brackets and colons of full width, 【】, odd blanks, status:trial, note: "分档"参考, title: a: b,
    # indentation, carwash.yaml.txt, JSON quotes and commas: test_yaml, test_json
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A copy of the policy that the examples of the language start from."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    with chdir(tmp_path), mock.patch.dict(os.environ, {"XDG_CACHE_HOME": str(tmp_path / ".cache"), "COLUMNS": "100"}):
        yield tmp_path


def say(command: str, lang: str) -> str:
    """What a command that finds something wrong says."""
    printed, code = run_xinyong([*command.split(), "--lang", lang])
    assert code != 0, printed
    return printed


@pytest.mark.parametrize("row", [pytest.param(row, id=row.written) for row in TABLE])
def test_message(row: Row, folder: Path) -> None:
    """The mistake, and how it is mended, in Chinese; the same code in English."""
    file = folder / row.file
    file.parent.mkdir(exist_ok=True)
    text = file.read_text(encoding="utf-8") if row.old else ""
    assert row.old in text
    file.write_text(text.replace(row.old, row.new, 1) if row.old else row.new, encoding="utf-8")
    told = say(row.command, "zh")
    assert row.says in told
    assert row.remedy in told
    if row.code.isascii():
        assert f"错误[{row.code}]" in told
        assert told.count("错误[") == 1, told
        assert f"error[{row.code}]: " in say(row.command, "en")


SOUND = [
    ("basis: {plan: 5}", POLICY, "-15, basis: plan", "-15, basis: {plan: 5}", CHECK),
    ("lower case", "subject.json", "shop-1", "91430500ma4l0l019h", EVALUATE),
    ("blanks and full width", "subject.json", "shop-1", "９１４３０５００ MA4L0L019H ", EVALUATE),
    ("a zero-width blank", "subject.json", "shop-1", "91430500MA4L0L019H\u200b", EVALUATE),
]
"""What is taken as it is meant."""


@pytest.mark.parametrize(("file", "old", "new", "command"), [pytest.param(*row[1:], id=row[0]) for row in SOUND])
def test_taken(file: str, old: str, new: str, command: str, folder: Path) -> None:
    """Nothing is wrong."""
    text = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    printed, code = run_xinyong([*command.split(), "--lang", "zh"])
    assert code == 0, printed
    assert command == CHECK or "91430500MA4L0L019H" in printed


class TestWorkbook:
    """A filled workbook: sheet, row, column and value are told on the screen."""

    @staticmethod
    def written(staff: object, owner: str, fine: object) -> None:
        book = openpyxl.Workbook()
        subjects, penalties = book.active, book.create_sheet("行政处罚")
        subjects.title = "主体"
        subjects.append(["主体标识", "主体类型", "评价模型", "从业人员数"])
        subjects.append(["91430500MA4L0L019H", "组织", "example/shop", staff])
        subjects.append(["shop-2", "组织", "example/shop", 5])
        penalties.append(["主体标识", "记录编号", "日期", "严重程度", "罚款（元）"])
        penalties.append([owner, "p1", "2025-06-01", "serious", fine])
        book.save("b.xlsx")

    def test_values(self, folder: Path) -> None:
        self.written("12人", "shop-2", "3万元")
        told = say(WORKBOOK, "zh")
        assert "这里要数，`12人` 带着单位\n  --> b.xlsx [主体] 第 2 行，staff（从业人员数）\n  = 去掉单位，写成 12" in told
        assert "`3万元` 带着“万”\n  --> b.xlsx [行政处罚] 第 2 行，fine（罚款（元））\n  = 写成 30000" in told
        assert "b.xlsx [行政处罚], row 2, fine (罚款（元）)" in say(WORKBOOK, "en")

    @pytest.mark.parametrize(
        "owner", ["91430500MA4L0L091H", "91430500MA4L0L19H", "91430500MA4L0L020H", "1430500MA4L0L019H", "MA4L0L019"]
    )
    def test_mistyped_owner(self, owner: str, folder: Path) -> None:
        """A record whose owner is mistyped holds back the company that is likely meant, and nobody else."""
        self.written(12, owner, 30000)
        assert f"`{owner}`" in say(WORKBOOK, "zh")
        results = (folder / "r.jsonl").read_text(encoding="utf-8").splitlines()
        outcomes = {line.split('"subject":"')[1].split('"')[0]: '"outcome":"evaluated"' in line for line in results}
        assert outcomes == {"91430500MA4L0L019H": False, "shop-2": True}
        rows = (folder / "r.rejects.csv").read_text(encoding="utf-8-sig")
        alike = f"`91430500MA4L0L019H` 和 `{owner}` 可能是同一个主体"
        assert f"p1,subject_alike,{alike}（`{owner}` 见 b.xlsx [行政处罚] 第 2 行，记录 `p1`）" in rows


def test_every_missing_key(folder: Path) -> None:
    """One run tells all of them: of a policy, a fact, a measure, a category, a case and a record."""
    (folder / "policies/other.yaml").write_text("policy: x\ntitle: 测\n", encoding="utf-8")
    told = say(CHECK, "zh")
    missing = ("version", "status", "authority", "effective", "scale", "models")
    assert all(f"缺少 `{key}`" in told for key in missing)
    assert all(f"`{key}` is missing" in say(CHECK, "en") for key in missing)
    (folder / "policies/other.yaml").unlink()
    policy = (folder / POLICY).read_text(encoding="utf-8")
    bare = policy.replace("title: 优先评先评优, kind: incentive, matter: commendation, when: {grade: {is: 优}}, ", "")
    (folder / POLICY).write_text(bare, encoding="utf-8")
    assert [say(CHECK, "zh").count(f"缺少 `{key}`") for key in ("title", "kind", "matter", "when")] == [1, 1, 1, 1]
    (folder / POLICY).write_text(policy, encoding="utf-8")
    catalogue = (folder / CATALOGUE).read_text(encoding="utf-8")
    fields = "".join(f"      f{n}: {{title: 字段{n}, type: number}}\n" for n in range(16))
    widened = catalogue.replace(
        "  complaint:\n", f"  wide:\n    title: 宽\n    kinds: [organisation]\n    fields:\n{fields}  complaint:\n"
    )
    (folder / CATALOGUE).write_text(widened, encoding="utf-8")
    (folder / "policies/cases").mkdir()
    case = "cases: example\nas_of: 2025-12-31\nexamples:\n  a: {title: 一, model: shop, records: [{category: wide, date: 2025-06-01}], expect: {score: 84}}\n"
    (folder / "policies/cases/example.yaml").write_text(case, encoding="utf-8")
    assert all(f"缺少字段 `f{n}`" in say(TEST, "zh") for n in range(16))


def test_item_on_trial(folder: Path) -> None:
    """An official policy that rests on an item of the measure library on trial: the item is named, where it is used and where it lies."""
    library = folder / "policies/common/measures.yaml"
    library.write_text(
        library.read_text(encoding="utf-8").replace("招标投标, law", "招标投标, status: trial, law"), encoding="utf-8"
    )
    policy = (
        (folder / POLICY).read_text(encoding="utf-8").replace("commendation, when", "commendation, item: limit-bidding, when")
    )
    (folder / POLICY).write_text(policy.replace("status: trial", "status: official"), encoding="utf-8")
    told = say(CHECK, "zh")
    assert "错误[official_trial_item]：正式政策所引的措施库条目 `limit-bidding`（限制参加招标投标）标作 trial" in told
    assert "policies/common/measures.yaml" in told
    assert "error[official_trial_item]: " in say(CHECK, "en")


def test_later_record(folder: Path) -> None:
    """A date typed for another year does not pass silently."""
    text = (folder / "subject.json").read_text(encoding="utf-8").replace("2025-06-01", "2026-06-01")
    (folder / "subject.json").write_text(text, encoding="utf-8")
    for command in (EVALUATE, EVALUATE.replace("evaluate", "explain"), f"{EVALUATE} --engine columnar --output r.jsonl"):
        printed, code = run_xinyong([*command.split(), "--lang", "zh"])
        assert (code, "有 1 条记录的日期晚于基准日 2025-12-31，没有计入：`" in printed) == (0, True), printed
