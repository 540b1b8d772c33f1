"""The words of the policy language, from the schema itself, and those that a policy has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Tree = dict[str, Any]

SCHEMA: Tree = json.loads((Path(__file__).resolve().parents[2] / "schema/policy.schema.json").read_text(encoding="utf-8"))


def words(schema: Tree = SCHEMA) -> set[str]:
    """`PLACE.KEY` for each key and `PLACE: VALUE` for each value that is listed, by the definition or key it stands in."""
    places = {"policy": schema, **schema["$defs"]}
    return {word for place, part in places.items() for word in _in_schema(part, place)}


def words_in(policy: Tree) -> set[str]:
    """The words of a policy, in the same places."""
    return set(_in_tree(policy, SCHEMA, "policy"))


def _in_schema(schema: Tree, place: str) -> Iterator[str]:
    yield from (f"{place}: {value}" for value in _listed(schema))
    for key, part in schema.get("properties", {}).items():
        yield f"{place}.{key}"
        yield from _in_schema(part, f"{place}.{key}")
    for part in _inside(schema):
        yield from _in_schema(part, place)


def _in_tree(tree: Any, schema: Tree, place: str) -> Iterator[str]:
    if "$ref" in schema:
        place = schema["$ref"].rpartition("/")[2]
        schema = SCHEMA["$defs"][place]
    if not isinstance(tree, (dict, list)):
        yield from (f"{place}: {value}" for value in _listed(schema) if value == tree)
    known = schema.get("properties", {})
    for key, part in tree.items() if isinstance(tree, dict) else ():
        if key in known:
            yield f"{place}.{key}"
            yield from _in_tree(part, known[key], f"{place}.{key}")
        elif isinstance(schema.get("additionalProperties"), dict):
            yield from _in_tree(part, schema["additionalProperties"], place)
    for part in tree if isinstance(tree, list) else ():
        yield from _in_tree(part, schema.get("items", {}), place)
    for alternative in schema.get("anyOf", ()):
        yield from _in_tree(tree, alternative, place)


def _listed(schema: Tree) -> list[Any]:
    return [*schema.get("enum", ()), *([schema["const"]] if "const" in schema else ())]


def _inside(schema: Tree) -> list[Tree]:
    """What else is described in the same place: other keys, entries of lists, alternatives."""
    parts = [schema.get("additionalProperties"), schema.get("items"), *schema.get("anyOf", ())]
    return [part for part in parts if isinstance(part, dict)]
