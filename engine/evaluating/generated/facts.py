"""Facts after the loop: what is computed from others, what an absent value becomes, and who is rejected."""

from __future__ import annotations

from functools import lru_cache
from typing import assert_never

from msgspec import Struct

from engine.evaluating.generated.records import ABSENCE, Loop
from engine.evaluating.generated.text import Lines, Namespace, indented, literal, when
from engine.model.library import fact_order
from engine.model.number import LIMIT, ONE, divide
from engine.model.period import anniversary, full_years
from engine.model.policy import (
    Fact,
    FromAttribute,
    FromRecords,
    MemberCount,
    Model,
    Ratio,
    RejectMissing,
    Total,
    UseFact,
    daily_growth,
)  # fmt: skip


class Writer(Struct, frozen=True):
    """A model's facts on a day, and the loop that has gone over the records."""

    model: Model
    as_of: int
    names: Namespace
    loop: Loop

    def local(self, name: str) -> str:
        return self.names.facts[name]


def facts_lines(model: Model, as_of: int, names: Namespace, loop: Loop) -> Lines:
    """Sets each fact's local, in dependency order; `bad` gets the place of each that rejects, and why."""
    writer = Writer(model, as_of, names, loop)
    names.objects["divide"] = divide
    start = ["bad = ()"]
    if any(isinstance(fact.source, FromAttribute) for fact in model.facts.values()):
        start.append("a = subject.attributes")
    counting = [fact.id for fact in model.facts.values() if daily_growth(fact.source)]
    start += [f"{writer.local(name)}_absent = False" for name in counting]
    return [*start, *(line for name in fact_order(model) for line in _fact(writer, model.facts[name]))]


def _fact(writer: Writer, fact: Fact) -> Lines:
    v = writer.local(fact.id)
    match fact.source:
        case FromRecords() as source:
            return _of_records(writer, fact, source)
        case FromAttribute() as source:
            return _of_attribute(writer, fact, source)
        case MemberCount():
            return [f"{v} = len(subject.members) * {ONE}"]
        case Ratio(of, to, per):
            over, under = writer.local(of), writer.local(to)
            nearest = f"{v} = (2 * x + {under}) // (2 * {under}) if x >= 0 and {under} > 0 else divide(x, {under})"
            lines = [f"x = {literal(per)} * {over}", nearest, *_limited(writer, fact)]
            lines = [f"if {under}:", *indented(lines), "else:", *indented(_missing(writer, fact))]
            return _of_all(v, (over, under), lines)
        case Total(facts):
            parts = tuple(map(writer.local, facts))
            return _of_all(v, parts, [f"{v} = {' + '.join(parts) or 0}", *_limited(writer, fact)])
        case never:
            assert_never(never)


def _of_all(v: str, parts: tuple[str, ...], lines: Lines) -> Lines:
    """What is computed from facts of which one rejects is nothing itself."""
    return [f"if {' or '.join(f'{part} is None' for part in parts) or 'False'}:", f"    {v} = None", "else:", *indented(lines)]


def _limited(writer: Writer, fact: Fact) -> Lines:
    v = writer.local(fact.id)
    return [f"if not -{LIMIT} <= {v} <= {LIMIT}:", *indented([f"{v} = None", _reject(writer, fact, "fact_too_large")])]


def _reject(writer: Writer, fact: Fact, code: str) -> str:
    return f"bad += (({list(writer.model.facts).index(fact.id)}, {literal(code)}),)"


def _missing(writer: Writer, fact: Fact) -> Lines:
    """What becomes of a fact that nothing was found for."""
    v = writer.local(fact.id)
    absent = [f"{v}_absent = True"] if daily_growth(fact.source) else []
    match fact.if_missing:
        case UseFact(other):
            return [*absent, f"{v} = {writer.local(other)}"]
        case RejectMissing():
            return [*absent, f"{v} = None", _reject(writer, fact, "fact_missing")]
        case None:
            return [*absent, f"{v} = None"]
        case plain:
            return [*absent, f"{v} = {literal(plain)}"]


def _of_records(writer: Writer, fact: Fact, source: FromRecords) -> Lines:
    v, first = writer.local(fact.id), writer.loop.first_days.get(source.category)
    lines: Lines = []
    if source.kind == "days_since":
        lines = [f"{v} = ({writer.as_of} - {v}_day) * {ONE} if {v}_day else None"]
    if source.kind == "mean":
        lines = [f"{v} = divide({v}_sum, {v}_weights) if {v}_weights else None"]
    if source.kind not in ABSENCE:
        return [*lines, *when(f"{v} is None", _missing(writer, fact))]
    limited = _limited(writer, fact) if source.kind in ("sum", "tally") else []
    if first is None:
        return limited
    return [
        f"if {first} > {writer.as_of}:",
        *indented(_missing(writer, fact)),
        *(["else:", *indented(limited)] if limited else []),
    ]


def _of_attribute(writer: Writer, fact: Fact, source: FromAttribute) -> Lines:
    v, as_of = writer.local(fact.id), writer.as_of
    read = f"{v} = a.get({literal(source.name)})"
    missing = when(f"{v} is None", _missing(writer, fact))
    match source.kind:
        case "attribute":
            return [read, *missing]
        case "days_until":
            return [read, *missing, f"else: {v} = ({v} - {as_of}) * {ONE}"]
        case "years_since":
            years = writer.names.bind("years", lru_cache(maxsize=65536)(lambda day: _years(day, as_of)))
            return [read, *missing, "else:", f"    {v}, x = {years}({v})", "    if x < change: change = x"]


def _years(since: int, as_of: int) -> tuple[int, int]:
    """Full years since a day, and the day of the next one."""
    years = full_years(since, as_of)
    return years * ONE, anniversary(since, years + 1)
