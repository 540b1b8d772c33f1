"""Conditions, values and bases in words, with the titles that the policy gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from engine.model.catalogue import Field
from engine.model.condition import ORDERING, AllOf, AnyOf, Comparison, Condition, FactRef, Negation, joined
from engine.model.evaluation import Unmet
from engine.model.number import shortest, two_decimals
from engine.model.policy import Model, Policy, Veto
from engine.model.scoring import Basis
from engine.rendering.terms import Lang, term

_NAMES = {
    "score": ("得分", "the score"),
    "level": ("等级", "the level"),
    "grade": ("等次", "the grade"),
    "vetoed": ("有一票否决", "a veto holds"),
    "previous.level": ("上次等级", "the previous level"),
    "previous.score": ("上次得分", "the previous score"),
}
_SIGNS = {"at_least": "≥", "above": "＞", "at_most": "≤", "below": "＜", "is": "＝", "is_not": "≠"}
_RANKED = {
    "at_least": ("不低于", "is at least"),
    "above": ("高于", "is better than"),
    "at_most": ("不高于", "is at most"),
    "below": ("低于", "is worse than"),
}


def title_of(name: str, model: Model, lang: Lang) -> str:
    """What a name in a condition is called."""
    if name in model.facts:
        return model.facts[name].title
    pair = _NAMES.get(name)
    return pair[lang == "en"] if pair else name


def value_text(value: object, lang: Lang) -> str:
    """A value as people read it."""
    match value:
        case bool():
            return term("true" if value else "false", lang)
        case int():
            return shortest(value)
        case tuple():
            return (", " if lang == "en" else "、").join(value_text(one, lang) for one in value)
        case None:
            return "none" if lang == "en" else "无"
        case _:
            return str(value)


def condition_text(condition: Condition, model: Model, lang: Lang, tell: Callable[[Comparison], str] | None = None) -> str:
    """A condition as a phrase; `tell` says a comparison in another way than ours."""
    en = lang == "en"
    match condition:
        case Comparison():
            return tell(condition) if tell else _test(condition, model, lang)
        case Negation(part):
            inner = condition_text(part, model, lang, tell)
            return f"not ({inner})" if en else f"不满足（{inner}）"
        case AllOf():
            return _joined(joined(condition, AllOf), " and " if en else "，且", model, lang, tell)
        case AnyOf():
            return _joined(joined(condition, AnyOf), " or " if en else "，或", model, lang, tell)


def _joined(parts: Sequence[Condition], by: str, model: Model, lang: Lang, tell: Callable[[Comparison], str] | None) -> str:
    texts = []
    for part in parts:
        text = condition_text(part, model, lang, tell)
        nested = isinstance(part, (AllOf, AnyOf)) and len(parts) > 1
        texts.append((f"({text})" if lang == "en" else f"（{text}）") if nested else text)
    return by.join(texts)


def _test(test: Comparison, model: Model, lang: Lang) -> str:
    name = title_of(test.name, model, lang)
    operand = test.operand
    required = title_of(operand.name, model, lang) if isinstance(operand, FactRef) else value_text(operand, lang)
    compared = comparison(test, required, lang)
    return f"{name}{compared}" if lang != "en" and compared[0] == "为" else f"{name} {compared}"


def comparison(test: Comparison, required: str, lang: Lang) -> str:
    """`≥ 3`, `不低于 B+`, `属于 a、b`."""
    en = lang == "en"
    if test.operator in ("one_of", "none_of"):
        words = ("属于", "is one of") if test.operator == "one_of" else ("不属于", "is none of")
        return f"{words[en]} {required}"
    if test.name in ("level", "grade", "previous.level") and test.operator in ORDERING:
        return f"{_RANKED[test.operator][en]} {required}"
    if test.operator in ("is", "is_not") and isinstance(test.operand, (bool, str)):
        words = ("为", "is") if test.operator == "is" else ("不为", "is not")
        return f"{words[en]} {required}" if en else f"{words[en]}“{required}”"
    return f"{_SIGNS[test.operator]} {required}"


def unmet_text(unmet: Unmet, model: Model, lang: Lang) -> str:
    """Why a condition does not hold: what is required of a value, and what it is."""
    test = unmet.test
    name = title_of(test.name, model, lang)
    operand = test.operand
    if isinstance(operand, FactRef):
        required = f"{title_of(operand.name, model, lang)} {value_text(unmet.required, lang)}"
    else:
        required = value_text(operand, lang)
    actual = value_text(unmet.actual, lang)
    if lang == "en":
        need = "excludes" if unmet.negated else "needs"
        return f"{need} “{name} {comparison(test, required, lang)}”, it is {actual}"
    need = "不能" if unmet.negated else "要"
    compared = comparison(test, required, lang)
    space = "" if compared[0] in "为不属低高" else " "
    return f"{name}{need}{space}{compared}，实际为 {actual}"


def effects(veto: Veto, lang: Lang) -> Iterator[str]:
    """What a veto that holds does."""
    en = lang == "en"
    if veto.score_at_most is not None:
        yield f"score at most {two_decimals(veto.score_at_most)}" if en else f"得分不高于 {two_decimals(veto.score_at_most)}"
    if veto.level is not None:
        yield f"level at most {veto.level}" if en else f"等级不高于 {veto.level}"
    if veto.lower_grades:
        yield f"lowered by {veto.lower_grades} grades" if en else f"降 {veto.lower_grades} 等"
    if veto.lower_levels:
        yield f"lowered by {veto.lower_levels} levels" if en else f"降 {veto.lower_levels} 级"


def bounds_text(field: Field, lang: Lang) -> str:
    """The least and the most that a number may be; empty where it has no bound."""
    en = lang == "en"
    low, high = (None if bound is None else shortest(bound) for bound in (field.at_least, field.at_most))
    if low is not None and high is not None:
        return f"{low} to {high}" if en else f"{low} 至 {high}"
    if low is not None:
        return f"at least {low}" if en else f"不小于 {low}"
    return "" if high is None else f"at most {high}" if en else f"不大于 {high}"


def basis_text(policy: Policy, basis: Iterable[Basis], item: str | None = None) -> str:
    """Documents with number and article, as they are cited."""
    cited = []
    for one in basis:
        document = policy.documents[one.document]
        cited.append(_cited(document.number or f"《{document.document}》", one.article))
    if item is not None:
        law = policy.library_items[item]
        cited.append(_cited(f"《{law.law}》" if not law.law.startswith("《") else law.law, law.article))
    return "；".join(dict.fromkeys(cited))


def _cited(document: str, article: str | None) -> str:
    return f"{document} {article}" if article else document
