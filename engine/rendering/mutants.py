"""Mutants that no case notices: what was otherwise, and the case that would notice it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from engine.model.condition import Comparison, FactRef
from engine.model.mutation import Mutant, Mutation, noticed_per_mille
from engine.model.policy import Policy
from engine.model.problem import Path, Place
from engine.rendering.condition_text import comparison, is_value, tested, title_of, value_text
from engine.rendering.element_titles import element_title
from engine.rendering.evaluation_json import value_json
from engine.rendering.sentences import Lang, Sentences

Placed = Sequence[tuple[Mutation, tuple[Place, ...]]]

_say = Sentences("cases").sentence

_SITUATIONS = frozenset(
    (
        "newest",
        "include",
        "where",
        "once_per",
        "if_missing",
        "bound",
        "counts_for",
        "only_when",
        "none_when",
        "round",
        "order",
        "level",
        "cap",
        "above_previous_by",
        "lower_by",
        "parameter",
    )
)
"""The kinds that say themselves what a case would be about, where no single test does."""

_HOLDING = frozenset(("not_evaluated", "veto", "measure", "alert"))
"""The kinds of which a case would be about one that holds."""


def noticed_share(mutations: Sequence[Mutation], lang: Lang) -> str:
    """After the counts of a policy; empty where it was not mutated."""
    if not mutations:
        return ""
    mutants, noticed = _counts(mutations)
    return _say("noticed", lang, share=f"{_percent(mutations)}%", noticed=noticed, mutants=mutants)


def unnoticed(policy: Policy, mutant: Mutant, place: Place, lang: Lang) -> Iterator[str]:
    """Two lines: `界限  enterprise  客户满意度  at_least 95 → at_least 96`, and the case."""
    title, part = _titles(policy, mutant, lang)
    model = mutant.model if mutant.path[0] == "models" else ""
    texts = [_say(f"mutant-{mutant.kind}", lang), model, title, part, _otherwise(mutant, lang)]
    yield f"  {place.file}:{place.line}  " + "  ".join(filter(None, texts))
    yield f"    {_case(policy, mutant, lang)}"


def _counts(mutations: Sequence[Mutation]) -> tuple[int, int]:
    """Mutants, and those that are noticed."""
    mutants = sum(mutation.mutants for mutation in mutations)
    return mutants, mutants - sum(len(mutation.unnoticed) for mutation in mutations)


def _percent(mutations: Sequence[Mutation]) -> str:
    whole, tenth = divmod(noticed_per_mille(mutations), 10)
    return f"{whole}.{tenth}"


def _titles(policy: Policy, mutant: Mutant, lang: Lang) -> tuple[str, str]:
    """The title of the element, and which part of it where the mutant does not say that itself."""
    match mutant.path:
        case ("parameters", str(name), *_):
            return policy.parameters[name].title, ""
        case (_, _, "facts", str(), "first_of", int(), *_):
            title, part = element_title(policy.models[mutant.model], mutant.path[2:6], lang)
            return title, "" if mutant.kind == "order" else part
        case (_, _, "facts", str(name), *_):
            return policy.models[mutant.model].facts[name].title, ""
        case (_, _, "dimensions", name, "counts_for"):
            dimensions = policy.models[mutant.model].dimensions
            return next(dimension.title for dimension in dimensions if dimension.id == name), ""
        case (_, _, "adjustments", "at_most" | "at_least" as bound):
            return "", bound
        case _:
            pass
    title, part = element_title(policy.models[mutant.model], _element(mutant.path[2:]), lang)
    if mutant.kind == "bound":
        return title, str(mutant.path[-1])
    return title, "" if mutant.kind == "order" or part in (mutant.old or "") else part


def _element(path: Path) -> Path:
    """As far as it leads to an element, or to a part of a form."""
    match path:
        case ("dimensions", _, _, _, *rest):
            return (*path[:4], *_in_form(rest))
        case ("adjustments", "items", _, *rest):
            return (*path[:3], *_in_form(rest))
        case _:
            return path[:2]


def _in_form(rest: Sequence[str | int]) -> Sequence[str | int]:
    return rest[:2] if rest and rest[0] in ("each", "bands", "choices", "first_of", "otherwise") else ()


def _otherwise(mutant: Mutant, lang: Lang) -> str:
    if mutant.kind == "order":
        return _say("swapped", lang, old=mutant.old, new=mutant.new)
    if mutant.new is not None:
        return f"{mutant.old} → {mutant.new}"
    if not mutant.old or mutant.path[-1] == mutant.old:
        return _say("taken-away-itself", lang)
    return _say("taken-away", lang, what=mutant.old)


def _case(policy: Policy, mutant: Mutant, lang: Lang) -> str:
    """`样例：事实 penalties 恰为 2，核对 points 的 penalties`."""
    situation = _situation(policy, mutant, lang)
    return _say("case-of" if mutant.name else "case", lang, situation=situation, key=mutant.key, name=mutant.name)


def _situation(policy: Policy, mutant: Mutant, lang: Lang) -> str:
    if mutant.when is not None:
        return _holding(policy, mutant, mutant.when, lang)
    if mutant.kind == "window":
        return _dated(mutant, lang)
    if mutant.kind == "source":
        return _say("case-total" if mutant.path[-2] == "total" else "case-values", lang, fact=mutant.old)
    if mutant.kind in _HOLDING:
        return _say("case-holds", lang)
    if mutant.kind not in _SITUATIONS or (mutant.path[2:3] == ("decisions",) and mutant.kind == "level"):
        return _say("case-reached", lang)
    fact = mutant.path[3] if mutant.kind == "if_missing" else ""
    return _say(f"case-{mutant.kind}", lang, old=mutant.old, new=mutant.new, fact=fact)


def _dated(mutant: Mutant, lang: Lang) -> str:
    """A record just outside of the shorter window."""
    windows = [window.split() for window in (mutant.old, mutant.new) if window is not None]
    if not windows[0][0].isdigit():
        return _say("case-period", lang, period=mutant.old)
    count, unit = min(windows, key=lambda window: int(window[0]))
    return _say(f"case-{unit}", lang, count=count)


def _holding(policy: Policy, mutant: Mutant, when: Comparison, lang: Lang) -> str:
    """What a test says of a fact, a result, or a field of a record."""
    model = policy.models[mutant.model]
    if {"where", "first_of"} & {*mutant.path[4:5]} and mutant.path[2] == "facts":
        name = _say("field-of-record", lang, field=when.name)
    elif when.name in model.facts:
        name = _say("fact-named", lang, fact=when.name)
    else:
        name = title_of(when.name, model, lang)
    operand = when.operand
    value = operand.name if isinstance(operand, FactRef) else _value(operand, lang)
    if when.operator == "is" and not is_value(when):
        return _say("case-exactly", lang, name=name, value=value)
    if name[-1].isascii():  # no title in Chinese
        return f"{name} {comparison(when, value, lang)}"
    return tested(when, name, value, lang)


def _value(value: object, lang: Lang) -> str:
    return str(value).lower() if isinstance(value, bool) else value_text(value, lang)


def mutation_json(placed: Placed) -> dict[str, Any]:
    """For programs, by schema/test.schema.json."""
    mutations = [mutation for mutation, _ in placed]
    mutants, noticed = _counts(mutations)
    return {
        "mutants": mutants, "noticed": noticed, "percent": _percent(mutations),
        "unnoticed": [
            {
                "kind": mutant.kind, "version": mutation.policy.version, "model": mutant.model,
                "path": list(mutant.path), "old": mutant.old, "new": mutant.new, "case": _case_json(mutant),
                "file": place.file, "line": place.line,
            }
            for mutation, places in placed
            for mutant, place in zip(mutation.unnoticed, places, strict=True)
        ],
    }  # fmt: skip


def _case_json(mutant: Mutant) -> dict[str, Any]:
    document: dict[str, Any] = {"expect": mutant.key, **({"name": mutant.name} if mutant.name else {})}
    when = mutant.when
    if when is not None:
        document["when"] = {"name": when.name, "operator": when.operator, "value": _operand_json(when.operand)}
    return document


def _operand_json(operand: object) -> object:
    match operand:
        case FactRef(name):
            return {"fact": name}
        case tuple():
            return [_operand_json(part) for part in operand]
        case int() if not isinstance(operand, bool):
            return value_json(operand)
        case _:
            return operand
