"""An empty workbook for the subjects of a policy: each column says what it takes, and holds to it by its drop-down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path as File
from typing import Any

import xlsxwriter
from msgspec import Struct
from msgspec.structs import replace

from engine.model import workbook_layout
from engine.model.catalogue import MEMBER, Catalogue, Field
from engine.model.number import LIMIT, ONE
from engine.model.policy import FromAttribute, FromRecords, MemberCount, Policy, RejectMissing
from engine.rendering.condition_text import bounds_text
from engine.rendering.snippet import width
from engine.rendering.terms import Lang, term
from engine.rendering.visible import visible
from engine.rendering.workbook import small_workbook

LAST_ROW = 1_048_575
NARROWEST, WIDEST, OF_NAMES = 12, 18, 22
"""Widths of columns, in characters; longer headers take two lines."""

NAMES = ("id", "subject", "member", "name", "source")
"""Columns of codes of 18 digits and of names, which take more room than their headers."""


class Sheet(Struct, frozen=True):
    """A sheet to be filled: its columns and their headers by key, and what more there is to say about some."""

    name: str
    columns: Mapping[str, Field]
    headers: Mapping[str, str]
    remarks: Mapping[str, str]


def write_template(file: File, policy: Policy, catalogue: Catalogue, lang: Lang) -> None:
    """The workbook for what the models of a policy read."""
    made = sheets_of(policy, catalogue, lang)
    with small_workbook(file) as book:
        book.set_properties({"title": visible(policy.title), "created": datetime.fromordinal(policy.effective_from)})
        _write_notes(book, policy, made, lang)
        choices = _Choices()
        for sheet in made:
            _write_sheet(book, sheet, choices, lang)
        choices.write(book)


def sheets_of(policy: Policy, catalogue: Catalogue, lang: Lang) -> list[Sheet]:
    """The subjects, the members where a model reads them, and a sheet for each category that is not derived."""
    found = [_subjects(policy, catalogue, lang)]
    sources = [fact.source for model in policy.models.values() for fact in model.facts.values()]
    if any(isinstance(one, MemberCount) or (isinstance(one, FromRecords) and one.category == MEMBER) for one in sources):
        found.append(
            Sheet(
                workbook_layout.MEMBERS,
                workbook_layout.MEMBER_COLUMNS,
                workbook_layout.headers(workbook_layout.MEMBER_COLUMNS),
                {},
            )
        )
    names = workbook_layout.sheet_names(catalogue)
    en = lang == "en"
    remarks = {
        "id": "where empty, SHEET:ROW stands in" if en else "不填的以“工作表:行号”代替",
        "status": "valid where empty" if en else "不填即有效",
        "repaired_on": "for repaired records alone" if en else "状态为已修复的必填，其他不填",
    }
    for key, category in catalogue.categories.items():
        if key in policy.categories and not category.derived:
            columns = workbook_layout.record_columns(category)
            whom = {"subject": _whom(category.kinds, lang)}
            found.append(Sheet(names[key], columns, workbook_layout.headers(columns), whom | remarks))
    return found


def _subjects(policy: Policy, catalogue: Catalogue, lang: Lang) -> Sheet:
    """With an attribute goes whom it is for, and which models do not evaluate without it."""
    en = lang == "en"
    comma = ", " if en else "、"
    models = tuple(f"{policy.id}/{one.id}" for one in policy.models.values() if not one.always)
    columns = dict(workbook_layout.SUBJECT_COLUMNS)
    columns["model"] = replace(columns["model"], one_of=models, optional=not models)
    remarks = {"model": "several with spaces between" if en else "有几个的，中间空一格"}
    for key, attribute in catalogue.attributes.items():
        if key not in policy.attributes:
            continue
        needing = [
            model.title
            for model in policy.models.values()
            for fact in model.facts.values()
            if isinstance(fact.source, FromAttribute) and fact.source.name == key and isinstance(fact.if_missing, RejectMissing)
        ]
        needed = comma.join(dict.fromkeys(needing))
        columns[key] = replace(attribute.field, optional=not needing)
        remarks[key] = _whom(attribute.kinds, lang)
        if needing:
            remarks[key] += f"\nneeded by: {needed}" if en else f"\n不填就不评价的：{needed}"
    return Sheet(
        workbook_layout.SUBJECTS, columns, workbook_layout.headers(workbook_layout.subject_columns(catalogue)), remarks
    )


def _whom(kinds: Sequence[str], lang: Lang) -> str:
    words = [term(kind, lang) for kind in kinds]
    return f"for: {', '.join(words)}" if lang == "en" else f"适用：{'、'.join(words)}"


class _Choices:
    """What drop-downs offer, on a hidden sheet: in the cell's own rule Excel takes no more than 255 characters."""

    def __init__(self) -> None:
        self.columns: dict[tuple[str, ...], int] = {}

    def address(self, choices: tuple[str, ...]) -> str:
        column = xlsxwriter.utility.xl_col_to_name(self.columns.setdefault(choices, len(self.columns)), True)
        return f"='{workbook_layout.CHOICES}'!{column}$1:{column}${len(choices)}"

    def write(self, book: Any) -> None:
        sheet = book.add_worksheet(workbook_layout.CHOICES)
        sheet.hide()
        for choices, column in self.columns.items():
            sheet.write_column(0, column, choices)


_HEADER = {"border": 1, "text_wrap": True, "valign": "vcenter"}


def _write_sheet(book: Any, sheet: Sheet, choices: _Choices, lang: Lang) -> None:
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(1, 1)
    _printed(page)
    needed = book.add_format({"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", **_HEADER})
    other = book.add_format({"bg_color": "#E8EEF4", **_HEADER})
    styles = {"text": book.add_format({"num_format": "@"}), "date": book.add_format({"num_format": "yyyy-mm-dd"})}
    page.set_row(0, 32)
    for column, (key, field) in enumerate(sheet.columns.items()):
        page.set_column(column, column, _wide(key, sheet.headers[key], field), styles.get(field.type))
        page.write_string(0, column, sheet.headers[key], other if field.optional else needed)
        rule = _rule(field, lang)
        lines = [key, *rule, *sheet.remarks.get(key, "").splitlines()]
        size = {"x_scale": 1.8, "y_scale": 0.3 + 0.25 * len(lines) + 0.25 * (max(map(width, lines)) // 32)}
        page.write_comment(0, column, visible("\n".join(lines), "\n"), {**size, "author": "xinyong"})
        if check := _check(key, field, choices):
            page.data_validation(1, column, LAST_ROW, column, {**check, "error_message": visible("\n".join(rule), "\n")[:255]})


def _wide(key: str, header: str, field: Field) -> int:
    """How wide a column is: its header, as far as two lines do not, and whatever it offers."""
    offered = [width(field.labels.get(code, code)) + 4 for code in field.one_of]
    return max(min(width(header) + 2, WIDEST), OF_NAMES if key in NAMES else NARROWEST, *offered)


def _printed(page: Any) -> None:
    """On paper as wide as a sheet of A4, with its headers on each."""
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _rule(field: Field, lang: Lang) -> list[str]:
    """What a column takes, in lines: type and whether it must be filled, bounds, allowed values."""
    en = lang == "en"
    kind = {
        "boolean": f"{workbook_layout.YES} or {workbook_layout.NO}" if en else f"{workbook_layout.YES}或{workbook_layout.NO}",
        "date": "date, such as 2025-06-01" if en else "日期，如 2025-06-01",
    }.get(field.type, term(field.type, lang))
    needed = ("optional" if en else "可不填") if field.optional else ("required" if en else "必填")
    lines = [f"{kind}, {needed}" if en else f"{kind}，{needed}"]
    if bounds := bounds_text(field, lang):
        lines.append(bounds)
    if field.one_of:
        listed = (", " if en else "、").join(_labelled(field, lang))
        lines.append(f"one of: {listed}" if en else f"可填：{listed}")
    return lines


def _labelled(field: Field, lang: Lang) -> list[str]:
    form = "{} ({})" if lang == "en" else "{}（{}）"
    return [form.format(field.labels[code], code) if code in field.labels else code for code in field.one_of]


def _check(key: str, field: Field, choices: _Choices) -> dict[str, Any] | None:
    """The rule that Excel holds a cell to."""
    if field.one_of:
        offered = tuple(field.labels.get(code, code) for code in field.one_of)
        several = {"error_type": "warning"} if key == "model" else {}  # a subject may name several
        return {"validate": "list", "source": choices.address(offered), **several}
    low = -LIMIT if field.at_least is None else field.at_least
    high = LIMIT if field.at_most is None else field.at_most
    match field.type:
        case "boolean":
            return {"validate": "list", "source": choices.address((workbook_layout.YES, workbook_layout.NO))}
        case "date":
            return {"validate": "date", "criteria": "between", "minimum": date(1900, 1, 1), "maximum": date(9999, 12, 31)}
        case "integer" | "number":
            kind = "integer" if field.type == "integer" else "decimal"
            return {"validate": kind, "criteria": "between", "minimum": low / ONE, "maximum": high / ONE}
        case "text":
            return None


def _write_notes(book: Any, policy: Policy, made: Sequence[Sheet], lang: Lang) -> None:
    page = book.add_worksheet(workbook_layout.NOTES)
    page.hide_gridlines(2)
    _printed(page)
    page.set_column(0, 0, 100, book.add_format({"text_wrap": True}))
    page.write_string(0, 0, f"{policy.title}（{policy.id} {policy.version}）", book.add_format({"bold": True, "font_size": 14}))
    members = any(sheet.name == workbook_layout.MEMBERS for sheet in made)
    lines = [*_SUBJECTS, *(_MEMBERS if members else ()), *_REST]
    for row, (zh, en) in enumerate(lines, 2):
        page.write_string(row, 0, en if lang == "en" else zh)


_SUBJECTS = (
    (
        "一个工作表填一类信息，一行一条。工作表名和表头不要改，没有内容的表留空。",
        "One sheet holds one kind of information, a row each. Keep the names and headers; what has nothing stays empty.",
    ),
    (
        f"“{workbook_layout.SUBJECTS}”：评价谁，一个主体一行。先填这张表，其他表的“主体标识”与它一致。",
        f"“{workbook_layout.SUBJECTS}”: who is evaluated, a row each. Fill it first; the subject ids on other sheets are those of this one.",
    ),
)
_MEMBERS = (
    (
        f"“{workbook_layout.MEMBERS}”：主体有哪些成员，一个成员一行；成员自己也要列入“{workbook_layout.SUBJECTS}”。",
        f"“{workbook_layout.MEMBERS}”: the members of subjects, a row each; they stand on the sheet “{workbook_layout.SUBJECTS}” too.",
    ),
)
_REST = (
    ("其余工作表：各类信用记录，一条记录一行。", "All other sheets: credit records, a row each."),
    (
        "深色加粗的列必填，浅色的没有就不填。鼠标停在表头上，可以看到这一列怎样填。",
        "Dark bold columns are required, light ones may stay empty. Point at a header to see what its column takes.",
    ),
    (
        f"日期写成 2025-06-01；是否填“{workbook_layout.YES}”或“{workbook_layout.NO}”；百分数只填数，90% 填 90。",
        f"Dates as 2025-06-01; {workbook_layout.YES} for yes, {workbook_layout.NO} for no; of a percentage the number alone, 90 for 90%.",
    ),
    (
        "标识和编号的列是文本格式。从别处粘贴时只粘贴文本，否则 18 位号码的末几位会丢失。",
        "Columns of ids are text. Paste text only, or codes of 18 digits lose their last ones.",
    ),
    ("填好保存后评价：xinyong evaluate 文件名.xlsx", "To evaluate, save it and run: xinyong evaluate F.xlsx"),
)
