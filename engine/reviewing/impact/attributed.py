"""Which change moved whom: each change alone, made to the old version, over some of those who stand elsewhere now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError

from msgspec.structs import replace

from engine.evaluating.order import Results, evaluate_all, plan
from engine.model.change import Changed
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome
from engine.model.impact import ABSENT, NOT_EVALUATED, REJECTED, UNGRADED, Attributed, Moved
from engine.model.library import Library, Name
from engine.model.policy import Policy
from engine.model.subject import Subject
from engine.reviewing.impact.affected import affected
from engine.reviewing.impact.alone import alone
from engine.reviewing.impact.grouped import Group, groups
from engine.reviewing.impact.moves import Pair, moved


def attributed(
    old: Library, pairs: Iterable[Changed], as_of: int, subjects: Sequence[Subject], samples: Mapping[Name, Sequence[str]]
) -> dict[Name, tuple[Attributed, ...]]:
    """For each model, what each group of changes that reaches it does to its sample, who moves most first.

    `pairs` are the versions in force that differ; `subjects` hold the samples and all whose results they read.
    """
    before = evaluate_all(plan(old, as_of), subjects, reasoning=False)
    found: dict[Name, list[Attributed]] = {name: [] for name in samples}
    for changed in pairs:
        for group in groups(changed):
            for name, one in _of_group(old, changed, group, as_of, subjects, samples, before):
                found[name].append(one)
    return {
        name: tuple(sorted(some, key=lambda one: -one.moved.up - one.moved.down - one.moved.lost - one.moved.gained))
        for name, some in found.items()
    }


def _of_group(
    old: Library, changed: Changed, group: Group, as_of: int, subjects: Sequence[Subject],
    samples: Mapping[Name, Sequence[str]], before: Results,
) -> Iterable[tuple[Name, Attributed]]:  # fmt: skip
    library = _library(old, changed, group)
    try:
        made = plan(library, as_of)
        reached = affected(old, library, as_of)
    except CycleError:  # models that read each other, as neither version's do
        return
    stand = {key: outcome for key, outcome in before.items() if key[1] not in reached}
    after = evaluate_all(made, subjects, reasoning=False, stand=stand)
    for name in reached:
        if name in samples:
            yield name, _counted(group, [(before.get((one, name)), after.get((one, name))) for one in samples[name]])


def _library(old: Library, changed: Changed, group: Group) -> Library:
    """The old library with one policy changed by the group alone."""
    policy = alone(changed, group)
    rest = tuple(one for one in old.policies if one is not changed.old)
    return replace(old, policies=rest if policy is None else (*rest, policy))


def _counted(group: Group, outcomes: Sequence[tuple[Outcome | None, Outcome | None]]) -> Attributed:
    policies = [_policy(one for one, _ in outcomes), _policy(one for _, one in outcomes)]
    scale, other = (one.scale if one else None for one in policies)
    matrix: Counter[Pair] = Counter((place(one), place(two)) for one, two in outcomes)
    up = down = 0
    for one, two in outcomes:
        scores = _score(one), _score(two)
        if scale and other and scores[0] is not None and scores[1] is not None:
            up += scores[1] * scale.full > scores[0] * other.full
            down += scores[1] * scale.full < scores[0] * other.full
    some = scale or other
    if some is None:
        return Attributed(group.changes, Moved(len(outcomes)), 0, 0)
    return Attributed(group.changes, moved(scale or some, other or some, matrix), up, down)


def place(outcome: Outcome | None) -> str:
    """The level of an outcome, or what stands in its place."""
    if outcome is None:
        return ABSENT
    if isinstance(outcome, Evaluation):
        return outcome.level or UNGRADED
    return NOT_EVALUATED if isinstance(outcome, NotEvaluated) else REJECTED


def _score(outcome: Outcome | None) -> int | None:
    return outcome.score if isinstance(outcome, Evaluation) else None


def _policy(outcomes: Iterable[Outcome | None]) -> Policy | None:
    return next((one.policy for one in outcomes if isinstance(one, Evaluation)), None)
