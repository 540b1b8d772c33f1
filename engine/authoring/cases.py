"""Cases run through the single evaluator: what came out of each, and where that differs from what must."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.evaluating import single
from engine.evaluating.order import last_result
from engine.evaluating.single import Compiled, compile_model
from engine.model.case import LISTS, RESULTS, Case, CaseResult, Difference
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome, Rejection
from engine.model.library import Library


def run_cases(library: Library, cases: Iterable[Case]) -> Iterator[CaseResult]:
    """The result of each case, by the version of its policy that is in force on its day."""
    compiled: dict[tuple[str, int, str], Compiled] = {}
    for case in cases:
        policy = library.in_force(case.as_of)[case.policy]
        key = (policy.id, policy.effective_from, case.model)
        if key not in compiled:
            compiled[key] = compile_model(policy, policy.models[case.model])
        yield run_case(compiled[key], case)


def run_case(compiled: Compiled, case: Case) -> CaseResult:
    """A case by the one model that it examines; results of other models are among its records where it needs them."""
    previous = last_result(compiled, case.subject, case.as_of)
    outcome = single.evaluate(compiled.at(case.as_of), case.subject, previous)
    return CaseResult(case, outcome, tuple(differences(case, outcome)))


def differences(case: Case, outcome: Outcome) -> Iterator[Difference]:
    """What came out otherwise, in the order of `expect`; of another sort of outcome, that alone."""
    expect = case.expect
    instead = {key: expect.lists.get(key, ()) for key in ("rejected", "not_evaluated")}
    found = {"rejected": _reasons(outcome), "not_evaluated": _exclusions(outcome)}
    if instead != found:
        yield from (Difference(key, "", instead[key], found[key]) for key in found if instead[key] != found[key])
        return
    if isinstance(outcome, Evaluation):
        actual = {key: getattr(outcome, key) for key in (*RESULTS, *LISTS)}
        yield from _different(expect.results, actual)
        yield from _different({key: value for key, value in expect.lists.items() if key in LISTS}, actual)
        yield from _different(expect.points, _points(outcome), "points")
    if not isinstance(outcome, Rejection):
        yield from _different(expect.facts, outcome.facts, "facts")


def _different(expected: Mapping[str, object], actual: Mapping[str, object], kind: str = "") -> Iterator[Difference]:
    for name, value in expected.items():
        if actual[name] != value:
            yield Difference(kind, name, value, actual[name]) if kind else Difference(name, "", value, actual[name])


def _reasons(outcome: Outcome) -> tuple[str, ...]:
    """Codes, each once."""
    return tuple(sorted({problem.code for problem in outcome.problems})) if isinstance(outcome, Rejection) else ()


def _exclusions(outcome: Outcome) -> tuple[str, ...]:
    return outcome.exclusions if isinstance(outcome, NotEvaluated) else ()


def _points(outcome: Evaluation) -> dict[str, int | None]:
    """Of indicators and adjustment items, None for what was left out."""
    reasoning = outcome.reasoning
    if reasoning is None:
        return {}
    indicators = {one.id: one.points for dimension in reasoning.dimensions for one in dimension.indicators}
    return {**indicators, **dict(reasoning.items)}
