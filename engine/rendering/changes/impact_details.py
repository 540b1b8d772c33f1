"""Whom a change touches, beside their levels: distinct subjects, the day, measures that are others now, alerts, attribution."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.model.change import COMMON, Change
from engine.model.impact import Attribution, Impact, ModelImpact, Transitions
from engine.model.period import iso_text
from engine.model.policy import Policy
from engine.model.problem import Problem
from engine.rendering.changes import change_terms
from engine.rendering.counts import pick, share
from engine.rendering.messages import message
from engine.rendering.terms import Lang

CONTENT: Mapping[str, tuple[str, str]] = {
    "kind": ("种类", "kind"),
    "item": ("措施库条目", "library item"),
    "matter": ("事项", "matter"),
    "terms": ("内容", "terms"),
    "title": ("名称", "title"),
}


def touched_text(impact: Impact, lang: Lang) -> str:
    """`24 个主体（59 个结果）有变化，其中升级 0，降级 19`: who counts by several models counts once."""
    found = impact.touched
    text = pick(
        f"{found.subjects:,} 个主体（{impact.changed:,} 个结果）有变化",
        f"{found.subjects:,} changed (results {impact.changed:,})",
        lang,
    )
    ways = [(found.up, "升级", "up"), (found.down, "降级", "down")] if found.subjects else []
    ways += [(found.lost, "不再有结果", "result lost")] if found.lost else []
    ways += [(found.gained, "新有结果", "result gained")] if found.gained else []
    each = pick("，", ", ", lang).join(f"{pick(zh, en, lang)} {count:,}" for count, zh, en in ways)
    return text + (pick(f"，其中{each}", f", of these {each}", lang) if each else "")


def counting_text(lang: Lang) -> str:
    """How results and subjects are counted."""
    return pick(
        "一个主体按一个模型评价是一个结果；主体在任一模型升级（降级）即计入，各计一次。",
        "A subject has one result by each model; it counts as up (down) where it is so by any model, once.",
        lang,
    )


def day_texts(impact: Impact, lang: Lang) -> Iterator[str]:
    """That the day was chosen for its rules, and the versions that say nothing of it."""
    day = iso_text(impact.as_of)
    if impact.chosen:
        yield pick(
            f"没有写基准日，取新版本施行之日 {day}", f"no as-of date is given: {day} is the first day of a new version", lang
        )
    for one in not_compared(impact):
        yield message(one, lang)


def not_compared(impact: Impact) -> Iterator[Problem]:
    """A problem for each version that is not in force on the day."""
    for one in impact.uncompared:
        values = {"policy": one.policy.title, "version": one.policy.version, "as_of": iso_text(impact.as_of)}
        yield Problem(f"{one.side}_not_compared", (one.policy.id,), values)


def lost_text(one: ModelImpact, lang: Lang) -> str:
    """`不再有结果的 18 个中，2 个原为 D 或者有惩戒（原为 D 的 2，有惩戒的 1）`; nothing where nobody lost it."""
    found, policy = one.burdens, one.old
    if not one.moved.lost or policy is None:
        return ""
    model = policy.models.get(one.model.id)
    lowest = policy.scale.names[-1] if model and model.grades else None
    if lowest is None:
        return pick(
            f"不再有结果的 {one.moved.lost:,} 个中，{found.lost_restricted:,} 个有惩戒",
            f"of the {one.moved.lost:,} whose result is lost, {found.lost_restricted:,} were under a restriction",
            lang,
        )
    return pick(
        f"不再有结果的 {one.moved.lost:,} 个中，{found.lost_either:,} 个原为 {lowest} 或者有惩戒"
        f"（原为 {lowest} 的 {found.lost_lowest:,}，有惩戒的 {found.lost_restricted:,}）",
        f"of the {one.moved.lost:,} whose result is lost, {found.lost_either:,} stood at {lowest} or under a restriction "
        f"({lowest} {found.lost_lowest:,}, restricted {found.lost_restricted:,})",
        lang,
    )


def burdens_text(one: ModelImpact, lang: Lang) -> str:
    """`新受惩戒 481（26.7%），失去激励 24（1.3%）`; nothing where neither is so."""
    ways = [
        (one.burdens.new_restrictions, "新受惩戒", "newly restricted"),
        (one.burdens.lost_incentives, "失去激励", "incentives lost"),
    ]
    found = [
        pick(f"{zh} {count:,}（{share(count, one.subjects)}）", f"{en} {count:,} ({share(count, one.subjects)})", lang)
        for count, zh, en in ways
        if count
    ]
    return pick("，", ", ", lang).join(found)


def altered_text(one: ModelImpact, lang: Lang) -> str:
    """`内容有变的措施：481 个主体  提高抽查比例和频次（种类）481`; nothing where nobody holds any."""
    if not one.holders:
        return ""
    named = measure_titles(one, "measures")
    each = [
        f"{named.get(name, name)}{_brackets(altered_what(found.what, lang), lang)}{'' if lang == 'zh' else ' '}{found.subjects:,}"
        for name, found in one.altered.items()
    ]
    head = pick(f"内容有变的措施：{one.holders:,} 个主体", f"measures of other content: subjects {one.holders:,}", lang)
    return f"{head}  {pick('；', '; ', lang).join(each)}"


def altered_what(what: tuple[str, ...], lang: Lang) -> str:
    """What of a measure is another."""
    return pick("、", ", ", lang).join(CONTENT[one][lang == "en"] for one in what)


def alerts_text(one: ModelImpact, lang: Lang) -> str:
    """`预警  强迫购物 新增 3、不再 12（看了 1,804 个主体）`; nothing where no alert came or went."""
    if one.alerted is None or not one.alerted.alerts:
        return ""
    named = measure_titles(one, "alerts")
    each = [
        f"{named.get(name, name)} " + pick(f"新增 {gained:,}、不再 {lost:,}", f"gained {gained:,}, lost {lost:,}", lang)
        for name, (gained, lost) in one.alerted.alerts.items()
    ]
    return f"{pick('预警', 'alerts', lang)}  {pick('；', '; ', lang).join(each)}{_brackets(alerted_of(one, lang), lang)}"


def alerted_of(one: ModelImpact, lang: Lang) -> str:
    """Over how many alerts are counted."""
    of = one.alerted.of if one.alerted else 0
    if of < one.subjects:
        return pick(f"抽取 {of:,} 个主体", f"a sample of {of:,}", lang)
    return pick(f"全部 {of:,} 个主体", f"all {of:,} subjects", lang)


def attribution(one: ModelImpact) -> Iterator[tuple[tuple[Change, ...], Attribution | None, Attribution | None]]:
    """Row by row: changes, what they do after the former ones, and alone; changes that go together only in a stack have a
    row each for what they do alone. What does nothing either way has no row.
    """
    told = set[tuple[object, ...]]()
    alone = {_key(part): part for part in one.attributed}
    for line in one.stacked.lines if one.stacked else ():
        told.add(_key(line))
        beside = alone.get(_key(line))
        if any_moved(line) or (beside and any_moved(beside)):
            yield line.changes, line, beside
    for key, part in alone.items():
        if key not in told and any_moved(part):
            yield part.changes, None, part
    if one.stacked and any_moved(one.stacked.joint):
        yield (), one.stacked.joint, None


def any_moved(one: Attribution) -> bool:
    """Whether any of its counts is another than none."""
    return any(
        (*(getattr(one.moved, name) for name in Transitions.__struct_fields__ if name != "of"), one.score_up, one.score_down)
    )


def counts(part: Attribution | None) -> list[str]:
    """Lost, down, up, and with a lower score and a higher one; dashes where there is nothing to tell."""
    if part is None:
        return ["–"] * 5
    found = (part.moved.lost, part.moved.down, part.moved.up, part.score_down, part.score_up)
    return [whole_texts(count) for count in found]


def pair_texts(after: Sequence[str], alone: Sequence[str], lost: bool = True) -> list[str]:
    """What is so after the former changes, and in brackets alone, where that is something else; with who lost a result or not."""
    found = [one if other in (one, "–") else f"{one} ({other})" for one, other in zip(after, alone, strict=True)]
    return found if lost else found[1:]


def whole_texts(count: int) -> str:
    """`1,200`, `−2`."""
    return f"{count:,}".replace("-", "−")


def changes_text(changes: tuple[Change, ...], lang: Lang) -> str:
    """Changes that were made, by the titles of what they change; what they do only together has no changes."""
    if not changes:
        return pick("共同作用", "together", lang)
    names = [
        " ".join(filter(None, [_common(change, lang), change.title or change.id, change_terms.part_title(change, lang)]))
        for change in changes
    ]
    return pick("、", ", ", lang).join(dict.fromkeys(names))


def _common(change: Change, lang: Lang) -> str:
    """What kind of thing it is that stands in a common file, which the titles of a policy do not lead to."""
    return change_terms.element_title(change, lang) if change.what in COMMON else ""


def measure_titles(one: ModelImpact, kind: str) -> dict[str, str]:
    """The titles of vetoes, measures or alerts in either version."""
    models = [policy.models.get(one.model.id) for policy in (one.old, one.new) if isinstance(policy, Policy)]
    return {part.id: part.title for model in models if model for part in getattr(model, kind)}


def _key(one: Attribution) -> tuple[object, ...]:
    """What changes, which values may be written otherwise for those who read them."""
    return tuple((change.policy, change.what, change.how, change.old_path, change.new_path) for change in one.changes)


def _brackets(text: str, lang: Lang) -> str:
    return f" ({text})" if lang == "en" else f"（{text}）"
