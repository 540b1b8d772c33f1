"""Whom a change touches, as the part of the page that says who: model by model, with examples to unfold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from engine.model.impact import Attributed, Example, Impact, ModelImpact, Moved
from engine.telling.changes.drawn import heat, spread, up_and_down
from engine.telling.changes.impact import (
    STATES,
    alone_text,
    attributed_text,
    example_text,
    headline,
    level_name,
    levels,
    moved_text,
    named_models,
    spread_text,
    titles,
)
from engine.telling.changes.reasoned import reasoned
from engine.telling.changes.regions import region_name
from engine.telling.counts import pick, share
from engine.telling.page import table
from engine.telling.words import Lang

PRINTED = 4
"""So many examples of a model are on paper."""

MOST = 15
"""So many regions are shown, those with the most who moved."""


def impact_section(impact: Impact, lang: Lang) -> str:
    """A section; where nobody is touched it says so."""
    models = named_models(impact)
    shown = "\n".join(_model(one, name, lang) for one, name in models if one.changed)
    same = pick("、", ", ", lang).join(
        pick(f"{name}（{one.subjects:,}）", f"{name} ({one.subjects:,})", lang) for one, name in models if not one.changed
    )
    shown += (
        f"<p>{pick('结果没有变化的模型（主体）：', 'Models whose results are the same (subjects): ', lang)}{escape(same)}</p>"
        if same
        else ""
    )
    none = f"<p>{pick('没有结果会变化的模型。', 'No model gives another result.', lang)}</p>"
    title = pick("影响谁", "Whom it touches", lang)
    return f'<section class="impact">\n<h2>{title}</h2>\n<p>{escape(headline(impact, lang))}</p>\n{shown or none}\n</section>'


def _model(one: ModelImpact, name: str, lang: Lang) -> str:
    parts = [
        f"<h3>{escape(name)}</h3>",
        f"<p>{escape(moved_text(one, lang))}</p>",
        '<div class="pair">', "<div>", *_matrix(one, lang), "</div>", "<div>", *_scores(one, lang), *_regions(one, lang), "</div>", "</div>",
        *_attributed(one, lang),
        '<div class="pair wide">', *_lists(one, lang), "</div>",
    ]  # fmt: skip
    return "\n".join(["<article>", *parts, "</article>"])


def _matrix(one: ModelImpact, lang: Lang) -> Iterator[str]:
    names = {name: level_name(name, lang) for name in levels(one)}
    if len(names) > 1:
        caption = pick("等级变化", "Levels before and after", lang)
        if all(old == new for (old, new), count in one.matrix.items() if count):
            counts = pick("，", ", ", lang).join(f"{said} {one.matrix.get((name, name), 0):,}" for name, said in names.items())
            yield f"<p>{pick('没有主体的等级变化：', 'Nobody goes to another level: ', lang)}{escape(counts)}</p>"
            return
        graded = sum(name not in STATES for name in names)
        yield f"<h4>{caption}</h4>"
        yield heat(pick("原＼新", "old \\ new", lang), names, graded, one.matrix)
        note = pick("绿为升级，红为降级", "green went up, red went down", lang)
        yield f'<p class="soft">{note}</p>'


def _scores(one: ModelImpact, lang: Lang) -> Iterator[str]:
    if not one.score:
        return
    caption = pick("得分变化", "Change of score", lang)
    yield f"<h4>{caption}</h4>"
    yield spread(f"{one.model.title} · {caption}", one.score)
    yield f'<p class="soft">{spread_text(one.score, lang)}</p>'


def _regions(one: ModelImpact, lang: Lang) -> Iterator[str]:
    if len(one.regions) < 2:
        return
    found = sorted(one.regions.items(), key=lambda pair: -(pair[1].up + pair[1].down))[:MOST]
    most = max(max(moved.up, moved.down) for _, moved in found)
    rows = [
        [escape(region_name(code, lang)), up_and_down(moved.up, moved.down, most), *_counts(moved)] for code, moved in found
    ]
    heads = [pick("地区", "Region", lang), "", *pick("降级 升级 主体", "Down Up Subjects", lang).split()]
    yield table("bars", pick("各地区", "By region", lang), heads, 3, rows)


def _counts(moved: Moved) -> list[str]:
    return [f"{moved.down:,}", f"{moved.up:,}", f"{moved.of:,}"]


def _attributed(one: ModelImpact, lang: Lang) -> Iterator[str]:
    """Each change made alone; together they need not add up."""
    if not one.attributed:
        return
    lost = any(part.moved.lost for part in one.attributed)
    most = max(max(part.moved.up, part.moved.down + part.moved.lost) for part in one.attributed)
    rows = [
        [
            escape(attributed_text(part, lang)), up_and_down(part.moved.up, part.moved.down + part.moved.lost, most),
            *([f"{part.moved.lost:,}"] if lost else []),
            *(f"{count:,}" for count in (part.moved.down, part.moved.up, part.score_down, part.score_up)),
        ]
        for part in one.attributed
        if _touches(part)
    ]  # fmt: skip
    rest = sum(not _touches(part) for part in one.attributed)
    if rest:
        rows.append(
            [pick(f"另 {rest} 处改动", f"{rest} other changes", lang), "", *(["0"] if lost else []), "0", "0", "0", "0"]
        )
    heads = [
        pick("只改这一处", "Made alone", lang),
        "",
        *([pick("不再有结果", "Lost", lang)] if lost else []),
        *pick("降级 升级 得分降 得分升", "Down Up Score-down Score-up", lang).split(),
    ]
    caption = f"{pick('由哪处改动引起', 'By which change', lang)}{pick('：', ': ', lang)}{alone_text(one, lang)}"
    yield '<div class="wide">' + table("bars", caption, heads, len(heads) - 2, rows) + "</div>"


def _touches(part: Attributed) -> bool:
    return any((part.moved.up, part.moved.down, part.moved.lost, part.score_up, part.score_down))


def _lists(one: ModelImpact, lang: Lang) -> Iterator[str]:
    """Vetoes and measures that came or went."""
    for kind, caption in (("vetoes", pick("一票否决", "Vetoes", lang)), ("measures", pick("措施", "Measures", lang))):
        counts: Mapping[str, tuple[int, int]] = getattr(one, kind)
        named = titles(one, kind)
        rows = [
            [escape(named.get(name, name)), f"{gained:,}", f"{lost:,}", share(gained + lost, one.subjects)]
            for name, (gained, lost) in counts.items()
            if gained or lost
        ]
        if rows:
            heads = [caption, *pick("新增 不再 占比", "Gained Lost Share", lang).split()]
            yield f"<div>{table('bars', '', heads, 3, rows)}</div>"


def examples(impact: Impact | None, lang: Lang) -> str:
    """Subjects that moved, model by model; empty where there are none."""
    return "\n".join(part for one, name in named_models(impact) for part in _examples(one, name, lang)) if impact else ""


def _examples(one: ModelImpact, name: str, lang: Lang) -> Iterator[str]:
    if one.examples:
        shown = "\n".join(_example(example, lang) for example in one.examples)
        few = one.moved.up + one.moved.down < len(one.examples)
        title = pick("离界线最近的主体", "Those nearest to an edge", lang)
        title += pick("，和其他结果有变化的", ", and others whose results changed", lang) if few else ""
        if len(one.examples) > PRINTED:
            title += pick(
                f"，共 {len(one.examples)} 例，纸上 {PRINTED} 例", f", {len(one.examples)} of them, {PRINTED} on paper", lang
            )
        yield f'<h3>{escape(name)} <span class="soft">{title}</span></h3>\n<div class="cards">{shown}</div>'


def _example(example: Example, lang: Lang) -> str:
    """Both results in a line; unfolded, what differs in the reasoning."""
    subject = example.subject
    name = f"{escape(subject.name)} " if subject.name else ""
    line = f"{name}<code>{escape(subject.id)}</code> {escape(example_text(example, lang))}"
    rows = list(reasoned(example.old, example.new, lang))
    same = [row for row in rows if row[1] == row[2]]
    shown = _rows([row for row in rows if row[1] != row[2]], lang)
    rest = f"<details><summary>{pick(f'相同的 {len(same)} 项', f'the same: {len(same)}', lang)}</summary>{_rows(same, lang)}</details>"
    return f'<details class="example"><summary>{line}</summary>{shown}{rest}</details>'


def _rows(rows: Sequence[tuple[str, str, str]], lang: Lang) -> str:
    heads = [pick("项目", "What", lang), pick("原", "Old", lang), pick("新", "New", lang)]
    return table("reasons", "", heads, 0, [[escape(one) for one in row] for row in rows])
