"""Random revisions and what is declared of them: what `--prove` calls as declared, evaluation of both versions bears out.

Revisions of shipped policies and of small drawn ones; subjects, on several days, go through the whole library, so that what
reads the results is among the results. `python -m tests.reviewing.claims --changes 1000 --seed 1 --jobs 2`.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from random import Random
from typing import Any

import yaml
from msgspec import Struct
from msgspec.structs import replace

from engine.evaluating.order import Results, evaluate_all, plan
from engine.model.change import PolicyDiff
from engine.model.comparison import DECLARED
from engine.model.direction import Direction
from engine.model.evaluation import Evaluation, Outcome
from engine.model.library import Library
from engine.model.policy import Policy, Revision
from engine.model.problem import PolicyError
from engine.model.proof import MEASURES, RESULT, Proof
from engine.model.subject import Subject
from engine.reading.files import Files
from engine.reading.library import read_library
from engine.reviewing.diff.intent import judge
from engine.reviewing.diff.policies import compare_libraries as diff
from engine.reviewing.diff.proof_coverage import COVERED, UNDECIDED
from engine.reviewing.proof.outcome_differences import outcome_differences
from engine.reviewing.proof.version_pairs import compare_versions
from tests.agreement.compare import as_bytes, read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import World, world
from tests.proof.subjects import random_subjects
from tests.reviewing.redrawn import Tree, redrawn

INTENTS: tuple[Direction, ...] = ("looser", "stricter", "neutral", "text")
SHIPPED = sorted(Path("policies").glob("*.yaml"))
TIMEOUT = 1.0
"""Seconds for a question; what is not decided is not declared either."""

SHARE = 12
"""One revision of a shipped policy on so many."""

SOME = 10
"""Subjects of a model on a day."""


class Revised(Struct, frozen=True):
    """A library before and after a revision of one policy, and subjects that it may have been asked about."""

    old: Library
    new: Library
    was: Policy
    now: Policy
    subjects: tuple[Subject, ...]
    days: tuple[int, ...]


class False_(Struct, frozen=True):
    """What an intent says that is not so: the intent, the subject's result of a model on a day, and what differs."""

    intent: str
    subject: str
    model: tuple[str, str]
    day: int
    why: str


class Tried(Struct, frozen=True):
    """One revision: which intents it was called as declared of, and which of these are not borne out."""

    seed: str
    policy: str
    changes: tuple[str, ...]
    declared: tuple[str, ...] = ()
    wrong: tuple[False_, ...] = ()


def tried(seed: int, number: int) -> Tried | None:
    """A random revision; None where none was sound or different. Several are of one drawn library."""
    draw = Random(f"{seed} {number}")
    revised = _of_shipped(draw) if number % SHARE == 0 else _of_drawn(draw, f"{seed} {number // SHARE}")
    if revised is None:
        return None
    changed = diff(revised.was, revised.now)
    if not changed.changes:
        return None
    assert {change.what for change in changed.changes} <= UNDECIDED.union(*COVERED.values())
    names = {change.model for change in changed.changes if change.model or change.direction != "text"}
    models = set(revised.now.models) if None in names else {name for name in names if name}
    was, now = (_cut(policy, models) for policy in (revised.was, revised.now))
    proofs = compare_versions(was, now, revised.days[0], TIMEOUT, revised.new.policies)
    declared = [intent for intent in INTENTS if _verdict(changed, intent, proofs) == DECLARED]
    wrong = tuple(_wrong(revised, declared, draw)) if declared else ()
    changes = tuple(
        f"{change.what} {change.how} {'/'.join(map(str, change.new_path))} {change.direction}" for change in changed.changes
    )
    return Tried(f"{seed} {number}", revised.now.id, changes, tuple(declared), wrong)


def _cut(policy: Policy, models: set[str]) -> Policy:
    """With those models alone that are otherwise: of the others nothing has to be proved."""
    return replace(policy, models={name: model for name, model in policy.models.items() if name in models})


def _verdict(changed: PolicyDiff, intent: Direction, proofs: list[Proof]) -> str:
    assert changed.new is not None
    revision = Revision("now", "2025-12-01", intent, "试")
    now = replace(changed.new, version="now", revisions=(revision, *changed.new.revisions))
    return judge(replace(changed, new=now), proofs).verdict


# Revisions


@cache
def _files() -> tuple[tuple[str, bytes], ...]:
    return tuple((file.name, file.read_bytes()) for file in Path("policies/common").glob("*.yaml"))


@cache
def _shipped() -> Library:
    return read_library(Files(tuple((file.name, file.read_bytes()) for file in SHIPPED), _files())).library


def _of_shipped(draw: Random) -> Revised | None:
    file = draw.choice(SHIPPED)
    tree = yaml.safe_load(file.read_text(encoding="utf-8"))
    was = next(policy for policy in _shipped().policies if _is(tree, policy))
    for _ in range(20):
        try:
            read = read_library(
                Files((("new.yaml", json.dumps(redrawn(tree, draw), ensure_ascii=False, default=str).encode()),), _files())
            )
        except PolicyError:
            continue
        (now,) = read.library.policies
        if now.digest == was.digest:
            continue
        new = Library(tuple(now if policy is was else policy for policy in _shipped().policies), _shipped().catalogue)
        days = _days(was, draw)
        return Revised(_shipped(), new, was, now, (), days)
    return None


def _days(policy: Policy, draw: Random) -> tuple[int, ...]:
    """First the one that is asked about; on all of them the version is in force."""
    days = [date(2025, 12, 31), date(2026, 6, 30), date(2028, 2, 29), date(2026, 1, 1), date(2027, 3, 1), date(2026, 11, 15)]
    ordinals = list(dict.fromkeys(policy.nearest(day.toordinal()) for day in days))
    draw.shuffle(ordinals)
    return tuple(ordinals)


def _of_drawn(draw: Random, seed: str) -> Revised | None:
    drawn, old, subjects, as_of = _world(seed)
    there = [tree for tree in drawn.policies if any(_is(tree, policy) for policy in old.in_force(as_of).values())]
    if not there:
        return None
    tree = draw.choice(there)
    for _ in range(20):
        changed = redrawn(tree, draw)
        trees = [changed if policy is tree else policy for policy in drawn.policies]
        policies = tuple((f"{at}.yaml", as_bytes(tree)) for at, tree in enumerate(trees))
        common = tuple((f"{name}.yaml", as_bytes(tree_of_file)) for name, tree_of_file in drawn.common.items())
        try:
            new = read_library(Files(policies, common)).library
        except PolicyError:
            continue
        was = next(policy for policy in old.policies if _is(tree, policy))
        now = next(policy for policy in new.policies if _is(changed, policy))
        if was.digest != now.digest:
            days = tuple(was.nearest(as_of + more) for more in (0, 1, 30, 61, 184, 366))
            return Revised(old, new, was, now, tuple(subjects), tuple(dict.fromkeys(days)))
    return None


@lru_cache(maxsize=2)
def _world(seed: str) -> tuple[World, Library, list[Subject], int]:
    drawn = world(Seeded(seed), subjects=6)
    return drawn, *read_world(drawn)


def _is(tree: Tree, policy: Policy) -> bool:
    return bool(tree["policy"] == policy.id and tree["version"] == policy.version)


# What is so


def _wrong(revised: Revised, declared: list[Direction], draw: Random) -> Iterator[False_]:
    """By evaluation, on each day, of subjects of every model of the policy, and of all that reads their results."""
    for day in revised.days:
        subjects = [*revised.subjects, *_drawn_subjects(revised, day, draw)]
        old, new = (evaluate_all(plan(library, day), subjects, reasoning=False) for library in (revised.old, revised.new))
        yield from _against(declared, old, new, revised.now.id, day)


def _drawn_subjects(revised: Revised, day: int, draw: Random) -> Iterator[Subject]:
    """Some of each model, with the records that the models read which read its results; and a park of all."""
    for policy in (revised.was, revised.now):
        for model in policy.models.values():
            for subject in random_subjects(policy, model, day, draw.random(), SOME):
                name = f"{policy.id}/{model.id}"
                more = _read_beside(revised, subject, day, draw)
                yield replace(
                    subject, id=f"{policy.version} {model.id} {subject.id}", models=(name,), records=(*subject.records, *more)
                )
    members = tuple(f"{revised.now.version} {model} s{at}" for model in revised.now.models for at in range(SOME))
    for name, park in revised.new.in_force(day).items():
        for model in park.models.values():
            if model.kind == "park":
                yield Subject(f"of {name}", "park", (f"{name}/{model.id}",), None, {}, (), members)


def _read_beside(revised: Revised, subject: Subject, day: int, draw: Random) -> Iterator[Any]:
    readers = [(policy, model) for policy in revised.new.in_force(day).values() for model in policy.models.values()]
    readers = [pair for pair in readers if pair[1].always and pair[1].kind == subject.kind and pair[0].id != revised.now.id]
    for number, (policy, model) in enumerate(readers):
        (other,) = random_subjects(policy, model, day, draw.random(), 1)
        for record in other.records[:4]:
            if not policy.categories[record.category].derived:
                yield replace(record, id=f"x{number}-{record.id}")


def _against(declared: list[Direction], old: Results, new: Results, policy: str, day: int) -> Iterator[False_]:
    for subject, name in sorted(old.keys() | new.keys()):
        left, right = old.get((subject, name)), new.get((subject, name))
        for intent in declared:
            why = "; ".join(_said(intent, left, right, name[0] == policy))
            if why:
                yield False_(intent, subject, name, day, why)


def _said(intent: str, old: Outcome | None, new: Outcome | None, own: bool) -> Iterator[str]:
    """What an intent says is not so; that another result of its own brings other measures of its readers is no matter."""
    if old is None or new is None:
        came = new is not None
        if intent in ("neutral", "text") or came == (intent == "stricter"):
            yield "a result came" if came else "a result went"
        return
    if isinstance(old, Evaluation) and isinstance(new, Evaluation):
        old = _under_new_ids(old, new)
    differences = [*outcome_differences(RESULT, old, new), *outcome_differences(MEASURES, old, new)]
    if intent in ("neutral", "text"):
        yield from (f"{difference.kind} {difference.name} {difference.old} {difference.new}" for difference in differences)
        if isinstance(old, Evaluation) and isinstance(new, Evaluation) and old.weight != new.weight:
            yield f"weight {old.weight} {new.weight}"
        return
    worse = intent == "looser"
    differences = differences if own else outcome_differences(RESULT, old, new)
    yield from (
        f"{difference.kind} {difference.name} {difference.old} {difference.new}"
        for difference in differences
        if difference.worse is worse
    )


def _under_new_ids(old: Evaluation, new: Evaluation) -> Evaluation:
    """The old result with its vetoes and measures under the ids of the new model, where they have another id and nothing else."""
    before, after = old.model, new.model
    vetoes = {veto.id: _new_id(veto, before.vetoes, after.vetoes) for veto in before.vetoes}
    measures = {measure.id: _new_id(measure, before.measures, after.measures) for measure in before.measures}
    model = replace(
        before,
        vetoes=tuple(replace(veto, id=vetoes[veto.id]) for veto in before.vetoes),
        measures=tuple(replace(measure, id=measures[measure.id]) for measure in before.measures),
    )
    return replace(
        old,
        model=model,
        vetoes=tuple(vetoes[name] for name in old.vetoes),
        measures=tuple(measures[name] for name in old.measures),
    )


def _new_id(element: Any, old: Sequence[Any], new: Sequence[Any]) -> str:
    known = {other.id for other in old}
    same = (other.id for other in new if other.id not in known and replace(other, id=element.id) == element)
    return str(element.id if any(other.id == element.id for other in new) else next(same, element.id))


# By hand


def _share(share: tuple[int, int, int, float]) -> Counter[str]:
    """So many revisions, by one process, as long as the time lasts."""
    seed, first, last, ends = share
    counts = Counter[str]()
    for number in range(first, last):
        if time.time() > ends:
            break
        attempt = tried(seed, number)
        if attempt is not None:
            counts.update(["changes", *(f"declared {intent}" for intent in attempt.declared)])
            counts["false"] += bool(attempt.wrong)
            _tell(attempt)
    return counts


def _tell(attempt: Tried) -> None:
    if attempt.wrong:
        print(f"{attempt.seed}: {attempt.policy}: {' | '.join(attempt.changes)}")
        for wrong in attempt.wrong[:4]:
            day = date.fromordinal(wrong.day)
            print(f"    {wrong.intent}: {wrong.subject} {'/'.join(wrong.model)} {day}: {wrong.why}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--changes", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    settings = parser.parse_args()
    began, counts = time.monotonic(), Counter[str]()
    each = -(-settings.changes // settings.jobs)
    shares = [
        (settings.seed, at, min(at + each, settings.changes), time.time() + settings.seconds)
        for at in range(0, settings.changes, each)
    ]
    with ProcessPoolExecutor(settings.jobs, initializer=faulthandler.enable) as pool:
        for counts_of_share in pool.map(_share, shares):
            counts.update(counts_of_share)
    print(f"{dict(counts)} in {time.monotonic() - began:.0f} s")
    return 1 if counts["false"] else 0


if __name__ == "__main__":
    sys.exit(main())
