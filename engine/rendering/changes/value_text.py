"""Old and new values in words: bands as `≥95% 得25分`, windows as 近24个月, conditions as phrases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.model.catalogue import Attribute, Category, Field
from engine.model.change import Change, PolicyDiff, Used
from engine.model.condition import AllOf, AnyOf, Comparison, Negation
from engine.model.number import ONE, shortest
from engine.model.period import Period, Window, iso_text
from engine.model.policy import (
    Alert,
    Decisions,
    Document,
    Exclusion,
    Fact,
    FromAttribute,
    FromRecords,
    LibraryItem,
    Measure,
    MemberCount,
    Model,
    Parameter,
    Policy,
    Ratio,
    RejectMissing,
    Revision,
    Total,
    UseFact,
    Veto,
)
from engine.model.scale import Scale
from engine.model.scoring import Basis, Dimension, Indicator, Item
from engine.rendering.annex.fact_sources import fact_source
from engine.rendering.annex.labels import Names, field_names
from engine.rendering.changes import change_terms
from engine.rendering.changes.condition_changes import condition_beside
from engine.rendering.changes.context import Context, condition, labelled_text
from engine.rendering.changes.form_text import SIGNS, in_form, points_text, standard_text
from engine.rendering.changes.revision_history import revision_text
from engine.rendering.condition_text import basis_text, effects, title_of, value_text
from engine.rendering.counts import pick
from engine.rendering.terms import Lang, counted, term


def value_texts(change: Change, changed: PolicyDiff, then: Context, now: Context) -> tuple[str | None, str | None]:
    """The old value in the words of the old version, and the new one; None where there is no such element."""
    inside = in_form(change, changed, then, now)
    if inside is not None:
        return inside
    if change.how == "moved":
        return _home(change.old_path, changed.old), _home(change.new_path, changed.new)
    if change.how == "renamed":
        if isinstance(change.old, str) and isinstance(change.new, str):
            return change.old, change.new
        return str(change.old_path[-1]), str(change.new_path[-1])
    none = None if change_terms.whole_title(change) else value_text(None, now.lang)
    old, new = (
        none if value is None else _value(change, value, told) for value, told in ((change.old, then), (change.new, now))
    )
    tell = (lambda one: _value(change, one, then)), (lambda one: _value(change, one, now))
    return old, condition_beside(change.old, change.new, tell, now.lang) or new


def _home(path: tuple[str | int, ...], policy: Policy | None) -> str:
    """The dimension that an indicator stands in."""
    model = policy.models.get(str(path[1])) if policy else None
    return next((one.title for one in model.dimensions if one.id == path[3]), str(path[3])) if model else str(path[3])


def _value(change: Change, value: object, told: Context) -> str:
    """By what it is of; or else by its own kind."""
    en = told.lang == "en"
    match change.what, value:
        case "parameter_use", Used():
            return _used(value, str(change.new_path[-1]), told.lang)
        case "intent", str(intent):
            return change_terms.direction_text(intent, told.lang)
        case "order", tuple(versions):
            return pick("、", ", ", told.lang).join(map(str, versions))
        case "effective", int(day):
            return iso_text(day)
        case "where", _:
            names = _fields(change, told)
            return condition(value, told, names)  # type: ignore[arg-type]
        case "lower_by", (int(grades), int(levels)):
            by_grades = [pick(f"{grades}等", counted(grades, "grade"), told.lang)] if grades else []
            by_levels = [pick(f"{levels}级", counted(levels, "level"), told.lang)] if levels else []
            return pick("、", ", ", told.lang).join([*by_grades, *by_levels]) or value_text(None, told.lang)
        case "pending", bool(pending):
            return pick("待定" if pending else "已定", "pending" if pending else "set", told.lang)
        case "status", bool(trial):
            return pick("试行" if trial else "正式", "trial" if trial else "official", told.lang)
        case "always", bool(always):
            return pick("凡此类主体" if always else "写明的主体", "all of the kind" if always else "those named", told.lang)
        case "include", bool(repaired):
            return pick("计入" if repaired else "不计", "counted" if repaired else "not counted", told.lang)
        case "if_missing", str() | int() if change.id in told.names:
            said = labelled_text(value, told.names[change.id], told.lang)
            return f"counts as {said}" if en else f"按{said}计"
        case "weight", str(name) if told.model:
            return title_of(name, told.model, told.lang)
        case ("share" | "points" | "at_most" | "at_least" | "score_at_most" | "scale" | "adjustments", int(points)):
            return points_text(points, told.lang)
        case "adjustments", (int(least), int(most)):
            return f"{shortest(least)} … {shortest(most)}"
        case "item", str(name):
            item = told.policy.library_items.get(name)
            return item.title if item else name
        case _:
            return _plain(value, told)


def _used(used: Used, key: str, lang: Lang) -> str:
    """`≥3`, `参数 屡次的次数（3，待定）`, or `50 − 参数 …` where it is the rest."""
    parameter = used.parameter
    if parameter is None:
        return f"{SIGNS.get(key, '')}{shortest(used.number)}"
    state = pick("待定", "pending", lang) if parameter.pending else pick("试行", "trial", lang) if parameter.trial else ""
    about = pick("，", ", ", lang).join(filter(None, [shortest(parameter.value), state]))
    less = "" if used.complement is None else f"{shortest(used.complement)} − "
    return f"{less}{pick('参数', 'parameter', lang)} {parameter.title}{_brackets(about, lang)}"


def _fields(change: Change, told: Context) -> Names:
    """What the fields are called that the filter of a fact tests."""
    fact = told.model.facts.get(change.id) if told.model else None
    return field_names(told.policy, fact.source.category) if fact and isinstance(fact.source, FromRecords) else {}


def _plain(value: Any, told: Context) -> str:
    lang, en, policy, model = told.lang, told.lang == "en", told.policy, told.model
    match value:
        case Revision():
            return revision_text(policy, value, lang)
        case Window(count, unit):
            unit_zh = "个月" if unit == "months" else "日"
            return f"last {count} {unit}" if en else f"近{count}{unit_zh}"
        case Period(unit, back):
            return f"{('this', 'last')[back]} {unit}" if en else _PERIODS[unit][back]
        case Comparison() | AllOf() | AnyOf() | Negation():
            return condition(value, told, told.names)
        case RejectMissing():
            return pick("不予评价", "rejects", lang)
        case UseFact(name):
            title = title_of(name, model, lang) if model else name
            return pick(f"按“{title}”计", f"“{title}” stands in", lang)
        case Fact() if model:
            return _source(value, told) if en else fact_source(value, policy, model, told.names)
        case Indicator() if model:
            only = value.only_when
            left_out = (
                "" if only is None else pick("；只在{}时计", "; only when {}", lang).format(condition(only, told, told.names))
            )
            form = standard_text(value.form, value.points, model, told.names, lang)
            return f"{points_text(value.points, lang)}{_colon(lang)}{form}{left_out}"
        case Item() if model:
            return standard_text(value.form, None, model, told.names, lang)
        case Veto():
            result = pick("，", "; ", lang).join(effects(value, lang))
            return f"{condition(value.when, told, told.names)}{_colon(lang)}{result}"
        case Measure():
            kinds = f"{term(value.kind, lang)} · {term(value.matter, lang)}"
            terms = "".join(f"{pick('，', ', ', lang)}{name} {value_text(one, lang)}" for name, one in value.terms.items())
            return f"{kinds}{terms}{_colon(lang)}{condition(value.when, told, told.names)}"
        case Exclusion() | Alert():
            return condition(value.when, told, told.names)
        case Dimension():
            counts = "" if value.counts_for is None else f" → {points_text(value.counts_for, lang)}"
            return points_text(value.points, lang) + counts
        case Decisions():
            texts = [f"{level}{_colon(lang)}{condition(when, told, told.names)}" for when, level in value.branches]
            return pick("；", "; ", lang).join([*texts, f"{value.otherwise}{_colon(lang)}{pick('其余', 'otherwise', lang)}"])
        case Scale():
            bounds = [f"≥{shortest(one.at_least)} " if one.at_least is not None else "" for one in value.levels]
            levels = [f"{one.name} {bound}{one.grade}" for one, bound in zip(value.levels, bounds, strict=True)]
            return pick("、", ", ", lang).join(levels)
        case _:
            return _headed(value, told)


def _headed(value: Any, told: Context) -> str:
    """What stands at the head of a policy or in the common files."""
    lang, policy = told.lang, told.policy
    by = pick("、", ", ", lang)
    match value:
        case Document():
            about = [one for one in (value.number, value.issuer, value.date, value.note) if one]
            return f"《{value.document.strip('《》')}》" + (
                _brackets(pick("，", ", ", lang).join(about), lang) if about else ""
            )
        case Parameter():
            return shortest(value.value) + (_brackets(pick("待定", "pending", lang), lang) if value.pending else "")
        case LibraryItem():
            return f"{value.title}{_brackets(f'{value.law} {value.article or str()}'.strip(), lang)}"
        case Policy():
            return f"{value.title} {value.version}"
        case Model():
            parts = (
                ("指标", "indicators", list(value.indicators())),
                ("一票否决", "vetoes", value.vetoes),
                ("措施", "measures", value.measures),
            )
            return by.join(
                f"{en} {len(found)}" if lang == "en" else f"{zh} {len(found)} 项" for zh, en, found in parts if found
            )
        case Attribute():
            return f"{_field(value.field, lang)}{_brackets(by.join(term(one, lang) for one in value.kinds), lang)}"
        case Field():
            return _field(value, lang)
        case Mapping():
            return by.join(_entry(key, one, lang) for key, one in value.items())
        case (Basis(), *_):
            return basis_text(policy, value)
        case Category():
            takes = [_field(one, lang) for one in value.fields.values() if not value.derived]
            return by.join([*(term(one, lang) for one in value.kinds), *takes])
        case ():
            return value_text(None, lang)
        case tuple():
            return by.join(term(str(one), lang) for one in value)
        case str():
            return term(value, lang)
        case _:
            return value_text(value, lang)


def _source(fact: Fact, told: Context) -> str:
    """Where a fact comes from, in English."""
    policy, names = told.policy, told.names
    match fact.source:
        case FromRecords(kind, category, field, _, window, where):
            of = [policy.categories[category].title, *([policy.categories[category].fields[field].title] if field else [])]
            more = [_plain(window, told)] if window is not None else []
            more += [f"where {condition(where, told, field_names(policy, category))}"] if where is not None else []
            return ", ".join([f"{kind} of {': '.join(of)}", *more])
        case FromAttribute(kind, name):
            return f"{kind} {policy.attributes[name].field.title}"
        case Ratio(of_fact, to, per):
            return f"{names[of_fact].title} / {names[to].title}{'' if per == ONE else f' × {shortest(per)}'}"
        case Total(facts):
            return " + ".join(names[one].title for one in facts)
        case MemberCount():
            return "members of the subject"


def _entry(key: str, value: object, lang: Lang) -> str:
    """A field of a category, a term of a measure, or who collects a category and how."""
    name = _COLLECTION.get(key, (key, key))[lang == "en"]
    return _field(value, lang) if isinstance(value, Field) else f"{name} {value_text(value, lang)}"


def _field(field: Field, lang: Lang) -> str:
    """`罚款金额（元）（数，≥0，选填）`: what it takes."""
    codes = [field.labels.get(code, code) for code in field.one_of]
    takes = [pick("、", ", ", lang).join(codes) if codes else term(field.type, lang)]
    takes += [f"≥{shortest(field.at_least)}"] if field.at_least is not None else []
    takes += [f"≤{shortest(field.at_most)}"] if field.at_most is not None else []
    takes += [pick("选填", "optional", lang)] if field.optional else []
    return field.title + _brackets(pick("，", "; ", lang).join(takes), lang)


def _colon(lang: Lang) -> str:
    return pick("：", ": ", lang)


def _brackets(text: str, lang: Lang) -> str:
    return f" ({text})" if lang == "en" else f"（{text}）"


_COLLECTION = {"by": ("归集单位", "by"), "manner": ("方式", "manner"), "within": ("时限", "within")}
_PERIODS = {"year": ("本年度", "上一年度"), "quarter": ("本季度", "上一季度"), "month": ("本月", "上月")}
