"""Evaluations as lines of JSON, many of the same models: what each says alike is written once a model.

`evaluation_json` is the definition; a line is its text, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from json.encoder import encode_basestring
from operator import add

from engine.model.condition import Plain
from engine.model.evaluation import DimensionResult, Evaluation, IndicatorResult, Outcome, Reasoning
from engine.model.number import plain_decimal, shortest, two_decimals
from engine.model.period import iso_text
from engine.model.policy import Model, Policy
from engine.model.problem import Problem
from engine.model.scoring import Dimension, Form, Indicator, Item, awards, form_facts, single_fact
from engine.rendering.evaluation_json import alert_json, evaluation_json, measure_json, problem_json, veto_json
from engine.rendering.sentences import Lang

Facts = Mapping[str, Plain]

Part = Callable[[Evaluation], str]

REMEMBERED = 4096
"""So many problems, values of a fact and results of an indicator, which come again, are written once."""


def line_writer(lang: Lang) -> Callable[[Outcome], str]:
    """What writes outcomes as JSON, one after another. What models have in common is there once, by which it is known again."""
    models: dict[int, tuple[Model, Part]] = {}
    warned: dict[int, tuple[Problem, str]] = {}

    def warnings(problems: Iterable[Problem]) -> str:
        return ", ".join([warning(problem) for problem in problems])

    def warning(problem: Problem) -> str:
        if id(problem) in warned:
            return warned[id(problem)][1]
        text = _dumps(problem_json(problem, lang))
        if len(warned) < REMEMBERED:
            warned[id(problem)] = problem, text
        return text

    def line(outcome: Outcome) -> str:
        if not isinstance(outcome, Evaluation):
            return _dumps(evaluation_json(outcome, lang))
        model = outcome.model
        if id(model) not in models:
            models[id(model)] = model, _of_model(outcome.policy, model, warnings)
        return models[id(model)][1](outcome)

    return line


def _of_model(policy: Policy, model: Model, warnings: Callable[[Iterable[Problem]], str]) -> Part:
    """What writes the evaluations of a model."""
    named = {"policy": policy.id, "model": model.id, "version": policy.version, "digest": policy.digest}
    head = _dumps(named)[1:-1]
    of_facts = {name: _fact(name) for name in model.facts}
    vetoes, reasons = _vetoes(policy, model), _reasoning(model)
    measures = {measure.id: _dumps(measure_json(policy, measure)) for measure in model.measures}
    alerts = {alert.id: _dumps(alert_json(alert)) for alert in model.alerts}

    def line(outcome: Evaluation) -> str:
        facts = ", ".join([of_facts[name](value) for name, value in outcome.facts.items()])
        score = "null" if outcome.score is None else f'"{_score(outcome.score)}"'
        alerted = f', "alerts": [{_of(alerts, outcome.alerts)}]' if alerts else ""
        return (
            f'{{"subject": {encode_basestring(outcome.subject)}, {head}, "as_of": {_day(outcome.as_of)}, '
            f'"valid_until": {_day(outcome.valid_until)}, "score": {score}, "level": {_text(outcome.level)}, '
            f'"grade": {_text(outcome.grade)}, "vetoes": [{vetoes(outcome) if outcome.vetoes else ""}], "facts": {{{facts}}}'
            f'{reasons(outcome.reasoning, outcome.facts) if outcome.reasoning else ""}, "measures": [{_of(measures, outcome.measures)}]{alerted}, '
            f'"warnings": [{warnings(outcome.warnings)}]}}'
        )

    return line


def _of(texts: Mapping[str, str], ids: tuple[str, ...]) -> str:
    """Those that hold, in the model's order."""
    return ", ".join([text for name, text in texts.items() if name in ids]) if ids else ""


def _vetoes(policy: Policy, model: Model) -> Part:
    plain = {veto.id: _dumps(veto_json(policy, veto, None)) for veto in model.vetoes if veto.above_previous is None}

    def texts(outcome: Evaluation) -> str:
        return ", ".join(
            plain.get(veto.id) or _dumps(veto_json(policy, veto, outcome.reasoning))
            for veto in model.vetoes
            if veto.id in outcome.vetoes
        )

    return texts


def _reasoning(model: Model) -> Callable[[Reasoning, Facts], str]:
    """The base, dimensions and adjustments, from the comma before them."""
    base = "" if model.base is None else f', "base": "{shortest(model.base)}"'
    dimensions = [_dimension(dimension) for dimension in model.dimensions]
    items = [(item.id, *_start(item)) for item in model.items()]

    def text(reasoning: Reasoning, facts: Facts) -> str:
        parts = [write(result, facts) for write, result in zip(dimensions, reasoning.dimensions, strict=True)]
        points = dict(reasoning.items)
        adjusted = [f"{start(points[name], *[facts[fact] for fact in names])}}}" for name, names, start in items]
        return f'{base}, "dimensions": [{", ".join(parts)}], "adjustments": [{", ".join(adjusted)}]'

    return text


def _dimension(dimension: Dimension) -> Callable[[DimensionResult, Facts], str]:
    start, of = f'{{"id": {_dumps(dimension.id)}, "points": "', f'", "of": "{shortest(dimension.points)}"'
    counts_for = None if dimension.counts_for is None else f', "counts_for": "{shortest(dimension.counts_for)}", "share": "'
    indicators = [_indicator(indicator) for indicator in dimension.indicators]

    def text(result: DimensionResult, facts: Facts) -> str:
        share = "" if counts_for is None else f'{counts_for}{_points(result.share)}"'
        lines = [write(scored, facts) for write, scored in zip(indicators, result.indicators, strict=True)]
        return f'{start}{_points(result.points)}{of}{share}, "indicators": [{", ".join(lines)}]}}'

    return text


def _indicator(indicator: Indicator) -> Callable[[IndicatorResult, Facts], str]:
    (names, start), of = _start(indicator), f', "of": "{shortest(indicator.points)}", "records": ['

    def text(result: IndicatorResult, facts: Facts) -> str:
        records = ", ".join(map(encode_basestring, result.records)) if result.records else ""
        return f"{start(result.points, *[facts[name] for name in names])}{of}{records}]}}"

    return text


def _start(element: Indicator | Item) -> tuple[tuple[str, ...], Callable[..., str]]:
    """The names of the facts that an element reads, and what writes it up to its points: they come again with the same values."""
    before, (names, read) = f'{{"id": {_dumps(element.id)}, ', _read(element.form)

    @lru_cache(maxsize=REMEMBERED, typed=True)
    def start(points: int | None, *values: Plain) -> str:
        scored = ', "left_out": true' if points is None else f', "points": "{shortest(points)}"'
        return f"{before}{read(values)}{scored}"

    return names, start


def _read(form: Form) -> tuple[tuple[str, ...], Callable[[tuple[Plain, ...]], str]]:
    """The fact that a form reads and its value; of several, each one's value. First the names of the facts."""
    name = single_fact(form)
    if name is not None and not any(awards(form)):
        start = f'"fact": {_dumps(name)}, "value": '
        return (name,), lambda values: start + _value(values[0])
    names = tuple(dict.fromkeys(form_facts(form)))
    keys = [f"{_dumps(name)}: " for name in names]
    return names, lambda values: f'"values": {{{", ".join(map(add, keys, map(_value, values)))}}}'


def _fact(name: str) -> Callable[[Plain], str]:
    """What writes a fact with its value: values come again."""
    key = f"{_dumps(name)}: "
    return lru_cache(maxsize=REMEMBERED, typed=True)(lambda value: key + _value(value))


def _value(value: Plain) -> str:
    """As JSON has numbers, truth and texts."""
    if isinstance(value, str):
        return encode_basestring(value)
    return repr(plain_decimal(value)) if type(value) is int else "true" if value else "false"


@lru_cache(maxsize=65536)
def _text(text: str | None) -> str:
    return _dumps(text)


@lru_cache(maxsize=65536)
def _points(points: int) -> str:
    return shortest(points)


@lru_cache(maxsize=65536)
def _score(score: int) -> str:
    return two_decimals(score)


@lru_cache(maxsize=65536)
def _day(day: int | None) -> str:
    return "null" if day is None else f'"{iso_text(day)}"'


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
