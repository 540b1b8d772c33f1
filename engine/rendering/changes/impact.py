"""Whom a change touches, in words: how many, up or down, by which change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.model.evaluation import Evaluation, NotEvaluated, Outcome, Rejection
from engine.model.impact import (
    ABSENT,
    NOT_EVALUATED,
    QUANTILES,
    REJECTED,
    UNGRADED,
    Attribution,
    Example,
    Impact,
    ModelImpact,
    Transitions,
)
from engine.model.number import two_decimals
from engine.model.period import iso_text
from engine.rendering.changes.impact_details import (
    alerts_text,
    altered_text,
    altered_what,
    attribution,
    burdens_text,
    changes_text,
    day_texts,
    lost_text,
    measure_titles,
    touched_text,
    whole_texts,
)
from engine.rendering.counts import pick, share
from engine.rendering.terms import Lang

EXAMPLES = 3
"""So many are shown on a terminal."""

STATES: Mapping[str, tuple[str, str]] = {
    UNGRADED: ("不分等级", "no level"),
    NOT_EVALUATED: ("不参评", "not evaluated"),
    REJECTED: ("拒绝", "rejected"),
    ABSENT: ("没有结果", "no result"),
}


def impact_text(impact: Impact, lang: Lang) -> Iterator[str]:
    """Line by line, for a terminal."""
    yield headline(impact, lang)
    yield from (f"! {line}" for line in day_texts(impact, lang))
    for one, name in named_models(impact):
        yield ""
        yield f"  {name}  {moved_text(one, lang)}"
        yield from (f"    {line}" for line in (lost_text(one, lang), burdens_text(one, lang)) if line)
        if one.score:
            yield f"    {rescored_text(one, lang)}  {spread_text(one.score, lang)}"
        rows = list(attribution(one))
        if rows:
            yield f"    {attribution_text(one, lang)}"
        yield from (f"      {changes_text(changes, lang)}  {both_text(line, alone, lang)}" for changes, line, alone in rows)
        yield from (f"    {line}" for line in lists_text(one, lang))
        for example in one.examples[:EXAMPLES]:
            yield f"    {pick('例', 'such as', lang)}  {example.subject.id}  {example_text(one, example, lang)}"


def named_models(impact: Impact) -> list[tuple[ModelImpact, str]]:
    """The models with their titles, with the policy's where two have the same."""
    all_titles = [one.model.title for one in impact.models]
    found = []
    for one in impact.models:
        policy = one.new or one.old
        twice = policy is not None and all_titles.count(one.model.title) > 1
        found.append((one, f"{policy.title} · {one.model.title}" if policy and twice else one.model.title))
    return found


def headline(impact: Impact, lang: Lang) -> str:
    refused = ""
    if impact.refused:
        refused = pick(
            f"；数据不合要求、不能评价的 {impact.refused:,} 个",
            f"; {impact.refused:,} could not be evaluated (their data is refused)",
            lang,
        )
    return pick(
        f"截至 {iso_text(impact.as_of)}，{impact.subjects:,} 个主体；{touched_text(impact, lang)}{refused}",
        f"As of {iso_text(impact.as_of)}: subjects {impact.subjects:,}; {touched_text(impact, lang)}{refused}",
        lang,
    )


def moved_text(one: ModelImpact, lang: Lang) -> str:
    """How many subjects a model has, and how many of them moved."""
    counts = pick(
        f"{one.subjects:,} 个主体，结果有变化 {one.changed:,}", f"subjects {one.subjects:,}, changed {one.changed:,}", lang
    )
    both = one.matrix.get((REJECTED, REJECTED), 0)
    refused = pick(f"，两个版本都拒绝 {both:,}", f", rejected by both {both:,}", lang) if both else ""
    return f"{counts}{refused}{pick('；', '; ', lang)}{up_and_down(one.moved, lang)}"


def up_and_down(moved: Transitions, lang: Lang) -> str:
    """`升级 20（2.0%），降级 80（8.0%），其中跨等次升 10、降 40`."""
    up, down = (f"{count:,}{_brackets(share(count, moved.of), lang)}" for count in (moved.up, moved.down))
    text = pick(f"升级 {up}，降级 {down}", f"up {up}, down {down}", lang)
    if moved.grade_up or moved.grade_down:
        text += pick(
            f"，其中跨等次升 {moved.grade_up:,}、降 {moved.grade_down:,}",
            f", to another grade {moved.grade_up:,} up and {moved.grade_down:,} down",
            lang,
        )
    for count, zh, en in ((moved.lost, "不再有结果", "result lost"), (moved.gained, "新有结果", "result gained")):
        if count:
            text += pick(f"，{zh} {count:,}{_brackets(share(count, moved.of), lang)}", f", {en} {count:,}", lang)
    return text


def counts_text(part: Attribution, lang: Lang) -> str:
    """`升级 20，降级 80`; of what moves nobody to another level `得分升 0，得分降 12`."""
    moved = part.moved
    if not any((moved.up, moved.down, moved.lost, moved.gained)) and any((part.score_up, part.score_down)):
        up, down = map(whole_texts, (part.score_up, part.score_down))
        return pick(f"得分升 {up}，得分降 {down}", f"score up {up}, score down {down}", lang)
    up, down, gone, come = map(whole_texts, (moved.up, moved.down, moved.lost, moved.gained))
    lost = pick(f"，不再有结果 {gone}", f", result lost {gone}", lang) if moved.lost else ""
    gained = pick(f"，新有结果 {come}", f", result gained {come}", lang) if moved.gained else ""
    return pick(f"升级 {up}，降级 {down}{lost}{gained}", f"up {up}, down {down}{lost}{gained}", lang)


def both_text(line: Attribution | None, alone: Attribution | None, lang: Lang) -> str:
    """`升级 0，降级 80（单独：升级 0，降级 60）`: after the former changes, and alone."""
    after = counts_text(line, lang) if line else "–"
    if alone is None or (line and counts_text(alone, lang) == after):
        return after
    return after + _brackets(f"{pick('单独：', 'alone: ', lang)}{counts_text(alone, lang)}", lang)


def attribution_text(one: ModelImpact, lang: Lang) -> str:
    """What the table of attribution is about: how many subjects it looks at, and what came of them."""
    of = one.stacked.total.moved.of if one.stacked else max(part.moved.of for part in one.attributed)
    elsewhere = sum(count for (old, new), count in one.matrix.items() if old != new)
    what = pick("等级", "level", lang) if elsewhere else pick("得分", "score", lang)
    all_of_them = pick("", "all ", lang) if of == elsewhere else pick("抽取 ", "a sample, ", lang) if of < elsewhere else ""
    total = f"{pick('：', ': ', lang)}{counts_text(one.stacked.total, lang)}" if one.stacked else ""
    return pick(
        f"{what}有变化的主体（{all_of_them}{of:,} 个）{total}；各处改动依次作出，逐项加起来就是这些",
        f"the subjects that have another {what} ({all_of_them}{of:,}){total}; each change after the former ones, which add up to it",
        lang,
    )


def rescored_text(one: ModelImpact, lang: Lang) -> str:
    """`得分变化（185 个主体）`: of those whose score is another."""
    return pick(f"得分变化（{one.rescored:,} 个主体）", f"change of score (subjects {one.rescored:,})", lang)


def lists_text(one: ModelImpact, lang: Lang) -> Iterator[str]:
    """`措施  降低抽查比例 新增 0、不再 2；…`: the vetoes and the measures that came and went or are others, and the alerts."""
    for kind, name in (("vetoes", pick("一票否决", "vetoes", lang)), ("measures", pick("措施", "measures", lang))):
        named = measure_titles(one, kind)
        found = [
            f"{named.get(each, each)} " + pick(f"新增 {gained:,}、不再 {lost:,}", f"gained {gained:,}, lost {lost:,}", lang)
            for each, (gained, lost) in getattr(one, kind).items()
        ]
        if found:
            yield f"{name}  {pick('；', '; ', lang).join(found)}"
    yield from filter(None, (altered_text(one, lang), alerts_text(one, lang)))


def example_text(one: ModelImpact, example: Example, lang: Lang) -> str:
    """`85.00 B+ → 80.00 B`, or where both are alike the vetoes and measures that came and went, or are others now."""
    before, after = state(example.old, lang), state(example.new, lang)
    if before != after or not isinstance(example.old, Evaluation) or not isinstance(example.new, Evaluation):
        return f"{before} → {after}"
    found = []
    for kind in ("vetoes", "measures"):
        named = {part.id: part.title for side in (example.old, example.new) for part in getattr(side.model, kind)}
        old, new = getattr(example.old, kind), getattr(example.new, kind)
        found += [f"+ {named[each]}" for each in new if each not in old] + [
            f"− {named[each]}" for each in old if each not in new
        ]
    both = [each for each in example.new.measures if each in example.old.measures and each in one.altered]
    found += [f"{named[each]}{_brackets(altered_what(one.altered[each].what, lang), lang)}" for each in both]
    return "  ".join([after, *found])


def spread_text(score: Sequence[int], lang: Lang) -> str:
    """The least, the middle and the greatest change, and what one in twenty exceeds on either side."""
    found = dict(zip(QUANTILES, map(signed, score), strict=True))
    return pick(
        f"最小 {found[0]}，5% 分位 {found[5]}，中位 {found[50]}，95% 分位 {found[95]}，最大 {found[100]}",
        f"least {found[0]}, 5% {found[5]}, median {found[50]}, 95% {found[95]}, greatest {found[100]}",
        lang,
    )


def signed(points: int) -> str:
    """`+2.50`, `−3.00`, `0.00`."""
    return two_decimals(points) if points == 0 else f"{'+' if points > 0 else '−'}{two_decimals(abs(points))}"


def levels(one: ModelImpact) -> list[str]:
    """Rows and columns of the matrix: levels from the best on, then what stands in place of one, where it occurs."""
    names = [name for policy in (one.old, one.new) if policy for name in policy.scale.names]
    occurring = {name for pair in one.matrix for name in pair}
    graded = [name for name in dict.fromkeys(names) if one.model.grades or name in occurring]
    return [*graded, *(name for name in STATES if name in occurring)]


def level_name(name: str, lang: Lang) -> str:
    """A level, or what stands in place of one."""
    return STATES[name][lang == "en"] if name in STATES else name


def state(outcome: Outcome, lang: Lang) -> str:
    """`85.00 B+`, or why there is none."""
    match outcome:
        case Evaluation(score=score, level=level):
            shown = [two_decimals(score)] if score is not None else []
            return " ".join([*shown, *([level] if level else [])]) or level_name(UNGRADED, lang)
        case NotEvaluated():
            return level_name(NOT_EVALUATED, lang)
        case Rejection():
            return level_name(REJECTED, lang)


def _brackets(text: str, lang: Lang) -> str:
    return f" ({text})" if lang == "en" else f"（{text}）"
