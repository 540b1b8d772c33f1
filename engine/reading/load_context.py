"""One file that is being read: its source, the problems found so far, and what its elements may refer to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path as File
from typing import Any, TypeGuard

from msgspec import Struct, field

from engine.model import number, period
from engine.model.names import Titled, nearest_names
from engine.model.policy import Document, Parameter, ParameterUse
from engine.model.problem import Path, Problem
from engine.model.scoring import Basis
from engine.reading.document import SourceFile, Tree
from engine.reading.file_titles import titles_in
from engine.reading.listed_word import W, as_word
from engine.reading.miswritten import meant_day, miswritten_number
from engine.reading.resources import resource_folder

Map = dict[str, "Tree"]


_SECTIONS = {"document": "basis", "parameter": "parameters", "fact": "facts", "name": "facts"}
"""Where in a policy that stands which a name may be of."""

HOMES = {"category": "catalogue", "attribute": "catalogue", "field": "catalogue", "scale": "scales", "item": "measures"}
"""The common file in which a new one is written."""


def of_home(file: str) -> dict[str, str]:
    """Where a new one is written: the common file, or one of one's own beside the policies in place of the shipped one."""
    shipped = file.startswith(str(resource_folder("policies")))
    return {"shipped": file, "own": f"common/{File(file).name}"} if shipped else {"file": file} if file else {}


class LoadContext(Struct):
    """Problems are collected, so that all of a file are reported at once; `broken` elements have a shape problem.

    `titles` are those of other files, asked only where something is wrong; `common_files` says where those lie.
    """

    source: SourceFile
    broken: frozenset[Path] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    uses: list[ParameterUse] = field(default_factory=list)
    titles: Callable[[], Iterable[Titled]] = tuple
    common_files: Mapping[str, str] = field(default_factory=dict)

    def problem(self, code: str, path: Path, at_key: bool = False, near: tuple[str, ...] = (), **values: Any) -> None:
        self.problems.append(self.source.problem(code, path, at_key, near=near, **values))

    def unknown(self, what: str, name: str, path: Path, known: Iterable[str], at_key: bool = False) -> None:
        """A name that is not among the known ones; `what` says what kind of thing it should name.

        Nothing where what it may name is there and spoilt: it has a problem already.
        """
        if self._nameless(what, path):
            return
        known = list(known)
        near = nearest_names(name, known, [*titles_in(self.source.tree), *self.titles()])
        home = self.common_files.get(HOMES.get(what, ""), "")
        self.problem(
            "unknown_name",
            path,
            at_key,
            near,
            what=what,
            name=name,
            known=[] if near else [*known[:12], *(["…"] if len(known) > 12 else [])],
            **of_home(home),
        )

    def _nameless(self, what: str, path: Path) -> bool:
        """Whether the section that such a name is of is itself misspelt, or bears one that cannot be a name."""
        section = _SECTIONS.get(what)
        if section is None:
            return False
        above = path[:2] if section == "facts" else ()
        at = (*above, section)
        if any(broken[:-1] == at and not is_id(str(broken[-1])) for broken in self.broken if broken):
            return True
        return not above and section not in as_map(self.source.tree) and any(len(broken) == 1 for broken in self.broken)

    def whole(self, path: Path) -> bool:
        """Whether nothing at or below a path is broken in shape, nor what it is a part of."""
        return not any(broken[: len(path)] == path[: len(broken)] for broken in self.broken)

    def elements(self, tree: Tree, path: Path) -> Iterator[tuple[str, Map, Path]]:
        """Key, value and path of each element of a mapping whose shape is sound."""
        for key, value in as_map(tree).items():
            below = (*path, key)
            if below not in self.broken and isinstance(value, dict):
                yield key, value, below

    def amount(self, tree: Tree, path: Path) -> int | None:
        """A number, or the value of a parameter (with `complement: n`, n less its value); None after a problem."""
        if path in self.broken:
            return None
        if not isinstance(tree, dict):
            if is_number(tree):
                return number.count_of(tree)
            if not self._inside_broken(path):
                self.mistyped(tree, path, "number")
            return None
        name = tree.get("parameter")
        if not isinstance(name, str):
            if not self._inside_broken(path):
                self.problem("expected", path, expected="number")
            return None
        if name not in self.parameters:
            if ("parameters", name) not in self.broken:
                self.unknown("parameter", name, (*path, "parameter"), self.parameters)
            return None
        whole = tree.get("complement")
        complement = number.count_of(whole) if is_number(whole) else None
        self.uses.append(ParameterUse(path[2:], name, complement))
        value = self.parameters[name].value
        return value if complement is None else complement - value

    def _inside_broken(self, path: Path) -> bool:
        """Whether what it is a part of is broken in shape, so that what has no number's shape is told already."""
        return any(path[:length] in self.broken for length in range(len(path)))

    def mistyped(self, tree: Tree, path: Path, expected: str, near: tuple[str, ...] = ()) -> None:
        """A value of another type than is expected, with how it is written where that can be told."""
        miswritten = miswritten_number(tree) if expected == "number" and isinstance(tree, str) else None
        if miswritten:
            self.problem(miswritten.code, path, **miswritten.values)
        elif expected == "text" and isinstance(tree, (bool, int, Decimal)):
            self.problem("text_unquoted", path, value=self.source.literal(path))
        else:
            self.problem("expected", path, near=near, expected=expected)

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
                if is_id(document) and document not in self.documents and ("basis", document) not in self.broken:
                    self.unknown("document", document, at, self.documents)
                basis.append(Basis(document, None if article is None else str(article)))
        return tuple(basis)

    def day(self, tree: Tree, path: Path) -> int | None:
        """A date that exists; where there is none at all, its shape is a problem already."""
        if tree is None:
            return None
        day = period.read_day(tree)
        if day is None:
            self.problem("not_a_date", path, near=meant_day(tree), value=tree)
        return day


def is_id(text: str) -> bool:
    """Whether a text is one that may name something; where it is none, its shape is a problem already."""
    return re.fullmatch("[a-z][a-z0-9_-]*", text) is not None


def as_map(tree: Tree) -> Map:
    return tree if isinstance(tree, dict) else {}


def as_list(tree: Tree) -> list[Tree]:
    return tree if isinstance(tree, list) else []


def as_text(tree: Tree) -> str:
    return tree if isinstance(tree, str) else ""


def text_or_none(tree: Tree) -> str | None:
    return tree if isinstance(tree, str) else None


def words_in(tree: Tree, words: tuple[W, ...]) -> tuple[W, ...]:
    """Those of a list that are of the words."""
    return tuple(as_word(item, words) for item in texts(tree) if item in words)


def is_number(tree: Tree) -> TypeGuard[int | Decimal]:
    return isinstance(tree, (int, Decimal)) and not isinstance(tree, bool)


def texts(tree: Tree) -> tuple[str, ...]:
    return tuple(item for item in as_list(tree) if isinstance(item, str))
