"""Two versions of a policy side by side, and how a difference between them becomes a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, TypeVar

from msgspec import Struct

from engine.model.change import Change, ChangedPart, ChangeKind
from engine.model.digest import canonical
from engine.model.direction import Direction
from engine.model.policy import Policy
from engine.model.problem import Path
from engine.model.scoring import Basis

T = TypeVar("T")
TextPart = Literal["title", "basis", "trial", "note", "quote", "pending"]
Pair = tuple[str, "T | None", "T | None"]


class PolicyPair(Struct, frozen=True):
    """The old policy (under the new one's names), the new one, for each model the new names by the old ones, and old names
    of models.
    """

    old: Policy
    new: Policy
    names: Mapping[str, Mapping[str, str]]
    models: Mapping[str, str]

    def keyed(self, old: Mapping[str, T], new: Mapping[str, T]) -> Iterator[tuple[str, T | None, T | None]]:
        """Both by name, in the new order and then what is gone."""
        for name in [*new, *(name for name in old if name not in new)]:
            yield name, old.get(name), new.get(name)

    def listed(self, old: Iterable[Any], new: Iterable[Any]) -> Iterator[tuple[str, Any, Any]]:
        """The same of elements that have ids."""
        return self.keyed({element.id: element for element in old}, {element.id: element for element in new})

    def change(
        self, what: ChangedPart, path: Path, how: ChangeKind, old: object, new: object, direction: Direction, *, title: str = "",
        model: str | None = None, name: str | None = None, old_path: Path | None = None, basis: tuple[Basis, ...] | None = None,
    ) -> Change:  # fmt: skip
        """A change at a path of the new file, which in the old one had the old names."""
        if basis is None:
            basis = getattr(new, "basis", None) or getattr(old, "basis", None) or ()
        before = old_path or self._old(path)
        return Change(
            what,
            how,
            self.new.id,
            model,
            name or str((self.new.id, *path)[-1]),
            title,
            old,
            new,
            before,
            path,
            direction,
            basis,
        )

    def leaf(
        self,
        what: ChangedPart,
        path: Path,
        old: object,
        new: object,
        direction: Direction,
        name: str | None = None,
        **more: Any,
    ) -> Iterator[Change]:
        """A value that is another one now; nothing where it says the same."""
        if canonical(old) != canonical(new):
            how: ChangeKind = "added" if old is None else "removed" if new is None else "changed"
            yield self.change(what, path, how, old, new, direction, name=name, **more)

    def element(self, what: ChangedPart, path: Path, old: Any, new: Any, direction: Direction, **more: Any) -> Iterator[Change]:
        """Something with an id that came, went, or differs as a whole."""
        element = new or old
        more = {"title": getattr(element, "title", ""), **more}
        yield from self.leaf(what, path, old, new, direction, **more)

    def texts(self, path: Path, old: Any, new: Any, names: Iterable[TextPart], **more: Any) -> Iterator[Change]:
        """What of an element are words alone: titles, bases, notes, quotes."""
        more = {"title": new.title, "name": str(path[-1]), **more}
        for name in names:
            pair = getattr(old, name), getattr(new, name)
            what: ChangedPart = "status" if name == "trial" else name
            at = (*path, "status" if name == "trial" else name)
            yield from self.leaf(what, at, *pair, "text", basis=new.basis if hasattr(new, "basis") else (), **more)

    def _old(self, path: Path) -> Path:
        match path:
            case ("models", model, "facts", name, *rest):
                names = {now: was for was, now in self.names.get(str(model), {}).items()}
                return ("models", self.models.get(str(model), model), "facts", names.get(str(name), name), *rest)
            case ("models", model, *rest, "each", name):
                names = {now: was for was, now in self.names.get(str(model), {}).items()}
                return ("models", self.models.get(str(model), model), *rest, "each", names.get(str(name), name))
            case ("models", model, *rest):
                return ("models", self.models.get(str(model), model), *rest)
            case _:
                return path
