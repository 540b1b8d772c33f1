"""Which facts a category's records go into, and which of them a result rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from engine.model.condition import facts_in
from engine.model.policy import Fact, FromRecords, Model, Ratio, RejectMissing, Total
from engine.model.scoring import form_facts


class Bearing(Struct, frozen=True):
    """The facts that read the records of a category, as far as they bear on a result, and all facts that rest on these."""

    direct: Mapping[str, FromRecords]
    resting: frozenset[str]


def bearing(model: Model, category: str) -> Bearing | None:
    """None where no result rests on the category."""
    used = model.needed(_read(model))
    direct: dict[str, FromRecords] = {}
    for name, fact in model.facts.items():
        match fact.source:
            case FromRecords() as source if source.category == category and name in used:
                direct[name] = source
            case _:
                pass
    if not direct:
        return None
    return Bearing(direct, frozenset(name for name in model.facts if not model.needed([name]).keys().isdisjoint(direct)))


def _read(model: Model) -> Iterator[str]:
    """The facts that points, decisions, vetoes, measures, exclusions and the weight read, and those that can refuse a subject."""
    for form in model.forms():
        yield from form_facts(form)
    for when in model.conditions():
        yield from facts_in(when)
    if isinstance(model.weight, str):
        yield model.weight
    yield from (name for name, fact in model.facts.items() if _can_refuse(fact))


def _can_refuse(fact: Fact) -> bool:
    """Whether a fact may be missing where it must not be, or beyond what numbers hold."""
    match fact.source:
        case Total() | Ratio() | FromRecords(kind="sum" | "tally"):
            return True
        case _:
            return isinstance(fact.if_missing, RejectMissing)
