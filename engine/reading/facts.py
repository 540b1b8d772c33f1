"""Facts of a model: one source each, typed by the catalogue, with `if_missing` just where a value can be absent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from graphlib import CycleError, TopologicalSorter

from msgspec.structs import replace

from engine.model import number
from engine.model.catalogue import KINDS, MEMBER, NUMERIC, SOURCE_FIELD, Attribute, Catalogue, Category, Field
from engine.model.condition import PREVIOUS_NAMES, RESULT_NAMES, AllOf, Comparison, Condition, Plain
from engine.model.policy import (
    AGGREGATES,
    ATTRIBUTE_READINGS,
    EFFORTS,
    FACT_DIRECTIONS,
    FACT_TYPES,
    Fact,
    FromAttribute,
    FromRecords,
    MemberCount,
    Ratio,
    RejectMissing,
    Source,
    Tally,
    Total,
    UseFact,
    facts_read,
)  # fmt: skip
from engine.model.problem import Path
from engine.reading.condition import BOOLEAN, NUMBER, UNKNOWN, Typed, read_condition, value_of
from engine.reading.counted_records import read_once_per, read_window
from engine.reading.document import Tree
from engine.reading.listed_word import as_word
from engine.reading.load_context import LoadContext, Map, as_list, as_map, as_text, text_or_none, texts
from engine.reading.tally import read_tally

ON_CATEGORY = ("count", "exists", "days_since", "tally")
ON_FIELD = ("sum", "max", "min", "mean", "latest")
ON_ATTRIBUTE = ("attribute", "years_since", "days_until")
ON_FACTS = ("percent", "rate", "total")
SOURCES = (*ON_CATEGORY, *ON_FIELD, *ON_ATTRIBUTE, *ON_FACTS, "members")

RESERVED = frozenset((*RESULT_NAMES, *PREVIOUS_NAMES, "all", "any", "not", "fact", "parameter", "complement", "use"))

MAX_DEPTH = 64
"""So many facts may rest on each other in a row; docs/language.md and the schema say it."""

_ALWAYS_ABSENT = frozenset((*ON_ATTRIBUTE, "max", "min", "mean", "latest", "days_since", "percent", "rate"))
_NEVER_ABSENT = frozenset(("total", "members"))


def typed_field(field: Field) -> Typed:
    """How tests see a field or an attribute."""
    if field.type == "integer" or field.type == "number":
        return NUMBER
    return Typed(field.type, field.one_of or None)


def read_facts(
    page: LoadContext, tree: Tree, path: Path, kind: str, catalogue: Catalogue
) -> tuple[dict[str, Fact], dict[str, Typed]]:
    """The facts of a model in the file's order, and the type of each name, `unknown` for one with a problem."""
    names = list(as_map(tree))
    sound: dict[str, tuple[Source, Typed, bool]] = {}
    for name, fact_tree, at in page.elements(tree, path):
        if name in RESERVED:
            page.problem("reserved_name", at, at_key=True, name=name)
        source = _source(page, fact_tree, at, as_map(tree), kind, catalogue)
        if source:
            sound[name] = source
    return _finish(page, as_map(tree), path, names, sound)


def _finish(
    page: LoadContext, tree: Map, path: Path, names: list[str], sound: Mapping[str, tuple[Source, Typed, bool]]
) -> tuple[dict[str, Fact], dict[str, Typed]]:
    """Types that rest on other facts, in dependency order; circles end here."""
    needs: dict[str, list[str]] = {}
    for name in names:
        use = as_map(as_map(tree[name]).get("if_missing")).get("use")
        named = (*(facts_read(sound[name][0]) if name in sound else ()), use if isinstance(use, str) else "")
        needs[name] = [needed for needed in named if needed in tree]
    try:
        order = tuple(TopologicalSorter(needs).static_order())
        _not_too_deep(page, path, order, needs)
    except CycleError as circle:
        around = circle.args[1]
        page.problem("fact_circle", (*path, around[0]), at_key=True, circle=" → ".join(reversed(around)))
        order = tuple(names)
    facts: dict[str, Fact] = {}
    types: dict[str, Typed] = dict.fromkeys(names, UNKNOWN)
    for name in order:
        if name in sound:
            fact = _fact(page, name, as_map(tree[name]), (*path, name), sound[name], facts, types)
            if fact:
                facts[name], types[name] = fact, Typed(fact.type, fact.listed)
    return {name: facts[name] for name in names if name in facts}, types


def _not_too_deep(page: LoadContext, path: Path, order: tuple[str, ...], needs: Mapping[str, list[str]]) -> None:
    """Facts rest on facts up to a depth that every evaluator can follow, and a reader too; the first beyond it is named."""
    depth: dict[str, int] = {}
    for name in order:
        depth[name] = 1 + max((depth[needed] for needed in needs[name]), default=0)
        if depth[name] > MAX_DEPTH:
            page.problem("facts_too_deep", (*path, name), at_key=True, fact=name, limit=MAX_DEPTH)
            return


def _fact(
    page: LoadContext, name: str, tree: Map, path: Path, sound: tuple[Source, Typed, bool],
    facts: Mapping[str, Fact], types: Mapping[str, Typed],
) -> Fact | None:  # fmt: skip
    source, typed, can_miss = sound
    for index, needed in enumerate(facts_read(source)):
        if types[needed] not in (UNKNOWN, NUMBER):
            at = (*path, "total", index) if isinstance(source, Total) else path
            page.problem("type_mismatch", at, expected="number", found=types[needed].type, name=needed)
    missing = _if_missing(page, tree, path, typed, can_miss, types)
    if can_miss and missing is None:
        return None
    listed = typed.listed
    if listed is not None:
        if isinstance(missing, str) and missing not in listed:
            listed = (*listed, missing)
        elif isinstance(missing, UseFact):
            other = types[missing.name].listed
            listed = None if other is None else tuple(dict.fromkeys((*listed, *other)))
    direction = as_word(tree["direction"], FACT_DIRECTIONS) if isinstance(tree.get("direction"), str) else None
    effort = as_word(tree["effort"], EFFORTS) if isinstance(tree.get("effort"), str) else None
    return Fact(name, as_text(tree.get("title")), source, as_word(typed.type, FACT_TYPES), listed, missing, direction, effort)


def _if_missing(
    page: LoadContext, tree: Map, path: Path, typed: Typed, can_miss: bool, types: Mapping[str, Typed]
) -> Plain | UseFact | RejectMissing | None:
    at = (*path, "if_missing")
    if "if_missing" not in tree:
        if can_miss:
            page.problem("if_missing_needed", path, at_key=True)
        return None
    if not can_miss:
        page.problem("if_missing_useless", at, at_key=True)
        return None
    value = tree["if_missing"]
    if value == "reject":
        return RejectMissing()
    if isinstance(value, dict) and "use" in value:
        use = value["use"]
        if not isinstance(use, str) or use not in types:
            page.unknown("fact", str(use), (*at, "use"), types)
            return None
        if types[use] != UNKNOWN and types[use].type != typed.type:
            page.problem("type_mismatch", (*at, "use"), expected=typed.type, found=types[use].type, name=use)
        return UseFact(use)
    return value_of(page, value, at, replace(typed, listed=None))


def _source(
    page: LoadContext, tree: Map, path: Path, names: Collection[str], kind: str, catalogue: Catalogue
) -> tuple[Source, Typed, bool] | None:
    """The source, the type of its value, and whether it can be missing."""
    written = [key for key in SOURCES if key in tree]
    if len(written) != 1:
        return None  # a problem of shape
    key = written[0]
    value, at = tree[key], (*path, written[0])
    if key == "members":
        return MemberCount(), NUMBER, False
    if key in ON_ATTRIBUTE:
        return _from_attribute(page, key, as_text(value), at, kind, catalogue)
    if key in ON_FACTS:
        return _from_facts(page, key, value, at, names)
    return _from_records(page, tree, key, as_text(value), path, kind, catalogue)


def _from_attribute(
    page: LoadContext, key: str, name: str, path: Path, kind: str, catalogue: Catalogue
) -> tuple[Source, Typed, bool] | None:
    attribute = catalogue.attributes.get(name)
    if attribute is None:
        page.unknown("attribute", name, path, catalogue.attributes)
        return None
    _allowed(page, attribute, path, kind, name)
    is_date = attribute.field.type == "date"
    if is_date != (key != "attribute"):
        page.problem("date_attribute" if is_date else "not_a_date_attribute", path, name=name)
        return None
    return FromAttribute(as_word(key, ATTRIBUTE_READINGS), name), NUMBER if is_date else typed_field(attribute.field), True


def _allowed(page: LoadContext, entry: Attribute | Category, path: Path, kind: str, name: str) -> None:
    if kind in KINDS and kind not in entry.kinds:
        page.problem("kind_not_allowed", path, name=name, kind=kind, kinds=list(entry.kinds))


def _from_facts(
    page: LoadContext, key: str, tree: Tree, path: Path, names: Collection[str]
) -> tuple[Source, Typed, bool] | None:
    parts = as_list(tree) if key == "total" else [as_map(tree).get("of"), as_map(tree).get("to")]
    places = [(*path, i) for i in range(len(parts))] if key == "total" else [(*path, "of"), (*path, "to")]
    good = True
    for part, at in zip(parts, places, strict=True):
        if part not in names:
            page.unknown("fact", str(part), at, names)
            good = False
    per = number.count_of(100) if key != "rate" else page.amount(as_map(tree).get("per"), (*path, "per"))
    if not good or per is None:
        return None
    if key == "total":
        return Total(texts(tree)), NUMBER, False
    return Ratio(as_text(parts[0]), as_text(parts[1]), per), NUMBER, True


def _from_records(
    page: LoadContext, tree: Map, key: str, value: str, path: Path, kind: str, catalogue: Catalogue
) -> tuple[Source, Typed, bool] | None:
    at = (*path, key)
    name, _, field = value.partition(".")
    category = catalogue.categories.get(name)
    if category is None:
        page.unknown("category", name, at, catalogue.categories)
        return None
    _allowed(page, category, at, kind, name)
    typed = BOOLEAN if key == "exists" else NUMBER
    if field:
        field_type = _field(page, category, field, at, key)
        if field_type is None:
            return None
        typed = field_type
    weight = text_or_none(tree.get("weighted_by"))
    if weight and key == "mean" and not _weighs(page, category, weight, (*path, "weighted_by")):
        return None
    problems = len(page.problems)
    window, before = read_window(page, tree, path, kind, catalogue)
    newest = tree.get("newest")
    where = _where(page, tree, path, category)
    once_per = read_once_per(page, tree, path, key, category)
    tally = _tally(page, tree, path, category) if key == "tally" else None
    if len(page.problems) > problems:
        return None
    if name == MEMBER and not _names_policy(where):
        page.problem("member_policy_missing", path, at_key=True)
        return None
    repaired = "repaired" in as_list(tree.get("include"))
    source = FromRecords(
        as_word(key, AGGREGATES), name, field or None, weight, window, where, repaired, before,
        newest if isinstance(newest, int) else None, once_per, tally,
    )  # fmt: skip
    can_miss = key in _ALWAYS_ABSENT or category.not_collected or source.own_period is not None
    return source, typed, can_miss


def _field(page: LoadContext, category: Category, name: str, path: Path, key: str) -> Typed | None:
    field = category.fields.get(name)
    if field is None:
        page.unknown("field", name, path, category.fields)
        return None
    typed = typed_field(field)
    if typed.type == "date" or (key != "latest" and typed != NUMBER):
        page.problem("field_type", path, source=key, name=name, type=field.type)
        return None
    return typed


def _weighs(page: LoadContext, category: Category, name: str, path: Path) -> bool:
    field = category.fields.get(name)
    if field is None:
        page.unknown("field", name, path, category.fields)
    elif field.type not in NUMERIC or field.at_least is None or field.at_least < 0:
        page.problem("weight_field", path, name=name)
    else:
        return True
    return False


def _where(page: LoadContext, tree: Map, path: Path, category: Category) -> Condition | None:
    if "where" not in tree:
        return None
    return read_condition(page, tree["where"], (*path, "where"), _tested(category), facts=False)


def _tally(page: LoadContext, tree: Map, path: Path, category: Category) -> Tally:
    return read_tally(page, tree["first_of"], (*path, "first_of"), _tested(category))


def _tested(category: Category) -> dict[str, Typed]:
    """What of a record can be tested."""
    fields = dict(category.fields)
    fields.setdefault("source", SOURCE_FIELD)
    return {name: replace(typed_field(field), optional=field.optional) for name, field in fields.items()}


def _names_policy(where: Condition | None) -> bool:
    parts = where.parts if isinstance(where, AllOf) else (where,)
    return any(isinstance(part, Comparison) and part.name == "policy" and part.operator in ("is", "one_of") for part in parts)
