"""Whom a change touches, beside their levels: distinct subjects, the day, measures that are others now, alerts, attribution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.model.change import COMMON, Change
from engine.model.impact import Attribution, Impact, ModelImpact, Transitions
from engine.model.period import iso_text
from engine.model.policy import Policy
from engine.model.problem import Problem
from engine.rendering.changes import change_terms
from engine.rendering.counts import share
from engine.rendering.messages import message
from engine.rendering.phrases import listed, with_commas, with_semicolons
from engine.rendering.sentences import Lang, Sentences

sentence = Sentences("impact").sentence


def touched_text(impact: Impact, lang: Lang) -> str:
    """`24 个主体（59 个结果）有变化，其中升级 0，降级 19`: who counts by several models counts once."""
    touched = impact.touched
    parts = [sentence("touched", lang, subjects=f"{touched.subjects:,}", results=f"{impact.changed:,}")]
    counts = {"level-up": touched.up, "level-down": touched.down} if touched.subjects else {}
    counts |= {"result-lost": touched.lost} if touched.lost else {}
    counts |= {"result-gained": touched.gained} if touched.gained else {}
    ways = [sentence(name, lang, count=f"{count:,}") for name, count in counts.items()]
    if ways:
        parts.append(sentence("of-these", lang, ways=with_commas(ways, lang)))
    return with_commas(parts, lang)


def counting_text(lang: Lang) -> str:
    """How results and subjects are counted."""
    return sentence("counting", lang)


def day_texts(impact: Impact, lang: Lang) -> Iterator[str]:
    """That the day was chosen for its rules, and the versions that say nothing of it."""
    if impact.chosen:
        yield sentence("day-chosen", lang, day=iso_text(impact.as_of))
    for problem in not_compared(impact):
        yield message(problem, lang)


def not_compared(impact: Impact) -> Iterator[Problem]:
    """A problem for each version that is not in force on the day."""
    for version in impact.uncompared:
        policy = version.policy
        values = {"policy": policy.title, "version": policy.version, "as_of": iso_text(impact.as_of)}
        yield Problem(f"{version.side}_not_compared", (policy.id,), values)


def lost_text(model_impact: ModelImpact, lang: Lang) -> str:
    """`不再有结果的 18 个中，2 个原为 D 或者有惩戒（原为 D 的 2，有惩戒的 1）`; nothing where nobody lost it."""
    burdens, policy = model_impact.burdens, model_impact.old
    if not model_impact.moved.lost or policy is None:
        return ""
    lost, restricted = f"{model_impact.moved.lost:,}", f"{burdens.lost_restricted:,}"
    model = policy.models.get(model_impact.model.id)
    if model is None or not model.grades:
        return sentence("lost-restricted", lang, lost=lost, restricted=restricted)
    either, lowest = f"{burdens.lost_either:,}", f"{burdens.lost_lowest:,}"
    level = policy.scale.names[-1]
    return sentence(
        "lost-lowest-or-restricted", lang, lost=lost, either=either, level=level, lowest=lowest, restricted=restricted
    )


def burdens_text(model_impact: ModelImpact, lang: Lang) -> str:
    """`新受惩戒 481（26.7%），失去激励 24（1.3%）`; nothing where neither is so."""
    counts = {
        "newly-restricted": model_impact.burdens.new_restrictions,
        "incentives-lost": model_impact.burdens.lost_incentives,
    }
    return with_commas(
        (
            sentence(name, lang, count=f"{count:,}", share=share(count, model_impact.subjects))
            for name, count in counts.items()
            if count
        ),
        lang,
    )


def altered_text(model_impact: ModelImpact, lang: Lang) -> str:
    """`内容有变的措施：481 个主体  提高抽查比例和频次（种类）481`; nothing where nobody holds any."""
    if not model_impact.holders:
        return ""
    titles = measure_titles(model_impact, "measures")
    measures = []
    for name, altered in model_impact.altered.items():
        content = altered_what(altered.what, lang)
        measure = sentence("measure-and-content", lang, title=titles.get(name, name), content=content)
        measures.append(sentence("altered-measure", lang, measure=measure, subjects=f"{altered.subjects:,}"))
    joined = with_semicolons(measures, lang)
    return sentence("altered-measures", lang, subjects=f"{model_impact.holders:,}", measures=joined)


def altered_what(what: tuple[str, ...], lang: Lang) -> str:
    """What of a measure is another."""
    return listed((sentence(f"content-{part}", lang) for part in what), lang)


def alerts_text(model_impact: ModelImpact, lang: Lang) -> str:
    """`预警  强迫购物 新增 3、不再 12（看了 1,804 个主体）`; nothing where no alert came or went."""
    if model_impact.alerted is None or not model_impact.alerted.alerts:
        return ""
    titles = measure_titles(model_impact, "alerts")
    items = [
        sentence("came-and-went", lang, title=titles.get(name, name), gained=f"{gained:,}", lost=f"{lost:,}")
        for name, (gained, lost) in model_impact.alerted.alerts.items()
    ]
    joined = with_semicolons(items, lang)
    return sentence("list-alerts", lang, items=joined, of=alerted_of(model_impact, lang))


def alerted_of(model_impact: ModelImpact, lang: Lang) -> str:
    """Over how many alerts are counted."""
    of = model_impact.alerted.of if model_impact.alerted else 0
    return sentence("alerts-of-sample" if of < model_impact.subjects else "alerts-of-all", lang, count=f"{of:,}")


def attribution(
    model_impact: ModelImpact,
) -> Iterator[tuple[tuple[Change, ...], Attribution | None, Attribution | None]]:
    """Row by row: changes, what they do after the former ones, and alone; changes that go together only in a stack have a
    row each for what they do alone. What does nothing either way has no row.
    """
    in_lines = set[tuple[object, ...]]()
    alone = {_key(part): part for part in model_impact.attributed}
    for line in model_impact.stacked.lines if model_impact.stacked else ():
        in_lines.add(_key(line))
        beside = alone.get(_key(line))
        if any_moved(line) or (beside and any_moved(beside)):
            yield line.changes, line, beside
    for key, part in alone.items():
        if key not in in_lines and any_moved(part):
            yield part.changes, None, part
    if model_impact.stacked and any_moved(model_impact.stacked.joint):
        yield (), model_impact.stacked.joint, None


def any_moved(part: Attribution) -> bool:
    """Whether any of its counts is another than none."""
    moved = (getattr(part.moved, name) for name in Transitions.__struct_fields__ if name != "of")
    return any((*moved, part.score_up, part.score_down))


def counts(part: Attribution | None) -> list[str]:
    """Lost, down, up, and with a lower score and a higher one; dashes where there is nothing to tell."""
    if part is None:
        return ["–"] * 5
    numbers = (part.moved.lost, part.moved.down, part.moved.up, part.score_down, part.score_up)
    return [whole_texts(number) for number in numbers]


def pair_texts(after: Sequence[str], alone: Sequence[str], lost: bool = True) -> list[str]:
    """What is so after the former changes, and in brackets alone, where that is something else; with who lost a result or not."""
    cells = [
        stacked if single in (stacked, "–") else f"{stacked} ({single})" for stacked, single in zip(after, alone, strict=True)
    ]
    return cells if lost else cells[1:]


def whole_texts(count: int) -> str:
    """`1,200`, `−2`."""
    return f"{count:,}".replace("-", "−")


def changes_text(changes: tuple[Change, ...], lang: Lang) -> str:
    """Changes that were made, by the titles of what they change; what they do only together has no changes."""
    if not changes:
        return sentence("joint-effect", lang)
    names = [
        " ".join(filter(None, [_common(change, lang), change.title or change.id, change_terms.part_title(change, lang)]))
        for change in changes
    ]
    return listed(dict.fromkeys(names), lang)


def _common(change: Change, lang: Lang) -> str:
    """What kind of thing it is that stands in a common file, which the titles of a policy do not lead to."""
    return change_terms.element_title(change, lang) if change.what in COMMON else ""


def measure_titles(model_impact: ModelImpact, kind: str) -> dict[str, str]:
    """The titles of vetoes, measures or alerts in either version."""
    policies = (model_impact.old, model_impact.new)
    models = [policy.models.get(model_impact.model.id) for policy in policies if isinstance(policy, Policy)]
    return {part.id: part.title for model in models if model for part in getattr(model, kind)}


def _key(part: Attribution) -> tuple[object, ...]:
    """What changes, which values may be written otherwise for those who read them."""
    return tuple((change.policy, change.what, change.how, change.old_path, change.new_path) for change in part.changes)
