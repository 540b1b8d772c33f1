"""How the points of an indicator came about, as a line of working."""

from __future__ import annotations

from collections.abc import Mapping

from engine.model.condition import Plain
from engine.model.number import multiply, shortest
from engine.model.policy import Model
from engine.model.scoring import Bands, Choices, Each, FirstOf, Form
from engine.rendering.condition_text import SIGNS, condition_text, value_text
from engine.rendering.phrases import say
from engine.rendering.terms import Lang


def score_working(form: Form, facts: Mapping[str, Plain], applied: int | None, points: int, model: Model, lang: Lang) -> str:
    """`60 − 15 × 1 = 45`, `≥ 85：18`; `applied` is the position of the band, choice or branch."""
    match form:
        case Each():
            return _each(form, facts, points)
        case Bands(_, bands, otherwise):
            position = len(bands) if applied is None else applied
            if position == len(bands):
                return _chosen(say("otherwise", lang), otherwise, lang)
            band = bands[position]
            return _chosen(f"{SIGNS[band.operator]} {shortest(band.threshold)}", band.points, lang)
        case Choices(_, choices, otherwise):
            position = len(choices) if applied is None else applied
            if position == len(choices):
                return _chosen(say("otherwise", lang), otherwise or 0, lang)
            value, amount = choices[position]
            return _chosen(value_text(value, lang), amount, lang)
        case FirstOf(branches, otherwise):
            position = len(branches) if applied is None else applied
            if position == len(branches):
                return _chosen(say("otherwise", lang), otherwise, lang)
            branch = branches[position]
            return _chosen(condition_text(branch.when, model, lang), branch.points, lang)


def _chosen(what: str, points: int, lang: Lang) -> str:
    return say("chosen", lang, what=what, points=shortest(points))


def _each(form: Each, facts: Mapping[str, Plain], points: int) -> str:
    terms: list[str] = []
    total = form.start
    for fact, amount in form.points:
        value = int(facts[fact])
        amount_text = shortest(value)
        if form.beyond is not None:
            value = max(value - form.beyond, 0)
            amount_text = f"max({amount_text} − {shortest(form.beyond)}, 0)"
        if form.step is not None:
            steps = value // form.step if value >= 0 else -(-value // form.step)
            total += amount * steps
            amount_text = f"⌊{amount_text} ÷ {shortest(form.step)}⌋"
        else:
            total += multiply(amount, value)
        terms.append(f"{'−' if amount < 0 else '+'} {shortest(abs(amount))} × {amount_text}")
    text = " ".join([shortest(form.start), *terms]) if form.start else " ".join(terms).removeprefix("+ ")
    text = f"{text} = {shortest(total)}"
    if total != points:
        text += f" → {shortest(points)}"
    return text
