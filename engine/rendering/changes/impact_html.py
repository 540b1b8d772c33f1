"""Whom a change touches, as the part of the page that says who: model by model, with examples to unfold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from engine.model.impact import Example, Impact, ModelImpact, Transitions
from engine.rendering.changes.charts import heat_table, spread_chart, up_and_down_chart
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
from engine.rendering.changes.page_parts import html_table
from engine.rendering.changes.regions import region_name
from engine.rendering.changes.side_by_side import side_by_side
from engine.rendering.counts import pick, share
from engine.rendering.terms import Lang

PRINTED = 4
"""So many examples of a model are on paper."""

MOST = 15
"""So many regions are shown, those with the most who moved."""


def impact_section(impact: Impact, lang: Lang) -> str:
    """A section; where nobody is touched it says so."""
    models = named_models(impact)
    shown = "\n".join(_model(one, name, lang) for one, name in models if _shown(one))
    same = pick("、", ", ", lang).join(
        pick(f"{name}（{one.subjects:,}）", f"{name} ({one.subjects:,})", lang) for one, name in models if not _shown(one)
    )
    shown += (
        f"<p>{pick('结果没有变化的模型（主体）：', 'Models whose results are the same (subjects): ', lang)}{escape(same)}</p>"
        if same
        else ""
    )
    none = "" if impact.uncompared else f"<p>{pick('没有结果会变化的模型。', 'No model gives another result.', lang)}</p>"
    title = pick("影响谁", "Whom it touches", lang)
    loud = "".join(f'<p class="loud">{escape(line)}</p>\n' for line in day_texts(impact, lang))
    how = f'<p class="soft">{counting_text(lang)}</p>' if shown else ""
    return f'<section class="impact">\n<h2>{title}</h2>\n<p>{escape(headline(impact, lang))}</p>\n{loud}{how}\n{shown or none}\n</section>'


def _shown(one: ModelImpact) -> bool:
    """Whether there is anything to tell but that nothing came of it."""
    return bool(one.changed or (one.alerted is not None and one.alerted.alerts))


def _model(one: ModelImpact, name: str, lang: Lang) -> str:
    lines = filter(None, (moved_text(one, lang), lost_text(one, lang), burdens_text(one, lang)))
    head = [f"<h3>{escape(name)}</h3>", *(f"<p>{escape(line)}</p>" for line in lines)]
    if not one.changed:
        return "\n".join(["<article>", *head, *_alerts(one, lang), "</article>"])
    parts = [
        *head,
        '<div class="pair">', "<div>", *_matrix(one, lang), "</div>", "<div>", *_scores(one, lang), *_regions(one, lang), "</div>", "</div>",
        *_attributed(one, lang),
        '<div class="pair wide">', *_lists(one, lang), *_altered(one, lang), *_alerts(one, lang), "</div>",
    ]  # fmt: skip
    return "\n".join(["<article>", *parts, "</article>"])


def _matrix(one: ModelImpact, lang: Lang) -> Iterator[str]:
    names = {name: level_name(name, lang) for name in levels(one)}
    if len(names) > 1:
        caption = pick("等级变化", "Levels before and after", lang)
        if all(old == new for (old, new), count in one.matrix.items() if count):
            counts = pick("，", ", ", lang).join(
                f"{said} {one.matrix.get((name, name), 0):,}" for name, said in names.items() if one.matrix.get((name, name))
            )
            yield f"<p>{pick('没有主体的等级变化：', 'Nobody goes to another level: ', lang)}{escape(counts)}</p>"
            return
        graded = sum(name not in STATES for name in names)
        yield f"<h4>{caption}</h4>"
        yield heat_table(pick("原＼新", "old \\ new", lang), names, graded, one.matrix)
        note = pick("绿为升级，红为降级", "green went up, red went down", lang)
        yield f'<p class="soft">{note}</p>'


def _scores(one: ModelImpact, lang: Lang) -> Iterator[str]:
    if not one.score:
        return
    caption = rescored_text(one, lang)
    yield f"<h4>{caption}</h4>"
    yield spread_chart(f"{one.model.title} · {caption}", one.score)
    yield f'<p class="soft">{spread_text(one.score, lang)}</p>'


def _regions(one: ModelImpact, lang: Lang) -> Iterator[str]:
    if len(one.regions) < 2:
        return
    found = sorted(one.regions.items(), key=lambda pair: -(pair[1].up + pair[1].down))[:MOST]
    most = max(max(moved.up, moved.down) for _, moved in found)
    rows = [
        [escape(region_name(code, lang)), up_and_down_chart(moved.up, moved.down, most), *_counts(moved)]
        for code, moved in found
    ]
    heads = [pick("地区", "Region", lang), "", *pick("降级 升级 主体", "Down Up Subjects", lang).split()]
    yield html_table("bars", pick("各地区", "By region", lang), heads, 3, rows)


def _counts(moved: Transitions) -> list[str]:
    return [f"{moved.down:,}", f"{moved.up:,}", f"{moved.of:,}"]


def _attributed(one: ModelImpact, lang: Lang) -> Iterator[str]:
    """Each change after the former ones, which adds up, and beside it what it does alone."""
    found = list(attribution(one))
    if not found:
        return
    total = one.stacked.total.moved if one.stacked else Transitions()
    parts = [part.moved for _, *both in found for part in both if part]
    lost = any(part.lost for part in (total, *parts))
    most = max(max(abs(part.up), abs(part.down + part.lost)) for part in parts)
    rows = []
    for changes, line, alone in found:
        shown = line.moved if line else alone.moved if alone else Transitions()
        bar = up_and_down_chart(max(shown.up, 0), max(shown.down + shown.lost, 0), most)
        rows.append([escape(changes_text(changes, lang)), bar, *pair_texts(counts(line), counts(alone), lost)])
    if one.stacked:
        rows.append([pick("合计", "Total", lang), "", *pair_texts(counts(one.stacked.total), counts(None), lost)])
    heads = [
        pick("依次改（单独改）", "One after another (alone)", lang),
        "",
        *([pick("不再有结果", "Lost", lang)] if lost else []),
        *pick("降级 升级 得分降 得分升", "Down Up Score-down Score-up", lang).split(),
    ]
    caption = f"{pick('由哪处改动引起', 'By which change', lang)}{pick('：', ': ', lang)}{attribution_text(one, lang)}"
    yield '<div class="wide">' + html_table("bars", caption, heads, len(heads) - 2, rows) + "</div>"


def _lists(one: ModelImpact, lang: Lang) -> Iterator[str]:
    """Vetoes and measures that came or went."""
    for kind, caption in (("vetoes", pick("一票否决", "Vetoes", lang)), ("measures", pick("措施", "Measures", lang))):
        counts: Mapping[str, tuple[int, int]] = getattr(one, kind)
        named = measure_titles(one, kind)
        rows = [
            [escape(named.get(name, name)), f"{gained:,}", f"{lost:,}", share(gained + lost, one.subjects)]
            for name, (gained, lost) in counts.items()
            if gained or lost
        ]
        if rows:
            heads = [caption, *pick("新增 不再 占比", "Gained Lost Share", lang).split()]
            yield f"<div>{html_table('bars', '', heads, 3, rows)}</div>"


def _altered(one: ModelImpact, lang: Lang) -> Iterator[str]:
    """Measures that are others now, and how many hold them."""
    named = measure_titles(one, "measures")
    rows = [
        [
            escape(named.get(name, name)),
            altered_what(found.what, lang),
            f"{found.subjects:,}",
            share(found.subjects, one.subjects),
        ]
        for name, found in one.altered.items()
    ]
    if rows:
        heads = [
            pick("内容有变的措施", "Measures of other content", lang),
            *pick("什么变了 主体 占比", "What Subjects Share", lang).split(),
        ]
        yield f"<div>{html_table('bars', '', heads, 2, rows)}</div>"


def _alerts(one: ModelImpact, lang: Lang) -> Iterator[str]:
    """Alerts that came or went, and over how many that is counted."""
    if one.alerted is None or not one.alerted.alerts:
        return
    named = measure_titles(one, "alerts")
    rows = [[escape(named.get(name, name)), f"{gained:,}", f"{lost:,}"] for name, (gained, lost) in one.alerted.alerts.items()]
    heads = [f"{pick('预警', 'Alerts', lang)} ({alerted_of(one, lang)})", *pick("新增 不再", "Gained Lost", lang).split()]
    yield f"<div>{html_table('bars', '', heads, 2, rows)}</div>"


def examples(impact: Impact | None, lang: Lang) -> str:
    """Subjects that moved, model by model; empty where there are none."""
    return "\n".join(part for one, name in named_models(impact) for part in _examples(one, name, lang)) if impact else ""


def _examples(one: ModelImpact, name: str, lang: Lang) -> Iterator[str]:
    if one.examples:
        shown = "\n".join(_example(one, example, lang) for example in one.examples)
        few = one.moved.up + one.moved.down < len(one.examples)
        title = pick("离界线最近的主体", "Those nearest to an edge", lang)
        title += pick("，和其他结果有变化的", ", and others whose results changed", lang) if few else ""
        if len(one.examples) > PRINTED:
            title += pick(
                f"，共 {len(one.examples)} 例，纸上 {PRINTED} 例", f", {len(one.examples)} of them, {PRINTED} on paper", lang
            )
        yield f'<h3>{escape(name)} <span class="soft">{title}</span></h3>\n<div class="cards">{shown}</div>'


def _example(one: ModelImpact, example: Example, lang: Lang) -> str:
    """Both results in a line; unfolded, what differs in the reasoning."""
    subject = example.subject
    name = f"{escape(subject.name)} " if subject.name else ""
    line = f"{name}<code>{escape(subject.id)}</code> {escape(example_text(one, example, lang))}"
    rows = list(side_by_side(example.old, example.new, lang))
    same = [row for row in rows if row[1] == row[2]]
    shown = _rows([row for row in rows if row[1] != row[2]], lang)
    rest = f"<details><summary>{pick(f'相同的 {len(same)} 项', f'the same: {len(same)}', lang)}</summary>{_rows(same, lang)}</details>"
    return f'<details class="example"><summary>{line}</summary>{shown}{rest}</details>'


def _rows(rows: Sequence[tuple[str, str, str]], lang: Lang) -> str:
    heads = [pick("项目", "What", lang), pick("原", "Old", lang), pick("新", "New", lang)]
    return html_table("reasons", "", heads, 0, [[escape(one) for one in row] for row in rows])
