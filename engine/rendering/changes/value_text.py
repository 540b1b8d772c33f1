"""Old and new values in words: bands as `≥95% 得25分`, windows as 近24个月, conditions as phrases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.model.catalogue import Attribute, Category, Field, PublicityTerm
from engine.model.change import Change, PolicyDiff, Used
from engine.model.condition import ORDERING, AllOf, AnyOf, Comparison, Negation
from engine.model.number import ONE, shortest
from engine.model.period import OwnPeriod, Period, Window, iso_text
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
from engine.model.scale import Level, Scale
from engine.model.scoring import Award, Basis, Dimension, Indicator, Item
from engine.rendering.annex.fact_sources import fact_source, own_period_text, period_text
from engine.rendering.annex.labels import Names, field_names
from engine.rendering.annex.official import ANNEX_LANG
from engine.rendering.changes import change_terms
from engine.rendering.changes.condition_changes import condition_beside
from engine.rendering.changes.context import Context, condition, labelled_text
from engine.rendering.changes.form_text import given_text, in_form, points_text, standard_text
from engine.rendering.changes.revision_history import revision_text
from engine.rendering.changes.tally_text import tally_part, tally_text
from engine.rendering.condition_text import SIGNS, basis_text, effects, level_bound, title_of, value_text
from engine.rendering.phrases import as_clauses, bracketed, listed, say, with_commas, with_label, with_semicolons
from engine.rendering.publicity_text import publicity_term_text
from engine.rendering.sentences import Lang
from engine.rendering.terms import term


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
        none if value is None else _value(change, value, context) for value, context in ((change.old, then), (change.new, now))
    )
    tell = (lambda value: _value(change, value, then)), (lambda value: _value(change, value, now))
    return old, condition_beside(change.old, change.new, tell, now.lang) or new


def _home(path: tuple[str | int, ...], policy: Policy | None) -> str:
    """The dimension that an indicator stands in."""
    model = policy.models.get(str(path[1])) if policy else None
    titles = {dimension.id: dimension.title for dimension in model.dimensions} if model else {}
    return titles.get(str(path[3]), str(path[3]))


def _value(change: Change, value: object, context: Context) -> str:
    """By what it is of; or else by its own kind."""
    lang = context.lang
    match change.what, value:
        case "parameter_use", Used():
            return _used(value, str(change.new_path[-1]), lang)
        case "intent", str(intent):
            return change_terms.direction_text(intent, lang)
        case "order", tuple(versions):
            return listed(map(str, versions), lang)
        case "effective", int(day):
            return iso_text(day)
        case "tally" | "tally_where" | "tally_value", _:
            return tally_part(change, value, context)
        case "where", _:
            names = _fields(change, context)
            return condition(value, context, names)  # type: ignore[arg-type]
        case "above_previous_by", int(levels):
            return say("above-previous-by-short" if levels else "above-previous-short", lang, count=levels)
        case "lower_by", (int(grades), int(levels)):
            by_grades = [say("lower-grades-short", lang, count=grades)] if grades else []
            by_levels = [say("lower-levels-short", lang, count=levels)] if levels else []
            return listed([*by_grades, *by_levels], lang) or say("none", lang)
        case "pending", bool(pending):
            return say("parameter-pending" if pending else "parameter-set", lang)
        case "status", bool(trial):
            return term("trial" if trial else "official", lang)
        case "always", bool(always):
            return say("all-of-kind" if always else "those-named", lang)
        case "before", Window(count, unit):
            return say(f"window-before-{unit}-short", lang, count=count)
        case "newest", int(count):
            return say("records-newest-short", lang, count=count)
        case "once_per", str(name):
            return _fields(change, context)[name].title
        case "include", bool(repaired):
            return say("repaired-counted" if repaired else "repaired-not-counted", lang)
        case "if_missing", str() | int() if change.id in context.names:
            return say("missing-value-short", lang, value=labelled_text(value, context.names[change.id], lang))
        case "weight", str(name) if context.model:
            return title_of(name, context.model, lang)
        case "round", str():
            return say("rounded-up", lang)
        case (
            "base" | "share" | "points" | "at_most" | "at_least" | "score_at_most" | "scale" | "reference" | "adjustments",
            int(points),
        ):
            return points_text(points, lang)
        case "adjustments", (int(least), int(most)):
            return f"{shortest(least)} … {shortest(most)}"
        case "catalogue", (PublicityTerm(), *_):
            return _publicity(value, context.policy.categories[change.id], lang)
        case "item", str(name):
            item = context.policy.library_items.get(name)
            return item.title if item else name
        case _:
            return _plain(value, context)


def _publicity(terms: Iterable[object], category: Category, lang: Lang) -> str:
    texts = (publicity_term_text(entry, category, lang, iso_text) for entry in terms if isinstance(entry, PublicityTerm))
    return with_semicolons(texts, lang)


def _used(used: Used, key: str, lang: Lang) -> str:
    """`≥3`, `参数 屡次的次数（3，待定）`, or `50 − 参数 …` where it is the rest."""
    parameter = used.parameter
    if parameter is None:
        sign = next((SIGNS[operator] for operator in ORDERING if operator == key), "")
        return sign + shortest(used.number)
    state = say("parameter-pending", lang) if parameter.pending else term("trial", lang) if parameter.trial else ""
    about = with_commas(filter(None, [shortest(parameter.value), state]), lang)
    less = "" if used.complement is None else f"{shortest(used.complement)} − "
    return f"{less}{term('parameter', lang)} {parameter.title}{bracketed(about, lang)}"


def _fields(change: Change, context: Context) -> Names:
    """What the fields are called that the filter of a fact tests."""
    fact = context.model.facts.get(change.id) if context.model else None
    return field_names(context.policy, fact.source.category) if fact and isinstance(fact.source, FromRecords) else {}


def _plain(value: Any, context: Context) -> str:
    lang, policy, model = context.lang, context.policy, context.model
    match value:
        case Revision():
            return revision_text(policy, value, lang)
        case Window(count, unit):
            return say(f"window-{unit}-short", lang, count=count)
        case Period():
            return period_text(value, lang)
        case OwnPeriod():
            return own_period_text(value, policy, lang)
        case Comparison() | AllOf() | AnyOf() | Negation():
            return condition(value, context, context.names)
        case RejectMissing():
            return say("missing-rejected-short", lang)
        case UseFact(name):
            return say("missing-fact-short", lang, title=title_of(name, model, lang) if model else name)
        case Fact() if model:
            return fact_source(value, policy, model, context.names) if lang == ANNEX_LANG else _source(value, context)
        case Indicator() if model:
            form = standard_text(value.form, value.points, model, context.names, lang)
            text = with_label(points_text(value.points, lang), form, lang)
            for key, when in (("none-when-short", value.none_when), ("only-when-short", value.only_when)):
                if when is not None:
                    text = say(key, lang, text=text, condition=condition(when, context, context.names))
            return text
        case Item() if model:
            return standard_text(value.form, None, model, context.names, lang)
        case Veto():
            result = as_clauses(effects(value, lang), lang)
            return with_label(condition(value.when, context, context.names), result, lang)
        case Measure():
            kinds = f"{term(value.kind, lang)} · {term(value.matter, lang)}"
            terms = [f"{name} {value_text(amount, lang)}" for name, amount in value.terms.items()]
            return with_label(with_commas([kinds, *terms], lang), condition(value.when, context, context.names), lang)
        case Exclusion() | Alert():
            return condition(value.when, context, context.names)
        case Dimension():
            counts = "" if value.counts_for is None else f" → {points_text(value.counts_for, lang)}"
            return points_text(value.points, lang) + counts
        case Decisions():
            texts = [with_label(level, condition(when, context, context.names), lang) for when, level in value.branches]
            return with_semicolons([*texts, with_label(value.otherwise, say("otherwise", lang), lang)], lang)
        case Scale():
            levels = [" ".join(filter(None, [level.name, level_bound(level, lang), level.grade])) for level in value.levels]
            reference = say("derived-of-short", lang, points=shortest(value.hundred))
            return listed([*levels, *([reference] if value.reference is not None else [])], lang)
        case Level():
            return level_bound(value, lang)
        case Award():
            return given_text(value, lang)
        case _:
            return _headed(value, context)


def _headed(value: Any, context: Context) -> str:
    """What stands at the head of a policy or in the common files."""
    lang, policy = context.lang, context.policy
    match value:
        case Document():
            about = [text for text in (value.number, value.issuer, value.date, value.note) if text]
            return f"《{value.document.strip('《》')}》{bracketed(with_commas(about, lang), lang)}"
        case Parameter():
            return shortest(value.value) + (bracketed(say("parameter-pending", lang), lang) if value.pending else "")
        case LibraryItem():
            return value.title + bracketed(f"{value.law} {value.article or ''}".strip(), lang)
        case Policy():
            return f"{value.title} {value.version}"
        case Model():
            counts = {"indicators": len(list(value.indicators())), "vetoes": len(value.vetoes), "measures": len(value.measures)}
            return listed((say(f"count-{name}", lang, count=count) for name, count in counts.items() if count), lang)
        case Attribute():
            fixed = [say("attribute-fixed", lang)] if value.fixed else []
            return _field(value.field, lang) + bracketed(listed([_terms(value.kinds, lang), *fixed], lang), lang)
        case Field():
            return _field(value, lang)
        case Mapping():
            return listed((_entry(key, entry, lang) for key, entry in value.items()), lang)
        case (Basis(), *_):
            return basis_text(policy, value)
        case Category():
            takes = [_field(field, lang) for field in value.fields.values() if not value.derived]
            return listed([*(term(kind, lang) for kind in value.kinds), *takes], lang)
        case ():
            return say("none", lang)
        case tuple():
            return _terms(map(str, value), lang)
        case str():
            return term(value, lang)
        case _:
            return value_text(value, lang)


def _source(fact: Fact, context: Context) -> str:
    """Where a fact comes from, in short."""
    lang, policy, names = context.lang, context.policy, context.names
    match fact.source:
        case FromRecords(kind, category, field, _, window, where, tally=tally) as source:
            of = [policy.categories[category].title, *([policy.categories[category].fields[field].title] if field else [])]
            parts = [say("records-short", lang, kind=kind, what=say("colon", lang).join(of))]
            parts += [_plain(window, context)] if window is not None else []
            if source.before is not None:
                parts.append(say(f"window-before-{source.before.unit}-short", lang, count=source.before.count))
            if source.newest is not None:
                parts.append(say("records-newest-short", lang, count=source.newest))
            if where is not None:
                filtered = condition(where, context, field_names(policy, category))
                parts.append(say("records-where-short", lang, condition=filtered))
            if source.once_per is not None:
                title = policy.categories[category].fields[source.once_per].title
                parts.append(say("records-once-short", lang, field=title))
            text = with_commas(parts, lang)
            return text if tally is None else with_label(text, tally_text(tally, category, context), lang)
        case FromAttribute(kind, name):
            return say("attribute-short", lang, kind=kind, title=policy.attributes[name].field.title)
        case Ratio(of_fact, to, per):
            how = "ratio-short" if per == ONE else "ratio-times-short"
            return say(how, lang, of=names[of_fact].title, to=names[to].title, times=shortest(per))
        case Total(facts):
            return say("plus", lang).join(names[name].title for name in facts)
        case MemberCount():
            return say("members", lang)


def _entry(key: str, value: object, lang: Lang) -> str:
    """A field of a category, a term of a measure, or who collects a category and how."""
    if isinstance(value, Field):
        return _field(value, lang)
    name = say(f"collection-{key}", lang) if key in ("by", "manner", "within") else key
    return f"{name} {value_text(value, lang)}"


def _field(field: Field, lang: Lang) -> str:
    """`罚款金额（元）（数，≥0，选填）`: what it takes."""
    codes = [field.labels.get(code, code) for code in field.one_of]
    takes = [listed(codes, lang) if codes else term(field.type, lang)]
    takes += [f"≥{shortest(field.at_least)}"] if field.at_least is not None else []
    takes += [f"≤{shortest(field.at_most)}"] if field.at_most is not None else []
    takes += [say("optional", lang)] if field.optional else []
    return field.title + bracketed(as_clauses(takes, lang), lang)


def _terms(names: Iterable[str], lang: Lang) -> str:
    return listed((term(name, lang) for name in names), lang)
