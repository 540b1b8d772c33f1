"""Random subjects of a model, with values where its rules turn."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from engine.evaluating.symbolic.facts import world
from engine.model.catalogue import Category, Field
from engine.model.condition import Plain, tests
from engine.model.number import LIMIT, ONE
from engine.model.policy import FromRecords, Model, Policy
from engine.model.scoring import Choices
from engine.model.subject import Record, RecordStatus, Subject


def random_subjects(policy: Policy, model: Model, as_of: int, seed: object, many: int) -> Iterator[Subject]:
    draw = Random(str(seed))
    apart = sorted({number for numbers in world([(policy, model)], as_of).apart.values() for number in numbers})
    texts = sorted(set(_texts(model)))
    read = {fact.source.category for fact in model.facts.values() if isinstance(fact.source, FromRecords)}
    categories = sorted(read | {"previous_evaluation"} if model.reads_last_level else read)
    texts += policy.scale.names if model.reads_last_level else ()
    wished = apart or [0]
    for number in range(many):
        attributes = {
            name: _value(draw, attribute.field, wished, texts, as_of)
            for name, attribute in policy.attributes.items()
            if model.kind in attribute.kinds and draw.random() < 0.8
        }
        often = draw.choice((0.5, 2, 6, 20))
        chosen = [name for name in categories for _ in range(round(draw.expovariate(len(categories) / often)))]
        records = [
            _record(draw, policy, model, policy.categories[name], at, wished, texts, as_of) for at, name in enumerate(chosen)
        ]
        members = tuple(f"m{at}" for at in range(draw.choice((0, 0, 1, 3, 20))))
        yield Subject(f"s{number}", model.kind, (), None, attributes, tuple(records), members)


def _texts(model: Model) -> Iterator[str]:
    for fact in model.facts.values():
        if isinstance(fact.source, FromRecords) and fact.source.where:
            for test in tests(fact.source.where):
                operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
                yield from (operand for operand in operands if isinstance(operand, str))
    for indicator in model.indicators():
        if isinstance(indicator.form, Choices):
            yield from (value for value, _ in indicator.form.points if isinstance(value, str))


def _record(
    draw: Random, policy: Policy, model: Model, category: Category, at: int, wished: list[int], texts: list[str], as_of: int
) -> Record:  # fmt: skip
    fields = {
        name: _value(draw, field, wished, texts, as_of)
        for name, field in category.fields.items()
        if not field.optional or draw.random() < 0.7
    }
    if category.id == "previous_evaluation":
        fields |= {"policy": policy.id, "model": model.id}
    if category.derived and "score" in fields:
        fields["score"] = draw.randint(0, 100 * ONE)
    day = as_of - draw.choice(
        (0, 10, 29, 30, 31, 89, 91, 180, 364, 365, 366, 700, 731, 1095, 1097, 2000, draw.randint(0, 1500))
    )
    status: RecordStatus = draw.choice(("valid", "valid", "valid", "disputed", "repaired", "revoked"))
    repaired_on = draw.randint(day, as_of + 5) if status == "repaired" else None
    until = draw.randint(day, as_of + 30) if draw.random() < 0.1 else None
    return Record(f"r{at}", category.id, day, fields, until, None, status, repaired_on)


def _value(draw: Random, field: Field, wished: list[int], texts: list[str], as_of: int) -> Plain:
    match field.type:
        case "boolean":
            return draw.random() < 0.5
        case "text":
            return draw.choice(field.one_of) if field.one_of else draw.choice([*texts, "x"])
        case "date":
            return as_of - draw.choice((0, 100, 365, 366, 800, 3000, draw.randint(-400, 4000)))
        case _:
            pass
    low = -LIMIT if field.at_least is None else field.at_least
    high = LIMIT if field.at_most is None else field.at_most
    number = draw.choice((draw.choice(wished), draw.choice(wished) + draw.randint(-ONE, ONE), draw.randint(0, 120) * ONE))
    number = min(max(number, low), high)
    return number // ONE * ONE if field.type == "integer" else number
