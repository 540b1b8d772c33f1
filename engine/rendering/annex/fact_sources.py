"""Where a fact comes from (数据口径): category, time, who collects it, and what an absent value becomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.model.number import ONE, shortest
from engine.model.period import Period, Window
from engine.model.policy import (
    Fact,
    FromAttribute,
    FromRecords,
    MemberCount,
    Model,
    Policy,
    Ratio,
    RejectMissing,
    Total,
    UseFact,
)
from engine.rendering.annex.labels import Names, field_names, labelled, phrase

_UNITS = {"days": "日", "months": "个月"}
_PERIODS = {"year": ("本年度", "上一年度"), "quarter": ("本季度", "上一季度"), "month": ("本月", "上月")}


def fact_sources(facts: Iterable[str], policy: Policy, model: Model, names: Names) -> str:
    """A line for each of the facts and for each that they need, in that order."""
    lines = [_line(model.facts[name], policy, model, names) for name in with_needed(facts, model)]
    return "\n".join(lines)


def with_needed(facts: Iterable[str], model: Model) -> dict[str, None]:
    """The facts, each followed by those that it needs; names that are none, such as `score`, are passed over."""
    found: dict[str, None] = {}
    for name in facts:
        if name in model.facts and name not in found:
            found[name] = None
            found |= with_needed(model.facts[name].needs(), model)
    return found


def _line(fact: Fact, policy: Policy, model: Model, names: Names) -> str:
    return f"{fact.title}：{fact_source(fact, policy, model, names)}。"


def fact_source(fact: Fact, policy: Policy, model: Model, names: Names) -> str:
    """Where one fact comes from, as a phrase."""
    return "".join(_parts(fact, policy, model, names))


def _parts(fact: Fact, policy: Policy, model: Model, names: Names) -> Iterator[str]:
    match fact.source:
        case FromRecords() as fact_source:
            yield _records(fact_source, policy, model)
        case FromAttribute(kind, name):
            title = policy.attributes[name].field.title
            before, after = {"years_since": ("自", "起的满年数"), "days_until": ("距", "的天数")}.get(kind, ("", ""))
            yield "主体信息" if title == fact.title and not before else f"主体信息，{before}“{title}”{after}"
        case Ratio(of, to, per):
            times = "" if per == ONE else f"×{shortest(per)}"
            yield f"“{names[of].title}”÷“{names[to].title}”{times}"
        case Total(facts):
            yield "＋".join(f"“{names[one].title}”" for one in facts)
        case MemberCount():
            yield "主体的成员数"
    match fact.if_missing:
        case None:
            pass
        case RejectMissing():
            yield "；没有的不予评价"
        case UseFact(name):
            yield f"；没有的按“{names[name].title}”计"
        case value:
            said = labelled(value, names[fact.id])
            yield f"；没有的按“{said}”计" if isinstance(value, (bool, str)) else f"；没有的按{said}{names[fact.id].unit}计"


def _records(fact_source: FromRecords, policy: Policy, model: Model) -> str:
    category = policy.categories[fact_source.category]
    fields = field_names(policy, fact_source.category)
    where = f"（{phrase(fact_source.where, model, fields)}）" if fact_source.where is not None else ""
    what = ("有无" if fact_source.kind == "exists" else "") + f"{_when(fact_source.window)}“{category.title}”{where}"
    field = fields[fact_source.field].title if fact_source.field is not None else ""
    weighted = f"按“{fields[fact_source.weighted_by].title}”加权的" if fact_source.weighted_by else ""
    told = {
        "count": "的记录数", "exists": "记录", "days_since": "最近一条距基准日的天数", "sum": f"的“{field}”合计",
        "max": f"的“{field}”最大值", "min": f"的“{field}”最小值", "mean": f"的“{field}”{weighted}平均值",
        "latest": f"最近一条的“{field}”",
    }[fact_source.kind]  # fmt: skip
    repaired = "，含已修复的" if fact_source.include_repaired else ""
    by = category.collection.get("by")
    return f"{what}{told}{repaired}" + (f"，{by}归集" if by else "")


def _when(window: Window | Period | None) -> str:
    match window:
        case Window(count, unit):
            return f"近{count}{_UNITS[unit]}内"
        case Period(unit, back):
            return _PERIODS[unit][back]
        case None:
            return "截至基准日有效的"
