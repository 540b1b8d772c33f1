"""The words of the language by what people call them in Chinese: as the schemas describe them, and as they are spoken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from engine.model.names import Titled
from engine.reading.resources import resource_folder

Schema = Mapping[str, object]

_WORD = r"([a-z_]+) 即?([\u4e00-\u9fff]+)"
_CLAUSE = r"[^：。，（；、]+"

_SPOKEN = {
    "title": "名称 标题 题目", "name": "名称", "version": "版本", "status": "状态", "authority": "机关 单位",
    "effective": "施行 施行日期 生效日期 有效期", "from": "开始 生效 施行日期", "until": "结束 截止 有效期至",
    "scale": "等级标准 等级 标准", "basis": "依据 法律依据", "document": "文件", "number": "文号", "issuer": "发文机关",
    "models": "模型", "facts": "事实", "kind": "类型 主体类型 种类 性质", "kinds": "适用主体 主体类型",
    "dimensions": "维度 一级指标", "indicators": "指标 二级指标", "points": "分值 满分 得分 分数", "each": "每次 每项 每条 每件 每 单次",
    "bands": "分档 档次", "choices": "选项 取值", "otherwise": "其他 其它 其余 否则", "first_of": "依次", "vetoes": "一票否决",
    "measures": "措施", "alerts": "预警", "adjustments": "加减分 加分 减分", "not_evaluated": "不参评", "when": "条件 当",
    "matter": "事项", "item": "条目 措施库", "note": "备注 说明", "count": "次数 条数 件数 个数", "sum": "合计 总和 总额",
    "latest": "最近 最新", "mean": "平均 平均值", "max": "最大 最高", "min": "最小 最低", "exists": "有无 是否有",
    "attribute": "属性", "within": "期限 期间 时限", "during": "期间", "if_missing": "缺失 缺省 默认 没有时", "where": "筛选 其中",
    "at_least": "不少于 不低于 不小于 至少 大于等于 以上 下限", "at_most": "不超过 不高于 不大于 不多于 至多 小于等于 以下 上限",
    "above": "大于 超过 高于 多于", "below": "小于 低于 少于 不足", "is": "是 为 等于", "is_not": "不是 不为 不等于",
    "one_of": "属于 之一 取值", "none_of": "不属于", "categories": "信息类别 类别", "attributes": "属性", "fields": "字段",
    "type": "类型", "optional": "可选 选填", "collection": "归集", "repair": "修复", "publicity": "公示", "level": "等级",
    "grade": "等次", "category": "信息类别 类别", "date": "日期", "source": "来源", "records": "记录", "members": "成员",
    "examples": "样例", "subjects": "主体", "expect": "应得结果 期望", "as_of": "基准日", "score": "得分 分数", "model": "模型",
    "organisation": "企业 单位 法人 机构", "person": "自然人", "park": "园区", "official": "正式", "info": "一般", "none": "没有 无",
    "this year": "本年 今年 当年 本年度", "last year": "上年 去年 上一年 上年度 上一年度", "this quarter": "本季度 本季",
    "last quarter": "上季度 上季", "this month": "本月 当月", "last month": "上月 上个月", "integer": "整数", "boolean": "是否",
    "notices": "告知 告知事项", "objection": "异议", "contact": "咨询 联系方式 电话",
    "text": "文字 文本", "valid": "有效", "repaired": "已修复 修复", "revoked": "已撤销 撤销", "disputed": "异议 有异议",
}  # fmt: skip
"""What people write for words that the schemas describe otherwise."""

_SCHEMAS = ("policy", "catalogue", "scales", "measures", "cases", "subject")


@cache
def schema(name: str) -> Schema:
    """The JSON Schema NAME.schema.json."""
    text = (resource_folder("schema") / f"{name}.schema.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


@cache
def word_titles() -> tuple[Titled, ...]:
    """Every word that a schema lists (`trial`, `organisation`, …) and the spoken ones, with what people call them."""
    described = [pair for name in _SCHEMAS for pair in _words(schema(name))]
    return (*dict.fromkeys(described), *_spoken())


def key_titles(properties: object) -> Iterator[Titled]:
    """The keys of a mapping, by the beginning of what its schema says of each, and the spoken ones."""
    for key, described in properties.items() if isinstance(properties, Mapping) else ():
        text = described.get("description") if isinstance(described, Mapping) else None
        clause = re.match(_CLAUSE, text) if isinstance(text, str) else None
        if clause:
            yield key, clause[0]
    if isinstance(properties, Mapping):
        yield from _spoken()


def document_titles() -> Iterator[Titled]:
    """The keys of subject documents and their records, and the words that stand in them."""
    yield from word_titles()
    yield from _described(schema("subject"))


def _described(tree: Any) -> Iterator[Titled]:
    if isinstance(tree, dict):
        yield from key_titles(tree.get("properties"))
    for value in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from _described(value)


def _spoken() -> Iterator[Titled]:
    yield from ((word, title) for word, titles in _SPOKEN.items() for title in titles.split())


def _words(tree: Any) -> Iterator[Titled]:
    """The words that stand in descriptions before what they are in Chinese."""
    match tree:
        case {"description": str(text)}:
            yield from ((word, title) for word, title in re.findall(_WORD, text.partition(" / ")[0]))
            for key, value in tree.items():
                if key != "description":
                    yield from _words(value)
        case dict():
            for value in tree.values():
                yield from _words(value)
        case list():
            for value in tree:
                yield from _words(value)
        case _:
            pass


def all_keys(name: str) -> frozenset[str]:
    """Every key that a schema knows anywhere."""
    return frozenset(_keys(schema(name)))


def _keys(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        properties = tree.get("properties")
        yield from properties if isinstance(properties, dict) else ()
    for value in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from _keys(value)
