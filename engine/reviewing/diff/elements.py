"""What differs within a model: facts, points, vetoes, measures, each change with its direction.

A direction is about score, level and what a measure itself gives: that a worse level brings other measures is no further
change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from engine.model.change import Change, together
from engine.model.condition import Condition
from engine.model.digest import canonical
from engine.model.period import Period
from engine.model.policy import Fact, FromRecords, Measure, Model, Policy, Reject, Veto
from engine.model.problem import Path
from engine.model.scoring import Adjustments, Dimension, Each, Form, Indicator, Item
from engine.reviewing.diff import logic, pointwise
from engine.reviewing.diff.between import Between
from engine.reviewing.diff.forms import differences
from engine.reviewing.diff.growth import growth
from engine.reviewing.diff.tendency import ADVERSE, FAVOURABLE, NONE, tendency

TEXTS = ("title", "basis", "trial", "note")


def model_changes(between: Between, old: Model, new: Model) -> Iterator[Change]:
    """Everything that differs between two versions of a model."""
    return _Models(between, old, new).changes()


class _Models:
    """One model in two versions."""

    def __init__(self, between: Between, old: Model, new: Model) -> None:
        self.between, self.old, self.new = between, old, new
        self.top: Path = ("models", new.id)
        self.scale = between.new.scale

    def changes(self) -> Iterator[Change]:
        yield from self.leaf("title", ("title",), self.old.title, self.new.title, "text")
        for name in ("kind", "always", "feeds", "weight"):
            at = "applies" if name == "always" else name
            yield from self.leaf(name, (at,), getattr(self.old, name), getattr(self.new, name), "mixed")
        yield from self._facts()
        yield from self._listed("not_evaluated", "not_evaluated", self.old.not_evaluated, self.new.not_evaluated, _excluded)
        yield from self._dimensions()
        yield from self._adjustments()
        yield from self._decisions()
        yield from self._listed("veto", "vetoes", self.old.vetoes, self.new.vetoes, self._veto)
        yield from self._listed("measure", "measures", self.old.measures, self.new.measures, self._measure)
        yield from self._listed("alert", "alerts", self.old.alerts, self.new.alerts, _alert)

    # How changes are made

    def leaf(self, what: str, path: Path, old: object, new: object, direction: str, **more: Any) -> Iterator[Change]:
        more = {"model": self.new.id, "title": self.new.title, "name": self.new.id, **more}
        yield from self.between.leaf(what, (*self.top, *path), old, new, direction, **more)

    def element(self, what: str, path: Path, old: Any, new: Any, direction: str) -> Iterator[Change]:
        one = new or old
        yield from self.leaf(what, path, old, new, direction, title=one.title, name=one.id, basis=getattr(one, "basis", ()))

    def part(self, one: Any, what: str, path: Path, old: object, new: object, direction: str) -> Iterator[Change]:
        """A part of an element."""
        yield from self.leaf(what, path, old, new, direction, title=one.title, name=one.id, basis=getattr(one, "basis", ()))

    def texts(self, path: Path, old: Any, new: Any) -> Iterator[Change]:
        names = [name for name in TEXTS if hasattr(new, name)]
        yield from self.between.texts((*self.top, *path), old, new, names, model=self.new.id)

    def moved(self, what: str, path: Path, old: Any, new: Any, old_path: Path, how: str, direction: str) -> Change:
        return self.between.change(
            what, (*self.top, *path), how, old, new, direction,
            title=new.title, model=self.new.id, name=new.id,
            old_path=("models", self.between.models.get(self.new.id, self.new.id), *old_path),
        )  # fmt: skip

    def relation(self, old: Condition, new: Condition) -> str:
        return logic.relation(old, new, self.scale if self.between.old.scale.names == self.scale.names else None)

    # Facts

    def _facts(self) -> Iterator[Change]:
        for was, now in self.between.names.get(self.new.id, {}).items():
            old, new = self.old.facts[now], self.new.facts[now]
            yield self.moved("fact", ("facts", now), old, new, ("facts", was), "renamed", "text")
        for name, before, after in self.between.keyed(self.old.facts, self.new.facts):
            path = ("facts", name)
            if before is None or after is None:
                yield from self.element("fact", path, before, after, _of_rejecting(before, after))
                continue
            yield from self.part(after, "title", (*path, "title"), before.title, after.title, "text")
            yield from self.part(after, "direction", (*path, "direction"), before.direction, after.direction, "text")
            yield from self._source(before, after, path)
            same = canonical(before.source) == canonical(after.source)
            yield from self.part(
                after, "if_missing", (*path, "if_missing"), before.if_missing, after.if_missing,
                self._if_missing(before, after) if same else "mixed",
            )  # fmt: skip

    def _if_missing(self, old: Fact, new: Fact) -> str:
        found = _of_rejecting(old, new)
        return self._moves(new.id, growth(old, new, self.between, "if_missing")) if found == "neutral" else found

    def _source(self, old: Fact, new: Fact, path: Path) -> Iterator[Change]:
        before, after = old.source, new.source
        if canonical(before) == canonical(after):
            return
        parts = {"kind": "fact", "window": "window", "where": "where", "include_repaired": "include"}
        if not (isinstance(before, FromRecords) and isinstance(after, FromRecords)) or any(
            getattr(before, name) != getattr(after, name) for name in ("kind", "category", "field", "weighted_by")
        ):
            yield from self.part(new, "fact", path, old, new, self._moves(new.id, "mixed"))
            return
        for name, what in parts.items():
            pair = getattr(before, name), getattr(after, name)
            one = replace(old, source=replace(before, **{name: pair[1]}))
            key = {
                "window": "during" if isinstance(pair[1] or pair[0], Period) else "within",
                "include_repaired": "include",
            }.get(name, name)
            direction = self._moves(new.id, growth(old, one, self.between, name))
            yield from self.part(new, what, (*path, key), *pair, direction)

    def _moves(self, fact: str, grows: str) -> str:
        """What it brings that a fact grows, falls or does either."""
        if grows == "same":
            return "neutral"
        found = {tendency(model, fact, policy.scale) for model, policy in self._both()} - {NONE}
        if not found:
            return "neutral"
        if grows == "mixed" or len(found) > 1 or not found <= {ADVERSE, FAVOURABLE}:
            return "mixed"
        return "looser" if (found == {FAVOURABLE}) == (grows == "grows") else "stricter"

    def _both(self) -> Sequence[tuple[Model, Policy]]:
        return ((self.old, self.between.old), (self.new, self.between.new))

    # Points

    def _dimensions(self) -> Iterator[Change]:
        homes = {i.id: d for d in self.old.dimensions for i in d.indicators}
        for name, before, after in self.between.listed(self.old.dimensions, self.new.dimensions):
            path: Path = ("dimensions", name)
            if before is None or after is None:
                one = after or before
                direction = "neutral" if _plain(one) else "mixed"
                yield from self.element("dimension", path, _emptied(before), _emptied(after), direction)
                continue
            yield from self.part(after, "title", (*path, "title"), before.title, after.title, "text")
            share = _more(before.counts_for, after.counts_for)
            yield from self.part(after, "share", (*path, "counts_for"), before.counts_for, after.counts_for, share)
            if before.points != after.points:
                plain = _plain(before) and _plain(after)
                key = "points" if after.counts_for is None else "out_of"
                yield from self.part(
                    after, "points", (*path, key), before.points, after.points, "neutral" if plain else "mixed"
                )
        old = {i.id: i for d in self.old.dimensions for i in d.indicators}
        gone = {name: one for name, one in old.items() if name not in {i.id for i in self.new.indicators()}}
        for dimension in self.new.dimensions:
            for indicator in dimension.indicators:
                before, home = old.get(indicator.id), homes.get(indicator.id)
                if before is None:
                    same = next((one for one in gone.values() if _same_but_id(one, indicator)), None)
                    if same is not None:
                        gone.pop(same.id)
                        old_home = homes[same.id]
                        yield from self._moved(same, indicator, old_home, dimension, "renamed")
                        continue
                    direction = "looser" if _plain(dimension) else "mixed"
                    yield from self.element("indicator", _at(dimension, indicator), None, indicator, direction)
                    continue
                assert home is not None
                if home.id != dimension.id:
                    yield from self._moved(before, indicator, home, dimension, "moved")
                yield from self._indicator(before, indicator, home, dimension)
        for one in gone.values():
            direction = "stricter" if _plain(homes[one.id]) else "mixed"
            yield from self.element("indicator", _at(homes[one.id], one), one, None, direction)

    def _moved(self, old: Indicator, new: Indicator, home: Dimension, dimension: Dimension, how: str) -> Iterator[Change]:
        same = home.id == dimension.id or (_plain(home) and _plain(dimension))
        direction = "text" if how == "renamed" and same else "neutral" if same else "mixed"
        yield self.moved("indicator", _at(dimension, new), old, new, _at(home, old), how, direction)

    def _indicator(self, old: Indicator, new: Indicator, home: Dimension, dimension: Dimension) -> Iterator[Change]:
        path = _at(dimension, new)
        yield from self.texts(path, old, new)
        yield from self.part(new, "only_when", (*path, "only_when"), old.only_when, new.only_when, "mixed")
        form, followed = old.form, old.points != new.points and _starts_full(old) and _starts_full(new)
        if old.points != new.points:
            with_it = replace(form, start=new.points) if followed and isinstance(form, Each) else form
            direction = self._gives((form, 0, old.points), (with_it, 0, new.points))
            if not (_plain(home) and _plain(dimension)):
                direction = "mixed"
            yield from self.part(new, "points", (*path, "points"), old.points, new.points, direction)
            form = with_it
        yield from self._form(new, path, form, new.form, (0, new.points))

    def _gives(self, old: pointwise.Clipped, new: pointwise.Clipped) -> str:
        return pointwise.direction(old, new, self.between.new, _of_both(self.old, self.new))

    def _form(self, one: Any, path: Path, old: Form, new: Form, clip: tuple[int | None, int | None]) -> Iterator[Change]:
        """A scoring form part by part where its shape is the same, else as a whole."""
        parts = list(differences(old, new)) if type(old) is type(new) else []
        left = old
        for what, at, before, after, changed in parts:
            direction = self._gives((left, *clip), (changed(left), *clip))
            yield from self.part(one, what, (*path, *at), before, after, direction)
            left = changed(left)
        if canonical(left) != canonical(new):
            yield from self.part(one, "form", path, left, new, self._gives((left, *clip), (new, *clip)))

    def _adjustments(self) -> Iterator[Change]:
        old, new = self.old.adjustments, self.new.adjustments
        path: Path = ("adjustments",)
        if old and new:
            for name in ("at_most", "at_least"):
                pair = getattr(old, name), getattr(new, name)
                yield from self.leaf("adjustments", (*path, name), *pair, _more(*pair), name="adjustments")
        elif old or new:
            yield from self.leaf("adjustments", path, _bounds(old), _bounds(new), "neutral", name="adjustments")
        gone = {one.id: one for one in self.old.items() if one.id not in {item.id for item in self.new.items()}}
        for name, before, after in self.between.listed(self.old.items(), self.new.items()):
            at = (*path, "items", name)
            if before is None:
                same = next((one for one in gone.values() if _same_but_id(one, after)), None)
                if same is not None:
                    gone.pop(same.id)
                    yield self.moved("item", at, same, after, (*path, "items", same.id), "renamed", "text")
                    continue
                yield from self.element("item", at, None, after, self._of_item(after, 1))
            elif after is None:
                if name in gone:
                    yield from self.element("item", at, before, None, self._of_item(before, -1))
            else:
                yield from self.texts(at, before, after)
                for bound in ("at_most", "at_least"):
                    changed = replace(before, **{bound: getattr(after, bound)})
                    direction = self._gives(_clipped(before), _clipped(changed))
                    yield from self.part(after, bound, (*at, bound), getattr(before, bound), getattr(after, bound), direction)
                    before = changed
                yield from self._form(after, at, before.form, after.form, (after.at_least, after.at_most))

    def _of_item(self, item: Item, sign: int) -> str:
        """What it brings that an item comes (1) or goes (-1)."""
        found = pointwise.bounds(_clipped(item), self.between.new, _of_both(self.old, self.new))
        if found is None:
            return "mixed"
        low, high = sorted(sign * one for one in found)
        return "neutral" if low == high == 0 else "looser" if low >= 0 else "stricter" if high <= 0 else "mixed"

    def _decisions(self) -> Iterator[Change]:
        old, new = self.old.decisions, self.new.decisions
        if canonical(old) == canonical(new):
            return
        ranks = {name: -rank for rank, name in enumerate(self.scale.names)}
        if old and new and len(old.branches) == len(new.branches):
            levels = [ranks[level] for _, level in old.branches] + [ranks[old.otherwise]]
            for place, ((when, level), (now, then)) in enumerate(zip(old.branches, new.branches, strict=True)):
                path = ("decisions", place)
                gives = _beside(levels[place], levels[place + 1 :])
                yield from self.leaf(
                    "decision", (*path, "when"), when, now, _by_relation(self.relation(when, now), gives), name=f"{place + 1}"
                )
                direction = _more(ranks.get(level), ranks.get(then))
                yield from self.leaf("decision", (*path, "level"), level, then, direction, name=f"{place + 1}")
                levels[place] = ranks[then]
            direction = _more(ranks.get(old.otherwise), ranks.get(new.otherwise))
            last: Path = ("decisions", len(new.branches), "otherwise")
            yield from self.leaf("decision", last, old.otherwise, new.otherwise, direction, name="otherwise")
            return
        yield from self.leaf("decision", ("decisions",), old, new, "mixed", name="decisions")

    # What has a condition

    def _listed(self, what: str, key: str, old: Sequence[Any], new: Sequence[Any], parts: Parts) -> Iterator[Change]:
        """Elements with ids: which came, went or have another id, and the parts of those that stayed."""
        stayed = {one.id for one in new}
        gone = {one.id: one for one in old if one.id not in stayed}
        for name, before, after in self.between.listed(old, new):
            path = (key, name)
            if before is None:
                same = next((one for one in gone.values() if _same_but_id(one, after)), None)
                if same is not None:
                    gone.pop(same.id)
                    yield self.moved(what, path, same, after, (key, same.id), "renamed", "text")
                    continue
                yield from self.element(what, path, None, after, _CAME[what](after))
            elif after is None:
                if name in gone:
                    yield from self.element(what, path, before, None, _opposite(_CAME[what](before)))
            else:
                yield from self.texts(path, before, after)
                for part, at, one, other, direction in parts(before, after, self.relation):
                    yield from self.part(after, part, (*path, at), one, other, direction)

    def _veto(self, old: Veto, new: Veto, relation: Relation) -> Iterator[Part]:
        yield "when", "when", old.when, new.when, _by_relation(relation(old.when, new.when), "stricter")
        ranks: dict[str | None, int] = {name: -rank for rank, name in enumerate(self.scale.names)} | {None: 1}
        yield "level", "level", old.level, new.level, _more(ranks.get(old.level), ranks.get(new.level))
        cap = [self.scale.full * 2 if one.score_at_most is None else one.score_at_most for one in (old, new)]
        yield "score_at_most", "score_at_most", old.score_at_most, new.score_at_most, _more(*cap)
        fewer = together((_more(-old.lower_grades, -new.lower_grades), _more(-old.lower_levels, -new.lower_levels)))
        pair = (old.lower_grades, old.lower_levels), (new.lower_grades, new.lower_levels)
        yield "lower_by", "lower_by", *pair, fewer

    def _measure(self, old: Measure, new: Measure, relation: Relation) -> Iterator[Part]:
        gives = _CAME["measure"](new) if old.kind == new.kind else "mixed"
        yield "when", "when", old.when, new.when, _by_relation(relation(old.when, new.when), gives)
        better = {"restriction": 0, "routine": 1, "incentive": 2}
        yield "kind", "kind", old.kind, new.kind, _more(better[old.kind], better[new.kind])
        yield "matter", "matter", old.matter, new.matter, "mixed"
        yield "item", "item", old.item, new.item, "text"
        yield "terms", "terms", old.terms, new.terms, "mixed"


Part = tuple[str, str, object, object, str]
Relation = Callable[[Condition, Condition], str]
Parts = Callable[[Any, Any, Relation], Iterator[Part]]

_CAME: dict[str, Callable[[Any], str]] = {
    "veto": lambda _: "stricter",
    "measure": lambda one: {"incentive": "looser", "restriction": "stricter"}.get(one.kind, "mixed"),
    "alert": lambda _: "neutral",
    "not_evaluated": lambda _: "mixed",
}


def _of_rejecting(old: Fact | None, new: Fact | None) -> str:
    """What it brings that a fact rejects whom it rejected not, for that is worse than any result, or the other way round."""
    was, now = (one is not None and isinstance(one.if_missing, Reject) for one in (old, new))
    return "neutral" if was == now else "stricter" if now else "looser"


def _excluded(old: Any, new: Any, relation: Relation) -> Iterator[Part]:
    same = relation(old.when, new.when) == logic.EQUAL
    yield "when", "when", old.when, new.when, "neutral" if same else "mixed"


def _alert(old: Any, new: Any, _: Relation) -> Iterator[Part]:
    yield "when", "when", old.when, new.when, "neutral"
    yield "severity", "severity", old.severity, new.severity, "text"


def _by_relation(found: str, gives: str) -> str:
    """What it brings that something that makes things `gives` holds more often, or less."""
    if found == logic.EQUAL:
        return "neutral"
    return gives if found == logic.WEAKER else _opposite(gives) if found == logic.STRONGER else "mixed"


def _opposite(direction: str) -> str:
    return {"looser": "stricter", "stricter": "looser"}.get(direction, direction)


def _beside(level: int, later: Sequence[int]) -> str:
    """What it brings that a branch holds which gives this, in place of a later one."""
    return "looser" if all(level >= one for one in later) else "stricter" if all(level <= one for one in later) else "mixed"


def _more(old: int | None, new: int | None) -> str:
    """Of a number of which more is better."""
    if old is None or new is None:
        return "mixed"
    return "looser" if new > old else "stricter" if new < old else "neutral"


def _at(dimension: Dimension, indicator: Indicator) -> Path:
    return ("dimensions", dimension.id, "indicators", indicator.id)


def _plain(dimension: Dimension) -> bool:
    """Whether what an indicator gives is its share of the score, whatever the others give."""
    return dimension.counts_for is None and all(one.only_when is None for one in dimension.indicators)


def _emptied(dimension: Dimension | None) -> Dimension | None:
    """Its indicators have changes of their own."""
    return None if dimension is None else replace(dimension, indicators=())


def _bounds(adjustments: Adjustments | None) -> tuple[int, int] | None:
    return None if adjustments is None else (adjustments.at_least, adjustments.at_most)


def _clipped(item: Item) -> pointwise.Clipped:
    return item.form, item.at_least, item.at_most


def _same_but_id(one: Any, other: Any) -> bool:
    return canonical(replace(one, id=other.id)) == canonical(other)


def _starts_full(indicator: Indicator) -> bool:
    return isinstance(indicator.form, Each) and indicator.form.start == indicator.points


def _of_both(old: Model, new: Model) -> Model:
    """The new model with the facts of the old one beside its own."""
    return replace(new, facts={**old.facts, **new.facts})
