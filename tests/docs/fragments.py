"""Pieces of policies and common files, put where they belong, and read as `check` reads them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine.model.problem import PolicyError
from engine.reading.files import find_files
from engine.reading.library import read_library
from engine.reading.strict_yaml import read_yaml
from tests.docs.pages import ROOT, Block

Tree = dict[str, Any]


def _model(policy: Tree) -> Tree:
    return next(iter(policy["models"].values()))


def _into(*path: str) -> Callable[[Tree, Tree], None]:
    """Sets the keys of a piece in the model's mapping at a path."""

    def splice(policy: Tree, piece: Tree) -> None:
        inside = _model(policy)
        for key in path:
            inside = inside.setdefault(key, {})
        inside.update(piece)

    return splice


def _top(*path: str) -> Callable[[Tree, Tree], None]:
    def splice(policy: Tree, piece: Tree) -> None:
        inside = policy
        for key in path:
            inside = inside.setdefault(key, {})
        inside.update(piece)

    return splice


def _indicators(policy: Tree, piece: Tree) -> None:
    points = sum(indicator["points"] for indicator in piece.values())
    _dimensions(policy, {"pieces": {"title": "片段", "points": points, "indicators": piece}})


def _dimensions(policy: Tree, piece: Tree) -> None:
    """Those of the piece, and one that makes up the full points."""
    rest = 100 - sum(dimension.get("counts_for", dimension.get("points")) for dimension in piece.values())
    filler = {
        "title": "其余",
        "points": rest,
        "indicators": {"rest": {"title": "其余", "points": rest, "first_of": [{"otherwise": rest}]}},
    }
    _model(policy)["dimensions"] = {**piece, **({"filler": filler} if rest else {})}


def _decisions(policy: Tree, piece: Tree) -> None:
    model = _model(policy)
    del model["dimensions"]
    model["measures"] = {}
    model["vetoes"] = {}
    model.update(piece)
    for key in ("measures", "vetoes"):
        if not model[key]:
            del model[key]


def _condition(policy: Tree, piece: Tree) -> None:
    _model(policy)["measures"] = {
        "piece": {"title": "片段", "kind": "routine", "matter": "service", "when": piece, "basis": "plan"}
    }


POLICY: dict[str, Callable[[Tree, Tree], None]] = {
    "policy": _top(), "parameter": _top("parameters"), "basis": _top("basis"),
    "model": _into(), "fact": _into("facts"), "indicator": _indicators, "dimension": _dimensions,
    "adjustments": _into(), "decisions": _decisions, "veto": _into("vetoes"), "measure": _into("measures"),
    "alert": _into("alerts"), "not_evaluated": _into("not_evaluated"), "condition": _condition,
}  # fmt: skip
"""Where in the policy of the page's first chapter the pieces of each kind go."""

COMMON = {
    "category": ("catalogue", "categories"), "attribute": ("catalogue", "attributes"), "scale": ("scales", "scales"),
    "item": ("measures", "items"), "calendar": ("calendar", None), "region": ("regions", "regions"), "scales": ("scales", None),
}  # fmt: skip


def codes(base: Block, block: Block, folder: Path) -> tuple[str, ...]:
    """The codes of the errors that `check` finds where the piece stands in the base policy or a common file."""
    policies = folder / "policies"
    shutil.copytree(ROOT / "policies" / "common", policies / "common")
    kind = block.words["fragment"]
    try:
        piece: Any = read_yaml(block.text.encode(), "piece").tree
        policy: Any = read_yaml(base.text.encode(), "base").tree
        if kind in POLICY:
            POLICY[kind](policy, piece)
        else:
            name, key = COMMON[kind]
            file = policies / "common" / f"{name}.yaml"
            common: Any = read_yaml(file.read_bytes(), name).tree
            (common if key is None else common[key]).update(piece)
            file.write_text(_dumped(common), encoding="utf-8")
        (policies / "base.yaml").write_text(_dumped(policy), encoding="utf-8")
        read_library(find_files([policies]))
    except PolicyError as error:
        return tuple(dict.fromkeys(problem.code for problem in error.problems))
    return ()


def _dumped(tree: Tree) -> str:
    """JSON is YAML."""
    return json.dumps(tree, ensure_ascii=False, default=_number)


def _number(value: object) -> float:
    assert isinstance(value, Decimal)
    return float(value)


def fragments(blocks: Iterable[Block]) -> list[Block]:
    """The blocks that are pieces."""
    return [block for block in blocks if "fragment" in block.words]
