"""How the points of an indicator came about, as a line of working."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.model.condition import Comparison, Plain
from engine.model.number import ONE, multiply
from engine.model.scoring import Alternative, Award, Each, Form, normal_form
from engine.rendering.condition_text import SIGNS
from engine.rendering.explanation.context import Context, condition_phrase, named_value, number_text
from engine.rendering.phrases import bracketed, say, with_commas
from engine.rendering.sentences import Lang, Sentences

_say = Sentences("explain").sentence


def score_working(form: Form, applied: int | None, points: int, context: Context) -> str:
    """`60 − 15 × 1 = 45`, `≥ 85：18` with the other bands below; `applied` is the position of the band, choice or branch."""
    match normal_form(form):
        case Each() as line:
            return _each(line, points, context)
        case several:
            chosen = several[-1 if applied is None else applied]
            facts, lang = context.outcome.facts, context.lang
            points_text = (
                _awarded(chosen.points, facts, lang) if isinstance(chosen.points, Award) else number_text(chosen.points)
            )
            way = say("chosen", lang, what=_asked(chosen, context), points=points_text)
            return "\n".join((way, *_ladder(several, context)))


def _ladder(several: Sequence[Alternative], context: Context) -> Iterator[str]:
    """All bands or choices, where there is more than one beside what is left; of branches for auditors alone."""
    few = 1 if several[0].kind == "band" else 2
    if len(several) > few and (several[0].kind != "branch" or context.reader == "auditor"):
        lang = context.lang
        ways = (
            say("chosen", lang, what=_asked(way, context), points=number_text(way.points))
            if isinstance(way.points, int)
            else _asked(way, context)
            for way in several
        )
        yield _say(f"ladder-{several[0].kind}", lang, ways=with_commas(ways, lang))


def _asked(chosen: Alternative, context: Context) -> str:
    """What gave the points: the bound of a band, the value of a choice, or the condition of a branch."""
    match chosen.kind, chosen.when:
        case _, None:
            return say("otherwise", context.lang)
        case "band", Comparison(_, operator, int(bound)):
            return f"{SIGNS[operator]} {number_text(bound)}"
        case "choice", Comparison(name, operand=int() | str() as value):
            return named_value(name, value, context)
        case _, when:
            return condition_phrase(when, context)


def _awarded(award: Award, facts: Mapping[str, Plain], lang: Lang) -> str:
    """What was awarded, and that it was brought to a bound where it lies outside."""
    awarded = int(facts[award.fact])
    counted = min(max(awarded, award.at_least), award.at_most)
    bounds = {"low": number_text(award.at_least), "high": number_text(award.at_most)}
    how = "inside" if counted == awarded else "outside"
    return say(f"awarded-{how}", lang, awarded=number_text(awarded), points=number_text(counted), **bounds)


def _each(form: Each, points: int, context: Context) -> str:
    """Terms that come to nothing are folded where there are several of them or others, but for auditors."""
    terms: list[str] = []
    total, folded, note, lang = form.start, 0, "", context.lang
    fold = len(form.points) > 1 and context.reader != "auditor"
    for fact, amount in form.points:
        counted, counted_text, note = _counted(form, int(context.outcome.facts[fact]), lang)
        total += multiply(amount, counted)
        if fold and counted == 0:
            folded += 1
        else:
            terms.append(f"{'−' if amount < 0 else '+'} {number_text(abs(amount))} × {counted_text}")
    text = " ".join([number_text(form.start), *terms]) if form.start else " ".join(terms).removeprefix("+ ")
    text = f"{text} = {number_text(total)}" if terms else number_text(total)
    if total != points:
        text += f" → {number_text(points)}"
    notes = [note] if note else []
    notes += [_say("terms-of-nothing" if terms else "all-terms-of-nothing", lang)] if folded else []
    return text + bracketed(with_commas(notes, lang), lang)


def _counted(form: Each, value: int, lang: Lang) -> tuple[int, str, str]:
    """What of a fact is multiplied, as a number and in the working, and in words how one comes to it."""
    text = number_text(value)
    if form.beyond is not None or form.short_of is not None:
        bound, kind = (form.beyond, "beyond") if form.beyond is not None else (form.short_of or 0, "short-of")
        greater, less = (value, bound) if kind == "beyond" else (bound, value)
        if greater <= less:
            return 0, "0", say(f"not-{kind}", lang, bound=number_text(bound))
        value, text = greater - less, f"{number_text(greater)} − {number_text(less)}"
    plain = text == number_text(value)
    if form.step is None:
        return value, text if plain else f"({text})", ""
    steps = (abs(value) + (form.step - 1 if form.round_up else 0)) // form.step * ONE
    steps = steps if value >= 0 else -steps
    how = say("steps-up" if form.round_up else "steps-down", lang, step=number_text(form.step))
    difference = "" if plain else f"{text} = {number_text(value)}"
    return steps, number_text(steps), with_commas([difference, how], lang) if difference else how
