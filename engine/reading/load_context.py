"""One file that is being read: its source, the problems found so far, and what its elements may refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeGuard

from msgspec import Struct, field

from engine.model import number, period
from engine.model.names import nearest_names
from engine.model.policy import Document, Parameter, ParameterUse
from engine.model.problem import Path, Problem
from engine.model.scoring import Basis
from engine.reading.document import SourceFile, Tree

Map = dict[str, "Tree"]


class LoadContext(Struct):
    """Problems are collected, so that all of a file are reported at once; `broken` elements have a shape problem."""

    source: SourceFile
    broken: frozenset[Path] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    uses: list[ParameterUse] = field(default_factory=list)

    def problem(self, code: str, path: Path, at_key: bool = False, near: tuple[str, ...] = (), **values: Any) -> None:
        self.problems.append(self.source.problem(code, path, at_key, near=near, **values))

    def unknown(self, what: str, name: str, path: Path, known: Iterable[str], at_key: bool = False) -> None:
        """A name that is not among the known ones; `what` says what kind of thing it should name."""
        known = list(known)
        near = nearest_names(name, known)
        self.problem(
            "unknown_name",
            path,
            at_key,
            near,
            what=what,
            name=name,
            known=[] if near else [*known[:12], *(["…"] if len(known) > 12 else [])],
        )

    def whole(self, path: Path) -> bool:
        """Whether nothing at or below a path is broken in shape."""
        return not any(broken[: len(path)] == path for broken in self.broken)

    def elements(self, tree: Tree, path: Path) -> Iterator[tuple[str, Map, Path]]:
        """Key, value and path of each element of a mapping whose shape is sound."""
        for key, value in as_map(tree).items():
            below = (*path, key)
            if below not in self.broken and isinstance(value, dict):
                yield key, value, below

    def amount(self, tree: Tree, path: Path) -> int | None:
        """A number, or the value of a parameter (with `complement: n`, n less its value); None after a problem."""
        if not isinstance(tree, dict):
            if is_number(tree):
                return number.count_of(tree)
            self.problem("expected", path, expected="number")
            return None
        name = tree.get("parameter")
        if not isinstance(name, str):
            self.problem("expected", path, expected="number")
            return None
        if name not in self.parameters:
            self.unknown("parameter", name, (*path, "parameter"), self.parameters)
            return None
        whole = tree.get("complement")
        complement = number.count_of(whole) if is_number(whole) else None
        self.uses.append(ParameterUse(path[2:], name, complement))
        value = self.parameters[name].value
        return value if complement is None else complement - value

    def basis(self, tree: Tree, path: Path) -> tuple[Basis, ...]:
        """`plan`, `{plan: 三（二）2}` or a list of such; nothing where nothing is written."""
        basis: list[Basis] = []
        if tree is None:
            return ()
        many = tree if isinstance(tree, list) else [tree]
        for index, reference in enumerate(many):
            at = (*path, index) if isinstance(tree, list) else path
            pairs = reference.items() if isinstance(reference, dict) else [(str(reference), None)]
            for document, article in pairs:
                if document not in self.documents:
                    self.unknown("document", document, at, self.documents)
                basis.append(Basis(document, None if article is None else str(article)))
        return tuple(basis)

    def day(self, tree: Tree, path: Path) -> int | None:
        """A date that exists."""
        day = period.read_day(tree)
        if day is None:
            self.problem("not_a_date", path, value=tree)
        return day


def as_map(tree: Tree) -> Map:
    return tree if isinstance(tree, dict) else {}


def as_list(tree: Tree) -> list[Tree]:
    return tree if isinstance(tree, list) else []


def as_text(tree: Tree) -> str:
    return tree if isinstance(tree, str) else ""


def text_or_none(tree: Tree) -> str | None:
    return tree if isinstance(tree, str) else None


def is_number(tree: Tree) -> TypeGuard[int | Decimal]:
    return isinstance(tree, (int, Decimal)) and not isinstance(tree, bool)


def texts(tree: Tree) -> tuple[str, ...]:
    return tuple(item for item in as_list(tree) if isinstance(item, str))
