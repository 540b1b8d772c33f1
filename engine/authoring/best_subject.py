"""A subject as good as a model takes one for: found by trying one value after the other through the single evaluator."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from engine.authoring.record_samples import another, sample, samples
from engine.evaluating.single import Evaluator, compile_model, evaluate
from engine.model.bad_outcome import restrictions
from engine.model.catalogue import MEMBER, NUMERIC, PREVIOUS, Category, Field
from engine.model.condition import Plain
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome
from engine.model.number import LIMIT, ONE
from engine.model.policy import Fact, FromAttribute, FromRecords, MemberCount, Model, Policy, Ratio
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

    evaluator: Evaluator
    options: Mapping[Unit, Sequence[object]]
    may_lack: frozenset[Unit]
    parts: Sequence[tuple[Unit, Unit]]
    """Attributes of which one is a part of the other."""

    def outcome(self, held: Held) -> Outcome:
        return evaluate(self.evaluator, self._subject(held), reasoning=False)

    def _subject(self, held: Held) -> Subject:
        model = self.evaluator.compiled.model
        attributes = {name: value for (kind, name), value in held.items() if kind == "attribute"}
        records = [record for (kind, _), value in held.items() if kind == "records" for record in value]  # type: ignore[attr-defined]
        numbered = tuple(replace(record, id=f"r{at}") for at, record in enumerate(records))
        members = next((value for (kind, _), value in held.items() if kind == "members"), ())
        return Subject("s", model.kind, (), None, attributes, numbered, members)  # type: ignore[arg-type]


def trial(policy: Policy, model: Model) -> Trial:
    """As of the first day of the policy."""
    as_of = policy.effective_from
    options: dict[Unit, Sequence[object]] = {}
    read: dict[str, list[FromRecords]] = {}
    for fact in model.facts.values():
        match fact.source:
            case FromAttribute(_, name):
                options["attribute", name] = list(_values(policy.attributes[name].field, as_of))
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
    return Trial(compile_model(policy, model).at(as_of), options, frozenset(options) - undirected, parts)


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
    for _ in range(ROUNDS):
        before = worth
        for more in _moves(tried):
            now = {**held, **more}
            better = _worth(tried.outcome(now))
            if better > worth:
                held, worth = now, better
        if worth == before:
            break
    for more in _moves(tried):
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
    """Some records of a category, alike and dated the day; what facts make sums of at each of the values."""
    apart = samples(category, [source.where for source in sources])
    named = {name for source in sources for name in (source.field, source.weighted_by) if name}
    for tested in (apart.records if apart else ())[:FEW]:
        fields = {name: next(_values(field, as_of)) for name, field in category.fields.items() if not field.optional}
        base = {**fields, **tested.fields, "source": tested.source}
        numbers = [name for name in named if category.fields[name].type in NUMERIC] or [""]
        listed = [name for name in named if category.fields[name].type not in NUMERIC and name not in tested.fields]
        for held in _varied(category, base, numbers, listed, as_of):
            yield from ((replace(sample(category, held), date=as_of),) * many for many in COPIES)


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
