"""The digest of a policy: over what it says, not over its spelling or its revisions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from msgspec import Struct

from engine.model.catalogue import Attribute, Catalogue, Category, Field
from engine.model.condition import AllOf, AnyOf, Comparison, Negation
from engine.model.policy import Fact, FromRecords, Measure, Model, ParameterUse, Policy, RejectMissing, Veto
from engine.model.scale import Level, Scale
from engine.model.scoring import Choices, Dimension, Each, Indicator, Item

_WORDS: Mapping[type, str] = {Comparison: "Test", AllOf: "All", AnyOf: "Any", Negation: "Not", RejectMissing: "Reject"}
"""What digests call a struct where it is not its name: what was published keeps its digest when a struct is named anew."""

_NO_MEANING: Mapping[type, frozenset[str]] = {
    Field: frozenset(("labels",)),
    Attribute: frozenset(("fixed",)),
    Category: frozenset(("direction", "publicity_terms", "fixed", "lasting")),
    Fact: frozenset(("effort",)),
    Veto: frozenset(("unlimited",)),
}
"""What no result rests on: how people see a code, what checks and proofs know of a category, what ways up rest on."""

_LATER: Mapping[type, tuple[str, ...]] = {
    Dimension: ("quote",),
    Each: ("short_of", "round_up"),
    FromRecords: ("before", "newest", "once_per", "tally"),
    Indicator: ("none_when", "quote"),
    Item: ("quote",),
    Level: ("by_rule", "above", "quote"),
    Measure: ("quote",),
    Model: ("base",),
    Policy: ("effective_note", "notices"),
    Scale: ("reference",),
    Veto: ("above_previous", "quote"),
}
"""Fields that came after the first digests: they stand in one under their names, and only where they say something."""


def digest(policy: Policy) -> str:
    """`sha256:…` over the meaning; the order of keys, comments and white space do not count, a title does."""
    without = ("revisions", "digest", *(name for name in _LATER[Policy] if getattr(policy, name) is None))
    names = (name for name in policy.__struct_fields__ if name not in without)
    return _hashed({name: canonical(getattr(policy, name)) for name in names})


def catalogue_digest(catalogue: Catalogue) -> str:
    """The same over all that a catalogue says."""
    return _hashed(canonical(catalogue))


def said_digest(part: object) -> str:
    """The same over all that any part of a policy says."""
    return _hashed(canonical(part))


def _hashed(plain: object) -> str:
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def canonical(value: object) -> object:
    """Plain lists and maps, in one order wherever the file's order of keys says nothing."""
    match value:
        case Comparison(name, "one_of" | "none_of" as operator, tuple(values)):
            return [_word(value), name, operator, _sorted(values)]
        case AllOf(parts) | AnyOf(parts):
            return [_word(value), _sorted(parts)]
        case Each(points, start, beyond, step):
            return [_word(value), _sorted(points), start, beyond, step, *_later(value)]
        case Choices(fact, points, otherwise):
            return [_word(value), fact, _sorted(points), canonical(otherwise)]
        case Mapping():
            return {str(key): canonical(item) for key, item in value.items()}
        case tuple():
            keyed = value and (hasattr(value[0], "id") or isinstance(value[0], ParameterUse))
            return _sorted(value) if keyed else [canonical(item) for item in value]
        case Struct():
            without = {*_NO_MEANING.get(type(value), ()), *_LATER.get(type(value), ())}
            names = (name for name in value.__struct_fields__ if name not in without)
            return [_word(value), *(canonical(getattr(value, name)) for name in names), *_later(value)]
        case _:
            return value


def _word(value: object) -> str:
    return _WORDS.get(type(value), type(value).__name__)


def _later(value: Struct) -> list[object]:
    fields = ((name, getattr(value, name)) for name in _LATER.get(type(value), ()))
    return [[name, canonical(part)] for name, part in fields if part is not None and part is not False]


def _sorted(values: Iterable[object]) -> list[object]:
    return sorted((canonical(value) for value in values), key=repr)
