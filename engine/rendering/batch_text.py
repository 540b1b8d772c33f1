"""What came of many subjects, at a glance on a terminal: a row a model and a column a level, then what holds most often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.model.period import iso_text
from engine.model.scale import Scale
from engine.model.totals import Forecast, ModelTotals, Totals
from engine.rendering.counts import SENTENCES, Why, endings, exclusions, names, refusals, rejections, share, titles_of
from engine.rendering.evaluate_text import aligned
from engine.rendering.phrases import listed, with_commas, with_semicolons
from engine.rendering.sentences import Lang
from engine.rendering.snippet import width
from engine.rendering.terms import term

WIDTH = 100
"""Columns that the table of levels takes at most, where it can."""

FEW, TOP = 12, 10
"""A list of so many is told whole, of a longer one so much."""

Counted = tuple[int, int, *tuple[str, ...]]
"""A count, what it is a share of, and what was counted."""


def totals_text(totals: Totals, lang: Lang) -> str:
    """For a terminal of 100 columns; what nobody has is left out."""
    head = SENTENCES.sentence("as-of-day", lang, day=iso_text(totals.as_of))
    if totals.sources:
        sources = listed(totals.sources, lang)
        head += "  " + SENTENCES.sentence("from-sources", lang, sources=sources)
    parts = [head, *endings(totals, lang), *_scales(totals, lang)]
    parts += _list("vetoes", _vetoes(totals), lang)
    parts += _list("measures", _measures(totals, lang), lang)
    parts += _list("not-evaluated", _whys(exclusions(totals)), lang)
    parts += _list("rejected", _whys(rejections(totals, lang)), lang)
    parts += _list("rows-refused", _whys(refusals(totals, lang)), lang)
    parts += [forecast_text(totals.forecast, lang)] if totals.forecast else []
    return "\n\n".join([*parts, run_text(totals, lang)]) + "\n"


def forecast_text(forecast: Forecast, lang: Lang) -> str:
    """How many results will change, and in what direction."""
    better, worse, other = (
        (sum(counts) for counts in zip(*forecast.counts.values(), strict=True)) if forecast.counts else (0, 0, 0)
    )
    counts = {"count": better + worse + other, "better": better, "worse": worse, "other": other}
    texts = {name: f"{count:,}" for name, count in counts.items()}
    return SENTENCES.sentence("run-forecast", lang, last=iso_text(forecast.last), **texts)


def run_text(totals: Totals, lang: Lang) -> str:
    """Subjects, records and time in one line."""
    return with_commas(_run(totals, lang), lang)


def _run(totals: Totals, lang: Lang) -> Iterator[str]:
    yield SENTENCES.sentence("run-subjects", lang, count=f"{totals.subjects:,}")
    if totals.changed is not None:
        yield SENTENCES.sentence("run-anew", lang, count=f"{totals.changed:,}")
    if totals.idle:
        yield SENTENCES.sentence("run-idle", lang, count=f"{totals.idle:,}")
    if totals.records is not None:
        yield SENTENCES.sentence("run-records", lang, count=f"{totals.records:,}")
    if totals.seconds is not None:
        seconds = f"{totals.seconds:.1f}" if totals.seconds >= 1 else f"{totals.seconds:.2f}"
        yield SENTENCES.sentence("run-seconds", lang, seconds=seconds)
    if totals.seconds and totals.changed is None:
        yield SENTENCES.sentence("run-rate", lang, rate=f"{round(totals.subjects / totals.seconds):,}")


def by_scale(models: Sequence[ModelTotals]) -> Iterator[tuple[Scale, list[ModelTotals]]]:
    """The models with their scales, in the order in which these come up."""
    for scale in dict.fromkeys(counts.policy.scale for counts in models):
        yield scale, [counts for counts in models if counts.policy.scale == scale]


def _scales(totals: Totals, lang: Lang) -> Iterator[str]:
    titles = titles_of(totals.models)
    for scale, models in by_scale(totals.models):
        of_grade = {grade: " ".join(level.name for level in scale.levels if level.grade == grade) for grade in scale.grades}
        grades = [grade if levels == grade else f"{grade} {levels}" for grade, levels in of_grade.items()]
        head = SENTENCES.sentence("scale", lang, scale=scale.id, grades=with_semicolons(grades, lang))
        yield f"{head}\n{_table(scale, models, [titles[counts.policy.id, counts.model.id] for counts in models], lang)}"


def _table(scale: Scale, models: Sequence[ModelTotals], titles: Sequence[str], lang: Lang) -> str:
    """As wide as it may be: thousands are grouped, or else not, or else the titles stand above their counts."""
    for form, above in ((",", False), ("", False), ("", True)):
        rows = list(_rows(scale, models, form, lang))
        sizes = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
        right = [[" " * (size - width(cell)) + cell for cell, size in zip(row, sizes, strict=True)] for row in rows]
        first = ["", *titles]
        text = aligned(right if above else [[title, *row] for title, row in zip(first, right, strict=True)])
        if above:
            lines = text.split("\n")
            text = "\n".join([lines[0], *(f"{title}\n{line}" for title, line in zip(titles, lines[1:], strict=True))])
        if all(width(line) <= WIDTH for line in text.split("\n")):
            break
    return text


def _rows(scale: Scale, models: Sequence[ModelTotals], form: str, lang: Lang) -> Iterator[list[str]]:
    ungraded = ["column-ungraded"] if any(counts.ungraded for counts in models) else []
    columns = [*ungraded, "column-not-evaluated", "column-rejected"]
    yield [*scale.names, *(SENTENCES.sentence(column, lang) for column in columns)]
    for counts in models:
        levels = [counts.levels.get(name) for name in scale.names]
        row = [*levels, *([counts.ungraded] if ungraded else []), counts.not_evaluated, counts.rejected]
        yield ["-" if count is None else format(count, form) for count in row]


def _vetoes(totals: Totals) -> list[Counted]:
    return [
        (counts.vetoes[veto.id], counts.evaluated, name, veto.title)
        for counts, name in zip(totals.models, names(totals.models), strict=True)
        for veto in counts.model.vetoes
    ]


def _measures(totals: Totals, lang: Lang) -> list[Counted]:
    return [
        (counts.measures[measure.id], counts.evaluated, name, term(measure.kind, lang), measure.title)
        for counts, name in zip(totals.models, names(totals.models), strict=True)
        for measure in counts.model.measures
    ]


def _whys(whys: Sequence[Why]) -> list[Counted]:
    return [(why.count, why.whole, why.where, why.sentence) for why in whys]


def _list(title: str, counted: Sequence[Counted], lang: Lang) -> list[str]:
    """The most frequent first, under the sentence that the title names; nothing where there is nothing."""
    frequent = sorted((row for row in counted if row[0]), key=lambda row: -row[0])
    if not frequent:
        return []
    top = frequent if len(frequent) <= FEW else frequent[:TOP]
    head = SENTENCES.sentence(title, lang)
    if len(top) < len(frequent):
        head = SENTENCES.sentence("most-frequent", lang, title=head, count=TOP, whole=len(frequent))
    rows = [(f"{count:,}", share(count, whole), texts) for count, whole, *texts in top]
    sizes = [max(len(row[i]) for row in rows) for i in (0, 1)]
    return [head + "\n" + aligned([["", a.rjust(sizes[0]), b.rjust(sizes[1]), *texts] for a, b, texts in rows])]
