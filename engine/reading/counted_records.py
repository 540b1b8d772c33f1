"""Which records a fact counts: its windows, and what counts once, checked so that nothing can fail later."""

from __future__ import annotations

from engine.model import period
from engine.model.catalogue import Catalogue, Category
from engine.model.problem import Path
from engine.reading.load_context import LoadContext, Map, as_text

ONCE_PER = ("count", "sum", "tally")
"""The sources that can count several records once."""


def read_window(
    page: LoadContext, tree: Map, path: Path, kind: str, catalogue: Catalogue
) -> tuple[period.TimeSpan | None, period.Window | None]:
    """`within` or `during`, and `before`; what has a problem is None."""
    within, before = (_length(page, tree, path, key) for key in ("within", "before"))
    if within is not None and before is not None and not period.is_shorter(before, within):
        page.problem("before_not_shorter", (*path, "before"), before=tree["before"], within=tree["within"])
    if "during" in tree:
        return _during(page, tree, (*path, "during"), kind, catalogue), before
    return within, before


def _length(page: LoadContext, tree: Map, path: Path, key: str) -> period.Window | None:
    if key not in tree:
        return None
    window = period.read_window(as_text(tree[key]))
    if window is None:
        page.problem("window", (*path, key), value=tree[key])
    return window


def _during(page: LoadContext, tree: Map, path: Path, kind: str, catalogue: Catalogue) -> period.TimeSpan | None:
    during = tree["during"]
    if isinstance(during, dict):
        return _own_period(page, during, path, kind, catalogue)
    calendar = period.read_period(as_text(during))
    if calendar is None:
        page.unknown("period", str(during), path, period.PERIODS)
    return calendar


def _own_period(page: LoadContext, tree: Map, path: Path, kind: str, catalogue: Catalogue) -> period.OwnPeriod | None:
    """The subject's own period; its attribute is a date that subjects of the kind have."""
    name, at = as_text(tree.get("from")), (*path, "from")
    attribute = catalogue.attributes.get(name)
    if attribute is None:
        page.unknown("attribute", name, at, catalogue.attributes)
        return None
    if kind not in attribute.kinds:
        page.problem("kind_not_allowed", at, name=name, kind=kind, kinds=list(attribute.kinds))
    if attribute.field.type != "date":
        page.problem("not_a_date_attribute", at, name=name)
    years, months = tree.get("years"), tree.get("months")
    length = 12 * years if isinstance(years, int) else months if isinstance(months, int) else 0
    return period.OwnPeriod(length, name, 1 if tree.get("last") is True else 0)


def read_once_per(page: LoadContext, tree: Map, path: Path, key: str, category: Category) -> str | None:
    """The text field whose equal values count once."""
    if "once_per" not in tree:
        return None
    name, at = as_text(tree["once_per"]), (*path, "once_per")
    if key not in ONCE_PER:
        page.problem("once_per_source", at, True, source=key, sources=list(ONCE_PER))
    field = category.fields.get(name)
    if field is None:
        page.unknown("field", name, at, category.fields)
    elif field.type != "text":
        page.problem("once_per_text", at, name=name, type=field.type)
    return name
