"""The workbook that departments fill: its sheets and columns, for who writes an empty one and for who reads a filled one."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from engine.model.catalogue import KINDS, SOURCE_FIELD, Catalogue, Category, Field
from engine.model.subject import STATUSES

SUBJECTS, MEMBERS = "主体", "成员"
NOTES, CHOICES = "填写说明", "选项"
"""Sheets that hold no data: what to fill in, and what the drop-downs offer."""

YES, NO = "是", "否"

SUBJECT_COLUMNS: Mapping[str, Field] = {
    "id": Field("主体标识", "text"),
    "kind": Field("主体类型", "text", KINDS, labels=dict(zip(KINDS, ("组织", "个人", "园区"), strict=True))),
    "model": Field("评价模型", "text", optional=True),
    "name": Field("名称", "text", optional=True),
}
RECORD_COLUMNS: Mapping[str, Field] = {
    "subject": Field("主体标识", "text"),
    "id": Field("记录编号", "text", optional=True),
    "date": Field("日期", "date"),
    "until": Field("截止日期", "date", optional=True),
    "status": Field(
        "状态", "text", STATUSES, optional=True,
        labels=dict(zip(STATUSES, ("有效", "异议处理中", "已修复", "已撤销"), strict=True)),
    ),
    "repaired_on": Field("修复日期", "date", optional=True),
    "source": SOURCE_FIELD,
}  # fmt: skip
MEMBER_COLUMNS: Mapping[str, Field] = {"subject": Field("主体标识", "text"), "member": Field("成员标识", "text")}

LONGEST, FORBIDDEN = 31, "[]:*?/\\"
"""What Excel allows of a sheet's name."""


def subject_columns(catalogue: Catalogue) -> dict[str, Field]:
    """The columns of the subjects' sheet by their keys; no attribute is one that every subject has."""
    return {
        **SUBJECT_COLUMNS,
        **{key: replace(attribute.field, optional=True) for key, attribute in catalogue.attributes.items()},
    }


def record_columns(category: Category) -> dict[str, Field]:
    """The columns of a category's sheet by their keys."""
    return {**RECORD_COLUMNS, **category.fields}


def headers(columns: Mapping[str, Field]) -> dict[str, str]:
    """What stands on top of each column: its title, and its key too where an earlier one has that title."""
    texts: dict[str, str] = {}
    for key, field in columns.items():
        texts[key] = f"{field.title}（{key}）" if field.title in texts.values() else field.title
    return texts


def sheet_names(catalogue: Catalogue) -> dict[str, str]:
    """By category the name of its sheet: the title as far as Excel allows it, and a number where an earlier one has it.

    >>> sheet_names(Catalogue({"a": Category("a", "检查/抽查", (), {}), "b": Category("b", "检查:抽查", (), {})}, {}))
    {'a': '检查 抽查', 'b': '检查 抽查 2'}
    """
    taken = {name.casefold() for name in (SUBJECTS, MEMBERS, NOTES, CHOICES, "subjects", "members")}
    return {category.id: sheet_name(category.title, taken, category.id) for category in catalogue.categories.values()}


def sheet_name(title: str, taken: set[str], otherwise: str = "") -> str:
    """The title as far as Excel allows it, `otherwise` where nothing is left, and a number where it is taken, as it then is."""
    cut = title.translate(dict.fromkeys(map(ord, FORBIDDEN), " ")).strip(" '")[:LONGEST] or otherwise
    name, count = cut, 1
    while name.casefold() in taken:
        count += 1
        name = f"{cut[: LONGEST - 4]} {count}"
    taken.add(name.casefold())
    return name
