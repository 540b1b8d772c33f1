"""What came of many subjects, at a glance on a terminal: a row a model and a column a level, then what holds most often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.model.period import iso_text
from engine.model.scale import Scale
from engine.model.totals import ModelTotals, Totals
from engine.rendering.counts import Why, exclusions, names, pick, refusals, rejections, share
from engine.rendering.evaluate_text import aligned
from engine.rendering.snippet import width
from engine.rendering.terms import Lang, term

WIDTH = 100
"""Columns that the table of levels takes at most, where it can."""

FEW, TOP = 12, 10
"""A list of so many is told whole, of a longer one so much."""

Counted = tuple[int, int, *tuple[str, ...]]
"""A count, what it is a share of, and what was counted."""


def totals_text(totals: Totals, lang: Lang) -> str:
    """For a terminal of 100 columns; what nobody has is left out."""
    head = f"{pick('基准日', 'as of', lang)} {iso_text(totals.as_of)}"
    if totals.sources:
        head += "  " + pick("来源 ", "from ", lang) + pick("、", ", ", lang).join(totals.sources)
    parts = [head, *_scales(totals, lang)]
    parts += _list(pick("一票否决", "Vetoes", lang), _vetoes(totals), lang)
    parts += _list(pick("措施", "Measures", lang), _measures(totals, lang), lang)
    parts += _list(pick("不参评", "Not evaluated", lang), _whys(exclusions(totals)), lang)
    parts += _list(pick("拒绝", "Rejected", lang), _whys(rejections(totals, lang)), lang)
    parts += _list(pick("退回的行", "Rows refused", lang), _whys(refusals(totals, lang)), lang)
    return "\n\n".join([*parts, run_text(totals, lang)]) + "\n"


def run_text(totals: Totals, lang: Lang) -> str:
    """Subjects, records and time in one line."""
    said = [pick(f"主体 {totals.subjects:,}", f"subjects {totals.subjects:,}", lang)]
    if totals.changed is not None:
        said.append(pick(f"其中重新评价 {totals.changed:,}", f"of these evaluated anew {totals.changed:,}", lang))
    if totals.idle:
        idle = f"{totals.idle:,}"
        said.append(pick(f"没有适用政策的 {idle}", f"under no policy {idle}", lang))
    if totals.records is not None:
        said.append(pick(f"记录 {totals.records:,}", f"records {totals.records:,}", lang))
    if totals.seconds is not None:
        seconds = f"{totals.seconds:.1f}" if totals.seconds >= 1 else f"{totals.seconds:.2f}"
        said.append(pick(f"用时 {seconds} 秒", f"{seconds} s", lang))
    if totals.seconds and totals.changed is None:
        rate = f"{round(totals.subjects / totals.seconds):,}"
        said.append(pick(f"每秒 {rate} 个主体", f"{rate} subjects/s", lang))
    return pick("，", ", ", lang).join(said)


def by_scale(models: Sequence[ModelTotals]) -> Iterator[tuple[Scale, list[ModelTotals]]]:
    """The models with their scales, in the order in which these come up."""
    for scale in dict.fromkeys(one.policy.scale for one in models):
        yield scale, [one for one in models if one.policy.scale == scale]


def _scales(totals: Totals, lang: Lang) -> Iterator[str]:
    called = dict(zip(((one.policy.id, one.model.id) for one in totals.models), names(totals.models), strict=True))
    for scale, models in by_scale(totals.models):
        of_grade = {grade: " ".join(one.name for one in scale.levels if one.grade == grade) for grade in scale.grades}
        grades = [grade if levels == grade else f"{grade} {levels}" for grade, levels in of_grade.items()]
        head = f"{pick('等级标准', 'scale', lang)} {scale.id}{pick('：', ': ', lang)}{pick('；', '; ', lang).join(grades)}"
        yield f"{head}\n{_table(scale, models, [called[one.policy.id, one.model.id] for one in models], lang)}"


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
    ungraded = any(one.ungraded for one in models)
    more = [pick("不分等级", "ungraded", lang)] if ungraded else []
    yield [*scale.names, *more, pick("不参评", "left out", lang), pick("拒绝", "rejected", lang)]
    for one in models:
        levels = [one.levels.get(name) for name in scale.names]
        counts = [*levels, *([one.ungraded] if ungraded else []), one.not_evaluated, one.rejected]
        yield ["-" if count is None else format(count, form) for count in counts]


def _vetoes(totals: Totals) -> list[Counted]:
    called = zip(totals.models, names(totals.models), strict=True)
    return [(one.vetoes[v.id], one.evaluated, name, v.title) for one, name in called for v in one.model.vetoes]


def _measures(totals: Totals, lang: Lang) -> list[Counted]:
    called = zip(totals.models, names(totals.models), strict=True)
    return [
        (one.measures[m.id], one.evaluated, name, term(m.kind, lang), m.title)
        for one, name in called
        for m in one.model.measures
    ]


def _whys(found: Sequence[Why]) -> list[Counted]:
    return [(one.count, one.whole, one.where, one.sentence) for one in found]


def _list(title: str, counted: Sequence[Counted], lang: Lang) -> list[str]:
    """The most frequent first; nothing where there is nothing."""
    found = sorted((one for one in counted if one[0]), key=lambda one: -one[0])
    if not found:
        return []
    shown = found if len(found) <= FEW else found[:TOP]
    if len(shown) < len(found):
        title += pick(f"（{len(found)} 项中最多的 {TOP} 项）", f" (the {TOP} most frequent of {len(found)})", lang)
    rows = [(f"{count:,}", share(count, whole), texts) for count, whole, *texts in shown]
    sizes = [max(len(row[i]) for row in rows) for i in (0, 1)]
    return [title + "\n" + aligned([["", a.rjust(sizes[0]), b.rjust(sizes[1]), *texts] for a, b, texts in rows])]
