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
        whole = impact(*sides, known, as_of, connection, Path(folder), lambda _count, _of, make: make(), many)
    connection.disconnect()
    return whole


def by_hand(old: Library, new: Library, subjects: Sequence[Subject], as_of: int) -> dict[Name, dict[str, Any]]:
    """For each model that somebody has another result of: who moved, lists and how many differ, from the definition."""
    before, after = (evaluate_all(plan(library, as_of), subjects, reasoning=False) for library in (old, new))
    compared: dict[Name, dict[str, Any]] = {}
    for subject, name in sorted(before.keys() | after.keys()):
        before_it, after_it = before.get((subject, name)), after.get((subject, name))
        counted = compared.setdefault(name, _nothing())
        counted["matrix"][_place(before_it), _place(after_it)] += 1
        altered = _altered((old, before_it), (new, after_it))
        counted["changed"] += _result(before_it) != _result(after_it) or bool(altered)
        for what in ("vetoes", "measures", "alerts"):
            was, now = set(getattr(before_it, what, ())), set(getattr(after_it, what, ()))
            for place, ids in enumerate((now - was, was - now)):
                for each in ids:
                    counts = counted[what].setdefault(each, [0, 0])
                    counts[place] += 1
        counted["altered"].update(altered)
        scales = [library.in_force(as_of).get(name[0]) for library in (old, new)]
        some = [policy.scale for policy in scales if policy]
        flags = _flags((old, before_it), (new, after_it), (some[0], some[-1])) if some else {}
        for flag, holds in flags.items():
            if holds and (_result(before_it) != _result(after_it) or altered):
                counted["flags"].setdefault(flag, set()).add(subject)
        if _result(before_it) != _result(after_it) or altered:
            counted["who"].add(subject)
        if isinstance(before_it, Evaluation) and isinstance(after_it, Evaluation):
            if before_it.score is not None and after_it.score is not None:
                scaled = before_it.score
                if before_it.policy.scale.full != after_it.policy.scale.full:
                    scaled = divide(before_it.score * after_it.policy.scale.full, before_it.policy.scale.full)
                if after_it.score != scaled:
                    counted["differences"].append(after_it.score - scaled)
    return {name: _summed(counted) for name, counted in compared.items() if counted["changed"]}


def touched_by_hand(compared: dict[Name, dict[str, Any]]) -> ImpactDetails:
    """Each subject once, over all models."""

    def distinct(flag: str) -> int:
        return len({subject for counted in compared.values() for subject in counted["flags"].get(flag, ())})

    names = [name for name in ImpactDetails.__struct_fields__ if name != "subjects"]
    everybody = {subject for counted in compared.values() for subject in counted["who"]}
    return ImpactDetails(len(everybody), **{name: distinct(name) for name in names})


def as_by_hand(impact_found: Impact) -> dict[Name, dict[str, Any]]:
    """The same of the engine's, of models of which anything differs."""
    return {_name(model): _counted(model) for model in impact_found.models if model.changed}


def comparable(compared: dict[Name, dict[str, Any]]) -> dict[Name, dict[str, Any]]:
    """What is by hand without the names of the subjects."""
    return {
        name: {key: value for key, value in counted.items() if key not in ("flags", "who")}
        for name, counted in compared.items()
    }


def check_stacked(impact_found: Impact) -> int:
    """The lines and what they do together add up to the total, count by count, and that is who moved where all are looked at."""
    looked_at = 0
    for model in impact_found.models:
        if model.stacked is None:
            continue
        looked_at += 1
        parts = [*model.stacked.lines, model.stacked.joint]
        for count in model.moved.__struct_fields__:
            if count != "of":
                assert sum(getattr(part.moved, count) for part in parts) == getattr(model.stacked.total.moved, count)
        for count in ("score_up", "score_down"):
            assert sum(getattr(part, count) for part in parts) == getattr(model.stacked.total, count)
        elsewhere = sum(count for (before, after), count in model.matrix.items() if before != after)
        if model.stacked.total.moved.of == elsewhere:
            for count in ("up", "down", "grade_up", "grade_down", "gained", "lost"):
                assert getattr(model.stacked.total.moved, count) == getattr(model.moved, count)
        if not elsewhere:
            assert model.stacked.total.score_up + model.stacked.total.score_down == model.rescored
    return looked_at


def _nothing() -> dict[str, Any]:
    return {
        "matrix": Counter(), "vetoes": {}, "measures": {}, "alerts": {}, "changed": 0, "differences": [], "altered": Counter(),
        "flags": {}, "who": set(),
    }  # fmt: skip


def _summed(counted: dict[str, Any]) -> dict[str, Any]:
    differences = counted["differences"]
    counts = {flag: len(counted["flags"].get(flag, ())) for flag in FLAGS}
    return counted | {
        "matrix": dict(counted["matrix"]), "altered": dict(counted["altered"]), "counts": counts, "rescored": len(differences),
        "differences": (min(differences), max(differences)) if differences else None,
    }  # fmt: skip


def _flags(
    old: tuple[Library, Outcome | None], new: tuple[Library, Outcome | None], scales: tuple[Scale, Scale]
) -> dict[str, bool]:
    """What is so of one subject by one model, from its two outcomes."""
    before, after = old[1], new[1]
    step, _ = move(*scales, (_place(before), _place(after)))
    has = isinstance(before, Evaluation), isinstance(after, Evaluation)
    was, now = _held(before), _held(after)
    restricted = any(each.kind == "restriction" for each in was.values())
    lowest = isinstance(before, Evaluation) and before.level == before.policy.scale.names[-1]
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
    return {measure.id: measure for measure in outcome.model.measures if measure.id in outcome.measures}


def _kept(held: dict[str, Measure], kind: str) -> list[object]:
    """The measures of a kind by what is done to those who hold them."""
    return [
        (measure.id, measure.item, measure.matter, dict(measure.terms)) for measure in held.values() if measure.kind == kind
    ]


def _altered(old: tuple[Library, Outcome | None], new: tuple[Library, Outcome | None]) -> set[str]:
    """The measures that a subject has before and after, of another content."""
    was, now = _held(old[1]), _held(new[1])
    return {name for name in was.keys() & now.keys() if _content(old[1], was[name]) != _content(new[1], now[name])}


def _content(outcome: Any, measure: Measure) -> object:
    item = outcome.policy.library_items.get(measure.item)
    return measure.kind, measure.item, item and (item.title, item.law), measure.matter, dict(measure.terms), measure.title


def _name(impact_of_model: ModelImpact) -> Name:
    policy = impact_of_model.new or impact_of_model.old
    assert policy is not None
    return policy.id, impact_of_model.model.id


def _counted(impact_of_model: ModelImpact) -> dict[str, Any]:
    burdens = {name: getattr(impact_of_model.burdens, name) for name in impact_of_model.burdens.__struct_fields__}
    return {
        "matrix": dict(impact_of_model.matrix),
        "vetoes": {name: list(counts) for name, counts in impact_of_model.vetoes.items()},
        "measures": {name: list(counts) for name, counts in impact_of_model.measures.items()},
        "alerts": {name: list(counts) for name, counts in (impact_of_model.alerted.alerts if impact_of_model.alerted else {}).items()},
        "changed": impact_of_model.changed,
        "differences": (impact_of_model.score[0], impact_of_model.score[-1]) if impact_of_model.score else None,
        "rescored": impact_of_model.rescored,
        "altered": {name: alteration.subjects for name, alteration in impact_of_model.altered.items()},
        "counts": {
            "up": impact_of_model.moved.up, "down": impact_of_model.moved.down, "gained": impact_of_model.moved.gained, "lost": impact_of_model.moved.lost,
            "altered": impact_of_model.holders, **burdens,
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
