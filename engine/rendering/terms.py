"""Words in two languages: the names of types, kinds, matters and other fixed values."""

from __future__ import annotations

from collections.abc import Mapping

Lang = str
"""`zh` or `en`."""

WORDS: Mapping[str, tuple[str, str]] = {
    # types
    "number": ("数", "number"),
    "integer": ("整数", "whole number"),
    "string": ("文字", "text"),
    "binary": ("二进制", "binary"),
    "text": ("文字", "text"),
    "boolean": ("true 或 false", "true or false"),
    "date": ("日期", "date"),
    "object": ("键值表", "mapping"),
    "array": ("列表", "list"),
    "list": ("列表", "list"),
    "null": ("空值", "nothing"),
    "level": ("等级", "level"),
    "grade": ("等次", "grade"),
    # what a name should name
    "fact": ("事实", "fact"),
    "name": ("名称", "name"),
    "category": ("信息类别", "category"),
    "attribute": ("属性", "attribute"),
    "field": ("字段", "field"),
    "parameter": ("参数", "parameter"),
    "document": ("依据文件", "document of the basis"),
    "operator": ("比较词", "test"),
    "period": ("日历期间", "calendar period"),
    "scale": ("等级标准", "scale"),
    "derived": ("评价结果类别", "derived category"),
    "item": ("措施库条目", "item of the measure library"),
    "value": ("值", "value"),
    "model": ("评价模型", "model"),
    "policy": ("政策", "policy"),
    "indicator": ("指标", "indicator"),
    "measure": ("措施", "measure"),
    "veto": ("一票否决项", "veto"),
    "alert": ("预警", "alert"),
    "exclusion": ("不参评情形", "ground for not evaluating"),
    "reason": ("拒绝原因", "reason of rejection"),
    "record": ("记录", "record"),
    "subject": ("主体", "subject"),
    # what there may be too much of in a workbook
    "workbook_parts": ("部件数", "parts"),
    "workbook_unpacked": ("解开后的字节数", "bytes when it is unpacked"),
    "workbook_tags": ("XML 标签数", "tags of XML"),
    "workbook_depth": ("XML 层数", "levels of XML"),
    "workbook_text": ("一处文字的长度", "characters of a text"),
    "workbook_strings": ("共用的文字数", "shared texts"),
    "workbook_names": ("名称数", "names"),
    "workbook_sheets": ("工作表数", "sheets"),
    "workbook_styles": ("格式数", "styles"),
    "workbook_cells": ("有内容的格数", "cells with something in them"),
    "workbook_ranges": ("合并的单元格或者数组公式数", "merged cells or formulas of several cells"),
    # what stands in a folder
    "file": ("文件", "a file"),
    "folder": ("文件夹", "a folder"),
    "link": ("链接", "a link"),
    "submodule": ("子模块", "a submodule"),
    "pipe": ("管道", "a pipe"),
    "socket": ("套接字", "a socket"),
    "device": ("设备", "a device"),
    # kinds of subject
    "organisation": ("组织", "organisation"),
    "person": ("个人", "person"),
    "park": ("园区", "park"),
    # kinds of measure
    "incentive": ("激励", "incentive"),
    "routine": ("常规", "routine"),
    "restriction": ("惩戒", "restriction"),
    # matters
    "market_access": ("市场准入", "market access"),
    "approval": ("行政审批", "approval"),
    "qualification": ("资质认定", "qualification"),
    "fiscal_support": ("财政资金支持", "fiscal support"),
    "procurement": ("政府采购", "procurement"),
    "bidding": ("招标投标", "bidding"),
    "commendation": ("表彰奖励", "commendation"),
    "supervision": ("日常监管", "supervision"),
    "service": ("公共服务", "service"),
    # statuses of records
    "valid": ("有效", "valid"),
    "disputed": ("异议处理中", "disputed"),
    "repaired": ("已修复", "repaired"),
    "revoked": ("已撤销", "revoked"),
    # severities
    "error": ("错误", "error"),
    "warning": ("提示", "warning"),
    "info": ("一般", "info"),
    "serious": ("严重", "serious"),
    # statuses of policies
    "draft": ("草案", "draft"),
    "trial": ("试行", "trial"),
    "adverse": ("不利", "adverse"),
    "favourable": ("有利", "favourable"),
    "official": ("正式", "official"),
    "true": ("是", "yes"),
    "false": ("否", "no"),
}


def term(name: str, lang: Lang) -> str:
    """A fixed value in a language; what is no fixed value stays as it is."""
    pair = WORDS.get(name)
    return pair[lang == "en"] if pair else name


def counted(number: int, noun: str) -> str:
    """A number of things in English.

    >>> counted(1, "error"), counted(2, "error")
    ('1 error', '2 errors')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
