"""The generated evaluator: a model and a day become one Python function, which evaluates without reasoning.

`single` is the definition, and gives the reasoning; the differential test holds this one to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from msgspec import Struct

from engine.evaluating.generated.conditions import condition_text, on_results
from engine.evaluating.generated.facts import facts_lines
from engine.evaluating.generated.level import level_lines, veto_lines
from engine.evaluating.generated.points import Test
from engine.evaluating.generated.problems import (
    Problems,
    full_dimensions,
    later_records,
    pending,
    rejecting,
    unknown_last_level,
)
from engine.evaluating.generated.records import loop_lines, loop_of
from engine.evaluating.generated.score import score_lines
from engine.evaluating.generated.text import Lines, Namespace, indented, literal
from engine.evaluating.generated.validity import validity_lines
from engine.evaluating.generated.words import rare_words
from engine.model.condition import Condition
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome, Previous, Rejection
from engine.model.period import NEVER
from engine.model.policy import Model, Policy
from engine.model.scoring import awards
from engine.model.subject import Record, Subject

Evaluate = Callable[[Subject, Previous | None, Sequence[Record], int, Problems], Outcome]
"""Of a subject, its last result for alerts, the results of this run that it reads, the day on which one of these ends, warnings."""


class Generated(Struct, frozen=True):
    """A model for which functions are generated, one a day."""

    policy: Policy
    model: Model

    def text(self, as_of: int) -> str:
        """The function of a day as Python."""
        return "\n".join(_function(self.policy, self.model, as_of, _namespace(self.model)))

    def at(self, as_of: int) -> Evaluate:
        """The function of a day; any number of threads may share it."""
        names = _namespace(self.model)
        text = "\n".join(_function(self.policy, self.model, as_of, names))
        # Nothing of the policy is in the text but whole numbers, truth values and texts as Python's repr writes them.
        exec(compile(text, "<generated>", "exec"), names.objects)  # noqa: S102
        return cast(Evaluate, names.objects["evaluate"])


def compile_generated(policy: Policy, model: Model) -> Generated | None:
    """A model of a sound policy, None where `single` has to evaluate it.

    That is so where it takes records by `newest`, `once_per`, `before` or a subject's own periods, or where it is too deep or
    too long for Python's compiler.
    """
    return None if any(rare_words(model)) else Generated(policy, model)


def _namespace(model: Model) -> Namespace:
    return Namespace({name: f"v{place}" for place, name in enumerate(model.facts)})


def _function(policy: Policy, model: Model, as_of: int, names: Namespace) -> Lines:
    names.objects.update(policy=policy, model=model, Evaluation=Evaluation, NotEvaluated=NotEvaluated, Rejection=Rejection)
    loop = loop_of(policy, model, as_of, names)
    facts = facts_lines(model, as_of, names, loop)
    before_vetoes = on_results(policy.scale, {**names.facts, "score": "rounded"})
    ending = policy.ending(as_of)
    warned = [f"warnings = {names.bind('ending', (ending,))} + warnings"] if ending else []
    body = [
        "change = expires", "late = False", *loop_lines(loop), *facts, *validity_lines(model, as_of, names),
        f"valid_until = change - 1 if change < {NEVER} else None",
        *_rejection(model, as_of, names),
        *warned,
        f"if late: warnings += {names.bind('later', later_records(model, as_of))}(subject)",
        f"facts = {{{', '.join(f'{literal(name)}: {local}' for name, local in names.facts.items())}}}",
        *_exclusions(model, as_of, before_vetoes),
        *(score_lines(model, policy.scale, names, before_vetoes) if model.scores else []),
        *veto_lines(model, before_vetoes),
        *level_lines(model, policy.scale, names, before_vetoes),
        *_conclusions(policy, model, names),
        *_warnings(policy, model, names),
        f"return Evaluation(subject.id, policy, model, {as_of}, valid_until, facts, {_weight(model, names)}, score, level,",
        "    grade, vetoed, measures, alerts, warnings)",
    ]  # fmt: skip
    return ["def evaluate(subject, previous, derived, expires, warnings):", *indented(body)]


def _weight(model: Model, names: Namespace) -> str:
    return names.facts[model.weight] if isinstance(model.weight, str) else literal(model.weight)


def _rejection(model: Model, as_of: int, names: Namespace) -> Lines:
    problems, weight = names.bind("problems", rejecting(model)), _weight(model, names)
    refused = "bad" if not isinstance(model.weight, str) and model.weight >= 0 else f"bad or {weight} < 0"
    return [
        f"if {refused}:",
        f"    return Rejection(subject.id, policy.id, model.id, {as_of}, valid_until, {problems}(bad, {weight}))",
    ]


def _exclusions(model: Model, as_of: int, test: Test) -> Lines:
    if not model.not_evaluated:
        return []
    return [
        *_that_hold("excluded", [(exclusion.id, exclusion.when) for exclusion in model.not_evaluated], test),
        f"if excluded: return NotEvaluated(subject.id, policy, model, {as_of}, valid_until, excluded, facts, warnings)",
    ]


def _that_hold(target: str, conditions: list[tuple[str, Condition]], test: Test) -> Lines:
    """Sets a local to the ids of the conditions that hold."""
    lines = [f"{target} = ()"]
    return lines + [f"if {condition_text(when, test)}: {target} += ({literal(name)},)" for name, when in conditions]


def _conclusions(policy: Policy, model: Model, names: Namespace) -> Lines:
    """Measures and alerts, which may ask for the result."""
    results = {"score": "score", "level": "level", "grade": "grade", "vetoed": "is_vetoed"}
    last = {"previous.level": "last_level", "previous.score": "last_score"}
    test = on_results(policy.scale, {**names.facts, **results, **last})
    lines = ["is_vetoed = bool(vetoed)"]
    lines += _that_hold("measures", [(measure.id, measure.when) for measure in model.measures], test)
    if model.alerts:
        lines.append("last_level, last_score = (previous.level, previous.score) if previous else (None, None)")
    return lines + _that_hold("alerts", [(alert.id, alert.when) for alert in model.alerts], test)


def _warnings(policy: Policy, model: Model, names: Namespace) -> Lines:
    lines: Lines = []
    if opened := pending(policy, model):
        lines.append(f"warnings = {names.bind('pending', opened)} + warnings")
    if any(any(awards(form)) for form in model.forms()):
        lines.append("warnings += outside")
    if any(indicator.only_when is not None for indicator in model.indicators()):
        lines.append(f"if full: warnings += {names.bind('full_dimensions', full_dimensions(model))}(full)")
    if model.reads_last_level:
        unknown = names.bind("unknown_last_level", unknown_last_level(model, policy.scale))
        lines.append(f"if last and last not in {literal(policy.scale.names)}: warnings += {unknown}(vetoed, last)")
    return lines
