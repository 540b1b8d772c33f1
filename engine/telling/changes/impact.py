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
    Attributed,
    Example,
    Impact,
    ModelImpact,
    Moved,
)
from engine.model.number import two_decimals
from engine.model.period import written
from engine.model.policy import Policy
from engine.telling.changes import naming
from engine.telling.counts import pick, share
from engine.telling.words import Lang

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
    for one, name in named_models(impact):
        yield ""
        yield f"  {name}  {moved_text(one, lang)}"
        if one.score:
            yield f"    {pick('得分变化', 'change of score', lang)}  {spread_text(one.score, lang)}"
        if one.attributed:
            yield f"    {alone_text(one, lang)}"
        yield from (f"      {attributed_text(part, lang)}  {counts_text(part.moved, lang)}" for part in one.attributed)
        yield from (f"    {line}" for line in lists_text(one, lang))
        for example in one.examples[:EXAMPLES]:
            yield f"    {pick('例', 'such as', lang)}  {example.subject.id}  {example_text(example, lang)}"


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
    changed = sum(one.changed for one in impact.models)
    refused = ""
    if impact.refused:
        refused = pick(
            f"；数据不合要求、不能评价的 {impact.refused:,} 个",
            f"; {impact.refused:,} could not be evaluated (their data is refused)",
            lang,
        )
    return pick(
        f"截至 {written(impact.as_of)}，{impact.subjects:,} 个主体，{changed:,} 个结果有变化{refused}",
        f"As of {written(impact.as_of)}: subjects {impact.subjects:,}, changed results {changed:,}{refused}",
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


def up_and_down(moved: Moved, lang: Lang) -> str:
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


def counts_text(moved: Moved, lang: Lang) -> str:
    """`升级 20，降级 80`."""
    lost = pick(f"，不再有结果 {moved.lost:,}", f", result lost {moved.lost:,}", lang) if moved.lost else ""
    return pick(f"升级 {moved.up:,}，降级 {moved.down:,}{lost}", f"up {moved.up:,}, down {moved.down:,}{lost}", lang)


def alone_text(one: ModelImpact, lang: Lang) -> str:
    """What the table of attribution is about: how many subjects it looks at."""
    of = max(part.moved.of for part in one.attributed)
    elsewhere = sum(count for (old, new), count in one.matrix.items() if old != new)
    what = pick("等级", "level", lang) if elsewhere else pick("得分", "score", lang)
    all_of_them = pick("", "all ", lang) if of == elsewhere else pick("抽取 ", "a sample, ", lang) if of < elsewhere else ""
    return pick(
        f"每处改动单独作出时，在{what}有变化的主体（{all_of_them}{of:,} 个）中",
        f"each change alone, among the subjects that have another {what} ({all_of_them}{of:,})",
        lang,
    )


def lists_text(one: ModelImpact, lang: Lang) -> Iterator[str]:
    """`措施  降低抽查比例 新增 0、不再 2；…`: the vetoes and the measures that came and went."""
    for kind, name in (("vetoes", pick("一票否决", "vetoes", lang)), ("measures", pick("措施", "measures", lang))):
        named = titles(one, kind)
        found = [
            f"{named.get(each, each)} " + pick(f"新增 {gained:,}、不再 {lost:,}", f"gained {gained:,}, lost {lost:,}", lang)
            for each, (gained, lost) in getattr(one, kind).items()
        ]
        if found:
            yield f"{name}  {pick('；', '; ', lang).join(found)}"


def example_text(example: Example, lang: Lang) -> str:
    """`85.00 B+ → 80.00 B`, or where both are alike the vetoes and measures that came and went."""
    before, after = state(example.old, lang), state(example.new, lang)
    if before != after or not isinstance(example.old, Evaluation) or not isinstance(example.new, Evaluation):
        return f"{before} → {after}"
    found = []
    for kind in ("vetoes", "measures"):
        named = {part.id: part.title for one in (example.old, example.new) for part in getattr(one.model, kind)}
        old, new = getattr(example.old, kind), getattr(example.new, kind)
        found += [f"+ {named[one]}" for one in new if one not in old] + [f"− {named[one]}" for one in old if one not in new]
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


def attributed_text(one: Attributed, lang: Lang) -> str:
    """The changes that were made alone, by the titles of what they change."""
    names = [" ".join(filter(None, [change.title or change.id, naming.part(change, lang)])) for change in one.changes]
    return pick("、", ", ", lang).join(dict.fromkeys(names))


def levels(one: ModelImpact) -> list[str]:
    """Rows and columns of the matrix: levels from the best on, then what stands in place of one, where it occurs."""
    names = [name for policy in (one.old, one.new) if policy for name in policy.scale.names]
    occurring = {name for pair in one.matrix for name in pair}
    graded = [name for name in dict.fromkeys(names) if one.model.grades or name in occurring]
    return [*graded, *(name for name in STATES if name in occurring)]


def level_name(name: str, lang: Lang) -> str:
    """A level, or what stands in place of one."""
    return STATES[name][lang == "en"] if name in STATES else name


def titles(one: ModelImpact, kind: str) -> dict[str, str]:
    """The titles of vetoes or measures in either version."""
    models = [policy.models.get(one.model.id) for policy in (one.old, one.new) if isinstance(policy, Policy)]
    return {part.id: part.title for model in models if model for part in getattr(model, kind)}


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
