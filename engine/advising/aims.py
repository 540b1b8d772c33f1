"""Which values of a fact would give other points or another answer than the one it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.model.condition import Comparison, FactRef, Plain, tests
from engine.model.fact_range import fact_ranges
from engine.model.number import ONE
from engine.model.policy import Model, Policy
from engine.model.scoring import Each, line_of

FINE = ONE // 100
"""The least step of a number that is no whole one: nobody is told to better a percentage by less."""

MOST = 12
"""So many values along a line, and the one at which it gives all its points."""


def aims(policy: Policy, model: Model, values: Mapping[str, Plain]) -> dict[str, list[Plain]]:
    """By fact the values, whole numbers first and the nearest of them, at which something that reads it turns; of those that nothing reads none."""
    edges: dict[str, set[int]] = {}
    words: dict[str, dict[Plain, None]] = {}
    for condition in model.conditions():
        for test in tests(condition):
            if isinstance(test.operand, FactRef):
                for name, beside in ((test.name, test.operand.name), (test.operand.name, test.name)):
                    if name in model.facts and beside in values:  # to be as the other one is now
                        _of_operand(values[beside], edges.setdefault(name, set()), words.setdefault(name, {}))
            elif test.name in model.facts:
                _of_test(test, edges.setdefault(test.name, set()), words.setdefault(test.name, {}))
    ranges = fact_ranges(policy, model)
    aimed: dict[str, list[Plain]] = {}
    for name, fact in model.facts.items():
        value = values[name]
        match fact.type:
            case "number":
                number_now, range_ = int(value), ranges[name]
                step = ONE if range_.step % ONE == 0 else max(FINE, range_.step)
                turns = {edge + away for edge in edges.get(name, ()) for away in (0, step, -step, ONE, -ONE)}
                turns.update(_along_lines(model, name, number_now, step))
                least, most = range_.ends
                sound = [turn for turn in turns if least <= turn <= most and turn % range_.step == 0 and turn != number_now]
                aimed[name] = [*sorted(sound, key=lambda turn: (turn % ONE != 0, abs(turn - number_now), turn))]
            case "boolean":
                aimed[name] = [not value]
            case "text":
                aimed[name] = [word for word in (*(fact.listed or ()), *words.get(name, ())) if word != value]
    return aimed


def _of_test(test: Comparison, edges: set[int], words: dict[Plain, None]) -> None:
    for operand in test.operand if isinstance(test.operand, tuple) else (test.operand,):
        _of_operand(operand, edges, words)


def _of_operand(operand: object, edges: set[int], words: dict[Plain, None]) -> None:
    if isinstance(operand, str):
        words[operand] = None
    elif isinstance(operand, int) and not isinstance(operand, bool):
        edges.add(operand)


def _along_lines(model: Model, name: str, value: int, step: int) -> Iterator[int]:
    """Values at which a line that counts the fact gives a step's points more, up and down."""
    for _, element in model.scored():
        line = line_of(element.form)
        if line is None or name not in dict(line.points):
            continue
        for origin, width in _marks(line, step):
            place = (value - origin) // width
            for away in (*range(1, MOST + 1), *_whole(line, name, width)):
                yield origin + (place + away) * width
                yield origin + (place - away + 1) * width
                yield value + away * width
                yield value - away * width


def _marks(line: Each, step: int) -> Iterator[tuple[int, int]]:
    """From where a line counts, and in steps of what."""
    origin = line.short_of if line.short_of is not None else line.beyond or 0
    yield origin, line.step or max(step, FINE)
    if not line.step:
        yield origin, ONE


def _whole(line: Each, name: str, width: int) -> Iterator[int]:
    """So many steps give at least as many points as a hundred."""
    points = abs(dict(line.points)[name])
    if points:
        yield -(-100 * ONE // points)
