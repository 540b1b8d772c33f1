"""A fact that counts records for longer than the catalogue says that they are public."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from engine.authoring.counting import counts
from engine.authoring.lint.lint_context import LintContext
from engine.model.catalogue import Category, PublicityTerm
from engine.model.example_records import example_records
from engine.model.period import MONTHS, NEVER, OwnPeriod, Period, TimeSpan, Window, iso_text
from engine.model.policy import FromRecords, Policy, record_conditions
from engine.model.problem import Problem

MONTH = 30.4375
NEARLY = 1.04
"""Lengths in unlike units are the same where one is no longer than so many times the other: 92 days are 3 months."""


def find(linted: LintContext) -> Iterator[Problem]:
    for model, top in linted.models() if linted.read.library.stays(linted.policy) else ():
        for name, fact in model.facts.items():
            source = fact.source
            if not isinstance(source, FromRecords):
                continue
            category, path = linted.policy.categories[source.category], (*top, "facts", name)
            for since, term in _in_force(category, linted.policy):
                beyond = _beyond(source, category, term)
                if beyond:
                    key, value = _written(source)
                    span = f"{key}: {value}" if key else "no_window"
                    at = (*path, key) if key else path
                    values = {"fact": name, "found": span, "since": iso_text(since), "longest": beyond}
                    yield linted.warn("window_beyond_publicity", at, key is None, **values)
                    break


def _in_force(category: Category, policy: Policy) -> Iterator[tuple[int, PublicityTerm]]:
    """The terms that hold on some day on which the policy does, newest first, with the first such day."""
    last = NEVER if policy.effective_until is None else policy.effective_until
    for term in category.publicity_terms:
        if term.since <= last:
            yield max(term.since, policy.effective_from), term
        last = min(last, term.since - 1)
        if last < policy.effective_from:
            return


def _beyond(source: FromRecords, category: Category, term: PublicityTerm) -> tuple[str, ...]:
    """What the fact can count for longer than it is public, with how long that is."""
    lengths = _lengths(source, category, term)
    mine = NEVER if source.window is None else _days(source.window)
    return tuple(
        f"{label} {length.count} {length.unit}".strip() for label, length in lengths.items() if mine > NEARLY * _days(length)
    )


def _lengths(source: FromRecords, category: Category, term: PublicityTerm) -> Mapping[str, Window]:
    """By label, how long what the fact can count is public."""
    if term.by is None:
        return {} if term.longest is None else {"": term.longest}
    known = example_records(category, record_conditions(source), also=(term.by,))
    counted = {record.fields.get(term.by) for record in filter(counts(source), known.records if known else ())}
    labels = category.fields[term.by].labels
    return {labels.get(value, value): window for value, window in term.longest_by.items() if value in counted}


def _days(span: TimeSpan) -> float:
    """How long a record is inside at most."""
    match span:
        case Window(count, "days"):
            return count
        case Window(count):
            return count * MONTH
        case Period(unit, back):
            return (back + 1) * MONTHS[unit] * MONTH
        case OwnPeriod(months, _, back):
            return (back + 1) * months * MONTH
        case never:
            assert_never(never)


def _written(source: FromRecords) -> tuple[str | None, str]:
    """The key and the value of the time span in the file, or of that after which there is none."""
    match source.window:
        case None:
            before = source.before
            return (None, "") if before is None else ("before", f"{before.count} {before.unit}")
        case Window(count, unit):
            return "within", f"{count} {unit}"
        case Period(unit, back):
            return "during", f"{'last' if back else 'this'} {unit}"
        case OwnPeriod(months, attribute, back):
            length = f"months: {months}" if months % 12 else f"years: {months // 12}"
            return "during", f"{{{length}, from: {attribute}{', last: true' if back else ''}}}"
        case never:
            assert_never(never)
