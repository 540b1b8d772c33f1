"""How the points of an indicator came about, as a line of working."""

from __future__ import annotations

from collections.abc import Mapping

from engine.model.condition import Comparison, Plain
from engine.model.number import multiply, shortest
from engine.model.policy import Model
from engine.model.scoring import Alternative, Award, Each, Form, normal_form
from engine.rendering.condition_text import SIGNS, condition_text, value_text
from engine.rendering.phrases import say
from engine.rendering.sentences import Lang


def score_working(form: Form, facts: Mapping[str, Plain], applied: int | None, points: int, model: Model, lang: Lang) -> str:
    """`60 − 15 × 1 = 45`, `≥ 85：18`; `applied` is the position of the band, choice or branch."""
    match normal_form(form):
        case Each() as line:
            return _each(line, facts, points)
        case several:
            chosen = several[-1 if applied is None else applied]
            points_text = _awarded(chosen.points, facts, lang) if isinstance(chosen.points, Award) else shortest(chosen.points)
            return say("chosen", lang, what=_asked(chosen, model, lang), points=points_text)


def _asked(chosen: Alternative, model: Model, lang: Lang) -> str:
    """What gave the points: the bound of a band, the value of a choice, or the condition of a branch."""
    match chosen.kind, chosen.when:
        case _, None:
            return say("otherwise", lang)
        case "band", Comparison(_, operator, int(bound)):
            return f"{SIGNS[operator]} {shortest(bound)}"
        case "choice", Comparison(operand=int() | str() as value):
            return value_text(value, lang)
        case _, when:
            return condition_text(when, model, lang)


def _awarded(award: Award, facts: Mapping[str, Plain], lang: Lang) -> str:
    """What was awarded, and that it was brought to a bound where it lies outside."""
    awarded = int(facts[award.fact])
    counted = min(max(awarded, award.at_least), award.at_most)
    bounds = {"low": shortest(award.at_least), "high": shortest(award.at_most)}
    how = "inside" if counted == awarded else "outside"
    return say(f"awarded-{how}", lang, awarded=shortest(awarded), points=shortest(counted), **bounds)


def _each(form: Each, facts: Mapping[str, Plain], points: int) -> str:
    terms: list[str] = []
    total = form.start
    for fact, amount in form.points:
        value = int(facts[fact])
        amount_text = shortest(value)
        if form.beyond is not None:
            value = max(value - form.beyond, 0)
            amount_text = f"max({amount_text} − {shortest(form.beyond)}, 0)"
        if form.short_of is not None:
            value = max(form.short_of - value, 0)
            amount_text = f"max({shortest(form.short_of)} − {amount_text}, 0)"
        if form.step is not None:
            steps = (abs(value) + (form.step - 1 if form.round_up else 0)) // form.step
            total += amount * (steps if value >= 0 else -steps)
            left, right = "⌈⌉" if form.round_up else "⌊⌋"
            amount_text = f"{left}{amount_text} ÷ {shortest(form.step)}{right}"
        else:
            total += multiply(amount, value)
        terms.append(f"{'−' if amount < 0 else '+'} {shortest(abs(amount))} × {amount_text}")
    text = " ".join([shortest(form.start), *terms]) if form.start else " ".join(terms).removeprefix("+ ")
    text = f"{text} = {shortest(total)}"
    if total != points:
        text += f" → {shortest(points)}"
    return text
