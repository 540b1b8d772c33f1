"""What the models of a plan read of subjects and records, so that nothing else is put into arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.evaluating.arrays.evaluate import Plan
from engine.model.batch import ColumnsRead
from engine.model.catalogue import EVALUATION_FIELDS
from engine.model.condition import tests
from engine.model.policy import LAST_LEVEL, FromRecords, Model, attribute_read, record_conditions


def columns_read(plan: Plan) -> ColumnsRead:
    """Attributes, fields by category (of evaluations all, for those of the run stand beside those that are delivered), and the
    categories of which the first record counts for something whatever its status.
    """
    attributes = {
        name for each in plan.models for fact in each.model.facts.values() if (name := attribute_read(fact.source)) is not None
    }
    fields: dict[str, set[str]] = {}
    firsts: set[str] = set()
    for each in plan.models:
        for source in _sources(each.model):
            category = each.policy.categories[source.category]
            mine = fields.setdefault(category.id, set())
            mine.update(EVALUATION_FIELDS if category.derived else _fields_of(source))
            firsts |= {category.id} if category.not_collected else set()
    return ColumnsRead(plan.as_of, attributes, fields, firsts)


def together(reads: Sequence[ColumnsRead]) -> ColumnsRead:
    """What several plans read, of the earliest of their days on."""
    fields = {category: set[str]() for read in reads for category in read.fields}
    for read in reads:
        for category, names in read.fields.items():
            fields[category].update(names)
    attributes = {name for read in reads for name in read.attributes}
    return ColumnsRead(min(read.as_of for read in reads), attributes, fields, {name for read in reads for name in read.firsts})


def _sources(model: Model) -> Iterator[FromRecords]:
    yield from (fact.source for fact in model.facts.values() if isinstance(fact.source, FromRecords))
    if model.reads_last_level:
        yield LAST_LEVEL


def _fields_of(source: FromRecords) -> Iterator[str]:
    yield from (name for name in (source.field, source.weighted_by, source.once_per) if name is not None)
    for condition in record_conditions(source):
        yield from (test.name for test in tests(condition) if test.name != "source")
