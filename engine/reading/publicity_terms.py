"""How long a category's records are public, as the catalogue states it from day to day."""

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
    basis = text_or_none(tree.get("basis"))
    if "by" in tree:
        by = _by(page, as_text(tree["by"]), fields, path)
        longest_by, shortest_by = (dict(_by_value(page, tree, key, by, fields, path)) for key in ("at_most", "at_least"))
        return None if since is None else PublicityTerm(since, None, by, longest_by, basis, None, shortest_by)
    longest, shortest = (_length(page, tree, key, path) for key in ("at_most", "at_least"))
    return None if since is None else PublicityTerm(since, longest, basis=basis, shortest=shortest)


def _by(page: LoadContext, by: str, fields: Mapping[str, Field], path: Path) -> str:
    """The field by which terms go, which must list its values."""
    if by not in fields:
        page.unknown("field", by, (*path, "by"), fields)
    elif not fields[by].one_of:
        page.problem("terms_field", (*path, "by"), field=by)
    return by


def _length(page: LoadContext, tree: Map, key: str, path: Path) -> Window | None:
    """The term that is the same for all."""
    if key not in tree:
        return None
    if isinstance(tree[key], dict):
        page.problem("terms_need_by", (*path, key), at_key=True)
        return None
    return _window(page, tree[key], (*path, key))


def _by_value(
    page: LoadContext, tree: Map, key: str, by: str, fields: Mapping[str, Field], path: Path
) -> Iterator[tuple[str, Window]]:  # fmt: skip
    """Each value of the field with its term."""
    if key not in tree or by not in fields or not fields[by].one_of:
        return
    if not isinstance(tree[key], dict):
        page.problem("terms_by_value", (*path, key), at_key=True)
    for value, text in as_map(tree[key]).items():
        if value not in fields[by].one_of:
            known = list(fields[by].one_of)
            page.problem("not_listed", (*path, key, value), True, nearest_names(value, known), value=value, known=known)
        window = _window(page, text, (*path, key, value))
        if window is not None:
            yield value, window


def _window(page: LoadContext, tree: Tree, path: Path) -> Window | None:
    window = period.read_window(as_text(tree))
    if window is None:
        page.problem("window", path, value=as_text(tree))
    return window
