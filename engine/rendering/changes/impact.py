"""Whom a change touches, in words: how many, up or down, by which change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from engine.rendering.counts import share
from engine.rendering.phrases import with_commas, with_semicolons
from engine.rendering.sentences import Lang, Sentences

EXAMPLES = 3
"""So many are shown on a terminal."""

STATES = (UNGRADED, NOT_EVALUATED, REJECTED, ABSENT)
"""What stands in place of a level, in the order of the matrix."""

sentence = Sentences("impact").sentence


def impact_text(impact: Impact, lang: Lang) -> Iterator[str]:
    """Line by line, for a terminal."""
    yield headline(impact, lang)
    yield from (f"! {line}" for line in day_texts(impact, lang))
    for model_impact, name in named_models(impact):
        yield ""
        yield f"  {name}  {moved_text(model_impact, lang)}"
        yield from (f"    {line}" for line in _model_lines(model_impact, lang))


def _model_lines(model_impact: ModelImpact, lang: Lang) -> Iterator[str]:
    yield from filter(None, (lost_text(model_impact, lang), burdens_text(model_impact, lang)))
    if model_impact.score:
        yield f"{rescored_text(model_impact, lang)}  {spread_text(model_impact.score, lang)}"
    rows = list(attribution(model_impact))
    if rows:
        yield attribution_text(model_impact, lang)
    yield from (f"  {changes_text(changes, lang)}  {both_text(line, alone, lang)}" for changes, line, alone in rows)
    yield from lists_text(model_impact, lang)
    for example in model_impact.examples[:EXAMPLES]:
        outcomes = example_text(model_impact, example, lang)
        yield sentence("example", lang, subject=example.subject.id, outcomes=outcomes)


def named_models(impact: Impact) -> list[tuple[ModelImpact, str]]:
    """The models with their titles, with the policy's where two have the same."""
    titles = [model_impact.model.title for model_impact in impact.models]
    names = []
    for model_impact, title in zip(impact.models, titles, strict=True):
        policy = model_impact.new or model_impact.old
        twice = policy is not None and titles.count(title) > 1
        names.append((model_impact, f"{policy.title} · {title}" if policy and twice else title))
    return names


def headline(impact: Impact, lang: Lang) -> str:
    """`截至 2025-12-31，7 个主体；3 个主体（4 个结果）有变化，其中升级 0，降级 3`."""
    subjects, touched = f"{impact.subjects:,}", touched_text(impact, lang)
    clauses = [sentence("headline", lang, day=iso_text(impact.as_of), subjects=subjects, touched=touched)]
    if impact.refused:
        clauses.append(sentence("not-evaluable", lang, count=f"{impact.refused:,}"))
    return with_semicolons(clauses, lang)


def moved_text(model_impact: ModelImpact, lang: Lang) -> str:
    """How many subjects a model has, and how many of them moved."""
    subjects, changed = f"{model_impact.subjects:,}", f"{model_impact.changed:,}"
    parts = [sentence("model-changed", lang, subjects=subjects, changed=changed)]
    rejected = model_impact.matrix.get((REJECTED, REJECTED), 0)
    if rejected:
        parts.append(sentence("rejected-by-both", lang, count=f"{rejected:,}"))
    return with_semicolons([_joined(parts, lang), up_and_down(model_impact.moved, lang)], lang)


def up_and_down(moved: Transitions, lang: Lang) -> str:
    """`升级 20（2.0%），降级 80（8.0%），其中跨等次升 10、降 40`."""
    parts = [
        sentence("level-up", lang, count=_count_and_share(moved.up, moved.of, lang)),
        sentence("level-down", lang, count=_count_and_share(moved.down, moved.of, lang)),
    ]
    if moved.grade_up or moved.grade_down:
        parts.append(sentence("grades-moved", lang, up=f"{moved.grade_up:,}", down=f"{moved.grade_down:,}"))
    for name, count in (("result-lost", moved.lost), ("result-gained", moved.gained)):
        if count:
            parts.append(sentence(name, lang, count=_count_and_share(count, moved.of, lang)))
    return _joined(parts, lang)


def _count_and_share(count: int, whole: int, lang: Lang) -> str:
    return sentence("count-and-share", lang, count=f"{count:,}", share=share(count, whole))


def counts_text(part: Attribution, lang: Lang) -> str:
    """`升级 20，降级 80`; of what moves nobody to another level `得分升 0，得分降 12`."""
    moved = part.moved
    counts = {"level-up": moved.up, "level-down": moved.down}
    counts |= {"result-lost": moved.lost} if moved.lost else {}
    counts |= {"result-gained": moved.gained} if moved.gained else {}
    if not any(counts.values()) and any((part.score_up, part.score_down)):
        counts = {"score-up": part.score_up, "score-down": part.score_down}
    return _joined([sentence(name, lang, count=whole_texts(count)) for name, count in counts.items()], lang)


def both_text(line: Attribution | None, alone: Attribution | None, lang: Lang) -> str:
    """`升级 0，降级 80（单独：升级 0，降级 60）`: after the former changes, and alone."""
    after = counts_text(line, lang) if line else "–"
    if alone is None or (line and counts_text(alone, lang) == after):
        return after
    return sentence("after-and-alone", lang, after=after, alone=counts_text(alone, lang))


def attribution_text(model_impact: ModelImpact, lang: Lang) -> str:
    """What the table of attribution is about: how many subjects it looks at, and what came of them."""
    stacked = model_impact.stacked
    of = stacked.total.moved.of if stacked else max(part.moved.of for part in model_impact.attributed)
    elsewhere = sum(count for (old, new), count in model_impact.matrix.items() if old != new)
    extent = "all" if of == elsewhere else "sample" if of < elsewhere else "other"
    count = sentence(f"attributed-{extent}", lang, count=f"{of:,}")
    subjects = sentence("attributed-levels" if elsewhere else "attributed-scores", lang, subjects=count)
    if stacked:
        subjects = sentence("attributed-total", lang, subjects=subjects, total=counts_text(stacked.total, lang))
    return with_semicolons([subjects, sentence("attributed-in-order", lang)], lang)


def rescored_text(model_impact: ModelImpact, lang: Lang) -> str:
    """`得分变化（185 个主体）`: of those whose score is another."""
    return sentence("rescored", lang, subjects=f"{model_impact.rescored:,}")


def lists_text(model_impact: ModelImpact, lang: Lang) -> Iterator[str]:
    """`措施  降低抽查比例 新增 0、不再 2；…`: the vetoes and the measures that came and went or are others, and the alerts."""
    for kind in ("vetoes", "measures"):
        titles = measure_titles(model_impact, kind)
        items = [
            sentence("came-and-went", lang, title=titles.get(name, name), gained=f"{gained:,}", lost=f"{lost:,}")
            for name, (gained, lost) in getattr(model_impact, kind).items()
        ]
        if items:
            yield sentence(f"list-{kind}", lang, items=with_semicolons(items, lang))
    yield from filter(None, (altered_text(model_impact, lang), alerts_text(model_impact, lang)))


def example_text(model_impact: ModelImpact, example: Example, lang: Lang) -> str:
    """`85.00 B+ → 80.00 B`, or where both are alike the vetoes and measures that came and went, or are others now."""
    before, after = state(example.old, lang), state(example.new, lang)
    if before != after or not isinstance(example.old, Evaluation) or not isinstance(example.new, Evaluation):
        return f"{before} → {after}"
    differences = []
    titles: dict[str, str] = {}
    for kind in ("vetoes", "measures"):
        titles = {part.id: part.title for side in (example.old, example.new) for part in getattr(side.model, kind)}
        old, new = getattr(example.old, kind), getattr(example.new, kind)
        differences += [f"+ {titles[name]}" for name in new if name not in old]
        differences += [f"− {titles[name]}" for name in old if name not in new]
    for name in example.new.measures:
        if name in example.old.measures and name in model_impact.altered:
            content = altered_what(model_impact.altered[name].what, lang)
            differences.append(sentence("measure-and-content", lang, title=titles[name], content=content))
    return "  ".join([after, *differences])


def spread_text(score: Sequence[int], lang: Lang) -> str:
    """The least, the middle and the greatest change, and what one in twenty exceeds on either side."""
    points = dict(zip(QUANTILES, map(signed, score), strict=True))
    return sentence("spread", lang, least=points[0], low=points[5], median=points[50], high=points[95], greatest=points[100])


def signed(points: int) -> str:
    """`+2.50`, `−3.00`, `0.00`."""
    return two_decimals(points) if points == 0 else f"{'+' if points > 0 else '−'}{two_decimals(abs(points))}"


def levels(model_impact: ModelImpact) -> list[str]:
    """Rows and columns of the matrix: levels from the best on, then what stands in place of one, where it occurs."""
    names = [name for policy in (model_impact.old, model_impact.new) if policy for name in policy.scale.names]
    occurring = {name for pair in model_impact.matrix for name in pair}
    graded = [name for name in dict.fromkeys(names) if model_impact.model.grades or name in occurring]
    return [*graded, *(name for name in STATES if name in occurring)]


def level_name(name: str, lang: Lang) -> str:
    """A level, or what stands in place of one."""
    return sentence(f"state-{name}", lang) if name in STATES else name


def state(outcome: Outcome, lang: Lang) -> str:
    """`85.00 B+`, or why there is none."""
    match outcome:
        case Evaluation(score=score, level=level):
            points = [two_decimals(score)] if score is not None else []
            return " ".join([*points, *([level] if level else [])]) or level_name(UNGRADED, lang)
        case NotEvaluated():
            return level_name(NOT_EVALUATED, lang)
        case Rejection():
            return level_name(REJECTED, lang)


def _joined(parts: Sequence[str], lang: Lang) -> str:
    return with_commas(parts, lang)
