"""Whom a change touches, as the part of the page that says who: model by model, with examples to unfold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup
from msgspec import Struct

from engine.model.impact import Example, Impact, ModelImpact, Transitions
from engine.rendering.changes.charts import HeatRow, heat_rows, spread_chart, up_and_down_chart
from engine.rendering.changes.impact import (
    STATES,
    attribution_text,
    example_text,
    headline,
    level_name,
    levels,
    moved_text,
    named_models,
    rescored_text,
    spread_text,
)
from engine.rendering.changes.impact_details import (
    alerted_of,
    altered_what,
    attribution,
    burdens_text,
    changes_text,
    counting_text,
    counts,
    day_texts,
    lost_text,
    measure_titles,
    pair_texts,
)
from engine.rendering.changes.regions import region_name
from engine.rendering.changes.side_by_side import side_by_side
from engine.rendering.counts import share
from engine.rendering.phrases import listed, with_commas
from engine.rendering.sentences import Lang, Sentences

PRINTED = 4
"""So many examples of a model are on paper."""

MOST = 15
"""So many regions are shown, those with the most who moved."""

Cells = tuple[str, ...]
"""A row of a table, texts and charts."""

sentence = Sentences("page").sentence


class Heat(Struct, frozen=True):
    """Levels before and after."""

    heads: Cells
    rows: tuple[HeatRow, ...]


class Scores(Struct, frozen=True):
    """How scores changed: for how many, drawn, and in words."""

    caption: str
    chart: Markup
    spread: str


class AttributionTable(Struct, frozen=True):
    """What each change does; with a column of those who lost their result where there are any."""

    about: str
    lost: bool
    rows: tuple[Cells, ...]


class ModelSection(Struct, frozen=True):
    """A model. `same_levels` is empty where anybody goes to another level; tables without rows are left out."""

    name: str
    lines: Cells
    changed: bool
    same_levels: str
    heat: Heat | None
    scores: Scores | None
    regions: tuple[Cells, ...]
    attributed: AttributionTable | None
    vetoes: tuple[Cells, ...]
    measures: tuple[Cells, ...]
    altered: tuple[Cells, ...]
    alerts: tuple[Cells, ...]
    alerts_of: str


class ImpactSection(Struct, frozen=True):
    """Whom it touches: `same` are models whose results are the same, `looked_at` that every version was in force."""

    headline: str
    warnings: Cells
    counting: str
    models: tuple[ModelSection, ...]
    same: str
    looked_at: bool


class ExampleCard(Struct, frozen=True):
    """A subject with both results in a line, and what its reasoning has otherwise and the same."""

    name: str
    id: str
    results: str
    differing: tuple[Cells, ...]
    same: tuple[Cells, ...]


class ExampleGroup(Struct, frozen=True):
    """The examples of a model."""

    name: str
    about: str
    cards: tuple[ExampleCard, ...]


def impact_section(impact: Impact, lang: Lang) -> ImpactSection:
    """Model by model; where nobody is touched it says so."""
    models = named_models(impact)
    same = [
        sentence("model-of", lang, model=name, subjects=f"{model_impact.subjects:,}")
        for model_impact, name in models
        if not _is_touched(model_impact)
    ]
    return ImpactSection(
        headline(impact, lang),
        tuple(day_texts(impact, lang)),
        counting_text(lang),
        tuple(_model(model_impact, name, lang) for model_impact, name in models if _is_touched(model_impact)),
        listed(same, lang),
        not impact.uncompared,
    )


def _is_touched(model_impact: ModelImpact) -> bool:
    """Whether there is anything to tell but that nothing came of it."""
    return bool(model_impact.changed or (model_impact.alerted is not None and model_impact.alerted.alerts))


def _model(model_impact: ModelImpact, name: str, lang: Lang) -> ModelSection:
    lines = (moved_text(model_impact, lang), lost_text(model_impact, lang), burdens_text(model_impact, lang))
    names = {level: level_name(level, lang) for level in levels(model_impact)}
    moved = any(old != new for (old, new), count in model_impact.matrix.items() if count)
    return ModelSection(
        name,
        tuple(filter(None, lines)),
        bool(model_impact.changed),
        _levels(model_impact, names, lang) if len(names) > 1 and not moved else "",
        _heat(model_impact, names) if len(names) > 1 and moved else None,
        _scores(model_impact, lang) if model_impact.score else None,
        tuple(_regions(model_impact, lang)),
        _attributed(model_impact, lang),
        tuple(_came_and_went(model_impact, "vetoes", model_impact.vetoes)),
        tuple(_came_and_went(model_impact, "measures", model_impact.measures)),
        tuple(_altered(model_impact, lang)),
        tuple(_alerts(model_impact)),
        alerted_of(model_impact, lang),
    )


def _levels(model_impact: ModelImpact, names: Mapping[str, str], lang: Lang) -> str:
    """Who stands at which level, where all stay."""
    staying = {text: model_impact.matrix.get((level, level), 0) for level, text in names.items()}
    return with_commas((f"{text} {count:,}" for text, count in staying.items() if count), lang)


def _heat(model_impact: ModelImpact, names: Mapping[str, str]) -> Heat:
    graded = sum(name not in STATES for name in names)
    return Heat(tuple(names.values()), heat_rows(names, graded, model_impact.matrix))


def _scores(model_impact: ModelImpact, lang: Lang) -> Scores:
    caption = rescored_text(model_impact, lang)
    chart = spread_chart(f"{model_impact.model.title} · {caption}", model_impact.score)
    return Scores(caption, chart, spread_text(model_impact.score, lang))


def _regions(model_impact: ModelImpact, lang: Lang) -> Iterator[Cells]:
    if len(model_impact.regions) < 2:
        return
    regions = sorted(model_impact.regions.items(), key=lambda pair: -(pair[1].up + pair[1].down))[:MOST]
    most = max(max(moved.up, moved.down) for _, moved in regions)
    for code, moved in regions:
        chart = up_and_down_chart(moved.up, moved.down, most)
        yield region_name(code, model_impact.region_names, lang), chart, f"{moved.down:,}", f"{moved.up:,}", f"{moved.of:,}"


def _attributed(model_impact: ModelImpact, lang: Lang) -> AttributionTable | None:
    """Each change after the former ones, which adds up, and beside it what it does alone."""
    parts = list(attribution(model_impact))
    if not parts:
        return None
    total = model_impact.stacked.total if model_impact.stacked else None
    moves = [part.moved for _, *both in parts for part in both if part]
    lost = any(moved.lost for moved in (*moves, *([total.moved] if total else ())))
    most = max(max(abs(moved.up), abs(moved.down + moved.lost)) for moved in moves)
    rows: list[Cells] = []
    for changes, line, alone in parts:
        moved = line.moved if line else alone.moved if alone else Transitions()
        bar = up_and_down_chart(max(moved.up, 0), max(moved.down + moved.lost, 0), most)
        rows.append((changes_text(changes, lang), bar, *pair_texts(counts(line), counts(alone), lost)))
    if total:
        rows.append((sentence("column-total", lang), "", *pair_texts(counts(total), counts(None), lost)))
    return AttributionTable(attribution_text(model_impact, lang), lost, tuple(rows))


def _came_and_went(model_impact: ModelImpact, kind: str, numbers: Mapping[str, tuple[int, int]]) -> Iterator[Cells]:
    """Vetoes or measures that came or went."""
    titles = measure_titles(model_impact, kind)
    for name, (gained, lost) in numbers.items():
        if gained or lost:
            yield titles.get(name, name), f"{gained:,}", f"{lost:,}", share(gained + lost, model_impact.subjects)


def _altered(model_impact: ModelImpact, lang: Lang) -> Iterator[Cells]:
    """Measures that are others now, and how many hold them."""
    titles = measure_titles(model_impact, "measures")
    for name, altered in model_impact.altered.items():
        subjects = f"{altered.subjects:,}", share(altered.subjects, model_impact.subjects)
        yield titles.get(name, name), altered_what(altered.what, lang), *subjects


def _alerts(model_impact: ModelImpact) -> Iterator[Cells]:
    """Alerts that came or went."""
    titles = measure_titles(model_impact, "alerts")
    if model_impact.alerted is not None:
        for name, (gained, lost) in model_impact.alerted.alerts.items():
            yield titles.get(name, name), f"{gained:,}", f"{lost:,}"


def example_groups(impact: Impact | None, lang: Lang) -> tuple[ExampleGroup, ...]:
    """Subjects that moved, model by model."""
    models = named_models(impact) if impact else []
    return tuple(_examples(model_impact, name, lang) for model_impact, name in models if model_impact.examples)


def _examples(model_impact: ModelImpact, name: str, lang: Lang) -> ExampleGroup:
    count = len(model_impact.examples)
    others = model_impact.moved.up + model_impact.moved.down < count
    about = sentence("nearest-and-others" if others else "nearest", lang)
    if count > PRINTED:
        about = sentence("examples-printed", lang, examples=about, count=count, printed=PRINTED)
    return ExampleGroup(name, about, tuple(_example(model_impact, example, lang) for example in model_impact.examples))


def _example(model_impact: ModelImpact, example: Example, lang: Lang) -> ExampleCard:
    rows = list(side_by_side(example.old, example.new, lang))
    return ExampleCard(
        example.subject.name or "",
        example.subject.id,
        example_text(model_impact, example, lang),
        tuple(row for row in rows if row[1] != row[2]),
        tuple(row for row in rows if row[1] == row[2]),
    )
