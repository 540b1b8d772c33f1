"""Which of a subject's own records the facts of a model read and do not count, and for what reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from engine.advising.events import counted_records
from engine.evaluating.conditions import compile_where
from engine.evaluating.order import Plan, Results, as_record, results_read
from engine.evaluating.selection import once_each
from engine.evaluating.tally import compile_tally
from engine.model.catalogue import PREVIOUS
from engine.model.condition import AllOf, AnyOf, Comparison, Condition, Negation, tests
from engine.model.evaluation import Evaluation
from engine.model.library import Name
from engine.model.period import OwnPeriod
from engine.model.policy import Fact, FromRecords, Model, Policy
from engine.model.subject import Record, Subject
from engine.model.uncounted import Obstacle, Uncounted


def uncounted_in(plan: Plan, name: Name, subject: Subject, results: Results) -> tuple[Uncounted, ...]:
    """Those of a model of a plan, beside the results that it reads."""
    read = ((results.get((owner, other)), member) for owner, other, member in results_read(plan, name, subject))
    of_run = tuple(as_record(outcome, plan.as_of, member) for outcome, member in read if isinstance(outcome, Evaluation))
    compiled = plan.models[name].compiled
    return uncounted(compiled.policy, compiled.model, subject, plan.as_of, of_run)


def uncounted(
    policy: Policy, model: Model, subject: Subject, as_of: int, of_run: tuple[Record, ...] = ()
) -> tuple[Uncounted, ...]:  # fmt: skip
    """For each fact of a model that reads records, the subject's own of its category that it does not count on a day.

    `of_run` are the results of this run that stand beside them, and may stand in their place.
    """
    beside = replace(subject, records=(*subject.records, *of_run))
    own = {(record.category, record.id) for record in subject.records}
    return tuple(
        reason
        for fact in model.facts.values()
        if isinstance(fact.source, FromRecords)
        for reason in _Asked(policy, model, fact, fact.source, beside, as_of).reasons()
        if (fact.source.category, reason.record) in own
    )


class _Asked:
    """What a fact makes of a subject's records on a day."""

    def __init__(self, policy: Policy, model: Model, fact: Fact, source: FromRecords, subject: Subject, as_of: int) -> None:
        self.policy, self.model, self.fact, self.source = policy, model, fact, source
        self.subject, self.as_of = subject, as_of
        self.records = [record for record in subject.records if record.category == source.category]
        self.shift = 1 if source.category == PREVIOUS else 0
        self.matches = compile_where(source.where) if source.where else lambda record: True

    def reasons(self) -> Iterator[Uncounted]:
        """Those of the records that selection leaves out, then of those that it takes and that give the value nothing."""
        counted = counted_records(self.policy, self.model, self.source, self.subject, self.as_of)
        taken = {record.id for record in counted}
        for record in self.records:
            if record.id not in taken:
                yield self._left_out(record)
        yield from self._without_effect(counted)

    def _because(
        self, record: Record, obstacle: Obstacle, day: int | None = None, lacking: Condition | None = None, field: str | None = None
    ) -> Uncounted:  # fmt: skip
        return Uncounted(record.id, self.fact.id, obstacle, self.matches(record), day, lacking, field)

    def _left_out(self, record: Record) -> Uncounted:
        """By what selection asks first: the record's status, its day, the window, newer ones, and what it says."""
        return self._by_status(record) or self._by_day(record) or self._by_rank_or_content(record)

    def _by_status(self, record: Record) -> Uncounted | None:
        if record.status == "revoked":
            return self._because(record, "revoked")
        if record.until is not None and record.until < self.as_of:
            return self._because(record, "ended", day=record.until)
        if not self.source.include_repaired and record.repaired_on is not None and record.repaired_on <= self.as_of:
            return self._because(record, "repaired", day=record.repaired_on)
        return None

    def _by_day(self, record: Record) -> Uncounted | None:
        source, as_of = self.source, self.as_of
        if record.date + self.shift > as_of:
            return self._because(record, "future", day=record.date + self.shift)
        if self.shift and (record.fields.get("policy"), record.fields.get("model")) != (self.policy.id, self.model.id):
            return self._because(record, "other_model")
        days = self._days()
        if days is None:
            return self._because(record, "no_period")
        if not days[0] <= record.date <= days[1]:
            return self._because(record, "window")
        if source.before is not None and record.date > source.before.floor(as_of):
            return self._because(record, "too_recent", day=source.before.span(record.date)[1] + 1)
        return None

    def _days(self) -> tuple[int, int] | None:
        """First and last day of the records that the window takes; None where the subject has no such period."""
        match self.source.window:
            case None:
                return 1, self.as_of
            case OwnPeriod() as period:
                since = self.subject.attributes.get(period.attribute)
                return None if since is None else period.days(int(since), self.as_of)
            case window:
                floor = window.floor(self.as_of)
                return floor + 1, window.last(floor, self.as_of)

    def _by_rank_or_content(self, record: Record) -> Uncounted:
        if self.matches(record) or self.source.where is None:
            return self._because(record, "displaced")
        if self.source.newest is not None and record.id not in self._newest():
            return self._because(record, "displaced")
        missing = _field_missing(self.source.where, record)
        if missing is not None:
            return self._because(record, "without_field", field=missing)
        return self._because(record, "unmatched", lacking=failing_parts(self.source.where, record))

    def _newest(self) -> set[str]:
        all_of_them = replace(self.source, where=None)
        return {record.id for record in counted_records(self.policy, self.model, all_of_them, self.subject, self.as_of)}

    def _without_effect(self, counted: Sequence[Record]) -> Iterator[Uncounted]:
        """Of records that are taken: those without the field that is asked for, behind a newer one, or counted with another."""
        having = []
        for record in counted:
            missing = next((name for name in self._fields_used() if name not in record.fields), None)
            if missing is None:
                having.append(record)
            else:
                yield self._because(record, "without_field", field=missing)
        for record in self._behind_newer(having):
            yield self._because(record, "displaced")
        for record in self._merged(having):
            yield self._because(record, "merged", field=self.source.once_per)

    def _fields_used(self) -> list[str]:
        """The fields without which a record has no value to give."""
        return [name for name in (self.source.field, self.source.weighted_by) if name is not None]

    def _behind_newer(self, counted: Sequence[Record]) -> list[Record]:
        match self.source.kind:
            case "latest" if counted:
                newest = max(counted, key=lambda record: (record.date, record.id))
                return [record for record in counted if record is not newest]
            case "days_since" if counted:
                day = max(record.date for record in counted)
                return [record for record in counted if record.date < day]
            case _:
                return []

    def _merged(self, counted: Sequence[Record]) -> list[Record]:
        """Those that another one with the same text stands for: the greatest, or else the newest of each group."""
        source = self.source
        if source.once_per is None:
            return []
        if source.tally is not None:
            places = compile_tally(source.tally, source.once_per)[0](counted)
            return [record for record, place in zip(counted, places, strict=True) if place is None]
        field = source.field
        standing = {
            max(group, key=lambda record: (int(record.fields[field]) if field else 0, record.date, record.id)).id
            for group in once_each(counted, source.once_per)
        }
        return [record for record in counted if record.id not in standing]


def failing_parts(where: Condition, record: Record) -> Condition:
    """The parts of a condition, which does not hold for a record, for which it does not."""
    match where:
        case AllOf(parts):
            failing = tuple(failing_parts(part, record) for part in parts if not compile_where(part)(record))
            return failing[0] if len(failing) == 1 else AllOf(failing)
        case Comparison() | AnyOf() | Negation():
            return where


def _field_missing(where: Condition, record: Record) -> str | None:
    """The field without which a condition fails: all that fails asks for one that the record does not have."""
    failing = [test for test in tests(failing_parts(where, record)) if (test.operator, test.operand) != ("given", False)]
    missing = [test.name for test in failing if test.name not in record.fields and test.name != "source"]
    return missing[0] if missing and len(missing) == len(failing) else None
