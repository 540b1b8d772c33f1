"""What came of many subjects as one page: what a director asks first, then model by model, then who has no result and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from engine.model.number import shortest
from engine.model.period import iso_text
from engine.model.policy import Policy
from engine.model.scale import Level, Scale
from engine.model.totals import ModelTotals, Totals, band_bounds
from engine.rendering.batch_text import by_scale, run_text
from engine.rendering.charts import Part, bar, histogram, stack, tone
from engine.rendering.condition_text import level_bound
from engine.rendering.counts import SENTENCES, Why, endings, exclusions, names, refusals, rejections, share, shares
from engine.rendering.html_page import html_page
from engine.rendering.sentences import Lang
from engine.rendering.terms import term

KINDS = ("incentive", "routine", "restriction")

DIGEST = len("sha256:") + 12
"""So much of a digest tells versions apart."""


class GradesRow(Struct, frozen=True):
    """The grades of a model, or of all together, which have no anchor; without a chart there are none."""

    name: str
    anchor: str
    chart: Markup | None
    shares: tuple[str, ...]
    evaluated: int


class LegendEntry(Struct, frozen=True):
    """A grade, its colour, and its levels with the points that they take."""

    grade: str
    tone: str
    levels: str


class Overview(Struct, frozen=True):
    """The models on one scale, which has a name where there are others."""

    scale: Scale
    name: str
    legend: tuple[LegendEntry, ...]
    rows: tuple[GradesRow, ...]


class Bar(Struct, frozen=True):
    """What was counted: its kind, where it has one, its title, a bar as long as its part of the most, count and share."""

    kind: str
    title: str
    chart: Markup
    count: int
    share: str


class ModelView(Struct, frozen=True):
    """A model with its counts; the rows of levels and bands are texts."""

    counts: ModelTotals
    anchor: str
    chart: Markup
    levels: tuple[tuple[str, ...], ...]
    histogram: Markup
    bands: tuple[tuple[str, ...], ...]
    vetoes: tuple[Bar, ...]
    measures: tuple[Bar, ...]


class Missing(Struct, frozen=True):
    """Who has no result, or which rows were refused, in one table."""

    caption: str
    head: str
    whys: tuple[Why, ...]


class PolicyRow(Struct, frozen=True):
    """A policy that was evaluated by."""

    policy: Policy
    status: str
    digest: str


def totals_page(totals: Totals, lang: Lang) -> str:
    """A document that reads nothing from elsewhere; all that is not ours is escaped."""
    policies = {counts.policy.id: counts.policy for counts in totals.models}
    return html_page(
        "batch/page.html",
        "batch",
        lang,
        ["page"],
        totals=totals,
        as_of=iso_text(totals.as_of),
        endings=endings(totals, lang),
        policies=[PolicyRow(policy, term(policy.status, lang), policy.digest[:DIGEST]) for policy in policies.values()],
        figures=_figures(totals, lang),
        overviews=[_overview(scale, models, totals, lang) for scale, models in by_scale(totals.models)],
        models=[_model(counts, lang) for counts in totals.models],
        missing=list(_missing(totals, lang)),
        run=run_text(totals, lang),
    )


def _figures(totals: Totals, lang: Lang) -> list[tuple[str, int]]:
    """What is asked first; what was not counted is left out."""
    figures = [
        ("subjects", totals.subjects),
        ("evaluated-anew", totals.changed),
        ("records", totals.records),
        ("results", sum(counts.evaluated for counts in totals.models)),
        ("not-evaluated", sum(counts.not_evaluated for counts in totals.models)),
        ("rejected", sum(counts.rejected for counts in totals.models)),
        ("rows-refused", sum(totals.refused.values())),
    ]
    return [(SENTENCES.sentence(name, lang), count) for name, count in figures if count is not None]


def _overview(scale: Scale, models: Sequence[ModelTotals], totals: Totals, lang: Lang) -> Overview:
    """A row a model with its grades, and all together that give any."""
    titles = dict(zip(map(_anchor, totals.models), names(totals.models), strict=True))
    rows = [_grades(titles[_anchor(counts)], _anchor(counts), counts.grades, counts.evaluated, scale) for counts in models]
    graded = [counts for counts in models if counts.levels]
    if len(graded) > 1:
        grades = {grade: sum(counts.grades[grade] for counts in graded) for grade in scale.grades}
        together = "together" if len(graded) == len(models) else "together-graded"
        rows.append(_grades(SENTENCES.sentence(together, lang), "", grades, sum(grades.values()), scale))
    name = scale.id if len(models) < len(totals.models) else ""
    return Overview(scale, name, tuple(_legend(scale, lang)), tuple(rows))


def _grades(name: str, anchor: str, grades: Mapping[str, int], evaluated: int, scale: Scale) -> GradesRow:
    if not grades:
        return GradesRow(name, anchor, None, ("–",) * len(scale.grades), evaluated)
    parts = [Part(grade, grades[grade], _tone(grade, scale)) for grade in scale.grades]
    return GradesRow(name, anchor, stack(name, parts), tuple(shares([part.count for part in parts])), evaluated)


def _legend(scale: Scale, lang: Lang) -> Iterator[LegendEntry]:
    for grade in scale.grades:
        levels = ", ".join(_level(level, lang) for level in scale.levels if level.grade == grade)
        yield LegendEntry(grade, _tone(grade, scale), levels)


def _level(level: Level, lang: Lang) -> str:
    """Its name where the grade has another one, and the points that it takes."""
    name = level.name if level.name != level.grade else ""
    if level.above is not None:
        return f"{name} > {shortest(level.above)}".strip()
    if level.by_rule:
        return " ".join(filter(None, [name, level_bound(level, lang)]))
    return f"{name} ≥ {shortest(level.at_least)}".strip() if level.at_least is not None else name


def _tone(grade: str, scale: Scale) -> str:
    return tone(scale.grades.index(grade), len(scale.grades))


def _anchor(counts: ModelTotals) -> str:
    return f"{counts.policy.id}-{counts.model.id}"


def _model(counts: ModelTotals, lang: Lang) -> ModelView:
    scores = SENTENCES.sentence("scores", lang)
    ticks = [shortest(counts.policy.scale.full * part // 5) for part in range(6)]
    grades = {level.name: level.grade for level in counts.policy.scale.levels}
    by_level = _by_level(counts) if counts.levels else []
    by_band = _by_band(counts) if sum(counts.scores) else []
    return ModelView(
        counts,
        _anchor(counts),
        stack(counts.model.title, by_level),
        tuple((part.name, grades[part.name], *texts) for part, texts in _counted(by_level)),
        histogram(f"{counts.model.title} · {scores}", by_band, ticks),
        tuple((part.name, *texts) for part, texts in _counted(by_band)),
        _vetoes(counts),
        _measures(counts, lang),
    )


def _by_level(counts: ModelTotals) -> list[Part]:
    """The levels, coloured by their grades."""
    scale = counts.policy.scale
    return [Part(level.name, counts.levels[level.name], _tone(level.grade, scale)) for level in scale.levels]


def _by_band(counts: ModelTotals) -> list[Part]:
    """The bands of scores, coloured by the grade that they give."""
    scale = counts.policy.scale
    parts = []
    for band, count in enumerate(counts.scores):
        low, high = band_bounds(band, scale.full)
        grade = scale.levels[scale.rank_of_score(low)].grade
        parts.append(Part(f"{shortest(low)}–{shortest(high)}", count, _tone(grade, scale)))
    return parts


def _counted(parts: Sequence[Part]) -> Iterator[tuple[Part, tuple[str, str]]]:
    """Each with its count and its share."""
    for part, percent in zip(parts, shares([part.count for part in parts]), strict=True):
        yield part, (f"{part.count:,}", percent)


def _vetoes(counts: ModelTotals) -> tuple[Bar, ...]:
    """The most frequent first."""
    vetoes = sorted(counts.model.vetoes, key=lambda veto: -counts.vetoes[veto.id])
    return _bars([("", veto.title, counts.vetoes[veto.id], "restriction") for veto in vetoes], counts.evaluated)


def _measures(counts: ModelTotals, lang: Lang) -> tuple[Bar, ...]:
    """By kind, the most frequent first."""
    measures = sorted(counts.model.measures, key=lambda measure: (KINDS.index(measure.kind), -counts.measures[measure.id]))
    rows = [(term(measure.kind, lang), measure.title, counts.measures[measure.id], measure.kind) for measure in measures]
    return _bars(rows, counts.evaluated)


def _bars(rows: Sequence[tuple[str, str, int, str]], whole: int) -> tuple[Bar, ...]:
    """Kind, title, count and colour to a row; the longest bar is the most frequent's."""
    most = max((count for _, _, count, _ in rows), default=0)
    return tuple(Bar(kind, title, bar(count, most, colour), count, share(count, whole)) for kind, title, count, colour in rows)


def _missing(totals: Totals, lang: Lang) -> Iterator[Missing]:
    """Who has no result, which rows were refused, and what would help."""
    groups = (
        ("not-evaluated", "model", exclusions(totals)),
        ("rejected", "model", rejections(totals, lang)),
        ("rows-refused", "table", refusals(totals, lang)),
    )
    for caption, head, whys in groups:
        if whys:
            yield Missing(SENTENCES.sentence(caption, lang), SENTENCES.sentence(head, lang), tuple(whys))
