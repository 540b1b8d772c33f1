"""Random timelines of a policy on two sides, held against who is in force on each day and what comes of it.

`python -m tests.reviewing.timelines 2000` tries so many, from a seed on (`--seed 7`), and tells the first that is false.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from engine.authoring.mutation.run import mutants
from engine.evaluating.single import Compiled, compile_model, evaluate
from engine.model.change import PolicyDiff, Span
from engine.model.comparison import DECLARED
from engine.model.digest import digest
from engine.model.evaluation import Evaluation
from engine.model.period import iso_text
from engine.model.policy import Policy, Revision
from engine.model.subject import Subject
from engine.rendering.changes.days_in_force import span_views
from engine.reviewing.diff.intent import judge
from engine.reviewing.diff.policies import policy_changes
from tests.agreement.compare import read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world

DAYS = 400
"""So many days are drawn from; the as-of day of the world is in their middle."""

INTENTS = ("text", "neutral", "looser", "stricter", "mixed")
BETTER, WORSE = "better", "worse"
FORBIDDEN = {
    "text": {BETTER, WORSE}, "neutral": {BETTER, WORSE}, "looser": {WORSE}, "stricter": {BETTER}, "mixed": set(),
    None: {BETTER, WORSE},
}  # fmt: skip
"""By what is declared of a version, or said of days, what may come of it for nobody."""


class Trial(Struct, frozen=True):
    """Both sides, the subjects of the world, and the day before which what is gone had ended."""

    old: tuple[Policy, ...]
    new: tuple[Policy, ...]
    subjects: tuple[Subject, ...]
    today: int
    first: int


class World(Struct, frozen=True):
    """A policy of a random world with others that differ from it in one thing each."""

    rules: tuple[Policy, ...]
    subjects: tuple[Subject, ...]
    as_of: int


def worlds(seed: int) -> Iterator[World]:
    """The policies of a random world that decide a score or level, and are read by nobody."""
    library, subjects, as_of = read_world(world(Seeded(f"timeline {seed}"), subjects=8))
    draw = random.Random(seed)
    for policy in library.policies:
        every = list(mutants(policy))
        chosen = [
            {**policy.models, **{model.id: model for model in mutated_model.models}}
            for mutated_model in draw.sample(every, min(3, len(every)))
        ]
        yield World((policy, *(replace(policy, models=models) for models in chosen)), tuple(subjects), as_of)


def trial(world: World, draw: random.Random) -> Trial:
    """Two or three versions a side: the old ones, and what an edit of days, rules, numbers and files makes of them."""
    first = world.as_of - DAYS // 2
    old = list(_timeline(world, draw, first, draw.randint(1, 3)))
    new = list(_edited(old, world, draw))
    return Trial(tuple(old), tuple(new), world.subjects, first + draw.randint(0, DAYS), first)


def _timeline(world: World, draw: random.Random, first: int, count: int) -> Iterator[Policy]:
    """One after the other, now and then with a gap, the last one mostly without an end."""
    days = sorted(draw.sample(range(first, first + DAYS), count))
    for place, begins in enumerate(days):
        following = days[place + 1] if place + 1 < count else None
        until = following - 1 if following is not None else None
        if draw.random() < 0.2:
            until = draw.randint(begins, until if until is not None else first + DAYS)
        yield _version(draw.choice(world.rules), str(place + 1), begins, until)


def _version(rules: Policy, name: str, begins: int, until: int | None, declared: Sequence[Revision] = ()) -> Policy:
    policy = replace(rules, version=name, effective_from=begins, effective_until=until, revisions=tuple(declared))
    return replace(policy, digest=digest(policy))


def _edited(old: Sequence[Policy], world: World, draw: random.Random) -> Iterator[Policy]:
    """Days are cut anew; each version has new rules, a new number or both, or is gone, or another comes between."""
    rest = [policy for policy in old if draw.random() < 0.85]
    names = [(policy.version, policy) for policy in rest]
    for _ in range(draw.choice((0, 0, 1, 1, 2))):
        names.insert(draw.randint(0, len(names)), (f"9.{draw.randint(1, 99)}", draw.choice(world.rules)))
    if not names:
        names = [("9.0", draw.choice(world.rules))]
    names = list({name: (name, policy) for name, policy in names}.values())
    often = draw.choice((0, 0.3))
    begins = _begins(names, old, draw, world.as_of - DAYS // 2)
    for place, (name, version) in enumerate(names):
        following = begins[place + 1] if place + 1 < len(names) else None
        until = following - 1 if following is not None else None
        if draw.random() < 0.15:
            until = draw.randint(begins[place], until if until is not None else begins[place] + DAYS)
        rules = draw.choice(world.rules) if draw.random() < often else version
        number = f"8.{place}" if draw.random() < 0.3 else name
        declares = number[0] in "89" and draw.random() < 0.9
        declared = [Revision(number, "2025-01-01", draw.choice(INTENTS), "试")] if declares else []
        yield _version(rules, number, begins[place], until, declared)


def _begins(names: Sequence[tuple[str, Policy]], old: Sequence[Policy], draw: random.Random, first: int) -> list[int]:
    """Most begin where they did."""
    was = {policy.version: policy.effective_from for policy in old}
    days: set[int] = set()
    firsts: list[int] = []
    low = first
    for name, _ in names:
        day = was.get(name, low + draw.randint(0, 60))
        if draw.random() < 0.4:
            day += draw.randint(-40, 40)
        day = max(day, low)
        while day in days:
            day += 1
        days.add(day)
        firsts.append(day)
        low = day + 1
    return firsts


# What is true


def false_words(trial: Trial, changed: Sequence[PolicyDiff]) -> Iterator[str]:
    """What the comparison says that is not so, and what it leaves unsaid."""
    verdicts = [judge(pair) for pair in changed]
    spans = changed[0].spans if changed else ()
    loud = {(view.span.first, view.span.last) for pair in changed for view in span_views(pair, "zh") if view.loud}
    declared = all(judged.verdict == DECLARED for judged in verdicts)
    for day in _days(trial):
        was, now = _in_force(trial.old, day), _in_force(trial.new, day)
        span_of_day = next((span for span in spans if span.first <= day and (span.last is None or day <= span.last)), None)
        yield from _of_day(trial, day, was, now, span_of_day, loud)
        if declared:
            yield from _of_intent(trial, day, was, now, span_of_day)
    yield from _spans_meet(spans)


def _of_day(
    trial: Trial, day: int, was: Policy | None, now: Policy | None, span: Span | None, loud: set[tuple[int, int | None]]
) -> Iterator[str]:
    at = iso_text(day)
    if was is None and now is None:
        if span is not None:
            yield f"{at}: told, and no version is in force"
        return
    if span is None:
        if was is None or now is None or set(outcomes(was, now, trial.subjects, day)):
            yield f"{at}: nothing is told"
        return
    if span.old is not was or span.new is not now:
        yield f"{at}: other versions are told"
    elif was is None or now is None:
        if not span.expired and (span.first, span.last) not in loud:
            yield f"{at}: a day without rules is not told"
        if span.expired and (was is None or was.effective_until is None or was.effective_until >= trial.today):
            yield f"{at}: told to have ended, and it had not"
    else:
        came = set(outcomes(was, now, trial.subjects, day)) & FORBIDDEN[span.direction]
        if came:
            yield f"{at}: {span.direction}, and somebody is {came}"


def _of_intent(trial: Trial, day: int, was: Policy | None, now: Policy | None, span: Span | None) -> Iterator[str]:
    """What is as declared is so on every day."""
    at = iso_text(day)
    if (was is None) != (now is None):
        if not (span is not None and span.expired):
            yield f"{at}: as declared, and there are rules on one side alone"
        return
    if was is None or now is None:
        return
    known = {
        version for policy in trial.old for version in (policy.version, *(revision.version for revision in policy.revisions))
    }
    intents = [revision.intent for revision in now.revisions if revision.version not in known]
    came = set(outcomes(was, now, trial.subjects, day)) & FORBIDDEN[intents[0] if intents else None]
    if came:
        yield f"{at}: as declared ({intents}), and somebody is {came}"


def _spans_meet(spans: Sequence[Span]) -> Iterator[str]:
    for before, after in pairwise(spans):
        if before.last is None or before.last >= after.first:
            yield "spans overlap"


def _in_force(side: Sequence[Policy], day: int) -> Policy | None:
    """Found anew, without the engine's own words."""
    begun = [policy for policy in side if policy.effective_from <= day]
    last = max(begun, key=lambda policy: policy.effective_from, default=None)
    return last if last is not None and (last.effective_until is None or day <= last.effective_until) else None


def _days(trial: Trial) -> list[int]:
    """Each day on which something begins or ends, and those beside it."""
    turns = {
        day for policy in (*trial.old, *trial.new) for day in (policy.effective_from, policy.effective_until) if day is not None
    }
    return sorted({day + beside for day in turns for beside in (-1, 0, 1)})


def outcomes(old: Policy, new: Policy, subjects: Sequence[Subject], day: int) -> Iterator[str]:
    """Whether anybody has more points or a better level by the new rules, and whether anybody has less."""
    for name, model in new.models.items():
        if old.models[name] == model and old.scale == new.scale:
            continue
        before, after = _compiled(old, name), _compiled(new, name)
        for subject in subjects:
            if subject.kind != model.kind:
                continue
            before_it, after_it = (evaluate(compiled.at(day), subject, reasoning=False) for compiled in (before, after))
            if isinstance(before_it, Evaluation) and isinstance(after_it, Evaluation):
                ranks = [-1 if it.level is None else new.scale.names.index(it.level) for it in (before_it, after_it)]
                scores = [it.score or 0 for it in (before_it, after_it)]
                if ranks[1] < ranks[0] or scores[1] > scores[0]:
                    yield BETTER
                if ranks[1] > ranks[0] or scores[1] < scores[0]:
                    yield WORSE


_KNOWN: dict[int, tuple[Policy, Compiled]] = {}


def _compiled(policy: Policy, model: str) -> Compiled:
    """Once for each of the rules."""
    model_of = policy.models[model]
    if id(model_of) not in _KNOWN:
        _KNOWN[id(model_of)] = (policy, compile_model(policy, model_of))
    return _KNOWN[id(model_of)][1]


def described(trial: Trial) -> str:
    """The timelines, to be read."""
    lines = []
    for side, policies in (("old", trial.old), ("new", trial.new)):
        for policy in policies:
            until = "" if policy.effective_until is None else iso_text(policy.effective_until)
            declared = [(entry.version, entry.intent) for entry in policy.revisions]
            lines.append(f"{side} {policy.version} {iso_text(policy.effective_from)}..{until} {policy.digest[7:13]} {declared}")
    pairs: list[PolicyDiff] = policy_changes(trial.old, trial.new, trial.today)
    for pair in pairs:
        numbers = [policy.version if policy else None for policy in (pair.old, pair.new)]
        lines.append(f"  {numbers} {[(it.what, it.direction) for it in pair.changes]} {judge(pair).verdict}")
    return "\n".join(lines)


def run(trials: int, seed: int, each: int = 12, seconds: float = 3600.0) -> Counter[str]:
    """So many trials, or as many as the time allows; AssertionError at the first that is false. Counts verdicts."""
    verdicts: Counter[str] = Counter()
    end = time.monotonic() + seconds
    while sum(verdicts.values()) < trials and time.monotonic() < end:
        for drawn in worlds(seed):
            draw = random.Random(f"{seed} {drawn.rules[0].id}")
            for number in range(each):
                attempt = trial(drawn, draw)
                pairs = policy_changes(attempt.old, attempt.new, attempt.today)
                wrong = list(false_words(attempt, pairs))
                assert not wrong, f"seed {seed}, {drawn.rules[0].id}, {number}: {wrong}\n{described(attempt)}"
                verdicts[max((judge(pair).verdict for pair in pairs), default="equal")] += 1
        seed += 1
    return verdicts


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trials", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=60.0)
    arguments = parser.parse_args()
    print(dict(run(arguments.trials, arguments.seed, seconds=60 * arguments.minutes)))
