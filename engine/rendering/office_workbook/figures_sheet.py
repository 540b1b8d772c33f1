"""The sheet of figures: how many subjects of each model came to which level, drawn beside the numbers, and what holds most often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from engine.model.period import iso_text
from engine.model.scale import Scale
from engine.model.totals import ModelTotals, Totals
from engine.rendering.batch_text import by_scale, forecast_text, run_text
from engine.rendering.counts import SENTENCES, Why, endings, exclusions, names, refusals, rejections, share, titles_of
from engine.rendering.office_workbook.result_sheet import SAY
from engine.rendering.office_workbook.sheets import Column, OfficeBook
from engine.rendering.phrases import bracketed, listed
from engine.rendering.sentences import Lang
from engine.rendering.terms import term

COLOURS = ("#1B7A4B", "#4FA97A", "#2F6FB3", "#6FA3D6", "#A9C8E8", "#E0B13C", "#E88F3A", "#D9653B", "#B3261E")
"""Of the levels of a scale, from the best to the worst."""

LINE = 20
"""The height of a row in pixels."""


def write_figures(book: OfficeBook, totals: Totals, lang: Lang) -> None:
    """The figures, one table below another, each with its chart where it has levels."""
    sheet, title = book.page(SAY("sheet-figures", lang))
    sheet.set_column(0, 0, 48)
    sheet.set_column(1, 20, 9)
    sheet.fit_to_pages(1, 0)
    row = _lines(book, sheet, totals, lang)
    titles = titles_of(totals.models)
    for scale, models in by_scale(totals.models):
        row = _levels(book, sheet, title, row, scale, [(titles[each.policy.id, each.model.id], each) for each in models], lang)
    for name, rows in _lists(totals, lang):
        if rows:
            book.text(sheet, row, 0, SENTENCES.sentence(name, lang), book.title)
            columns = [Column(SAY("head-what", lang), 0), Column(SAY("head-count", lang), 0, "number")]
            columns += [Column(SAY("head-share", lang), 0), Column(SAY("head-of-model", lang), 0, "code")]
            row = book.block(sheet, row + 1, columns, rows) + 1


def _lines(book: OfficeBook, sheet: Any, totals: Totals, lang: Lang) -> int:
    """What was evaluated, and when; the row after it."""
    lines = [SENTENCES.sentence("as-of-day", lang, day=iso_text(totals.as_of))]
    if totals.sources:
        lines.append(SENTENCES.sentence("from-sources", lang, sources=listed(totals.sources, lang)))
    lines += [run_text(totals, lang), *endings(totals, lang)]
    lines += [forecast_text(totals.forecast, lang)] if totals.forecast else []
    for row, text in enumerate(lines):
        book.text(sheet, row, 0, text, None)
    return len(lines) + 1


def _levels(
    book: OfficeBook, sheet: Any, title: str, row: int, scale: Scale, models: Sequence[tuple[str, ModelTotals]], lang: Lang
) -> int:  # fmt: skip
    """A row a model and a column a level; below it what share each level has, drawn."""
    heads = [*scale.names, *(SENTENCES.sentence(f"column-{name}", lang) for name in ("ungraded", "not-evaluated", "rejected"))]
    heads.append(SAY("head-all", lang))
    columns = [Column(SAY("head-of-model", lang), 0), *(Column(head, 0, "number") for head in heads)]
    rows = [
        [
            name,
            *(each.levels.get(level) for level in scale.names),
            each.ungraded,
            each.not_evaluated,
            each.rejected,
            each.subjects,
        ]
        for name, each in models
    ]
    below = book.block(sheet, row, columns, rows)
    if not any(each.levels and sum(each.levels.values()) for _, each in models):
        return below + 1
    chart = book.workbook.book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for place in range(len(scale.names)):
        colour = COLOURS[place * (len(COLOURS) - 1) // max(len(scale.names) - 1, 1)]
        chart.add_series(
            {
                "name": [title, row, place + 1],
                "categories": [title, row + 1, 0, below - 1, 0],
                "values": [title, row + 1, place + 1, below - 1, place + 1],
                "fill": {"color": colour},
                "gap": 40,
            }
        )
    chart.set_title({"name": SAY("chart-levels", lang), "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_legend({"position": "bottom"})
    height = 120 + 34 * len(models)
    chart.set_size({"width": 900, "height": height})
    sheet.insert_chart(below + 1, 0, chart, {"description": SAY("chart-levels", lang)})
    return below + 2 + height // LINE + 1


def _lists(totals: Totals, lang: Lang) -> Iterator[tuple[str, list[list[object]]]]:
    """What holds, and why others have no result: what, of which model or table, how often."""
    models = list(zip(totals.models, names(totals.models), strict=True))
    yield (
        "vetoes",
        _rows((veto.title, name, each.vetoes[veto.id], each.evaluated) for each, name in models for veto in each.model.vetoes),
    )
    measures = (
        (measure.title + bracketed(term(measure.kind, lang), lang), name, each.measures[measure.id], each.evaluated)
        for each, name in models
        for measure in each.model.measures
    )
    yield "measures", _rows(measures)
    yield "not-evaluated", _rows(map(_why, exclusions(totals)))
    yield "rejected", _rows(map(_why, rejections(totals, lang)))
    yield "rows-refused", _rows(map(_why, refusals(totals, lang)))


def _why(why: Why) -> tuple[str, str, int, int]:
    return why.sentence, why.where, why.count, why.whole


def _rows(counted: Iterator[tuple[str, str, int, int]]) -> list[list[object]]:
    """What was counted at all, the most frequent first."""
    frequent = sorted((row for row in counted if row[2]), key=lambda row: -row[2])
    return [[what, count, share(count, whole), where] for what, where, count, whole in frequent]
