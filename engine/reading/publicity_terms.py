"""The longest publicity of a category's records, as the catalogue states it from day to day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.model import period
from engine.model.catalogue import Field, PublicityTerm
from engine.model.names import nearest_names
from engine.model.period import Window, iso_text
from engine.model.problem import Path
from engine.reading.document import Tree
from engine.reading.load_context import LoadContext, Map, as_list, as_map, as_text, text_or_none


def publicity_terms(page: LoadContext, tree: Tree, fields: Mapping[str, Field], path: Path) -> tuple[PublicityTerm, ...]:
    """Newest first; what is wrong goes to the page."""
    terms: list[PublicityTerm] = []
    for at, entry in enumerate(as_list(tree)):
        place = (*path, at)
        term = _term(page, as_map(entry), fields, place) if page.whole(place) else None
        if term is None:
            continue
        if terms and term.since >= terms[-1].since:
            page.problem("terms_order", (*place, "from"), before=iso_text(terms[-1].since))
        terms.append(term)
    return tuple(terms)


def _term(page: LoadContext, tree: Map, fields: Mapping[str, Field], path: Path) -> PublicityTerm | None:
    since = page.day(tree.get("from"), (*path, "from"))
    longest, at_most, basis = None, (*path, "at_most"), text_or_none(tree.get("basis"))
    if "by" in tree:
        by = as_text(tree["by"])
        longest_by = dict(_by_value(page, tree, by, fields, path))
        return None if since is None else PublicityTerm(since, None, by, longest_by, basis)
    if isinstance(tree.get("at_most"), dict):
        page.problem("terms_need_by", at_most, at_key=True)
    else:
        longest = _window(page, tree.get("at_most"), at_most)
    return None if since is None else PublicityTerm(since, longest, basis=basis)


def _by_value(
    page: LoadContext, tree: Map, by: str, fields: Mapping[str, Field], path: Path
) -> Iterator[tuple[str, Window]]:  # fmt: skip
    """Each value of the field with its term."""
    at_most = (*path, "at_most")
    if by not in fields:
        page.unknown("field", by, (*path, "by"), fields)
        return
    if not fields[by].one_of:
        page.problem("terms_field", (*path, "by"), field=by)
        return
    if not isinstance(tree.get("at_most"), dict):
        page.problem("terms_by_value", at_most, at_key=True)
    for value, text in as_map(tree.get("at_most")).items():
        if value not in fields[by].one_of:
            known = list(fields[by].one_of)
            page.problem("not_listed", (*at_most, value), True, nearest_names(value, known), value=value, known=known)
        window = _window(page, text, (*at_most, value))
        if window is not None:
            yield value, window


def _window(page: LoadContext, tree: Tree, path: Path) -> Window | None:
    window = period.read_window(as_text(tree))
    if window is None:
        page.problem("window", path, value=as_text(tree))
    return window
