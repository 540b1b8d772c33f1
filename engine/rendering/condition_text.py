"""Conditions, values and bases in words, with the titles that the policy gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from engine.model.catalogue import Field
from engine.model.condition import ORDERING, AllOf, AnyOf, Comparison, Condition, FactRef, Negation, Operator, joined
from engine.model.evaluation import Unmet, UnmetCondition, UnmetParts
from engine.model.number import shortest, two_decimals
from engine.model.policy import Model, Policy, Veto
from engine.model.scale import Level
from engine.model.scoring import Basis
from engine.rendering.phrases import listed, say
from engine.rendering.sentences import Lang
from engine.rendering.terms import term

OFFICIAL = "-official"
"""How annexes say a comparison, an effect or a bound: without blanks."""

SIGNS: Mapping[Operator, str] = {"at_least": "≥", "above": "＞", "at_most": "≤", "below": "＜", "is": "＝", "is_not": "≠"}
_NAMES = ("score", "level", "grade", "vetoed", "previous.level", "previous.score")


def title_of(name: str, model: Model, lang: Lang) -> str:
    """What a name in a condition is called."""
    if name in model.facts:
        return model.facts[name].title
    return say(f"name-{name.replace('.', '-')}", lang) if name in _NAMES else name


def value_text(value: object, lang: Lang) -> str:
    """A value as people read it."""
    match value:
        case bool():
            return term("true" if value else "false", lang)
        case int():
            return shortest(value)
        case tuple():
            return listed((value_text(part, lang) for part in value), lang)
        case None:
            return say("none", lang)
        case _:
            return str(value)


def condition_text(condition: Condition, model: Model, lang: Lang, tell: Callable[[Comparison], str] | None = None) -> str:
    """A condition as a phrase; `tell` says a comparison in another way than ours."""
    match condition:
        case Comparison():
            return tell(condition) if tell else _test(condition, model, lang)
        case Negation(part):
            return say("negated", lang, condition=condition_text(part, model, lang, tell))
        case AllOf():
            return _joined(joined(condition, AllOf), say("both-hold", lang), model, lang, tell)
        case AnyOf():
            return _joined(joined(condition, AnyOf), say("either-holds", lang), model, lang, tell)


def _joined(parts: Sequence[Condition], by: str, model: Model, lang: Lang, tell: Callable[[Comparison], str] | None) -> str:
    texts = []
    for part in parts:
        text = condition_text(part, model, lang, tell)
        nested = isinstance(part, (AllOf, AnyOf)) and len(parts) > 1
        texts.append(say("nested", lang, text=text) if nested else text)
    return by.join(texts)


def _test(test: Comparison, model: Model, lang: Lang) -> str:
    operand = test.operand
    required = title_of(operand.name, model, lang) if isinstance(operand, FactRef) else value_text(operand, lang)
    return tested(test, title_of(test.name, model, lang), required, lang)


def tested(test: Comparison, name: str, required: str, lang: Lang) -> str:
    """What is compared and how, `得分 ≥ 3`, `已评价为“是”`."""
    how = "tested-is" if test.operator == "given" or (is_value(test) and test.operator == "is") else "tested"
    return say(how, lang, name=name, compared=comparison(test, required, lang))


def comparison(test: Comparison, required: str, lang: Lang, variant: str = "") -> str:
    """`≥ 3`, `不低于 B+`, `属于 a、b`."""
    if test.operator == "given":
        return say("compare-given" if test.operand else "compare-given-not", lang)
    if _is_worded(test):
        return say(f"compare-{test.operator}{'' if is_value(test) else variant}", lang, value=required)
    return f"{SIGNS[test.operator]}{'' if variant else ' '}{required}"


def is_value(test: Comparison) -> bool:
    """Whether a test is for one value, or for any other than that one."""
    return test.operator in ("is", "is_not") and isinstance(test.operand, (bool, str))


def _is_worded(test: Comparison) -> bool:
    """Whether words say it; else a sign does."""
    ranked = test.name in ("level", "grade", "previous.level") and test.operator in ORDERING
    return test.operator in ("one_of", "none_of") or ranked or is_value(test)


def unmet_text(unmet: UnmetCondition, model: Model, lang: Lang, named: Callable[[str, object], str]) -> str:
    """Why a condition does not hold: what is required of each value, and what it is; `named` says the value of a name."""
    if isinstance(unmet, Unmet):
        return _unmet_test(unmet, model, lang, named)
    texts = []
    for part in unmet.parts:
        text = unmet_text(part, model, lang, named)
        texts.append(say("nested", lang, text=text) if isinstance(part, UnmetParts) else text)
    return say("unmet-any" if unmet.any_is_enough else "unmet-all", lang).join(texts)


def _unmet_test(unmet: Unmet, model: Model, lang: Lang, named: Callable[[str, object], str]) -> str:
    test = unmet.test
    operand = test.operand
    if isinstance(operand, FactRef):
        required = f"{title_of(operand.name, model, lang)} {named(operand.name, unmet.required)}"
    else:
        required = named(test.name, operand)
    need = f"unmet-{'excludes' if unmet.negated else 'needs'}{'-worded' if _is_worded(test) else ''}"
    name, compared = title_of(test.name, model, lang), comparison(test, required, lang)
    return say(need, lang, name=name, compared=compared, actual=named(test.name, unmet.actual))


def effects(veto: Veto, lang: Lang, variant: str = "", last: str | None = None) -> Iterator[str]:
    """What a veto that holds does; `last` is the level of the last own result, where it is known."""
    if veto.score_at_most is not None:
        yield say(f"effect-score{variant}", lang, points=two_decimals(veto.score_at_most))
    if veto.level is not None:
        yield say(f"effect-level{variant}", lang, level=veto.level)
    if veto.above_previous is not None:
        yield _beside_last(veto.above_previous, lang, variant, last)
    if veto.lower_grades:
        yield say(f"effect-grades{variant}", lang, count=veto.lower_grades)
    if veto.lower_levels:
        yield say(f"effect-levels{variant}", lang, count=veto.lower_levels)


def level_bound(level: Level, lang: Lang) -> str:
    """`≥95`, `>750`, 直接评定; empty of the last one that a score gives."""
    if level.by_rule:
        return say("by-rule-short", lang)
    if level.above is not None:
        return f"{SIGNS['above']}{shortest(level.above)}"
    return "" if level.at_least is None else f"{SIGNS['at_least']}{shortest(level.at_least)}"


def _beside_last(levels: int, lang: Lang, variant: str, last: str | None) -> str:
    """不高于上次等级B+."""
    how = "previous-above" if levels else "previous"
    if last is None:
        return say(f"effect-{how}{variant}", lang, count=levels)
    return say(f"effect-{how}-known", lang, count=levels, level=last)


def bounds_text(field: Field, lang: Lang, variant: str = "") -> str:
    """The least and the most that a number may be; empty where it has no bound."""
    low, high = (None if bound is None else shortest(bound) for bound in (field.at_least, field.at_most))
    if low is not None and high is not None:
        return say(f"bounds-both{variant}", lang, low=low, high=high)
    if low is not None:
        return say(f"bounds-least{variant}", lang, low=low)
    return "" if high is None else say(f"bounds-most{variant}", lang, high=high)


def basis_text(policy: Policy, basis: Iterable[Basis], item: str | None = None) -> str:
    """Documents with number and article, as they are cited in either language."""
    cited = []
    for entry in basis:
        document = policy.documents[entry.document]
        cited.append(_cited(document.number or f"《{document.document}》", entry.article))
    if item is not None:
        law = policy.library_items[item]
        cited.append(_cited(f"《{law.law}》" if not law.law.startswith("《") else law.law, law.article))
    return citations(cited)


def citations(cited: Iterable[str]) -> str:
    """Each once. Documents are Chinese, so they are cited as in Chinese in either language."""
    return "；".join(dict.fromkeys(cited))


def _cited(document: str, article: str | None) -> str:
    return f"{document} {article}" if article else document
