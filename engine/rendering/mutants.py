"""Mutants that no case notices: what was otherwise, and the case that would notice it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.model.condition import Comparison, FactRef
from engine.model.mutation import Mutant, Mutation, noticed_per_mille
from engine.model.policy import Policy
from engine.model.problem import Path, Place
from engine.rendering.condition_text import comparison, title_of, value_text
from engine.rendering.element_titles import element_title
from engine.rendering.evaluation_json import value_json
from engine.rendering.terms import Lang

Placed = Sequence[tuple[Mutation, tuple[Place, ...]]]

_KINDS: Mapping[str, tuple[str, str]] = {
    "source": ("取法", "source"),
    "window": ("期间", "window"),
    "include": ("计入已修复的", "repaired ones"),
    "where": ("筛选", "filter"),
    "if_missing": ("缺失时", "if missing"),
    "threshold": ("界限", "threshold"),
    "operator": ("比较词", "operator"),
    "listed": ("所列的值", "listed value"),
    "test": ("条件", "test"),
    "points": ("分值", "points"),
    "start": ("起始分", "start"),
    "beyond": ("起算点", "beyond"),
    "step": ("步长", "step"),
    "bound": ("上下限", "bound"),
    "counts_for": ("折算", "counts for"),
    "only_when": ("合理缺项", "only when"),
    "order": ("次序", "order"),
    "level": ("定级", "level"),
    "cap": ("得分封顶", "cap"),
    "lower_by": ("降级", "lowering"),
    "not_evaluated": ("不参评", "not evaluated"),
    "veto": ("一票否决", "veto"),
    "measure": ("措施", "measure"),
    "alert": ("预警", "alert"),
    "parameter": ("参数", "parameter"),
}

_SITUATIONS: Mapping[str, tuple[str, str]] = {
    "include": ("一条已修复的记录", "a repaired record"),
    "where": ("一条不满足筛选的记录", "a record that the filter keeps out"),
    "if_missing": ("事实 {fact} 缺值，其余都有", "fact {fact} is missing, and no other"),
    "bound": ("合计超过这个界限", "a sum beyond the bound"),
    "counts_for": ("这个维度有得分", "the dimension gives points"),
    "only_when": ("only_when 不成立", "only_when does not hold"),
    "order": ("第 {old}、{new} 项的条件都成立", "the conditions of no. {old} and {new} hold"),
    "level": ("到达这里，得分高于这个等级", "it is reached with a score above that level"),
    "cap": ("否决成立，得分高于封顶", "the veto holds with a score above the cap"),
    "lower_by": ("否决成立，下面还有两个等次或等级", "the veto holds well above the worst level"),
    **dict.fromkeys(("not_evaluated", "veto", "measure", "alert"), ("它成立", "it holds")),
    "parameter": ("到达用这个参数的地方", "where the parameter stands is reached"),
}
"""By kind, what a case would be about where no single test says it."""

_UNITS = {"months": ("个月", "months"), "days": ("天", "days")}


def noticed_share(mutations: Sequence[Mutation], lang: Lang) -> str:
    """After the counts of a policy; empty where it was not mutated."""
    if not mutations:
        return ""
    mutants, noticed = _counts(mutations)
    share = f"{_percent(mutations)}%"
    return f"；察觉 {share}（{noticed}/{mutants}）" if lang != "en" else f"; noticed {share} ({noticed} of {mutants})"


def unnoticed(policy: Policy, mutant: Mutant, place: Place, lang: Lang) -> Iterator[str]:
    """Two lines: `界限  enterprise  客户满意度  at_least 95 → at_least 96`, and the case."""
    title, part = _titles(policy, mutant, lang)
    model = mutant.model if mutant.path[0] == "models" else ""
    said = [_KINDS[mutant.kind][lang == "en"], model, title, part, _otherwise(mutant, lang)]
    yield f"  {place.file}:{place.line}  " + "  ".join(one for one in said if one)
    yield f"    {_case(policy, mutant, lang)}"


def _counts(mutations: Sequence[Mutation]) -> tuple[int, int]:
    """Mutants, and those that are noticed."""
    mutants = sum(one.mutants for one in mutations)
    return mutants, mutants - sum(len(one.unnoticed) for one in mutations)


def _percent(mutations: Sequence[Mutation]) -> str:
    whole, tenth = divmod(noticed_per_mille(mutations), 10)
    return f"{whole}.{tenth}"


def _titles(policy: Policy, mutant: Mutant, lang: Lang) -> tuple[str, str]:
    """The title of the element, and which part of it where the mutant does not say that itself."""
    match mutant.path:
        case ("parameters", str(name), *_):
            return policy.parameters[name].title, ""
        case (_, _, "facts", str(name), *_):
            return policy.models[mutant.model].facts[name].title, ""
        case (_, _, "dimensions", name, "counts_for"):
            dimensions = policy.models[mutant.model].dimensions
            return next(one.title for one in dimensions if one.id == name), ""
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
        return f"no. {mutant.old} and {mutant.new} swapped" if lang == "en" else f"第 {mutant.old}、{mutant.new} 项对调"
    if mutant.new is not None:
        return f"{mutant.old} → {mutant.new}"
    what = "" if mutant.path[-1] == mutant.old else mutant.old
    return f"去掉 {what}".rstrip() if lang != "en" else f"{what} left out".lstrip()


def _case(policy: Policy, mutant: Mutant, lang: Lang) -> str:
    """`样例：事实 penalties 恰为 2，核对 points 的 penalties`."""
    situation, key, name = _situation(policy, mutant, lang), mutant.key, mutant.name
    if lang == "en":
        return f"a case: {situation}; expect {key}{f' of {name}' if name else ''}"
    return f"样例：{situation}，核对 {key}{f' 的 {name}' if name else ''}"


def _situation(policy: Policy, mutant: Mutant, lang: Lang) -> str:
    en = lang == "en"
    if mutant.when is not None:
        return _holding(policy, mutant, mutant.when, lang)
    if mutant.kind == "window":
        return _dated(mutant, lang)
    if mutant.kind == "source":
        if mutant.path[-2] == "total":
            return f"fact {mutant.old} is not 0" if en else f"事实 {mutant.old} 不为 0"
        return "several records with different values" if en else "几条记录，值不相同"
    pair = None if mutant.path[2:3] == ("decisions",) and mutant.kind == "level" else _SITUATIONS.get(mutant.kind)
    if pair:
        fact = mutant.path[3] if mutant.kind == "if_missing" else ""
        return pair[en].format(old=mutant.old, new=mutant.new, fact=fact)
    return "it is reached" if en else "到达这里"


def _dated(mutant: Mutant, lang: Lang) -> str:
    """A record just outside of the shorter window."""
    windows = [one.split() for one in (mutant.old, mutant.new) if one is not None]
    if not windows[0][0].isdigit():
        return f"a record not dated {mutant.old}" if lang == "en" else f"一条不在 {mutant.old} 之内的记录"
    count, unit = min(windows, key=lambda one: int(one[0]))
    word = _UNITS[unit][lang == "en"]
    return f"a record dated exactly {count} {word} before" if lang == "en" else f"一条记录的日期恰在基准日前 {count} {word}"


def _holding(policy: Policy, mutant: Mutant, when: Comparison, lang: Lang) -> str:
    """What a test says of a fact, a result, or a field of a record."""
    en, model = lang == "en", policy.models[mutant.model]
    if "where" in mutant.path[4:5]:
        name = f"{when.name} of a record" if en else f"一条记录的 {when.name}"
    elif when.name in model.facts:
        name = f"fact {when.name}" if en else f"事实 {when.name}"
    else:
        name = title_of(when.name, model, lang)
    operand = when.operand
    value = operand.name if isinstance(operand, FactRef) else _value(operand, lang)
    if when.operator == "is" and not isinstance(operand, (bool, str)):
        return f"{name} is exactly {value}" if en else f"{name} 恰为 {value}"
    compared = comparison(when, value, lang)
    return f"{name}{compared}" if compared[0] == "为" and not name[-1].isascii() else f"{name} {compared}"


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
    found: dict[str, Any] = {"expect": mutant.key, **({"name": mutant.name} if mutant.name else {})}
    when = mutant.when
    if when is not None:
        found["when"] = {"name": when.name, "operator": when.operator, "value": _operand_json(when.operand)}
    return found


def _operand_json(operand: object) -> object:
    match operand:
        case FactRef(name):
            return {"fact": name}
        case tuple():
            return [_operand_json(one) for one in operand]
        case int() if not isinstance(operand, bool):
            return value_json(operand)
        case _:
            return operand
