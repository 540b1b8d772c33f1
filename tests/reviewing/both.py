"""Two libraries over the same subjects: their impact by the engine, and the same by hand from the single evaluator."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ibis

from engine.evaluating.order import evaluate_all, plan
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome
from engine.model.impact import Impact, ImpactDetails, ModelImpact
from engine.model.library import Library
from engine.model.number import divide
from engine.model.policy import Measure
from engine.model.scale import Scale
from engine.model.subject import Subject
from engine.reading.tables.documents import from_subjects
from engine.reviewing.diff.policies import policy_changes
from engine.reviewing.impact.population import impact
from engine.reviewing.impact.results import MANY
from engine.reviewing.impact.side import Side
from engine.reviewing.impact.transitions import move

Name = tuple[str, str]
FLAGS = (
    "up", "down", "gained", "lost", "altered", "new_restrictions", "lost_incentives", "lost_lowest", "lost_restricted", "lost_either"
)  # fmt: skip


def impact_of(old: Library, new: Library, subjects: Sequence[Subject], as_of: int, many: int = MANY) -> Impact:
    """By the engine; one set of tables for both where the catalogue is the same. With `many` 0 it is done in columns."""
    connection = ibis.duckdb.connect(threads=1)
    tables = from_subjects(subjects, old.catalogue, connection)
    known = policy_changes(old.policies, new.policies)
    with tempfile.TemporaryDirectory() as folder:
        sides = Side(old, tables), Side(new, tables)
        found = impact(*sides, known, as_of, connection, Path(folder), lambda _count, _of, make: make(), many)
    connection.disconnect()
    return found


def by_hand(old: Library, new: Library, subjects: Sequence[Subject], as_of: int) -> dict[Name, dict[str, Any]]:
    """For each model that somebody has another result of: who moved, lists and how many differ, from the definition."""
    before, after = (evaluate_all(plan(one, as_of), subjects, reasoning=False) for one in (old, new))
    found: dict[Name, dict[str, Any]] = {}
    for subject, name in sorted(before.keys() | after.keys()):
        one, other = before.get((subject, name)), after.get((subject, name))
        told = found.setdefault(name, _nothing())
        told["matrix"][_place(one), _place(other)] += 1
        altered = _altered((old, one), (new, other))
        told["changed"] += _result(one) != _result(other) or bool(altered)
        for what in ("vetoes", "measures", "alerts"):
            was, now = set(getattr(one, what, ())), set(getattr(other, what, ()))
            for place, ids in enumerate((now - was, was - now)):
                for each in ids:
                    counts = told[what].setdefault(each, [0, 0])
                    counts[place] += 1
        told["altered"].update(altered)
        scales = [library.in_force(as_of).get(name[0]) for library in (old, new)]
        some = [policy.scale for policy in scales if policy]
        flags = _flags((old, one), (new, other), (some[0], some[-1])) if some else {}
        for flag, holds in flags.items():
            if holds and (_result(one) != _result(other) or altered):
                told["flags"].setdefault(flag, set()).add(subject)
        if _result(one) != _result(other) or altered:
            told["who"].add(subject)
        if isinstance(one, Evaluation) and isinstance(other, Evaluation):
            if one.score is not None and other.score is not None:
                scaled = one.score
                if one.policy.scale.full != other.policy.scale.full:
                    scaled = divide(one.score * other.policy.scale.full, one.policy.scale.full)
                if other.score != scaled:
                    told["differences"].append(other.score - scaled)
    return {name: _summed(told) for name, told in found.items() if told["changed"]}


def touched_by_hand(found: dict[Name, dict[str, Any]]) -> ImpactDetails:
    """Each subject once, over all models."""

    def distinct(flag: str) -> int:
        return len({one for told in found.values() for one in told["flags"].get(flag, ())})

    names = [name for name in ImpactDetails.__struct_fields__ if name != "subjects"]
    everybody = {one for told in found.values() for one in told["who"]}
    return ImpactDetails(len(everybody), **{name: distinct(name) for name in names})


def as_by_hand(found: Impact) -> dict[Name, dict[str, Any]]:
    """The same of the engine's, of models of which anything differs."""
    return {_name(one): _told(one) for one in found.models if one.changed}


def comparable(found: dict[Name, dict[str, Any]]) -> dict[Name, dict[str, Any]]:
    """What is by hand without the names of the subjects."""
    return {name: {key: value for key, value in told.items() if key not in ("flags", "who")} for name, told in found.items()}


def check_stacked(found: Impact) -> int:
    """The lines and what they do together add up to the total, count by count, and that is who moved where all are looked at."""
    looked_at = 0
    for one in found.models:
        if one.stacked is None:
            continue
        looked_at += 1
        parts = [*one.stacked.lines, one.stacked.joint]
        for count in one.moved.__struct_fields__:
            if count != "of":
                assert sum(getattr(part.moved, count) for part in parts) == getattr(one.stacked.total.moved, count)
        for count in ("score_up", "score_down"):
            assert sum(getattr(part, count) for part in parts) == getattr(one.stacked.total, count)
        elsewhere = sum(count for (before, after), count in one.matrix.items() if before != after)
        if one.stacked.total.moved.of == elsewhere:
            for count in ("up", "down", "grade_up", "grade_down", "gained", "lost"):
                assert getattr(one.stacked.total.moved, count) == getattr(one.moved, count)
        if not elsewhere:
            assert one.stacked.total.score_up + one.stacked.total.score_down == one.rescored
    return looked_at


def _nothing() -> dict[str, Any]:
    return {
        "matrix": Counter(), "vetoes": {}, "measures": {}, "alerts": {}, "changed": 0, "differences": [], "altered": Counter(),
        "flags": {}, "who": set(),
    }  # fmt: skip


def _summed(told: dict[str, Any]) -> dict[str, Any]:
    differences = told["differences"]
    counts = {flag: len(told["flags"].get(flag, ())) for flag in FLAGS}
    return told | {
        "matrix": dict(told["matrix"]), "altered": dict(told["altered"]), "counts": counts, "rescored": len(differences),
        "differences": (min(differences), max(differences)) if differences else None,
    }  # fmt: skip


def _flags(
    old: tuple[Library, Outcome | None], new: tuple[Library, Outcome | None], scales: tuple[Scale, Scale]
) -> dict[str, bool]:
    """What is so of one subject by one model, from its two outcomes."""
    one, other = old[1], new[1]
    step, _ = move(*scales, (_place(one), _place(other)))
    has = isinstance(one, Evaluation), isinstance(other, Evaluation)
    was, now = _held(one), _held(other)
    restricted = any(each.kind == "restriction" for each in was.values())
    lowest = isinstance(one, Evaluation) and one.level == one.policy.scale.names[-1]
    lost = has == (True, False)
    return {
        "up": step > 0, "down": step < 0, "gained": has == (False, True), "lost": lost,
        "altered": bool(_altered(old, new)),
        "new_restrictions": any(each not in _kept(was, "restriction") for each in _kept(now, "restriction")),
        "lost_incentives": any(each not in _kept(now, "incentive") for each in _kept(was, "incentive")),
        "lost_lowest": lost and lowest, "lost_restricted": lost and restricted, "lost_either": lost and (lowest or restricted),
    }  # fmt: skip


def _held(outcome: Outcome | None) -> dict[str, Measure]:
    if not isinstance(outcome, Evaluation):
        return {}
    return {one.id: one for one in outcome.model.measures if one.id in outcome.measures}


def _kept(held: dict[str, Measure], kind: str) -> list[object]:
    """The measures of a kind by what is done to those who hold them."""
    return [(one.id, one.item, one.matter, dict(one.terms)) for one in held.values() if one.kind == kind]


def _altered(old: tuple[Library, Outcome | None], new: tuple[Library, Outcome | None]) -> set[str]:
    """The measures that a subject has before and after, of another content."""
    was, now = _held(old[1]), _held(new[1])
    return {name for name in was.keys() & now.keys() if _content(old[1], was[name]) != _content(new[1], now[name])}


def _content(outcome: Any, one: Measure) -> object:
    item = outcome.policy.library_items.get(one.item)
    return one.kind, one.item, item and (item.title, item.law), one.matter, dict(one.terms), one.title


def _name(one: ModelImpact) -> Name:
    policy = one.new or one.old
    assert policy is not None
    return policy.id, one.model.id


def _told(one: ModelImpact) -> dict[str, Any]:
    burdens = {name: getattr(one.burdens, name) for name in one.burdens.__struct_fields__}
    return {
        "matrix": dict(one.matrix),
        "vetoes": {name: list(counts) for name, counts in one.vetoes.items()},
        "measures": {name: list(counts) for name, counts in one.measures.items()},
        "alerts": {name: list(counts) for name, counts in (one.alerted.alerts if one.alerted else {}).items()},
        "changed": one.changed,
        "differences": (one.score[0], one.score[-1]) if one.score else None,
        "rescored": one.rescored,
        "altered": {name: found.subjects for name, found in one.altered.items()},
        "counts": {
            "up": one.moved.up, "down": one.moved.down, "gained": one.moved.gained, "lost": one.moved.lost,
            "altered": one.holders, **burdens,
        },
    }  # fmt: skip


def _place(outcome: Outcome | None) -> str:
    if outcome is None:
        return "absent"
    if isinstance(outcome, Evaluation):
        return outcome.level or "ungraded"
    return "not_evaluated" if isinstance(outcome, NotEvaluated) else "rejected"


def _result(outcome: Outcome | None) -> object:
    if not isinstance(outcome, Evaluation):
        return _place(outcome)
    return outcome.score, outcome.level, outcome.grade, set(outcome.vetoes), set(outcome.measures)
