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
from engine.model.policy import MemberCount, Policy, RejectMissing, Source, attribute_read, category_read
from engine.rendering.condition_text import bounds_text
from engine.rendering.phrases import bracketed, listed
from engine.rendering.sentences import Lang, Sentences
from engine.rendering.snippet import width
from engine.rendering.terms import term
from engine.rendering.visible import visible
from engine.rendering.workbook import small_workbook

_say = Sentences("template").sentence

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
    sheets = sheets_of(policy, catalogue, lang)
    with small_workbook(file) as book:
        book.set_properties({"title": visible(policy.title), "created": datetime.fromordinal(policy.effective_from)})
        _write_notes(book, policy, sheets, lang)
        choices = _Choices()
        for sheet in sheets:
            _write_sheet(book, sheet, choices, lang)
        choices.write(book)


def sheets_of(policy: Policy, catalogue: Catalogue, lang: Lang) -> list[Sheet]:
    """The subjects, the members where a model reads them, and a sheet for each category that is not derived."""
    sheets = [_subjects(policy, catalogue, lang)]
    sources = [fact.source for model in policy.models.values() for fact in model.facts.values()]
    if any(_reads_members(source) for source in sources):
        columns = workbook_layout.MEMBER_COLUMNS
        sheets.append(Sheet(workbook_layout.MEMBERS, columns, workbook_layout.headers(columns), {}))
    names = workbook_layout.sheet_names(catalogue)
    remarks = {name: _say(f"remark-{name}", lang) for name in ("id", "status", "repaired_on")}
    for key, category in catalogue.categories.items():
        if key in policy.categories and not category.derived:
            columns = workbook_layout.record_columns(category)
            whom = {"subject": _whom(category.kinds, lang)}
            sheets.append(Sheet(names[key], columns, workbook_layout.headers(columns), whom | remarks))
    return sheets


def _reads_members(source: Source) -> bool:
    return isinstance(source, MemberCount) or category_read(source) == MEMBER


def _subjects(policy: Policy, catalogue: Catalogue, lang: Lang) -> Sheet:
    """With an attribute goes whom it is for, and which models do not evaluate without it."""
    models = tuple(f"{policy.id}/{model.id}" for model in policy.models.values() if not model.always)
    columns = dict(workbook_layout.SUBJECT_COLUMNS)
    columns["model"] = replace(columns["model"], one_of=models, optional=not models)
    remarks = {"model": _say("remark-model", lang)}
    for key, attribute in catalogue.attributes.items():
        if key not in policy.attributes:
            continue
        needing = [
            model.title
            for model in policy.models.values()
            for fact in model.facts.values()
            if attribute_read(fact.source) == key and isinstance(fact.if_missing, RejectMissing)
        ]
        columns[key] = replace(attribute.field, optional=not needing)
        remarks[key] = _whom(attribute.kinds, lang)
        if needing:
            remarks[key] += "\n" + _say("needed-by", lang, models=listed(dict.fromkeys(needing), lang))
    return Sheet(
        workbook_layout.SUBJECTS, columns, workbook_layout.headers(workbook_layout.subject_columns(catalogue)), remarks
    )


def _whom(kinds: Sequence[str], lang: Lang) -> str:
    return _say("for-kinds", lang, kinds=listed((term(kind, lang) for kind in kinds), lang))


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
    kind = {
        "boolean": _say("type-boolean", lang, yes=workbook_layout.YES, no=workbook_layout.NO),
        "date": _say("type-date", lang),
    }.get(field.type, term(field.type, lang))
    lines = [_say("rule-optional" if field.optional else "rule-required", lang, type=kind)]
    if bounds := bounds_text(field, lang):
        lines.append(bounds)
    if field.one_of:
        lines.append(_say("one-of", lang, values=listed((_labelled(field, code, lang) for code in field.one_of), lang)))
    return lines


def _labelled(field: Field, code: str, lang: Lang) -> str:
    return field.labels[code] + bracketed(code, lang) if code in field.labels else code


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


def _write_notes(book: Any, policy: Policy, sheets: Sequence[Sheet], lang: Lang) -> None:
    page = book.add_worksheet(workbook_layout.NOTES)
    page.hide_gridlines(2)
    _printed(page)
    page.set_column(0, 0, 100, book.add_format({"text_wrap": True}))
    title = policy.title + bracketed(f"{policy.id} {policy.version}", lang)
    page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    members = any(sheet.name == workbook_layout.MEMBERS for sheet in sheets)
    names = ("sheets", "subjects", *(("members",) if members else ()), "records", "required", "values", "ids", "evaluate")
    for row, name in enumerate(names, 2):
        page.write_string(row, 0, _say(f"note-{name}", lang, **_NAMED))


_NAMED = {
    "subjects": workbook_layout.SUBJECTS, "members": workbook_layout.MEMBERS,
    "yes": workbook_layout.YES, "no": workbook_layout.NO,
}  # fmt: skip
"""What notes name as it stands in the workbook."""
