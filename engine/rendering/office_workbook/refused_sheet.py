"""The sheet of refused rows: where each is to be found, what stands there, what is wrong with it and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.model.catalogue import Catalogue
from engine.model.workbook_layout import RECORD_COLUMNS, SUBJECT_COLUMNS
from engine.rendering.office_workbook.contents import RefusedRow
from engine.rendering.office_workbook.result_sheet import SAY
from engine.rendering.office_workbook.sheets import Column
from engine.rendering.phrases import bracketed
from engine.rendering.refused_rows import headers_of
from engine.rendering.sentences import Lang

WIDTHS = {"file": 26, "row": 7, "column": 20, "refused-subject": 22, "record": 14, "value": 20, "problem": 44, "remedy": 36}

FEW = 3
"""A key that more is called than so much stands alone."""


def refused_columns(lang: Lang) -> list[Column]:
    """Where, whose, what and why."""
    return [Column(SAY(f"head-{name}", lang), width) for name, width in WIDTHS.items()]


def refused_cells(rows: Sequence[RefusedRow], catalogue: Catalogue, lang: Lang) -> Iterator[list[object]]:
    """The refused rows, their columns as they are headed in the sheet, or else as the catalogue calls them."""
    titles = _titles(catalogue)
    for row in rows:
        head = headers_of(row.file, catalogue).get(row.column) or titles.get(row.column)
        column = head + bracketed(row.column, lang) if head and head != row.column else row.column
        yield [row.file, row.row, column, row.subject, row.record, row.value, row.problem, row.remedy]


def _titles(catalogue: Catalogue) -> dict[str, str]:
    """What keys are called that mean the same wherever they stand."""
    titles: dict[str, set[str]] = {}
    for category in catalogue.categories.values():
        for name, field in category.fields.items():
            titles.setdefault(name, set()).add(field.title)
    fixed = {name: field.title for name, field in {**RECORD_COLUMNS, **SUBJECT_COLUMNS}.items()}
    attributes = {name: attribute.field.title for name, attribute in catalogue.attributes.items()}
    return {name: " / ".join(sorted(words)) for name, words in titles.items() if len(words) <= FEW} | attributes | fixed
