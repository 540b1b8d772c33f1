"""What differs in how a model gives points: dimensions, indicators, adjustments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec.structs import replace

from engine.model.change import Change, ChangeKind
from engine.model.digest import canonical
from engine.model.direction import Direction
from engine.model.problem import Path
from engine.model.scoring import Adjustments, Dimension, Form, Indicator, Item, line_of
from engine.reviewing.diff import condition_relation, form_direction
from engine.reviewing.diff.condition_relation import EQUAL
from engine.reviewing.diff.forms import form_differences
from engine.reviewing.diff.model_pair import ModelPair, more, same_but_id

ItemBound = Literal["at_most", "at_least"]


def base(both: ModelPair) -> Iterator[Change]:
    """The points that the score starts from; a model without any starts from 0."""
    direction = more(both.old.base or 0, both.new.base or 0) if both.old.scores and both.new.scores else "mixed"
    yield from both.leaf("base", ("base",), both.old.base, both.new.base, both.by_score(direction))


def dimensions(both: ModelPair) -> Iterator[Change]:
    homes = {i.id: d for d in both.old.dimensions for i in d.indicators}
    for name, before, after in both.between.listed(both.old.dimensions, both.new.dimensions):
        path: Path = ("dimensions", name)
        if before is None or after is None:
            dimension_either = after or before
            direction: Direction = "neutral" if _plain(dimension_either) else "mixed"
            yield from both.element("dimension", path, _emptied(before), _emptied(after), direction)
            continue
        yield from both.texts(path, before, after)
        share = both.by_score(more(before.counts_for, after.counts_for))
        yield from both.part(after, "share", (*path, "counts_for"), before.counts_for, after.counts_for, share)
        if before.points != after.points:
            plain = _plain(before) and _plain(after)
            key = "points" if after.counts_for is None else "out_of"
            yield from both.part(after, "points", (*path, key), before.points, after.points, "neutral" if plain else "mixed")
    old = {i.id: i for d in both.old.dimensions for i in d.indicators}
    gone = {name: indicator for name, indicator in old.items() if name not in {i.id for i in both.new.indicators()}}
    for dimension in both.new.dimensions:
        for indicator in dimension.indicators:
            before, home = old.get(indicator.id), homes.get(indicator.id)
            if before is None:
                same = next((candidate for candidate in gone.values() if same_but_id(candidate, indicator)), None)
                if same is not None:
                    gone.pop(same.id)
                    old_home = homes[same.id]
                    yield from _moved(both, same, indicator, old_home, dimension, "renamed")
                    continue
                direction = both.by_score("looser") if _plain(dimension) else "mixed"
                yield from both.element("indicator", _at(dimension, indicator), None, indicator, direction)
                continue
            assert home is not None
            if home.id != dimension.id:
                yield from _moved(both, before, indicator, home, dimension, "moved")
            yield from _indicator(both, before, indicator, home, dimension)
    for dimension_either in gone.values():
        direction = both.by_score("stricter") if _plain(homes[dimension_either.id]) else "mixed"
        yield from both.element(
            "indicator", _at(homes[dimension_either.id], dimension_either), dimension_either, None, direction
        )


def _moved(
    both: ModelPair, old: Indicator, new: Indicator, home: Dimension, dimension: Dimension, how: ChangeKind
) -> Iterator[Change]:
    same = home.id == dimension.id or (_plain(home) and _plain(dimension))
    direction: Direction = "text" if how == "renamed" and same else "neutral" if same else "mixed"
    yield both.moved("indicator", _at(dimension, new), old, new, _at(home, old), how, direction)


def _indicator(both: ModelPair, old: Indicator, new: Indicator, home: Dimension, dimension: Dimension) -> Iterator[Change]:
    path = _at(dimension, new)
    yield from both.texts(path, old, new)
    yield from both.part(new, "only_when", (*path, "only_when"), old.only_when, new.only_when, _only_when(both, old, new))
    yield from both.part(new, "none_when", (*path, "none_when"), old.none_when, new.none_when, _none_when(both, old, new))
    form, followed = old.form, old.points != new.points and _starts_full(old) and _starts_full(new)
    if old.points != new.points:
        line = line_of(form)
        with_it: Form = replace(line, start=new.points) if followed and line is not None else form
        direction = _gives(both, (form, 0, old.points), (with_it, 0, new.points))
        if not (_plain(home) and _plain(dimension)):
            direction = "mixed"
        yield from both.part(new, "points", (*path, "points"), old.points, new.points, direction)
        form = with_it
    yield from _form(both, new, path, form, new.form, (0, new.points))


def _only_when(both: ModelPair, old: Indicator, new: Indicator) -> Direction:
    if old.only_when is None or new.only_when is None:
        return "mixed"
    return "neutral" if both.relation(old.only_when, new.only_when) == EQUAL else "mixed"


def _none_when(both: ModelPair, old: Indicator, new: Indicator) -> Direction:
    """What gives nothing more often gives less: no indicator gives less than 0, whatever the others of its dimension do."""
    if old.none_when is None or new.none_when is None:
        more_often = new.none_when is not None
        return both.by_score("stricter" if more_often else "looser") if old.none_when != new.none_when else "neutral"
    return both.by_score(_MORE_OFTEN[both.relation(old.none_when, new.none_when)])


_MORE_OFTEN: Mapping[condition_relation.Relation, Direction] = {
    condition_relation.EQUAL: "neutral",
    condition_relation.WEAKER: "stricter",
    condition_relation.STRONGER: "looser",
    condition_relation.OTHER: "mixed",
}


def _gives(both: ModelPair, old: form_direction.Clipped, new: form_direction.Clipped) -> Direction:
    return both.by_score(form_direction.form_direction(old, new, both.policy, both.model))


def _form(
    both: ModelPair, element: Any, path: Path, old: Form, new: Form, clip: tuple[int | None, int | None]
) -> Iterator[Change]:
    """A scoring form part by part where its shape is the same, else as a whole."""
    parts = list(form_differences(old, new))
    left = old
    for what, at, before, after, changed in parts:
        direction = _gives(both, (left, *clip), (changed(left), *clip))
        yield from both.part(element, what, (*path, *at), before, after, direction)
        left = changed(left)
    if canonical(left) != canonical(new):
        yield from both.part(element, "form", path, left, new, _gives(both, (left, *clip), (new, *clip)))


def adjustments(both: ModelPair) -> Iterator[Change]:
    old, new = both.old.adjustments, both.new.adjustments
    path: Path = ("adjustments",)
    if old and new:
        for name in ("at_most", "at_least"):
            pair = getattr(old, name), getattr(new, name)
            yield from both.leaf("adjustments", (*path, name), *pair, both.by_score(more(*pair)), name="adjustments")
    elif old or new:
        added = more(_without_items(old), _without_items(new))  # its items have changes of their own
        yield from both.leaf("adjustments", path, _bounds(old), _bounds(new), both.by_score(added), name="adjustments")
    gone = {old_item.id: old_item for old_item in both.old.items() if old_item.id not in {item.id for item in both.new.items()}}
    for name, before, after in both.between.listed(both.old.items(), both.new.items()):
        at = (*path, "items", name)
        if before is None:
            same = next((candidate for candidate in gone.values() if same_but_id(candidate, after)), None)
            if same is not None:
                gone.pop(same.id)
                yield both.moved("item", at, same, after, (*path, "items", same.id), "renamed", "text")
                continue
            yield from both.element("item", at, None, after, _gives(both, form_direction.NOTHING, _clipped(after)))
        elif after is None:
            if name in gone:
                yield from both.element("item", at, before, None, _gives(both, _clipped(before), form_direction.NOTHING))
        else:
            yield from both.texts(at, before, after)
            for bound in _uncrossed(before, after):
                changed = replace(before, **{bound: getattr(after, bound)})
                direction = _gives(both, _clipped(before), _clipped(changed))
                yield from both.part(after, bound, (*at, bound), getattr(before, bound), getattr(after, bound), direction)
                before = changed
            yield from _form(both, after, at, before.form, after.form, (after.at_least, after.at_most))


def _at(dimension: Dimension, indicator: Indicator) -> Path:
    return ("dimensions", dimension.id, "indicators", indicator.id)


def _plain(dimension: Dimension) -> bool:
    """Whether what an indicator gives is its share of the score, whatever the others give."""
    return dimension.counts_for is None and all(indicator.only_when is None for indicator in dimension.indicators)


def _emptied(dimension: Dimension | None) -> Dimension | None:
    """Its indicators have changes of their own."""
    return None if dimension is None else replace(dimension, indicators=())


def _bounds(adjustments: Adjustments | None) -> tuple[int, int] | None:
    return None if adjustments is None else (adjustments.at_least, adjustments.at_most)


def _uncrossed(old: Item, new: Item) -> tuple[ItemBound, ItemBound]:
    """The order in which bounds are moved, so that they never cross."""
    down = old.at_least is not None and new.at_most is not None and new.at_most < old.at_least
    return ("at_least", "at_most") if down else ("at_most", "at_least")


def _without_items(adjustments: Adjustments | None) -> int:
    """What adjustments give by their bounds alone."""
    return 0 if adjustments is None else min(max(0, adjustments.at_least), adjustments.at_most)


def _clipped(item: Item) -> form_direction.Clipped:
    return item.form, item.at_least, item.at_most


def _starts_full(indicator: Indicator) -> bool:
    line = line_of(indicator.form)
    return line is not None and line.start == indicator.points
