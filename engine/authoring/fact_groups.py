"""Facts that feed one form or total together and take the same records, each by a filter or a tally of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from engine.authoring.counting import counts, growth, takes
from engine.model.catalogue import SOURCE_FIELD, Category
from engine.model.condition import ORDERING, Comparison, tests
from engine.model.example_records import ExampleRecords, example_records
from engine.model.number import shortest
from engine.model.period import iso_text
from engine.model.policy import Fact, FromRecords, Model, Policy, Total, record_conditions
from engine.model.problem import Path
from engine.model.scoring import Form, Points, alternatives, least_points, line_of, most_points
from engine.model.subject import Record


class FactGroup(Struct, frozen=True):
    """Facts that differ in what they ask of a record alone; `added` where a record that counts for two counts twice.

    By fact, `counted` holds which of the example records count for it, and `taken` which do or are given nothing by a tally.
    """

    path: Path
    category: Category
    facts: Sequence[Fact]
    added: bool
    examples: ExampleRecords
    counted: Mapping[str, Sequence[bool]]
    taken: Mapping[str, Sequence[bool]]


def fact_groups(policy: Policy, model: Model) -> Iterator[FactGroup]:
    """Those of each form and total, of two facts or more that give points of one sign."""
    for path, added, leaves in _fed(model):
        kinds: dict[object, dict[str, Fact]] = {}
        for fact, sign in leaves:
            source = fact.source
            if isinstance(source, FromRecords) and any(record_conditions(source)):
                kind = "sum" if source.kind == "sum" else "count"
                alike = replace(source, where=None, tally=None, once_per=None, kind=kind)
                kinds.setdefault((alike, sign), {})[fact.id] = fact
        for facts in kinds.values():
            if len(facts) > 1:
                yield from _group(policy, path, added, list(facts.values()))


def _group(policy: Policy, path: Path, added: bool, facts: Sequence[Fact]) -> Iterator[FactGroup]:
    sources = [fact.source for fact in facts if isinstance(fact.source, FromRecords)]
    category = policy.categories[sources[0].category]
    known = example_records(category, [condition for source in sources for condition in record_conditions(source)])
    if known is not None:
        counted, taken = (
            {fact.id: list(map(bearing(source), known.records)) for fact, source in zip(facts, sources, strict=True)}
            for bearing in (counts, takes)
        )
        yield FactGroup(path, category, facts, added, known, counted, taken)


def _fed(model: Model) -> Iterator[tuple[Path, bool, list[tuple[Fact, int]]]]:
    """Where facts come together, whether they are added up, and which with what sign."""
    for fact in model.facts.values():
        if isinstance(fact.source, Total):
            yield ("facts", fact.id), True, list(_leaves(model, fact, 1))
    for path, element in model.scored():
        line = line_of(element.form)
        if line is not None:
            if len(line.points) > 1:
                signed = [(model.facts[name], 1 if amount > 0 else -1) for name, amount in line.points if amount]
                yield path, True, [leaf for fact, sign in signed for leaf in _leaves(model, fact, sign)]
        else:
            signed = [(model.facts[name], sign) for name, sign in _branches(element.form) if name in model.facts]
            yield path, False, [leaf for fact, sign in signed for leaf in _leaves(model, fact, sign)]


def _branches(form: Form) -> Iterator[tuple[str, int]]:
    """What branches ask to be there, and whether that gives more or less than what is left."""
    branches = [way for way in alternatives(form) if way.kind == "branch"]
    for branch in branches:
        difference = _sign(branch.points, branches[-1].points)
        if branch.when is not None and difference:
            for test in tests(branch.when):
                if _asks_for_some(test):
                    yield test.name, difference


def _sign(points: Points, rest: Points) -> int:
    """1 where a branch gives more than what is left, whatever is awarded, -1 where less, 0 where that is open."""
    if least_points(points) > most_points(rest):
        return 1
    return -1 if most_points(points) < least_points(rest) else 0


def _asks_for_some(test: Comparison) -> bool:
    """Whether a test asks for records that are there."""
    return test.operator in ("at_least", "above") or (test.operator == "is" and test.operand is True)


def _leaves(model: Model, fact: Fact, sign: int) -> Iterator[tuple[Fact, int]]:
    """The facts over records that a fact is, or is the sum of, each once."""
    for part in model.addends(fact):
        match part.source:
            case FromRecords(kind="count" | "exists" | "sum" | "tally") as source if growth(source):
                yield part, sign * growth(source)
            case _:
                pass


def fields_tested(fact: Fact) -> frozenset[str]:
    """The fields that a fact tests."""
    return frozenset(test.name for test in _tests(fact))


def bounds_of(fact: Fact) -> set[tuple[str, int]]:
    """The fields with the numbers at which it draws a line."""
    ordered = [test for test in _tests(fact) if test.operator in ORDERING]
    return {(test.name, test.operand) for test in ordered if isinstance(test.operand, int)}


def _tests(fact: Fact) -> list[Comparison]:
    return [test for condition in record_conditions(fact.source) for test in tests(condition)]


def record_text(record: Record, group: FactGroup) -> list[str]:
    """`涉及人数 12`, and a dash for what it does not have, field by field."""
    return [f"{_title(name, group.category)} {_value(name, record, group.category)}" for name in group.examples.fields]


def _title(name: str, category: Category) -> str:
    return category.fields[name].title if name in category.fields else SOURCE_FIELD.title


def _value(name: str, record: Record, category: Category) -> str:
    field = category.fields.get(name)
    value = record.source if field is None else record.fields.get(name)
    if value is None:
        return "—"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return value if field is None else field.labels.get(value, value)
    return iso_text(value) if field is not None and field.type == "date" else shortest(value)
