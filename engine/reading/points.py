"""Indicators, dimensions and adjustments: one scoring form each, and sums that add up."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model import number
from engine.model.condition import Ordering, Plain
from engine.model.problem import Path
from engine.model.scoring import (
    Adjustments,
    Award,
    Band,
    Bands,
    Branch,
    Choices,
    Dimension,
    Each,
    FirstOf,
    Form,
    Indicator,
    Item,
    Points,
    most_points,
)  # fmt: skip
from engine.reading.condition import NUMBER, UNKNOWN, Names, read_condition
from engine.reading.document import Tree
from engine.reading.load_context import LoadContext, Map, as_list, as_map, as_text, text_or_none

FORMS = ("each", "bands", "choices", "first_of")
_FALLING: tuple[Ordering, ...] = ("at_least", "above")
_RISING: tuple[Ordering, ...] = ("at_most", "below")


def read_base(page: LoadContext, tree: Map, path: Path, full: int) -> int | None:
    """The points that the score starts from, None without them; without dimensions they must be the scale's full points."""
    if "base" not in tree:
        return None
    at = (*path, "base")
    base = page.amount(tree["base"], at)
    if base is not None and base <= 0:
        page.problem("not_positive", at)
    elif base is not None and "dimensions" not in tree and base != full and page.whole(path):
        page.problem("base_sum", at, base=number.shortest(base), sum="0", full=number.shortest(full))
    if not {"dimensions", "adjustments", "decisions"} & tree.keys() and page.whole(path):
        page.problem("missing_beside", at, at_key=True, key="adjustments", beside="base")
    return base


def read_dimensions(
    page: LoadContext, tree: Tree, path: Path, names: Names, full: int, base: int | None
) -> tuple[Dimension, ...]:  # fmt: skip
    """The dimensions; what they count for must, with the base of the score, add up to the scale's full points."""
    before = len(page.problems)
    dimensions = tuple(
        dimension
        for key, dimension_tree, at in page.elements(tree, path)
        if (dimension := _dimension(page, key, dimension_tree, at, names))
    )
    if page.whole(path) and len(page.problems) == before and len(dimensions) == len(as_map(tree)):
        total = sum(d.points if d.counts_for is None else d.counts_for for d in dimensions)
        points, whole = number.shortest(total), number.shortest(full)
        if base is not None and base + total != full:
            page.problem("base_sum", path, at_key=True, base=number.shortest(base), sum=points, full=whole)
        elif base is None and total != full:
            page.problem("full_sum", path, at_key=True, sum=points, full=whole)
    return dimensions


def _dimension(page: LoadContext, key: str, tree: Map, path: Path, names: Names) -> Dimension | None:
    before = len(page.problems)
    at = (*path, "indicators")
    indicators = [
        _indicator(page, name, indicator_tree, where, names)
        for name, indicator_tree, where in page.elements(tree.get("indicators"), at)
    ]
    size = "out_of" if "out_of" in tree else "points"
    points = page.amount(tree[size], (*path, size)) if size in tree else None
    counts_for = page.amount(tree["counts_for"], (*path, "counts_for")) if "counts_for" in tree else None
    if points is None or None in indicators or len(page.problems) > before or not page.whole(path):
        return None
    total = sum(indicator.points for indicator in indicators if indicator)
    if total != points:
        page.problem("dimension_sum", (*path, size), sum=number.shortest(total), points=number.shortest(points))
    if points <= 0 or (counts_for is not None and counts_for < 0):
        page.problem("not_positive", (*path, size if points <= 0 else "counts_for"))
    return Dimension(
        key, as_text(tree.get("title")), points, counts_for, tuple(i for i in indicators if i), text_or_none(tree.get("quote"))
    )


def _indicator(page: LoadContext, key: str, tree: Map, path: Path, names: Names) -> Indicator | None:
    points = page.amount(tree.get("points"), (*path, "points"))
    if points is not None and points < 0:
        page.problem("not_positive", (*path, "points"))
    form = read_form(page, tree, path, names, points)
    only_when, none_when = (
        read_condition(page, tree[key], (*path, key), names) if key in tree else None for key in ("only_when", "none_when")
    )
    basis = page.basis(tree.get("basis"), (*path, "basis"))
    if points is None or form is None:
        return None
    trial = tree.get("status") == "trial"
    title, note, quote = as_text(tree.get("title")), text_or_none(tree.get("note")), text_or_none(tree.get("quote"))
    return Indicator(key, title, points, form, only_when, basis, trial, note, quote, none_when)


def read_adjustments(page: LoadContext, tree: Tree, path: Path, names: Names) -> Adjustments | None:
    """Items beside the dimensions, and the bounds of their sum."""
    if not isinstance(tree, dict):
        return None
    items = [
        _item(page, key, item_tree, at, names) for key, item_tree, at in page.elements(tree.get("items"), (*path, "items"))
    ]
    at_most = page.amount(tree.get("at_most"), (*path, "at_most"))
    at_least = page.amount(tree.get("at_least"), (*path, "at_least"))
    if at_most is None or at_least is None:
        return None
    if at_least > at_most:
        page.problem("bounds_crossed", (*path, "at_least"))
    return Adjustments(at_most, at_least, tuple(item for item in items if item))


def _item(page: LoadContext, key: str, tree: Map, path: Path, names: Names) -> Item | None:
    form = read_form(page, tree, path, names, None)
    at_most, at_least = (
        page.amount(tree[bound], (*path, bound)) if bound in tree else None for bound in ("at_most", "at_least")
    )
    basis = page.basis(tree.get("basis"), (*path, "basis"))
    if at_most is not None and at_least is not None and at_least > at_most:
        page.problem("bounds_crossed", (*path, "at_least"))
    if form is None:
        return None
    trial = tree.get("status") == "trial"
    return Item(
        key,
        as_text(tree.get("title")),
        form,
        at_most,
        at_least,
        basis,
        trial,
        text_or_none(tree.get("note")),
        text_or_none(tree.get("quote")),
    )


def read_form(page: LoadContext, tree: Map, path: Path, names: Names, full: int | None) -> Form | None:
    """The one scoring form of an indicator of `full` points, or of an item (None); None after a problem."""
    written = [form for form in FORMS if form in tree]
    if len(written) != 1:
        return None  # a problem of shape
    before = len(page.problems)
    form: Form | None
    match written[0]:
        case "each":
            form = _each(page, tree, path, names, full)
        case "bands":
            form = _bands(page, tree, path, names, full)
        case "choices":
            form = _choices(page, tree, path, names, full)
        case _:
            form = _first_of(page, tree, path, names, full)
    _stray_keys(page, tree, path, written[0])
    return form if len(page.problems) == before else None


def _stray_keys(page: LoadContext, tree: Map, path: Path, form: str) -> None:
    single = form == "each" and not _by_fact(tree["each"])
    belongs = {
        "start": form == "each",
        "beyond": single,
        "short_of": single,
        "step": single,
        "round": single,
        "otherwise": form == "choices",
        "fact": form in ("bands", "choices") or single,
    }
    for key, allowed in belongs.items():
        if key in tree and not allowed:
            page.problem("stray_key", (*path, key), at_key=True, key=key, form=form)


def _by_fact(tree: Tree) -> bool:
    return isinstance(tree, dict) and "parameter" not in tree


def _fact(page: LoadContext, tree: Map, path: Path, names: Names, types: tuple[str, ...]) -> str | None:
    """The indicator's own fact, of one of the types."""
    name = tree.get("fact")
    if not isinstance(name, str):
        page.problem("fact_needed", path, at_key=True)
        return None
    return _of_type(page, name, (*path, "fact"), names, types)


def _of_type(
    page: LoadContext, name: str, path: Path, names: Names, types: tuple[str, ...], at_key: bool = False
) -> str | None:
    if name not in names:
        page.unknown("fact", name, path, names, at_key)
        return None
    if names[name].type not in (*types, UNKNOWN.type):
        page.problem("type_mismatch", path, at_key, expected=types[0], found=names[name].type, name=name)
        return None
    return name


def _each(page: LoadContext, tree: Map, path: Path, names: Names, full: int | None) -> Each | None:
    each, at = tree["each"], (*path, "each")
    uses = len(page.uses)
    points: list[tuple[str, int]] = []
    if isinstance(each, dict) and _by_fact(each):
        for name, written in each.items():
            amount = page.amount(written, (*at, name))
            if _of_type(page, name, (*at, name), names, (NUMBER.type,), at_key=True) and amount is not None:
                points.append((name, amount))
    else:
        fact = _fact(page, tree, path, names, (NUMBER.type,))
        amount = page.amount(each, at)
        if fact and amount is not None:
            points.append((fact, amount))
    start = _start(page, tree, path, [amount for _, amount in points], len(page.uses) > uses, full)
    beyond, short_of, step = (
        page.amount(tree[key], (*path, key)) if key in tree else None for key in ("beyond", "short_of", "step")
    )
    if step is not None and step <= 0:
        page.problem("not_positive", (*path, "step"))
    return Each(tuple(points), start, beyond, step, short_of, tree.get("round") == "up")


def _start(page: LoadContext, tree: Map, path: Path, amounts: list[int], parameters: bool, full: int | None) -> int:
    if "start" in tree:
        return page.amount(tree["start"], (*path, "start")) or 0
    if full is None:
        return 0
    if not parameters and all(amount < 0 for amount in amounts):
        return full
    if parameters or not all(amount > 0 for amount in amounts):
        page.problem("start_needed", path, at_key=True)
    return 0


def _points(page: LoadContext, tree: Tree, path: Path, names: Names, full: int | None) -> Points | None:
    """The points of a band, choice or branch, fixed or awarded, at most the indicator's own."""
    awarded = isinstance(tree, dict) and "fact" in tree
    points = _award(page, as_map(tree), path, names) if awarded else page.amount(tree, path)
    if points is not None and full is not None and most_points(points) > full:
        at = (*path, "at_most") if awarded else path
        page.problem("points_above", at, points=number.shortest(most_points(points)), full=number.shortest(full))
    return points


def _award(page: LoadContext, tree: Map, path: Path, names: Names) -> Award | None:
    """`{fact: NAME, at_least: 80, at_most: 100}`: the fact is a number, and both bounds are there."""
    fact = _fact(page, tree, path, names, (NUMBER.type,))
    at_least, at_most = (page.amount(tree.get(bound), (*path, bound)) for bound in ("at_least", "at_most"))
    if fact is None or at_least is None or at_most is None:
        return None
    if at_least > at_most:
        page.problem("bounds_crossed", (*path, "at_least"))
    return Award(fact, at_least, at_most)


def _listed(
    page: LoadContext, tree: Tree, path: Path, names: Names, full: int | None
) -> Iterator[tuple[Map, Path, Points]]:  # fmt: skip
    """The entries of a list that ends in `otherwise`, with their points; the last one is `otherwise` itself."""
    entries = as_list(tree)
    for index, entry_tree in enumerate(entries):
        entry, at = as_map(entry_tree), (*path, index)
        last = index == len(entries) - 1
        if ("otherwise" in entry) != last:
            page.problem("otherwise_last" if not last else "otherwise_needed", at)
            continue
        key = "otherwise" if last else "points"
        points = _points(page, entry.get(key), (*at, key), names, full)
        if points is not None:
            yield entry, at, points


def _bands(page: LoadContext, tree: Map, path: Path, names: Names, full: int | None) -> Bands | None:
    fact = _fact(page, tree, path, names, (NUMBER.type,))
    bands: list[Band] = []
    otherwise: Points = 0
    for entry, at, points in _listed(page, tree["bands"], (*path, "bands"), names, full):
        if "otherwise" in entry:
            otherwise = points
            continue
        operator: Ordering = next((key for key in (*_FALLING, *_RISING) if key in entry), "at_least")
        threshold = page.amount(entry.get(operator), (*at, operator))
        if threshold is None:
            continue
        if bands:
            falling = bands[0].operator in _FALLING
            if (operator in _FALLING) != falling:
                page.problem("bands_direction", (*at, operator), at_key=True)
            elif threshold == bands[-1].threshold or (threshold < bands[-1].threshold) != falling:
                page.problem("bands_order", (*at, operator), falling=falling, before=number.shortest(bands[-1].threshold))
        bands.append(Band(operator, threshold, points))
    return Bands(fact, tuple(bands), otherwise) if fact else None


def _choices(page: LoadContext, tree: Map, path: Path, names: Names, full: int | None) -> Choices | None:
    fact = _fact(page, tree, path, names, ("text", "boolean"))
    at = (*path, "choices")
    typed = names.get(fact or "", UNKNOWN)
    listed = ("true", "false") if typed.type == "boolean" else typed.listed
    points: list[tuple[Plain, Points]] = []
    for value, written in as_map(tree["choices"]).items():
        amount = _points(page, written, (*at, value), names, full)
        if listed is not None and value not in listed:
            page.unknown("value", value, (*at, value), listed, at_key=True)
        elif amount is not None:
            points.append((value == "true" if typed.type == "boolean" else value, amount))
    otherwise = _points(page, tree["otherwise"], (*path, "otherwise"), names, full) if "otherwise" in tree else None
    missing = [value for value in listed or () if value not in as_map(tree["choices"])]
    strange = any(listed is not None and value not in listed for value in as_map(tree["choices"]))
    if fact and otherwise is None and typed != UNKNOWN and not strange and (listed is None or missing):
        page.problem("choices_incomplete", at, at_key=True, missing=missing)
    return Choices(fact, tuple(points), otherwise) if fact else None


def _first_of(page: LoadContext, tree: Map, path: Path, names: Names, full: int | None) -> FirstOf:
    branches: list[Branch] = []
    otherwise: Points = 0
    for entry, at, points in _listed(page, tree["first_of"], (*path, "first_of"), names, full):
        if "otherwise" in entry:
            otherwise = points
            continue
        when = read_condition(page, entry.get("when"), (*at, "when"), names)
        if when:
            branches.append(Branch(when, points))
    return FirstOf(tuple(branches), otherwise)


def unique_ids(page: LoadContext, path: Path, dimensions: tuple[Dimension, ...], adjustments: Adjustments | None) -> None:
    """Ids of indicators and items are unique within a model."""
    seen: set[str] = set()
    for dimension in dimensions:
        for indicator in dimension.indicators:
            if indicator.id in seen:
                at = (*path, "dimensions", dimension.id, "indicators", indicator.id)
                page.problem("id_twice", at, at_key=True, id=indicator.id)
            seen.add(indicator.id)
    for item in adjustments.items if adjustments else ():
        if item.id in seen:
            page.problem("id_twice", (*path, "adjustments", "items", item.id), at_key=True, id=item.id)
