"""Records of an adverse category tried on a subject: what one costs it, and the last day on which it does."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from engine.evaluating.single import Compiled, compile_model, evaluate
from engine.model.bad_outcome import is_bad
from engine.model.catalogue import Category, Field
from engine.model.condition import Plain
from engine.model.evaluation import Evaluation, Outcome
from engine.model.example_records import example_records
from engine.model.period import OwnPeriod, Period
from engine.model.policy import FromRecords, Model, Policy, record_conditions
from engine.model.proof import Witness
from engine.model.proportion import Influence
from engine.model.subject import Record, Subject

COPIES = (0, 1, 3)
"""So many records like it are there already: the first may cost nothing."""

FEW = 60
"""So many different records of a category are tried."""

LATER = 3653
"""Days: so old is a record that is shown not to have lost its weight."""

AHEAD = 400
"""Days on which the last day of a record is looked for."""

RESULT = ("score", "level", "grade", "vetoes", "measures", "weight")


class Examined(Struct, frozen=True):
    """What was found: the most points that one record costs, None where there is no score, a subject with such a record on the
    last day on which it bears and the same without it, whether it fares badly by that, and the record that costs most.
    """

    costs: int | None
    witness: Witness | None
    is_bad: bool
    act: Record | None


def examine(policy: Policy, model: Model, influence: Influence, subject: Subject, as_of: int) -> Examined:
    """On the subject, as of the day and on those soon after it."""
    compiled = compile_model(policy, model)
    sources = [
        fact.source
        for fact in model.facts.values()
        if isinstance(fact.source, FromRecords) and fact.source.category == influence.category
    ]
    examples = list(_examples(policy.categories[influence.category], sources, as_of))
    costs, act = None, None
    if model.scores:
        dates = sorted({day for source in sources for day in _inside(source, as_of)})
        acts = [replace(each, date=day) for each in examples for day in dates]
        tried = [(cost, at) for at, each in enumerate(acts) if (cost := _cost(compiled, subject, each, as_of)) is not None]
        costs, at = max(tried, default=(None, 0))
        act = acts[at] if costs else None
    witness = _longest(compiled, influence, subject, examples, as_of)
    bad = witness is not None and is_bad(witness.outcomes[1]) and not is_bad(witness.outcomes[0])
    return Examined(costs, witness, bad, act)


def _examples(category: Category, sources: list[FromRecords], as_of: int) -> Iterator[Record]:
    """Records that stand for all, with what a record of the category must hold."""
    known = example_records(category, [condition for source in sources for condition in record_conditions(source)])
    needed = {name: _value(field, as_of) for name, field in category.fields.items() if not field.optional}
    numbers = {name: _value(category.fields[name], as_of) for source in sources if (name := source.field)}
    for record in (known.records if known else ())[:FEW]:
        yield replace(record, fields={**needed, **numbers, **record.fields})


def _value(field: Field, as_of: int) -> Plain:
    match field.type:
        case "boolean":
            return True
        case "text":
            return field.one_of[0] if field.one_of else "x"
        case "date":
            return as_of
        case _:
            return field.at_most if field.at_most is not None else max(field.at_least or 0, 1_000_000_0000)


def _inside(source: FromRecords, as_of: int) -> Iterator[int]:
    """A day whose records count on the day."""
    match source.window:
        case Period() as period:
            day = period.last(period.floor(as_of), as_of)
        case _:
            day = as_of
    yield max(day if source.before is None else min(day, source.before.floor(as_of)), 1)


def _with(subject: Subject, act: Record, copies: int) -> Subject:
    acts = (replace(act, id=f"{act.category}-{at + 1}") for at in range(copies))
    return replace(subject, records=(*subject.records, *acts))


def _cost(compiled: Compiled, subject: Subject, act: Record, as_of: int) -> int | None:
    """The points that one more such record takes, before any veto; None where it is not evaluated."""
    evaluator = compiled.at(as_of)
    scores = {}
    for copies in sorted({*COPIES, *(many + 1 for many in COPIES)}):
        outcome = evaluate(evaluator, _with(subject, act, copies))
        scores[copies] = outcome.reasoning.rounded_score if isinstance(outcome, Evaluation) and outcome.reasoning else None
    pairs = ((scores[many], scores[many + 1]) for many in COPIES)
    return max((before - after for before, after in pairs if before is not None and after is not None), default=None)


def _longest(
    compiled: Compiled, influence: Influence, subject: Subject, examples: list[Record], as_of: int
) -> Witness | None:  # fmt: skip
    """A subject without and with a record on the last day on which it bears, and not on the day after; a bad one first."""
    days = _last_day(influence, as_of)
    if days is None:
        return None
    date, last = days
    example: Witness | None = None
    for act in examples:
        for copies in (1, 3, 10):
            worse = _with(subject, replace(act, date=date), copies)
            outcomes = tuple(evaluate(compiled.at(last), each) for each in (subject, worse))
            if not _differ(*outcomes):
                continue
            if influence.days is not None and _differ(*(evaluate(compiled.at(last + 1), each) for each in (subject, worse))):
                continue
            if is_bad(outcomes[1]) and not is_bad(outcomes[0]):
                return Witness(last, (subject, worse), outcomes)
            example = example or Witness(last, (subject, worse), outcomes)
    return example


def _last_day(influence: Influence, as_of: int) -> tuple[int, int] | None:
    """The day of a record that bears as long as any near the day, and the last one on which it does; None where that is not to be
    told: it may be a day or two less than in leap years.
    """
    if influence.days is None:
        return max(as_of - LATER, 1), as_of
    if influence.window is None or isinstance(influence.window, OwnPeriod):
        return None
    spans = ((date, influence.window.span(date)[1]) for date in range(max(as_of - influence.days, 1), as_of + AHEAD))
    near = [(date, last) for date, last in spans if as_of <= last < as_of + AHEAD]
    return max(near, key=lambda span: span[1] - span[0], default=None)


def _differ(before: Outcome, after: Outcome) -> bool:
    """Whether a result is another one; to be left out or evaluated at last is."""
    if not isinstance(before, Evaluation) or not isinstance(after, Evaluation):
        return type(before) is not type(after)
    return any(getattr(before, name) != getattr(after, name) for name in RESULT)
