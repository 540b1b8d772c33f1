"""What came of cases: per policy the counts, each failure with its differences, and what no case reaches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.model.case import CaseResult, Coverage, Difference, Target, Tested, per_mille
from engine.model.evaluation import Rejection
from engine.model.number import shortest, two_decimals
from engine.model.period import iso_text
from engine.model.policy import Policy
from engine.model.problem import Place
from engine.rendering.element_titles import element_title
from engine.rendering.evaluation_json import value_json
from engine.rendering.messages import message
from engine.rendering.mutants import mutation_json, noticed_share, unnoticed
from engine.rendering.terms import Lang

Json = dict[str, Any]

_KINDS: Mapping[str, tuple[str, str]] = {
    # what differs
    "score": ("得分", "score"),
    "level": ("等级", "level"),
    "grade": ("等次", "grade"),
    "vetoes": ("一票否决", "vetoes"),
    "measures": ("措施", "measures"),
    "alerts": ("预警", "alerts"),
    "facts": ("事实", "fact"),
    "points": ("得分", "points of"),
    "rejected": ("拒绝", "rejected"),
    "not_evaluated": ("不参评", "not evaluated"),
    # what cases reach
    "each": ("按次计分", "each"),
    "band": ("分档", "band"),
    "choice": ("选项", "choice"),
    "branch": ("分支", "branch"),
    "decision": ("定级", "decision"),
    "included": ("不缺项", "not left out"),
    "left_out": ("合理缺项", "left out"),
    "veto": ("一票否决", "veto"),
    "measure": ("措施", "measure"),
    "alert": ("预警", "alert"),
}


def cases_text(tested: Sequence[Tested], lang: Lang) -> str:
    """For people: a paragraph a policy, and the sum of several."""
    lines = [line for one in tested for line in _policy(one, lang)]
    if len(tested) > 1:
        passed, failed = sum(one.passed for one in tested), sum(one.failed for one in tested)
        lines += ["", f"{'合计' if lang != 'en' else 'together'}{_colon(lang)}{_counts(passed, failed, lang)}"]
    return "\n".join(lines) + "\n"


def cases_json(tested: Sequence[Tested]) -> Json:
    """For programs, by schema/test.schema.json; scores and points are strings."""
    return {"policies": [_policy_json(one) for one in tested]}


def _colon(lang: Lang) -> str:
    return "：" if lang != "en" else ": "


def _counts(passed: int, failed: int, lang: Lang) -> str:
    if passed + failed == 0:
        return "没有样例" if lang != "en" else "no cases"
    return f"通过 {passed}，未通过 {failed}" if lang != "en" else f"{passed} passed, {failed} failed"


def _policy(tested: Tested, lang: Lang) -> Iterator[str]:
    head = f"{tested.policy}{_colon(lang)}{_counts(tested.passed, tested.failed, lang)}"
    covered = _share([coverage for coverage, _ in tested.coverages], lang) if tested.coverages else ""
    yield head + covered + noticed_share([mutation for mutation, _ in tested.mutations], lang)
    for result, place in tested.results:
        if not result.passed:
            yield from _failure(result, place, lang)
    for coverage, places in tested.coverages:
        for target, place in zip(coverage.unreached, places, strict=True):
            yield f"  {place.file}:{place.line}  {_unreached(coverage.policy, target, lang)}"
    for mutation, places in tested.mutations:
        for mutant, place in zip(mutation.unnoticed, places, strict=True):
            yield from unnoticed(mutation.policy, mutant, place, lang)


def _share(coverages: Sequence[Coverage], lang: Lang) -> str:
    targets = sum(len(one.targets) for one in coverages)
    reached = targets - sum(len(one.unreached) for one in coverages)
    share = f"{percent(coverages)}%"
    return f"；覆盖 {share}（{reached}/{targets}）" if lang != "en" else f"; coverage {share} ({reached} of {targets})"


def percent(coverages: Sequence[Coverage]) -> str:
    """With one decimal."""
    whole, tenth = divmod(per_mille(coverages), 10)
    return f"{whole}.{tenth}"


def _failure(result: CaseResult, place: Place, lang: Lang) -> Iterator[str]:
    yield f"  {place.file}:{place.line}  {result.case.id}  {result.case.title}"
    for difference in result.differences:
        yield f"    {_difference(difference, lang)}"
    if isinstance(result.outcome, Rejection) and any(one.kind == "rejected" for one in result.differences):
        yield from (f"      {message(problem, lang)}" for problem in result.outcome.problems)


def _difference(difference: Difference, lang: Lang) -> str:
    name = _word(difference.kind, lang) + (f" {difference.name}" if difference.name else "")
    expected, actual = (_said(difference, value, lang) for value in (difference.expected, difference.actual))
    text = f"应为 {expected}，实为 {actual}" if lang != "en" else f"expected {expected}, got {actual}"
    return f"{name}{_colon(lang)}{text}{_apart(difference, lang)}"


def _apart(difference: Difference, lang: Lang) -> str:
    """What is missing from a list, and what is too much in it."""
    expected, actual = difference.expected, difference.actual
    if not isinstance(expected, tuple) or not isinstance(actual, tuple) or not expected or not actual:
        return ""
    missing = [name for name in expected if name not in actual]
    extra = [name for name in actual if name not in expected]
    words = ("少", "多", "；") if lang != "en" else ("without", "beside", "; ")
    parts = [f"{word} {_joined(names, lang)}" for word, names in zip(words, (missing, extra), strict=False) if names]
    text = words[2].join(parts)
    return "" if not parts else f" ({text})" if lang == "en" else f"（{text}）"


def _said(difference: Difference, value: object, lang: Lang) -> str:
    match value:
        case None if difference.kind == "points":
            return "缺项" if lang != "en" else "left out"
        case None | ():
            return "无" if lang != "en" else "none"
        case tuple():
            return _joined([str(name) for name in value], lang)
        case bool():
            return str(value).lower()
        case int():
            return two_decimals(value) if difference.kind == "score" else shortest(value)
        case _:
            return str(value)


def _joined(names: Sequence[str], lang: Lang) -> str:
    return ("、" if lang != "en" else ", ").join(names)


def _word(kind: str, lang: Lang) -> str:
    return _KINDS[kind][lang == "en"]


def _unreached(policy: Policy, target: Target, lang: Lang) -> str:
    """`分档  enterprise  客户满意度  at_least 85`."""
    title, detail = element_title(policy.models[target.model], target.path[2:], lang)
    return "  ".join(part for part in (_word(target.kind, lang), target.model, title, detail) if part)


def _policy_json(tested: Tested) -> Json:
    found: Json = {
        "policy": tested.policy, "passed": tested.passed, "failed": tested.failed,
        "cases": [_case_json(result, place) for result, place in tested.results],
    }  # fmt: skip
    if tested.coverages:
        coverages = [coverage for coverage, _ in tested.coverages]
        targets = sum(len(one.targets) for one in coverages)
        found["coverage"] = {
            "targets": targets, "reached": targets - sum(len(one.unreached) for one in coverages),
            "percent": percent(coverages),
            "unreached": [
                {
                    "kind": target.kind, "version": coverage.policy.version, "model": target.model,
                    "path": list(target.path), "file": place.file, "line": place.line,
                }
                for coverage, places in tested.coverages
                for target, place in zip(coverage.unreached, places, strict=True)
            ],
        }  # fmt: skip
    if tested.mutations:
        found["mutation"] = mutation_json(tested.mutations)
    return found


def _case_json(result: CaseResult, place: Place) -> Json:
    case = result.case
    return {
        "id": case.id, "title": case.title, "model": case.model, "as_of": iso_text(case.as_of),
        "file": place.file, "line": place.line, "passed": result.passed,
        "differences": [
            {
                "kind": one.kind, **({"name": one.name} if one.name else {}),
                "expected": _value_json(one, one.expected), "actual": _value_json(one, one.actual),
            }
            for one in result.differences
        ],
    }  # fmt: skip


def _value_json(difference: Difference, value: object) -> object:
    match value:
        case tuple():
            return list(value)
        case bool():
            return value
        case int():
            kind = difference.kind
            return two_decimals(value) if kind == "score" else shortest(value) if kind == "points" else value_json(value)
        case _:
            return value
