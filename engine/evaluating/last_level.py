"""The last level: that of the newest earlier result of the model itself, to which a veto may hold the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from engine.evaluating.fact_pass import FactPass
from engine.evaluating.facts import Step, compile_facts
from engine.model.policy import LAST_LEVEL, Fact, Model, Policy, Veto
from engine.model.problem import Problem
from engine.model.scale import Scale

_NONE = ""
"""No level has this name."""


def compile_last_level(policy: Policy, model: Model) -> Callable[[int], Step | None]:
    """For an as-of date what looks for the level; None where no veto asks for it."""
    if not model.reads_last_level:
        return lambda as_of: None
    fact = Fact("level", "", LAST_LEVEL, "text", None, _NONE)
    bind = compile_facts(policy, replace(model, facts={fact.id: fact}))
    return lambda as_of: bind(as_of)[0]


def last_level(step: Step, run: FactPass) -> str | None:
    """The level, or None; the run learns when another earlier result will count, or this one no longer."""
    earlier = FactPass(run.subject, run.records, {}, {}, set(), run.change, None)
    step(earlier)
    run.change = earlier.change
    return str(earlier.values["level"]) or None


def level_of_another_scale(level: str | None, held: Iterable[Veto], scale: Scale) -> Iterator[Problem]:
    """A warning for each veto that holds and cannot compare with the last level, which this scale does not have."""
    if level is None or level in scale.names:
        return
    for veto in held:
        if veto.above_previous is not None:
            values = {"veto": veto.id, "title": veto.title, "level": level, "scale": scale.id}
            yield Problem("previous_level_unknown", ("vetoes", veto.id), values, "warning")
