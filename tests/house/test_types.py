"""What stands for tables, columns, connections and terms has types, so that mypy sees what falls off its end."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from inspect import get_annotations
from pathlib import Path

import ibis
import pytest

ROOT = Path(__file__).resolve().parents[2]
STUBS = ROOT / "stubs"

FALLS_OFF = """
from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Column, Table
from z3 import ExprRef as Term

def column(kind: str) -> Column:
    match kind:
        case "count":
            return Column()

def table(kind: str) -> Table:
    if kind == "records":
        return Table()

def term(kind: str) -> Term:
    if kind == "number":
        return Term()

def connection(kind: str) -> Connection:
    if kind == "duckdb":
        return Connection()
"""

SET_LATER = {"con", "_session"}
"""What an object has and its class does not show."""

BASES = {"Column": "Value"}
"""Classes that stand for all of a base of theirs: what a column can do, a single value can."""


def test_missing_return(tmp_path: Path) -> None:
    """A function that gives one of them and falls off its end is an error."""
    file = tmp_path / "falls_off.py"
    file.write_text(FALLS_OFF)
    done = subprocess.run([str(Path(sys.executable).parent / "mypy"), str(file)], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.count("Missing return statement") == 4, done.stdout + done.stderr


def test_nothing_is_called_any() -> None:
    """No module gives `Any` another name, under which it would pass for a type."""
    renamed = re.compile(r"^\w+(: TypeAlias)? = (Any|object)$", re.MULTILINE)
    files = [file for folder in ("engine", "tests", "benchmarks") for file in (ROOT / folder).rglob("*.py")]
    assert [str(file) for file in files if renamed.search(file.read_text(encoding="utf-8"))] == []


BACKEND = ibis.duckdb.connect
"""Loads a backend, which has more than every one has."""


@pytest.mark.parametrize("stub", sorted(STUBS.rglob("*.pyi")), ids=lambda file: str(file.relative_to(STUBS)))
def test_stub(stub: Path) -> None:
    """What a stub names is there in the library."""
    parts = stub.relative_to(STUBS).with_suffix("").parts
    module = importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    for node in ast.parse(stub.read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef(name) if name != "__getattr__":
                assert hasattr(module, name), name
            case ast.ClassDef(name) if not name.startswith("_"):
                assert hasattr(module, name), name
                classes = list(_with_subclasses(getattr(module, BASES.get(name, name))))
                for member in _members(node) - SET_LATER:
                    assert any(map(partial(_has, member), classes)), f"{name}.{member}"


def _with_subclasses(kind: type[object]) -> Iterator[type[object]]:
    """A class and those for which it stands in a stub, of which only some may have what it names."""
    yield kind
    for part in kind.__subclasses__():
        yield from _with_subclasses(part)


def _members(node: ast.ClassDef) -> set[str]:
    functions = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
    fields = {part.target.id for part in node.body if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)}
    return functions | fields


def _has(member: str, kind: type[object]) -> bool:
    return hasattr(kind, member) or member in get_annotations(kind)
