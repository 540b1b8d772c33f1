"""What the sections of a page share: the outcome with its reasons, the reader, and names for values in place of codes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from msgspec import Struct

from engine.model.catalogue import Field
from engine.model.condition import Comparison, Condition, FactRef
from engine.model.evaluation import Evaluation, Reasoning, UnmetCondition
from engine.model.number import shortest
from engine.model.period import iso_text
from engine.model.policy import Fact, Model, category_read
from engine.model.problem import Path
from engine.model.scoring import Basis
from engine.model.subject import Record
from engine.rendering.annex.labels import field_of
from engine.rendering.condition_text import basis_text, condition_text, tested, title_of, unmet_text, value_text
from engine.rendering.explanation.explained import Explained, Letter, Reader
from engine.rendering.phrases import listed, say, with_label
from engine.rendering.sentences import Lang


class Context(Struct, frozen=True):
    """An evaluation on its way to a page; `numbers` are those of the subject's records by their ids.

    `counted` are by fact the ids of what gives it its value, `read` the categories that it looks at: a result of this run may
    have the id of a record of another one.
    """

    outcome: Evaluation
    view: Explained
    letter: Letter
    lang: Lang
    labels: Mapping[str, Mapping[str, str]]
    counted: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    read: Mapping[str, frozenset[str]]

    @property
    def reader(self) -> Reader:
        return self.letter.reader

    @property
    def reasoning(self) -> Reasoning:
        assert self.outcome.reasoning is not None
        return self.outcome.reasoning


def context_of(outcome: Evaluation, view: Explained, letter: Letter, lang: Lang) -> Context:
    """Records are numbered in the order of the document: those that count for a fact, then those that count for none."""
    counted = dict(_counted(outcome, view))
    read = {name: frozenset(_categories(fact, outcome.model)) for name, fact in outcome.model.facts.items()}
    first = [
        record.id for record in view.subject.records if any(_counts(record, counted[name], read[name]) for name in counted)
    ]
    passed_over = {reason.record for reason in view.uncounted}
    rest = [record.id for record in view.subject.records if record.id in passed_over and record.id not in first]
    numbers = {name: number for number, name in enumerate([*first, *rest], 1)}
    labels = {name: dict(_labels(outcome, fact, lang)) for name, fact in outcome.model.facts.items()}
    return Context(outcome, view, letter, lang, labels, counted, numbers, read)


def _counts(record: Record, ids: Iterable[str], categories: Iterable[str]) -> bool:
    return record.category in categories and record.id in ids


def counts_for(record: Record, name: str, context: Context) -> bool:
    """Whether a record gives a fact its value."""
    return _counts(record, context.counted[name], context.read[name])


def counts(record: Record, context: Context) -> bool:
    """Whether a record gives any fact its value."""
    return any(counts_for(record, name, context) for name in context.counted)


def _categories(fact: Fact, model: Model) -> Iterable[str]:
    """Those of the fact itself, and of those that stand in for it or that it is computed from."""
    left, known = [fact], {fact.id}
    for looking in left:  # it grows
        category = category_read(looking.source)
        if category is not None:
            yield category
        more = [name for name in looking.needs() if name not in known]
        known.update(more)
        left += [model.facts[name] for name in dict.fromkeys(more)]


def _counted(outcome: Evaluation, view: Explained) -> Iterable[tuple[str, tuple[str, ...]]]:
    """By fact the records and results behind it that give it its value."""
    passed_over = {(reason.record, reason.fact) for reason in view.uncounted}
    behind = outcome.reasoning.behind if outcome.reasoning else {}
    for name, fact in outcome.model.facts.items():
        read = (name, *fact.needs())
        yield name, tuple(key for key in behind.get(name, ()) if not any((key, other) in passed_over for other in read))


def _labels(outcome: Evaluation, fact: Fact, lang: Lang) -> Iterable[tuple[str, str]]:
    """What the codes of a fact are called; the one that stands in where there is nothing says so."""
    field = field_of(outcome.policy, fact)
    if isinstance(fact.if_missing, str):
        yield fact.if_missing, say("no-record", lang)
    yield from field.labels.items() if field else ()


def number_text(number: int) -> str:
    """As people write it, with the sign that subtracts everywhere.

    >>> number_text(-105000)
    '−10.5'
    """
    return shortest(number).replace("-", "−")


def signed(points: int) -> str:
    return f"+{number_text(points)}" if points > 0 else number_text(points)


def named_value(name: str, value: object, context: Context) -> str:
    """A value of a fact by the name that the catalogue gives it."""
    match value:
        case tuple():
            return listed((named_value(name, part, context) for part in value), context.lang)
        case str():
            return context.labels.get(name, {}).get(value, value)
        case int() if not isinstance(value, bool):
            return number_text(value)
        case _:
            return value_text(value, context.lang)


def fact_value(name: str, context: Context) -> str:
    """The value that a fact has."""
    return named_value(name, context.outcome.facts[name], context)


def fact_title(name: str, context: Context) -> str:
    return title_of(name, context.outcome.model, context.lang)


def condition_phrase(condition: Condition, context: Context) -> str:
    """A condition on facts, with names for codes."""
    return condition_text(condition, context.outcome.model, context.lang, lambda test: _test(test, context))


def _test(test: Comparison, context: Context) -> str:
    operand = test.operand
    required = fact_title(operand.name, context) if isinstance(operand, FactRef) else named_value(test.name, operand, context)
    return tested(test, fact_title(test.name, context), required, context.lang)


def failing(unmet: UnmetCondition, context: Context) -> str:
    """Why a condition does not hold, with names for codes."""
    return unmet_text(unmet, context.outcome.model, context.lang, lambda name, value: named_value(name, value, context))


def field_text(field: Field, value: object, lang: Lang) -> str:
    """A value in a record by the name that the catalogue gives it."""
    match value:
        case int() if field.type == "date":
            return iso_text(value)
        case int() if not isinstance(value, bool):
            return number_text(value)
        case str():
            return field.labels.get(value, value)
        case _:
            return value_text(value, lang)


def cited(context: Context, basis: Iterable[Basis], quote: str | None, item: str | None = None) -> str:
    """The basis of an element with the document's own words."""
    text = basis_text(context.outcome.policy, basis, item)
    if quote is None:
        return text
    words = say("quoted", context.lang, text=quote)
    return with_label(text, words, context.lang) if text else words


def placed(text: str, context: Context, *path: str | int) -> str:
    """A text, for auditors with the place of the rule in its file below."""
    whole: Path = ("models", context.outcome.model.id, *path)
    place = context.view.places.get(whole)
    return text if place is None else f"{text}\n{os.path.basename(place.file)}:{place.line}"


def reference(record: str, context: Context) -> str:
    """`[3]`."""
    return f"[{context.numbers[record]}]"
