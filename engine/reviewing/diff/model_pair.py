"""One model in two versions, and how what differs in it becomes changes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, assert_never

from msgspec import Struct
from msgspec.structs import replace

from engine.evaluating.conditions import RANKED
from engine.model.change import Change, ChangedPart, ChangeKind
from engine.model.condition import Condition, facts_in
from engine.model.digest import canonical
from engine.model.direction import Direction
from engine.model.policy import Model, Policy
from engine.model.problem import Path
from engine.model.scale import Scale
from engine.reviewing.diff import condition_relation, name_domains
from engine.reviewing.diff.level_monotonicity import Helps, helps
from engine.reviewing.diff.policy_pair import PolicyPair, TextPart

TEXTS: tuple[TextPart, ...] = ("title", "basis", "trial", "note", "quote")

TURNING = ("looser", "stricter")
"""Directions that turn to mixed where a better score or level brings something worse."""


class ModelPair(Struct, frozen=True, dict=True):
    """A model in two versions of its policy."""

    between: PolicyPair
    old: Model
    new: Model

    @property
    def scale(self) -> Scale:
        return self.between.new.scale

    @property
    def top(self) -> Path:
        return ("models", self.new.id)

    def leaf(
        self, what: ChangedPart, path: Path, old: object, new: object, direction: Direction, **more: Any
    ) -> Iterator[Change]:
        more = {"model": self.new.id, "title": self.new.title, "name": self.new.id, **more}
        yield from self.between.leaf(what, (*self.top, *path), old, new, direction, **more)

    def element(self, what: ChangedPart, path: Path, old: Any, new: Any, direction: Direction) -> Iterator[Change]:
        element = new or old
        yield from self.leaf(
            what, path, old, new, direction, title=element.title, name=element.id, basis=getattr(element, "basis", ())
        )

    def part(
        self, element: Any, what: ChangedPart, path: Path, old: object, new: object, direction: Direction
    ) -> Iterator[Change]:
        """A part of an element."""
        yield from self.leaf(
            what, path, old, new, direction, title=element.title, name=element.id, basis=getattr(element, "basis", ())
        )

    def texts(self, path: Path, old: Any, new: Any) -> Iterator[Change]:
        names = [name for name in TEXTS if hasattr(new, name)]
        yield from self.between.texts((*self.top, *path), old, new, names, model=self.new.id)

    def moved(
        self, what: ChangedPart, path: Path, old: Any, new: Any, old_path: Path, how: ChangeKind, direction: Direction
    ) -> Change:
        return self.between.change(
            what, (*self.top, *path), how, old, new, direction,
            title=new.title, model=self.new.id, name=new.id,
            old_path=("models", self.between.models.get(self.new.id, self.new.id), *old_path),
        )  # fmt: skip

    @cached_property
    def policy(self) -> Policy:
        """The new version with what the old one's forms and conditions read beside its own."""
        return name_domains.of_policies(self.between.old, self.between.new)

    @cached_property
    def model(self) -> Model:
        """The new one with the old facts beside its own."""
        return name_domains.of_both(self.old, self.new)

    def relation(self, old: Condition, new: Condition) -> condition_relation.Relation:
        known = name_domains.of_model(self.policy, self.model)
        if self.between.old.scale.names == self.scale.names:
            return condition_relation.relation(old, new, self.scale, known)
        ranked = RANKED & {*facts_in(old), *facts_in(new)}  # which have another order
        return (
            condition_relation.OTHER
            if ranked and canonical(old) != canonical(new)
            else condition_relation.relation(old, new, None, known)
        )

    def by_score(self, direction: Direction) -> Direction:
        """What it brings that the score is better or worse."""
        return direction if all(side.score for side in self.helps) or direction not in TURNING else "mixed"

    def by_level(self, direction: Direction) -> Direction:
        """What it brings that the level is better or worse, whatever the score is."""
        return direction if all(side.level for side in self.helps) or direction not in TURNING else "mixed"

    @cached_property
    def helps(self) -> tuple[Helps, Helps]:
        return helps(self.between.old, self.old), helps(self.between.new, self.new)


# Directions


def more(old: int | None, new: int | None) -> Direction:
    """Of a number of which more is better."""
    if old is None or new is None:
        return "mixed"
    return "looser" if new > old else "stricter" if new < old else "neutral"


def opposite(direction: Direction) -> Direction:
    match direction:
        case "looser":
            return "stricter"
        case "stricter":
            return "looser"
        case "mixed" | "neutral" | "text":
            return direction
        case never:
            assert_never(never)


def same_but_id(first: Any, other: Any) -> bool:
    return canonical(replace(first, id=other.id)) == canonical(other)
