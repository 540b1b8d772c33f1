"""How results move as a fact grows: what it does to points, vetoes and measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, Literal, assert_never

from engine.model.condition import Comparison, Condition, facts_in
from engine.model.digest import canonical
from engine.model.fact_range import fact_range
from engine.model.policy import Model, Policy, Ratio, RejectMissing, Total, UseFact, facts_read
from engine.model.scale import Scale
from engine.model.scoring import Alternative, Award, Each, Form, Points, form_facts, least_points, most_points, normal_form
from engine.reviewing.diff import name_domains
from engine.reviewing.diff.condition_relation import Polarity, polarity
from engine.reviewing.diff.level_monotonicity import Helps

NONE: Final = "none"
FAVOURABLE: Final = "favourable"
ADVERSE: Final = "adverse"
MIXED: Final = "mixed"

Tendency = Literal["none", "favourable", "adverse", "mixed"]

_AS: Mapping[Polarity, Tendency] = {"up": FAVOURABLE, "down": ADVERSE, "both": MIXED, "none": NONE}
_REVERSED: Mapping[Tendency, Tendency] = {FAVOURABLE: ADVERSE, ADVERSE: FAVOURABLE}


def result_tendency(policy: Policy, model: Model, fact: str, helps: Helps) -> Tendency:
    """What growth of a fact (of a boolean, becoming true) can bring: nothing worse, nothing better, either, or nothing.

    What is neither better nor worse (another weight, a routine measure, no evaluation) may be either.
    """
    return _joined(_tendencies(policy, model, fact, helps))


def _tendencies(policy: Policy, model: Model, fact: str, helps: Helps) -> Iterator[Tendency]:
    yield from _of_others(policy, model, fact, helps)
    if any(fact in facts_in(indicator.only_when) for indicator in model.indicators() if indicator.only_when is not None):
        yield MIXED
    if any(fact in facts_in(exclusion.when) for exclusion in model.not_evaluated) or model.weight == fact:
        yield MIXED
    points = _joined(_points(policy, model, fact))
    yield points if points == NONE or helps.score else MIXED
    level = _joined(_levels(policy, model, fact))
    yield level if level == NONE or helps.level else MIXED
    known = name_domains.of_model(policy, model)
    whens = [canonical(measure.when) for measure in model.measures if measure.kind != "routine"]
    for measure in model.measures:
        tendency = _AS[polarity(measure.when, fact, policy.scale, known)]
        match measure.kind:
            case "incentive":
                yield tendency
            case "restriction":
                yield _reverse(tendency)
            case "routine":  # one that goes with another (告知 with 惩戒) comes and goes as that one does
                yield NONE if tendency == NONE or canonical(measure.when) in whens else MIXED
            case never:
                assert_never(never)


def _of_others(policy: Policy, model: Model, fact: str, helps: Helps) -> Iterator[Tendency]:
    """What comes by the facts that rest on this one."""
    for other in model.facts.values():
        match other.source:
            case source if fact not in facts_read(source):
                pass
            case Ratio(of, to, per):
                tendency = result_tendency(policy, model, other.id, helps) if fact in (of, to) else NONE
                if of == fact:
                    plain = per >= 0 and fact_range(model.facts[to], policy, model).low >= 0
                    yield tendency if tendency == NONE or plain else MIXED
                if to == fact and (tendency != NONE or isinstance(other.if_missing, RejectMissing)):
                    yield MIXED
            case Total():
                yield result_tendency(policy, model, other.id, helps)
            case _:  # whatever else is computed from it may go either way
                yield MIXED
        if isinstance(other.if_missing, UseFact) and other.if_missing.name == fact:
            yield result_tendency(policy, model, other.id, helps)


def _points(policy: Policy, model: Model, fact: str) -> Iterable[Tendency]:
    known = name_domains.of_model(policy, model)
    yield from (form_tendency(form, fact, policy, model) for form in model.forms())
    for indicator in model.indicators():
        if indicator.none_when is not None:
            yield _reverse(_AS[polarity(indicator.none_when, fact, policy.scale, known)])


def _levels(policy: Policy, model: Model, fact: str) -> Iterator[Tendency]:
    """What comes by decisions and vetoes."""
    scale, known = policy.scale, name_domains.of_model(policy, model)
    if model.decisions:
        worst = len(scale.levels)
        branches = [(when, worst - scale.names.index(level)) for when, level in model.decisions.branches]
        yield _first_of(branches, worst - scale.names.index(model.decisions.otherwise), fact, scale, known)
    for veto in model.vetoes:
        yield _reverse(_AS[polarity(veto.when, fact, scale, known)])


def form_tendency(form: Form, fact: str, policy: Policy, model: Model) -> Tendency:
    """What growth of a fact does to the points of a form."""
    if fact not in form_facts(form):
        return NONE
    match normal_form(form):
        case Each(points, short_of=short_of):
            tendency = _of_steps([0, dict(points)[fact]])
            return tendency if short_of is None else _reverse(tendency)
        case several:
            return _of_alternatives(several, fact, policy, model)


def _of_alternatives(several: Sequence[Alternative], fact: str, policy: Policy, model: Model) -> Tendency:
    """What is awarded grows with its fact; what is asked chooses between what may be awarded."""
    awarded = any(isinstance(way.points, Award) and way.points.fact == fact for way in several)
    chooses = any(fact in facts_in(way.when) for way in several if way.when is not None)
    chosen = _of_chosen(several, fact, policy, model) if chooses else NONE
    return _joined([FAVOURABLE if awarded else NONE, chosen])


def _of_chosen(several: Sequence[Alternative], fact: str, policy: Policy, model: Model) -> Tendency:
    points = [alternative.points for alternative in several]
    match several[0].kind, several[0].when:
        case "band", Comparison(operator="at_least" | "above"):
            return _of_steps(points[::-1])
        case "band", _:
            return _of_steps(points)
        case "choice", _:
            return _of_answers(several)
        case "branch", _:
            pairs = [(alternative.when, alternative.points) for alternative in several if alternative.when is not None]
            return _first_of(pairs, points[-1], fact, policy.scale, name_domains.of_model(policy, model))
        case never:
            assert_never(never)


def _of_answers(choices: Sequence[Alternative]) -> Tendency:
    """Of choices between yes and no; texts do not grow."""
    values = [choice.when.operand for choice in choices if isinstance(choice.when, Comparison)]
    if not all(isinstance(value, bool) for value in values):
        return MIXED
    rest = next((choice.points for choice in choices if choice.when is None), 0)
    points = dict(zip(values, (choice.points for choice in choices), strict=False))
    return _of_steps([points.get(answer, rest) for answer in (False, True)])


def _first_of(
    branches: Sequence[tuple[Condition, Points]], otherwise: Points, fact: str, scale: Scale, known: name_domains.Held
) -> Tendency:
    """A branch that comes to hold takes the place of one after it."""
    tendencies: list[Tendency] = []
    for place, (when, points) in enumerate(branches):
        later = [amount for _, amount in branches[place + 1 :]] + [otherwise]
        happens = _AS[polarity(when, fact, scale, known)]
        if happens == NONE:
            continue
        if not any(_may_rise(points, amount) for amount in later):
            tendencies.append(happens)
        elif not any(_may_rise(amount, points) for amount in later):
            tendencies.append(_reverse(happens))
        else:
            tendencies.append(MIXED)
    return _joined(tendencies)


def _may_rise(before: Points, after: Points) -> bool:
    """Whether the one may give less than the other, where all else is the same."""
    if isinstance(before, Award) and isinstance(after, Award) and before.fact == after.fact:
        return before.at_least < after.at_least or before.at_most < after.at_most
    return least_points(before) < most_points(after)


def _of_steps(steps: Sequence[Points]) -> Tendency:
    """Of points in the order of growing values."""
    pairs = list(pairwise(steps))
    rises, falls = any(_may_rise(*pair) for pair in pairs), any(_may_rise(two, before) for before, two in pairs)
    return MIXED if rises and falls else FAVOURABLE if rises else ADVERSE if falls else NONE


def _reverse(tendency: Tendency) -> Tendency:
    return _REVERSED.get(tendency, tendency)


def _joined(tendencies: Iterable[Tendency]) -> Tendency:
    kinds = set(tendencies) - {NONE}
    return NONE if not kinds else kinds.pop() if len(kinds) == 1 else MIXED
