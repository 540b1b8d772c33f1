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
from engine.rendering.case_working import working_lines
from engine.rendering.element_titles import element_title
from engine.rendering.evaluation_json import value_json
from engine.rendering.explanation.explained import Explained
from engine.rendering.messages import message
from engine.rendering.mutants import mutation_json, noticed_share, unnoticed
from engine.rendering.phrases import listed, say, with_semicolons
from engine.rendering.sentences import Lang, Sentences

Json = dict[str, Any]

_say = Sentences("cases").sentence


def cases_text(tested: Sequence[Tested], lang: Lang, reasons: Mapping[Place, Explained]) -> str:
    """For people: a paragraph a policy, and the sum of several; `reasons` are those of the failing cases by their places."""
    lines = [line for policy in tested for line in _policy(policy, reasons, lang)]
    if len(tested) > 1:
        passed, failed = sum(policy.passed for policy in tested), sum(policy.failed for policy in tested)
        lines += ["", _say("together", lang, counts=_counts(passed, failed, lang))]
    return "\n".join(lines) + "\n"


def cases_json(tested: Sequence[Tested]) -> Json:
    """For programs, by schema/test.schema.json; scores and points are strings."""
    return {"policies": [_policy_json(policy) for policy in tested]}


def _counts(passed: int, failed: int, lang: Lang) -> str:
    if passed + failed == 0:
        return _say("no-cases", lang)
    return _say("passed-failed", lang, passed=passed, failed=failed)


def _policy(tested: Tested, reasons: Mapping[Place, Explained], lang: Lang) -> Iterator[str]:
    head = _say("policy-counts", lang, policy=tested.policy, counts=_counts(tested.passed, tested.failed, lang))
    covered = _share([coverage for coverage, _ in tested.coverages], lang) if tested.coverages else ""
    yield head + covered + noticed_share([mutation for mutation, _ in tested.mutations], lang)
    for result, place in tested.results:
        if not result.passed:
            yield from _failure(result, place, reasons[place], lang)
    for coverage, places in tested.coverages:
        for target, place in zip(coverage.unreached, places, strict=True):
            yield f"  {place.file}:{place.line}  {_unreached(coverage.policy, target, lang)}"
    for mutation, places in tested.mutations:
        for mutant, place in zip(mutation.unnoticed, places, strict=True):
            yield from unnoticed(mutation.policy, mutant, place, lang)


def _share(coverages: Sequence[Coverage], lang: Lang) -> str:
    targets = sum(len(coverage.targets) for coverage in coverages)
    reached = targets - sum(len(coverage.unreached) for coverage in coverages)
    return _say("coverage", lang, share=f"{percent(coverages)}%", reached=reached, targets=targets)


def percent(coverages: Sequence[Coverage]) -> str:
    """With one decimal."""
    whole, tenth = divmod(per_mille(coverages), 10)
    return f"{whole}.{tenth}"


def _failure(result: CaseResult, place: Place, view: Explained, lang: Lang) -> Iterator[str]:
    yield f"  {place.file}:{place.line}  {result.case.id}  {result.case.title}"
    for difference in result.differences:
        yield f"    {_difference(difference, lang)}"
    if isinstance(result.outcome, Rejection) and any(part.kind == "rejected" for part in result.differences):
        yield from (f"      {message(problem, lang)}" for problem in result.outcome.problems)
    yield from (f"      {line}" for line in working_lines(result, view, lang))


def _difference(difference: Difference, lang: Lang) -> str:
    what = _say(f"differs-{difference.kind}", lang) + (f" {difference.name}" if difference.name else "")
    expected, actual = (_value(difference, value, lang) for value in (difference.expected, difference.actual))
    apart = _apart(difference, lang)
    how = "difference-apart" if apart else "difference"
    return _say(how, lang, what=what, expected=expected, actual=actual, apart=apart)


def _apart(difference: Difference, lang: Lang) -> str:
    """What is missing from a list, and what is too much in it."""
    expected, actual = difference.expected, difference.actual
    if not isinstance(expected, tuple) or not isinstance(actual, tuple) or not expected or not actual:
        return ""
    missing = [str(name) for name in expected if name not in actual]
    extra = [str(name) for name in actual if name not in expected]
    parts = [_say("missing-names", lang, names=listed(missing, lang))] if missing else []
    parts += [_say("extra-names", lang, names=listed(extra, lang))] if extra else []
    return with_semicolons(parts, lang)


def _value(difference: Difference, value: object, lang: Lang) -> str:
    match value:
        case None if difference.kind == "points":
            return _say("left-out", lang)
        case None | ():
            return say("none", lang)
        case tuple():
            return listed(map(str, value), lang)
        case bool():
            return str(value).lower()
        case int():
            return two_decimals(value) if difference.kind == "score" else shortest(value)
        case _:
            return str(value)


def _unreached(policy: Policy, target: Target, lang: Lang) -> str:
    """`分档  enterprise  客户满意度  at_least 85`."""
    title, detail = element_title(policy.models[target.model], target.path[2:], lang)
    return "  ".join(part for part in (say(f"target-{target.kind}", lang), target.model, title, detail) if part)


def _policy_json(tested: Tested) -> Json:
    document: Json = {
        "policy": tested.policy, "passed": tested.passed, "failed": tested.failed,
        "cases": [_case_json(result, place) for result, place in tested.results],
    }  # fmt: skip
    if tested.coverages:
        coverages = [coverage for coverage, _ in tested.coverages]
        targets = sum(len(coverage.targets) for coverage in coverages)
        document["coverage"] = {
            "targets": targets, "reached": targets - sum(len(coverage.unreached) for coverage in coverages),
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
        document["mutation"] = mutation_json(tested.mutations)
    return document


def _case_json(result: CaseResult, place: Place) -> Json:
    case = result.case
    return {
        "id": case.id, "title": case.title, "model": case.model, "as_of": iso_text(case.as_of),
        "file": place.file, "line": place.line, "passed": result.passed,
        "differences": [
            {
                "kind": difference.kind, **({"name": difference.name} if difference.name else {}),
                "expected": _value_json(difference, difference.expected), "actual": _value_json(difference, difference.actual),
            }
            for difference in result.differences
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
