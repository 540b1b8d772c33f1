"""How the points of an indicator came about, as a line of working."""

from __future__ import annotations

from collections.abc import Mapping

from engine.model.condition import Comparison, Operator, Plain
from engine.model.number import multiply, shortest
from engine.model.policy import Model
from engine.model.scoring import Alternative, Each, Form, normal_form
from engine.rendering.condition_text import condition_text, value_text
from engine.rendering.terms import Lang

_SIGNS: Mapping[Operator, str] = {"at_least": "≥", "above": "＞", "at_most": "≤", "below": "＜"}


def score_working(form: Form, facts: Mapping[str, Plain], applied: int | None, points: int, model: Model, lang: Lang) -> str:
    """`60 − 15 × 1 = 45`, `≥ 85：18`; `applied` is the position of the band, choice or branch."""
    match normal_form(form):
        case Each() as line:
            return _each(line, facts, points, lang)
        case several:
            chosen = several[-1 if applied is None else applied]
            return _chosen(_asked(chosen, model, lang), chosen.points, lang)


def _asked(chosen: Alternative, model: Model, lang: Lang) -> str:
    """What gave the points: the bound of a band, the value of a choice, or the condition of a branch."""
    match chosen.kind, chosen.when:
        case _, None:
            return _otherwise(lang)
        case "band", Comparison(_, operator, int(bound)):
            return f"{_SIGNS[operator]} {shortest(bound)}"
        case "choice", Comparison(operand=int() | str() as value):
            return value_text(value, lang)
        case _, when:
            return condition_text(when, model, lang)


def _otherwise(lang: Lang) -> str:
    return "otherwise" if lang == "en" else "其余"


def _chosen(what: str, points: int, lang: Lang) -> str:
    return f"{what}: {shortest(points)}" if lang == "en" else f"{what}：{shortest(points)}"


def _each(form: Each, facts: Mapping[str, Plain], points: int, lang: Lang) -> str:
    terms: list[str] = []
    total = form.start
    for fact, amount in form.points:
        value = int(facts[fact])
        shown = shortest(value)
        if form.beyond is not None:
            value = max(value - form.beyond, 0)
            shown = f"max({shown} − {shortest(form.beyond)}, 0)"
        if form.step is not None:
            steps = value // form.step if value >= 0 else -(-value // form.step)
            total += amount * steps
            shown = f"⌊{shown} ÷ {shortest(form.step)}⌋"
        else:
            total += multiply(amount, value)
        terms.append(f"{'−' if amount < 0 else '+'} {shortest(abs(amount))} × {shown}")
    text = " ".join([shortest(form.start), *terms]) if form.start else " ".join(terms).removeprefix("+ ")
    text = f"{text} = {shortest(total)}"
    if total != points:
        text += f" → {shortest(points)}"
    return text
