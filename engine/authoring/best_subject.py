"""A subject as good as a model takes one for: found by trying one value after the other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from engine.authoring.counting import takes
from engine.evaluating.generated.evaluate import compile_generated
from engine.evaluating.single import compile_model, evaluate
from engine.evaluating.tally import place_finder
from engine.model.bad_outcome import restrictions
from engine.model.catalogue import MEMBER, NUMERIC, PREVIOUS, Category, Field
from engine.model.condition import Plain
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome
from engine.model.example_records import another, example_record, example_records
from engine.model.number import LIMIT, ONE
from engine.model.period import NEVER, OwnPeriod, Period, minus_months
from engine.model.policy import (
    Fact,
    FromAttribute,
    FromRecords,
    MemberCount,
    Model,
    Policy,
    Ratio,
    attribute_read,
    record_conditions,
)  # fmt: skip
from engine.model.subject import Record, Subject

NUMBERS = (0, 1, 10, 60, 80, 100, 1_000, 100_000)
DAYS = (-3653, -1826, -731, -366, 0, 366, 1826)
"""From the as-of date."""

COPIES = (1, 3, 10)
"""So many records of a category, all alike."""

FEW = 60
"""So many different records of a category are tried."""

ROUNDS = 2

Unit = tuple[str, str]
"""A piece of information that may be missing: `attribute`, `records` or `members`, and its name."""

Held = Mapping[Unit, object]
"""What is known of a subject: an attribute's value, a category's records, how many members."""


class Trial(Struct, frozen=True):
    """A model on a day, and what can be known of its subjects that is not adverse: by unit all that is tried.

    `may_lack` are the units whose absence is want of information: of a category without a direction nobody can say that.
    """

    model: Model
    evaluate: Callable[[Subject], Outcome]
    options: Mapping[Unit, Sequence[object]]
    may_lack: frozenset[Unit]
    parts: Sequence[tuple[Unit, Unit]]
    """Attributes of which one is a part of the other."""

    def outcome(self, held: Held) -> Outcome:
        return self.evaluate(self.subject(held))

    def subject(self, held: Held) -> Subject:
        """Who holds this and nothing else."""
        attributes = {name: value for (kind, name), value in held.items() if kind == "attribute"}
        records = [record for (kind, _), value in held.items() if kind == "records" for record in value]  # type: ignore[attr-defined]
        numbered = tuple(replace(record, id=f"r{at}") for at, record in enumerate(records))
        members = next((value for (kind, _), value in held.items() if kind == "members"), ())
        return Subject("s", self.model.kind, (), None, attributes, numbered, members)  # type: ignore[arg-type]


def best_subject(policy: Policy, model: Model, as_of: int) -> Subject:
    """A subject of a model that fares about as well as can be, with nothing adverse on file, as of a day (an ordinal)."""
    tried = trial(policy, model, as_of)
    return tried.subject(best(tried))


def trial(policy: Policy, model: Model, as_of: int | None = None) -> Trial:
    """As of a day (an ordinal), or the first day of the policy."""
    as_of = policy.effective_from if as_of is None else as_of
    options: dict[Unit, Sequence[object]] = {}
    read: dict[str, list[FromRecords]] = {}
    for fact in model.facts.values():
        name = attribute_read(fact.source)
        if name is not None:
            options["attribute", name] = list(_values(policy.attributes[name].field, as_of))
        match fact.source:
            case FromRecords(category=category) as source:
                read.setdefault(category, []).append(source)
            case MemberCount():
                options["members", "members"] = [tuple(f"m{at}" for at in range(many)) for many in COPIES]
            case _:
                pass
    for name, sources in read.items():
        if policy.categories[name].direction != "adverse" and name not in (MEMBER, PREVIOUS):
            options["records", name] = list(_records(policy.categories[name], sources, as_of))
    undirected = {("records", name) for name in read if policy.categories[name].direction is None}
    parts = [pair for fact in model.facts.values() if (pair := _part(model, fact)) is not None]
    return Trial(model, _evaluator(policy, model, as_of), options, frozenset(options) - undirected, parts)


def _evaluator(policy: Policy, model: Model, as_of: int) -> Callable[[Subject], Outcome]:
    """What evaluates some hundred subjects: the generated function of a model, where it has one."""
    generated = compile_generated(policy, model)
    if generated is None:
        evaluator = compile_model(policy, model).at(as_of)
        return lambda subject: evaluate(evaluator, subject, reasoning=False)
    function = generated.at(as_of)
    return lambda subject: function(subject, None, (), NEVER, ())


def _part(model: Model, fact: Fact) -> tuple[Unit, Unit] | None:
    """The attributes that a ratio is of."""
    if isinstance(fact.source, Ratio):
        match model.facts[fact.source.of].source, model.facts[fact.source.to].source:
            case FromAttribute("attribute", part), FromAttribute("attribute", whole):
                return ("attribute", part), ("attribute", whole)
            case _:
                pass
    return None


def best(tried: Trial) -> dict[Unit, object]:
    """Each unit at what serves best beside the others; left out is what would do harm whatever it is."""
    held: dict[Unit, object] = {}
    worth = _worth(tried.outcome(held))
    moves, since = list(_moves(tried)), 0
    for more in moves * ROUNDS:
        if since == len(moves):  # each of them was tried beside what is held
            break
        now = {**held, **more}
        better = _worth(tried.outcome(now))
        since += 1
        if better > worth:
            held, worth, since = now, better, 0
    for more in moves:
        if not held.keys() & more.keys() and _worth(tried.outcome({**held, **more})) == worth:
            held.update(more)
    return held


def _moves(tried: Trial) -> Iterator[Held]:
    """A part with its whole, or one thing more."""
    for part, whole in tried.parts:
        yield from ({part: share * ONE, whole: ONE} for share in (1, 0))
    for unit, options in tried.options.items():
        yield from ({unit: option} for option in options)


def needed(tried: Trial, held: Held, evaluated: Callable[[Outcome], bool]) -> dict[Unit, object]:
    """As little of it as a subject needs to be evaluated."""
    left = dict(held)
    for unit in [unit for unit in held if unit in tried.may_lack]:
        without = {name: value for name, value in left.items() if name != unit}
        if evaluated(tried.outcome(without)):
            left = without
    return left


def _worth(outcome: Outcome) -> tuple[int, ...]:
    """The greater, the better for the subject."""
    match outcome:
        case Evaluation():
            bad = sum(measure.id in outcome.measures for measure in restrictions(outcome.model))
            rank = 0 if outcome.level is None else outcome.policy.scale.names.index(outcome.level)
            return 2, 0, -rank, -bad, outcome.score or 0, -len(outcome.vetoes)
        case NotEvaluated(exclusions=exclusions):
            return 1, -len(exclusions)
        case rejection:
            return 0, -len(rejection.problems)


def _values(field: Field, as_of: int) -> Iterator[Plain]:
    match field.type:
        case "boolean":
            yield from (True, False)
        case "text":
            yield from field.one_of or (another(()),)
        case "date":
            yield from (as_of + days for days in DAYS)
        case _:
            low = -LIMIT if field.at_least is None else field.at_least
            high = LIMIT if field.at_most is None else field.at_most
            yield from dict.fromkeys(min(max(number * ONE, low), high) for number in NUMBERS)


def _records(category: Category, sources: Sequence[FromRecords], as_of: int) -> Iterator[tuple[Record, ...]]:
    """Some records of a category, alike, on each of some days; what facts make sums of at each of the values."""
    named = {name for source in sources for name in (source.field, source.weighted_by) if name}
    days = sorted({day for source in sources for day in _days(source, as_of)}, reverse=True)
    once = {source.once_per for source in sources if source.once_per and not category.fields[source.once_per].one_of}
    for tested in _told_apart(category, sources, named)[:FEW]:
        fields = {name: next(_values(field, as_of)) for name, field in category.fields.items() if not field.optional}
        base = {**fields, **tested.fields, "source": tested.source}
        numbers = [name for name in named if category.fields[name].type in NUMERIC] or [""]
        listed = [name for name in named if category.fields[name].type not in NUMERIC and name not in tested.fields]
        apart = once - tested.fields.keys()
        for held in _varied(category, base, numbers, listed, as_of):
            alike = example_record(category, held)
            for day in days:
                for many in COPIES:
                    yield tuple(
                        replace(alike, date=day, fields={**alike.fields, **dict.fromkeys(apart, f"{at}")}) for at in range(many)
                    )


def _told_apart(category: Category, sources: Sequence[FromRecords], named: Collection[str]) -> Sequence[Record]:
    """One record for each way in which the facts tell records apart, by what they take, its branch, and what they read."""
    known = example_records(category, [condition for source in sources for condition in record_conditions(source)])
    tests: list[Callable[[Record], object]] = [takes(source) for source in sources]
    tests += [place_finder(source.tally) for source in sources if source.tally]
    ways: dict[object, Record] = {}
    for record in known.records if known else ():
        ways.setdefault((*(test(record) for test in tests), *(record.fields.get(name) for name in sorted(named))), record)
    return list(ways.values())


def _days(source: FromRecords, as_of: int) -> Iterator[int]:
    """The day itself, or the newest one of which records can count then."""
    day = as_of
    match source.window:
        case Period(_, 1) as period:
            day = period.last(period.floor(as_of), as_of)
        case OwnPeriod(months, _, 1):
            day = minus_months(as_of, months)
        case _:
            pass
    yield max(day if source.before is None else min(day, source.before.floor(as_of)), 1)


def _varied(
    category: Category, base: Mapping[str, Plain | None], numbers: Sequence[str], listed: Sequence[str], as_of: int
) -> Iterator[Mapping[str, Plain | None]]:  # fmt: skip
    """All numbers at one value, or each text and truth at each of its values."""
    for name in listed:
        yield from ({**base, name: value} for value in _values(category.fields[name], as_of))
    if not listed or numbers != [""]:
        for number in NUMBERS if numbers != [""] else (0,):
            yield {**base, **{name: _nearest(category.fields[name], number * ONE) for name in numbers if name}}


def _nearest(field: Field, number: int) -> int:
    low = -LIMIT if field.at_least is None else field.at_least
    high = LIMIT if field.at_most is None else field.at_most
    return min(max(number, low), high)
