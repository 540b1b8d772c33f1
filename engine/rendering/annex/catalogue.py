"""The catalogue as an official annex (信用信息归集目录): who collects what, how, in what time, and how it is repaired."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from engine.model.catalogue import Attribute, Catalogue, Category, Field
from engine.rendering.annex.document import Annex, Part, Row, Section, Table, row, signature
from engine.rendering.condition_text import bounds_text
from engine.rendering.terms import term

TITLE = "信用信息归集目录"
NONE = "—"
_TIMES = {"working day": "个工作日", "day": "日", "month": "个月", "year": "年"}


def catalogue_part(catalogue: Catalogue, created: int) -> Part:
    """In Chinese whatever the language of messages; files are dated `created`, for a catalogue has no day of its own."""
    records = Section("信用记录", (), (_categories(catalogue.categories.values()),))
    attributes = Section("主体信息", (), (_attributes(catalogue.attributes.values()),)) if catalogue.attributes else None
    counts = f"信用记录{len(catalogue.categories)}类，主体信息{len(catalogue.attributes)}项"
    annex = Annex("", TITLE, (records, *([attributes] if attributes else [])))
    return Part(TITLE, (("内容", counts),), (annex,), signature(""), created)


def _categories(categories: Iterable[Category]) -> Table:
    heads = (
        "序号", "信息类别", "信息项", "适用主体", "归集单位", "归集方式", "时限", "公示期", "信用修复", "能否归集自然人信息",
    )  # fmt: skip
    rows = tuple(_category(i, one) for i, one in enumerate(categories, 1))
    remark = "信息项后注明取值；未注明“选填”的必须填写。"
    absent = "标明“尚未归集”的类别，没有记录不等于没有发生。"
    remarks = (
        (remark, absent) if any(cell and cell.text.endswith("（尚未归集）") for one in rows for cell in one) else (remark,)
    )
    return Table("信用记录", heads, (4, 10, 17, 6, 10, 11, 7, 16, 14, 5), rows, remarks)


def _category(position: int, one: Category) -> Row:
    collection = one.collection
    items = "评价结果（得分、等级、等次、是否一票否决）" if one.derived else "\n".join(_fields(one))
    return row(
        str(position),
        one.title + ("（尚未归集）" if one.not_collected else ""),
        items or NONE,
        _whom(one.kinds),
        collection.get("by", NONE),
        collection.get("manner", NONE),
        _time(collection.get("within", NONE)),
        one.publicity or NONE,
        one.repair or NONE,
        _persons(one.kinds),
    )


def _fields(category: Category) -> Iterator[str]:
    for one in category.fields.values():
        yield f"{one.title}：{_values(one)}{'（选填）' if one.optional else ''}"


def _values(one: Field) -> str:
    """What a field takes: its listed values, or its type and bounds."""
    if one.one_of:
        return "、".join(one.labels.get(code, code) for code in one.one_of)
    if one.type == "boolean":
        return "是、否"
    bounds = bounds_text(one, "zh").replace(" ", "")
    return term(one.type, "zh") + (f"，{bounds}" if bounds else "")


def _attributes(attributes: Iterable[Attribute]) -> Table:
    heads = ("序号", "信息项", "取值", "适用主体", "能否归集自然人信息")
    rows = tuple(
        row(str(i), one.field.title, _values(one.field), _whom(one.kinds), _persons(one.kinds))
        for i, one in enumerate(attributes, 1)
    )
    return Table("主体信息", heads, (8, 32, 30, 16, 14), rows)


def _whom(kinds: Iterable[str]) -> str:
    return "、".join(term(kind, "zh") for kind in kinds)


def _persons(kinds: Iterable[str]) -> str:
    return "能" if "person" in kinds else "不能"


def _time(text: str) -> str:
    """A time of the catalogue in Chinese, or as it stands.

    >>> _time("7 working days"), _time("每季度")
    ('7个工作日', '每季度')
    """
    found = re.fullmatch(r"(\d+) (working day|day|month|year)s?", text)
    return f"{found[1]}{_TIMES[found[2]]}" if found else text
