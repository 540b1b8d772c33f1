"""Bound names say the thing: whoever reads one alone knows what it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ENGINE = Path(__file__).resolve().parents[2] / "engine"
EMPTY = {"one", "found", "made", "told", "said", "shown", "given", "kept", "asked", "wanted"}
"""Words that say that there is something, and not what."""


def bound(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name that a module binds, with its line."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, node.lineno
            case ast.MatchAs(name=str() as name) | ast.MatchStar(name=str() as name):
                yield name, node.lineno
            case _:
                pass


def test_bound_names_say_the_thing() -> None:
    """None of those words is a name of its own."""
    empty = [
        f"{file.relative_to(ENGINE.parent)}:{line} {name}"
        for file in sorted(ENGINE.rglob("*.py"))
        for name, line in bound(ast.parse(file.read_text(encoding="utf-8")))
        if name in EMPTY
    ]
    assert empty == []


def test_such_names_are_noticed() -> None:
    tree = ast.parse(
        "def one(found):\n    told = [made for made in found]\n    match told:\n        case [*said]:\n            pass"
    )
    assert {name for name, _ in bound(tree)} == {"one", "found", "told", "made", "said"}
