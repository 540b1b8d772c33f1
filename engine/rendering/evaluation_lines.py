"""Evaluations as lines of JSON, many of the same models: what each says alike is written once a model.

`evaluation_json` is the definition; a line is its text, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from json.encoder import encode_basestring

from engine.model.condition import Plain
from engine.model.evaluation import DimensionResult, Evaluation, IndicatorResult, Outcome, Reasoning
from engine.model.number import plain_decimal, shortest, two_decimals
from engine.model.period import iso_text
from engine.model.policy import Model, Policy
from engine.model.problem import Problem
from engine.model.scoring import Dimension, Form, Indicator, awards, form_facts, single_fact
from engine.rendering.evaluation_json import alert_json, evaluation_json, measure_json, problem_json, veto_json
from engine.rendering.sentences import Lang

Texts = Mapping[str, str]
"""The values of facts as JSON."""

Part = Callable[[Evaluation], str]

REMEMBERED = 1000
"""So many problems, and lines of an indicator, that results have in common are written once."""


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
    keys = {name: f"{_dumps(name)}: " for name in model.facts}
    vetoes, reasons = _vetoes(policy, model), _reasoning(model)
    measures = {measure.id: _dumps(measure_json(policy, measure)) for measure in model.measures}
    alerts = {alert.id: _dumps(alert_json(alert)) for alert in model.alerts}

    def line(outcome: Evaluation) -> str:
        texts = {name: _number(value) if type(value) is int else _word(value) for name, value in outcome.facts.items()}
        facts = ", ".join([keys[name] + text for name, text in texts.items()])
        score = "null" if outcome.score is None else f'"{_score(outcome.score)}"'
        alerted = f', "alerts": [{_of(alerts, outcome.alerts)}]' if alerts else ""
        return (
            f'{{"subject": {encode_basestring(outcome.subject)}, {head}, "as_of": {_day(outcome.as_of)}, '
            f'"valid_until": {_day(outcome.valid_until)}, "score": {score}, "level": {_text(outcome.level)}, '
            f'"grade": {_text(outcome.grade)}, "vetoes": [{vetoes(outcome) if outcome.vetoes else ""}], "facts": {{{facts}}}'
            f'{reasons(outcome.reasoning, texts) if outcome.reasoning else ""}, "measures": [{_of(measures, outcome.measures)}]{alerted}, '
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


def _reasoning(model: Model) -> Callable[[Reasoning, Texts], str]:
    """The base, dimensions and adjustments, from the comma before them."""
    base = "" if model.base is None else f', "base": "{shortest(model.base)}"'
    dimensions = [_dimension(dimension) for dimension in model.dimensions]
    items = [(item.id, f'{{"id": {_dumps(item.id)}, ', _read(item.form)) for item in model.items()]

    def text(reasoning: Reasoning, facts: Texts) -> str:
        parts = [write(result, facts) for write, result in zip(dimensions, reasoning.dimensions, strict=True)]
        points = dict(reasoning.items)
        adjusted = [f'{start}{read(facts)}, "points": "{_points(points[name])}"}}' for name, start, read in items]
        return f'{base}, "dimensions": [{", ".join(parts)}], "adjustments": [{", ".join(adjusted)}]'

    return text


def _dimension(dimension: Dimension) -> Callable[[DimensionResult, Texts], str]:
    start, of = f'{{"id": {_dumps(dimension.id)}, "points": "', f'", "of": "{shortest(dimension.points)}"'
    counts_for = None if dimension.counts_for is None else f', "counts_for": "{shortest(dimension.counts_for)}", "share": "'
    indicators = [_indicator(indicator) for indicator in dimension.indicators]

    def text(result: DimensionResult, facts: Texts) -> str:
        share = "" if counts_for is None else f'{counts_for}{_points(result.share)}"'
        lines = [write(scored, facts) for write, scored in zip(indicators, result.indicators, strict=True)]
        return f'{start}{_points(result.points)}{of}{share}, "indicators": [{", ".join(lines)}]}}'

    return text


def _indicator(indicator: Indicator) -> Callable[[IndicatorResult, Texts], str]:
    before, read = f'{{"id": {_dumps(indicator.id)}, ', _read(indicator.form)
    after = f', "of": "{shortest(indicator.points)}", "records": ['
    without_records: dict[tuple[str, int | None], str] = {}

    def text(result: IndicatorResult, facts: Texts) -> str:
        value = read(facts)
        if result.records:
            records = ", ".join(map(encode_basestring, result.records))
            return f"{before}{value}{_scored(result)}{after}{records}]}}"
        key = value, result.points
        line = without_records.get(key)
        if line is None:
            line = f"{before}{value}{_scored(result)}{after}]}}"
            if len(without_records) < REMEMBERED:
                without_records[key] = line
        return line

    return text


def _scored(result: IndicatorResult) -> str:
    return ', "left_out": true' if result.points is None else f', "points": "{_points(result.points)}"'


def _read(form: Form) -> Callable[[Texts], str]:
    """The fact that a form reads and its value; of several, each one's value."""
    name = single_fact(form)
    if name is not None and not any(awards(form)):
        key, start = name, f'"fact": {_dumps(name)}, "value": '
        return lambda facts: start + facts[key]
    keys = {name: f"{_dumps(name)}: " for name in dict.fromkeys(form_facts(form))}
    return lambda facts: f'"values": {{{", ".join([text + facts[name] for name, text in keys.items()])}}}'


def _word(value: Plain) -> str:
    """A value that is no number."""
    return _text(value) if isinstance(value, str) else "true" if value else "false"


@lru_cache(maxsize=65536)
def _number(value: int) -> str:
    return _dumps(plain_decimal(value))


@lru_cache(maxsize=65536)
def _text(text: str | None) -> str:
    """What facts say comes again."""
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
