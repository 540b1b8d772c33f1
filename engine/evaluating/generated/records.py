"""Records: one loop over all of a subject's, a branch a category, in which each fact takes what counts for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from msgspec import Struct, field

from engine.evaluating.generated.conditions import condition_text, on_record
from engine.evaluating.generated.text import Lines, Namespace, chain, indented, literal, when
from engine.model.catalogue import PREVIOUS
from engine.model.condition import AllOf, Comparison, Condition
from engine.model.period import NEVER, OwnPeriod, TimeSpan
from engine.model.policy import LAST_LEVEL, Fact, FromRecords, Model, Policy, Tally

ABSENCE = ("count", "exists", "sum", "tally")
"""What would be 0 or false where nothing is collected, and is missing instead."""


LAST = Fact("last level", "", LAST_LEVEL, "text", None, "")
"""What is taken as a fact where a veto asks for the last level."""


class Loop(Struct):
    """The locals before the loop, the branch of each category in it, and what is left to do after it."""

    before: Lines = field(default_factory=list)
    branches: list[tuple[str, Lines]] = field(default_factory=list)
    after: Lines = field(default_factory=list)
    first_days: dict[str, str] = field(default_factory=dict)  # by category that is not collected, the local of its first day
    earliest: dict[TimeSpan, str] = field(default_factory=dict)  # by window, the local of the first day inside


class Bound(Struct, frozen=True):
    """Which days of records a source takes on the as-of date: after `floor` until `last`; later ones begin `shift` days after."""

    window: TimeSpan | None
    floor: int
    last: int
    shift: int
    repaired: bool


def loop_of(policy: Policy, model: Model, as_of: int, names: Namespace) -> Loop:
    """For all facts of a model that read records."""
    loop = Loop()
    reading = [(fact, fact.source) for fact in model.facts.values() if isinstance(fact.source, FromRecords)]
    if model.reads_last_level:
        reading.append((LAST, LAST_LEVEL))
    for category in dict.fromkeys(source.category for _, source in reading):
        facts = [(fact, source) for fact, source in reading if source.category == category]
        lines = ["date = r.date", f"if date > {as_of}: late = True"]
        if policy.categories[category].not_collected:
            first = loop.first_days[category] = f"first_{len(loop.first_days)}"
            loop.before.append(f"{first} = {NEVER}")
            lines.append(f"if date < {first}: {first} = date")
            loop.after += [f"if {as_of} < {first} < change: change = {first}"]
        for repaired in dict.fromkeys(source.include_repaired for _, source in facts):
            some = [(fact, source) for fact, source in facts if source.include_repaired == repaired]
            lines += [f"e = {'r.last_day_repaired' if repaired else 'r.last_day'}", f"if e >= {as_of}:", "    f = r.fields"]
            lines += indented(_by_bound(policy, model, some, as_of, names, loop))
        loop.branches.append((f"c == {literal(category)}", lines))
    for window, local in loop.earliest.items():
        leaves = names.bind("leaves", _leaving(window))
        loop.after += [f"if {local} < {NEVER}:", f"    x = {leaves}({local})", "    if x < change: change = x"]
    loop.after += ["if least + 1 < change: change = least + 1"]
    return loop


def loop_lines(loop: Loop) -> Lines:
    """The loop itself; nothing where no fact reads records."""
    if not loop.branches:
        return []
    start = [f"least = {NEVER}", "for r in (*subject.records, *derived) if derived else subject.records:"]
    return [*loop.before, *start, *indented(["c = r.category", *chain(loop.branches, ["pass"])]), *loop.after]


def _leaving(window: TimeSpan) -> Callable[[int], int]:
    """The first day on which a record of a day is no longer inside."""
    assert not isinstance(window, OwnPeriod)
    return lru_cache(maxsize=65536)(lambda day: window.span(day)[1] + 1)


def _beginning(bound: Bound) -> Callable[[int, int], int]:
    """The first day on which a record of a day counts that can do so until another; NEVER where none comes."""
    window = bound.window
    assert not isinstance(window, OwnPeriod)

    def begins(day: int, ends: int) -> int:
        first, until = window.span(day) if window else (day, NEVER)
        first = max(first, day + bound.shift)
        return NEVER if first > until or first > ends else first

    return begins


def _bound(source: FromRecords, as_of: int) -> Bound:
    window = source.window
    assert not isinstance(window, OwnPeriod)
    shift = 1 if source.category == PREVIOUS else 0
    floor = window.floor(as_of) if window else 0
    last = min(as_of - shift, window.last(floor, as_of) if window else as_of)
    return Bound(window, floor, last, shift, source.include_repaired)


def _by_bound(
    policy: Policy, model: Model, facts: list[tuple[Fact, FromRecords]], as_of: int, names: Namespace, loop: Loop
) -> Iterator[str]:
    """The facts of one category, those together that take the same days."""
    bounds = {fact.id: _bound(source, as_of) for fact, source in facts}
    derived = policy.categories[facts[0][1].category].derived
    for bound in dict.fromkeys(bounds.values()):
        some = [(fact, source) for fact, source in facts if bounds[fact.id] == bound]
        lines = _taken(policy, model, some, bound, names, loop, derived)
        yield from when("True" if bound.floor == 0 else f"date > {bound.floor}", lines)


def _taken(
    policy: Policy,
    model: Model,
    facts: list[tuple[Fact, FromRecords]],
    bound: Bound,
    names: Namespace,
    loop: Loop,
    derived: bool,
) -> Lines:
    """What the records after the floor do: they count, or they will."""
    fields: dict[str, str] = {}

    def local(name: str) -> str:
        return fields.setdefault("r.source" if name == "source" else f"f.get({literal(name)})", f"x{len(fields)}")

    wheres = [condition_text(_where(policy, model, source), on_record(local)) for _, source in facts]
    takes = [_take(fact, source, names, loop, local) for fact, source in facts]
    track = [*_track(bound, loop), "if e < least: least = e"]
    if derived:
        track = ["if not r.this_run:", *indented(track)]
    everything = "True" in wheres
    inside = [
        line for where, take in zip(wheres, takes, strict=True) for line in when(where, take if everything else take + track)
    ]
    begins = [f"x = {names.bind('begins', _beginning(bound))}(date, e)", "if x < change: change = x"]
    to_come = when("True" if everything else " or ".join(wheres), begins)
    later = [("elif not r.this_run:" if derived else "else:"), *indented(to_come)]
    inside += track if everything else []
    return [*(f"{x} = {text}" for text, x in fields.items()), f"if date <= {bound.last}:", *indented(inside), *later]


def _where(policy: Policy, model: Model, source: FromRecords) -> Condition:
    """What a record must be; of earlier results only the model's own are seen."""
    own = (Comparison("policy", "is", policy.id), Comparison("model", "is", model.id)) if source.category == PREVIOUS else ()
    return AllOf((*own, *([source.where] if source.where else [])))


def _track(bound: Bound, loop: Loop) -> Lines:
    if bound.window is None:
        return []
    local = loop.earliest.get(bound.window)
    if local is None:
        local = loop.earliest[bound.window] = f"early_{len(loop.earliest)}"
        loop.before.append(f"{local} = {NEVER}")
    return [f"if date < {local}: {local} = date"]


def _take(fact: Fact, source: FromRecords, names: Namespace, loop: Loop, local: Callable[[str], str]) -> Lines:
    """How a record adds to a fact; the locals begin as those of no record."""
    v = "last" if fact is LAST else names.facts[fact.id]
    x = f"f.get({literal(source.field)})" if source.field is not None else ""
    match source.kind:
        case "count":
            loop.before.append(f"{v} = 0")
            return [f"{v} += 10000"]
        case "exists":
            loop.before.append(f"{v} = False")
            return [f"{v} = True"]
        case "days_since":
            loop.before.append(f"{v}_day = 0")
            return [f"if date > {v}_day: {v}_day = date"]
        case "sum":
            loop.before.append(f"{v} = 0")
            return [f"x = {x}", f"if x is not None: {v} += x"]
        case "tally":
            assert source.tally is not None
            loop.before.append(f"{v} = 0")
            return [f"{v} += {_value(source.tally, local)}"]
        case "max" | "min":
            loop.before.append(f"{v} = None")
            sign = ">" if source.kind == "max" else "<"
            return [f"x = {x}", f"if x is not None and ({v} is None or x {sign} {v}): {v} = x"]
        case "latest":
            loop.before += [f"{v} = None", f"{v}_day = 0", f"{v}_id = ''"]
            newer = f"if date > {v}_day or (date == {v}_day and r.id > {v}_id):"
            return [newer, f"    x = {x}", "    if x is not None:", f"        {v}, {v}_day, {v}_id = x, date, r.id"]
        case "mean":
            loop.before += [f"{v}_sum = 0", f"{v}_weights = 0"]
            if source.weighted_by is None:
                return [f"x = {x}", "if x is not None:", f"    {v}_sum += x", f"    {v}_weights += 1"]
            weight = f"f.get({literal(source.weighted_by)})"
            both = f"if x is not None and y is not None: {v}_sum += x * y; {v}_weights += y"
            return [f"x = {x}", f"y = {weight}", both]


def _value(tally: Tally, local: Callable[[str], str]) -> str:
    """The value of the first branch that holds, as one expression."""
    test = on_record(local)
    ways = [f"{literal(branch.value)} if {condition_text(branch.where, test)} else" for branch in tally.branches]
    return f"({' '.join([*ways, literal(tally.otherwise)])})"
