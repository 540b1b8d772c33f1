"""How results move as a fact grows: what it does to points, vetoes and measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from engine.model.condition import Condition, facts_in
from engine.model.policy import Model, Ratio, Total, UseFact
from engine.model.scale import Scale
from engine.model.scoring import Bands, Choices, Each, FirstOf, Form, form_facts
from engine.reviewing.diff.logic import polarity

NONE, FAVOURABLE, ADVERSE, MIXED = "none", "favourable", "adverse", "mixed"

_AS = {"up": FAVOURABLE, "down": ADVERSE, "both": MIXED, "none": NONE}
_REVERSED = {FAVOURABLE: ADVERSE, ADVERSE: FAVOURABLE}


def tendency(model: Model, fact: str, scale: Scale) -> str:
    """What growth of a fact (of a boolean, becoming true) can bring: nothing worse, nothing better, either, or nothing."""
    return _joined(_tendencies(model, fact, scale))


def _tendencies(model: Model, fact: str, scale: Scale) -> Iterator[str]:
    for other in model.facts.values():  # what rests on the fact
        match other.source:
            case Ratio(of, to):
                if of == fact:
                    yield tendency(model, other.id, scale)
                if to == fact and tendency(model, other.id, scale) != NONE:
                    yield MIXED
            case Total(facts) if fact in facts:
                yield tendency(model, other.id, scale)
        if isinstance(other.if_missing, UseFact) and other.if_missing.name == fact:
            yield tendency(model, other.id, scale)
    for indicator in model.indicators():
        yield form_tendency(indicator.form, fact, scale)
        if indicator.only_when is not None and fact in facts_in(indicator.only_when):
            yield MIXED
    for item in model.items():
        yield form_tendency(item.form, fact, scale)
    if model.decisions:
        worst = len(scale.levels)
        branches = [(when, worst - scale.names.index(level)) for when, level in model.decisions.branches]
        yield _first_of(branches, worst - scale.names.index(model.decisions.otherwise), fact, scale)
    for veto in model.vetoes:
        yield _reverse(_AS[polarity(veto.when, fact, scale)])
    for exclusion in model.not_evaluated:
        if fact in facts_in(exclusion.when):
            yield MIXED
    for measure in model.measures:
        found = _AS[polarity(measure.when, fact, scale)]
        yield found if measure.kind == "incentive" else _reverse(found) if measure.kind == "restriction" else NONE
    if model.weight == fact:
        yield MIXED


def form_tendency(form: Form, fact: str, scale: Scale) -> str:
    """What growth of a fact does to the points of a form."""
    if fact not in form_facts(form):
        return NONE
    match form:
        case Each(points):
            return _of_steps([0, dict(points)[fact]])
        case Bands(bands=bands, otherwise=otherwise):
            steps = [band.points for band in bands] + [otherwise]
            falling = bands[0].operator in ("at_least", "above")
            return _of_steps(steps[::-1] if falling else steps)
        case Choices(points=points, otherwise=otherwise):
            given = dict(points)
            if not all(isinstance(value, bool) for value in given):
                return MIXED
            return _of_steps([given.get(value, otherwise or 0) for value in (False, True)])
        case FirstOf(branches, otherwise):
            return _first_of([(branch.when, branch.points) for branch in branches], otherwise, fact, scale)


def _first_of(branches: Sequence[tuple[Condition, int]], otherwise: int, fact: str, scale: Scale) -> str:
    """A branch that comes to hold takes the place of one after it."""
    found = []
    for place, (when, points) in enumerate(branches):
        later = [one for _, one in branches[place + 1 :]] + [otherwise]
        held = _AS[polarity(when, fact, scale)]
        if held == NONE:
            continue
        if all(points >= one for one in later):
            found.append(held)
        elif all(points <= one for one in later):
            found.append(_reverse(held))
        else:
            found.append(MIXED)
    return _joined(found)


def _of_steps(steps: Sequence[int]) -> str:
    """Of points in the order of growing values."""
    pairs = list(pairwise(steps))
    rises, falls = any(one < two for one, two in pairs), any(one > two for one, two in pairs)
    return MIXED if rises and falls else FAVOURABLE if rises else ADVERSE if falls else NONE


def _reverse(found: str) -> str:
    return _REVERSED.get(found, found)


def _joined(found: Iterable[str]) -> str:
    kinds = set(found) - {NONE}
    return NONE if not kinds else kinds.pop() if len(kinds) == 1 else MIXED
