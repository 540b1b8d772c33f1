"""The first rows that are refused, told where an official finds them: sheet, row and column, and what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from engine.model import workbook_layout
from engine.model.catalogue import Catalogue
from engine.model.problem import Problem, identity
from engine.rendering.messages import message, remedy
from engine.rendering.phrases import bracketed, with_label
from engine.rendering.sentences import Lang, Sentences
from engine.rendering.snippet import snippet
from engine.rendering.terms import term
from engine.rendering.visible import visible

_say = Sentences("batch").sentence
_SHEET = re.compile(r" \[(.+)\]$")


def refused_rows_text(problems: Iterable[Problem], catalogue: Catalogue, lang: Lang, file: str | None = None) -> str:
    """Problems one after another; those of documents with their line, those of tables with row and column.

    `file` is where all rows stand that are refused. Empty where there is no problem.
    """
    once = {identity(problem): problem for problem in problems}
    texts = [_row(problem, catalogue, lang) for problem in once.values()]
    return "\n\n".join([*texts, *([_say("rows-in-file", lang, file=visible(file))] if texts and file else [])])


def _row(problem: Problem, catalogue: Catalogue, lang: Lang) -> str:
    place, column = problem.place, column_of(problem)
    if place is None or place.text or not column:
        return snippet(problem, lang)
    titles = headers_of(place.file, catalogue)
    title = bracketed(visible(titles[column]), lang) if column in titles else ""
    where = _say("row-and-column", lang, file=visible(place.file), row=place.line, column=f"{visible(column)}{title}")
    head = with_label(f"{term(problem.severity, lang)}[{problem.code}]", message(problem, lang), lang)
    help_text = remedy(problem, lang)
    return "\n".join([head, f"  --> {where}", *([f"  = {help_text}"] if help_text else [])])


def column_of(problem: Problem) -> str:
    """The column that a problem is in; empty where it is in none."""
    if problem.code in ("missing_key", "field_missing"):
        return str(problem.values.get("key", ""))
    return str(next((part for part in reversed(problem.path) if isinstance(part, str)), problem.values.get("key", "")))


def headers_of(file: str, catalogue: Catalogue) -> Mapping[str, str]:
    """What stands on top of the columns of a sheet; nothing of another file."""
    sheet = _SHEET.search(file)
    if sheet is None:
        return {}
    if sheet[1] == workbook_layout.SUBJECTS:
        return workbook_layout.headers(workbook_layout.subject_columns(catalogue))
    if sheet[1] == workbook_layout.MEMBERS:
        return workbook_layout.headers(workbook_layout.MEMBER_COLUMNS)
    names = workbook_layout.sheet_names(catalogue)
    category = next((catalogue.categories[key] for key, name in names.items() if name == sheet[1]), None)
    return workbook_layout.headers(workbook_layout.record_columns(category)) if category else {}
