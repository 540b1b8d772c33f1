"""Ways up held against evaluations that share nothing with how they were looked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice, product

from msgspec.structs import replace

from engine.advising.course import courses
from engine.advising.ways import ways_up
from engine.evaluating.order import Plan, evaluate_all, on_day, plan
from engine.model.catalogue import Category, Field
from engine.model.condition import Plain, tests
from engine.model.course import Course
from engine.model.evaluation import Evaluation, Outcome
from engine.model.library import Library
from engine.model.number import ONE
from engine.model.period import iso_text
from engine.model.policy import Model, record_conditions
from engine.model.subject import Record, Subject
from engine.model.way import Step, Way, WaysUp

SINGLES = 400
"""So many records of a category are tried at most."""


class Planner:
    """What runs on a day, of versions that are compiled once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.whole: dict[int, Plan] = {}

    def on(self, day: int, name: tuple[str, str] | None = None) -> Plan:
        """Every model, or one alone."""
        starts = {policy.effective_from for policy in self.library.policies}
        starts |= {policy.effective_until + 1 for policy in self.library.policies if policy.effective_until is not None}
        begun = max((start for start in starts if start <= day), default=day)
        if begun not in self.whole:
            self.whole[begun] = plan(self.library, begun)
        whole = self.whole[begun]
        return on_day(whole, day, list(whole.models) if name is None else [name])


def looked_for(
    planner: Planner, subjects: Sequence[Subject], as_of: int, days: int, most: int
) -> Iterator[tuple[Subject, Course, WaysUp]]:
    """The ways of each subject by each model that reads no other's results."""
    for course in courses(planner.on, subjects, as_of, as_of + days):
        name = (course.policy, course.model)
        reads = planner.on(as_of).reads.get(name)
        if reads is None or reads.own or reads.members:
            continue
        subject = next(subject for subject in subjects if subject.id == course.subject)
        for ways in ways_up(partial(planner.on, name=name), subject, course, most):
            yield subject, course, ways


def false_ways(planner: Planner, subject: Subject, course: Course, ways: WaysUp) -> Iterator[str]:
    """Ways that do not lead there, and those with a step that is not needed."""
    for way in ways.ways:
        outcome = _outcome(planner, _done(subject, way, way.steps), course, way.day)
        if not _reaches(outcome, ways):
            yield f"{subject.id} {course.policy}/{course.model} {ways.level} {iso_text(way.day)} {way.steps}: {outcome}"
        for place in range(len(way.steps)):
            fewer = [*way.steps[:place], *way.steps[place + 1 :]]
            if _reaches(_outcome(planner, _done(subject, way, fewer), course, way.day), ways):
                yield f"{subject.id} {course.policy}/{course.model} {ways.level}: {way.steps[place]} of {way} is not needed"


def _done(subject: Subject, way: Way, steps: Sequence[Step]) -> Subject:
    """The subject after steps, as the words of a step say."""
    records, attributes = list(subject.records), dict(subject.attributes)
    for number, step in enumerate(steps):
        if step.kind == "attribute":
            attributes[step.id] = step.value  # type: ignore[assignment]
        elif step.kind == "repair":
            records = [
                Record(r.id, r.category, r.date, r.fields, r.until, r.source, "repaired", way.day) if r.id == step.id else r
                for r in records
            ]
        else:
            like = next((record for record in subject.records if record.id == step.like), None)
            held = {**(like.fields if like else {}), **step.fields}
            for copy in range(step.count):
                records.append(Record(f"\x01{number}{copy}", step.id, way.day, held, source=like.source if like else None))
    return replace(subject, records=tuple(records), attributes=attributes)


def _outcome(planner: Planner, subject: Subject, course: Course, day: int) -> Outcome | None:
    return evaluate_all(planner.on(day, (course.policy, course.model)), [subject]).get(
        (subject.id, (course.policy, course.model))
    )


def _reaches(outcome: Outcome | None, ways: WaysUp) -> bool:
    if not isinstance(outcome, Evaluation) or outcome.level is None:
        return False
    names = outcome.policy.scale.names
    return names.index(outcome.level) <= names.index(ways.level)


def overlooked(planner: Planner, subject: Subject, course: Course, ways: WaysUp) -> Iterator[str]:
    """One thing that is enough on the first day, where no way of one thing on that day is named."""
    first = course.turns[0]
    assert isinstance(first.outcome, Evaluation)
    if any(way.day == first.day and len(way.steps) == 1 for way in ways.ways):
        return
    for single in _singles(first.outcome.model, planner.library, subject, first.day):
        if _reaches(_outcome(planner, single, course, first.day), ways):
            new = single.records[-1] if single.records != subject.records else single.attributes
            yield f"{subject.id} {course.policy}/{course.model} {ways.level}: overlooked {new}"
            return


def _singles(model: Model, library: Library, subject: Subject, day: int) -> Iterator[Subject]:
    """The subject with one record more, of each category that is not adverse, or another value of an attribute."""
    constants = sorted(
        {number for condition in model.conditions() for test in tests(condition) for number in _numbers(test.operand)}
    )
    for fact in model.facts.values():
        category = library.catalogue.categories.get(getattr(fact.source, "category", ""))
        if category is None or category.derived or category.fixed or category.direction == "adverse":
            continue
        words = [
            word for condition in record_conditions(fact.source) for test in tests(condition) for word in _words(test.operand)
        ]
        for fields in islice(_contents(category, constants, words, day), SINGLES):
            yield replace(subject, records=(*subject.records, Record("\x01", category.id, day, fields)))
    for name, attribute in library.catalogue.attributes.items():
        if subject.kind in attribute.kinds and not attribute.fixed and attribute.field.type != "date":
            for value in _values(attribute.field, constants, (), day):
                yield replace(subject, attributes={**subject.attributes, name: value})


def _numbers(operand: object) -> Iterator[int]:
    for each in operand if isinstance(operand, tuple) else (operand,):
        if isinstance(each, int) and not isinstance(each, bool):
            yield each


def _words(operand: object) -> Iterator[str]:
    for each in operand if isinstance(operand, tuple) else (operand,):
        if isinstance(each, str):
            yield each


def _contents(category: Category, constants: Sequence[int], words: Sequence[str], day: int) -> Iterator[Mapping[str, Plain]]:
    names = list(category.fields)
    for held in product(*(_values(field, constants, words, day) for field in category.fields.values())):
        yield dict(zip(names, held, strict=True))


def _values(field: Field, constants: Sequence[int], words: Sequence[str], day: int) -> Sequence[Plain]:
    match field.type:
        case "boolean":
            return (True, False)
        case "text":
            return field.one_of or (*dict.fromkeys(words), "…")
        case "date":
            return (day,)
        case "integer" | "number":
            step = ONE if field.type == "integer" else ONE // 100
            near = {number + away for number in (0, *constants) for away in (0, step, -step)}
            low, high = field.at_least, field.at_most
            sound = [n for n in sorted(near) if (low is None or n >= low) and (high is None or n <= high)]
            return [number for number in sound if field.type == "number" or number % ONE == 0] or (low or high or 0,)
