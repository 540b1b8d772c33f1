"""Outcomes as JSON objects, the evaluation document of the interfaces; its schema is schema/evaluation.schema.json."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.model.condition import Plain
from engine.model.evaluation import DimensionResult, Evaluation, NotEvaluated, Outcome, Reasoning, Rejection
from engine.model.number import plain_decimal, shortest, two_decimals
from engine.model.period import iso_text
from engine.model.policy import Alert, Measure, Policy, Veto
from engine.model.problem import Problem
from engine.model.scoring import Basis, Dimension, Form, awards, form_facts, single_fact
from engine.rendering.messages import message
from engine.rendering.sentences import Lang
from engine.rendering.snippet import path_text

Json = dict[str, Any]


def evaluation_json(outcome: Outcome, lang: Lang) -> Json:
    """One outcome; numbers of facts are JSON numbers, points and scores strings, messages in the language."""
    match outcome:
        case Rejection():
            named = {"policy": outcome.policy, "model": outcome.model} if outcome.policy is not None else {}
            return {
                "subject": outcome.subject, **named, "as_of": iso_text(outcome.as_of), "valid_until": _day(outcome.valid_until),
                "rejected": [problem_json(problem, lang) for problem in outcome.problems],
            }  # fmt: skip
        case NotEvaluated():
            exclusions = [part for part in outcome.model.not_evaluated if part.id in outcome.exclusions]
            return {
                **_top(outcome),
                "not_evaluated": [
                    {"id": part.id, "title": part.title, "basis": basis_json(outcome.policy, part.basis)} for part in exclusions
                ],
                "warnings": [problem_json(problem, lang) for problem in outcome.warnings],
            }
        case Evaluation():
            return _evaluation(outcome, lang)


def _top(outcome: Evaluation | NotEvaluated) -> Json:
    return {
        "subject": outcome.subject, "policy": outcome.policy.id, "model": outcome.model.id,
        "version": outcome.policy.version, "digest": outcome.policy.digest,
        "as_of": iso_text(outcome.as_of), "valid_until": _day(outcome.valid_until),
    }  # fmt: skip


def _evaluation(outcome: Evaluation, lang: Lang) -> Json:
    policy, model = outcome.policy, outcome.model
    vetoes = [veto for veto in model.vetoes if veto.id in outcome.vetoes]
    measures = [measure for measure in model.measures if measure.id in outcome.measures]
    document: Json = {
        **_top(outcome),
        "score": None if outcome.score is None else two_decimals(outcome.score),
        "level": outcome.level, "grade": outcome.grade,
        "vetoes": [veto_json(policy, veto, outcome.reasoning) for veto in vetoes],
        "facts": {name: value_json(value) for name, value in outcome.facts.items()},
    }  # fmt: skip
    if outcome.reasoning:
        if model.base is not None:
            document["base"] = shortest(model.base)
        pairs = zip(model.dimensions, outcome.reasoning.dimensions, strict=True)
        document["dimensions"] = [_dimension(dimension, result, outcome.facts) for dimension, result in pairs]
        points = dict(outcome.reasoning.items)
        document["adjustments"] = [
            {"id": item.id, **_read(item.form, outcome.facts), "points": shortest(points[item.id])} for item in model.items()
        ]
    document["measures"] = [measure_json(policy, measure) for measure in measures]
    if model.alerts:
        document["alerts"] = [alert_json(alert) for alert in model.alerts if alert.id in outcome.alerts]
    document["warnings"] = [problem_json(problem, lang) for problem in outcome.warnings]
    return document


def _dimension(dimension: Dimension, result: DimensionResult, facts: Mapping[str, Plain]) -> Json:
    document: Json = {"id": dimension.id, "points": shortest(result.points), "of": shortest(dimension.points)}
    if dimension.counts_for is not None:
        document |= {"counts_for": shortest(dimension.counts_for), "share": shortest(result.share)}
    document["indicators"] = []
    for indicator, scored in zip(dimension.indicators, result.indicators, strict=True):
        entry: Json = {"id": indicator.id, **_read(indicator.form, facts)}
        if scored.points is None:
            entry["left_out"] = True
        else:
            entry["points"] = shortest(scored.points)
        document["indicators"].append({**entry, "of": shortest(indicator.points), "records": list(scored.records)})
    return document


def _read(form: Form, facts: Mapping[str, Plain]) -> Json:
    """The fact that a form reads and its value; of several, each one's value."""
    name = single_fact(form)
    if name is not None and not any(awards(form)):
        return {"fact": name, "value": value_json(facts[name])}
    return {"values": {name: value_json(facts[name]) for name in dict.fromkeys(form_facts(form))}}


def veto_json(policy: Policy, veto: Veto, reasoning: Reasoning | None) -> Json:
    """A veto that holds."""
    lower: Json = {}
    if veto.lower_grades:
        lower["grades"] = veto.lower_grades
    if veto.lower_levels:
        lower["levels"] = veto.lower_levels
    above: Json = {}
    if veto.above_previous is not None:
        last = {"previous": reasoning.last_level} if reasoning else {}
        above = {"above_previous_by": {"levels": veto.above_previous, **last}}
    return {
        "id": veto.id, "title": veto.title, "level": veto.level,
        "score_at_most": None if veto.score_at_most is None else two_decimals(veto.score_at_most),
        **above, "lower_by": lower or None, "basis": basis_json(policy, veto.basis),
    }  # fmt: skip


def measure_json(policy: Policy, measure: Measure) -> Json:
    """A measure that applies."""
    return {
        "id": measure.id, "title": measure.title, "kind": measure.kind, "matter": measure.matter, "item": measure.item,
        "terms": {name: value_json(value) for name, value in measure.terms.items()},
        "basis": basis_json(policy, measure.basis, measure.item),
    }  # fmt: skip


def alert_json(alert: Alert) -> Json:
    """An alert that holds."""
    return {"id": alert.id, "title": alert.title, "severity": alert.severity}


def basis_json(policy: Policy, basis: Iterable[Basis], item: str | None = None) -> list[Json]:
    """Documents by their titles and numbers; a measure's library item adds the law that it rests on."""
    documents: list[Json] = []
    for entry in basis:
        document = policy.documents[entry.document]
        documents.append({"document": document.document, "number": document.number, "article": entry.article})
    if item is not None:
        law = policy.library_items[item]
        documents.append({"document": law.law, "number": law.number, "article": law.article})
    return documents


def problem_json(problem: Problem, lang: Lang) -> Json:
    """A problem with its sentence."""
    return {"code": problem.code, "path": path_text(problem.path), "message": message(problem, lang)}


def value_json(value: Plain) -> Plain | float:
    return plain_decimal(value) if type(value) is int else value


def _day(day: int | None) -> str | None:
    return None if day is None else iso_text(day)
