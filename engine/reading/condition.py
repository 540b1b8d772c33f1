"""Conditions: names, types and values are checked here, so that none can fail when it is evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from engine.model import number
from engine.model.condition import (
    JOINS,
    OPERATORS,
    ORDERING,
    PREVIOUS_NAMES,
    RESULT_NAMES,
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    FactRef,
    Negation,
    Plain,
    Value,
)  # fmt: skip
from engine.model.problem import Path
from engine.model.scale import Scale
from engine.reading.document import Tree
from engine.reading.listed_word import as_word
from engine.reading.load_context import LoadContext, Map, as_list, is_number
from engine.reading.truth_words import meant_truth

NameType = Literal["number", "boolean", "text", "date", "level", "grade", "unknown"]


class Typed(Struct, frozen=True):
    """What a name holds: number, boolean, text, date, level or grade; `listed` are its values where they are known, and a
    field of records may be `optional`.

    The type `unknown` belongs to a fact that has a problem of its own: its comparisons are let pass.
    """

    type: NameType
    listed: tuple[str, ...] | None = None
    optional: bool = False


NUMBER = Typed("number")
BOOLEAN = Typed("boolean")
UNKNOWN = Typed("unknown")

Names = Mapping[str, Typed]


def result_names(scale: Scale, scores: bool, previous: bool = False) -> dict[str, Typed]:
    """What measures (and alerts, with `previous`) see beside the facts."""
    level, grade = Typed("level", scale.names), Typed("grade", scale.grades)
    names = {"level": level, "grade": grade, "vetoed": BOOLEAN}
    if scores:
        names["score"] = NUMBER
    if previous:
        names |= {"previous.level": level, "previous.score": NUMBER}
    return names


def read_condition(page: LoadContext, tree: Tree, path: Path, names: Names, facts: bool = True) -> Condition | None:
    """A mapping of names to tests, all of which must hold; None after a problem. `facts`: may compare with a fact."""
    if not isinstance(tree, dict) or not tree:
        page.problem("condition_empty", path)
        return None
    parts: list[Condition | None] = []
    for key, value in tree.items():
        below = (*path, key)
        if key == "not":
            part = read_condition(page, value, below, names, facts)
            parts.append(Negation(part) if part else None)
        elif key in JOINS:
            if not as_list(value):
                page.problem("condition_empty", below)
            inner = [read_condition(page, entry, (*below, i), names, facts) for i, entry in enumerate(as_list(value))]
            whole = tuple(part for part in inner if part)
            joined = AllOf(whole) if key == "all" else AnyOf(whole)
            parts.append(joined if whole and len(whole) == len(inner) else None)
        else:
            parts += _tests(page, key, value, below, names, facts)
    if any(part is None for part in parts):
        return None
    conditions = tuple(part for part in parts if part)
    # A lone `all` keeps its wrapping: only what stands at the top of a `where` narrows dependencies.
    return conditions[0] if len(conditions) == 1 and not isinstance(conditions[0], AllOf) else AllOf(conditions)


def _tests(page: LoadContext, name: str, tree: Tree, path: Path, names: Names, facts: bool) -> list[Condition | None]:
    if name not in names:
        page.unknown("name", name, path, [*names, *JOINS], at_key=True)
        return [None]
    if not isinstance(tree, dict) or not tree:
        page.problem("condition_empty", path)
        return [None]
    tests: list[Condition | None] = []
    for operator, value in tree.items():
        at = (*path, operator)
        known = [word for word in OPERATORS if word != "given" or not facts]  # facts always are
        if operator not in known:
            page.unknown("operator", operator, at, known, at_key=True)
            tests.append(None)
            continue
        typed = names[name]
        if operator == "given":
            tests.append(_given(page, name, tree, at, typed))
            continue
        if operator in ORDERING and typed.type in ("text", "boolean"):
            page.problem("not_ordered", at, True, name=name, type=typed.type, operator=operator)
            tests.append(None)
            continue
        operand = _operand(page, operator, value, at, typed, names, facts)
        tests.append(None if operand is None else Comparison(name, as_word(operator, OPERATORS), operand))
    return tests


def _given(page: LoadContext, name: str, tests: Map, path: Path, typed: Typed) -> Condition | None:
    """Whether an optional field of a record is there; required ones always are."""
    there = tests["given"]
    if not typed.optional:
        page.problem("given_required", path, True, name=name)
    elif not isinstance(there, bool):
        page.problem("expected", path, near=meant_truth(there), expected="boolean")
    elif not there and len(tests) > 1:
        page.problem("given_false_beside", path, True, name=name)
    else:
        return Comparison(name, "given", there)
    return None


def _operand(page: LoadContext, operator: str, tree: Tree, path: Path, typed: Typed, names: Names, facts: bool) -> Value | None:
    if operator in ("one_of", "none_of"):
        if not isinstance(tree, list) or not tree:
            page.problem("expected", path, expected="list")
            return None
        values = [value_of(page, member, (*path, i), typed) for i, member in enumerate(tree)]
        return None if None in values else tuple(value for value in values if value is not None)
    if isinstance(tree, dict) and "fact" in tree:
        return _other_fact(page, tree, path, typed, names, facts)
    return value_of(page, tree, path, typed)


def _other_fact(page: LoadContext, tree: Map, path: Path, typed: Typed, names: Names, facts: bool) -> FactRef | None:
    name = tree["fact"]
    at = (*path, "fact")
    known = [n for n in names if n not in RESULT_NAMES and n not in PREVIOUS_NAMES]
    if not facts:
        page.problem("fact_in_where", path)
    elif not isinstance(name, str) or name not in known:
        page.unknown("fact", str(name), at, known)
    elif UNKNOWN.type not in (names[name].type, typed.type) and names[name].type != typed.type:
        page.problem("type_mismatch", at, expected=typed.type, found=names[name].type, name=name)
    else:
        return FactRef(name)
    return None


def value_of(page: LoadContext, tree: Tree, path: Path, typed: Typed) -> Plain | None:
    """A written value of a type: numbers as counts of 0.0001, dates as ordinals; None after a problem."""
    match typed.type:
        case "number":
            return page.amount(tree, path)
        case "boolean":
            if isinstance(tree, bool):
                return tree
        case "date":
            return page.day(tree, path)
        case "unknown":
            return tree if isinstance(tree, (str, bool)) else number.count_of(tree) if is_number(tree) else 0
        case _:
            if isinstance(tree, str):
                if typed.listed is not None and tree not in typed.listed:
                    page.unknown("level" if typed.type == "level" else "value", tree, path, typed.listed)
                    return None
                return tree
    near = meant_truth(tree) if typed.type == "boolean" else ()
    page.mistyped(tree, path, typed.type, near)
    return None
