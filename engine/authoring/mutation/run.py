"""Mutants of a policy, put to its cases: those that no case notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from engine.authoring.cases import run_case
from engine.authoring.mutation.change import ModelEdit, number_text, unit, walk
from engine.authoring.mutation.models import model_changes
from engine.evaluating.single import compile_model
from engine.model.case import Case, CaseResult
from engine.model.mutation import Mutant, Mutation
from engine.model.policy import Model, Parameter, Policy
from engine.model.problem import Path

_MOVED = frozenset(("if_missing", "threshold", "points", "start", "beyond", "short_of", "step", "bound", "cap", "counts_for"))


class MutatedPolicy(Struct, frozen=True):
    """A mutant and the models that are otherwise in it."""

    mutant: Mutant
    models: tuple[Model, ...]


def mutation(policy: Policy, results: Iterable[CaseResult], step: Callable[[], object] = lambda: None) -> Mutation:
    """Which mutants of one version of a policy no passing case that examines it notices; `step` is called after each."""
    cases: dict[str, list[Case]] = {name: [] for name in policy.models}
    for result in results:
        if result.passed and policy.in_force(result.case.as_of):
            cases[result.case.model].append(result.case)
    count = 0
    unnoticed: list[Mutant] = []
    for mutated in mutants(policy):
        count += 1
        if not any(_notices(policy, model, cases[model.id]) for model in mutated.models):
            unnoticed.append(mutated.mutant)
        step()
    return Mutation(policy, count, tuple(unnoticed))


def _notices(policy: Policy, model: Model, cases: list[Case]) -> bool:
    """Whether a case fails; it comes to the front, for the next mutant is often one of the same thing."""
    compiled = compile_model(policy, model)
    for index, case in enumerate(cases):
        if not run_case(compiled, case).passed:
            cases.insert(0, cases.pop(index))
            return True
    return False


def mutants(policy: Policy) -> Iterator[MutatedPolicy]:
    """Every mutant of a policy: its parameters, then model by model."""
    for parameter in policy.parameters.values():
        yield from _parameter(policy, parameter)
    for model in policy.models.values():
        for change in model_changes(walk(policy, model)):
            yield MutatedPolicy(_mutant(model, change), (change.part,))


def _mutant(model: Model, change: ModelEdit) -> Mutant:
    path = ("models", model.id, *change.path)
    assert change.key
    return Mutant(change.kind, model.id, path, change.old, change.new, change.when, change.key, change.name)


def _parameter(policy: Policy, parameter: Parameter) -> Iterator[MutatedPolicy]:
    """A value of one more and one less, wherever it stands but for weights, which no case can see.

    Where it stands in points that would not add up, it stays.
    """
    size = unit(parameter.value)
    for value in (parameter.value - size, parameter.value + size):
        edits: list[tuple[Model, ModelEdit]] = []
        for model in policy.models.values():
            numbers = _given(model, parameter.id, value)
            changes = list(_set(policy, model, numbers))
            if len(changes) < len(numbers):
                return
            edits += [(model, changes[-1])] if changes else []
        if edits:
            model, change = edits[0]
            assert change.key
            path = ("parameters", parameter.id, "value")
            old, new = number_text(parameter.value), number_text(value)
            mutant = Mutant("parameter", model.id, path, old, new, change.when, change.key, change.name)
            yield MutatedPolicy(mutant, tuple(change.part for _, change in edits))


def _given(model: Model, parameter: str, value: int) -> Mapping[Path, int]:
    """The numbers that a model would have where a parameter stands."""
    uses = (use for use in model.parameter_uses if use.parameter == parameter and use.path != ("weight",))
    return {use.path: value if use.complement is None else use.complement - value for use in uses}


def _set(policy: Policy, model: Model, numbers: Mapping[Path, int]) -> Iterator[ModelEdit]:
    """A model with one more number set each time."""
    for path, number in numbers.items():
        changes = model_changes(walk(policy, model, {path: number}))
        change = next((edit for edit in changes if edit.path == path and edit.kind in _MOVED), None)
        if change is not None:
            model = change.part
            yield change
