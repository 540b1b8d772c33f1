"""The common files of a library: catalogue, scales, measure library, names of regions; the calendar is read in calendar.py."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from engine.model import number
from engine.model.calendar import Calendar
from engine.model.catalogue import (
    CATEGORY_DIRECTIONS,
    EVALUATION_FIELDS,
    FIELD_TYPES,
    KINDS,
    Attribute,
    Catalogue,
    Category,
    CategoryDirection,
    Field,
)
from engine.model.direction import DIRECTIONS
from engine.model.names import Titled
from engine.model.policy import CommonFile, Declaration, LibraryItem
from engine.model.problem import Path
from engine.model.region import Region
from engine.model.scale import Level, Scale, least_above
from engine.reading.document import Tree
from engine.reading.file_titles import catalogue_titles
from engine.reading.listed_word import as_word
from engine.reading.load_context import (
    LoadContext,
    Map,
    as_list,
    as_map,
    as_text,
    is_number,
    text_or_none,
    texts,
    words_in,
)
from engine.reading.publicity_terms import publicity_terms

RECORD_NAMES = frozenset(("id", "date", "until", "source", "status", "repaired_on"))
_FIELD_RESERVED = RECORD_NAMES | frozenset(("all", "any", "not", "fact", "parameter", "complement", "use"))


class Common(Struct, frozen=True):
    """What policies refer to, and by file what its revisions declare and where it lies."""

    catalogue: Catalogue
    scales: Mapping[str, Scale]
    items: Mapping[str, LibraryItem]
    declared: Mapping[CommonFile, tuple[Declaration, ...]] = {}
    calendar: Calendar = Calendar()
    regions: Mapping[str, Region] = {}
    files: Mapping[str, str] = {}

    def titles(self) -> Iterator[Titled]:
        """What the files give titles to."""
        yield from catalogue_titles(self.catalogue)
        yield from ((item.id, item.title) for item in self.items.values())


def read_catalogue(page: LoadContext) -> Catalogue:
    """catalogue.yaml; problems go to the page."""
    tree = as_map(page.source.tree)
    categories = {
        key: _category(page, key, category, at) for key, category, at in page.elements(tree.get("categories"), ("categories",))
    }
    attributes = {
        key: Attribute(
            key, words_in(attribute.get("kinds"), KINDS), _field(page, attribute, at), attribute.get("fixed") is True
        )
        for key, attribute, at in page.elements(tree.get("attributes"), ("attributes",))
    }
    return Catalogue(categories, attributes)


def _category(page: LoadContext, key: str, tree: Map, path: Path) -> Category:
    derived = tree.get("derived") is True
    fields: dict[str, Field] = dict(EVALUATION_FIELDS) if derived else {}
    if not derived:
        for name, field_tree, at in page.elements(tree.get("fields"), (*path, "fields")):
            if name in _FIELD_RESERVED:
                page.problem("reserved_name", at, at_key=True, name=name)
            fields[name] = _field(page, field_tree, at)
    collection = {name: as_text(value) for name, value in as_map(tree.get("collection")).items()}
    direction: CategoryDirection | None = as_word(tree["direction"], CATEGORY_DIRECTIONS) if "direction" in tree else None
    return Category(
        key, as_text(tree.get("title")), words_in(tree.get("kinds"), KINDS), fields, derived,
        tree.get("absent_means") == "not_collected", collection,
        text_or_none(tree.get("publicity")), text_or_none(tree.get("repair")), direction,
        publicity_terms(page, tree.get("publicity_terms"), fields, (*path, "publicity_terms")),
        tree.get("fixed") is True, tree.get("lasting") is True,
    )  # fmt: skip


def _field(page: LoadContext, tree: Map, path: Path) -> Field:
    kind = as_word(tree.get("type"), FIELD_TYPES)
    one_of, labels = _listed(page, tree.get("one_of"), (*path, "one_of"))
    bounds: dict[str, int | None] = {}
    for bound in ("at_least", "at_most"):
        value = tree.get(bound)
        bounds[bound] = number.count_of(value) if is_number(value) else None
    low, high = bounds["at_least"], bounds["at_most"]
    if low is not None and high is not None and low > high:
        page.problem("bounds_crossed", (*path, "at_least"))
    return Field(as_text(tree.get("title")), kind, one_of, low, high, tree.get("optional") is True, labels)


def _listed(page: LoadContext, tree: Tree, path: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    """The codes that a text may have, and their labels where they have any: each stands for its code alone."""
    labels = {code: as_text(label) for code, label in as_map(tree).items()}
    codes = tuple(labels) or texts(tree)
    if "reject" in codes:
        page.problem("reserved_name", (*path, "reject" if labels else codes.index("reject")), bool(labels), name="reject")
    meant = {code: code for code in codes}
    for code, label in labels.items():
        if label and meant.setdefault(label, code) != code:
            page.problem("label_twice", (*path, code), label=label, other=meant[label])
    return codes, labels


def read_scales(page: LoadContext) -> dict[str, Scale]:
    """scales.yaml; best level first, the last that a score gives by `otherwise`, the levels of a grade side by side."""
    scales = {}
    for key, scale, path in page.elements(as_map(page.source.tree).get("scales"), ("scales",)):
        full = scale.get("full", 100)
        levels = _levels(page, scale, (*path, "levels"))
        if levels and is_number(full):
            scales[key] = Scale(key, number.count_of(full), levels, _reference(page, scale, path, number.count_of(full)))
    return scales


def _reference(page: LoadContext, tree: Map, path: Path, full: int) -> int | None:
    """What is written beside `full`; None where it is the same."""
    written = tree.get("reference")
    reference = number.count_of(written) if is_number(written) else full
    if reference > full:
        page.problem(
            "reference_above_full", (*path, "reference"), reference=number.shortest(reference), full=number.shortest(full)
        )
    return None if reference == full else reference


def _levels(page: LoadContext, tree: Map, path: Path) -> tuple[Level, ...]:
    levels: list[Level] = []
    entries = [as_map(entry) for entry in as_list(tree.get("levels"))]
    last = max((index for index, entry in enumerate(entries) if "by_rule" not in entry), default=-1)
    for index, entry in enumerate(entries):
        at = (*path, index)
        if "by_rule" not in entry and ("otherwise" in entry) != (index == last):
            needed = "otherwise_needed" if last == len(entries) - 1 else "otherwise_before_rules"
            page.problem(needed if index == last else "otherwise_last", at)
        level = _level(entry)
        before = next((other for other in reversed(levels) if other.at_least is not None), None)
        if before and before.at_least is not None and level.at_least is not None and level.at_least >= before.at_least:
            bound = before.at_least if before.above is None else before.above
            key = "at_least" if level.above is None else "above"
            page.problem("bands_order", (*at, key), falling=True, before=number.shortest(bound))
        if level.name in (other.name for other in levels):
            page.problem("id_twice", (*at, "level"), id=level.name)
        if levels and level.grade != levels[-1].grade and level.grade in (other.grade for other in levels):
            page.problem("grade_apart", (*at, "grade"), grade=level.grade)
        levels.append(level)
    return tuple(levels)


def _level(entry: Map) -> Level:
    """A level with the least score that gives it, however its bound is written."""
    at_least, above = (
        number.count_of(bound) if is_number(bound) else None for bound in (entry.get("at_least"), entry.get("above"))
    )
    if above is not None:
        at_least = least_above(above)
    quote, by_rule = text_or_none(entry.get("quote")), entry.get("by_rule") is True
    return Level(as_text(entry.get("level")), at_least, as_text(entry.get("grade")), quote, by_rule, above)


def read_items(page: LoadContext) -> dict[str, LibraryItem]:
    """measures.yaml, the measure library."""
    return {
        key: LibraryItem(
            key, as_text(item.get("title")), as_text(item.get("law")), text_or_none(item.get("number")),
            text_or_none(item.get("article")), words_in(item.get("kinds"), KINDS), item.get("status") == "trial",
            text_or_none(item.get("note")),
        )
        for key, item, _ in page.elements(as_map(page.source.tree).get("items"), ("items",))
    }  # fmt: skip


def read_regions(page: LoadContext) -> dict[str, Region]:
    """regions.yaml, names by codes."""
    elements = page.elements(as_map(page.source.tree).get("regions"), ("regions",))
    return {code: Region(as_text(region.get("title")), text_or_none(region.get("english"))) for code, region, _ in elements}


def read_declarations(page: LoadContext, file: CommonFile) -> tuple[Declaration, ...]:
    """The revisions of a common file, newest first."""
    return tuple(
        _declaration(page, file, as_map(revision), at)
        for at, revision in enumerate(as_list(as_map(page.source.tree).get("revisions")))
    )


def _declaration(page: LoadContext, file: CommonFile, tree: Map, at: int) -> Declaration:
    page.day(tree.get("date"), ("revisions", at, "date"))
    version, date, why = (as_text(tree.get(name)) for name in ("version", "date", "why"))
    return Declaration(file, version, date, as_word(tree.get("intent"), DIRECTIONS), why, text_or_none(tree.get("basis")))
