"""Which change moved whom, over some of those who stand elsewhere now: each change alone, and one after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from graphlib import CycleError

from msgspec import Struct
from msgspec.structs import replace

from engine.evaluating.order import Results, evaluate_all, plan
from engine.model.change import PolicyDiff
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome
from engine.model.impact import ABSENT, NOT_EVALUATED, REJECTED, UNGRADED, Attribution, StackedAttribution, Transitions
from engine.model.library import Library, Name
from engine.model.policy import Policy
from engine.model.subject import Subject
from engine.reviewing.impact.affected_models import affected_models
from engine.reviewing.impact.change_groups import ChangeGroup, change_groups, in_one_group
from engine.reviewing.impact.single_change import SeparateChanges, with_single_change, with_stacked_changes
from engine.reviewing.impact.transitions import Pair, transition_counts

Make = Callable[[PolicyDiff, ChangeGroup], Policy | None]


class Sample(Struct, frozen=True):
    """Some subjects of each model, all documents that their results read, and what came of them by both libraries."""

    names: Mapping[Name, Sequence[str]]
    subjects: Sequence[Subject]
    before: Results
    after: Results


class _Stage(Struct, frozen=True):
    """A library on the way from the old one to the new one, its results, and what they are to those of the old one."""

    library: Library
    results: Results
    counts: Mapping[Name, Attribution]


def attribute(
    old: Library, new: Library, pairs: Iterable[PolicyDiff], as_of: int, sample: Sample
) -> dict[Name, tuple[tuple[Attribution, ...], StackedAttribution]]:
    """For each model, what each group of changes that reaches it does to its sample alone, who moves most first; and what
    they do one after another, in the order in which they are told.

    `pairs` are the versions in force that differ.
    """
    known = [(changed, group) for changed in pairs for group in change_groups(changed)]
    first = _Stage(old, sample.before, {name: _counted(old, old, name, as_of, sample, sample.before) for name in sample.names})
    made_alone: dict[Name, list[Attribution]] = {name: [] for name in sample.names}
    for changed, group in known:
        try:
            reached, stage = _stage(first, old, new, _with(first.library, changed, group, with_single_change), as_of, sample)
        except CycleError:  # models that read each other, as neither version's do
            continue
        for name in reached:
            if name in sample.names:
                made_alone[name].append(replace(stage.counts[name], changes=group.changes))
    lines = _one_after_another(first, new, known, as_of, sample)
    total = {name: _counted(old, new, name, as_of, sample, sample.after) for name in sample.names}
    by_model = {}
    for name, some in made_alone.items():
        by_most = sorted(
            some,
            key=lambda attribution: (
                -attribution.moved.up - attribution.moved.down - attribution.moved.lost - attribution.moved.gained
            ),
        )
        standing = {id(change) for attribution in some for change in attribution.changes}
        own = tuple(line for line in lines[name] if _any(line) or any(id(change) in standing for change in line.changes))
        joint = total[name]
        for attribution in own:
            joint = _less(joint, attribution)
        by_model[name] = tuple(by_most), StackedAttribution(own, joint, total[name])
    return by_model


def _one_after_another(
    first: _Stage, new: Library, known: Iterable[tuple[PolicyDiff, ChangeGroup]], as_of: int, sample: Sample
) -> dict[Name, list[Attribution]]:
    """By how much each count grows by each group, after the former ones.

    A group with which a model does not hold together yet is taken with the next ones.
    """
    lines: dict[Name, list[Attribution]] = {name: [] for name in sample.names}
    stage, old = first, first.library
    taken: dict[int, list[ChangeGroup]] = {}
    waiting: list[ChangeGroup] = []
    for changed, group in known:
        taken.setdefault(id(changed), []).append(group)
        waiting.append(group)
        try:
            library = _with(old, changed, in_one_group(taken[id(changed)]), with_stacked_changes, stage.library)
            reached, then = _stage(stage, old, new, library, as_of, sample)
        except (SeparateChanges, CycleError):
            continue
        for name in reached:
            if name in sample.names:
                grown = _less(then.counts[name], stage.counts[name])
                lines[name].append(replace(grown, changes=in_one_group(waiting).changes))
        stage, waiting = then, []
    return lines


def _with(old: Library, changed: PolicyDiff, group: ChangeGroup, make: Make, under: Library | None = None) -> Library:
    """A library (the old one, where no other is given) with the policy of a pair as the group makes it of the old one."""
    library = under or old
    policy = make(changed, group)
    ids = {policy.id for policy in (changed.old, changed.new) if policy}
    there = {id(policy) for policy in old.policies if policy.id in ids and policy is not changed.old}
    rest = tuple(policy for policy in library.policies if policy.id not in ids or id(policy) in there)
    return replace(library, policies=rest if policy is None else (*rest, policy))


def _stage(
    before: _Stage, old: Library, new: Library, library: Library, as_of: int, sample: Sample
) -> tuple[list[Name], _Stage]:  # fmt: skip
    """The library after another one: which models may give other results, what they give, and what that is to the old one.

    One that cannot give other results than the new one, as where a change is all that differs, is not evaluated.
    """
    reached = affected_models(before.library, library, as_of)
    if affected_models(library, new, as_of):
        stand = {key: outcome for key, outcome in before.results.items() if key[1] not in reached}
        results = evaluate_all(plan(library, as_of), sample.subjects, reasoning=False, stand=stand)
    else:
        results = sample.after
    some = {name: _counted(old, library, name, as_of, sample, results) for name in reached if name in sample.names}
    return reached, _Stage(library, results, {**before.counts, **some})


def _counted(old: Library, new: Library, name: Name, as_of: int, sample: Sample, after: Results) -> Attribution:
    """What results are to those of the old library, over a model's sample."""
    outcomes = [(sample.before.get((subject, name)), after.get((subject, name))) for subject in sample.names[name]]
    policies = [library.in_force(as_of).get(name[0]) for library in (old, new)]
    there = [policy.scale for policy in policies if policy]
    if not there:
        return Attribution((), Transitions(len(outcomes)), 0, 0)
    scale, other = there[0], there[-1]
    matrix: Counter[Pair] = Counter((place_of(first), place_of(two)) for first, two in outcomes)
    up = down = 0
    for first, two in outcomes:
        scores = _score(first), _score(two)
        if scores[0] is not None and scores[1] is not None:
            up += scores[1] * scale.full > scores[0] * other.full
            down += scores[1] * scale.full < scores[0] * other.full
    return Attribution((), transition_counts(scale, other, matrix), up, down)


def _less(first: Attribution, other: Attribution) -> Attribution:
    """By how much the counts of one are more; both are of the same subjects."""
    counts = {
        name: getattr(first.moved, name) - getattr(other.moved, name) for name in Transitions.__struct_fields__ if name != "of"
    }
    score = first.score_up - other.score_up, first.score_down - other.score_down
    return Attribution(first.changes, Transitions(first.moved.of, **counts), *score)


def _any(attribution: Attribution) -> bool:
    """Whether anything moves."""
    counts = [getattr(attribution.moved, name) for name in Transitions.__struct_fields__ if name != "of"]
    return any((*counts, attribution.score_up, attribution.score_down))


def place_of(outcome: Outcome | None) -> str:
    """The level of an outcome, or what stands in its place."""
    if outcome is None:
        return ABSENT
    if isinstance(outcome, Evaluation):
        return outcome.level or UNGRADED
    return NOT_EVALUATED if isinstance(outcome, NotEvaluated) else REJECTED


def _score(outcome: Outcome | None) -> int | None:
    return outcome.score if isinstance(outcome, Evaluation) else None
