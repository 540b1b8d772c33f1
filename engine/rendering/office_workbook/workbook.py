"""A workbook of results for an office: results, figures, what was refused, and each model's reasoning, all in words."""

from __future__ import annotations

from pathlib import Path as File

from pyarrow.dataset import dataset

from engine.rendering.counts import titles_of
from engine.rendering.office_workbook.contents import OfficeResults
from engine.rendering.office_workbook.figures_sheet import write_figures
from engine.rendering.office_workbook.reasoning_sheet import reasoning_columns, reasoning_rows
from engine.rendering.office_workbook.refused_sheet import refused_cells, refused_columns
from engine.rendering.office_workbook.result_sheet import (
    FOR_PROGRAMS,
    SAY,
    coming_columns,
    coming_rows,
    result_columns,
    result_rows,
)
from engine.rendering.office_workbook.sheets import OfficeBook
from engine.rendering.sentences import Lang


def write_office_workbook(contents: OfficeResults, target: File, lang: Lang) -> None:
    """InputError where a sheet would have more rows, or a cell more characters, than Excel holds."""
    count = sum(dataset(part.results, format="parquet").count_rows() for part in contents.parts)
    with OfficeBook(target, SAY("title", lang)) as book:
        columns = result_columns(contents.totals.forecast is not None, lang)
        book.table(SAY("sheet-results", lang), columns, result_rows(contents, lang), count, len(columns) - FOR_PROGRAMS)
        write_figures(book, contents.totals, lang)
        if contents.totals.forecast is not None:
            coming = coming_rows(contents, lang)
            book.table(SAY("sheet-coming", lang), coming_columns(lang), coming, len(coming))
        if contents.refused:
            rows = refused_cells(contents.refused, contents.catalogue, lang)
            book.table(SAY("sheet-refused", lang), refused_columns(lang), rows, len(contents.refused))
        titles = titles_of(contents.totals.models)
        for part in contents.parts:
            if part.policy is None or part.model is None or part.reasoning is None:
                continue
            source = dataset(part.reasoning, format="parquet")
            heads = reasoning_columns(part.policy, part.model, source.schema.names, lang)
            lines = reasoning_rows(part.policy, part.model, source, contents.names, lang)
            book.table(titles[part.policy.id, part.model.id], heads, lines, source.count_rows())
