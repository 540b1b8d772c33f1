"""The rules evaluator: which vetoes, measures and alerts hold, by rules that durable_rules matches against one fact a subject.

The limits of durable_rules 2.0.28 are kept here and nowhere else. Every alternative of a condition is a rule of its own,
a plain conjunction of comparisons: alternatives inside a rule would be followed one by one, and twice where two hold.
What outgrows a rule is named and decided one stage earlier; its answer is then a field of the next fact.

A judge may be shared between threads: what it holds is not changed once it is made, and the one host of the process lets
one caller in at a time, so that threads are safe, and no faster than one. A process that was forked after the host was made
is refused: the lock and the memory of the host may be as another thread left them.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import count
from threading import Lock
from typing import Any as Whatever

from msgspec import Struct, field

from engine.evaluating.conditions import Values
from engine.evaluating.single import Compiled, Judge
from engine.model.condition import AllOf, AnyOf, Comparison, Condition, FactRef, Negation, Plain
from engine.model.policy import Alert, Measure, Veto
from engine.model.problem import InputError, Problem
from engine.model.scale import Scale

MOST_RULES = 49  # in a ruleset, beside the one that always matches: 64 matches at once overflow its stack
MOST_FIELDS = 240  # of a fact, of 255 with its ids
MOST_VALUES = 40  # in one `one_of`, and the weight of a rule: an expression holds 32 marks, two for each `one_of`
MOST_ALTERNATIVES = 8  # that a conjunction of alternatives is multiplied out to

_OPPOSITE = {
    "is": "is_not", "is_not": "is", "at_least": "below", "below": "at_least", "above": "at_most", "at_most": "above",
    "one_of": "none_of", "none_of": "one_of",
}  # fmt: skip
_MIRRORED = {"at_least": "at_most", "at_most": "at_least", "above": "below", "below": "above"}
_WRITTEN = {"is_not": "$neq", "at_least": "$gte", "above": "$gt", "at_most": "$lte", "below": "$lt"}
_RANKED = ("level", "grade", "previous.level")
_MAY_LACK = ("previous.level", "previous.score")


class Field(Struct, frozen=True):
    """A field of the asserted fact: a name's value (a text's number, a level's rank), whether it is there, or an answer."""

    name: str
    what: str  # value, rank, there or answer


class Leaf(Struct, frozen=True):
    """One comparison that must hold, with a number, a boolean, several of them (`one_of`), or another field."""

    field: Field
    operator: str
    operand: int | Field | tuple[int, ...]


Clause = tuple[Leaf, ...]
Target = str | int
"""A veto, measure or alert by its id, or a named part of one by its number."""


class Rule(Struct, frozen=True):
    """Where every leaf holds, so does the target."""

    stage: int
    clause: Clause
    target: Target


class Ruleset(Struct, frozen=True):
    """What is registered under a name, and what the fields f0, f1, … of its fact are."""

    name: str
    fields: tuple[Field, ...]


class Book(Struct):
    """The rules of a model's vetoes, measures or alerts; texts are numbered in the order in which they are met.

    It is written while a judge is made, and only read afterwards.
    """

    scale: Scale
    ids: tuple[str, ...]
    texts: dict[str, int] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    named: list[int] = field(default_factory=list)  # the stage of each named part
    rulesets: list[Ruleset] = field(default_factory=list)  # stage by stage


def judge(compiled: Compiled) -> Judge:
    """Which vetoes, measures or alerts hold, by rules; InputError where durable_rules is not installed."""
    engine, model, scale = _engine(), compiled.model, compiled.policy.scale
    groups: Mapping[str, Sequence[Veto | Measure | Alert]] = {
        "vetoes": model.vetoes, "measures": model.measures, "alerts": model.alerts,
    }  # fmt: skip
    books = {group: _book(engine, scale, [(part.id, part.when) for part in parts]) for group, parts in groups.items() if parts}

    def which(group: str, values: Values) -> tuple[str, ...]:
        book = books[group]
        held: set[Target] = set()
        for ruleset in book.rulesets:
            held.update(engine.fire(ruleset.name, _fact(book, ruleset, values, held)))
        return tuple(name for name in book.ids if name in held)

    return which


def _book(engine: _Engine, scale: Scale, parts: Sequence[tuple[str, Condition]]) -> Book:
    book = Book(scale, tuple(name for name, _ in parts))
    for name, when in parts:
        _write(book, _clauses(book, when, True), name)
    for stage in range(max(rule.stage for rule in book.rules) + 1):
        shards = _shards(rule for rule in book.rules if rule.stage == stage)
        book.rulesets += [_ruleset(engine, shard) for shard in shards]
    return book


def _clauses(book: Book, condition: Condition, holds: bool) -> list[Clause]:
    """Alternatives of which one is met just where the condition holds (or, for False, does not)."""
    match condition:
        case Comparison():
            return _test(book, condition, holds)
        case Negation(part):
            return _clauses(book, part, not holds)
        case AllOf(parts) | AnyOf(parts):
            inner = [_clauses(book, part, holds) for part in parts]
            if isinstance(condition, AnyOf) == holds:
                return [clause for alternatives in inner for clause in alternatives]
            return _product(book, inner)


def _product(book: Book, inner: Iterable[list[Clause]]) -> list[Clause]:
    whole: list[Clause] = [()]
    for alternatives in inner:
        few = len(whole) * len(alternatives) <= MOST_ALTERNATIVES
        factors = alternatives if few else [(_name(book, alternatives),)]
        whole = [(*clause, *more) for clause in whole for more in factors]
    return whole


def _test(book: Book, test: Comparison, holds: bool) -> list[Clause]:
    """A test as alternatives; one on a value that may be lacking fails where it lacks, and its opposite holds."""
    operator = test.operator if holds else _OPPOSITE[test.operator]
    ranked = test.name in _RANKED
    if ranked:  # rank 0 is the best, so `at_least` is at most that rank
        operator = _MIRRORED.get(operator, operator)
    clauses = _compared(Field(test.name, "rank" if ranked else "value"), operator, _operand(book, test))
    if test.name not in _MAY_LACK:
        return clauses
    there = Leaf(Field(test.name, "there"), "is", holds)
    return [(there, *clause) for clause in clauses] if holds else [(there,), *clauses]


def _operand(book: Book, test: Comparison) -> int | Field | tuple[int, ...]:
    def plain(value: Plain) -> int:
        if test.name in _RANKED:
            return _order(book.scale, test.name)[str(value)]
        return book.texts.setdefault(value, len(book.texts)) if isinstance(value, str) else value

    match test.operand:
        case FactRef(name):
            return Field(name, "value")
        case tuple(values):
            return tuple(dict.fromkeys(plain(value) for value in values))
        case value:
            return plain(value)


def _order(scale: Scale, name: str) -> dict[str, int]:
    return {label: rank for rank, label in enumerate(scale.grades if name == "grade" else scale.names)}


def _compared(which: Field, operator: str, operand: int | Field | tuple[int, ...]) -> list[Clause]:
    if not isinstance(operand, tuple):
        return [(Leaf(which, operator, operand),)]
    if operator == "none_of":
        return [tuple(Leaf(which, "is_not", value) for value in operand)]
    several = [operand[at : at + MOST_VALUES] for at in range(0, len(operand), MOST_VALUES)]
    return [(Leaf(which, "is", some[0]) if len(some) == 1 else Leaf(which, "one_of", some),) for some in several]


def _name(book: Book, alternatives: list[Clause]) -> Leaf:
    """The alternatives as a part of its own, decided one stage earlier."""
    number = len(book.named)
    book.named.append(0)
    book.named[number] = _write(book, alternatives, number)
    return Leaf(Field(str(number), "answer"), "is", True)


def _write(book: Book, alternatives: Iterable[Clause], target: Target) -> int:
    """A rule for each alternative; the stage after which the target is known."""
    last = 0
    for clause in alternatives:
        while len(pieces := list(_pieces(clause))) > 1:
            clause = tuple(_name(book, [piece]) for piece in pieces)
        answers = [int(leaf.field.name) for leaf in clause if leaf.field.what == "answer"]
        stage = max((book.named[answer] + 1 for answer in answers), default=0)
        book.rules.append(Rule(stage, clause, target))
        last = max(last, stage)
    return last


def _pieces(clause: Clause) -> Iterator[Clause]:
    """Cut where a rule would hold too much."""
    piece: list[Leaf] = []
    weight = 0
    for leaf in clause:
        heavy = 3 if leaf.operator == "one_of" else 1
        if weight + heavy > MOST_VALUES:
            yield tuple(piece)
            piece, weight = [], 0
        piece.append(leaf)
        weight += heavy
    yield tuple(piece)


def _shards(rules: Iterable[Rule]) -> Iterator[list[Rule]]:
    """Cut where a ruleset would hold too many rules, or its fact too many fields, in the order of the rules."""
    shard: list[Rule] = []
    fields: set[Field] = set()
    values = 0
    for rule in rules:
        more = {each for leaf in rule.clause for each in _fields(leaf)}
        listed = sum(len(leaf.operand) for leaf in rule.clause if isinstance(leaf.operand, tuple))
        full = len(shard) == MOST_RULES or len(fields | more) > MOST_FIELDS or values + listed > 10 * MOST_VALUES
        if shard and full:
            yield shard
            shard, fields, values = [], set(), 0
        shard.append(rule)
        fields |= more
        values += listed
    yield shard


def _fields(leaf: Leaf) -> tuple[Field, ...]:
    return (leaf.field, leaf.operand) if isinstance(leaf.operand, Field) else (leaf.field,)


def _ruleset(engine: _Engine, rules: Sequence[Rule]) -> Ruleset:
    """Registers rules under the digest of what they say."""
    fields = tuple(dict.fromkeys(each for rule in rules for leaf in rule.clause for each in _fields(leaf)))
    names = {each: f"f{index}" for index, each in enumerate(fields)}
    written = [([_expression(leaf, names) for leaf in rule.clause], rule.target) for rule in rules]
    name = "x" + hashlib.sha256(json.dumps(written).encode()).hexdigest()
    engine.register(name, written)
    return Ruleset(name, fields)


def _expression(leaf: Leaf, names: Mapping[Field, str]) -> Mapping[str, object]:
    """A leaf in the language of durable_rules; the values of `one_of` exclude each other, so one of them matches."""
    name = names[leaf.field]
    match leaf.operand:
        case tuple(values):
            return {"$or": [{name: value} for value in values]}
        case Field() as other:
            right: object = {"$m": names[other]}
        case value:
            right = value
    return {name: right} if leaf.operator == "is" else {_WRITTEN[leaf.operator]: {name: right}}


def _fact(book: Book, ruleset: Ruleset, values: Values, held: set[Target]) -> dict[str, int]:
    """The fields that the rules compare: whole numbers and booleans, none of them lacking."""
    texts = dict(book.texts)  # a text that no rule names gets a number of its own

    def read(which: Field) -> int:
        if which.what == "answer":
            return int(which.name) in held
        value = values[which.name]
        if which.name in _RANKED:
            rank = _order(book.scale, which.name).get(value)
            return rank is not None if which.what == "there" else rank or 0
        if which.what == "there":
            return value is not None
        return texts.setdefault(value, len(texts)) if isinstance(value, str) else value or 0

    return {f"f{index}": read(which) for index, which in enumerate(ruleset.fields)}


class _Engine(Struct):
    """The process's one host of rulesets. It has no timers, whose threads would take actions away from who waits."""

    host: Whatever
    registered: set[str] = field(default_factory=set)
    fired: list[Target | None] = field(default_factory=list)
    sids: Iterator[int] = field(default_factory=count)
    lock: Lock = field(default_factory=Lock)
    process: int = field(default_factory=os.getpid)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One caller at a time, of the process that the host was made in."""
        if os.getpid() != self.process:
            raise RuntimeError("the host of durable_rules was made before this process was forked")
        with self.lock:
            yield

    def register(self, name: str, written: Iterable[tuple[list[Mapping[str, object]], Target]]) -> None:
        """Once for each name, for a ruleset can't be taken back."""
        with self.alone():
            if name not in self.registered:
                every = [([{"asserted": True}], None), *written]
                rules = {
                    f"r{index}": {"all": [{"m": {"$and": leaves}}], "run": self._fires(target)}
                    for index, (leaves, target) in enumerate(every)
                }
                self.host.register_rulesets({name: rules})
                self.registered.add(name)

    def _fires(self, target: Target | None) -> Callable[[object], None]:
        def run(_closure: object) -> None:
            self.fired.append(target)

        return run

    def fire(self, name: str, fact: Mapping[str, int]) -> tuple[Target, ...]:
        """The targets of the rules that match a fact."""
        with self.alone():
            self.fired.clear()
            sid = str(next(self.sids))
            state = {}
            try:
                state = self.host.assert_fact(name, {"id": "subject", "sid": sid, "asserted": True, **fact})
            finally:
                if self.fired:  # deleting a state in which no action began frees memory that was never taken
                    self.host.delete_state(name, sid)
            if "exception" in state:
                raise RuntimeError(state["exception"])
            return tuple(target for target in self.fired if target is not None)


_MAKING = Lock()


def _engine() -> _Engine:
    """The host, made by whoever asks first."""
    with _MAKING:
        return _host()


@cache
def _host() -> _Engine:
    try:
        from durable import engine
    except ImportError:
        raise InputError([Problem("rules_missing")]) from None

    class Host(engine.Host):  # type: ignore[misc]
        def _run(self) -> None:
            """Nothing runs beside the caller."""

    return _Engine(Host())
