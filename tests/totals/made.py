"""Totals made up over the shipped policies, the same each time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from engine.model.number import ONE
from engine.model.policy import Model, Policy, RejectMissing
from engine.model.scale import Level, Scale
from engine.model.totals import BANDS, ModelTotals, Totals
from engine.reading.library_cache import load_library
from engine.reading.resources import resource_folder

AS_OF = date(2025, 12, 31).toordinal()
NINE = (34, 61, 140, 203, 197, 158, 102, 58, 47)
"""Of 1,000 subjects, how many are on each level."""

STARS = Scale("five-stars", 50 * ONE, tuple(Level(f"{n} 星", 10 * (n - 1) * ONE or None, f"{n} 星") for n in (5, 4, 3, 2, 1)))


def many() -> Totals:
    """Eight models on the nine levels, a million subjects."""
    policies = {
        policy.id: msgspec.structs.replace(policy, digest=f"sha256:{number:064}")  # policies change, goldens should stay
        for number, policy in enumerate(load_library([resource_folder("policies")]).in_force(AS_OF).values())
    }
    sizes = {
        "housekeeping/enterprise": 898_765, "housekeeping/worker": 34_012, "housekeeping/consumer": 21_500,
        "eldercare/institution": 90_112, "medical/institution": 88_431, "tourism/agency": 91_004,
        "bidding/bidder": 90_777, "composite/organisation": 900_143,
    }  # fmt: skip
    names = (name.split("/") for name in sizes)
    models = tuple(
        model_totals(policies[p], policies[p].models[m], size, shift)
        for shift, ((p, m), size) in enumerate(zip(names, sizes.values(), strict=True))
    )
    refused = {("subjects", "check_digit_organisation"): 1_204, ("records", "not_a_date"): 57, ("records", "unknown_name"): 311}
    return Totals(AS_OF, 1_000_000, 8_003_112, models, refused, sources=("data/subjects", "data/records"), seconds=21.44)


def mixed() -> Totals:
    """A few subjects: a scale of five stars, a model that gives only measures, and one that nobody is evaluated by."""
    totals = many()
    first, second, third, *_ = totals.models
    starred = msgspec.structs.replace(first.policy, scale=STARS)
    bare = msgspec.structs.replace(second.model, dimensions=(), decisions=None)
    unscaled = model_totals(second.policy, bare, 12, 0)
    models = (
        model_totals(starred, first.model, 41, 2),
        msgspec.structs.replace(unscaled, levels={}, ungraded=unscaled.evaluated),
        model_totals(third.policy, third.model, 0, 0),
    )
    return Totals(AS_OF, 53, None, models, {("records", "not_a_date"): 1}, changed=7, seconds=0.04)


def model_totals(policy: Policy, model: Model, size: int, shift: int) -> ModelTotals:
    """Of `size` subjects, some not evaluated and rejected where the model does so; `shift` moves the levels down."""
    not_evaluated = size // 40 if model.not_evaluated else 0
    rejecting = [fact.id for fact in model.facts.values() if isinstance(fact.if_missing, RejectMissing)]
    reasons = {f"{name} fact_missing": -(-size // (300 + 70 * n)) for n, name in enumerate(rejecting)}
    rejected = sum(reasons.values())
    evaluated = size - not_evaluated - rejected
    levels = _spread(evaluated, policy.scale.names, shift)
    score = [_hill(band, shift) for band in range(BANDS)]
    scores = tuple(_spread(evaluated, range(BANDS), 0, score).values()) if model.scores else ()
    return ModelTotals(
        policy, model, levels, 0, not_evaluated, _falling(model.not_evaluated, not_evaluated), rejected, reasons,
        _falling(model.vetoes, evaluated // 90), _falling(model.measures, evaluated * 6 // 10), scores,
    )  # fmt: skip


def _hill(band: int, shift: int) -> int:
    return max(0, 100 - (band - 15 + shift // 2) ** 2 * (3 if band > 15 else 1))


def _spread(size: int, names: Sequence[Any], shift: int, weights: Sequence[int] = NINE) -> dict[Any, int]:
    """All of them, by weight; what rounding leaves goes to the first name that has any."""
    used = [weights[(i - shift) % len(names)] if weights is NINE else weights[i] for i in range(len(names))]
    counts = {name: size * weight // sum(used) for name, weight in zip(names, used, strict=True)}
    largest = max(counts, key=lambda name: counts[name])
    counts[largest] += size - sum(counts.values())
    return counts


def _falling(parts: Sequence[Any], most: int) -> dict[str, int]:
    """The first has most, each other fewer; the last, nobody."""
    counts = [most // (n + 1) for n in range(len(parts))]
    if len(counts) > 2:
        counts[-1] = 0
    return {part.id: count for part, count in zip(parts, counts, strict=True)}


def renamed(totals: Totals) -> Totals:
    """The same with `<b>&"'` in front of all that an author writes."""
    return msgspec.structs.replace(
        totals,
        sources=tuple(map(_marked, totals.sources)),
        models=tuple(_renamed(model) for model in totals.models),
    )


def _renamed(totals: ModelTotals) -> ModelTotals:
    replace = msgspec.structs.replace
    policy, model = totals.policy, totals.model
    scale = replace(
        policy.scale,
        id=_marked(policy.scale.id),
        levels=tuple(replace(level, name=_marked(level.name), grade=_marked(level.grade)) for level in policy.scale.levels),
    )
    attributes = {
        name: replace(a, field=replace(a.field, title=_marked(a.field.title))) for name, a in policy.attributes.items()
    }
    policy = replace(
        policy, title=_marked(policy.title), version=_marked(policy.version), authority=_marked(policy.authority),
        scale=scale, attributes=attributes, digest=_marked(policy.digest),
    )  # fmt: skip
    groups = {name: tuple(map(_titled, getattr(model, name))) for name in ("vetoes", "measures", "not_evaluated")}
    facts = {name: _titled(fact) for name, fact in model.facts.items()}
    model = replace(_titled(model), facts=facts, **groups)
    return replace(totals, policy=policy, model=model, levels={_marked(name): count for name, count in totals.levels.items()})


def _titled(part: Any) -> Any:
    return msgspec.structs.replace(part, title=_marked(part.title))


def _marked(text: str) -> str:
    return f"<b>&\"'{text}"
