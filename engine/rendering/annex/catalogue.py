"""The catalogue as an official annex (信用信息归集目录): who collects what, how, in what time, and how it is repaired."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from engine.model.catalogue import Attribute, Catalogue, Category, Field
from engine.rendering.annex.document import Annex, Part, Row, Section, Table, heads, row, signature
from engine.rendering.annex.official import ANNEX_LANG, day_text, official
from engine.rendering.condition_text import OFFICIAL, bounds_text
from engine.rendering.phrases import listed, with_commas, with_semicolons
from engine.rendering.publicity_text import publicity_term_text
from engine.rendering.terms import term


def catalogue_part(catalogue: Catalogue, created: int, readers: Iterable[str] = ()) -> Part:
    """In Chinese whatever the language of messages; files are dated `created`, for a catalogue has no day of its own.

    `readers` are the titles of the policies of which it is what they read; else it is all.
    """
    sections = []
    if catalogue.categories:
        sections.append(Section(official("table-records"), (), (_categories(catalogue.categories.values()),)))
    if catalogue.attributes:
        sections.append(Section(official("table-attributes"), (), (_attributes(catalogue.attributes.values()),)))
    counts = official("catalogue-counts", records=len(catalogue.categories), attributes=len(catalogue.attributes))
    title, about = official("catalogue"), [(official("catalogue-content"), counts)]
    if titles := listed(readers, ANNEX_LANG):
        about.insert(0, (official("catalogue-readers"), official("catalogue-readers-only", policies=titles)))
    return Part(title, tuple(about), (Annex("", title, tuple(sections)),), signature(""), created)


def _categories(categories: Iterable[Category]) -> Table:
    listing = list(categories)
    directed = any(category.direction for category in listing)
    before, after = (
        ["number", "category"],
        ["fields", "whom", "collected-by", "manner", "within", "publicity", "repair", "persons"],
    )
    columns = [*before, *(["direction"] if directed else []), *after]
    widths = (4, 10, 5, 14, 6, 10, 10, 7, 15, 14, 5) if directed else (4, 10, 17, 6, 10, 11, 7, 16, 14, 5)
    rows = tuple(_category(i, category, directed) for i, category in enumerate(listing, 1))
    remarks = [official("remark-fields")]
    ending = official("not-collected", title="")
    if any(cell and cell.text.endswith(ending) for cells in rows for cell in cells):
        remarks.append(official("remark-not-collected"))
    return Table(official("table-records"), heads(columns), widths, rows, tuple(remarks))


def _direction(category: Category) -> str:
    """What its records tell of a subject."""
    return term(category.direction, ANNEX_LANG) if category.direction else official("blank")


def _category(position: int, category: Category, directed: bool) -> Row:
    collection, blank = category.collection, official("blank")
    return row(
        str(position),
        official("not-collected", title=category.title) if category.not_collected else category.title,
        *([_direction(category)] if directed else []),
        (official("results") if category.derived else "\n".join(_fields(category))) or blank,
        _whom(category.kinds),
        collection.get("by", blank),
        collection.get("manner", blank),
        _time(collection.get("within", blank)),
        _publicity(category) or blank,
        category.repair or blank,
        _persons(category.kinds),
    )


def _publicity(category: Category) -> str:
    """How it is made public, and for how long."""
    terms = [publicity_term_text(term, category, ANNEX_LANG, day_text) for term in category.publicity_terms]
    stated = [official("publicity-stated", terms=with_semicolons(terms, ANNEX_LANG))] if terms else []
    return "\n".join([*([category.publicity] if category.publicity else []), *stated])


def _fields(category: Category) -> Iterator[str]:
    for field in category.fields.values():
        how = "field-values-optional" if field.optional else "field-values"
        yield official(how, title=field.title, values=_values(field))


def _values(field: Field) -> str:
    """What a field takes: its listed values, or its type and bounds."""
    if field.one_of:
        return listed((field.labels.get(code, code) for code in field.one_of), ANNEX_LANG)
    if field.type == "boolean":
        return official("yes-no")
    bounds = bounds_text(field, ANNEX_LANG, OFFICIAL)
    return with_commas([term(field.type, ANNEX_LANG), *([bounds] if bounds else [])], ANNEX_LANG)


def _attributes(attributes: Iterable[Attribute]) -> Table:
    rows = tuple(
        row(str(i), attribute.field.title, _values(attribute.field), _whom(attribute.kinds), _persons(attribute.kinds))
        for i, attribute in enumerate(attributes, 1)
    )
    columns = ("number", "fields", "values", "whom", "persons")
    return Table(official("table-attributes"), heads(columns), (8, 32, 30, 16, 14), rows)


def _whom(kinds: Iterable[str]) -> str:
    return listed((term(kind, ANNEX_LANG) for kind in kinds), ANNEX_LANG)


def _persons(kinds: Iterable[str]) -> str:
    return official("persons-yes" if "person" in kinds else "persons-no")


def _time(text: str) -> str:
    """A time of the catalogue in Chinese, or as it stands.

    >>> _time("7 working days"), _time("每季度")
    ('7个工作日', '每季度')
    """
    time = re.fullmatch(r"(\d+) (working day|day|month|year)s?", text)
    return official(f"within-{time[2].replace(' ', '-')}", count=time[1]) if time else text
