"""What came of many subjects as one page: what a director asks first, then model by model, then who has no result and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from engine.model.number import shortest
from engine.model.period import iso_text
from engine.model.policy import Measure, Policy
from engine.model.scale import Level, Scale
from engine.model.totals import ModelTotals, Totals, band_bounds
from engine.rendering.batch_text import by_scale, run_text
from engine.rendering.charts import Part, bar, histogram, stack, tone
from engine.rendering.counts import Why, exclusions, names, pick, refusals, rejections, share, shares
from engine.rendering.html_page import html_page, html_table
from engine.rendering.terms import Lang, term

KINDS = ("incentive", "routine", "restriction")

DIGEST = len("sha256:") + 12
"""So much of a digest tells versions apart."""


def totals_page(totals: Totals, lang: Lang) -> str:
    """A document that reads nothing from elsewhere; all that is not ours is escaped."""
    title = pick("信用评价汇总", "Credit evaluation in numbers", lang)
    body = [
        _header(title, totals, lang),
        *(_overview(scale, models, totals, lang) for scale, models in by_scale(totals.models)),
        f"<h2>{pick('各模型结果', 'Model by model', lang)}</h2>",
        *(_model(one, lang) for one in totals.models),
        _without(totals, lang),
        _footer(totals, lang),
    ]
    return html_page(f"{title} {iso_text(totals.as_of)}", body, lang)


def _header(title: str, totals: Totals, lang: Lang) -> str:
    policies = len({one.policy.id for one in totals.models})
    results = sum(one.evaluated for one in totals.models)
    lede = pick(
        f"截至 {iso_text(totals.as_of)}，{policies} 项政策的 {len(totals.models)} 个模型评价了 {totals.subjects:,} 个主体。",
        f"As of {iso_text(totals.as_of)}: subjects {totals.subjects:,}, policies {policies}, models {len(totals.models)}.",
        lang,
    )
    figures = [
        (pick("主体", "Subjects", lang), totals.subjects),
        (pick("重新评价的主体", "Evaluated anew", lang), totals.changed),
        (pick("记录", "Records", lang), totals.records),
        (pick("评价结果", "Results", lang), results),
        (pick("不参评", "Not evaluated", lang), sum(one.not_evaluated for one in totals.models)),
        (pick("拒绝", "Rejected", lang), sum(one.rejected for one in totals.models)),
        (pick("退回的行", "Rows refused", lang), sum(totals.refused.values())),
    ]
    shown = "".join(f"<div><dt>{name}</dt><dd>{count:,}</dd></div>" for name, count in figures if count is not None)
    sources = pick("、", ", ", lang).join(f"<code>{escape(one)}</code>" for one in totals.sources)
    said = f'\n<p class="soft">{pick("数据来源：", "From ", lang)}{sources}</p>' if sources else ""
    return f'<header>\n<h1>{title}</h1>\n<p class="lede">{lede}</p>{said}\n<dl class="figures">{shown}</dl>\n</header>'


def _overview(scale: Scale, models: Sequence[ModelTotals], totals: Totals, lang: Lang) -> str:
    """A row a model with its grades, and all together."""
    called = dict(zip(map(_anchor, totals.models), names(totals.models), strict=True))
    title = pick("等次分布", "Grades", lang)
    if len(models) < len(totals.models):
        title += f" · {escape(scale.id)}"
    heads = [pick("模型", "Model", lang), "", *map(escape, scale.grades), pick("已评价", "Evaluated", lang)]
    rows = []
    for one in models:
        name = called[_anchor(one)]
        link = f'<a href="#{_anchor(one)}">{escape(name)}</a>'
        rows.append([link, *_grades(name, one.grades, scale, lang), f"{one.evaluated:,}"])
    graded = [one for one in models if one.levels]
    if len(graded) > 1:
        grades = {grade: sum(one.grades[grade] for one in graded) for grade in scale.grades}
        name = pick("合计", "Together", lang)
        rows.append([f"<strong>{name}</strong>", *_grades(name, grades, scale, lang), f"{sum(grades.values()):,}"])
    shown = html_table("overview", "", heads, len(scale.grades) + 1, rows)
    return f"<section>\n<h2>{title}</h2>\n{_legend(scale)}\n{shown}\n</section>"


def _grades(name: str, grades: Mapping[str, int], scale: Scale, lang: Lang) -> list[str]:
    """A chart, and a share a grade."""
    if not grades:
        return [f'<span class="soft">{pick("不分等级", "no levels", lang)}</span>', *("–" for _ in scale.grades)]
    parts = [Part(grade, grades[grade], _tone(grade, scale)) for grade in scale.grades]
    return [stack(name, parts), *shares([part.count for part in parts])]


def _legend(scale: Scale) -> str:
    """Each grade with its levels and the points that they take."""
    found = []
    for grade in scale.grades:
        levels = [one for one in scale.levels if one.grade == grade]
        said = ", ".join(_level(one) for one in levels)
        key = f'<svg class="key" aria-hidden="true"><rect class="{_tone(grade, scale)}" width="100%" height="100%"/></svg>'
        found.append(f"<li>{key}<strong>{escape(grade)}</strong> {escape(said)}</li>")
    return f'<ul class="legend">{"".join(found)}</ul>'


def _level(level: Level) -> str:
    """Its name where the grade has another one, and the points that it takes."""
    name = level.name if level.name != level.grade else ""
    return f"{name} ≥ {shortest(level.at_least)}".strip() if level.at_least is not None else name


def _tone(grade: str, scale: Scale) -> str:
    return tone(scale.grades.index(grade), len(scale.grades))


def _anchor(one: ModelTotals) -> str:
    return f"{one.policy.id}-{one.model.id}"


def _model(one: ModelTotals, lang: Lang) -> str:
    """On a wide screen in two columns, the measures by themselves, for there are many."""
    about = f"{one.policy.title} · {one.policy.authority}"
    counts = [
        f"{pick('已评价', 'evaluated', lang)} {one.evaluated:,}",
        f"{pick('不参评', 'not evaluated', lang)} {one.not_evaluated:,}",
        f"{pick('拒绝', 'rejected', lang)} {one.rejected:,}",
    ]
    head = f'<h3>{escape(one.model.title)}</h3>\n<p class="soft">{escape(about)}<br>{" · ".join(counts)}</p>'
    if not one.evaluated:
        return f'<article id="{_anchor(one)}">\n{head}\n</article>'
    left = "\n".join([*_levels(one, lang), *_scores(one, lang), *_vetoes(one, lang)])
    columns = f"<div>{left}</div>\n<div>{_measures(one, lang)}</div>"
    chart = stack(one.model.title, _parts(one))
    return f'<article id="{_anchor(one)}">\n{head}\n{chart}\n<div class="pair">\n{columns}\n</div>\n</article>'


def _parts(one: ModelTotals) -> list[Part]:
    """The levels, coloured by their grades."""
    scale = one.policy.scale
    return [Part(level.name, one.levels[level.name], _tone(level.grade, scale)) for level in scale.levels if one.levels]


def _levels(one: ModelTotals, lang: Lang) -> Iterator[str]:
    parts = _parts(one)
    if parts:
        said = zip(one.policy.scale.levels, parts, shares([part.count for part in parts]), strict=True)
        rows = [[escape(level.name), escape(level.grade), f"{part.count:,}", percent] for level, part, percent in said]
        heads = [pick("等级", "Level", lang), pick("等次", "Grade", lang), *_counted(lang)]
        yield html_table("levels", pick("等级", "Levels", lang), heads, 2, rows)


def _scores(one: ModelTotals, lang: Lang) -> Iterator[str]:
    if not sum(one.scores):
        return
    scale = one.policy.scale
    bands = []
    for band, count in enumerate(one.scores):
        low, high = band_bounds(band, scale.full)
        grade = scale.levels[scale.rank_of_score(low)].grade
        bands.append(Part(f"{shortest(low)}–{shortest(high)}", count, _tone(grade, scale)))
    caption = pick("得分", "Scores", lang)
    ticks = [shortest(scale.full * part // 5) for part in range(6)]
    rows = [[band.name, f"{band.count:,}", percent] for band, percent in zip(bands, shares(one.scores), strict=True)]
    numbers = html_table("scores", "", [pick("分数段", "Band", lang), *_counted(lang)], 2, rows)
    note = pick("颜色是得分对应的等次，一票否决降低的不计", "coloured by the grade that such a score gives, vetoes aside", lang)
    yield (
        f"<figure><h4>{caption}</h4>{histogram(f'{one.model.title} · {caption}', bands, ticks)}\n<figcaption>{note}</figcaption>\n"
        f"<details><summary>{pick('各分数段的数', 'the numbers', lang)}</summary>{numbers}</details></figure>"
    )


def _vetoes(one: ModelTotals, lang: Lang) -> Iterator[str]:
    counted = [(escape(veto.title), one.vetoes[veto.id], "restriction") for veto in one.model.vetoes]
    if counted:
        yield _bars(pick("一票否决", "Vetoes", lang), sorted(counted, key=lambda row: -row[1]), one.evaluated, lang)


def _measures(one: ModelTotals, lang: Lang) -> str:
    counted = [(_measure(measure, lang), one.measures[measure.id], measure.kind) for measure in one.model.measures]
    in_order = sorted(counted, key=lambda row: (KINDS.index(row[2]), -row[1]))
    return _bars(pick("措施", "Measures", lang), in_order, one.evaluated, lang) if counted else ""


def _measure(measure: Measure, lang: Lang) -> str:
    return f'<span class="kind">{term(measure.kind, lang)}</span>{escape(measure.title)}'


def _bars(caption: str, counted: Sequence[tuple[str, int, str]], whole: int, lang: Lang) -> str:
    """A row and a bar a title; the longest bar is the most frequent's."""
    most = max(count for _, count, _ in counted)
    rows = [[title, bar(count, most, colour), f"{count:,}", share(count, whole)] for title, count, colour in counted]
    return html_table("bars", caption, [pick("名称", "Title", lang), "", *_counted(lang)], 2, rows)


def _counted(lang: Lang) -> list[str]:
    return [pick("主体数", "Subjects", lang), pick("占比", "Share", lang)]


def _without(totals: Totals, lang: Lang) -> str:
    """Who has no result, which rows were refused, and what would help."""
    groups = (
        (pick("不参评", "Not evaluated", lang), pick("模型", "Model", lang), exclusions(totals)),
        (pick("拒绝", "Rejected", lang), pick("模型", "Model", lang), rejections(totals, lang)),
        (pick("退回的行", "Rows refused", lang), pick("表", "Table", lang), refusals(totals, lang)),
    )
    tables = [_reasons(caption, head, found, lang) for caption, head, found in groups if found]
    none = f"<p>{pick('主体都有结果，没有退回的行。', 'Every subject has its results, no row was refused.', lang)}</p>"
    return f"<section>\n<h2>{pick('没有结果的', 'Without results', lang)}</h2>\n" + ("\n".join(tables) or none) + "\n</section>"


def _reasons(caption: str, head: str, found: Sequence[Why], lang: Lang) -> str:
    """With a column of help where something helps."""
    helps = any(one.help for one in found)
    heads = [head, pick("原因", "Reason", lang), *([pick("怎么办", "What helps", lang)] if helps else []), *_counted(lang)]
    rows = []
    for one in found:
        helped = [_said(one.help)] if helps else []
        rows.append([escape(one.where), _said(one.sentence), *helped, f"{one.count:,}", share(one.count, one.whole)])
    return html_table("reasons", caption, heads, 2, rows)


def _said(text: str) -> str:
    """A sentence with what stands in backticks as code."""
    return re.sub("`([^`]*)`", r"<code>\1</code>", escape(text))


def _footer(totals: Totals, lang: Lang) -> str:
    policies = {one.policy.id: one.policy for one in totals.models}
    rows = [[escape(one.title), *_version(one, lang)] for one in policies.values()]
    heads = [
        pick("政策", "Policy", lang), pick("版本", "Version", lang), pick("状态", "Status", lang),
        pick("评价单位", "Authority", lang), pick("摘要", "Digest", lang),
    ]  # fmt: skip
    shown = html_table("policies", pick("依据的政策", "The policies", lang), heads, 0, rows)
    return f'<footer>\n{shown}\n<p class="soft">{escape(run_text(totals, lang))}</p>\n</footer>'


def _version(policy: Policy, lang: Lang) -> list[str]:
    digest = f'<code title="{escape(policy.digest)}">{escape(policy.digest[:DIGEST])}</code>'
    return [escape(policy.version), term(policy.status, lang), escape(policy.authority), digest]
